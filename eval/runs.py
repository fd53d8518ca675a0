"""A run folder read back for scoring."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from eval.errors import QuestionSetError
from eval.records import QuestionRecord, as_object, parse_lines, read_object, read_questions


class Span(NamedTuple):
    """Characters of a document."""

    source: str
    doc: str
    start: int
    end: int


class Citation(NamedTuple):
    """A quote, where it stands, and the places that its document is about."""

    span: Span
    quote: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """What scoring needs of an answer record; `passages` in rank order.

    `probability` is the judgement's that its `best` quote answers; both are None where nothing was judged.
    The source of `best` is empty where the record does not name it.
    """

    id: str
    status: str
    abstained: bool
    citations: tuple[Citation, ...]
    passages: tuple[Span, ...]
    seconds: float
    reason: str | None = None
    text: str = ""
    probability: float | None = None
    best: Span | None = None

    @classmethod
    def from_record(cls, value: object) -> AnswerRecord:
        """From one line of `answers.jsonl`. Raises ValueError with a phrase that says what is wrong."""
        record = as_object(value)
        try:
            judgement = record.get("judgement")
            passages = sorted(record["passages"], key=lambda passage: int(passage["rank"]))
            return cls(
                id=str(record["id"]),
                status=str(record["status"]),
                abstained=bool(record["abstained"]),
                citations=tuple(Citation(_span(c), str(c["quote"]), tuple(c["places"])) for c in record["citations"]),
                passages=tuple(_span(passage) for passage in passages),
                seconds=float(record["seconds"]),
                reason=record.get("reason"),
                text=str(record.get("text", "")),
                probability=float(judgement["probability"]) if judgement else None,
                best=_span({"source": "", **judgement["best"]}) if judgement else None,
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"an answer record lacks or misuses a field: {error}") from error


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: every question has its answer."""

    folder: Path
    meta: dict[str, Any]
    questions: tuple[QuestionRecord, ...]
    answers: dict[str, AnswerRecord]
    inexact: tuple[dict[str, Any], ...]


def read_run(folder: Path) -> Run:
    """Raises QuestionSetError where the folder holds no run, a damaged one, or one that is not finished."""
    if not (folder / "meta.json").is_file():
        raise QuestionSetError("holds no run.", path=folder, way_out="Make one: python -m eval run --out DIR")
    meta = read_object(folder / "meta.json")
    questions = read_questions(folder / "questions.jsonl")
    answers = {answer.id: answer for answer in parse_lines(folder / "answers.jsonl", AnswerRecord.from_record)}
    missing = sum(question.id not in answers for question in questions)
    if missing:
        raise QuestionSetError(
            f"is not finished: {missing} of {len(questions)} questions have no answer.",
            path=folder,
            way_out="Run the same command again and it goes on.",
        )
    faults = {(fault.get("id"), fault.get("citation")): fault for fault in _faults(folder / "inexact.jsonl")}
    return Run(folder, meta, tuple(questions), answers, tuple(faults.values()))


def _faults(path: Path) -> list[dict[str, Any]]:
    return list(parse_lines(path, as_object))


def _span(record: dict[str, Any]) -> Span:
    return Span(str(record["source"]), str(record["doc"]), int(record["start"]), int(record["end"]))

"""Ask every question of a set and keep the answers: a run folder, written as it goes, that can be taken up again.

OUT/meta.json        what was asked of which snapshot, when and where
OUT/questions.jsonl  the questions, their gold located in the index
OUT/answers.jsonl    one answer record a line
OUT/inexact.jsonl    every citation whose quote is not the characters at its offsets; empty, or there is a defect
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from eval.errors import QuestionSetError
from eval.gold import Gold, locate
from eval.questions import QuestionSet
from eval.records import QuestionRecord, as_object, parse_lines, read_object

Progress = Callable[[str, int, int], None]
"""`(stage, done, total)`."""


class Answerer(Protocol):
    """What a run asks: something that answers from a snapshot and can show the texts behind its quotes."""

    @property
    def snapshot(self) -> str:
        """The id of the snapshot that answers questions without `as_of`."""

    @property
    def model(self) -> str:
        """The name of its embedding model."""

    def find(self, doc: str, source: str | None, as_of: date | None) -> list[tuple[str, str]]:
        """Every `(source, canonical text)` held under `doc` on that day, in the source named or in all."""

    def answer(self, question: QuestionRecord) -> dict[str, Any]:
        """The answer record of the contract."""


def run(answerer: Answerer, asked: QuestionSet, out: Path, progress: Progress = lambda *_: None) -> int:
    """Ask what is not yet answered in `out` and return how many questions that were.

    Raises QuestionSetError where gold cannot be located, or `out` holds a run of other questions or another snapshot.
    """
    answers = out / "answers.jsonl"
    meta = _meta(answerer, asked)
    if (out / "meta.json").exists():
        meta = _same_run(out, meta)
    elif answers.exists():
        raise QuestionSetError("holds answers without a meta.json.", path=out, way_out="Name another folder (--out).")
    else:
        out.mkdir(parents=True, exist_ok=True)
        located = [_located(question, answerer) for question in asked.questions]
        meta["gold_documents_missing"] = _missing(asked, located)
        lines = [json.dumps(question.to_record(), ensure_ascii=False) + "\n" for question in located]
        _write_whole(out / "questions.jsonl", "".join(lines))
        _write_whole(out / "meta.json", json.dumps(meta, indent=2) + "\n")
    done = _answered(answers)
    waiting = [question for question in asked.questions if question.id not in done]
    total = len(asked.questions)
    with answers.open("a", encoding="utf-8") as kept, (out / "inexact.jsonl").open("a", encoding="utf-8") as inexact:
        for number, question in enumerate(waiting, start=total - len(waiting)):
            progress("asking", number, total)
            record = answerer.answer(question)
            if question.as_of is None and record["snapshot"] != meta["snapshot"]:
                raise QuestionSetError("the index was built again during the run.", way_out="Run into another folder.")
            for fault in _faults(record, question, answerer):
                inexact.write(json.dumps(fault) + "\n")
            inexact.flush()  # before the answer: a kill between the two names a fault twice, never not at all
            kept.write(json.dumps(record, ensure_ascii=False) + "\n")
            kept.flush()
    progress("asking", total, total)
    if meta["finished"] is None:
        _write_whole(out / "meta.json", json.dumps({**meta, "finished": _now()}, indent=2) + "\n")
    return len(waiting)


def _meta(answerer: Answerer, asked: QuestionSet) -> dict[str, Any]:
    return {
        "snapshot": answerer.snapshot,
        "model": answerer.model,
        "questions": asked.name,
        "questions_sha256": asked.sha256,
        "count": len(asked.questions),
        "version": version("safecite"),
        "started": _now(),
        "finished": None,
        "cpu_count": os.cpu_count(),
    }


def _same_run(out: Path, meta: dict[str, Any]) -> dict[str, Any]:
    """The meta of the run begun in `out`. Raises QuestionSetError where it is not this one."""
    begun = read_object(out / "meta.json")
    for key, what in (("questions_sha256", "other questions"), ("snapshot", "another snapshot")):
        if begun.get(key) != meta[key]:
            raise QuestionSetError(f"holds a run of {what}.", path=out, way_out="Name another folder (--out).")
    return {"finished": None, **begun}


def _located(question: QuestionRecord, answerer: Answerer) -> QuestionRecord:
    def find(doc: str, source: str | None) -> list[tuple[str, str]]:
        return answerer.find(doc, source, question.as_of)

    try:
        golds: list[Gold] = [locate(gold, find) or gold for gold in question.gold]
    except ValueError as error:
        way_out = "Build the index from the documents that the questions were made for."
        raise QuestionSetError(f"question {question.id!r}: {error}.", way_out=way_out) from error
    return replace(question, gold=tuple(golds))


def _missing(asked: QuestionSet, located: list[QuestionRecord]) -> int:
    """How many documents are judged and not held. Raises QuestionSetError where that is all of them."""
    judged = {gold.doc for question in located for gold in question.gold}
    held = {gold.doc for question in located for gold in question.gold if gold.source is not None}
    if judged and not held:
        way_out = "Build the index from the set's own corpus."
        raise QuestionSetError(f"the index holds none of the documents of {asked.name}.", way_out=way_out)
    return len(judged - held)


def _answered(answers: Path) -> set[str]:
    """Ids that have an answer. A line that a kill cut short is dropped from the file."""
    if not answers.exists():
        return set()
    written = answers.read_bytes()
    whole = written.rfind(b"\n") + 1
    if whole < len(written):
        os.truncate(answers, whole)
    return {str(record.get("id")) for record in parse_lines(answers, as_object)}


def _faults(record: dict[str, Any], question: QuestionRecord, answerer: Answerer) -> list[dict[str, Any]]:
    """The citations whose quote is not `text[start:end]` of the document they name."""
    faults = []
    for number, citation in enumerate(record["citations"], start=1):
        source, doc, start, end = (citation[key] for key in ("source", "doc", "start", "end"))
        texts = [text for _, text in answerer.find(doc, source, question.as_of)]
        if not texts or not 0 <= start < end or texts[0][start:end] != citation["quote"]:
            faults.append(
                {"id": question.id, "citation": number, "source": source, "doc": doc, "start": start, "end": end}
            )
    return faults


def _write_whole(path: Path, content: str) -> None:
    """Write all or nothing: a kill leaves what was there before."""
    part = path.with_name(path.name + ".part")
    part.write_text(content, "utf-8")
    part.replace(path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

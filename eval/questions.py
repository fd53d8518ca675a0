"""Question sets: JSONL records of the contract, BEIR folders, and public formats made into the same records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eval.errors import QuestionSetError
from eval.formats import CONVERTERS
from eval.gold import Gold
from eval.records import QuestionRecord, is_text, parse_lines, read_questions, read_text


class Format(StrEnum):
    """How a question file is written."""

    JSONL = "jsonl"  # question records
    BEIR = "beir"  # queries.jsonl and qrels/SPLIT.tsv
    SQUAD = "squad"
    CLAPNQ = "clapnq"
    ORSHARC = "orsharc"


class Split(StrEnum):
    """Which qrels of a BEIR set are asked."""

    TEST = "test"
    TRAIN = "train"
    DEV = "dev"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in file order; `name` for people, `sha256` of the files' bytes to tell one set from another."""

    name: str
    sha256: str
    questions: tuple[QuestionRecord, ...]


def load(paths: Sequence[Path], form: Format | None = None, split: Split = Split.TEST) -> QuestionSet:
    """All questions of the files, which must be of one format; None guesses between JSONL and BEIR by name.

    Raises QuestionSetError with file and line, also where two questions share an id.
    """
    form = form or (Format.BEIR if any(_looks_like_beir(path) for path in paths) else Format.JSONL)
    name = ", ".join(path.resolve().name for path in paths)
    files = list(paths)
    if form is Format.BEIR:
        sets = [_beir_files(path, split) for path in paths]
        name = ", ".join(f"{queries.resolve().parent.name} ({split})" for queries, _ in sets)
        files = [file for pair in sets for file in pair]
        questions = [question for queries, qrels in sets for question in _read_beir(queries, qrels)]
    elif form is Format.JSONL:
        questions = [question for path in paths for question in read_questions(path)]
    else:
        questions = list(CONVERTERS[form](files).questions)
    if not questions:
        raise QuestionSetError("there is no question in it.", path=", ".join(map(str, paths)))
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise QuestionSetError(f"the id {question.id!r} stands there twice.", path=", ".join(map(str, paths)))
        seen.add(question.id)
    return QuestionSet(name, sha256_files(files), tuple(questions))


def sha256_files(files: Sequence[Path]) -> str:
    """The sha256 of the files' bytes, one after the other, as hex."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _looks_like_beir(path: Path) -> bool:
    return path.is_dir() or (path.name == "queries.jsonl" and (path.parent / "qrels").is_dir())


def _beir_files(path: Path, split: Split) -> tuple[Path, Path]:
    folder = path if path.is_dir() else path.parent
    return folder / "queries.jsonl", folder / "qrels" / f"{split}.tsv"


def _read_beir(queries: Path, qrels: Path) -> Iterator[QuestionRecord]:
    """The queries that the qrels judge, in the qrels' order. Documents with relevance 0 or less are not gold."""
    words = dict(parse_lines(queries, _query))
    judged: dict[str, list[Gold]] = {}
    for query, doc, grade in _read_qrels(qrels):
        if query not in words:
            raise QuestionSetError(f"judges the query {query!r}, which {queries.name} does not hold.", path=qrels)
        golds = judged.setdefault(query, [])
        if grade > 0:
            golds.append(Gold(doc, grade=grade))
    for query, golds in judged.items():
        yield QuestionRecord(query, words[query], answerable=True if golds else None, gold=tuple(golds))


def _query(record: object) -> tuple[str, str]:
    if not isinstance(record, dict) or not is_text(record.get("_id")) or not is_text(record.get("text")):
        raise ValueError("a query must have _id and text")
    return record["_id"], record["text"]


def _read_qrels(path: Path) -> Iterator[tuple[str, str, int]]:
    """`(query, document, relevance)` from BEIR's three columns under a heading, or TREC's four in any white space."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        # White space first: SciFact's four columns are parted by tabs and blanks at once.
        columns = line.split()
        if not columns or (number == 1 and not _is_integer(columns[-1])):
            continue
        if len(columns) not in (3, 4) or not _is_integer(columns[-1]):
            raise QuestionSetError("is no judgement: query, document, relevance.", path=f"{path} line {number}")
        yield columns[0], columns[-2], int(columns[-1])


def _is_integer(text: str) -> bool:
    return text.removeprefix("-").isdecimal()

"""One question of a set, as the contract writes it, and the reading of files of such lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from eval.errors import QuestionSetError
from eval.gold import Gold

_T = TypeVar("_T")

# Tags that measures read.
PLACE_TAG = "place:"  # the code of a place that is asked about
NUMBER_TAG = "number:"  # digits that a right first quote holds
DENIED_TAG = "denied"  # a page says that there is no such number, which is an answer too
OLDER_TAG = "older:"  # a document with an older level: source/doc


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question of a set. `history` holds the user's earlier questions, oldest first.

    `answerable` is None where the set does not say; gold alone makes a question answerable.
    """

    id: str
    question: str
    history: tuple[str, ...] = ()
    today: date | None = None
    as_of: date | None = None
    passport: str | None = None
    answerable: bool | None = None
    gold: tuple[Gold, ...] = ()
    tags: tuple[str, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """JSON-ready; optional fields that are empty are left out."""
        record: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "history": list(self.history),
            "today": self.today and self.today.isoformat(),
            "as_of": self.as_of and self.as_of.isoformat(),
            "passport": self.passport,
            "answerable": self.answerable,
            "gold": [gold.to_record() for gold in self.gold],
            "tags": list(self.tags),
        }
        return {key: value for key, value in record.items() if value not in (None, [])}

    @classmethod
    def from_record(cls, record: object) -> QuestionRecord:
        """From one JSON object. Raises ValueError with a phrase that says what is wrong."""
        if not isinstance(record, dict):
            raise ValueError("a question must be an object")
        unknown = sorted(record.keys() - {*cls.__slots__})
        if unknown:
            raise ValueError(f"a question has no field {unknown[0]!r}")
        record = {key: value for key, value in record.items() if value is not None}
        for key in ("id", "question"):
            if not is_text(record.get(key)):
                raise ValueError(f"{key} must be text that is not empty")
        if not is_text(record.get("passport", "GB")):
            raise ValueError("passport must be a country code")
        if not isinstance(record.get("answerable", True), bool):
            raise ValueError("answerable must be true or false")
        for key in ("history", "tags"):
            if not isinstance(record.get(key, []), list) or not all(map(is_text, record.get(key, []))):
                raise ValueError(f"{key} must be a list of texts")
        if not isinstance(record.get("gold", []), list):
            raise ValueError("gold must be a list")
        gold = tuple(Gold.from_record(item) for item in record.get("gold", []))
        if gold and record.get("answerable") is False:
            raise ValueError("a question that is not answerable has no gold")
        return cls(
            id=record["id"],
            question=record["question"],
            history=tuple(record.get("history", ())),
            today=_day(record, "today"),
            as_of=_day(record, "as_of"),
            passport=record.get("passport"),
            answerable=True if gold else record.get("answerable"),
            gold=gold,
            tags=tuple(record.get("tags", ())),
        )


def read_questions(path: Path) -> list[QuestionRecord]:
    """The question records of a JSONL file in order. Raises QuestionSetError."""
    return list(parse_lines(path, QuestionRecord.from_record))


def parse_lines(path: Path, parse: Callable[[object], _T]) -> Iterator[_T]:
    """Each line's JSON value through `parse`; empty lines are left out. Raises QuestionSetError with file and line."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise QuestionSetError("is not JSON.", path=f"{path} line {number}") from error
            try:
                yield parse(value)
            except ValueError as error:
                raise QuestionSetError(f"{error}.", path=f"{path} line {number}") from error


def as_object(value: object) -> dict[str, Any]:
    """A JSON value that must be an object. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError("is no JSON object")
    return value


def read_object(path: Path) -> dict[str, Any]:
    """A file that holds one JSON object. Raises QuestionSetError."""
    try:
        return as_object(json.loads(read_text(path)))
    except (ValueError, RecursionError) as error:
        raise QuestionSetError("is no JSON object.", path=path) from error


def read_text(path: Path) -> str:
    """A file's text. Raises QuestionSetError where it is missing, unreadable or not UTF-8."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise QuestionSetError(f"cannot be opened ({error.strerror}).", path=path) from error
    except UnicodeDecodeError as error:
        raise QuestionSetError("is not UTF-8 text.", path=path) from error


def is_text(value: object) -> bool:
    """Whether it is text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def _day(record: Mapping[str, Any], key: str) -> date | None:
    value = record.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{key} must be a day such as 2026-08-22") from None

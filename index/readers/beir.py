"""A BEIR corpus: one JSON object a line, `{"_id", "title", "text"}` (Thakur et al. 2021, arXiv:2104.08663)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.documents import Document, Reading, Skipped
from index.errors import UnreadableError

NAME = "corpus.jsonl"
READER = "beir 1"
MAX_LINE = 10_000_000  # bytes


class _Record(NamedTuple):
    doc_id: str
    title: str
    text: str


def is_corpus(root: Path) -> bool:
    """Whether the folder holds a BEIR corpus."""
    return (root / NAME).is_file()


def read(source: str, root: Path) -> Iterator[Reading | Skipped]:
    """The corpus's documents in the order of its lines; a line that is no record is skipped with its number."""
    seen: set[str] = set()
    with (root / NAME).open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            try:
                record = _record(line)
                if record.doc_id in seen:
                    raise UnreadableError(f"_id {record.doc_id[:60]!r} stands in an earlier line")
            except UnreadableError as error:
                yield Skipped(source, f"{NAME} line {number}", error.reason)
            else:
                seen.add(record.doc_id)
                yield _reading(source, record, line)
            while len(line) > MAX_LINE and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE + 1)  # the rest of a line that was too long


def _record(line: bytes) -> _Record:
    if len(line) > MAX_LINE:
        raise UnreadableError(f"larger than {MAX_LINE // 1_000_000} MB")
    try:
        record = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("not JSON") from error
    if not isinstance(record, dict):
        raise UnreadableError("not a record")
    values = [record.get(key) or "" for key in ("_id", "title", "text")]
    if not all(isinstance(value, str) for value in values) or not values[0]:
        raise UnreadableError("_id, title and text must be text, and _id may not be empty")
    result = _Record(*values)
    if not (result.title + result.text).strip():
        raise UnreadableError("no text in it")
    try:
        "".join(values).encode("utf-8")  # JSON can spell half of a surrogate pair
    except UnicodeEncodeError as error:
        raise UnreadableError("half a character in it") from error
    return result


def _reading(source: str, record: _Record, line: bytes) -> Reading:
    title = " ".join(record.title.split())
    text = f"# {title}\n\n{record.text}" if title else record.text
    document = Document(source, record.doc_id, title or record.doc_id, text, reader=READER)
    return Reading(document.with_hashes(line), line)

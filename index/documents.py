"""What is known: a Document, its metadata, and the pieces that point into it.

Offsets are code points of `Document.text`, half-open: `text[start:end]`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from index.dates import PartialDate

Markup = Literal["markdown", "plain"]


class Status(StrEnum):
    """Whether a document may answer as what holds today."""

    CURRENT = "current"
    SUPERSEDED = "superseded"  # a newer document of its series exists
    WITHDRAWN = "withdrawn"  # its publisher no longer lists it


class Kind(StrEnum):
    """Who wrote the words."""

    ORIGINAL = "original"
    COMPILED = "compiled"  # ours, from the originals named in `based_on`; never outranks them


@dataclass(frozen=True, slots=True)
class Basis:
    """One original that a compiled document rests on."""

    publisher: str
    title: str
    url: str | None = None
    updated: PartialDate | None = None
    retrieved: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document with everything known about it.

    `about` holds ISO 3166-1 alpha-2 codes (XK for Kosovo) and decides what filters see; an empty tuple is a general
    document. `series` names what the document is an edition of (publisher, place, page kind): the newest in a series
    supersedes the others. `level` is a government's advisory level in its own words. `body` is where the text begins
    after front matter: no passage starts before it.
    """

    source: str
    doc_id: str
    title: str
    text: str
    markup: Markup = "markdown"
    publisher: str = ""
    url: str | None = None
    licence: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    reviewed: PartialDate | None = None
    retrieved: PartialDate | None = None
    about: tuple[str, ...] = ()
    level: str | None = None
    series: str | None = None
    status: Status = Status.CURRENT
    kind: Kind = Kind.ORIGINAL
    based_on: tuple[Basis, ...] = ()
    body: int = 0
    reader: str = ""
    raw_sha256: str = ""
    text_sha256: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """`(source, doc_id)`: what a citation names."""
        return self.source, self.doc_id

    @property
    def date(self) -> PartialDate | None:
        """How new its facts can be: the latest of updated, reviewed and published that is known.

        What we compiled is as new as the newest page that it rests on, whenever we wrote it. Compared by the first day
        that each can mean: "2024" does not hide that the page changed on 3 May 2024.
        """
        own = (self.updated, self.reviewed, self.published)
        bases = [b.updated for b in self.based_on] if self.kind is Kind.COMPILED else []
        known = [d for d in bases if d is not None] or [d for d in own if d is not None]
        return max(known, key=lambda d: d.first()) if known else None

    def with_hashes(self, raw: bytes) -> Document:
        """The same document with the sha256 of its raw bytes and of its text."""
        return replace(self, raw_sha256=hashlib.sha256(raw).hexdigest(), text_sha256=sha256_text(self.text))

    def to_record(self) -> dict[str, Any]:
        """JSON-ready metadata, without `text`; fields that hold their default are left out."""
        record: dict[str, Any] = {}
        for name, default in _RECORDED:
            value = getattr(self, name)
            if value != default:
                record[name] = value if type(value) is str else _to_json(value)
        return record

    @classmethod
    def from_record(cls, record: dict[str, Any], text: str = "") -> Document:
        """The inverse of `to_record`. Unknown keys raise TypeError."""
        values = dict(record)
        for name in ("published", "updated", "reviewed", "retrieved"):
            if name in values:
                values[name] = PartialDate.parse(values[name])
        if "about" in values:
            values["about"] = tuple(values["about"])
        if "status" in values:
            values["status"] = Status(values["status"])
        if "kind" in values:
            values["kind"] = Kind(values["kind"])
        if "based_on" in values:
            values["based_on"] = tuple(_basis(b) for b in values["based_on"])
        return cls(text=text, **values)


_RECORDED = [(field.name, field.default) for field in fields(Document) if field.name != "text"]


class Heading(NamedTuple):
    """The words of a heading at `text[start:end]`; `level` 1 is the outermost."""

    start: int
    end: int
    level: int


class Passage(NamedTuple):
    """`text[start:end]` is the passage; `headings` are those above it, outermost first."""

    start: int
    end: int
    headings: tuple[Heading, ...] = ()


class Reading(NamedTuple):
    """A document as a reader made it, with the raw bytes that it was made from."""

    document: Document
    raw: bytes


class Skipped(NamedTuple):
    """A file that could not be read, with the reason: a short phrase such as "encrypted"."""

    source: str
    path: str
    reason: str


def sha256_text(text: str) -> str:
    """The sha256 of the text in UTF-8, as hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _to_json(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Basis):
        return {f.name: _to_json(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) is not None}
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    return value


def _basis(record: dict[str, Any]) -> Basis:
    values = dict(record)
    for name in ("updated", "retrieved"):
        if values.get(name) is not None:
            values[name] = PartialDate.parse(values[name])
    return Basis(**values)

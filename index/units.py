"""Passage → units: its sentences and list items, each with the line that introduces it. Quotes are made of them.

A unit has a vector of its own, made from its nearest headings and its words: "Terrorism: …" is found where a passage of
many subjects is not. The title stays out: it names the country, and what many countries share is embedded once.
Units are stored with their passages: who changes them changes `index.passages.CHUNKING` as well.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from index.documents import Document, Passage
from index.passages import CHUNKING, heading_words, passages
from index.plain import plain_text
from index.sentences import sentence_spans

SHORT_LINE = 60  # characters: an address, or another item of a list without bullets
_NEWLINE = re.compile(r"[\r\n]")
_INDENT = re.compile(r"[ \t>]*")
_INDENTED_MARK = re.compile(_INDENT.pattern + r"(?:[*+-]|\d{1,3}[.)])[ \t]+")
_NUMBER = re.compile(r"\d{1,3}[.)]")
_NUMBERED = re.compile(_NUMBER.pattern + r"[ \t]+\S")


class Unit(NamedTuple):
    """`text[start:end]`; `intro` is the number of the passage's unit that introduces it, -1 where none does."""

    start: int
    end: int
    is_item: bool
    intro: int


class Cut(NamedTuple):
    """A passage with its units, and the key of each one's vector: the sha256 of its embedded text, as hex."""

    passage: Passage
    units: tuple[Unit, ...]
    keys: tuple[str, ...]


def cut(document: Document) -> tuple[list[Cut], dict[str, str]]:
    """A document's passages with their units, and the texts to embed by the keys of their vectors."""
    pieces: list[Cut] = []
    texts: dict[str, str] = {}
    for passage in passages(document):
        found = units(document, passage)
        parts = embedded_texts(document, passage, found)
        keys = tuple(hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in parts)
        pieces.append(Cut(passage, tuple(found), keys))
        texts.update(zip(keys, parts, strict=True))
    return pieces, texts


def passages_key(document: Document, chunking: str = CHUNKING) -> str:
    """Under which the passages of a document's text are stored."""
    parts = (chunking, document.markup, str(document.body), document.text_sha256)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def units(document: Document, passage: Passage) -> list[Unit]:
    """The units of a passage, in order."""
    text = document.text
    spans = _numbers_joined(text, sentence_spans(text, passage.start, passage.end, document.markup))
    items = [_is_item(text, start) for start, _ in spans]
    intros = _introductions(text, spans, items)
    return [Unit(*span, item, intro) for span, item, intro in zip(spans, items, intros, strict=True)]


def embedded_texts(document: Document, passage: Passage, found: Sequence[Unit]) -> list[str]:
    """What is embedded for each unit: the nearest two of its headings and introduction, then its words."""
    above = heading_words(document, passage)[-2:]
    shown = [plain_text(document.text, unit.start, unit.end, document.markup) for unit in found]
    return [
        "\n".join((*(above if unit.intro < 0 else (*above[-1:], shown[unit.intro])), words))
        for unit, words in zip(found, shown, strict=True)
    ]


def ends_with_colon(text: str, end: int) -> bool:
    """Whether the unit that ends here opens something."""
    return text[max(0, end - 4) : end].rstrip("*_ ").endswith(":")


def _numbers_joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same spans, but the number of a list item, "2.", which looks like a sentence, goes with what it numbers."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _is_number(text, *joined[-1]) and not _NEWLINE.search(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether this is a list item's number, and nothing else, at the beginning of a line."""
    return _NUMBER.fullmatch(text, start, end) is not None and _INDENT.fullmatch(_line_before(text, start)) is not None


def _is_item(text: str, start: int) -> bool:
    """Whether a list item begins here: after its mark, or with its number."""
    before = _line_before(text, start)
    numbered = _NUMBERED.match(text, start) is not None and _INDENT.fullmatch(before) is not None
    return numbered or _INDENTED_MARK.fullmatch(before) is not None


def _line_before(text: str, position: int) -> str:
    """What stands before a position on its line, as far as a list mark can reach."""
    return text[max(0, position - 40) : position].rpartition("\n")[2]


def _introductions(text: str, spans: Sequence[tuple[int, int]], items: Sequence[bool]) -> list[int]:
    """For each unit the one that introduces it: the sentence with a colon before its list, or before its line."""
    introduced: list[int] = []
    intro = -1
    for number, (start, end) in enumerate(spans):
        goes_on = items[number] or end - start < SHORT_LINE  # of a list, or of the lines of an address
        if intro >= 0 and not goes_on and number > intro + 1:
            intro = -1
        introduced.append(intro)
        if not items[number] and ends_with_colon(text, end):
            intro = number
    return introduced

"""A country's emergency numbers from the fact sheet that ships, while there is no index to search yet."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from assistant.settings import SHIPPED
from index.blocks import blocks
from index.documents import Document, Skipped
from index.plain import plain_text
from index.readers.folder import read_source

_COUNTRIES = SHIPPED / "countries"
_HEADING = "Emergency numbers"


class Sheet(NamedTuple):
    """The sheet's document, and its lines on emergency numbers word for word; each names its source and date."""

    document: Document
    lines: tuple[str, ...]


def sheet_codes(folder: Path = _COUNTRIES) -> frozenset[str]:
    """The countries that have a sheet, by their ISO codes, which the names of the files begin with."""
    return frozenset(path.name[:2].upper() for path in folder.glob("[a-z][a-z]-*.md"))


def emergency_sheet(code: str, folder: Path = _COUNTRIES) -> Sheet | None:
    """The sheet of a country by its ISO code; None where none ships."""
    for path in sorted(folder.glob(f"{code.lower()}-*.md")):
        for reading in read_source(folder.name, path):
            if not isinstance(reading, Skipped):
                return Sheet(reading.document, tuple(_lines(reading.document)))
    return None


def _lines(document: Document) -> list[str]:
    found = []
    inside = False
    for block in blocks(document):
        shown = plain_text(document.text, block.start, block.end)
        if block.kind == "heading":
            inside = shown.startswith(_HEADING)
        elif inside and block.kind == "item":
            found.append(shown)
    return found

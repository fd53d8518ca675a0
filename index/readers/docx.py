"""Word documents as Markdown: headings, lists and tables kept; deletions and hidden text dropped.

python-docx opens the package and knows its parts. The body is walked here, because python-docx passes over what stands
in content controls, insertions and text boxes. Dates in the package are those of the file and not used.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from index.errors import UnreadableError
from index.readers import sniff
from index.readers.docx_styles import Styles
from index.readers.escape import markdown_escaped
from index.readers.metadata import Extracted, Metadata

MAX_UNPACKED = 200_000_000  # bytes; a zip bomb unpacks to far more

_DAMAGED = "truncated or damaged"
_ENCRYPTED = 0x1  # bit of a ZIP member's flags
_MAX_SPAN = 20  # columns that one cell may take
_P, _R, _TBL, _TR, _TC, _BOX = (qn(f"w:{name}") for name in ("p", "r", "tbl", "tr", "tc", "txbxContent"))
_NOT_SHOWN = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same words again for old programs
}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WORDS = re.compile(r"[^\W_]")


class _Block(NamedTuple):
    text: str
    item: int = -1  # how deep in a list, 0 the outermost; -1 is no list item


def read(raw: bytes) -> Extracted:
    """A Word document; its title is the one in its properties, else its first heading. Raises UnreadableError."""
    sniff.check(raw, "Word")
    _check_package(raw)
    try:
        document = docx.Document(io.BytesIO(raw))
        found = list(_blocks(document.element.body, Styles(document)))
        title = " ".join((document.core_properties.title or "").split())
    # What python-docx lets out on a package whose parts contradict each other.
    except (PythonDocxError, OpcError, etree.LxmlError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableError(_DAMAGED) from error
    except RecursionError as error:
        raise UnreadableError("elements nested too deeply") from error
    text = _join(found)
    if not _WORDS.search(text):
        raise UnreadableError("no text in it")
    headings = (block.text.lstrip("# ") for block in found if block.text.startswith("#"))
    return Extracted(text, "markdown", Metadata(title=title or next(headings, None)))


def _check_package(raw: bytes) -> None:
    """Every member's checksum, so that damage is named and not read around."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            members = package.infolist()
            if not any(member.filename.startswith("word/") for member in members):
                raise UnreadableError("not what its name says (looks like ZIP)")
            if any(member.flag_bits & _ENCRYPTED for member in members):
                raise UnreadableError("encrypted")
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise UnreadableError(f"larger than {MAX_UNPACKED // 1_000_000} MB when unpacked")
            bad = package.testzip()
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise UnreadableError(_DAMAGED) from error
    if bad is not None:
        raise UnreadableError(_DAMAGED)


def _blocks(parent: Any, styles: Styles) -> Iterator[_Block]:
    for element in parent:
        if element.tag == _P:
            yield from _paragraph(element, styles)
            for box in element.iter(_BOX):
                if not any(a.tag in _NOT_SHOWN for a in box.iterancestors()):
                    yield from _blocks(box, styles)
        elif element.tag == _TBL:
            yield from _table(element, styles)
        elif element.tag not in _NOT_SHOWN:
            yield from _blocks(element, styles)


def _paragraph(paragraph: Any, styles: Styles) -> Iterator[_Block]:
    words = "".join(_words(paragraph, styles)).strip()
    if not words:
        return
    level = styles.heading(paragraph)
    if level:
        yield _Block("#" * level + " " + markdown_escaped(words))
        return
    text = "  \n".join(filter(None, (markdown_escaped(line.strip()) for line in words.split("\n"))))
    item = styles.list_level(paragraph)
    if item is None and "\n" not in text and styles.is_bold(paragraph):
        text = f"**{text}**"  # how most people make a heading
    yield _Block(text) if item is None else _Block(text, item)


def _words(element: Any, styles: Styles) -> Iterator[str]:
    """What is shown inside `element`, text boxes left to `_blocks`."""
    for child in element:
        if child.tag in _NOT_SHOWN or child.tag == _BOX or (child.tag == _R and styles.is_hidden(child)):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            if child.tag in (_P, _TC):
                yield "\n"
            yield from _words(child, styles)


def _table(table: Any, styles: Styles) -> Iterator[_Block]:
    rows = [list(_within(row, _TC)) for row in _within(table, _TR) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
    if all(len(row) <= 1 for row in rows):  # a frame around text
        for row in rows:
            for cell in row:
                yield from _blocks(cell, styles)
        return
    lines = [[text for cell in row for text in _cell(cell, styles)] for row in rows]
    width = max(len(line) for line in lines)
    shown = ["| " + " | ".join(line + [""] * (width - len(line))) + " |" for line in lines]
    yield _Block("\n".join([shown[0], "|" + " --- |" * width, *shown[1:]]))


def _within(element: Any, tag: str) -> Iterator[Any]:
    """The nearest descendants of that tag, not those of a table inside."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _NOT_SHOWN and child.tag not in (_TBL, _P):
            yield from _within(child, tag)


def _cell(cell: Any, styles: Styles) -> list[str]:
    """The cell's words, then an empty cell for each further column that it takes."""
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    columns = int(span.get(qn("w:val"), "1")) if span is not None else 1
    return [markdown_escaped("".join(_words(cell, styles)).strip()), *[""] * (min(columns, _MAX_SPAN) - 1)]


def _join(found: list[_Block]) -> str:
    text, depth = "", -1
    for block in found:
        if text:
            text += "\n" if block.item >= 0 and depth >= 0 else "\n\n"
        depth = min(block.item, depth + 1)  # an item hangs on the one above, or Markdown would see no list
        text += block.text if depth < 0 else "  " * depth + "* " + block.text.replace("\n", "\n" + "  " * (depth + 1))
    return text

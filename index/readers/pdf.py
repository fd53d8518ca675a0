"""PDF: the text that a reader of the printed page would see, page after page in reading order.

Text that is drawn invisibly, too small to see, off the page or in white on nothing is dropped: it is where
instructions to programs are planted. So is the invisible text layer of a scanned page, which is some program's reading
of a picture and no one's words; a scan has "no text in it". Dates in a PDF are those of the file and not used.

PDFium may be called from one thread at a time.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from index.errors import UnreadableError
from index.readers import sniff
from index.readers.metadata import Extracted, Metadata
from index.readers.reflow import Line, join_broken_words, paragraphs

MAX_PAGES = 5_000
MAX_CHARACTERS = 20_000_000

_END = b"%%EOF"
_END_WINDOW = 1024  # bytes at the file's end in which the mark may stand (PDF 1.7, implementation note 18)
_NOT_PAINTED = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_PAINTING = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)
_SMALLEST = 1.0  # points; a letter lower than this is no letter to the eye
_WHITE = 250  # of 255 in all three colours
_NESTING = 15  # of forms within forms
_HYPHEN = "\x02"  # what PDFium gives for a hyphen that breaks a word at a line's end
_WORDS = re.compile(r"[^\W_]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0]+")

_Box = tuple[float, float, float, float]  # left, bottom, right, top


def read(raw: bytes) -> Extracted:
    """A PDF; its title is the one in its information dictionary, if that holds one. Raises UnreadableError."""
    sniff.check(raw, "PDF")
    if _END not in raw.rstrip(b"\0\t\n\f\r ")[-_END_WINDOW:]:
        raise UnreadableError("truncated or damaged")  # PDFium would mend it and leave out what is lost
    try:
        with pdfium.PdfDocument(raw) as pdf:
            text = _text(pdf)
            title = " ".join(_UNPRINTABLE.sub("", pdf.get_metadata_value("Title")).split())
    except pdfium.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise UnreadableError("encrypted" if encrypted else "truncated or damaged") from error
    if not _WORDS.search(text):
        raise UnreadableError("no text in it")
    return Extracted(text, "plain", Metadata(title=title or None))


def _text(pdf: pdfium.PdfDocument) -> str:
    if not len(pdf):
        raise UnreadableError("truncated or damaged")
    if len(pdf) > MAX_PAGES:
        raise UnreadableError(f"more than {MAX_PAGES:,} pages")
    pages, size = [], 0
    for page in pdf:
        try:
            _drop_hidden(page)
            words = paragraphs(list(_lines(page)))
        finally:
            page.close()
        pages.append(words)
        size += len(words)
        if size > MAX_CHARACTERS:
            raise UnreadableError(f"more than {MAX_CHARACTERS:,} characters")
    return join_broken_words("\n\n".join(page for page in pages if page))


def _drop_hidden(page: pdfium.PdfPage) -> None:
    """Make every text object inactive that shows nothing, so that PDFium leaves it out of the page's text."""
    seen_box = _intersection(page.get_cropbox(), page.get_mediabox())
    painted: list[_Box] | None = None
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=_NESTING):
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
        hidden = mode in _NOT_PAINTED or _fill(item)[3] == 0
        if not hidden and item.level == 0:  # inside a form, bounds are the form's own and say nothing about the page
            box = item.get_bounds()
            hidden = not _overlap(box, seen_box)
            if not hidden and min(_fill(item)[:3]) >= _WHITE:
                painted = list(_painted(page)) if painted is None else painted
                hidden = not any(_overlap(box, other) for other in painted)
        if hidden:
            pdfium_c.FPDFPageObj_SetIsActive(item, False)


def _painted(page: pdfium.PdfPage) -> Iterator[_Box]:
    """Where something is painted that white letters could stand out from."""
    for item in page.get_objects(filter=_PAINTING, max_depth=_NESTING):
        if item.type != pdfium_c.FPDF_PAGEOBJ_PATH or min(_fill(item)[:3]) < _WHITE:
            yield item.get_bounds() if item.level == 0 else page.get_mediabox()


def _fill(item: pdfium.PdfObject) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity, 0 to 255; opaque black where PDFium cannot tell (a pattern)."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetFillColor(item, *parts):
        return 0, 0, 0, 255
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _lines(page: pdfium.PdfPage) -> Iterator[Line]:
    textpage = page.get_textpage()
    seen_box = _intersection(page.get_cropbox(), page.get_mediabox())
    box = pdfium_c.FS_RECTF()
    letters: list[str] = []
    boxes: list[_Box] = []
    for index in range(pdfium_c.FPDFText_CountChars(textpage)):
        character = _character(pdfium_c.FPDFText_GetUnicode(textpage, index))
        if character == _HYPHEN:
            letters.append("-")
        if character in ("\n", _HYPHEN):
            yield from _line(letters, boxes)
            letters, boxes = [], []
        elif not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box) or character.isspace():
            letters.append(character)  # spaces that PDFium infers have no box worth having
        elif box.top - box.bottom >= _SMALLEST and _overlap(found := _box(box), seen_box):
            letters.append(character)
            boxes.append(found)
    yield from _line(letters, boxes)


def _character(code: int) -> str:
    return chr(code) if code <= sys.maxunicode else "\ufffd"  # a font may map its letters to anything


def _line(letters: list[str], boxes: list[_Box]) -> Iterator[Line]:
    words = _SPACES.sub(" ", _UNPRINTABLE.sub("", "".join(letters))).strip()
    if words and boxes:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        yield Line(words, min(lefts), min(bottoms), max(rights), max(tops))


def _box(box: pdfium_c.FS_RECTF) -> _Box:
    return box.left, box.bottom, box.right, box.top


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _intersection(one: _Box, other: _Box) -> _Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])

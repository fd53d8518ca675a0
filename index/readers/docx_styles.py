"""What a Word document's styles and direct formatting say of a paragraph or a run: heading, list, bold, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:title|heading ([1-9]))$", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number|paragraph)(?: ([2-5]))?$", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")
_SMALLEST = 2  # half points: letters of less than 1 pt are no letters to the eye
_WHITE = "FFFFFF"
_VAL = qn("w:val")


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, document: Any) -> None:
        """`document` is python-docx's."""
        self._by_id = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        self._dark_page = document.element.find(qn("w:background")) is not None

    def heading(self, paragraph: Any) -> int | None:
        """The level of a heading, 1 to 6, by the style or the one it is based on."""
        match = self._named(paragraph, _HEADING)
        return min(int(match[1] or 1), 6) if match else None

    def list_level(self, paragraph: Any) -> int | None:
        """How deep a list item is, 0 the outermost; None for what is no list item."""
        numbering = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbering is not None:
            number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
            if number is not None and number.get(_VAL) == "0":
                return None  # numbering taken away
            return int(level.get(_VAL, "0")) if level is not None else 0
        match = self._named(paragraph, _LIST)
        return int(match[1] or 1) - 1 if match else None

    def is_bold(self, paragraph: Any) -> bool:
        """Whether every run that holds words is bold."""
        runs = [run for run in paragraph.iter(qn("w:r")) if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()]
        return bool(runs) and all(self._is_on(run, "w:b") for run in runs)

    def is_hidden(self, run: Any) -> bool:
        """Whether the run is marked as hidden, too small to see, or white on the white page."""
        if self._is_on(run, "w:vanish"):
            return True
        size, colour = run.find(f"{qn('w:rPr')}/{qn('w:sz')}"), run.find(f"{qn('w:rPr')}/{qn('w:color')}")
        if size is not None and float(size.get(_VAL, "24")) < _SMALLEST:
            return True
        white = colour is not None and str(colour.get(_VAL)).upper() == _WHITE
        return white and not self._dark_page and not _may_be_shaded(run)

    def _is_on(self, run: Any, switch: str) -> bool:
        for properties in self._properties(run):
            found = properties.find(qn(switch))
            if found is not None:
                return str(found.get(_VAL, "1")).lower() not in _OFF
        return False

    def _properties(self, run: Any) -> Iterator[Any]:
        """The run's own properties, then those of its character style and its paragraph's style."""
        yield from run.findall(qn("w:rPr"))
        paragraph = next(run.iterancestors(qn("w:p")), None)
        references = [run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")]
        if paragraph is not None:
            references.append(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        for reference in references:
            if reference is not None:
                for style in self._chain(reference.get(_VAL)):
                    yield from style.findall(qn("w:rPr"))

    def _named(self, paragraph: Any, pattern: re.Pattern[str]) -> re.Match[str] | None:
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if reference is not None:
            for style in self._chain(reference.get(_VAL)):
                name = style.find(qn("w:name"))
                match = pattern.match(str(name.get(_VAL))) if name is not None else None
                if match:
                    return match
        return None

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        """The style, the one it is based on, and so on; a ring of styles ends where it began."""
        seen: set[str | None] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            base = style.find(qn("w:basedOn"))
            style_id = base.get(_VAL) if base is not None else None


def _may_be_shaded(run: Any) -> bool:
    """Whether something darker than the page may lie under the run: shading, a highlight, a table, a box."""
    if (
        run.find(f"{qn('w:rPr')}/{qn('w:shd')}") is not None
        or run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
    ):
        return True
    for parent in run.iterancestors():
        if parent.tag in (qn("w:tbl"), qn("w:txbxContent")):
            return True
        if parent.tag == qn("w:p") and parent.find(f"{qn('w:pPr')}/{qn('w:shd')}") is not None:
            return True
    return False

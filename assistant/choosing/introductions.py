"""Which line introduces what: a list's opening line stands over its items, and over nothing that comes after them.

And the sentence right above a heading, where it says what stands below: "The clinic in Almaty answers by day.".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.choosing.spans import CONNECTIVE, Span, introduction
from assistant.understanding.services import Service
from index.blocks import INTRO_LEVEL
from index.documents import Heading
from index.units import SHORT_LINE, Unit, ends_with_colon

_LABEL = re.compile(r"[A-Z][A-Z /&'()-]{4,}:\Z")  # "VACCINATIONS:" in a list of facts
_ITEM_LABEL = re.compile(
    r"[ \t>]*(?:[*+-]|\d{1,3}[.)])[ \t]+\*\*\s*([^*\n]{2,60}?)\s*(?::\s*\*\*|\*\*\s*:)"
)  # "* **Rabies:** …"
_NEW_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\S*\Z")  # not indented: that goes on with an item
_FARTHEST_ABOVE = 400  # characters between a heading and where the sentence above it begins
_BLANK = re.compile(r"[\s#*]*$")
_SENTENCE_ABOVE_BEGINS = re.compile(r"[.!?]\s+(?=[A-Z])|\n")


def introduced(text: str, units: Sequence[Unit]) -> list[Unit]:
    """The same units, but a short line after a list's last item is no longer introduced by the list's opening line."""
    found: list[Unit] = []
    ended = -1  # the introduction whose list is over
    for number, unit in enumerate(units):
        after_items = unit.intro >= 0 and any(other.is_item for other in units[unit.intro + 1 : number])
        if after_items and not unit.is_item and _opens_paragraph(text, units, number):
            ended = unit.intro
        found.append(unit._replace(intro=-1) if unit.intro == ended else unit)
    return found


def headings_above(text: str, units: Sequence[Unit], headings: Sequence[Heading], span: Span) -> tuple[Heading, ...]:
    """A passage's headings that stand above one of its spans, and the line that introduces the span, if any.

    A passage that goes on with a list has the list's opening line among its headings: it holds for that list alone.
    """
    said = [h for h in headings if not CONNECTIVE.fullmatch(text, h.start, h.end)]
    above = tuple(h for h in said if h.level < INTRO_LEVEL)
    if _is_label(text, units[span.first]):  # the label before it says nothing of it
        return above
    if span.is_introduced:
        first, last = units[introduction(text, units, span.intro)], units[span.intro]
        alone = CONNECTIVE.fullmatch(text, first.start, last.end)
        return above if alone else (*above, Heading(first.start, last.end, INTRO_LEVEL))
    if label := _ITEM_LABEL.match(text, text.rfind("\n", 0, span.start) + 1, span.start):
        return (*above, Heading(*label.span(1), INTRO_LEVEL))
    if len(above) == len(said) or span.first >= _carried_on(text, units):
        return above
    return tuple(said)


def sentence_above(text: str, heading: Heading, services: Sequence[Service]) -> Heading | None:
    """The sentence right above a heading that names one of the services; None where it names none."""
    low = max(0, heading.start - _FARTHEST_ABOVE)
    blank = _BLANK.search(text, low, heading.start)
    end = blank.start() if blank else heading.start
    start = max((match.end() for match in _SENTENCE_ABOVE_BEGINS.finditer(text, low, end)), default=low)
    named = any(service.named.search(text, start, end) for service in services)
    return Heading(start, end, INTRO_LEVEL) if named else None


def _is_label(text: str, unit: Unit) -> bool:
    return _LABEL.match(text, unit.start, unit.end) is not None


def _carried_on(text: str, units: Sequence[Unit]) -> int:
    """How many of a passage's units belong to the list, or to the table, that began in the passage before."""
    in_list = bool(units) and units[0].is_item
    for number, unit in enumerate(units):
        short = unit.end - unit.start < SHORT_LINE and not ends_with_colon(text, unit.end)
        goes_on = unit.is_item or (short and not in_list)
        if number and not goes_on and _opens_paragraph(text, units, number):
            return number
    return len(units)


def _opens_paragraph(text: str, units: Sequence[Unit], number: int) -> bool:
    return _NEW_PARAGRAPH.search(text, units[number - 1].end, units[number].start) is not None

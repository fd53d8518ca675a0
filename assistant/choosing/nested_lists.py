"""Lists inside lists: "the province of Sind, except:" stands over its own items, whatever the outer list says."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.choosing.place_texts import Text
from assistant.choosing.quotes import Quote
from assistant.choosing.spans import Span
from index.blocks import INTRO_LEVEL
from index.documents import Heading
from index.units import ends_with_colon

_MARK = re.compile(r"[ \t>]*[*+-](?=[ \t])")
_SPACE = " \t\r"


def with_opening(text: Text, quote: Quote, span: Span) -> Quote:
    """A quote that begins inside a list in a list, with what opens that among its headings."""
    opening = _nested_under(text.text, text.units[span.first].start)
    if opening is None or opening in quote.headings:
        return quote
    headings = (*quote.headings, opening)
    return replace(quote, headings=headings, heading_words=text.heading_words(headings))


def end_of_list(text: Text, span: Span) -> Span:
    """A span of items that does not tear a list inside a list from what opens it, nor go on after it where it is cut.

    One that begins inside such a list ends with that; one that would end inside of it ends before it.
    """
    units, opening = text.units, _nested_under(text.text, text.units[span.first].start)
    last = span.last
    if opening is not None:
        inside = (n for n in range(span.first, last + 1) if _nested_under(text.text, units[n].start) != opening)
        last = next(inside, last + 1) - 1
    elif last + 1 < len(units) and units[last + 1].is_item:
        torn = _nested_under(text.text, units[last + 1].start)
        before = [n for n in range(span.first + 1, last + 1) if torn and units[n].start >= torn.start]
        if before and units[before[0] - 1].is_item:
            last = before[0] - 1
    return span if last == span.last else span._replace(end=units[last].end, last=last)


def _nested_under(text: str, start: int) -> Heading | None:
    """What opens the list inside a list to which the item that begins at `start` belongs; None where none does.

    It has another mark than its items, or stands further out. A passage can begin inside such a list, so the lines
    above are read, not the passage's units.
    """
    begin = text.rfind("\n", 0, start) + 1
    mark = _MARK.match(text, begin)
    while mark and begin > 0:
        end = begin - 1
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end].rstrip(_SPACE)
        if not line:
            continue
        above = _MARK.match(text, begin)
        if above is None:
            return None
        if above.group() != mark.group():
            end = begin + len(line)
            opens = ends_with_colon(text, end)
            return Heading(above.end() + 1, end, INTRO_LEVEL) if opens else None
    return None

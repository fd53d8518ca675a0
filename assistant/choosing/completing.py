"""A quote that was chosen, with what it must not be read without.

That is a line that forbids what its list names, the sentence that it leans on, and the exception that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.choosing.spans import (
    MAX_LIST,
    MAX_QUOTE,
    Span,
    fits,
    goes_on,
    in_mid_story,
    introduction,
    leans_back,
    opens_something,
)
from index.documents import Markup
from index.units import Unit, ends_with_colon

MAX_WITH_EXCEPTION = 500  # shown characters
_LIMITS = re.compile(
    r"\b(?:not|no|never|cannot|without|avoid\w*|refrain\w*|prohibit\w*|forbid\w*|forbidden|bann?ed|restrict\w*|illegal|"
    r"unlawful|except\w*|exclud\w*|unless|against|only)\b|n['’]t\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|no|never|cannot|avoid|unsafe|illegal|prohibited|banned|forbidden)\b|n['’]t\b", re.IGNORECASE
)
_EXCEPTION = re.compile(
    r"(?:however|but|except(?:ions?)?|the (?:only )?exceptions?|unless|otherwise|this (?:does not|doesn['’]t) apply)\b",
    re.IGNORECASE,
)


def completed(text: str, units: Sequence[Unit], markup: Markup, core: Span, wide: Span) -> Span:
    """`wide` with what it needs before it and after it, as far as there is room; `core` is always in it."""
    if wide.start != units[wide.first].start or wide.end != units[wide.last].end:  # a part of a sentence
        return wide
    first, last = _from_what_it_needs(text, units, markup, core, wide)
    after = _exception_end(text, units, last + 1)
    if after > last:
        for begin in (first, core.first):
            stands_alone = begin == first or _needs(text, units, begin) == begin
            if stands_alone and fits(text, units[begin].start, units[after].end, markup, MAX_WITH_EXCEPTION):
                return _span(units, begin, after)
    return _span(units, first, last)


def with_denial(text: str, units: Sequence[Unit], markup: Markup, core: Span, wide: Span) -> Span:
    """`wide` with the sentence right before it, which denies: "Tap water is not safe." before "Bottled water is."."""
    if not _denied_before(text, units, wide):
        return wide
    for last in range(wide.last, core.last - 1, -1):
        if fits(text, units[wide.first - 1].start, units[last].end, markup, MAX_QUOTE):
            return _span(units, wide.first - 1, last)
    return wide


def _from_what_it_needs(text: str, units: Sequence[Unit], markup: Markup, core: Span, wide: Span) -> tuple[int, int]:
    begin = _needs(text, units, wide.first)
    opens_list = ends_with_colon(text, units[wide.first].end)  # it stays whole
    if begin < wide.first:
        for last in range(wide.last, (wide.last if opens_list else core.last) - 1, -1):
            if fits(text, units[begin].start, units[last].end, markup, MAX_LIST if opens_list else MAX_QUOTE):
                return begin, last
    return wide.first, wide.last


def _needs(text: str, units: Sequence[Unit], first: int) -> int:
    """The unit that a span must begin with so that what begins with `first` is not misread."""
    intro = units[first].intro
    if intro >= 0:
        begin = introduction(text, units, intro)
        return begin if _LIMITS.search(text, units[begin].start, units[intro].end) else first
    leans = leans_back(text, units, first, over_paragraphs=True) or in_mid_story(text, units, first)
    return first - 1 if leans else first


def _exception_end(text: str, units: Sequence[Unit], number: int) -> int:
    """The last unit of an exception that begins with this one, its list with it; the one before where none does."""
    if number == len(units) or not _is_exception(text, units, number):
        return number - 1
    last = number
    while last + 1 < len(units) and opens_something(text, units[number]) and units[last + 1].intro == number:
        last += 1
    return last if not opens_something(text, units[last]) else number - 1


def _is_exception(text: str, units: Sequence[Unit], number: int) -> bool:
    """Whether a sentence goes on in the line of the one before it, and takes something back."""
    before, unit = units[number - 1], units[number]
    return "\n" not in text[before.end : unit.start] and _EXCEPTION.match(text, unit.start) is not None


def _span(units: Sequence[Unit], first: int, last: int) -> Span:
    return Span(units[first].start, units[last].end, first, last, units[first].intro)


def _denied_before(text: str, units: Sequence[Unit], span: Span) -> bool:
    """Whether the sentence before a span, of the same paragraph or list item, says what is not so."""
    if span.first == 0 or span.start != units[span.first].start or span.end != units[span.last].end:
        return False
    before = units[span.first - 1]
    denies = _DENIES.search(text, before.start, before.end) is not None
    return denies and goes_on(text, before, units[span.first]) and not ends_with_colon(text, before.end)

"""Units of a passage → the spans that may be quoted. Each reads whole; none that stands alone ends in a colon.

A sentence, up to four neighbours of one paragraph, a list item, or a whole short list with the line that introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.documents import Markup
from index.plain import plain_text
from index.units import SHORT_LINE, Unit, ends_with_colon

MAX_QUOTE = 350  # shown characters
MAX_LIST = 700  # of a list that would lose its sense
_SHORT_ITEM = 40
_MOST_TOGETHER = 4
_LEANING = "this|these|those|they|such"  # "It is illegal" leans on nothing, "It includes:" does
_CONNECTING = re.compile(
    r"(?:however|nevertheless|nonetheless|even so|after (?:that|this)|alternatively|otherwise|if not|in that case|"
    r"in some cases|the opposite|despite (?:this|that|these|those|such)|to stay longer)\b",
    re.IGNORECASE,
)
CONNECTIVE = re.compile(r"\W*(?:however|otherwise|alternatively|nevertheless|therefore|instead)\W*", re.IGNORECASE)
_UNFINISHED = re.compile(r"\b(?:the|an|our|their) *\Z")  # "For more, visit the", and a link below it
_LEANS_BACK = re.compile(
    rf"(?:(?:many|most|some|all|none|both|each|several) of )?(?:{_LEANING})\b|{_CONNECTING.pattern}", re.IGNORECASE
)
_OF_THIS_PAGE = r"(?:country|destination|page|web ?site|site|advice|advisory|days?|weeks?|months?|year|season|time|as)"
_MID_STORY = re.compile(  # "Australians should avoid these products", "A person then approaches"
    rf"[^,;:.–—]{{0,40}}\b(?:these|such|this) (?!{_OF_THIS_PAGE}\b)[a-z]{{3,}}|(?:\w+ ){{0,3}}(?:then|therefore)\b",
    re.IGNORECASE,
)
_ABOUT_THIS_PAGE = re.compile(rf"(?:these|this) {_OF_THIS_PAGE}\b", re.IGNORECASE)
_OPENS_LEANING = re.compile(rf"(?:{_LEANING}|that|it)\b", re.IGNORECASE)
_BEFORE_NOTE = re.compile(r"(?:\[[^\]]*\]\([^)]*\)[ \t\r]*\n\s*)?\\\*\s*")  # its asterisk, and a link on the line above
_CLAUSE = re.compile(r"[;:–—]\s|,\s(?=and |or |but |which |who )")


class Span(NamedTuple):
    """`text[start:end]`, made of the units `first` to `last`; `intro` is the unit that introduces it, -1 if none."""

    start: int
    end: int
    first: int
    last: int
    intro: int

    @property
    def is_introduced(self) -> bool:
        """Whether its introduction stands before it and not in it."""
        return 0 <= self.intro < self.first


def spans(text: str, units: Sequence[Unit], markup: Markup) -> list[Span]:
    """The spans that may be quoted, each once."""
    found: dict[tuple[int, int], Span] = {}
    whole: set[int] = set()  # introductions whose whole list makes one quote
    opens = [opens_something(text, unit) for unit in units]

    def add(first: int, last: int) -> None:
        if leans_back(text, units, first):
            rest_alone = last > first and not opens[first] and not leans_back(text, units, first + 1)
            with_it = units[first].end if rest_alone else units[last].end
            if fits(text, units[first - 1].start, with_it, markup, MAX_QUOTE):
                return  # it is offered with that one
        start, end = units[first].start, units[last].end
        if before := _BEFORE_NOTE.match(text, start, end):
            if before.end() >= units[first].end:
                return  # the note is offered without what is above it
            start = before.end()
        found.setdefault((start, end), Span(start, end, first, last, units[first].intro))

    for number, unit in enumerate(units):
        if opens[number]:
            last = _list_end(text, units, opens, number, markup)
            if last > number:
                begin = introduction(text, units, number)
                add(begin if fits(text, units[begin].start, units[last].end, markup, MAX_LIST) else number, last)
                if fits(text, unit.start, units[last].end, markup, MAX_QUOTE):
                    whole.add(number)
            continue
        if unit.intro in whole and _reads_badly_alone(text[unit.start : unit.end]):
            continue
        if fits(text, unit.start, unit.end, markup, MAX_QUOTE):
            add(number, number)
        else:
            for low, high in _clauses(text, unit.start, unit.end):
                found.setdefault((low, high), Span(low, high, number, number, -1))
        for last in _neighbours(text, units, opens, number, markup):
            add(number, last)
    return list(found.values())


def whole_block(text: str, units: Sequence[Unit], span: Span, markup: Markup, opens: re.Pattern[str]) -> Span:
    """All the short lines that a span stands among, as many as fit: of an address no line says enough alone.

    A line that `opens` matches begins another block.
    """

    def joins(number: int) -> bool:
        return 0 <= number < len(units) and fits(text, units[number].start, units[number].end, markup, SHORT_LINE)

    def fits_together(first: int, last: int) -> bool:
        return fits(text, units[first].start, units[last].end, markup, MAX_QUOTE)

    def opens_one(number: int) -> bool:
        return opens.match(text, units[number].start, units[number].end) is not None

    first, last = span.first, span.last
    while not opens_one(first) and joins(first - 1) and fits_together(first - 1, last):
        first -= 1
    while joins(last + 1) and not opens_one(last + 1) and fits_together(first, last + 1):
        last += 1
    return Span(units[first].start, units[last].end, first, last, units[first].intro)


def leans_back(text: str, units: Sequence[Unit], number: int, *, over_paragraphs: bool = False) -> bool:
    """Whether a sentence speaks of what the one before it said: "These items may contain drugs.".

    `over_paragraphs`: also one that opens a paragraph with a word that only goes on: "To stay longer, …".
    """
    if number == 0:
        return False
    before, unit = units[number - 1], units[number]
    if ends_with_colon(text, before.end):
        return False
    if goes_on(text, before, unit):
        if _ABOUT_THIS_PAGE.match(text, unit.start):
            return False
        return _LEANS_BACK.match(text, unit.start) is not None
    if before.is_item != unit.is_item:
        return False
    return over_paragraphs and not unit.is_item and _CONNECTING.match(text, unit.start) is not None


def in_mid_story(text: str, units: Sequence[Unit], number: int) -> bool:
    """Whether a sentence leans on the one before it further on: "Australians should avoid these products."."""
    if number == 0:
        return False
    before, unit = units[number - 1], units[number]
    if ends_with_colon(text, unit.end) or ends_with_colon(text, before.end) or not goes_on(text, before, unit):
        return False  # "Follow these tips:" speaks of what is to come
    return _MID_STORY.match(text, unit.start, unit.end) is not None and not _ABOUT_THIS_PAGE.match(text, unit.start)


def goes_on(text: str, before: Unit, unit: Unit) -> bool:
    """Whether it is the next sentence of the same paragraph, or of the same list item."""
    return "\n" not in text[before.end : unit.start]


def introduction(text: str, units: Sequence[Unit], intro: int) -> int:
    """The first unit of what introduces a list: "They can happen:" says nothing without the sentence before it."""
    if intro == 0:
        return intro
    before, unit = units[intro - 1], units[intro]
    if CONNECTIVE.fullmatch(text, unit.start, unit.end):  # what it goes on from, over a paragraph as well
        return intro if before.is_item else intro - 1
    leans = _OPENS_LEANING.match(text, unit.start) is not None
    return intro - 1 if leans and _belong_together(text, before, unit) else intro


def opens_something(text: str, unit: Unit) -> bool:
    """Whether a unit ends with a colon, or in the middle of a sentence: "For more, visit the", and a link below it."""
    return (
        ends_with_colon(text, unit.end)
        or _UNFINISHED.search(text, max(unit.start, unit.end - 12), unit.end) is not None
    )


def fits(text: str, start: int, end: int, markup: Markup, most: int) -> bool:
    """Whether at most so many characters of it are shown."""
    if end - start <= most:  # showing only ever shortens
        return True
    return end - start <= 4 * most and len(plain_text(text, start, end, markup)) <= most


def _neighbours(text: str, units: Sequence[Unit], opens: Sequence[bool], number: int, markup: Markup) -> Iterator[int]:
    """The last units of the spans of several units that begin with this one; four only where all are short lines."""
    first = units[number]
    sentences = False  # whether an item of several sentences is among them: it stands without the next item
    for last in range(number + 1, min(number + _MOST_TOGETHER, len(units))):
        unit = units[last]
        same = goes_on(text, units[last - 1], unit)
        sentences = sentences or (same and unit.is_item != units[last - 1].is_item)
        alike = same or (unit.is_item == first.is_item and not sentences)
        if not alike or opens[last] or not _belong_together(text, units[last - 1], unit):
            return
        most = last + 1 - number == _MOST_TOGETHER
        if most and not all(u.end - u.start < SHORT_LINE for u in units[number : last + 1]):
            return
        if not fits(text, first.start, unit.end, markup, MAX_QUOTE):
            return
        yield last


def _reads_badly_alone(item: str) -> bool:
    """Whether a list item says little without its list: "markets". A number is what was looked for, however short."""
    return len(item) < _SHORT_ITEM and not any(character.isdigit() for character in item)


def _belong_together(text: str, one: Unit, other: Unit) -> bool:
    """Sentences of one paragraph, or short lines such as those of an address."""
    same_paragraph = "\n\n" not in text[one.end : other.start]
    return same_paragraph or max(one.end - one.start, other.end - other.start) < SHORT_LINE


def _list_end(text: str, units: Sequence[Unit], opens: Sequence[bool], intro: int, markup: Markup) -> int:
    """The last unit of what a line with a colon introduces, as much as fits; the line itself where nothing does."""
    last = intro
    while last + 1 < len(units) and (units[last + 1].is_item or last == intro):
        last += 1
        if not units[last].is_item:
            break
    while last > intro and (opens[last] or not fits(text, units[intro].start, units[last].end, markup, MAX_LIST)):
        last -= 1
    return last


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is too long for a quote, in clauses that are not."""
    edges = sorted({start, *(start + m.end() for m in _CLAUSE.finditer(text[start:end])), end})
    low = edges[0]
    for previous, edge in pairwise(edges):
        if edge - low > MAX_QUOTE and previous > low:
            yield low, _rstrip(text, low, previous)
            low = previous
    if end - low <= MAX_QUOTE:
        yield low, _rstrip(text, low, end)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return end

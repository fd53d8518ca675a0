"""Areas that a government advises against: the sentences, lists and headings that name them, each quoted whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.choosing.kinds import says_level
from assistant.choosing.nested_lists import end_of_list, with_opening
from assistant.choosing.place_texts import PlaceTexts, Text
from assistant.choosing.quotes import Quote
from assistant.choosing.spans import MAX_LIST, Span
from index.blocks import BOLD_HEADING_LEVEL, INTRO_LEVEL
from index.documents import Heading, Kind
from index.places import find_places

_WITHIN = 95  # per cent of the letters in their order: a shorter sentence says nothing that a longer one does not
_WORD = re.compile(r"\w+")
_SOME_AREA = re.compile(
    r"\badvises? against (?:all|any)|\bdo not travel (?:to|within)\b|\bavoid (?:all|non-essential) travel\b|"
    r"\breconsider (?:your need to )?travel|\badvise against travel|"
    r"\badvises? against (?:[\w-]+ ){0,3}travel(?:ling)? (?:to|there|in|within|near|along|outside)\b",
    re.IGNORECASE,
)
_THESE = re.compile(
    r"\b(?:this|these|that|those|the) (?:areas?|regions?|states?|provinces?|districts?)\b", re.IGNORECASE
)
_TO_SOMEWHERE = re.compile(
    r"\btravel(?:ling)? (?:to|there|in|within|near|between|along|outside|on the)\b|\btravel(?: \w+)?\W*\n",
    re.IGNORECASE,
)
_OF_ANY = re.compile(r"\bareas where\b|\bstaff\b", re.IGNORECASE)  # of areas told elsewhere, of others than travellers
_TO_ALL_OF = re.compile(r"\btravel (?:to|in|within) (?:the )?\Z", re.IGNORECASE)
# Behind a country's name, that only an edge of it is meant: "Kenya's coast", "the Kenya-Somalia border".
_OF_IT = re.compile(r"[’']s?\b|[- ]\w+[- ](?:border|region)|[- ](?:border|region)", re.IGNORECASE)
_NAMES_NONE = re.compile(r"^\W*areas where\b|(?:\bto|:)\W*$", re.IGNORECASE)  # a heading above the areas themselves
_TO = re.compile(r"\bto\W*$", re.IGNORECASE)  # a heading that its next line ends: "Do not travel to"
_MARKS = " \t\r\n*#:•-"  # what may stand between a heading and the first item below it
# It tells what such advice means, or what it was, and names no area: "your insurance may be invalidated if …".
_NO_ADVICE = re.compile(
    r"insurance|invalidat|cruise|ignore|against advice|warning level|if you decide|"
    r"no longer|latest update|has changed|find out",
    re.IGNORECASE,
)


def areas_named(passages: Sequence[Text]) -> list[Quote]:
    """The areas that a page advises against: those that its sentences name, else those that its headings do."""
    return _fullest([quote for text in passages for quote in _areas(text)]) or _area_headings(passages)


def areas_on_any_page(texts: PlaceTexts, publisher: str) -> list[Quote]:
    """The areas that a government advises against on whatever page, where that with its level names none."""
    own = texts.on_pages(lambda page: page.publisher == publisher and page.kind is Kind.ORIGINAL)
    naming = (t for t in own if _SOME_AREA.search(t.text, t.hit.passage.start, t.hit.passage.end))
    return _fullest([quote for text in naming for quote in _areas(text) if _names_part(quote)])


def own_heading(quote: Quote) -> Quote:
    """Without a line that introduces something else: one area's advice must not seem to be another's."""
    own = tuple(heading for heading in quote.headings if heading.level < INTRO_LEVEL)
    return replace(quote, headings=own, heading_words=quote.heading_words[: len(own)])


def units_with_lists(text: Text) -> Iterator[Span]:
    """Each unit once, with the list that it introduces."""
    lists: dict[int, Span] = {}
    for span in text.spans():
        introduces = any(unit.intro == span.first for unit in text.units[span.first + 1 : span.last + 1])
        if span.first == span.last or introduces:
            held = lists.get(span.first)
            lists[span.first] = span if held is None or span.end > held.end else held
    yield from (lists[first] for first in sorted(lists))


def subject(quote: Quote) -> tuple[str, ...]:
    """The heading that tells which area a sentence such as "Do not travel to these areas" is about."""
    return quote.heading_words[-1:] if _THESE.search(quote.shown) else ()


def _fullest(quotes: Sequence[Quote]) -> list[Quote]:
    """Without those whose every word stands in a longer one."""
    longest_first = sorted(quotes, key=lambda quote: -len(quote.shown))
    kept: list[Quote] = []
    for quote in longest_first:
        if not any(subject(other) == subject(quote) and _says_all_of(other.shown, quote.shown) for other in kept):
            kept.append(quote)
    return [quote for quote in quotes if quote in kept]


def _says_all_of(longer: str, shorter: str) -> bool:
    """Whether the longer text holds each word of the shorter one: areas may differ by a name or a number alone."""
    if not set(_WORD.findall(shorter.casefold())) <= set(_WORD.findall(longer.casefold())):
        return False
    return fuzz.partial_ratio(shorter.rstrip("."), longer) >= _WITHIN


def _area_headings(passages: Sequence[Text]) -> list[Quote]:
    """Headings that name areas, but for the level itself."""
    headings = {heading: text for text in reversed(passages) for heading in text.hit.passage.headings}
    found = (text.quote_heading(heading) for heading, text in sorted(headings.items()))
    naming = (q for q in found if _SOME_AREA.search(q.shown) and not _NAMES_NONE.search(q.shown))
    return [q for q in naming if not says_level(q.shown, q.document)]


def _areas(text: Text) -> Iterator[Quote]:
    """What is said of areas that have advice of their own, each with the list that it introduces, to its end."""
    if _names_area_above(text):
        last = text.hit.passage.headings[-1]
        opened = text.units[:1] if _TO.search(text.headings[-1]) and _next_to(text, last, text.units[0].start) else ()
        for items in list(_items(text, 0, -1)) or [Span(unit.start, unit.end, 0, 0, -1) for unit in opened]:
            quote = with_opening(text, text.quote(items), items)
            yield _with_heading(text, quote) if items.first == 0 else quote
    for whole in units_with_lists(text):
        if _names_area(text.shown(text.units[whole.first].start, text.units[whole.first].end)):
            span = end_of_list(text, whole)
            yield own_heading(text.quote(span))
            if span.last > span.first:
                yield from (with_opening(text, text.quote(s), s) for s in _items(text, span.last + 1, span.first))


def _names_area_above(text: Text) -> bool:
    """Whether what stands below a passage's headings is advised against: by the last, or by a section's around it."""
    headings = text.hit.passage.headings
    above = [h for h in headings[:-1] if h.level < BOLD_HEADING_LEVEL] + list(headings[-1:])
    words = [text.shown(heading.start, heading.end) for heading in above]
    return any(_names_area(w) and (_NAMES_NONE.search(w) or not says_level(w, text.document)) for w in words)


def _with_heading(text: Text, items: Quote) -> Quote:
    """The first items below a heading, with it: it says what the list is of. Not where a list goes on in a new passage.

    The quote is then as it is where a sentence introduces its list.
    """
    above = items.headings[-1]
    if above.level >= INTRO_LEVEL or not _next_to(text, above, items.start):
        return items
    start, end = above.start, items.end
    own = items.headings[:-1]
    return replace(
        items,
        start=start,
        text=text.text[start:end],
        shown=text.shown(start, end),
        headings=own,
        heading_words=items.heading_words[: len(own)],
    )


def _next_to(text: Text, heading: Heading, start: int) -> bool:
    """Whether nothing but marks stands between a heading and what begins at `start`."""
    return not text.text[heading.end : start].strip(_MARKS)


def _names_part(quote: Quote) -> bool:
    """Whether travel to somewhere is advised against that is no whole country, this one or another."""
    words = "\n".join((*quote.heading_words[-1:], quote.shown))
    if not _TO_SOMEWHERE.search(words) or _OF_ANY.search(words):  # "Avoid all travel after dark"
        return False
    countries = (m for m in find_places(words, slips=False) if m.kind == "country")
    return not any(_TO_ALL_OF.search(words, 0, m.start) and not _OF_IT.match(words, m.end) for m in countries)


def _names_area(words: str) -> bool:
    return _SOME_AREA.search(words) is not None and not _NO_ADVICE.search(words)


def _items(text: Text, first: int, intro: int) -> Iterator[Span]:
    """The items of a list from the unit `first` on, as many together as a list may be long."""
    units = text.units
    while first < len(units) and units[first].is_item:
        last = first
        while (
            last + 1 < len(units) and units[last + 1].is_item and units[last + 1].end - units[first].start <= MAX_LIST
        ):
            last += 1
        span = end_of_list(text, Span(units[first].start, units[last].end, first, last, intro))
        yield span
        first = span.last + 1

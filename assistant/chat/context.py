"""A quote within its document: which stretch to show around it, and which of the shown words are the quote's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.choosing.quotes import Quote
from index.blocks import INTRO_LEVEL
from index.documents import Document, Markup, Passage
from index.plain import plain
from index.snapshot import Hit, Snapshot

ROOM = 1500  # characters of the document around a passage, the passage included
_NEAR = 400  # characters between a list's introduction and the part of the list that is shown


class Window(NamedTuple):
    """`text[start:end]` of a document; whether its section goes on before and after."""

    start: int
    end: int
    more_before: bool
    more_after: bool

    def join(self, other: Window) -> Window:
        """The smallest window that holds both."""
        first, last = min(self, other, key=lambda w: w.start), max(self, other, key=lambda w: w.end)
        return Window(first.start, last.end, first.more_before, last.more_after)


class Mark(NamedTuple):
    """A quote within its document, by its number."""

    number: int
    start: int
    end: int


class Run(NamedTuple):
    """Words of a line; `quote` is the number of the quote they belong to, None beside it."""

    words: str
    quote: int | None = None


class Excerpt(NamedTuple):
    """Quotes of one document, with their numbers, that stand in the same window."""

    document: Document
    window: Window
    quotes: tuple[tuple[int, Quote], ...]


def excerpts(quotes: Sequence[Quote], snapshot: Snapshot) -> list[Excerpt]:
    """Where each quote stands, in order of the first quote; quotes numbered from 1, neighbours together."""
    found: list[Excerpt] = []
    for number, quote in enumerate(quotes, start=1):
        around = window(quote.hit, snapshot)
        around = around._replace(start=min(around.start, quote.start), end=max(around.end, quote.end))
        merged = Excerpt(quote.document, around, ((number, quote),))
        place = len(found)
        for at, other in reversed(list(enumerate(found))):
            near = other.window.start <= merged.window.end and merged.window.start <= other.window.end
            if other.document.key == quote.document.key and near:
                merged = Excerpt(other.document, other.window.join(merged.window), (*other.quotes, *merged.quotes))
                del found[at]
                place = at
        found.insert(place, merged._replace(quotes=tuple(sorted(merged.quotes, key=lambda q: q[0]))))
    return found


def window(hit: Hit, snapshot: Snapshot) -> Window:
    """The passage of a hit with its neighbours of the same section, nearest first, while there is room."""
    passages = _passages(hit, snapshot)
    at = passages.index(hit.passage)
    same = [_section(p) == _section(hit.passage) for p in passages]
    first = last = at
    while True:
        before = first > 0 and same[first - 1] and passages[last].end - passages[first - 1].start <= ROOM
        after = last + 1 < len(passages) and same[last + 1] and passages[last + 1].end - passages[first].start <= ROOM
        if before and (not after or at - first <= last - at):
            first -= 1
        elif after:
            last += 1
        else:
            break
    more_before = first > 0 and same[first - 1]
    more_after = last + 1 < len(passages) and same[last + 1]
    return Window(_with_introduction(passages[first]), passages[last].end, more_before, more_after)


def lines(text: str, excerpt: Excerpt) -> list[list[Run]]:
    """The shown lines of an excerpt, the words of each quote told from those beside them.

    Joined by line ends, the runs of a quote are exactly its `shown`.
    """
    start, end = excerpt.window[:2]
    said = {number: quote.shown for number, quote in excerpt.quotes}
    marks = [Mark(number, quote.start, quote.end) for number, quote in excerpt.quotes]
    return marked_lines(text, start, end, excerpt.document.markup, marks, said)


def marked_lines(
    text: str, start: int, end: int, markup: Markup, marks: Sequence[Mark], said: Mapping[int, str] | None = None
) -> list[list[Run]]:
    """The shown lines of `text[start:end]` with the marks that lie in it; `said` are the marks' words where known."""
    shown = plain(text, start, end, markup)
    runs: list[Run] = []
    position = 0
    for number, first, last in sorted(marks, key=lambda mark: mark.start):
        if first >= end or last <= start:
            continue
        low = max(position, bisect_left(range(len(shown.text)), first, key=shown.source_index))
        high = max(low, bisect_left(range(len(shown.text)), last, key=shown.source_index))
        while high > low and shown.text[high - 1].isspace():
            high -= 1
        runs += [Run(shown.text[position:low]), Run((said or {}).get(number, shown.text[low:high]), number)]
        position = high
    runs.append(Run(shown.text[position:]))
    return _by_line(runs)


def _by_line(runs: Sequence[Run]) -> list[list[Run]]:
    found: list[list[Run]] = [[]]
    for words, quote in runs:
        for number, part in enumerate(words.split("\n")):
            if number:
                found.append([])
            if part:
                found[-1].append(Run(part, quote))
    return [line for line in found if any(run.words.strip() for run in line)]


def _passages(hit: Hit, snapshot: Snapshot) -> list[Passage]:
    """The document's passages; only the hit's own where the live snapshot no longer holds that text."""
    known = snapshot.find_document(*hit.document.key)
    same = known is not None and known.text_sha256 == hit.document.text_sha256
    passages = snapshot.passages(hit.document) if same else []
    return passages if hit.passage in passages else [hit.passage]


def _with_introduction(passage: Passage) -> int:
    """Where to begin so that a list keeps the line that introduces it."""
    starts = [h.start for h in passage.headings if h.level >= INTRO_LEVEL and passage.start - h.start < _NEAR]
    return min(starts, default=passage.start)


def _section(passage: Passage) -> tuple[int, ...]:
    """The headings a passage stands under; the line that introduces a list is none."""
    return tuple(h.start for h in passage.headings if h.level < INTRO_LEVEL)

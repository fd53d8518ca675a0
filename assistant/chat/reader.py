"""A whole document to read, a stretch at a time: its text as it is shown, its headings, and where the quotes stand.

Stretches begin and end with passages, but hold everything between them too: nothing of the document is left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape
from operator import attrgetter
from typing import NamedTuple

from assistant.chat.context import Mark, Run, marked_lines
from index.blocks import INTRO_LEVEL
from index.documents import Document, Heading
from index.plain import plain_text
from index.snapshot import Snapshot

STRETCH = 24  # passages: some fifteen screens of a phone
CONTENTS = 400  # headings that a table of contents holds at most; the deepest levels go first


class Stretch(NamedTuple):
    """`text[start:end]` as HTML; whether the document goes on before and after it."""

    start: int
    end: int
    before: bool
    after: bool
    html: str


class Entry(NamedTuple):
    """A heading of the table of contents, at its offset."""

    at: int
    level: int
    words: str


class _Plan(NamedTuple):
    """Where a document can be cut (`cuts[0]` is where its body begins, the last its end), and its headings in order."""

    cuts: tuple[int, ...]
    headings: tuple[Heading, ...]


def address(document: Document, snapshot: str, marks: Sequence[Mark]) -> str:
    """HTML attributes by which the page asks for more of a document."""
    values = {
        "snapshot": snapshot,
        "source": document.source,
        "doc": document.doc_id,
        "marks": ",".join(f"{m.number}:{m.start}-{m.end}" for m in marks),
    }
    return "".join(f' data-{name}="{escape(value, quote=True)}"' for name, value in values.items())


def beyond(snapshot: Snapshot, document: Document, start: int, end: int) -> tuple[bool, bool]:
    """Whether the document holds passages before and after `text[start:end]`."""
    cuts = _plan(snapshot, document).cuts
    return _last_cut(cuts, start) > 0, bisect_left(cuts, end) < len(cuts) - 1


def around(snapshot: Snapshot, document: Document, offset: int, marks: Sequence[Mark]) -> Stretch:
    """A stretch that begins a little before `offset`."""
    cuts = _plan(snapshot, document).cuts
    first = max(0, _last_cut(cuts, offset) - STRETCH // 6)
    return _stretch(snapshot, document, cuts[first], cuts[min(first + STRETCH, len(cuts) - 1)], marks)


def before(snapshot: Snapshot, document: Document, offset: int, count: int, marks: Sequence[Mark]) -> Stretch:
    """The `count` passages that end at `offset`."""
    cuts = _plan(snapshot, document).cuts
    return _stretch(snapshot, document, cuts[max(0, _last_cut(cuts, offset) - count)], offset, marks)


def after(snapshot: Snapshot, document: Document, offset: int, count: int, marks: Sequence[Mark]) -> Stretch:
    """The `count` passages that begin at `offset`."""
    cuts = _plan(snapshot, document).cuts
    return _stretch(snapshot, document, offset, cuts[min(len(cuts) - 1, bisect_right(cuts, offset) + count - 1)], marks)


def contents(snapshot: Snapshot, document: Document) -> tuple[list[Entry], bool]:
    """The document's headings in order, as deep as a table of contents can hold, and whether it has more of them."""
    headings = _plan(snapshot, document).headings
    levels = sorted({h.level for h in headings})
    while len(levels) > 1 and sum(h.level <= levels[-1] for h in headings) > CONTENTS:
        levels.pop()
    text = snapshot.text(document)
    shown = [h for h in headings if levels and h.level <= levels[-1]][:CONTENTS]
    found = [Entry(h.start, h.level, _words(text, document, h)) for h in shown]
    entries = [e for at, e in enumerate(found) if not at or e.words.casefold() != found[at - 1].words.casefold()]
    return entries, len(shown) < len(headings)


def _last_cut(cuts: Sequence[int], offset: int) -> int:
    """The number of the last cut that does not lie after an offset."""
    return max(0, bisect_right(cuts, offset) - 1)


def _words(text: str, document: Document, heading: Heading) -> str:
    return plain_text(text, heading.start, heading.end, document.markup).strip(" #:•|\n")


def _plan(snapshot: Snapshot, document: Document) -> _Plan:
    passages = snapshot.passages(document)
    headings = {h.start: h for p in passages for h in p.headings if h.level < INTRO_LEVEL}
    # A passage takes the headings that stand right above it along, and what lies between it and the one before.
    starts = [document.body, *(p.end for p in passages[:-1]), len(snapshot.text(document))]
    return _Plan(tuple(sorted(dict.fromkeys(starts))), tuple(sorted(headings.values(), key=attrgetter("start"))))


def _stretch(snapshot: Snapshot, document: Document, start: int, end: int, marks: Sequence[Mark]) -> Stretch:
    plan = _plan(snapshot, document)
    text = snapshot.text(document)
    start, end = max(start, plan.cuts[0]), max(start, min(end, plan.cuts[-1]))
    html = "".join(_blocks(text, document, start, end, plan.headings, marks))
    return Stretch(start, end, start > plan.cuts[0], end < plan.cuts[-1], html)


def _blocks(
    text: str, document: Document, start: int, end: int, headings: Sequence[Heading], marks: Sequence[Mark]
) -> Iterator[str]:
    """The stretch's headings and the lines between them."""
    position = start
    first = bisect_left(headings, start, key=attrgetter("start"))
    for heading in headings[first:]:
        if heading.start >= end:
            break
        yield from _lines(text, document, position, heading.start, marks)
        shown = escape(_words(text, document, heading))
        yield f'<h3 class="sc-heading" tabindex="-1" data-at="{heading.start}">{shown}</h3>'
        position = heading.end
    yield from _lines(text, document, position, end, marks)


def _lines(text: str, document: Document, start: int, end: int, marks: Sequence[Mark]) -> Iterator[str]:
    if start < end:
        for line in marked_lines(text, start, end, document.markup, marks):
            yield f"<p>{''.join(map(_run, line))}</p>"


def _run(run: Run) -> str:
    shown = escape(run.words)
    return shown if run.quote is None else f'<mark tabindex="-1" data-quote="{run.quote}">{shown}</mark>'

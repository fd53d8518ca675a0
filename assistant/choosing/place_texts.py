"""Every passage about a place, with its units shown and their vectors: read once, looked at for many topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from assistant.choosing.introductions import headings_above, introduced
from assistant.choosing.quotes import Quote
from assistant.choosing.spans import Span, spans
from index.documents import Document, Heading
from index.embedding import Vectors
from index.filters import Filters
from index.plain import plain_text
from index.snapshot import Hit, Snapshot
from index.tables import Rows, ranges
from index.units import Unit


@dataclass(frozen=True, slots=True)
class Text:
    """A passage. `first` is the number of its first unit among all units of the place."""

    hit: Hit
    units: tuple[Unit, ...]
    first: int
    text: str  # of the whole document
    headings: tuple[str, ...]  # shown, outermost first

    @property
    def document(self) -> Document:
        """Without its text."""
        return self.hit.document

    def shown(self, start: int, end: int) -> str:
        """How a span of the document is shown."""
        return plain_text(self.text, start, end, self.document.markup)

    def heading_words(self, headings: Sequence[Heading]) -> tuple[str, ...]:
        """How some of the document's headings are shown, without those that show none."""
        return _heading_words(self.text, headings, self.document)

    def spans(self) -> list[Span]:
        """What may be quoted of it."""
        return spans(self.text, self.units, self.document.markup)

    def quote_unit(self, number: int) -> Quote:
        """One of its units as a quote, by its number among them."""
        start, end, _, intro = self.units[number]
        return self.quote(Span(start, end, number, number, intro))

    def quote_heading(self, heading: Heading) -> Quote:
        """One of its headings as a quote, which stands under no other."""
        start, end, _ = heading
        return Quote(self.document, start, end, self.text[start:end], self.shown(start, end), (), (), self.hit)

    def quote(self, span: Span, score: float = 0.0, cosine: float = 0.0) -> Quote:
        """A span as a quote, under its headings and the line that introduces it."""
        above = self.hit.passage.headings
        headings = headings_above(self.text, self.units, above, span)
        words = self.headings if headings == above else self.heading_words(headings)
        return Quote(
            self.document,
            span.start,
            span.end,
            self.text[span.start : span.end],
            self.shown(span.start, span.end),
            headings,
            words,
            self.hit,
            score=score,
            cosine=cosine,
        )


class PlaceTexts:
    """All passages that pass the filters, in the order of the index."""

    def __init__(self, snapshot: Snapshot, filters: Filters) -> None:
        self._snapshot = snapshot
        tables = snapshot.files.tables
        rows: Rows = snapshot.rows_about(filters)
        rows = rows[np.diff(tables.first_unit)[rows] > 0]  # a passage without a unit has nothing to quote
        self._rows = rows
        self._first = np.concatenate(([0], np.cumsum(np.diff(tables.first_unit)[rows])))
        self._unit_vectors = tables.unit_vector[ranges(tables.first_unit, rows)] if len(rows) else rows
        self._texts: dict[int, Text] = {}
        self._days: dict[tuple[str, str], date | None] = {}
        self._shown: dict[int, str] = {}
        self._heads: dict[tuple[tuple[str, str], tuple[Heading, ...]], tuple[str, ...]] = {}

    def __len__(self) -> int:
        """The number of passages."""
        return len(self._rows)

    def __iter__(self) -> Iterator[Text]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, number: int) -> Text:
        if number not in self._texts:
            hit = self.hits[number]
            text = self._snapshot.text(hit.document)
            units = tuple(introduced(text, self._snapshot.files.tables.units_of(hit.row)))
            self._texts[number] = Text(hit, units, int(self._first[number]), text, self.headings(number))
        return self._texts[number]

    def on_pages(self, wanted: Callable[[Document], bool]) -> Iterator[Text]:
        """The passages of the pages that are wanted."""
        return (self[number] for number, hit in enumerate(self.hits) if wanted(hit.document))

    def headings(self, number: int) -> tuple[str, ...]:
        """The headings of a passage as they are shown, outermost first."""
        document, headings = self.hits[number].document, self.hits[number].passage.headings
        key = document.key, headings
        if key not in self._heads:
            self._heads[key] = _heading_words(self._snapshot.text(document), headings, document)
        return self._heads[key]

    def day(self, number: int) -> date | None:
        """The day of a passage's document, the latest that its date can mean."""
        document = self.hits[number].document
        if document.key not in self._days:
            self._days[document.key] = document.date.last() if document.date else None
        return self._days[document.key]

    def shown_unit(self, text: Text, unit: int) -> str:
        """How a unit is shown, by its number among all units of the place."""
        if unit not in self._shown:
            start, end, *_ = text.units[unit - text.first]
            self._shown[unit] = text.shown(start, end)
        return self._shown[unit]

    @cached_property
    def hits(self) -> list[Hit]:
        """The passages, unscored."""
        return self._snapshot.hits(self._rows.tolist())

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of all units, shape (units, dimension)."""
        return self._snapshot.files.units.vectors(self._unit_vectors)

    @cached_property
    def running(self) -> Vectors:
        """The sums of the vectors of the first 0, 1, 2 … units: those of a span are the difference of two."""
        return running(self.vectors)

    @cached_property
    def repeats(self) -> Rows:
        """How often each unit stands in the whole index with the same words under the same headings."""
        counted = np.bincount(self._snapshot.files.tables.unit_vector)
        return counted[self._unit_vectors]

    def sharing(self, quote: Quote) -> int:
        """How many other places have pages with the very words of a quote, under the same headings."""
        text = self._texts[self._numbers[quote.hit.row]]
        inside = [n for n, unit in enumerate(text.units) if unit.start >= quote.start and unit.end <= quote.end]
        if not inside or min(self.repeats[text.first + n] for n in inside) == 1:
            return 0
        rows = [self._unit_vectors[text.first + n] for n in inside]
        return min((len(self._places_of(int(row))) - 1 for row in rows), default=0)

    def _places_of(self, vector: int) -> set[tuple[str, ...]]:
        """The places of all passages of the index in which a unit with this vector stands."""
        tables = self._snapshot.files.tables
        units = np.flatnonzero(tables.unit_vector == vector)
        passages = np.searchsorted(tables.first_unit, units, side="right") - 1
        return {self._snapshot.document(number).about for number in set(tables.document[passages].tolist())}

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The number of each passage here by its row in the index."""
        return {row: number for number, row in enumerate(self._rows.tolist())}

    def best_of_each(self, by_unit: Vectors) -> Vectors:
        """The best of each passage's units, shape (passages, …), from values by unit, shape (units, …)."""
        return np.maximum.reduceat(by_unit, self._first[:-1])


def running(values: Vectors) -> Vectors:
    """The sums of the first 0, 1, 2 … rows."""
    return np.concatenate((np.zeros_like(values[:1]), np.cumsum(values, axis=0)))


def _heading_words(text: str, headings: Sequence[Heading], document: Document) -> tuple[str, ...]:
    shown = (plain_text(text, h.start, h.end, document.markup).strip(" #:•|") for h in headings)
    return tuple(words for words in shown if words)

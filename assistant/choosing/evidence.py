"""Hits → quotes: the smallest spans that answer and still read whole, best first.

Candidates are sentences, pairs of neighbouring sentences, list items and whole short lists, each with the headings that
give it its subject. They are ranked by similarity of meaning, by the share of the question's rare words that they hold,
and by whether they hold the kind of thing that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nlargest

from assistant.choosing.coverage import Coverage
from assistant.choosing.introductions import sentence_above
from assistant.choosing.kinds import holds, holds_general_number, may_hold_number, tells_of_visa
from assistant.choosing.quotes import Quote, bare_words, distinct
from assistant.choosing.reading import COVERED, Candidate, CloseReading, Worth
from assistant.choosing.spans import Span
from assistant.choosing.vaccinations import asks_vaccinations, may_require
from assistant.choosing.visas import may_tell_of_visa
from assistant.understanding.entry import asks_visa
from assistant.understanding.question import Question
from assistant.understanding.services import is_special_line
from index.documents import Heading
from index.embedding import Vectors
from index.placenames import fold
from index.places import place_name
from index.snapshot import Hit, Snapshot

_PASSAGES = 10  # hits that are read closely
_MORE_PASSAGES = 60  # where only few candidates hold the kind of thing that is asked for
_CANDIDATES = 40  # spans whose words are looked at
_NEARLY = 0.03  # of its score a quote may lose by reading more whole
# With its name the block of an office begins, its address and numbers.
_OFFICE = re.compile(r"\W*(?:The )?(?:[A-Z][\w.]+ ){0,4}(?:Embassy|Consulate|High Commission|Honorary Consul)\b")
# The line of what a government pays is none of a list of numbers.
_REMARK = re.compile(rf"{_OFFICE.pattern}|[^\d\n]*\b(?:pay|bills?|insurance|Medicare)\b")


class Evidence:
    """The quotes for one question: what was looked at and how it was judged.

    `vector` is the question's, of length 1; a span's is the mean of its units', made when the index was built.
    """

    def __init__(self, question: Question, hits: Sequence[Hit], snapshot: Snapshot, vector: Vectors) -> None:
        self.question = question
        self.hits = hits
        self.snapshot = snapshot
        self.vector = vector
        self._weighed: list[tuple[Worth, Candidate]] = []  # what was looked at for `quotes`
        self._for_vaccinations = asks_vaccinations(question)
        self._coverage = Coverage(question.search_words, snapshot.files.words, question.finer_places, question.meant)

    @cached_property
    def quotes(self) -> list[Quote]:
        """All candidates that hold what was asked for, best first."""
        contact, more = self.question.contact, self.hits[:_MORE_PASSAGES]
        of_visas = not contact and asks_visa(self.question.search_words)
        held = self._contacts(more) if contact else self._visa_rules(more) if of_visas else []
        quotes = self._of_the_country_first(held or self._nearest(more if contact else self._near_hits))
        return sorted(quotes, key=lambda q: (-q.score, not self._of_the_country(q), q.document.key, q.start))

    @property
    def _near_hits(self) -> Sequence[Hit]:
        """The hits that are read closely.

        Which vaccinations one needs is told a disease at a time, far from the words of the question.
        """
        near, farther = self.hits[:_PASSAGES], self.hits[_PASSAGES:_MORE_PASSAGES]
        return (*near, *(h for h in farther if may_require(self._text_of(h)))) if self._for_vaccinations else near

    def read_whole(self, chosen: Sequence[Quote]) -> tuple[Quote, ...]:
        """The chosen quotes, each in the longest span around it that is worth nearly as much; none twice.

        A condition, a reason, an exception, or what to do often stands next door. What the quote is worth stays that
        of its core.
        """
        readings = [reading for quote in chosen for reading in self._readings_of(quote)]
        return tuple(distinct(readings, len(chosen)))

    def _readings_of(self, quote: Quote) -> list[Quote]:
        """The quote at its widest, with all that it needs; then without, should another quote hold that already."""
        around = [
            candidate
            for worth, candidate in self._weighed
            if candidate.reading.hit.document.key == quote.document.key
            and candidate.span.start <= quote.start
            and quote.end <= candidate.span.end
            and worth.score >= quote.score - _NEARLY
            and (candidate.span.start == quote.start or not candidate.reading.begins_beside(candidate.span))
            and self._holds(candidate.reading, candidate.span) == quote.holds_kind
        ]
        if not around:
            return [quote]
        around.sort(key=lambda c: c.span.end - c.span.start)
        reading, widest = around[-1].reading, around[-1].span
        spans = dict.fromkeys((reading.completed(around[0].span, widest), widest))
        return [_reading_on(quote, reading, span) for span in spans]

    def _of_the_country_first(self, quotes: list[Quote]) -> list[Quote]:
        """What a country's own page says counts no less than the same words on a page about an island of it."""
        best: dict[Hashable, float] = {}
        for quote in quotes:
            if not self._of_the_country(quote):
                best[_says(quote)] = max(quote.score, best.get(_says(quote), quote.score))
        own = (self._of_the_country(quote) for quote in quotes)
        return [
            replace(quote, score=max(quote.score, best.get(_says(quote), quote.score))) if its else quote
            for quote, its in zip(quotes, own, strict=True)
        ]

    def _of_the_country(self, quote: Quote) -> bool:
        """Whether the document's title names the country, where no part of it is asked about."""
        title, of_town = fold(quote.document.title), bool(self.question.finer_places)
        return not of_town and any(fold(place_name(code)) in title for code in self.question.places)

    def _read(self, hits: Iterable[Hit]) -> Iterator[tuple[CloseReading, Span]]:
        """The spans of these passages."""
        for hit in hits:
            reading = CloseReading(
                hit,
                self.snapshot,
                self.vector,
                self._coverage,
                for_numbers=self.question.contact,
                for_vaccinations=self._for_vaccinations,
            )
            for span in reading.spans():
                yield reading, span

    def _contacts(self, hits: Sequence[Hit]) -> list[Quote]:
        """The spans that hold the number or address asked for, or say that there is none.

        A quick look leaves out most others: an address has figures, too.
        """
        spans = self._read(hit for hit in hits if may_hold_number(self._text_of(hit)))
        may_hold = [(reading, span) for reading, span in spans if reading.may_hold_number(span)]
        held = [(reading, span) for reading, span in may_hold if self._holds(reading, span)]
        held = held or [(reading, span) for reading, span in may_hold if self._holds_general(reading, span)]
        keys = [service.key for service in self.question.services]
        several = len(keys) != 1 or keys == ["clinic"]  # any of a list of numbers will do
        if self.question.embassy_address or several:
            opens = _REMARK if all(service.local_emergency for service in self.question.services) else _OFFICE
            blocks = dict.fromkeys((reading, reading.whole_block(span, opens)) for reading, span in held)
            held = [(reading, span) for reading, span in blocks if self._holds(reading, span)]
        above = 1 if all(service.local_emergency for service in self.question.services) else 0  # headings that count
        told = ("\n".join((*reading.heading_words(span)[::-1][:above], reading.shown(span))) for reading, span in held)
        special = [is_special_line(words, self.question.standalone) for words in told]
        if not all(special):
            held = [pair for pair, of_few in zip(held, special, strict=True) if not of_few]
        return [self._quote(reading.candidate(span)) for reading, span in held]

    def _visa_rules(self, hits: Sequence[Hit]) -> list[Quote]:
        """The spans that tell whether one needs a visa: short, they are seldom the nearest."""
        found = []
        for reading, span in self._read(hit for hit in hits if may_tell_of_visa(self._text_of(hit))):
            shown, above = reading.shown(span), reading.heading_words(span)
            if tells := tells_of_visa(self.question, shown, above, reading.hit.document):
                found.append((reading.worth(candidate := reading.candidate(span)), candidate, tells))
        self._weighed = [(worth, candidate) for worth, candidate, _ in found]
        return [replace(self._quote(c, worth), of_visa=tells) for worth, c, tells in found]

    def _text_of(self, hit: Hit) -> str:
        return self.snapshot.text(hit.document)[hit.passage.start : hit.passage.end]

    def _nearest(self, hits: Sequence[Hit]) -> list[Quote]:
        """The spans that are worth most, whether they hold what was asked for or not."""
        found = [reading.candidate(span) for reading, span in self._read(hits)]
        # Many are too far off to be among the best even if they held all that the question speaks of.
        floor = min(nlargest(_CANDIDATES, (c.near for c in found)), default=0.0) - COVERED
        worth = [(c.reading.worth(c), c) for c in found if c.near >= floor]
        best = sorted(worth, key=lambda pair: -pair[0].score)[:_CANDIDATES]
        self._weighed = worth
        return [self._quote(c, w, held=self._holds(c.reading, c.span)) for w, c in best]

    def _holds(self, reading: CloseReading, span: Span) -> bool:
        """Whether a span holds the kind of thing that was asked for."""
        headings = reading.heading_words(span)
        if above := self._sentence_above(reading, span):
            headings = (*headings[:-1], "\n".join((reading.shown(above), *headings[-1:])))
        return holds(self.question, reading.shown(span), headings, reading.hit.document)

    def _sentence_above(self, reading: CloseReading, span: Span) -> Heading | None:
        """The line above a heading that may say which town's number it is, where a town's is asked for."""
        services = tuple(s for s in self.question.services if s.key == "clinic")
        headings = reading.headings(span) if services and self.question.finer_places and self.question.contact else ()
        return sentence_above(reading.text, headings[-1], services) if headings else None

    def _holds_general(self, reading: CloseReading, span: Span) -> bool:
        """Whether a span holds the number of all emergency services, where that of one of them was asked for."""
        shown, headings = reading.shown(span), reading.heading_words(span)
        return holds_general_number(self.question, shown, headings, reading.hit.document)

    def _quote(self, candidate: Candidate, worth: Worth | None = None, *, held: bool = True) -> Quote:
        reading, span, cosine, *_ = candidate
        worth = worth or reading.worth(candidate)
        above = self._sentence_above(reading, span)
        headings, words = reading.headings(span), reading.heading_words(span)
        if above:
            headings = (*headings[:-1], above, headings[-1])
            words = (*words[:-1], reading.shown(above), *words[-1:])
        return Quote(
            reading.hit.document,
            span.start,
            span.end,
            reading.text[span.start : span.end],
            reading.shown(span),
            headings,
            words,
            reading.hit,
            score=worth.score - 0.5 * (not held),
            cosine=cosine,
            coverage=worth.coverage,
            rarest=worth.rarest,
            topic=worth.topic,
            meant=worth.meant,
            holds_kind=held,
            lost=candidate.lost,
        )


def _says(quote: Quote) -> Hashable:
    return quote.document.publisher, bare_words(quote.shown)


def _reading_on(quote: Quote, reading: CloseReading, span: Span) -> Quote:
    """The same quote with more of its document."""
    return replace(
        quote,
        start=span.start,
        end=span.end,
        text=reading.text[span.start : span.end],
        shown=reading.shown(span),
        headings=reading.headings(span),
        heading_words=reading.heading_words(span),
    )

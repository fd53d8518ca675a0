"""Hits → quotes: the smallest spans that answer and still read whole, best first.

Candidates are sentences, pairs of neighbouring sentences, list items and whole short lists, each with the headings that
give it its subject. They are ranked by similarity of meaning, by the share of the question's rare words that they hold,
and by whether they hold the kind of thing that was asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.coverage import Coverage
from assistant.kinds import holds, may_hold_number, says_level
from assistant.question import Question
from assistant.spans import Span, spans
from assistant.wanted import Wanted
from index.blocks import INTRO_LEVEL
from index.documents import Document, Heading, Kind
from index.embedding import Vectors
from index.plain import plain_text
from index.snapshot import Hit, Snapshot
from index.units import Unit

_PASSAGES = 10  # hits that are read closely
_MORE_PASSAGES = 60  # where only few candidates hold the kind of thing that is asked for
_CANDIDATES = 40  # spans whose words are looked at
_TELLING = re.compile(r"\d+|\b(?:not?|never|none|nor|un\w+|il\w+|im\w+|without|except|only|\w+n t)\b")
_SAME = 90  # per cent of the characters
_LINKS = re.compile(r"(?:\W*\[[^\]]*\]\((?!tel:)[^)]*\)\W*)+")  # nothing but the name of another page


@dataclass(frozen=True, slots=True)
class Quote:
    """`text[start:end]` of a document, word for word, with the headings that give it its subject."""

    document: Document  # without its text
    start: int
    end: int
    text: str
    shown: str
    headings: tuple[Heading, ...]
    heading_words: tuple[str, ...]
    hit: Hit
    score: float = 0.0
    cosine: float = 0.0
    coverage: float = 0.0  # idf-weighted share of the question's terms in the quote and its headings
    rarest: float = 0.0  # whether the rarest of them is there
    topic: float = 0.0  # the share of them that the headings alone hold
    holds_kind: bool = True  # whether it holds the kind of thing that was asked for


class _Worth(NamedTuple):
    """What a span is worth before it is known whether it holds what was asked for."""

    score: float
    cosine: float
    coverage: float
    rarest: float
    topic: float


class _Reading:
    """A passage that is read closely for one question. What only some spans need is worked out for those."""

    def __init__(self, hit: Hit, snapshot: Snapshot, vector: Vectors, coverage: Coverage) -> None:
        self.hit = hit
        self.text = snapshot.text(hit.document)
        self._units, self._vectors = snapshot.units(hit.row)
        self._vector = vector
        self._coverage = coverage
        self._shown: dict[tuple[int, int], str] = {}

    @cached_property
    def numbered(self) -> list[bool]:
        """Of each unit whether there may be a telephone number in it."""
        return [may_hold_number(self.text[unit.start : unit.end]) for unit in self._units]

    def spans(self) -> list[Span]:
        """The spans that may be quoted."""
        found = spans(self.text, self._units, self.hit.document.markup)
        return [span for span in found if not _LINKS.fullmatch(self.text, span.start, span.end)]

    def shown(self, part: Unit | Span | Heading) -> str:
        """How a part of the document is shown."""
        span = part.start, part.end
        if span not in self._shown:
            self._shown[span] = plain_text(self.text, *span, self.hit.document.markup)
        return self._shown[span]

    def headings(self, span: Span) -> tuple[Heading, ...]:
        """The headings above a span; the line that introduces it in place of any other such line."""
        headings = self.hit.passage.headings
        if not span.is_introduced:
            return headings
        intro = self._units[span.intro]
        return *(h for h in headings if h.level < INTRO_LEVEL), Heading(intro.start, intro.end, INTRO_LEVEL)

    def heading_words(self, span: Span) -> tuple[str, ...]:
        """The words of `headings`, but for those that show none."""
        return self._words(self.headings(span))

    def worth(self, span: Span) -> _Worth:
        """By meaning and by the question's words. What we compiled never outranks the originals."""
        parts = slice(span.first, span.last + 1)
        cosine = float(self._cosines[parts].sum() / max(float(self._gram[parts, parts].sum()) ** 0.5, 1e-9))
        held = frozenset[str]().union(*self._terms[parts])
        context = self._above | self._terms[span.intro] if span.is_introduced else self._above
        whole = held | context
        coverage = 0.7 * self._coverage.share(held) + 0.3 * self._coverage.share(whole)
        ours = self.hit.document.kind is Kind.COMPILED
        score = cosine + 0.2 * coverage + 0.15 * self.hit.score - 0.05 * ours
        return _Worth(score, cosine, coverage, self._coverage.rarest(whole), topic=self._coverage.share(context))

    def _words(self, headings: Sequence[Heading]) -> tuple[str, ...]:
        return tuple(words for h in headings if (words := self.shown(h).strip(" #:•|")))

    @cached_property
    def _cosines(self) -> Vectors:
        """The similarity of each unit to the question."""
        return self._vectors @ self._vector

    @cached_property
    def _gram(self) -> Vectors:
        return self._vectors @ self._vectors.T

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        """Of each unit."""
        return [self._coverage.terms(self.shown(unit)) for unit in self._units]

    @cached_property
    def _above(self) -> frozenset[str]:
        """The terms of the nearest headings."""
        return self._coverage.terms("\n".join(self._words(self.hit.passage.headings)[-3:]))


class Evidence:
    """The quotes for one question: what was looked at and how it was judged.

    `vector` is the question's, of length 1; a span's is the mean of its units', made when the index was built.
    """

    def __init__(self, question: Question, hits: Sequence[Hit], snapshot: Snapshot, vector: Vectors) -> None:
        self.question = question
        self.hits = hits
        self.snapshot = snapshot
        self.vector = vector
        self._coverage = Coverage(question.search_words, snapshot.files.words)

    @cached_property
    def quotes(self) -> list[Quote]:
        """All candidates that hold what was asked for, best first."""
        number = self.question.wanted is Wanted.PHONE
        hits = self.hits[: _MORE_PASSAGES if number else _PASSAGES]
        quotes = (number and self._numbers(hits)) or self._nearest(hits)
        return sorted(quotes, key=lambda q: (-q.score, q.document.key, q.start))

    @cached_property
    def levels(self) -> list[Quote]:
        """The advisory level of each page that carries one, where the page first says it: in words of its own rather
        than in a heading."""
        first: dict[tuple[str, str], Quote] = {}
        holding = [(r, s) for r in self._read(self.hits) for s in r.spans() if self._holds(r, s)]
        for quote in sorted((self._quote(r, s, r.worth(s)) for r, s in holding), key=_says_level_late):
            first.setdefault(quote.document.key, quote)
        return list(first.values())

    def _read(self, hits: Sequence[Hit]) -> Iterator[_Reading]:
        return (_Reading(hit, self.snapshot, self.vector, self._coverage) for hit in hits)

    def _numbers(self, hits: Sequence[Hit]) -> list[Quote]:
        """The spans that hold the number asked for, or say that there is none; a quick look leaves out most others."""
        return [
            self._quote(reading, span, reading.worth(span))
            for reading in self._read([hit for hit in hits if self._may_hold_number(hit)])
            for span in reading.spans()
            if any(reading.numbered[span.first : span.last + 1]) and self._holds(reading, span)
        ]

    def _may_hold_number(self, hit: Hit) -> bool:
        return may_hold_number(self.snapshot.text(hit.document)[hit.passage.start : hit.passage.end])

    def _nearest(self, hits: Sequence[Hit]) -> list[Quote]:
        """The spans that are worth most, whether they hold what was asked for or not."""
        found = [(reading.worth(span), reading, span) for reading in self._read(hits) for span in reading.spans()]
        best = sorted(found, key=lambda candidate: -candidate[0].score)[:_CANDIDATES]
        return [self._quote(reading, span, worth, held=self._holds(reading, span)) for worth, reading, span in best]

    def _holds(self, reading: _Reading, span: Span) -> bool:
        """Whether a span holds the kind of thing that was asked for."""
        return holds(self.question, reading.shown(span), reading.heading_words(span), reading.hit.document)

    def _quote(self, reading: _Reading, span: Span, worth: _Worth, *, held: bool = True) -> Quote:
        return Quote(
            reading.hit.document,
            span.start,
            span.end,
            reading.text[span.start : span.end],
            reading.shown(span),
            reading.headings(span),
            reading.heading_words(span),
            reading.hit,
            score=worth.score - 0.5 * (not held),
            cosine=worth.cosine,
            coverage=worth.coverage,
            rarest=worth.rarest,
            topic=worth.topic,
            holds_kind=held,
        )


def _says_level_late(quote: Quote) -> tuple[bool, bool, int, int]:
    """Sorts the quote that says the level itself first, then one right under a heading that does, then by position."""
    itself = says_level(quote.shown, quote.document)
    under = any(says_level(words, quote.document) for words in quote.heading_words[-1:])
    return not itself, not under, quote.start, quote.end


def distinct(quotes: Sequence[Quote], limit: int) -> list[Quote]:
    """The best quotes that neither overlap one another nor say the same words, at most `limit`."""
    kept: list[tuple[Quote, str]] = []
    for quote in quotes:
        words = _folded(quote.shown)
        same = any(
            (q.document.key == quote.document.key and q.start < quote.end and quote.start < q.end)
            or _say_the_same(said, words)
            for q, said in kept
        )
        if not same:
            kept.append((quote, words))
        if len(kept) == limit:
            break
    return [quote for quote, _ in kept]


def _say_the_same(first: str, second: str) -> bool:
    """Whether two folded quotes are the same words, but for a few: what publishers repeat counts once.

    Never where a number or a "not" differs: then they disagree.
    """
    if first == second:
        return True
    alike = fuzz.ratio(first, second, score_cutoff=_SAME) >= _SAME
    return alike and Counter(_TELLING.findall(first)) == Counter(_TELLING.findall(second))


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()

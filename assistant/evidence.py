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
from assistant.kinds import holds, says_level
from assistant.question import Question
from assistant.spans import Span, spans
from assistant.wanted import Wanted
from index.blocks import INTRO_LEVEL
from index.documents import Document, Heading, Kind, Markup
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


class _Candidate(NamedTuple):
    """A span before it is shown: what it is worth, by what is known without its words."""

    hit: Hit
    span: Span
    units: list[Unit]
    cosine: float
    coverage: float
    rarest: float
    topic: float

    @property
    def score(self) -> float:
        """Higher is better. What we compiled never outranks the originals."""
        ours = self.hit.document.kind is Kind.COMPILED
        return self.cosine + 0.2 * self.coverage + 0.15 * self.hit.score - 0.05 * ours


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
        few = self.question.wanted is Wanted.PHONE
        hits = self.hits[: _MORE_PASSAGES if few else _PASSAGES]
        found = sorted((c for hit in hits for c in self._candidates(hit)), key=lambda c: -c.score)
        if few:
            quotes = [q for q in map(self._quote, found) if q.holds_kind] or list(map(self._quote, found[:_CANDIDATES]))
        else:
            quotes = [self._quote(c) for c in found[:_CANDIDATES]]
        return sorted(quotes, key=lambda q: (-q.score, q.document.key, q.start))

    @cached_property
    def levels(self) -> list[Quote]:
        """The advisory level of each page that carries one, where the page first says it: in words of its own rather
        than in a heading."""
        found: dict[tuple[str, str], Quote] = {}
        candidates = [q for hit in self.hits for c in self._candidates(hit) if (q := self._quote(c)).holds_kind]
        for quote in sorted(candidates, key=_says_level_late):
            found.setdefault(quote.document.key, quote)
        return list(found.values())

    def _candidates(self, hit: Hit) -> Iterator[_Candidate]:
        """The spans of a passage, each with its similarity to the question and how much of it it covers."""
        text, markup = self.snapshot.text(hit.document), hit.document.markup
        units, vectors = self.snapshot.units(hit.row)
        if not units:
            return
        above = [words for h in hit.passage.headings if (words := _heading_words(text, h, markup))]
        above_terms = self._coverage.terms("\n".join(above[-3:]))
        shown = [plain_text(text, unit.start, unit.end, markup) for unit in units]
        terms = [self._coverage.terms(words) for words in shown]
        cosines = vectors @ self.vector
        gram = vectors @ vectors.T
        for span in spans(text, units, markup):
            if _LINKS.fullmatch(text, span.start, span.end):
                continue
            parts = slice(span.first, span.last + 1)
            held = frozenset[str]().union(*terms[parts])
            context = above_terms | (terms[span.intro] if 0 <= span.intro < span.first else frozenset())
            yield _Candidate(
                hit,
                span,
                units,
                cosine=float(cosines[parts].sum() / max(float(gram[parts, parts].sum()) ** 0.5, 1e-9)),
                coverage=0.7 * self._coverage.share(held) + 0.3 * self._coverage.share(held | context),
                rarest=self._coverage.rarest(held | context),
                topic=self._coverage.share(context),
            )

    def _quote(self, candidate: _Candidate) -> Quote:
        hit, span = candidate.hit, candidate.span
        document = hit.document
        text = self.snapshot.text(document)
        headings = hit.passage.headings
        if 0 <= span.intro < span.first:
            intro = candidate.units[span.intro]
            headings = (
                *(h for h in headings if h.level < INTRO_LEVEL),
                Heading(intro.start, intro.end, INTRO_LEVEL),
            )
        heading_words = tuple(words for h in headings if (words := _heading_words(text, h, document.markup)))
        shown = plain_text(text, span.start, span.end, document.markup)
        held = holds(self.question, shown, heading_words, document)
        return Quote(
            document,
            span.start,
            span.end,
            text[span.start : span.end],
            shown,
            headings,
            heading_words,
            hit,
            score=candidate.score - 0.5 * (not held),
            cosine=candidate.cosine,
            coverage=candidate.coverage,
            rarest=candidate.rarest,
            topic=candidate.topic,
            holds_kind=held,
        )


def _heading_words(text: str, heading: Heading, markup: Markup) -> str:
    return plain_text(text, heading.start, heading.end, markup).strip(" #:•|")


def _says_level_late(quote: Quote) -> tuple[bool, bool, int, int]:
    """Sorts the quote that says the level itself first, then one right under a heading that does, then by position."""
    itself = says_level(quote.shown, quote.document)
    under = any(says_level(words, quote.document) for words in quote.heading_words[-1:])
    return not itself, not under, quote.start, quote.end


def distinct(quotes: Sequence[Quote], limit: int) -> list[Quote]:
    """The best quotes that neither overlap one another nor say the same words, at most `limit`."""
    kept: list[Quote] = []
    for quote in quotes:
        same = any(
            (q.document.key == quote.document.key and q.start < quote.end and quote.start < q.end)
            or _says_the_same(q, quote)
            for q in kept
        )
        if not same:
            kept.append(quote)
        if len(kept) == limit:
            break
    return kept


def _says_the_same(one: Quote, other: Quote) -> bool:
    """Whether two quotes are the same words, but for a few: what publishers repeat counts once.

    Never where a number or a "not" differs: then they disagree.
    """
    first, second = _folded(one.shown), _folded(other.shown)
    if first == second:
        return True
    alike = fuzz.ratio(first, second) >= _SAME
    return alike and Counter(_TELLING.findall(first)) == Counter(_TELLING.findall(second))


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()

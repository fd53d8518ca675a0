"""A quote, and what is done with several: those that say something else, one of each, the newest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.choosing.visas import Telling
from index.documents import Document, Heading, Kind
from index.snapshot import Hit

# What must be the same in two quotes that are alike: numbers, and whatever denies or excepts.
_TELLING = re.compile(r"\d+|\b(?:not?|never|none|nor|un\w+|il\w+|im\w+|without|except|only|\w+n t)\b")
_SAME = 90  # per cent of the characters


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
    meant: float = 0.0  # how probably it holds a concept that the question means
    holds_kind: bool = True  # whether it holds the kind of thing that was asked for
    lost: float = 0.0  # of its score, for it only points elsewhere
    of_visa: Telling = Telling.NOTHING  # how plainly it tells whether one needs a visa, where that is asked
    fit: float = 0.0  # how much better than its score it is fit to come first (assistant/choosing/leading.py)

    @property
    def day(self) -> int:
        """The latest day that its page's date can mean, as an ordinal; 0 where it is undated."""
        return self.document.date.last().toordinal() if self.document.date else 0

    @property
    def worth(self) -> float:
        """What it is ordered by; whether it answers at all is judged by its score alone."""
        return self.score + self.fit

    def overlaps(self, other: Quote) -> bool:
        """Whether the two share words of one document."""
        return self.document.key == other.document.key and self.start < other.end and other.start < self.end


def distinct(quotes: Sequence[Quote], limit: int, by: Callable[[Quote], Hashable] | None = None) -> list[Quote]:
    """The best quotes that neither overlap one another nor say the same words, at most `limit`.

    Where `by` tells two apart the same words say different things.
    """
    kept: list[tuple[Quote, str]] = []
    for quote in quotes:
        words = bare_words(quote.shown)
        same = any(
            quote.overlaps(q) or ((by is None or by(q) == by(quote)) and _say_the_same(said, words)) for q, said in kept
        )
        if not same:
            kept.append((quote, words))
        if len(kept) == limit:
            break
    return [quote for quote, _ in kept]


def newest_first(quotes: Sequence[Quote]) -> list[Quote]:
    """By falling date, undated last; what we compiled comes after the originals."""
    return sorted(quotes, key=lambda quote: (quote.document.kind is Kind.COMPILED, -quote.day))


def one_each(quotes: Sequence[Quote], key: Callable[[Quote], Hashable]) -> list[Quote]:
    """The first quote of each document, or publisher, in the order given."""
    first: dict[Hashable, Quote] = {}
    for quote in quotes:
        first.setdefault(key(quote), quote)
    return list(first.values())


def bare_words(words: str) -> str:
    """The words alone, in small letters: what two quotes are compared by."""
    return re.sub(r"\W+", " ", words).casefold().strip()


def _say_the_same(first: str, second: str) -> bool:
    """Whether the bare words of two quotes are the same, but for a few: what publishers repeat counts once.

    Never where a number or a "not" differs: then they disagree.
    """
    if first == second:
        return True
    alike = fuzz.ratio(first, second, score_cutoff=_SAME) >= _SAME
    return alike and Counter(_TELLING.findall(first)) == Counter(_TELLING.findall(second))

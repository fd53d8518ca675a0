"""How much of what a question speaks of does a text hold?

Each of the question's terms weighs its idf. Words that the thesaurus knows as one concept count as one, and any of the
field's words for it will do: a text that says "police officers" holds what a question about cops speaks of.
"""

from __future__ import annotations

from typing import NamedTuple

from assistant.thesaurus import concepts
from index.words import WordIndex

_ALIKE = 0.75  # what the field's word for a thing is worth: "ticks" is not "tick-borne encephalitis"
_HEAVIEST = 6.0  # idf at which a concept's weight is capped, so that one rare word does not decide alone


class _Part(NamedTuple):
    """One thing asked for: the user's `own` terms for it, or any of the field's ways; each set stands together."""

    weight: float
    own: frozenset[str]
    ways: tuple[frozenset[str], ...] = ()

    def held(self, terms: frozenset[str]) -> float:
        """1 where the terms hold the user's own, somewhat less where only the field's, else 0."""
        if self.own <= terms:
            return 1.0
        return _ALIKE if any(way <= terms for way in self.ways) else 0.0


class Coverage:
    """The parts of a question, weighed once and then looked for in many texts."""

    def __init__(self, question: str, words: WordIndex) -> None:
        self._words = words
        idf = words.inverse_frequency
        asked = [(frozenset(words.terms(c.words)), c.terms) for c in concepts(question)]
        named = frozenset[str]().union(*(terms for terms, _ in asked))
        self._parts = [_Part(idf(term), frozenset((term,))) for term in words.terms(question) if term not in named]
        for own, field in asked:
            ways = tuple(way for way in (frozenset(words.terms(term)) for term in field) if way)
            weight = min(_HEAVIEST, max((min(map(idf, way)) for way in (own, *ways) if way), default=0.0))
            if own or ways:
                self._parts.append(_Part(weight, own or ways[0], ways))
        self._total = sum(part.weight for part in self._parts)

    def terms(self, text: str) -> frozenset[str]:
        """The terms of a text, to be asked about with `share`."""
        return frozenset(self._words.terms(text))

    def share(self, held: frozenset[str]) -> float:
        """The share, by weight, of the question's parts that stand among these terms, 0…1."""
        found = sum(part.weight * part.held(held) for part in self._parts)
        return found / self._total if self._total else 0.0

    def rarest(self, held: frozenset[str]) -> float:
        """Whether the rarest thing that the question speaks of stands among these terms, 0…1."""
        return max(self._parts, key=lambda part: part.weight).held(held) if self._parts else 0.0

    def of(self, *texts: str) -> float:
        """The share, by weight, of the question's parts that stand in the texts, 0…1."""
        return self.share(self.terms("\n".join(texts)))

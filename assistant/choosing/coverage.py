"""How much of what a question speaks of does a text hold?

Each of the question's terms weighs its idf. Words that the thesaurus knows as one concept count as one, and any of the
field's words for it will do: a text that says "police officers" holds what a question about cops speaks of. What the
question means though no word says so (`concepts`) counts beside them, as surely as it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from assistant.understanding.concepts import Meant
from assistant.understanding.thesaurus import concepts
from index.words import WordIndex, terms

_ALIKE = 0.75  # what the field's word for a thing is worth: "ticks" is not "tick-borne encephalitis"
_LEADING = 0.2  # of its idf: what a word is worth that leads to the subject of a question and is not it
_WHERE = 0.5  # what a town is worth where little else is asked: "Is Goma safe?"
_LEADING_WORDS = """
advice advise allow allowed anyone anything ask asked bad badly best bring call careful common contact currently
dangerous enough ever everything expect find get give go going good got happen have hear heard keep know learn let
like likely long look lot many mean much near nearby nearest need normal often ok okay people place please possible
problem put reach really risk safe safely safety say see show someone something spend start stay still sure surprise
surprised take tell thing think time travel traveller travelling trip try use usually visit visitor want way
well work worry
"""
_EMPTY_WORDS = """
a about after all also am any around as because been before being both but by can cannot could did do does doing during
each few from had has having he her here him his how i if im into its just me more most my no nor not now of off on once
only or other our out over own same she should so some such than that the their them then there these they this those
through to today tomorrow tonight too under until up very was we were what when where whether which while who whom whose
why will with would you your yours us dont doesnt isnt cant wont theres whats
"""
# Where in a town, in phrases whose words by themselves are not leading: a medical centre is not the city centre. Which
# suburbs to avoid is what is asked, and pages name old towns.
_PART_OF_TOWN = re.compile(r"\b(?:downtown|uptown|midtown|(?:city|town) cent(?:re|er)|(?:in|is) the suburbs)\b", re.I)
_FARTHER = 0.05  # of what a text holds of the subject: lost where it names none of the towns asked about
_PLAINLY = 3  # power: what is only meant has to be named the more clearly
_MEANT = 0.5  # of the share: what it is worth, as surely as a concept is meant, to hold it
_HEAVIEST = 6.0  # idf at which a concept's weight is capped, so that one rare word does not decide alone


class _Way(NamedTuple):
    """One of the field's ways of saying a thing, and how `clear` it is: "fires" may be wildfires and may not."""

    terms: frozenset[str]
    clear: float


class _Part(NamedTuple):
    """One thing asked for: the user's `own` terms with their weights, or any of the field's ways of saying it."""

    weight: float
    own: dict[str, float]
    town: bool
    ways: Sequence[frozenset[str]] = ()

    def held(self, terms: frozenset[str]) -> float:
        """1 where the terms hold the user's own, a share where some, `_ALIKE` where only the field's, else 0."""
        mine = sum(weight for term, weight in self.own.items() if term in terms) / (sum(self.own.values()) or 1.0)
        return max(mine, _ALIKE) if any(way <= terms for way in self.ways) else mine


def _told(ways: Iterable[_Way], terms: frozenset[str]) -> float:
    """How clearly the terms say one thing in any of its ways, 0…1."""
    return max((way.clear for way in ways if way.terms <= terms), default=0.0)


class Held(NamedTuple):
    """Of what a question speaks of: the `share`, by weight, that is there; whether the `rarest` thing is; how probably
    what is `meant` is. Each 0…1."""

    share: float
    rarest: float
    meant: float


class Coverage:
    """The parts of a question, weighed once and then looked for in many texts."""

    def __init__(self, question: str, words: WordIndex, towns: Iterable[str] = (), meant: Sequence[Meant] = ()) -> None:
        """`towns`: the cities and regions that the question names, where it asks about; `meant`: what it means."""
        leading, empty = _light()
        leading |= frozenset(chain.from_iterable(map(terms, _PART_OF_TOWN.findall(question))))
        where = frozenset(terms(" ".join(towns)))

        @cache
        def weight(term: str) -> float:
            share = 0.0 if term in empty else _LEADING if term in leading else _WHERE if term in where else 1.0
            return words.inverse_frequency(term) * share

        asked: dict[frozenset[str], list[str]] = {}
        for concept in concepts(question):  # of two concepts that the same words call, either will do
            asked.setdefault(frozenset(terms(concept.words)), []).extend(concept.terms)
        named = frozenset(term for own in asked for term in own)
        self._parts = [_Part(weight(t), {t: weight(t)}, t in where) for t in terms(question) if t not in named]
        for own, field in asked.items():
            ways = _ways(field)
            heaviest = max((min(map(weight, way)) for way in (own, *ways) if way), default=0.0)
            self._parts.append(
                _Part(min(_HEAVIEST, heaviest), {term: weight(term) for term in sorted(own)}, False, ways)
            )
        self._total = sum(part.weight for part in self._parts if not part.town)
        self._towns = sum(part.weight for part in self._parts if part.town)
        # A name has several terms: the heaviest stands for it.
        self._heaviest_town = max((part.weight for part in self._parts if part.town), default=0.0)
        self._meant = [(one.probability, _clear_ways(one.terms, words)) for one in meant]
        self._sure = sum(one.probability for one in meant)
        said = (term for part in self._parts for term in chain(part.own, *part.ways))
        self._vocabulary = frozenset(chain(said, *(way.terms for _, ways in self._meant for way in ways)))
        self._held: dict[frozenset[str], Held] = {}  # few sets of terms come, each of them often

    def terms(self, text: str) -> frozenset[str]:
        """The terms of a text that the question speaks of, to be asked about with `held`."""
        return self._vocabulary.intersection(terms(text))

    def held(self, terms: frozenset[str]) -> Held:
        """What of the question stands among these terms."""
        if terms not in self._held:
            about = sum(part.weight * part.held(terms) for part in self._parts if not part.town)
            there = sum(part.weight * part.held(terms) for part in self._parts if part.town)
            share = (about + there) / ((self._total + self._towns) or 1.0)
            if self._total > self._heaviest_town > 0:
                share = about / self._total * (1 - _FARTHER * (1 - there / self._towns))
            rarest = max(self._parts, key=lambda part: part.weight).held(terms) if self._parts else 0.0
            meant = sum(probability * _told(ways, terms) for probability, ways in self._meant)
            if self._sure:
                share = (1 - _MEANT * self._sure) * share + _MEANT * meant
            self._held[terms] = Held(share, rarest, meant)
        return self._held[terms]

    def of(self, *texts: str) -> float:
        """The share, by weight, of the question's parts that stand in the texts, 0…1."""
        return self.held(self.terms("\n".join(texts))).share


def _ways(field: Iterable[str]) -> list[frozenset[str]]:
    return [way for way in (frozenset(terms(term)) for term in field) if way]


def _clear_ways(field: Iterable[str], words: WordIndex) -> list[_Way]:
    """The field's terms for one thing: the rarer in the documents, beside the rarest that is there, the clearer."""
    ways = _ways(field)
    rare = [min(_HEAVIEST, max(map(words.inverse_frequency, way))) for way in ways]
    rarest = max((r for r, way in zip(rare, ways, strict=True) if all(map(words.frequency, way))), default=1.0)
    return [_Way(way, min(1.0, r / rarest) ** _PLAINLY) for way, r in zip(ways, rare, strict=True)]


def own_terms(text: str) -> frozenset[str]:
    """The terms of a text that are a subject: neither empty nor such as lead to one."""
    leading, empty = _light()
    return frozenset(terms(text)) - leading - empty


def own_words(text: str) -> tuple[int, int]:
    """How many words of a text say anything, and how many of these are a subject rather than lead to one."""
    leading, empty = _light()
    said = [term for term in terms(text) if term not in empty]
    return len(said), sum(term not in leading for term in said)


@cache
def _light() -> tuple[frozenset[str], frozenset[str]]:
    """The terms of the words that lead to a subject, and of those that say nothing."""
    return frozenset(terms(_LEADING_WORDS)), frozenset(terms(_EMPTY_WORDS))

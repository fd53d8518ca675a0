"""Questions offered as buttons: the same one for each country that may be meant, and those that likely follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from assistant.chat import words
from assistant.outcome import Answer, Status
from assistant.understanding.thesaurus import concepts
from assistant.understanding.wanted import Wanted
from index.places import find_places, place_name

_FOLLOW_UPS = 3


class Option(NamedTuple):
    """What a button says, and the question that it asks."""

    name: str
    question: str


def options(words: str, codes: Sequence[str]) -> tuple[Option, ...]:
    """The question once for each of these countries, in their order."""
    return tuple(Option(place_name(code), _naming(words, codes, place_name(code))) for code in codes)


def naming(words: str, code: str) -> str:
    """The question with the country said in it, where it names no place itself."""
    return words if find_places(words) else _naming(words, (code,), place_name(code))


def follow_ups(answer: Answer) -> tuple[Option, ...]:
    """What is likely to be asked next about the same country, in fixed words; nothing asked before is offered again."""
    question = answer.question
    if answer.status is not Status.ANSWERED or len(question.places) != 1:
        return ()
    said = {term for asked in (question.standalone, *question.history) for term in _terms(asked)}
    place = place_name(question.places[0])
    left = [
        follow.question.format(place=place)
        for follow in words.FOLLOW_UPS
        if question.wanted is not Wanted(follow.wanted) or question.wanted is Wanted.TEXT
        if not said & {term for part in follow.about.split(", ") for term in _terms(part)}
    ]
    return tuple(Option(text, text) for text in left[:_FOLLOW_UPS])


def _terms(asked: str) -> set[str]:
    """The first of the field's words for what is asked: enough to tell one subject from another."""
    return {found.terms[0] for found in concepts(asked)}


def _naming(words: str, codes: Sequence[str], name: str) -> str:
    """ "Is Korea safe?" with South Korea in Korea's place; "Is Tripoli safe?" with "(Lebanon)" after the city.

    The country stands in the words, so that later questions, which are read with these, know it too. Where an earlier
    question named the place, it comes last.
    """
    for mention in find_places(words):
        if set(codes) <= {*mention.codes, *mention.lesser}:
            if mention.kind == "country":
                return f"{words[: mention.start]}{name}{words[mention.end :]}"
            return f"{words[: mention.end]} ({name}){words[mention.end :]}"
    return f"{words.rstrip()} ({name})"

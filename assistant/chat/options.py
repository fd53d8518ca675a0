"""A name that several countries share → the same question, once for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.places import find_places, place_name


class Option(NamedTuple):
    """A country that may be meant, by its name, and the question with that country in it."""

    name: str
    question: str


def options(words: str, codes: Sequence[str]) -> tuple[Option, ...]:
    """The question once for each of these countries, in their order."""
    return tuple(Option(place_name(code), _naming(words, codes, place_name(code))) for code in codes)


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

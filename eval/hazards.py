"""Questions with gold made by rule: a hazard that a country's current pages name in their text, or that none does.

Gold are all sentences of the country's current original pages that name the hazard; a country none of whose pages name
it gives an unanswerable question. Each hazard is asked in the pages' own word and in others. Countries are split by a
hash of their code into development and test; the rule's words are wide, so that an unanswerable is surely one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from eval.making import Options, Page, countries, drawn, naming, read, table
from eval.records import QuestionRecord
from index.places import place_name
from index.snapshot import Snapshot

_FEWEST = 12  # pages: of a place with fewer too little is said for silence to mean anything


class Hazard(NamedTuple):
    """What the pages call it (`named`), whatever may mean it (`hinted`), and two ways of asking for it."""

    named: re.Pattern[str]
    hinted: re.Pattern[str]
    own: tuple[str, ...]
    other: tuple[str, ...]


@cache
def hazards(name: str = "hazards") -> dict[str, Hazard]:
    """The hazards of a table in `sets/` by name; `own` and `other` hold one wording or several."""
    return {key: _hazard(**fields) for key, fields in table(name).items()}


def _hazard(named: str, hinted: str, own: str | list[str], other: str | list[str]) -> Hazard:
    flags = re.IGNORECASE
    asked = [(words,) if isinstance(words, str) else tuple(words) for words in (own, other)]
    return Hazard(re.compile(named, flags), re.compile(f"{named}|{hinted}", flags), *asked)


def questions(
    snapshot: Snapshot, options: Options, wording: str = "own", name: str = "hazards"
) -> list[QuestionRecord]:
    """At most `options.most` answerable questions and as many unanswerable. `wording` is "own" or "other"."""
    found = [
        question
        for code, documents in countries(snapshot, options.part)
        if len(documents) >= _FEWEST
        for question in _about(read(snapshot, documents), code, wording, hazards(name))
    ]
    random.Random(options.seed).shuffle(found)  # noqa: S311 - a draw, not a secret
    kinds = ([q for q in found if q.answerable], [q for q in found if not q.answerable])
    return [question for kind in kinds for question in kind[: options.most]]


def _about(pages: list[Page], code: str, wording: str, asked: dict[str, Hazard]) -> Iterator[QuestionRecord]:
    """The questions about one country."""
    for name, hazard in asked.items():
        wordings = hazard.own if wording == "own" else hazard.other
        found = [span for page in pages for span in naming(page, hazard.named)]
        if found or not any(hazard.hinted.search(page.text) for page in pages):
            yield QuestionRecord(
                id=f"{wording}-{code}-{name.replace(' ', '-')}",
                question=drawn(wordings, code, name).format(place=place_name(code)),
                answerable=bool(found),
                gold=tuple(found),
                tags=(f"place:{code}", name, wording),
            )

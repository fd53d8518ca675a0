"""What must be said beside the quotes: that they are of a wider place, whose advice is not here, where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import messages
from assistant.ages import age_in_days
from assistant.choosing.arrange import names
from assistant.choosing.conflict import numbers_differ
from assistant.choosing.limits import limits_differ
from assistant.choosing.quotes import Quote
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from index.places import find_places, place_name

_OLD = 5 * 365  # days
_DIRECTION = re.compile(r"(?:far |the )*(?:north|south|east|west|central)", re.IGNORECASE)


def notes(question: Question, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """The fixed sentences that an answer with these quotes needs, most important first."""
    said = []
    # "Northern Nigeria" is no name that a page must use, and a quote on "the north-eastern states" is about it.
    towns = [name for name in question.finer_places if not _DIRECTION.match(name)]
    unnamed = [name for name in towns if not any(names(q, name) for q in quotes)]
    local_numbers = question.wanted is Wanted.PHONE and all(s.local_emergency for s in question.services)
    if quotes and unnamed and not local_numbers:  # those are the whole country's
        said.extend(_of_wider_places(question, quotes, unnamed))
    if question.no_source_of:
        countries = " or ".join(map(place_name, question.no_source_of))
        said.append(messages.NO_ADVICE_FROM.format(countries=countries))
    if question.entry_rules and len({q.document.publisher for q in quotes}) > 1:
        said.append(messages.ENTRY_RULES)
    if (question.wanted is Wanted.PHONE and numbers_differ(question, quotes)) or limits_differ(question, quotes):
        said.append(messages.DISAGREE)
    days = [age_in_days(q.document.date, question.today) for q in quotes if q.document.date]
    if question.wanted is Wanted.PHONE and max(days, default=0) > _OLD:
        said.append(messages.OLD_NUMBER)
    return tuple(said)


def _of_wider_places(question: Question, quotes: Sequence[Quote], towns: Sequence[str]) -> list[str]:
    """For each country asked about, that its quotes name no town of those, or that no quote is about it."""
    named = {m.name: m.codes for m in find_places(question.standalone)}
    of_country: dict[tuple[str, ...], list[str]] = {}
    for town in towns:
        countries = tuple(code for code in question.places if code in named.get(town, ()))
        of_country.setdefault(countries or question.places, []).append(town)
    said = []
    silent: dict[str, None] = {}
    for countries, theirs in of_country.items():
        told = [code for code in countries if any(code in q.document.about for q in quotes)]
        if told:
            country = " and ".join(map(place_name, told))
            said.append(messages.WIDER_PLACE.format(place=" or ".join(theirs), country=country))
        else:
            silent.update(dict.fromkeys(map(place_name, countries)))
    if said and silent and not question.side_by_side:  # there each place is searched, and its silence told, by itself
        said.append(messages.NONE_ABOUT.format(places=" or ".join(silent)))
    return said

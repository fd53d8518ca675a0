"""Do the sources conflict? Whether quotes give different numbers for one emergency service of one country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.choosing.emergency_lines import CARD, GENERAL, numbers_told
from assistant.choosing.numbers import MOST_DIGITS, SHORT_CODE, without_givers
from assistant.choosing.quotes import Quote
from assistant.understanding.emergency_words import EMERGENCY_SERVICES
from assistant.understanding.question import Question
from index.places import find_places

_ENTRY_WORDS = 3
_SAME_END = 6  # digits: "0800 990 000" and "+256 800 990 000" are one number


def numbers_differ(question: Question, quotes: Sequence[Quote]) -> bool:
    """Whether the sources give different numbers for one local service that is asked for, in one country.

    An ambulance's and a fire brigade's always differ, and so do two embassies', or an embassy's by day and at night.
    """
    named = [service.key for service in question.services if service.key in CARD]
    asked = named if question.services else [*EMERGENCY_SERVICES, GENERAL]
    return any(_differ(asked, quotes, place) for place in question.places or (None,))


def _differ(services: Sequence[str], quotes: Sequence[Quote], place: str | None) -> bool:
    given = [_given(quote, place) for quote in quotes if place is None or place in quote.document.about]
    for service in services:
        # "112 (ambulance, fire, police)" is the number of each; the tourist police have one of their own.
        every = GENERAL if service in EMERGENCY_SERVICES else service
        numbers = [found for one in given if (found := one.get(service) or one.get(every))]
        if any(not first & second for first in numbers for second in numbers):
            return True
    return False


def _given(quote: Quote, place: str | None) -> dict[str, set[str]]:
    """The numbers of a quote by the service that each line names, or the line above it does.

    A long number counts where the line is but a name and the number, and no city is named: else it may be an office's.
    """
    found: dict[str, set[str]] = {}
    above = list(quote.heading_words[-1:])
    for line in without_givers(quote.shown, quote.document).splitlines():
        given = numbers_told(line, above, place)
        most = MOST_DIGITS if _is_entry(line, above) else SHORT_CODE
        for key, numbers in given.items():
            if digits := {n.digits[-_SAME_END:] for n in numbers if len(n.digits) <= most}:
                found.setdefault(key, set()).update(digits)
        if not given:
            above = [*quote.heading_words[-1:], line]
    return found


def _is_entry(line: str, above: Sequence[str]) -> bool:
    """Whether a line is a name and its number: "Ambulance: 0800 990 000"."""
    words = re.findall(r"[^\W\d]{2,}", line)
    in_city = any(mention.kind == "city" for mention in find_places("\n".join((line, *above)), slips=False))
    return len(words) <= _ENTRY_WORDS and not in_city

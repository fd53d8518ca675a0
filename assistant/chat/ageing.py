"""How old is old? That depends on the fact: an advisory level ages in months, a telephone number in years."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from assistant.ages import age_in_days
from assistant.choosing.official import OFFICIAL
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from index.dates import PartialDate

_YEAR = 365


class Limits(NamedTuple):
    """Days from which a page counts as ageing, and as old."""

    ageing: int
    old: int

    def mark(self, day: PartialDate | None, today: date) -> str:
        """ "fresh", "ageing" or "old"; what is undated counts as old."""
        if day is None:
            return "old"
        days = age_in_days(day, today)
        return "old" if days >= self.old else "ageing" if days >= self.ageing else "fresh"


USUAL = Limits(_YEAR, 3 * _YEAR)
SOON = Limits(_YEAR // 2, _YEAR)  # levels and rules of entry change between two journeys
LATE = Limits(2 * _YEAR, 5 * _YEAR)  # numbers and addresses, and advice that holds anywhere


def limits(question: Question) -> Limits:
    """The limits for the kind of fact that a question asks for."""
    if question.wanted in OFFICIAL or question.entry_rules:
        return SOON
    if question.wanted in (Wanted.PHONE, Wanted.ADDRESS) or not question.places:
        return LATE
    return USUAL

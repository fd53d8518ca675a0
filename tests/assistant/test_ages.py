"""How old something is, in words, at the edges of each unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ages import age_in_days, age_in_words, date_in_words
from index.dates import PartialDate

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day old"),
        (2, "2 days old"),
        (13, "13 days old"),
        (14, "2 weeks old"),
        (59, "8 weeks old"),
        (60, "1 month old"),
        (61, "2 months old"),
        (365, "12 months old"),
        (729, "23 months old"),
        (730, "1 year old"),
        (731, "2 years old"),
        (3653, "10 years old"),
        (-5, "today"),
    ],
)
def test_age_of_a_day(days: int, words: str) -> None:
    assert age_in_words(PartialDate.parse(TODAY - timedelta(days=days)), TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026", "this year"),
        ("2025", "1 year old"),
        ("2011", "15 years old"),
        ("2027", "this year"),
        ("2026-09", "this month"),
        ("2026-10", "this month"),
        ("2026-08", "1 day old"),
        ("2026-07", "4 weeks old"),
        ("2025-09", "11 months old"),
        ("2011-05", "15 years old"),
        ("2026-09-01", "today"),
        ("2026-09-02", "today"),
    ],
)
def test_age_of_a_partial_date_counts_from_its_last_day(day: str, words: str) -> None:
    assert age_in_words(PartialDate.parse(day), TODAY) == words


@pytest.mark.parametrize(
    ("day", "age"),
    [("2026-08-31", 1), ("2026-08", 1), ("2025", 244), ("2026-09-01", 0), ("2027", 0), ("2024-02-29", 915)],
)
def test_age_in_days(day: str, age: int) -> None:
    assert age_in_days(PartialDate.parse(day), TODAY) == age


@pytest.mark.parametrize(
    ("day", "words"),
    [("2024-08-05", "5 August 2024"), ("2024-08", "August 2024"), ("2011", "2011"), ("2026-12-31", "31 December 2026")],
)
def test_dates_in_words(day: str, words: str) -> None:
    assert date_in_words(PartialDate.parse(day)) == words


@given(st.dates(date(1990, 1, 1), TODAY), st.dates(date(1990, 1, 1), TODAY))
def test_the_older_never_sounds_younger(one: date, other: date) -> None:
    units = ["today", "day", "week", "month", "year"]

    def size(day: date) -> tuple[int, int]:
        words = age_in_words(PartialDate.parse(day), TODAY).split()
        return (0, 0) if words == ["today"] else (units.index(words[1].rstrip("s")), int(words[0]))

    assert (one <= other) or (size(one) <= size(other))

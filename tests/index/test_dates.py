"""Partial dates: what is known, what it can mean, and what is no date."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate

partial_dates = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]), st.dates(), st.integers(1, 3)
)


@given(partial_dates)
def test_written_and_read_back(value: PartialDate) -> None:
    assert PartialDate.parse(str(value)) == value
    assert len(str(value)) == {0: 4, 1: 7, 2: 10}[(value.month is not None) + (value.day is not None)]


@given(partial_dates)
def test_first_and_last_day_enclose_it(value: PartialDate) -> None:
    assert value.first() <= value.last()
    assert str(value.first()).startswith(str(value))
    assert str(value.last()).startswith(str(value))


def test_the_days_that_a_date_can_mean() -> None:
    assert (PartialDate(2011).first(), PartialDate(2011).last()) == (date(2011, 1, 1), date(2011, 12, 31))
    assert (PartialDate(2024, 2).first(), PartialDate(2024, 2).last()) == (date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate(2024, 2, 3).first() == PartialDate(2024, 2, 3).last() == date(2024, 2, 3)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2011", "2011"),
        (2011, "2011"),
        (" 2011-5 ", "2011-05"),
        ("2011-05-03T10:00:00+02:00", "2011-05-03"),
        ("2011-05-03 10:00", "2011-05-03"),
        (date(2011, 5, 3), "2011-05-03"),
        (datetime(2011, 5, 3, 23, 59), "2011-05-03"),
        (PartialDate(2011, 5), "2011-05"),
    ],
)
def test_parse(value: object, written: str) -> None:
    assert str(PartialDate.parse(value)) == written


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2011-13", "2011-00", "2011-00-00", "2011-05-00", "2023-02-29", "0000", "03/05/2011", None, True],
)
def test_no_date_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(value)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="a day of no month"):
        PartialDate(2011, None, 3)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("August 5, 2024", "2024-08-05"),
        ("Sun, 28 Jun 2026", "2026-06-28"),
        ("Fri, 15 Aug 2025 09:30:00 EDT", "2025-08-15"),
        ("5 August 2024 12:00 XYZ", "2024-08-05"),
        ("May 2019", "2019-05"),
        ("2011", "2011"),
        ("Monday, May 2024", "2024-05"),
        ("1 January 2000", "2000-01-01"),
        ("15 February 2001", "2001-02-15"),
    ],
)
def test_from_words(words: str, written: str) -> None:
    assert str(PartialDate.from_words(words)) == written


@pytest.mark.parametrize("words", ["", ":", "12 May", "Monday", "31 April 2024", "9" * 30, "no date at all"])
def test_words_without_a_date(words: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|no year"):
        PartialDate.from_words(words)


@given(st.text(max_size=30) | st.text("0123456789 /-:.,ademnruy", max_size=20))
def test_any_words_give_a_date_or_a_value_error(words: str) -> None:
    try:
        found = PartialDate.from_words(words)
    except ValueError:
        return
    assert PartialDate.parse(str(found)) == found

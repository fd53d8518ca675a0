"""Which time a question asks about: the days, whether it is the past, and where in the question it is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.times import Period, period, without_period

TODAY = date(2026, 9, 1)  # a Tuesday


def read(words: str) -> Period:
    """The time found in the words on 1 September 2026."""
    found = period(words, TODAY)
    if found is None:
        pytest.fail(f"no time in {words!r}")
    return found


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


DATED: list[Any] = [
    # question, since, until, what was understood
    ("Was it safe in 2011?", "2011-01-01", "2011-12-31", "in 2011"),
    ("And back in 2011?", "2011-01-01", "2011-12-31", "in 2011"),
    ("crime during 2014 in Lima", "2014-01-01", "2014-12-31", "in 2014"),
    ("robberies throughout 2019", "2019-01-01", "2019-12-31", "in 2019"),
    ("How was it in the year 2015?", "2015-01-01", "2015-12-31", "in 2015"),
    ("Was there cholera in early 2012?", "2012-01-01", "2012-12-31", "in 2012"),
    ("muggings in the summer of 2019", "2019-01-01", "2019-12-31", "in 2019"),
    ("unrest at the end of 2020", "2020-01-01", "2020-12-31", "in 2020"),
    ("kidnapping in the 1990s", "1990-01-01", "1999-12-31", "from 1990 to 1999"),
    ("kidnapping in 1990s", "1990-01-01", "1999-12-31", "from 1990 to 1999"),
    ("kidnapping in the 90s", "1990-01-01", "1999-12-31", "from 1990 to 1999"),
    ("coups in the 2000s", "2000-01-01", "2009-12-31", "from 2000 to 2009"),
    ("the 2011 report on taxis", "2011-01-01", "2011-12-31", "in 2011"),
    ("What did the 2011 crime and safety report say?", "2011-01-01", "2011-12-31", "in 2011"),
    ("Peru's July 2025 advisory", "2025-07-01", "2025-07-31", "in July 2025"),
    ("crime figures for 2018", "2018-01-01", "2018-12-31", "in 2018"),
    ("crime statistics 2018 Peru", "2018-01-01", "2018-12-31", "in 2018"),
    ("advice of July 2025 for Peru", "2025-07-01", "2025-07-31", "in July 2025"),
    ("advisory issued in 2015", "2015-01-01", "2015-12-31", "in 2015"),
    ("burglary Almaty 2011", "2011-01-01", "2011-12-31", "in 2011"),
    ("burglary Almaty mid-2012", "2012-01-01", "2012-12-31", "in 2012"),
    ("Was it safe in July 2025?", "2025-07-01", "2025-07-31", "in July 2025"),
    ("protests in jul 2025", "2025-07-01", "2025-07-31", "in July 2025"),
    ("protests in September, 2025", "2025-09-01", "2025-09-30", "in September 2025"),
    ("protests in February 2024", "2024-02-01", "2024-02-29", "in February 2024"),
    ("attack on 3 March 2024", "2024-03-03", "2024-03-03", "on 3 March 2024"),
    ("attack on March 3rd, 2024", "2024-03-03", "2024-03-03", "on 3 March 2024"),
    ("attack on the 3rd of March 2024", "2024-03-03", "2024-03-03", "on 3 March 2024"),
    ("attack on 12/05/2024", "2024-05-12", "2024-05-12", "on 12 May 2024"),
    ("attack on 2024-05-12", "2024-05-12", "2024-05-12", "on 12 May 2024"),
    ("What changed in May?", "2026-05-01", "2026-05-31", "in May 2026"),
    ("What happened in December?", "2025-12-01", "2025-12-31", "in December 2025"),
    ("Were there floods in August?", "2026-08-01", "2026-08-31", "in August 2026"),
    ("Was anyone hurt on 5 May?", "2026-05-05", "2026-05-05", "on 5 May 2026"),
    ("Was it lifted on 24 December?", "2025-12-24", "2025-12-24", "on 24 December 2025"),
    ("before 2020", None, "2019-12-31", "before 2020"),
    ("What was the level prior to 2020?", None, "2019-12-31", "before 2020"),
    ("pre-2020 entry rules", None, "2019-12-31", "before 2020"),
    ("What was said before 1 May 2024?", None, "2024-04-30", "before May 2024"),
    ("What was said before 12 May 2024?", None, "2024-05-11", "before 12 May 2024"),
    ("Was there a curfew before March?", None, "2026-02-28", "before March 2026"),
    ("before the 1990s", None, "1989-12-31", "before 1990"),
    ("until 2019", None, "2019-12-31", "before 2020"),
    ("What was required up until July 2025?", None, "2025-07-31", "before August 2025"),
    ("Was there a curfew until May?", None, "2026-05-31", "before June 2026"),
    ("the level as of March 2025", None, "2025-03-31", "before April 2025"),
    ("by the end of 2019", None, "2019-12-31", "before 2020"),
    ("What is new since July?", "2026-07-01", None, "since July 2026"),
    ("since may", "2026-05-01", None, "since May 2026"),
    ("What has changed since November?", "2025-11-01", None, "since November 2025"),
    ("since 1 July 2025", "2025-07-01", None, "since July 2025"),
    ("since 14 July", "2026-07-14", None, "since 14 July 2026"),
    ("since 14 October", "2025-10-14", None, "since 14 October 2025"),
    ("ever since 2019", "2019-01-01", None, "since 2019"),
    ("since the start of 2024", "2024-01-01", None, "since 2024"),
    ("since the 2023 coup", "2023-01-01", None, "since 2023"),
    ("since last year", "2025-01-01", None, "since 2025"),
    ("since Friday", "2026-08-28", None, "since 28 August 2026"),
    ("since yesterday", "2026-08-31", None, "since 31 August 2026"),
    ("since two weeks ago", "2026-08-18", None, "since 18 August 2026"),
    ("from 2019 onwards", "2019-01-01", None, "since 2019"),
    ("from 2015 to now", "2015-01-01", None, "since 2015"),
    ("What happened after March?", "2026-04-01", None, "since April 2026"),
    ("after 2020", "2021-01-01", None, "since 2021"),
    ("after 3 March 2024", "2024-03-04", None, "since 4 March 2024"),
    ("between 2015 and 2018", "2015-01-01", "2018-12-31", "from 2015 to 2018"),
    ("from 2015 to 2018", "2015-01-01", "2018-12-31", "from 2015 to 2018"),
    ("crime 2015–2018", "2015-01-01", "2018-12-31", "from 2015 to 2018"),
    ("between March and June 2025", "2025-03-01", "2025-06-30", "from 1 March 2025 to 30 June 2025"),
    ("between 2024 and 2030", "2024-01-01", None, "since 2024"),
    ("last year", "2025-01-01", "2025-12-31", "in 2025"),
    ("last year's advice", "2025-01-01", "2025-12-31", "in 2025"),
    ("last month", "2026-08-01", "2026-08-31", "in August 2026"),
    ("last week", "2026-08-24", "2026-08-30", "from 24 August 2026 to 30 August 2026"),
    ("last July", "2026-07-01", "2026-07-31", "in July 2026"),
    ("last September", "2025-09-01", "2025-09-30", "in September 2025"),
    ("last Monday", "2026-08-31", "2026-08-31", "on 31 August 2026"),
    ("last Tuesday", "2026-08-25", "2026-08-25", "on 25 August 2026"),
    ("yesterday", "2026-08-31", "2026-08-31", "on 31 August 2026"),
    ("last winter", "2025-09-01", None, "since September 2025"),
    ("What changed this year?", "2026-01-01", None, "since 2026"),
    ("What changed in 2026?", "2026-01-01", None, "since 2026"),
    ("What was published this week?", "2026-08-31", None, "since 31 August 2026"),
    ("in the past two weeks", "2026-08-18", None, "since 18 August 2026"),
    ("over the last 6 months", "2026-03-01", None, "since March 2026"),
    ("in the last few days", "2026-08-29", None, "since 29 August 2026"),
    ("during the past year", "2025-09-01", None, "since September 2025"),
    ("in the last year", "2025-09-01", None, "since September 2025"),
    ("the past couple of months", "2026-07-01", None, "since July 2026"),
    ("the last 36 hours", "2026-08-30", None, "since 30 August 2026"),
    ("the last decade or the last 10 years", "2016-09-01", None, "since September 2016"),
    ("two years ago", "2024-01-01", "2024-12-31", "in 2024"),
    ("three months ago", "2026-06-01", "2026-06-30", "in June 2026"),
    ("a week ago", "2026-08-19", "2026-08-25", "from 19 August 2026 to 25 August 2026"),
    ("10 days ago", "2026-08-22", "2026-08-22", "on 22 August 2026"),
]


@pytest.mark.parametrize(("words", "since", "until", "understood"), DATED)
def test_a_time_that_filters(words: str, since: str | None, until: str | None, understood: str) -> None:
    found = read(words)
    assert (found.since, found.until, found.words) == (day(since), day(until), understood)
    assert found.past is (until is not None)


NO_TIME = [
    "Is it safe in May?",
    "Is it safe in winter?",
    "Can I swim in July and August?",
    "Should I leave before March?",
    "Is the pass open after May?",
    "Is there a curfew until 5 October?",
    "Is it safe in 2031?",
    "Will it be safe in 2027?",
    "Is the visa waiver valid until 2027?",
    "Is my passport, valid until 2025, enough?",
    "Would a passport from 2015 do?",
    "Can I use a licence issued in 2015?",
    "I was convicted in 2011, can I get a visa?",
    "I was bitten by a dog two days ago",
    "My visa expired last month, what now?",
    "I overstayed last year",
    "We visited in 2019 and loved it. Is it safe?",
    "Can I enter if I have been in Angola in the past 6 days?",
    "Do travellers who have been in Congo in the last 21 days need a test?",
    "My grandmother was born in 1940, may she enter?",
    "Is it safe in 20 days?",
    "Can I get altitude sickness in 2000 metres?",
    "Do I need more than 2000 dollars?",
    "Is the fine over 2000 pesos?",
    "May I take photos?",
    "Do people march in protest?",
    "I'm used to heat, is it worse there?",
    "What is chloroquine used to treat?",
    "It used to be dangerous, is it still?",
    "Who do I call on 2011?",
    "Is route 2011 safe?",
    "Is it safe after the 2015 earthquake?",
    "What happened in the 2015 earthquake?",
    "Is it safe during the World Cup 2018?",
    "What changed since 31 February?",
    "since when is it closed?",
    "",
]


@pytest.mark.parametrize("words", NO_TIME)
def test_a_time_to_come_or_of_the_travellers_own_life_is_none(words: str) -> None:
    assert period(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("What used to be the police number?", "used to"),
        ("Did the advice use to be stricter?", "Did the advice use to"),
        ("Formerly, was a permit needed?", "Formerly"),
        ("What did the old advice say?", "old advice"),
        ("the superseded page on visas", "superseded page"),
        ("the old police number", "old police number"),
        ("Have tourists been kidnapped in the past?", "in the past"),
        ("How was it back then?", "back then"),
    ],
)
def test_the_past_without_a_date(words: str, understood: str) -> None:
    found = read(words)
    assert (found.since, found.until, found.past, found.words) == (None, None, True, understood)


@pytest.mark.parametrize(
    "words",
    [
        "Has crime risen recently?",
        "How is it lately?",
        "attacks in recent months",
        "Is it safe in 2026?",
        "Is it safe this year?",
        "It was 02 in 2011, is it still?",
        "Is the advice of July 2025 still valid?",
        "What was the number in 2011 and what is it now?",
    ],
)
def test_the_present_is_named_but_filters_nothing(words: str) -> None:
    found = read(words)
    assert (found.since, found.until, found.past) == (None, None, False)


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("Was it safe in Kazakhstan back in 2011?", "back in 2011"),
        ("What did the 2011 report say?", "2011"),
        ("Did anything happen over the last 6 months in Lima?", "over the last 6 months"),
        ("What is new since the start of July, please?", "since the start of July"),
        ("crime between March and June 2025 in Lima", "between March and June 2025"),
        ("burglary Almaty 2011?", "2011"),
        ("How is it lately?", "lately"),
    ],
)
def test_where_the_phrase_stands(words: str, phrase: str) -> None:
    found = read(words)
    assert words[found.start : found.end] == phrase


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("Was it safe in Peru back in 2011?", "Was it safe in Peru?"),
        ("the 2011 report on taxis", "the report on taxis"),
        ("Has crime risen lately?", "Has crime risen?"),
        ("What used to be the number?", "What used to be the number?"),
        ("Is it safe in May?", "Is it safe in May?"),
        ("since July", ""),
    ],
)
def test_the_date_is_taken_out_of_the_words(words: str, rest: str) -> None:
    assert without_period(words, TODAY) == rest


def test_a_leap_day_and_the_turn_of_the_year() -> None:
    assert period("last month", date(2024, 3, 31)) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
        True,
        "in February 2024",
        0,
        10,
    )
    found = period("since December", date(2026, 1, 1))
    assert found is not None
    assert found.since == date(2025, 12, 1)


_PIECES = """in before until since after between and from last past this the year month weeks ago 2011 2027 31 30 2 May
July February 90s 1990s two few 12/13/2020 2025-02-30 report used to recently mid- – , ? changed was"""
_TEXTS = st.lists(st.sampled_from(_PIECES.split()), max_size=14).map(" ".join) | st.text(max_size=200)


@given(_TEXTS, st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_any_text_gives_a_sensible_period_or_none(words: str, today: date) -> None:
    found = period(words, today)
    if found is None:
        return
    assert 0 <= found.start < found.end <= len(words)
    assert found.words
    assert found.since is None or date(1900, 1, 1) <= found.since <= today
    assert found.until is None or date(1899, 12, 31) <= found.until < today
    assert found.since is None or found.until is None or found.since <= found.until
    assert found.past or found.until is None

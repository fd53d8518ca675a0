"""Whom the police hold is in no danger that the police would end."""

from __future__ import annotations

import pytest

from assistant.understanding.custody import custody_left_out, in_custody, without_custody
from assistant.understanding.emergency import Heard, is_emergency
from assistant.understanding.situations import help_after_arrest


@pytest.mark.parametrize(
    "turn",
    [
        "police arrested my sister in Hanoi",
        "the cops took my dad to the station",
        "our guide was detained by border guards",
        "immigration is holding my wife",
        "they locked up my brother",
        "he has been taken to jail",
    ],
)
def test_no_meaning_alarms_for_an_arrest(turn: str) -> None:
    assert in_custody(turn)
    assert without_custody(turn) == ""
    assert not is_emergency([turn], lambda _turn: Heard.ALARM)


@pytest.mark.parametrize(
    "turn",
    [
        "men dressed as police took my dad",
        "fake cops are holding us",
        "police took my son to hospital",
        "he was detained by gunmen",
        "the police took my bag",
        "my brother was taken by a wave",
    ],
)
def test_what_is_no_custody(turn: str) -> None:
    assert not in_custody(turn)
    assert without_custody(turn) == custody_left_out(turn) == turn


def test_what_else_is_told_still_alarms() -> None:
    assert without_custody("Police arrested my wife. Water is everywhere!") == "Water is everywhere!"
    assert custody_left_out("police took my son and are beating him") == " and are beating him"
    assert is_emergency(["my son was arrested and they are beating him"])


@pytest.mark.parametrize(
    ("words", "as_arrest"),
    [
        ("police took my husband to the station", True),
        ("cops locked up my brother", True),
        ("customs officers detained my wife, help us", True),
        ("police arrested my husband", False),  # finds what it needs in its own words
        ("what if the police take my son", False),
    ],
)
def test_an_arrest_in_other_words_is_searched_for_as_one(words: str, *, as_arrest: bool) -> None:
    assert bool(help_after_arrest(words)) is as_arrest

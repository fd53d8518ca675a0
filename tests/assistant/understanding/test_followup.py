"""Turns that ask the last question again: of another government, about a new destination, which of two, for oneself."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.followup import stand_alone
from assistant.understanding.question import understand
from assistant.understanding.wanted import Wanted
from index.placenames import table

TODAY = date(2026, 9, 1)
COVERED = frozenset(table().codes)


@pytest.mark.parametrize(
    ("before", "words", "sentence"),
    [
        (
            "Is there malaria in Botswana?",
            "what do the irish say",
            "Is there malaria in Botswana, according to Ireland?",
        ),
        ("Is Egypt safe?", "and the Irish? do they warn too", "Is Egypt safe, according to Ireland?"),
        ("Is Egypt safe?", "the Australians, what do they think", "Is Egypt safe, according to Australia?"),
        ("Is Egypt safe?", "do the Australians agree", "Is Egypt safe, according to Australia?"),
        (
            "Should I go to Oman?",
            "and the americans, do they also say don't go",
            "Should I go to Oman, according to the United States?",
        ),
        (
            "Is Egypt safe?",
            "and the Canadians? do they also say avoid that border",
            "Is Egypt safe, according to Canada?",
        ),
        ("Is Egypt safe?", "according to Canada", "Is Egypt safe, according to Canada?"),
        ("Is Egypt safe?", "and according to Canada and Ireland", "Is Egypt safe, according to Canada and Ireland?"),
        (
            "Is Egypt safe, according to Canada?",
            "what do the British say?",
            "Is Egypt safe, according to the United Kingdom?",
        ),
        ("What does the UK say about Mali?", "do the Irish agree?", "What does Ireland say about Mali?"),
        # What has a subject of its own is a question of its own.
        ("Is Egypt safe?", "what do the Irish say about taxis", "What do the Irish say about taxis in Egypt?"),
        ("Is Egypt safe?", "and the Irish, do they say taxis are safe", "Do the Irish say taxis are safe in Egypt?"),
        ("Is Egypt safe?", "what does Canada say about Peru", "What does Canada say about Peru?"),
        ("Is Egypt safe?", "what do the Germans say", "What do the Germans say in Egypt?"),
    ],
)
def test_the_last_question_according_to_a_government(before: str, words: str, sentence: str) -> None:
    assert stand_alone(words, [before]) == sentence


def test_the_place_stays_where_another_government_is_asked() -> None:
    history = ["Is there malaria in Botswana?", "what do the irish say"]
    asked = understand("and in Namibia?", today=TODAY, history=history, covered=COVERED)
    assert (asked.places, asked.publishers, asked.search_words) == (("NA",), ("IE",), "Is there malaria?")


@pytest.mark.parametrize(
    ("before", "words", "sentence"),
    [
        ("Is Cartagena safe at night?", "actually we land in Medellin not Cartagena", "Is Medellín safe at night?"),
        ("Is Lisbon safe?", "we fly into Porto instead", "Is Porto safe?"),
        ("Is Lisbon safe?", "we are flying into Porto instead of Lisbon", "Is Porto safe?"),
        ("Is Colombo safe?", "actually we are staying in Galle", "Is Galle safe?"),
        ("Is Berlin safe?", "actually we go to Bremen not Berlin", "Is Bremen safe?"),
        # News of its own, or a question of its own.
        ("Is Colombo safe?", "we are staying in Galle", "We are staying in Galle"),
        ("Is Lisbon safe?", "actually we fly into Porto, do we need a visa", "We fly into Porto, do we need a visa"),
        ("Is Colombo safe?", "actually we were robbed in Galle", "We were robbed in Galle"),
    ],
)
def test_a_new_destination_asks_the_same_there(before: str, words: str, sentence: str) -> None:
    assert stand_alone(words, [before]) == sentence


@pytest.mark.parametrize(
    ("history", "words", "sentence"),
    [
        (
            ["Morocco", "or maybe Oman instead"],
            "which one is safer for a woman alone",
            "Which is safer for a woman alone, Morocco or Oman?",
        ),
        (["Is Morocco safe?", "and Oman?"], "which is safer", "Which is safer, Morocco or Oman?"),
        (["Is Morocco safe?", "and Oman?"], "which of the two is safer", "Which is safer, Morocco or Oman?"),
        (["Is Peru or Chile safe?"], "which is safer at night", "Which is safer at night, Peru or Chile?"),
        # Of one place, or of other things, nothing is compared.
        (["Is Peru safe?"], "which is safer", "Is Peru safe? Which is safer?"),
        (
            ["Is Lima safe?", "is the bus or the train safe in Cusco?"],
            "which is safer",
            "Is the bus or the train safe in Cusco? Which is safer?",
        ),
        (["Is Morocco safe?", "and Oman?"], "which is safer, bus or train", "Which is safer, bus or train in Oman?"),
        (["Is Morocco safe?", "and Oman?"], "which is best", "Is Oman safe? Which is best?"),
    ],
)
def test_which_of_the_places_of_two_turns(history: list[str], words: str, sentence: str) -> None:
    assert stand_alone(words, history) == sentence


@pytest.mark.parametrize(
    ("before", "words", "sentence"),
    [
        ("Do Germans need a visa for Vietnam?", "and mine?", "Do I need a visa for Vietnam?"),
        ("Does a German need a visa for Vietnam?", "and me?", "Do I need a visa for Vietnam?"),
        ("Do German passport holders need a visa for Vietnam?", "what about me?", "Do I need a visa for Vietnam?"),
        ("Do I need a visa for Vietnam as a German citizen?", "and me?", "Do I need a visa for Vietnam?"),
        (
            "Do I need a visa for Vietnam with a German passport?",
            "and with mine?",
            "Do I need a visa for Vietnam with my passport?",
        ),
        ("Do I need a visa for Vietnam?", "and me?", "Do I need a visa for Vietnam?"),
        ("Is Peru safe?", "and me?", "What about me in Peru?"),
        ("Does Vietnam require a visa?", "and me?", "What about me in Vietnam?"),
    ],
)
def test_the_same_for_oneself(before: str, words: str, sentence: str) -> None:
    assert stand_alone(words, [before]) == sentence


def test_oneself_is_of_the_passports_nationality() -> None:
    history = ["Do Indians need a visa for Thailand?"]
    asked = understand("and mine?", today=TODAY, history=history, passport="IE", covered=COVERED)
    assert (asked.places, asked.nationality, asked.wanted) == (("TH",), "IE", Wanted.TEXT)


@pytest.mark.parametrize("words", ["why do they say that?", "what is the reason for that", "what's the reason?"])
def test_a_reason_is_asked_for_in_many_words(words: str) -> None:
    assert stand_alone(words, ["Should I go to Mali?"]) == "Why is this the advisory level for Mali?"
    assert stand_alone(words, ["Is it legal to vape in Oman?"]) == "Why is it legal to vape in Oman?"


def test_a_reason_of_its_own_is_no_why() -> None:
    assert stand_alone("what is the reason for the curfew", ["Is Oman safe?"]) != stand_alone("why?", ["Is Oman safe?"])

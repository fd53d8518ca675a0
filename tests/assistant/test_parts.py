"""A turn of two questions is answered in two parts; one question, however it is put, stays one."""

from __future__ import annotations

import pytest

from assistant import messages
from assistant.outcome import Status
from assistant.parts import parts
from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "Are the ATMs safe in Bogota and can I drink the tap water?",
            ("Are the ATMs safe in Bogota", "can I drink the tap water"),
        ),
        ("is there dengue in Sri Lanka and is tap water ok", ("is there dengue in Sri Lanka", "is tap water ok")),
        (
            "How much cash can I bring to Zimbabwe, and do the ATMs work?",
            ("How much cash can I bring to Zimbabwe", "do the ATMs work"),
        ),
        ("Jordan: do I need a visa and is the water ok?", ("Jordan: do I need a visa", "is the water ok")),
        (
            "Is it safe to walk in Lima at night? Should I take a taxi?",
            ("Is it safe to walk in Lima at night", "Should I take a taxi"),
        ),
        ("Are there scams in Peru and do I need a visa?", ("Are there scams in Peru", "do I need a visa")),
        ("Can I drive in Peru and is it safe to hike?", ("Can I drive in Peru", "is it safe to hike")),
    ],
)
def test_the_questions_of_a_turn(words: str, found: tuple[str, ...]) -> None:
    assert parts(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "Is there kava in Vanuatu and is it legal?",  # "it" is the kava
        "What vaccines do I need for Peru and where can I get them?",
        "Do I need a visa for Peru and how long does it take?",
        "What if my wife is arrested in Peru and how can I help her?",
        "I am pregnant and is there Zika in Brazil?",  # who asks is no question
        "Where and how can I exchange money in Peru?",
        "Is it safe in Peru and what is the crime rate?",
        "Is crime and theft common in Rome and Milan?",
        "Is the border between Peru and Bolivia open?",
        "Are drones legal and can be flown in Peru?",
        "Which areas of Lima are cheap and is safe?",
        "What do I do if I am robbed and lose my passport in Peru?",
        "Is there dengue in Peru and how do I protect myself?",
        "Is there malaria in Peru and should I take tablets?",
        "Is there an earthquake risk in Peru and what should we do?",
        "Is there crime in Peru and",
        "",
    ],
)
def test_one_question_stays_one(words: str) -> None:
    assert parts(words) == ()


def test_each_question_of_a_turn_is_answered_by_itself(ask: Ask) -> None:
    answer = ask("Is petty theft common in Kazakhstan and does snow close the mountain roads?")
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].heading_words[-1] == "Crime"
    assert answer.quotes[1].heading_words[-1] == "Roads"
    assert "In winter snow closes the Astana to Pavlodar motorway for days." in answer.quotes[1].shown
    assert not answer.notes


def test_a_question_of_a_turn_that_nothing_answers_is_named(ask: Ask) -> None:
    told = ask("Is petty theft common in Kazakhstan?")
    answer = ask("Is petty theft common in Kazakhstan and can I feed the penguins in the zoo?")
    assert answer.notes == (messages.PART_NOT_ANSWERED.format(words="can I feed the penguins in the zoo"),)
    assert [q.shown for q in answer.quotes] == [q.shown for q in told.quotes]


def test_where_nothing_answers_any_the_turn_is_refused(ask: Ask) -> None:
    answer = ask("Can I pet penguins in Kazakhstan and do the unicorns bite people?")
    assert (answer.status, answer.reason, answer.quotes) == (Status.NO_SOURCE, "fact_not_covered", ())


def test_numbers_and_several_places_are_asked_for_as_before(ask: Ask) -> None:
    number = ask("What is the police number in Kazakhstan and where is the nearest hospital?")
    assert not any("this part" in note for note in number.notes)
    places = ask("Is petty theft common in Kazakhstan and can I feed the penguins in Lebanon?")
    assert not any("this part" in note for note in places.notes)

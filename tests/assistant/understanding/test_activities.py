"""What one will do there, where vaccinations or a visa are asked for."""

from __future__ import annotations

import pytest

from assistant.understanding.activities import without_activities
from assistant.understanding.question import understand
from tests.assistant.conftest import TODAY, Ask

LEFT_OUT = [
    ("gorilla trekking what vaccine", "what vaccine"),
    ("safari what vaccine", "what vaccine"),
    ("surfing which vaccinations", "which vaccinations"),
    ("trekking gorillas visa", "visa"),
    ("Do I need a visa to go scuba diving?", "Do I need a visa ?"),
    ("which jabs for a safari", "which jabs"),
]

AS_IT_STANDS = [
    "Is gorilla trekking safe?",
    "Is it safe to go diving and do I need a visa?",
    "Does insurance cover skiing, and which vaccinations?",
    "Do I need a permit and a visa for gorilla trekking?",
    "Where can I go diving after a rabies vaccine?",
    "What vaccinations do I need?",
    "Do I need a visa for a job as a driver?",
]


@pytest.mark.parametrize(("words", "left"), LEFT_OUT)
def test_an_activity_is_left_out_beside_a_vaccination_or_a_visa(words: str, left: str) -> None:
    assert without_activities(words) == left


@pytest.mark.parametrize("words", AS_IT_STANDS)
def test_any_other_question_stays(words: str) -> None:
    assert without_activities(words) == words


def test_an_index_about_no_place_is_asked_as_it_is() -> None:
    words = "Which vaccine for a safari?"
    assert understand(words, today=TODAY).search_words == words
    assert understand(words, today=TODAY, covered={"KZ"}).search_words == "Which vaccine ?"


def test_the_activity_changes_no_answer(ask: Ask) -> None:
    alone, beside = (ask(f"What vaccinations {words}in Kazakhstan?") for words in ("", "for trekking "))
    assert alone.quotes
    assert [quote.shown for quote in beside.quotes] == [quote.shown for quote in alone.quotes]

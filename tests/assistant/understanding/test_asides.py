"""What is left out of a question: tags at its end, and what one will do there; and words that stay."""

from __future__ import annotations

import pytest

from assistant.understanding.asides import without_activities, without_tag
from assistant.understanding.question import understand
from tests.assistant.conftest import TODAY, Ask

TAGS = [
    ("tuk tuk in Colombo yes or no", "is tuk tuk in Colombo safe?"),
    ("night bus to Uyuni, wise?", "is night bus to Uyuni safe?"),
    ("street food, a good idea or not?", "is street food safe?"),
    ("Tap water in Lima, ok?", "is Tap water in Lima safe?"),
    ("hitchhiking - y/n?", "is hitchhiking - safe?"),
    ("we're walking home at night, sensible?", "we're walking home at night, is it safe?"),
    ("do I need a visa for Kenya or not?", "do I need a visa for Kenya?"),
    ("Is the water safe to drink, yes or no", "Is the water safe to drink?"),
    ("and tuk tuks, ok?", "and tuk tuks?"),
]

NO_TAGS = [
    "Is the tap water ok?",
    "Is it wise?",
    "yes or no?",
    "Peru: go or not?",
    "Lima, safe or not safe?",
    "Is Lima safe or not",
    "Is renting a scooter a good idea?",
    "Would it be okay to hitchhike, or unwise?",
    "Is there a yes or no answer to that?",
    "jaywalking in Singapore, fine?",
    "",
]

ACTIVITIES = [
    ("gorilla trekking what vaccine", "what vaccine"),
    ("safari what vaccine", "what vaccine"),
    ("surfing which vaccinations", "which vaccinations"),
    ("trekking gorillas visa", "visa"),
    ("Do I need a visa to go scuba diving?", "Do I need a visa ?"),
    ("which jabs for a safari", "which jabs"),
]

NO_ACTIVITIES = [
    "Is gorilla trekking safe?",
    "Is it safe to go diving and do I need a visa?",
    "Does insurance cover skiing, and which vaccinations?",
    "Do I need a permit and a visa for gorilla trekking?",
    "Where can I go diving after a rabies vaccine?",
    "What vaccinations do I need?",
    "Do I need a visa for a job as a driver?",
]


@pytest.mark.parametrize(("asked", "read"), TAGS)
def test_a_tag_is_no_subject(asked: str, read: str) -> None:
    assert without_tag(asked) == read


@pytest.mark.parametrize("asked", NO_TAGS)
def test_other_words_at_the_end_stay(asked: str) -> None:
    assert without_tag(asked) == asked


def test_after_other_questions_a_thing_is_asked_what_they_asked() -> None:
    assert without_tag("Malaysia, ok?", goes_on=True) == "Malaysia?"


def test_the_question_is_shown_as_it_was_written() -> None:
    question = understand("tuk tuk in Colombo yes or no", today=TODAY, covered=("LK",))
    assert (question.words, question.places) == ("tuk tuk in Colombo yes or no", ("LK",))
    assert question.search_words == "is tuk tuk in Colombo safe?"


@pytest.mark.parametrize(("words", "left"), ACTIVITIES)
def test_an_activity_is_left_out_beside_a_vaccination_or_a_visa(words: str, left: str) -> None:
    assert without_activities(words) == left


@pytest.mark.parametrize("words", NO_ACTIVITIES)
def test_an_activity_that_is_asked_about_stays(words: str) -> None:
    assert without_activities(words) == words


def test_an_index_about_no_place_is_asked_as_it_is() -> None:
    words = "Which vaccine for a safari?"
    assert understand(words, today=TODAY).search_words == words
    assert understand(words, today=TODAY, covered={"KZ"}).search_words == "Which vaccine ?"


def test_the_activity_changes_no_answer(ask: Ask) -> None:
    alone, beside = (ask(f"What vaccinations {words}in Kazakhstan?") for words in ("", "for trekking "))
    assert alone.quotes
    assert [quote.shown for quote in beside.quotes] == [quote.shown for quote in alone.quotes]

"""Tags at the end of a question, and words there that are none."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.tags import without_tag
from tests.assistant.conftest import TODAY

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

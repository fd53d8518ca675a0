"""Rules of entry, asked about as a whole or not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.entry import entry_in_general, entry_rules
from assistant.question import understand

AS_A_WHOLE = [
    "What do I need to get into?",
    "What does it take to get in?",
    "what papers do I need to enter",
    "Which documents does ask for at the border?",
    "entry rules",
    "What are the visa requirements?",
    "visa and entry requirements for tourists",
]
OF_ONE_THING = [
    "Do I need a visa?",
    "Is a transit visa needed to enter?",
    "Am I allowed to enter with a criminal record?",
]
NOT_OF_ENTRY = ["What should I do at the border?", "What does the army do at the border?", "What do I need to drive?"]


@pytest.mark.parametrize("words", AS_A_WHOLE)
def test_the_rules_as_a_whole_are_searched_for_as_pages_word_them(words: str) -> None:
    assert entry_rules(words)
    assert entry_in_general(words) == "What are the entry requirements: passport and visa?"


@pytest.mark.parametrize("words", [*OF_ONE_THING, *NOT_OF_ENTRY])
def test_one_thing_is_searched_for_in_its_own_words(words: str) -> None:
    assert entry_in_general(words) == ""
    assert entry_rules(words) is (words in OF_ONE_THING)


def test_the_place_stays_where_it_was() -> None:
    question = understand("What do I need to get into Peru?", today=date(2026, 11, 23), covered=["PE", "KZ"])
    assert (question.places, question.entry_rules) == (("PE",), True)
    assert question.search_words == "What are the entry requirements: passport and visa?"
    assert question.standalone == "What do I need to get into Peru?"

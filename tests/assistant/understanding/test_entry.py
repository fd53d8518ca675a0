"""Rules of entry, asked about as a whole or not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.entry import entry_in_general, entry_rules
from assistant.understanding.question import understand

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


STAYS = [
    "How long can I stay?",
    "how long am I allowed to stay in",
    "How many days can tourists stay without a visa?",
    "And how long can I legally stay there as a tourist?",
    "How long may we stay?",
    "How many days without a visa?",
]
NO_STAYS = [
    "How long can I stay in the sun?",
    "How long can I stay with a tourist visa after it was cancelled?",
    "How long can I stay in a hospital?",
    "How long should I stay indoors?",
    "How many days without rain?",
    "Where can I stay?",
]


@pytest.mark.parametrize("words", STAYS)
def test_how_long_a_visit_may_be_is_a_rule_of_entry(words: str) -> None:
    assert entry_rules(words)
    assert entry_in_general(words) == "Do I need a visa, and how long can I stay?"


@pytest.mark.parametrize("words", NO_STAYS)
def test_other_stays_are_searched_for_in_their_own_words(words: str) -> None:
    assert entry_in_general(words) == ""


def test_registering_with_the_authorities_is_a_rule_of_entry_and_reporting_to_the_police_is_not() -> None:
    assert entry_rules("Do I have to register with the police?")
    assert entry_rules("Is registration of my stay with the local authorities needed?")
    assert not entry_rules("Should I report a theft to the police?")
    assert not entry_rules("Can I register a car with my licence?")
    assert not entry_rules("How do I register a complaint about the authorities?")


@pytest.mark.parametrize("words", [*OF_ONE_THING, *NOT_OF_ENTRY])
def test_one_thing_is_searched_for_in_its_own_words(words: str) -> None:
    assert entry_in_general(words) == ""
    assert entry_rules(words) is (words in OF_ONE_THING)


def test_the_place_stays_where_it_was() -> None:
    question = understand("What do I need to get into Peru?", today=date(2026, 11, 23), covered=["PE", "KZ"])
    assert (question.places, question.entry_rules) == (("PE",), True)
    assert question.search_words == "What are the entry requirements: passport and visa?"
    assert question.standalone == "What do I need to get into Peru?"

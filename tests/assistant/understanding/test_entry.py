"""Rules of entry, asked about as a whole or not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.entry import asks_visa, entry_in_general, entry_rules
from assistant.understanding.question import understand

AS_A_WHOLE = [
    "What do I need to get into?",
    "What does it take to get in?",
    "what papers do I need to enter",
    "Which documents does ask for at the border?",
    "entry rules",
    "visa and entry requirements for tourists",
]
OF_ONE_THING = [
    "How do I get a visa?",
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


WHETHER_A_VISA = [
    "Do I need a visa for?",
    "I'm British. Will I need to get a visa before I fly to?",
    "do Canadians need a tourist visa to enter",
    "can my wife and I go to without a visa",
    "is visa free for Australians",
    "Is a visa required?",
    "visa requirements for",
    "What are the visa requirements?",
    "visa for?",
    "and a visa?",
    "Do I need a visa or is it visa-free?",
    "Do I need a visa for or ?",  # two places stood there
]
SOMETHING_ELSE = [
    "How much is a visa?",
    "How do I get a visa for?",
    "How long can I stay without a visa?",
    "Do I need a visa to work in?",
    "do journalists need a visa for",
    "do I need a transit visa for",
    "I was born in Tehran, do I need a visa?",
    "What documents do I need for a visa?",
    "Do I need a photo for the visa application?",
    "Do I need a visa and vaccinations?",
    "Do I need a visa? How much money may I bring?",
    "Do shops take Visa?",
]


@pytest.mark.parametrize("words", WHETHER_A_VISA)
def test_whether_one_needs_a_visa_is_searched_for_in_one_wording(words: str) -> None:
    assert asks_visa(words)
    assert entry_in_general(words) == "Do I need a visa?"


@pytest.mark.parametrize("words", SOMETHING_ELSE)
def test_what_else_is_asked_of_visas_is_not_that(words: str) -> None:
    assert not asks_visa(words)
    assert entry_in_general(words) != "Do I need a visa?"


def test_a_town_may_have_rules_of_its_own_and_stays_in_the_search() -> None:
    assert asks_visa("Do I need a visa for Aqaba?")
    assert entry_in_general("Do I need a visa for Aqaba?") == ""

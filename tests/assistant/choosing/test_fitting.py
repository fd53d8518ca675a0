"""Whether there are animals is answered by a text that names them; one parent's child is not unaccompanied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.choosing.fitting import fitting
from assistant.choosing.quotes import Quote
from assistant.outcome import Status
from tests.assistant.conftest import Ask

BOILERPLATE = "avoid contact with animals like stray dogs, livestock (such as pigs and cows), monkeys, snakes and bats."


@pytest.fixture(scope="module")
def quote(ask: Ask) -> Quote:
    return replace(ask("Are there crocodiles in Timor-Leste?").quotes[0], heading_words=("Wildlife",))


def left(asked: str, quote: Quote, *shown: str) -> list[str]:
    return [one.shown for one in fitting(asked, [replace(quote, shown=words) for words in shown])]


NAMED = [
    ("Are there sharks at the beaches?", "Shark attacks are rare."),
    ("are there wolves", "Bears and wolves live there."),
    ("any scorpions?", "A scorpion may hide in a shoe."),
    ("scorpions in Crete?", "Scorpions are common."),
    ("Are there crocs in the rivers", "Crocodiles live in rivers."),
    ("Are there sharks or jellyfish?", "Jellyfish can sting."),
    ("Are there any venomous snakes?", "be aware of dangerous species such as snakes"),
    ("are there dangerous polar bears here?", "Polar bears are dangerous."),
    ("Are there elephants?", "An elephant’s charge kills; exporting elephant ivory is illegal."),
    ("will I see stingrays?", "Stingrays lie in the sand."),
]

NOT_NAMED = [
    ("Are there sharks at the beaches?", "Stonefish stings can be fatal."),
    ("Are there snakes?", BOILERPLATE),
    ("Are there monkeys in the park?", BOILERPLATE),
    ("are there wolves", "If you're bitten or scratched by wildlife, wash the wound."),
    ("scorpions in Crete?", "be aware of dangerous species such as snakes"),
    ("Are there lions?", "Millions visit the parks."),
    ("Are there lions?", "Robberies occur on Lion’s Head and Lions Head."),
    ("Are there tigers?", "The tiger mosquito spreads dengue."),
    ("Are there hippos or elephants?", "Do not buy hippo teeth or elephant ivory."),
]

MORE_ASKED = [
    "Are there sharks and is it safe to swim?",
    "What should I do about snakes?",
    "How do I keep monkeys away?",
    "Are there snake bites, what do I do?",
    "Are there dangerous animals?",
    "Are there mosquitoes?",
    "Are there tiger reserves?",
    "Are there crocodile tours?",
    "Is it safe to swim with sharks?",
    "Are lions dangerous?",
    "",
]


@pytest.mark.parametrize(("asked", "shown"), NAMED)
def test_a_text_that_names_the_animal_answers(quote: Quote, asked: str, shown: str) -> None:
    assert left(asked, quote, "Take care.", shown) == [shown]


@pytest.mark.parametrize(("asked", "shown"), NOT_NAMED)
def test_a_text_about_other_animals_does_not(quote: Quote, asked: str, shown: str) -> None:
    assert left(asked, quote, shown) == []


@pytest.mark.parametrize("asked", MORE_ASKED)
def test_any_other_question_keeps_all_quotes(quote: Quote, asked: str) -> None:
    assert left(asked, quote, "Take care.", BOILERPLATE) == ["Take care.", BOILERPLATE]


def test_the_heading_may_name_the_animal(quote: Quote) -> None:
    told = replace(quote, shown="Attacks are rare.", heading_words=("Safety", "Sharks"))
    assert fitting("Are there sharks?", [told]) == [told]


def test_an_animal_that_no_page_of_the_country_names_is_refused(ask: Ask) -> None:
    there = ask("Are there crocodiles in Timor-Leste?")
    assert there.status is Status.ANSWERED
    assert "Crocodiles live in rivers" in there.quotes[0].shown
    for animal in ("sharks", "snakes", "wolves"):
        none = ask(f"Are there {animal} in Timor-Leste?")
        assert (none.status, none.reason, none.quotes) == (Status.NO_SOURCE, "fact_not_covered", ())


ALONE = "Unaccompanied children must carry proof of consent."
WITH_ONE = "If a child travels with one parent, the other should give consent."
EITHER = "Children who travel alone or with one parent need a letter."


@pytest.mark.parametrize(
    "asked",
    [
        "8 year old son without his father",
        "can my daughter fly with only her mother",
        "travelling with my kids without my husband",
        "a baby with one parent, what papers?",
        "my ex stays here, can only one of us take the children",
    ],
)
def test_a_child_with_one_parent_is_not_unaccompanied(quote: Quote, asked: str) -> None:
    assert left(asked, quote, ALONE, WITH_ONE, EITHER) == [WITH_ONE, EITHER, ALONE]
    assert left(asked, quote, ALONE) == [ALONE]


@pytest.mark.parametrize(
    "asked",
    [
        "What must an unaccompanied child carry?",
        "my son flies alone, without his father",
        "can my daughter travel on her own with only her mother's letter",
        "my kids travel without parents",
        "I travel without my husband",
        "is it safe for children?",
    ],
)
def test_a_child_alone_or_no_child_changes_nothing(quote: Quote, asked: str) -> None:
    assert left(asked, quote, ALONE, WITH_ONE) == [ALONE, WITH_ONE]


def test_what_to_do_about_a_lost_passport_speaks_of_a_loss(quote: Quote) -> None:
    asked = "if your passport is lost or stolen, report it"
    tell = "Should you lose your passport, tell the police and your embassy."
    chatter = "Your passport is worth much to thieves. Keep it in the safe."
    in_case = "Carry a copy of your passport in case the original is stolen."
    reported = "Nobody enters on a passport that was reported stolen before."
    bare = "Replace a lost passport"
    assert left(asked, quote, chatter, reported, in_case, bare, tell) == [tell]
    assert left(asked, quote, chatter, bare) == [bare]
    assert left(asked, quote, chatter) == [chatter]
    assert left("is a passport needed", quote, chatter, tell) == [chatter, tell]


def test_a_theft_is_not_reported_where_a_rape_is(quote: Quote) -> None:
    rape, theft = "Report sexual assault at the hospital.", "Report crime at the nearest station."
    assert left("report a theft", quote, rape, theft) == [theft]
    assert left("report a theft", quote, rape) == [rape]
    assert left("report a theft or rape", quote, rape, theft) == [rape, theft]

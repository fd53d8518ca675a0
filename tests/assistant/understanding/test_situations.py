"""What a traveller tells of: a loss, an arrest, a spiked drink, a same-sex couple; and what only sounds like it."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.situations import help_after_arrest, same_sex_couple, told_of
from assistant.understanding.thesaurus import related
from assistant.understanding.wanted import Wanted
from tests.assistant.conftest import TODAY

_SPIKED = "if you suspect drink spiking, seek urgent medical help"
_PASSPORT = "if your passport is lost or stolen, report it and get an emergency travel document"

COUPLES = [
    "i'm a bloke travelling with my boyfriend, what could happen to us",
    "I’m a woman travelling with my wife",
    "me and my husband (both men), any trouble?",
    "me and my wife, both women",
    "my daughter likes girls, can she go",
    "our son has two mums, can we go together",
    "we are 2 mums with a baby",
    "two dads with a toddler, is it safe?",
    "I'm into men, will they mind?",
]

OTHERS = [
    "my boyfriend and I are going, is it safe?",
    "a girl travelling with her boyfriend",
    "I'm a woman travelling with my girlfriends",
    "as a woman travelling with my boyfriend",
    "I'm a man travelling with my wife",
    "my son likes girls",
    "do men and women both pay?",
    "are both roads open to men?",
    "can men walk into bars?",
]


@pytest.mark.parametrize(
    "words",
    [
        "friend arrested in Doha, need a lawyer",
        "my friend was arrested in Doha, who can help?",
        "husband detained in Bangkok who can help us",
        "brother's been jailed in Lima, what do we do",
        "police detained my husband in Doha, how can I get him out",
        "police arrested my brother, what now",
        "Arrested in Nairobi, I need an English speaking lawyer",
    ],
)
def test_who_looks_for_help_after_an_arrest(words: str) -> None:
    assert help_after_arrest(words) == "arrested and detained by police, lawyer, embassy"


@pytest.mark.parametrize(
    "words",
    [
        "who can help me if I am arrested in Doha?",
        "what should I do if my friend is arrested",
        "can I be arrested for drinking, what do I do",
        "people are arrested for vaping, who can help me find a shop",
        "two journalists were arrested in Doha, is it safe?",
        "I was arrested ten years ago, do I need a visa?",
        "need a lawyer to buy a house in Lima",
        "",
    ],
)
def test_an_arrest_that_is_supposed_or_looks_for_no_help_is_no_story(words: str) -> None:
    assert help_after_arrest(words) == ""


def test_a_number_is_still_asked_for() -> None:
    words = "I was arrested in Almaty, need a lawyer, who do I call?"
    question = understand(words, today=TODAY, covered={"KZ"})
    assert question.wanted is Wanted.PHONE
    assert [service.key for service in question.services] == ["consular", "police"]
    told = understand("I was arrested in Almaty, need a lawyer", today=TODAY, covered={"KZ"})
    assert (told.wanted, told.places, told.search_words) == (Wanted.TEXT, ("KZ",), help_after_arrest(told.words))


@pytest.mark.parametrize("words", COUPLES)
def test_who_they_are_tells_of_a_same_sex_couple(words: str) -> None:
    assert same_sex_couple(words) == "LGBT+ same-sex relationships"


@pytest.mark.parametrize("words", OTHERS)
def test_other_couples_and_other_words_tell_of_none(words: str) -> None:
    assert same_sex_couple(words) == ""


@pytest.mark.parametrize(
    "words", ["a girl travelling with her boyfriend", "I'm a woman travelling with my girlfriends"]
)
def test_friends_and_boyfriends_of_women_call_no_word_of_the_field(words: str) -> None:
    assert "LGBT+" not in related(words)


@pytest.mark.parametrize(
    "words", ["we're two dads, is the tap water safe?", "two mums: what number do we call for the police?"]
)
def test_whoever_asks_for_something_else_gets_that(words: str) -> None:
    assert same_sex_couple(words) == ""


def test_it_is_searched_for_besides_the_users_own_words() -> None:
    question = understand("our son has two mums, can we go to Qatar together?", today=TODAY, covered=("QA",))
    assert question.search_words == "our son has two mums, can we go together? (LGBT+ same-sex relationships)"
    assert question.standalone == question.words
    ordinary = understand("my boyfriend and I are going to Qatar, is it safe?", today=TODAY, covered=("QA",))
    assert "LGBT" not in ordinary.search_words


@pytest.mark.parametrize(
    "words",
    [
        "my drink was spiked, what do I do",
        "drink spiked, feeling strange",
        "I think somebody put something in my drink",
        "someone spiked my friend's beer",
        "we think we have been drugged",
        "my sister got roofied",
    ],
)
def test_a_spiked_drink_is_told(words: str) -> None:
    assert told_of(words) == _SPIKED


@pytest.mark.parametrize(
    "words",
    [
        "is drink spiking common in Lima?",
        "what if my drink is spiked",
        "how common is it that a drink was spiked",
        "how do I keep my drink from being spiked",
        "can I put ice in my drink",
        "",
    ],
)
def test_what_is_asked_of_it_is_not(words: str) -> None:
    assert told_of(words) == ""


def test_a_passport_comes_before_a_wallet() -> None:
    assert told_of("they took my wallet and my passport") == _PASSPORT


@pytest.mark.parametrize("words", ["perdí mi pasaporte en Perú", "on m'a volé mon passeport au Pérou"])
def test_it_is_searched_for_whatever_the_language(words: str) -> None:
    question = understand(words, today=TODAY, covered={"PE"})
    assert (question.places, question.search_words) == (("PE",), _PASSPORT)

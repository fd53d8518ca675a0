"""What a traveller tells of: a lost passport, an arrest, a same-sex couple; and what only sounds like it."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.situations import help_after_arrest, lost_passport, same_sex_couple
from assistant.understanding.thesaurus import related
from assistant.understanding.wanted import Wanted
from tests.assistant.conftest import TODAY

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
        "They took my passport too",
        "I was robbed in Lima and they stole our passports",
        "I lost my passport, what should I do?",
        "my bag and passport are gone",
        "I can’t find my passport",
        "Me robaron el pasaporte en Lima",
        "on m'a volé mon passeport",
        "Mein Reisepass wurde gestohlen",
        "roubaram meu passaporte",
        "у меня украли паспорт",
    ],
)
def test_a_lost_passport_is_told(words: str) -> None:
    assert lost_passport(words) == "lost or stolen passport"


@pytest.mark.parametrize(
    "words",
    [
        "Can I fly home if my passport is stolen?",
        "Should I carry my passport or could it get stolen?",
        "How do I replace a stolen passport?",
        "They took my phone",
        "I took a bus with my friends",
        "Do I need a passport for Peru?",
        "Wird mir dort wohl der Pass gestohlen, wenn ich ausgehe?",
        "",
    ],
)
def test_a_loss_that_is_asked_about_or_supposed_is_no_story(words: str) -> None:
    assert lost_passport(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "friend arrested in Doha, need a lawyer",
        "my friend was arrested in Doha, who can help?",
        "husband detained in Bangkok who can help us",
        "brother's been jailed in Lima, what do we do",
        "Arrested in Nairobi, I need an English speaking lawyer",
    ],
)
def test_who_looks_for_help_after_an_arrest(words: str) -> None:
    assert help_after_arrest(words) == "if arrested, finding lawyers, consular help"


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

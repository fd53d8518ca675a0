"""Same-sex couples told by who they are, and travellers of whom nothing of the kind is told."""

from __future__ import annotations

import pytest

from assistant.understanding.couples import same_sex_couple
from assistant.understanding.question import understand
from assistant.understanding.thesaurus import related
from tests.assistant.conftest import TODAY

TOLD = [
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

NOT_TOLD = [
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


@pytest.mark.parametrize("words", TOLD)
def test_who_they_are_tells_of_a_same_sex_couple(words: str) -> None:
    assert same_sex_couple(words) == "LGBT+ same-sex relationships"


@pytest.mark.parametrize("words", NOT_TOLD)
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

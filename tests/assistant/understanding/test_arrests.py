"""Who is arrested and looks for help is led to what pages say of it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.arrests import help_after_arrest
from assistant.understanding.question import understand
from assistant.understanding.wanted import Wanted


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
def test_what_is_asked_in_its_own_words(words: str) -> None:
    assert help_after_arrest(words) == ""


def test_a_number_is_still_asked_for() -> None:
    words = "I was arrested in Almaty, need a lawyer, who do I call?"
    question = understand(words, today=date(2026, 9, 1), covered={"KZ"})
    assert question.wanted is Wanted.PHONE
    assert [service.key for service in question.services] == ["consular", "police"]
    told = understand("I was arrested in Almaty, need a lawyer", today=date(2026, 9, 1), covered={"KZ"})
    assert (told.wanted, told.places, told.search_words) == (Wanted.TEXT, ("KZ",), help_after_arrest(told.words))

"""What is told brings what to do, in the words of the pages."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.question import understand
from assistant.understanding.told import told_of

_SPIKED = "if you suspect drink spiking, seek urgent medical help"
_PASSPORT = "if your passport is lost or stolen, report it and get an emergency travel document"


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
    question = understand(words, today=date(2026, 9, 1), covered={"PE"})
    assert (question.places, question.search_words) == (("PE",), _PASSPORT)

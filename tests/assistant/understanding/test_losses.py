"""A passport that is lost, told in the traveller's words; and what only sounds like it."""

from __future__ import annotations

import pytest

from assistant.understanding.losses import lost_passport


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
def test_what_is_asked_or_supposed_is_searched_for_in_its_own_words(words: str) -> None:
    assert lost_passport(words) == ""

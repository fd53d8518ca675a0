"""A loss or a theft, told in the traveller's words; and what only sounds like it."""

from __future__ import annotations

import pytest

from assistant.understanding.losses import lost_passport, theft


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
        "perdí mi pasaporte en Chile",
        "mi hanno rubato il passaporto",
    ],
)
def test_a_lost_passport_is_told(words: str) -> None:
    assert lost_passport(words) == "if your passport is lost or stolen, report it and get an emergency travel document"


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


@pytest.mark.parametrize(
    "words",
    [
        "someone stole my bank card in Lima",
        "credit card stolen, what should I do",
        "my wallet is gone",
        "they snatched my wife's handbag",
        "all our luggage was stolen from the car",
        "I got pickpocketed last night",
        "I can't find my phone",
        "perdí mi tarjeta en Quito",
        "se me ha acabado el dinero y perdi la tarjeta",
        "on m'a volé mon sac à dos",
        "mein Portemonnaie ist weg",
        "roubaram minha mochila",
        "mi hanno rubato la borsa",
        "у меня украли кошелёк",
    ],
)
def test_a_theft_is_told(words: str) -> None:
    assert theft(words) == "report a theft to the local police, get a police report"


@pytest.mark.parametrize(
    "words",
    [
        "the airline lost my suitcase, what now",
        "my luggage is lost, who pays",
        "we lost money on the exchange",
        "police took my phone at the border",
        "how do I report a stolen phone?",
        "is my card likely to be skimmed, and could my bag get stolen?",
        "I took my phone and my bag",
        "perdimos el equipaje en el aeropuerto",
        "my phone was gone. Does that happen a lot?",
        "Are bank cards cloned there?",
        "someone stole my wallet, where is the consulate?",
        "got mugged in 2019, still scared",
        "¿hay robos de móviles?",
        "карты Украины",
        "",
    ],
)
def test_what_is_no_theft(words: str) -> None:
    assert theft(words) == ""

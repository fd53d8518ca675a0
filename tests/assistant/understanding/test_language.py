"""Questions in other languages, and English ones that look like them."""

from __future__ import annotations

import pytest

from assistant import messages
from assistant.understanding.language import cried_in, language
from tests.assistant.conftest import Ask

OTHERS = [
    ("¿Es seguro viajar a Colombia?", "es"),
    ("donde puedo cambiar dinero en Peru", "es"),
    ("Est-ce que je peux boire l’eau au Maroc ?", "fr"),
    ("Où puis-je trouver un médecin à Dakar ?", "fr"),
    ("Ist es gefährlich, in Mexiko zu fahren?", "de"),
    ("KANN ICH IN THAILAND MIT DEM TAXI FAHREN", "de"),
    ("Posso beber água da torneira no Brasil?", "pt"),
    ("É seguro andar à noite em Luanda?", "pt"),
    ("È sicuro guidare di notte in Kenya?", "it"),
    ("Come posso arrivare a Bali?", "it"),
    ("Is het veilig om met de trein te reizen in India?", "nl"),
    ("Что мне делать, если украли паспорт?", "ru"),
    ("perdí mi tarjeta", "es"),
    ("insolación, estoy en Cartagena", "es"),
    ("mi hanno rubato la borsa", "it"),
    ("j’ai perdu ma carte bancaire", "fr"),
    ("meine Tasche wurde gestohlen", "de"),
    ("roubaram minha carteira ontem", "pt"),
    ("собака укусила", "ru"),
]

ENGLISH = [
    "Is it safe to travel to Colombia?",
    "taxi scams La Paz El Alto",
    "Casa del Mar in Las Palmas de Gran Canaria",
    "Rio de Janeiro carnival, pickpockets",
    "Can I come in a van, as was said?",
    "how did he die in the bus",
    "What does ¿cómo está? mean",
    "UN per diem rates in Goma",
    "Where is the Plaza de la Revolución?",
    "vino tinto",
    "UN peacekeepers checkpoint",
    "e visa Uzbekistan",
    "I'm lost, I'd like to go to Washington D.C.",
    "",
]


@pytest.mark.parametrize(("words", "code"), OTHERS)
def test_another_language_is_told_by_its_commonest_words(words: str, code: str) -> None:
    assert language(words) == code


@pytest.mark.parametrize("words", ENGLISH)
def test_english_with_foreign_words_is_english(words: str) -> None:
    assert language(words) is None


def test_each_message_says_it_in_english_too() -> None:
    assert set(messages.NOT_ENGLISH) == {code for _, code in OTHERS}
    assert all(said.endswith("please ask in English.") for said in messages.NOT_ENGLISH.values())


def test_an_emergency_in_another_language_is_still_heard(ask: Ask) -> None:
    answer = ask("Ayuda, nos están robando en Kazajistán", place="KZ")
    assert answer.status == "emergency"


def test_a_cry_for_help_tells_its_language_by_less() -> None:
    assert (language("fui assaltado"), cried_in("fui assaltado")) == (None, "pt")
    assert cried_in("my friend collapsed") is None

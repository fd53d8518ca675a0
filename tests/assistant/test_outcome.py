"""What a refusal says: why, and in whose language."""

from __future__ import annotations

import pytest

from assistant import messages
from assistant.outcome import refusal, which_country
from tests.assistant.conftest import Ask

SPANISH = "¿Es seguro viajar a Tuvalu?"


def test_that_the_sources_are_in_english_is_said_where_the_question_is_not() -> None:
    assert refusal("fact_not_covered", SPANISH) == messages.NOT_ENGLISH["es"]
    assert refusal("fact_not_covered", "Is it safe in Tuvalu?") == messages.NO_SOURCE["fact_not_covered"]


def test_a_place_without_documents_is_told_in_any_language() -> None:
    assert refusal("place_not_covered", SPANISH) == messages.NO_SOURCE["place_not_covered"]


def test_a_refusal_does_not_claim_that_the_documents_are_silent(ask: Ask) -> None:
    answer = ask("¿Cómo está la carretera en Kazajistán para conducir de noche con mi familia?", place="KZ")
    assert (answer.status, answer.reason) == ("no_source", "fact_not_covered")
    assert answer.message == messages.NOT_ENGLISH["es"]


@pytest.mark.parametrize(
    ("turns", "code"),
    [
        (["моя подруга потеряла сознание"], "ru"),
        (["ma femme est inconsciente"], "fr"),
        (["mein Freund ist zusammengebrochen"], "de"),
        (["fui assaltado"], "pt"),
        (["mi amiga se desmayó", "rápido"], "es"),
    ],
)
def test_where_somebody_is_who_needs_help_is_asked_in_their_language_and_in_english(
    turns: list[str], code: str
) -> None:
    assert which_country(turns) == f"{messages.WHICH_COUNTRY[code]} {messages.EMERGENCY_WHERE}"


def test_where_an_english_speaker_is_is_asked_in_english_alone() -> None:
    assert which_country(["my friend collapsed", "help"]) == messages.EMERGENCY_WHERE
    assert set(messages.WHICH_COUNTRY) == set(messages.NOT_ENGLISH)

"""How much of a question a text holds."""

from __future__ import annotations

import pytest

from assistant.coverage import Coverage
from index.snapshot import Snapshot


@pytest.fixture(scope="module")
def crocodiles(snapshot: Snapshot) -> Coverage:
    return Coverage("crocodiles in the rivers", snapshot.files.words)


def test_all_nothing_and_some(crocodiles: Coverage) -> None:
    assert crocodiles.of("Crocodiles live in rivers.") == pytest.approx(1.0)
    assert crocodiles.of("Buses are late.") == 0.0
    assert crocodiles.of() == 0.0
    assert 0.0 < crocodiles.of("a crocodile") < 1.0


def test_forms_of_a_word_and_several_texts_count_together(crocodiles: Coverage) -> None:
    assert crocodiles.of("crocodile", "River") == pytest.approx(1.0)


def test_a_rare_word_weighs_more(snapshot: Snapshot) -> None:
    question = Coverage("police and crocodiles", snapshot.files.words)
    assert question.of("crocodiles") > question.of("police") > 0.0


def test_the_fields_word_stands_for_the_travellers(snapshot: Snapshot) -> None:
    assert Coverage("cops", snapshot.files.words).of("Police officers may ask for your passport.") == pytest.approx(1.0)


def test_a_question_without_words_is_covered_by_nothing(snapshot: Snapshot) -> None:
    assert Coverage("", snapshot.files.words).of("anything") == 0.0

"""Misspelled words of the field, and words that are none."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.spelling import mended
from assistant.understanding.thesaurus import concepts, vocabulary
from assistant.understanding.wanted import Wanted
from index.snapshot import Snapshot
from tests.assistant.conftest import TODAY, Ask

MISSPELLED = [
    ("What is the alcool limit in Kazakhstan?", "What is the alcohol limit in Kazakhstan?"),
    ("do I need a yelow fever jab", "do I need a yellow fever jab"),
    ("Pasport stolen, and vapping?", "Passport stolen, and vaping?"),
    ("WHAT VACINE DO I NEED", "WHAT Vaccine DO I NEED"),
    ("my liscence or my driving liscence", "my licence or my driving licence"),
    ("are there mosqitos at night", "are there mosquito at night"),
    ("what to do in an earthqake", "what to do in an earthquake"),
    ("a tsnuami after the vaccinaton", "a tsunami after the vaccination"),
]

AS_IT_STANDS = [
    "What do I dial for an ambulance in Kazakhstan?",  # known words
    "is there a theif about",  # thief, or their
    "can I wear a tunic and eat a banana",  # not in these documents, and English
    "is kneecap a bad word",
    "Is there a Vacine street in Almaty?",  # a capital in mid-sentence is a name's
    "is kazakstan safe",  # a place, as it is read there
    "visa for the alps, tabu or not",  # too short
    "write to alcool@example.com or see alcool.com/alcool",
    "¿dónde está la policía?",
    "",
]


@pytest.mark.parametrize(("asked", "meant"), MISSPELLED)
def test_a_misspelled_word_of_the_field_is_set_right(snapshot: Snapshot, asked: str, meant: str) -> None:
    assert mended(asked, snapshot.files.words) == meant


@pytest.mark.parametrize("asked", AS_IT_STANDS)
def test_any_other_word_stays(snapshot: Snapshot, asked: str) -> None:
    assert mended(asked, snapshot.files.words) == asked


def test_the_words_of_the_field_know_their_own_spelling(snapshot: Snapshot) -> None:
    known = [word for word in vocabulary() if word.isalpha()]
    assert len(known) > 5000
    wrong = [word for word in known if mended(word, snapshot.files.words) != word]
    assert wrong == []


def test_what_is_shown_is_what_was_written_and_what_is_searched_is_what_was_meant(snapshot: Snapshot) -> None:
    words = "What is the police telphone number in Kazakhstan?"
    question = understand(
        words, today=TODAY, covered=snapshot.places, vocabulary=snapshot.files.words, history=["my pasport"]
    )
    assert question.words == words
    assert question.history == ("my pasport",)
    assert question.wanted is Wanted.PHONE
    assert "telephone" in question.search_words
    assert "police" in [found.words for found in concepts(question.search_words)]


def test_a_slip_costs_no_answer(ask: Ask) -> None:
    right, slip = (ask(f"Is there {word} fever in Kazakhstan?") for word in ("dengue", "dengeu"))
    assert slip.question.search_words == right.question.search_words
    assert [quote.start for quote in slip.quotes] == [quote.start for quote in right.quotes]

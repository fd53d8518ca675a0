"""How much of a question a text holds."""

from __future__ import annotations

import pytest

from assistant.choosing.coverage import Coverage
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


def test_the_fields_word_stands_for_most_of_the_travellers(snapshot: Snapshot) -> None:
    cops = Coverage("cops", snapshot.files.words)
    assert cops.of("Police officers may ask for your passport.") == pytest.approx(0.75)
    assert cops.of("The cops may ask for your passport.") == pytest.approx(1.0)


def test_words_that_lead_to_the_subject_are_not_it(snapshot: Snapshot) -> None:
    asked = Coverage("What should I know about crocodiles?", snapshot.files.words)
    assert asked.of("crocodiles") > 0.8
    assert asked.of("What should I") == 0.0
    assert 0.0 < asked.of("know") < 0.2


@pytest.mark.parametrize("where", ["downtown", "the city centre of", "the town center of"])
def test_a_part_of_a_town_leads_to_what_is_asked(snapshot: Snapshot, where: str) -> None:
    asked = Coverage(f"crocodiles in {where} Almaty", snapshot.files.words, ["Almaty"])
    assert asked.of("crocodiles") > 0.65


def test_which_suburbs_is_what_is_asked(snapshot: Snapshot) -> None:
    assert Coverage("which suburbs of Almaty", snapshot.files.words, ["Almaty"]).of("suburbs") > 0.9


def test_an_old_town_is_named_by_pages_and_counts(snapshot: Snapshot) -> None:
    asked = Coverage("crocodiles in the old town", snapshot.files.words)
    assert asked.of("crocodiles in the old town") == pytest.approx(1.0)
    assert asked.of("the old city") > 0.1


def test_a_medical_centre_is_no_part_of_a_town(snapshot: Snapshot) -> None:
    asked = Coverage("crocodiles at the diving centre", snapshot.files.words)
    assert asked.of("crocodiles") < 0.5


def test_the_rarest_thing_asked_about(snapshot: Snapshot) -> None:
    asked = Coverage("police and crocodiles", snapshot.files.words)
    assert asked.held(asked.terms("A crocodile!")).rarest == 1.0
    assert asked.held(asked.terms("The police came.")).rarest == 0.0


def test_terms_of_several_texts_are_asked_about_together(crocodiles: Coverage) -> None:
    assert crocodiles.terms("Crocodiles, in the RIVER.") >= crocodiles.terms("a crocodile") | crocodiles.terms("rivers")
    one, other = crocodiles.terms("a crocodile"), crocodiles.terms("River")
    shares = [crocodiles.held(terms).share for terms in (one, other, one | other)]
    assert shares[0] + shares[1] == pytest.approx(shares[2])
    assert shares[0] == crocodiles.of("a crocodile")
    assert crocodiles.held(frozenset()).share == 0.0


def test_what_the_thesaurus_knows_as_one_thing_counts_once(snapshot: Snapshot) -> None:
    cops = Coverage("crocodiles or cops", snapshot.files.words)
    assert cops.of("police") == 0.75 * cops.of("cops") == 0.75 * cops.of("cops and police officers")
    assert cops.of("cops") + cops.of("crocodile") == pytest.approx(1.0)


def test_a_question_without_words_is_covered_by_nothing(snapshot: Snapshot) -> None:
    assert Coverage("", snapshot.files.words).of("anything") == 0.0


def test_a_town_says_where_and_adds_to_what_is_asked_about(snapshot: Snapshot) -> None:
    placed = Coverage("crocodiles in Almaty", snapshot.files.words, ["Almaty"])
    assert placed.of("Almaty") == 0.0  # nothing of what is asked
    assert placed.of("crocodile") == pytest.approx(0.95)
    assert placed.of("Almaty", "crocodile") == pytest.approx(1.0)
    alone = Coverage("What is Almaty like?", snapshot.files.words, ["Almaty"])
    assert alone.of("Almaty") > alone.of("like")


def test_either_of_two_concepts_will_do_that_the_same_words_call(snapshot: Snapshot) -> None:
    uber = Coverage("uber", snapshot.files.words)
    assert uber.of("licensed taxis") == uber.of("ride-sharing apps") == pytest.approx(0.75)

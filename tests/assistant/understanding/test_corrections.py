"""A place named by mistake and put right in the same breath, and what only looks so."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.corrections import corrected
from assistant.understanding.question import Question, understand
from index.placenames import table

COVERED = frozenset(table().codes)


def read(words: str, *history: str) -> Question:
    return understand(words, today=date(2026, 9, 1), history=history, covered=COVERED)


@pytest.mark.parametrize(
    ("words", "meant", "place"),
    [
        ("police number for Lebanon. wait no, Jordan", "police number for Jordan", "JO"),
        ("ambulance number Bolivia? wait, Chile", "ambulance number Chile", "CL"),
        ("police number Peru er, Chile", "police number Chile", "CL"),
        ("police number Peru hang on Chile", "police number Chile", "CL"),
        ("police number Peru, hang on, I mean Chile", "police number Chile", "CL"),
        ("police number Peru, scrap that, Chile", "police number Chile", "CL"),
        ("ambulance number in Peru, actually make that Chile", "ambulance number in Chile", "CL"),
        ("emergency number in Turkey? er, Greece i mean", "emergency number in Greece", "GR"),
        ("emergency number in Turkey? Greece I meant", "emergency number in Greece", "GR"),
        ("bilharzia in lake malawi no wait in lake Victoria uganda", "bilharzia in lake Victoria uganda", "UG"),
        ("police number Greece, sorry I meant eastern Turkey", "police number eastern Turkey", "TR"),
        ("stolen in Zagreb no in Belgrade", "stolen in Belgrade", "RS"),
        ("locked in a taxi in Lima no Bogota", "locked in a taxi in Bogota", "CO"),
        ("police number Peru no Chile, please", "police number Chile, please", "CL"),
        ("landmines Bosn... sorry Colombia which departments", "landmines Colombia which departments", "CO"),
        ("Georgia in America I mean, Atlanta", "Atlanta", "US"),
        ("police in Lima, Peru, sorry I mean Santiago, Chile", "police in Santiago, Chile", "CL"),
        ("Is Lebanon safe? Sorry, I mean Jordan", "Is Jordan safe", "JO"),
        ("Is it safe in Lebanon at night? wait no, in Jordan?", "Is it safe in Jordan at night?", "JO"),
        ("Is it safe in Peru, no, Ecuador, sorry, Bolivia?", "Is it safe in Bolivia?", "BO"),
    ],
)
def test_what_was_said_by_mistake_is_left_out(words: str, meant: str, place: str) -> None:
    assert corrected(words) == meant
    assert read(words).places == (place,)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("How long is the visa wait, Peru or Chile", "PE CL"),
        ("bus from Peru to Chile, no visa for Bolivia", "PE CL BO"),
        ("I'm in Peru, I mean to travel to Chile", "PE CL"),
        ("I lost my passport in Peru, sorry, can I still cross to Bolivia?", "PE BO"),
        ("Is Peru safe? Sorry for asking, and Chile?", "PE CL"),
        ("wait times in Peru? Wait times in Chile?", "PE CL"),
        ("no visa Peru no visa Chile", "PE CL"),
        ("are there ferries from Greece, no flights to Turkey", "GR TR"),
        ("is it Lagos, Nigeria I mean", "NG"),
        ("sorry, is Peru safe", "PE"),
        ("why has Kenya no Thai embassy", "KE"),
        ("in Kenya no Uganda visa is needed", "KE UG"),
        ("Is Lebanon safe? I mean to go on to Jordan", "LB JO"),
        ("Is Lebanon safe? I mean Jordan is not", "LB JO"),
        ("Is Lebanon safe? And Jordan", "LB JO"),
        ("hang on... sorry, is Peru safe", "PE"),
        ("Peru... sorry is the police number 105", "PE"),
    ],
)
def test_no_correction(words: str, places: str) -> None:
    assert corrected(words) == words
    assert read(words).places == tuple(places.split())


def test_a_corrected_turn_is_remembered_as_it_was_meant() -> None:
    why = read("why?", "is it safe in Rwanda?", "Rwanda, sorry I mean eastern DR Congo")
    assert (why.places, why.standalone) == (("CD",), "Why is this the advisory level for eastern DR Congo?")
    atlanta = read("Georgia in America I mean, Atlanta", "is Georgia safe to drive in?")
    assert (atlanta.places, atlanta.standalone) == (("US",), "Is Atlanta safe to drive in?")

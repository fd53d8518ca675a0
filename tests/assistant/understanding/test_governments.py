"""Whose advice a question asks for, where the governments stand beside the question or only look like ones."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding import governments
from assistant.understanding.question import Question, understand
from assistant.understanding.wanted import Wanted
from index.placenames import table

TODAY = date(2026, 9, 1)
COVERED = frozenset(table().codes)


def read(words: str, *history: str, passport: str | None = None) -> Question:
    return understand(words, today=TODAY, history=history, passport=passport, covered=COVERED)


@pytest.mark.parametrize(
    ("words", "places", "publishers"),
    [
        ("km from the Syria border to avoid in Turkey, Australia and Canada only", "TR", "AU CA"),
        ("Crime in Namibia, Canada and UK only", "NA", "CA GB"),
        ("level for Khyber Pakhtunkhwa US", "PK", "US"),
        ("areas to avoid South Africa, according to Ireland and Canada", "ZA", "IE CA"),
        ("according to the UK, Canada and Australia, is Jordan safe?", "JO", "GB CA AU"),
        ("how strict is Canada compared with Australia on Namibia", "NA", "CA AU"),
        ("Crime in Namibia, compare UK, Canada, Australia", "NA", "GB CA AU"),
        ("Kidnapping risk Venezuela: UK, US", "VE", "GB US"),
        ("Compare FCDO and State Department advice for eastern DR Congo", "CD", "GB US"),
        ("According to the UK, US citizens need a visa for Vietnam", "VN", "GB"),
        ("uk, us: crime in Namibia?", "NA", "GB US"),
        ("UK, US and Canada on crime in Namibia", "NA", "GB US CA"),
        ("what do uk, us and canada say about crime in Namibia", "NA", "GB US CA"),
        ("crime in Namibia (UK, US)", "NA", "GB US"),
        ("crime in Namibia - uk, us", "NA", "GB US"),
        # Lists of places, and governments that are only places.
        ("US, Canada, Mexico: crime", "US CA MX", ""),
        ("UK, Ireland: driving rules", "GB IE", ""),
        ("Canada: crime in Namibia", "CA NA", ""),
        ("UK and Ireland on foot, then Namibia", "GB IE NA", ""),
        ("crime in Mexico, US and Canada", "MX US CA", ""),
        ("Crime in Ireland, Canada and UK only", "IE CA GB", ""),
        ("Compare Mexico, US and Canada", "MX US CA", ""),
        ("Visa for Namibia and UK only", "NA GB", ""),
        ("Flights from Mexico to US only", "US", ""),
        ("Is Namibia dangerous compared to the UK", "NA GB", ""),
        ("Road trip Mexico, US", "MX US", ""),
        ("embassies in Peru: US, UK", "PE US GB", ""),
        ("Border crossing level Mexico US", "MX US", ""),
        ("travel advisory for Paris US", "US", ""),
        ("How strict are drug laws in Canada compared with Australia and Namibia", "CA AU NA", ""),
        ("my friend in London says Peru is dangerous", "PE", ""),
    ],
)
def test_governments_listed_beside_the_question_are_no_places(words: str, places: str, publishers: str) -> None:
    found = read(words)
    assert (" ".join(found.places), " ".join(found.publishers)) == (places, publishers)
    assert found.each_government == (len(found.publishers) > 1)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Crime in Namibia, Canada and UK only", "Crime in Namibia"),
        ("Kidnapping risk Venezuela: UK, US", "Kidnapping risk Venezuela"),
        ("According to Canada, is Peru safe?", "is Peru safe?"),
        ("UK, US: crime in Peru", "crime in Peru"),
        ("UK and US on crime in Peru", "crime in Peru"),
        ("crime in Peru (UK, US)", "crime in Peru"),
        ("According to US law, can I carry a knife in Peru?", "According to US law, can I carry a knife in Peru?"),
        ("According to Peruvian law, can I carry a knife?", "According to Peruvian law, can I carry a knife?"),
        ("crime in Mexico, US and Canada", "crime in Mexico, US and Canada"),
        ("", ""),
    ],
)
def test_what_is_searched_for_names_no_government_listed(words: str, left: str) -> None:
    assert governments.without_listed(words) == left


@pytest.mark.parametrize(
    ("words", "without"),
    [
        ("Olancho Honduras advisory level", ""),
        ("Mexico and Honduras advisory level", ""),
        ("Honduras: what is the Honduras advisory level", ""),
        ("renting a car in Georgia, guy in Yerevan says full cover is included, any advice?", ""),
        ("Does Germany advise against travel to Mali?", "DE"),
        ("German travel advisory for Mali", "DE"),
        ("What does Germany say about Mali?", "DE"),
        ("Germany advisory for Mali", "DE"),
        ("Do Germany and France advise against Mali?", "DE FR"),
    ],
)
def test_only_a_government_that_advises_on_another_place_is_missed(words: str, without: str) -> None:
    assert " ".join(governments.without_advice_here(words)) == without


def test_how_strict_a_government_is_asks_for_its_level() -> None:
    assert read("how strict is Canada compared with Australia on Namibia").wanted is Wanted.LEVEL
    assert read("how strict is Canada compared with Australia on drugs in Namibia").wanted is Wanted.TEXT


def test_what_governments_are_compared_on_is_searched_for() -> None:
    words = "Compare FCDO and State Department advice for eastern DR Congo"
    assert (read(words).search_words, read(words).wanted) == ("eastern DR Congo", Wanted.TEXT)
    assert read("Compare UK and US advice on taxis in Peru").search_words == "taxis"
    assert read("Compare UK and US levels for Peru").wanted is Wanted.LEVEL


def test_an_advisory_level_keeps_its_place() -> None:
    assert read("Mexico and Honduras advisory level").places == ("MX", "HN")
    assert read("Olancho Honduras advisory level").places == ("HN",)

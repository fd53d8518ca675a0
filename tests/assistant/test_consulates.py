"""The emergency card's numbers of embassies and consulates: whose they are, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.briefing.emergency_card import EmergencyCard, emergency_card
from assistant.choosing.place_texts import PlaceTexts
from index.build import build
from index.filters import Filters
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder, page, write_source

US = "U.S. Department of State"
Make = Callable[..., EmergencyCard]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """The card of Kazakhstan by one page: `made(body, publisher)`."""

    def make(body: str, publisher: str = US) -> EmergencyCard:
        source = write_source(tmp_path / "docs", {"a.md": page("A", body, publisher=publisher, places="[KZ]")})
        build(tmp_path / "index", {"docs": source}, HashEmbedder())
        snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
        return emergency_card(PlaceTexts(snapshot, Filters(places=("KZ",))), "KZ")

    return make


def dialled(card: EmergencyCard, code: str) -> list[set[str]]:
    found = card.consulate(code)
    return [set(line.dialled) for line in found.lines] if found else []


def test_each_governments_own_embassies_by_the_code_of_its_country(snapshot: Snapshot) -> None:
    card = emergency_card(PlaceTexts(snapshot, Filters(places=("KZ",))), "KZ")
    british = card.consulate("GB")
    assert british is not None
    (line,) = british.lines
    assert line.quote.shown == "The British Embassy in Astana answers on +7 7172 555 200."
    assert line.quote.heading_words[-1] == "Help from the UK"
    assert dialled(card, "US") == [{"+77172555100"}, {"+77172555199"}]
    assert dialled(card, "CA") == []
    assert card.consulate("FR") is None


def test_a_number_written_with_its_country_code_in_brackets_keeps_it(made: Make) -> None:
    card = made("## U.S. Consulate Almaty\n\nTelephone: +(7) (727) 250-49-01\n\nFax: +(7) (727) 250-49-02")
    assert dialled(card, "US") == [{"+77272504901"}]
    (line,) = card.consular[0].lines
    (number,) = line.numbers
    assert line.quote.shown[number.start : number.end] == "+(7) (727) 250-49-01"


def test_opening_hours_and_local_numbers_are_none(made: Make) -> None:
    body = "## Embassy contact\n\nMonday to Friday 9.00-13.00\n\nTel: +7 727 250 4901\n\nPolice: 102"
    assert dialled(made(body), "US") == [{"+77272504901"}]


def test_what_is_mentioned_elsewhere_is_told_only_where_no_heading_names_an_embassy(made: Make) -> None:
    mentioned = "## Crime\n\nReport it to the police on 102 and to the U.S. Embassy at +7 7172 70 2100."
    assert dialled(made(mentioned), "US") == [{"+77172702100"}]
    assert dialled(made(mentioned + "\n\n## U.S. Embassy Astana\n\nTelephone: +7 7172 70 2200"), "US") == [
        {"+77172702200"}
    ]


def test_another_publishers_word_on_an_embassy_is_not_its_governments(made: Make) -> None:
    assert made("## British Embassy\n\nTelephone: +7 7172 555 200", "Islands").consular == ()

"""Does one need a visa? The rule for the ordinary visitor tells, and how plainly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.choosing.visas import Telling, Where, visa_told
from index.build import build
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder, page, write_source

IN_JORDAN = Where(("JO",), (), "GB")
NOTHING, PARTLY, PLAINLY, AT_ONCE = Telling


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("All visitors must hold a visa.", AT_ONCE),
        ("Everyone will need a valid passport and an e-visa.", AT_ONCE),
        ("British people do not need a visa for Jordan.", AT_ONCE),
        ("Tourist visa: not required", AT_ONCE),
        ("No visa is needed for short trips.", AT_ONCE),
        ("Tourists may come without a visa for a month.", AT_ONCE),
        ("Entry is visa-free.", AT_ONCE),
        ("Apply for an ETA first, for travellers must have an electronic travel authorisation.", AT_ONCE),
        ("You need a visa unless you were born there.", AT_ONCE),
        ("Bring two photographs. You need a visa.", PLAINLY),
        ("Work permit: required\nTourist visa: required", PLAINLY),
        ("Tourists can buy a visa on arrival.", PARTLY),
        ("For longer than a month you need a visa.", PARTLY),
        ("If you need a visa, you must apply for the visa early.", PARTLY),
        ("You need a visa in Aqaba.", PARTLY),
        ("Unless you are exempt from visas, you must get a visa.", PARTLY),
        ("Journalists must have a visa.", NOTHING),
        ("Those born in Iran must get a visa.", NOTHING),
        ("You need a visa to work there.", NOTHING),
        ("You must still get a visa if you stay on.", NOTHING),
        ("You do not need a visa if you have a residence card.", NOTHING),
        ("You do not need a visa to transit by air.", NOTHING),
        ("You may need a visa.", NOTHING),
        ("Check whether you need a visa.", NOTHING),
        ("You must have two blank visa pages.", NOTHING),
        ("Overstaying without a visa is fined.", NOTHING),
        ("You need a visa for Egypt.", NOTHING),
        ("Shops take Visa.", NOTHING),
        ("Carry water.", NOTHING),
    ],
)
def test_how_plainly_a_text_tells(shown: str, told: Telling) -> None:
    assert visa_told(shown, (), IN_JORDAN) is told


@pytest.mark.parametrize(
    ("shown", "headings", "told"),
    [
        ("You need no more than a visa. You must have a visa.", ("Dual nationals",), NOTHING),
        ("You must have a visa.", ("Working there",), NOTHING),
        ("You can visit for up to 30 days.", ("Visas",), AT_ONCE),
        ("You can visit for up to 30 days.", ("Museums",), NOTHING),
        ("Yes", ("Facts", "TOURIST VISA REQUIRED:"), AT_ONCE),
        ("TOURIST VISA REQUIRED:\nNone", (), AT_ONCE),
        ("TOURIST VISA REQUIRED:", (), NOTHING),
    ],
)
def test_what_stands_above_tells_of_whom(shown: str, headings: tuple[str, ...], told: Telling) -> None:
    assert visa_told(shown, headings, IN_JORDAN) is told


def test_a_towns_rule_is_plain_where_the_town_is_asked_about() -> None:
    assert visa_told("You need a visa in Aqaba.", (), IN_JORDAN._replace(towns=("Aqaba",))) is AT_ONCE


PAGE = """## Visas

### Who may come

All visitors must have a visa.

### Applying

Do you need a visa for a friend? A visa form for a visa needs a photo for the visa.

### Special cases

If you hold a royal card, you do not need a visa. Do journalists need a visa? They need a visa.
"""


def test_the_short_rule_comes_before_neighbours_with_more_of_the_questions_words(tmp_path: Path) -> None:
    source = write_source(tmp_path / "docs", {"jordan.md": page("Jordan", PAGE, publisher="UK", places="[JO]")})
    build(tmp_path / "index", {"docs": source}, HashEmbedder())
    assistant = Assistant(Snapshot.open(tmp_path / "index", HashEmbedder()))
    answer = assistant.ask("Do I need a visa for Jordan?", today=date(2026, 9, 1))
    assert [quote.shown for quote in answer.quotes] == ["All visitors must have a visa."]

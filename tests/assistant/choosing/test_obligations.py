"""Is something mandatory? Only a rule on that very thing tells."""

from __future__ import annotations

import pytest

from assistant.choosing.obligations import asks_obligation, holds_obligation

ASKED = "Is travel insurance mandatory?"


@pytest.mark.parametrize(
    ("asked", "asks"),
    [
        (ASKED, True),
        ("Are helmets compulsory?", True),
        ("Is it obligatory to wear a seat belt?", True),
        ("Is it required by law to carry ID?", True),
        ("Is a visa required?", False),
        ("Do I need insurance?", False),
        ("Is it mandatory?", False),  # no word tells what
        ("Is insurance expensive?", False),
    ],
)
def test_whether_it_is_asked(asked: str, asks: bool) -> None:
    assert asks_obligation(asked) is asks


@pytest.mark.parametrize(
    ("asked", "shown", "headings", "held"),
    [
        (ASKED, "You must show proof of travel insurance to enter.", (), True),
        (ASKED, "Visitors are required to have one.", ("Travel insurance",), True),
        (ASKED, "Insurance is not compulsory.", (), True),
        (ASKED, "Insurance is optional.", (), True),
        (ASKED, "Get comprehensive travel insurance.", (), False),
        (ASKED, "Your policy needs to cover all costs.", ("Travel insurance",), False),
        (ASKED, "You should have insurance. You must carry your passport.", (), False),
        (ASKED, "Mongolia requires travel insurance.", (), True),
        (ASKED, "Entry requirements may not reflect your risk.", ("Travel insurance",), False),
        ("Is it obligatory to wear a seat belt?", "Seat belts are mandatory.", (), True),
        ("Is it obligatory to wear a seat belt?", "You must wear a helmet.", (), False),
        ("Is insurance useful?", "Get insurance.", (), True),  # nothing is asked to be mandatory
    ],
)
def test_what_tells_it(asked: str, shown: str, headings: tuple[str, ...], held: bool) -> None:
    assert holds_obligation(asked, shown, headings) is held

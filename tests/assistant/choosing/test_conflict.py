"""Where the sources give different numbers for one service of one country, and where they only seem to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.choosing.conflict import numbers_differ
from assistant.choosing.quotes import Quote
from assistant.understanding.question import understand
from index.documents import Document, Kind
from index.snapshot import Snapshot

TODAY = date(2026, 9, 1)
Told = tuple[str, str]  # a heading and what stands below it
ALL = ("Emergency services in Peru", "Telephone: 112 (ambulance, fire, police)")


def differ(snapshot: Snapshot, words: str, told: Sequence[Told], about: Sequence[str] = ()) -> bool:
    (hit,) = snapshot.hits([0])
    codes = about or ["PE"] * len(told)
    quotes = [
        Quote(Document("s", f"{n}", "", "", about=(code,), kind=Kind.ORIGINAL), 0, 1, "", shown, (), (heading,), hit)
        for n, ((heading, shown), code) in enumerate(zip(told, codes, strict=True))
    ]
    return numbers_differ(understand(words, today=TODAY, covered={"PE", "CL"}), quotes)


@pytest.mark.parametrize(
    ("words", "told", "expected"),
    [
        ("police number in Peru", [ALL, ("Police", "Call 999 or visit the police station.")], True),
        ("police number in Peru", [ALL, ("Police", "Call 112 or visit the police station.")], False),
        ("ambulance number in Peru", [ALL, ("Medical emergencies", "Call 999 or go to a hospital.")], True),
        ("police number in Peru", [ALL, ("Health", "In Peru dial 112 for medical or 995 for police.")], True),
        ("ambulance number in Peru", [ALL, ("Health", "In Peru dial 112 for medical or 995 for police.")], False),
        (
            "ambulance number in Peru",
            [("", "Ambulance: 997"), ("", "Dial 999 for the Police, 998 for Fire, and 992 for Ambulance (MRI).")],
            True,
        ),
        (
            "ambulance number in Peru",
            [("", "Ambulance: 997"), ("", "Dial 999 for the Police, 998 for Fire, and 997 for Ambulance (MRI).")],
            False,
        ),
        ("police number in Peru", [("", "Police: 119"), ("", "Dial 119 or 100 for police; 102 for fire.")], False),
        # a long number counts where it is entered as the service's, not where it is an office's
        ("ambulance number in Peru", [ALL, ("", "Police: 112\n• Ambulance: 0800990000")], True),
        ("ambulance number in Peru", [("", "Ambulance: 0800 990 000"), ("", "Ambulance: +51 800 990 000")], False),
        ("police number in Peru", [ALL, ("", "To report tainted alcohol to the police dial 800-8000-645.")], False),
        ("police number in Peru", [ALL, ("", "Police in Lima: 01 460 1060")], False),
        ("police number in Peru", [ALL, ("Rules", "The police issue 15 to 150 Jordanian dinar fines.")], False),
        ("police number in Peru", [ALL, ("", "The British Embassy and the police: 105")], False),
        ("emergency number in Peru", [("", "Police: 105\nFire: 116"), ("", "Ambulance: 106")], False),
        ("emergency number in Peru", [("", "In an emergency dial 125."), ("", "In an emergency dial 112.")], True),
        ("tourist police number in Peru", [("", "Tourist police: 1571"), ("", "Tourist police: 1572")], True),
        (
            "tourism police number in Peru",
            [("", "Call the tourism police on 1571."), ("", "Tourist police: 1571")],
            False,
        ),
        ("tourist police number in Peru", [("", "Tourist police: 1571"), ALL], False),
        ("number of a clinic in Peru", [("", "Clinic Uno: 617 3000"), ("", "Clinic Dos: 617 3050")], False),
        ("number of the British embassy in Peru", [("", "Embassy: 617 3000"), ("", "Embassy: 617 3050")], False),
    ],
)
def test_numbers_that_differ(snapshot: Snapshot, words: str, told: list[Told], *, expected: bool) -> None:
    assert differ(snapshot, words, told) is expected


def test_two_countries_are_no_conflict(snapshot: Snapshot) -> None:
    told = [("", "Police: 105"), ("", "Police: 133")]
    assert not differ(snapshot, "police numbers in Peru and Chile", told, ["PE", "CL"])
    assert differ(snapshot, "police numbers in Peru and Chile", told, ["PE", "PE"])


def test_a_list_goes_on_with_the_service_named_above(snapshot: Snapshot) -> None:
    listed = "Fire Department:\n• Dial 18.\n• Police:\n• Dial 17."
    assert not differ(snapshot, "police number in Peru", [("", listed), ("", "Police: 17")])
    assert differ(snapshot, "police number in Peru", [("", listed), ("", "Police: 18")])

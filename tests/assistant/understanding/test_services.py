"""Whose number is asked for, and whose a line gives."""

from __future__ import annotations

import pytest

from assistant.understanding.services import EMERGENCY, SERVICES, is_foreign_line, is_special_line


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("What do I dial for an ambulance?", ["ambulance"]),
        ("number of the tourist police", ["tourist police"]),
        ("tourism police number", ["tourist police"]),
        ("police number", ["police"]),
        ("I was mugged, who do I call?", ["police"]),
        ("cops", ["police"]),
        ("Call the fire brigade", ["fire"]),
        ("police, fire and ambulance", ["police", "ambulance", "fire"]),
        ("mountain rescue", ["mountain rescue"]),
        ("coast guard", ["coastguard"]),
        ("the coastguard", ["coastguard"]),
        ("US consulate", ["consular"]),
        ("which hospital has a doctor", ["clinic"]),
        ("heart attack", ["ambulance"]),
        ("numero de policia", ["police"]),
        ("polizei nummer", ["police"]),
        ("ambulence nr", ["ambulance"]),
        ("suicide hotline", ["counselling"]),
        ("he talks about killing himself", ["counselling"]),
        ("emotional support line", ["counselling"]),
        ("he killed himself laughing", []),
        ("breakdown number", ["roadside"]),
        ("roadside assistance", ["roadside"]),
        ("car breakdown, who do I call", []),
        ("nervous breakdown help", []),
        ("vehicle registration number", []),
        ("taxis", []),
        ("fireworks", []),
        ("policy", []),
        ("", []),
    ],
)
def test_services_asked_for(question: str, keys: list[str]) -> None:
    assert [s.key for s in SERVICES if s.asked.search(question)] == keys


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Police: 102", ["police"]),
        ("Ambulance (Lebanese Red Cross): 140", ["ambulance"]),
        ("Medical emergencies: 103", ["ambulance"]),
        ("SAMU: 15", ["ambulance"]),
        ("dial 999 for medical or 995 for police", ["police", "ambulance"]),
        ("for medical and dental care", []),
        ("Samaritans of Singapore: 1800 221 4444", ["counselling"]),
        ("Good Samaritans pull over", []),
        ("Tourist helpline: 1363", []),
        ("Fire: 101", ["fire"]),
        ("Tourist police: 1155", ["tourist police"]),
        ("Tourism police: 1571", ["tourist police"]),
        ("the tourism police on 1571 or the regular police at 100", ["tourist police", "police"]),
        ("Traffic police: 122", []),
        ("The British Embassy in Astana", ["consular"]),
        ("Robbers open fire on buses", ["fire"]),
        ("firearms are banned", []),
        ("Clinics outside Astana", ["clinic"]),
    ],
)
def test_services_named_by_a_line(line: str, keys: list[str]) -> None:
    found = [s.key for s in SERVICES if s.named.search(line)]
    assert found == keys


def test_embassies_clinics_and_the_like_are_no_local_emergency_service() -> None:
    assert [s.key for s in SERVICES if not s.local_emergency] == [
        "consular",
        "clinic",
        "roadside",
        "counselling",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Call the Foreign Office in London",
        "+61 2 5550 0100 from overseas",
        "1300 000 000 from within Australia, duty officer",
        "Emergency After-Hours Telephone",
        "your insurer's hotline",
    ],
)
def test_lines_of_other_countries(line: str) -> None:
    assert is_foreign_line(line, "KZ")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("You can contact all emergency services in Australia by dialling 000.", "AU"),
        ("In London the police answer on 999.", "GB"),
        ("Dial 911 from the U.S. or Canada.", "US"),
    ],
)
def test_a_line_at_home_is_foreign_elsewhere_alone(line: str, place: str) -> None:
    assert not is_foreign_line(line, place)
    assert is_foreign_line(line, "KZ")


def test_a_number_for_some_needs_only() -> None:
    counselling = "A national telephone counselling service for sexual assault: 1800 737 732."
    assert is_special_line(counselling, "police number")
    assert not is_special_line(counselling, "sexually assaulted, whom do I call?")
    assert not is_special_line("Suicide prevention: 1800", "is there a mental health helpline?")
    assert is_special_line("Suicide prevention: 1800", "ambulance number")
    assert is_special_line("If it is not an emergency, call 101.", "police number")
    assert not is_special_line("Call 999 for the police.", "police number")


def test_words_that_only_begin_alike_are_passed_over() -> None:
    assert EMERGENCY.search("In an emergency") and not EMERGENCY.search("emergent")
    assert not is_foreign_line("Ambulance: 103 in Almaty", "KZ")

"""Telephone numbers, with their exact offsets; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.choosing.numbers import PhoneNumber, phone_numbers

# (text, region, the numbers as they stand in it)
NUMBERS = [
    ("Ambulance: 103", "KZ", ["103"]),
    ("Police:102", "KZ", ["102"]),
    ("Police: call 02 or go to the closest station", "KZ", ["02"]),
    ("dial 02 from landlines and 112 from cell phones", "KZ", ["02", "112"]),
    ("02 from landlines and 112 from cell phones", "KZ", ["02", "112"]),
    ("Dialling 999 or 112 reaches nobody.", "GW", ["999", "112"]),
    ("999 or 112", "LB", ["999", "112"]),
    ("Police: 112 or 999", "LB", ["112", "999"]),
    ("112/999", "LB", ["112", "999"]),
    ("Police: 170/110/111", "XK", ["170", "110", "111"]),
    ("police answer on 199 and ambulances on 192 in Yangon", "MM", ["199", "192"]),
    ("Emergency: 15, 17 and 18", "FR", ["15", "17", "18"]),
    ("Mountain rescue: 112 (mobile phones only)", "KZ", ["112"]),
    ("Helicopter rescue: 1414", "CH", ["1414"]),
    ("call 911.", "US", ["911"]),
    ("Dial 999 or 112 and say how many dollars were stolen", "GB", ["999", "112"]),
    ("(call 911)", "US", ["911"]),
    ("Dial 9-1-1 at once", "CA", ["9-1-1"]),
    ("text 60066 for help", "US", ["60066"]),
    ("Call 1990 and ask for an ambulance.", "LK", ["1990"]),
    ("Call 011 2691111 or 1990", "LK", ["011 2691111", "1990"]),
    ("Police: 2020", "TD", ["2020"]),
    ("call *1111 from a mobile", "UA", ["*1111"]),
    ("Call 112 24/7", "DE", ["112"]),
    ("call 112 within 24 hours", "KZ", ["112"]),
    ("Ambulance: 442 020", "GN", ["442 020"]),
    ("Police: 22-22-22", "BI", ["22-22-22"]),
    ("Call 15 or 20 72 31 41 and ask for an ambulance", "DJ", ["15", "20 72 31 41"]),
    ("+7 (727) 250-48-02", "KZ", ["+7 (727) 250-48-02"]),
    ("Telephone: +7 (7172) 555-100", "KZ", ["+7 (7172) 555-100"]),
    ("* 1300 555 135 from within Australia", "AU", ["1300 555 135"]),
    ("call the duty officer: 1300 000 000", "KZ", ["1300 000 000"]),
    ("+61 2 5550 0100 from overseas", "KZ", ["+61 2 5550 0100"]),
    ("the Foreign Office in London on 020 7946 0999 at any hour", "KZ", ["020 7946 0999"]),
    ("hotline: 0 800 55555, day and night", "KZ", ["0 800 55555"]),
    ("+7 495 555 0142", "KZ", ["+7 495 555 0142"]),
    ("00 44 20 7946 0999", "KZ", ["00 44 20 7946 0999"]),
    ("From May on call the police on 112", "UG", ["112"]),
]
# What is dialled, where it is not just the digits as written.
DIALLED = [
    ("Call +(7) (727) 250-49-01 at night", "+77272504901"),
    ("+7 (727) 250-48-02", "+77272504802"),
    ("+44 (0)20 7946 0999", "+442079460999"),
    ("call *1111", "*1111"),
    ("Dial 1-1-2", "112"),
    ("call ١١٢", "112"),
    ("call １１２", "112"),
]
NO_NUMBERS = [
    "On October 15, 2023, the police foiled a bomb attack.",
    "The service number of 2019",
    "Reforms of the police since 1990",
    "In January 2022 troops opened fire on crowds",
    "Call the police if you were there before 2024",
    "Police: 2000 reforms",
    "phone 2019",
    "Vaping became illegal in 2024",
    "on 2024-05-12 the police closed the road",
    "on 12.05.2024 the fire was out",
    "A fine of 4500 tenge",
    "The fine is $500 and 20% more",
    "an emergency fund of 10,000",
    "medical costs can exceed 5000 dollars",
    "Police officers are paid 300 euros",
    "The police issue 15 to 150 Jordanian dinar on-the-spot fines.",
    "the police may ask for 500 Qatari riyals",
    "police took 20 or 50 baht",
    "police took 500 Nakfa, 1000 lek or 7500 Euros",
    "security forces closed Highway 10 east of the town",
    "Call out 150 000 people",
    "1 000 000 people fled the fire",
    "999 people died",
    "a fire 30 km away",
    "an attack on police within 30 kilometres of the capital",
    "The police warn of National Road number 34.",
    "Contact the police before the 90-day limit",
    "services are open 08:00-17:00",
    "services are available 24/7",
    "Bus 92 to the police station",
    "the police station at 45 Abay Avenue",
    "12 Abay Avenue",
    "158 Princes Road, Tamavua",
    "Above 2,500 metres some walkers get sick",
    "contact 5 people",
    "",
]


@pytest.mark.parametrize(("text", "region", "written"), NUMBERS)
def test_numbers_are_found_where_they_stand(text: str, region: str, written: list[str]) -> None:
    found = phone_numbers(text, region)
    assert [text[n.start : n.end] for n in found] == written
    at = 0
    for number, words in zip(found, written, strict=True):
        at = text.index(words, at)
        assert (number.start, number.end) == (at, at + len(words))
        at = number.end


@pytest.mark.parametrize(("text", "digits"), DIALLED)
def test_digits_are_what_is_dialled(text: str, digits: str) -> None:
    assert [n.digits for n in phone_numbers(text, "KZ")] == [digits]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_years_amounts_hours_and_addresses_are_no_numbers(text: str) -> None:
    assert phone_numbers(text, "KZ") == []


def test_a_number_has_its_offsets_and_its_digits() -> None:
    assert phone_numbers("Fire: 101\nAmbulance: 442 020", "GN") == [
        PhoneNumber(6, 9, "101"),
        PhoneNumber(21, 28, "442020"),
    ]


@given(st.text(alphabet="0123456789 /-+().,:callpoice\n", max_size=80))
def test_numbers_are_in_order_apart_and_hold_their_digits(text: str) -> None:
    found = phone_numbers(text, "KZ")
    ends = [0, *(n.end for n in found)]
    for before, number in zip(ends, found, strict=False):
        assert before <= number.start < number.end <= len(text)
        assert sum(c.isdecimal() for c in number.digits) >= 2
        assert set(number.digits) <= set(text[number.start : number.end])

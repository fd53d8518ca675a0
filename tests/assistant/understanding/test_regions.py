"""Names of regions: those that share a word, and those that no table of places holds."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.choosing.warned import forbids
from assistant.understanding.question import understand
from assistant.understanding.regions import each_named, unlisted_regions


@pytest.mark.parametrize(
    ("words", "each"),
    [
        ("North and South Kivu provinces due to crime", "North Kivu, South Kivu provinces due to crime"),
        ("North, South and West Darfur States", "North Darfur States, South Darfur States, West Darfur States"),
        ("in East and West Nusa Tenggara", "in East Nusa Tenggara, West Nusa Tenggara"),
        ("Upper/Lower Juba", "Upper Juba, Lower Juba"),
        ("North of Goma and South Kivu", "North of Goma and South Kivu"),
        ("the north and east of Nairobi", "the north and east of Nairobi"),
        ("in the north and south", "in the north and south"),
    ],
)
def test_each_of_several_regions_is_named_in_full(words: str, each: str) -> None:
    assert each_named(words) == each


def test_advice_against_two_regions_is_against_each() -> None:
    words = "Do not travel to North and South Kivu."
    assert forbids(words, "North Kivu")
    assert forbids(words, "South Kivu")
    assert not forbids(words, "Goma")
    assert not forbids("Do not travel to the area north of South Kivu.", "South Kivu")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("advisory level of Zorbat department", ("Zorbat",)),
        ("advisory level of Colon department", ("Colon",)),
        ("level for the department of Zorbat", ("Zorbat",)),
        ("level of zorbat province", ("zorbat",)),
        ("Is Colon department at the same level?", ("Colon",)),
        ("Zorbat province level", ("Zorbat",)),
        ("advisory level of North Zorbat province", ("North Zorbat",)),
        ("Which province is safest?", ()),
        ("What is the State Department level?", ()),
        ("State Department level", ()),
        ("level of the border region", ()),
        ("level of the Northern Province", ()),
        ("level of each province", ()),
        ("level for the wine region", ()),
        ("is there a state of emergency", ()),
        ("WHAT IS THE LEVEL OF EACH PROVINCE", ()),
    ],
)
def test_a_name_that_stands_as_a_regions_and_is_in_no_table(words: str, names: tuple[str, ...]) -> None:
    assert unlisted_regions(words) == names


def test_only_a_level_is_asked_of_an_unlisted_region() -> None:
    asked = "What is the {} Zorbat department in Kazakhstan?"
    level, food = (
        understand(asked.format(of), today=date(2026, 11, 23), covered=["KZ"])
        for of in ("advisory level of", "food of")
    )
    assert (level.places, level.finer_places) == (("KZ",), ("Zorbat",))
    assert food.finer_places == ()

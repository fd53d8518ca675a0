"""Of several quotes the best that neither overlap nor say the same; what differs in a number is not the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.choosing.quotes import Quote, distinct
from index.documents import Document, Heading, Passage
from index.snapshot import Hit


@pytest.fixture(scope="module")
def made() -> Callable[[int, int, str], Quote]:
    """Make a quote from its offsets and words."""
    document = Document("own", "page.md", "Page", "")
    hit = Hit(0, document, Passage(0, 1000), 1.0, 1, 1.0)
    return lambda start, end, words: Quote(document, start, end, words, words, (Heading(0, 1, 1),), ("Page",), hit)


def test_distinct_keeps_the_best_apart(made: Callable[[int, int, str], Quote]) -> None:
    first, inside, touching, same = made(0, 9, "a"), made(5, 20, "b"), made(9, 20, "c"), made(30, 40, "A. ")
    elsewhere = replace(inside, document=replace(inside.document, doc_id="other.md"))
    assert distinct([first, inside, touching, same, elsewhere], 9) == [first, touching, elsewhere]
    assert distinct([first, inside, touching, same, elsewhere], 1) == [first]
    assert distinct([], 3) == []


def test_what_several_publishers_repeat_but_for_a_word_counts_once(made: Callable[[int, int, str], Quote]) -> None:
    one = made(0, 90, "Order a licensed taxi through an app, and share the trip with a friend or with your hotel.")
    other = made(100, 190, "Order a licensed taxi through an app and share your trip with a friend or with your hotel.")
    third = made(200, 290, "Drivers of shared taxis have robbed passengers on the airport road after they landed.")
    assert distinct([one, other, third], 9) == [one, third]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Police: 102", "Police: 112"),
        ("Ambulance: 442 020", "Ambulance: 442 021"),
        ("Vaping became illegal in 2022.", "Vaping became illegal in 2024."),
        ("It is safe to swim in the sea on all the beaches.", "It is not safe to swim in the sea on all the beaches."),
        (
            "FCDO advises against all travel to the north of the river.",
            "FCDO advises against all but essential travel to the north of the river.",
        ),
    ],
)
def test_what_differs_in_a_number_or_in_its_sense_is_not_the_same(
    made: Callable[[int, int, str], Quote], one: str, other: str
) -> None:
    given_quotes = [made(0, 90, one), made(100, 190, other)]
    assert distinct(given_quotes, 9) == given_quotes


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from("abcdef")), max_size=25),
    st.integers(1, 9),
)
def test_distinct_never_overlaps(
    made: Callable[[int, int, str], Quote], drawn: list[tuple[int, int, str]], limit: int
) -> None:
    given_quotes = [made(start, start + length, words) for start, length, words in drawn]
    kept = distinct(given_quotes, limit)
    assert len(kept) == min(limit, len(kept)) and (not drawn or kept[0] == given_quotes[0])
    for number, one in enumerate(kept):
        for other in kept[:number]:
            assert one.end <= other.start or other.end <= one.start
            assert one.shown != other.shown

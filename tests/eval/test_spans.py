from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import Gold
from eval.runs import Span
from eval.spans import beside, covers, overlap, overlaps, token_f1

PROSE = Gold("d", "s", "x" * 100, 100, 200, "")
NUMBER = Gold("d", "s", "+7 103", 100, 106, "")


@pytest.mark.parametrize(
    ("start", "end", "shared", "covered", "touched"),
    [
        (100, 200, 100, True, True),
        (120, 200, 80, True, True),  # eight tenths of the gold
        (121, 200, 79, False, True),
        (0, 400, 100, True, True),  # the gold is the shorter
        (0, 149, 49, False, False),
        (0, 150, 50, False, True),  # half of the gold
        (90, 110, 10, False, True),  # half of the quote
        (91, 110, 10, False, True),
        (89, 110, 10, False, False),
        (200, 300, 0, False, False),
        (0, 100, 0, False, False),
    ],
)
def test_a_quote_against_prose(start: int, end: int, shared: int, covered: bool, touched: bool) -> None:
    span = Span("s", "d", start, end)
    assert (overlap(span, PROSE), covers(span, PROSE), overlaps(span, PROSE)) == (shared, covered, touched)


def test_a_number_is_covered_whole_or_not_at_all() -> None:
    assert covers(Span("s", "d", 100, 106), NUMBER)
    assert not covers(Span("s", "d", 100, 105), NUMBER)
    word = Gold("d", "s", "a taxi", 100, 106, "")
    assert covers(Span("s", "d", 100, 105), word)  # five of six characters
    long = Gold("d", "s", "1" + "x" * 39, 100, 140, "")
    assert covers(Span("s", "d", 100, 132), long)  # forty characters are prose again


def test_another_document_or_source_covers_nothing() -> None:
    for span in (Span("s", "e", 100, 200), Span("t", "d", 100, 200)):
        assert (overlap(span, PROSE), covers(span, PROSE), overlaps(span, PROSE)) == (0, False, False)
    assert not covers(Span("s", "d", 0, 9), Gold("d", "s")) and not overlaps(Span("s", "d", 0, 9), Gold("d", "s"))


def test_beside_counts_what_is_in_no_gold() -> None:
    assert beside(Span("s", "d", 100, 200), [PROSE]) == 0.0
    assert beside(Span("s", "d", 75, 275), [PROSE]) == 0.5
    other = Gold("d", "s", "y" * 75, 175, 250, "")
    assert beside(Span("s", "d", 50, 250), [PROSE, other]) == 0.25  # two golds that overlap count once


@pytest.mark.parametrize(
    ("words", "gold", "f1"),
    [
        ("The ambulance: 103.", "ambulance 103", 1.0),
        ("dial 103 for an ambulance", "ambulance 103", 2 * 2 / (4 + 2)),
        ("taxi taxi", "taxi", 2 * 1 / (2 + 1)),  # a word counts as often as it stands there
        ("police", "ambulance", 0.0),
        ("", "ambulance", 0.0),
        ("", "the", 0.0),  # a refusal matches nothing, not even gold that is an article
    ],
)
def test_token_f1(words: str, gold: str, f1: float) -> None:
    assert token_f1(words, gold) == pytest.approx(f1)


spans = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(spans, spans)
def test_against_a_slow_count_of_characters(quote: tuple[int, int], gold: tuple[int, int]) -> None:
    shared = len(set(range(*quote)) & set(range(*gold)))
    span, wanted = Span("s", "d", *quote), Gold("d", "s", "x" * (gold[1] - gold[0]), *gold, "")
    assert overlap(span, wanted) == shared
    assert beside(span, [wanted]) == pytest.approx(1 - shared / (quote[1] - quote[0]))
    assert not covers(span, wanted) or overlaps(span, wanted)

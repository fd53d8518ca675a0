"""Rankings put together: every figure by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import best_first, min_max, weighted_sum

scores = st.dictionaries(st.integers(0, 20), st.floats(-5, 5), max_size=10)


def test_min_max() -> None:
    assert min_max({1: 2.0, 2: 4.0, 3: 3.0}) == {1: 0.0, 2: 1.0, 3: 0.5}
    assert min_max({1: 2.0, 2: 2.0}) == {1: 1.0, 2: 1.0}
    assert min_max({}) == {}


def test_weighted_sum() -> None:
    fused = weighted_sum({1: 0.9, 2: 0.5, 3: 0.7}, {2: 8.0, 4: 4.0}, 0.25)
    assert fused == pytest.approx({1: 0.25, 2: 0.75, 3: 0.125, 4: 0.0}, abs=1e-12)


def test_ties_go_by_row() -> None:
    assert best_first({9: 1.0, 2: 1.0, 5: 3.0}) == [5, 2, 9]


@given(scores, scores, st.floats(0, 1))
def test_fused_scores_lie_between_0_and_1(first: dict[int, float], second: dict[int, float], weight: float) -> None:
    fused = weighted_sum(first, second, weight)
    assert fused.keys() == first.keys() | second.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())
    ranked = [fused[row] for row in best_first(fused)]
    assert ranked == sorted(ranked, reverse=True)

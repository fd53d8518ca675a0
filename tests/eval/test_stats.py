from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.stats import balanced, mean, paired, proportion, quantile


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The formula as it is printed, z for 95 %."""
    z = 1.959963984540054
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return middle - half, middle + half


@pytest.mark.parametrize(("hits", "n"), [(34, 40), (0, 20), (20, 20), (1, 1)])
def test_a_proportion_has_wilsons_interval(hits: int, n: int) -> None:
    figure = proportion("x", [1.0] * hits + [0.0] * (n - hits))
    assert (figure.value, figure.n) == (hits / n, n)
    assert (figure.low, figure.high) == pytest.approx(wilson(hits, n), abs=1e-9)


def test_the_seeds_target_with_its_interval_in_figures() -> None:
    figure = proportion("x", [1.0] * 34 + [0.0] * 6)
    assert (figure.value, figure.low, figure.high) == pytest.approx((0.85, 0.7093, 0.9294), abs=1e-4)


def test_a_mean_has_a_bootstrap_interval_near_the_normal_one() -> None:
    values = [i / 399 for i in range(400)]
    figure = mean("x", values)
    half = 1.96 * math.sqrt(1 / 12) / math.sqrt(400)
    assert (figure.value, figure.n) == (pytest.approx(0.5), 400)
    assert (figure.low, figure.high) == pytest.approx((0.5 - half, 0.5 + half), abs=0.003)
    assert mean("x", values) == figure  # seeded


def test_one_observation_has_no_interval_and_equal_ones_no_width() -> None:
    assert (mean("x", [0.4]).value, mean("x", [0.4]).low, mean("x", [0.4]).high) == (0.4, None, None)
    same = mean("x", [0.25, 0.25, 0.25])
    assert (same.value, same.low, same.high) == (0.25, 0.25, 0.25)


def test_a_quantile_lies_between_its_neighbours() -> None:
    values = [float(i) for i in range(1, 101)]
    assert quantile("x", values, 0.5).value == 50.5
    slow = quantile("x", values, 0.95)
    assert slow.value == pytest.approx(95.05)
    assert slow.low is not None and slow.high is not None and 88 <= slow.low < 95.05 < slow.high <= 100


def test_balanced_accuracy_weighs_the_two_kinds_alike() -> None:
    figure = balanced("x", [1.0, 1.0, 1.0, 0.0], [1.0] * 50 + [0.0] * 50)
    assert (figure.value, figure.n) == ((0.75 + 0.5) / 2, 104)
    assert figure.low is not None and figure.high is not None and figure.low < 0.625 < figure.high


def test_a_paired_difference_with_its_exact_test() -> None:
    # Five pairs that moved, all upwards: 2 of the 2^5 sign patterns are as extreme. Ties change nothing.
    found = paired("x", [1, 1, 1, 1, 1, 0, 1], [0, 0, 0, 0, 0, 0, 1])
    assert (found.ours, found.theirs, found.n) == (pytest.approx(6 / 7), pytest.approx(1 / 7), 7)
    assert found.value == pytest.approx(5 / 7)
    assert found.p == pytest.approx(2 / 32)
    assert found.test == "McNemar, exact"


@pytest.mark.parametrize(("gained", "lost"), [(1, 0), (9, 2), (30, 12), (40, 40), (3, 60)])
def test_zeros_and_ones_have_mcnemars_test(gained: int, lost: int) -> None:
    ours = [1.0] * gained + [0.0] * lost + [1.0] * 25
    theirs = [0.0] * gained + [1.0] * lost + [1.0] * 25
    n, few = gained + lost, min(gained, lost)
    tail = sum(math.comb(n, k) for k in range(few + 1)) / 2**n
    found = paired("x", ours, theirs)
    assert found.p == pytest.approx(min(1.0, 2 * tail))
    assert (found.test, found.n) == ("McNemar, exact", n + 25)


def test_other_values_are_turned_at_random_and_few_of_them_in_every_way() -> None:
    found = paired("x", [0.9, 0.8, 0.7, 0.6, 0.5], [0.1, 0.3, 0.5, 0.55, 0.5])
    assert found.p == pytest.approx(2 / 16)  # four moved, all upwards
    assert found.test == "paired permutation"


def test_equal_runs_do_not_differ() -> None:
    found = paired("x", [0.5, 0.25, 1.0], [0.5, 0.25, 1.0])
    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)
    assert found.test == "none differs"


def test_a_clear_gain_over_many_questions_is_told_from_chance() -> None:
    ours = [float(i % 10 < 8) for i in range(200)]
    theirs = [float(i % 10 < 6) for i in range(200)]
    gain = paired("x", ours, theirs)
    assert gain.value == pytest.approx(0.2) and gain.p < 0.001
    noise = paired("x", [float(i % 2) for i in range(200)], [float(i % 2 == 0) for i in range(200)])
    assert noise.value == 0.0 and noise.p == 1.0


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_an_interval_of_a_mean_lies_within_its_values(values: list[float]) -> None:
    figure = mean("x", values)
    assert figure.low is not None and figure.high is not None
    assert min(values) - 1e-12 <= figure.low <= figure.high <= max(values) + 1e-12

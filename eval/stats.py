"""Figures with their intervals, and differences with their tests.

Resampling is seeded: the same run has the same score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

CONFIDENCE = 0.95
_SEED = 20110801
_RESAMPLES = 2000
_PERMUTATIONS = 9999
_SAME = 1e-12  # amounts closer than this are one

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value over `n` observations with its 95 % interval; None where one observation gives none."""

    label: str
    value: float
    n: int
    low: float | None
    high: float | None

    def to_record(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours less theirs, over the `n` observations that both have. `p` is two-sided, by the test named."""

    label: str
    ours: float
    theirs: float
    n: int
    low: float | None
    high: float | None
    p: float
    test: str

    @property
    def value(self) -> float:
        """The mean difference."""
        return self.ours - self.theirs

    def to_record(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self), "value": self.value}


def proportion(label: str, values: Sequence[float]) -> Figure:
    """A share of ones among zeros and ones, with Wilson's interval (Wilson 1927)."""
    hits = round(sum(values))
    interval = stats.binomtest(hits, len(values)).proportion_ci(CONFIDENCE, method="wilson")
    return Figure(label, hits / len(values), len(values), float(interval.low), float(interval.high))


def mean(label: str, values: Sequence[float]) -> Figure:
    """A mean, with a percentile bootstrap interval (Efron 1979)."""
    return _bootstrapped(label, [values], _mean)


def quantile(label: str, values: Sequence[float], q: float) -> Figure:
    """A quantile (0 ≤ q ≤ 1, linear between neighbours), with a percentile bootstrap interval."""

    def at(sample: Floats, axis: int = -1) -> Floats:
        return np.asarray(np.quantile(sample, q, axis=axis))

    return _bootstrapped(label, [values], at)


def balanced(label: str, first: Sequence[float], second: Sequence[float]) -> Figure:
    """The mean of two groups' means, each group counting half, with a percentile bootstrap interval."""

    def of(one: Floats, other: Floats, axis: int = -1) -> Floats:
        return np.asarray((one.mean(axis=axis) + other.mean(axis=axis)) / 2)

    return _bootstrapped(label, [first, second], of)


def paired(label: str, ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """The mean of paired differences, with a percentile bootstrap interval and an exact or a permutation test.

    Under the null hypothesis each pair could as well be the other way round. Where all pairs that differ do so by the
    same amount, as zeros and ones do, that is McNemar's exact test (a binomial one); else pairs are turned at random
    (Smucker, Allan and Carterette 2007). Pairs that tie change neither the sum nor its distribution.
    """
    differences = np.asarray(ours, np.float64) - np.asarray(theirs, np.float64)
    figure = _bootstrapped(label, [differences.tolist()], _mean)
    moved = differences[differences != 0]
    p, name = 1.0, "none differs"
    if len(moved) and np.ptp(np.abs(moved)) < _SAME:
        p, name = float(stats.binomtest(int((moved > 0).sum()), len(moved)).pvalue), "McNemar, exact"
    elif len(moved):
        test = stats.permutation_test(
            (moved,), _sum, permutation_type="samples", n_resamples=_PERMUTATIONS, batch=500, rng=_generator()
        )
        p, name = min(float(test.pvalue), 1.0), "paired permutation"
    means = float(np.mean(ours)), float(np.mean(theirs))
    return Difference(label, *means, len(differences), figure.low, figure.high, p, name)


def auroc(label: str, positive: Sequence[float], negative: Sequence[float]) -> Figure:
    """How probably a positive scores above a negative, ties half (Mann and Whitney 1947), with a percentile bootstrap.

    Both must hold something. The interval draws positives and negatives anew, each within its kind.
    """
    high, low = np.asarray(positive, np.float64)[:, None], np.asarray(negative, np.float64)[None, :]
    wins = (high > low) + 0.5 * (high == low)
    count = wins.shape[0], wins.shape[1]
    value = float(wins.mean())
    if min(count) < 2:
        return Figure(label, value, sum(count), None, None)
    draw = _generator()
    rows, columns = (draw.multinomial(n, [1 / n] * n, _RESAMPLES) / n for n in count)
    resampled = ((rows @ wins) * columns).sum(axis=1)
    bounds = np.quantile(resampled, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Figure(label, value, sum(count), float(bounds[0]), float(bounds[1]))


def _bootstrapped(label: str, samples: Sequence[Sequence[float]], statistic: Callable[..., Floats]) -> Figure:
    arrays = [np.asarray(sample, np.float64) for sample in samples]
    value = float(statistic(*arrays))
    n = sum(map(len, arrays))
    if min(map(len, arrays)) < 2:
        return Figure(label, value, n, None, None)
    interval = stats.bootstrap(
        arrays,
        statistic,
        n_resamples=_RESAMPLES,
        batch=200,
        confidence_level=CONFIDENCE,
        method="percentile",
        vectorized=True,
        rng=_generator(),
    ).confidence_interval
    return Figure(label, value, n, float(interval.low), float(interval.high))


def _generator() -> np.random.Generator:
    return np.random.default_rng(_SEED)


def _mean(sample: Floats, axis: int = -1) -> Floats:
    return np.asarray(sample.mean(axis=axis))


def _sum(sample: Floats, axis: int = -1) -> Floats:
    return np.asarray(sample.sum(axis=axis))

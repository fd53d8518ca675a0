"""Pure functions on rankings. A ranking maps rows to scores; higher is better."""

from __future__ import annotations

from collections.abc import Mapping


def min_max(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores scaled to 0…1; all 1 where they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {row: (score - low) / (high - low) if high > low else 1.0 for row, score in scores.items()}


def best_first(scores: Mapping[int, float]) -> list[int]:
    """Rows by falling score; ties by row, so that a ranking is the same on every machine."""
    return sorted(scores, key=lambda row: (-scores[row], row))


def weighted_sum(first: Mapping[int, float], second: Mapping[int, float], weight: float) -> dict[int, float]:
    """`weight` times the first scores and the rest of the second, both scaled by `min_max`; 0 where one has none."""
    left, right = min_max(first), min_max(second)
    return {row: weight * left.get(row, 0.0) + (1 - weight) * right.get(row, 0.0) for row in left.keys() | right.keys()}

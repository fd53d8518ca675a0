"""Seconds by stage over several runs, and what is said of them: median, 95th percentile, share of the sum."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np


class Stopwatch:
    """Laps by stage, in the order in which the stages first began; `laps` are seconds."""

    def __init__(self) -> None:
        self.laps: dict[str, list[float]] = {}

    @contextmanager
    def lap(self, stage: str) -> Iterator[None]:
        """Time what happens inside as one lap of the stage."""
        laps = self.laps.setdefault(stage, [])
        started = time.perf_counter()
        yield
        laps.append(time.perf_counter() - started)


def median(values: Sequence[float]) -> float:
    """The median."""
    return float(np.median(values))


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, interpolated."""
    return float(np.percentile(values, 95))


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile of seconds, JSON-ready."""
    return {"median_s": median(values), "p95_s": p95(values)}


def stage_rows(laps: Mapping[str, Sequence[float]], within: Mapping[str, str]) -> list[dict[str, Any]]:
    """A row a stage: median, 95th percentile, and the share of all medians' sum.

    `within` names stages that are part of another: shown, but not added up again.
    """
    measured = {stage: spread(found) for stage, found in laps.items() if found}
    total = sum(row["median_s"] for stage, row in measured.items() if stage not in within)
    return [
        {"stage": stage, **row, "share": row["median_s"] / total}
        | ({"within": within[stage]} if stage in within else {})
        for stage, row in measured.items()
    ]

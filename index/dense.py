"""Search by meaning: a passage is as near to a question as the nearest of its units."""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property

import numpy as np

from index.embedding import Vectors
from index.filters import Mask
from index.searchfiles import Rows, SearchFiles, ranges

FEW_UNITS = 16_000  # up to here the cosine of every single unit is computed: exact, and 10 ms at most


class DenseSearch:
    """Passages by the cosine of their best unit.

    Where more than `few_units` units may be found, only those of the passages with the nearest mean vectors are looked
    at, so a passage can be missed of which one unit alone is near.
    """

    def __init__(self, files: SearchFiles, few_units: int = FEW_UNITS) -> None:
        self._files = files
        self._few_units = few_units

    def search(self, vector: Vectors, k: int, allowed: Mask, also: Set[int] = frozenset()) -> dict[int, float]:
        """The best `k` of the allowed passages for a vector of length 1, and those in `also`, with their scores.

        `allowed` is by passage. A passage without a unit has nothing to quote and is never found.
        """
        tables = self._files.tables
        allowed = allowed & (np.diff(tables.first_unit) > 0)
        passages = np.flatnonzero(allowed)
        counts = tables.first_unit[passages + 1] - tables.first_unit[passages]
        wanted = np.fromiter(also, np.int64, len(also))
        if counts.sum() > self._few_units:
            nearest = self._nearest_means(vector, k, allowed)
            passages = passages[np.isin(passages, np.concatenate((nearest, wanted)))]
            counts = tables.first_unit[passages + 1] - tables.first_unit[passages]
        if not len(passages):
            return {}
        cosines = self._files.units.cosines(tables.unit_vector[ranges(tables.first_unit, passages)], vector)
        scores = np.maximum.reduceat(cosines, np.cumsum(counts) - counts)
        kept = np.isin(passages, wanted)
        kept[np.lexsort((passages, -scores))[:k]] = True
        return dict(zip(passages[kept].tolist(), scores[kept].tolist(), strict=True))

    def _nearest_means(self, vector: Vectors, k: int, allowed: Mask) -> Rows:
        """The `k` allowed passages whose mean vectors are nearest; of those that share one the first."""
        rows, _ = self._files.vectors.search(vector, k, np.unique(self._files.tables.vector[allowed]))
        order, first = self._passages_by_vector
        found = order[ranges(first, rows)]
        return found[allowed[found]][:k]

    @cached_property
    def _passages_by_vector(self) -> tuple[Rows, Rows]:
        """Passages sorted by vector row, and where each vector row's begin."""
        vector = self._files.tables.vector
        order = np.argsort(vector, kind="stable")
        return order, np.searchsorted(vector[order], np.arange(len(self._files.vectors) + 1))

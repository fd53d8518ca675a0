"""Search by meaning: a passage is as near to a question as the nearest of its units."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from index.embedding import Vectors
from index.filters import Mask
from index.searchfiles import SearchFiles
from index.tables import Rows, ranges
from index.vectors import CANDIDATES, Bits

FEW_UNITS = 16_000  # up to here the cosine of every single unit is computed: exact, and a few milliseconds


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which passages may be found: those with a unit that pass a filter. `bits` where they are too many to look at."""

    passages: Mask
    bits: Bits | None  # by unit vector


class DenseSearch:
    """Passages by the cosine of their best unit.

    Where more than `few_units` units may be found, the candidates are the vector index's; their cosines are exact.
    """

    def __init__(self, files: SearchFiles, few_units: int = FEW_UNITS) -> None:
        self._tables = files.tables
        self._units = files.units
        self._vectors = files.vectors
        self._few_units = few_units if len(files.vectors) else len(files.tables.unit_vector)

    def allow(self, passages: Mask) -> Allowed:
        """Prepare a filter, by passage. A passage without a unit has nothing to quote and is never found."""
        counts = np.diff(self._tables.first_unit)
        passages = passages & (counts > 0)
        if counts[passages].sum() <= self._few_units:
            return Allowed(passages, None)
        units = np.zeros(len(self._vectors), np.bool_)
        units[self._tables.unit_vector[np.repeat(passages, counts)]] = True
        return Allowed(passages, np.packbits(units, bitorder="little"))

    def search(self, vector: Vectors, k: int, allowed: Allowed, also: Set[int] = frozenset()) -> dict[int, float]:
        """The best `k` of the allowed passages for a vector of length 1, and those in `also`, with their scores."""
        tables = self._tables
        wanted = np.fromiter(also, np.int64, len(also))
        if allowed.bits is None:
            passages = np.flatnonzero(allowed.passages)
        else:
            wanted = wanted[allowed.passages[wanted]]
            passages = np.union1d(self._candidates(vector, k, allowed, allowed.bits), wanted)
        if not len(passages):
            return {}
        counts = tables.first_unit[passages + 1] - tables.first_unit[passages]
        cosines = self._units.cosines(tables.unit_vector[ranges(tables.first_unit, passages)], vector)
        scores = np.maximum.reduceat(cosines, np.cumsum(counts) - counts)
        kept = np.isin(passages, wanted)
        kept[np.lexsort((passages, -scores))[:k]] = True
        return dict(zip(passages[kept].tolist(), scores[kept].tolist(), strict=True))

    def _candidates(self, vector: Vectors, k: int, allowed: Allowed, bits: Bits) -> Rows:
        """Allowed passages that hold one of the units that are roughly nearest: the first of them."""
        found = self._vectors.search(vector, max(self._vectors.candidates, 2 * k), bits)
        if len(found) > (most := max(CANDIDATES, 2 * k)):
            found = found[np.argsort(-self._units.cosines(found, vector), kind="stable")[:most]]
        holders = self._tables.holders[ranges(self._tables.first_holder, found)]
        holders = holders[allowed.passages[holders]]
        _, first = np.unique(holders, return_index=True)
        return holders[np.sort(first)][: max(CANDIDATES, 4 * k)].astype(np.int64)

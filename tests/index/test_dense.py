"""Search by meaning against a slow, obvious reference: the best unit counts, filters hold, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.dense import FEW_UNITS, DenseSearch
from index.documents import Passage
from index.embedding import Vectors
from index.filters import Mask
from index.searchfiles import SearchFiles
from index.tables import Collected, arranged, no_tables
from index.unit_vectors import UnitVectors
from index.units import Cut, Unit
from index.vectors import VectorIndex
from index.words import WordIndex

PASSAGES = 400
UNITS = 500
DIMENSION = 16
EXACT, BY_CODES = FEW_UNITS, 0  # few_units: so many that all are looked at, none at all


def made(folder: Path, unit_vectors: Sequence[Sequence[int]], units: UnitVectors) -> SearchFiles:
    """Search files of passages, each given by the rows of its units' vectors."""
    collected = Collected()
    for number, found in enumerate(unit_vectors):
        collected.add(
            number, Cut(Passage(0, 1), tuple(Unit(0, 1, False, -1) for _ in found), ("00" * 32,) * len(found))
        )
    rows = np.array([row for found in unit_vectors for row in found], np.int64)
    numbers = np.arange(len(unit_vectors))
    new = collected.tables(rows, 0)
    tables = arranged((no_tables(), new), numbers, numbers, numbers, len(units))
    return SearchFiles(folder, tables, VectorIndex.build(units), units, WordIndex.build(folder, []), {})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SearchFiles:
    generator = np.random.default_rng(0)
    small = generator.integers(-127, 128, (UNITS, DIMENSION), np.int8)
    scales = (1 / np.linalg.norm(small.astype(np.float64), axis=1)).astype(np.float32)
    # Passages of no to five units; many share all their units with others.
    distinct = [generator.integers(0, UNITS, generator.integers(0, 6)).tolist() for _ in range(250)]
    chosen = [distinct[number] for number in generator.integers(0, 250, PASSAGES)]
    return made(tmp_path_factory.mktemp("dense") / "words", chosen, UnitVectors(small, scales))


def question(seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    return np.asarray(drawn / np.linalg.norm(drawn), np.float32)


def expected(files: SearchFiles, vector: Vectors, k: int, allowed: Mask, also: set[int]) -> dict[int, float]:
    """One passage after the other, one unit after the other."""
    scores: dict[int, float] = {}
    for row in range(PASSAGES):
        own = files.tables.unit_vector[files.tables.first_unit[row] : files.tables.first_unit[row + 1]]
        if allowed[row] and len(own):
            scores[row] = max(float(one @ vector) for one in files.units.vectors(own).astype(np.float64))
    best = sorted(scores, key=lambda row: (-round(scores[row], 6), row))[:k]
    return {row: scores[row] for row in also.union(best)}


@pytest.mark.parametrize("few_units", [EXACT, BY_CODES])
@pytest.mark.parametrize("k", [1, 10, 100])
@pytest.mark.parametrize("share", [1.0, 0.9, 0.1, 0.004, 0.0])
def test_same_as_the_reference(files: SearchFiles, few_units: int, k: int, share: float) -> None:
    allowed = np.random.default_rng(k).random(PASSAGES) < share
    with_units = np.flatnonzero(allowed & (np.diff(files.tables.first_unit) > 0))
    search = DenseSearch(files, few_units)
    for seed, also in ((1, set()), (2, set(with_units[::7].tolist()))):
        found = search.search(question(seed), k, search.allow(allowed), also)
        reference = expected(files, question(seed), k, allowed, also)
        # With 500 units all 400 candidates by codes hold the nearest 100 passages: the same is found, bar none.
        assert found.keys() == reference.keys()
        assert found == pytest.approx(reference, abs=1e-5)


def test_by_hand(tmp_path: Path) -> None:
    small = np.zeros((4, DIMENSION), np.int8)
    small[[0, 1, 2, 3], [0, 1, 2, 0]] = [100, 100, 100, -100]
    units = UnitVectors(small, np.full(4, 0.01, np.float32))
    search = DenseSearch(made(tmp_path / "words", [[1, 2], [], [0, 1], [3], [0, 1], [0, 1, 2]], units))
    vector = np.zeros(DIMENSION, np.float32)
    vector[:2] = 0.8, 0.6
    everything = search.allow(np.ones(6, np.bool_))
    assert everything.passages.tolist() == [True, False, True, True, True, True]
    cosines = {0: 0.6, 2: 0.8, 3: -0.8, 4: 0.8, 5: 0.8}
    assert search.search(vector, 9, everything) == pytest.approx(cosines, abs=1e-6)
    assert list(search.search(vector, 2, everything)) == [2, 4]  # ties by row
    assert list(search.search(vector, 2, everything, {3})) == [2, 3, 4]
    allowed = search.allow(np.array([True, True, False, True, False, True]))
    assert search.search(vector, 1, allowed) == pytest.approx({5: 0.8}, abs=1e-6)


def test_codes_serve_only_what_is_too_much_to_look_at(files: SearchFiles) -> None:
    everything, few = np.ones(PASSAGES, np.bool_), np.arange(PASSAGES) < 5
    units = int(np.diff(files.tables.first_unit).sum())
    assert DenseSearch(files, units).allow(everything).bits is None
    bits = DenseSearch(files, units - 1).allow(everything).bits
    assert bits is not None
    used = np.unique(files.tables.unit_vector)
    assert np.flatnonzero(np.unpackbits(bits, bitorder="little")).tolist() == used.tolist()
    assert DenseSearch(files, units - 1).allow(few).bits is None


def test_nothing_to_find(files: SearchFiles, tmp_path: Path) -> None:
    bare = np.diff(files.tables.first_unit) == 0
    assert bare.sum() > 10
    none = UnitVectors(np.zeros((0, DIMENSION), np.int8), np.zeros(0, np.float32))
    empty = made(tmp_path / "words", [], none)
    for found, mask in ((files, bare), (empty, np.zeros(0, np.bool_))):
        for few_units in (EXACT, BY_CODES):
            search = DenseSearch(found, few_units)
            assert search.search(question(3), 5, search.allow(mask)) == {}

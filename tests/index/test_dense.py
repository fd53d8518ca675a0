"""Search by meaning against a slow, obvious reference: the best unit counts, filters hold, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import FEW_UNITS, DenseSearch
from index.embedding import Vectors
from index.filters import Mask
from index.searchfiles import SearchFiles, Tables, ranges
from index.unit_vectors import UnitVectors
from index.vectors import VectorIndex
from index.words import WordIndex

PASSAGES = 400
DIMENSION = 16
EXACT, BY_MEANS = FEW_UNITS, 0  # few_units: so many that all are computed, none at all


def made(folder: Path, unit_vectors: list[list[int]], units: UnitVectors) -> SearchFiles:
    """Search files of passages, each given by the rows of its units' vectors."""
    rows: dict[tuple[int, ...], int] = {}
    vector = [rows.setdefault(tuple(found), len(rows)) for found in unit_vectors]
    count = len(unit_vectors)
    tables = Tables(
        document=np.arange(count),
        start=np.zeros(count, np.int64),
        end=np.ones(count, np.int64),
        vector=np.array(vector, np.int64),
        first_heading=np.zeros(count + 1, np.int64),
        headings=np.zeros((0, 3), np.int64),
        first_unit=np.cumsum([0, *map(len, unit_vectors)]),
        units=np.zeros((sum(map(len, unit_vectors)), 4), np.int64),
        unit_vector=np.array([row for found in unit_vectors for row in found], np.int64),
    )
    means = VectorIndex.build(units.means(list(rows), DIMENSION))
    return SearchFiles(tables, means, units, WordIndex.build(folder, []))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SearchFiles:
    generator = np.random.default_rng(0)
    small = generator.integers(-127, 128, (500, DIMENSION), np.int8)
    scales = (1 / np.linalg.norm(small.astype(np.float64), axis=1)).astype(np.float32)
    # Passages of no to five units; many share all their units with others.
    distinct = [generator.integers(0, 500, generator.integers(0, 6)).tolist() for _ in range(250)]
    chosen = [distinct[number] for number in generator.integers(0, 250, PASSAGES)]
    return made(tmp_path_factory.mktemp("dense") / "words", chosen, UnitVectors(small, scales))


def question(seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    return np.asarray(drawn / np.linalg.norm(drawn), np.float32)


def expected(
    files: SearchFiles, vector: Vectors, k: int, allowed: Mask, also: set[int], *, by_means: bool
) -> dict[int, float]:
    """One passage after the other, one unit after the other."""
    scores: dict[int, float] = {}
    means: dict[int, float] = {}
    for row in range(PASSAGES):
        own = files.tables.unit_vector[files.tables.first_unit[row] : files.tables.first_unit[row + 1]]
        if allowed[row] and len(own):
            vectors = files.units.vectors(own).astype(np.float64)
            scores[row] = max(float(one @ vector) for one in vectors)
            means[row] = float(vectors.sum(axis=0) @ vector) / float(np.linalg.norm(vectors.sum(axis=0)))
    if by_means:
        near = sorted(means, key=lambda row: (-round(means[row], 6), row))[:k]
        scores = {row: scores[row] for row in also.union(near)}
    best = sorted(scores, key=lambda row: (-round(scores[row], 6), row))[:k]
    return {row: scores[row] for row in also.union(best)}


@pytest.mark.parametrize("few_units", [EXACT, BY_MEANS])
@pytest.mark.parametrize("k", [1, 10, 100, 1000])
@pytest.mark.parametrize("share", [1.0, 0.9, 0.1, 0.004, 0.0])
def test_same_as_the_reference(files: SearchFiles, few_units: int, k: int, share: float) -> None:
    allowed = np.random.default_rng(k).random(PASSAGES) < share
    with_units = np.flatnonzero(allowed & (np.diff(files.tables.first_unit) > 0))
    for seed, also in ((1, set()), (2, set(with_units[::7].tolist()))):
        found = DenseSearch(files, few_units).search(question(seed), k, allowed, also)
        reference = expected(files, question(seed), k, allowed, also, by_means=few_units == BY_MEANS)
        assert found.keys() == reference.keys()
        assert found == pytest.approx(reference, abs=1e-5)


def test_by_hand(tmp_path: Path) -> None:
    small = np.zeros((4, DIMENSION), np.int8)
    small[[0, 1, 2, 3], [0, 1, 2, 0]] = [100, 100, 100, -100]
    units = UnitVectors(small, np.full(4, 0.01, np.float32))
    files = made(tmp_path / "words", [[1, 2], [], [0, 1], [3], [0, 1], [0, 1, 2]], units)
    vector = np.zeros(DIMENSION, np.float32)
    vector[:2] = 0.8, 0.6
    everything = np.ones(6, np.bool_)
    cosines = {0: 0.6, 2: 0.8, 3: -0.8, 4: 0.8, 5: 0.8}
    assert DenseSearch(files).search(vector, 9, everything) == pytest.approx(cosines, abs=1e-6)
    assert list(DenseSearch(files).search(vector, 2, everything)) == [2, 4]  # ties by row
    # Passage 5 tells of many things: its mean is not among the nearest two, though its best unit is as near.
    assert list(DenseSearch(files, 0).search(vector, 2, everything)) == [2, 4]
    assert list(DenseSearch(files, 0).search(vector, 2, everything, {3})) == [2, 3, 4]
    allowed = np.array([True, True, False, True, False, True])
    assert DenseSearch(files, 0).search(vector, 1, allowed) == pytest.approx({5: 0.8}, abs=1e-6)


def test_nothing_to_find(files: SearchFiles, tmp_path: Path) -> None:
    bare = np.diff(files.tables.first_unit) == 0
    assert bare.sum() > 10
    none = UnitVectors(np.zeros((0, DIMENSION), np.int8), np.zeros(0, np.float32))
    empty = made(tmp_path / "words", [], none)
    for few_units in (EXACT, BY_MEANS):
        assert DenseSearch(files, few_units).search(question(3), 5, bare) == {}
        assert DenseSearch(empty, few_units).search(question(3), 5, np.zeros(0, np.bool_)) == {}


def test_ranges() -> None:
    first = np.array([0, 2, 2, 5])
    assert ranges(first, np.array([2, 0, 1, 2])).tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert ranges(first, np.array([1])).tolist() == []
    assert ranges(first, np.zeros(0, np.int64)).tolist() == []

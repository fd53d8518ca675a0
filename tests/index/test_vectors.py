"""FAISS against a NumPy product: the same rows, the same scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index import vectors
from index.errors import DamagedError
from index.vectors import Rows, Scores, VectorIndex

MANY = vectors._FEW + 5_000  # enough that a filter that leaves nearly all of them scans


def unit(rows: int, dimension: int = 8, seed: int = 0) -> npt.NDArray[np.float32]:
    drawn = np.random.default_rng(seed).normal(size=(rows, dimension))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


def reference(
    matrix: npt.NDArray[np.float32], query: npt.NDArray[np.float32], k: int, rows: Rows
) -> tuple[Rows, Scores]:
    scores = np.array([np.dot(matrix[r].astype(np.float64), query) for r in rows])
    order = sorted(range(len(rows)), key=lambda i: (-scores[i], rows[i]))[:k]
    return rows[order], scores[order].astype(np.float32)


@pytest.fixture(scope="module")
def matrix() -> npt.NDArray[np.float32]:
    return unit(MANY)


@pytest.fixture(scope="module")
def large(matrix: npt.NDArray[np.float32]) -> VectorIndex:
    return VectorIndex.build(matrix)


def test_scores_are_cosines_by_hand() -> None:
    index = VectorIndex.build(np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32))
    rows, scores = index.search(np.array([0.8, 0.6], np.float32), 10)
    assert rows.tolist() == [2, 0, 1, 3]
    assert scores.tolist() == pytest.approx([0.96, 0.8, 0.6, -0.8], abs=1e-6)


@pytest.mark.parametrize("k", [1, 7, 100, 300])
@pytest.mark.parametrize("share", ["all", "none filtered out", "most", "few", "one"])
def test_same_as_numpy(large: VectorIndex, matrix: npt.NDArray[np.float32], k: int, share: str) -> None:
    generator = np.random.default_rng(k)
    query = unit(1, seed=99)[0]
    sizes = {"none filtered out": MANY, "most": vectors._FEW + 1, "few": 500, "one": 1}
    everything = np.arange(MANY)
    rows = None if share == "all" else np.sort(generator.choice(everything, sizes[share], replace=False))
    found, scores = large.search(query, k, rows)
    expected, expected_scores = reference(matrix, query, k, everything if rows is None else rows)
    assert found.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, expected_scores, atol=2e-7)


@pytest.mark.parametrize("k", [3, 150])
def test_ties_go_by_row(k: int) -> None:
    index = VectorIndex.build(np.repeat(unit(1), MANY, axis=0))
    for rows in (None, np.arange(50, 100 + k), np.arange(50, MANY)):
        found, scores = index.search(unit(1)[0], k, rows)
        first = 0 if rows is None else 50
        assert found.tolist() == list(range(first, first + k))
        assert scores.tolist() == pytest.approx([1.0] * k, abs=1e-6)


def test_nothing_to_find() -> None:
    index = VectorIndex.build(unit(3))
    none: Rows = np.zeros(0, np.int64)
    for found, scores in (index.search(unit(1)[0], 0), index.search(unit(1)[0], 5, none)):
        assert (found.tolist(), scores.tolist()) == ([], [])
    empty = VectorIndex.build(np.zeros((0, 8), np.float32))
    assert len(empty) == 0
    assert empty.search(unit(1)[0], 5)[0].tolist() == []


def test_saved_and_loaded_answers_the_same(tmp_path: Path) -> None:
    made = VectorIndex.build(unit(50))
    made.save(tmp_path / "v.faiss")
    loaded = VectorIndex.load(tmp_path / "v.faiss")
    assert len(loaded) == 50
    np.testing.assert_array_equal(loaded.vectors(np.arange(50)), unit(50))
    query = unit(1, seed=5)[0]
    for one, other in zip(made.search(query, 9), loaded.search(query, 9), strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"not an index")
    with pytest.raises(DamagedError, match=r"v\.faiss: is not a vector index"):
        VectorIndex.load(tmp_path / "v.faiss")

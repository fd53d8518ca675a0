"""Unit vectors: small, near to what they were, and multiplied as a slow reference does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import unit_vectors
from index.errors import DamagedError
from index.unit_vectors import UnitVectors

SMALL = np.array([[127, 0], [0, -127], [60, 80], [0, 0]], np.int8)
SCALES = np.array([1 / 127, 1 / 127, 0.01, 0.0], np.float32)


def drawn(rows: int, dimension: int = 24, seed: int = 0) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Vectors as the store gives them."""
    generator = np.random.default_rng(seed)
    whole = generator.normal(size=(rows, dimension))
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    scales = np.abs(whole).max(axis=1) / 127
    return np.rint(whole / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def test_by_hand() -> None:
    units = UnitVectors(SMALL, SCALES)
    assert len(units) == 4
    found = units.vectors(np.array([2, 0, 1, 3]))
    assert found.dtype == np.float32
    assert found == pytest.approx(np.array([[0.6, 0.8], [1, 0], [0, -1], [0, 0]]), abs=1e-6)
    cosines = units.cosines(np.array([0, 2, 2, 3]), np.array([0.8, 0.6], np.float32))
    assert cosines.tolist() == pytest.approx([0.8, 0.96, 0.96, 0.0], abs=1e-6)
    means = units.means([(0, 1), (2,), (), (3,), (0, 0, 2)], 2)
    half = 0.5**0.5
    last = np.array([2.6, 0.8]) / np.hypot(2.6, 0.8)
    assert means == pytest.approx(np.array([[half, -half], [0.6, 0.8], [0, 0], [0, 0], last]), abs=1e-6)


@pytest.mark.parametrize("count", [0, 1, unit_vectors._CHUNK - 1, unit_vectors._CHUNK, 2 * unit_vectors._CHUNK + 5])
def test_cosines_are_the_same_in_one_piece_or_many(count: int) -> None:
    small, scales = drawn(300)
    rows = np.random.default_rng(count).integers(0, 300, count)
    vector = drawn(1, seed=1)[0][0] * drawn(1, seed=1)[1]
    expected = [float(np.dot(small[r].astype(np.float64) * scales[r], vector)) for r in rows]
    cosines = UnitVectors(small, scales).cosines(rows, vector)
    assert cosines.dtype == np.float32
    assert cosines.shape == (count,)
    assert cosines == pytest.approx(np.array(expected), abs=1e-6)


@given(st.lists(st.lists(st.integers(0, 49), max_size=6), max_size=8))
def test_means_are_those_of_a_slow_reference(groups: list[list[int]]) -> None:
    small, scales = drawn(50)
    means = UnitVectors(small, scales).means(groups, 24)
    assert means.shape == (len(groups), 24)
    for mean, rows in zip(means, groups, strict=True):
        total = sum((small[r].astype(np.float64) * scales[r] for r in rows), np.zeros(24))
        assert mean == pytest.approx(total / np.linalg.norm(total) if rows else total, abs=1e-5)


def test_no_vectors_at_all() -> None:
    none = UnitVectors(np.zeros((0, 24), np.int8), np.zeros(0, np.float32))
    rows = np.zeros(0, np.int64)
    assert len(none) == 0
    assert none.vectors(rows).shape == (0, 24)
    assert none.cosines(rows, np.ones(24, np.float32)).shape == (0,)
    assert none.means([], 24).shape == (0, 24)


def test_saved_and_loaded_are_the_same(tmp_path: Path) -> None:
    for rows in (7, 0):
        small, scales = drawn(rows)
        UnitVectors(small, scales).save(tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["scales.npy", "units.npy"]
        loaded = UnitVectors.load(tmp_path)
        assert len(loaded) == rows
        np.testing.assert_array_equal(loaded.vectors(np.arange(rows)), small.astype(np.float32) * scales[:, None])


@pytest.mark.parametrize("file", ["units.npy", "scales.npy"])
@pytest.mark.parametrize("body", [b"", b"not an array", None])
def test_what_is_no_array_is_named(tmp_path: Path, file: str, body: bytes | None) -> None:
    UnitVectors(SMALL, SCALES).save(tmp_path)
    if body is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(body)
    with pytest.raises(DamagedError, match=r"are no vectors\. They are made again at the next build"):
        UnitVectors.load(tmp_path)

"""Unit vectors: small, near to what they were, and multiplied as a slow reference does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index import unit_vectors
from index.errors import DamagedError
from index.unit_vectors import Keys, UnitVectors

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
    two = units.cosines(np.array([2, 0]), np.array([[0.8, 0.6], [0, 1]], np.float32))
    assert two == pytest.approx(np.array([[0.96, 0.8], [0.8, 0]]), abs=1e-6)


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


def test_no_vectors_at_all() -> None:
    none = UnitVectors(np.zeros((0, 24), np.int8), np.zeros(0, np.float32))
    rows = np.zeros(0, np.int64)
    assert len(none) == 0
    assert none.vectors(rows).shape == (0, 24)
    assert none.cosines(rows, np.ones(24, np.float32)).shape == (0,)


def keys_of(names: str) -> Keys:
    return np.frombuffer(b"".join(name.encode() * 32 for name in names), "V32")


class Shelf:
    """Vectors by key; remembers what was asked for."""

    def __init__(self, names: str, seed: int = 0) -> None:
        self.small, self.scales = drawn(len(names), seed=seed)
        self.row = {key.tobytes().hex(): row for row, key in enumerate(keys_of(names))}
        self.asked: list[str] = []

    def __call__(self, keys: list[str]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
        self.asked.extend(keys)
        rows = [self.row[key] for key in keys]
        return self.small[rows], self.scales[rows]

    def vectors(self) -> npt.NDArray[np.float32]:
        return self.small.astype(np.float32) * self.scales[:, None]


def test_made_in_the_order_given(tmp_path: Path) -> None:
    for names in ("dbca", ""):
        shelf = Shelf(names)
        made = UnitVectors.make(tmp_path, 24, None, keys_of(names), shelf)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.npy", "scales.npy", "units.npy"]
        assert (len(made), made.dimension) == (len(names), 24)
        assert shelf.asked == sorted(shelf.row)  # as they lie in the store
        assert made.keys.tolist() == keys_of(names).tolist()
        np.testing.assert_array_equal(made.vectors(np.arange(len(names))), shelf.vectors())


def test_rows_of_the_old_stay(tmp_path: Path) -> None:
    first, more = Shelf("cab"), Shelf("ed", seed=1)
    old = UnitVectors.make(tmp_path / "old", 24, None, keys_of("cab"), first)
    made = UnitVectors.make(tmp_path / "new", 24, old, keys_of("ed"), more)
    assert made.keys.tolist() == keys_of("cabed").tolist()
    assert more.asked == sorted(more.row)
    np.testing.assert_array_equal(made.vectors(np.arange(5)), np.concatenate((first.vectors(), more.vectors())))


@pytest.mark.parametrize("file", ["units.npy", "scales.npy", "keys.npy"])
@pytest.mark.parametrize("body", [b"", b"not an array", None])
def test_what_is_no_array_is_named(tmp_path: Path, file: str, body: bytes | None) -> None:
    UnitVectors.make(tmp_path, 24, None, keys_of("ab"), Shelf("ab"))
    if body is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(body)
    with pytest.raises(DamagedError, match=r"are no vectors\. They are made again at the next build"):
        UnitVectors.load(tmp_path)

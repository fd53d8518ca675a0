"""Candidates by their codes against exact search: enough of the nearest are among them, and filters hold inside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import vectors
from index.embedding import Vectors
from index.errors import DamagedError
from index.unit_vectors import UnitVectors
from index.vectors import VectorIndex

COUNT, DIMENSION = 3000, 24


def units(count: int = COUNT, seed: int = 0) -> UnitVectors:
    """Vectors in some forty groups, as texts are."""
    generator = np.random.default_rng(seed)
    whole = generator.normal(size=(40, DIMENSION))[generator.integers(40, size=count)]
    whole = whole + 0.7 * generator.normal(size=(count, DIMENSION))
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    scales = np.abs(whole).max(axis=1) / 127
    return UnitVectors(np.rint(whole / scales[:, None]).astype(np.int8), scales.astype(np.float32))


def question(seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=DIMENSION)
    return np.asarray(drawn / np.linalg.norm(drawn), np.float32)


def nearest(of: UnitVectors, query: Vectors, k: int, rows: list[int]) -> list[int]:
    scores = {row: float(of.vectors(np.array([row]))[0].astype(np.float64) @ query) for row in rows}
    return sorted(rows, key=lambda row: -scores[row])[:k]


@pytest.fixture(scope="module")
def many() -> UnitVectors:
    return units()


@pytest.fixture(scope="module")
def index(many: UnitVectors) -> VectorIndex:
    return VectorIndex.build(many)


def test_the_nearest_are_among_the_candidates(index: VectorIndex, many: UnitVectors) -> None:
    assert len(index) == COUNT
    for seed in range(5):
        found = index.search(question(seed), 400).tolist()
        assert len(set(found)) == 400
        assert set(nearest(many, question(seed), 10, list(range(COUNT)))) <= set(found)


@pytest.mark.parametrize("every", [2, 50])
def test_a_filter_holds_inside_the_search(index: VectorIndex, many: UnitVectors, every: int) -> None:
    mask = np.arange(COUNT) % every == 1
    found = index.search(question(1), 100, np.packbits(mask, bitorder="little")).tolist()
    assert len(found) == min(100, int(mask.sum()))
    assert {row % every for row in found} == {1}
    assert set(nearest(many, question(1), 10, np.flatnonzero(mask).tolist())) <= set(found)


def test_few_vectors_have_no_codes(tmp_path: Path) -> None:
    index = VectorIndex.build(units(vectors._FEWEST - 1))
    index.save(tmp_path / "v.faiss")
    assert (len(index), index.record()) == (0, {"search": "exact", "recall@10": 1.0})
    assert len(VectorIndex.load(tmp_path / "v.faiss", 1.0)) == 0
    with pytest.raises(ValueError, match="look at all"):
        index.search(question(0), 5)


def test_what_has_come_since_is_found(many: UnitVectors) -> None:
    whole = VectorIndex.build(many).extended(units(COUNT + 200))  # the same generator: its first rows differ, too
    assert len(whole) == COUNT + 200
    rare = np.zeros(COUNT + 200, np.bool_)
    rare[-200:] = True
    found = whole.search(question(3), 10, np.packbits(rare, bitorder="little"))
    assert found.min() >= COUNT
    few = VectorIndex.build(units(10))
    assert len(few.extended(many)) == COUNT  # where there were no codes, they are made


def test_past_many_vectors_lists_are_scanned_until_recall_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "MANY", 2000)
    monkeypatch.setattr(vectors, "_LISTS", 64)
    one_list = units(2000)
    index = VectorIndex.build(one_list)
    assert index.record()["lists"] == 1
    index = index.extended(units())
    record = index.record()
    assert (record["lists"], record["vectors"]) == (64, COUNT)
    assert record["recall@10"] >= 0.98 or record["lists scanned"] > 16
    mask = np.arange(COUNT) < 300
    assert index.search(question(2), 20, np.packbits(mask, bitorder="little")).max() < 300


def test_codes_divide_the_dimension() -> None:
    assert [vectors._codes(d) for d in (384, 768, 1024, 32, 24)] == [128, 256, 256, 8, 8]


def test_saved_and_loaded_answers_the_same(index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "v.faiss")
    loaded = VectorIndex.load(tmp_path / "v.faiss", index.recall)
    assert loaded.record() == index.record()
    assert loaded.search(question(5), 50).tolist() == index.search(question(5), 50).tolist()


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"not an index")
    with pytest.raises(DamagedError, match=r"v\.faiss: is not a vector index"):
        VectorIndex.load(tmp_path / "v.faiss", 1.0)

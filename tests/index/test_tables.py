"""Tables: what is gathered comes out row by row, also when it is carried on in another order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Heading, Passage
from index.errors import DamagedError
from index.tables import Collected, Tables, arranged, chunks, no_tables, ranges, runs
from index.units import Cut, Unit

KEY = "ab" * 32
offsets = st.integers(0, 2**31 - 1)
headings = st.lists(st.builds(Heading, offsets, offsets, st.integers(1, 9)), max_size=3)
units = st.lists(st.builds(Unit, offsets, offsets, st.booleans(), st.integers(-1, 50)), max_size=4)
pieces = st.builds(
    lambda start, end, above, found: Cut(Passage(start, end, tuple(above)), tuple(found), (KEY,) * len(found)),
    offsets,
    offsets,
    headings,
    units,
)


def gathered(cuts: list[Cut], first_slot: int = 0, first_vector: int = 0) -> Tables:
    """Each piece of a document of its own, each unit with a vector of its own."""
    collected = Collected()
    for number, piece in enumerate(cuts):
        collected.add(number, piece)
    return collected.tables(first_vector + np.arange(len(collected.keys())), first_slot)


def as_cuts(tables: Tables) -> list[tuple[Passage, list[Unit]]]:
    return [(passage, tables.units_of(row)) for row, passage in enumerate(tables.passages(range(len(tables))))]


@given(st.lists(pieces, max_size=5), st.lists(pieces, max_size=5), st.randoms())
def test_rows_stay_what_they_are(old: list[Cut], new: list[Cut], random: np.random.Generator) -> None:
    vectors = sum(len(cut.units) for cut in old + new)
    parts = gathered(old), gathered(new, len(old), sum(len(cut.units) for cut in old))
    rows = np.arange(len(old) + len(new))
    random.shuffle(rows)
    numbers = np.arange(len(rows))
    tables = arranged(parts, rows, numbers, numbers, vectors)
    every = old + new
    assert as_cuts(tables) == [(every[row].passage, list(every[row].units)) for row in rows.tolist()]
    assert tables.slot.tolist() == rows.tolist()
    assert tables.row_of_slot().tolist() == np.argsort(rows).tolist()
    for vector in range(vectors):  # each stands in one passage
        holders = tables.holders[tables.first_holder[vector] : tables.first_holder[vector + 1]].tolist()
        owns = [
            row
            for row in range(len(tables))
            if vector in tables.unit_vector[ranges(tables.first_unit, np.array([row]))]
        ]
        assert holders == owns


def test_a_vector_that_many_passages_share_names_them_all(tmp_path: Path) -> None:
    shared = Cut(Passage(0, 9, (Heading(0, 3, 1),)), (Unit(4, 6, True, -1), Unit(6, 9, False, 0)), (KEY, KEY))
    collected = Collected()
    for document in (0, 0, 1):
        collected.add(document, shared)
    new = collected.tables(np.array([1, 0, 1, 0, 1, 2]), 5)
    tables = arranged((no_tables(), new), np.array([0, 1, 2]), np.array([0, 0, 1]), np.array([7, 8]), 4)
    tables.save(tmp_path / "t")
    loaded = Tables.load(tmp_path / "t")
    assert loaded.first_holder.tolist() == [0, 2, 5, 6, 6]
    assert loaded.holders.tolist() == [0, 1, 0, 1, 2, 2]
    assert (loaded.document.tolist(), loaded.slot.tolist()) == ([0, 0, 1], [5, 6, 7])
    assert loaded.row_of_slot().tolist() == [-1, -1, -1, -1, -1, 0, 1, 2]
    assert loaded.document_slot.tolist() == [7, 8]
    assert as_cuts(loaded) == [(shared.passage, list(shared.units))] * 3


def test_no_tables_hold_nothing() -> None:
    nothing = arranged((no_tables(), no_tables()), np.zeros(0, np.int64), np.zeros(0), np.zeros(0), 0)
    assert (len(nothing), nothing.first_unit.tolist(), nothing.row_of_slot().tolist()) == (0, [0], [])


@pytest.mark.parametrize("damage", ["gone", "empty", "no array"])
def test_damage_is_named(tmp_path: Path, damage: str) -> None:
    no_tables().save(tmp_path / "t")
    path = tmp_path / "t" / "units.npy"
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else b"not an array")
    with pytest.raises(DamagedError, match="are no tables"):
        Tables.load(tmp_path / "t")


def test_ranges_runs_and_chunks() -> None:
    first = np.array([0, 2, 2, 5])
    assert ranges(first, np.array([2, 0, 1, 2])).tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert ranges(first, np.array([1])).tolist() == []
    assert ranges(first, np.zeros(0, np.int64)).tolist() == []
    assert runs(np.array([7, 0, 3]), np.array([2, 0, 3])).tolist() == [7, 8, 3, 4, 5]
    assert list(chunks(5, 2)) == [slice(0, 2), slice(2, 4), slice(4, 5)]
    assert list(chunks(0, 2)) == []

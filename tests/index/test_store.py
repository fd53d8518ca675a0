"""The store: what goes in comes out, and what was changed underneath is named."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Heading, Passage
from index.errors import DamagedError
from index.feeds.feed import Fetched
from index.store import Store, Table
from index.units import Cut, Unit

offsets = st.integers(0, 2**31)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
parts = st.lists(st.tuples(st.builds(Unit, offsets, offsets, st.booleans(), st.integers(-1, 500)), hashes), max_size=3)
cuts = st.builds(
    lambda start, end, above, found: Cut(
        Passage(start, end, tuple(above)), tuple(unit for unit, _ in found), tuple(key for _, key in found)
    ),
    offsets,
    offsets,
    st.lists(st.builds(Heading, offsets, offsets, st.integers(1, 9)), max_size=3),
    parts,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite", write=True) as opened:
        yield opened


def key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200), st.text(max_size=50), st.lists(cuts, max_size=5))
def test_everything_comes_back(store: Store, raw: bytes, text: str, found: list[Cut]) -> None:
    name = key(text) + raw.hex()
    with store.transaction():
        store.put_bytes("raw", name, raw)
        store.put_text(name, text)
        store.put_passages(name + repr(found), found)
    assert store.get_bytes("raw", name) == raw
    assert store.get_text(name) == text
    assert store.get_passages(name + repr(found)) == found


def test_half_characters_come_back(store: Store) -> None:
    store.put_text("k", "a\ud800b")
    assert store.get_text("k") == "a\ud800b"


def test_vectors_come_back_in_the_order_asked(store: Store) -> None:
    vectors = np.array([[0.6, -0.8, 0.0], [0.1, 0.2, 1.0], [0.0, 0.0, 0.0]], np.float32)
    store.put_vectors(["a", "b", "c"], vectors)
    small, scales = store.get_vectors(["c", "a", "b", "a"], 3)
    assert small.dtype == np.int8
    assert scales.dtype == np.float32
    # 0.6 / (0.8 / 127) = 95.25; 0.1 and 0.2 / (1 / 127) = 12.7 and 25.4
    assert small.tolist() == [[0, 0, 0], [95, -127, 0], [13, 25, 127], [95, -127, 0]]
    assert scales.tolist() == pytest.approx([0, 0.8 / 127, 1 / 127, 0.8 / 127], rel=1e-6)
    assert [part.shape for part in store.get_vectors([], 384)] == [(0, 384), (0,)]
    store.put_vectors([], np.zeros((0, 384), np.float32))


@pytest.mark.parametrize("seed", range(5))
def test_vectors_keep_their_direction(store: Store, seed: int) -> None:
    drawn = np.random.default_rng(seed).normal(size=(200, 384)).astype(np.float32)
    vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    names = [key(str(n)) for n in range(200)]
    store.put_vectors(names, vectors)
    small, scales = store.get_vectors(names, 384)
    back = small.astype(np.float64) * scales[:, None]
    assert np.abs(back - vectors).max(axis=1) == pytest.approx(scales / 2, rel=0.05)  # nearest of the steps
    cosines = (back * vectors).sum(axis=1) / np.linalg.norm(back, axis=1)
    assert cosines.min() >= 0.9999


def test_a_key_is_written_once(store: Store) -> None:
    store.put_bytes("raw", "k", b"first")
    store.put_bytes("raw", "k", b"second")
    assert store.get_bytes("raw", "k") == b"first"


def test_has_finds_those_that_are_there(store: Store) -> None:
    names = [key(str(n)) for n in range(1201)]
    with store.transaction():
        for name in names[::2]:
            store.put_bytes("raw", name, b"x")
    assert store.has("raw", names) == set(names[::2])
    assert store.has("texts", names) == set()


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction():
        store.put_bytes("raw", "k", b"x")
        raise KeyError
    assert store.has("raw", ["k"]) == set()


def test_a_reader_sees_what_was_committed_while_a_builder_writes(store: Store) -> None:
    store.put_bytes("raw", "before", b"1")
    with Store(store.path) as reader, store.transaction():
        store.put_bytes("raw", "after", b"2")
        assert reader.has("raw", ["before", "after"]) == {"before"}
        assert reader.get_bytes("raw", "before") == b"1"


@pytest.mark.parametrize("table", ["raw", "texts", "passages", "vectors"])
def test_a_changed_row_is_named(store: Store, table: Table) -> None:
    vector = np.full((1, 4), 0.5, np.float32)
    store.put_bytes("raw", "k" * 64, b"x" * 99)
    store.put_text("k" * 64, "x" * 99)
    store.put_passages("k" * 64, [Cut(Passage(0, 9), (Unit(0, 9, False, -1),), ("v",))])
    store.put_vectors(["k" * 64], vector)
    with sqlite3.connect(store.path) as database:
        [(body,)] = database.execute(f"SELECT body FROM {table}")
        changed = bytes([body[0] ^ 1]) + body[1:]
        database.execute(f"UPDATE {table} SET body = ?", (changed,))
    database.close()
    readers: dict[Table, Callable[[], object]] = {
        "raw": lambda: store.get_bytes("raw", "k" * 64),
        "texts": lambda: store.get_text("k" * 64),
        "passages": lambda: store.get_passages("k" * 64),
        "vectors": lambda: store.get_vectors(["k" * 64], 4),
    }
    with pytest.raises(DamagedError, match=rf"row kkkkkkkkkkkk… of {table} is missing or damaged") as caught:
        readers[table]()
    assert caught.value.path == str(store.path)


def test_a_row_moved_to_another_key_is_named(store: Store) -> None:
    store.put_bytes("raw", "a", b"x")
    with sqlite3.connect(store.path) as database:
        database.execute("UPDATE raw SET key = 'b'")
    database.close()
    with pytest.raises(DamagedError, match="row b"):
        store.get_bytes("raw", "b")


def test_missing_row_and_wrong_dimension_are_damage(store: Store) -> None:
    store.put_vectors(["v"], np.ones((1, 4), np.float32))
    with pytest.raises(DamagedError, match=r"row nowhere… of texts is missing or damaged"):
        store.get_text("nowhere")
    with pytest.raises(DamagedError, match=r"row v… of vectors is missing or damaged"):
        store.get_vectors(["v"], 8)


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"no database at all" * 100)
    for write in (False, True):
        with pytest.raises(DamagedError, match="cannot be opened"):
            Store(tmp_path / "store.sqlite", write=write)
    with pytest.raises(DamagedError, match="cannot be opened"):
        Store(tmp_path / "nowhere.sqlite")


def test_another_schema_is_refused(store: Store) -> None:
    with sqlite3.connect(store.path) as database:
        database.execute("PRAGMA user_version=7")
    database.close()
    with pytest.raises(DamagedError, match="has schema 7, this version of safecite reads 2"):
        Store(store.path)


def test_a_torn_page_is_damage_not_a_traceback(store: Store) -> None:
    names = [key(str(n)) for n in range(500)]
    with store.transaction():
        for name in names:
            store.put_bytes("raw", name, os.urandom(300))
    store.close()
    size = store.path.stat().st_size
    with store.path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    failures = 0
    with Store(store.path) as reader:
        for name in names:
            try:
                reader.get_bytes("raw", name)
            except DamagedError:
                failures += 1
        with pytest.raises(DamagedError, match="cannot be used"):
            reader.has("raw", names)
    assert failures > 100


def test_how_raw_bytes_came(tmp_path: Path) -> None:
    first = Fetched("peru", "https://example.org/peru", "ab" * 32, "2026-07-01T10:00:00+00:00", {"etag": '"1"'})
    again = replace(first, retrieved="2026-06-01T10:00:00+00:00")
    with Store(tmp_path / "s.sqlite", write=True) as store:
        for fetched in (first, again, first, replace(first, raw_sha256="cd" * 32)):
            store.put_fetch(fetched)
        assert store.fetches("ab" * 32) == [again, first]
        assert store.fetches("ef" * 32) == []


def test_an_older_store_has_no_fetches(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite", write=True):
        pass
    db = sqlite3.connect(tmp_path / "s.sqlite")
    db.execute("DROP TABLE fetches")
    db.close()
    with Store(tmp_path / "s.sqlite") as store:
        assert store.fetches("ab" * 32) == []

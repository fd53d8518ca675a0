"""What an index remembers, forgets and finds damaged."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from index import seal
from index.audit import audit
from index.build import build
from index.errors import BusyError, DamagedError, IndexMissingError
from index.feeds.feed import Fetched
from index.history import find_snapshot, history
from index.inuse import Hold, claimed
from index.lastgood import LastGood, write_last_good
from index.manifest import all_manifests, current_id, list_snapshots, path_of, read_manifest, write_manifest
from index.prune import prune
from index.snapshot import Snapshot
from index.store import Store
from index.upkeep import TABLES, Upkeep
from tests import fakes
from tests.fakes import HashEmbedder, page, write_source

DAYS = (date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3))


def text(day: date, number: int) -> str:
    changing = f" On {day} they were {day.day} and {number}." if number < 2 else ""
    return page(f"Country {number}", f"Dial {number} for the police.{changing}\n\n## Taxis\n\nAgree on a fare first.")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three states; two of six pages change every day."""
    root = tmp_path_factory.mktemp("history")
    for day in DAYS:
        files = {f"{number}.md": text(day, number) for number in range(6)}
        build(root / "index", {"docs": write_source(root / "docs", files)}, HashEmbedder(), observed=day)
    return root / "index"


@pytest.fixture
def index(three: Path, tmp_path: Path) -> Path:
    """An index of one's own."""
    shutil.copytree(three, tmp_path / "index")
    return tmp_path / "index"


def contents(index: Path, name: str) -> dict[str, str]:
    snapshot = Snapshot.open(index, HashEmbedder(), name)
    documents = map(snapshot.document, range(len(snapshot.manifest.documents)))
    return {document.doc_id: snapshot.text(document) for document in documents}


def of_day(day: date) -> dict[str, str]:
    return {f"{number}.md": text(day, number) for number in range(6)}


def rows(index: Path) -> dict[str, int]:
    with Upkeep(index / "store.sqlite") as store:
        return {table: len(store.keys(table)) for table in TABLES}


# What it remembers


def test_history(index: Path) -> None:
    states = history(index)
    assert [state.head.observed for state in states] == [day.isoformat() for day in DAYS]
    assert [state.head.sequence for state in states] == [1, 2, 3]
    assert [state.head.documents for state in states] == [6, 6, 6]
    assert [state.is_live for state in states] == [False, False, True]
    assert [state.is_searchable for state in states] == [False, True, True]  # the last two keep their search files
    assert states[0].bytes == path_of(index, states[0].head.name).stat().st_size < states[1].bytes


def test_an_index_that_is_not_there(tmp_path: Path) -> None:
    assert history(tmp_path / "none") == []
    with pytest.raises(IndexMissingError, match="there is no index yet"):
        audit(tmp_path / "none")
    with pytest.raises(IndexMissingError, match="there is no index yet"):
        prune(tmp_path / "none", keep=1)
    assert not (tmp_path / "none").exists()


def test_a_state_is_found_by_its_number_and_by_how_its_id_begins(index: Path) -> None:
    first, second, third = list_snapshots(index)
    assert [find_snapshot(index, given) for given in ("1", "000002", third, third[:9])] == [first, second, third, third]
    for wrong, reason in (
        ("4", "there is no"),
        ("", "there is no"),
        ("0000", "more than one"),
        ("../1", "there is no"),
    ):
        with pytest.raises(IndexMissingError, match=reason):
            find_snapshot(index, wrong)


# What it forgets


def test_pruning_removes_what_only_old_states_needed(index: Path) -> None:
    before = rows(index)
    assert before == {"raw": 10, "texts": 10, "passages": 10, "vectors": 13, "fetches": 0}
    first, second, third = list_snapshots(index)
    planned = prune(index, keep=1, dry_run=True)
    assert (planned.removed, planned.in_use, planned.rows) == ((first, second), (), 4 * 4)
    assert planned.freed > 0
    assert (list_snapshots(index), rows(index)) == ([first, second, third], before)
    done = prune(index, keep=1)
    assert done[:3] == planned[:3]
    assert done.freed > 0
    assert list_snapshots(index) == all_manifests(index) == [third]
    assert [folder.name for folder in (index / "cache").iterdir()] == [third]
    assert rows(index) == {"raw": 6, "texts": 6, "passages": 6, "vectors": 9, "fetches": 0}
    assert contents(index, third) == of_day(DAYS[2])
    assert audit(index).faults == ()
    assert prune(index, keep=1)[:3] == ((), (), 0)


def test_every_state_that_stays_is_whole(index: Path) -> None:
    _, *kept = list_snapshots(index)
    assert len(prune(index, keep=2).removed) == 1
    assert list_snapshots(index) == kept
    for name, day in zip(kept, DAYS[1:], strict=True):
        shutil.rmtree(index / "cache" / name)  # made again from the store alone
        assert contents(index, name) == of_day(day)


def test_before_a_day_the_live_state_stays(index: Path) -> None:
    names = list_snapshots(index)
    assert prune(index, before=DAYS[0], dry_run=True).removed == ()
    assert prune(index, before=DAYS[1], dry_run=True).removed == (names[0],)
    assert prune(index, before=date(2030, 1, 1), dry_run=True).removed == (names[0], names[1])
    assert prune(index, keep=2, before=date(2030, 1, 1), dry_run=True).removed == (names[0],)
    assert prune(index, dry_run=True).removed == (names[0], names[1])


def test_a_state_that_is_open_elsewhere_keeps_answering(index: Path) -> None:
    first, second, _ = list_snapshots(index)
    reader = Snapshot.open(index, HashEmbedder(), first)
    done = prune(index, keep=1)
    assert (done.removed, done.in_use) == ((second,), (first,))
    documents = map(reader.document, range(6))
    assert {document.doc_id: reader.text(document) for document in documents} == of_day(DAYS[0])
    reader.close()
    assert prune(index, keep=1).removed == (first,)
    with pytest.raises(IndexMissingError, match=f"there is no snapshot {first}"):
        Hold(index, first)


def test_what_is_being_removed_cannot_be_opened(index: Path) -> None:
    first = list_snapshots(index)[0]
    holds = [Hold(index, first), Hold(index, first)]
    with claimed(index, first) as is_free:
        assert not is_free
    holds.clear()  # nobody refers to them any more
    with claimed(index, first) as is_free:
        assert is_free


def test_a_build_at_work_is_waited_for(index: Path) -> None:
    for lock in (index / "LOCK", index / "sources" / "LOCK"):
        lock.parent.mkdir(exist_ok=True)
        with FileLock(lock), pytest.raises(BusyError, match="a build or an update is at work"):
            prune(index, keep=1)
    assert len(list_snapshots(index)) == 3


def test_what_a_killed_build_left_goes_and_what_a_source_will_be_read_from_stays(index: Path) -> None:
    raws = [b"needed", b"not needed"]
    fetched = [
        Fetched(f"item {n}", "https://example.org", hashlib.sha256(raw).hexdigest(), "2026-07-04T00:00:00+00:00", {})
        for n, raw in enumerate(raws)
    ]
    with Store(index / "store.sqlite", write=True) as store, store.transaction():
        for item, raw in zip(fetched, raws, strict=True):
            store.put_bytes("raw", item.raw_sha256, raw)
            store.put_fetch(item)
    write_last_good(index, "feed", LastGood({"item 0": fetched[0]}))
    live = read_manifest(index, current_id(index) or "")
    killed = write_manifest(index, replace(live, sequence=4, sources={}))
    done = prune(index, keep=3)
    assert (done.removed, done.rows) == ((), 2)
    assert killed not in all_manifests(index)
    with Store(index / "store.sqlite") as store:
        assert store.has("raw", [item.raw_sha256 for item in fetched]) == {fetched[0].raw_sha256}
        assert [store.fetches(item.raw_sha256) for item in fetched] == [[fetched[0]], []]


def test_nothing_goes_while_something_is_damaged(index: Path) -> None:
    _, second, third = list_snapshots(index)
    path_of(index, second).write_bytes(b"?")
    before = rows(index)
    with pytest.raises(DamagedError, match=second):
        prune(index, keep=2)
    assert rows(index) == before
    assert contents(index, third) == of_day(DAYS[2])


def prune_and_die(index: Path, at_event: int) -> None:
    """Prune, and be killed as if by `kill -9` just before the `at_event`-th touch of a file; 0 never."""
    fakes.die_at(index, at_event, lambda: prune(index, keep=1))


def test_a_killed_pruning_leaves_every_state_that_stays_whole(index: Path, tmp_path: Path) -> None:
    live = list_snapshots(index)[-1]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["index.prune", "tests.fakes"])

    def run(copy: Path, at_event: int) -> int | None:
        process = context.Process(target=prune_and_die, args=(copy, at_event))
        process.start()
        process.join(30)
        return process.exitcode

    assert run(shutil.copytree(index, tmp_path / "counted" / "index"), 0) == 0
    events = int((tmp_path / "counted" / "events").read_text("ascii"))
    assert events > 10
    for at_event in range(2, events + 1, events // 3):
        copy = shutil.copytree(index, tmp_path / str(at_event) / "index")
        assert run(copy, at_event) == -signal.SIGKILL
        names = list_snapshots(copy)
        assert names[-1] == current_id(copy) == live
        assert audit(copy).faults == ()
        assert contents(copy, live) == of_day(DAYS[2])
        prune(copy, keep=1)
        assert (list_snapshots(copy), rows(copy)["texts"]) == ([live], 6)


# What it finds damaged


def test_a_whole_index_has_no_fault(index: Path) -> None:
    stages: dict[str, tuple[int, int]] = {}
    found = audit(index, lambda stage, done, total: stages.update({stage: (done, total)}))
    assert (found.faults, found.snapshots, found.rows) == ((), 3, 43)
    assert stages["checking vectors"] == (13, 13)


def test_every_damaged_row_is_named(index: Path) -> None:
    database = sqlite3.connect(index / "store.sqlite")
    for table in ("raw", "texts", "passages", "vectors"):
        [(key,)] = database.execute(f"SELECT key FROM {table} ORDER BY key LIMIT 1")
        database.execute(f"UPDATE {table} SET crc = crc + 1 WHERE key = ?", (key,))
    database.execute("UPDATE vectors SET body = x'00' || body, crc = crc WHERE key = (SELECT max(key) FROM vectors)")
    database.commit()
    database.close()
    found = audit(index)
    assert len(found.faults) == 5
    assert {fault.path for fault in found.faults} == {str(index / "store.sqlite")}
    assert sorted(fault.reason.split("… of ")[1] for fault in found.faults) == sorted(
        f"{table} is missing or damaged." for table in ("raw", "texts", "passages", "vectors", "vectors")
    )
    assert all(fault.way_out for fault in found.faults)


def test_content_under_anothers_key_is_named(index: Path) -> None:
    with Store(index / "store.sqlite", write=True) as store:
        store.put_bytes("raw", "0" * 64, b"whole, and not what its key says")
    [fault] = audit(index).faults
    assert fault.reason == "row 000000000000… of raw does not match its sha256."


def test_what_is_missing_is_named_with_the_state_that_needs_it(index: Path) -> None:
    first = list_snapshots(index)[0]
    [document] = [d for d in read_manifest(index, first).documents if d["doc_id"] == "0.md"]
    with Upkeep(index / "store.sqlite", write=True) as store:
        store.remove({"texts": {document["text_sha256"]}, "raw": {document["raw_sha256"]}})
    assert {fault.reason for fault in audit(index).faults} == {
        f"row {document['text_sha256'][:12]}… of {table} is missing; snapshot {first} needs it."
        for table in ("raw", "texts")
    }


def test_passages_outside_their_text_are_named(index: Path) -> None:
    with Upkeep(index / "store.sqlite", write=True) as store:
        [key, *_] = store.keys("passages")
        pieces = store.get_passages(key)
        beyond = pieces[-1]._replace(passage=pieces[-1].passage._replace(end=10_000))
        store.remove({"passages": {key}})
        store.put_passages(key, [*pieces[:-1], beyond])
    reasons = {fault.reason for fault in audit(index).faults}
    assert len(reasons) == 1
    assert reasons.pop().endswith(".md lie outside its text.")


def test_all_faults_are_told_at_once(index: Path) -> None:
    first, _, third = list_snapshots(index)
    path_of(index, first).write_bytes(b"?")
    (index / "cache" / third / "units.npy").write_bytes(b"?")
    (index / "sources").mkdir()
    (index / "sources" / "feed.json").write_text("{}", "utf-8")
    (index / "CURRENT").write_text("gone\n", "ascii")
    found = audit(index)
    assert [Path(fault.path).name for fault in found.faults] == [
        "CURRENT", f"{first}.json.zst", "units.npy", "feed.json",
    ]  # fmt: skip
    assert found.snapshots == 2


def test_a_store_that_cannot_be_opened_is_one_fault(index: Path) -> None:
    (index / "store.sqlite").write_bytes(b"no database at all, but long enough to look at" * 100)
    assert [fault.path for fault in audit(index).faults] == [str(index / "store.sqlite")]


def flips(index: Path, number: int) -> Iterator[Path]:
    """Files with one byte changed, one after the other; each is put right again."""
    rng = random.Random(7)
    kinds = {".sqlite", ".sha256", ".zst", ".npy", ".faiss", ".npz"}  # those of the word index have names by chance
    files = [p for p in sorted(index.rglob("*")) if p.name == "CURRENT" or p.suffix in kinds]
    sizes = [path.stat().st_size for path in files]
    for path in rng.choices(files, sizes, k=number):
        whole = path.read_bytes()
        at = rng.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ rng.randrange(1, 256)]) + whole[at + 1 :])
        yield path
        path.write_bytes(whole)


def test_any_flipped_byte_is_found(index: Path) -> None:
    prune(index, keep=1)  # fewer files
    seal.seal(index / "store.sqlite")
    missed = [path for path in flips(index, 60) if not audit(index).faults]
    assert missed == []
    assert audit(index)[:3] == ((), 1, 27)


def test_the_seal(index: Path) -> None:
    store = index / "store.sqlite"
    seal.lift(store)
    assert seal.is_intact(store) is None
    assert not audit(index).is_sealed
    seal.seal(store)
    assert seal.is_intact(store)
    assert audit(index).is_sealed
    contents(index, current_id(index) or "")  # reading breaks no seal
    assert seal.is_intact(store)
    whole = store.read_bytes()
    store.write_bytes(whole[:80] + b"?" + whole[81:])  # of the header; reserved, and read by nobody
    assert seal.is_intact(store) is False
    [fault] = audit(index).faults
    assert fault.reason == "a byte that holds no content is not as it was written."
    seal.lift(store)
    seal.lift(store)
    assert seal.is_intact(store) is None

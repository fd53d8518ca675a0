"""Nothing lost: updates that are killed, run out of space or meet another, and bytes that change.

A few trials of each; `python -m scripts.measure_faults` runs hundreds.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import seal
from index.errors import BusyError, DamagedError
from index.feeds.feed import Fetched, Response
from index.manifest import current_id, list_snapshots, read_manifest
from tests.index import faults
from tests.index.faults import NEWS, UK, Made, answers, found_by_verify
from tests.index.feeds.server import FakeClient

SIZE, STEP = 4, 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return faults.make(tmp_path_factory.mktemp("faults"), SIZE, STEP)


@pytest.fixture
def index(made: Made, tmp_path: Path) -> Path:
    """A copy of the made index in its first state."""
    return made.copy(tmp_path / "index")


def bytes_of(index: Path) -> dict[str, bytes]:
    """Every file that holds something."""
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in faults.kept_files(index)}


def test_the_trials_would_notice(made: Made, index: Path) -> None:
    assert len(made.before) > 36
    assert made.before != made.after
    next((index / "cache").rglob("*.idx")).write_bytes(b"")
    (damage,) = found_by_verify(index)
    assert damage.endswith(".idx: does not match its checksum.")
    with pytest.raises(DamagedError, match=r"\.idx: does not match its checksum\. Build the index again"):
        answers(index)
    made.update(index)  # the way out leads out
    assert answers(index) == made.after


# Killed, out of space


@pytest.mark.parametrize("part", [0.5, 0.97])
def test_killed_before_a_touch_of_a_file(made: Made, index: Path, tmp_path: Path, part: float) -> None:
    assert not faults.killed_at_event(made, made.copy(tmp_path / "whole"), 0)
    events = int((tmp_path / "events").read_text("ascii"))
    assert faults.killed_at_event(made, index, round(events * part))
    assert answers(index) in (made.before, made.after)
    assert made.complaints(index) == []


@pytest.mark.parametrize("seconds", [0, 0.2])
def test_killed_after_a_while(made: Made, index: Path, seconds: float) -> None:
    faults.killed_after(made, index, seconds)
    assert answers(index) in (made.before, made.after)
    assert made.complaints(index) == []


@pytest.mark.parametrize("largest", [0, 40_000])
def test_out_of_space_nothing_is_lost(made: Made, index: Path, largest: int) -> None:
    """No file may become larger than so many bytes, which is how a full disk looks from inside."""
    assert faults.updated(made, index, largest)
    assert answers(index) == made.before
    assert made.complaints(index) == []


@pytest.mark.parametrize("largest", [0, 40_000])
def test_out_of_space_is_said(made: Made, index: Path, largest: int) -> None:
    said = faults.updated(made, index, largest)
    assert said == f"{index}/store.sqlite: cannot be written (disk I/O error). Is there room, and is it yours?"


# Bytes that change


def test_every_changed_byte_is_found(made: Made, tmp_path: Path) -> None:
    index = Path(shutil.copytree(made.index.parent / "after", tmp_path / "index"))
    draw, store = random.Random(7), index / "store.sqlite"
    files = [*draw.sample([path for path in faults.kept_files(index) if path != store], 12), *[store] * 6]
    for path in files:
        at = draw.randrange(path.stat().st_size)
        with faults.changed_byte(path, at, draw.randint(1, 255)):
            assert found_by_verify(index), f"byte {at} of {path.name}"
    assert found_by_verify(index) == []


def test_without_its_seal_a_store_still_tells_of_every_row(made: Made, index: Path) -> None:
    """As a writer leaves it that was killed: what is not found is where nothing is stored."""
    store = index / "store.sqlite"
    seal.lift(store)
    whole = faults.contents(index), answers(index)
    draw, found = random.Random(7), 0
    for _ in range(12):
        with faults.changed_byte(store, draw.randrange(store.stat().st_size), draw.randint(1, 255)):
            if found_by_verify(index):
                found += 1
            else:
                assert (faults.contents(index), answers(index)) == whole
    assert 6 <= found < 12


# Two at once, a clock set back, a folder that may only be read, half a download, an older schema


class Waiting(FakeClient):
    """A client that waits with its first answer until it may give it."""

    def __init__(self, pages: dict[str, str]) -> None:
        super().__init__(pages)
        self.asked_once, self.may_answer = threading.Event(), threading.Event()

    async def get(self, url: str, known: Fetched | None = None) -> Response:
        self.asked_once.set()
        assert self.may_answer.wait(30)
        return await super().get(url, known)


def test_two_updates_at_once(made: Made, index: Path) -> None:
    client = Waiting(faults.feeds(SIZE, STEP, 2))
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(made.update, index, client=client)
        assert client.asked_once.wait(30)
        with pytest.raises(
            BusyError, match=r"^.*index: another update is at work on this index\. Wait until it ends\.$"
        ):
            made.update(index)
        assert answers(index) == made.before
        client.may_answer.set()
        assert {check.outcome for check in first.result().checks.values()} == {"ok"}
    assert answers(index) == made.after
    assert made.complaints(index) == []


def test_a_clock_set_back(made: Made, index: Path) -> None:
    for number in (2, 1, 2):
        result = made.update(index, number=number)
        assert {check.outcome for check in result.checks.values()} == {"ok"}
        assert result.build is not None
        assert current_id(index) == result.build.snapshot == list_snapshots(index)[-1]
    manifests = [read_manifest(index, name) for name in list_snapshots(index)]
    assert [manifest.sequence for manifest in manifests] == [1, 2, 3, 4]
    assert [manifest.sources["uk"]["observed"] for manifest in manifests] == [
        "2026-11-01",
        "2026-11-02",
        "2026-11-01",
        "2026-11-02",
    ]
    assert [manifest.parent for manifest in manifests[1:]] == list_snapshots(index)[:-1]
    assert answers(index) == made.after
    assert found_by_verify(index) == []


@dataclass(frozen=True, slots=True)
class AsNobody:
    """What a user does who may read the index and not write it."""

    made: Made
    index: Path

    def __call__(self) -> None:
        if os.geteuid() == 0:
            os.seteuid(65534)
        if answers(self.index) != self.made.before or found_by_verify(self.index):
            raise RuntimeError("it does not answer as before")
        self.made.update(self.index)


@pytest.fixture
def read_only(made: Made) -> Iterator[Path]:
    """A copy of the made index, which nobody may write, in a folder that all may enter."""
    root = Path(tempfile.mkdtemp(prefix="safecite-test-"))
    root.chmod(0o755)
    everything = [made.copy(root / "index"), *(root / "index").rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield root / "index"
    for path in everything:
        path.chmod(0o755)
    shutil.rmtree(root)


def test_a_read_only_folder(made: Made, read_only: Path) -> None:
    before = bytes_of(read_only)
    said = faults.in_process(AsNobody(made, read_only))
    assert said == f"{read_only}/sources/LOCK: cannot be written (Permission denied). Is there room, and is it yours?"
    assert bytes_of(read_only) == before


def texts(index: Path, beginning: str) -> dict[str, str]:
    """The hashes of the texts that the live state has under a source and the beginning of an id."""
    documents = read_manifest(index, current_id(index) or "").documents
    found = {f"{d['source']}/{d['doc_id']}": d["text_sha256"] for d in documents}
    return {name: sha for name, sha in found.items() if name.startswith(beginning)}


def test_half_a_download(made: Made, index: Path) -> None:
    """What the connection itself notices is in test_update.py; this half came with a good status."""
    pages = faults.feeds(SIZE, STEP, 2)
    for url in (f"{UK}/kyrgyzstan", NEWS):
        pages[url] = pages[url][: len(pages[url]) // 2]
    before = texts(index, "uk/kyrgyzstan/") | texts(index, "news/")
    result = made.update(index, client=FakeClient(pages))
    assert result.checks["uk"].outcome == "ok"
    assert result.checks["uk"].error == (
        "1 of 4 items failed and stay as they were last seen, first kyrgyzstan: damaged JSON"
    )
    assert result.checks["news"].outcome == "failed"
    assert (result.checks["news"].error or "").startswith(f"{NEWS}: is no RSS or Atom feed, or not all of one (")
    assert len(before) == 4 + SIZE
    assert texts(index, "uk/kyrgyzstan/") | texts(index, "news/") == before
    assert texts(index, "uk/gabon/")  # what came whole is there
    assert {check.outcome for check in made.update(index).checks.values()} == {"ok"}
    assert answers(index) == made.after
    assert found_by_verify(index) == []


def test_an_older_schema_is_left_as_it_is(made: Made, index: Path) -> None:
    set_schema(index, 1, "DROP TABLE fetches")
    before = bytes_of(index)
    for work in (lambda: made.update(index), lambda: answers(index)):
        with pytest.raises(DamagedError, match=r"the store has schema 1, this version of safecite reads 2\. Build the"):
            work()
    assert bytes_of(index) == before
    set_schema(index, 2)
    assert answers(index) == made.before
    assert made.complaints(index) == []


def set_schema(index: Path, version: int, *changes: str) -> None:
    seal.lift(index / "store.sqlite")
    database = sqlite3.connect(index / "store.sqlite")
    for change in (f"PRAGMA user_version={version}", *changes):
        database.execute(change)
    database.close()

"""An index made for trials, the ways in which it is hurt, and what must hold afterwards.

The made index has three sources: a folder, a feed with an item a country, and a feed that is one file. From its first
state to its second some pages change, some come, some go and some are renamed. `python -m scripts.measure_faults` runs
many trials, `test_faults.py` a few.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import random
import resource
import shutil
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index.audit import audit
from index.declared import Declared
from index.documents import sha256_text
from index.errors import DamagedError, SafeciteError
from index.feeds.feed import Client
from index.lastgood import read_last_good
from index.manifest import current_id, list_snapshots, read_manifest
from index.places import place_name
from index.snapshot import Snapshot
from index.store import Store
from index.update import UpdateResult, update
from index.upkeep import TABLES, Upkeep
from tests.fakes import HashEmbedder, die_at, page, write_source
from tests.index.feeds.publishers import as_json
from tests.index.feeds.server import FakeClient

_COUNTRIES = """
KZ KG UZ TJ TM MN CN JP KR VN LA KH TH MY SG ID PH IN NP BT BD LK PK IR IQ JO LB EG LY TN DZ MA MR SN ML NE TD SD ET KE
UG TZ ZM ZW MW MZ ZA BW AO GA
"""
_SYLLABLES = "ka ro mi le to sa ne du pi vo ha ri be lu na"
CODES, SYLLABLES = _COUNTRIES.split(), _SYLLABLES.split()
UK, NEWS = "https://uk.example/advice", "https://news.example/feed"
_WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES[::2] for c in SYLLABLES[::4]]
QUERIES = ("where to report a theft", "police", *(" ".join(_WORDS[n : n + 3]) for n in range(5, 400, 71)))

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The index in its first state, its folder already in the second; what it answers before and after the update.

    It has about nine documents for each of `size`, which is at most 49; every `step`-th of them changes.
    """

    index: Path
    folder: Path
    size: int
    step: int
    before: list[Row]
    after: list[Row]

    def update(self, index: Path, *, number: int = 2, client: Client | None = None) -> UpdateResult:
        """One update of a copy of the index, to its first or second state."""
        declared = [
            Declared("mine", "folder", str(self.folder)),
            Declared("uk", "govuk", UK),
            Declared("news", "rss", NEWS),
        ]
        now = datetime(2026, 11, number, 8, tzinfo=UTC)
        client = client or FakeClient(feeds(self.size, self.step, number))
        return update(index, declared, HashEmbedder(), now=now, client=client)

    def copy(self, to: Path) -> Path:
        """The index in its first state, for a trial."""
        return shutil.copytree(self.index, to)

    def complaints(self, index: Path) -> list[str]:
        """What is wrong after a trial with what answers, with what is stored, with the next update; at best nothing."""
        found = found_by_verify(index)
        if answers(index) not in (self.before, self.after):
            found.append("it answers neither as before nor as after")
        result = self.update(index)
        found += [f"{name}: {check.error}" for name, check in result.checks.items() if check.outcome != "ok"]
        if answers(index) != self.after:
            found.append("after the next update it does not answer as it should")
        if len(list_snapshots(index)) != 2:
            found.append("there are not two states")
        for name in ("uk", "news"):
            wanted = {item.raw_sha256 for item in read_last_good(index, name).items.values()}
            with Store(index / "store.sqlite") as store:
                if not wanted or store.has("raw", wanted) != wanted:
                    found.append(f"not all that {name} gave is stored")
        return found + found_by_verify(index)


def make(root: Path, size: int, step: int) -> Made:
    """The made index under `root`. With few changes its search files are carried on, with many they are made anew."""
    made = Made(root / "index", root / "mine", size, step, [], [])
    write_source(made.folder, pages(size, step, 1))
    made.update(made.index, number=1)
    made.before.extend(answers(made.index))
    write_source(made.folder, pages(size, step, 2))
    made.update(made.copy(root / "after"))
    made.after.extend(answers(root / "after"))
    return made


def pages(size: int, step: int, number: int) -> dict[str, str]:
    """The folder in its first or second state."""
    files = {f"{n}.md": page(f"Guide {n}", _text(f"page {n}")) for n in range(4 * size)}
    if number == 2:
        for n in range(0, 4 * size, step):
            files[f"{n}.md"] = page(f"Guide {n}", _text(f"page {n} anew"))
            files[f"moved/{n + 1}.md"] = files.pop(f"{n + 1}.md")
            del files[f"{n + 2}.md"]
            files[f"new {n}.md"] = page(f"Guide new {n}", _text(f"new {n}"))
    return files


def feeds(size: int, step: int, number: int) -> dict[str, str]:
    """What the feeds answer, by address."""
    codes = CODES[:size] if number == 1 else CODES[1:size] + CODES[-1:]  # one goes, one comes
    names = {place_name(code).lower().replace(" ", "-"): place_name(code) for code in codes}
    children = [{"base_path": f"/foreign-travel-advice/{slug}", "title": name} for slug, name in names.items()]
    found = {UK: as_json({"links": {"children": children}})}
    for place, (slug, name) in enumerate(names.items()):
        said = f"{name} {number if place % step == 0 else 1}"
        parts = [
            {"title": title, "slug": title.lower(), "body": f"<p>{_text(f'{said} {title}')}</p>"}
            for title in ("Safety", "Entry", "Health", "Help")
        ]
        details = {"country": {"name": name}, "parts": parts}
        found[f"{UK}/{slug}"] = as_json({"public_updated_at": "2026-10-01T10:00:00Z", "details": details})
    items = "".join(
        f"<item><title>News {n}</title><guid>{n}</guid><description>{_text(f'news {n}')}</description></item>"
        for n in range(number, size + number)
    )
    found[NEWS] = f"<rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"
    return found


def _text(seed: str) -> str:
    draw = random.Random(seed)
    return " ".join(" ".join(draw.choices(_WORDS, k=9)).capitalize() + "." for _ in range(6))


# What holds


def answers(index: Path) -> list[Row]:
    """All that an index says: every document, its text checked by its hash, and what is found. Raises DamagedError."""
    snapshot = Snapshot.open(index, HashEmbedder())
    rows: list[Row] = []
    for number, record in enumerate(snapshot.manifest.documents):
        document = snapshot.document(number)
        if sha256_text(snapshot.text(document)) != document.text_sha256:
            raise DamagedError(f"{document.doc_id} answers with another text.", path=index)
        rows.append((as_json(record),))
    for query in QUERIES:
        hits = snapshot.search(query, 5)
        rows += [(*h.document.key, h.passage.start, h.passage.end, h.rank, round(h.score, 5)) for h in hits]
    return rows


def contents(index: Path) -> list[Row]:
    """Everything that is stored, in its tables and in the manifests. Raises DamagedError."""
    found: list[Row] = []
    with Upkeep(index / "store.sqlite") as store:
        found += [tuple(store.faults_of_structure())]
        found += [(table, key, store.body(table, key)) for table in TABLES for key in sorted(store.keys(table))]
    found += [(name, as_json(read_manifest(index, name).documents)) for name in list_snapshots(index)]
    return [*found, (current_id(index),), *((s, read_last_good(index, s)) for s in ("mine", "uk", "news"))]


def found_by_verify(index: Path) -> list[str]:
    """What `safecite snapshots verify` finds."""
    return [f"{Path(fault.path).name}: {fault.reason}" for fault in audit(index).faults]


def kept_files(index: Path) -> list[Path]:
    """Every file of an index that holds something, but for what SQLite keeps beside its own while it is read."""
    found = sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)
    return [path for path in found if not path.name.endswith(("-shm", "-wal"))]


@contextmanager
def changed_byte(path: Path, at: int, bits: int) -> Iterator[None]:
    """Some bits of one byte of a file are flipped for as long."""
    _flip(path, at, bits)
    try:
        yield
    finally:
        _flip(path, at, bits)


def _flip(path: Path, at: int, bits: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ bits]))


# What hurts


def killed_at_event(made: Made, index: Path, at: int) -> bool:
    """Update, and be killed just before the `at`-th touch of a file; whether that came to be."""
    process = _context().Process(target=die_at, args=(index, at, _Update(made, index)))
    process.start()
    process.join(120)
    return process.exitcode == -9


def killed_after(made: Made, index: Path, seconds: float) -> bool:
    """Update, and be killed after a while; whether that came to be, before the update ended."""
    here, there = multiprocessing.Pipe()
    process = _context().Process(target=_tell_and_update, args=(made, index, there))
    process.start()
    here.recv()
    time.sleep(seconds)
    process.kill()
    process.join(120)
    return process.exitcode == -9


def in_process(work: Callable[[], object]) -> str:
    """Work in a process of its own: "" where it ends well, else the sentence that a user is shown.

    Raises RuntimeError for what would be a traceback, and for a death.
    """
    here, there = multiprocessing.Pipe()
    process = _context().Process(target=_tell_of, args=(work, there))
    process.start()
    there.close()
    try:
        is_sentence, said = here.recv()
    except EOFError:
        process.join(120)
        is_sentence, said = False, f"died by signal {-(process.exitcode or 0)}"
    process.join(120)
    if not is_sentence:
        raise RuntimeError(said)
    return str(said)


@dataclass(frozen=True, slots=True)
class _Update:
    """An update as work for another process; of files no larger than `largest` bytes, where given."""

    made: Made
    index: Path
    largest: int | None = None

    def __call__(self) -> None:
        if self.largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest, resource.RLIM_INFINITY))
        self.made.update(self.index)


def updated(made: Made, index: Path, largest: int | None = None) -> str:
    """Update in a process of its own; see `in_process`."""
    return in_process(_Update(made, index, largest))


def updated_twice(made: Made, index: Path, later: float) -> tuple[str, str]:
    """Two updates at once, the second so many seconds later; what either says."""
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(updated, made, index)
        time.sleep(later)
        second = threads.submit(updated, made, index)
        return first.result(), second.result()


def _tell_and_update(made: Made, index: Path, told: Connection) -> None:
    told.send(True)
    made.update(index)


def _tell_of(work: Callable[[], object], told: Connection) -> None:
    faulthandler.enable()  # else a death by the system leaves no trace
    try:
        work()
    except SafeciteError as error:
        told.send((True, str(error)))
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        told.send((False, f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {error}"))
    else:
        told.send((True, ""))


def _context() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.faults"])
    return context

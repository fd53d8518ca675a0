"""Everything that an index keeps, read back: which byte is not as it was written, and what is missing.

Manifests and search files have hashes, rows of the store checksums and, where the key is one, the sha256 of what they
hold. SQLite looks at the structure of its file, and the store's seal at every byte of it. All faults are collected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index import seal, searchfiles
from index.documents import Document
from index.errors import DamagedError, IndexMissingError
from index.lastgood import read_last_good
from index.manifest import Manifest, all_manifests, current_id, list_snapshots, read_manifest
from index.searchfiles import Progress, no_progress
from index.store import Table
from index.units import Cut, passages_key
from index.upkeep import TABLES, Upkeep

_WAY_OUT = "Restore it from a copy, or delete it and build every source again; earlier states are then lost."
_ANEW = "Whatever is stored there is whole; `safecite snapshots prune --keep 1000` writes the file anew."


class Fault(NamedTuple):
    """Something that is not as it was written."""

    path: str
    reason: str
    way_out: str


class Audit(NamedTuple):
    """What was looked at and what was found. `is_sealed` is False where a writer of the store was killed."""

    faults: tuple[Fault, ...]
    snapshots: int
    rows: int
    is_sealed: bool


def audit(index: Path, progress: Progress = no_progress) -> Audit:
    """Read a whole index back. Raises IndexMissingError."""
    path = index / "store.sqlite"
    if not path.is_file() and not all_manifests(index):
        raise IndexMissingError("there is no index yet.", path=index, way_out="Run: safecite build --sources DIR")
    faults: list[Fault] = []
    manifests = _manifests(index, faults)
    rows = _Rows(path, faults, progress)
    try:
        with Upkeep(path) as store:
            rows.check(store, {manifest.dimension for manifest in manifests.values()})
    except DamagedError as error:
        faults.append(_fault(error))
    else:
        for name, manifest in manifests.items():
            rows.check_needs(name, manifest)
    is_intact = seal.is_intact(path)
    if is_intact is False and not any(fault.path == str(path) for fault in faults):
        faults.append(Fault(str(path), "a byte that holds no content is not as it was written.", _ANEW))
    faults.extend(_search_files(index, progress))
    faults.extend(_last_good(index))
    return Audit(tuple(faults), len(manifests), rows.count, is_intact is not None)


def _manifests(index: Path, faults: list[Fault]) -> dict[str, Manifest]:
    """The manifests that can be read, by id."""
    try:
        if current_id(index) is None:
            faults.append(Fault(str(index / "CURRENT"), "is missing.", "Build every source again."))
        names = list_snapshots(index)
    except DamagedError as error:
        faults.append(_fault(error))
        names = all_manifests(index)
    found = {}
    for name in names:
        try:
            found[name] = read_manifest(index, name)
        except DamagedError as error:
            faults.append(_fault(error))
    return found


class _Rows:
    """The rows of the store: all are read, and what they say is kept for the question what is missing."""

    def __init__(self, path: Path, faults: list[Fault], progress: Progress) -> None:
        self.path = path
        self.faults = faults
        self.progress = progress
        self.count = 0
        self.seen: dict[Table, set[str]] = {table: set() for table in TABLES}  # damaged ones too: they are not missing
        self.length: dict[str, int] = {}  # of a text, in code points, by its key
        self.pieces: dict[str, list[Cut]] = {}

    def check(self, store: Upkeep, dimensions: set[int]) -> None:
        """Look at the file, then at every row. Raises DamagedError where a table cannot be read at all."""
        self.progress("checking the file", 0, 0)
        for found in store.faults_of_structure():
            self._add(f"its structure is damaged ({' '.join(found.split())}).")
        for table in TABLES:
            keys = store.keys(table)
            for number, key in enumerate(keys, start=1):
                self.seen[table].add(key)
                try:
                    self._check_row(store, table, key, dimensions)
                except DamagedError as error:
                    self._add(error.reason)
                if number % 500 == 0 or number == len(keys):
                    self.progress(f"checking {table}", number, len(keys))
            self.count += len(keys)

    def check_needs(self, name: str, manifest: Manifest) -> None:
        """Whether all is there that a snapshot consists of."""
        for document in map(Document.from_record, manifest.documents):
            key = passages_key(document, manifest.chunking)
            self._need("raw", document.raw_sha256, name)
            self._need("texts", document.text_sha256, name)
            self._need("passages", key, name)
            for piece in self.pieces.get(key, ()):
                for vector in piece.keys:
                    self._need("vectors", vector, name)
            length = self.length.get(document.text_sha256)
            if length is not None and not all(_lies_within(piece, length) for piece in self.pieces.get(key, ())):
                self._add(f"passages of {document.source}/{document.doc_id} lie outside its text.")

    def _check_row(self, store: Upkeep, table: Table, key: str, dimensions: set[int]) -> None:
        if table == "passages":
            self.pieces[key] = store.get_passages(key)
        elif table == "vectors":
            if dimensions and len(store.body(table, key)) - 4 not in dimensions:
                self._add(f"row {key[:12]}… of vectors has another dimension.")
        else:
            content = store.get_bytes(table, key)
            if hashlib.sha256(content).hexdigest() != key.rpartition(" ")[2]:  # of a fetch: the second of two
                self._add(f"row {key[:12]}… of {table} does not match its sha256.")
            if table == "texts":
                self.length[key] = len(content.decode("utf-8", "surrogatepass"))

    def _need(self, table: Table, key: str, name: str) -> None:
        if key not in self.seen[table]:
            self.seen[table].add(key)  # said once
            self._add(f"row {key[:12]}… of {table} is missing; snapshot {name} needs it.")

    def _add(self, reason: str) -> None:
        self.faults.append(Fault(str(self.path), reason, _WAY_OUT))


def _lies_within(piece: Cut, length: int) -> bool:
    passage = piece.passage
    spans = [(h.start, h.end) for h in passage.headings] + [(passage.start, passage.end)]
    inside = all(passage.start <= unit.start < unit.end <= passage.end for unit in piece.units)
    return inside and all(0 <= start < end <= length for start, end in spans)


def _search_files(index: Path, progress: Progress) -> Iterator[Fault]:
    for folder in sorted((index / "cache").glob("*")):
        if searchfiles.is_whole(folder):  # else they are made again when they are needed
            progress("checking search files", 0, 0)
            try:
                searchfiles.load(folder)
            except DamagedError as error:
                yield Fault(error.path or str(folder), error.reason, f"Delete {folder}: it is made again when needed.")


def _last_good(index: Path) -> Iterator[Fault]:
    for path in sorted((index / "sources").glob("*.json")):
        try:
            read_last_good(index, path.stem)
        except DamagedError as error:
            yield _fault(error)


def _fault(error: DamagedError) -> Fault:
    return Fault(error.path or "", error.reason, error.way_out)

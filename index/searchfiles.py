"""The files that search a snapshot, `cache/ID/`: made from the store, made again when missing, checked by hash.

Made beside their place and moved there whole, so that nobody sees half of them.

vectors.faiss   one row a distinct passage: the mean of its units' vectors
words/          BM25, one row a passage
units.npy       one row a distinct embedded unit, int8, mapped into memory; scales.npy what to multiply each with
tables.npz      passages by row: document, offsets, headings, vector row; their units likewise
HASHES          the sha256 of every file, written last
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.documents import Document, Heading, Passage
from index.errors import DamagedError
from index.manifest import Manifest
from index.passages import CHUNKING, heading_words
from index.plain import plain_text
from index.store import Store
from index.unit_vectors import UnitVectors
from index.units import Cut, Unit
from index.vectors import VectorIndex
from index.words import Entry, WordIndex

_WAY_OUT = "Build the index again: they are made anew."

Rows = npt.NDArray[np.int64]
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many (0: not known)


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Passages by row. `document[r]` indexes the manifest's documents, `vector[r]` the rows of the vector index.

    The headings of passage r are `headings[first_heading[r]:first_heading[r + 1]]`, columns start, end, level.
    Its units are found likewise, columns start, end, is_item, intro; `unit_vector[u]` indexes the unit vectors.
    """

    document: Rows
    start: Rows
    end: Rows
    vector: Rows
    first_heading: Rows
    headings: Rows
    first_unit: Rows
    units: Rows
    unit_vector: Rows

    def passage(self, row: int) -> Passage:
        """The passage of a row."""
        low, high = int(self.first_heading[row]), int(self.first_heading[row + 1])
        headings = tuple(Heading(*h) for h in self.headings[low:high].tolist())
        return Passage(int(self.start[row]), int(self.end[row]), headings)

    def units_of(self, row: int) -> list[Unit]:
        """The units of a row's passage."""
        low, high = int(self.first_unit[row]), int(self.first_unit[row + 1])
        return [Unit(start, end, bool(item), intro) for start, end, item, intro in self.units[low:high].tolist()]


def ranges(first: Rows, rows: Rows) -> Rows:
    """`first[r] … first[r + 1] - 1` for each of the rows, one after the other."""
    counts = first[rows + 1] - first[rows]
    starts = np.repeat(first[rows] - (np.cumsum(counts) - counts), counts)
    return starts + np.arange(len(starts))


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The opened search files of one snapshot."""

    tables: Tables
    vectors: VectorIndex
    units: UnitVectors
    words: WordIndex


def passages_key(document: Document, chunking: str = CHUNKING) -> str:
    """Under which the passages of a document's text are stored."""
    parts = (chunking, document.markup, str(document.body), document.text_sha256)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make(folder: Path, manifest: Manifest, store: Store, progress: Progress = no_progress) -> None:
    """Make the search files of a snapshot in `folder`; what was made there meanwhile stays. Raises OSError too."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # A reader that still has the folder open may write a lock file into it: what cannot be cleared now is harmless.
    with tempfile.TemporaryDirectory(prefix="making-", dir=folder.parent, ignore_cleanup_errors=True) as workplace:
        made = Path(workplace) / folder.name
        maker = _Maker(manifest, store, progress)
        WordIndex.build(made / "words", maker.entries())
        columns: dict[str, Any] = maker.columns()
        np.savez(made / "tables.npz", **columns)
        progress("gathering vectors", 0, len(maker.unit_keys))
        units = UnitVectors(*store.get_vectors(list(maker.unit_keys), manifest.dimension))
        units.save(made)
        VectorIndex.build(units.means(maker.passages, manifest.dimension)).save(made / "vectors.faiss")
        (made / "HASHES").write_text("".join(f"{h}  {name}\n" for name, h in _hashes(made)), "utf-8")
        try:
            made.rename(folder)
        except OSError:
            if is_whole(folder):  # somebody was faster
                return
            if not folder.is_dir():
                raise
            folder.rename(Path(workplace) / "leftover")  # such a lock file, in a folder that was deleted
            made.rename(folder)


def is_whole(folder: Path) -> bool:
    """Whether search files are here. They may still be damaged: `load` finds out."""
    return (folder / "HASHES").is_file()


def remove(folder: Path) -> None:
    """Delete search files. Killed while it does, it leaves files that count as missing, not as damaged."""
    (folder / "HASHES").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def load(folder: Path) -> SearchFiles:
    """Open the search files. Raises DamagedError where any file is not as it was written."""
    try:
        written = (folder / "HASHES").read_text("utf-8")
        changed = {f"{h}  {name}" for name, h in _hashes(folder)}.symmetric_difference(written.splitlines())
    except OSError as error:
        raise DamagedError("cannot be read.", path=folder, way_out=_WAY_OUT) from error
    if changed:
        name = min(changed).split("  ", 1)[1]
        raise DamagedError("does not match its checksum.", path=folder / name, way_out=_WAY_OUT)
    with np.load(folder / "tables.npz", allow_pickle=False) as columns:
        tables = Tables(**{name: columns[name] for name in Tables.__dataclass_fields__})
    return SearchFiles(
        tables, VectorIndex.load(folder / "vectors.faiss"), UnitVectors.load(folder), WordIndex.load(folder / "words")
    )


class _Maker:
    """Collects the columns while the word index drinks the entries: each text is read from the store once."""

    def __init__(self, manifest: Manifest, store: Store, progress: Progress) -> None:
        self.manifest = manifest
        self.store = store
        self.progress = progress
        self.passages: dict[tuple[int, ...], int] = {}  # rows of the unit vectors; in order of first use: the row
        self.rows: list[tuple[int, int, int, int]] = []
        self.first_heading = [0]
        self.headings: list[Heading] = []
        self.unit_keys: dict[str, int] = {}  # in order of first use: a key's row
        self.first_unit = [0]
        self.units: list[Unit] = []
        self.unit_vector: list[int] = []

    def entries(self) -> Iterator[Entry]:
        total = len(self.manifest.documents)
        for number, record in enumerate(self.manifest.documents):
            document = Document.from_record(record)
            pieces = self.store.get_passages(passages_key(document, self.manifest.chunking))
            document = Document.from_record(record, self.store.get_text(document.text_sha256))
            tags = (f"status:{document.status}", f"doc:{number}")
            for piece in pieces:
                self._add(number, piece)
                shown = plain_text(document.text, piece.passage.start, piece.passage.end, document.markup)
                words = "\n".join((document.title, *heading_words(document, piece.passage), shown))
                yield Entry(words, tags)
            if number % 50 == 0 or number + 1 == total:
                self.progress("indexing words", number + 1, total)

    def columns(self) -> dict[str, Rows]:
        rows = np.array(self.rows, np.int64).reshape(-1, 4)
        return {
            "document": rows[:, 0],
            "start": rows[:, 1],
            "end": rows[:, 2],
            "vector": rows[:, 3],
            "first_heading": np.array(self.first_heading, np.int64),
            "headings": np.array(self.headings, np.int64).reshape(-1, 3),
            "first_unit": np.array(self.first_unit, np.int64),
            "units": np.array(self.units, np.int64).reshape(-1, 4),
            "unit_vector": np.array(self.unit_vector, np.int64),
        }

    def _add(self, document: int, piece: Cut) -> None:
        units = tuple(self.unit_keys.setdefault(key, len(self.unit_keys)) for key in piece.keys)
        vector = self.passages.setdefault(units, len(self.passages))
        self.rows.append((document, piece.passage.start, piece.passage.end, vector))
        self.headings.extend(piece.passage.headings)
        self.first_heading.append(len(self.headings))
        self.units.extend(piece.units)
        self.unit_vector.extend(units)
        self.first_unit.append(len(self.units))


def _hashes(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.rglob("*")):
        # tantivy's lock files and the list itself say nothing about the content
        if path.is_file() and path.name != "HASHES" and not path.name.endswith(".lock"):
            with path.open("rb") as file:
                found.append((path.relative_to(folder).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()))
    return found

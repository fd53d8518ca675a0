"""The files that search a snapshot, `cache/ID/`: made from the store, made again when missing, checked by hash.

Made beside their place and moved there whole, so that nobody sees half of them.

tables/         the passages by row, mapped into memory
units.npy       one row a distinct embedded unit, int8, mapped into memory
scales.npy      what to multiply each of them with; keys.npy: the sha256 of the embedded text
vectors.faiss   short codes of the units; none where there are few
words/          BM25
about.json      how it is searched, and the numbers that are free
HASHES-2        the sha256 of every file, written last; files of another form count as missing
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import DamagedError
from index.tables import Tables
from index.unit_vectors import UnitVectors
from index.vectors import VectorIndex
from index.words import WordIndex

_HASHES = "HASHES-2"
_WAY_OUT = "Build the index again: they are made anew."

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many (0: not known)


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The opened search files of one snapshot. `about` says how it is searched, for people."""

    folder: Path
    tables: Tables
    vectors: VectorIndex
    units: UnitVectors
    words: WordIndex
    about: dict[str, Any]


def place(made: Path, folder: Path) -> None:
    """Move files that were made elsewhere to their place, with their hashes; those that are there meanwhile stay."""
    (made / _HASHES).write_text("".join(f"{line}\n" for line in _hashes(made)), "utf-8")
    try:
        made.rename(folder)
    except OSError:
        if is_whole(folder):  # somebody was faster
            return
        if not folder.is_dir():
            raise
        # A reader that still had the folder open may have written a lock file into it after it was deleted.
        folder.rename(made.parent / "leftover")
        made.rename(folder)


def workplace(folder: Path) -> tempfile.TemporaryDirectory[str]:
    """A place beside a folder where its files can be made."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # What cannot be cleared away at the end, because a reader has it open, is harmless.
    return tempfile.TemporaryDirectory(prefix="making-", dir=folder.parent, ignore_cleanup_errors=True)


def is_whole(folder: Path) -> bool:
    """Whether search files are here. They may still be damaged: `load` finds out."""
    return (folder / _HASHES).is_file()


def remove(folder: Path) -> None:
    """Delete search files. Killed while it does, it leaves files that count as missing, not as damaged."""
    (folder / _HASHES).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def load(folder: Path) -> SearchFiles:
    """Open the search files. Raises DamagedError where any file is not as it was written."""
    try:
        written = (folder / _HASHES).read_bytes().decode("utf-8", "replace")
        changed = set(_hashes(folder)).symmetric_difference(written.split("\n")) - {""}
    except OSError as error:
        raise DamagedError("cannot be read.", path=folder, way_out=_WAY_OUT) from error
    if changed:
        name = min(changed).partition("  ")[2] or _HASHES
        raise DamagedError("does not match its checksum.", path=folder / name, way_out=_WAY_OUT)
    return open_files(folder)


def open_files(folder: Path) -> SearchFiles:
    """Open search files that are known to be as they were written. Raises DamagedError."""
    about = json.loads((folder / "about.json").read_text("utf-8"))
    return SearchFiles(
        folder,
        Tables.load(folder / "tables"),
        VectorIndex.load(folder / "vectors.faiss", about["vectors"]["recall@10"]),
        UnitVectors.load(folder),
        WordIndex.load(folder / "words"),
        about,
    )


def searched_by(folder: Path) -> dict[str, Any]:
    """How the vectors here are searched, and how well, for people; empty where no search files are."""
    try:
        found: dict[str, Any] = json.loads((folder / "about.json").read_text("utf-8"))["vectors"]
    except (OSError, ValueError, KeyError):
        return {}
    return found


def _hashes(folder: Path) -> list[str]:
    """A line for each file: its sha256, two spaces, its path."""
    # tantivy's lock files and the list itself say nothing about the content
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != _HASHES and p.suffix != ".lock"]
    with ThreadPoolExecutor(max_workers=2) as threads:
        hashes = threads.map(_sha256, paths)
        return [f"{h}  {path.relative_to(folder).as_posix()}" for h, path in zip(hashes, paths, strict=True)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

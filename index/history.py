"""The states that an index remembers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from index.errors import IndexMissingError
from index.manifest import Head, current_id, list_snapshots, path_of, read_head
from index.searchfiles import is_whole


class State(NamedTuple):
    """One state: what its manifest says of it, whether it answers now, and what its own files take.

    Its search files are made again when they are missing.
    """

    head: Head
    is_live: bool
    is_searchable: bool
    bytes: int


def history(index: Path) -> list[State]:
    """All states that are or were live, oldest first. Raises DamagedError."""
    live = current_id(index)
    found = []
    for name in list_snapshots(index):
        folder = index / "cache" / name
        size = path_of(index, name).stat().st_size + bytes_in(folder)
        found.append(State(read_head(index, name), name == live, is_whole(folder), size))
    return found


def find_snapshot(index: Path, given: str) -> str:
    """The id of a state by its id, the beginning of it, or its sequence number. Raises IndexMissingError."""
    names = list_snapshots(index)
    same = [
        name for name in names if name == given or (given.isdecimal() and int(name.partition("-")[0]) == int(given))
    ]
    found = same or [name for name in names if given and name.startswith(given)]
    if len(found) == 1:
        return found[0]
    reason = f"{given!r} names more than one snapshot." if found else f"there is no snapshot {given!r}."
    raise IndexMissingError(reason, path=index, way_out="See: safecite snapshots list")


def bytes_in(folder: Path) -> int:
    """Bytes of all files in a folder; 0 where there is none."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

"""Earlier states forgotten: their manifests, their search files, and the rows of the store that no other state needs.

Killed at any point it leaves the remaining states whole; the next pruning takes what is left over.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from index import searchfiles
from index.errors import BusyError, IndexMissingError, SafeciteError
from index.history import bytes_in
from index.inuse import claimed
from index.lastgood import read_last_good
from index.manifest import all_manifests, current_id, list_snapshots, path_of, read_head, read_manifest
from index.searchfiles import Progress, no_progress
from index.upkeep import TABLES, Needs, Upkeep, needs


class Pruned(NamedTuple):
    """What was removed, or would be: ids of states, rows of the store, bytes. States in `in_use` were left alone."""

    removed: tuple[str, ...]
    in_use: tuple[str, ...]
    rows: int
    freed: int


def prune(
    index: Path,
    *,
    keep: int | None = None,
    before: date | None = None,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> Pruned:
    """Remove the oldest states: all but the last `keep`, and of these only what was observed before a day.

    States go in the order of their sequence, up to the first that stays; the live one and those that somebody has open
    stay. A dry run only says what would go. Raises BusyError, DamagedError, IndexMissingError, SafeciteError.
    """
    with _alone(index), ExitStack() as claims, Upkeep(index / "store.sqlite", write=True) as store:
        names = list_snapshots(index)
        free = {name: claims.enter_context(claimed(index, name)) for name in _oldest(index, names, keep, before)}
        gone = tuple(name for name in names if free.get(name))
        rows = _unneeded(index, [name for name in names if name not in gone], store, progress)
        left_over = set(all_manifests(index)).difference(names)  # of builds that were killed
        pruned = Pruned(gone, tuple(name for name in free if name not in gone), sum(map(len, rows.values())), 0)
        if dry_run:
            files = sum(path_of(index, name).stat().st_size + bytes_in(index / "cache" / name) for name in gone)
            return pruned._replace(freed=files + sum(store.size(table, keys) for table, keys in rows.items()))
        size = bytes_in(index)
        for name in (*gone, *left_over):
            path_of(index, name).unlink()
            searchfiles.remove(index / "cache" / name)
        progress("making the store small", 0, 0)
        store.remove(rows)
        store.compact()
        return pruned._replace(freed=size - bytes_in(index))


def _oldest(index: Path, names: list[str], keep: int | None, before: date | None) -> list[str]:
    """Those that may go, oldest first; never the last one, which is live."""
    candidates = names[: -max(1, keep or 1)]
    if before is None:
        return candidates
    return list(takewhile(lambda name: read_head(index, name).observed < before.isoformat(), candidates))


def _unneeded(index: Path, kept: list[str], store: Upkeep, progress: Progress) -> Needs:
    """Rows that no state needs, and no source's last good state, from which its next one may be read."""
    progress("looking at what is needed", 0, 0)
    needed = needs((read_manifest(index, name) for name in kept), store)
    for path in (index / "sources").glob("*.json"):
        needed["raw"].update(item.raw_sha256 for item in read_last_good(index, path.stem).items.values())
    # A fetch is noted under the sha256 of what came, and a second one of the note itself.
    needed["fetches"] = {key for key in store.keys("fetches") if key.partition(" ")[0] in needed["raw"]}
    return {table: set(store.keys(table)) - needed[table] for table in TABLES}


@contextmanager
def _alone(index: Path) -> Iterator[None]:
    """No build and no update is at work meanwhile."""
    if current_id(index) is None:
        raise IndexMissingError("there is no index yet.", path=index, way_out="Run: safecite build --sources DIR")
    try:
        (index / "sources").mkdir(exist_ok=True)
        with FileLock(index / "sources" / "LOCK", timeout=0), FileLock(index / "LOCK", timeout=0):
            yield
    except Timeout as error:
        reason = "a build or an update is at work on this index."
        raise BusyError(reason, path=index, way_out="Wait until it ends.") from error
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})."
        raise SafeciteError(reason, path=error.filename or index, way_out="Is there room, and is it yours?") from error

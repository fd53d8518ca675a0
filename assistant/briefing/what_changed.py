"""What changed between two states: which states are meant, and the record that `safecite changes --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from assistant.briefing.differing import change_record, counts
from assistant.errors import SettingsError
from index.changes import Changes, compare, rewording
from index.errors import IndexMissingError
from index.manifest import list_snapshots, read_manifest, snapshot_as_of
from index.store import Store


class Moment(NamedTuple):
    """A state by its id, and the day that it is of."""

    snapshot: str
    observed: str


class Compared(NamedTuple):
    """Two states and what differs between them."""

    since: Moment
    until: Moment
    found: Changes


def states_between(index: Path, since: date | None, until: date | None) -> tuple[str, str]:
    """The ids of the states of two days: the later one is else the live one, the earlier one that before it.

    Raises SettingsError, IndexMissingError.
    """
    if since and until and since > until:
        raise SettingsError(f"{since} is after {until}.", way_out="Name the earlier day first.")
    names = list_snapshots(index)
    if not names:
        raise IndexMissingError("there is no index yet.", path=index, way_out="Run: safecite build --sources DIR")
    new = snapshot_as_of(index, until) if until else names[-1]
    if since is None and new == names[0]:
        way_out = "There is something to compare after the next update."
        raise IndexMissingError("there is no state before this one.", path=index, way_out=way_out)
    return snapshot_as_of(index, since) if since else names[names.index(new) - 1], new


def compared(
    index: Path,
    old: str,
    new: str,
    *,
    places: Sequence[str] = (),
    sources: Sequence[str] = (),
    publishers: Sequence[str] = (),
) -> Compared:
    """What differs between two states, by their ids. Raises SafeciteError."""
    was, now = read_manifest(index, old), read_manifest(index, new)
    with Store(index / "store.sqlite") as store:
        found = compare(was, now, store.get_text, places=places, sources=sources, publishers=publishers)
    return Compared(Moment(old, was.observed), Moment(new, now.observed), found)


def to_record(index: Path, shown: Compared) -> dict[str, Any]:
    """JSON-ready, with the words that differ. Raises DamagedError."""
    with Store(index / "store.sqlite") as store:
        changes = [change_record(change, rewording(change, store)) for change in shown.found.changes]
    states = {"since": shown.since._asdict(), "until": shown.until._asdict()}
    return {**states, "counts": counts(shown.found), "changes": changes}

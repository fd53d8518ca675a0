"""What is kept of each source between updates: the items of its last good state, and how its checks went.

One file a source, INDEX/sources/NAME.json, replaced atomically and carrying its own checksum.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from index.atomic import write_atomically
from index.errors import DamagedError
from index.feeds.feed import Fetched

MAX_CHECKS = 400  # more than a year of daily ones

Outcome = Literal["ok", "failed", "empty", "shrunk"]


@dataclass(frozen=True, slots=True)
class Check:
    """One look at a whole source. `time` is ISO 8601 in UTC.

    `items` are the documents that the source stands at after it, `changed` those whose text is new, different or gone.
    `error` says what was wrong; a check that is "ok" has one too where single items failed and keep their last state.
    """

    time: str
    outcome: Outcome
    error: str | None
    items: int
    changed: int


@dataclass(frozen=True, slots=True)
class LastGood:
    """A feed's items by name, none for a folder; and the checks, oldest first."""

    items: dict[str, Fetched] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


def last_good_file(index: Path, name: str) -> Path:
    """Where the state of a source is kept."""
    return index / "sources" / f"{name}.json"


def read_last_good(index: Path, name: str) -> LastGood:
    """The state of a source, empty where it was never checked. Raises DamagedError."""
    path = last_good_file(index, name)
    try:
        written = path.read_bytes()
        state = json.loads(written)["state"]
        if written != _encode(state):
            raise ValueError("checksum")
        items = {item["item"]: Fetched(**item) for item in state["items"]}
        return LastGood(items, tuple(Check(**check) for check in state["checks"]))
    except FileNotFoundError:
        return LastGood()
    except OSError as error:
        raise DamagedError(f"cannot be read ({error.strerror}).", path=path) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        way_out = "Delete this file; the next update fetches everything again."
        raise DamagedError("does not match its checksum.", path=path, way_out=way_out) from error


def write_last_good(index: Path, name: str, state: LastGood) -> None:
    """Write the state of a source: old or new, never half. Of the checks the last 400 are kept. Raises OSError."""
    record = {
        "items": [asdict(state.items[item]) for item in sorted(state.items)],
        "checks": [asdict(check) for check in state.checks[-MAX_CHECKS:]],
    }
    write_atomically(last_good_file(index, name), _encode(record))


def _encode(state: dict[str, Any]) -> bytes:
    """The whole file. What was read must give the same bytes again: no change of a byte is too small to be seen."""
    checksum = hashlib.sha256(json.dumps(state, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return json.dumps({"sha256": checksum, "state": state}, indent=1).encode("ascii")

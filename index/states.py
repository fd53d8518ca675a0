"""How far a source can still be relied on: six states that never collapse into each other.

Pure functions over what is known: the days on which a publisher's pages changed, what the checks of the source gave,
and the day of asking. A state belongs to one publisher in one source: an archive can freeze for two of its five.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any

from index.dates import PartialDate
from index.documents import Kind, Status
from index.lastgood import Check
from index.manifest import Manifest

COMPILED = "compiled"  # the kind of documents that safecite wrote, whatever they came in
ALLOWED_DAYS = {  # since the last good look, by kind; one's own folders and files have no publisher to fall behind
    "govuk": 7,
    "us": 7,
    "canada": 7,
    "australia": 7,
    "germany": 7,
    "rss": 7,
    "web": 30,
    "archive": 30,
    COMPILED: 180,
}
QUIET_DAYS = (
    45  # a silence up to this long is never called frozen; with it no publisher of the archive ever was wrongly
)
_ENOUGH = 10  # days of change before a publisher's habit is known
_ARCHIVE_READERS = ("advisories", "us-json")

Pair = tuple[str, str]  # source, publisher


class State(StrEnum):
    """What is known about how current a copy is."""

    CURRENT = "current"
    AGEING = "ageing"  # not looked at for longer than its kind allows
    FROZEN = "frozen"  # it was looked at, and nothing has changed for longer than it ever did
    FAILED = "failed"  # the last check failed, or lost most of the items
    EMPTY = "empty"  # the last check gave nothing: an alarm, never "no advisories"
    NOT_CHECKED = "not checked"


ALARMS = frozenset({State.AGEING, State.FROZEN, State.FAILED, State.EMPTY})


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one publisher in one source, and what it rests on.

    `since` is the day of the last good look for CURRENT and AGEING, of the newest change for FROZEN, of the first bad
    check in a row for FAILED and EMPTY, None for NOT_CHECKED. `newest` is the newest change, `looked` the last good
    look, `longest_quiet` the longest silence before, and `allowed_days` how long its kind may go unlooked at.
    `unchanged` says that the copy was frozen when it was last looked at, which may hold beside FAILED and EMPTY too.
    `error` is that of the last check.
    """

    state: State
    since: date | None = None
    newest: date | None = None
    looked: date | None = None
    longest_quiet: int | None = None
    allowed_days: int | None = None
    unchanged: bool = False
    error: str | None = None

    def to_record(self) -> dict[str, Any]:
        """JSON-ready."""
        days = {name: getattr(self, name) for name in ("since", "newest", "looked")}
        return {
            "state": self.state.value,
            **{name: day.isoformat() if day else None for name, day in days.items()},
            "longest_quiet_days": self.longest_quiet,
            "allowed_days": self.allowed_days,
            "unchanged": self.unchanged,
            "error": self.error,
        }


def state_of(
    kind: str, changed: Collection[date], checks: Sequence[Check], today: date, *, alive: date | None = None
) -> Standing:
    """The one state of a publisher's pages in a source.

    `changed` are the days of its pages, `checks` those of the source, oldest first; `alive` is a day on which the
    source was known to be kept, such as the newest page of another publisher. What lies after `today` is not known.
    """
    known = [check for check in checks if _day_of(check) <= today + timedelta(days=1)]  # UTC may be a day ahead
    good = [min(_day_of(check), today) for check in known if check.outcome == "ok"]
    # Publishers restamp pages without changing a word, so what a check found different counts only where no page is
    # dated.
    days = sorted({day for day in changed or _changes(known) if day <= today})
    newest = days[-1] if days else None
    allowed = ALLOWED_DAYS.get(kind)
    seen: list[date | None]
    if kind == COMPILED:
        seen = [newest]  # reading our own words again checks nothing
    elif allowed is None:
        seen = [*good[-1:]]
    else:
        seen = [*good[-1:], newest, alive if alive and alive <= today else None]
    looked = max((day for day in seen if day), default=None)
    quiet = _longest_quiet(days) if allowed and kind != COMPILED else None
    silent = (looked - newest).days if looked and newest else 0
    unchanged = quiet is not None and silent > max(QUIET_DAYS, quiet)

    bad = list(takewhile(lambda check: check.outcome != "ok", reversed(known)))
    since: date | None
    if bad:
        state, since = State.EMPTY if bad[0].outcome == "empty" else State.FAILED, min(_day_of(bad[-1]), today)
    elif looked is None:
        state, since = State.NOT_CHECKED, None
    elif unchanged:
        state, since = State.FROZEN, newest
    else:
        old = allowed is not None and (today - looked).days > allowed
        state, since = State.AGEING if old else State.CURRENT, looked
    return Standing(state, since, newest, looked, quiet, allowed, unchanged, bad[0].error if bad else None)


def standings(manifest: Manifest, checks: Mapping[str, Sequence[Check]], today: date) -> dict[Pair, Standing]:
    """The state of every publisher in every source of a snapshot; a source without documents stands under ""."""
    kinds: dict[Pair, str] = {}
    changed: dict[Pair, set[date]] = {}
    for record in manifest.documents:
        pair = (record["source"], record.get("publisher", ""))
        kinds[pair] = _kind(record, manifest.sources[record["source"]])
        days = changed.setdefault(pair, set())
        if record.get("status") != Status.WITHDRAWN:
            days.update(_days(record))
    for name, record in manifest.sources.items():
        if not any(source == name for source, _ in kinds):
            kinds[name, ""], changed[name, ""] = record.get("feed", "folder"), set()
    return {
        pair: state_of(
            kind, changed[pair], checks.get(pair[0], ()), today, alive=_alive(pair[0], manifest, changed, today)
        )
        for pair, kind in kinds.items()
    }


def _kind(document: dict[str, Any], source: dict[str, Any]) -> str:
    if document.get("kind") == Kind.COMPILED:
        return COMPILED
    is_archive = document.get("reader", "").startswith(_ARCHIVE_READERS)
    return str(source.get("feed") or ("archive" if is_archive else "folder"))


def _alive(source: str, manifest: Manifest, changed: Mapping[Pair, Collection[date]], today: date) -> date | None:
    """The last day on which a source is known to have been kept: that which was given, or that of any of its pages."""
    days = {day for (name, _), found in changed.items() if name == source for day in found}
    record = manifest.sources[source]
    days.update(date.fromisoformat(record[name][:10]) for name in ("observed", "checked") if name in record)
    return max((day for day in days if day <= today), default=None)


def _days(document: dict[str, Any]) -> Iterator[date]:
    """The days that a document's own record gives, or those of the pages that a compiled one rests on."""
    if document.get("kind") == Kind.COMPILED:
        yield from (_day(basis["updated"]) for basis in document["based_on"] if "updated" in basis)
    else:
        yield from (_day(document[name]) for name in ("published", "updated", "reviewed") if name in document)


@lru_cache(maxsize=4096)  # a snapshot has thousands of pages and some hundred dates
def _day(words: str) -> date:
    return PartialDate.parse(words).first()


def _longest_quiet(days: Sequence[date]) -> int | None:
    """The longest silence between changes, in days; None where there are too few to know.

    A page tells its last change only, so further back ever fewer days are left and the gaps between them ever longer:
    only the newer half counts.
    """
    if len(days) < _ENOUGH:
        return None
    return max((later - earlier).days for earlier, later in pairwise(days[len(days) // 2 :]))


def _changes(checks: Sequence[Check]) -> set[date]:
    return {_day_of(check) for check in checks if check.outcome == "ok" and check.changed}


def _day_of(check: Check) -> date:
    return date.fromisoformat(check.time[:10])

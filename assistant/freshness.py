"""How current the sources behind an answer are: the notes that an answer carries, and a state in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from assistant import messages
from assistant.ages import date_in_words
from assistant.choosing.quotes import Quote
from assistant.outcome import Answer
from index.dates import PartialDate
from index.documents import Kind
from index.errors import DamagedError
from index.lastgood import Check, last_good_file, read_last_good
from index.snapshot import Snapshot
from index.states import ALARMS, Pair, Standing, State, standings

_Key = tuple[date, tuple[tuple[str, int], ...]]
_reckoned: WeakKeyDictionary[Snapshot, tuple[_Key, dict[Pair, Standing]]] = WeakKeyDictionary()


def freshness(snapshot: Snapshot, today: date) -> dict[Pair, Standing]:
    """The state of every publisher in every source: reckoned once for a snapshot, a day and the checks so far."""
    written = tuple((name, _written(snapshot.index, name)) for name in snapshot.manifest.sources)
    key = (today, written)
    found = _reckoned.get(snapshot)
    if found is None or found[0] != key:
        checks = {name: _checks(snapshot.index, name, when) for name, when in written if when}
        found = key, standings(snapshot.manifest, checks, today)
        _reckoned[snapshot] = found
    return found[1]


def with_freshness(answer: Answer, snapshot: Snapshot, today: date) -> Answer:
    """The answer with the states of the sources that it quotes, and what must be said of them."""
    if not answer.quotes:
        return answer
    staleness = freshness_notes(answer.quotes, snapshot, today)
    return replace(answer, staleness=staleness, sources=tuple(freshness_records(answer.quotes, snapshot, today)))


def freshness_notes(quotes: Sequence[Quote], snapshot: Snapshot, today: date) -> tuple[str, ...]:
    """What must be said of the sources quoted, in one sentence of all copies that may be old; nothing where none is."""
    states = freshness(snapshot, today)
    publishers = [publisher for _, publisher in states]
    said: dict[tuple[str, date | None], dict[str, None]] = {}
    for quote in quotes:
        source, publisher = quote.document.source, quote.document.publisher
        standing = states[source, publisher]
        name = publisher or source
        if publishers.count(publisher) > 1:  # it may be current in one source and not in another
            name += f" (“{source}”)"
        if standing.unchanged:
            said.setdefault(("frozen", standing.newest), {})[name] = None
        if standing.state in ALARMS - {State.FROZEN}:
            ours = standing.state is State.AGEING and quote.document.kind is Kind.COMPILED
            said.setdefault(("summaries" if ours else standing.state.value, standing.since), {})[name] = None
    told = {key: {"publishers": _listed(list(names)), "date": _in_words(key[1])} for key, names in said.items()}
    copies = [messages.COPIES[kind].format(**words) for (kind, _), words in told.items() if kind in messages.COPIES]
    others = [messages.STALE[kind].format(**words) for (kind, _), words in told.items() if kind in messages.STALE]
    return (*([messages.OLD_COPIES.format(copies="; ".join(copies))] if copies else []), *others)


def freshness_records(quotes: Sequence[Quote], snapshot: Snapshot, today: date) -> list[dict[str, Any]]:
    """The states of the sources quoted, in the order of the quotes, JSON-ready."""
    states = freshness(snapshot, today)
    quoted = dict.fromkeys((q.document.source, q.document.publisher) for q in quotes)
    return [{"source": pair[0], "publisher": pair[1], **states[pair].to_record()} for pair in quoted]


def standing_in_words(standing: Standing) -> str:
    """The reason of a state, for a table: "last known to be current on 1 May 2026, more than 30 days ago"."""
    since = _in_words(standing.since)
    match standing.state:
        case State.CURRENT:
            return f"on {since}"
        case State.AGEING:
            return f"last known to be current on {since}, more than {standing.allowed_days} days ago"
        case State.FROZEN:
            habit = f"never silent for more than {standing.longest_quiet} days before"
            return f"unchanged since {since}, looked at on {_in_words(standing.looked)}; {habit}"
        case State.FAILED:
            return f"since {since}: {standing.error or 'no reason was given'}"
        case State.EMPTY:
            return f"since {since}: it answers with nothing; the last good copy is kept"
        case State.NOT_CHECKED:
            return "never compared with its publisher"


def _listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _in_words(day: date | None) -> str:
    return date_in_words(PartialDate.parse(day)) if day else messages.UNDATED


def _written(index: Path, name: str) -> int:
    """When the checks of a source were last written, 0 where there are none."""
    try:
        return last_good_file(index, name).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=256)
def _checks(index: Path, name: str, written: int) -> tuple[Check, ...]:  # noqa: ARG001 - read again when written again
    try:
        return read_last_good(index, name).checks
    except DamagedError:  # `safecite sources` says so; an answer goes by the dates of the pages
        return ()

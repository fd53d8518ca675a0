"""What an answer does to a feed's last good state: pure rules, so that silence is never taken for safety.

Nothing where there was something is an alarm, and so is the sudden loss of most documents; then the last good state
stays. What failed stays as it was last seen, and what is no longer listed goes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from index.feeds.feed import Fetched, Listing
from index.lastgood import Outcome

_EMPTY = "It answered, and there was no document in what came."
_NOT_LISTED = "It lists nothing about this place; what is known of it stays."
_SHRUNK = (
    "Only {now:,} of {before:,} documents came; the last good state stays. "
    "If that is right: safecite sources update NAME --accept"
)
MOST_LOST = 0.5  # of its documents; a feed that loses more at once is believed to be broken


class Contents(NamedTuple):
    """What can be read of an item: how many documents, and the reason where there is something that cannot be."""

    documents: int
    unreadable: str | None = None


Look = Callable[[Fetched, bytes | None], Contents]


@dataclass(frozen=True, slots=True)
class Settled:
    """The feed's new state, None where the last good one stays; `received` are the bytes of items that are new in it.

    `error` says what is wrong, also where the outcome is "ok" and single items failed.
    """

    outcome: Outcome
    error: str | None = None
    items: dict[str, Fetched] | None = None
    received: dict[str, bytes] = field(default_factory=dict)


def settle(
    listing: Listing,
    last: Mapping[str, Fetched],
    look: Look,
    now: str,
    *,
    partial: bool = False,
    accept: bool = False,
) -> Settled:
    """Judge what a feed gave against its last good state.

    `look(item, raw)` says what is in an item; its bytes are None where they are in the store. `now` is ISO 8601 in
    UTC. A `partial` listing is of one place: it adds and replaces, and takes nothing away. With `accept` the loss of
    most documents is taken as it comes; the loss of all is not.
    """
    if partial and listing.lists_others and not listing.items and not listing.failed:
        return Settled("ok", _NOT_LISTED)
    items: dict[str, Fetched] = {}
    received: dict[str, bytes] = {}
    contents: dict[str, Contents] = {}  # of what was received
    failed = dict(listing.failed)
    hollow = 0  # items in which there was something before, and now is nothing
    for name, response in listing.items.items():
        before = last.get(name)
        if response.unchanged:
            if before is None:
                failed[name] = "confirmed as unchanged, though nothing was known of it"
            else:
                items[name] = replace(before, retrieved=now)
            continue
        digest = hashlib.sha256(response.raw).hexdigest()
        after = Fetched(name, response.url, digest, now, response.headers)
        if before is None or before.raw_sha256 != digest:
            found = look(after, response.raw)
            if before is not None and not found.documents and look(before, None).documents:
                failed[name] = found.unreadable or "there is nothing in it any more"
                hollow += found.unreadable is None
                continue
            received[name], contents[name] = response.raw, found
        items[name] = after
    error = _named(failed, len(items) + len(failed))
    if not items and len(failed) == hollow:
        return Settled("empty", _EMPTY)
    if not items:
        return Settled("failed", error)
    kept = last if partial else {name: last[name] for name in failed if name in last}
    state = {**kept, **items}
    found_now = [contents[name] if name in contents else look(item, None) for name, item in state.items()]
    documents = sum(found.documents for found in found_now)
    if not documents:
        reason = next((found.unreadable for found in found_now if found.unreadable), None)
        return Settled("failed", f"Nothing that came can be read: {reason}.") if reason else Settled("empty", _EMPTY)
    if not partial and not accept:
        before_all = sum(look(item, None).documents for item in last.values())
        if documents < before_all * (1 - MOST_LOST):
            return Settled("shrunk", _SHRUNK.format(now=documents, before=before_all))
    outcome: Outcome = "failed" if len(failed) > len(items) else "ok"
    return Settled(outcome, error, state, received)


def _named(failed: Mapping[str, str], count: int) -> str | None:
    """How many items failed, and the first by name with its reason."""
    if not failed:
        return None
    first = min(failed)
    return f"{len(failed):,} of {count:,} items failed and stay as they were last seen, first {first}: {failed[first]}"

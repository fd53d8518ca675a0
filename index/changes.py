"""What differs between two states: pages added, removed, renamed, withdrawn and reworded, and levels that changed.

A page that only carries another date is no change: publishers restamp hundreds of pages at once without changing a
word. It is counted, and so is a page that only a newer reader reads differently.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from index.differences import Difference, differences
from index.documents import Document, Status
from index.filters import Filters, Passing
from index.manifest import Manifest
from index.store import Store

Key = tuple[str, str]


class What(StrEnum):
    """What happened to a page."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"  # the same text about the same places under another name
    WITHDRAWN = "withdrawn"  # still here, but its publisher no longer lists it
    REWORDED = "reworded"
    LEVEL = "level"  # the government's level changed, and not a word of the page


@dataclass(frozen=True, slots=True)
class Change:
    """A page as it was and as it is, without their texts; None where it is new or gone.

    `reworded` says whether its text is another, whatever else happened to it.
    """

    what: What
    old: Document | None
    new: Document | None
    reworded: bool = False

    @property
    def document(self) -> Document:
        """The page as it is, or as it last was."""
        document = self.new or self.old
        if document is None:
            raise ValueError("a change of nothing")
        return document

    @property
    def level_changed(self) -> bool:
        """Whether the page carries another advisory level; what is withdrawn carries none that could have changed."""
        if self.old is None or self.new is None or self.what is What.WITHDRAWN:
            return False
        return self.old.level != self.new.level


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs. `restamped` pages carry another date and the same words, `reread` ones the same bytes.

    Pages of a source that only one of the states holds are no changes of its publisher: `new_sources` and
    `gone_sources` say how many there are.
    """

    changes: tuple[Change, ...]
    restamped: int = 0
    reread: int = 0
    same: int = 0
    new_sources: dict[str, int] = field(default_factory=dict)
    gone_sources: dict[str, int] = field(default_factory=dict)

    def count(self, what: What) -> int:
        """How many pages this happened to; see `reworded` for those whose text changed."""
        return sum(change.what is what for change in self.changes)

    @property
    def reworded(self) -> int:
        """How many pages have another text, those included that were withdrawn."""
        return sum(change.reworded for change in self.changes)

    @property
    def levels(self) -> int:
        """How many pages carry another level."""
        return sum(change.level_changed for change in self.changes)


def compare(
    old: Manifest,
    new: Manifest,
    text: Callable[[str], str],
    *,
    places: Collection[str] = (),
    sources: Collection[str] = (),
    publishers: Collection[str] = (),
) -> Changes:
    """What differs between two states, those with a changed level first, then in the order of source and doc_id.

    A page counts where it passes the filters in either state. `text` gives a text by its sha256; it is asked for pages
    with front matter, where another date is another text. Raises FilterError, and what `text` raises.
    """
    both = replace(old, sources=old.sources | new.sources, documents=[*old.documents, *new.documents])
    filters = Filters(tuple(places), tuple(publishers), tuple(sources), statuses=())
    passes = Passing(both).mask(filters).tolist()
    wanted = {_key(record) for record, passed in zip(both.documents, passes, strict=True) if passed}
    was = {_key(record): record for record in old.documents if _key(record) in wanted}
    now = {_key(record): record for record in new.documents if _key(record) in wanted}
    gone = {key: record for key, record in was.items() if key not in now and key[0] in new.sources}
    came = {key: record for key, record in now.items() if key not in was and key[0] in old.sources}
    renamed = _renamed(gone, came)
    found = [_change(What.RENAMED, was[i], now[j]) for i, j in renamed]
    found += [_change(What.REMOVED, was[i], None) for i in gone.keys() - {i for i, _ in renamed}]
    found += [_change(What.ADDED, None, now[j]) for j in came.keys() - {j for _, j in renamed}]
    counted = {"restamped": 0, "reread": 0, "same": 0}
    for key in was.keys() & now.keys():
        reworded = _is_reworded(was[key], now[key], text)
        what = _what(was[key], now[key], reworded=reworded)
        if what is not None:
            found.append(_change(what, was[key], now[key], reworded=reworded))
        elif was[key]["raw_sha256"] == now[key]["raw_sha256"] and was[key]["text_sha256"] != now[key]["text_sha256"]:
            counted["reread"] += 1
        else:
            counted["same" if was[key] == now[key] else "restamped"] += 1
    found.sort(key=lambda change: (not change.level_changed, change.document.key))
    return Changes(
        tuple(found),
        **counted,
        new_sources=_held(now, new.sources.keys() - old.sources.keys()),
        gone_sources=_held(was, old.sources.keys() - new.sources.keys()),
    )


def rewording(change: Change, store: Store) -> list[Difference]:
    """What differs in the words of a page that is in both states; nothing where only links or layout do.

    Raises DamagedError.
    """
    if change.old is None or change.new is None or not change.reworded:
        return []
    old, new = (replace(d, text=store.get_text(d.text_sha256)) for d in (change.old, change.new))
    return differences(old, new)


def _key(record: dict[str, Any]) -> Key:
    return record["source"], record["doc_id"]


def _change(what: What, old: dict[str, Any] | None, new: dict[str, Any] | None, *, reworded: bool = False) -> Change:
    was, now = (None if record is None else Document.from_record(record) for record in (old, new))
    return Change(what, was, now, reworded)


def _is_reworded(old: dict[str, Any], new: dict[str, Any], text: Callable[[str], str]) -> bool:
    """Whether the words that the publisher wrote are others: not the front matter, and not how a reader reads them."""
    if old["text_sha256"] == new["text_sha256"] or old["raw_sha256"] == new["raw_sha256"]:
        return False
    starts = old.get("body", 0), new.get("body", 0)
    return not any(starts) or text(old["text_sha256"])[starts[0] :] != text(new["text_sha256"])[starts[1] :]


def _what(old: dict[str, Any], new: dict[str, Any], *, reworded: bool) -> What | None:
    """What happened to a page that is in both states; None where nothing that is listed did."""
    if old.get("status") != Status.WITHDRAWN and new.get("status") == Status.WITHDRAWN:
        return What.WITHDRAWN
    if reworded:
        return What.REWORDED
    return What.LEVEL if old.get("level") != new.get("level") else None


def _renamed(gone: dict[Key, dict[str, Any]], came: dict[Key, dict[str, Any]]) -> list[tuple[Key, Key]]:
    """Pages of one source that have another name and the same text about the same places.

    The places tell a rename from a stub that many countries share: one goes here, another comes there.
    """
    by_text: dict[tuple[Any, ...], deque[Key]] = defaultdict(deque)
    for key in sorted(gone):
        by_text[_text(gone[key])].append(key)
    pairs = ((by_text[_text(came[key])], key) for key in sorted(came))
    return [(old.popleft(), key) for old, key in pairs if old]


def _text(record: dict[str, Any]) -> tuple[Any, ...]:
    return record["source"], record["text_sha256"], tuple(record.get("about", ()))


def _held(records: Iterable[Key], sources: Collection[str]) -> dict[str, int]:
    """How many of the pages each of the sources holds."""
    names = [source for source, _ in records if source in sources]
    return {name: names.count(name) for name in sorted(set(names))}

"""A feed's last good state as a source of a build: bytes from the store, read into documents by the feed.

What the live snapshot holds already, read by the same reader from the same bytes, is taken from there: reading all
pages of a large publisher takes a quarter of a minute, and a few of them change a day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index.documents import Document, Reading, Skipped
from index.feeds.feed import Feed, Fetched
from index.manifest import Manifest
from index.store import Store


@dataclass(frozen=True, slots=True)
class FeedSource:
    """Implements `index.source.Source`.

    `described` is what a manifest says of it, `store` the store's file, `read_before` documents without their texts by
    the items that need not be read again.
    """

    feed: Feed
    items: Mapping[str, Fetched]
    described: Mapping[str, Any]
    store: Path
    read_before: Mapping[str, Sequence[Document]] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """`{"feed": kind, "address": …, "checked": ISO time, "observed": day}`."""
        return dict(self.described)

    def read(self, name: str) -> Iterator[Reading | Skipped]:
        """The documents of every item, in the order of the items' names. Raises DamagedError."""
        with Store(self.store) as store:
            for item in sorted(self.items):
                fetched = self.items[item]
                raw = store.get_bytes("raw", fetched.raw_sha256)
                if item in self.read_before:
                    for document in self.read_before[item]:
                        yield Reading(replace(document, text=store.get_text(document.text_sha256)), raw)
                else:
                    yield from self.feed.read(name, replace(fetched, retrieved=first_received(store, fetched)), raw)


def first_received(store: Store, item: Fetched) -> str:
    """When the bytes that an item stands at came, in ISO 8601.

    What a document says of its retrieval: being confirmed day after day does not make it another document.
    """
    return max((f.retrieved for f in store.fetches(item.raw_sha256) if f.item == item.item), default=item.retrieved)


def read_before(
    manifest: Manifest, name: str, items: Mapping[str, Fetched], reader: str | None
) -> dict[str, list[Document]]:
    """The documents that a snapshot holds of a source's items, by item; of those alone that `reader` read whole."""
    times = Counter(item.raw_sha256 for item in items.values())
    by_raw: defaultdict[str, list[Document]] = defaultdict(list)
    for record in manifest.documents:
        if record["source"] == name:
            by_raw[record["raw_sha256"]].append(Document.from_record(record))
    # A part that could not be read was named after its item; one named otherwise may be any item's.
    parts = [s.path for s in manifest.skipped if s.source == name]
    broken = {item for item in items for path in parts if path == item or path.startswith(f"{item}/")}
    if any(path not in items and path.partition("/")[0] not in items for path in parts):
        return {}
    return {
        name: documents
        for name, item in items.items()
        if name not in broken
        and times[item.raw_sha256] == 1
        and (documents := by_raw.get(item.raw_sha256))
        and all(document.reader == reader for document in documents)
    }

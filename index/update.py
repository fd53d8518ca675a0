"""Declared sources → their present state → one new snapshot.

Feeds are fetched at the same time, and one that fails touches no other. What came is stored first, then a snapshot is
built, then the last good states are written: killed anywhere, the last snapshot answers and the next update repeats.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout

from index.build import BuildResult, build
from index.declared import Declared
from index.documents import Skipped
from index.embedding import Embedder
from index.errors import BusyError, DamagedError, SafeciteError, SourceError
from index.feeds.client import PoliteClient
from index.feeds.feed import Client, Feed, Fetched, Listing
from index.feeds.registry import is_feed, make_feed, reader_of
from index.feeds.settle import Contents, Settled, settle
from index.feeds.source import FeedSource, read_before
from index.lastgood import Check, LastGood, read_last_good, write_last_good
from index.manifest import Manifest, current_id, read_manifest
from index.readers.folder import read_source
from index.searchfiles import Progress, no_progress
from index.source import Source
from index.store import Store

_FEEDS_AT_ONCE = 8  # each host has a limit of its own


class UpdateResult(NamedTuple):
    """What an update did; `build` is None where there was nothing to build from. A check for each source looked at."""

    build: BuildResult | None
    checks: dict[str, Check]


def update(
    index: Path,
    declared: Sequence[Declared],
    embedder: Embedder,
    *,
    place: str | None = None,
    accept: bool = False,
    now: datetime | None = None,
    client: Client | None = None,
    progress: Progress = no_progress,
) -> UpdateResult:
    """Bring the sources that are turned on up to date.

    With `place` (a code) only the feeds' items about it are fetched; such a look says nothing of the rest, so it is
    returned and not kept among the source's checks. With `accept` a feed that lost most of its documents is believed.
    Raises BusyError, and what `build` raises; a source that fails is
    no error but a check that says so.
    """
    moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    wanted = [d for d in declared if d.enabled]
    if place is not None:
        wanted = [d for d in wanted if is_feed(d.kind) and (not d.places or place in d.places)]
    with _alone(index):
        return _Update(index, embedder, place, accept, moment, progress).run(wanted, client)


@contextmanager
def _alone(index: Path) -> Iterator[None]:
    """Nobody else updates this index meanwhile."""
    try:
        (index / "sources").mkdir(parents=True, exist_ok=True)
        with FileLock(index / "sources" / "LOCK", timeout=0):
            yield
    except Timeout as error:
        raise BusyError(
            "another update is at work on this index.", path=index, way_out="Wait until it ends."
        ) from error
    except OSError as error:
        raise SafeciteError(
            f"cannot be written ({error.strerror or error}).",
            path=error.filename or index,
            way_out="Is there room, and is it yours?",
        ) from error


class _Update:
    def __init__(
        self, index: Path, embedder: Embedder, place: str | None, accept: bool, now: str, progress: Progress
    ) -> None:
        self.index = index
        self.embedder = embedder
        self.place = place
        self.accept = accept
        self.now = now
        self.progress = progress
        live = current_id(index)
        self.parent = None if live is None else read_manifest(index, live)
        self.last: dict[str, LastGood] = {}
        self.settled: dict[str, Settled] = {}
        self.fetched = 0

    def run(self, wanted: Sequence[Declared], client: Client | None) -> UpdateResult:
        intact = [source for source in wanted if self._recall(source.name)]
        feeds = {source: make_feed(source.kind, source.address) for source in intact if is_feed(source.kind)}
        sources: dict[str, Path | Source | None] = {}
        if feeds:
            with Store(self.index / "store.sqlite", write=True) as store:
                asyncio.run(self._look(store, feeds, client))
                self._keep(store)
                sources.update({s.name: self._feed_source(store, s, feed) for s, feed in feeds.items()})
        sources.update({s.name: self._local(s) for s in intact if s not in feeds})
        found = {name: source for name, source in sources.items() if source is not None}
        built = build(self.index, found, self.embedder, progress=self.progress) if found else None
        after = self.parent if built is None else read_manifest(self.index, built.snapshot)
        checks = {source.name: self._check(source.name, after) for source in wanted}
        for source in intact:
            self._remember(source.name, checks[source.name])
        return UpdateResult(built, checks)

    def _recall(self, name: str) -> bool:
        """Read a source's last good state; what is damaged is left as it is, for its owner to see."""
        try:
            self.last[name] = read_last_good(self.index, name)
        except DamagedError as error:
            self.settled[name] = Settled("failed", str(error))
            return False
        return True

    async def _look(self, store: Store, feeds: Mapping[Declared, Feed], client: Client | None) -> None:
        """Fetch and judge every feed; whatever goes wrong with one is that one's failure."""
        if client is None:
            async with PoliteClient() as own:
                await self._look(store, feeds, own)
            return
        gate = asyncio.Semaphore(_FEEDS_AT_ONCE)

        async def one(source: Declared, feed: Feed) -> Settled:
            async with gate:
                settled = await self._settled(store, source, feed, client)
            self.fetched += 1
            self.progress("fetching sources", self.fetched, len(feeds))
            return settled

        # Hostile bytes can make a reader fail in ways that nobody thought of, which gather keeps apart.
        results = await asyncio.gather(*(one(s, f) for s, f in feeds.items()), return_exceptions=True)
        for source, result in zip(feeds, results, strict=True):
            if isinstance(result, Settled):
                self.settled[source.name] = result
            elif isinstance(result, SafeciteError):
                self.settled[source.name] = Settled("failed", str(result))
            elif isinstance(result, Exception):
                self.settled[source.name] = Settled("failed", f"Its answer broke the reader: {result!r}"[:500])
            else:
                raise result

    async def _settled(self, store: Store, source: Declared, feed: Feed, client: Client) -> Settled:
        # Of another address nothing is known: neither is its answer "unchanged", nor has it shrunk.
        known = {} if self._moved(source) else self._stored(store, source.name)
        counted = self._documents_by_raw(source.name)

        def look(item: Fetched, raw: bytes | None) -> Contents:
            if raw is None and item.raw_sha256 in counted:
                return Contents(counted[item.raw_sha256])
            raw = store.get_bytes("raw", item.raw_sha256) if raw is None else raw
            found = list(feed.read(source.name, item, raw))
            skipped = [reading.reason for reading in found if isinstance(reading, Skipped)]
            return Contents(len(found) - len(skipped), skipped[0] if skipped else None)

        places = source.places if self.place is None else (self.place,)
        listing = await _fetch(feed, client, known, places)
        return settle(listing, known, look, self.now, partial=self.place is not None, accept=self.accept)

    def _stored(self, store: Store, name: str) -> dict[str, Fetched]:
        """The last good items whose bytes are in the store, as they are unless somebody took the store away."""
        items = self.last[name].items
        held = store.has("raw", [item.raw_sha256 for item in items.values()])
        return {item: fetched for item, fetched in items.items() if fetched.raw_sha256 in held}

    def _keep(self, store: Store) -> None:
        """Store what is new, as it came."""
        for source, settled in self.settled.items():
            live = self._documents_by_raw(source)
            with store.transaction():
                for name, raw in settled.received.items():
                    fetched = (settled.items or {})[name]
                    # What already answers, by an update that was killed before it could write so, came then.
                    if fetched.raw_sha256 not in live or not store.fetches(fetched.raw_sha256):
                        store.put_bytes("raw", fetched.raw_sha256, raw)
                        store.put_fetch(fetched)

    def _feed_source(self, store: Store, source: Declared, feed: Feed) -> FeedSource | None:
        """What to build from; None where the state in the live snapshot is to stay, or there is none."""
        settled, last, record = self.settled[source.name], self.last[source.name], self._record(source.name)
        items = settled.items
        if items is None:
            items = {} if record else self._stored(store, source.name)
        if not items:
            return None
        whole = settled.outcome == "ok" and self.place is None
        checked = self.now if whole else _last_ok(last.checks)
        same = record and _bytes_of(items) == _bytes_of(last.items)
        described = {
            "feed": source.kind,
            "address": source.address,
            **({"places": list(source.places)} if source.places else {}),
            **({"checked": checked} if checked else {}),
            # The day of this state, which being looked at again does not change.
            "observed": record.get("observed", self.now[:10]) if same else self.now[:10],
        }
        before = {}
        if self.parent is not None and not self._moved(source):
            before = read_before(self.parent, source.name, items, reader_of(source.kind))
        return FeedSource(feed, items, described, self.index / "store.sqlite", before)

    def _local(self, source: Declared) -> Path | None:
        path = Path(source.address)
        try:
            read_source(source.name, path)  # reads nothing yet
        except SourceError as error:
            self.settled[source.name] = Settled("failed", str(error))
            return None
        self.settled[source.name] = Settled("ok")
        return path

    def _check(self, name: str, after: Manifest | None) -> Check:
        before, now = _texts(self.parent, name), _texts(after, name)
        changed = sum(before.get(doc_id) != now.get(doc_id) for doc_id in before.keys() | now.keys())
        settled = self.settled[name]
        return Check(self.now, settled.outcome, settled.error, len(now), changed)

    def _remember(self, name: str, check: Check) -> None:
        last = self.last[name]
        items = self.settled[name].items
        checks = last.checks if self.place is not None else (*last.checks, check)
        write_last_good(self.index, name, LastGood(last.items if items is None else items, checks))

    def _record(self, name: str) -> dict[str, Any]:
        return {} if self.parent is None else self.parent.sources.get(name, {})

    def _moved(self, source: Declared) -> bool:
        record = self._record(source.name)
        as_declared = (source.kind, source.address, list(source.places))
        return bool(record) and (record.get("feed"), record.get("address"), record.get("places", [])) != as_declared

    def _documents_by_raw(self, name: str) -> Counter[str]:
        documents = [] if self.parent is None else self.parent.documents
        return Counter(d["raw_sha256"] for d in documents if d["source"] == name)


async def _fetch(feed: Feed, client: Client, known: Mapping[str, Fetched], places: Sequence[str]) -> Listing:
    """Everything, or what is about the places, one after the other."""
    if not places:
        return await feed.fetch(client, known)
    found = Listing({}, {})
    for place in places:
        part = await feed.fetch(client, known, place)
        others = found.lists_others or part.lists_others
        found = Listing(found.items | part.items, found.failed | part.failed, others)
    return found


def _texts(manifest: Manifest | None, name: str) -> dict[str, str]:
    documents = [] if manifest is None else manifest.documents
    return {d["doc_id"]: d["text_sha256"] for d in documents if d["source"] == name}


def _bytes_of(items: Mapping[str, Fetched]) -> dict[str, str]:
    return {name: item.raw_sha256 for name, item in items.items()}


def _last_ok(checks: Sequence[Check]) -> str | None:
    return next((check.time for check in reversed(checks) if check.outcome == "ok"), None)

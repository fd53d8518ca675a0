"""A feed's items as a source of a build: what is read, and what need not be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from index.dates import PartialDate
from index.documents import Document, Reading, Skipped
from index.errors import DamagedError
from index.feeds.feed import Client, Fetched, Listing
from index.feeds.registry import is_feed, make_feed, reader_of
from index.feeds.rss import RssFeed
from index.feeds.source import FeedSource, first_received, read_before
from index.manifest import Manifest
from index.store import Store

RECORD = {"feed": "lines", "address": "https://a/", "observed": "2026-11-01"}


class Lines:
    """A feed whose items hold a document a line; one that says "bad" cannot be read."""

    def __init__(self) -> None:
        self.read_items: list[str] = []

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        return Listing({}, {})

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        self.read_items.append(item.item)
        for number, line in enumerate(raw.decode().split("\n")):
            doc_id = f"{item.item}/{number}"
            if line == "bad":
                yield Skipped(source, doc_id, "bad")
                continue
            day = PartialDate.parse(item.retrieved)
            yield Reading(Document(source, doc_id, line, line, retrieved=day, reader="lines 1").with_hashes(raw), raw)


def state(name: str, raw: bytes, day: int = 1) -> Fetched:
    return Fetched(name, f"https://a/{name}", hashlib.sha256(raw).hexdigest(), f"2026-11-{day:02d}T08:00:00+00:00", {})


def manifest(*found: Reading | Skipped) -> Manifest:
    """A snapshot that holds what was read."""
    documents = [f.document.to_record() for f in found if isinstance(f, Reading)]
    skipped = [f for f in found if isinstance(f, Skipped)]
    return Manifest(1, None, "2026-11-01", {}, "", "", 8, {"news": {}}, documents, skipped)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def keep(path: Path, items: Mapping[str, Fetched], raws: Mapping[str, bytes]) -> None:
    with Store(path, write=True) as store, store.transaction():
        for name, raw in raws.items():
            store.put_bytes("raw", items[name].raw_sha256, raw)
            store.put_fetch(items[name])


def test_items_are_read_in_order_with_the_day_on_which_their_bytes_came(store: Path) -> None:
    raws = {"b": b"three", "a": b"one\ntwo"}
    items = {name: state(name, raw) for name, raw in raws.items()}
    keep(store, items, raws)
    confirmed = {name: replace(item, retrieved="2026-11-20T08:00:00+00:00") for name, item in items.items()}
    found = list(FeedSource(Lines(), confirmed, RECORD, store).read("news"))
    assert [(r.document.key, r.document.text, str(r.document.retrieved)) for r in found if isinstance(r, Reading)] == [
        (("news", "a/0"), "one", "2026-11-01"),
        (("news", "a/1"), "two", "2026-11-01"),
        (("news", "b/0"), "three", "2026-11-01"),
    ]
    assert [r.raw for r in found if isinstance(r, Reading)] == [b"one\ntwo", b"one\ntwo", b"three"]
    assert FeedSource(Lines(), items, RECORD, store).record() == RECORD


def test_the_day_is_that_of_the_last_time_the_bytes_came(store: Path) -> None:
    item = state("a", b"one", 3)
    with Store(store, write=True) as opened:
        assert first_received(opened, item) == item.retrieved
        for day in (2, 9):
            opened.put_fetch(state("a", b"one", day))
        opened.put_fetch(state("other", b"one", 12))
        assert first_received(opened, item) == "2026-11-09T08:00:00+00:00"


def test_bytes_that_are_not_stored_are_an_error(store: Path) -> None:
    Store(store, write=True).close()
    with pytest.raises(DamagedError, match="of raw is missing or damaged"):
        list(FeedSource(Lines(), {"a": state("a", b"one")}, RECORD, store).read("news"))


def test_what_was_read_before_is_not_read_again(store: Path) -> None:
    raws = {"a": b"one\ntwo", "b": b"three", "c": b"four\nbad", "d": b"same", "e": b"same"}
    items = {name: state(name, raw) for name, raw in raws.items()}
    keep(store, items, raws)
    first = list(FeedSource(Lines(), items, RECORD, store).read("news"))
    with Store(store, write=True) as opened:
        for reading in first:
            if isinstance(reading, Reading):
                opened.put_text(reading.document.text_sha256, reading.document.text)
    raws["b"] = b"three, corrected"
    items["b"] = state("b", raws["b"], 2)
    keep(store, {"b": items["b"]}, {"b": raws["b"]})

    known = read_before(manifest(*first), "news", items, "lines 1")
    assert {name: [d.doc_id for d in documents] for name, documents in known.items()} == {"a": ["a/0", "a/1"]}
    feed = Lines()
    again = list(FeedSource(feed, items, RECORD, store, known).read("news"))
    assert feed.read_items == ["b", "c", "d", "e"]
    assert again[:2] == first[:2]
    assert again == list(FeedSource(Lines(), items, RECORD, store).read("news"))


def test_when_everything_is_read_again(store: Path) -> None:
    items = {"a": state("a", b"one")}
    found = list(Lines().read("news", items["a"], b"one"))
    assert list(read_before(manifest(*found), "news", items, "lines 1")) == ["a"]
    assert read_before(manifest(*found), "news", items, "lines 2") == {}
    assert read_before(manifest(*found), "news", items, None) == {}
    assert read_before(manifest(*found), "other", items, "lines 1") == {}
    unclear = Skipped("news", "an entry of some item", "bad")
    assert read_before(manifest(*found, unclear), "news", items, "lines 1") == {}


def test_kinds() -> None:
    assert make_feed("rss", "https://a/") == RssFeed("https://a/")
    assert reader_of("rss") == "rss 1"
    assert [is_feed(kind) for kind in ("rss", "web", "folder", "archive")] == [True, True, False, False]
    with pytest.raises(KeyError):
        make_feed("folder", "/tmp")

"""What the tests of the publishers' feeds share: fetching with a client that is a dict, and reading what came."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from index.dates import PartialDate
from index.documents import Document, Reading, Skipped
from index.feeds.feed import Client, Feed, Fetched, Listing
from tests.index.feeds.server import fetched


def fetch(feed: Feed, client: Client, known: Mapping[str, Fetched] | None = None, place: str | None = None) -> Listing:
    return asyncio.run(feed.fetch(client, known or {}, place))


def read(feed: Feed, listing: Listing) -> tuple[dict[str, Document], dict[str, str]]:
    """The documents by their doc_id, and the reasons of what was skipped by its path."""
    documents: dict[str, Document] = {}
    skipped: dict[str, str] = {}
    for item, state in states(listing).items():
        for one in feed.read("made-up", state, listing.items[item].raw):
            if isinstance(one, Skipped):
                skipped[one.path] = one.reason
            else:
                assert isinstance(one, Reading)
                assert one.raw == listing.items[item].raw
                assert one.document.raw_sha256 == state.raw_sha256
                assert one.document.retrieved == PartialDate(2026, 11, 20)
                assert one.document.doc_id not in documents
                documents[one.document.doc_id] = one.document
    return documents, skipped


def states(listing: Listing) -> dict[str, Fetched]:
    """The last good states that a listing leaves behind."""
    return {item: fetched(item, response) for item, response in listing.items.items()}


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)

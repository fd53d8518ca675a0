"""A record for duty of care: what was asked, what was answered, and everything that proves the quotes; and the proof.

The record's own sha256 shows that the file is as it was written. That the quotes are the sources' words is proved
against the store, where the bytes that were fetched still are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.choosing.quotes import Quote
from assistant.outcome import Answer
from assistant.render import to_record
from index.documents import sha256_text
from index.manifest import read_head
from index.store import Store

FORMAT = "safecite record 1"


def make_record(answer: Answer, index: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an answer, JSON-ready. `asked` are the question's words and options. Raises SafeciteError."""
    head = read_head(index, answer.snapshot)
    with Store(index / "store.sqlite") as store:
        quotes = [_quote(number, quote, store) for number, quote in enumerate(answer.quotes, start=1)]
    record = {
        "format": FORMAT,
        "asked": dict(asked),
        "answer": to_record(answer),
        "quotes": quotes,
        "snapshot": {
            "id": head.name,
            "manifest_sha256": head.sha256,
            "observed": head.observed,
            "created": head.created,
            "sources": {name: head.sources[name] for name in sorted({quote["source"] for quote in quotes})},
        },
        "software": {"name": "safecite", "version": version("safecite")},
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return {**record, "sha256": sha256_of(record)}


def sha256_of(record: Mapping[str, Any]) -> str:
    """The sha256 over a record's canonical JSON, less its own "sha256": sorted keys, no spaces, UTF-8."""
    rest = {key: value for key, value in record.items() if key != "sha256"}
    written = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _quote(number: int, quote: Quote, store: Store) -> dict[str, Any]:
    return {
        "number": number,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
        "quote_sha256": sha256_text(quote.text),
        "headings": [heading._asdict() for heading in quote.headings],
        **identity(quote.document.to_record()),
        "fetched": [asdict(fetched) for fetched in store.fetches(quote.document.raw_sha256)],
    }


def identity(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says of a quote's document, from the manifest's own record of it."""
    known = ("title", "publisher", "url", "licence", "published", "updated", "reviewed", "retrieved", "about", "level")
    hashes = ("text_sha256", "raw_sha256", "reader", "status", "kind")
    found = {name: document.get(name) for name in (*known, *hashes)}
    return {"source": document["source"], "doc": document["doc_id"], **found}

"""A document read again from its raw bytes, by the readers as they are now."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from index.documents import Document, Reading, Skipped
from index.feeds.feed import Fetched
from index.feeds.registry import is_feed, make_feed
from index.readers import beir
from index.readers.folder import read_source


def reread(document: Document, raw: bytes, source: Mapping[str, Any], fetched: Iterable[Fetched]) -> str | None:
    """The text that the present reader makes of a document's bytes; None where it makes none.

    `source` is what the manifest says of the document's source, `fetched` how its bytes came where a feed brought them.
    """
    if kind := source.get("feed"):
        if not is_feed(kind):
            return None
        feed = make_feed(kind, source["address"])
        return _text(document, (reading for item in fetched for reading in feed.read(document.source, item, raw)))
    if document.reader.startswith("advisories "):  # a page's bytes are its text; its metadata stand beside it
        return raw.decode("utf-8", "replace")
    # A corpus has a document a line: one line is a corpus.
    name = beir.NAME if document.reader == beir.READER else "document" + PurePosixPath(document.doc_id).suffix
    with tempfile.TemporaryDirectory(prefix="safecite-") as folder:
        (Path(folder) / name).write_bytes(raw)
        return _text(None, read_source(document.source, Path(folder)))


def _text(document: Document | None, readings: Iterable[Reading | Skipped]) -> str | None:
    """The text of the first reading, or of the one that is this document."""
    for reading in readings:
        if isinstance(reading, Reading) and (document is None or reading.document.key == document.key):
            return reading.document.text
    return None

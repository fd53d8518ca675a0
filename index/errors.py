"""Everything that can go wrong in `index`.

SafeciteError                 one clear sentence for the user, never a traceback
├── UnreadableError           a document cannot be read: named, skipped, the rest goes on
├── SourceError               a source folder cannot be used at all
├── FeedError                 a feed or one address of it cannot be fetched, or answers what it should not
├── ModelError                the embedding model is missing, damaged, or not the index's own
├── IndexMissingError         there is no index where one was expected
├── DamagedError              a file of the store or of a snapshot fails its checksum
├── BusyError                 another process is building this index
└── FilterError               a filter names a place, publisher or source that the index does not hold
"""

from __future__ import annotations

from pathlib import Path


class SafeciteError(Exception):
    """One sentence that says what, why, and what to do about it.

    `path` is the file or folder concerned, `reason` why it failed, `way_out` what the user can do.
    """

    def __init__(self, reason: str, *, path: str | Path | None = None, way_out: str = "") -> None:
        self.path = str(path) if path is not None else None
        self.reason = reason
        self.way_out = way_out
        where = f"{self.path}: " if self.path else ""
        super().__init__(f"{where}{reason}" + (f" {way_out}" if way_out else ""))


class UnreadableError(SafeciteError):
    """A document cannot be read. `reason` is a short phrase without the path: "encrypted"."""


class SourceError(SafeciteError):
    """A source folder is missing, unreadable or empty of documents."""


class FeedError(SafeciteError):
    """A feed, or one of its addresses, fails. `path` is the address."""


class ModelError(SafeciteError):
    """The embedding model is missing, damaged, or another than the index was built with."""


class IndexMissingError(SafeciteError):
    """No index has been built here."""


class DamagedError(SafeciteError):
    """Stored bytes do not match their checksum."""


class BusyError(SafeciteError):
    """Another process holds the index's build lock."""


class FilterError(SafeciteError):
    """A filter value that the index does not hold; never ignored."""

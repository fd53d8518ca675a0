"""What a build reads from: a folder, a feed's last good state, or anything else that yields readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from index.documents import Reading, Skipped
from index.readers.folder import read_source


class Source(Protocol):
    """One source of documents."""

    def record(self) -> dict[str, Any]:
        """What a manifest says of it, JSON-ready: `{"root": …}` of a folder, `{"feed": …, "address": …}` of a feed."""

    def read(self, name: str) -> Iterator[Reading | Skipped]:
        """Everything in it, as documents of the source `name`. Raises SourceError."""


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder, or one file. `observed` dates a state that was fetched earlier."""

    root: Path
    observed: date | None = None

    def record(self) -> dict[str, Any]:
        """Where it is, and the day of its state where that is known."""
        return {"root": str(self.root.resolve())} | ({"observed": self.observed.isoformat()} if self.observed else {})

    def read(self, name: str) -> Iterator[Reading | Skipped]:
        """Its documents in a fixed order."""
        return read_source(name, self.root)

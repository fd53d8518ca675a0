"""The store's seal: the sha256 of the whole file, written when it is closed after writing, lifted before it is written.

Every row has a checksum; the seal covers what no row holds as well. A writer that is killed leaves the store unsealed,
which is no damage: its rows still tell.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from index.atomic import write_atomically


def seal(store: Path) -> None:
    """Seal a store that nobody is writing, its log written back. Where there is no room it stays unsealed."""
    with suppress(OSError):
        write_atomically(_file(store), _line(store))


def lift(store: Path) -> None:
    """Before anything is written. Raises OSError."""
    _file(store).unlink(missing_ok=True)


def is_intact(store: Path) -> bool | None:
    """Whether the store is as it was when it was sealed; None where it is not sealed."""
    try:
        written = _file(store).read_bytes()
        intact = written == _line(store)
    except FileNotFoundError:
        return None
    return intact if _file(store).exists() else None  # somebody began to write meanwhile


def _file(store: Path) -> Path:
    return store.with_name(store.name + ".sha256")


def _line(store: Path) -> bytes:
    with store.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {store.name}\n".encode()

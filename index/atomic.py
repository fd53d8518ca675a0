"""Files that are old or new, never half, whatever happens while they are written."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, body: bytes) -> None:
    """Written beside, flushed to disk, renamed; its folder is made where there is none.

    Raises OSError; then the file is as it was, and nothing of the new one takes up room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)  # else the renaming itself may be lost with the power
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""Which snapshots somebody has open: `prune` leaves those alone.

A reader holds a shared lock on the manifest while it lives, a pruner asks for it exclusively. Windows has no such lock
and needs none: a file that is open there cannot be deleted.
"""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import IndexMissingError
from index.manifest import path_of

if sys.platform != "win32":
    import fcntl


class Hold:
    """While it lives, its snapshot is not pruned. Raises IndexMissingError where it has been."""

    def __init__(self, index: Path, name: str) -> None:
        missing = IndexMissingError(f"there is no snapshot {name}.", path=index)
        try:
            descriptor = os.open(path_of(index, name), os.O_RDONLY)
        except FileNotFoundError as error:
            raise missing from error
        self.release = weakref.finalize(self, os.close, descriptor)
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            if os.fstat(descriptor).st_nlink == 0:  # pruned between the opening and the lock
                raise missing


@contextmanager
def claimed(index: Path, name: str) -> Iterator[bool]:
    """Whether nobody has a snapshot open; until the end of the block nobody opens it."""
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(path_of(index, name), os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)

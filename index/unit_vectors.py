"""The vectors of all units as int8, mapped into memory: read only for the passages at hand.

A unit keeps its row from one snapshot to the next; rows that no passage uses any more stay until all is made anew.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import DamagedError
from index.tables import Column, Rows, chunks

Keys = npt.NDArray[np.void]  # the sha256 of each unit's embedded text, 32 bytes
Small = npt.NDArray[np.int8]
Scales = npt.NDArray[np.float32]
Fetch = Callable[[list[str]], tuple[Small, Scales]]  # vectors by their keys, as hex

_CHUNK = 512  # rows turned into float32 at a time: they stay in the processor's cache, which halves the time
_FETCHED = 2048  # rows asked of the store at a time
_COPIED = 65_536  # rows copied at a time
_FILES = ("units.npy", "scales.npy", "keys.npy")


class UnitVectors:
    """Vectors by row: `vectors` has shape (units, dimension), int8; row i times `scales[i]` has a length of about 1."""

    def __init__(self, vectors: Small, scales: Scales, keys: Keys | None = None) -> None:
        self._vectors = vectors
        self._scales = scales
        self.keys = np.zeros(len(scales), "V32") if keys is None else keys

    @classmethod
    def load(cls, folder: Path) -> UnitVectors:
        """From the files that `make` wrote. Raises DamagedError."""
        try:
            vectors, scales, keys = (np.asarray(np.load(folder / name, mmap_mode="r")) for name in _FILES)
            return cls(vectors, scales, keys.view("V32")[:, 0])
        except (ValueError, OSError, EOFError) as error:
            raise DamagedError(
                "are no vectors.", path=folder, way_out="They are made again at the next build."
            ) from error

    @classmethod
    def make(cls, folder: Path, dimension: int, old: UnitVectors | None, keys: Keys, fetch: Fetch) -> UnitVectors:
        """Write the rows of `old`, then those of `keys`, which are fetched; few are in memory at a time."""
        folder.mkdir(parents=True, exist_ok=True)
        kept = 0 if old is None else len(old)
        total = kept + len(keys)
        scales = np.empty(total, np.float32)
        every_key = np.empty(total, "V32")
        every_key[kept:] = keys
        # Written, not mapped: what is mapped counts as memory, and where the disk is full it ends the whole process.
        with (folder / "units.npy").open("wb") as file:
            header = {"descr": "|i1", "fortran_order": False, "shape": (total, dimension)}
            np.lib.format.write_array_header_1_0(file, header)
            first = file.tell()
            if old is not None:
                for part in chunks(kept, _COPIED):
                    file.write(old._vectors[part].tobytes())
                scales[:kept], every_key[:kept] = old._scales, old.keys
            order = np.argsort(keys, kind="stable")  # in the order of the store, where neighbours lie together
            for part in chunks(len(keys), _FETCHED):
                rows = kept + order[part]
                vectors, scales[rows] = fetch([key.tobytes().hex() for key in keys[order[part]]])
                for row, vector in zip(rows.tolist(), vectors, strict=True):
                    file.seek(first + row * dimension)
                    file.write(vector.tobytes())
        np.save(folder / "scales.npy", scales)
        np.save(folder / "keys.npy", every_key.view(np.uint8).reshape(-1, 32))
        return cls.load(folder)

    def __len__(self) -> int:
        return len(self._scales)

    @property
    def dimension(self) -> int:
        """Of each vector."""
        return int(self._vectors.shape[1])

    def vectors(self, rows: Column | Rows) -> npt.NDArray[np.float32]:
        """The vectors of these rows, shape (len(rows), dimension)."""
        found = self._vectors[rows].astype(np.float32)
        found *= self._scales[rows][:, None]
        return found

    def let_go(self) -> None:
        """Of the memory that what was read of the file takes; it is read again where it is wanted."""
        mapped = getattr(self._vectors.base, "_mmap", None)
        if mapped is not None and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)

    def cosines(self, rows: Column | Rows, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The cosine of each row to a vector of length 1, or to each of several, shape (rows,) or (rows, vectors)."""
        products = np.empty((len(rows), *vectors.shape[:-1]), np.float32)
        for part in chunks(len(rows), _CHUNK):
            found = self._vectors[rows[part]].astype(np.float32)
            if vectors.ndim == 1:
                # The thread that asks does it alone: matmul's helpers stay busy waiting for more, a core for 10 ms.
                np.vecdot(found, vectors, out=products[part])
            else:
                np.matmul(found, vectors.T, out=products[part])
        return products * self._scales[rows].reshape(-1, *[1] * (vectors.ndim - 1))

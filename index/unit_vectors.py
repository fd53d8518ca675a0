"""The vectors of all units as int8, mapped into memory: read only for the passages at hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import DamagedError

Rows = npt.NDArray[np.int64]

_CHUNK = 2048  # rows turned into float32 at a time: they stay in the processor's cache, which halves the time


class UnitVectors:
    """Vectors by row: `vectors` has shape (units, dimension), int8; row i times `scales[i]` has a length of about 1."""

    def __init__(self, vectors: npt.NDArray[np.int8], scales: npt.NDArray[np.float32]) -> None:
        self._vectors = vectors
        self._scales = scales

    @classmethod
    def load(cls, folder: Path) -> UnitVectors:
        """From the files that `save` wrote. Raises DamagedError."""
        try:
            vectors = np.load(folder / "units.npy", mmap_mode="r")
            return cls(vectors, np.load(folder / "scales.npy"))
        except (ValueError, OSError, EOFError) as error:
            raise DamagedError(
                "are no vectors.", path=folder, way_out="They are made again at the next build."
            ) from error

    def save(self, folder: Path) -> None:
        """Write two files."""
        np.save(folder / "units.npy", self._vectors)
        np.save(folder / "scales.npy", self._scales)

    def __len__(self) -> int:
        return len(self._scales)

    def means(self, groups: Collection[Sequence[int]], dimension: int) -> npt.NDArray[np.float32]:
        """The mean vector of each group of rows, of length 1; 0 where a group is empty."""
        means = np.zeros((len(groups), dimension), np.float32)
        for mean, rows in zip(means, groups, strict=True):
            if rows:
                mean[:] = self.vectors(np.array(rows, np.int64)).sum(axis=0)
        norms = np.linalg.norm(means, axis=1, keepdims=True)
        np.divide(means, norms, out=means, where=norms > 0)
        return means

    def vectors(self, rows: Rows) -> npt.NDArray[np.float32]:
        """The vectors of these rows, shape (len(rows), dimension)."""
        return self._vectors[rows].astype(np.float32) * self._scales[rows][:, None]

    def cosines(self, rows: Rows, vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The cosine of each row to a vector of length 1."""
        products = np.empty(len(rows), np.float32)
        for low in range(0, len(rows), _CHUNK):
            part = rows[low : low + _CHUNK]
            np.matmul(self._vectors[part].astype(np.float32), vector, out=products[low : low + _CHUNK])
        return products * self._scales[rows]

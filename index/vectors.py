"""Dense search: FAISS over unit vectors, score = cosine, higher is better.

Exact (IndexFlatIP). A filter goes into the search as an ID selector; where it leaves few rows these are gathered and
multiplied, which is exact and cheaper.
"""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import DamagedError

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

_FEW = 20_000  # rows below which gathering beats scanning


class VectorIndex:
    """Vectors by row, searchable. Immutable once made."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: npt.NDArray[np.float32]) -> VectorIndex:
        """From float32 unit vectors of shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """From a file that `save` wrote. Raises DamagedError."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise DamagedError(
                "is not a vector index.", path=path, way_out="It is made again at the next build."
            ) from error

    def save(self, path: Path) -> None:
        """Write one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: npt.NDArray[np.float32], k: int, rows: Rows | None = None) -> tuple[Rows, Scores]:
        """The best `k` of all rows, or of `rows` (sorted, unique), best first; ties by row."""
        if k <= 0 or len(self) == 0 or (rows is not None and len(rows) == 0):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if rows is not None and len(rows) <= _FEW:
            scores = self.vectors(rows) @ query
            best = np.lexsort((rows, -scores))[:k]
            return rows[best], scores[best]
        parameters = None
        if rows is not None:
            mask = np.zeros(len(self), np.bool_)
            mask[rows] = True
            bits = np.packbits(mask, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))  # borrows both: they live to the end
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        scores, found = self._index.search(query[None, :], min(k, len(self)), params=parameters)
        kept = found[0] >= 0
        order = np.lexsort((found[0][kept], -scores[0][kept]))
        return found[0][kept][order], scores[0][kept][order]

    def vectors(self, rows: Rows) -> npt.NDArray[np.float32]:
        """The vectors of these rows, shape (len(rows), dimension)."""
        gathered: npt.NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return gathered

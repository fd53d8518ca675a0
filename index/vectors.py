"""The nearest of very many unit vectors: FAISS over codes of four bits, scanned, for the exact vectors to rank.

Product quantisation with 16 centroids for each four dimensions or fewer, so that a code of 64 bytes stands for a vector
of 384 numbers; the processor scans a hundred thousand of them in a millisecond (Jégou, Douze, Schmid 2011; André,
Kermarrec, Le Scouarnec 2015). Past MANY vectors they lie in lists by their nearest centroid, and only as many lists are
scanned as reach RECALL on a sample of questions against exact search.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.errors import DamagedError
from index.tables import Rows, chunks
from index.unit_vectors import UnitVectors

MANY = 600_000  # vectors from which on they are put into lists
RECALL = 0.98  # of the ten nearest, among the candidates
CANDIDATES = 400
_AMONG_MANY = 1500  # candidates in lists: of many alike vectors four bits tell less well which is nearer
_LISTS = 4096
_WORTH_IT = 0.02  # of the recall: what looking into twice as many lists has to bring
_TRAINED_ON = 10_000  # vectors for the codes; a list wants 40 each
_SAMPLE = 100  # questions
_ADDED = 16_384  # vectors in float32 at a time
_NOISE = 1.5  # beside a mean of length 1
_FEWEST = 256  # below which codes cannot be trained, nor need they

Bits = npt.NDArray[np.uint8]

faiss.omp_set_num_threads(1)  # for a search of milliseconds; several that wait for each other stall on a busy machine


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Candidates by their codes. Rows are those of the unit vectors."""

    index: Any  # faiss.IndexIVFPQFastScan, of which its stubs know little; None where so few are there that all serve
    recall: float  # at 10, measured when it was made

    @classmethod
    def build(cls, units: UnitVectors) -> VectorIndex:
        """Over all unit vectors."""
        if len(units) < _FEWEST:
            return cls(None, 1.0)
        generator = np.random.default_rng(0)
        lists = _lists(len(units))
        trained_on = min(len(units), max(_TRAINED_ON, 40 * lists if lists > 1 else 0))
        kind = f"IVF{lists},PQ{_codes(units.dimension)}x4fs"
        index: Any = faiss.index_factory(units.dimension, kind, faiss.METRIC_INNER_PRODUCT)
        index.train(units.vectors(np.sort(generator.choice(len(units), trained_on, replace=False))))
        units.let_go()
        _add(index, units)
        questions, exact = _questions(units, generator)
        index.nprobe = 1 if lists == 1 else lists // 16
        recall = _recall(index, units, questions, exact)
        while recall < RECALL and index.nprobe * 4 <= lists:
            index.nprobe *= 2
            more = _recall(index, units, questions, exact)
            if more < recall + _WORTH_IT:  # what is missing now lies in the codes, not in lists that were left out
                index.nprobe //= 2
                break
            recall = more
        return cls(index, recall)

    def extended(self, units: UnitVectors) -> VectorIndex:
        """With the vectors that have come since. The codes stay, so this serves a small share of new ones only."""
        if self.index is None or _lists(len(units)) != self.index.nlist:
            return VectorIndex.build(units)
        _add(self.index, units)
        return self

    @classmethod
    def load(cls, path: Path, recall: float) -> VectorIndex:
        """From a file that `save` wrote; none where there were few. Raises DamagedError."""
        if not path.exists():
            return cls(None, recall)
        try:
            return cls(faiss.read_index(str(path)), recall)
        except RuntimeError as error:
            raise DamagedError(
                "is not a vector index.", path=path, way_out="It is made again at the next build."
            ) from error

    def save(self, path: Path) -> None:
        """Write one file, or none where all are looked at."""
        if self.index is not None:
            # Written by us, not by faiss: then a full disk raises the system's own error.
            path.write_bytes(faiss.serialize_index(self.index).data)

    @property
    def candidates(self) -> int:
        """How many have to be ranked by their exact vectors."""
        return CANDIDATES if self.index is None else _candidates(self.index)

    def __len__(self) -> int:
        return 0 if self.index is None else int(self.index.ntotal)

    def record(self) -> dict[str, Any]:
        """How it searches, for people: JSON-ready."""
        if self.index is None:
            return {"search": "exact", "recall@10": 1.0}
        return {
            "search": "codes of 4 bits, the best ranked by the exact vectors",
            "vectors": len(self),
            "lists": int(self.index.nlist),
            "lists scanned": int(self.index.nprobe),
            "candidates": self.candidates,
            "bytes a vector": int(self.index.code_size),
            "recall@10": round(self.recall, 4),
            "measured on": f"{_SAMPLE} made questions, against exact search",
        }

    def search(self, query: npt.NDArray[np.float32], k: int, allowed: Bits | None = None) -> Rows:
        """Some `k` of the nearest rows, roughly nearest first. `allowed` has a bit for each row, lowest first."""
        if self.index is None:
            raise ValueError("so few vectors have no codes: look at all of them")
        selector = None if allowed is None else faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(allowed))
        parameters = faiss.SearchParametersIVF()
        parameters.nprobe, parameters.sel = self.index.nprobe, selector
        _, found = self.index.search(query[None, :], min(k, len(self)), params=parameters)
        rows: Rows = found[0][found[0] >= 0]
        return rows


def _lists(vectors: int) -> int:
    return _LISTS if vectors > MANY else 1


def _candidates(index: Any) -> int:
    return CANDIDATES if index.nlist == 1 else _AMONG_MANY


def _codes(dimension: int) -> int:
    """Parts that a vector is coded in: as near to a third of its dimensions as divides them, and even."""
    fitting = [parts for parts in range(2, dimension // 2 + 1, 2) if dimension % parts == 0]
    return min(fitting, key=lambda parts: abs(parts - dimension / 3))


def _add(index: Any, units: UnitVectors) -> None:
    start = int(index.ntotal)
    for part in chunks(len(units) - start, _ADDED):
        index.add(units.vectors(np.arange(start + part.start, start + part.stop)))
        units.let_go()


def _questions(
    units: UnitVectors, generator: np.random.Generator
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Made questions, and the cosine of each one's tenth-nearest row.

    Real questions lie farther from every text than texts lie from each other. The mean of three texts, with noise half
    as long again, is about as hard to find neighbours for as they are: see eval/LOG.md.
    """
    means = np.stack([units.vectors(rows).mean(axis=0) for rows in generator.integers(len(units), size=(_SAMPLE, 3))])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    noise = generator.normal(size=means.shape)
    questions = means + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    questions = (questions / np.linalg.norm(questions, axis=1, keepdims=True)).astype(np.float32)
    best = np.full((10, _SAMPLE), -1, np.float32)
    for part in chunks(len(units), _ADDED):
        cosines = units.cosines(np.arange(part.start, part.stop), questions)
        best = np.sort(np.concatenate((best, cosines)), axis=0)[-10:]
        units.let_go()
    return questions, best[0]


def _recall(
    index: Any, units: UnitVectors, questions: npt.NDArray[np.float32], exact: npt.NDArray[np.float32]
) -> float:
    """The share of the ten nearest rows that are among the candidates; rows as near as the tenth count as equal."""
    _, found = index.search(questions, _candidates(index))
    near = [
        min(10, int((units.cosines(rows[rows >= 0], question) >= tenth - 1e-6).sum()))
        for rows, question, tenth in zip(found, questions, exact, strict=True)
    ]
    units.let_go()
    return float(np.mean(near)) / 10

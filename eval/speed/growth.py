"""How time, memory and disk grow with the number of passages, through the doors that everybody uses: a source and an
embedder into `build`, and `Snapshot.open` and `search`. Real questions are the queries.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.speed.made import MadeEmbedder, MadeSource
from eval.speed.timing import median, p95
from index.build import build
from index.dense import DenseSearch
from index.embedding import Vectors
from index.snapshot import Snapshot

K = 10
_CHUNK = 4096  # passages searched exactly at a time
_EQUAL = 1e-5  # cosines this near are a tie


def grow(prepared: Path, passages: int, index: Path) -> dict[str, Any]:
    """Build about so many made passages.

    `making_s` is the time that making them took, part of `seconds`; `making_mb` the memory that it may take, which no
    real build needs. `missed` is the share of sentences that got another sentence's vector.
    """
    source, embedder = MadeSource(prepared, passages), MadeEmbedder(prepared)
    started = time.perf_counter()
    built = build(index, {"made": source}, embedder)
    seconds = time.perf_counter() - started
    return {
        "passages": built.passages,
        "documents": built.documents,
        "sentences": built.vectors,
        "seconds": seconds,
        "making_s": source.seconds + embedder.seconds,
        "making_mb": sum(path.stat().st_size for path in prepared.glob("*.npy")) / 1e6,
        "missed": embedder.missed / max(1, embedder.embedded),
        "store_bytes": sum(path.stat().st_size for path in index.glob("store.sqlite*")),
        "search_bytes": _size(index / "cache"),
        "disk_bytes": _size(index),
    }


def search(snapshot: Snapshot, questions: Sequence[str], memory: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Time dense search and whole retrieval of the best ten, among all passages; then recall against exact search.

    `memory` tells what is held; it is asked when everything was searched once more than once.
    """
    dense = DenseSearch(snapshot.files)
    everywhere = dense.allow(np.ones(len(snapshot), np.bool_))
    vectors = snapshot.embedder.embed(list(questions))
    dense_s, found = [], []
    for vector in (vectors[0], *vectors):
        started = time.perf_counter()
        found.append(list(dense.search(vector, K, everywhere)))
        dense_s.append(time.perf_counter() - started)
    whole_s = []
    for question in (questions[0], *questions):
        started = time.perf_counter()
        snapshot.search(question, K)
        whole_s.append(time.perf_counter() - started)
    return {
        "passages": len(snapshot),
        "queries": len(questions),
        **memory(),
        "dense_p50_ms": 1e3 * median(dense_s[1:]),  # the first of each warms up
        "dense_p95_ms": 1e3 * p95(dense_s[1:]),
        "retrieval_p50_ms": 1e3 * median(whole_s[1:]),
        "retrieval_p95_ms": 1e3 * p95(whole_s[1:]),
        "recall_at_10": recall(snapshot, vectors, found[1:]),
        "about": snapshot.files.about,  # how the build says that it is searched
    }


def recall(snapshot: Snapshot, vectors: Vectors, found: Sequence[Sequence[int]]) -> float:
    """The share of the ten nearest passages that were found, by the cosine of each passage's nearest unit.

    A passage that is as near as the tenth counts, whichever of them the exact search would name.
    """
    best = np.full((K, len(vectors)), -np.inf, np.float32)
    for low in range(0, len(snapshot), _CHUNK):
        scores = exact(snapshot, range(low, min(low + _CHUNK, len(snapshot))), vectors)
        best = np.sort(np.concatenate((best, scores)), axis=0)[-K:]
    shares = []
    for query, rows in enumerate(found):
        nearest = best[:, query][np.isfinite(best[:, query])]
        if len(nearest):
            hits = exact(snapshot, rows, vectors[query : query + 1])[:, 0] >= nearest[0] - _EQUAL
            shares.append(min(1.0, hits.sum() / len(nearest)))
    return float(np.mean(shares)) if shares else 0.0


def exact(snapshot: Snapshot, rows: Sequence[int], vectors: Vectors) -> npt.NDArray[np.float32]:
    """The cosine of each passage's nearest unit to each vector, shape (rows, vectors); minus infinity without units."""
    units = [snapshot.units(row)[1] for row in rows]
    counts = np.array([len(found) for found in units], np.int64)
    scores = np.full((len(units), len(vectors)), -np.inf, np.float32)
    if counts.sum():
        filled = np.flatnonzero(counts)
        cosines = np.concatenate([units[row] for row in filled]) @ vectors.T
        scores[filled] = np.maximum.reduceat(cosines, np.cumsum(counts[filled]) - counts[filled])
    return scores


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

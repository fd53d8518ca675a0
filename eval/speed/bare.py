"""How much of the embedding's time is the model's own matrix work.

The Embedder's whole `embed` is held against a loop that only feeds the same compiled model with batches that were
tokenised, sorted and padded beforehand. Tokens are counted without padding, so padding counts as lost on both sides.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from eval.speed.building import TEXTS, Tokenise
from eval.speed.timing import median
from index.embedding import Embedder

_BATCH_TOKENS = 2048  # padding included
_MOST_TEXTS = 64

Batch = list[npt.NDArray[np.int64]]  # token ids and mask, each of shape (texts, longest)


class Request(Protocol):
    """One place at the model: OpenVINO's InferRequest, as far as it is used."""

    def start_async(self, inputs: Batch, share_inputs: bool = False) -> None:
        """Begin to compute."""

    def wait(self) -> None:
        """Until it is done."""


class Compiled(Protocol):
    """A compiled model, as far as it is used."""

    def create_infer_request(self) -> Request:
        """A new place at the model."""


def compiled_model(embedder: Embedder) -> Compiled | None:
    """The model that an accelerated embedder runs; None where the embedder has no such thing."""
    found: Compiled | None = getattr(embedder, "compiled", None)
    return found


def measure(embedder: Embedder, tokenise: Tokenise, texts: Sequence[str], runs: int) -> dict[str, Any] | None:
    """Tokens a second of `embed` and of the bare loop, turn about, and the share; None without a compiled model."""
    compiled = compiled_model(embedder)
    if compiled is None:
        return None
    chunks = [list(texts[low : low + TEXTS]) for low in range(0, len(texts), TEXTS)]
    ids = [tokenise(chunk) for chunk in chunks]
    tokens = sum(len(found) for chunk in ids for found in chunk)
    prepared = [batches(chunk) for chunk in ids]
    run_bare(compiled, prepared[0][:4])  # buffers are made at the first use
    embedder.embed(chunks[0][:64])
    ours, bare = [], []
    for _ in range(runs):
        started = time.perf_counter()
        for chunk in chunks:
            embedder.embed(chunk)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        for batch in prepared:
            run_bare(compiled, batch)
        bare.append(time.perf_counter() - started)
    return {
        "texts": len(texts),
        "tokens": tokens,
        "embed_tokens_per_s": tokens / median(ours),
        "bare_tokens_per_s": tokens / median(bare),
        "share": median([one / other for one, other in zip(bare, ours, strict=True)]),  # pairs drift together
    }


def batches(ids: Sequence[Sequence[int]]) -> list[Batch]:
    """Texts of like length together, the longest first, about 2,000 tokens a batch."""
    order = sorted(ids, key=len, reverse=True)
    made: list[Batch] = []
    low = 0
    while low < len(order):
        longest = max(1, len(order[low]))
        rows = order[low : low + min(_MOST_TEXTS, max(1, _BATCH_TOKENS // longest))]
        low += len(rows)
        tokens, mask = np.zeros((len(rows), longest), np.int64), np.zeros((len(rows), longest), np.int64)
        for line, found in enumerate(rows):
            tokens[line, : len(found)] = found
            mask[line, : len(found)] = 1
        made.append([tokens, mask])
    return made


def run_bare(compiled: Compiled, prepared: Sequence[Batch]) -> None:
    """Compute every batch and throw the vectors away: two requests a core, so that the next always waits ready."""
    idle = [compiled.create_infer_request() for _ in range(2 * (os.cpu_count() or 1))]
    running: deque[Request] = deque()
    for batch in prepared:
        if not idle:
            done = running.popleft()
            done.wait()
            idle.append(done)
        request = idle.pop()
        request.start_async(batch, share_inputs=True)
        running.append(request)
    for request in running:
        request.wait()

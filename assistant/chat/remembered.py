"""An embedder that remembers: a follow-up has its question read again, and visitors ask in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.embedding import Embedder, Vectors
from index.models import ModelIdentity

_KEPT = 200  # vectors of those asked last


class Remembered:
    """Another embedder, whose vectors of single texts are kept in memory for a while."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vector = lru_cache(maxsize=_KEPT)(lambda text: embedder.embed([text]))

    @property
    def identity(self) -> ModelIdentity:
        """As `index.embedding.Embedder`."""
        return self._embedder.identity

    @property
    def runtime(self) -> str:
        """As `index.embedding.Embedder`."""
        return self._embedder.runtime

    @property
    def dimension(self) -> int:
        """As `index.embedding.Embedder`."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As `index.embedding.Embedder`."""
        return self._vector(texts[0]).copy() if len(texts) == 1 else self._embedder.embed(texts)

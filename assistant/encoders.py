"""The models that read a question: one that makes its vector, one that reads it together with a quote."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import NamedTuple

from assistant.reranker import Reranker, load_reranker
from index.embedding import Embedder, load_asker
from index.errors import SafeciteError


class Encoders(NamedTuple):
    """Of questions about places: others mean other things, and are embedded as the documents are."""

    asker: Embedder
    reranker: Reranker | None = None


def load_encoders(documents: Embedder) -> Encoders:
    """Those that go with documents that were embedded by `documents`. Raises ModelError."""
    return Encoders(load_asker(documents), load_reranker(documents))


def warm(encoders: Encoders) -> None:
    """Make them ready for a first question beside all else that a start takes; it is half of that.

    What fails here fails again where it is used, and is told there.
    """

    def read() -> None:
        with suppress(SafeciteError):
            encoders.asker.embed(["Is it safe?"])
            if encoders.reranker:
                encoders.reranker.probabilities("Is it safe?", [("It is.", ())])

    Thread(target=read).start()

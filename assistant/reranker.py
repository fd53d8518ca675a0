"""Which of the nearest quotes answers? A second reading, of question and quote together (a cross-encoder).

A vector of a sentence is made without knowing the question, and is near to all that is said about its subject. Here
question and quote go through the encoder as one text, so that it sees whether the one answers the other; a logistic
regression on the vector of that text gives the probability. It is too slow for more than the few best quotes.

The encoder's additions and the coefficients are learnt together by `scripts/tune_reranker.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.embedding import Embedder, load_pair_encoder

_HEADINGS = 2  # the nearest, as where sentences are embedded
_LONGEST = 500  # characters of a quote that are read


class Reranker:
    """Reads the quotes of one question."""

    def __init__(self, encoder: Embedder) -> None:
        self.encoder = encoder

    def probabilities(self, question: str, quotes: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """That each quote answers the question. A quote: how it is shown, and the words of its headings."""
        if not quotes:
            return []
        texts = [pair(question, shown, headings) for shown, headings in quotes]
        logits = self.encoder.embed(texts) @ _fitted().coefficients + _fitted().intercept
        found: list[float] = (1 / (1 + np.exp(-logits))).tolist()
        return found


class _Fitted(NamedTuple):
    """What the file holds. `encoder` is the key of the encoder's identity; shape of `coefficients`: (dimension,)."""

    encoder: str
    coefficients: npt.NDArray[np.float32]
    intercept: float


def load_reranker(documents: Embedder) -> Reranker | None:
    """The reranker for quotes whose sentences were embedded by `documents`; None where it was not learnt beside it."""
    encoder = load_pair_encoder(documents)
    return Reranker(encoder) if encoder is not None and encoder.identity.key == _fitted().encoder else None


def pair(question: str, shown: str, headings: Sequence[str]) -> str:
    """The text that the encoder reads: the question, its mark between two texts, the quote under its headings."""
    return f"{question} [SEP] " + "\n".join((*headings[-_HEADINGS:], shown[:_LONGEST]))


@cache
def _fitted() -> _Fitted:
    record = json.loads((files("assistant") / "data" / "reranker.json").read_text("utf-8"))
    return _Fitted(
        encoder=record["encoder"]["key"],
        coefficients=np.array(record["coefficients"], np.float32),
        intercept=float(record["intercept"]),
    )

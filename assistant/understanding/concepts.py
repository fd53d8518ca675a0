"""Which of the field's concepts does a question mean, whatever its words?

The thesaurus knows words; this knows meaning. "Could a guy on a moped rip my satchel off?" means bag snatching, though
no word says so. A multinomial logistic regression on the question's vector: its coefficients stand in
`data/concepts.safetensors`, a row for each line of `data/concepts.txt`, which holds the words that governments' advice
uses for the concept, the most typical first. Learnt by `scripts/tune_questions.py` from questions in no
reported set, together with one encoder of questions.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from index.embedding import Embedder

_LEAST = 0.1  # probability: what is less likely is not meant
_MOST = 3  # concepts


class Meant(NamedTuple):
    """A concept that a question means with this `probability`, in the field's `terms`."""

    probability: float
    terms: tuple[str, ...]


class _Fitted(NamedTuple):
    """`weights`: shape (concepts + 1, dimension); the last row stands for none of them. `encoder`: its key."""

    encoder: str
    weights: npt.NDArray[np.float32]
    intercepts: npt.NDArray[np.float32]
    terms: tuple[tuple[str, ...], ...]


def meant(vector: npt.NDArray[np.float32], encoder: Embedder) -> tuple[Meant, ...]:
    """The concepts that a question means, likeliest first; none where this was fitted on another encoder.

    `vector`: shape (dimension,), length 1, by the encoder.
    """
    fitted = _fitted()
    if encoder.identity.key != fitted.encoder:
        return ()
    logits = np.vecdot(fitted.weights, vector) + fitted.intercepts
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    best = np.argsort(-shares[:-1])[:_MOST].tolist()
    return tuple(Meant(float(shares[i]), fitted.terms[i]) for i in best if shares[i] >= _LEAST)


@cache
def _fitted() -> _Fitted:
    data = files("assistant") / "data"
    lines = (data / "concepts.txt").read_text("utf-8").splitlines()
    with as_file(data / "concepts.safetensors") as path, safe_open(path, "numpy") as file:
        return _Fitted(
            encoder=file.metadata()["encoder"],
            weights=file.get_tensor("weights").astype(np.float32),
            intercepts=file.get_tensor("intercepts").astype(np.float32),
            terms=tuple(tuple(line.split(", ")) for line in lines),
        )

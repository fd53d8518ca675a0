"""What answered the questions that are most like this one, about whichever country?

Travellers ask the same of every place, and governments answer in much the same sentences. A question's vector is moved
towards the sentences that answered its nearest neighbours among questions written for tuning (eval/tuning): relevance
feedback (Rocchio 1971), not from the user but from what others asked. They stand in `data/kindred.safetensors`, made by
`scripts/gather_kindred.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from safetensors import safe_open

from index.embedding import Embedder

_NEIGHBOURS = 10  # questions
_TEMPERATURE = 0.03  # of their weights: a question nearer by so much counts e times as much
_PULL = 0.65  # of the question's own length: chosen on the development sets, see eval/LOG.md

Floats = npt.NDArray[np.float32]


class Moved(NamedTuple):
    """A question's vector, moved, and how near what answered its like is to it, -1…1: what an answer may be held to."""

    vector: Floats
    expected: float


class _Asked(NamedTuple):
    """Questions, projected to few dimensions, and the vectors of the sentences that answer them.

    `questions`: shape (questions, few), transposed for one product with a vector; `projection`: (few, dimension);
    `answers`: (sentences, dimension), of length 1, a number from -127 to 127 for each of `scale`; `answer`: the row of
    each question's sentence; `encoder`: the key of the encoder of questions.
    """

    encoder: str
    projection: Floats
    questions: Floats
    answers: npt.NDArray[np.int8]
    scale: float
    answer: npt.NDArray[np.int32]


def towards_answers(vector: Floats, like: Floats, encoder: Embedder) -> Moved:
    """A question's vector, moved towards what answered its like; itself, expecting nothing, by another encoder.

    `vector`: shape (dimension,), length 1, as is the one returned. `like`: the same question without its places, by
    which its neighbours are found.
    """
    asked = _asked()
    if encoder.identity.key != asked.encoder:
        return Moved(vector, 0.0)
    near = np.vecdot(asked.questions, asked.projection @ like)
    best = np.argpartition(-near, _NEIGHBOURS)[:_NEIGHBOURS]
    weights = np.exp((near[best] - near[best].max()) / _TEMPERATURE)
    answers = asked.answers[asked.answer[best]] * np.float32(asked.scale)
    moved = vector + _PULL * (weights / weights.sum()) @ answers
    moved = (moved / np.linalg.norm(moved)).astype(np.float32)
    return Moved(moved, float(np.vecdot(answers, moved).mean()))


@cache
def _asked() -> _Asked:
    with as_file(files("assistant") / "data" / "kindred.safetensors") as path, safe_open(path, "numpy") as file:
        known = file.metadata()
        return _Asked(
            encoder=known["encoder"],
            projection=file.get_tensor("projection").astype(np.float32),
            questions=file.get_tensor("questions").astype(np.float32) * np.float32(known["question_scale"]),
            answers=file.get_tensor("answers"),
            scale=float(known["answer_scale"]),
            answer=file.get_tensor("answer"),
        )

"""A second look for an emergency: does a turn *mean* that somebody needs help now, whatever its words?

A logistic regression on the turn's sentence vector. Its coefficients stand in `data/emergency_meaning.json`, fitted by
`scripts/fit_alarm.py` on questions that are in no reported set. It knows English, and the encoder it was fitted on;
`assistant/understanding/emergency.py` says when it is heard.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.understanding.emergency import FEWEST, Heard, Listener
from assistant.understanding.services import asks_only_for_number
from assistant.understanding.whereabouts import placeless
from index.embedding import Embedder

_LONGEST = 1000  # characters of a turn that are embedded: the encoder reads about as many


class _Fitted(NamedTuple):
    """What the file holds. `encoder` is the key of the encoder's identity; shape of `coefficients`: (dimension,)."""

    encoder: str
    coefficients: npt.NDArray[np.float32]
    intercept: float
    threshold: float  # from which on a turn alarms
    quiet: float  # below which it is certainly no emergency


def listener(encoder: Embedder) -> Listener | None:
    """What a turn means, by this encoder of questions; None where the regression was fitted on another."""
    if encoder.identity.key != _fitted().encoder:
        return None

    def hear(turn: str) -> Heard:
        words = looked_at(turn)
        if len(words.split()) < FEWEST or asks_only_for_number(turn):  # which means need, and reports no harm
            return Heard.UNSURE
        probability = alarm(encoder.embed([words])[0])
        if probability >= _fitted().threshold:
            return Heard.ALARM
        return Heard.QUIET if probability < _fitted().quiet else Heard.UNSURE

    return hear


def looked_at(turn: str) -> str:
    """What is looked at of a turn: a country's name says where, and would drown what happens there."""
    return placeless(turn[:_LONGEST])


def alarm(vector: npt.NDArray[np.float32]) -> float:
    """The probability that a turn is an emergency. `vector`: shape (dimension,), length 1, by the encoder fitted on."""
    fitted = _fitted()
    return 1 / (1 + math.exp(-fitted.intercept - float(fitted.coefficients @ vector)))


@cache
def _fitted() -> _Fitted:
    record = json.loads((files("assistant") / "data" / "emergency_meaning.json").read_text("utf-8"))
    return _Fitted(
        encoder=record["encoder"]["key"],
        coefficients=np.array(record["coefficients"], np.float32),
        intercept=float(record["intercept"]),
        threshold=float(record["threshold"]),
        quiet=float(record["quiet"]),
    )

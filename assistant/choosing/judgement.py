"""Do these quotes answer the question? One probability from understandable signals.

A logistic regression; its coefficients stand in `data/judgement.json`, and in `data/judgement_open.json` for documents
that are about no place. They are fitted by `python -m eval fit` on questions that are in no reported set.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from assistant.choosing.obligations import asks_obligation
from assistant.choosing.quotes import Quote
from assistant.choosing.visas import Telling
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from index.snapshot import Hit

_NEIGHBOUR = 20  # the passage whose similarity the quote is held against
THRESHOLD = 0.37  # chosen on the development sets: see eval/LOG.md
OPEN_THRESHOLD = 0.3  # where the documents are about no place; fitted and chosen on one half of CLAPNQ


class Signals(NamedTuple):
    """What the judgement rests on, each about 0…1."""

    cosine: float  # similarity of meaning between question and quote
    coverage: float  # idf-weighted share of the question's terms in the quote and its headings
    rarest: float  # 1 where the rarest thing asked about stands there, less where another word for it does
    topic: float  # share of what is asked that the headings alone hold
    meant: float  # probability of the concepts meant that stand there
    agreement: float  # 1 where both retrievers rank the quote's passage among their first three
    kind_held: float  # 1 where a number, level, figure, date, name or address was asked for and stands there
    kind_missing: float  # 1 where it was asked for and does not
    expected: float  # similarity of meaning of what answered the questions most like it, about any place
    lift: float  # of the quote's similarity above that of the twentieth passage
    length: float  # words of the question, of a dozen: a vague one is easily matched


class Judgement(NamedTuple):
    """How probably the best quote answers, and why."""

    probability: float
    signals: Signals
    quote: Quote


def judge(quote: Quote, question: Question, hits: Sequence[Hit], *, of_places: bool = True) -> Judgement:
    """Judge a question by its best quote and by what else was found. `of_places`: whether the documents are."""
    found = signals(quote, question, hits)
    return Judgement(probability(found, of_places=of_places), found, quote)


def signals(quote: Quote, question: Question, hits: Sequence[Hit]) -> Signals:
    """The signals of a question's best quote."""
    near = sorted((hit.dense_score for hit in hits), reverse=True)
    ranks = (quote.hit.dense_rank or 99, quote.hit.word_rank or 99)
    agreement = sum(rank <= 3 for rank in ranks) / 2
    asked = question.wanted is not Wanted.TEXT or asks_obligation(question.search_words)
    asked = asked or quote.of_visa > Telling.NOTHING  # a rule answers; without one it is judged by its words
    return Signals(
        quote.cosine,
        quote.coverage,
        quote.rarest,
        quote.topic,
        quote.meant,
        agreement,
        float(asked and quote.holds_kind),
        float(asked and not quote.holds_kind),
        question.expected,
        quote.cosine - near[min(_NEIGHBOUR, len(near) - 1)],
        min(1.0, len(question.search_words.split()) / 12),
    )


def probability(found: Signals, *, of_places: bool = True) -> float:
    """The calibrated probability that the quote answers the question."""
    coefficients = _coefficients("judgement.json" if of_places else "judgement_open.json")
    logit = coefficients["intercept"] + sum(coefficients[name] * value for name, value in found._asdict().items())
    return 1 / (1 + math.exp(-logit))


@cache
def _coefficients(name: str) -> dict[str, float]:
    record = json.loads((files("assistant") / "data" / name).read_text("utf-8"))
    return {signal: float(value) for signal, value in record["coefficients"].items()}

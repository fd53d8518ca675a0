"""What the judgement's probability is worth: does it tell right from wrong, and does 0.8 mean 80 %?

Over the questions that were judged, refused ones included. "Right" means that the quote judged best touches the gold;
on an unanswerable question no quote is right. A question that is answerable without gold spans is neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from eval import stats
from eval.records import QuestionRecord
from eval.runs import AnswerRecord, Run
from eval.spans import overlaps
from eval.stats import Figure

BINS = 10


class Judged(NamedTuple):
    """A judged question. `answerable` and `right` are None where the set does not tell."""

    id: str
    probability: float
    answerable: bool | None
    right: bool | None
    answered: bool


class Bin(NamedTuple):
    """The questions whose probability lies in one tenth: how many, their mean probability, and the share right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float
    interval: tuple[float, float]


class Coverage(NamedTuple):
    """Of the `coverage` most probable share of the questions, `risk` are wrong."""

    coverage: float
    risk: float


def judged(run: Run) -> list[Judged]:
    """The questions with a probability, in the order of the set."""
    found = []
    for question in run.questions:
        answer = run.answers[question.id]
        if answer.probability is not None:
            right = _is_right(question, answer)
            found.append(Judged(question.id, answer.probability, question.answerable, right, not answer.abstained))
    return found


def _is_right(question: QuestionRecord, answer: AnswerRecord) -> bool | None:
    if question.answerable is False:
        return False
    golds = [gold for gold in question.gold if gold.range is not None]
    if not golds or answer.best is None:
        return None
    best = answer.best
    return any(overlaps(best if best.source else best._replace(source=gold.source or ""), gold) for gold in golds)


def figures(run: Run) -> dict[str, Figure]:
    """AUROC, calibration error, Brier score and AURC by key; those without observations are left out."""
    rows = judged(run)
    found: dict[str, Figure] = {}
    for key, label, kinds in (
        ("auroc_answerable", "AUROC of the probability: answerable or not", [row.answerable for row in rows]),
        ("auroc_right", "AUROC of the probability: best quote right or not", [row.right for row in rows]),
    ):
        positive, negative = (
            [r.probability for r, k in zip(rows, kinds, strict=True) if k is is_] for is_ in (True, False)
        )
        if positive and negative:
            found[key] = stats.auroc(label, positive, negative)
    known = [row for row in rows if row.right is not None]
    if known:
        errors = [(row.probability - float(bool(row.right))) ** 2 for row in known]
        found["brier"] = stats.mean("Brier score of the probability (lower is better)", errors)
        n = len(known)
        found["ece"] = Figure(
            "expected calibration error, ten bins", calibration_error(reliability(known)), n, None, None
        )
        found["aurc"] = Figure("area under the risk-coverage curve", area(risk_coverage(known)), n, None, None)
    return found


def reliability(rows: Sequence[Judged]) -> list[Bin]:
    """The tenths of the probability that hold questions of which it is known whether they are right."""
    probabilities, right = _known(rows)
    at = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    found = []
    for number in range(BINS):
        inside = at == number
        if inside.any():
            share = stats.proportion("", right[inside].tolist())
            interval = (share.low or 0.0, 1.0 if share.high is None else share.high)
            low, high, mean = number / BINS, (number + 1) / BINS, float(probabilities[inside].mean())
            found.append(Bin(low, high, share.n, mean, share.value, interval))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance of probability and share right over the bins, by their counts (Naeini et al. 2015); 0 is best."""
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.accuracy - each.confidence) for each in bins) / total


def risk_coverage(rows: Sequence[Judged]) -> list[Coverage]:
    """The risk at each coverage, most probable questions first (El-Yaniv and Wiener 2010).

    Questions of one probability come in no order, so each carries the mean of their errors.
    """
    probabilities, right = _known(rows)
    order = np.argsort(-probabilities, kind="stable")
    _, group = np.unique(probabilities[order], return_inverse=True)
    wrong = 1 - right[order]
    shared = (np.bincount(group, wrong) / np.bincount(group))[group]
    counts = np.arange(1, len(wrong) + 1)
    risks = np.cumsum(shared) / counts
    return [Coverage(float(c), float(r)) for c, r in zip(counts / len(wrong), risks, strict=True)]


def area(curve: Sequence[Coverage]) -> float:
    """The mean risk over all coverages (AURC; Geifman, Uziel and El-Yaniv 2019); 0 is best."""
    return sum(point.risk for point in curve) / len(curve)


def _known(rows: Sequence[Judged]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    known = [row for row in rows if row.right is not None]
    return np.array([row.probability for row in known]), np.array([float(bool(row.right)) for row in known])

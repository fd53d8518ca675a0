"""The probability's worth on tiny made-up runs, with every value known by hand or from scikit-learn."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from eval import stats
from eval.calibration import (
    Coverage,
    Judged,
    area,
    calibration_error,
    figures,
    judged,
    reliability,
    risk_coverage,
)
from eval.gold import Gold
from eval.records import QuestionRecord
from eval.runs import AnswerRecord, Run, Span


def row(probability: float, right: bool | None) -> Judged:
    return Judged("q", probability, right, right, True)


def test_reliability_by_hand() -> None:
    rows = [row(0.05, False), row(0.62, True), row(0.64, False), row(0.66, True), row(1.0, True), row(0.3, None)]
    first, middle, last = reliability(rows)
    assert (first.low, first.high, first.n, first.confidence, first.accuracy) == (0.0, 0.1, 1, 0.05, 0.0)
    assert (middle.n, middle.confidence, middle.accuracy) == (3, pytest.approx(0.64), pytest.approx(2 / 3))
    assert (last.low, last.n, last.accuracy) == (0.9, 1, 1.0)  # 1.0 is in the last bin, not in an eleventh
    assert last.interval == (pytest.approx(0.2065, abs=1e-4), 1.0)  # Wilson, one of one
    error = (1 * 0.05 + 3 * abs(2 / 3 - 0.64) + 1 * 0.0) / 5
    assert calibration_error([first, middle, last]) == pytest.approx(error)


def test_risk_coverage_by_hand() -> None:
    curve = risk_coverage([row(0.2, False), row(0.9, True), row(0.8, False), row(0.5, True)])
    assert curve == [
        Coverage(0.25, 0.0),
        Coverage(0.5, 0.5),
        Coverage(0.75, pytest.approx(1 / 3)),
        Coverage(1.0, 0.5),
    ]
    assert area(curve) == pytest.approx((0 + 0.5 + 1 / 3 + 0.5) / 4)


def test_questions_of_one_probability_have_no_order() -> None:
    rows = [row(0.7, True), row(0.7, False), row(0.7, False), row(0.1, True)]
    expected = [2 / 3, 2 / 3, 2 / 3, 0.5]
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert [point.risk for point in risk_coverage(rows)] == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_auroc_is_scikit_learns(pairs: list[tuple[int, bool]]) -> None:
    high = [score / 5 for score, is_positive in pairs if is_positive]
    low = [score / 5 for score, is_positive in pairs if not is_positive]
    if high and low:
        expected = roc_auc_score([1] * len(high) + [0] * len(low), high + low)
        assert stats.auroc("", high, low).value == pytest.approx(float(expected))


def test_auroc_has_an_interval_around_it_and_none_of_a_single_one() -> None:
    found = stats.auroc("", [0.9, 0.8, 0.4], [0.5, 0.3, 0.2])
    assert (found.value, found.n) == (pytest.approx(8 / 9), 6)
    assert found.low is not None and found.high is not None
    assert found.low < 8 / 9 < found.high <= 1
    assert stats.auroc("", [0.9, 0.8, 0.4], [0.5, 0.3, 0.2]) == found
    assert stats.auroc("", [0.9], [0.5, 0.3]).low is None


GOLD = Gold("a", "s", "Police: 102", 100, 111, "")


def answer(id_: str, probability: float | None, best: Span | None = None, abstained: bool = False) -> AnswerRecord:
    return AnswerRecord(id_, "answered", abstained, (), (), 0.1, probability=probability, best=best)


def test_what_is_right_is_told_by_the_quote_judged_best() -> None:
    questions = (
        QuestionRecord("right", "?", answerable=True, gold=(GOLD,)),
        QuestionRecord("elsewhere", "?", answerable=True, gold=(GOLD,)),
        QuestionRecord("no-source-named", "?", answerable=True, gold=(GOLD,)),
        QuestionRecord("unanswerable", "?", answerable=False),
        QuestionRecord("no-gold", "?", answerable=True),
        QuestionRecord("not-judged", "?", answerable=True, gold=(GOLD,)),
    )
    answers = (
        answer("right", 0.9, Span("s", "a", 95, 115), abstained=True),
        answer("elsewhere", 0.7, Span("t", "a", 100, 111)),
        answer("no-source-named", 0.8, Span("", "a", 100, 111)),
        answer("unanswerable", 0.2, Span("s", "a", 100, 111)),
        answer("no-gold", 0.6, Span("s", "a", 100, 111)),
        answer("not-judged", None),
    )
    run = Run(Path(), {}, questions, {each.id: each for each in answers}, ())
    assert [(each.id, each.answerable, each.right, each.answered) for each in judged(run)] == [
        ("right", True, True, False),
        ("elsewhere", True, False, True),
        ("no-source-named", True, True, True),
        ("unanswerable", False, False, True),
        ("no-gold", True, None, True),
    ]
    found = figures(run)
    assert (found["auroc_answerable"].value, found["auroc_answerable"].n) == (1.0, 5)
    assert (found["auroc_right"].value, found["auroc_right"].n) == (1.0, 4)
    assert found["brier"].value == pytest.approx((0.01 + 0.49 + 0.04 + 0.04) / 4)
    assert found["ece"].value == pytest.approx((0.1 + 0.7 + 0.2 + 0.2) / 4)
    assert found["aurc"].value == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_a_run_without_judgements_has_no_such_figures() -> None:
    run = Run(Path(), {}, (QuestionRecord("q", "?", answerable=True, gold=(GOLD,)),), {"q": answer("q", None)}, ())
    assert (judged(run), figures(run)) == ([], {})

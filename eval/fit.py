"""Fit the judgement: which signals of a question's best quote tell that it answers?

Only on development sets. The label is 1 where the question is answerable and the best quote touches its gold, 0 where
it is unanswerable or the best quote is another. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.choosing.judgement import Signals
from eval.errors import QuestionSetError
from eval.records import as_object, parse_lines
from eval.runs import Span, read_run
from eval.spans import overlaps

_MOST = 350  # questions: a larger set counts as so many, so that no one way of asking decides alone


def fit(folders: Sequence[Path]) -> dict[str, Any]:
    """The record that `assistant/data/judgement.json` holds, fitted on these runs. Raises QuestionSetError."""
    sets = [list(_labelled(folder)) for folder in folders]
    rows = [row for found in sets for row in found]
    labels = np.array([label for _, label in rows])
    weights = np.concatenate([np.full(len(found), min(1.0, _MOST / max(1, len(found)))) for found in sets])
    if len(set(labels.tolist())) < 2:
        raise QuestionSetError("these runs hold no examples of both kinds.", path=folders[0])
    signals = np.array([list(found) for found, _ in rows])
    model = LogisticRegression(C=10.0, max_iter=10_000).fit(signals, labels, sample_weight=weights)
    names = dict(zip(Signals._fields, model.coef_[0].tolist(), strict=True))
    return {
        "fitted_on": sorted(str(read_run(folder).meta["questions"]) for folder in folders),
        "examples": len(rows),
        "answering": int(labels.sum()),
        "auroc": round(float(roc_auc_score(labels, model.predict_proba(signals)[:, 1])), 4),
        "coefficients": {n: round(v, 4) for n, v in ({"intercept": float(model.intercept_[0])} | names).items()},
    }


def _labelled(folder: Path) -> Iterator[tuple[Signals, int]]:
    """The signals of each judged question with its label."""
    run = read_run(folder)
    judged = {str(r["id"]): r.get("judgement") for r in parse_lines(folder / "answers.jsonl", as_object)}
    for question in run.questions:
        judgement = judged[question.id]
        if judgement is None:
            continue
        best = judgement["best"]
        spans = [Span(gold.source or "", best["doc"], best["start"], best["end"]) for gold in question.gold]
        right = any(overlaps(span, gold) for span, gold in zip(spans, question.gold, strict=True))
        yield Signals(**judgement["signals"]), int(bool(question.answerable) and right)


def write(record: dict[str, Any], path: Path) -> None:
    """Write the record where the assistant reads it."""
    path.write_text(json.dumps(record, indent=2) + "\n", "utf-8")

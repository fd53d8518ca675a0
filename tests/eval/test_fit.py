"""Fitting the judgement on runs written by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from assistant.choosing.judgement import Signals
from eval.errors import QuestionSetError
from eval.fit import fit

TEXT = "Drivers in the city pass on either side."


def _run(folder: Path, answerable: list[bool]) -> Path:
    """A finished run in which answerable questions have a near best quote on their gold, others a far one."""
    folder.mkdir()
    gold = {"source": "s", "doc": "d", "start": 0, "end": 7, "sha256": hashlib.sha256(b"Drivers").hexdigest()}
    gold["span"] = "Drivers"
    questions, answers = [], []
    for number, right in enumerate(answerable):
        questions.append({"id": f"q{number}", "question": "?", "answerable": right, "gold": [gold] if right else []})
        near = 0.9 - number * 0.01 if right else 0.2 + number * 0.01
        signals = {**dict.fromkeys(Signals._fields, 0.0), "cosine": near, "coverage": near, "agreement": 1.0}
        best = {"doc": "d", "start": 0, "end": 7}
        answers.append(
            {
                "id": f"q{number}", "status": "answered", "abstained": False, "citations": [], "passages": [],
                "seconds": 0.1, "judgement": {"probability": 0.5, "signals": signals, "best": best},
            }
        )  # fmt: skip
    (folder / "questions.jsonl").write_text("".join(json.dumps(q) + "\n" for q in questions), "utf-8")
    (folder / "answers.jsonl").write_text("".join(json.dumps(a) + "\n" for a in answers), "utf-8")
    (folder / "inexact.jsonl").write_text("", "utf-8")
    (folder / "meta.json").write_text(json.dumps({"questions": "by-hand.jsonl"}), "utf-8")
    return folder


def test_what_separates_right_from_wrong_gets_a_positive_weight(tmp_path: Path) -> None:
    record = fit([_run(tmp_path / "run", [True, False] * 6)])
    assert (record["examples"], record["answering"], record["auroc"]) == (12, 6, 1.0)
    assert record["coefficients"]["cosine"] > 0
    assert record["coefficients"]["agreement"] == pytest.approx(0.0, abs=1e-3)  # the same everywhere: tells nothing
    assert record["fitted_on"] == ["by-hand.jsonl"]


def test_examples_of_one_kind_alone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="no examples of both kinds"):
        fit([_run(tmp_path / "run", [True] * 3)])

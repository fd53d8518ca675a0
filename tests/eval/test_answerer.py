"""The real assistant on a real index; only the embedder is small: it hashes words."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Assistant
from eval.answerer import InstalledAnswerer
from eval.gold import Gold
from eval.questions import QuestionSet
from eval.records import QuestionRecord
from eval.run import run
from eval.runs import read_run
from index.build import build
from index.embedding import Vectors
from index.manifest import snapshot_as_of
from index.models import ModelIdentity
from index.snapshot import Snapshot

OLD = "# Police in Kazakhstan\n\nTo reach the police in Kazakhstan, dial 02.\n"
NEW = "# Police in Kazakhstan\n\nPlease note: to reach the police in Kazakhstan, dial 102.\n"


class HashedWords:
    """Each word is one of 64 directions."""

    identity = ModelIdentity("hashed words", "0" * 64, "0" * 64, "sum", 256)
    runtime = "numpy"
    dimension = 64

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


@pytest.fixture
def answerer(tmp_path: Path) -> InstalledAnswerer:
    folder, index, embedder = tmp_path / "docs", tmp_path / "index", HashedWords()
    folder.mkdir()
    for text, day in ((OLD, date(2011, 8, 1)), (NEW, date(2026, 8, 1))):
        (folder / "police.md").write_text(text)
        build(index, {"docs": folder}, embedder, observed=day)

    def open_on(day: date | None) -> Assistant:
        return Assistant(Snapshot.open(index, embedder, snapshot_as_of(index, day) if day else None))

    return InstalledAnswerer(open_on)


def test_texts_are_those_of_the_day_asked_about(answerer: InstalledAnswerer) -> None:
    assert answerer.find("police.md", None, None) == [("docs", NEW)]
    assert answerer.find("police.md", "docs", date(2020, 1, 1)) == [("docs", OLD)]
    assert answerer.find("police.md", "other", None) == answerer.find("fire.md", None, None) == []
    assert answerer.snapshot.startswith("000002-") and answerer.model == "hashed words"


def test_a_run_of_the_real_assistant_is_exact_on_both_days(answerer: InstalledAnswerer, tmp_path: Path) -> None:
    question = "What number do I dial for the police in Kazakhstan?"
    asked = QuestionSet(
        "two.jsonl",
        "0" * 64,
        (
            QuestionRecord("now", question, today=date(2026, 9, 1), gold=(Gold("police.md", span="102"),)),
            QuestionRecord(
                "then", question, today=date(2020, 1, 1), as_of=date(2020, 1, 1), gold=(Gold("police.md", span="02"),)
            ),
        ),
    )
    assert run(answerer, asked, tmp_path / "out") == 2
    finished = read_run(tmp_path / "out")
    assert finished.inexact == ()
    assert [gold.range for q in finished.questions for gold in q.gold] == [
        (NEW.index("102"), NEW.index("102") + 3),
        (OLD.index("02"), OLD.index("02") + 2),
    ]
    records = [json.loads(line) for line in (tmp_path / "out" / "answers.jsonl").read_text("utf-8").splitlines()]
    assert [record["id"] for record in records] == ["now", "then"]
    assert [record["snapshot"][:6] for record in records] == ["000002", "000001"]
    for record, text in zip(records, (NEW, OLD), strict=True):
        best = record["passages"][0]
        assert (best["source"], best["doc"], best["rank"]) == ("docs", "police.md", 1)
        assert "dial" in text[best["start"] : best["end"]]

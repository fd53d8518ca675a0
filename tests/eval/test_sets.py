"""The question sets say what they claim: the gold stands where they say, and no question gives its gold away."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SETS = ROOT / "eval" / "sets"
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_SETS = {"seeds.jsonl": (40, 20), "seeds_dev.jsonl": (30, 15)}
LONGEST_QUOTE = 350
"""Characters an answer may quote: gold that is longer could never be covered."""


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / name).read_text("utf-8").splitlines()]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _longest_shared_run(question: str, span: str) -> int:
    """How many consecutive words of the question also follow one another in the span."""
    words, inside = _words(question), f" {' '.join(_words(span))} "
    runs = (
        j - i for i in range(len(words)) for j in range(i + 1, len(words) + 1) if f" {' '.join(words[i:j])} " in inside
    )
    return max(runs, default=0)


def test_shared_runs_are_counted_in_words() -> None:
    assert _longest_shared_run("Is the old bridge closed?", "They said the OLD bridge, closed since May, …") == 4
    assert _longest_shared_run("Is it cold?", "The scold") == 0


@pytest.mark.parametrize(("name", "counts"), SEED_SETS.items())
def test_seed_sets_have_their_size_and_shape(name: str, counts: tuple[int, int]) -> None:
    records = _records(name)
    answerable = [record for record in records if record["answerable"]]
    assert (len(answerable), len(records) - len(answerable)) == counts
    assert all(record["gold"] for record in answerable)
    assert not any("gold" in record for record in records if not record["answerable"])
    assert all(set(record) <= {"id", "question", "answerable", "gold", "tags"} for record in records)
    assert sum("no_place" in record["tags"] for record in records) * 3 == len(records)


def test_gold_is_named_by_offsets_never_by_its_words() -> None:
    golds = [gold for name in SEED_SETS for record in _records(name) for gold in record.get("gold", [])]
    assert all(set(gold) == {"doc", "start", "end", "sha256"} for gold in golds)
    assert all(0 <= gold["start"] < gold["end"] <= gold["start"] + LONGEST_QUOTE for gold in golds)


def test_ids_are_unique_in_and_across_the_sets() -> None:
    ids = [record["id"] for path in sorted(SETS.glob("*.jsonl")) for record in _records(path.name)]
    assert len(ids) == len(set(ids))


def test_the_reported_set_shares_no_question_with_the_development_set() -> None:
    reported, tuned = ({" ".join(_words(r["question"])) for r in _records(name)} for name in SEED_SETS)
    assert len(reported) == 60
    assert reported.isdisjoint(tuned)


@pytest.mark.archive
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is absent")
@pytest.mark.parametrize("name", SEED_SETS)
def test_gold_stands_where_the_set_says_and_in_other_words(name: str) -> None:
    checked = 0
    for record in _records(name):
        for gold in record.get("gold", []):
            span = (SEEDS / gold["doc"]).read_bytes().decode("utf-8")[gold["start"] : gold["end"]]
            assert hashlib.sha256(span.encode("utf-8")).hexdigest() == gold["sha256"], record["id"]
            assert span == span.strip(), record["id"]
            assert _longest_shared_run(record["question"], span) < 5, record["id"]
            checked += 1
    assert checked >= SEED_SETS[name][0]

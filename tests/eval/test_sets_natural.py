"""The natural seed sets hold what they claim: their sizes, gold that stands where they say, no sentence of it asked."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
PREFIXES = {"seeds_natural.jsonl": "n", "seeds_natural_dev.jsonl": "m"}
WHY_UNANSWERABLE = {"fact_missing", "other_place", "other_service", "off_subject"}
PLACES = "Kazakhstan|Almaty|Astana|Bishkek|Tashkent|Karaganda|Baku|Moscow"
LONGEST_QUOTE = 350
"""Characters an answer may quote: gold that is longer could never be covered."""


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "eval" / "sets" / name).read_text("utf-8").splitlines()]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _runs_of_five(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_runs_of_five_words_pass_over_case_and_punctuation() -> None:
    assert _runs_of_five("Is the OLD bridge, closed?") == {("is", "the", "old", "bridge", "closed")}
    assert _runs_of_five("It is the old bridge; closed since May.") & _runs_of_five("Is the old bridge closed?")
    assert not _runs_of_five("Four words, no more")


@pytest.mark.parametrize(("name", "prefix"), PREFIXES.items())
def test_each_set_asks_forty_answerable_and_twenty_unanswerable(name: str, prefix: str) -> None:
    records = _records(name)
    assert [record["id"] for record in records] == [f"{prefix}{number:03}" for number in range(1, 61)]
    assert [record["answerable"] for record in records] == [True] * 40 + [False] * 20
    assert all(set(record) == {"id", "question", "answerable", "gold", "tags"} for record in records[:40])
    assert all(set(record) == {"id", "question", "answerable", "tags"} for record in records[40:])


@pytest.mark.parametrize("name", PREFIXES)
def test_the_mix_is_a_travellers(name: str) -> None:
    records = _records(name)
    unplaced = [record["id"] for record in records if not re.search(PLACES, record["question"])]
    assert unplaced == [record["id"] for record in records if "no_place" in record["tags"]]
    assert len(unplaced) == 20
    wording = [set(record["tags"]) & {"topic_word", "synonym"} for record in records[:40]]
    assert all(len(tags) == 1 for tags in wording)
    assert 18 <= wording.count({"synonym"}) <= 22
    assert all(len(set(record["tags"]) & WHY_UNANSWERABLE) == 1 for record in records[40:])


def test_no_question_is_asked_twice_in_or_across_the_two_sets() -> None:
    questions = [" ".join(_words(record["question"])) for name in PREFIXES for record in _records(name)]
    assert len(questions) == 120
    assert len(set(questions)) == 120


def test_gold_is_named_by_offsets_never_by_its_words() -> None:
    for record in (record for name in PREFIXES for record in _records(name)[:40]):
        golds = record["gold"]
        assert golds, record["id"]
        assert all(set(gold) == {"doc", "start", "end", "sha256"} for gold in golds), record["id"]
        assert all(0 <= gold["start"] < gold["end"] <= gold["start"] + LONGEST_QUOTE for gold in golds), record["id"]
        assert len({(gold["doc"], gold["start"]) for gold in golds}) == len(golds), record["id"]


@pytest.mark.archive
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is absent")
@pytest.mark.parametrize(("name", "golds"), {"seeds_natural.jsonl": 72, "seeds_natural_dev.jsonl": 64}.items())
def test_gold_stands_where_the_set_says_and_in_other_words(name: str, golds: int) -> None:
    checked = 0
    for record in _records(name):
        for gold in record.get("gold", []):
            span = (SEEDS / gold["doc"]).read_bytes().decode("utf-8")[gold["start"] : gold["end"]]
            assert hashlib.sha256(span.encode("utf-8")).hexdigest() == gold["sha256"], record["id"]
            assert span == span.strip(), record["id"]
            assert _runs_of_five(record["question"]).isdisjoint(_runs_of_five(span)), record["id"]
            checked += 1
    assert checked == golds

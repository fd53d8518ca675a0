"""The emergency rule: what must fire does, what only asks does not, and whom it calls for."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.understanding.emergency import is_emergency, services

ROOT = Path(__file__).parents[3]
SETS = ROOT / "eval" / "sets"
TRAVEL = ROOT.parent / "shared" / "data" / "travel-questions" / "questions.csv"

FIRE = [
    "my friend collapsed, what do I do",
    "someone is following me right now",
    "I've just been robbed at knifepoint",
    "there's a fire in our hotel",
    "can't breathe",
    "he took pills and won't wake up",
    "I'm trapped after the earthquake",
    "they drugged my drink and I feel strange",
    "mi amiga se desmayó",
    "у меня украли сумку, а муж без сознания",
    "what number do I dial in Peru my husband has just been stabbed",
    "My frend colapsed",
    "CAN’T BREATHE",
    "snake bite, what to do?",
    "snake bite in the foot?",
    "I was bitten by a snake in Botswana, what do I do?",
    "car crash in Kenya, two hurt?",
]
QUIET = [
    "how do I call an ambulance in Peru?",
    "what number do I dial for police",
    "what should I do if I am robbed?",
    "is it common to be robbed?",
    "my friend was robbed last year, is it still bad?",
    "what happens if someone collapses at altitude?",
    "earthquake risk?",
    "snake bite in Botswana?",
    "Dog bite in rural South Africa?",
    "dog bite rabies risk in Peru?",
    "car accident in Peru?",
    "ambulance",
    "",
    "?!",
]


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SETS / name).read_text("utf-8").splitlines()]


def _turns(record: dict[str, Any]) -> list[str]:
    return [*record.get("history", []), record["question"]]


def _rate(kind: str, half: str) -> tuple[float, int]:
    """The share of the records of this kind and half on which the rule is right, and how many there are."""
    records = [r for r in _records("emergencies.jsonl") if r["tags"][0] == kind and r["tags"][2:] == [half]]
    return sum(is_emergency(_turns(r)) == (kind == "fires") for r in records) / len(records), len(records)


@pytest.mark.parametrize("turn", FIRE)
def test_an_emergency_fires(turn: str) -> None:
    assert is_emergency([turn])


@pytest.mark.parametrize("turn", QUIET)
def test_a_question_about_safety_does_not(turn: str) -> None:
    assert not is_emergency([turn])
    assert services([turn]) == ()


@pytest.mark.parametrize("later", ["he says he's fine", "what do I do?", "Peru", "how do I call an ambulance here?"])
def test_an_emergency_outlasts_what_follows_it(later: str) -> None:
    assert is_emergency(["my friend fell off a wall and passed out", later])
    assert is_emergency(["my friend fell off a wall and passed out", "ok", later])
    assert services(["my friend fell off a wall and passed out", later]) == ("ambulance",)


def test_a_new_question_about_something_else_ends_it() -> None:
    turns = ["my friend passed out", "Which vaccinations are needed for Kenya?"]
    assert not is_emergency(turns)
    assert is_emergency([*turns, "she passed out again"])


@pytest.mark.parametrize(
    ("turn", "wanted"),
    [
        ("my friend collapsed, what do I do", ("ambulance",)),
        ("I've just been robbed at knifepoint", ("police",)),
        ("there's a fire in our hotel", ("fire",)),
        ("they drugged my drink and I feel strange", ("ambulance", "police")),
        ("I'm trapped after the earthquake", ("fire", "ambulance")),
        ("We were mugged and my husband is unconscious", ("ambulance", "police")),
        ("the bus is on fire and two people are hurt", ("fire", "ambulance")),
        ("HELP ME PLEASE", ()),
        ("In unserem Hotel brennt es", ("fire",)),
        ("меня ограбили", ("police",)),
    ],
)
def test_services_are_those_that_fit_most_urgent_first(turn: str, wanted: tuple[str, ...]) -> None:
    assert is_emergency([turn])
    assert services([turn]) == wanted


def test_supposing_and_asking_quiet_only_what_they_cover() -> None:
    assert not is_emergency(["If my friend collapses and stops breathing, who do we ring?"])
    assert is_emergency(["my friend stopped breathing, what if I am alone?"])
    assert not is_emergency(["Is it safe to walk at night?"])
    assert is_emergency(["Is it safe to walk on, because two men are following us"])
    assert is_emergency(["My cousin was robbed in Quito two years ago. Now I have been stabbed there!"])


@pytest.mark.parametrize(("half", "count"), [("dev", 393), ("test", 100)])
def test_emergencies_of_the_set_fire(half: str, count: int) -> None:
    rate, n = _rate("fires", half)
    assert n == count
    assert rate >= {"dev": 0.97, "test": 0.95}[half]


@pytest.mark.parametrize(("half", "count"), [("dev", 374), ("test", 100)])
def test_lookalikes_of_the_set_stay_quiet(half: str, count: int) -> None:
    rate, n = _rate("quiet", half)
    assert n == count
    assert rate >= {"dev": 0.98, "test": 0.95}[half]


def test_what_was_worded_after_the_tuning_is_still_seen_by_half() -> None:
    """The rule's honest weakness: unusual wording. See the set's page."""
    rate, n = _rate("fires", "fresh")
    assert n == 30
    assert rate >= 0.5
    assert _rate("quiet", "fresh") == (1.0, 30)


@pytest.mark.parametrize("name", ["seeds.jsonl", "seeds_dev.jsonl"])
def test_no_seed_question_is_taken_for_an_emergency(name: str) -> None:
    assert [r["question"] for r in _records(name) if is_emergency(_turns(r))] == []


@pytest.mark.archive
@pytest.mark.skipif(not TRAVEL.is_file(), reason="../shared/data/travel-questions is absent")
def test_real_travellers_questions_stay_quiet() -> None:
    with TRAVEL.open(encoding="utf-8", errors="replace", newline="") as file:
        questions = [row["question"] for row in csv.DictReader(file)]
    assert len(questions) == 5000
    assert [question for question in questions if is_emergency([question])] == []


def test_an_endless_turn_takes_no_endless_time() -> None:
    is_emergency(["warm"])
    start = time.perf_counter()
    assert not is_emergency(["a, b c " * 100_000])
    assert time.perf_counter() - start < 2

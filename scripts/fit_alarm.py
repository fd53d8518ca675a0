"""Fit the second look for an emergency, by meaning: assistant/data/emergency_meaning.json.

    python scripts/fit_alarm.py --travel ../shared/data/travel-questions/questions.csv

Fires: the English emergencies of eval/sets/emergencies.jsonl, part dev, and of eval/tuning/turns.jsonl. Quiet: the
English look-alikes of both, the questions of eval/tuning, and the real travellers' questions of the CSV file (column
`question`; nothing of them is kept but what they add to the coefficients). alarm_left_out.txt names questions of
eval/tuning that may well be asked in need, so they count as neither.

The threshold is the lowest at which, in cross-validation, at most `ALLOWED` of the quiet questions alarm. Below `SURE`
what only sounds like an emergency is none. It takes a minute, and scikit-learn, which the assistant itself never loads.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from assistant.understanding.alarm import looked_at
from assistant.understanding.emergency import is_emergency, is_outright
from index.embedding import load_asker, load_embedder

ROOT = Path(__file__).parents[1]
SET = ROOT / "eval" / "sets" / "emergencies.jsonl"
TUNING = ROOT / "eval" / "tuning" / "questions.jsonl"
TURNS = ROOT / "eval" / "tuning" / "turns.jsonl"
LEFT_OUT = Path(__file__).with_name("alarm_left_out.txt")
OUT = ROOT / "assistant" / "data" / "emergency_meaning.json"

ALLOWED = 0.005  # of the quiet questions: an alarm for nothing costs a glance, a silence may cost a life
SURE = 0.025  # costs 1 % of the emergencies, and spares a third of the alarms for nothing
LOOKALIKES_COUNT = 3.0  # times: there are few, and nearly all statements; the questions are many and easy
REGULARISATION = 10.0  # scikit-learn's C; 3 and 30 do as well
FOLDS = 5
EMERGENCIES_SET, TURNS_SET = WRITTEN = ("eval/sets/emergencies.jsonl", "eval/tuning/turns.jsonl")
DIGITS = 3


class Example(NamedTuple):
    """A turn. `group` keeps what was written about one sentence in one fold; `origin` is what it is counted as."""

    turn: str
    fires: bool
    origin: str
    group: str


def main() -> None:
    """Fit, say how well, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--travel", type=Path, required=True)
    examples = read(parser.parse_args().travel)
    encoder = load_asker(load_embedder())
    vectors = encoder.embed([looked_at(example.turn) for example in examples])
    probabilities = cross_validated(vectors, examples)
    threshold, rates = choose(examples, probabilities)
    model = fitted(vectors, examples)
    record = {
        "fitted_on": dict(Counter(f"{'fires' if e.fires else 'quiet'}: {e.origin}" for e in examples)),
        "cross_validated": rates,
        "encoder": {"name": encoder.identity.name, "key": encoder.identity.key},
        "threshold": threshold,
        "quiet": SURE,
        "intercept": round(float(model.intercept_[0]), DIGITS),
        "coefficients": [round(float(value), DIGITS) for value in model.coef_[0]],
    }
    OUT.write_text(readable(record), "utf-8")
    print(json.dumps({"threshold": threshold, "cross_validated": rates}, indent=2))


def read(travel: Path) -> list[Example]:
    """All that is fitted on."""
    examples = []
    for line in SET.read_text("utf-8").splitlines():
        record = json.loads(line)
        kind, language, part, *_ = record["tags"]
        if language == "en" and part == "dev" and not record.get("history"):
            examples.append(Example(record["question"], kind == "fires", EMERGENCIES_SET, record["id"]))
    for line in TURNS.read_text("utf-8").splitlines():
        record = json.loads(line)
        examples.append(Example(record["turn"], record["fires"], TURNS_SET, record["turn"]))
    apart = {example.turn for example in examples} | set(LEFT_OUT.read_text("utf-8").splitlines())
    for line in TUNING.read_text("utf-8").splitlines():
        record = json.loads(line)
        group = f"{record['doc']} {record['start']}"
        examples += [Example(q, False, "eval/tuning", group) for q in record["questions"] if q not in apart]
    with travel.open(encoding="utf-8", errors="replace", newline="") as file:
        examples += [Example(row["question"], False, "travellers", row["question"]) for row in csv.DictReader(file)]
    return examples


def fitted(vectors: np.ndarray, examples: list[Example]) -> LogisticRegression:
    """The regression on these."""
    labels = np.array([example.fires for example in examples])
    few = np.array([not e.fires and e.origin in WRITTEN for e in examples])
    model = LogisticRegression(C=REGULARISATION, max_iter=3000)
    return model.fit(vectors, labels, sample_weight=np.where(few, LOOKALIKES_COUNT, 1.0))


def cross_validated(vectors: np.ndarray, examples: list[Example]) -> np.ndarray:
    """Each turn's probability by a regression that has not seen it."""
    labels = [example.fires for example in examples]
    probabilities = np.zeros(len(examples))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(vectors, labels, [example.group for example in examples]):
        model = fitted(vectors[seen], [examples[i] for i in seen])
        probabilities[unseen] = model.predict_proba(vectors[unseen])[:, 1]
    return probabilities


def choose(examples: list[Example], probabilities: np.ndarray) -> tuple[float, dict[str, Any]]:
    """The threshold, and the rates at it: of words alone, and of words and meaning together."""
    fires = np.array([example.fires for example in examples])
    written = np.array([example.origin in WRITTEN for example in examples])
    asked = probabilities * [is_outright(example.turn) for example in examples]
    questions = asked[~fires & ~written]
    threshold = next(t / 100 for t in range(1, 100) if (questions >= t / 100).mean() <= ALLOWED)
    said = np.array([is_emergency([example.turn]) for example in examples])
    both = (asked >= threshold) | (said & (probabilities >= SURE))
    groups = {"emergencies": fires, "look-alikes": ~fires & written, "quiet questions": ~fires & ~written}
    return threshold, {
        f"{name} that alarm by {how}": round(float(alarmed[group].mean()), 4)
        for name, group in groups.items()
        for how, alarmed in (("words", said), ("words and meaning", both))
    }


def readable(record: dict[str, Any]) -> str:
    """JSON with the coefficients twelve to a line."""
    values = [str(value) for value in record["coefficients"]]
    rows = ",\n    ".join(", ".join(values[i : i + 12]) for i in range(0, len(values), 12))
    head = json.dumps({**record, "coefficients": "rows"}, indent=2, ensure_ascii=False)
    return head.replace('"rows"', f"[\n    {rows}\n  ]") + "\n"


if __name__ == "__main__":
    main()

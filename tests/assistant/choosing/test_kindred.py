"""What answered the questions most like one: by the real encoder, and held against a slow reference."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from assistant.choosing.kindred import towards_answers
from index.embedding import Embedder, load_asker
from tests.fakes import HashEmbedder

FILE = Path(__file__).parents[3] / "assistant" / "data" / "kindred.safetensors"
NEIGHBOURS, TEMPERATURE, PULL = 10, 0.03, 0.65


@pytest.fixture(scope="module")
def asker(model: Embedder) -> Embedder:
    return load_asker(model)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Could a guy on a moped rip my satchel off?", "Thieves on motorcycles snatch bags."),
        ("does the ground wobble a lot", "The country is in an active seismic zone."),
        ("Will the brown stuff from the sink make me ill?", "Tap water is not safe to drink."),
    ],
)
def test_a_question_comes_nearer_to_what_answers_it(
    model: Embedder, asker: Embedder, question: str, answer: str
) -> None:
    vector, right = asker.embed([question])[0], model.embed([answer])[0]
    moved, expected = towards_answers(vector, vector, asker)
    assert moved.dtype == np.float32
    assert np.linalg.norm(moved) == pytest.approx(1.0, abs=1e-5)
    assert moved @ right > vector @ right + 0.05
    assert 0.4 < expected < 0.9


def test_it_is_what_the_files_nearest_questions_say(asker: Embedder) -> None:
    vector = asker.embed(["Is it risky to swim near the river mouth?"])[0].astype(np.float64)
    with safe_open(FILE, "numpy") as file:
        known = file.metadata()
        questions, answers, rows, projection = (
            file.get_tensor(name).astype(np.float64) for name in ("questions", "answers", "answer", "projection")
        )
    likeness = [float(row @ (projection @ vector)) * float(known["question_scale"]) for row in questions]
    nearest = sorted(range(len(likeness)), key=lambda n: -likeness[n])[:NEIGHBOURS]
    shares = [np.exp(likeness[n] / TEMPERATURE) for n in nearest]
    towards = sum(
        share * answers[int(rows[n])] * float(known["answer_scale"]) for share, n in zip(shares, nearest, strict=True)
    )
    expected = vector + PULL * towards / sum(shares)
    expected /= np.linalg.norm(expected)
    given = vector.astype(np.float32)
    moved, near = towards_answers(given, given, asker)
    assert moved == pytest.approx(expected, abs=1e-4)
    scale = float(known["answer_scale"])
    assert near == pytest.approx(np.mean([answers[int(rows[n])] * scale @ expected for n in nearest]), abs=1e-4)


def test_the_answers_are_whole_vectors() -> None:
    with safe_open(FILE, "numpy") as file:
        answers, scale = file.get_tensor("answers"), float(file.metadata()["answer_scale"])
        rows, questions = file.get_tensor("answer"), file.get_tensor("questions")
    assert np.linalg.norm(answers * scale, axis=1) == pytest.approx(np.ones(len(answers)), abs=0.01)
    assert len(rows) == len(questions)
    assert set(rows.tolist()) == set(range(len(answers)))


def test_another_encoder_is_not_moved() -> None:
    stranger = HashEmbedder()
    vector = stranger.embed(["Is there malaria?"])[0]
    moved, expected = towards_answers(vector, vector, stranger)
    assert moved is vector
    assert expected == 0.0

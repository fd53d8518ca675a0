"""What a question means, whatever its words: by the real encoder, and what coverage makes of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from assistant.choosing.coverage import Coverage
from assistant.understanding.concepts import Meant, meant
from index.embedding import Embedder, load_asker
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder

DATA = Path(__file__).parents[3] / "assistant" / "data"
TERMS = [tuple(line.split(", ")) for line in (DATA / "concepts.txt").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def asker(model: Embedder) -> Embedder:
    return load_asker(model)


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Could a guy on a moped rip my satchel off?", "bag snatching"),
        ("Do the hills slide when it pours?", "landslides"),
        ("the ground shook all night, is that usual?", "earthquakes"),
        ("A stray nipped me on the ankle, do I need a jab?", "rabies"),
    ],
)
def test_what_no_word_says_is_meant(asker: Embedder, question: str, term: str) -> None:
    found = meant(asker.embed([question])[0], asker)
    assert term in [t for concept in found for t in concept.terms]
    assert [c.probability for c in found] == sorted((c.probability for c in found), reverse=True)
    assert 0.1 <= sum(c.probability for c in found) <= 1.0


def test_what_is_none_of_the_fields_means_nothing(asker: Embedder) -> None:
    assert meant(asker.embed(["Which hotel has the nicest rooftop pool and breakfast buffet?"])[0], asker) == ()


def test_the_probabilities_are_those_of_the_file(asker: Embedder) -> None:
    tensors = load_file(DATA / "concepts.safetensors")
    weights, intercepts = (tensors[name].astype(np.float64) for name in ("weights", "intercepts"))
    assert weights.shape == (len(TERMS) + 1, 384)
    vector = asker.embed(["Is there malaria?"])[0]
    powers = np.exp(weights @ vector + intercepts)
    best = int(np.argmax(powers[:-1]))
    first = meant(vector, asker)[0]
    assert first.terms == TERMS[best]
    assert first.probability == pytest.approx(powers[best] / powers.sum(), rel=1e-3)
    assert "malaria" in first.terms


def test_another_encoder_means_nothing_by_it() -> None:
    stranger = HashEmbedder()
    assert meant(stranger.embed(["Is there malaria?"])[0], stranger) == ()


def test_no_two_concepts_are_the_same() -> None:
    assert len(set(TERMS)) == len(TERMS)
    assert all(term and term == term.strip() for terms in TERMS for term in terms)


def test_a_text_that_names_what_is_meant_holds_part_of_the_question(snapshot: Snapshot) -> None:
    likely = [Meant(0.6, ("crocodiles", "wild animals")), Meant(0.2, ("police",))]
    asked = Coverage("big teeth by the river", snapshot.files.words, meant=likely)
    plain = Coverage("big teeth by the river", snapshot.files.words)
    held = [asked.held(asked.terms(text)) for text in ("Crocodiles attack.", "wild animals", "Police!", "Buses.")]
    assert [h.meant for h in held] == pytest.approx([0.6, 0.6, 0.2, 0.0])
    assert held[0].share > held[2].share > held[3].share == 0.0
    assert plain.of("Crocodiles attack.") == 0.0
    assert asked.of("big teeth, river") < plain.of("big teeth, river") == pytest.approx(1.0)

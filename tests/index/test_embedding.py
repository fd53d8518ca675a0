"""Embedders: the real model once, both runtimes against each other; the hash embedder that the other tests use."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from index.embedding import Embedder, Vectors, load_embedder
from index.errors import ModelError
from index.models import DEFAULT_WEIGHTS
from tests.fakes import HashEmbedder

WORDS = [
    "police",
    "taxi",
    "earthquake",
    "112",
    "passport",
    "Алматы",
    "東京",
    "naïve",
    "river-bank",
    "don't",
    "&",
    "—",
    "flood",
]
TEXTS = [
    "",
    " ",
    "a",
    "103",
    "Call the police on 102.",
    "Where can I get a cab at night?",
    *(" ".join(WORDS[i % 13] for i in range(n)) for n in range(1, 31)),
    "word " * 254,  # at the model's limit of 256 tokens
    "word " * 1000,  # beyond it
    "\n".join(["Emergency services", "Taxis", "Agree on a fare before you get in."]),
    "😀 emoji and \u200b zero width",
]


@pytest.fixture(scope="module")
def reference() -> Embedder:
    return load_embedder(runtime="reference")


@pytest.fixture(scope="module")
def reference_vectors(reference: Embedder) -> Vectors:
    return reference.embed(TEXTS)


@pytest.fixture(scope="module")
def accelerated() -> Embedder:
    if find_spec("openvino") is None:
        pytest.skip("OpenVINO is not installed")
    return load_embedder(runtime="openvino")


def test_reference_gives_unit_vectors_in_order(reference: Embedder, reference_vectors: Vectors) -> None:
    assert (reference.runtime, reference.dimension, reference.identity.weights) == (
        "sentence-transformers",
        384,
        DEFAULT_WEIGHTS,
    )
    assert reference_vectors.shape == (len(TEXTS), 384)
    assert reference_vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(reference_vectors, axis=1), 1.0, atol=1e-5)
    alone = np.concatenate([reference.embed([text]) for text in TEXTS[4:8]])
    np.testing.assert_allclose(alone, reference_vectors[4:8], atol=1e-5)
    assert reference.embed([]).shape == (0, 384)


def test_meaning_is_near(reference: Embedder) -> None:
    query, near, far = reference.embed(["Where can I get a cab at night?", "Taxis after dark", "Earthquake drills"])
    # sentence-transformers 6.2 on these: 0.68 and 0.02
    assert query @ near > 0.5
    assert query @ far < 0.25


def test_what_is_beyond_the_limit_is_left_out(reference_vectors: Vectors) -> None:
    assert float(reference_vectors[-4] @ reference_vectors[-3]) > 0.9999


def test_accelerated_is_the_same_model(accelerated: Embedder, reference: Embedder, reference_vectors: Vectors) -> None:
    assert accelerated.identity == reference.identity
    assert accelerated.dimension == 384
    assert accelerated.runtime in ("openvino bf16", "openvino fp32")
    vectors = accelerated.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert (vectors * reference_vectors).sum(axis=1).min() >= 0.9999
    assert accelerated.embed([]).shape == (0, 384)


def test_accelerated_keeps_the_order(accelerated: Embedder) -> None:
    forwards, backwards = accelerated.embed(TEXTS), accelerated.embed(TEXTS[::-1])[::-1]
    assert (forwards * backwards).sum(axis=1).min() > 0.9999


def test_accelerated_is_what_serves_where_it_can(accelerated: Embedder) -> None:
    assert load_embedder().runtime == accelerated.runtime


def test_unknown_model_is_an_error() -> None:
    with pytest.raises(ModelError, match="there is no model 'no such model!'"):
        load_embedder("no such model!")


def test_hash_embedder_is_predictable() -> None:
    embedder: Embedder = HashEmbedder()
    one, two, three, none = embedder.embed(["dial 102", "102 Dial!", "dial 103", "?"])
    np.testing.assert_array_equal(one, two)
    assert np.linalg.norm([one, three, none], axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-6)
    assert 0.2 < float(one @ three) < 0.9
    assert HashEmbedder(name="other").identity.key != embedder.identity.key
    assert embedder.embed([]).shape == (0, 32)

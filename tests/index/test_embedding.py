"""Embedders: the real model once, both runtimes against each other; the hash embedder that the other tests use."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from index.embedding import Embedder, Vectors, begin_loading, load_embedder
from index.errors import ModelError
from index.models import DEFAULT_MODEL, DEFAULT_WEIGHTS, TRAVEL_MODEL
from index.store import Store
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


def test_half_a_character_is_read_as_a_question_mark(accelerated: Embedder, reference: Embedder) -> None:
    for embedder in (accelerated, reference):
        broken, whole = embedder.embed(["taxi \ud83d fare"]), embedder.embed(["taxi ? fare"])
        np.testing.assert_array_equal(broken, whole)


def test_batches_give_the_vectors_of_one_by_one(accelerated: Embedder) -> None:
    # More batches than requests, of all sizes, the last of the largest number of texts.
    lengths = [250, 3, 90, 17] * 3 + list(range(1, 13)) + [4] * 130
    texts = [" ".join(WORDS[(i + j) % 13] for j in range(n // 2)) for i, n in enumerate(lengths)]
    together = accelerated.embed(texts)
    checked = [*range(24), *range(24, len(texts), 16)]
    alone = np.concatenate([accelerated.embed([texts[i]]) for i in checked])
    assert (together[checked] * alone).sum(axis=1).min() >= 0.9999
    same = [i for i in range(24, len(texts)) if texts[i] == texts[24]]  # in different batches
    assert len(same) > 5
    assert (together[same] @ together[24]).min() >= 0.9999


def test_threads_that_come_first_together_get_their_own_vectors(accelerated: Embedder) -> None:
    fresh = load_embedder(runtime="openvino")  # nothing is loaded yet
    texts = [TEXTS[4:9], TEXTS[10:14], TEXTS[5:6], TEXTS[8:20]]
    at_once = Barrier(len(texts))

    def embed(part: list[str]) -> Vectors:
        at_once.wait(timeout=30)
        return fresh.embed(part)

    with ThreadPoolExecutor(len(texts)) as pool:
        found = list(pool.map(embed, texts))
    for part, vectors in zip(texts, found, strict=True):
        assert (vectors * accelerated.embed(part)).sum(axis=1).min() >= 0.9999


def test_stored_vectors_are_as_good_as_the_same(reference_vectors: Vectors, tmp_path: Path) -> None:
    keys = [str(number) for number in range(len(TEXTS))]
    with Store(tmp_path / "store.sqlite", write=True) as store:
        store.put_vectors(keys, reference_vectors)
        small, scales = store.get_vectors(keys, 384)
    back = small.astype(np.float32) * scales[:, None]
    cosines = (back * reference_vectors).sum(axis=1) / np.linalg.norm(back, axis=1)
    assert cosines[2:].min() >= 0.9999
    assert cosines[:2].min() >= 0.9998  # without a word one component stands out: coarser steps for all


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


def test_a_model_that_is_loading_is_handed_over_with_its_asker() -> None:
    documents, asker = begin_loading(DEFAULT_MODEL).result()
    assert (documents.identity.name, asker.identity.name) == (DEFAULT_MODEL, TRAVEL_MODEL)
    with pytest.raises(ModelError, match="no model"):
        begin_loading("no/such-model").result()


@pytest.mark.skipif(find_spec("openvino") is None, reason="the fast embedder needs OpenVINO")
def test_several_threads_may_ask_first() -> None:
    """In a process of its own, for only the first time is dangerous: each waited for the others for ever."""
    code = """
import sys
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from index.embedding import load_embedder
sys.setswitchinterval(1e-5)
embedder, together = load_embedder(), Barrier(4)
def ask(_):
    together.wait()
    return embedder.embed(["Is it safe?"])[0]
with ThreadPoolExecutor(4) as threads:
    first, *others = threads.map(ask, range(4))
print([bool((first == other).all()) for other in others])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[True, True, True]\n"

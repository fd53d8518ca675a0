"""What was embedded lately is not embedded again."""

from __future__ import annotations

import numpy as np

from assistant.chat.remembered import Remembered
from tests.fakes import HashEmbedder


def test_a_text_is_embedded_once() -> None:
    inner = HashEmbedder()
    embedder = Remembered(inner)
    first = embedder.embed(["Is it safe?"])
    first[0, 0] = 7.0  # a caller's own
    again, other = embedder.embed(["Is it safe?"]), embedder.embed(["Is it hot?"])
    assert inner.embedded == ["Is it safe?", "Is it hot?"]
    assert np.array_equal(again, HashEmbedder().embed(["Is it safe?"]))
    assert np.array_equal(other, HashEmbedder().embed(["Is it hot?"]))


def test_several_at_once_are_left_to_the_other() -> None:
    embedder = Remembered(HashEmbedder())
    assert embedder.embed([]).shape == (0, 32)
    assert np.array_equal(embedder.embed(["a", "b"]), HashEmbedder().embed(["a", "b"]))
    assert (embedder.identity, embedder.runtime, embedder.dimension) == (HashEmbedder().identity, "hash", 32)


def test_only_so_many_are_kept() -> None:
    inner = HashEmbedder(2)
    embedder = Remembered(inner)
    for number in (*range(1001), 0):
        embedder.embed([str(number)])
    assert len(inner.embedded) == 1002

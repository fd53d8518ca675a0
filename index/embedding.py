"""Texts → unit vectors. Two Embedders behind one protocol: the reference and a faster one for the same weights."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.models import DEFAULT_MODEL, TRAVEL_MODEL, ModelIdentity, find_model

Vectors = npt.NDArray[np.float32]
Runtime = Literal["auto", "reference", "openvino"]


class Embedder(Protocol):
    """Embeds texts. `runtime` says which software computes, for the record only."""

    @property
    def identity(self) -> ModelIdentity:
        """What the vectors depend on."""

    @property
    def runtime(self) -> str:
        """The software that computes, such as "openvino bf16"."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1, in the order of the texts."""


class Embedders(NamedTuple):
    """Of documents, and of travellers' questions about them."""

    documents: Embedder
    asker: Embedder


def load_asker(documents: Embedder) -> Embedder:
    """The embedder of travellers' questions about documents that were embedded by `documents`. Raises ModelError."""
    if documents.identity.name != DEFAULT_MODEL:
        return documents
    return load_embedder(TRAVEL_MODEL, "reference" if documents.runtime == "sentence-transformers" else "auto")


def load_embedder(spec: str = DEFAULT_MODEL, runtime: Runtime = "auto") -> Embedder:
    """The embedder for a model: the accelerated one where OpenVINO is installed, else sentence-transformers.

    Raises ModelError.
    """
    model = find_model(spec)
    if runtime == "openvino" and find_spec("openvino") is None:
        raise ModelError("OpenVINO is not installed.", way_out="Run: pip install openvino, or leave the runtime to us.")
    if runtime == "reference" or find_spec("openvino") is None:
        from index.reference import ReferenceEmbedder  # noqa: PLC0415 - torch is loaded only where it serves

        return ReferenceEmbedder(model)
    from index.accelerated import AcceleratedEmbedder  # noqa: PLC0415 - likewise OpenVINO

    return AcceleratedEmbedder(model)


def readable(texts: Sequence[str]) -> list[str]:
    """The texts with "?" for each half of a character: a terminal can hand one over, and no tokenizer takes it."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def begin_loading(spec: str = DEFAULT_MODEL) -> Future[Embedders]:
    """Load a model in a thread, beside all else that a start takes, and make it ready for a question.

    The result raises ModelError. What fails in making it ready fails again where it is used, and is told then.
    """
    thread = ThreadPoolExecutor(1, "loading")
    loading = thread.submit(_load, spec)
    thread.submit(lambda: loading.result().asker.embed(["Is it safe?"]))
    thread.shutdown(wait=False)
    return loading


def _load(spec: str) -> Embedders:
    documents = load_embedder(spec)
    loaded = Embedders(documents, load_asker(documents))
    for embedder in loaded:
        _ = embedder.dimension  # one that is yet to be converted is so here: that catches warnings, which threads share
    return loaded

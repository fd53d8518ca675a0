"""The reference embedder: sentence-transformers itself, in float32."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from index.embedding import Vectors, readable
from index.errors import ModelError
from index.models import Model, ModelIdentity

transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]


class ReferenceEmbedder:
    """sentence-transformers on the processor."""

    runtime = "sentence-transformers"

    def __init__(self, model: Model) -> None:
        self.identity: ModelIdentity = model.identity
        self.transformer = SentenceTransformer(
            str(model.folder), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
        )
        if model.additions is not None:
            _add(self.transformer, model.additions)
        self.dimension = int(self.transformer.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As `index.embedding.Embedder`."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self.transformer.encode(readable(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    def traced_module(self) -> torch.nn.Module:
        """The whole model, token ids and mask in, sentence vectors out: what the accelerated embedder is made from."""
        return _Traced(self.transformer)


def _add(transformer: SentenceTransformer, additions: Path) -> None:
    """Add the low-rank additions to the weights that they are for. Raises ModelError."""
    try:
        tensors = load_file(additions)
        weights = dict(transformer[0].auto_model.named_parameters())
        with torch.no_grad():
            for name in sorted({name.rsplit(".", 1)[0] for name in tensors}):
                weights[name] += tensors[f"{name}.up"].float() @ tensors[f"{name}.down"].float()
    except (OSError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError("does not fit the model.", path=additions, way_out="Install safecite again.") from error


class _Traced(torch.nn.Module):
    def __init__(self, transformer: SentenceTransformer) -> None:
        super().__init__()
        self.transformer = transformer.eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """`(batch, tokens)` int64 twice → `(batch, dimension)`."""
        features = self.transformer({"input_ids": input_ids, "attention_mask": attention_mask})
        vectors: torch.Tensor = features["sentence_embedding"]
        return vectors

"""The reference embedder: sentence-transformers itself, in float32."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from index.embedding import Vectors
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
        self.dimension = int(self.transformer.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As `index.embedding.Embedder`."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self.transformer.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    def traced_module(self) -> torch.nn.Module:
        """The whole model, token ids and mask in, sentence vectors out: what the accelerated embedder is made from."""
        return _Traced(self.transformer)


class _Traced(torch.nn.Module):
    def __init__(self, transformer: SentenceTransformer) -> None:
        super().__init__()
        self.transformer = transformer.eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """`(batch, tokens)` int64 twice → `(batch, dimension)`."""
        features = self.transformer({"input_ids": input_ids, "attention_mask": attention_mask})
        vectors: torch.Tensor = features["sentence_embedding"]
        return vectors

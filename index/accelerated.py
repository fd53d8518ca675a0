"""The accelerated embedder: the same weights in OpenVINO, converted once and kept by the weights' hash.

bf16 where the processor has it, else float32. Texts are sorted by length and go in batches of about 2,000 tokens, one
stream a core: little is padded that way, and no core waits for another. A few texts are those that somebody waits for:
they have all cores to themselves.
"""

from __future__ import annotations

import os
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import openvino as ov
from openvino import properties as ov_properties
from openvino.properties import hint as ov_hint
from tokenizers import Tokenizer

from index.embedding import Vectors, readable
from index.errors import ModelError
from index.models import Model, ModelIdentity, cache_folder

BATCH_TOKENS = 2048  # of a batch, padding included; measured: see eval/LOG.md
FEWEST_TEXTS, MOST_TEXTS = 8, 64
_FEW_PADDED = 16  # a few texts are padded to a multiple of so many tokens: few shapes to prepare for, and whole tiles
_QUESTION = 32  # tokens: one text of no more goes through a model of this one shape, in three quarters of the time
_CONVERSION = "1"  # a change to the conversion makes every cached model anew

# The first array that OpenVINO is handed makes it load numpy's interface. Two threads at that at once wait for each
# other for ever, so it is done here, where only one can be.
ov.Tensor(np.zeros(1, np.int64))


class AcceleratedEmbedder:
    """OpenVINO on the processor."""

    def __init__(self, model: Model) -> None:
        self.identity: ModelIdentity = model.identity
        self._model = model
        self.runtime = "openvino bf16" if _has_bf16() else "openvino fp32"
        threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._streams = max(1, min(threads, 8))
        self._options = {
            ov_hint.inference_precision: ov.Type.bf16 if _has_bf16() else ov.Type.f32,
            ov_properties.inference_num_threads: threads,
        }
        self._loading = threading.RLock()
        self._compiled: dict[tuple[int, int], ov.CompiledModel] = {}  # by the number of streams, and of tokens

    @property
    def dimension(self) -> int:
        """As `index.embedding.Embedder`."""
        with self._loading:
            return int(self._converted.output(0).partial_shape[1].get_length())

    @property
    def compiled(self) -> ov.CompiledModel:
        """For many texts."""
        return self._compile(self._streams)

    def _compile(self, streams: int, tokens: int = 0) -> ov.CompiledModel:
        """Compiled when it is first needed: a model that nothing is asked of costs no time and no memory.

        With `tokens` for one text of just so many.
        """
        with self._loading:
            if (streams, tokens) not in self._compiled:
                options = {**self._options, ov_properties.num_streams: streams}
                with _readable(self._path):
                    model = self._converted
                    if tokens:
                        model = model.clone()
                        model.reshape({number: [1, tokens] for number in range(len(model.inputs))})
                    self._compiled[streams, tokens] = _core().compile_model(model, "CPU", options)
            return self._compiled[streams, tokens]

    @cached_property
    def _path(self) -> Path:
        return _converted(self._model)

    @cached_property
    def _converted(self) -> ov.Model:
        with _readable(self._path):
            return _core().read_model(self._path)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._model.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.identity.max_length)
        return tokenizer

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As `index.embedding.Embedder`."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(readable(texts))]
        few = len(texts) <= FEWEST_TEXTS
        question = len(texts) == 1 and len(tokens[0]) <= _QUESTION
        compiled = self._compile(1, _QUESTION) if question else self._compile(1 if few else self._streams)
        multiple = _QUESTION if question else _FEW_PADDED if few else 1
        order = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))
        running: list[tuple[ov.InferRequest, list[int]]] = []
        # Two requests a stream, so that the next batch waits ready; made anew for each call: threads never share.
        idle = [compiled.create_infer_request() for _ in range(1 if few else 2 * self._streams)]
        low = 0
        while low < len(order):
            if not idle:
                idle.append(_collect(running.pop(0), vectors))
            size = min(MOST_TEXTS, max(FEWEST_TEXTS, BATCH_TOKENS // max(1, len(tokens[order[low]]))))
            rows = order[low : low + size]
            low += size
            request = idle.pop()
            batch = _padded([tokens[row] for row in rows], multiple)
            request.start_async(batch, share_inputs=True)
            running.append((request, rows))
        for pair in running:
            _collect(pair, vectors)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors


@cache
def _core() -> ov.Core:
    return ov.Core()


@cache
def _has_bf16() -> bool:
    return "BF16" in _core().get_property("CPU", ov_properties.device.capabilities)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise ModelError("is damaged.", path=path, way_out="Delete it; it is made again.") from error


def _padded(tokens: list[list[int]], multiple: int) -> list[npt.NDArray[np.int64]]:
    """Token ids and mask of one batch, each of shape (texts, longest rounded up to a multiple)."""
    longest = -(-max(map(len, tokens)) // multiple) * multiple
    ids = np.zeros((len(tokens), longest), np.int64)
    mask = np.zeros_like(ids)
    for line, found in enumerate(tokens):
        ids[line, : len(found)] = found
        mask[line, : len(found)] = 1
    return [ids, mask]


def _collect(running: tuple[ov.InferRequest, list[int]], vectors: Vectors) -> ov.InferRequest:
    """Wait for a batch and keep its vectors. No callback: one would outlive the call and trip over Python's own end."""
    request, rows = running
    request.wait()
    vectors[rows] = request.get_output_tensor(0).data
    return request


def _converted(model: Model) -> Path:
    """The converted model's file, made from the loaded reference where it is not there yet."""
    kept = cache_folder() / "openvino" / f"{model.identity.key[:32]}-{_CONVERSION}.xml"
    if kept.is_file() and kept.with_suffix(".bin").is_file():
        return kept
    import torch  # noqa: PLC0415 - only the conversion needs it

    from index.reference import ReferenceEmbedder  # noqa: PLC0415

    reference = ReferenceEmbedder(model)
    example = {
        "input_ids": torch.ones((2, 12), dtype=torch.int64),
        "attention_mask": torch.ones((2, 12), dtype=torch.int64),
    }
    with torch.no_grad(), warnings.catch_warnings():
        # Tracing warns that shapes become constants; the test against the reference shows that none that matters does.
        warnings.simplefilter("ignore")
        converted = ov.convert_model(
            reference.traced_module(),
            example_input=example,
            input=[("input_ids", [-1, -1]), ("attention_mask", [-1, -1])],
        )
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            # Weights first, then the file whose presence says that both are whole.
            ov.save_model(converted, Path(folder) / kept.name, compress_to_fp16=False)
            (Path(folder) / kept.name).with_suffix(".bin").replace(kept.with_suffix(".bin"))
            (Path(folder) / kept.name).replace(kept)
    except OSError as error:
        raise ModelError("cannot be written.", path=kept, way_out="Free some space or set XDG_CACHE_HOME.") from error
    return kept

"""The stages of a build, one after the other, each by itself: read, cut, tokenise, embed, write. Then a whole build.

A build may do several of them at once; `whole` says what that wins. Tokenising is part of embedding.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from eval.errors import ReportError
from eval.speed.timing import Stopwatch, median, spread, stage_rows
from index import making, searchfiles
from index.build import build
from index.documents import Reading, Skipped
from index.embedding import Embedder
from index.manifest import Manifest, switch_to, write_manifest
from index.models import find_model
from index.passages import CHUNKING
from index.source import FolderSource
from index.store import Store
from index.units import Cut, cut, passages_key

TEXTS = 4096  # embedded at a time, as a build does
WITHIN = {"tokenise": "embed"}

Tokenise = Callable[[list[str]], list[list[int]]]


def tokeniser(model: str) -> Tokenise:
    """The model's own tokeniser: texts to token ids, cut at what the model reads. Raises ModelError."""
    found = find_model(model)
    made = Tokenizer.from_file(str(found.folder / "tokenizer.json"))
    made.no_padding()
    made.enable_truncation(found.identity.max_length)
    return lambda texts: [encoding.ids for encoding in made.encode_batch_fast(texts)]


def measure(
    sources: Mapping[str, Path], embedder: Embedder, tokenise: Tokenise, runs: int, work: Path
) -> dict[str, Any]:
    """Time the stages and the whole build `runs` times, turn about, in folders under `work`. Raises SafeciteError."""
    watch = Stopwatch()
    embedder.embed(["The model is loaded before anything is timed."])
    for _ in range(runs):
        with tempfile.TemporaryDirectory(dir=work) as folder:
            _stages(sources, embedder, tokenise, Path(folder) / "stages", watch)
            with watch.lap("whole"):
                built = build(Path(folder) / "whole", sources, embedder)
    whole = watch.laps.pop("whole")
    stages = stage_rows(watch.laps, WITHIN)
    added = sum(row["median_s"] for row in stages if "within" not in row)
    return {
        "documents": built.documents,
        "passages": built.passages,
        "sentences": built.vectors,
        "stages": stages,
        "sum_s": added,
        "whole": spread(whole),
        "passages_per_s": built.passages / median(whole),
        "sentences_per_s": built.vectors / median(whole),
    }


def texts_of(sources: Mapping[str, Path]) -> list[str]:
    """The distinct texts that a build of the sources embeds, in the order of their keys."""
    texts: dict[str, str] = {}
    for reading in _read(sources):
        texts.update(cut(reading.document)[1])
    return [texts[key] for key in sorted(texts)]


def _read(sources: Mapping[str, Path]) -> list[Reading]:
    found = [item for name, root in sources.items() for item in FolderSource(root).read(name)]
    readings = [item for item in found if not isinstance(item, Skipped)]
    if not readings:
        raise ReportError("no document could be read from the sources.", way_out="Name a folder with --sources.")
    return readings


def _stages(sources: Mapping[str, Path], embedder: Embedder, tokenise: Tokenise, index: Path, watch: Stopwatch) -> None:
    with watch.lap("read"):
        readings = _read(sources)
    texts: dict[str, str] = {}
    pieces: list[list[Cut]] = []
    with watch.lap("cut"):
        for reading in readings:
            found, embedded = cut(reading.document)
            pieces.append(found)
            texts.update(embedded)
    keys = sorted(texts)
    chunks = [[texts[key] for key in keys[low : low + TEXTS]] for low in range(0, len(keys), TEXTS)]
    with watch.lap("tokenise"):
        for chunk in chunks:
            tokenise(chunk)
    with watch.lap("embed"):
        vectors = [embedder.embed(chunk) for chunk in chunks]
    with watch.lap("write"), Store(index / "store.sqlite", write=True) as store:
        with store.transaction():
            for number, chunk_vectors in enumerate(vectors):
                store.put_vectors(keys[number * TEXTS : (number + 1) * TEXTS], chunk_vectors)
            for (document, raw), found in zip(readings, pieces, strict=True):
                store.put_bytes("raw", document.raw_sha256, raw)
                store.put_text(document.text_sha256, document.text)
                store.put_passages(passages_key(document), found)
        manifest = _manifest(sources, embedder, readings)
        name = write_manifest(index, manifest)
        making.make(index / "cache" / name, manifest, store)
        switch_to(index, name)
        searchfiles.open_files(index / "cache" / name)


def _manifest(sources: Mapping[str, Path], embedder: Embedder, readings: Sequence[Reading]) -> Manifest:
    return Manifest(
        sequence=1,
        parent=None,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=embedder.identity.to_record(),
        runtime=embedder.runtime,
        chunking=CHUNKING,
        dimension=embedder.dimension,
        sources={name: FolderSource(root).record() for name, root in sources.items()},
        documents=[r.document.to_record() for r in sorted(readings, key=lambda r: r.document.key)],
    )

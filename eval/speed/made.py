"""Made passages of any number: the documents of an index again and again, a word put into each sentence, and for each
made sentence the real one's vector, turned a little. Everything is seeded: the same index makes the same passages.

A folder that `prepare` writes holds what is needed, so that a build of made passages does not carry an index in memory:
documents.jsonl   a document a line, shuffled: its record, its text, and where a word may be put in
vectors.npy       a row a distinct sentence, float16; keys.npy and rows.npy find it by a hash of what was embedded
words.json        words to put in; model.json whose vectors they are
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.documents import Document, Reading, Skipped
from index.embedding import Vectors
from index.models import ModelIdentity
from index.snapshot import Snapshot
from index.units import Unit, embedded_texts

NOISE = 0.25  # length of what is added to a vector of length 1: a cosine of 0.97, about what one more word does
MARK = "⁂"  # before a word that was put in: no word of any text, and no term of any search
_INSERTED = re.compile(rf" {MARK}\w+")
_SLOT = re.compile(r"(?<=[a-z]) (?=[a-z])")
_MARKUP = re.compile(r"[\[(<`]")  # behind it a word might stand in a link's address
_WORD = re.compile(r"\b[a-z]{4,12}\b")
_MOST_WORDS = 20_000
_POOL = 1_000_003  # numbers of which every turn of a vector is a stretch
_SEED = 7


def prepare(snapshot: Snapshot, folder: Path) -> dict[str, Any]:
    """Write what is needed to make passages like a snapshot's."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary: Counter[str] = Counter()
    rows: dict[int, int] = {}  # of the vectors, by a hash of what was embedded
    vectors: list[npt.NDArray[np.float16]] = []
    lines: list[str] = []
    for _, hits in groupby(snapshot.hits(range(len(snapshot))), key=lambda hit: hit.document.key):
        found = list(hits)
        text = snapshot.text(found[0].document)
        document = replace(found[0].document, text=text)
        vocabulary.update(_WORD.findall(text))
        slots: list[int] = []
        for hit in found:
            units, unit_vectors = snapshot.units(hit.row)
            slots.extend(slot for unit in units if (slot := _slot(text, unit)) is not None)
            for embedded, vector in zip(embedded_texts(document, hit.passage, units), unit_vectors, strict=True):
                if key_of(embedded) not in rows:
                    rows[key_of(embedded)] = len(vectors)
                    rows.setdefault(key_of(embedded.rpartition("\n")[2]), len(vectors))
                    vectors.append(vector.astype(np.float16))
        record = {"record": document.to_record(), "text": text, "slots": sorted(slots), "passages": len(found)}
        lines.append(json.dumps(record) + "\n")
    random.Random(_SEED).shuffle(lines)  # noqa: S311 - a draw, not a secret
    (folder / "documents.jsonl").write_text("".join(lines), "utf-8")
    keys = np.array(sorted(rows), np.int64)
    np.save(folder / "keys.npy", keys)
    np.save(folder / "rows.npy", np.array([rows[key] for key in keys.tolist()], np.int64))
    np.save(folder / "vectors.npy", np.stack(vectors))
    words = sorted(word for word, _ in vocabulary.most_common(_MOST_WORDS))
    (folder / "words.json").write_text(json.dumps(words), "utf-8")
    (folder / "model.json").write_text(json.dumps(snapshot.embedder.identity.to_record()), "utf-8")
    return {"documents": len(lines), "passages": len(snapshot), "sentences": len(vectors)}


@dataclass(slots=True)
class MadeSource:
    """Documents with at least so many passages, as they were cut where they come from. An `index.source.Source`."""

    folder: Path
    passages: int
    seconds: float = 0.0  # that making took

    def record(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"made": self.passages}

    def read(self, name: str) -> Iterator[Reading | Skipped]:
        """The documents as they are, then copy after copy with a word put into each sentence."""
        words = json.loads((self.folder / "words.json").read_text("utf-8"))
        made = 0
        for copy in count():
            with (self.folder / "documents.jsonl").open(encoding="utf-8") as file:
                for number, line in enumerate(file):
                    if made >= self.passages:
                        return
                    started = time.perf_counter()
                    given = json.loads(line)
                    document = _document(given, name, f"{copy:04}/{number:06}", copy, words)
                    raw = document.text.encode("utf-8", "surrogatepass")
                    reading = Reading(document.with_hashes(raw), raw)
                    made += given["passages"]
                    self.seconds += time.perf_counter() - started
                    yield reading


@dataclass(slots=True)
class MadeEmbedder:
    """A made sentence's vector is the real one's, turned by what its own words say. Runs no model.

    `missed` counts sentences that were cut otherwise than where they come from: each gets some real sentence's vector.
    """

    folder: Path
    runtime: str = "made"
    seconds: float = 0.0
    embedded: int = 0
    missed: int = 0
    identity: ModelIdentity = field(init=False)
    _keys: npt.NDArray[np.int64] = field(init=False)
    _rows: npt.NDArray[np.int64] = field(init=False)
    _vectors: npt.NDArray[np.float16] = field(init=False)
    _turns: Vectors = field(init=False)

    def __post_init__(self) -> None:
        self.identity = ModelIdentity(**json.loads((self.folder / "model.json").read_text("utf-8")))
        self._keys, self._rows = np.load(self.folder / "keys.npy"), np.load(self.folder / "rows.npy")
        self._vectors = np.load(self.folder / "vectors.npy", mmap_mode="r")
        drawn = np.random.default_rng(_SEED).normal(0, NOISE / self.dimension**0.5, _POOL + self.dimension)
        self._turns = np.lib.stride_tricks.sliding_window_view(drawn.astype(np.float32), self.dimension)

    @property
    def dimension(self) -> int:
        """As `index.embedding.Embedder`."""
        return int(self._vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As `index.embedding.Embedder`."""
        started = time.perf_counter()
        plain = [_INSERTED.sub("", text) for text in texts]
        rows, known = self._find([key_of(text) for text in plain])
        nearly, nearly_known = self._find([key_of(text.rpartition("\n")[2]) for text in plain])
        rows = np.where(known, rows, nearly)
        self.missed += int((~known & ~nearly_known).sum())
        self.embedded += len(texts)
        vectors = self._vectors[rows].astype(np.float32)
        turned = np.array([MARK in text for text in texts], np.bool_)
        turns = np.array([key_of(text) % _POOL for text in texts], np.int64)
        vectors[turned] += self._turns[turns[turned]]
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        self.seconds += time.perf_counter() - started
        return vectors

    def _find(self, keys: list[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """The vector row of each key, some row where it is unknown; and whether it is known."""
        wanted = np.array(keys, np.int64)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return self._rows[places], self._keys[places] == wanted


def key_of(text: str) -> int:
    """A hash of a text that fits an int64, the same at every run."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def varied(text: str, slots: Sequence[int], words: Sequence[str], seed: str) -> str:
    """The text with a word put in at each of the places."""
    draw = random.Random(seed)  # noqa: S311 - a draw, not a secret
    pieces: list[str] = []
    low = 0
    for slot in slots:
        pieces += [text[low:slot], f" {MARK}{draw.choice(words)}"]
        low = slot
    return "".join((*pieces, text[low:]))


def _document(given: dict[str, Any], source: str, doc_id: str, copy: int, words: Sequence[str]) -> Document:
    text = varied(given["text"], given["slots"], words, doc_id) if copy else given["text"]
    document = Document.from_record(given["record"], text)
    return replace(document, source=source, doc_id=doc_id, series=None)


def _slot(text: str, unit: Unit) -> int | None:
    """The last space of a sentence between two small letters, before any link; None where there is none."""
    words = text[unit.start : unit.end]
    markup = _MARKUP.search(words)
    found = [m.start() for m in _SLOT.finditer(words, 0, markup.start() if markup else len(words))]
    return unit.start + found[-1] if found else None

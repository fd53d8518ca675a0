"""Tiny real implementations with predictable values, and builders of small sources."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.build import build
from index.embedding import Vectors
from index.models import ModelIdentity
from index.snapshot import Snapshot

_FILE_EVENTS = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect"})


class HashEmbedder:
    """A text's vector is the sum of its words' vectors, scaled; each is drawn from the word's hash."""

    runtime = "hash"

    def __init__(self, dimension: int = 32, name: str = "hash") -> None:
        self.dimension = dimension
        weights = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()
        self.identity = ModelIdentity(name, weights, "words", "sum", 1_000_000)
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As `index.embedding.Embedder`; `embedded` keeps every text that came by."""
        self.embedded.extend(texts)
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> Vectors:
        """One unit vector."""
        total = np.full(self.dimension, 1e-3)
        for word in re.findall(r"\w+", text.casefold()):
            seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8])
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return np.asarray(total / np.linalg.norm(total), np.float32)


def write_source(folder: Path, files: Mapping[str, str]) -> Path:
    """The files under `folder`, which holds nothing else afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in [path for path in folder.rglob("*") if path.is_file()]:
        old.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return folder


def page(title: str, body: str, **front: str) -> str:
    """A Markdown page with front matter."""
    lines = "".join(f"{name}: {value}\n" for name, value in {"title": title, **front}.items())
    return f"---\n{lines}---\n\n{body}\n"


def build_and_die(index: Path, source: Path, at_event: int) -> None:
    """Build, and be killed as if by `kill -9` just before the `at_event`-th touch of a file; 0 never."""
    die_at(index, at_event, lambda: build(index, {"docs": source}, HashEmbedder()))


def open_and_die(index: Path, at_event: int) -> None:
    """The same for the opening of the live snapshot."""
    die_at(index, at_event, lambda: Snapshot.open(index, HashEmbedder()))


def die_at(index: Path, at_event: int, work: Callable[[], object]) -> None:
    """Work, and be killed just before the `at_event`-th touch of a file; 0 never: `events` says how many it made."""
    seen = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        by_folder = (
            event in ("os.remove", "os.rmdir") and arguments[1] != -1
        )  # named within an open folder, as rmtree does
        if by_folder or (event in _FILE_EVENTS and str(index) in str(arguments[0])):
            seen += 1
            if seen == at_event:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    work()
    (index.parent / "events").write_text(str(seen), "ascii")

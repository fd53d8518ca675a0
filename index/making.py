"""A manifest and the store → the files that search the snapshot, carried on from another's where little has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.documents import Document
from index.manifest import Manifest
from index.passages import heading_words
from index.plain import plain_text
from index.searchfiles import Progress, SearchFiles, no_progress, place, workplace
from index.store import Store
from index.tables import Collected, Rows, arranged, no_tables, runs
from index.unit_vectors import Keys, UnitVectors
from index.units import passages_key
from index.vectors import VectorIndex
from index.words import Entry, WordIndex

_CARRIED = 0.9  # of the documents and of the unit vectors; below that all is made anew


class Base(NamedTuple):
    """Another snapshot's opened search files, and its manifest."""

    files: SearchFiles
    manifest: Manifest


def make(
    folder: Path, manifest: Manifest, store: Store, progress: Progress = no_progress, base: Base | None = None
) -> None:
    """Make the search files of a snapshot in `folder`; what was made there meanwhile stays. Raises OSError too."""
    with workplace(folder) as beside:
        made = Path(beside) / folder.name
        made.mkdir()
        _Maker(made, manifest, store, progress, base).run()
        place(made, folder)


def tags(document: Document) -> tuple[str, ...]:
    """What a search by words may be limited to; a document about no place is about the place ""."""
    places = [f"place:{code}" for code in document.about or ("",)]
    return (f"status:{document.status}", f"publisher:{document.publisher}", f"source:{document.source}", *places)


class _Maker:
    def __init__(self, made: Path, manifest: Manifest, store: Store, progress: Progress, base: Base | None) -> None:
        self.made = made
        self.manifest = manifest
        self.store = store
        self.progress = progress
        self.collected = Collected()
        self.documents = len(manifest.documents)
        self.base, self.carried = self._carried(base)
        self.new = np.flatnonzero(self.carried < 0)
        self.next_slots = {"passage": 0, "document": 0} if self.base is None else self.base.files.about["next"]

    def run(self) -> None:
        """Words first, which drink the new documents' texts; then tables and vectors."""
        first_slot = self.next_slots["passage"]
        if self.base is None:
            WordIndex.build(self.made / "words", self._entries())
        else:
            gone = np.setdiff1d(np.arange(len(self.base.manifest.documents)), self.carried)
            removed = [f"doc:{slot}" for slot in self.base.files.tables.document_slot[gone].tolist()]
            old_words = self.base.files.folder / "words"
            WordIndex.extended(old_words, self.made / "words", removed, self._entries(), first_slot)
        passages = len(self.collected)
        vectors = self._vectors(self._units())
        about = {
            "vectors": vectors.record(),
            "next": {
                "passage": first_slot + passages,
                "document": self.next_slots["document"] + len(self.new),
            },
        }
        (self.made / "about.json").write_text(json.dumps(about, indent=1), "utf-8")

    def _carried(self, base: Base | None) -> tuple[Base | None, Rows]:
        """For each document its number in the base, -1 where it is new; no base at all where too much is."""
        nothing = np.full(self.documents, -1, np.int64)
        if base is None or base.manifest.chunking != self.manifest.chunking:
            return None, nothing
        known = {_searched_by(record): number for number, record in enumerate(base.manifest.documents)}
        found = [known.get(_searched_by(record), -1) for record in self.manifest.documents]
        carried = np.array(found, np.int64)
        kept = int((carried >= 0).sum())
        if kept < _CARRIED * max(self.documents, len(base.manifest.documents)) or not _is_used(base.files):
            return None, nothing
        return base, carried

    def _entries(self) -> Iterator[Entry]:
        for done, number in enumerate(self.new.tolist(), start=1):
            record = self.manifest.documents[number]
            document = Document.from_record(record)
            pieces = self.store.get_passages(passages_key(document, self.manifest.chunking))
            document = Document.from_record(record, self.store.get_text(document.text_sha256))
            own = (*tags(document), f"doc:{self.next_slots['document'] + done - 1}")
            for piece in pieces:
                self.collected.add(number, piece)
                shown = plain_text(document.text, piece.passage.start, piece.passage.end, document.markup)
                yield Entry("\n".join((document.title, *heading_words(document, piece.passage), shown)), own)
            if done % 50 == 0 or done == len(self.new):
                self.progress("indexing words", done, len(self.new))

    def _units(self) -> UnitVectors:
        """Writes the unit vectors and the tables that point to them, and lets go of what was collected."""
        old = None if self.base is None else self.base.files.units
        keys, unit_vector = _numbered(old, self.collected.keys())
        self.progress("gathering vectors", 0, len(keys))
        units = UnitVectors.make(
            self.made, self.manifest.dimension, old, keys, lambda k: self.store.get_vectors(k, self.manifest.dimension)
        )
        self._save_tables(unit_vector, len(units))
        self.collected = Collected()  # of millions it is much, and the codes want room
        return units

    def _vectors(self, units: UnitVectors) -> VectorIndex:
        """Writes the codes of the unit vectors."""
        self.progress("preparing the search", 0, len(units))
        vectors = VectorIndex.build(units) if self.base is None else self.base.files.vectors.extended(units)
        vectors.save(self.made / "vectors.faiss")
        return vectors

    def _save_tables(self, unit_vector: Rows, vectors: int) -> None:
        old = no_tables() if self.base is None else self.base.files.tables
        new = self.collected.tables(unit_vector, self.next_slots["passage"])
        kept = self.carried >= 0
        first_old = np.searchsorted(old.document, np.arange(len(old.document_slot) + 1))
        first_new = np.searchsorted(new.document, np.arange(self.documents + 1))
        first, counts = len(old) + first_new[:-1], np.diff(first_new)
        first[kept], counts[kept] = first_old[self.carried[kept]], np.diff(first_old)[self.carried[kept]]
        slots = self.next_slots["document"] + np.cumsum(~kept) - 1
        slots[kept] = old.document_slot[self.carried[kept]]
        rows, document = runs(first, counts), np.repeat(np.arange(self.documents), counts)
        arranged((old, new), rows, document, slots, vectors).save(self.made / "tables")


def _searched_by(record: dict[str, Any]) -> tuple[Any, ...]:
    """All of a document that its rows in the search files are made from."""
    names = ("source", "doc_id", "text_sha256", "markup", "body", "title", "publisher", "status")
    return (*map(record.get, names), *record.get("about", ()))


def _is_used(files: SearchFiles) -> bool:
    """Whether most unit vectors stand in some passage."""
    return bool((np.diff(files.tables.first_holder) > 0).mean() >= _CARRIED) if len(files.units) else False


def _numbered(old: UnitVectors | None, keys: Keys) -> tuple[Keys, Rows]:
    """The keys that are new, in the order of first use, and the row of each key given."""
    distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rows = np.full(len(distinct), -1, np.int64)
    kept = 0
    if old is not None:
        kept = len(old)
        order = np.argsort(old.keys, kind="stable")
        position = np.minimum(np.searchsorted(old.keys, distinct, sorter=order), kept - 1)
        known = old.keys[order[position]] == distinct
        rows[known] = order[position[known]]
    unknown = np.flatnonzero(rows < 0)
    unknown = unknown[np.argsort(first[unknown])]
    rows[unknown] = kept + np.arange(len(unknown))
    return distinct[unknown], rows[inverse]

"""One immutable, searchable state of all sources. Nothing outside `index` knows what stands behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import making, searchfiles
from index.checks import check_model
from index.dense import DenseSearch
from index.documents import Document, Passage, Status
from index.embedding import Embedder, Vectors
from index.errors import DamagedError, IndexMissingError
from index.filters import Filters, Passing
from index.fusion import best_first, weighted_sum
from index.inuse import Hold
from index.manifest import Manifest, current_id, read_manifest
from index.store import Store
from index.tables import Rows
from index.units import Unit
from index.words import terms

DENSE_WEIGHT = 0.65  # of the fused score; chosen on SciFact's training qrels, see eval/LOG.md
_NEARLY_ALL = 0.9  # of the documents
_DEPTH = 100  # hits taken from each retriever before they are fused


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `score` is the fused score; ranks count from 1, None where a retriever missed it.

    `document` comes without its text: see `Snapshot.text`.
    """

    row: int
    document: Document
    passage: Passage
    score: float
    rank: int
    dense_score: float
    dense_rank: int | None = None
    word_score: float = 0.0
    word_rank: int | None = None


class Snapshot:
    """An opened snapshot. Safe to share between threads."""

    def __init__(self, index: Path, name: str, manifest: Manifest, embedder: Embedder) -> None:
        self.index = index
        self.name = name
        self._hold = Hold(index, name)  # else its texts could be pruned while it answers
        self.manifest = manifest
        self.embedder = embedder
        self.files = searchfiles.load(index / "cache" / name)
        self._dense = DenseSearch(self.files)
        self._store = Store(index / "store.sqlite")
        self._passing = Passing(manifest)
        # None of these refers to the snapshot: it is gone as soon as nobody holds it, without the garbage collector.
        dense, document, reading, store = self._dense, self.files.tables.document, threading.Lock(), self._store
        self._text_of = lru_cache(maxsize=256)(lambda text_sha256: _read_text(store, text_sha256, reading))
        self._document_at = lru_cache(maxsize=8192)(lambda i: Document.from_record(manifest.documents[i]))
        self._resolve = resolve = lru_cache(maxsize=64)(self._passing.mask)
        self._allow = lru_cache(maxsize=16)(lambda filters: dense.allow(resolve(filters)[document]))
        self._row_of_slot = self.files.tables.row_of_slot()

    @classmethod
    def open(cls, index: Path, embedder: Embedder, name: str | None = None) -> Snapshot:
        """The live snapshot of an index, or the one named; its search files are made again where they are missing.

        Raises IndexMissingError, ModelError, DamagedError.
        """
        name = name or current_id(index)
        if name is None:
            raise IndexMissingError("there is no index yet.", path=index, way_out="Run: safecite build --sources DIR")
        manifest = read_manifest(index, name)
        check_model(index, manifest, embedder)
        if not searchfiles.is_whole(index / "cache" / name):
            try:
                with Store(index / "store.sqlite") as store:
                    making.make(index / "cache" / name, manifest, store)
            except OSError as error:
                reason = f"search files are missing and cannot be made ({error.strerror or error})."
                raise DamagedError(reason, path=index / "cache" / name, way_out="Build the index again.") from error
        return cls(index, name, manifest, embedder)

    def close(self) -> None:
        """Let it be pruned, where nobody else has it open. It answers no more."""
        self._hold.release()
        self._store.close()

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.files.tables)

    @cached_property
    def places(self) -> frozenset[str]:
        """Codes of all places that some current document is about."""
        current = (d for d in self.manifest.documents if d.get("status", Status.CURRENT) == Status.CURRENT)
        return frozenset(code for d in current for code in d.get("about", ()))

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        """Names of all publishers, sorted."""
        return self._passing.publishers

    def document(self, number: int) -> Document:
        """A document of the manifest by its number, without its text."""
        return self._document_at(number)

    def find_document(self, source: str, doc_id: str) -> Document | None:
        """The document that a citation names, without its text."""
        number = self._numbers.get((source, doc_id))
        return None if number is None else self.document(number)

    def text(self, document: Document) -> str:
        """The canonical text of a document. Raises DamagedError."""
        return self._text_of(document.text_sha256)

    def passages(self, document: Document) -> list[Passage]:
        """All passages of a document in order."""
        rows = np.flatnonzero(self.files.tables.document == self._numbers[document.key])
        return self.files.tables.passages(rows.tolist())

    def rows_about(self, filters: Filters) -> Rows:
        """Rows of all passages that pass the filters. Raises FilterError."""
        return np.flatnonzero(self._resolve(filters)[self.files.tables.document])

    def count_documents(self, filters: Filters) -> int:
        """How many documents pass the filters. Raises FilterError."""
        return int(self._resolve(filters).sum())

    def documents_about(self, filters: Filters) -> list[Document]:
        """The documents that pass the filters, without their texts. Raises FilterError."""
        return [self.document(number) for number in np.flatnonzero(self._resolve(filters)).tolist()]

    def knows_words(self, text: str) -> bool:
        """Whether every term of a text stands somewhere in the index."""
        return all(map(self.files.words.frequency, terms(text)))

    def hits(self, rows: Sequence[int]) -> list[Hit]:
        """Passages by row as unscored hits, ranked in the order given."""
        return [
            Hit(row, document, passage, 0.0, rank, 0.0)
            for rank, (row, document, passage) in enumerate(self._rows(rows), start=1)
        ]

    def units(self, row: int) -> tuple[list[Unit], Vectors]:
        """The units of a passage and their vectors."""
        tables = self.files.tables
        low, high = tables.first_unit[row], tables.first_unit[row + 1]
        return tables.units_of(row), self.files.units.vectors(tables.unit_vector[low:high])

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        *,
        words: str | None = None,
        vector: Vectors | None = None,
    ) -> list[Hit]:
        """The best `k` passages for a query, by meaning and by words, fused.

        The nearness of a passage is that of its best unit. Either score is scaled to 0…1 over what either retriever
        found, then averaged by DENSE_WEIGHT. `words` replaces the query for BM25, `vector` is the query's where it is
        known. Raises FilterError where a filter names what the index does not hold.
        """
        filters = filters or Filters()
        query = query.encode("utf-8", "replace").decode("utf-8")  # a terminal can hand over half a character
        if vector is None:
            vector = self.embedder.embed([query])[0]
        lexical = self.lexical(query if words is None else words, filters)
        dense = self._dense.search(vector, _DEPTH, self._allow(filters), lexical.keys())
        found = {row: lexical.get(row, 0.0) for row in dense} if lexical else {}
        fused = weighted_sum(dense, found, DENSE_WEIGHT)
        dense_rank = {row: rank for rank, row in enumerate(best_first(dense)[:_DEPTH], start=1)}
        word_rank = {row: rank for rank, row in enumerate(best_first(lexical), start=1)}
        best = best_first(fused)[:k]
        return [
            Hit(
                row,
                document,
                passage,
                fused[row],
                rank,
                dense[row],
                dense_rank.get(row),
                lexical.get(row, 0.0),
                word_rank.get(row),
            )
            for rank, (row, document, passage) in enumerate(self._rows(best), start=1)
        ]

    def lexical(self, words: str, filters: Filters) -> dict[int, float]:
        """BM25 scores of the best passages, filtered inside the search."""
        passing = self._resolve(filters)
        if not passing.any():
            return {}
        if passing.mean() > _NEARLY_ALL:  # far quicker than a filter, and the same wherever enough of them pass
            rows, scores = self._lexical(words, 2 * _DEPTH, [])
            kept = passing[self.files.tables.document[rows]]
            if kept.sum() >= _DEPTH or len(rows) < 2 * _DEPTH:
                return dict(zip(rows[kept][:_DEPTH].tolist(), scores[kept][:_DEPTH].tolist(), strict=True))
        tags = [
            [f"{name}:{value}" for value in values]
            for name, values in (
                ("status", filters.statuses),
                ("place", filters.places),
                ("publisher", filters.publishers),
                ("source", filters.sources),
            )
            if values
        ]
        if filters.since or filters.until:
            tags.append([f"doc:{slot}" for slot in self.files.tables.document_slot[passing].tolist()])
        rows, scores = self._lexical(words, _DEPTH, tags)
        return dict(zip(rows.tolist(), scores.tolist(), strict=True))

    def _lexical(self, words: str, k: int, tags: list[list[str]]) -> tuple[Rows, npt.NDArray[np.float32]]:
        slots, scores = self.files.words.search(words, k, tags)
        return self._row_of_slot[slots].astype(np.int64), scores

    def _rows(self, rows: Sequence[int]) -> Iterator[tuple[int, Document, Passage]]:
        """Each row with its document and its passage."""
        tables = self.files.tables
        documents = map(self.document, tables.document[np.asarray(rows, np.int64)].tolist())
        return zip(rows, documents, tables.passages(rows), strict=True)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {(d["source"], d["doc_id"]): number for number, d in enumerate(self.manifest.documents)}


def _read_text(store: Store, text_sha256: str, reading: threading.Lock) -> str:
    with reading:  # one connection, short reads
        return store.get_text(text_sha256)

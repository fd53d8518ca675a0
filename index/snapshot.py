"""One immutable, searchable state of all sources. Nothing outside `index` knows what stands behind it."""

from __future__ import annotations

import threading
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import searchfiles
from index.documents import Document, Passage, Status
from index.embedding import Embedder, Vectors
from index.errors import DamagedError, FilterError, IndexMissingError, ModelError
from index.fusion import best_first, weighted_sum
from index.manifest import Manifest, current_id, read_manifest
from index.places import is_code
from index.store import Store
from index.units import Unit

DENSE_WEIGHT = 0.5  # of the fused score; chosen on SciFact's training qrels, see eval/LOG.md
_DEPTH = 100  # hits taken from each retriever before they are fused
_MOST_UNITS = 16_000  # units below which the cosine of every single one is computed
GENERAL = ""  # as a place in a filter: documents about no place

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found. Empty tuples mean "any"; `since` and `until` are ISO days that a document's date must meet."""

    places: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = (Status.CURRENT,)
    since: str | None = None
    until: str | None = None


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
        self.manifest = manifest
        self.embedder = embedder
        self.files = searchfiles.load(index / "cache" / name)
        self._store = Store(index / "store.sqlite")
        self._lock = threading.Lock()  # one connection, short reads
        self._text_of = lru_cache(maxsize=256)(self._read_text)
        self._document_at = lru_cache(maxsize=8192)(lambda i: Document.from_record(manifest.documents[i]))
        self._resolve = lru_cache(maxsize=64)(self._allowed_documents)

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
                    searchfiles.make(index / "cache" / name, manifest, store)
            except OSError as error:
                reason = f"search files are missing and cannot be made ({error.strerror})."
                raise DamagedError(reason, path=index / "cache" / name, way_out="Build the index again.") from error
        return cls(index, name, manifest, embedder)

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.files.tables.document)

    @cached_property
    def places(self) -> frozenset[str]:
        """Codes of all places that some current document is about."""
        current = (d for d in self.manifest.documents if d.get("status", Status.CURRENT) == Status.CURRENT)
        return frozenset(code for d in current for code in d.get("about", ()))

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        """Names of all publishers, sorted."""
        return tuple(sorted({d.get("publisher", "") for d in self.manifest.documents} - {""}))

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
        return [self.files.tables.passage(row) for row in rows.tolist()]

    def rows_about(self, filters: Filters) -> Rows:
        """Rows of all passages that pass the filters. Raises FilterError."""
        return np.flatnonzero(self._resolve(filters)[self.files.tables.document])

    def count_documents(self, filters: Filters) -> int:
        """How many documents pass the filters. Raises FilterError."""
        return int(self._resolve(filters).sum())

    def knows_words(self, text: str) -> bool:
        """Whether every term of a text stands somewhere in the index."""
        words = self.files.words
        return all(words.frequency(term) for term in words.terms(text))

    def rows_with_level(self, filters: Filters) -> list[int]:
        """Rows of the passages of documents that carry a government's advisory level. Raises FilterError."""
        levels = np.array(["level" in d for d in self.manifest.documents], np.bool_)
        found: list[int] = np.flatnonzero((self._resolve(filters) & levels)[self.files.tables.document]).tolist()
        return found

    def hits(self, rows: Sequence[int]) -> list[Hit]:
        """Passages by row as unscored hits, ranked in the order given."""
        return [self._hit(row, 0.0, rank, 0.0) for rank, row in enumerate(rows, start=1)]

    def units(self, row: int) -> tuple[list[Unit], Vectors]:
        """The units of a passage and their vectors."""
        rows = self.files.tables.unit_rows(np.array([row]))
        return self.files.tables.units_of(row), self.files.units.vectors(
            self.files.tables.unit_vector[rows].astype(np.int64)
        )

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

        The meaning of a passage is that of its best unit; candidates are the nearest passages, or all where they are
        few. Either score is scaled to 0…1 over the candidates, then averaged by DENSE_WEIGHT. `words` replaces the
        query for BM25, `vector` is the query's where it is known. Raises FilterError where a filter names what the
        index does not hold.
        """
        filters = filters or Filters()
        query = query.encode("utf-8", "replace").decode("utf-8")  # a terminal can hand over half a character
        if vector is None:
            vector = self.embedder.embed([query])[0]
        lexical = self._lexical(query if words is None else words, filters)
        dense = self._dense(vector, filters, lexical.keys())
        found = {row: lexical.get(row, 0.0) for row in dense} if lexical else {}
        fused = weighted_sum(dense, found, DENSE_WEIGHT)
        dense_rank = {row: rank for rank, row in enumerate(best_first(dense)[:_DEPTH], start=1)}
        word_rank = {row: rank for rank, row in enumerate(best_first(lexical), start=1)}
        return [
            self._hit(row, fused[row], rank, dense[row], dense_rank.get(row), lexical.get(row, 0.0), word_rank.get(row))
            for rank, row in enumerate(best_first(fused)[:k], start=1)
        ]

    def _dense(self, vector: Vectors, filters: Filters, also: Set[int]) -> dict[int, float]:
        """The cosine of the best unit of the passages nearest to a vector, and of those in `also`."""
        tables = self.files.tables
        allowed = self._resolve(filters)[tables.document]
        passages = np.flatnonzero(allowed)
        few = int((tables.first_unit[passages + 1] - tables.first_unit[passages]).sum()) <= _MOST_UNITS
        if not few:
            passages = np.array(sorted(self._nearest(vector, allowed) | also), np.int64)
        counts = tables.first_unit[passages + 1] - tables.first_unit[passages]
        passages, counts = passages[counts > 0], counts[counts > 0]
        if not len(passages):
            return {}
        cosines = self.files.units.cosines(tables.unit_vector[tables.unit_rows(passages)].astype(np.int64), vector)
        best = np.maximum.reduceat(cosines, np.concatenate(([0], np.cumsum(counts)[:-1])))
        scores = dict(zip(passages.tolist(), best.tolist(), strict=True))
        kept = also | set(best_first(scores)[:_DEPTH])
        return {row: score for row, score in scores.items() if row in kept}

    def _nearest(self, vector: Vectors, allowed: Mask) -> set[int]:
        """Passages whose mean vector is near; those that share a vector are found together."""
        vector_rows = None if allowed.all() else np.unique(self.files.tables.vector[allowed]).astype(np.int64)
        rows, _ = self.files.vectors.search(vector, _DEPTH, vector_rows)
        order, first = self._passages_by_vector
        found: set[int] = set()
        for row in rows.tolist():
            found.update(p for p in order[first[row] : first[row + 1]].tolist() if allowed[p])
            if len(found) >= _DEPTH:
                break
        return found

    def _lexical(self, words: str, filters: Filters) -> dict[int, float]:
        tags = [[f"status:{s}" for s in filters.statuses]] if filters.statuses else []
        if filters != Filters(statuses=filters.statuses):  # more than a status
            tags.append([f"doc:{number}" for number in np.flatnonzero(self._resolve(filters)).tolist()])
            if not tags[-1]:
                return {}
        rows, scores = self.files.words.search(words, _DEPTH, tags)
        return dict(zip(rows.tolist(), scores.tolist(), strict=True))

    def _allowed_documents(self, filters: Filters) -> Mask:
        """Which documents pass, by number."""
        self._check(filters)
        wanted = set(filters.places)
        allowed = np.ones(len(self.manifest.documents), np.bool_)
        for number, record in enumerate(self.manifest.documents):
            about = record.get("about") or [GENERAL]
            allowed[number] = (
                (not wanted or not wanted.isdisjoint(about))
                and (not filters.publishers or record.get("publisher") in filters.publishers)
                and (not filters.sources or record["source"] in filters.sources)
                and (not filters.statuses or record.get("status", Status.CURRENT) in filters.statuses)
                and ((filters.since is None and filters.until is None) or self._in_period(number, filters))
            )
        return allowed

    def _in_period(self, number: int, filters: Filters) -> bool:
        day = self.document(number).date
        if day is None:
            return False
        late_enough = filters.since is None or day.last().isoformat() >= filters.since
        return late_enough and (filters.until is None or day.first().isoformat() <= filters.until)

    def _check(self, filters: Filters) -> None:
        for place in filters.places:
            if place != GENERAL and not is_code(place):
                raise FilterError(f"{place!r} is no place code.", way_out="Use ISO 3166 codes such as KZ.")
        for day in (filters.since, filters.until):
            if day is not None and not _is_day(day):
                raise FilterError(f"{day!r} is no day.", way_out="Write it as 2025-07-01.")
        for publisher in set(filters.publishers) - set(self.publishers):
            raise FilterError(f"no publisher {publisher!r} here.", way_out="Known: " + "; ".join(self.publishers) + ".")
        for source in set(filters.sources) - set(self.manifest.sources):
            raise FilterError(f"no source {source!r} here.", way_out="Known: " + ", ".join(self.manifest.sources) + ".")

    def _hit(
        self,
        row: int,
        score: float,
        rank: int,
        dense_score: float,
        dense_rank: int | None = None,
        word_score: float = 0.0,
        word_rank: int | None = None,
    ) -> Hit:
        tables = self.files.tables
        document = self.document(int(tables.document[row]))
        return Hit(row, document, tables.passage(row), score, rank, dense_score, dense_rank, word_score, word_rank)

    def _read_text(self, text_sha256: str) -> str:
        with self._lock:
            return self._store.get_text(text_sha256)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {(d["source"], d["doc_id"]): number for number, d in enumerate(self.manifest.documents)}

    @cached_property
    def _passages_by_vector(self) -> tuple[Rows, Rows]:
        """Passage rows sorted by vector row, and where each vector row's begin."""
        vector = self.files.tables.vector
        order = np.argsort(vector, kind="stable")
        return order, np.searchsorted(vector[order], np.arange(len(self.files.vectors) + 1))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def check_model(index: Path, manifest: Manifest, embedder: Embedder) -> None:
    """Raises ModelError where the index was built with another model than the embedder's."""
    mine = embedder.identity.to_record()
    if {**manifest.model, "name": ""} != {**mine, "name": ""}:
        raise ModelError(
            f"this index was built with {manifest.model.get('name')}, not with {mine['name']}.",
            path=index,
            way_out="Use that model, or build with this one into another folder (--index).",
        )


def verify(index: Path, name: str) -> None:
    """Read a whole snapshot back: manifest, store rows, search files. Raises DamagedError at the first fault."""
    manifest = read_manifest(index, name)
    with Store(index / "store.sqlite") as store:
        for record in manifest.documents:
            document = Document.from_record(record, store.get_text(record["text_sha256"]))
            if document.with_hashes(store.get_bytes("raw", document.raw_sha256)).to_record() != record:
                raise DamagedError(f"{document.doc_id} does not match its hash.", path=index, way_out="Build again.")
            pieces = store.get_passages(searchfiles.passages_key(document, manifest.chunking))
            store.get_vectors([key for piece in pieces for key in piece.keys], manifest.dimension)
    if searchfiles.is_whole(index / "cache" / name):  # else they are made again when they are needed
        searchfiles.load(index / "cache" / name)

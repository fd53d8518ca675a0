"""Lexical search: BM25 by tantivy (k1 = 1.2, b = 0.75, as in Lucene), English stems, accents folded.

The user's words never reach a query parser: they go through the same analyser as the texts and become terms.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import tantivy

from index.errors import DamagedError

_ANALYZER = "safecite"
_HEAP = 64_000_000


class Entry(NamedTuple):
    """What is indexed of one passage."""

    words: str
    tags: Sequence[str] = ()  # "status:current", "place:KZ": what a search may be limited to


class WordIndex:
    """Passages by slot, a number that each keeps while it is there, searchable by their words. Immutable once made."""

    def __init__(self, index: tantivy.Index) -> None:
        index.register_tokenizer(_ANALYZER, _analyzer())
        index.config_reader("manual", 0)  # what never changes needs no watching, and a watcher leaves a lock file
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry]) -> WordIndex:
        """Index the entries, the first in slot 0, into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        with _errors_of_the_system():
            return cls._written(tantivy.Index(_schema(), path=str(folder)), (), entries, 0)

    @classmethod
    def extended(
        cls, old: Path, folder: Path, removed: Sequence[str], entries: Iterable[Entry], first_slot: int
    ) -> WordIndex:
        """What stands in `old`, without all that carries one of the tags, and with the entries from `first_slot` on.

        Its parts never change once written, so they are linked, not copied. Where only a small share is removed the
        words of the removed count on in BM25's frequencies, which moves scores by a little.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for path in old.iterdir():
            if path.suffix == ".json":
                shutil.copyfile(path, folder / path.name)
            elif path.suffix != ".lock":
                link_or_copy(path, folder / path.name)
        with _errors_of_the_system():
            return cls._written(tantivy.Index.open(str(folder)), removed, entries, first_slot)

    @classmethod
    def _written(
        cls, index: tantivy.Index, removed: Sequence[str], entries: Iterable[Entry], first_slot: int
    ) -> WordIndex:
        index.register_tokenizer(_ANALYZER, _analyzer())
        writer = index.writer(_HEAP, 1)  # one thread: among equals the first come first
        for tag in removed:
            writer.delete_documents_by_term("tags", _encodable(tag))
        for slot, entry in enumerate(entries, start=first_slot):
            document = tantivy.Document()
            document.add_unsigned("slot", slot)
            document.add_text("words", _encodable(entry.words))
            for tag in entry.tags:
                document.add_text("tags", _encodable(tag))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """Open what `build` wrote. Raises DamagedError."""
        try:
            if os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
                return cls(tantivy.Index.open(str(folder)))
            # tantivy locks the folder that it reads; where it may not, it reads a copy.
            copied = Path(tempfile.mkdtemp(prefix="safecite-words-"))
            for path in folder.iterdir():
                shutil.copyfile(path, copied / path.name)
            opened = cls(tantivy.Index.open(str(copied)))
            weakref.finalize(opened, shutil.rmtree, copied, ignore_errors=True)
            return opened
        except (ValueError, OSError) as error:
            raise DamagedError(
                "is not a word index.", path=folder, way_out="It is made again at the next build."
            ) from error

    def frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return int(self._searcher.doc_freq("words", term))

    def inverse_frequency(self, term: str) -> float:
        """BM25's idf of a term: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        total, with_term = self._searcher.num_docs, self.frequency(term)
        return float(np.log(1 + (total - with_term + 0.5) / (with_term + 0.5)))

    def search(
        self, text: str, k: int, tags: Sequence[Sequence[str]] = ()
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """The best `k` slots for the words of a text, best first; ties by slot.

        `tags` is a conjunction of alternatives: a passage must carry one tag of each group.
        """
        found = terms(text)
        if not found or k <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        schema = self._index.schema
        should = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", t)) for t in found]
        query = tantivy.Query.boolean_query(should)
        if tags:
            must = [(tantivy.Occur.Must, query)]
            for group in tags:
                allowed = tantivy.Query.term_set_query(schema, "tags", [_encodable(tag) for tag in group])
                must.append((tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)))
            query = tantivy.Query.boolean_query(must)
        hits = self._searcher.search(query, limit=k, count=False).hits
        if not hits:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        slots = np.array(self._searcher.fast_field_values("slot", [address for _, address in hits]), np.int64)
        scores = np.array([score for score, _ in hits], np.float32)
        order = np.lexsort((slots, -scores))
        return slots[order], scores[order]


@lru_cache(maxsize=4096)  # a question looks at a hundred texts, and publishers repeat themselves
def terms(text: str) -> tuple[str, ...]:
    """The distinct terms of a text, in order: lower case, stemmed, stop words left out."""
    return tuple(dict.fromkeys(_analyzer().analyze(_encodable(text))))


def link_or_copy(path: Path, target: Path) -> None:
    """The same file under another name, or a copy of it where the file system has no links."""
    try:
        target.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, target)


def _encodable(text: str) -> str:
    """Half a surrogate pair, from a broken escape or a terminal, has no UTF-8 and is no word."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("slot", stored=False, indexed=False, fast=True)
    builder.add_text_field("words", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("tags", stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    filters = tantivy.Filter
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(filters.lowercase())
        .filter(filters.ascii_fold())
        .filter(filters.stopword("english"))
        .filter(filters.stemmer("english"))
        .build()
    )


@contextmanager
def _errors_of_the_system() -> Iterator[None]:
    """What tantivy raises as a ValueError where it cannot write, as the OSError that it was: "(os error 28)"."""
    try:
        yield
    except ValueError as error:
        code = re.search(r"os error (\d+)", str(error))
        if code is None:
            raise
        raise OSError(int(code[1]), os.strerror(int(code[1]))) from error

"""A snapshot: what it finds and how it is ranked, filters, damage, read-only folders."""

from __future__ import annotations

import gc
import os
import re
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.checks import verify
from index.dense import DenseSearch
from index.documents import Status
from index.embedding import Vectors
from index.errors import DamagedError, FilterError, IndexMissingError, ModelError
from index.filters import GENERAL, Filters, Mask
from index.manifest import read_manifest
from index.passages import heading_words
from index.plain import plain_text
from index.searchfiles import is_whole
from index.snapshot import DENSE_WEIGHT, Hit, Snapshot
from index.store import Store
from index.units import embedded_texts, units
from tests.fakes import HashEmbedder, page, write_source
from tests.index.test_words import bm25

STOP_WORDS = {"a", "an", "and", "for", "in", "is", "on", "the", "these"}  # of Lucene's list those that stand here
TAXIS = "## Taxis\n\nAgree on a fare first."
PAGES = {
    "kz-old.md": page(
        "Kazakhstan 2011", "Dial 02 for the police.",
        places="[KZ]", publisher="Ruritania", published="2011", series="kz",
    ),
    "kz.md": page(
        "Kazakhstan", f"Dial 102 for the police.\n\n{TAXIS}",
        places="[KZ]", publisher="Ruritania", updated="2026-05-03", series="kz",
    ),
    "pe.md": page(
        "Peru", f"Dial 105 for the police.\n\n{TAXIS}", places="[PE]", publisher="Freedonia", updated="2025-07"
    ),
    "both.md": page("Borders", "The crossing is shut.", places="[KZ, PE]", publisher="Freedonia", updated="2024"),
    "quake.md": page(
        "In an earthquake", "Drop, cover and hold on.\n\n## Before\n\nCarry these:\n\n* water\n* a torch",
        publisher="safecite",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("snapshot")
    news = {"n.txt": "Taxi news\n\nA taxi fare in Almaty rose again."}
    sources = {"docs": write_source(root / "docs", PAGES), "news": write_source(root / "news", news)}
    build(root / "index", sources, HashEmbedder())
    return root / "index"


@pytest.fixture(scope="module")
def snapshot(index: Path) -> Snapshot:
    return Snapshot.open(index, HashEmbedder())


@pytest.fixture
def copy(index: Path, tmp_path: Path) -> Path:
    """An index of one's own, to damage."""
    shutil.copytree(index, tmp_path / "index")
    return tmp_path / "index"


def found(snapshot: Snapshot, query: str, filters: Filters | None = None) -> list[str]:
    """The documents of the hits, each once, in the order of their best hit."""
    return list(dict.fromkeys(hit.document.doc_id for hit in snapshot.search(query, 50, filters)))


def words_of(snapshot: Snapshot, hit: Hit) -> str:
    document = hit.document
    return plain_text(snapshot.text(document), hit.passage.start, hit.passage.end, document.markup)


# What is found


def stored(vector: Vectors) -> Vectors:
    """What the store keeps of a vector: the nearest of 255 steps for each component."""
    step = np.float32(np.abs(vector).max() / 127)
    return np.asarray(np.rint(vector / step) * step, np.float32)


def words_in(text: str) -> list[str]:
    """The words that count for BM25, near enough to their stems for these pages."""
    return [word.rstrip("s") for word in re.findall(r"\w+", text.lower()) if word not in STOP_WORDS]


def slow_scores(snapshot: Snapshot, query: str, filters: Filters) -> tuple[dict[int, float], dict[int, float]]:
    """For each passage that passes the filters the cosine of its best unit and its BM25 score."""
    cosines: list[float] = []
    texts: list[list[str]] = []
    for number in range(len(snapshot.manifest.documents)):
        document = snapshot.document(number)
        whole = replace(document, text=snapshot.text(document))
        for passage in snapshot.passages(document):
            parts = embedded_texts(whole, passage, units(whole, passage))
            vectors = [stored(HashEmbedder().vector(part)) for part in parts]
            cosines.append(max(float(vector @ HashEmbedder().vector(query)) for vector in vectors))
            shown = plain_text(whole.text, passage.start, passage.end, whole.markup)
            texts.append(words_in(" ".join((whole.title, *heading_words(whole, passage), shown))))
    assert len(cosines) == len(snapshot)
    scores = bm25(texts, words_in(query))
    rows = snapshot.rows_about(filters).tolist()
    return {row: cosines[row] for row in rows}, {row: scores.get(row, 0.0) for row in rows}


def scaled(scores: dict[int, float]) -> dict[int, float]:
    low, high = min(scores.values()), max(scores.values())
    return {row: (score - low) / (high - low) for row, score in scores.items()}


@pytest.mark.parametrize("query", ["police", "Taxi fare in Almaty", "Dial 102 for the police. Agree on a fare."])
@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(statuses=()), Filters(places=("KZ", "PE")), Filters(publishers=("Ruritania",), statuses=())],
)
def test_same_as_the_reference(snapshot: Snapshot, query: str, filters: Filters) -> None:
    cosines, words = slow_scores(snapshot, query, filters)
    near, lexical = scaled(cosines), scaled(words) if any(words.values()) else words
    expected = {row: DENSE_WEIGHT * near[row] + (1 - DENSE_WEIGHT) * lexical[row] for row in cosines}
    hits = snapshot.search(query, 50, filters)
    assert {h.row: h.dense_score for h in hits} == pytest.approx(cosines, abs=1e-6)
    assert {h.row: h.word_score for h in hits} == pytest.approx(words, abs=1e-5)
    assert {h.row: h.score for h in hits} == pytest.approx(expected, abs=1e-5)
    assert [h.row for h in hits] == sorted(expected, key=lambda row: (-round(expected[row], 5), row))
    assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
    by_meaning = sorted(hits, key=lambda h: (-h.dense_score, h.row))
    assert [h.dense_rank for h in by_meaning] == list(range(1, len(hits) + 1))
    by_words = sorted((h for h in hits if h.word_score), key=lambda h: (-h.word_score, h.row))
    assert [h.word_rank for h in by_words] == list(range(1, len(by_words) + 1))
    assert {h.word_rank for h in hits if not h.word_score} <= {None}
    assert [h.row for h in snapshot.search(query, 2, filters)] == [h.row for h in hits[:2]]


@pytest.mark.parametrize("filters", [Filters(statuses=()), Filters(), Filters(places=("KZ",)), Filters(places=("FR",))])
def test_whatever_is_looked_at_scores_the_same(snapshot: Snapshot, filters: Filters) -> None:
    allowed: Mask = np.isin(np.arange(len(snapshot)), snapshot.rows_about(filters))
    for query in ("police", "Agree on a fare first", "zzz"):
        vector = HashEmbedder().vector(query)
        search, codes = DenseSearch(snapshot.files), DenseSearch(snapshot.files, few_units=0)
        exact = search.search(vector, 50, search.allow(allowed))
        assert codes.search(vector, 50, codes.allow(allowed)) == pytest.approx(exact, abs=1e-7)
        assert len(exact) == allowed.sum()


def test_a_query_may_bring_its_vector(snapshot: Snapshot) -> None:
    embedder = HashEmbedder()
    opened = Snapshot.open(snapshot.index, embedder)
    hits = opened.search("police", 50, vector=HashEmbedder().vector("taxi fare"))
    assert embedder.embedded == []
    assert {h.row: h.dense_score for h in hits} == {h.row: h.dense_score for h in opened.search("taxi fare", 50)}
    assert {h.row: h.word_score for h in hits} == {h.row: h.word_score for h in opened.search("police", 50)}


def test_best_passage_first(snapshot: Snapshot) -> None:
    hits = snapshot.search("Which number do I dial for the police in Peru? 105", 3)
    assert hits[0].document.doc_id == "pe.md"
    assert words_of(snapshot, hits[0]) == "Dial 105 for the police."
    assert hits[0].rank == hits[0].dense_rank == hits[0].word_rank == 1
    assert len(hits) == 3


def test_a_query_of_no_known_words_earns_no_score_for_words(snapshot: Snapshot) -> None:
    hits = snapshot.search("zzz qqq", 50)
    assert {h.word_rank for h in hits} == {None}
    assert max(h.score for h in hits) == pytest.approx(DENSE_WEIGHT)


def test_words_may_differ_from_the_query(snapshot: Snapshot) -> None:
    assert {h.word_rank for h in snapshot.search("police", 50, words="crossing") if h.word_rank} == {1}
    [hit] = [h for h in snapshot.search("police", 50, words="crossing") if h.word_rank]
    assert hit.document.doc_id == "both.md"


def test_passages_that_share_a_vector_are_all_found(snapshot: Snapshot) -> None:
    hits = [
        h for h in snapshot.search("agree on a fare first", 50) if words_of(snapshot, h) == "Agree on a fare first."
    ]
    assert {h.document.doc_id for h in hits} == {"kz.md", "pe.md"}
    assert hits[0].dense_score == hits[1].dense_score
    tables = snapshot.files.tables
    assert np.diff(tables.first_holder).max() == 2
    assert len(snapshot.files.units) == len(tables.units) - 1


@pytest.mark.parametrize("query", ["", "\udcff police", 'AND (OR "', "x" * 5000, "\x00"])
def test_odd_queries_do_no_harm(snapshot: Snapshot, query: str) -> None:
    assert len(snapshot.search(query, 2)) == 2


def test_documents_texts_and_passages(snapshot: Snapshot, index: Path) -> None:
    document = snapshot.find_document("docs", "kz.md")
    assert document is not None
    assert (document.title, document.about, str(document.date), document.text) == (
        "Kazakhstan",
        ("KZ",),
        "2026-05-03",
        "",
    )
    text = snapshot.text(document)
    assert text == (index.parent / "docs" / "kz.md").read_text("utf-8")
    shown = [plain_text(text, p.start, p.end) for p in snapshot.passages(document)]
    assert shown == ["Dial 102 for the police.", "Agree on a fare first."]
    assert snapshot.find_document("docs", "nowhere.md") is None
    assert snapshot.places == {"KZ", "PE"}
    assert snapshot.publishers == ("Freedonia", "Ruritania", "safecite")
    assert snapshot.knows_words("police taxis")
    assert not snapshot.knows_words("police zeppelin")


def test_units_of_a_passage_and_their_vectors(snapshot: Snapshot) -> None:
    for row in range(len(snapshot)):
        [hit] = snapshot.hits([row])
        whole = replace(hit.document, text=snapshot.text(hit.document))
        found, vectors = snapshot.units(row)
        assert found == units(whole, hit.passage)
        expected = [stored(HashEmbedder().vector(part)) for part in embedded_texts(whole, hit.passage, found)]
        np.testing.assert_allclose(vectors, expected, atol=1e-6)
    longest = max(range(len(snapshot)), key=lambda row: len(snapshot.units(row)[0]))
    text = snapshot.text(snapshot.hits([longest])[0].document)
    found, _ = snapshot.units(longest)
    assert [(text[u.start : u.end], u.is_item, u.intro) for u in found] == [
        ("Carry these:", False, -1),
        ("water", True, 0),
        ("a torch", True, 0),
    ]


def test_hits_of_rows_are_in_the_order_given(snapshot: Snapshot) -> None:
    assert [(h.row, h.rank, h.score) for h in snapshot.hits([4, 0])] == [(4, 1, 0.0), (0, 2, 0.0)]


# Filters


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (Filters(), {"kz.md", "pe.md", "both.md", "quake.md", "n.txt"}),
        (Filters(statuses=()), {"kz-old.md", "kz.md", "pe.md", "both.md", "quake.md", "n.txt"}),
        (Filters(statuses=(Status.SUPERSEDED,)), {"kz-old.md"}),
        (Filters(statuses=(Status.WITHDRAWN,)), set()),
        (Filters(places=("KZ",)), {"kz.md", "both.md"}),
        (Filters(places=("KZ", GENERAL)), {"kz.md", "both.md", "quake.md", "n.txt"}),
        (Filters(places=(GENERAL,)), {"quake.md", "n.txt"}),
        (Filters(places=("FR",)), set()),
        (Filters(publishers=("Freedonia",)), {"pe.md", "both.md"}),
        (Filters(publishers=("Freedonia",), places=("KZ",)), {"both.md"}),
        (Filters(sources=("news",)), {"n.txt"}),
        (Filters(since="2025-07-31"), {"kz.md", "pe.md"}),
        (Filters(since="2025-08-01"), {"kz.md"}),
        (Filters(until="2025-07-01"), {"pe.md", "both.md"}),
        (Filters(until="2025-06-30"), {"both.md"}),
        (Filters(until="2023-12-31", statuses=()), {"kz-old.md"}),
        (Filters(since="2024-12-31", until="2024-12-31"), {"both.md"}),
    ],
)
@pytest.mark.parametrize("query", ["police taxi fare", "zzz"])
def test_filters_are_inside_the_search(snapshot: Snapshot, filters: Filters, documents: set[str], query: str) -> None:
    assert set(found(snapshot, query, filters)) == documents
    assert snapshot.count_documents(filters) == len(documents)
    of_rows = {snapshot.hits([row])[0].document.doc_id for row in snapshot.rows_about(filters).tolist()}
    assert of_rows == documents
    lexical = {h.document.doc_id for h in snapshot.search(query, 50, filters) if h.word_rank}
    assert lexical <= documents


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(places=("Atlantis",)), "'Atlantis' is no place code"),
        (Filters(places=("KZ", "XX")), "'XX' is no place code"),
        (Filters(publishers=("Nobody",)), "no publisher 'Nobody' here. Known: Freedonia; Ruritania; safecite"),
        (Filters(sources=("blogs",)), "no source 'blogs' here. Known: docs, news"),
        (Filters(since="yesterday"), "'yesterday' is no day. Write it as 2025-07-01"),
        (Filters(until="2025-07"), "'2025-07' is no day"),
        (Filters(until="20250701"), "'20250701' is no day"),
    ],
)
def test_unknown_values_are_an_error(snapshot: Snapshot, filters: Filters, reason: str) -> None:
    for use in (lambda: snapshot.search("police", 5, filters), lambda: snapshot.rows_about(filters)):
        with pytest.raises(FilterError) as caught:
            use()
        assert reason in str(caught.value)


def test_many_threads_see_the_same(snapshot: Snapshot) -> None:
    queries = ["police", "taxi fare", "earthquake", "crossing"] * 15
    with ThreadPoolExecutor(8) as pool:
        together = list(
            pool.map(lambda q: [(h.row, h.score, words_of(snapshot, h)) for h in snapshot.search(q, 5)], queries)
        )
    assert together == [[(h.row, h.score, words_of(snapshot, h)) for h in snapshot.search(q, 5)] for q in queries]


# Opening


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="there is no index yet"):
        Snapshot.open(tmp_path / "nowhere", HashEmbedder())


def test_no_such_snapshot(index: Path) -> None:
    with pytest.raises(IndexMissingError, match="there is no snapshot 000009-00000000"):
        Snapshot.open(index, HashEmbedder(), "000009-00000000")


def test_another_model_is_refused_in_one_sentence(index: Path) -> None:
    with pytest.raises(ModelError) as caught:
        Snapshot.open(index, HashEmbedder(name="other"))
    assert str(caught.value) == (
        f"{index}: this index was built with hash, not with other. "
        "Use that model, or build with this one into another folder (--index)."
    )


def test_missing_search_files_are_made_again(copy: Path, snapshot: Snapshot) -> None:
    shutil.rmtree(copy / "cache")
    verify(copy, snapshot.name)
    again = Snapshot.open(copy, HashEmbedder())
    assert is_whole(copy / "cache" / snapshot.name)
    assert [p.name for p in (copy / "cache").iterdir()] == [snapshot.name]
    assert [(h.row, h.passage, h.score) for h in again.search("police", 9)] == [
        (h.row, h.passage, h.score) for h in snapshot.search("police", 9)
    ]


def test_half_made_search_files_are_not_looked_at(copy: Path, snapshot: Snapshot) -> None:
    folder = copy / "cache" / snapshot.name
    shutil.move(folder, copy / "cache" / "making-abc")
    assert found(Snapshot.open(copy, HashEmbedder()), "police") == found(snapshot, "police")


def test_leftovers_of_deleted_search_files_are_cleared(copy: Path, snapshot: Snapshot) -> None:
    folder = copy / "cache" / snapshot.name
    shutil.rmtree(folder)
    (folder / "words").mkdir(parents=True)
    (folder / "words" / ".tantivy-meta.lock").touch()  # written by a reader that was still open
    assert found(Snapshot.open(copy, HashEmbedder()), "police") == found(snapshot, "police")
    assert [path.name for path in (copy / "cache").iterdir()] == [snapshot.name]


# Damage


def search_files(index: Path) -> list[Path]:
    return sorted(p for p in (index / "cache").rglob("*") if p.is_file() and p.suffix != ".lock" and p.stat().st_size)


def flip(path: Path, position: int) -> None:
    with path.open("r+b") as file:
        file.seek(position)
        [byte] = file.read(1)
        file.seek(position)
        file.write(bytes([byte ^ 0x10]))


def test_a_flipped_byte_in_any_search_file_is_named(copy: Path, snapshot: Snapshot) -> None:
    names = {path.name for path in search_files(copy)}
    assert {"units.npy", "scales.npy", "keys.npy", "holders.npy", "about.json", "meta.json", "HASHES-2"} < names
    for path in search_files(copy):
        size = path.stat().st_size
        for position in {0, size // 3, size - 1}:
            flip(path, position)
            for check in (lambda: Snapshot.open(copy, HashEmbedder()), lambda: verify(copy, snapshot.name)):
                with pytest.raises(DamagedError, match="does not match its checksum") as caught:
                    check()
                assert path.name == "HASHES-2" or str(caught.value.path) == str(path)
            flip(path, position)
    Snapshot.open(copy, HashEmbedder())


def test_a_search_file_more_or_less_is_named(copy: Path) -> None:
    [folder] = (copy / "cache").iterdir()
    (folder / "words" / "extra.term").write_bytes(b"x")
    with pytest.raises(DamagedError, match=r"extra\.term: does not match"):
        Snapshot.open(copy, HashEmbedder())
    (folder / "words" / "extra.term").unlink()
    (folder / "scales.npy").unlink()
    with pytest.raises(DamagedError, match=r"scales\.npy: does not match"):
        Snapshot.open(copy, HashEmbedder())


def test_a_damaged_manifest_or_current_is_named(copy: Path, snapshot: Snapshot) -> None:
    manifest = copy / "snapshots" / f"{snapshot.name}.json.zst"
    for path in (manifest, copy / "CURRENT"):
        flip(path, path.stat().st_size // 2)
        with pytest.raises(DamagedError) as caught:
            Snapshot.open(copy, HashEmbedder())
        assert caught.value.path == str(path)
        flip(path, path.stat().st_size // 2)
    verify(copy, snapshot.name)


@pytest.mark.parametrize("table", ["raw", "texts", "passages", "vectors"])
def test_verify_names_a_changed_row(copy: Path, snapshot: Snapshot, table: str) -> None:
    with sqlite3.connect(copy / "store.sqlite") as database:
        key, body = database.execute(f"SELECT key, body FROM {table} ORDER BY key LIMIT 1").fetchone()
        changed = body[:-1] + bytes([body[-1] ^ 1])
        database.execute(f"UPDATE {table} SET body = ? WHERE key = ?", (changed, key))
    database.close()
    with pytest.raises(DamagedError, match=rf"store\.sqlite: row {key[:12]}… of {table}"):
        verify(copy, snapshot.name)


def test_verify_never_passes_over_a_changed_byte_that_matters(copy: Path, snapshot: Snapshot) -> None:
    path = copy / "store.sqlite"
    whole = path.read_bytes()
    outcomes = {"sound": 0, "named": 0}
    for position in np.random.default_rng(4).integers(0, len(whole), 120).tolist():
        flip(path, position)
        try:
            verify(copy, snapshot.name)
        except DamagedError as error:
            assert "store.sqlite" in str(error)
            outcomes["named"] += 1
        else:
            outcomes["sound"] += 1  # an unused byte of a page
        path.write_bytes(whole)
        for leftover in ("store.sqlite-wal", "store.sqlite-shm"):
            (copy / leftover).unlink(missing_ok=True)
    assert outcomes["named"] >= 5


def test_verify_compares_the_text_with_its_hash(copy: Path, snapshot: Snapshot) -> None:
    sha = read_manifest(copy, snapshot.name).documents[0]["text_sha256"]
    with sqlite3.connect(copy / "store.sqlite") as database:
        database.execute("DELETE FROM texts WHERE key = ?", (sha,))
    database.close()
    with Store(copy / "store.sqlite", write=True) as store:
        store.put_text(sha, "Dial 999.")
    with pytest.raises(DamagedError, match=r"both\.md does not match its hash"):
        verify(copy, snapshot.name)


# A folder that may only be read


@pytest.fixture
def read_only(index: Path) -> Iterator[Path]:
    """The index under a folder that this process may read and not write: root becomes nobody for as long."""
    root = Path(tempfile.mkdtemp(prefix="safecite-test-"))
    root.chmod(0o755)
    shutil.copytree(index, root / "index")
    everything = [root / "index", *(root / "index").rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield root / "index"
    os.seteuid(user)
    for path in everything:
        path.chmod(0o755)
    shutil.rmtree(root)


def test_a_read_only_index_answers(read_only: Path, snapshot: Snapshot) -> None:
    with pytest.raises(PermissionError):
        (read_only / "probe").write_text("x")
    opened = Snapshot.open(read_only, HashEmbedder())
    assert found(opened, "police") == found(snapshot, "police")
    verify(read_only, opened.name)


def test_a_snapshot_that_nobody_holds_is_gone_at_once(index: Path) -> None:
    """Not when the garbage collector comes by: its memory would be held beside its successor's."""
    gc.disable()
    try:
        opened = Snapshot.open(index, HashEmbedder())
        hit = opened.search("police")[0]
        assert opened.text(hit.document)
        alive = weakref.ref(opened)
        del opened
        assert alive() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("depth", [3, 9, 100])
def test_where_nearly_all_pass_words_find_what_they_find_behind_the_filter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int
) -> None:
    monkeypatch.setattr("index.snapshot._DEPTH", depth)
    pages = {f"{n}.md": page(f"Page {n}", "A taxi. " * n, updated="2020") for n in range(1, 20)}
    old, new = (page("Fares", "A taxi, a taxi, a taxi.", updated=year, series="fares") for year in ("2001", "2021"))
    pages |= {"old.md": old, "new.md": new}
    build(tmp_path / "index", {"docs": write_source(tmp_path / "docs", pages)}, HashEmbedder())
    opened = Snapshot.open(tmp_path / "index", HashEmbedder())
    slots, scores = opened.files.words.search("taxi", depth, [["status:current"]])
    assert opened.lexical("taxi", Filters()) == dict(zip(slots.tolist(), scores.tolist(), strict=True))
    assert len(slots) == min(depth, 20)

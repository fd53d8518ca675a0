"""Builds: what is kept, what is made, what is embedded, and that a killed build changes nothing."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from index.build import BuildResult, build
from index.checks import verify
from index.documents import Skipped, Status
from index.errors import BusyError, DamagedError, ModelError, SafeciteError, SourceError
from index.filters import Filters
from index.manifest import current_id, list_snapshots, read_manifest
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder, build_and_die, open_and_die, page, write_source

PAGES = {
    "a.md": page("Peru", "Dial 105 for the police.", places="[PE]"),
    "b/c.md": page("Chile", "Dial 133 for the police.\n\n## Taxis\n\nAgree on a fare first.", places="[CL]"),
    "d.md": page("Ghana", "Dial 191 for the police.\n\n## Taxis\n\nAgree on a fare first.", places="[GH]"),
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "docs", PAGES)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def make(index: Path, source: Path, name: str = "docs") -> BuildResult:
    return build(index, {name: source}, HashEmbedder())


def contents(index: Path, name: str | None = None) -> dict[str, str]:
    """Every document of a snapshot and its text."""
    snapshot = Snapshot.open(index, HashEmbedder(), name)
    documents = map(snapshot.document, range(len(snapshot.manifest.documents)))
    return {f"{d.source}/{d.doc_id}": snapshot.text(d) for d in documents}


def answers(index: Path, name: str | None = None) -> list[tuple[str, int, int, float]]:
    snapshot = Snapshot.open(index, HashEmbedder(), name)
    hits = snapshot.search("police taxi fare", 50, Filters(statuses=()))
    return [(h.document.doc_id, h.passage.start, h.passage.end, h.score) for h in hits]


# What a build makes


def test_first_build(index: Path, source: Path, embedder: HashEmbedder) -> None:
    result = build(index, {"docs": source}, embedder, observed=date(2026, 7, 1))
    assert result == BuildResult(result.snapshot, True, 3, 5, 4, 4, ())
    assert result.snapshot == current_id(index)
    assert result.snapshot.startswith("000001-")
    assert contents(index) == {f"docs/{name}": text for name, text in PAGES.items()}
    manifest = read_manifest(index, result.snapshot)
    assert manifest.sources == {"docs": {"root": str(source), "observed": "2026-07-01"}}
    assert (manifest.parent, manifest.runtime, manifest.dimension) == (None, "hash", 32)
    assert [d["doc_id"] for d in manifest.documents] == ["a.md", "b/c.md", "d.md"]
    verify(index, result.snapshot)


def test_stored_passages_are_those_of_the_documents(index: Path, source: Path) -> None:
    make(index, source)
    snapshot = Snapshot.open(index, HashEmbedder())
    for number in range(3):
        document = snapshot.document(number)
        text = snapshot.text(document)
        for passage in snapshot.passages(document):
            assert text[passage.start : passage.end] in {
                "Agree on a fare first.",
                *(f"Dial {n} for the police." for n in (105, 133, 191)),
            }
            assert [text[h.start : h.end] for h in passage.headings] in ([], ["Taxis"])


def test_identical_passages_are_embedded_once(index: Path, source: Path, embedder: HashEmbedder) -> None:
    build(index, {"docs": source}, embedder)
    expected = ["Taxis\nAgree on a fare first.", *(f"Dial {n} for the police." for n in (105, 133, 191))]
    assert sorted(embedder.embedded) == sorted(expected)
    (source / "e.md").write_text(page("Kenya", "Dial 999.\n\n## Taxis\n\nAgree on a fare first."), "utf-8")
    result = build(index, {"docs": source}, embedder)
    assert embedder.embedded[4:] == ["Dial 999."]
    assert (result.documents, result.passages, result.vectors, result.embedded) == (4, 7, 5, 1)


def test_only_sentences_are_embedded_each_once_under_its_headings(index: Path, tmp_path: Path) -> None:
    embedder = HashEmbedder()
    advice = "Agree on a fare. Sit in the back."
    listed = "Carry these:\n\n* water\n* a torch"
    pages = {
        "a.md": page("Peru", f"# Taxis\n\n{advice}\n\n# Hills\n\n{listed}"),
        "b.md": page("Chile", f"# Taxis\n\nSit in the back.\n\n# Buses\n\n{advice}\n\n# Hills\n\n{listed}"),
    }
    result = build(index, {"docs": write_source(tmp_path / "docs", pages)}, embedder)
    expected = [
        *(
            f"{heading}\n{words}"
            for heading in ("Taxis", "Buses")
            for words in ("Agree on a fare.", "Sit in the back.")
        ),
        "Hills\nCarry these:",
        *(f"Hills\nCarry these:\n{item}" for item in ("water", "a torch")),
    ]
    assert sorted(embedder.embedded) == sorted(expected)
    assert (result.passages, result.vectors, result.embedded) == (5, 7, 7)
    snapshot = Snapshot.open(index, embedder)
    assert np.diff(snapshot.files.tables.first_unit).tolist() == [2, 3, 1, 2, 3]
    assert np.diff(snapshot.files.tables.first_holder).tolist() == [1, 2, 2, 2, 2, 1, 1]  # by first use


def test_unchanged_rebuild_makes_nothing(index: Path, source: Path, embedder: HashEmbedder) -> None:
    first = make(index, source)
    before = {p: p.stat().st_mtime_ns for p in [index / "CURRENT", *(index / "cache").rglob("*")] if p.is_file()}
    for path in source.rglob("*.md"):
        os.utime(path, (1, 1))  # a new time is no new text
    again = build(index, {"docs": source}, embedder)
    assert again == BuildResult(first.snapshot, False, 3, 5, 4, 0, ())
    assert embedder.embedded == []
    assert list_snapshots(index) == [first.snapshot]
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_changed_removed_renamed_and_new(index: Path, source: Path) -> None:
    first = make(index, source)
    changed = page("Peru", "Dial 911 for the police.", places="[PE]")
    write_source(source, {"a.md": changed, "renamed.md": PAGES["d.md"], "new.txt": "New words."})
    second = make(index, source)
    assert second.changed
    assert second.snapshot.startswith("000002-")
    assert contents(index) == {
        "docs/a.md": changed,
        "docs/new.txt": "New words.",
        "docs/renamed.md": PAGES["d.md"],
    }
    assert second.embedded == 2
    assert read_manifest(index, second.snapshot).parent == first.snapshot
    # The earlier state is still there, whole.
    assert contents(index, first.snapshot) == {f"docs/{name}": text for name, text in PAGES.items()}
    verify(index, first.snapshot)


def test_metadata_alone_makes_a_snapshot_and_no_vector(index: Path, source: Path) -> None:
    make(index, source)
    (source / "a.md.yaml").write_text("publisher: Ruritania\n", "utf-8")
    result = make(index, source)
    assert (result.changed, result.embedded) == (True, 0)
    assert Snapshot.open(index, HashEmbedder()).publishers == ("Ruritania",)


def test_another_source_is_added_and_the_same_one_replaced(index: Path, source: Path, tmp_path: Path) -> None:
    make(index, source)
    news = write_source(tmp_path / "news", {"n.txt": "A fare rose."})
    make(index, news, "news")
    assert set(contents(index)) == {"docs/a.md", "docs/b/c.md", "docs/d.md", "news/n.txt"}
    elsewhere = write_source(tmp_path / "elsewhere", {"z.txt": "Only this."})
    result = make(index, elsewhere)
    assert contents(index) == {"docs/z.txt": "Only this.", "news/n.txt": "A fare rose."}
    assert read_manifest(index, result.snapshot).sources == {
        "docs": {"root": str(elsewhere), "built": date.today().isoformat()},
        "news": {"root": str(news), "built": date.today().isoformat()},
    }
    both = build(index, {"docs": source, "news": elsewhere}, HashEmbedder())
    assert set(contents(index)) == {"docs/a.md", "docs/b/c.md", "docs/d.md", "news/z.txt"}
    assert both.embedded == 0  # everything had been there


def test_going_back_is_a_new_snapshot_of_the_old_content(index: Path, source: Path) -> None:
    first = make(index, source)
    then = answers(index)
    write_source(source, {"a.md": "Other."})
    make(index, source)
    write_source(source, PAGES)
    third = make(index, source)
    assert third.snapshot[:6] == "000003"
    assert third.embedded == 0
    assert answers(index) == then
    assert read_manifest(index, third.snapshot).documents == read_manifest(index, first.snapshot).documents


def test_newest_of_a_series_supersedes_across_sources(index: Path, tmp_path: Path) -> None:
    old = write_source(tmp_path / "old", {"p.md": page("Peru", "Dial 105.", series="pe", updated="2024-01-01")})
    new = write_source(tmp_path / "new", {"p.md": page("Peru", "Dial 911.", series="pe", updated="2026-01-01")})
    make(index, old, "old")
    make(index, new, "new")
    snapshot = Snapshot.open(index, HashEmbedder())
    assert [(d.source, d.status) for d in map(snapshot.document, range(2))] == [
        ("new", Status.CURRENT),
        ("old", Status.SUPERSEDED),
    ]
    write_source(new, {"q.md": "Something else."})
    make(index, new, "new")
    reopened = Snapshot.open(index, HashEmbedder())
    assert {d.status for d in map(reopened.document, range(2))} == {Status.CURRENT}


def test_unreadable_files_are_named_and_the_rest_goes_on(index: Path, source: Path, tmp_path: Path) -> None:
    (source / "empty.md").write_bytes(b"")
    (source / "bad.pdf").write_bytes(b"no pdf")
    result = make(index, source)
    assert [(s.path, s.source) for s in result.skipped] == [("bad.pdf", "docs"), ("empty.md", "docs")]
    assert result.documents == 3
    news = write_source(tmp_path / "news", {"n.txt": "A fare rose."})
    assert make(index, news, "news").skipped == result.skipped  # of a source that stayed as it was
    assert read_manifest(index, current_id(index) or "").skipped == list(result.skipped)
    assert all(isinstance(s, Skipped) and s.reason for s in result.skipped)


def test_documents_without_a_word_are_documents(index: Path, tmp_path: Path) -> None:
    only = write_source(tmp_path / "only", {"a.md": "![map](m.png)\n\n---\n"})
    result = make(index, only)
    assert (result.documents, result.passages, result.vectors) == (1, 0, 0)
    assert answers(index) == []


# What a build refuses


def test_nothing_to_build(index: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no source was named"):
        build(index, {}, HashEmbedder())
    with pytest.raises(SourceError, match="there is no such folder"):
        make(index, tmp_path / "nowhere")
    only_bad = write_source(tmp_path / "bad", {"bad.pdf": "no pdf"})
    with pytest.raises(SourceError, match=r"no document could be read\. Skipped: bad\.pdf \("):
        make(index, only_bad)
    assert current_id(index) is None


def test_another_model_is_refused_in_one_sentence(index: Path, source: Path) -> None:
    first = make(index, source)
    with pytest.raises(ModelError) as caught:
        build(index, {"docs": source}, HashEmbedder(name="other"))
    assert "this index was built with hash, not with other." in str(caught.value)
    with pytest.raises(ModelError, match="built with hash, not with hash"):
        build(index, {"docs": source}, HashEmbedder(dimension=16))
    assert current_id(index) == first.snapshot


def test_two_builds_at_once(index: Path, source: Path) -> None:
    first = make(index, source)
    with FileLock(index / "LOCK"), pytest.raises(BusyError, match="another build is at work on this index"):
        make(index, source)
    assert not make(index, source).changed
    assert current_id(index) == first.snapshot


def test_an_index_that_cannot_be_made_is_named(tmp_path: Path, source: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SafeciteError, match="cannot be made"):
        make(tmp_path / "file" / "index", source)
    (tmp_path / "index" / "LOCK").mkdir(parents=True)
    with pytest.raises(SafeciteError, match=r"LOCK: cannot be written"):
        make(tmp_path / "index", source)


# Repair


@pytest.mark.parametrize("file", ["units.npy", "scales.npy", "keys.npy", "about.json", "tables/units.npy", "HASHES-2"])
def test_damaged_search_files_are_made_again(index: Path, source: Path, file: str) -> None:
    first = make(index, source)
    then = answers(index)
    path = index / "cache" / first.snapshot / file
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(DamagedError, match=r"does not match its checksum"):
        Snapshot.open(index, HashEmbedder())
    assert not make(index, source).changed
    assert answers(index) == then


@pytest.mark.parametrize("lost", ["CURRENT", "store.sqlite"])
def test_the_way_out_of_damage_leads_out(index: Path, source: Path, lost: str) -> None:
    make(index, source)
    then = answers(index)
    (index / lost).unlink()
    make(index, source)
    verify(index, current_id(index) or "")
    assert answers(index) == then


def test_texts_of_kept_sources_are_cut_again_where_they_were_cut_otherwise(
    index: Path, source: Path, tmp_path: Path
) -> None:
    make(index, source)
    with sqlite3.connect(index / "store.sqlite") as database:  # as after an update that cuts passages anew
        database.execute("DELETE FROM passages")
    database.close()
    result = make(index, write_source(tmp_path / "news", {"n.txt": "A fare rose."}), "news")
    assert (result.documents, result.passages, result.embedded) == (4, 6, 1)
    verify(index, result.snapshot)


# Killed


class Builder:
    """Builds and opens in processes of their own, which it kills."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.fakes"])

    def run(self, index: Path, *, event: int = 0, seconds: float = 30) -> int | None:
        """The exit code of a build killed before its touch of a file number `event`, or after `seconds`."""
        return self._run(build_and_die, (index, self.source, event), seconds)

    def open(self, index: Path, *, event: int) -> int | None:
        """Likewise of an opening."""
        return self._run(open_and_die, (index, event), 30)

    def _run(self, work: Callable[..., None], arguments: tuple[object, ...], seconds: float) -> int | None:
        process = self.context.Process(target=work, args=arguments)
        process.start()
        process.join(seconds)
        process.kill()
        process.join()
        return process.exitcode


def test_a_killed_build_leaves_the_earlier_snapshot_answering(index: Path, source: Path, tmp_path: Path) -> None:
    first = make(index, source)
    then = answers(index)
    old = shutil.copytree(index, tmp_path / "old")
    new = {f"{n}.md": page(f"Page {n}", f"Dial {n} for the police.", places="[PE]") for n in range(100, 130)}
    write_source(source, new)
    builder = Builder(source)
    assert builder.run(shutil.copytree(old, tmp_path / "first")) == 0  # imports everything once for those that follow
    counted = shutil.copytree(old, tmp_path / "counted")
    began = time.monotonic()
    assert builder.run(counted) == 0
    took = time.monotonic() - began
    events = int((tmp_path / "events").read_text("ascii"))
    assert events > 40

    generator = random.Random(1)
    # Any touch of a file; the last nine, among them the switch; and any time, inside the libraries too.
    by_event = [(event, 30.0) for event in [*generator.sample(range(1, events - 9), 9), *range(events - 8, events + 1)]]
    by_time = [(0, took * generator.random()) for _ in range(6)]
    codes, switched = [], 0
    for event, seconds in by_event + by_time:
        codes.append(builder.run(index, event=event, seconds=seconds))
        if current_id(index) == first.snapshot:
            assert answers(index) == then
            verify(index, first.snapshot)
        else:
            switched += 1
            assert set(contents(index)) == {f"docs/{name}" for name in new}
            shutil.rmtree(index)
            shutil.copytree(old, index)  # on from the old state, else from what the killed build left
    assert set(codes) <= {-signal.SIGKILL, 0}
    assert codes.count(-signal.SIGKILL) > len(codes) / 2
    assert 1 <= switched < len(codes) / 2

    result = make(index, source)
    assert (result.documents, result.passages) == (30, 30)
    verify(index, result.snapshot)
    assert answers(index) == answers(counted)
    assert {p.name for p in (index / "cache").iterdir()} <= {first.snapshot, result.snapshot}


def test_a_build_killed_while_it_clears_up_leaves_every_state_answering(
    index: Path, source: Path, tmp_path: Path
) -> None:
    make(index, source)
    then = answers(index)
    first = list_snapshots(index)[0]
    write_source(source, {"a.md": "Other words."})
    make(index, source)  # the search files of the state before it stay
    write_source(source, {"a.md": "Yet other words."})
    old = shutil.copytree(index, tmp_path / "old")
    builder = Builder(source)
    assert builder.run(index) == 0
    assert not (index / "cache" / first).exists()
    events = int((tmp_path / "events").read_text("ascii"))
    for event in range(events - 14, events + 1, 2):  # while the first state's search files are deleted
        half = shutil.copytree(old, tmp_path / str(event))
        assert builder.run(half, event=event) == -signal.SIGKILL
        assert answers(half, first) == then


def test_a_killed_opening_leaves_search_files_whole_or_missing(index: Path, source: Path) -> None:
    first = make(index, source)
    then = answers(index)
    cache = index / "cache" / first.snapshot
    builder = Builder(source)
    shutil.rmtree(cache)
    assert builder.open(index, event=0) == 0
    made = int((index.parent / "events").read_text("ascii"))
    for event in range(4, made, 5):
        shutil.rmtree(cache, ignore_errors=True)
        assert builder.open(index, event=event) == -signal.SIGKILL
        assert answers(index) == then


def test_a_removed_source_is_gone(index: Path, source: Path, tmp_path: Path) -> None:
    make(index, source)
    other = write_source(tmp_path / "more", {"x.md": page("Fiji", "Dial 917 for the police.", places="[FJ]")})
    make(index, other, "more")
    result = build(index, {}, HashEmbedder(), removed=["docs"])
    assert (result.changed, result.documents, result.embedded) == (True, 1, 0)
    assert list(contents(index)) == ["more/x.md"]
    with pytest.raises(SourceError, match=r"no source 'docs' here\. Known: more\."):
        build(index, {}, HashEmbedder(), removed=["docs"])


def test_the_last_source_cannot_be_removed(index: Path, source: Path) -> None:
    made = make(index, source)
    with pytest.raises(SourceError, match="no document"):
        build(index, {}, HashEmbedder(), removed=["docs"])
    assert current_id(index) == made.snapshot


def many_pages(changed: Mapping[str, str]) -> dict[str, str]:
    """Forty small pages about four countries, some of them others."""
    codes = ["PE", "CL", "GH", "KZ"]
    pages = {
        f"{number:03}.md": page(
            f"Page {number}",
            f"Dial {number} for the police.\n\n## Taxis\n\nAgree on a fare of {number % 7} first. Sit in the back.",
            places=f"[{codes[number % 4]}]",
        )
        for number in range(40)
    }
    return {name: text for name, text in {**pages, **changed}.items() if text}


def found(index: Path, query: str, filters: Filters) -> dict[tuple[str, int], tuple[str, float, bool]]:
    snapshot = Snapshot.open(index, HashEmbedder())
    return {
        (h.document.doc_id, h.passage.start): (
            snapshot.text(h.document)[h.passage.start : h.passage.end],
            h.dense_score,
            h.word_rank is not None,
        )
        for h in snapshot.search(query, 500, filters)
    }


CHANGES: list[dict[str, str]] = [
    {"007.md": page("Page 7", "Dial 999 for the police, it is new.", places="[PE]")},
    {"007.md": ""},
    {
        "000.md": page("First", "A word that nobody knows: zanzibarian.", places="[TZ]"),
        "zzz.md": page("Last", "Dial 5."),
    },
    {
        "030.md": page("Page 30", "Dial 30 for the police.", places="[CL]"),
        "101.md": "",
        "0991.md": page("Moved", "Dial 1."),
    },
    {"015.md": page("Another title", "Dial 15 for the police.", places="[GH]")},
    {f"{number:03}.md": "" for number in range(0, 40, 3)},  # too many: made anew
]


@pytest.mark.parametrize("filters", [Filters(), Filters(places=("CL", "TZ")), Filters(statuses=())], ids=str)
def test_carried_on_finds_what_is_found_anew(tmp_path: Path, filters: Filters) -> None:
    changed: dict[str, str] = {}
    source = write_source(tmp_path / "docs", many_pages({}))
    make(tmp_path / "carried", source)
    for change in CHANGES:
        changed |= change
        write_source(source, many_pages(changed))
        made = make(tmp_path / "carried", source)
        anew = make(tmp_path / f"anew{made.snapshot}", source)
        assert (made.documents, made.passages) == (anew.documents, anew.passages)
        for query in ("police", "agree on a fare of 3", "zanzibarian", "dial 999"):
            carried, expected = (
                found(folder, query, filters) for folder in (tmp_path / "carried", tmp_path / f"anew{made.snapshot}")
            )
            assert carried.keys() == expected.keys()
            assert {k: v[::2] for k, v in carried.items()} == {k: v[::2] for k, v in expected.items()}
            assert {k: v[1] for k, v in carried.items()} == pytest.approx(
                {k: v[1] for k, v in expected.items()}, abs=1e-6
            )
        verify(tmp_path / "carried", made.snapshot)


def test_a_small_change_reads_only_the_new_from_the_store(tmp_path: Path) -> None:
    source = write_source(tmp_path / "docs", many_pages({}))
    first = make(tmp_path / "index", source)
    write_source(source, many_pages({"007.md": page("Page 7", "Dial 999 at once.", places="[PE]")}))
    stages: list[tuple[str, int, int]] = []
    made = build(tmp_path / "index", {"docs": source}, HashEmbedder(), progress=lambda *stage: stages.append(stage))
    assert (made.embedded, made.vectors - first.vectors) == (1, 1)
    assert ("indexing words", 1, 1) in stages
    assert ("gathering vectors", 0, 1) in stages
    files = Snapshot.open(tmp_path / "index", HashEmbedder()).files
    assert files.about["next"] == {"passage": first.passages + 1, "document": 41}
    assert files.tables.document_slot[7] == 40

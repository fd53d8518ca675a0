"""What differs between two states, and between two texts."""

from __future__ import annotations

import random
import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import build
from index.changes import Change, Changes, What, compare, rewording
from index.differences import Mark, Run, align, differences, pieces, runs
from index.documents import Document, Reading
from index.errors import FilterError
from index.manifest import Manifest, list_snapshots, read_manifest, snapshot_as_of
from index.plain import plain_text
from index.readers.folder import read_source
from index.series import supersede
from index.snapshot import Snapshot
from index.store import Store
from tests.conftest import DATA
from tests.fakes import HashEmbedder, page, write_source

KEPT, REMOVED, ADDED = Mark


def document(text: str, **rest: Any) -> Document:
    return Document("docs", "p.md", "P", text, **rest).with_hashes(text.encode())


def told(old: str, new: str, **rest: Any) -> list[str]:
    """The differences as `[-removed-]` `{+added+}`."""
    marks = {KEPT: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    found = differences(document(old, **rest), document(new, **rest))
    return [" ".join(marks[run.mark].format(run.words) for run in difference.runs) for difference in found]


# Words


def test_runs_of_words() -> None:
    assert runs("Dial 105 for the police.", "Dial 911 for the police.") == (
        Run(KEPT, "Dial"), Run(REMOVED, "105"), Run(ADDED, "911"), Run(KEPT, "for the police."),
    )  # fmt: skip
    assert runs("", "New words.") == (Run(ADDED, "New words."),)
    assert runs("Old words.", "") == (Run(REMOVED, "Old words."),)
    assert runs("Same.", "Same.") == (Run(KEPT, "Same."),)


def test_a_single_word_between_two_changes_is_not_kept() -> None:
    assert runs("a b of c d", "x y of z w") == (Run(REMOVED, "a b of c d"), Run(ADDED, "x y of z w"))
    assert runs("a of the b", "x of the y") == (
        Run(REMOVED, "a"), Run(ADDED, "x"), Run(KEPT, "of the"), Run(REMOVED, "b"), Run(ADDED, "y"),
    )  # fmt: skip


words = st.lists(st.sampled_from(["police", "taxi", "fare", "105", "911", "the", "of"]), max_size=25).map(" ".join)


@given(words, words)
def test_runs_make_up_both_texts(old: str, new: str) -> None:
    found = runs(old, new)
    assert " ".join(run.words for run in found if run.mark is not ADDED) == old
    assert " ".join(run.words for run in found if run.mark is not REMOVED) == new
    assert all(run.words for run in found)


# Pieces


@given(st.lists(st.sampled_from("abcdefg")), st.lists(st.sampled_from("abcdefg")))
def test_every_piece_stands_in_one_pair(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert sorted(i for i, _ in pairs if i is not None) == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))
    same = [i for i, j in pairs if i is not None and j is not None and old[i] == new[j]]
    assert len(same) == sum(min(old.count(x), new.count(x)) for x in set(old))  # nothing that is still there is "gone"


OLD = """# Peru

## Police

Dial 105 for the police. They speak Spanish.

## Taxis

* Agree on a fare first.
* Sit in the **back**.
* Ask your hotel.
"""


def test_only_what_differs_is_told_in_the_new_order() -> None:
    new = OLD.replace("105", "911").replace("* Ask your hotel.\n", "* Keep your doors locked.\n* Sit still.\n")
    assert told(OLD, new) == [
        "Dial [-105-] {+911+} for the police.",
        "[-Ask your hotel.-]",
        "{+Keep your doors locked.+}",
        "{+Sit still.+}",
    ]


def test_offsets_and_headings_go_along() -> None:
    new = OLD.replace("105", "911")
    [difference] = differences(document(OLD), document(new))
    assert difference.old is not None
    assert difference.new is not None
    assert OLD[difference.old.start : difference.old.end] == "Dial 105 for the police."
    assert new[difference.new.start : difference.new.end] == "Dial 911 for the police."
    assert [new[h.start : h.end] for h in difference.new.headings] == ["Peru", "Police"]
    assert difference.new.under == "Police"


def test_layout_links_and_order_are_no_difference() -> None:
    moved = "# Peru\n\n## Taxis\n\n" + OLD.partition("## Taxis\n\n")[2] + "\n## Police\n\nDial 105 for the police. "
    assert told(OLD, moved + "They speak [Spanish](https://example.org).\n") == []
    assert told("A *b* c.", "A  b\nc.") == []
    assert told("", "") == []


def test_a_publishers_stamp_is_no_difference() -> None:
    assert told("Still current at:\n:   1 July 2025", "Still current at:\n:   11 August 2026") == []
    assert told("Last updated on July 1, 2025.", "Last updated on May 2, 2026.") == []
    assert told("Updated: 1 July 2025", "Reviewed: 2 May 2026") == [
        "[-Updated: 1 July 2025-]",
        "{+Reviewed: 2 May 2026+}",
    ]
    assert told("Elections: 1 July 2025", "Elections: 2 May 2025") == ["Elections: [-1 July-] {+2 May+} 2025"]


def test_headings_and_table_rows_are_compared_too() -> None:
    assert told("## Lebanon - Avoid non-essential travel", "## Lebanon - Avoid all travel") == [
        "Lebanon - Avoid [-non-essential-] {+all+} travel"
    ]
    table = "| Service | Number |\n|---|---|\n| Police | {} |\n"
    assert told(table.format(105), table.format(911)) == ["Police | [-105-] {+911+} |"]


def test_front_matter_is_no_text_of_the_page() -> None:
    old, new = "---\ntitle: A\n---\n\nWords.", "---\ntitle: B\n---\n\nWords."
    assert told(old, new, body=len(old) - 6) == []


EDITS = [
    lambda rng, lines: lines.insert(rng.randrange(len(lines) + 1), f"Sentence {rng.random():.6f} is new here."),
    lambda rng, lines: lines.pop(rng.randrange(len(lines))) if lines else None,
    lambda rng, lines: lines.append(lines.pop(rng.randrange(len(lines)))) if lines else None,
    lambda rng, lines: lines.append(lines[rng.randrange(len(lines))]) if lines else None,
    lambda rng, lines: (
        lines.__setitem__(n := rng.randrange(len(lines)), lines[n].replace(rng.choice("aeiou"), rng.choice("xyz")))
        if lines
        else None
    ),
]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 12), st.integers(0, 8))
def test_the_differences_of_random_edits_applied_to_the_old_text_give_the_new(
    rng: random.Random, sentences: int, edits: int
) -> None:
    lines = [
        f"The {rng.choice(['police', 'taxi', 'road'])} number {n} is {rng.randrange(5)} here." for n in range(sentences)
    ]
    old = "\n\n".join(lines)
    for _ in range(edits):
        rng.choice(EDITS)(rng, lines)
    new = "\n\n".join(lines)
    was, now = pieces(document(old)), pieces(document(new))
    found = differences(document(old), document(new))
    gone = [d.old for d in found if d.old is not None]
    left = [piece.shown for piece in was if piece not in gone]
    applied = {d.new.start: " ".join(r.words for r in d.runs if r.mark is not REMOVED) for d in found if d.new}
    # What was added or reworded goes where it stands; all else is the old text's, each piece used once.
    for piece in now:
        if piece.start in applied:
            assert applied[piece.start] == piece.shown
        else:
            left.remove(piece.shown)
    assert left == []
    for d in found:
        assert " ".join(r.words for r in d.runs if r.mark is not ADDED) == (d.old.shown if d.old else "")


def test_long_texts_are_quick() -> None:
    lines = [f"Sentence number {n} speaks of {n * 7919 % 1000} other things." for n in range(3000)]
    old = "\n\n".join(lines)
    new = "\n\n".join(line.replace("other", "new") if n % 100 == 0 else line for n, line in enumerate(lines))
    started = time.perf_counter()
    assert len(told(old, new, markup="plain")) == 30
    assert len(told(old, old.replace("Sentence", "X").replace("speaks", "y").replace("other", "z"), markup="plain")) > 0
    assert time.perf_counter() - started < 10


@pytest.mark.archive
def test_no_word_of_a_real_page_escapes(archive_pages: list[Document]) -> None:
    for real in archive_pages[:40]:
        shown = " ".join(piece.shown for piece in pieces(real))
        whole = plain_text(real.text, real.body, None, real.markup)
        missing = set(re.findall(r"\w{3,}", whole)) - set(re.findall(r"\w{3,}", shown))
        letters = re.sub(r"\W", "", shown)  # "**Food Safety**In some …" is a heading and what stands under it
        assert all(word in letters for word in missing), (real.doc_id, missing)


# Pages


def manifest(*documents: Document, **rest: Any) -> Manifest:
    records = [d.to_record() for d in sorted(documents, key=lambda d: d.key)]
    values: dict[str, Any] = {"sources": {d.source: {} for d in documents}} | rest
    return Manifest(1, None, "2026-07-01T00:00:00+00:00", {}, "hash", "c", 8, documents=records, **values)


def made(doc_id: str, text: str, *, source: str = "docs", **rest: Any) -> Document:
    from_record = {"source": source, "doc_id": doc_id, "title": doc_id, **rest}
    return Document.from_record(from_record, text).with_hashes(text.encode())


def listed(changes: Changes) -> list[tuple[str, str]]:
    return [(change.what.value, change.document.doc_id) for change in changes.changes]


def test_each_kind_of_change() -> None:
    old = manifest(
        made("a", "Same.", updated="2025"), made("b", "Old words."), made("c", "Gone."), made("d", "Renamed."),
        made("e", "Level.", level="1"), made("f", "Down."), made("g", "As it was."),
    )  # fmt: skip
    new = manifest(
        made("a", "Same.", updated="2026"), made("b", "New words."), made("h", "Come."), made("i", "Renamed."),
        made("e", "Level.", level="2"), made("f", "Down.", status="withdrawn"), made("g", "As it was."),
    )  # fmt: skip
    found = compare(old, new, str)
    assert listed(found) == [
        ("level", "e"), ("reworded", "b"), ("removed", "c"), ("withdrawn", "f"), ("added", "h"), ("renamed", "i"),
    ]  # fmt: skip
    assert (found.restamped, found.reread, found.same, found.levels, found.reworded) == (1, 0, 1, 1, 1)
    renamed = found.changes[-1]
    assert renamed.old is not None
    assert renamed.old.doc_id == "d"
    assert [found.count(what) for what in What] == [1, 1, 1, 1, 1, 1]
    assert compare(old, old, str) == Changes((), same=7)


def test_a_reworded_page_with_another_level_comes_first_and_counts_as_both() -> None:
    old = manifest(made("a", "Words."), made("b", "Old.", level="1"))
    new = manifest(made("a", "Other."), made("b", "New.", level="2"))
    found = compare(old, new, str)
    assert listed(found) == [("reworded", "b"), ("reworded", "a")]
    assert (found.levels, found.reworded) == (1, 2)


def test_a_page_that_a_newer_reader_reads_differently_is_no_change() -> None:
    old = made("a.html", "Words.")
    new = Document("docs", "a.html", "a.html", "Words, tidied.").with_hashes(b"Words.")
    assert compare(manifest(old), manifest(new), str) == Changes((), reread=1)


def test_a_page_with_front_matter_that_carries_another_date_is_restamped() -> None:
    texts: dict[str, str] = {}

    def dated(doc_id: str, day: str, words: str, **rest: Any) -> Document:
        front = f"---\nupdated: {day}\n---\n"
        found = made(doc_id, front + words, updated=day, body=len(front), **rest)
        texts[found.text_sha256] = found.text
        return found

    old = manifest(dated("a", "2025", "Words."), dated("b", "2025", "Words."), dated("c", "2025", "Words.", level="1"))
    new = manifest(dated("a", "2026", "Words."), dated("b", "2026", "Other."), dated("c", "2026", "Words.", level="2"))
    found = compare(old, new, texts.__getitem__)
    assert listed(found) == [("level", "c"), ("reworded", "b")]
    assert (found.restamped, found.reworded, found.levels) == (1, 1, 1)


def test_one_stub_goes_here_and_another_comes_there() -> None:
    old = manifest(made("a", "Stub.", about=["PE"]), made("b", "Stub.", about=["CL"]))
    new = manifest(made("a2", "Stub.", about=["PE"]), made("c", "Stub.", about=["GH"]))
    assert listed(compare(old, new, str)) == [("renamed", "a2"), ("removed", "b"), ("added", "c")]


def test_two_pages_of_one_text_are_renamed_one_by_one() -> None:
    old = manifest(made("a", "Stub."), made("b", "Stub."), made("c", "Stub."))
    new = manifest(made("c", "Stub."), made("x", "Stub."))
    assert listed(compare(old, new, str)) == [("removed", "b"), ("renamed", "x")]


def test_a_source_that_is_new_publishes_no_change() -> None:
    old = manifest(made("a", "Words."), made("z", "Z.", source="zoo"))
    new = manifest(made("a", "Words."), made("b", "B.", source="news"), made("c", "C.", source="news"))
    assert compare(old, new, str) == Changes((), same=1, new_sources={"news": 2}, gone_sources={"zoo": 1})


def test_filters() -> None:
    old = manifest(made("a", "A.", about=["PE"], publisher="P"), made("b", "B.", about=["CL"], publisher="Q"))
    new = manifest(made("a", "A1.", about=["PE"], publisher="P"), made("b", "B1.", about=["GH"], publisher="Q"))
    assert listed(compare(old, new, str, places=["PE"])) == [("reworded", "a")]
    assert listed(compare(old, new, str, places=["CL"])) == [("reworded", "b")]  # it was about Chile
    assert listed(compare(old, new, str, publishers=["Q"])) == [("reworded", "b")]
    assert listed(compare(old, new, str, sources=["docs"], places=["KZ"])) == []
    for wrong in ({"places": ["Peru"]}, {"sources": ["dox"]}, {"publishers": ["R"]}):
        with pytest.raises(FilterError):
            compare(old, new, str, **wrong)


def test_a_change_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="a change of nothing"):
        _ = Change(What.ADDED, None, None).document


def test_from_the_store(tmp_path: Path) -> None:
    index = tmp_path / "index"
    for day, number in ((date(2025, 7, 1), 105), (date(2026, 7, 1), 911)):
        docs = write_source(tmp_path / "docs", {"a.md": page("Peru", f"Dial {number} for the police.", places="[PE]")})
        build(index, {"docs": docs}, HashEmbedder(), observed=day)
    old, new = (read_manifest(index, name) for name in list_snapshots(index))
    with Store(index / "store.sqlite") as store:
        [change] = compare(old, new, store.get_text, places=["PE"]).changes
        [difference] = rewording(change, store)
        text = store.get_text(change.document.text_sha256)
    assert difference.new is not None
    assert text[difference.new.start : difference.new.end] == "Dial 911 for the police."
    assert [run.words for run in difference.runs] == ["Dial", "105", "911", "for the police."]


# The real archive at two moments


MOMENTS = {"advisories-2025-07-01": date(2025, 7, 1), "advisories": date(2026, 8, 22)}
GOVERNMENTS = {"unitedkingdom": "UK Foreign, Commonwealth & Development Office", "canada": "Global Affairs Canada"}


def moment(root: Path, folder: str, government: str, places: str = "") -> Path:
    """A part of the archive as it was: links to one government's folders, or to those of some places."""
    if not (DATA / folder).is_dir():
        pytest.skip(f"the archive is not at {DATA / folder}")
    part = root / folder
    (part / government).mkdir(parents=True)
    (part / f"{government}_summary.csv").symlink_to(DATA / folder / f"{government}_summary.csv")
    for country in sorted((DATA / folder / government).iterdir()):
        if not places or country.name in places.split():
            (part / government / country.name).symlink_to(country)
    return part


@pytest.mark.archive
@pytest.mark.parametrize(
    ("government", "reworded", "same", "added", "levels"),
    [("unitedkingdom", 1098, 111, 15, None), ("canada", 1240, 140, 12, 15)],
)
def test_the_counts_of_the_archive_are_the_real_ones(
    tmp_path: Path, government: str, reworded: int, same: int, added: int, levels: int | None
) -> None:
    states = []
    for folder in MOMENTS:
        read = read_source("advisories", moment(tmp_path, folder, government))
        states.append(manifest(*supersede(r.document for r in read if isinstance(r, Reading))))
    found = compare(*states, str, publishers=[GOVERNMENTS[government]])
    unchanged = [c for c in found.changes if c.what is What.WITHDRAWN and not c.reworded]
    assert (found.reworded, found.same + found.restamped + len(unchanged), found.count(What.ADDED)) == (
        reworded, same, added,
    )  # fmt: skip
    assert (found.count(What.REMOVED), found.count(What.RENAMED), found.reread) == (0, 0, 0)
    if levels is not None:
        assert found.levels == levels
        lebanon = [c for c in found.changes if c.level_changed and c.document.about == ("LB",)]
        assert [(c.old and c.old.level, c.new and c.new.level) for c in lebanon] == [
            ("Avoid non-essential travel (with regional advisories)", "Avoid all travel")
        ]


@pytest.mark.archive
def test_a_question_as_of_each_day_gets_that_days_text(tmp_path: Path) -> None:
    index = tmp_path / "index"
    for folder, day in MOMENTS.items():
        part = moment(tmp_path, folder, "canada", "Lebanon")
        build(index, {"advisories": part}, HashEmbedder(8), observed=day)
    found = []
    for day in (date(2025, 7, 1), date(2026, 8, 21), date(2026, 8, 22)):
        snapshot = Snapshot.open(index, HashEmbedder(8), snapshot_as_of(index, day))
        risk = snapshot.find_document("advisories", "canada/Lebanon/risk.md")
        assert risk is not None
        found.append((risk.level, "### LEBANON - AVOID ALL TRAVEL" in snapshot.text(risk)))
    then = ("Avoid non-essential travel (with regional advisories)", False)
    assert found == [then, then, ("Avoid all travel", True)]

"""Hazard questions with gold by rule, on an index of made-up pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

from eval.hazards import hazards, questions
from index.build import build
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder

SPECIAL = {
    "PE0": "The coast lies on a fault. Earthquakes happen each year. Carry water.",
    "KZ3": "Unexploded shells lie in the old range.",  # may mean landmines, and does not say so
}


def _snapshot(folder: Path) -> Snapshot:
    source = folder / "pages"
    source.mkdir()
    for code in ("PE", "KZ"):
        for number in range(12):
            body = SPECIAL.get(f"{code}{number}", f"Page {number} speaks of money and shops.")
            head = f"---\ntitle: Page {number}\npublisher: P\nplaces: [{code}]\n---\n"
            (source / f"{code}{number}.md").write_text(f"{head}# Page {number}\n\n{body}\n", "utf-8")
    embedder = HashEmbedder()
    build(folder / "index", {"pages": source}, embedder)
    return Snapshot.open(folder / "index", embedder)


def test_gold_is_the_sentence_that_names_the_hazard_and_silence_is_unanswerable(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path)
    records = [r for part in ("dev", "test") for r in questions(snapshot, "own", part, 100)]
    quakes = {r["tags"][0]: r for r in records if "earthquake" in r["tags"]}
    (gold,) = quakes["place:PE"]["gold"]
    document = snapshot.find_document("pages", gold["doc"])
    assert document is not None
    span = snapshot.text(document)[gold["start"] : gold["end"]]
    assert span == "Earthquakes happen each year."
    assert gold["sha256"] == hashlib.sha256(span.encode()).hexdigest()
    assert quakes["place:PE"]["question"] == "Are earthquakes a risk in Peru?"
    assert quakes["place:KZ"]["answerable"] is False
    assert quakes["place:KZ"]["gold"] == []


def test_a_hint_of_the_hazard_makes_no_question(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path)
    records = [r for part in ("dev", "test") for r in questions(snapshot, "other", part, 100)]
    asked = {tuple(r["tags"][:2]) for r in records}
    assert ("place:PE", "landmine") in asked
    assert ("place:KZ", "landmine") not in asked
    assert {r["tags"][2] for r in records} == {"other"}


def test_the_words_of_every_hazard_are_whole() -> None:
    table = hazards()
    assert len(table) == 14
    assert table["landmine"].named.search("There are land mines here")
    assert table["landmine"].hinted.search("unexploded shells")
    assert all("{place}" in h.own_words and "{place}" in h.other_words for h in table.values())

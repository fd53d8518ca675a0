"""Hazard questions with gold by rule, on an index of made-up pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

from eval.choices import Part
from eval.hazards import hazards, questions
from eval.making import Options
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
    quakes = {q.tags[0]: q for q in questions(snapshot, Options(Part.ALL, 100)) if "earthquake" in q.tags}
    (gold,) = quakes["place:PE"].gold
    document = snapshot.find_document("pages", gold.doc)
    assert document is not None and gold.range is not None
    span = snapshot.text(document)[slice(*gold.range)]
    assert span == "Earthquakes happen each year."
    assert gold.sha256 == hashlib.sha256(span.encode()).hexdigest()
    assert quakes["place:PE"].question == "Are earthquakes a risk in Peru?"
    assert quakes["place:KZ"].answerable is False
    assert quakes["place:KZ"].gold == ()


def test_a_hint_of_the_hazard_makes_no_question(tmp_path: Path) -> None:
    found = questions(_snapshot(tmp_path), Options(Part.ALL, 100), wording="other")
    asked = {tuple(q.tags[:2]) for q in found}
    assert ("place:PE", "landmine") in asked
    assert ("place:KZ", "landmine") not in asked
    assert {q.tags[2] for q in found} == {"other"}


def test_at_most_so_many_of_each_kind(tmp_path: Path) -> None:
    found = questions(_snapshot(tmp_path), Options(Part.ALL, 1))
    assert [q.answerable for q in found] == [True, False]


def test_the_words_of_every_hazard_are_whole() -> None:
    reported, dev = hazards(), hazards("hazards_dev")
    assert len(reported) == 14
    assert reported["landmine"].named.search("There are land mines here")
    assert reported["landmine"].hinted.search("unexploded shells")
    assert all(len(h.own) == len(h.other) == 1 for h in reported.values())
    assert reported.keys().isdisjoint(dev.keys())
    assert all("{place}" in words for h in (*reported.values(), *dev.values()) for words in h.own + h.other)

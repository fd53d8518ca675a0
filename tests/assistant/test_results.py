"""Search results as records and as text."""

from __future__ import annotations

import json

from assistant.results import hit_record, hit_text
from index.filters import Filters
from index.snapshot import Snapshot

KAZAKHSTAN = Filters(places=("KZ",))


def test_a_record_holds_the_passage_and_what_each_retriever_gave(snapshot: Snapshot) -> None:
    hit = snapshot.search("earthquake", 3, KAZAKHSTAN)[0]
    record = hit_record(hit, snapshot)
    assert json.loads(json.dumps(record)) == record
    assert list(record) == [
        "source", "doc", "start", "end", "score", "rank", "text", "title", "publisher", "updated", "dense", "words",
    ]  # fmt: skip
    assert (record["source"], record["doc"]) == ("archive", "canada/Kazakhstan/security.md")
    assert (record["rank"], record["updated"]) == (1, "2026-07-29")
    assert record["publisher"] == "Global Affairs Canada"
    assert record["text"] == snapshot.text(hit.document)[record["start"] : record["end"]]
    assert record["text"].startswith("Almaty lies in an active seismic zone.")
    assert record["dense"] == {"score": round(hit.dense_score, 6), "rank": 1}
    assert record["words"]["rank"] == 1
    assert record["words"]["score"] > 0.0


def test_a_retriever_that_missed_a_passage_has_no_rank(snapshot: Snapshot) -> None:
    missed = [h for h in snapshot.search("earthquake", 50, KAZAKHSTAN) if h.word_rank is None]
    assert missed
    assert hit_record(missed[0], snapshot)["words"] == {"score": 0.0, "rank": None}


def test_text_shows_the_words_and_on_request_the_scores(snapshot: Snapshot) -> None:
    hit = snapshot.search("earthquake", 1, KAZAKHSTAN)[0]
    lines = hit_text(hit, snapshot, explain=False).split("\n")
    assert lines[0].startswith(
        "1. Global Affairs Canada · Kazakhstan: Safety and security · page updated 29 July 2026 ("
    )
    assert lines[1].startswith("   Almaty lies in an active seismic zone.")
    assert len(lines) == 2
    explained = hit_text(hit, snapshot, explain=True).split("\n")
    assert explained[:2] == lines
    assert explained[2] == (
        f"   archive/canada/Kazakhstan/security.md · score {hit.score:.3f} = "
        f"meaning {hit.dense_score:.3f} (rank 1), words {hit.word_score:.2f} (rank 1)"
    )


def test_a_missing_rank_is_a_dash(snapshot: Snapshot) -> None:
    missed = [h for h in snapshot.search("earthquake", 50, KAZAKHSTAN) if h.word_rank is None]
    assert "words 0.00 (rank –)" in hit_text(missed[0], snapshot, explain=True)


def test_markup_is_not_shown(snapshot: Snapshot) -> None:
    for hit in snapshot.search("crime level tool tip", 40):
        shown = hit_text(hit, snapshot, explain=True)
        assert "javascript:" not in shown and "**" not in shown and "](" not in shown

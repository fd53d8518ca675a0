"""Search results as text and as records."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.render import provenance
from index.plain import plain_text
from index.snapshot import Hit, Snapshot


def hit_record(hit: Hit, snapshot: Snapshot) -> dict[str, Any]:
    """A found passage, JSON-ready, with what each retriever gave."""
    document, passage = hit.document, hit.passage
    return {
        "source": document.source,
        "doc": document.doc_id,
        "start": passage.start,
        "end": passage.end,
        "score": round(hit.score, 6),
        "rank": hit.rank,
        "text": snapshot.text(document)[passage.start : passage.end],
        "title": document.title,
        "publisher": document.publisher,
        "updated": str(document.date) if document.date else None,
        "dense": {"score": round(hit.dense_score, 6), "rank": hit.dense_rank},
        "words": {"score": round(hit.word_score, 6), "rank": hit.word_rank},
    }


def hit_text(hit: Hit, snapshot: Snapshot, *, explain: bool) -> str:
    """A found passage for a terminal."""
    text = snapshot.text(hit.document)
    shown = plain_text(text, hit.passage.start, hit.passage.end, hit.document.markup)
    lines = [f"{hit.rank}. {provenance(hit.document, date.today())}", "   " + shown.replace("\n", "\n   ")]
    if explain:
        dense = f"meaning {hit.dense_score:.3f} (rank {hit.dense_rank or '–'})"
        words = f"words {hit.word_score:.2f} (rank {hit.word_rank or '–'})"
        lines.append(f"   {hit.document.source}/{hit.document.doc_id} · score {hit.score:.3f} = {dense}, {words}")
    return "\n".join(lines)

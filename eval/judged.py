"""Questions as travellers word them, whose answers were found by reading.

Each was asked about a country of the development half, and the eight quotes that the search found best were judged one
by one (eval/tuning/README.md). Gold are those that answer; a question without one counts as not answerable, though a
quote beyond the eight may answer it.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from eval.gold import Gold
from eval.making import Options, Page, gold, sample
from eval.records import PLACE_TAG, QuestionRecord
from index.places import place_name
from index.snapshot import Snapshot

JUDGED = Path(__file__).parent / "tuning" / "judged.jsonl"
ANSWERS = 2  # the judgement that a quote answers


def is_left_out(code: str) -> bool:
    """Whether a country is one of the fifth asked about here: no ranking is learnt from what was judged of it."""
    return zlib.crc32(code.encode()) % 5 == 0


def questions(snapshot: Snapshot, options: Options) -> list[QuestionRecord]:
    """Those about countries that were left out, each after the country's name."""
    documents = map(snapshot.document, range(len(snapshot.manifest.documents)))
    pages = {document.doc_id: document for document in documents}
    found = []
    for number, record in enumerate(map(json.loads, JUDGED.read_text("utf-8").splitlines())):
        if is_left_out(record["place"]) and all(doc in pages for doc, *_ in record["quotes"]):
            answers = tuple(_gold(snapshot, pages, quote) for quote in record["quotes"] if quote[-1] == ANSWERS)
            found.append(
                QuestionRecord(
                    id=f"judged-{number}",
                    question=f"{place_name(record['place'])}: {record['question']}",
                    answerable=bool(answers),
                    gold=answers,
                    tags=(f"{PLACE_TAG}{record['place']}",),
                )
            )
    return sample(found, options)


def _gold(snapshot: Snapshot, pages: dict[str, Any], quote: list[Any]) -> Gold:
    doc, start, end, _ = quote
    return gold(Page(pages[doc], snapshot.text(pages[doc])), start, end)

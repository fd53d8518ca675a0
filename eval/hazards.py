"""Questions with gold made by rule: a hazard that a country's current pages name in their text, or that none does.

Gold are all sentences of the country's current original pages that name the hazard; a country none of whose pages name
it gives an unanswerable question. Each hazard is asked in the pages' own word and in others. Countries are split by a
hash of their code into development and test; the rule's words are wide, so that an unanswerable is surely one.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from index.documents import Kind
from index.places import place_name
from index.plain import plain
from index.sentences import shown_sentences
from index.snapshot import Filters, Snapshot


class Hazard(NamedTuple):
    """What the pages call it (`named`), whatever may mean it (`hinted`), and two ways of asking for it."""

    named: re.Pattern[str]
    hinted: re.Pattern[str]
    own_words: str
    other_words: str


@cache
def hazards() -> dict[str, Hazard]:
    """The hazards of `sets/hazards.yaml` by name."""
    record = yaml.safe_load((Path(__file__).parent / "sets" / "hazards.yaml").read_text("utf-8"))
    return {name: _hazard(**fields) for name, fields in record.items()}


def _hazard(named: str, hinted: str, own: str, other: str) -> Hazard:
    flags = re.IGNORECASE
    return Hazard(re.compile(named, flags), re.compile(f"{named}|{hinted}", flags), own, other)


def questions(snapshot: Snapshot, wording: str, part: str, most: int, seed: int = 7) -> list[dict[str, Any]]:
    """Question records: at most `most` answerable and as many unanswerable, drawn with a fixed seed.

    `wording` is "own" or "other", `part` is "dev" or "test".
    """
    places = [code for code in sorted(snapshot.places) if _part(code) == part]
    found = [record for code in places for record in _about(snapshot, code, wording)]
    random.Random(seed).shuffle(found)  # noqa: S311 - a draw, not a secret
    kinds = ([r for r in found if r["answerable"]][:most], [r for r in found if not r["answerable"]][:most])
    return [record for kind in kinds for record in kind]


def write(records: list[dict[str, Any]], path: Path) -> None:
    """One question record a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")


def _part(code: str) -> str:
    return "test" if hashlib.sha256(code.encode()).digest()[0] % 2 else "dev"


def _about(snapshot: Snapshot, code: str, wording: str) -> Iterator[dict[str, Any]]:
    """The questions about one country."""
    pages: list[tuple[str, str, str, str]] = []  # source, document, its text, its markup
    for number in sorted(set(snapshot.files.tables.document[snapshot.rows_about(Filters(places=(code,)))].tolist())):
        document = snapshot.document(number)
        if document.kind is Kind.ORIGINAL and document.about == (code,):
            pages.append((document.source, document.doc_id, snapshot.text(document), document.markup))
    if len(pages) < 12:  # too little is said of the place for silence to mean anything
        return
    for name, hazard in hazards().items():
        ask = hazard.own_words if wording == "own" else hazard.other_words
        gold = [span for page in pages for span in _sentences(*page, hazard.named)]
        if gold or not any(hazard.hinted.search(text) for _, _, text, _ in pages):
            yield {
                "id": f"{wording}-{code}-{name.replace(' ', '-')}",
                "question": ask.format(place=place_name(code)),
                "answerable": bool(gold),
                "gold": gold,
                "tags": [f"place:{code}", name, wording],
            }


def _sentences(source: str, doc: str, text: str, markup: Any, named: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    if not named.search(text):
        return
    shown = plain(text, 0, None, markup)
    for low, high in shown_sentences(shown.text):
        if named.search(shown.text, low, high):
            start, end = shown.source_span(low, high)
            digest = hashlib.sha256(text[start:end].encode()).hexdigest()
            yield {"source": source, "doc": doc, "start": start, "end": end, "sha256": digest}

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
from pathlib import Path
from typing import Any, NamedTuple

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


def _hazard(named: str, hinted: str, own_words: str, other_words: str) -> Hazard:
    flags = re.IGNORECASE
    return Hazard(re.compile(named, flags), re.compile(f"{named}|{hinted}", flags), own_words, other_words)


HAZARDS = {
    "earthquake": _hazard(r"\bearthquakes?\b", r"seism|tremor|quake", "Are earthquakes a risk in {place}?", "Does the ground ever shake in {place}?"),
    "landslide": _hazard(r"\b(?:land|mud)slides?\b", r"avalanche|rockfall", "Is there a risk of landslides in {place}?", "Do the hills slide in the wet season in {place}?"),
    "flood": _hazard(r"\bflood(?:s|ing)?\b", r"inundat|heavy rain|storm", "Is flooding a problem in {place}?", "Might the river burst its banks near my hotel in {place}?"),
    "volcano": _hazard(r"\bvolcan(?:o|oes|ic)\b", r"erupt|ash", "Are there active volcanoes in {place}?", "Could a mountain erupt while I am in {place}?"),
    "landmine": _hazard(r"\bland ?mines?\b", r"\bmines?\b|unexploded|ordnance|minefield", "Are there landmines in {place}?", "Could I step on something explosive left from a war in {place}?"),
    "piracy": _hazard(r"\b(?:piracy|pirates?)\b(?! goods)", r"armed robbery at sea|hijack|maritime|pirated", "Is piracy a danger in {place}?", "Are boats attacked off the coast of {place}?"),
    "kidnapping": _hazard(r"\bkidnapp?(?:ing|ings|ed)?\b", r"abduct|hostage", "Is kidnapping a risk in {place}?", "Could someone hold me for ransom in {place}?"),
    "drink spiking": _hazard(r"\b(?:drink spiking|spiked (?:food|drinks?)|spik(?:e|ing) (?:your |of )?drinks?)", r"spik|drugged|sedat|scopolamine|methanol|\bdrinks?\b", "Is drink spiking a risk in {place}?", "Might somebody put something in my glass at a bar in {place}?"),
    "carjacking": _hazard(r"\bcar-?jack(?:ing|ings|ed)?\b", r"hijack|vehicle theft|smash", "Does carjacking happen in {place}?", "Could I be forced out of my vehicle at gunpoint in {place}?"),
    "malaria": _hazard(r"\bmalaria\b", r"mosquito", "Is there malaria in {place}?", "Do I need pills against mosquito fever for {place}?"),
    "rabies": _hazard(r"\brabies\b", r"rabid|animal bite|dog", "Is rabies present in {place}?", "Are bites from stray dogs dangerous in {place}?"),
    "avalanche": _hazard(r"\bavalanches?\b", r"snow", "Are there avalanches in {place}?", "Might snow come down on me while skiing in {place}?"),
    "jellyfish": _hazard(r"\bjelly ?fish\b", r"marine|sting|sea life", "Are there dangerous jellyfish in {place}?", "Can I be stung while swimming in the sea in {place}?"),
    "cyclone": _hazard(r"\b(?:cyclones?|hurricanes?|typhoons?)\b", r"storm|tropical", "Do cyclones or hurricanes hit {place}?", "Is there a season of violent winds in {place}?"),
}  # fmt: skip


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
    for name, hazard in HAZARDS.items():
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

"""What the makers of question sets share: which pages count, which half a country is in, how gold is written down."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from eval.choices import Part
from eval.gold import Gold, gold_at
from eval.records import QuestionRecord
from index.documents import Document, Kind, Status
from index.plain import plain
from index.sentences import shown_sentences
from index.snapshot import Snapshot

_SETS = Path(__file__).parent / "sets"


class Options(NamedTuple):
    """What is to be made: at most `most` questions, of each kind where a set has two, drawn with `seed`."""

    part: Part = Part.DEV
    most: int = 150
    seed: int = 7


class Page(NamedTuple):
    """A document with its text."""

    document: Document
    text: str


def documents(snapshot: Snapshot) -> list[Document]:
    """All originals of a snapshot, whatever their status."""
    found = [snapshot.document(number) for number in range(len(snapshot.manifest.documents))]
    return [document for document in found if document.kind is Kind.ORIGINAL]


def countries(snapshot: Snapshot, part: Part) -> list[tuple[str, list[Document]]]:
    """The places of one half in order of their codes, each with the current originals that are about it alone."""
    found: dict[str, list[Document]] = {}
    for document in documents(snapshot):
        if document.status is Status.CURRENT and len(document.about) == 1 and part.holds(document.about[0]):
            found.setdefault(document.about[0], []).append(document)
    return sorted(found.items())


def read(snapshot: Snapshot, chosen: Sequence[Document]) -> list[Page]:
    """The documents with their texts."""
    return [Page(document, snapshot.text(document)) for document in chosen]


def gold(page: Page, start: int, end: int) -> Gold:
    """`text[start:end]` of a page, by offsets and hash."""
    return replace(gold_at(page.document.doc_id, page.text, start, end), source=page.document.source)


def naming(page: Page, *patterns: re.Pattern[str]) -> Iterator[Gold]:
    """Each sentence of a page, as it is shown, that all the patterns are found in."""
    document, text = page
    if all(pattern.search(text) for pattern in patterns):  # most pages end here
        shown = plain(text, document.body, None, document.markup)
        for low, high in shown_sentences(shown.text):
            if all(pattern.search(shown.text, low, high) for pattern in patterns):
                yield gold(page, *shown.source_span(low, high))


@cache
def table(name: str) -> dict[str, Any]:
    """A table of `eval/sets`, such as "wordings"."""
    record: dict[str, Any] = yaml.safe_load((_SETS / f"{name}.yaml").read_text("utf-8"))
    return record


def drawn(wordings: str | Sequence[str], *key: object) -> str:
    """One of several wordings, always the same for the same key."""
    given = [wordings] if isinstance(wordings, str) else list(wordings)
    return random.Random(" ".join(map(str, key))).choice(given)  # noqa: S311 - a draw, not a secret


def sample(questions: Sequence[QuestionRecord], options: Options) -> list[QuestionRecord]:
    """At most `most` of the questions, drawn with the seed, in the order given."""
    count = min(options.most, len(questions))
    chosen = random.Random(options.seed).sample(range(len(questions)), count)  # noqa: S311 - a draw, not a secret
    return [questions[number] for number in sorted(chosen)]


def write(questions: Sequence[QuestionRecord], path: Path) -> None:
    """One question record a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(question.to_record(), ensure_ascii=False) + "\n" for question in questions]
    path.write_text("".join(lines), "utf-8")

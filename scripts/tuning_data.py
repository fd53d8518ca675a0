"""What the encoder of questions and the recogniser of concepts learn from: the files of eval/tuning, with vectors."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from assistant.understanding.thesaurus import concepts
from eval.hazards import hazards
from eval.judged import is_left_out
from index.documents import Document
from index.embedding import Vectors
from index.snapshot import Snapshot
from index.units import embedded_texts

SETS = Path(__file__).parents[1] / "eval" / "sets"
TUNING = Path(__file__).parents[1] / "eval" / "tuning"
LEARNT_FROM = "questions.jsonl", "further.jsonl"
OTHERS = 8000  # sentences that nobody asked about, among the candidates
OFF_SUBJECT = 1200  # questions that mean no concept
SAFETY = "TGU"  # how the travellers' questions mark those on health, safety and papers


class Asked(NamedTuple):
    """A question, and the row of its sentence among the candidates."""

    question: str
    right: int


class Judged(NamedTuple):
    """A question with its quotes: their vectors, shape (quotes, dimension), and how well each answers, 0…1."""

    question: str
    vectors: torch.Tensor
    answers: torch.Tensor


class Named(NamedTuple):
    """A question, and which concept it means; the number of concepts where it means none."""

    question: str
    concept: int


@dataclass(frozen=True, slots=True)
class Data:
    """All that is learnt from. `sentences`: the candidates' vectors, shape (sentences, dimension)."""

    asked: list[Asked]
    sentences: torch.Tensor
    judged: list[Judged]
    named: list[Named]
    concepts: list[str]


class Units:
    """The units of an index by where they stand: each one's vector and the text that was embedded."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._rows: dict[str, list[int]] = defaultdict(list)
        self._documents = [snapshot.document(n) for n in range(len(snapshot.manifest.documents))]
        for row, number in enumerate(snapshot.files.tables.document.tolist()):
            self._rows[self._documents[number].doc_id].append(row)

    def document(self, doc: str) -> Document | None:
        """The document of that name, without its text."""
        return (
            self._documents[int(self._snapshot.files.tables.document[self._rows[doc][0]])]
            if doc in self._rows
            else None
        )

    def text(self, document: Document) -> str:
        return self._snapshot.text(document)

    @cache  # noqa: B019 - lives as long as the script
    def of(self, doc: str) -> list[tuple[int, int, str, Vectors]]:
        """Start, end, embedded text and vector of each unit of a document."""
        return [unit for row in self._rows.get(doc, ()) for unit in self.in_row(row)]

    def in_row(self, row: int) -> Iterator[tuple[int, int, str, Vectors]]:
        """The same of one passage."""
        document = self._documents[int(self._snapshot.files.tables.document[row])]
        units, vectors = self._snapshot.units(row)
        whole = replace(document, text=self.text(document))
        texts = embedded_texts(whole, self._snapshot.files.tables.passages([row])[0], units)
        for unit, text, vector in zip(units, texts, vectors, strict=True):
            yield unit.start, unit.end, text, vector


def read(snapshot: Snapshot, travel: Path, rng: random.Random) -> Data:
    """Everything, without the countries that are left out. `travel`: real travellers' questions, column `question`."""
    units = Units(snapshot)
    rows: dict[str, int] = {}
    vectors: list[Vectors] = []

    def row_of(text: str, vector: Vectors) -> int:
        if text not in rows:
            rows[text] = len(vectors)
            vectors.append(vector)
        return rows[text]

    asked = [Asked(question, row_of(text, vector)) for question, text, vector in answered(units, LEARNT_FROM)]
    for row in rng.sample(range(len(snapshot)), min(OTHERS, len(snapshot))):
        for _, _, text, vector in rng.sample(list(units.in_row(row)), 1):
            row_of(text, vector)
    names, named = _named(travel, rng)
    return Data(asked, torch.from_numpy(np.stack(vectors)), _judged(units), named, names)


def answered(units: Units, names: Sequence[str]) -> Iterator[tuple[str, str, Vectors]]:
    """Each question of these files with the text that was embedded of the sentence that answers it, and its vector.

    None about the countries that are left out.
    """
    for record in (record for name in names for record in _records(name)):
        document = units.document(record["doc"])
        if document is None or any(map(is_left_out, document.about)):
            continue
        words = units.text(document)[record["start"] : record["end"]]
        if hashlib.sha256(words.encode()).hexdigest() == record["sha256"]:
            for start, _, text, vector in units.of(record["doc"]):
                if start == record["start"]:
                    yield from ((question, text, vector) for question in record["questions"])
                    break


def asked_of_left_out() -> frozenset[str]:
    """The questions that were asked about countries left out to measure by."""
    return frozenset(record["question"] for record in _records("judged.jsonl") if is_left_out(record["place"]))


def reported_questions() -> list[str]:
    """The wordings of the sets that figures are reported on; where one names its country it says {place}."""
    asked = [words for hazard in hazards().values() for words in (*hazard.own, *hazard.other)]
    for name in ("seeds.jsonl", "seeds_natural.jsonl"):
        asked += [json.loads(line)["question"] for line in (SETS / name).read_text("utf-8").splitlines()]
    return asked


def _judged(units: Units) -> list[Judged]:
    found = []
    for record in _records("judged.jsonl"):
        answers = torch.tensor([{2: 1.0, 1: 0.2}.get(grade, 0.0) for *_, grade in record["quotes"]])
        spans = [_span(units, doc, start, end) for doc, start, end, _ in record["quotes"]]
        known = [span for span in spans if span is not None]
        if not is_left_out(record["place"]) and len(known) == len(spans) and len(set(answers.tolist())) > 1:
            found.append(Judged(record["question"], torch.from_numpy(np.stack(known)), answers / answers.sum()))
    return found


def _span(units: Units, doc: str, start: int, end: int) -> Vectors | None:
    """The vector of a span: the mean of its units', of length 1."""
    inside = [vector for first, last, _, vector in units.of(doc) if first >= start and last <= end]
    if not inside:
        return None
    mean: Vectors = np.mean(inside, axis=0)
    return mean / np.float32(np.linalg.norm(mean))


def _named(travel: Path, rng: random.Random) -> tuple[list[str], list[Named]]:
    records = _records("concepts.jsonl")
    named = [Named(question, n) for n, record in enumerate(records) for question in record["questions"]]
    with travel.open(encoding="utf-8", errors="replace", newline="") as file:
        others = [row["question"] for row in csv.DictReader(file) if not row["coarse"].startswith(SAFETY)]
    none = rng.sample([question for question in others if not concepts(question)], OFF_SUBJECT)
    return [record["terms"] for record in records], named + [Named(question, len(records)) for question in none]


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TUNING / name).read_text("utf-8").splitlines()]

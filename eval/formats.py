"""Public question-answering formats made into a BEIR corpus and question records with exact gold.

The index makes a corpus record's canonical text by setting its title above it (`canonical_text`), so answers' offsets
are shifted by that heading. A document's id is the hash of that text: the same paragraph in two files is one document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import QuestionSetError
from eval.gold import Gold, gold_at
from eval.records import QuestionRecord, as_object, parse_lines, read_text


@dataclass(frozen=True, slots=True)
class Converted:
    """`documents` are BEIR records `{"_id", "title", "text"}` in order of first appearance."""

    documents: tuple[dict[str, str], ...]
    questions: tuple[QuestionRecord, ...]


class _Corpus:
    """Documents by id, each once."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, str]] = {}

    def add(self, title: str, text: str) -> str:
        """The document's id."""
        doc = hashlib.sha256(canonical_text(title, text).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.records.setdefault(doc, {"_id": doc, "title": title, "text": text})
        return doc


def canonical_text(title: str, text: str) -> str:
    """The text that the index gives a corpus record, which gold offsets count in."""
    title = " ".join(title.split())
    return f"# {title}\n\n{text}" if title else text


def convert_squad(files: Sequence[Path]) -> Converted:
    """SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018): a paragraph is a document; each different answer is a gold.

    Raises QuestionSetError.
    """
    corpus = _Corpus()
    questions = []
    for file in files:
        with _shape(file, "SQuAD"):
            for article in json.loads(read_text(file))["data"]:
                title = str(article.get("title", "")).replace("_", " ")
                for paragraph in article["paragraphs"]:
                    doc = corpus.add(title, paragraph["context"])
                    questions += [_squad_question(item, doc, title, paragraph["context"]) for item in paragraph["qas"]]
    return Converted(tuple(corpus.records.values()), tuple(questions))


def convert_clapnq(files: Sequence[Path]) -> Converted:
    """CLAPNQ (Rosenthal et al. 2025): each run of selected sentences that touch is a gold.

    A question that no annotator answered is not answerable. Raises QuestionSetError.
    """
    corpus = _Corpus()
    questions = []
    for file in files:
        with _shape(file, "CLAPNQ"):
            for record in parse_lines(file, as_object):
                (passage,) = record["passages"]
                doc = corpus.add(passage["title"], passage["text"])
                spans = {
                    span
                    for output in record["output"]
                    for span in _joined(passage["text"], output["selected_sentences"])
                }
                gold = _gold(doc, passage["title"], passage["text"], sorted(spans))
                answered = any(output["answer"] for output in record["output"])
                questions.append(QuestionRecord(record["id"], record["input"], answerable=answered, gold=gold))
    return Converted(tuple(corpus.records.values()), tuple(questions))


def convert_orsharc(files: Sequence[Path]) -> Converted:
    """OR-ShARC (Gao et al. 2021): `id2snippet.json` becomes the corpus, the other files (JSON a line) the questions.

    The question is the user's first message: question, then scenario. Gold is the document alone. The follow-up
    questions are the other side's and are left out. Raises QuestionSetError.
    """
    documents: list[dict[str, str]] = []
    questions = []
    for file in files:
        with _shape(file, "OR-ShARC"):
            if file.name == "id2snippet.json":
                snippets = json.loads(read_text(file)).items()
                documents += [{"_id": key, "title": "", "text": text} for key, text in snippets]
            else:
                questions += [_orsharc_question(record) for record in parse_lines(file, as_object)]
    return Converted(tuple(documents), tuple(questions))


CONVERTERS: dict[str, Callable[[Sequence[Path]], Converted]] = {
    "squad": convert_squad,
    "clapnq": convert_clapnq,
    "orsharc": convert_orsharc,
}


def write(converted: Converted, out: Path) -> None:
    """Write `corpus.jsonl`, which `safecite build --sources` reads, and `questions.jsonl` where there are any."""
    out.mkdir(parents=True, exist_ok=True)
    _write_lines(out / "corpus.jsonl", converted.documents)
    if converted.questions:
        _write_lines(out / "questions.jsonl", [question.to_record() for question in converted.questions])


def _write_lines(path: Path, records: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")


@contextmanager
def _shape(file: Path, name: str) -> Iterator[None]:
    """Say in one sentence that a file has not the shape of its format, instead of where the code stumbled."""
    try:
        yield
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise QuestionSetError(f"is not a {name} file ({type(error).__name__}: {error}).", path=file) from error


def _squad_question(item: dict[str, Any], doc: str, title: str, context: str) -> QuestionRecord:
    spans = []
    for answer in item["answers"]:
        start, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
        if context[start:end] != answer["text"]:
            raise ValueError(f"the answer of {item['id']} does not stand at its offset")
        spans.append((start, end))
    gold = _gold(doc, title, context, list(dict.fromkeys(spans)))
    return QuestionRecord(item["id"], item["question"].strip(), answerable=bool(gold), gold=gold)


def _orsharc_question(record: dict[str, Any]) -> QuestionRecord:
    words = f"{record['question']} {record['scenario']}".strip()
    return QuestionRecord(record["utterance_id"], words, answerable=True, gold=(Gold(record["gold_snippet_id"]),))


def _gold(doc: str, title: str, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Gold, ...]:
    """Gold for spans of `text`, in terms of the canonical text."""
    whole = canonical_text(title, text)
    shift = len(whole) - len(text)
    return tuple(gold_at(doc, whole, shift + start, shift + end) for start, end in spans)


def _joined(text: str, sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the sentences in the text, those with nothing but white space between them as one."""
    spans = []
    for sentence in sentences:
        start = text.find(sentence)
        if start < 0:
            raise ValueError("a selected sentence does not stand in its passage")
        spans.append((start, start + len(sentence)))
    spans.sort()
    while spans:
        start, end = spans.pop(0)
        while spans and not text[end : spans[0][0]].strip():
            end = max(end, spans.pop(0)[1])
        yield start, end

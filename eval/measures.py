"""What a run is worth: each measure as one value a question, then as a figure with its interval.

A question without an answer, or without results, counts 0 in every measure of its kind; it is never left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import ir_measures
from ir_measures import RR, R, nDCG

from assistant import messages
from eval import calibration, stats
from eval.records import DENIED_TAG, NUMBER_TAG, OLDER_TAG, PLACE_TAG, QuestionRecord
from eval.runs import AnswerRecord, Run
from eval.spans import beside, covers, number_pattern, overlaps, token_f1
from eval.stats import Difference, Figure

_RETRIEVAL = {
    "ndcg@10": (nDCG @ 10, "nDCG@10, documents"),
    "recall@1": (R @ 1, "recall@1, documents"),
    "recall@5": (R @ 5, "recall@5, documents"),
    "recall@10": (R @ 10, "recall@10, documents"),
    "recall@100": (R @ 100, "recall@100, documents"),
    "rr@10": (RR @ 10, "MRR@10, documents"),
}
_DECISIVE = ("decided", "first_overlaps", "number_first", "newest_first", "right_place")
_JUDGED = (*_DECISIVE, "f1_first", "ndcg@10")
HEADLINES = (  # proportions, shown for each tag
    "first_overlaps",
    "number_first",
    "newest_first",
    "older_as_current",
    "right_place",
    "wrong_place",
    "refused_answerable",
    "refused_unanswerable",
)
_PASSAGE_DEPTHS = (1, 5, 10)


@dataclass(slots=True)
class Sample:
    """One measure: a value by question id. `binary` values are 0 or 1, and their mean is a proportion."""

    label: str
    binary: bool
    values: dict[str, float] = field(default_factory=dict)


def figures(run: Run) -> dict[str, Figure]:
    """Every measure that the run has observations for, by key, in the order in which they are shown."""
    by_key = samples(run)
    found = {
        key: (stats.proportion if sample.binary else stats.mean)(sample.label, list(sample.values.values()))
        for key, sample in by_key.items()
        if sample.values and key != "seconds"
    }
    unanswerable, answerable = by_key["refused_unanswerable"].values, by_key["refused_answerable"].values
    if unanswerable and answerable:
        answered = [1 - refused for refused in answerable.values()]
        label = "balanced accuracy of answer or refuse"
        found["balanced_accuracy"] = stats.balanced(label, list(unanswerable.values()), answered)
    quotes = [(answer.id, number) for answer in run.answers.values() for number, _ in enumerate(answer.citations, 1)]
    if quotes:
        faults = {(fault["id"], fault["citation"]) for fault in run.inexact}
        found["exact"] = stats.proportion("quotes that are exact", [float(quote not in faults) for quote in quotes])
    found |= calibration.figures(run)
    seconds = list(by_key["seconds"].values.values())
    found["seconds_p50"] = stats.quantile("seconds an answer, median", seconds, 0.5)
    found["seconds_p95"] = stats.quantile("seconds an answer, 95th percentile", seconds, 0.95)
    return found


def differences(ours: Run, theirs: Run) -> dict[str, Difference]:
    """Paired differences of every measure, over the questions that both runs asked in the same words."""
    words = {question.id: question.question for question in theirs.questions}
    shared = {question.id for question in ours.questions if words.get(question.id) == question.question}
    mine, other = samples(ours), samples(theirs)
    found = {}
    for key, sample in mine.items():
        ids = [id_ for id_ in sample.values if id_ in shared and id_ in other[key].values]
        if ids:
            found[key] = stats.paired(
                sample.label, [sample.values[i] for i in ids], [other[key].values[i] for i in ids]
            )
    return found


def worst(run: Run, count: int) -> list[tuple[QuestionRecord, AnswerRecord, float]]:
    """The questions that went worst, with the mean of what its decision, quote, place and retrieval were worth."""
    by_key = samples(run)
    judged = [by_key[key].values for key in _JUDGED]
    rows = []
    for question in run.questions:
        worth = [values[question.id] for values in judged if question.id in values]
        if worth:
            rows.append((question, run.answers[question.id], sum(worth) / len(worth)))
    return sorted(rows, key=lambda row: row[2])[:count]


def failed(run: Run) -> set[str]:
    """Ids of the questions that were decided wrongly, or answered first with something that is not right."""
    by_key = samples(run)
    return {id_ for key in _DECISIVE for id_, value in by_key[key].values.items() if not value}


def by_tag(run: Run, prefix: str) -> dict[str, dict[str, Figure]]:
    """The headline figures of the questions of each tag that begins with the prefix, tags in alphabetical order."""
    tagged: dict[str, list[str]] = {}
    for question in run.questions:
        for tag in question.tags:
            if tag.startswith(prefix):
                tagged.setdefault(tag, []).append(question.id)
    by_key = samples(run)
    found: dict[str, dict[str, Figure]] = {}
    for tag, ids in sorted(tagged.items()):
        values = {key: [v for id_ in ids if (v := by_key[key].values.get(id_)) is not None] for key in HEADLINES}
        found[tag] = {key: stats.proportion(by_key[key].label, values[key]) for key in HEADLINES if values[key]}
    return found


def samples(run: Run) -> dict[str, Sample]:
    """Every measure's values by key; one without observations is there and empty."""
    found = {key: Sample(label, binary=False) for key, (_, label) in _RETRIEVAL.items()}
    _retrieval(run, found)
    for depth in _PASSAGE_DEPTHS:
        found[f"passage@{depth}"] = Sample(f"gold in one of the best {depth} passages", binary=True)
    found |= {
        "first_covers": Sample("first citation covers the gold", binary=True),
        "any3_covers": Sample("one of the first three citations covers it", binary=True),
        "first_overlaps": Sample("first citation overlaps it (lenient)", binary=True),
        "beside": Sample("share of a covering first quote beside the gold", binary=False),
        "f1_first": Sample("token F1, first quote against gold", binary=False),
        "f1_all": Sample("token F1, all quotes against gold", binary=False),
        "refused_unanswerable": Sample("unanswerable questions refused", binary=True),
        "refused_answerable": Sample("answerable questions refused", binary=True),
        "decided": Sample("rightly answered or refused", binary=True),
        "right_place": Sample("answerable, place named: first citation is about it", binary=True),
        "wrong_place": Sample("answered, place named: first citation is not about it", binary=True),
        "number_first": Sample("first citation, about the place, holds a right number", binary=True),
        "newest_first": Sample("first citation is the newest level's", binary=True),
        "older_as_current": Sample("an older level stands first, or is not said to be older", binary=True),
        "seconds": Sample("seconds an answer", binary=False),
    }
    for question in run.questions:
        answer = run.answers[question.id]
        for of in (_quoted, _decided, _placed, _numbered, _dated):
            for key, value in of(question, answer):
                found[key].values[question.id] = value
        found["seconds"].values[question.id] = answer.seconds
    return found


def _retrieval(run: Run, found: dict[str, Sample]) -> None:
    """Document-level measures of ir_measures. A document ranks where its best passage does."""
    qrels, results = [], []
    for question in run.questions:
        grades: dict[str, int] = {}
        for gold in question.gold:
            doc = f"{gold.source or ''}/{gold.doc}"
            grades[doc] = max(gold.grade, grades.get(doc, 0))
        qrels += [ir_measures.Qrel(question.id, doc, grade) for doc, grade in grades.items()]
        # The reciprocal rank orders as the score does, and does not tie where scores do.
        best: dict[str, float] = {}
        for rank, passage in enumerate(run.answers[question.id].passages, start=1):
            best.setdefault(f"{passage.source}/{passage.doc}", 1 / rank)
        results += [ir_measures.ScoredDoc(question.id, doc, score) for doc, score in best.items()]
    if not qrels:
        return
    keys = {str(measure): key for key, (measure, _) in _RETRIEVAL.items()}
    for metric in ir_measures.iter_calc([measure for measure, _ in _RETRIEVAL.values()], qrels, results):
        found[keys[str(metric.measure)]].values[metric.query_id] = float(metric.value)


def _quoted(question: QuestionRecord, answer: AnswerRecord) -> Iterator[tuple[str, float]]:
    """Passages and quotes against the gold spans, of questions that have any."""
    golds = [gold for gold in question.gold if gold.range is not None]
    if not golds:
        return
    for depth in _PASSAGE_DEPTHS:
        yield f"passage@{depth}", float(any(covers(p, gold) for p in answer.passages[:depth] for gold in golds))
    spans = [citation.span for citation in answer.citations]
    first_covers = any(covers(span, gold) for span in spans[:1] for gold in golds)
    yield "first_covers", float(first_covers)
    yield "any3_covers", float(any(covers(span, gold) for span in spans[:3] for gold in golds))
    yield "first_overlaps", float(any(overlaps(span, gold) for span in spans[:1] for gold in golds))
    if first_covers:
        yield "beside", beside(spans[0], golds)
    # An annotator may have marked several spans: one of them, or all together, is what a quote is held against.
    wanted = [gold.span or "" for gold in golds]
    wanted.append(" ".join(wanted))
    quotes = [citation.quote for citation in answer.citations]
    yield "f1_first", max(token_f1(quotes[0] if quotes else "", words) for words in wanted)
    yield "f1_all", max(token_f1(" ".join(quotes), words) for words in wanted)


def _decided(question: QuestionRecord, answer: AnswerRecord) -> Iterator[tuple[str, float]]:
    if question.answerable is not None:
        yield "refused_answerable" if question.answerable else "refused_unanswerable", float(answer.abstained)
        yield "decided", float(answer.abstained is not question.answerable)


def _placed(question: QuestionRecord, answer: AnswerRecord) -> Iterator[tuple[str, float]]:
    """Tags `place:XX` say which place is asked about, or which places."""
    asked = set(_tagged(question, PLACE_TAG))
    if not asked:
        return
    right = bool(answer.citations) and not asked.isdisjoint(answer.citations[0].places)
    if question.answerable:
        yield "right_place", float(right and not answer.abstained)
    if answer.citations and not answer.abstained:
        yield "wrong_place", float(not right)


def _numbered(question: QuestionRecord, answer: AnswerRecord) -> Iterator[tuple[str, float]]:
    """Tags `number:102` say what may be dialled. Where a page says that there is no number, to say so is right too."""
    digits = _tagged(question, NUMBER_TAG)
    denied = DENIED_TAG in question.tags
    if not digits and not denied:
        return
    first = answer.citations[0] if answer.citations and not answer.abstained else None
    asked = set(_tagged(question, PLACE_TAG))
    if first is None or (asked and asked.isdisjoint(first.places)):
        yield "number_first", 0.0
        return
    held = any(number_pattern(each).search(first.quote) for each in digits)
    yield "number_first", float(held or (denied and any(overlaps(first.span, gold) for gold in question.gold)))


def _dated(question: QuestionRecord, answer: AnswerRecord) -> Iterator[tuple[str, float]]:
    """Tags `older:SOURCE/DOC` name documents with an older level; the gold names the newest."""
    older = set(_tagged(question, OLDER_TAG))
    if not older:
        return
    newest = {f"{gold.source}/{gold.doc}" for gold in question.gold}
    cited = [f"{citation.span.source}/{citation.span.doc}" for citation in answer.citations]
    yield "newest_first", float(bool(cited) and cited[0] in newest and not answer.abstained)
    places = [number for number, key in enumerate(cited) if key in older]
    if places:
        said = answer.text.count(messages.SUPERSEDED) + answer.text.count(messages.WITHDRAWN)
        yield "older_as_current", float(newest.isdisjoint(cited[: places[0]]) or said < len(places))
    else:
        yield "older_as_current", 0.0


def _tagged(question: QuestionRecord, prefix: str) -> list[str]:
    return [tag.removeprefix(prefix) for tag in question.tags if tag.startswith(prefix)]

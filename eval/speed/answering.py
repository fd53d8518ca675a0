"""The stages of an answer, one after the other, each by itself, and the whole answer from question to shown text.

Understanding holds the emergency rule and the look whether the question is ours at all. The stages after it are timed
for questions that are searched; a question that is searched twice, or for several kinds of answer, costs more than its
stages add up to. `whole` is what the user waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answer import Assistant
from assistant.choosing.arrange import arrange
from assistant.choosing.evidence import Evidence
from assistant.choosing.judgement import judge
from assistant.choosing.retrieval import RETRIEVED, Retrieval
from assistant.outcome import Answer
from assistant.render import to_text
from assistant.understanding.alarm import listener
from assistant.understanding.emergency import is_emergency
from assistant.understanding.question import Question, understand
from assistant.understanding.subject import subject
from eval.records import QuestionRecord
from eval.speed.timing import Stopwatch, median, spread, stage_rows
from index.dense import DenseSearch
from index.filters import GENERAL, Filters, Passing
from index.fusion import best_first, weighted_sum
from index.snapshot import DENSE_WEIGHT, Snapshot


def measure(assistant: Assistant, questions: Sequence[QuestionRecord], runs: int) -> dict[str, Any]:
    """Ask every question `runs` times, whole and by stages, turn about; a first round warms up and is not counted."""
    watch = Stopwatch()
    dense = DenseSearch(assistant.snapshot.files)
    for number in range(runs + 1):
        if number == 1:
            watch.laps.clear()
        answers = [_whole(assistant, question, watch) for question in questions]
        for question, answer in zip(questions, answers, strict=True):
            _stages(assistant, question, answer, dense, watch)
    whole, retrieval = watch.laps.pop("whole"), watch.laps.pop("retrieval", [])
    record: dict[str, Any] = {
        "snapshot": assistant.snapshot.name,
        "passages": len(assistant.snapshot),
        "questions": len(questions),
        "stages": stage_rows(watch.laps, {}),
        "whole": spread(whole),
    }
    if retrieval:
        record["retrieval"] = spread(retrieval)
        record["whole_over_embed"] = median(whole) / median(watch.laps["embed"])
    return record


def _whole(assistant: Assistant, asked: QuestionRecord, watch: Stopwatch) -> Answer:
    with watch.lap("whole"):
        answer = assistant.ask(
            asked.question, history=asked.history, today=asked.today or date.today(), passport=asked.passport
        )
        to_text(answer)
    return answer


def _stages(assistant: Assistant, asked: QuestionRecord, answer: Answer, dense: DenseSearch, watch: Stopwatch) -> None:
    snapshot = assistant.snapshot
    asker = assistant.asker if snapshot.places else snapshot.embedder
    with watch.lap("understand"):
        question = understand(
            asked.question,
            today=asked.today or date.today(),
            history=asked.history,
            passport=asked.passport,
            covered=snapshot.places,
        )
        is_emergency((*asked.history, asked.question), listener(asker))
        subject(question.standalone)
    if not answer.hits:
        with watch.lap("render"):
            to_text(answer)
        return
    filters = _filters(question, snapshot)
    with watch.lap("embed"):
        retrieval = Retrieval(snapshot, asker)
        vector, question = retrieval.vector(question), retrieval.with_meaning(question)
    with watch.lap("lexical"):
        lexical = snapshot.lexical(question.query, filters)
    allowed = dense.allow(Passing(snapshot.manifest).mask(filters)[snapshot.files.tables.document])
    with watch.lap("dense"):
        near = dense.search(vector, RETRIEVED, allowed, lexical.keys())
    with watch.lap("fuse"):
        best_first(weighted_sum(near, {row: lexical.get(row, 0.0) for row in near}, DENSE_WEIGHT))
    with watch.lap("retrieval"):
        again = asker.embed([question.search_words])[0]
        hits = snapshot.search(question.search_words, RETRIEVED, filters, words=question.query, vector=again)
    with watch.lap("choose"):
        quotes = Evidence(question, hits, snapshot, vector).quotes
        arrange(question, quotes)
    if quotes:
        with watch.lap("judge"):
            judge(quotes[0], question, hits)
    with watch.lap("render"):
        to_text(answer)


def _filters(question: Question, snapshot: Snapshot) -> Filters:
    """Where the assistant searches first."""
    return Filters(places=question.places or ((GENERAL,) if len(snapshot.places) > 1 else ()))

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionSetError
from eval.gold import Gold
from eval.questions import QuestionSet
from eval.records import QuestionRecord
from eval.run import run
from eval.runs import Span, read_run
from index.documents import sha256_text
from tests.eval.desk import ALARM, Desk

QUESTIONS = QuestionSet(
    "three.jsonl",
    "0" * 64,
    (
        QuestionRecord("q1", "ambulance number", answerable=True, gold=(Gold("alarm.md", span="103"),)),
        QuestionRecord("q2", "what fare", answerable=True, gold=(Gold("taxis.md", span="4500"),)),
        QuestionRecord("q3", "hotels?", answerable=False),
    ),
)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_run_leaves_answers_questions_and_what_it_was(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    assert run(Desk(), QUESTIONS, tmp_path / "out", lambda *report: seen.append(report)) == 3
    assert seen == [("asking", 0, 3), ("asking", 1, 3), ("asking", 2, 3), ("asking", 3, 3)]
    assert [(r["id"], r["status"]) for r in lines(tmp_path / "out" / "answers.jsonl")] == [
        ("q1", "answered"),
        ("q2", "answered"),
        ("q3", "no_source"),
    ]
    meta = json.loads((tmp_path / "out" / "meta.json").read_text())
    expected = {"snapshot": "000001-aaaaaaaa", "model": "words in common", "questions": "three.jsonl", "count": 3}
    assert {key: meta[key] for key in expected} == expected
    assert meta["questions_sha256"] == "0" * 64 and meta["started"] <= meta["finished"]
    assert meta["gold_documents_missing"] == 0 and meta["cpu_count"] >= 1
    start = ALARM.index("103")
    gold = {"doc": "alarm.md", "source": "own", "span": "103", "start": start, "end": start + 3}
    first = lines(tmp_path / "out" / "questions.jsonl")[0]
    assert first["gold"] == [{**gold, "sha256": sha256_text("103")}]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Desk(stop_at="q3"), QUESTIONS, tmp_path)
    with pytest.raises(QuestionSetError, match="is not finished: 1 of 3 questions have no answer"):
        read_run(tmp_path)
    again = Desk()
    assert run(again, QUESTIONS, tmp_path) == 1
    assert again.asked == ["q3"]
    assert [record["id"] for record in lines(tmp_path / "answers.jsonl")] == ["q1", "q2", "q3"]
    assert run(Desk(), QUESTIONS, tmp_path) == 0


def test_an_answer_cut_in_two_is_asked_again(tmp_path: Path) -> None:
    run(Desk(), QUESTIONS, tmp_path)
    whole = (tmp_path / "answers.jsonl").read_bytes()
    for cut in (1, 40, len(whole.splitlines(keepends=True)[2])):
        (tmp_path / "answers.jsonl").write_bytes(whole[:-cut])
        again = Desk()
        run(again, QUESTIONS, tmp_path)
        assert again.asked == ["q3"]
        assert (tmp_path / "answers.jsonl").read_bytes() == whole


@pytest.mark.parametrize(
    ("desk", "asked", "reason"),
    [
        (Desk(), replace(QUESTIONS, sha256="1" * 64), "holds a run of other questions"),
        (Desk(snapshot="000002-bbbbbbbb"), QUESTIONS, "holds a run of another snapshot"),
    ],
)
def test_another_run_is_not_mixed_in(tmp_path: Path, desk: Desk, asked: QuestionSet, reason: str) -> None:
    run(Desk(), QUESTIONS, tmp_path)
    before = (tmp_path / "answers.jsonl").read_bytes()
    with pytest.raises(QuestionSetError, match=reason):
        run(desk, asked, tmp_path)
    assert (tmp_path / "answers.jsonl").read_bytes() == before


def test_answers_of_unknown_origin_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_text("{}\n")
    with pytest.raises(QuestionSetError, match=r"holds answers without a meta\.json"):
        run(Desk(), QUESTIONS, tmp_path)


def test_an_index_built_again_during_the_run_ends_it(tmp_path: Path) -> None:
    class Moving(Desk):
        def answer(self, question: QuestionRecord) -> dict[str, Any]:
            record = super().answer(question)
            return {**record, "snapshot": "000002-bbbbbbbb"} if question.id == "q2" else record

    with pytest.raises(QuestionSetError, match="the index was built again during the run"):
        run(Moving(), QUESTIONS, tmp_path)
    assert [record["id"] for record in lines(tmp_path / "answers.jsonl")] == ["q1"]


def test_gold_that_cannot_be_located_names_its_question_before_anything_is_asked(tmp_path: Path) -> None:
    asked = replace(QUESTIONS, questions=(QuestionRecord("q7", "x", gold=(Gold("alarm.md", span="999"),)),))
    desk = Desk()
    with pytest.raises(QuestionSetError, match=r"^question 'q7': its gold span does not stand in 'alarm.md'\."):
        run(desk, asked, tmp_path / "out")
    assert desk.asked == [] and not (tmp_path / "out" / "answers.jsonl").exists()
    good = replace(QUESTIONS, sha256="2" * 64)
    assert run(desk, good, tmp_path / "out") == 3  # the failed start leaves nothing in the way


def test_judged_documents_that_are_not_held_are_counted_unless_none_is(tmp_path: Path) -> None:
    judged = (
        QuestionRecord("q1", "ambulance", gold=(Gold("alarm.md"), Gold("lost.md"))),
        QuestionRecord("q2", "fare", gold=(Gold("lost.md"),)),
    )
    run(Desk(), replace(QUESTIONS, questions=judged), tmp_path / "some")
    assert json.loads((tmp_path / "some" / "meta.json").read_text())["gold_documents_missing"] == 1
    with pytest.raises(QuestionSetError, match=r"holds none of the documents of three\.jsonl"):
        run(Desk(), replace(QUESTIONS, questions=judged[1:]), tmp_path / "none")


def test_a_quote_beside_its_offsets_is_listed_once(tmp_path: Path) -> None:
    run(Desk(shift=1), QUESTIONS, tmp_path)
    (tmp_path / "inexact.jsonl").write_text((tmp_path / "inexact.jsonl").read_text() * 2)  # as after a kill
    assert read_run(tmp_path).inexact == (
        {"id": "q1", "citation": 1, "source": "own", "doc": "alarm.md", "start": 10, "end": 24},
        {"id": "q2", "citation": 1, "source": "own", "doc": "taxis.md", "start": 34, "end": 75},
    )


def test_a_run_is_read_back_in_rank_order(tmp_path: Path) -> None:
    run(Desk(), QUESTIONS, tmp_path)
    records = lines(tmp_path / "answers.jsonl")
    records[0]["passages"] = [
        {"source": "own", "doc": "b", "start": 0, "end": 1, "score": 0.1, "rank": 2},
        {"source": "own", "doc": "a", "start": 0, "end": 1, "score": 0.2, "rank": 1},
    ]
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    answer = read_run(tmp_path).answers["q1"]
    assert answer.passages == (Span("own", "a", 0, 1), Span("own", "b", 0, 1))
    assert (answer.citations[0].quote, answer.citations[0].places, answer.seconds) == ("Ambulance: 103", ("KZ",), 0.25)


def test_a_damaged_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="holds no run"):
        read_run(tmp_path)
    run(Desk(), QUESTIONS, tmp_path)
    (tmp_path / "answers.jsonl").write_text('{"id": "q1"}\n')
    with pytest.raises(QuestionSetError, match=r"answers\.jsonl line 1: an answer record lacks or misuses a field"):
        read_run(tmp_path)

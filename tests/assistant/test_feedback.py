"""Feedback: kept only when told so, read back, exported as a question set, purged without a trace."""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from typer.testing import CliRunner

from assistant.chat.engine import Engine
from assistant.chat.reply import reply
from assistant.chat.routes import routes
from assistant.commands.feedback import app
from assistant.errors import SettingsError
from assistant.feedback import Feedback, Verdict, feedback_file, purge_feedback, read_feedback, to_questions
from assistant.outcome import Answer
from eval.records import QuestionRecord, read_questions
from tests.assistant.conftest import Ask

AMBULANCE = "What do I dial for an ambulance in Kazakhstan?"


@pytest.fixture
def answer(ask: Ask) -> Answer:
    return ask(AMBULANCE, history=["Is Almaty safe?"])


def test_nothing_is_written_before_a_verdict_and_one_replaces_the_other(tmp_path: Path, answer: Answer) -> None:
    feedback = Feedback(tmp_path)
    id = feedback.offer(answer)
    assert list(tmp_path.iterdir()) == []
    assert feedback.keep(id, Verdict.WRONG)
    assert feedback.keep(id, Verdict.HELPFUL)
    (said,) = read_feedback(tmp_path)
    assert (said.id, said.verdict, said.question) == (id, Verdict.HELPFUL, AMBULANCE)
    assert (said.history, said.today, said.snapshot) == (("Is Almaty safe?",), "2026-09-01", answer.snapshot)
    assert [c["quote"] for c in said.answer["citations"]] == [q.text for q in answer.quotes]
    assert said.time.endswith("+00:00")
    assert stat.S_IMODE(feedback_file(tmp_path).stat().st_mode) == 0o600


def test_an_answer_that_was_not_given_here_cannot_be_judged(tmp_path: Path) -> None:
    assert not Feedback(tmp_path).keep("0123456789abcdef", Verdict.HELPFUL)
    assert read_feedback(tmp_path) == []


def test_only_the_last_thousand_answers_can_still_be_judged(tmp_path: Path, answer: Answer) -> None:
    feedback = Feedback(tmp_path)
    ids = [feedback.offer(answer) for _ in range(1001)]
    assert len(set(ids)) == 1001
    assert [feedback.keep(id, Verdict.HELPFUL) for id in (ids[0], ids[1], ids[-1])] == [False, True, True]


def test_what_was_said_becomes_a_question_set(tmp_path: Path, answer: Answer, ask: Ask) -> None:
    feedback = Feedback(tmp_path)
    refused = ask("What is the mains voltage in Kazakhstan?")
    assert refused.abstained
    for one, verdict in ((answer, Verdict.HELPFUL), (refused, Verdict.HELPFUL), (answer, Verdict.WRONG)):
        feedback.keep(feedback.offer(one), verdict)
    said = read_feedback(tmp_path)
    records = {(r["tags"][1], r["tags"][2]): r for r in to_questions(said)}
    gold = records["helpful", "status:answered"]["gold"]
    assert [(g["doc"], g["start"], g["end"]) for g in gold] == [
        (q.document.doc_id, q.start, q.end) for q in answer.quotes
    ]
    assert gold[0]["sha256"] == hashlib.sha256(answer.quotes[0].text.encode()).hexdigest()
    assert records["helpful", "status:no_source"]["answerable"] is False
    wrong = records["wrong", "status:answered"]
    assert ("gold" in wrong, "answerable" in wrong) == (False, False)
    parsed = [QuestionRecord.from_record(r) for r in records.values()]
    assert {p.history for p in parsed} == {("Is Almaty safe?",), ()}


def test_purging_leaves_nothing(tmp_path: Path, answer: Answer) -> None:
    feedback = Feedback(tmp_path)
    id = feedback.offer(answer)
    feedback.keep(id, Verdict.WRONG)
    assert purge_feedback(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []
    assert purge_feedback(tmp_path) == 0
    assert feedback.keep(id, Verdict.WRONG)  # the file comes again with the next verdict


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    feedback_file(tmp_path).write_text("no database")
    with pytest.raises(SettingsError, match=r"feedback\.sqlite: the feedback cannot be read"):
        read_feedback(tmp_path)


def test_the_commands(tmp_path: Path, answer: Answer) -> None:
    run = CliRunner()
    assert run.invoke(app, ["list", "--index", str(tmp_path)]).stdout == "no feedback is kept\n"
    feedback = Feedback(tmp_path)
    feedback.keep(feedback.offer(answer), Verdict.HELPFUL)
    listed = run.invoke(app, ["list", "--index", str(tmp_path)]).stdout
    assert listed.endswith(f"  helpful  answered     {AMBULANCE}\n")
    as_json = run.invoke(app, ["list", "--json", "--index", str(tmp_path)]).stdout
    assert json.loads(as_json)[0]["snapshot"] == answer.snapshot
    out = tmp_path / "q.jsonl"
    assert run.invoke(app, ["export", str(out), "--index", str(tmp_path)]).stdout == f"1 questions in {out}\n"
    assert [q.question for q in read_questions(out)] == [AMBULANCE]
    again = run.invoke(app, ["export", str(out), "--index", str(tmp_path)])
    assert isinstance(again.exception, SettingsError)
    assert run.invoke(app, ["purge", "--index", str(tmp_path)], input="n\n").exit_code == 1
    assert len(read_feedback(tmp_path)) == 1
    assert run.invoke(app, ["purge", "--yes", "--index", str(tmp_path)]).stdout == "1 verdicts deleted\n"


def test_the_route_keeps_a_verdict_and_is_not_there_by_default(tmp_path: Path, answer: Answer) -> None:
    engine = Engine(tmp_path, {}, "unused")
    feedback = Feedback(tmp_path)
    client = TestClient(Starlette(routes=list(routes(engine, feedback))))
    id = feedback.offer(answer)
    kept = client.post("/safecite/feedback", params={"answer": id, "verdict": "wrong"})
    assert (kept.status_code, read_feedback(tmp_path)[0].verdict) == (204, Verdict.WRONG)
    assert client.post("/safecite/feedback", params={"answer": id, "verdict": "perfect"}).status_code == 404
    assert client.post("/safecite/feedback", params={"answer": "x", "verdict": "wrong"}).status_code == 404
    without = TestClient(Starlette(routes=list(routes(engine, None))))
    assert without.post("/safecite/feedback", params={"answer": id, "verdict": "wrong"}).status_code == 404


def test_the_buttons_stand_only_where_feedback_is_on(answer: Answer) -> None:
    assert "sc-verdict" not in reply(answer, 1)
    assert reply(replace(answer), 1, "abc").count('data-answer="abc"') == 2

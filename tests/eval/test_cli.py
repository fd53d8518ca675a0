from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.run import run
from eval.runs import read_run
from tests.eval.desk import Desk
from tests.eval.test_run import QUESTIONS


def ends(status: int, *arguments: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    assert caught.value.code == status


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run(Desk(), QUESTIONS, tmp_path / "run")
    return tmp_path / "run"


def test_score_as_json_is_what_it_writes(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ends(0, "score", "--run", str(finished), "--worst", "1", "--json")
    shown = capsys.readouterr()
    record = json.loads(shown.out)
    assert json.loads((finished / "scores.json").read_text("utf-8")) == record
    assert shown.err == ""
    values = {key: figure["value"] for key, figure in record["figures"].items()}
    assert (values["ndcg@10"], values["first_covers"], values["refused_unanswerable"], values["exact"]) == (1, 1, 1, 1)
    assert values["balanced_accuracy"] == 1 and values["seconds_p50"] == 0.25
    assert record["figures"]["exact"]["n"] == 2 and record["inexact"] == []
    assert record["worst"][0]["question"] == "q2" and record["worst"][0]["first citation"] == "own/taxis.md"


def test_score_as_tables(finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(Desk(shift=1), QUESTIONS, tmp_path / "other")
    ends(0, "score", "--run", str(tmp_path / "other"), "--against", str(finished), "--worst", "2")
    out = capsys.readouterr().out
    for words in ("nDCG@10, documents", "quotes that are exact", "against three.jsonl", "went worst", "not exact"):
        assert words in out
    assert "103" not in out and "ambulance" not in out  # neither quotes nor questions
    markdown = (tmp_path / "other" / "scores.md").read_text("utf-8").splitlines()
    assert markdown[0] == "## three.jsonl on 000001-aaaaaaaa (words in common, safecite 0.1.0)"
    assert "| measure | value | 95% interval | n |" in markdown
    assert "| quotes that are exact | 0.0000 | 0.0000 … 0.6576 | 2 |" in markdown


def test_corpus_writes_what_can_be_built_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    qa = {"id": "1", "question": "How high?", "answers": [{"text": "900", "answer_start": 10}]}
    article = {"title": "Almaty", "paragraphs": [{"context": "It lies at 900 metres."[1:], "qas": [qa]}]}
    (tmp_path / "s.json").write_text(json.dumps({"data": [article]}))
    ends(0, "corpus", "--format", "squad", "--in", str(tmp_path / "s.json"), "--out", str(tmp_path / "set"))
    assert "1 documents and 1 questions written" in capsys.readouterr().err
    document = json.loads((tmp_path / "set" / "corpus.jsonl").read_text("utf-8"))
    (gold,) = json.loads((tmp_path / "set" / "questions.jsonl").read_text("utf-8"))["gold"]
    assert gold["doc"] == document["_id"] and gold["start"] == len("# Almaty\n\n") + 10


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["score", "--run", "{tmp}"], "eval: {tmp}: holds no run. Make one: python -m eval run --out DIR"),
        (
            ["run", "--index", "{tmp}", "--questions", "{tmp}/none.jsonl", "--out", "{tmp}/out"],
            "eval: {tmp}/none.jsonl: cannot be opened (No such file or directory).",
        ),
        (
            ["corpus", "--format", "beir", "--in", "{tmp}/x", "--out", "{tmp}/out"],
            "eval: beir sets need no converting. Build from the folder of corpus.jsonl.",
        ),
    ],
)
def test_a_mistake_ends_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    ends(1, *(argument.format(tmp=tmp_path) for argument in arguments))
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", sentence.format(tmp=tmp_path) + "\n")


def test_an_index_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "a", "question": "Is it safe?"}\n')
    ends(1, "run", "--index", str(tmp_path / "ix"), "--questions", str(tmp_path / "q.jsonl"), "--out", str(tmp_path))
    assert "there is no index yet" in capsys.readouterr().err


def test_help_names_every_option_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    ends(0, "run", "--help")
    help_text = capsys.readouterr().out
    assert all(option in help_text for option in ("--index", "--questions", "--out", "--split", "--format"))
    ends(0, "score", "--help")
    help_text = capsys.readouterr().out
    assert all(option in help_text for option in ("--run", "--against", "--worst", "--by", "--json"))
    ends(0, "report", "--help")
    help_text = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert all(option in help_text for option in ("--run", "--against", "--by", "--worst", "--out"))
    assert "outside the project" in help_text
    ends(0, "make", "--help")
    help_text = capsys.readouterr().out
    assert all(option in help_text for option in ("--part", "--most", "--wording", "--set", "--index", "--out"))


def test_a_run_answers_for_every_question_it_was_given(finished: Path) -> None:
    assert set(read_run(finished).answers) == {"q1", "q2", "q3"}

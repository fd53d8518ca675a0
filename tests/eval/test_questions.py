from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionSetError
from eval.gold import Gold
from eval.questions import Format, Split, load
from eval.records import QuestionRecord

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TREC = "q2 0 d1 2\n q1\t 0 d2 \t 1\nq1 0 d3 0\n"
BEIR = "query-id\tcorpus-id\tscore\nq1\td2\t1\n\nq2\td1\t2\n"


def write(path: Path, *records: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def beir(root: Path, qrels: str, split: str = "test") -> Path:
    write(
        root / "queries.jsonl",
        {"_id": "q1", "text": "First?", "metadata": {}},
        {"_id": "q2", "text": "Second?"},
        {"_id": "q3", "text": "Of another split?"},
    )
    (root / "qrels").mkdir(exist_ok=True)
    (root / "qrels" / f"{split}.tsv").write_text(qrels)
    return root


def test_every_field_of_a_question_record_is_read_and_written_again(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "question": "And taxis?",
        "history": ["Is Almaty safe?"],
        "today": "2026-08-22",
        "as_of": "2026-07-01",
        "passport": "GB",
        "answerable": True,
        "gold": [{"doc": "t.md", "source": "s", "span": "x"}, {"doc": "u", "start": 1, "end": 2, "sha256": "f"}],
        "tags": ["place:KZ"],
    }
    (question,) = load([write(tmp_path / "q.jsonl", record)]).questions
    assert question == QuestionRecord(
        "a",
        "And taxis?",
        ("Is Almaty safe?",),
        date(2026, 8, 22),
        date(2026, 7, 1),
        "GB",
        True,
        (Gold("t.md", "s", "x"), Gold("u", start=1, end=2, sha256="f")),
        ("place:KZ",),
    )
    assert question.to_record() == record


def test_answerable_is_what_is_said_or_what_gold_shows(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "x"},
        {"id": "b", "question": "x", "gold": [{"doc": "d"}]},
        {"id": "c", "question": "x", "answerable": False},
    )
    assert [question.answerable for question in load([path]).questions] == [None, True, False]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON."),
        ("[" * 100_000, "is not JSON."),
        ("[]", "a question must be an object."),
        ('{"id": "a"}', "question must be text that is not empty."),
        ('{"id": 1, "question": "x"}', "id must be text that is not empty."),
        ('{"id": "a", "question": "x", "answer": "y"}', "a question has no field 'answer'."),
        ('{"id": "a", "question": "x", "today": "1 May"}', "today must be a day such as 2026-08-22."),
        ('{"id": "a", "question": "x", "history": "y"}', "history must be a list of texts."),
        ('{"id": "a", "question": "x", "answerable": "no"}', "answerable must be true or false."),
        ('{"id": "a", "question": "x", "gold": {}}', "gold must be a list."),
        ('{"id": "a", "question": "x", "gold": [{"doc": 5}]}', "the gold's doc must be text."),
        (
            '{"id": "a", "question": "x", "answerable": false, "gold": [{"doc": "d"}]}',
            "a question that is not answerable has no gold.",
        ),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "z", "question": "fine"}\n\n' + line + "\n")
    with pytest.raises(QuestionSetError) as caught:
        load([path])
    assert str(caught.value) == f"{path} line 3: {reason}"


def test_an_id_may_stand_once(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", {"id": "a", "question": "x"}, {"id": "a", "question": "y"})
    with pytest.raises(QuestionSetError, match="the id 'a' stands there twice"):
        load([path])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "there is no question in it"), (b"\xff\xfe", "is not UTF-8"), (None, "cannot be opened")],
)
def test_files_that_are_no_question_set(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "q.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QuestionSetError, match=reason):
        load([path])


@pytest.mark.parametrize("named", ["", "queries.jsonl"])
def test_beir_with_the_four_columns_of_trec(tmp_path: Path, named: str) -> None:
    asked = load([beir(tmp_path / "set", TREC) / named])
    assert asked.questions == (
        QuestionRecord("q2", "Second?", answerable=True, gold=(Gold("d1", grade=2),)),
        QuestionRecord("q1", "First?", answerable=True, gold=(Gold("d2"),)),
    )
    assert asked.name == "set (test)"
    queries = (tmp_path / "set" / "queries.jsonl").read_bytes()
    assert asked.sha256 == hashlib.sha256(queries + TREC.encode()).hexdigest()


def test_beir_with_its_own_three_columns_and_the_split_asked_for(tmp_path: Path) -> None:
    root = beir(beir(tmp_path / "set", TREC), BEIR, "train")
    asked = load([root], split=Split.TRAIN)
    assert [(q.id, q.gold[0].doc, q.gold[0].grade) for q in asked.questions] == [("q1", "d2", 1), ("q2", "d1", 2)]
    with pytest.raises(QuestionSetError, match=r"dev\.tsv: cannot be opened"):
        load([root], split=Split.DEV)


@pytest.mark.parametrize(
    ("qrels", "reason"),
    [
        ("q1 0 d1 1\nq1 d1\n", "line 2: is no judgement"),
        ("q1 0 d1 1\nq1 0 d1 yes\n", "line 2: is no judgement"),
        ("q9 0 d1 1\n", "judges the query 'q9', which queries.jsonl does not hold"),
    ],
)
def test_faulty_qrels(tmp_path: Path, qrels: str, reason: str) -> None:
    with pytest.raises(QuestionSetError, match=reason):
        load([beir(tmp_path, qrels)])


@pytest.mark.archive
@pytest.mark.skipif(not DATA.is_dir(), reason="the real data at ../shared/data is absent")
@pytest.mark.parametrize(
    ("files", "form", "questions", "unanswerable"),
    [
        (["scifact"], None, 300, 0),
        (["xquad-en/xquad.en.json"], Format.SQUAD, 1190, 0),
        (["clapnq/clapnq_dev_answerable.jsonl"], Format.CLAPNQ, 300, 0),
        (["clapnq/clapnq_dev_unanswerable.jsonl"], Format.CLAPNQ, 300, 300),
        (["or-sharc/open_retrieval_sharc_test.json"], Format.ORSHARC, 2373, 0),
    ],
)
def test_real_sets_have_the_counts_they_are_known_for(
    files: list[str], form: Format | None, questions: int, unanswerable: int
) -> None:
    asked = load([DATA / file for file in files], form).questions
    assert len(asked) == questions
    assert sum(question.answerable is False for question in asked) == unanswerable

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionSetError
from eval.formats import Converted, convert_clapnq, convert_orsharc, convert_squad, write
from eval.gold import locate
from eval.records import read_questions
from index.documents import Reading
from index.readers import beir
from tests.eval.test_questions import DATA

CONTEXT = "Almaty lies at 900 metres. Almaty is no longer the capital."


def squad(tmp_path: Path, *qas: dict[str, Any]) -> Path:
    path = tmp_path / "squad.json"
    paragraph = {"context": CONTEXT, "qas": list(qas)}
    path.write_text(json.dumps({"version": "1.1", "data": [{"title": "Almaty_city", "paragraphs": [paragraph]}]}))
    return path


def texts_as_the_index_has_them(converted: Converted, folder: Path) -> dict[str, str]:
    write(converted, folder)
    readings = list(beir.read("own", folder))
    assert all(isinstance(reading, Reading) for reading in readings)
    return {r.document.doc_id: r.document.text for r in readings if isinstance(r, Reading)}


def located(converted: Converted, folder: Path) -> dict[str, list[tuple[str | None, int | None]]]:
    """The words and start of every gold by question, as `locate` finds them in the text that the index makes."""
    texts = texts_as_the_index_has_them(converted, folder)
    golds = {q.id: [locate(g, lambda doc, _: [("own", texts[doc])]) for g in q.gold] for q in converted.questions}
    return {id_: [(g.span, g.start) for g in found if g is not None] for id_, found in golds.items()}


def test_squad_gold_is_shifted_by_the_heading(tmp_path: Path) -> None:
    path = squad(
        tmp_path,
        {"id": "1", "question": " How high? ", "answers": [{"text": "900 metres", "answer_start": 15}] * 2},
        {"id": "2", "question": "Which city?", "answers": [{"text": "Almaty", "answer_start": 27}]},
        {"id": "3", "question": "How old?", "answers": [], "is_impossible": True},
    )
    converted = convert_squad([path])
    heading = len("# Almaty city\n\n")
    assert located(converted, tmp_path / "out") == {
        "1": [("900 metres", heading + 15)],
        "2": [("Almaty", heading + 27)],
        "3": [],
    }
    assert [q.answerable for q in converted.questions] == [True, True, False]
    assert converted.questions[0].question == "How high?"
    assert [(d["title"], d["text"]) for d in converted.documents] == [("Almaty city", CONTEXT)]
    assert read_questions(tmp_path / "out" / "questions.jsonl") == list(converted.questions)


def test_the_same_paragraph_twice_is_one_document(tmp_path: Path) -> None:
    path = squad(tmp_path, {"id": "1", "question": "x", "answers": []})
    assert len(convert_squad([path, path]).documents) == 1


def test_squad_with_an_answer_elsewhere_than_it_says(tmp_path: Path) -> None:
    path = squad(tmp_path, {"id": "1", "question": "x", "answers": [{"text": "900", "answer_start": 14}]})
    with pytest.raises(QuestionSetError, match="the answer of 1 does not stand at its offset"):
        convert_squad([path])


def clapnq_line(id_: str, answer: str, *selected: list[str]) -> str:
    passage = {"title": "Fares", "text": "Ask first . Agree on a fare . Then sit down . Pay in tenge ."}
    output = [{"answer": answer, "selected_sentences": sentences} for sentences in selected]
    return json.dumps({"id": id_, "input": "how to ride", "passages": [passage], "output": output}) + "\n"


def test_clapnq_joins_sentences_that_touch_and_keeps_others_apart(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(
        clapnq_line("1", "So .", ["Agree on a fare .", "Ask first ."], ["Pay in tenge .", "Ask first ."])
        + clapnq_line("2", "", [])
    )
    converted = convert_clapnq([path])
    heading = len("# Fares\n\n")
    assert located(converted, tmp_path / "out") == {
        "1": [("Ask first .", heading), ("Ask first . Agree on a fare .", heading), ("Pay in tenge .", heading + 46)],
        "2": [],
    }
    assert [q.answerable for q in converted.questions] == [True, False]
    assert len(converted.documents) == 1


def test_orsharc_asks_question_and_scenario_of_whole_texts(tmp_path: Path) -> None:
    snippets, asked = tmp_path / "id2snippet.json", tmp_path / "test.json"
    snippets.write_text(json.dumps({"7": "# Permit\n\nYou need a permit.", "8": "None."}))
    record = {"utterance_id": "u", "question": "Do I need one?", "scenario": "I moved.", "gold_snippet_id": "7"}
    asked.write_text(json.dumps(record) + "\n")
    converted = convert_orsharc([snippets, asked])
    (question,) = converted.questions
    assert (question.id, question.question, question.gold[0].doc) == ("u", "Do I need one? I moved.", "7")
    assert texts_as_the_index_has_them(converted, tmp_path / "out") == {
        "7": "# Permit\n\nYou need a permit.",
        "8": "None.",
    }


@pytest.mark.parametrize("convert", [convert_squad, convert_clapnq, convert_orsharc])
@pytest.mark.parametrize("content", ['{"data": 5}\n', "[1]\n", "no JSON\n"])
def test_a_file_of_another_shape_is_refused_in_a_sentence(tmp_path: Path, convert: Any, content: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(content)
    with pytest.raises(QuestionSetError, match=r"wrong\.json"):
        convert([path])


@pytest.mark.archive
@pytest.mark.skipif(not DATA.is_dir(), reason="the real data at ../shared/data is absent")
def test_all_gold_of_the_real_sets_stands_where_the_index_has_it(tmp_path: Path) -> None:
    xquad = convert_squad([DATA / "xquad-en" / "xquad.en.json"])
    assert len(xquad.documents) == 240
    assert sum(map(len, located(xquad, tmp_path / "xquad").values())) == 1190
    clapnq = convert_clapnq(sorted((DATA / "clapnq").glob("*.jsonl")))
    assert len(clapnq.documents) == 597  # three passages are asked about twice
    assert sum(map(bool, located(clapnq, tmp_path / "clapnq").values())) == 299  # one answer has no sentences
    orsharc = convert_orsharc([DATA / "or-sharc" / "id2snippet.json"])
    assert len(texts_as_the_index_has_them(orsharc, tmp_path / "orsharc")) == 651

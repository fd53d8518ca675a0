"""The report: its page and Markdown of small finished runs whose words are hostile."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.errors import ReportError
from eval.page import html
from eval.report import chapters, markdown, summary

HOSTILE = "<script>alert(1)</script> & *stars* [x](http://e.org) {{ 7*7 }}"


def write_run(folder: Path, wrong: int, *, sha: str = "aa", count: int = 20) -> Path:
    """A run of `count` questions, half of them answerable; the first `wrong` answerable ones are answered beside."""
    folder.mkdir(parents=True)
    meta = {"snapshot": "000001-aaaaaaaa", "model": "m", "questions": f"{sha}.jsonl", "questions_sha256": sha}
    (folder / "meta.json").write_text(json.dumps({**meta, "version": "0.1.0", "finished": "2026-11-22"}))
    questions, answers = [], []
    for number in range(count):
        answerable = number % 2 == 0
        right = answerable and number // 2 >= wrong
        question: dict[str, Any] = {"id": f"q{number}", "question": f"{number} {HOSTILE}", "answerable": answerable}
        question["tags"] = ["kind:even" if number % 4 == 0 else "kind:odd"]
        if answerable:
            gold = {"doc": "a.md", "source": "s", "span": HOSTILE, "start": 0, "end": len(HOSTILE), "sha256": "0"}
            question["gold"] = [gold]
        span = {"source": "s", "doc": "a.md", "start": 0 if right else 500, "end": 500 * (not right) + len(HOSTILE)}
        citation = {**span, "quote": HOSTILE, "places": []}
        judgement = {"probability": 0.9 - 0.04 * number if answerable else 0.1, "signals": {}, "best": span}
        questions.append(question)
        answers.append(
            {
                "id": f"q{number}",
                "status": "answered" if answerable else "no_source",
                "reason": None if answerable else "fact_not_covered",
                "abstained": not answerable,
                "citations": [citation] if answerable else [],
                "passages": [],
                "seconds": 0.1,
                "judgement": judgement,
            }
        )
    (folder / "questions.jsonl").write_text("".join(json.dumps(q) + "\n" for q in questions))
    (folder / "answers.jsonl").write_text("".join(json.dumps(a) + "\n" for a in answers))
    (folder / "inexact.jsonl").write_text("")
    return folder


class _Seen(HTMLParser):
    """The tags of a page with their attributes, and whether all that open are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr", "input", "link", "img"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    assert parser.open == []
    return parser


def test_a_chapter_holds_figures_changes_and_failures(tmp_path: Path) -> None:
    new, old = write_run(tmp_path / "new", 1), write_run(tmp_path / "old", 4)
    (chapter,) = chapters([new], [old], ["kind:"], worst=5)
    assert chapter.name == "aa"
    assert (chapter.figures["first_overlaps"].value, chapter.figures["first_overlaps"].n) == (0.9, 10)
    change = chapter.differences["first_overlaps"]
    assert (change.ours, change.theirs, change.n) == (0.9, pytest.approx(0.6), 10)
    assert (change.p, change.test) == (pytest.approx(2 / 8), "McNemar, exact")
    assert chapter.tagged["kind:"]["kind:even"]["first_overlaps"].value == pytest.approx(0.8)
    assert chapter.answered == (0.5, pytest.approx(0.1))
    assert [failure.question.id for failure in chapter.failures] == ["q0"]  # what went well is no failure
    assert chapter.failures[0].quoted[0].words == chapter.failures[0].gold[0].words == HOSTILE
    assert len(chapter.judged) == 20


def test_the_page_is_whole_escaped_and_fetches_nothing(tmp_path: Path) -> None:
    found = chapters([write_run(tmp_path / "one", 3), write_run(tmp_path / "two", 0, sha="bb")])
    page = html(found)
    parsed = seen(page)
    names = [tag for tag, _ in parsed.tags]
    assert "script" not in names and "link" not in names and "img" not in names
    assert "<script>" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *stars*" in page
    assert "{{ 7*7 }}" in page and "49" not in page.split("What went worst")[1].split("</section>")[0]
    for _, attributes in parsed.tags:
        for name in ("src", "href", "xlink:href", "style", "action"):
            assert not re.search(r"https?:|//|url\((?!#)", attributes.get(name) or "")
    ids = [attributes["id"] for _, attributes in parsed.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes.get("href") for tag, attributes in parsed.tags if tag == "a"]
    assert {"#all", "#run1", "#run2"} == set(targets) and {"all", "run1", "run2"} <= set(ids)
    curves = [attributes for tag, attributes in parsed.tags if tag == "svg" and attributes.get("role") == "img"]
    assert len(curves) == 6
    assert (curves[0]["aria-label"] or "").startswith(
        "Reliability curve: at 0.11 0.09 of 11 right; at 0.26 1.00 of 1 right"
    )
    assert "keep it outside the project" in page
    assert "var(--one)" in page and "#000003" not in page


def test_the_same_runs_make_the_same_bytes(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", 2)
    assert html(chapters([folder])) == html(chapters([folder]))


def test_markdown_is_escaped_and_has_the_figures(tmp_path: Path) -> None:
    text = markdown(chapters([write_run(tmp_path / "new", 1)], [write_run(tmp_path / "old", 4)], ["kind:"]))
    assert "<script>" not in text and "[x](http" not in text
    assert "\\<script\\>alert\\(1\\)" in text
    assert "| first citation overlaps it (lenient) | 0.9000 | 0.5958 … 0.9821 | 10 |" in text
    assert "## Against aa.jsonl on 000001-aaaaaaaa" in text
    assert "| 0.1–0.2 | 0.107 | 0.091 | 11 |" in text


def test_a_summary_has_only_what_some_run_has(tmp_path: Path) -> None:
    heads, rows = summary(chapters([write_run(tmp_path / "one", 3)]))
    assert "right quote first" in heads and "number right" not in heads and "right place" not in heads
    assert [figure is not None for figure in rows[0][1]] == [True] * len(heads)


def test_few_judged_questions_have_no_curves(tmp_path: Path) -> None:
    found = chapters([write_run(tmp_path / "few", 0, count=8)])
    assert found[0].judged == []
    assert "<figure>" not in html(found)


def test_a_run_of_other_questions_is_no_comparison(tmp_path: Path) -> None:
    new, other = write_run(tmp_path / "new", 1), write_run(tmp_path / "other", 1, sha="bb")
    with pytest.raises(ReportError, match="was asked other questions"):
        chapters([new], [other])


def test_the_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = write_run(tmp_path / "run", 2), tmp_path / "deep" / "report"
    with pytest.raises(SystemExit) as caught:
        main(["report", "--run", str(folder), "--out", str(out), "--by", "kind:"])
    assert caught.value.code == 0
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.md"]
    assert "outside the project" in capsys.readouterr().err

"""Answers and hits as records, as plain text and as Markdown. Nothing from a document becomes markup."""

from __future__ import annotations

import html
import json
import re
import string
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant import messages
from assistant.choosing.quotes import Quote
from assistant.outcome import Answer, Status
from assistant.render import (
    dated,
    escape_markdown,
    hit_record,
    hit_text,
    is_web_address,
    provenance,
    to_markdown,
    to_record,
    to_text,
    understood,
)
from assistant.understanding.question import understand
from index.dates import PartialDate
from index.documents import Basis, Document, Heading, Kind, Passage
from index.documents import Status as DocumentStatus
from index.filters import Filters
from index.snapshot import Hit, Snapshot
from tests.assistant.conftest import Ask

TODAY = date(2026, 9, 1)
CONTRACT = [
    "id", "question", "understood", "status", "reason", "abstained",
    "text", "citations", "passages", "snapshot", "seconds",
]  # fmt: skip
CITATION = [
    "source", "doc", "start", "end", "quote", "title", "publisher", "kind", "published", "updated", "places", "url",
]  # fmt: skip
PASSAGE = ["source", "doc", "start", "end", "score", "rank"]
HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<img src=x onerror=alert(1)>",
    "**bold** _em_ `code`",
    "# heading",
    "> quote",
    "- item",
    "1. item",
    "&lt;script&gt;",
    "| a | b |",
    "<https://example.org>",
    "a\\](x)",
    "---",
    "~~~",
]


def answer_of(words: str, *, title: str = "Page", publisher: str = "Someone", url: str | None = None) -> Answer:
    """An answer with one quote."""
    document = Document("own", "page.md", title, "", publisher=publisher, url=url, updated=PartialDate(2026, 8, 31))
    hit = Hit(0, document, Passage(0, len(words)), 1.0, 1, 1.0)
    quote = Quote(document, 0, len(words), words, words, (Heading(0, 1, 1),), (title,), hit)
    question = understand(words, today=TODAY)
    return Answer(question, Status.ANSWERED, "000001-aaaaaaaa", quotes=(quote,), hits=(hit,))


@pytest.mark.parametrize(
    "words",
    [
        "What do I dial for an ambulance in Kazakhstan?",
        "Is it safe to go to Kazakhstan?",
        "Is there malaria in Kazakhstan?",
        "Is it safe to travel to Kuwait?",
        "What number do I call in Wakanda?",
        "Can I vape?",
        "someone collapsed",
        "my friend collapsed in Lebanon",
    ],
)
def test_the_record_keeps_the_contract(ask: Ask, snapshot: Snapshot, words: str) -> None:
    answer = ask(words)
    record = to_record(answer, "s001")
    assert list(record)[: len(CONTRACT)] == CONTRACT
    assert json.loads(json.dumps(record)) == record
    assert (record["id"], record["question"], record["text"]) == ("s001", words, to_text(answer))
    assert record["status"] in {"answered", "emergency", "which_place", "no_source"}
    assert (record["reason"] is None) is (record["status"] != "no_source")
    assert record["abstained"] is (not record["citations"])
    assert record["snapshot"] == snapshot.name
    assert [list(c) for c in record["citations"]] == [CITATION] * len(answer.quotes)
    assert all(list(p) == PASSAGE for p in record["passages"])
    assert [p["rank"] for p in record["passages"]] == list(range(1, len(answer.hits) + 1))
    for citation in record["citations"]:
        document = snapshot.find_document(citation["source"], citation["doc"])
        assert document is not None
        assert citation["quote"] == snapshot.text(document)[citation["start"] : citation["end"]]
        assert citation["places"] == list(document.about)


def test_a_citation_in_full(ask: Ask) -> None:
    [citation] = to_record(ask("What is the ambulance number in Guinea?"))["citations"]
    assert (citation["end"] - citation["start"], citation["quote"]) == (18, "Ambulance: 442 020")
    del citation["start"], citation["end"], citation["quote"]
    assert citation == {
        "source": "archive",
        "doc": "unitedkingdom/Guinea/Getting help.md",
        "title": "Guinea: Getting help",
        "publisher": "UK Foreign, Commonwealth & Development Office",
        "kind": "original",
        "published": None,
        "updated": "2026-02-11",
        "places": ["GN"],
        "url": "https://www.gov.uk/foreign-travel-advice/guinea/getting-help",
    }


def test_text_shows_the_quote_under_its_heading_with_its_source(ask: Ask) -> None:
    assert to_text(ask("What is the ambulance number in Guinea?")) == (
        "[1] Emergency services in Guinea\n    “Ambulance: 442 020”\n"
        "    — UK Foreign, Commonwealth & Development Office · Guinea: Getting help"
        " · page updated 11 February 2026 (6 months old)"
    )


def test_text_of_a_refusal_lists_what_is_closest(ask: Ask) -> None:
    parts = to_text(ask("Is there malaria in Kazakhstan?")).split("\n\n")
    assert parts[0].startswith("I searched 16 documents")
    assert parts[1] == messages.CLOSEST
    assert [part.startswith("  · ") for part in parts[2:]] == [True, True, True]
    assert to_text(ask("Is it safe to travel to Kuwait?")).count("\n") == 0


def test_understood_names_the_place_that_was_carried(ask: Ask) -> None:
    assert understood(ask("What about taxis?", history=["Crime in Lebanon"])) == "What about taxis in Lebanon?"
    assert understood(ask("Taxis in Lebanon?")) == "Taxis in Lebanon?"


def test_how_a_document_is_dated() -> None:
    page = Document("own", "page.md", "Page", "")
    day = PartialDate(2026, 8, 1)
    assert dated(page, TODAY) == "undated"
    assert dated(replace(page, published=PartialDate(2011)), TODAY) == "published 2011 (15 years old)"
    assert dated(replace(page, updated=day), TODAY) == "page updated 1 August 2026 (4 weeks old)"
    assert dated(replace(page, reviewed=day), TODAY) == "page updated 1 August 2026 (4 weeks old)"
    both = replace(page, published=PartialDate(2020, 1, 1), updated=day)
    assert dated(both, TODAY) == "page updated 1 August 2026 (4 weeks old)"
    assert dated(replace(both, status=DocumentStatus.WITHDRAWN), TODAY) == (
        "page updated 1 August 2026 (4 weeks old). Its publisher has withdrawn this page."
    )
    assert (
        dated(replace(page, status=DocumentStatus.SUPERSEDED), TODAY) == "undated. A newer edition of this page exists."
    )


def test_who_says_it() -> None:
    page = Document("own", "page.md", "Peru", "", publisher="Someone", updated=PartialDate(2026, 9, 1))
    assert provenance(page, TODAY) == "Someone · Peru · page updated 1 September 2026 (today)"
    assert provenance(replace(page, publisher=""), TODAY) == "own · Peru · page updated 1 September 2026 (today)"


def test_our_own_words_say_that_they_are() -> None:
    based = tuple(Basis(name, "Page") for name in ("Canada", "Canada", "Ireland"))
    page = Document("own", "page.md", "Peru", "", publisher="safecite", kind=Kind.COMPILED, based_on=based)
    assert provenance(page, TODAY) == "safecite’s summary, based on Canada; Ireland · Peru · undated"
    more = replace(page, based_on=(*based, Basis("UK", "Page"), Basis("US", "Page")))
    assert provenance(more, TODAY) == "safecite’s summary, based on Canada; Ireland and 2 more · Peru · undated"


def plain_markdown(markdown: str) -> str:
    """HTML of Markdown in which raw HTML is allowed: what a careless reader would make of it."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_shows_hostile_text_as_itself(words: str) -> None:
    rendered = plain_markdown(to_markdown(answer_of(words, title=words, publisher=words)))
    for tag in ("<script", "<img", "<a ", "<code", "<em", "<h1", "<table", "<hr", "<ul"):
        assert tag not in rendered, rendered
    assert rendered.count("<blockquote>") == 1
    assert rendered.count("<strong>") == 1  # ours, around the question


@given(st.text(alphabet=string.ascii_letters + string.digits + string.punctuation + " é—", max_size=60))
def test_escaped_text_shows_as_itself(words: str) -> None:
    rendered = plain_markdown("x" + escape_markdown(words))
    assert html.unescape(rendered) == f"<p>x{words.rstrip(' ')}</p>\n"


@pytest.mark.parametrize(
    "line", ["===", "1. item", "10. October", "12) item", "- item", "+ item", "# x", "> x", "---", "    code", "\tcode"]
)
def test_no_line_of_a_quote_becomes_a_block(line: str) -> None:
    rendered = plain_markdown(to_markdown(answer_of(f"Police\n{line}\nFire")))
    quoted = rendered.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert re.findall(r"<(\w+)", quoted) == ["p"]


def test_markdown_of_an_answer(ask: Ask) -> None:
    assert to_markdown(ask("What is the ambulance number in Guinea?")) == (
        "**What is the ambulance number in Guinea?**\n\n"
        "1. Getting help › Emergency services in Guinea\n\n"
        "> Ambulance: 442 020\n\n"
        "— UK Foreign, Commonwealth \\& Development Office · Guinea: Getting help"
        " · page updated 11 February 2026 \\(6 months old\\)"
        " <https://www.gov.uk/foreign-travel-advice/guinea/getting-help>\n"
    )


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://example.org/> <script>", False),
        ("https://example.org/a b", False),
        ("https://example.org/\n[x](y)", False),
        ("ftp://example.org", False),
        ("HTTPS", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, linked: bool) -> None:
    assert is_web_address(url) is linked
    assert (f"<{url}>" in to_markdown(answer_of("words", url=url))) is linked


KAZAKHSTAN = Filters(places=("KZ",))


def test_a_record_holds_the_passage_and_what_each_retriever_gave(snapshot: Snapshot) -> None:
    hit = snapshot.search("earthquake", 3, KAZAKHSTAN)[0]
    record = hit_record(hit, snapshot)
    assert json.loads(json.dumps(record)) == record
    assert list(record) == [
        "source", "doc", "start", "end", "score", "rank", "text", "title", "publisher", "updated", "dense", "words",
    ]  # fmt: skip
    assert (record["source"], record["doc"]) == ("archive", "canada/Kazakhstan/security.md")
    assert (record["rank"], record["updated"]) == (1, "2026-07-29")
    assert record["publisher"] == "Global Affairs Canada"
    assert record["text"] == snapshot.text(hit.document)[record["start"] : record["end"]]
    assert record["text"].startswith("Almaty lies in an active seismic zone.")
    assert record["dense"] == {"score": round(hit.dense_score, 6), "rank": 1}
    assert record["words"]["rank"] == 1
    assert record["words"]["score"] > 0.0


def test_a_retriever_that_missed_a_passage_has_no_rank(snapshot: Snapshot) -> None:
    missed = [h for h in snapshot.search("earthquake", 50, KAZAKHSTAN) if h.word_rank is None]
    assert missed
    assert hit_record(missed[0], snapshot)["words"] == {"score": 0.0, "rank": None}


def test_text_shows_the_words_and_on_request_the_scores(snapshot: Snapshot) -> None:
    hit = snapshot.search("earthquake", 1, KAZAKHSTAN)[0]
    lines = hit_text(hit, snapshot, explain=False).split("\n")
    assert lines[0].startswith(
        "1. Global Affairs Canada · Kazakhstan: Safety and security · page updated 29 July 2026 ("
    )
    assert lines[1].startswith("   Almaty lies in an active seismic zone.")
    assert len(lines) == 2
    explained = hit_text(hit, snapshot, explain=True).split("\n")
    assert explained[:2] == lines
    assert explained[2] == (
        f"   archive/canada/Kazakhstan/security.md · score {hit.score:.3f} = "
        f"meaning {hit.dense_score:.3f} (rank 1), words {hit.word_score:.2f} (rank 1)"
    )


def test_a_missing_rank_is_a_dash(snapshot: Snapshot) -> None:
    missed = [h for h in snapshot.search("earthquake", 50, KAZAKHSTAN) if h.word_rank is None]
    assert "words 0.00 (rank –)" in hit_text(missed[0], snapshot, explain=True)


def test_markup_is_not_shown(snapshot: Snapshot) -> None:
    for hit in snapshot.search("crime level tool tip", 40):
        shown = hit_text(hit, snapshot, explain=True)
        assert "javascript:" not in shown and "**" not in shown and "](" not in shown

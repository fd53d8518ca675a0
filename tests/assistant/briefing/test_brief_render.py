"""Briefs as Markdown, text and records: numbered citations, and nothing of a document that is not text."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answer import Assistant
from assistant.briefing.brief import Brief, Gap, TopicBrief, Voice, brief
from assistant.briefing.brief_record import to_record
from assistant.briefing.brief_render import to_markdown, to_text
from assistant.briefing.compare import Comparison, compare
from assistant.briefing.emergency_card import EmergencyCard, Service
from assistant.briefing.topics import topics
from assistant.choosing.emergency_lines import Line
from assistant.choosing.levels import Level
from assistant.choosing.numbers import PhoneNumber
from assistant.choosing.quotes import Quote
from index.dates import PartialDate
from index.documents import Document, Heading, Passage
from index.snapshot import Hit, Snapshot
from tests.assistant.conftest import TODAY

GB = "UK Foreign, Commonwealth & Development Office"
HOSTILE = (
    "<script>alert(1)</script> [click](javascript:alert(1)) ![x](http://evil.example/x.png) # heading\n"
    "* item\n1. one\n1) two\n> quote\n```\ncode\n```\n***bold*** `code` <b onclick=x> &lt;b&gt; | a | b |\n===\n---\n"
    "    indented\n<http://evil.example> <!-- --> \\[1\\] \\"
)


@pytest.fixture(scope="session")
def kazakhstan(assistant: Assistant) -> Brief:
    return brief(assistant, "KZ", today=TODAY, passport="GB")


def hostile(title: str, shown: str, heading: str, url: str | None) -> Brief:
    """A brief in which all that a document can say is as given."""
    document = Document("docs", "a.md", title, "", publisher=title, url=url, level=shown, updated=PartialDate(2024))
    passage = Passage(0, max(1, len(shown)))
    quote = Quote(
        document, 0, len(shown), shown, shown, (Heading(0, 1, 1),), (heading,), Hit(0, document, passage, 0.0, 1, 0.0)
    )
    number = PhoneNumber(0, min(3, len(shown)), "112")
    said = Voice(title, (quote,), (9,), documents=1)
    gap = Voice(title, (), gap=Gap.OUTDATED, documents=1, outdated=document, frozen=date(2024, 1, 1))
    first = topics().all[0]
    return Brief(
        "KZ",
        TODAY,
        None,
        "000001",
        1,
        EmergencyCard((Service("police", (Line(quote, (number,)),)),), (quote,)),
        (Level(title, shown, document, (quote,)),),
        (TopicBrief(first, (said, gap), (said,), (said,)),),
        ("A note.",),
    )


def tokens(markdown: str) -> list[Token]:
    found = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    return [inner for token in found for inner in (token, *(token.children or ()))]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.text(max_size=120), st.text(max_size=60), st.none() | st.text(max_size=40))
@example(HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)")
@example("a\u2028# b", "1. x\n\n# y\r\n- z", "\t\tcode", "https://a.example/<b>")
@example("- a", "+ b", "~~~", "data:text/html,x")
@example("title", "[x]: javascript:alert(1)", "x\n===", "https://good.example/page")
def test_what_documents_say_stays_text(title: str, shown: str, heading: str, url: str | None) -> None:
    plain = hostile("title", "words", "heading", url)
    allowed = re.match(r"https?://[^\s<>\"'`]+$", url or "")
    expected = tokens(to_markdown(plain))
    found = tokens(to_markdown(hostile(title, shown, heading, url)))
    assert not [
        t for t in found if t.type in ("html_block", "html_inline", "image", "fence", "code_block", "code_inline")
    ]
    links = [t.attrs["href"] for t in found if t.type == "link_open"]
    assert len(links) == (1 if allowed else 0)  # one citation, whose page may have an address
    assert all(str(link).startswith(("http://", "https://")) for link in links)
    blocks = (
        "heading_open",
        "bullet_list_open",
        "ordered_list_open",
        "list_item_open",
        "blockquote_open",
        "table_open",
    )
    for kind in blocks:  # no word of a document opens a block
        assert sum(t.type == kind for t in found) <= sum(t.type == kind for t in expected)


def test_the_words_of_documents_are_shown_as_they_are() -> None:
    words = "<b>5 * 3_000 [and] (more)</b> #1"
    found = tokens(to_markdown(hostile(words, words, words, None)))
    text = "".join(token.content for token in found if token.type == "text")
    assert text.count(words) == text.count("</b>") == 25


def test_a_number_that_is_quoted_stands_bold_before_its_quote(kazakhstan: Brief) -> None:
    lines = to_markdown(kazakhstan).splitlines()
    assert (
        "- **102** – Emergency services in Kazakhstan: “Police: 102” \\[1\\] UK Foreign, Commonwealth "
        "\\& Development Office, page updated 15 June 2026"
    ) in lines
    assert "Not all of these agree. Newest first:" in lines


def test_the_travellers_own_embassy_stands_on_the_card(kazakhstan: Brief, assistant: Assistant) -> None:
    own = to_text(kazakhstan).partition("Your own embassy or consulate: United Kingdom\n")[2]
    assert own.lstrip().startswith("· +7 7172 555 200 – ")
    assert "Your own embassy" not in to_text(brief(assistant, "KZ", today=TODAY))
    french = to_text(brief(assistant, "KZ", today=TODAY, passport="FR"))
    assert "France\nIts pages about Kazakhstan that are held here give no number." in french
    consular = to_record(kazakhstan)["consular"]
    assert [each["service"] for each in consular] == ["AU", "IE", "GB", "US"]
    assert [line["numbers"] for line in consular[2]["lines"]] == [["+7 7172 555 200"]]


def test_each_citation_is_listed_with_publisher_title_date_age_and_address(kazakhstan: Brief) -> None:
    text = to_markdown(kazakhstan)
    body, _, listed = text.partition("## Sources\n")
    numbered = re.findall(r"^(\d+)\. (.*)$", listed, re.MULTILINE)
    assert [int(number) for number, _ in numbered] == list(range(1, len(numbered) + 1))
    assert {int(n) for n in re.findall(r"\\\[(\d+)\\\]", body)} == set(range(1, len(numbered) + 1))
    assert numbered[0][1] == (
        "UK Foreign, Commonwealth \\& Development Office · Kazakhstan: Getting help · page updated 15 June 2026 "
        "\\(2 months old\\) <https://www.gov.uk/foreign-travel-advice/kazakhstan/getting-help>"
    )


def test_the_terminal_shows_the_same_quotes_and_the_gaps(kazakhstan: Brief) -> None:
    text = to_text(kazakhstan)
    assert "  · Roads: “Roads outside cities are potholed and unlit.” [" in text
    gaps = text.partition("WHAT NO SOURCE COVERS\n")[2].partition("\nSOURCES")[0]
    assert re.findall(r"· (.*)", gaps) == ["Terrorism", "Women", "LGBTQ+", "Money", "Entry"]
    assert "That does not mean that there is no risk." in gaps


def test_a_government_without_a_level_is_not_called_safe(kazakhstan: Brief) -> None:
    said = to_text(kazakhstan).partition("WHAT EACH GOVERNMENT ADVISES\n")[2]
    assert said.startswith(
        f"{GB}\nNo level or warning was found on the pages here. That does not mean that it is safe. "
    )


def test_the_record_refers_to_its_citations(kazakhstan: Brief, snapshot: Snapshot) -> None:
    record = json.loads(json.dumps(to_record(kazakhstan)))
    assert (record["place"], record["passport"], record["documents"]) == ("KZ", "GB", 16)
    assert record["gaps"] == ["terrorism", "women", "lgbtq", "money", "entry"]
    police = record["emergency"][0]
    assert (police["service"], police["differ"]) == ("police", True)
    assert [line["numbers"] for line in police["lines"]] == [["102"], ["02"], ["102"]]
    citations = record["citations"]
    assert [each["number"] for each in citations] == list(range(1, len(citations) + 1))
    first = citations[police["lines"][0]["citation"] - 1]
    assert (first["quote"], first["publisher"], first["age"]) == ("Police: 102", GB, "2 months old")
    for cited in citations:
        document = snapshot.find_document(cited["source"], cited["doc"])
        assert document is not None
        assert snapshot.text(document)[cited["start"] : cited["end"]] == cited["quote"]
    levels = {each["publisher"]: each["level"] for each in record["levels"]}
    assert levels[GB] is None
    assert levels["U.S. Department of State"] == "Level 2: Exercise Increased Caution"


def test_an_address_that_is_no_web_address_is_left_out() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "https://a b", "//x.example", None):
        shown = hostile("title", "words", "heading", url)
        assert to_record(shown)["citations"][0]["url"] is None
        assert "javascript" not in to_markdown(shown) + to_text(shown)


def test_a_comparison_has_one_list_of_citations(assistant: Assistant) -> None:
    compared: Comparison = compare(assistant, ["KZ", "LB"], today=TODAY, wanted=["crime"])
    text = to_markdown(compared)
    assert text.startswith("# Kazakhstan, Lebanon: compared\n")
    assert text.count("## Sources") == 1
    crime = text.partition("## Crime\n")[2]
    assert crime.index("### Kazakhstan") < crime.index("#### U.S. Department of State") < crime.index("### Lebanon")
    record = to_record(compared)
    assert [each["place"] for each in record["briefs"]] == ["KZ", "LB"]
    assert [each["number"] for each in record["citations"]] == list(range(1, len(record["citations"]) + 1))

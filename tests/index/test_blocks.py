"""Blocks: what is a heading, an item, a row or a paragraph, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.blocks import _LEAVES, Block, _parser, blocks, has_words
from index.documents import Document, Markup
from tests.index.test_plain import marked_up


def document(text: str, markup: Markup = "markdown", body: int = 0) -> Document:
    return Document("s", "d", "t", text, markup=markup, body=body)


def outline(text: str, markup: Markup = "markdown", body: int = 0) -> list[tuple[str, str]]:
    """Kind, level and depth as one short word, and the source of each block."""
    return [
        (f"{b.kind[0]}{b.level or b.depth or ''}", text[b.start : b.end]) for b in blocks(document(text, markup, body))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\nText.\n\n### Two ##\nMore\ntext.",
         [("h1", "One"), ("p", "Text."), ("h3", "Two"), ("p", "More\ntext.")]),
        ("Title\n=====\nText.\n\nLower\n-----\n", [("h1", "Title"), ("p", "Text."), ("h2", "Lower")]),
        ("* a\n* b\n  1. c\n  2. d\n* e", [("i1", "a"), ("i1", "b"), ("i2", "c"), ("i2", "d"), ("i1", "e")]),
        ("* a\n\n  more of a\n", [("i1", "a"), ("i1", "more of a")]),
        ("+ 383 38 549 890", [("i1", "+ 383 38 549 890")]),
        ("| A | B |\n|---|---|\n| c | d |\n| e | f |", [("h8", "| A | B |"), ("r", "| c | d |"), ("r", "| e | f |")]),
        ("Dengue\n\nIn this country, dengue is a risk to travellers all through the year, and the rains bring more.",
         [("h7", "Dengue"),
          ("p", "In this country, dengue is a risk to travellers all through the year, and the rains bring more.")]),
        ("Porto\n\n* call 5", [("h7", "Porto"), ("i1", "call 5")]),
        ("Email\n\n* a@b.c", [("p", "Email"), ("i1", "a@b.c")]),
        ("Star House\n\n12 Moon Street", [("p", "Star House"), ("p", "12 Moon Street")]),
        ("**Crime:** Thefts occur.\n\n* Lock up.", [("h7", "Crime"), ("p", "Thefts occur."), ("i1", "Lock up.")]),
        ("**Scams**Internet romance", [("h7", "Scams"), ("p", "Internet romance")]),
        ("**Note:** Call ahead.", [("p", "**Note:** Call ahead.")]),
        ("**Never** go alone.", [("p", "**Never** go alone.")]),
        ("**Getting help:**\n\nCall.", [("h7", "**Getting help:**"), ("p", "Call.")]),
        ("**Rules\\***\n\nShow it.", [("h7", "**Rules\\***"), ("p", "Show it.")]),
        ("**Do not travel here.**\n\nCall.", [("p", "**Do not travel here.**"), ("p", "Call.")]),
        ("[#### Health ](javascript:void(0))\n\nDrink.", [("h4", "Health"), ("p", "Drink.")]),
        ("> quoted\n> on\n\nnot", [("p", "> quoted\n> on"), ("p", "not")]),
        ("a\r\n\r\n# b\r\n\r\n* c\r\n", [("p", "a"), ("h1", "b"), ("i1", "c")]),
        ("a\rb\n\nc", [("p", "a\rb"), ("p", "c")]),
        ("```\nx = 1\n\ny\n```\n\nafter", [("p", "```\nx = 1\n\ny\n```"), ("p", "after")]),
        ("a\n\n---\n\nb", [("p", "a"), ("p", "b")]),
        ("", []),
        ("\n \n", []),
    ],
)  # fmt: skip
def test_markdown(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


def test_bold_words_that_come_again_and_again_between_topic_lines_head_parts_of_a_topic() -> None:
    text = "## Ills\n\nGout\n\n* it hurts\n\n**Risk**\n\nLow.\n\n**Advice**\n\nRest.\n\nMumps\n\n* swells\n\n## Law\n"
    assert outline(text) == [
        ("h2", "Ills"),
        ("h6", "Gout"),
        ("i1", "it hurts"),
        ("h7", "**Risk**"),
        ("p", "Low."),
        ("h7", "**Advice**"),
        ("p", "Rest."),
        ("h6", "Mumps"),
        ("i1", "swells"),
        ("h2", "Law"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "## Ills\n\nGout\n\n* it hurts\n\n**Fees**\n\nHigh.",  # no topic line comes after: perhaps of one rank
        "## Ills\n\n**Fees**\n\nHigh.\n\nGout\n\n* it hurts\n\n**Cures**\n\nFew.",
        "## Ills\n\nGout\n\n* it hurts\n\n## Law\n\n**Fees**\n\nHigh.\n\nMumps\n\n* swells",
        "###### Ills\n\nGout\n\n* it hurts\n\n**Risk**\n\nLow.\n\nMumps\n\n* swells",  # there is no rank between
    ],
)
def test_topic_lines_are_of_the_rank_of_bold_words_elsewhere(text: str) -> None:
    assert ("h7", "Gout") in outline(text)


def test_nothing_before_the_body() -> None:
    text = "---\ntitle: X\n---\n# One\n\nText."
    assert outline(text, body=text.index("# One")) == [("h1", "One"), ("p", "Text.")]


def test_plain_text() -> None:
    text = "Crime and safety\n\nTaxis\n\nAgree on a fare first.\nThen ride.\n\nTel: 102 03\n\nEnd\n"
    assert outline(text, "plain") == [
        ("h1", "Crime and safety"),
        ("h2", "Taxis"),
        ("p", "Agree on a fare first.\nThen ride."),
        ("p", "Tel: 102 03"),
        ("p", "End"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Word", True), ("![a](b)", False), ("[Print](javascript:x)", False), ("* * 5", True),
     ("[![a](b)](c)", False), ("&nbsp;", False)],
)  # fmt: skip
def test_has_words(text: str, shown: bool) -> None:
    assert has_words(document(text), Block("paragraph", 0, len(text))) is shown


@given(marked_up, marked_up)
@example("", "- \xa0word")  # a space that is none to markdown
def test_blocks_lie_in_the_body_in_order(front: str, text: str) -> None:
    whole = front + text
    for markup in ("markdown", "plain"):
        position = len(front)
        for block in blocks(document(whole, "plain" if markup == "plain" else "markdown", len(front))):
            assert position <= block.start < block.end <= len(whole)
            piece = whole[block.start : block.end]
            assert piece == piece.strip()
            position = block.end


marks = st.sampled_from(
    ["a", "Word", "9", "**", "*", "_", "- ", "* ", "+ ", "1. ", "> ", "# ", "## ", "#", "|", "| - | -", "---",
     "===", "```", "[", "]", "[a](b)", "[a]: b", "<div>", "<!--", "\\", "\n", "\n", "\n\n", "  ", "    ", "\t", " "]
)  # fmt: skip


@example("a\nb")
@example("* a\n        * b")  # goes on with what is above it, deep as it stands
@example("* a\n  * b\n* c")
@given(st.lists(marks, max_size=25).map("".join))
def test_the_rule_for_lone_lines_finds_what_markdown_it_finds(text: str) -> None:
    alone = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join", "code"])
    kept = _LEAVES | {"list_item_open", "list_item_close", "thead_open", "thead_close"}
    found, expected = (
        [(token.type, token.tag, token.map) for token in parser.parse(text) if token.type in kept]
        for parser in (_parser(), alone)
    )
    assert found == expected

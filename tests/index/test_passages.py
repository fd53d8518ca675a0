"""Passages: inside the body, in order, small enough, under their headings, and nothing left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Document, Passage
from index.passages import MAX_LENGTH, heading_words, passages
from index.plain import plain, plain_text
from index.sentences import sentence_spans
from tests.index.test_plain import letters, marked_up

SENTENCE = "The road is closed in winter and opens again when the snow has gone. "  # 68 characters and a space

inline = st.sampled_from(
    [
        "Call 112. ",
        SENTENCE,
        SENTENCE * 4,
        "See [the page](https://a.b/c). ",
        "**Never walk alone.** ",
        "Ring *03*: ",
        "é😀. ",
    ]
)
paragraphs = st.lists(inline, min_size=1, max_size=20).map("".join)
headings = st.builds(
    lambda level, words: "#" * level + f" {words}", st.integers(1, 5), st.sampled_from(["Taxis", "Law"])
)
items = st.lists(st.tuples(st.integers(0, 2), inline), min_size=1, max_size=8).map(
    lambda rows: "\n".join(f"{'  ' * depth}* {text.strip()}" for depth, text in rows)
)
tables = st.lists(inline, min_size=1, max_size=9).map(
    lambda rows: "| Service | Number |\n|---|---|\n" + "\n".join(f"| {row.strip()} | 1 |" for row in rows)
)
giants = st.sampled_from(
    ["word " * 500, "w" * 3000, f"[{'label ' * 100}](u)", f"**{'bold words. ' * 90}**", "Fax:", "**Bold**"]
)
pages = st.lists(paragraphs | headings | items | tables | giants, max_size=10).map("\n\n".join)


def check_passages(document: Document) -> list[Passage]:
    """The promises of `passages`, on one document."""
    found = passages(document)
    atoms = plain(document.text, document.body, None, document.markup).atoms
    position = document.body
    for passage in found:
        assert position <= passage.start < passage.end <= len(document.text)
        position = passage.end
        piece = document.text[passage.start : passage.end]
        assert piece == piece.strip()
        shown = plain_text(document.text, passage.start, passage.end, document.markup)
        assert letters(shown)
        if len(shown) > MAX_LENGTH:  # one sentence that is not worth a cut, or one link or bold run that must not be
            whole = sentence_spans(document.text, passage.start, passage.end, document.markup)
            widest = max((b - a for a, b in atoms if a < passage.end and passage.start < b), default=0)
            assert len(whole) == 1
            assert len(shown) <= max(2 * MAX_LENGTH, MAX_LENGTH + 2 * widest)
        for heading in passage.headings:
            assert document.body <= heading.start < heading.end <= passage.start
        starts = [h.start for h in passage.headings]
        assert starts == sorted(set(starts))
    return found


@settings(deadline=None)
@given(pages)
def test_promises_on_pages(text: str) -> None:
    check_passages(Document("s", "d", "t", text))


@settings(deadline=None)
@given(marked_up, marked_up)
def test_promises_on_anything(front: str, text: str) -> None:
    for markup in ("markdown", "plain"):
        check_passages(
            Document("s", "d", "t", front + text, markup="plain" if markup == "plain" else "markdown", body=len(front))
        )


@settings(deadline=None)
@given(st.lists(paragraphs | items, max_size=8).map("\n\n".join))
def test_no_word_is_left_out(text: str) -> None:
    document = Document("s", "d", "t", text)
    found = "".join(letters(plain_text(text, p.start, p.end)) for p in passages(document))
    assert found == letters(plain_text(text))


def cut(text: str, body: int = 0) -> list[tuple[str, tuple[str, ...]]]:
    """What each passage shows, and its headings."""
    document = Document("s", "d", "t", text, body=body)
    return [(plain_text(text, p.start, p.end), heading_words(document, p)) for p in passages(document)]


def test_blocks_under_one_heading_are_packed() -> None:
    text = "# Kazakhstan\n\n## Taxis\n\nAgree on a fare.\n\nPay later.\n\n## Law\n\nCarry papers."
    assert cut(text) == [
        ("Agree on a fare.\nPay later.", ("Kazakhstan", "Taxis")),
        ("Carry papers.", ("Kazakhstan", "Law")),
    ]


def test_long_paragraph_is_cut_between_sentences() -> None:
    found = cut("# Roads\n\n" + SENTENCE * 25)
    assert [shown for shown, _ in found] == [(SENTENCE * n).strip() for n in (10, 10, 5)]
    assert all(above == ("Roads",) for _, above in found)


def test_endless_sentence_is_cut_between_words() -> None:
    found = cut("word " * 600)
    assert " ".join(shown for shown, _ in found) == ("word " * 600).strip()
    assert max(len(shown) for shown, _ in found) <= MAX_LENGTH


def test_list_keeps_the_line_that_introduces_it() -> None:
    items = "".join(f"* {SENTENCE}\n" for _ in range(15))
    found = cut(f"## Fire\n\nIf you smell smoke:\n\n{items}")
    assert found[0][0].startswith("If you smell smoke:\n• The road")
    assert found[0][1] == ("Fire",)
    assert found[1][1] == ("Fire", "If you smell smoke")


def test_table_rows_keep_their_header() -> None:
    text = "## Numbers\n\n| Service | Number |\n|---|---|\n| Police | 102 |\n| Fire | 101 |\n\nCall both."
    assert cut(text) == [
        ("Police | 102 |\nFire | 101 |", ("Numbers", "Service | Number")),
        ("Call both.", ("Numbers",)),
    ]


def test_a_label_with_nothing_under_it_is_left_out() -> None:
    assert cut("## Contact\n\nCall 102.\n\nFax:\n\n## Next\n\nWait.") == [
        ("Call 102.", ("Contact",)),
        ("Wait.", ("Next",)),
    ]


def test_nothing_shown_no_passage() -> None:
    for text in ("", "![a](b)\n\n---\n\n[Print](javascript:x)", "# Only a heading"):
        assert cut(text) == []


def test_front_matter_is_in_no_passage() -> None:
    text = "---\ntitle: X\n---\nText."
    assert cut(text, body=text.index("Text")) == [("Text.", ())]


def test_headings_are_outermost_first() -> None:
    text = "# A\n\n## B\n\n### C\n\n#### [D](u):\n\nText."
    document = Document("s", "d", "Title", text)
    [passage] = passages(document)
    assert heading_words(document, passage) == ("A", "B", "C", "D")
    assert [h.level for h in passage.headings] == [1, 2, 3, 4]


def test_repeated_heading_is_named_once() -> None:
    document = Document("s", "d", "t", "# Safety\n\n## SAFETY\n\nText.")
    assert heading_words(document, passages(document)[0]) == ("Safety",)


@pytest.mark.archive
def test_promises_on_real_pages(archive_pages: list[Document]) -> None:
    assert sum(len(check_passages(page)) for page in archive_pages) > 800

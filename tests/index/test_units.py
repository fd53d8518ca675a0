"""Units: each a sentence or an item at its exact place, under the line that introduces it; what is embedded of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings

from index.documents import Document, Passage, Reading
from index.passages import heading_words, passages
from index.plain import plain_text
from index.readers.folder import read_source
from index.sentences import sentence_spans
from index.units import SHORT_LINE, Cut, cut, embedded_texts, ends_with_colon, units
from tests.index.test_passages import SENTENCE, pages
from tests.index.test_plain import marked_up
from tests.index.test_sentences import check_spans

GUIDES = Path(__file__).resolve().parents[2] / "source_docs" / "guides"
NUMBERS = """# Kazakhstan

## Numbers

In an emergency call:

* Police: 102
* Fire: 101. Wait outside.

Tell them in which street you are, what has happened, and who is hurt.
Then wait.
"""


def found_in(text: str, body: int = 0) -> list[tuple[str, bool, int]]:
    """The units of a Markdown page of one passage: the characters, whether it is an item, the number of its intro."""
    document = Document("s", "d", "t", text, body=body)
    [passage] = passages(document)
    return [(text[u.start : u.end], u.is_item, u.intro) for u in units(document, passage)]


def embedded(text: str) -> list[str]:
    document = Document("s", "d", "t", text)
    return [part for p in passages(document) for part in embedded_texts(document, p, units(document, p))]


# By hand


def test_sentences_and_items_with_their_introduction() -> None:
    assert found_in(NUMBERS) == [
        ("In an emergency call:", False, -1),
        ("Police: 102", True, 0),
        ("Fire: 101.", True, 0),
        ("Wait outside.", False, 0),  # a short line goes on
        ("Tell them in which street you are, what has happened, and who is hurt.", False, -1),
        ("Then wait.", False, -1),
    ]


@pytest.mark.parametrize("mark", ["*", "-", "+", "  *", "> -", "\t*"])
def test_what_an_item_begins_with(mark: str) -> None:
    assert found_in(f"Bring these:\n\n{mark} Water\n")[1:] == [("Water", True, 0)]


def test_the_number_of_an_item_goes_with_its_words() -> None:
    text = "If it burns:\n\n1. Call 101. Say where.\n2. Go out.\n3) Wait there.\n"
    assert found_in(text) == [
        ("If it burns:", False, -1),
        ("1. Call 101.", True, 0),
        ("Say where.", False, 0),
        ("2. Go out.", True, 0),
        ("3) Wait there.", True, 0),
    ]
    assert found_in("1. Call 101.\n2. Go out.") == [("Call 101.", True, -1), ("2. Go out.", True, -1)]
    assert found_in("> 1. Call 101.\n> 2. Go out.") == [("1. Call 101.", True, -1), ("2. Go out.", True, -1)]


def test_a_number_that_answers_is_never_lost() -> None:
    assert found_in("Dial 105. Wait there.") == [("Dial 105.", False, -1), ("Wait there.", False, -1)]
    assert found_in("In Peru dial\n105. Wait.") == [("In Peru dial", False, -1), ("105. Wait.", True, -1)]
    assert found_in("Police:  \n105.  \nFire brigade.") == [
        ("Police:", False, -1),
        ("105.", False, 0),
        ("Fire brigade.", False, 0),
    ]


def test_lines_of_an_address_are_introduced_like_items() -> None:
    assert found_in("Visit us.\n\nAddress:  \n12 High Street  \nAlmaty\n\nOpen daily.") == [
        ("Visit us.", False, -1),
        ("Address:", False, -1),
        ("12 High Street", False, 1),
        ("Almaty", False, 1),
        ("Open daily.", False, 1),
    ]


def test_the_sentence_after_a_colon_may_be_long_and_nothing_long_after_it() -> None:
    long = SENTENCE.strip()
    assert len(long) >= SHORT_LINE
    assert [intro for _, _, intro in found_in(f"In winter:\n\n{long} {long}\n\nStay in.")] == [-1, 0, -1, -1]


def test_a_later_line_with_a_colon_takes_over() -> None:
    text = "Call:\n\n* Police\n* Others:\n\nOr write:\n\n* by post\n"
    assert [intro for _, _, intro in found_in(text)] == [-1, 0, 0, 0, 3]  # an item with a colon introduces nothing


def test_emphasis_hides_no_colon() -> None:
    assert [
        ends_with_colon(words, len(words)) for words in ("Call:", "**Call:**", "_Call_:", "Call", "Call: us", "")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_embedded_are_the_nearest_two_lines_above_and_the_words() -> None:
    assert embedded(NUMBERS) == [
        "Kazakhstan\nNumbers\nIn an emergency call:",
        "Numbers\nIn an emergency call:\nPolice: 102",
        "Numbers\nIn an emergency call:\nFire: 101.",
        "Numbers\nIn an emergency call:\nWait outside.",
        "Kazakhstan\nNumbers\nTell them in which street you are, what has happened, and who is hurt.",
        "Kazakhstan\nNumbers\nThen wait.",
    ]
    assert embedded("# A\n\n## B\n\n### C\n\n#### D\n\nSee [the *page*](u).") == ["C\nD\nSee the page."]
    assert embedded("No heading at all.") == ["No heading at all."]
    assert embedded("Bring:\n\n* [Water](u)\n") == ["Bring:", "Bring:\nWater"]


def test_cut_gives_passages_units_and_keys() -> None:
    text = "# Taxis\n\nAgree on a fare. Pay later.\n\n# Law\n\nAgree on a fare.\n\n# Taxis\n\nPay later."
    pieces, texts = cut(Document("s", "d", "t", text))
    assert list(texts.values()) == ["Taxis\nAgree on a fare.", "Taxis\nPay later.", "Law\nAgree on a fare."]
    assert [[texts[key] for key in piece.keys] for piece in pieces] == [
        ["Taxis\nAgree on a fare.", "Taxis\nPay later."],
        ["Law\nAgree on a fare."],
        ["Taxis\nPay later."],
    ]
    assert pieces[0].keys[1] == pieces[2].keys[0] == hashlib.sha256(b"Taxis\nPay later.").hexdigest()
    assert [tuple(unit) for unit in pieces[0].units] == [(9, 25, False, -1), (26, 36, False, -1)]


def test_half_a_character_has_a_key() -> None:
    text = "# Half \ud800\n\nDial 102."
    [piece], texts = cut(Document("s", "d", "t", text))
    assert list(texts) == list(piece.keys)
    assert all(len(bytes.fromhex(key)) == 32 for key in piece.keys)


def test_a_passage_of_bullets_has_no_units() -> None:
    pieces, _ = cut(Document("s", "d", "t", "a " + "• " * 1500 + " b"))
    assert [len(piece.units) for piece in pieces if not piece.units] == [0, 0, 0]


# Promises


def check_units(document: Document) -> int:
    """The promises of `cut` on one document; how many units it has."""
    pieces, texts = cut(document)
    assert [piece.passage for piece in pieces] == passages(document)
    assert texts.keys() == {key for piece in pieces for key in piece.keys}
    for key, text in texts.items():
        assert hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == key
    for piece in pieces:
        passage = piece.passage
        check_spans(document, passage.start, passage.end)
        assert [(unit.start, unit.end) for unit in piece.units] == slow_spans(document, passage)
        assert [unit.intro for unit in piece.units] == slow_introductions(document, piece)
        above = heading_words(document, passage)
        shown = [plain_text(document.text, unit.start, unit.end, document.markup) for unit in piece.units]
        for unit, words, key in zip(piece.units, shown, piece.keys, strict=True):
            lines = [*above[-2:], words] if unit.intro < 0 else [*above[-1:], shown[unit.intro], words]
            assert texts[key] == "\n".join(lines)
    return sum(len(piece.units) for piece in pieces)


def slow_spans(document: Document, passage: Passage) -> list[tuple[int, int]]:
    """The sentences; one that is only the number with which its line begins, with the next on that line."""
    found = sentence_spans(document.text, passage.start, passage.end, document.markup)
    for number in range(len(found) - 2, -1, -1):
        (start, end), (after, last) = found[number : number + 2]
        before = document.text[document.text.rfind("\n", 0, start) + 1 : start]
        is_number = document.text[start : end - 1].isdecimal() and document.text[end - 1] in ".)" and end - start < 5
        if is_number and not before.strip(" \t>") and not set("\r\n") & set(document.text[start:after]):
            found[number : number + 2] = [(start, last)]
    return found


def slow_introductions(document: Document, piece: Cut) -> list[int]:
    """For each unit the last one before it that ends with a colon, is no item, and is not cut off from it."""

    def introduces(first: int, number: int) -> bool:
        unit = piece.units[first]
        if unit.is_item or not document.text[unit.start : unit.end].rstrip("*_ ").endswith(":"):
            return False
        between = piece.units[first + 2 : number + 1]
        return all(other.is_item or other.end - other.start < SHORT_LINE for other in between)

    return [
        next((first for first in reversed(range(number)) if introduces(first, number)), -1)
        for number in range(len(piece.units))
    ]


@settings(deadline=None)
@given(pages)
def test_promises_on_pages(text: str) -> None:
    check_units(Document("s", "d", "t", text))


@settings(deadline=None)
@given(marked_up, marked_up)
def test_promises_on_anything(front: str, text: str) -> None:
    check_units(Document("s", "d", "t", front + text, body=len(front)))
    check_units(Document("s", "d", "t", front + text, body=len(front), markup="plain"))


def test_promises_on_the_documents_that_ship() -> None:
    found = [item.document for item in read_source("guides", GUIDES) if isinstance(item, Reading)]
    assert sum(map(check_units, found)) > 100


@pytest.mark.archive
def test_promises_on_real_pages(archive_pages: list[Document]) -> None:
    assert sum(map(check_units, archive_pages)) > 3_000

"""Sentences: where they end, and that their offsets are exact."""

from __future__ import annotations

import pytest
from hypothesis import given

from index.documents import Document
from index.plain import plain, plain_text
from index.sentences import sentence_spans
from tests.index.test_plain import letters, marked_up


def sentences(text: str, start: int = 0, end: int | None = None) -> list[str]:
    return [text[a:b] for a, b in sentence_spans(text, start, len(text) if end is None else end)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 112. It is free!  Is it?", ["Call 112.", "It is free!", "Is it?"]),
        ("😀 Wait. Ça helps. 𝒳 too.", ["😀 Wait.", "Ça helps.", "𝒳 too."]),
        ("Open until 5 p.m. The rest is closed.", ["Open until 5 p.m. The rest is closed."]),
        ("See St. Mary's. Then No. 5 there.", ["See St. Mary's.", "Then No. 5 there."]),
        ("Dial e.g. 103. Wait.", ["Dial e.g. 103.", "Wait."]),
        ("* one\n* Carry water. Drink it.\n", ["one", "Carry water.", "Drink it."]),
        ("Is it open? No. Maybe later.", ["Is it open?", "No.", "Maybe later."]),
        ("Call (+30 210) 322 2230 or (+30 210) 322", ["Call (+30 210) 322 2230 or (+30 210) 322"]),
        ("Police: 102  \nFire: 101", ["Police: 102", "Fire: 101"]),
        ("soft\nbreak. Next.", ["soft\nbreak.", "Next."]),
        ("See [the page. It helps](u). End.", ["See [the page. It helps](u).", "End."]),
        ("**Stay in. Lock up.** Wait.", ["**Stay in. Lock up.**", "Wait."]),
        ("| Police | 102 |\n| Fire | 101 |", ["Police | 102 |", "Fire | 101 |"]),
        ("Tom &amp; co. [x](javascript:y)", ["Tom &amp; co."]),
        ("", []),
        ("![only](image.png)", []),
    ],
)
def test_by_hand(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_only_inside_the_span() -> None:
    text = "First one. Second one. Third one."
    assert sentences(text, text.index("Second"), text.index(" Third")) == ["Second one."]


def check_spans(document: Document, start: int, end: int) -> int:
    """Every sentence lies inside in order, is trimmed, shows words, cuts nothing; together they show every word."""
    spans = sentence_spans(document.text, start, end, document.markup)
    shown = plain(document.text, start, end, document.markup)
    position = start
    for low, high in spans:
        assert position <= low < high <= end
        piece = document.text[low:high]
        assert piece == piece.strip()
        assert not any(a < offset < b for a, b in shown.atoms for offset in (low, high))
        position = high
    together = "".join(letters(plain_text(document.text, low, high, document.markup)) for low, high in spans)
    assert together == letters(shown.text)
    return len(spans)


@given(marked_up)
def test_spans_are_exact(text: str) -> None:
    check_spans(Document("s", "d", "t", text), 0, len(text))
    check_spans(Document("s", "d", "t", text, markup="plain"), 0, len(text))


@pytest.mark.archive
def test_spans_of_real_pages(archive_pages: list[Document]) -> None:
    assert sum(check_spans(page, page.body, len(page.text)) for page in archive_pages) > 2_000

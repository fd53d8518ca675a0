"""Quotes that stand side by side are shown as one, or in their paragraph's order; all others stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.choosing.joining import joined
from assistant.choosing.quotes import Quote
from index.build import build
from index.documents import Heading
from index.plain import plain_text
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder, page, write_source

ONE = "In many areas, tap water is not safe."
TWO = "Bottled water is safe, and so is what hotels boil."
THREE = "Ice is sold in the streets of every town."
LONG = f"Hotels {'and the houses of guests in the hills ' * 8}boil theirs."

Shown = Callable[..., list[str]]


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """`shown(body, words, …)`: what is shown of a page's quotes, given best first."""

    def made(body: str, *parts: str, headings: tuple[tuple[Heading, ...], ...] = ()) -> list[str]:
        source = write_source(tmp_path / "docs", {"k.md": page("K", body)})
        build(tmp_path / "index", {"own": source}, HashEmbedder())
        snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
        hit = snapshot.hits([0])[0]
        text = snapshot.text(hit.document)
        quotes = []
        for number, part in enumerate(parts):
            start = text.index(part)
            above = headings[number] if headings else ()
            end = start + len(part)
            quotes.append(Quote(hit.document, start, end, part, plain_text(text, start, end), above, (), hit))
        found = joined(quotes, snapshot)
        assert all(q.text == text[q.start : q.end] for q in found)
        return [q.shown for q in found]

    return made


@pytest.mark.parametrize("mark", ["", "* "])
def test_two_that_touch_are_one_in_the_order_of_the_text(shown: Shown, mark: str) -> None:
    assert shown(f"{mark}{ONE} {TWO}", TWO, ONE) == [f"{ONE} {TWO}"]
    assert shown(f"{mark}{ONE} {TWO} {THREE}", THREE, ONE, TWO) == [f"{ONE} {TWO} {THREE}"]
    assert shown(f"* {ONE}\n* {TWO}", TWO, ONE) == [f"{ONE}\n• {TWO}"]


def test_two_of_one_short_paragraph_are_one_with_what_is_between_them(shown: Shown) -> None:
    assert shown(f"{ONE} {TWO} {THREE}", THREE, ONE) == [f"{ONE} {TWO} {THREE}"]
    assert shown(f"{ONE} {LONG} {THREE}", THREE, ONE) == [THREE, ONE]


def test_two_that_do_not_fit_together_stand_in_the_order_of_their_paragraph(shown: Shown) -> None:
    assert shown(f"{ONE} {LONG} {THREE}\n\n{TWO}", LONG, TWO, ONE) == [ONE, LONG, TWO]
    assert shown(f"{ONE} {LONG}\n\n{TWO}", ONE, TWO, LONG) == [ONE, LONG, TWO]
    assert shown(f"{ONE}\n\n{LONG}", LONG, ONE) == [LONG, ONE]


def test_others_stay_as_they_are(shown: Shown) -> None:
    assert shown(f"{ONE}\n\n{TWO}\n\n{THREE}", THREE, ONE) == [THREE, ONE]
    above = ((Heading(0, 1, 2),), (Heading(2, 3, 2),))
    assert shown(f"{ONE} {TWO}", TWO, ONE, headings=above) == [TWO, ONE]

"""The measure of many chats at once: two of them on the made-up archive, and what it would notice."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import psutil
import pytest

from scripts.measure_chats import PAIRS, Reply, Tally, conversation, measure, misplaced

ASKED = ("Is it safe to take a taxi in Peru?", "And at night?")


def messages(place: str, *asked: str) -> list[dict[str, Any]]:
    """A conversation as the page gets it."""
    read = f'<article><ol><li><span class="sc-part sc-part-place">{place}</span></li></ol></article>'
    return [
        {"role": role, "content": [content]}
        for question in asked
        for role, content in (("user", {"text": escape(question, quote=False)}), ("assistant", {"value": read}))
    ]


def test_two_chats_at_once(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tally, found = measure(small_index, chats=2, questions=12, every=4)
    assert tally.wrong == []
    assert (found["questions"], found["wrong"]) == (12, 0)
    assert [row["questions"] for row in found["rows"]] == [4, 8, 12]
    assert found["conversations"] == len(tally.answers) == 12  # each with its own place, and as long as it was then
    assert {place for place, _ in tally.answers} == {"Kazakhstan", "Peru"}
    assert 0 < found["p50_s"] <= found["p95_s"] <= found["max_s"]
    assert 100 < found["own_quarter_mb"] <= max(row["own_mb"] for row in found["rows"]) < found["memory_mb"]
    assert found["growth"] == found["own_end_mb"] / found["own_quarter_mb"] - 1
    assert capsys.readouterr().out.count(" MB\n") == 3


def test_a_conversation_goes_through_the_pairs() -> None:
    asked = [question.format(place="Peru") for pair in PAIRS for question in pair]
    assert conversation("Peru", 0, 4) + conversation("Peru", 1, 4) == asked[:8]
    assert conversation("Peru", 0, 1) + conversation("Peru", 1, 1) == [asked[0], asked[2]]
    assert conversation("Peru", 5, 4) == asked[:4]


@pytest.mark.parametrize(
    ("shown", "wrong"),
    [
        (messages("Peru", *ASKED), ""),
        (messages("Chile", *ASKED), "was read as about Chile"),
        (messages("Peru", ASKED[1], ASKED[0]), "stands among other questions"),
        (messages("Peru", *ASKED, "Is it <safe>?"), "stands among other questions"),
        (messages("Peru", *ASKED)[:-1], "was not answered"),
        ([], "stands among other questions"),
    ],
)
def test_what_is_out_of_place_is_noticed(shown: list[dict[str, Any]], wrong: str) -> None:
    assert misplaced(shown, "Peru", ASKED) == wrong


def test_another_answer_than_before_is_noticed() -> None:
    tally = Tally(psutil.Process())
    for evidence in ("one", "one", "two"):
        tally.check("Peru", ASKED, Reply([None, messages("Peru", *ASKED), evidence], 0.1, 0.2))
    assert tally.wrong == ["Peru: And at night? another answer than before"]

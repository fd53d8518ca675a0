from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import Gold, gold_at, locate
from index.documents import sha256_text
from tests.eval.desk import ALARM, Desk


def find(doc: str, source: str | None) -> list[tuple[str, str]]:
    return Desk().find(doc, source, None)


def test_a_span_is_found_at_its_first_occurrence() -> None:
    text = "one two one two"
    found = locate(Gold("d", span="two"), lambda doc, source: [("s", text)])
    assert found == Gold("d", "s", "two", 4, 7, sha256_text("two"))


def test_offsets_are_checked_by_their_hash_and_get_their_words() -> None:
    gold = gold_at("alarm.md", ALARM, 20, 23)
    assert gold.span is None
    assert locate(gold, find) == Gold("alarm.md", "own", "103", 20, 23, sha256_text("103"))


@pytest.mark.parametrize(
    ("gold", "reason"),
    [
        (Gold("alarm.md", span="104"), "its gold span does not stand in 'alarm.md'"),
        (Gold("other.md", span="103"), "the index holds no document 'other.md'"),
        (Gold("alarm.md", source="seeds", span="103"), "the index holds no document 'alarm.md'"),
        (
            Gold("alarm.md", start=21, end=24, sha256=sha256_text("103")),
            "its gold was made from another text of 'alarm.md' than the index holds",
        ),
        (
            Gold("alarm.md", start=9000, end=9003, sha256=sha256_text("103")),
            "its gold was made from another text of 'alarm.md' than the index holds",
        ),
    ],
)
def test_gold_that_is_not_there_is_said_to_be_so(gold: Gold, reason: str) -> None:
    with pytest.raises(ValueError) as caught:
        locate(gold, find)
    assert str(caught.value) == reason


def test_a_document_alone_may_be_missing() -> None:
    assert locate(Gold("other.md"), find) is None
    assert locate(Gold("alarm.md", grade=2), find) == Gold("alarm.md", "own", grade=2)


def test_one_name_in_two_sources_asks_for_the_source() -> None:
    two = {("a", "x.md"): "the same", ("b", "x.md"): "the same"}
    desk = Desk(two)
    with pytest.raises(ValueError, match=r"'x.md' stands in several sources \(a, b\)"):
        locate(Gold("x.md", span="same"), lambda doc, source: desk.find(doc, source, None))
    named = locate(Gold("x.md", "b", span="same"), lambda doc, source: desk.find(doc, source, None))
    assert named is not None and (named.source, named.range) == ("b", (4, 8))


def test_the_source_whose_text_holds_the_span_is_taken() -> None:
    desk = Desk({("a", "x.md"): "nothing here", ("b", "x.md"): "call 103"})
    found = locate(Gold("x.md", span="103"), lambda doc, source: desk.find(doc, source, None))
    assert found is not None and (found.source, found.range) == ("b", (5, 8))


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("alarm.md", "a gold must be an object"),
        ({"span": "103"}, "a gold must name its doc"),
        ({"doc": "a", "text": "103"}, "a gold has no field 'text'"),
        ({"doc": "a", "start": "1", "end": 2, "sha256": ""}, "the gold's start must be a whole number"),
        ({"doc": "a", "start": True, "end": 2, "sha256": ""}, "the gold's start must be a whole number"),
        ({"doc": "a", "start": 1, "end": 2}, "start, end and sha256 of a gold come together"),
        ({"doc": "a", "start": 2, "end": 2, "sha256": ""}, "a gold's offsets must satisfy 0 <= start < end"),
        ({"doc": "a", "span": ""}, "a gold span may not be empty"),
        ({"doc": "a", "grade": 0}, "a gold's grade must be 1 or more"),
    ],
)
def test_a_faulty_gold_record(record: Any, reason: str) -> None:
    with pytest.raises(ValueError) as caught:
        Gold.from_record(record)
    assert str(caught.value) == reason


@given(st.text(min_size=1), st.data())
def test_located_gold_is_its_text_and_survives_its_record(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = locate(gold_at("d", text, start, end), lambda doc, source: [("s", text)])
    assert found is not None and found.span == text[start:end]
    assert Gold.from_record(found.to_record()) == found
    assert locate(found, lambda doc, source: [("s", text)]) == found

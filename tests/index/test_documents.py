"""Documents: their record in a manifest, their date, their hashes."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate
from index.documents import Basis, Document, Kind, Status, sha256_text
from tests.index.test_dates import partial_dates

words = st.text(max_size=12)
maybe_dates = st.none() | partial_dates
bases = st.builds(
    Basis, publisher=words, title=words, url=st.none() | words, updated=maybe_dates, retrieved=maybe_dates
)
documents = st.builds(
    Document,
    source=words,
    doc_id=words,
    title=words,
    text=words,
    markup=st.sampled_from(["markdown", "plain"]),
    publisher=words,
    url=st.none() | words,
    licence=st.none() | words,
    published=maybe_dates,
    updated=maybe_dates,
    reviewed=maybe_dates,
    retrieved=maybe_dates,
    about=st.lists(st.sampled_from(["KZ", "XK", "GB"]), max_size=3).map(tuple),
    level=st.none() | words,
    series=st.none() | words,
    status=st.sampled_from(Status),
    kind=st.sampled_from(Kind),
    based_on=st.lists(bases, max_size=2).map(tuple),
    body=st.integers(0, 9),
    reader=words,
)


@given(documents)
def test_record_survives_json(document: Document) -> None:
    record = json.loads(json.dumps(document.to_record()))
    assert Document.from_record(record, document.text) == document
    assert record == document.to_record()


def test_record_leaves_defaults_and_text_out() -> None:
    document = Document("s", "a.md", "T", "words", updated=PartialDate(2024, 5), about=("KZ",), status=Status.WITHDRAWN)
    assert document.to_record() == {
        "source": "s",
        "doc_id": "a.md",
        "title": "T",
        "updated": "2024-05",
        "about": ["KZ"],
        "status": "withdrawn",
    }


def test_unknown_key_in_a_record_is_an_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        Document.from_record({"source": "s", "doc_id": "a", "title": "t", "colour": "red"})


def dated(published: str = "", updated: str = "", reviewed: str = "") -> Document:
    dates = {"published": published, "updated": updated, "reviewed": reviewed}
    return Document.from_record({"source": "s", "doc_id": "a", "title": "t", **{k: v for k, v in dates.items() if v}})


def test_date_is_the_latest_known() -> None:
    assert dated().date is None
    assert str(dated(published="2011").date) == "2011"
    assert str(dated(published="2011-05-03", updated="2019-01", reviewed="2018-12-31").date) == "2019-01"


def test_a_bare_year_does_not_hide_the_day() -> None:
    assert str(dated(published="2024", updated="2024-05-03").date) == "2024-05-03"
    assert str(dated(published="2024-05-03", updated="2024").date) == "2024-05-03"


def test_hashes() -> None:
    document = Document("s", "a", "t", "é").with_hashes(b"\xe9")
    assert document.raw_sha256 == hashlib.sha256(b"\xe9").hexdigest()
    assert document.text_sha256 == hashlib.sha256(b"\xc3\xa9").hexdigest()
    assert sha256_text("\ud800") == hashlib.sha256(b"\xed\xa0\x80").hexdigest()

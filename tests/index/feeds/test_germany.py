"""Germany's feed, on a made-up file in the documented shape. No flag in it is meant to be true."""

from __future__ import annotations

from typing import Any

import pycountry
import pytest

from index.dates import PartialDate
from index.errors import FeedError
from index.feeds.feed import Listing, Response
from index.feeds.germany import ADDRESS, Germany
from index.feeds.iso3 import alpha_2
from tests.index.feeds.publishers import as_json, fetch, read, states
from tests.index.feeds.server import FakeClient

FEED = Germany(ADDRESS)
STAMP = 1_790_812_799_000  # 30 September 2026, 23:59:59 UTC


def entry(
    code: object = "TCD", *, warning: object = False, partial: object = False, stamp: object = STAMP
) -> dict[str, Any]:
    return {"iso3CountryCode": code, "warning": warning, "partialWarning": partial, "lastModified": stamp}


def fetched(place: str | None = None, **entries: object) -> Listing:
    response = {"lastModified": STAMP, "contentList": list(entries), **entries}
    return fetch(FEED, FakeClient({ADDRESS: as_json({"response": response})}), place=place)


def test_a_country_is_a_document_with_all_that_is_known_of_it() -> None:
    documents, skipped = read(FEED, fetched(**{"201": entry(partial=True)}))
    assert skipped == {}
    document = documents["201/travel-warning"]
    assert document.text == "# Travel warning\n\n## partialWarning\n\n* warning: no\n* partialWarning: yes"
    assert (document.title, document.level) == ("Chad: Travel warning", "partialWarning")
    assert document.publisher == "German Federal Foreign Office (Auswärtiges Amt)"
    assert (document.updated, document.about) == (PartialDate(2026, 9, 30), ("TD",))
    assert (document.series, document.reader) == ("germany/TD/travel-warning", "germany 1")


@pytest.mark.parametrize(
    ("warning", "partial", "level"),
    [
        (True, False, "warning"),
        (False, True, "partialWarning"),
        (True, True, "warning, partialWarning"),
        (False, False, None),
    ],
)
def test_the_level_is_the_flags_that_are_set_and_none_is_no_level(
    warning: bool, partial: bool, level: str | None
) -> None:
    (document,) = read(FEED, fetched(a=entry(warning=warning, partial=partial)))[0].values()
    assert document.level == level
    assert ("## " in document.text) == (level is not None)
    assert level is None or f"\n## {level}\n" in document.text


@pytest.mark.parametrize(
    ("stamp", "updated"),
    [
        (STAMP, PartialDate(2026, 9, 30)),
        (STAMP // 1000, PartialDate(2026, 9, 30)),
        (None, None),
        ("2026", None),
        (True, None),
        (10**30, None),
        (-(10**30), None),
    ],
)
def test_dates_are_days_in_utc(stamp: object, updated: PartialDate | None) -> None:
    (document,) = read(FEED, fetched(a=entry(stamp=stamp)))[0].values()
    assert document.updated == updated


def test_a_date_that_moves_is_no_change_of_words() -> None:
    before, after = (next(iter(read(FEED, fetched(a=entry(stamp=s)))[0].values())) for s in (STAMP, STAMP + 86_400_000))
    assert (before.text_sha256, before.level) == (after.text_sha256, after.level)


def test_bad_entries_never_lose_the_others() -> None:
    listing = fetched(
        a=entry(), b=entry(warning=None), c=entry(partial="true"), d={}, e=None, f="x", g=entry(warning=1)
    )
    assert list(listing.items) == ["a"]
    assert listing.failed == dict.fromkeys("bcdg", "without warning and partialWarning")


@pytest.mark.parametrize(("code", "shown"), [("ATL", "ATL"), (None, "None"), (7, "7"), ("", "")])
def test_an_unknown_place_is_kept_and_named(code: object, shown: str) -> None:
    listing = fetched(a=entry(code))
    assert list(listing.items) == ["a"]
    assert read(FEED, listing) == ({}, {"a": f"{shown!r} names no place"})


def test_names_that_look_like_others() -> None:
    codes = {"GNB": "GW", "TLS": "TL", "COG": "CG", "COD": "CD", "GIN": "GN", "GNQ": "GQ", "XKX": "XK"}
    documents, _ = read(FEED, fetched(**{code: entry(code) for code in codes}))
    assert {doc_id.partition("/")[0]: d.about for doc_id, d in documents.items()} == {
        three: (two,) for three, two in codes.items()
    }


def test_an_entrys_bytes_are_its_own_as_they_came() -> None:
    kept = '{"iso3CountryCode":"TCD",  "warning":true,"partialWarning":false,"x":"ü"}'
    listing = fetch(FEED, FakeClient({ADDRESS: f'{{ "response" : {{"contentList":["5"], "5" :{kept} }}}}'}))
    assert {item: response.raw for item, response in listing.items.items()} == {"5": kept.encode()}


def test_one_place_alone() -> None:
    assert list(fetched("ML", a=entry(), b=entry("MLI"), c=entry(None)).items) == ["b"]


@pytest.mark.parametrize("answer", ["{}", '{"response": {}}', "[]"])
def test_an_empty_answer_is_an_empty_listing(answer: str) -> None:
    assert fetch(FEED, FakeClient({ADDRESS: answer})) == Listing({}, {})


@pytest.mark.parametrize(
    "answer", ['{"error": 1}', '{"response": null}', '{"response', "7", "<html></html>", "", '[{"a": 1}]', "\ud800"]
)
def test_what_is_not_of_the_shape_is_a_failure(answer: str) -> None:
    with pytest.raises(FeedError) as caught:
        fetch(FEED, FakeClient({ADDRESS: answer.encode("utf-8", "surrogatepass")}))
    assert caught.value.path == ADDRESS


def test_unchanged_confirms_every_item() -> None:
    known = states(fetched(a=entry(), b=entry("MLI")))
    listing = fetch(FEED, FakeClient({ADDRESS: Response(ADDRESS, b"", {}, unchanged=True)}), known)
    assert {item: response.unchanged for item, response in listing.items.items()} == {"a": True, "b": True}


def test_every_code_of_three_letters_is_known() -> None:
    assert {c.alpha_3: alpha_2(c.alpha_3) for c in pycountry.countries} == {
        c.alpha_3: c.alpha_2 for c in pycountry.countries
    }
    assert (alpha_2("kaz"), alpha_2("XKX"), alpha_2("ZZZ")) == ("KZ", "XK", None)

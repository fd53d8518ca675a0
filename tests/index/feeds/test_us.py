"""The U.S. feed, on made-up advisories in the documented shapes. No sentence or level in them is meant to be true."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import pytest

from index.dates import PartialDate
from index.documents import Reading, Status
from index.errors import FeedError
from index.feeds.feed import Listing, Response
from index.feeds.us import ADDRESS, RSS, UnitedStates
from index.readers import us_json
from index.series import supersede
from tests.index.feeds.publishers import as_json, fetch, read, states
from tests.index.feeds.server import FakeClient, Page
from tests.index.test_advisories import JSONS

FEED = UnitedStates(ADDRESS)
DOWN = FeedError("answers with HTTP status 503.", path=ADDRESS)


def advisory(
    title: str, summary: object = "<p>Made up.</p>", day: str | None = "2026-03-01", **changes: Any
) -> dict[str, Any]:
    stamp = f"{day}T19:00:00-05:00" if day else None
    record = {
        "Title": title,
        "Link": f"https://travel.example/{len(title)}.html",
        "Category": ["CH"],
        "Summary": summary,
    }
    return record | {"id": "x", "Published": stamp, "Updated": stamp} | changes


def rss(*items: str) -> str:
    channel = f"<channel><title>T</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">{channel}</rss>'


def item(title: str, description: str = "<p>Made up.</p>", day: str = "Sun, 01 Mar 2026") -> str:
    return (
        f"<item><title>{escape(title)}</title><link>https://travel.example/a.html</link>"
        f"<description>{escape(description)}</description><pubDate>{day}</pubDate></item>"
    )


def fetched(*records: object, **more: Page) -> Listing:
    return fetch(FEED, FakeClient({ADDRESS: as_json(list(records))} | more))


def test_an_advisory_is_a_document_with_all_that_is_known_of_it() -> None:
    record = advisory("Chad - Level 3: Reconsider Travel", "<p>Reconsider travel due to <b>landmines</b>.</p>")
    listing = fetched(record | {"Updated": "2026-03-09T08:00:00Z"})
    documents, skipped = read(FEED, listing)
    assert (list(listing.items), skipped) == (["chad"], {})
    document = documents["chad/advisory"]
    assert document.text == "# Chad - Level 3: Reconsider Travel\n\nReconsider travel due to **landmines**."
    assert (document.title, document.level) == ("Chad: Travel Advisory", "Level 3: Reconsider Travel")
    assert (document.publisher, document.licence) == ("U.S. Department of State", "US government work")
    assert (document.published, document.updated) == (PartialDate(2026, 3, 1), PartialDate(2026, 3, 9))
    assert (document.about, document.series) == (("TD",), "unitedstates/TD/advisory")
    assert (document.url, document.reader) == (record["Link"], "us-feed 1")


def test_a_records_bytes_are_its_own_as_they_came() -> None:
    one, two = as_json(advisory("Chad - Level 1: A")), as_json(advisory("Côte d'Ivoire - Level 2: B"))
    listing = fetch(FEED, FakeClient({ADDRESS: f"\ufeff [ {one}\n,{two}]\n"}))
    assert {name: response.raw for name, response in listing.items.items()} == {
        "chad": one.encode(),
        "cote-d-ivoire": two.encode(),
    }
    assert read(FEED, listing)[0]["cote-d-ivoire/advisory"].about == ("CI",)


def test_a_fetched_advisory_supersedes_the_one_from_a_file() -> None:
    files = [one.document for one in us_json.read("files", JSONS) if isinstance(one, Reading)]
    old = next(d for d in files if d.about == ("KZ",))
    listing = fetched(advisory("Kazakhstan - Level 1: Exercise Normal Precautions", day="2027-01-01"))
    new = read(FEED, listing)[0]["kazakhstan/advisory"]
    assert (new.publisher, new.series) == (old.publisher, old.series)
    assert [d.status for d in supersede([old, new])] == [Status.SUPERSEDED, Status.CURRENT]


@pytest.mark.parametrize(
    ("title", "name", "about", "level"),
    [
        ("Guinea-Bissau - Level 3: Reconsider Travel", "Guinea-Bissau", ("GW",), "Level 3: Reconsider Travel"),
        (
            "Timor-Leste - Level 2: Exercise Increased Caution",
            "Timor-Leste",
            ("TL",),
            "Level 2: Exercise Increased Caution",
        ),
        ("Republic of the Congo – Level 2: Go", "Republic of the Congo", ("CG",), "Level 2: Go"),
        (
            "Democratic Republic of the Congo - Level 4: Stay",
            "Democratic Republic of the Congo",
            ("CD",),
            "Level 4: Stay",
        ),
        ("Congo - Brazzaville - Level 2: Go", "Congo - Brazzaville", ("CG",), "Level 2: Go"),
        ("Chad Travel Advisory - Level 3: No - not now", "Chad", ("TD",), "Level 3: No - not now"),
        (
            "Mainland China, Hong Kong & Macau - See Summaries - Level 2: Care",
            "Mainland China, Hong Kong & Macau",
            ("CN", "HK", "MO"),
            "See Summaries - Level 2: Care",
        ),
        ("Chad Travel Advisory", "Chad", ("TD",), None),
        ("Chad - Level 9: Odd", "Chad - Level 9: Odd", (), None),
    ],
)
def test_titles_are_taken_apart_from_the_right(
    title: str, name: str, about: tuple[str, ...], level: str | None
) -> None:
    documents, skipped = read(FEED, fetched(advisory(title)))
    if not about:
        assert list(skipped.values()) == [f"{name!r} names no place"]
        return
    (document,) = documents.values()
    assert (document.title, document.about, document.level) == (f"{name}: Travel Advisory", about, level)


def test_where_the_name_is_missing_the_address_names_the_places() -> None:
    title = "See Individual Summaries - Level 3: Reconsider Travel"
    link = "https://travel.example/israel-west-bank-and-gaza-travel-advisory.html"
    documents, _ = read(FEED, fetched(advisory(title, Link=link)))
    assert [(d.about, d.level) for d in documents.values()] == [(("IL", "PS"), title)]


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_listed_the_newer_wins(newest_first: bool) -> None:
    records = [advisory("Mozambique - Level 3: Newer", day="2026-03-02"), advisory("Mozambique - Level 2: Older")]
    listing = fetched(*(records if newest_first else records[::-1]))
    assert [d.level for d in read(FEED, listing)[0].values()] == ["Level 3: Newer"]
    items = [
        item("Mozambique - Level 3: Newer", day="Mon, 02 Mar 2026 09:00:00 EST"),
        item("Mozambique - Level 2: Older"),
    ]
    given = FakeClient({ADDRESS: DOWN, RSS: rss(*(items if newest_first else items[::-1]))})
    assert [d.level for d in read(FEED, fetch(FEED, given))[0].values()] == ["Level 3: Newer"]


def test_of_two_of_one_day_the_later_hour_wins_and_an_undated_one_loses() -> None:
    records = [
        advisory("Mali - Level 1: Undated", day=None),
        advisory("Mali - Level 3: Evening"),
        advisory("Mali - Level 2: Morning", Published="2026-03-01T08:00:00-05:00", Updated=None),
        advisory("Mali - Level 1: Undated", day=None),
    ]
    assert [d.level for d in read(FEED, fetched(*records))[0].values()] == ["Level 3: Evening"]


def test_a_date_that_moves_is_no_change_of_words_or_level() -> None:
    (before,) = read(FEED, fetched(advisory("Chad - Level 3: A")))[0].values()
    (after,) = read(FEED, fetched(advisory("Chad - Level 3: A", day="2026-04-01")))[0].values()
    assert (before.text_sha256, before.level) == (after.text_sha256, after.level)
    assert (before.updated, after.updated) == (PartialDate(2026, 3, 1), PartialDate(2026, 4, 1))


def test_bad_records_never_lose_the_others() -> None:
    listing = fetched(
        advisory("Chad - Level 3: A"),
        advisory("Mali - Level 3: A", None),
        advisory("Togo - Level 3: A", 7),
        {"Title": "Benin - Level 1: A"},
        {"Title": None},
        None,
        "Ghana",
        {},
    )
    assert list(listing.items) == ["chad"]
    assert listing.failed == {
        "mali": "no text in it",
        "togo": "not of the documented shape",
        "benin": "no text in it",
        "record 5": "without a title",
        "record 6": "not of the documented shape",
        "record 7": "not of the documented shape",
        "record 8": "without a title",
    }


def test_an_unknown_place_is_kept_and_named() -> None:
    listing = fetched(advisory("Worldwide Caution"))
    assert list(listing.items) == ["worldwide-caution"]
    assert read(FEED, listing) == ({}, {"worldwide-caution": "'Worldwide Caution' names no place"})


def test_hostile_html_stays_text() -> None:
    html = "<p>Be <script>evil()</script>calm &lt;img src=x onerror=evil()&gt;</p><a href='javascript:evil()'>more</a>"
    documents, _ = read(FEED, fetched(advisory("Chad - Level 3: <b>A</b> # B", html)))
    assert documents["chad/advisory"].text == (
        "# Chad - Level 3: \\<b>A\\</b> # B\n\nBe calm \\<img src=x onerror=evil()>\n\nmore"
    )


# --- the API and its stand-in ---


@pytest.mark.parametrize(
    "answer",
    [
        DOWN,
        "[]",
        "<!DOCTYPE html><html>Sorry</html>",
        '[{"Title": "Chad',
        "{",
        "null",
        "7",
        '[{"Title": "Chad - Level 3: A", "Summary": null}, {}]',
    ],
)
def test_rss_stands_in_where_the_api_fails_or_is_empty(answer: Page) -> None:
    client = FakeClient({ADDRESS: answer, RSS: rss(item("Guinea-Bissau - Level 3: A", "<p>Made <i>up</i>.</p>"))})
    listing = fetch(FEED, client)
    assert [url for url, _ in client.asked] == [ADDRESS, RSS]
    documents, skipped = read(FEED, listing)
    document = documents["guinea-bissau/advisory"]
    assert (skipped, document.url, document.updated) == ({}, "https://travel.example/a.html", PartialDate(2026, 3, 1))
    assert document.text == "# Guinea-Bissau - Level 3: A\n\nMade *up*."
    assert listing.items["guinea-bissau"].url == RSS


def test_the_same_advisory_reads_the_same_from_both() -> None:
    api = read(FEED, fetched(advisory("Chad - Level 3: A")))[0]["chad/advisory"]
    client = FakeClient({ADDRESS: DOWN, RSS: rss(item("Chad - Level 3: A"))})
    other = read(FEED, fetch(FEED, client))[0]["chad/advisory"]
    assert other == replace(api, url=other.url, published=None, raw_sha256=other.raw_sha256)


@pytest.mark.parametrize("answer", [DOWN, "[]"])
def test_nothing_from_both_is_an_empty_listing(answer: Page) -> None:
    assert fetch(FEED, FakeClient({ADDRESS: answer, RSS: rss()})) == Listing({}, {})


@pytest.mark.parametrize(
    ("api", "stand_in", "reason"),
    [
        (DOWN, "<html><body>Sorry</body></html>", "(HTML where RSS should be)."),
        ("[]", "<rss><channel><item>", "(damaged XML)."),
        ("[]", "<feed><entry/></feed>", "(not RSS)."),
        ("[]", FeedError("did not answer in time.", path=RSS), "did not answer in time."),
        ("[]", "", "(damaged XML)."),
    ],
)
def test_where_both_fail_both_are_named(api: Page, stand_in: str, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        fetch(FEED, FakeClient({ADDRESS: api, RSS: stand_in}))
    assert caught.value.path == ADDRESS
    first = "answers with HTTP status 503." if api is DOWN else "gives no advisory that can be read."
    assert caught.value.reason.startswith(f"{first} Its RSS feed, {RSS}, ")
    assert caught.value.reason.endswith(reason)


@pytest.mark.parametrize(
    ("declared", "really"), [("utf-8", "utf-8"), ("iso-8859-1", "utf-8"), ("windows-1252", "cp1252")]
)
def test_rss_in_an_odd_encoding_keeps_its_words(declared: str, really: str) -> None:
    text = rss(item("Côte d'Ivoire - Level 2: A", "<p>Café “open”.</p>")).replace("UTF-8", declared)
    documents, _ = read(FEED, fetch(FEED, FakeClient({ADDRESS: DOWN, RSS: text.encode(really)})))
    (document,) = documents.values()
    assert (document.about, document.text) == (("CI",), "# Côte d'Ivoire - Level 2: A\n\nCafé “open”.")


def test_an_encoding_that_is_not_the_declared_one_is_a_failure() -> None:
    with pytest.raises(FeedError, match="not in the encoding that it declares"):
        fetch(FEED, FakeClient({ADDRESS: DOWN, RSS: rss(item("Côte d'Ivoire - Level 2: A")).encode("cp1252")}))


def test_entities_of_html_are_read_and_those_of_the_feed_itself_are_not() -> None:
    text = rss(item("Chad - Level 3: A").replace("Made up", "Made&nbsp;up &b; caf&eacute; &amp;amp; tea"))
    bomb = text.replace("<rss", '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss')
    listing = fetch(FEED, FakeClient({ADDRESS: DOWN, RSS: bomb}))
    assert b"Made&nbsp;up &b; caf&eacute;" in listing.items["chad"].raw
    (document,) = read(FEED, listing)[0].values()
    assert document.text == "# Chad - Level 3: A\n\nMade\u00a0up \\&b; café & tea."


# --- asked again ---


def with_etag(etag: str, *records: object) -> Response:
    return Response(ADDRESS, as_json(list(records)).encode(), {"etag": etag})


def test_unchanged_confirms_every_item() -> None:
    known = states(
        fetch(FEED, FakeClient({ADDRESS: with_etag("1", advisory("Chad - Level 3: A"), advisory("Mali - Level 1: B"))}))
    )
    client = FakeClient({ADDRESS: Response(ADDRESS, b"", {}, unchanged=True)})
    listing = fetch(FEED, client, known)
    assert [state.headers["etag"] for _, state in client.asked if state] == ["1"]
    assert {name: (r.unchanged, r.headers) for name, r in listing.items.items()} == {
        "chad": (True, {"etag": "1"}),
        "mali": (True, {"etag": "1"}),
    }


def test_items_of_different_states_are_not_asked_for_conditionally() -> None:
    """After a check in which one item failed, "unchanged" would confirm what was not read."""
    known = states(
        fetch(FEED, FakeClient({ADDRESS: with_etag("1", advisory("Chad - Level 3: A"), advisory("Mali - Level 1: B"))}))
    )
    later = FakeClient({ADDRESS: with_etag("2", advisory("Chad - Level 3: A"), advisory("Mali - Level 1: B", None))})
    listing = fetch(FEED, later, known)
    assert (list(listing.items), listing.failed) == (["chad"], {"mali": "no text in it"})
    client = FakeClient({ADDRESS: with_etag("2", advisory("Chad - Level 3: A"))})
    fetch(FEED, client, known | states(listing))
    assert client.asked == [(ADDRESS, None)]


def test_one_place_is_asked_for_whole_and_given_alone() -> None:
    known = states(fetched(advisory("Chad - Level 3: A"), advisory("Mali - Level 1: B")))
    client = FakeClient({ADDRESS: with_etag("1", advisory("Chad - Level 3: A"), advisory("Mali - Level 1: B"))})
    assert list(fetch(FEED, client, known, place="ML").items) == ["mali"]
    assert client.asked == [(ADDRESS, None)]

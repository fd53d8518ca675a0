"""Australia's feed, on a made-up RSS file and pages. No sentence or level in them is meant to be true."""

from __future__ import annotations

from html import escape

import pytest

from index.dates import PartialDate
from index.documents import Document, Reading, Status
from index.errors import FeedError
from index.feeds.australia import ADDRESS, Australia
from index.feeds.feed import Listing
from index.readers.advisories import read as read_archive
from index.series import supersede
from tests.index.feeds.publishers import fetch, read, states
from tests.index.feeds.server import FakeClient, Page
from tests.index.test_advisories import ARCHIVE

FEED = Australia(ADDRESS)
SITE = "https://www.smartraveller.gov.au/destinations"
NAMESPACE = 'xmlns:ta="http://www.smartraveller.gov.au/schema/rss/travel_advisories/"'
PAGE = """<html><head><title>Chad Travel Advice &amp; Safety | Smartraveller</title></head><body>
<nav><a href="/">All destinations</a></nav><main><h1>Chad</h1>
<p>Still current at: 20 October 2026</p><p>Updated: 4 October 2026</p>
<h2>Advice levels</h2><p>Do not travel to Chad overall.</p>
<h2>Overview</h2><h3>Safety</h3><p>In short: mind the mines.</p><h3>Local Laws</h3><p>In short: obey.</p>
<h2>Full travel advice</h2>
<h2>Safety</h2><h4>Crime</h4><p>Lock the doors.</p><h3>Travel</h3><p>This one is deeper, and begins a section.</p>
<h2>Local contacts</h2><h3>Police</h3><p>Call <a href="tel:17">17</a>.</p>
<h2>Related</h2><p>See the news.</p></main></body></html>"""


def rss(*items: str) -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {NAMESPACE}><channel><title>T</title>{"".join(items)}</channel></rss>'
    )


def item(
    title: str,
    link: str | None = None,
    *,
    day: str = "04 Oct 2026 00:00:00 GMT",
    levels: str = "<ta:level>4/5</ta:level><ta:description>Do not travel</ta:description>",
    words: str = "<p>Made up.</p>",
) -> str:
    where = link if link is not None else f"{SITE}/africa/{title.lower()}"
    return (
        f"<item><title>{escape(title)}</title><description>{escape(words)}</description><link>{where}</link>"
        f"<pubDate>{day}</pubDate><ta:warnings>{levels}</ta:warnings></item>"
    )


def read_one(entry: str, page: Page = PAGE) -> tuple[dict[str, Document], dict[str, str]]:
    listing = fetch(FEED, FakeClient({ADDRESS: rss(entry), f"{SITE}/africa/chad": page}))
    assert listing.failed == {}
    return read(FEED, listing)


def test_the_entry_carries_the_level_and_the_page_its_sections() -> None:
    documents, skipped = read_one(item("Chad"))
    assert skipped == {}
    entry = documents["chad/overview"]
    assert entry.text == "# Overview\n\n## Do not travel\n\nMade up."
    assert (entry.title, entry.level, entry.url) == ("Chad: Overview", "Do not travel", f"{SITE}/africa/chad")
    assert entry.publisher == "Australian Department of Foreign Affairs and Trade (Smartraveller)"
    assert (entry.licence, entry.updated) == ("CC BY 4.0", PartialDate(2026, 10, 4))
    assert (entry.about, entry.series, entry.reader) == (("TD",), "australia/TD/overview", "australia 1")
    pages = {doc_id: d.text for doc_id, d in documents.items() if doc_id != "chad/overview"}
    assert pages == {
        "chad/advice-levels": (
            "# Advice levels\n\n# Chad\n\nStill current at: 20 October 2026\n\nUpdated: 4 October 2026\n\n"
            "## Advice levels\n\nDo not travel to Chad overall.\n\n## Overview\n\n## Full travel advice\n\n"
            "## Related\n\nSee the news."
        ),
        "chad/safety": (
            "# Safety\n\n### Safety\n\nIn short: mind the mines.\n\n## Safety\n\n#### Crime\n\nLock the doors."
        ),
        "chad/local-laws": "# Local laws\n\n### Local Laws\n\nIn short: obey.",
        "chad/travel": "# Travel\n\n### Travel\n\nThis one is deeper, and begins a section.",
        "chad/local-contacts": "# Local contacts\n\n## Local contacts\n\n### Police\n\nCall [17](tel:17).",
    }
    contacts = documents["chad/local-contacts"]
    assert (contacts.title, contacts.level, contacts.url) == ("Chad: Local contacts", None, f"{SITE}/africa/chad")
    assert (contacts.updated, contacts.reviewed) == (PartialDate(2026, 10, 4), PartialDate(2026, 10, 20))
    assert (contacts.series, contacts.reader) == ("australia/TD/local-contacts", "australia 1")


def test_what_is_fetched_supersedes_the_archives_pages() -> None:
    archive = [one.document for one in read_archive("archive", ARCHIVE) if isinstance(one, Reading)]
    old = {d.series: d for d in archive if d.publisher.startswith("Australia") and d.updated and d.about == ("KZ",)}
    link = f"{SITE}/asia/kazakhstan"
    listing = fetch(
        FEED, FakeClient({ADDRESS: rss(item("Kazakhstan", link)), link: PAGE.replace("Chad", "Kazakhstan")})
    )
    new = {d.series: d for d in read(FEED, listing)[0].values()}
    shared = sorted(series for series in old if series in new)
    assert "australia/KZ/overview" in shared
    for series in shared:
        assert old[series].publisher == new[series].publisher
        assert [d.status for d in supersede([old[series], new[series]])] == [Status.SUPERSEDED, Status.CURRENT]


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        (
            "<ta:level>2/5</ta:level><ta:description>Exercise a high\n degree of caution</ta:description>",
            "Exercise a high degree of caution",
        ),
        ("<ta:level>4/5</ta:level>", "4/5"),
        ("<ta:level>3</ta:level><ta:description/>", "3"),
        (
            "<ta:warning><ta:level>1/5</ta:level><ta:description>A</ta:description></ta:warning>"
            "<ta:warning><ta:level>4/5</ta:level><ta:description>B</ta:description></ta:warning>",
            "A; B",
        ),
        ("", None),
        ("<ta:level> </ta:level>", None),
    ],
)
def test_the_level_is_smartravellers_words_and_never_our_reading_of_a_number(levels: str, level: str | None) -> None:
    assert read_one(item("Chad", levels=levels))[0]["chad/overview"].level == level


def test_names_that_look_like_others() -> None:
    names = [
        "Guinea-Bissau",
        "Timor-Leste",
        "Republic of the Congo",
        "Democratic Republic of the Congo",
        "Côte d'Ivoire",
    ]
    given: dict[str, Page] = {ADDRESS: rss(*(item(name, f"{SITE}/{number}") for number, name in enumerate(names)))}
    given |= {f"{SITE}/{number}": PAGE.replace("Chad", name) for number, name in enumerate(names)}
    listing = fetch(FEED, FakeClient(given))
    documents, skipped = read(FEED, listing)
    assert (listing.failed, skipped) == ({}, {})
    assert {d.title: d.about for d in documents.values() if d.doc_id.endswith(("/overview", "/safety"))} == {
        "Guinea-Bissau: Overview": ("GW",),
        "Guinea-Bissau: Safety": ("GW",),
        "Timor-Leste: Overview": ("TL",),
        "Timor-Leste: Safety": ("TL",),
        "Republic of the Congo: Overview": ("CG",),
        "Republic of the Congo: Safety": ("CG",),
        "Democratic Republic of the Congo: Overview": ("CD",),
        "Democratic Republic of the Congo: Safety": ("CD",),
        "Côte d'Ivoire: Overview": ("CI",),
        "Côte d'Ivoire: Safety": ("CI",),
    }


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_listed_the_newer_wins(newest_first: bool) -> None:
    items = [item("Chad", day="05 Oct 2026 00:00:00 GMT", words="<p>Newer.</p>"), item("Chad", words="<p>Older.</p>")]
    listing = fetch(
        FEED, FakeClient({ADDRESS: rss(*(items if newest_first else items[::-1])), f"{SITE}/africa/chad": PAGE})
    )
    assert read(FEED, listing)[0]["chad/overview"].text.endswith("Newer.")


def test_a_date_that_moves_is_no_change_of_words_or_level() -> None:
    before = read_one(item("Chad"))[0]["chad/overview"]
    after = read_one(item("Chad", day="09 Nov 2026 00:00:00 GMT"))[0]["chad/overview"]
    assert (before.text_sha256, before.level) == (after.text_sha256, after.level)
    assert after.updated == PartialDate(2026, 11, 9)


def test_one_bad_page_loses_neither_its_level_nor_the_others() -> None:
    names = ["Chad", "Mali", "Niger", "Togo", "Benin"]
    given: dict[str, Page] = {
        ADDRESS: rss(*map(item, names), item(""), item("Ghana", "https://evil.example/x"), item("Kenya", ""))
    }
    given |= {f"{SITE}/africa/chad": PAGE, f"{SITE}/africa/mali": FeedError("answers with HTTP status 500.", path="x")}
    given |= {
        f"{SITE}/africa/niger": "<html><body><p>We are down.</p></body></html>",
        f"{SITE}/africa/togo": "plain words",
    }
    given |= {f"{SITE}/africa/benin": b"<html>\x00\x00"}
    client = FakeClient(given)
    listing = fetch(FEED, client)
    assert [name for name in listing.items if "/" not in name] == ["chad"]
    assert {name for name in listing.items if "/" in name} == {
        f"{name}/level" for name in ("chad", "mali", "niger", "togo", "benin", "ghana", "kenya")
    }
    assert listing.failed == {
        "record 6": "without a title",
        "mali": "answers with HTTP status 500.",
        "niger": "a page without the sections of travel advice",
        "togo": "not what its name says (no HTML in it)",
        "benin": "not what its name says (looks like binary data)",
        "ghana": "without a link to a page of the same site",
        "kenya": "without a link to a page of the same site",
    }
    assert all(url.startswith("https://www.smartraveller.gov.au/") for url, _ in client.asked)


def test_a_page_about_another_place_is_refused() -> None:
    documents, skipped = read_one(item("Chad"), PAGE.replace("Chad", "Mali"))
    assert list(documents) == ["chad/overview"]
    assert skipped == {"chad": "the page is about another place: 'Mali Travel Advice & Safety | Smartraveller'"}


def test_an_unknown_place_is_kept_and_named() -> None:
    link = f"{SITE}/no-travel-advice"
    listing = fetch(FEED, FakeClient({ADDRESS: rss(item("No travel advice", link)), link: PAGE}))
    assert list(listing.items) == ["no-travel-advice/level", "no-travel-advice"]
    assert read(FEED, listing) == (
        {},
        {
            "no-travel-advice/level": "'No travel advice' names no place",
            "no-travel-advice": "'No Travel Advice' names no place",
        },
    )


def test_an_entry_without_words_is_named() -> None:
    documents, skipped = read_one(item("Chad", levels="", words=""))
    assert "chad/overview" not in documents
    assert skipped == {"chad/level": "no text in it"}


def test_a_page_without_dates_is_undated() -> None:
    documents, _ = read_one(item("Chad"), PAGE.replace("4 October 2026", "soon").replace("20 October", "Later"))
    assert (documents["chad/safety"].updated, documents["chad/safety"].reviewed) == (None, None)


def test_hostile_html_stays_text() -> None:
    words = "<p>Stay &lt;b&gt; <script>x()</script>calm</p>"
    page = PAGE.replace(
        "Lock the doors.", "<span style='display:none'>Obey me.</span>Lock <iframe src=x></iframe>&lt;i&gt;."
    )
    documents, _ = read_one(item("Chad", words=words, levels="<ta:description>&lt;b&gt;Go</ta:description>"), page)
    assert documents["chad/overview"].text == "# Overview\n\n## \\<b>Go\n\nStay \\<b> calm"
    assert documents["chad/safety"].text.endswith("#### Crime\n\nLock \\<i>.")


def test_what_is_unchanged_is_confirmed() -> None:
    given: dict[str, Page] = {ADDRESS: rss(item("Chad")), f"{SITE}/africa/chad": PAGE}
    known = states(fetch(FEED, FakeClient(given)))
    again = fetch(FEED, FakeClient(given), known)
    assert again.items["chad"].unchanged
    assert states(again)["chad/level"].raw_sha256 == known["chad/level"].raw_sha256


def test_one_place_asks_for_one_page() -> None:
    client = FakeClient({ADDRESS: rss(item("Chad"), item("Mali")), f"{SITE}/africa/chad": PAGE})
    assert list(fetch(FEED, client, place="TD").items) == ["chad/level", "chad"]
    assert [url for url, _ in client.asked] == [ADDRESS, f"{SITE}/africa/chad"]


def test_a_feed_without_items_is_an_empty_listing() -> None:
    assert fetch(FEED, FakeClient({ADDRESS: rss()})) == Listing({}, {})


@pytest.mark.parametrize("answer", ["", "[]", "<html><body>Sorry</body></html>", rss(item("Chad"))[:300], "<feed/>"])
def test_what_is_no_feed_is_a_failure(answer: str) -> None:
    with pytest.raises(FeedError) as caught:
        fetch(FEED, FakeClient({ADDRESS: answer}))
    assert caught.value.path == ADDRESS
    assert caught.value.reason.startswith("answers what cannot be used (")


def test_an_item_that_hides_another_is_refused() -> None:
    hidden = item("Chad", words="").replace("<description>", "<description><![CDATA[</item><item>]]>")
    with pytest.raises(FeedError, match="cannot be cut into its items"):
        fetch(FEED, FakeClient({ADDRESS: rss(hidden)}))

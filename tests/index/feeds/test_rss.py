"""RSS and Atom, as it should be and as it is."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from index.dates import PartialDate
from index.documents import Document, Reading, Skipped
from index.errors import FeedError
from index.feeds.feed import Fetched, Listing
from index.feeds.rss import RssFeed
from tests.index.feeds.server import FakeClient, fetched

URL = "https://news.example/feed.xml"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
  <title>Harbour Watch</title><link href="https://news.example/"/><updated>2026-11-19T00:00:00Z</updated>
  <entry>
    <title type="html">Ferries to &lt;b&gt;Zanzibar&lt;/b&gt; stop in Tanzania</title>
    <media:group><media:title>A picture</media:title></media:group>
    <link rel="self" href="https://news.example/api/7"/><link href="/2026/ferries"/>
    <id>urn:uuid:7</id><published>2026-11-17T23:30:00-05:00</published><updated>2026-11-18T09:00:00Z</updated>
    <summary>Short.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Storms close the <em>port</em>.</p>
      <ul><li>Ask at the quay.</li></ul></div></content>
  </entry>
</feed>"""


def rss(*items: str, title: str = "City desk", head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    channel = f"<channel><title>{title}</title><link>https://news.example/</link>{''.join(items)}</channel>"
    return f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">{channel}</rss>'


def item(title: str, day: str = "Mon, 16 Nov 2026 08:00:00 GMT", body: str = "Stay away.", **more: str) -> str:
    said = {"title": title, "pubDate": day, "description": body, **more}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in said.items() if value) + "</item>"


def state(raw: bytes) -> Fetched:
    return Fetched("feed", URL, hashlib.sha256(raw).hexdigest(), "2026-11-20T08:00:00+00:00", {})


def readings(feed: str | bytes) -> list[Reading | Skipped]:
    raw = feed.encode() if isinstance(feed, str) else feed
    return list(RssFeed(URL).read("news", state(raw), raw))


def documents(feed: str | bytes) -> list[Document]:
    found = readings(feed)
    assert all(isinstance(reading, Reading) for reading in found)
    return [reading.document for reading in found if isinstance(reading, Reading)]


def fetch(client: FakeClient, known: Fetched | None = None) -> Listing:
    return asyncio.run(RssFeed(URL).fetch(client, {"feed": known} if known else {}))


def test_an_item_of_rss() -> None:
    body = (
        "<![CDATA[<p>Dial <a href='https://news.example/103'>103</a>.</p><script>x()</script><p hidden>Say so.</p>]]>"
    )
    feed = rss(
        item(
            "Ambulances in Peru &amp; how",
            guid="https://news.example/2026/peru-103",
            link=" https://news.example/p ",
            **{"content:encoded": body},
        )
    )
    (found,) = documents(feed)
    assert found.text == "# Ambulances in Peru & how\n\nDial [103](https://news.example/103)."
    assert (found.title, found.publisher, found.url) == (
        "Ambulances in Peru & how",
        "City desk",
        "https://news.example/p",
    )
    assert (found.published, found.updated) == (PartialDate(2026, 11, 16), None)
    assert (found.retrieved, found.about, found.reader) == (PartialDate(2026, 11, 20), ("PE",), "rss 1")
    assert found.doc_id == "peru-103-" + hashlib.sha256(b"https://news.example/2026/peru-103").hexdigest()[:8]
    assert found.raw_sha256 == hashlib.sha256(feed.encode()).hexdigest()


def test_an_entry_of_atom() -> None:
    (found,) = documents(ATOM)
    assert found.text == "# Ferries to Zanzibar stop in Tanzania\n\nStorms close the *port*.\n\n* Ask at the quay."
    assert (found.title, found.publisher) == ("Ferries to Zanzibar stop in Tanzania", "Harbour Watch")
    assert found.url == "https://news.example/2026/ferries"
    assert (found.published, found.updated) == (PartialDate(2026, 11, 17), PartialDate(2026, 11, 18))


def test_rss_1_and_plain_words() -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old desk</title></channel>
      <item><title>Fires</title><link>https://news.example/f</link><dc:date>2026-11</dc:date>
      <description>1. First call 18.

      # Then leave, if 3 &lt; 4.</description></item></rdf:RDF>"""
    (found,) = documents(feed)
    assert found.text == "# Fires\n\n1\\. First call 18.\n\n\\# Then leave, if 3 \\< 4."
    assert (found.publisher, found.published) == ("Old desk", PartialDate(2026, 11))


def test_every_item_is_kept() -> None:
    feed = rss(*(item(f"Notice {number}", guid=f"n{number}") for number in range(300)))
    assert sorted(d.title for d in documents(feed)) == sorted(f"Notice {number}" for number in range(300))


NEW, OLD = "Wed, 18 Nov 2026 08:00:00 GMT", "Tue, 17 Nov 2026 23:00:00 -0500"  # the second is the earlier by four hours


@pytest.mark.parametrize("same", [{"guid": "m"}, {"link": "https://news.example/m"}, {}])
@pytest.mark.parametrize("newer_first", [True, False])
def test_of_an_item_listed_twice_the_newer_wins(same: dict[str, str], newer_first: bool) -> None:
    pair = [item("Mozambique", NEW, "Level 2.", **same), item("Mozambique", OLD, "Level 3.", **same)]
    (found,) = documents(rss(*(pair if newer_first else reversed(pair))))
    assert found.text == "# Mozambique\n\nLevel 2."


def test_twice_under_two_keys_undated_and_undecided() -> None:
    link = "https://news.example/m"
    assert [
        d.text[-8:]
        for d in documents(
            rss(item("M", OLD, "Level 3.", guid="1", link=link), item("M", NEW, "Level 2.", guid="2", link=link))
        )
    ] == ["Level 2."]
    assert [
        d.text[-8:] for d in documents(rss(item("M", "", "Level 3.", guid="1"), item("M", OLD, "Level 2.", guid="1")))
    ] == ["Level 2."]
    assert [
        d.text[-8:] for d in documents(rss(item("M", OLD, "Level 3.", guid="1"), item("M", OLD, "Level 2.", guid="1")))
    ] == ["Level 3."]


def test_different_items_on_one_page_are_different() -> None:
    link = "https://news.example/"
    assert (
        len(documents(rss(item("A", link=link, guid="1"), item("B", link=link, guid="2"), item("C", link=link)))) == 3
    )


def test_guinea_bissau_and_congo_keep_their_names() -> None:
    found = documents(
        rss(
            *(
                item(t, guid=t)
                for t in ("Guinea-Bissau - Level 3: Reconsider", "Timor-Leste - Level 2", "Guinea - Level 2")
            )
        )
    )
    assert [(d.title.split(" - ")[0], d.about) for d in found] == [
        ("Guinea-Bissau", ("GW",)),
        ("Timor-Leste", ("TL",)),
        ("Guinea", ("GN",)),
    ]


def test_no_date_no_link_no_title_no_body() -> None:
    found = documents(
        rss(
            "<item><description>Only words.</description></item>",
            "<item><title>Only this</title></item>",
            item("When?", "soon", link="javascript:alert(1)"),
        )
    )
    assert [d.text for d in found] == ["# Untitled\n\nOnly words.", "# Only this", "# When?\n\nStay away."]
    assert [(d.published, d.url) for d in found] == [(None, None)] * 3


GERMAN = "Die Straßen in Zürich sind während der Unruhen für Fußgänger gesperrt; Geschäfte schließen früher als sonst."


@pytest.mark.parametrize(
    ("declared", "really"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "iso-8859-1"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        (None, "utf-8"),
        ("utf-16", "utf-16"),
        ("no-such-charset", "utf-8"),
    ],
)
def test_the_bytes_decide_about_the_charset(declared: str | None, really: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = rss(item("Unruhen in Zürich", body=GERMAN), title="Der Bote für Österreich", head=head).encode(really)
    (found,) = documents(feed)
    assert (found.title, found.publisher) == ("Unruhen in Zürich", "Der Bote für Österreich")
    assert found.text == f"# Unruhen in Zürich\n\n{GERMAN}"


def test_a_charset_that_cannot_be_told_is_refused() -> None:
    (skipped,) = readings(rss(item("Zürich", body="Stay away.")).encode("cp1252"))
    assert skipped == Skipped("news", "feed", "not UTF-8 text, and its encoding cannot be told")


def test_entities_of_html_are_read_and_none_is_expanded() -> None:
    assert documents(rss(item("Caf&eacute;&nbsp;bombs &#38; fires")))[0].title == "Café bombs & fires"
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    assert documents(rss(item("Bomb", body="x &b; &f; y"), head=laughs))[0].text == "# Bomb\n\nx \\&b; \\&f; y"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<!DOCTYPE html><html><body>Down.</body></html>", "is no RSS or Atom feed (it begins with <html>)."),
        (
            "<!DOCTYPE html><html><body><p>Down.<br></body></html>",
            None,
        ),
        ("[]", "is no RSS or Atom feed, or not all of one (Start tag expected, '<' not found, line 1, column 1)."),
        ("", "is no RSS or Atom feed, or not all of one (Document is empty, line 1, column 1)."),
        (rss(item("A"), item("B"))[:-60], None),
        (b"\x00\xff\xfe" * 50, None),
        ("<a>" * 100_000, None),
    ],
)
def test_what_is_no_feed_is_refused(raw: str | bytes, reason: str | None) -> None:
    with pytest.raises(FeedError) as caught:
        fetch(FakeClient({URL: raw}))
    assert caught.value.path == URL
    assert caught.value.reason == (reason or caught.value.reason)
    assert caught.value.reason.startswith("is n")
    (skipped,) = readings(raw)
    assert isinstance(skipped, Skipped)
    assert (skipped.source, skipped.path) == ("news", "feed")


def test_fetching() -> None:
    client = FakeClient({URL: ATOM})
    first = fetch(client)
    assert (list(first.items), first.failed, first.items["feed"].raw) == (["feed"], {}, ATOM.encode())
    known = fetched("feed", first.items["feed"])
    assert fetch(client, known).items["feed"].unchanged
    assert client.asked == [(URL, None), (URL, known)]


def test_an_empty_feed_holds_nothing() -> None:
    assert readings(rss()) == []


def test_markup_in_an_item_stays_in_the_item() -> None:
    (found,) = documents(
        rss(
            item(
                "&lt;script&gt;alert(1)&lt;/script&gt; fire",
                body="</body></html><p>After the end.</p>".replace("<", "&lt;"),
            )
        )
    )
    assert (found.title, found.text) == ("fire", "# fire\n\nAfter the end.")

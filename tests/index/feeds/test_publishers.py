"""Every publisher's feed against a server that misbehaves: what fails is named, and nothing else is lost."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Reading, sha256_text
from index.errors import FeedError
from index.feeds.australia import Australia
from index.feeds.canada import Canada
from index.feeds.client import Manners, PoliteClient
from index.feeds.feed import Feed, Fetched, Listing
from index.feeds.germany import Germany
from index.feeds.govuk import GovUk
from index.feeds.registry import is_feed, make_feed, reader_of
from index.feeds.us import UnitedStates
from tests.index.feeds import test_australia, test_canada, test_germany, test_govuk, test_us
from tests.index.feeds.publishers import as_json, read, states
from tests.index.feeds.server import (
    Behaviour,
    FeedServer,
    endless,
    fails,
    html_instead,
    ok,
    redirects,
    stalls,
    too_many,
    truncated,
    wrong_charset,
)

QUICK = Manners(
    connect=1, read=1, whole=3, attempts=2, first_wait=0.002, longest_wait=0.05, interval=0, largest=100_000
)
LISTS = {"govuk": "/uk", "us": "/us", "canada": "/ca/index-alpha-eng.json", "australia": "/au", "germany": "/de"}
PAGES = {"govuk": "/uk/chad", "canada": "/ca/cta-cap-TD.json", "australia": "/chad"}  # the others hold all in one file
OTHERS = {"govuk": "/uk/mali", "canada": "/ca/cta-cap-ML.json", "australia": "/mali"}
MADE: Mapping[str, Callable[[str], Feed]] = {
    "govuk": GovUk,
    "us": lambda address: UnitedStates(address, rss=address + ".xml"),
    "canada": Canada,
    "australia": Australia,
    "germany": Germany,
}
REFUSED: Mapping[str, Behaviour] = {
    "500": fails(500),
    "429": too_many("3600"),
    "time-out in the body": stalls(ok('[{"Title": "Chad'), after=5),
    "cut body": truncated(ok('[{"Title": "Chad"}]'), after=9),
    "truncated JSON": ok('{"data": {"TD": {"eng'),
    "HTML": html_instead(),
    "10 GB": endless(),
    "wrong charset": wrong_charset('<?xml version="1.0" encoding="utf-8"?><rss>Café “open”</rss>'),
    "number": ok("7"),
}


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({}) as running:
        chad = ok(test_govuk.page("Chad", ("Health", "<p>Boil it.</p>")), etag='"1"')
        running.set("/uk", ok(test_govuk.index(chad="Chad", mali="Mali")))
        running.set("/uk/chad", chad)
        running.set("/uk/mali", ok(test_govuk.page("Mali", ("Health", "<p>Boil it.</p>"))))
        records = [test_us.advisory("Chad - Level 3: A"), test_us.advisory("Mali - Level 4: B")]
        running.set("/us", ok(records, etag='"1"'))
        running.set("/us.xml", fails(404))
        running.set("/ca/index-alpha-eng.json", ok(test_canada.index(TD="Chad", ML="Mali")))
        running.set("/ca/cta-cap-TD.json", ok(test_canada.country(), etag='"1"'))
        running.set("/ca/cta-cap-ML.json", ok(test_canada.country("Mali")))
        links = [test_australia.item(name, running.url(f"/{name.lower()}")) for name in ("Chad", "Mali")]
        running.set("/au", ok(test_australia.rss(*links), content_type="application/rss+xml"))
        running.set("/chad", ok(test_australia.PAGE, etag='"1"'))
        running.set("/mali", ok(test_australia.PAGE.replace("Chad", "Mali")))
        entries = {"1": test_germany.entry(), "2": test_germany.entry("MLI", warning=True)}
        running.set("/de", ok({"response": entries}, etag='"1"'))
        yield running


def fetch(
    server: FeedServer, kind: str, known: Mapping[str, Fetched] | None = None, place: str | None = None
) -> Listing:
    async def once() -> Listing:
        async with PoliteClient(QUICK, transport=httpx.AsyncHTTPTransport(verify=False)) as client:
            return await MADE[kind](server.url(LISTS[kind])).fetch(client, known or {}, place)

    return asyncio.run(once())


@pytest.mark.parametrize("kind", MADE)
def test_what_a_server_gives_is_read(server: FeedServer, kind: str) -> None:
    listing = fetch(server, kind)
    documents, skipped = read(MADE[kind](server.url(LISTS[kind])), listing)
    assert (listing.failed, listing.lists_others, skipped) == ({}, False, {})
    assert {d.about for d in documents.values()} == {("TD",), ("ML",)}
    assert {d.reader for d in documents.values()} == {reader_of(kind)}  # else no page would be known as read before


@pytest.mark.parametrize("kind", MADE)
def test_one_place_of_several(server: FeedServer, kind: str) -> None:
    one = fetch(server, kind, place="TD")
    documents, _ = read(MADE[kind](server.url(LISTS[kind])), one)
    assert ({d.about for d in documents.values()}, one.lists_others) == ({("TD",)}, True)
    assert fetch(server, kind, place="FJ") == Listing({}, {}, lists_others=True)


@pytest.mark.parametrize("kind", MADE)
def test_asked_again_what_the_server_confirms_is_unchanged(server: FeedServer, kind: str) -> None:
    first = fetch(server, kind)
    again = fetch(server, kind, states(first))
    assert again.items.keys() == first.items.keys()
    confirmed = {item for item, response in again.items.items() if response.unchanged}
    # Only the pages of Chad have a mark to ask with, or the file that holds all.
    expected = {
        "govuk": {"chad"},
        "canada": {"td"},
        "australia": {"chad"},
        "us": {"chad", "mali"},
        "germany": {"1", "2"},
    }
    assert confirmed == expected[kind]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("behaviour", [*REFUSED, "redirect loop"])
def test_a_list_that_fails_is_a_failure_of_the_feed(server: FeedServer, kind: str, behaviour: str) -> None:
    path = LISTS[kind]
    server.set(path, redirects(path) if behaviour == "redirect loop" else REFUSED[behaviour])
    with pytest.raises(FeedError) as caught:
        fetch(server, kind)
    assert caught.value.path == server.url(path)
    assert caught.value.way_out


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("behaviour", [*REFUSED, "redirect loop", "[]", "404"])
def test_a_page_that_fails_is_named_and_loses_no_other(server: FeedServer, kind: str, behaviour: str) -> None:
    page = PAGES[kind]
    whole = fetch(server, kind)
    extra = {"redirect loop": redirects(page), "[]": ok([]), "404": fails(404)}
    server.set(page, extra[behaviour] if behaviour in extra else REFUSED[behaviour])
    listing = fetch(server, kind)
    (item,) = listing.failed
    assert item == {"canada": "td"}.get(kind, "chad")
    assert listing.items.keys() | {item} == whole.items.keys()
    assert listing.failed[item]


@pytest.mark.parametrize(("kind", "answer"), [("us", "[]"), ("germany", "{}")])
def test_an_empty_answer_is_told_from_a_failure(server: FeedServer, kind: str, answer: str) -> None:
    server.set(LISTS[kind], ok(answer))
    server.set("/us.xml", ok(test_us.rss()))
    assert fetch(server, kind) == Listing({}, {})


def test_a_busy_server_is_asked_again(server: FeedServer) -> None:
    server.set("/us", [too_many("0"), ok([test_us.advisory("Chad - Level 3: A")])])
    assert list(fetch(server, "us").items) == ["chad"]
    assert len(server.asked("/us")) == 2


@pytest.mark.parametrize(
    ("kind", "feed"),
    [
        ("govuk", GovUk("https://feed.example/x")),
        ("us", UnitedStates("https://feed.example/x")),
        ("canada", Canada("https://feed.example/x")),
        ("australia", Australia("https://feed.example/x")),
        ("germany", Germany("https://feed.example/x")),
    ],
)
def test_every_kind_is_registered(kind: str, feed: Feed) -> None:
    assert is_feed(kind)
    assert make_feed(kind, "https://feed.example/x") == feed


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=12) | st.just("<p>a</p>"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
RECORDS: Mapping[str, object] = {
    "govuk": test_govuk.page("Chad", ("Warnings and insurance", test_govuk.WARNING), alert_status=["x"]),
    "us": test_us.advisory("Chad - Level 3: A"),
    "canada": test_canada.country(health="<p>Boil it.</p>")["data"],
    "germany": test_germany.entry(),
}


@given(st.data(), st.sampled_from(sorted(RECORDS)))
@settings(max_examples=150)
def test_no_odd_value_breaks_a_reader(data: st.DataObject, kind: str) -> None:
    record = json.loads(json.dumps(RECORDS[kind]))
    node: Any = record
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[key], dict | list) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    node[key] = data.draw(_ODD)
    refuse_or_read(kind, json.dumps(record).encode())


@given(st.data(), st.sampled_from(sorted(MADE)), st.sampled_from(["chad", "chad/level"]))
@settings(max_examples=60)
def test_no_damaged_bytes_break_a_reader(data: st.DataObject, kind: str, name: str) -> None:
    others = {"us": test_us.item("Chad - Level 3: A"), "australia": test_australia.PAGE}
    if kind == "australia" and "/" in name:
        others["australia"] = test_australia.item("Chad")
    whole = (others.get(kind) or as_json(RECORDS[kind])).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    refuse_or_read(kind, whole[:start] + data.draw(st.binary(max_size=6)) + whole[end:], name)


def refuse_or_read(kind: str, raw: bytes, name: str = "chad") -> None:
    """Whatever came, what is read has a place and quotes nothing but text, and what is not has a reason."""
    item = Fetched(name, "https://feed.example/x", hashlib.sha256(raw).hexdigest(), "2026-11-20T08:00:00+00:00", {})
    for one in MADE[kind]("https://feed.example/x").read("made-up", item, raw):
        if isinstance(one, Reading):
            assert one.document.about
            assert one.document.text_sha256 == sha256_text(one.document.text)
        else:
            assert one.reason

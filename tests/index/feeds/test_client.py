"""Fetching politely, against a server that misbehaves."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version

import httpx
import pytest

from index.errors import FeedError
from index.feeds.client import Manners, PoliteClient
from index.feeds.feed import Fetched, Response
from tests.index.feeds.server import (
    Behaviour,
    FeedServer,
    Reply,
    endless,
    fails,
    fetched,
    ok,
    redirects,
    stalls,
    too_many,
    truncated,
)

QUICK = Manners(
    connect=1, read=0.5, whole=1, attempts=3, first_wait=0.002, longest_wait=0.05, at_once=2, interval=0, largest=1000
)


def polite(manners: Manners) -> PoliteClient:
    """A client that goes straight to the server, whatever proxy the environment names; loading authorities is slow."""
    return PoliteClient(manners, transport=httpx.AsyncHTTPTransport(verify=False))


def get(url: str, known: Fetched | None = None, manners: Manners = QUICK) -> Response:
    async def once() -> Response:
        async with polite(manners) as client:
            return await client.get(url, known)

    return asyncio.run(once())


def refused(behaviour: Behaviour, manners: Manners = QUICK) -> tuple[FeedError, int]:
    """The error that a behaviour ends in, and how often was asked."""
    with FeedServer({"/a": behaviour}) as server:
        with pytest.raises(FeedError) as caught:
            get(server.url("/a"), manners=manners)
        assert caught.value.path == server.url("/a")
        assert caught.value.way_out
        return caught.value, len(server.requests)


def test_a_page_as_it_came() -> None:
    reply = ok("Zürich".encode("cp1252"), etag='"7"', headers={"Set-Cookie": "id=1"})
    with FeedServer({"/a": reply}) as server:
        response = get(server.url("/a"))
        assert response.raw == b"Z\xfcrich"
        assert response.url == server.url("/a")
        assert not response.unchanged
        assert response.headers["etag"] == '"7"'
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert "set-cookie" not in response.headers
        asked = server.requests[0].headers
        assert asked["user-agent"].startswith(f"safecite/{version('safecite')} ")
        assert "if-none-match" not in asked


def test_what_is_known_is_asked_for_conditionally() -> None:
    replies = {"/tag": ok("one", etag='"7"'), "/day": ok("two", modified="Mon, 16 Nov 2026 08:00:00 GMT")}
    with FeedServer(replies) as server:
        for path in replies:
            known = fetched("a", get(server.url(path)))
            again = get(server.url(path), known)
            assert again == Response(server.url(path), b"", known.headers, unchanged=True)
        assert server.requests[1].headers["if-none-match"] == '"7"'
        assert server.requests[3].headers["if-modified-since"] == "Mon, 16 Nov 2026 08:00:00 GMT"
        server.set("/tag", ok("new", etag='"8"'))
        changed = get(server.url("/tag"), known=fetched("a", Response("", b"one", {"etag": '"7"'})))
        assert (changed.raw, changed.unchanged, changed.headers["etag"]) == (b"new", False, '"8"')


def test_unchanged_without_having_been_asked_is_an_error() -> None:
    error, asked = refused(Reply(status=304))
    assert (error.reason, asked) == ("answers with HTTP status 304.", 1)


@pytest.mark.parametrize("first", [fails(500), fails(503), too_many(), truncated(ok("x" * 99)), stalls(ok("x" * 99))])
def test_a_failure_that_passes_is_repeated(first: Reply) -> None:
    with FeedServer({"/a": [first, ok("good")]}) as server:
        assert get(server.url("/a")).raw == b"good"
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("behaviour", "reason", "asked"),
    [
        (fails(500), "answers with HTTP status 500.", 3),
        (too_many(), "answers with HTTP status 429.", 3),
        (fails(404), "answers with HTTP status 404.", 1),
        (fails(403), "answers with HTTP status 403.", 1),
        (stalls(ok("x" * 99)), "did not answer in time.", 3),
        (redirects("/a"), "redirects more than 5 times.", 6),
        (redirects("ftp://127.0.0.1/a"), "is neither http nor https.", 1),
        (redirects("http://127.0.0.1:x/"), "cannot be fetched (Invalid URL in location header: Invalid port: 'x').", 3),
        (ok("x" * 1001), "is larger than 0.001 MB.", 1),
        (ok(b"x", headers={"Content-Encoding": "br"}), "is packed in a way that was not asked for (br).", 1),
        (ok(b"no gzip", headers={"Content-Encoding": "gzip"}), "cannot be unpacked.", 3),
        (ok(gzip.compress(b"x" * 99)[:-9], headers={"Content-Encoding": "gzip"}), "was cut short.", 3),
    ],
)
def test_a_failure_that_stays_is_named(behaviour: Reply, reason: str, asked: int) -> None:
    with FeedServer({"/a": behaviour}) as server:
        with pytest.raises(FeedError) as caught:
            get(server.url("/a"))
        assert (caught.value.reason, len(server.requests)) == (reason, asked)
        assert caught.value.way_out
        assert str(caught.value).startswith(caught.value.path or "no path")


def test_an_answer_cut_short_is_named() -> None:
    error, asked = refused(truncated(ok("x" * 99), after=12))
    assert error.reason.startswith("cannot be fetched (peer closed connection without sending complete message body")
    assert asked == 3


def test_nobody_listens() -> None:
    with FeedServer({}) as server:
        url = server.url("/a")
    with pytest.raises(FeedError) as caught:
        get(url)
    assert caught.value.reason == "cannot be fetched (All connection attempts failed)."


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://a/", "kz.xml", "http://[::1", ""])
def test_only_web_addresses(url: str) -> None:
    with pytest.raises(FeedError):
        get(url)


@pytest.mark.parametrize("reply", [endless(), endless(announced=True), endless(packed=True)])
def test_ten_gigabytes_end_at_the_limit(reply: Reply) -> None:
    with FeedServer({"/a": reply}) as server:
        with pytest.raises(FeedError) as caught:
            get(server.url("/a"), manners=replace(QUICK, largest=3_000_000, read=5, whole=20))
        assert caught.value.reason == "is larger than 3 MB."
        assert len(server.requests) == 1
        assert server.sent < 30_000_000  # what the sockets between us buffered


def test_a_packed_answer_just_within_the_limit() -> None:
    packed = ok(gzip.compress(b"x" * 1000), headers={"Content-Encoding": "gzip"})
    with FeedServer({"/a": packed}) as server:
        assert get(server.url("/a")).raw == b"x" * 1000
    assert refused(ok(gzip.compress(b"x" * 1001), headers={"Content-Encoding": "gzip"}))[1] == 1


def test_slow_dripping_ends_with_the_whole_time() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b"x"

    error, asked = refused(Reply(stream=drip), replace(QUICK, whole=0.12, attempts=2))
    assert (error.reason, asked) == ("took longer than 0.12 seconds.", 2)


def seconds(value: float) -> str:
    return str(int(value))


def in_an_hour(value: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=value), usegmt=True)


@pytest.mark.parametrize("written", [seconds, in_an_hour])
def test_a_long_retry_after_is_respected_by_leaving(written: Callable[[float], str]) -> None:
    error, asked = refused(too_many(written(3600)))
    assert asked == 1
    assert error.reason.startswith("answers with HTTP status 429. It asks to be left alone for 3")


def test_a_short_retry_after_is_waited_for_by_all() -> None:
    async def work(server: FeedServer) -> float:
        began = time.monotonic()
        async with polite(replace(QUICK, longest_wait=2, at_once=1)) as client:
            first = asyncio.create_task(client.get(server.url("/a")))
            while not server.requests:
                await asyncio.sleep(0.01)
            assert (await client.get(server.url("/b"))).raw == b"two"
            second_took = time.monotonic() - began
            assert (await first).raw == b"one"
        return second_took

    with FeedServer({"/a": [too_many("1"), ok("one")], "/b": ok("two")}) as server:
        assert asyncio.run(work(server)) >= 1.0
        assert len(server.requests) == 3


def test_a_host_is_asked_in_turn() -> None:
    async def work(server: FeedServer) -> float:
        began = asyncio.get_running_loop().time()
        async with polite(replace(QUICK, interval=0.03)) as client:
            await asyncio.gather(*(client.get(server.url("/a")) for _ in range(5)))
        return asyncio.get_running_loop().time() - began

    with FeedServer({"/a": ok("x")}) as server:
        assert asyncio.run(work(server)) >= 4 * 0.03
        assert len(server.requests) == 5


def test_waiting_for_a_turn_is_not_the_answer_taking_long() -> None:
    async def work(server: FeedServer) -> list[bytes]:
        patient = replace(QUICK, interval=0.05, whole=0.15, at_once=1)
        async with polite(patient) as client:
            return [
                response.raw for response in await asyncio.gather(*(client.get(server.url("/a")) for _ in range(6)))
            ]

    with FeedServer({"/a": ok("x")}) as server:
        assert asyncio.run(work(server)) == [b"x"] * 6
        assert len(server.requests) == 6


def test_a_redirect_is_followed_and_its_end_is_the_address() -> None:
    with FeedServer({"/old": redirects("/new", 301), "/new": ok("moved")}) as server:
        response = get(server.url("/old"))
        assert (response.raw, response.url) == (b"moved", server.url("/new"))


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("http://1.1.1.1/", "http://127.0.0.1/", "redirects into this machine's own network (http://127.0.0.1/)."),
        ("http://1.1.1.1/", "http://10.1.2.3/", "redirects into this machine's own network (http://10.1.2.3/)."),
        (
            "http://1.1.1.1/",
            "http://169.254.169.254/",
            "redirects into this machine's own network (http://169.254.169.254/).",
        ),
        ("http://1.1.1.1/", "http://[::1]/", "redirects into this machine's own network (http://[::1]/)."),
        ("https://1.1.1.1/", "http://1.1.1.1/", "redirects to an address without TLS (http://1.1.1.1/)."),
        ("http://1.1.1.1/", "https://8.8.8.8/", None),
        ("http://10.1.2.3/", "http://10.1.2.4/", None),  # an intranet's own business
    ],
)
def test_where_a_redirect_may_lead(start: str, end: str, reason: str | None) -> None:
    seen: list[str] = []

    async def body() -> AsyncIterator[bytes]:
        yield b"x"

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(302, headers={"Location": end}) if len(seen) == 1 else httpx.Response(200, content=body())

    async def work() -> Response:
        async with PoliteClient(QUICK, transport=httpx.MockTransport(answer)) as client:
            return await client.get(start)

    if reason is None:
        assert asyncio.run(work()).raw == b"x"
        assert seen == [start, end]
        return
    with pytest.raises(FeedError) as caught:
        asyncio.run(work())
    assert (caught.value.reason, seen) == (reason, [start])

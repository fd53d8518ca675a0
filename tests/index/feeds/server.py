"""A scripted HTTP server on loopback that can misbehave in every way a publisher's does, and a client that is a dict.

    with FeedServer({"/index.json": ok("{}", etag='"1"'), "/kz": [fails(500), ok("…")]}) as server:
        … server.url("/kz") …
    assert [request.path for request in server.requests] == ["/kz", "/kz"]

A path maps to one behaviour or to a list of successive ones, the last of which stays.
"""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from index.errors import FeedError
from index.feeds.feed import Fetched, Response

ENDLESS = 10_000_000_000  # bytes that an endless answer promises
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """One behaviour. `cut` ends the connection, `stall` falls silent, after so many bytes of the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    stall: int | None = None
    stream: Callable[[], Iterator[bytes]] | None = None  # instead of the body, sent in chunks of unknown number


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; `headers` with names in lower case."""

    path: str
    headers: Mapping[str, str]


Behaviour = Reply | Sequence[Reply]


def ok(
    body: str | bytes | list[Any] | dict[str, Any],
    *,
    content_type: str | None = None,
    etag: str | None = None,
    modified: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """200 with a body; a list or a dict goes as JSON. With `etag` or `modified` a condition that holds gives 304."""
    kind = "application/json" if isinstance(body, list | dict) else "text/html; charset=utf-8"
    if isinstance(body, list | dict):
        body = json.dumps(body, ensure_ascii=False)
    said = {"Content-Type": content_type or kind, **(headers or {})}
    if etag is not None:
        said["ETag"] = etag
    if modified is not None:
        said["Last-Modified"] = modified
    return Reply(body.encode() if isinstance(body, str) else body, headers=said)


def fails(status: int = 500, body: str = "<html><body><h1>Server error</h1></body></html>") -> Reply:
    """An error page with its status."""
    return Reply(body.encode(), status, {"Content-Type": "text/html"})


def too_many(retry_after: str | None = None) -> Reply:
    """429; `retry_after` is the header's value, seconds or an HTTP date."""
    return Reply(b"slow down", 429, {} if retry_after is None else {"Retry-After": retry_after})


def stalls(reply: Reply, after: int = 10) -> Reply:
    """The same answer, falling silent in the middle of its body until the server closes."""
    return replace(reply, stall=after)


def truncated(reply: Reply, after: int = 10) -> Reply:
    """The same answer, its connection closed in the middle of the body that the head announced."""
    return replace(reply, cut=after)


def endless(content_type: str = "application/json", *, announced: bool = False, packed: bool = False) -> Reply:
    """10 GB of spaces. `announced` says so in Content-Length; `packed` sends them as gzip, a thousandth of the size."""
    headers = {"Content-Type": content_type}
    if packed:
        return Reply(headers={**headers, "Content-Encoding": "gzip"}, stream=_packed_spaces)
    if announced:
        headers["Content-Length"] = str(ENDLESS)
    return Reply(headers=headers, stream=_spaces)


def redirects(to: str, status: int = 302) -> Reply:
    """A redirect; to its own path it is a loop."""
    return Reply(status=status, headers={"Location": to})


def html_instead(words: str = "We are down for maintenance.") -> Reply:
    """200 and a web page, whatever was asked for."""
    return ok(f"<!DOCTYPE html><html><head><title>Sorry</title></head><body><p>{words}</p></body></html>")


def wrong_charset(text: str, *, really: str = "cp1252", declared: str = "utf-8", kind: str = "text/html") -> Reply:
    """Text in one encoding whose head declares another."""
    return Reply(text.encode(really), headers={"Content-Type": f"{kind}; charset={declared}"})


def _spaces() -> Iterator[bytes]:
    chunk = b" " * _MEGABYTE
    for _ in range(ENDLESS // _MEGABYTE):
        yield chunk


def _packed_spaces() -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    yield packer.compress(b"[") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, so it may repeat
    for _ in range(ENDLESS // _MEGABYTE):
        yield block


class FeedServer:
    """The server, at work within a `with` block. `requests` are those received, in order; `sent` bytes of bodies."""

    def __init__(self, script: Mapping[str, Behaviour]) -> None:
        self.script: dict[str, list[Reply]] = {}
        self.requests: list[Request] = []
        self.sent = 0
        self.closing = threading.Event()
        self.lock = threading.Lock()
        for path, behaviour in script.items():
            self.set(path, behaviour)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.feed = self

    def __enter__(self) -> FeedServer:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def set(self, path: str, behaviour: Behaviour) -> None:
        """Change what a path does from now on."""
        self.script[path] = [behaviour] if isinstance(behaviour, Reply) else list(behaviour)

    def asked(self, path: str) -> list[Request]:
        """The requests for one path."""
        return [request for request in self.requests if request.path == path]

    def next_reply(self, request: Request) -> Reply:
        """The behaviour for a request; 404 where the script has none. A query that is not scripted is let be."""
        with self.lock:
            self.requests.append(request)
            bare = request.path.partition("?")[0]
            waiting = self.script.get(request.path) or self.script.get(bare)
            if not waiting:
                return fails(404, "<html><body>Not found</body></html>")
            reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        said = {name.lower(): value for name, value in reply.headers.items()}
        confirmed = said.get("etag", "") and request.headers.get("if-none-match") == said["etag"]
        if "if-none-match" not in request.headers and "last-modified" in said:
            confirmed = request.headers.get("if-modified-since") == said["last-modified"]
        if reply.status == 200 and confirmed:
            kept = {name: reply.headers[name] for name in reply.headers if name in ("ETag", "Last-Modified")}
            return Reply(status=304, headers=kept)
        return reply


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    feed: FeedServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some of the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        feed = self.server.feed
        reply = feed.next_reply(Request(self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")  # a body of unknown length ends with its connection
        self.close_connection = True
        if reply.stream is None and reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        stops = [stop for stop in (reply.cut, reply.stall) if stop is not None]
        for chunk in [reply.body[: min(stops, default=None)]] if reply.stream is None else reply.stream():
            self.wfile.write(chunk)
            feed.sent += len(chunk)
            if feed.closing.is_set():
                return
        self.wfile.flush()
        if reply.stall is not None:
            feed.closing.wait(30)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing goes to the terminal."""


Page = str | bytes | Response | FeedError


class FakeClient:
    """A client that answers from a dict: a page by its address; a FeedError is raised, a Response is given as it is.

    With `confirms` it answers "unchanged" where what is known has the very bytes that the page has. `asked` keeps each
    address with what was known of it; an address that is not in the dict fails with "HTTP status 404".
    """

    def __init__(self, pages: Mapping[str, Page], *, confirms: bool = True) -> None:
        self.pages = dict(pages)
        self.confirms = confirms
        self.asked: list[tuple[str, Fetched | None]] = []

    async def get(self, url: str, known: Fetched | None = None) -> Response:
        """As `index.feeds.feed.Client`."""
        self.asked.append((url, known))
        page = self.pages.get(url, FeedError("HTTP status 404.", path=url))
        if isinstance(page, FeedError):
            raise page
        if isinstance(page, Response):
            return page
        raw = page.encode() if isinstance(page, str) else page
        if self.confirms and known is not None and known.raw_sha256 == hashlib.sha256(raw).hexdigest():
            return Response(url, b"", known.headers, unchanged=True)
        return Response(url, raw, {"content-type": "text/html; charset=utf-8"})


def fetched(item: str, response: Response, when: str = "2026-11-20T08:00:00+00:00") -> Fetched:
    """The last good state that a response leaves behind."""
    return Fetched(item, response.url, hashlib.sha256(response.raw).hexdigest(), when, response.headers)

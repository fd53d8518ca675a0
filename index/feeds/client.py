"""The one door to the network: an address fetched politely, within limits of time and size, or a FeedError.

A request waits for its turn at its host, is asked conditionally where the last state is known, and is repeated with
growing waits where the host is busy or the connection fails. Redirects are followed a few times, never from TLS to
none, and never from a public address into this machine or its network.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType

import httpx
import stamina

from index.errors import FeedError
from index.feeds.feed import Fetched, Response

_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_LATER = "The last good state stays; try again later."
logging.getLogger("stamina").addHandler(logging.NullHandler())  # else each wait is a line on the user's terminal


@dataclass(frozen=True, slots=True)
class Manners:
    """How long, how often and how much is asked. Times in seconds, for one attempt unless said otherwise."""

    connect: float = 10.0
    read: float = 30.0  # between two pieces of an answer
    whole: float = 120.0
    attempts: int = 4
    first_wait: float = 1.0  # before the second attempt; doubled for each further one
    longest_wait: float = 60.0  # a host that asks for more in Retry-After is left alone until the next update
    at_once: int = 2  # requests to one host
    interval: float = 0.5  # between the beginnings of two requests to one host
    largest: int = 20_000_000  # bytes, as sent and as unpacked
    redirects: int = 5


class _AgainError(Exception):
    """An attempt failed in a way that may pass; `wait` is what the host asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class _Host:
    """The turns at one host."""

    def __init__(self, manners: Manners) -> None:
        self.interval = manners.interval
        self.gate = asyncio.Semaphore(manners.at_once)
        self.free = 0.0  # on the loop's clock

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        clock = asyncio.get_running_loop().time
        async with self.gate:
            while (wait := self.free - clock()) > 0:
                await asyncio.sleep(wait)
            self.free = clock() + self.interval
            yield

    def rest(self, seconds: float) -> None:
        """Nobody asks for so long."""
        self.free = max(self.free, asyncio.get_running_loop().time() + seconds)


class PoliteClient:
    """Implements `feed.Client`. Use it in an `async with` block; `transport` is swapped in tests."""

    def __init__(self, manners: Manners | None = None, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.manners = manners or Manners()
        self._hosts: defaultdict[str, _Host] = defaultdict(lambda: _Host(self.manners))
        self._http = httpx.AsyncClient(
            headers={
                "User-Agent": f"safecite/{version('safecite')} (quotes public travel advice with its source)",
                "Accept-Encoding": "gzip",  # the one that is unpacked here, with a limit
            },
            timeout=httpx.Timeout(self.manners.read, connect=self.manners.connect),
            transport=transport,
        )

    async def __aenter__(self) -> PoliteClient:
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def get(self, url: str, known: Fetched | None = None) -> Response:
        """The response for an address; asked conditionally where its last state is known. Raises FeedError."""
        headers = known.headers if known is not None else {}
        conditions = {_CONDITIONS[name]: headers[name] for name in _CONDITIONS if name in headers}
        manners = self.manners
        try:
            async for attempt in stamina.retry_context(
                on=_may_pass(manners.longest_wait),
                attempts=manners.attempts,
                timeout=None,
                wait_initial=manners.first_wait,
                wait_max=manners.longest_wait,
                wait_jitter=manners.first_wait / 4,
            ):
                with attempt:
                    response = await self._attempt(url, conditions)
        except _AgainError as error:
            raise FeedError(error.reason, path=url, way_out=_LATER) from error
        except httpx.InvalidURL as error:
            raise FeedError(f"is no web address ({error}).", path=url, way_out="Correct it.") from error
        if response.unchanged:
            return Response(response.url, b"", headers, unchanged=True)
        return response

    async def _attempt(self, url: str, conditions: dict[str, str]) -> Response:
        request = self._http.build_request("GET", url, headers=conditions)
        try:
            for _ in range(self.manners.redirects + 1):
                answer = await self._send(request, conditional=bool(conditions))
                if isinstance(answer, Response):
                    return answer
                await _check_redirect(request.url, answer.url)
                request = answer
        except TimeoutError as error:
            raise _AgainError(f"took longer than {self.manners.whole:g} seconds.") from error
        except httpx.TimeoutException as error:
            raise _AgainError("did not answer in time.") from error
        except httpx.TransportError as error:
            raise _AgainError(f"cannot be fetched ({str(error).rstrip('.') or type(error).__name__}).") from error
        raise FeedError(
            f"redirects more than {self.manners.redirects} times.", path=url, way_out="Is the address right?"
        )

    async def _send(self, request: httpx.Request, *, conditional: bool) -> Response | httpx.Request:
        """The answer to one request, or the request that its redirect leads to."""
        url = str(request.url)
        if request.url.scheme not in ("http", "https"):
            raise FeedError("is neither http nor https.", path=url, way_out="Name a web address.")
        host = self._hosts[request.url.host]
        async with host.turn(), asyncio.timeout(self.manners.whole):
            response = await self._http.send(request, stream=True)
            try:
                if response.next_request is not None:
                    return response.next_request
                if response.status_code == httpx.codes.NOT_MODIFIED and conditional:
                    return Response(url, b"", {}, unchanged=True)
                if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
                    wait = _retry_after(response.headers.get("retry-after", ""))
                    host.rest(min(wait or 0.0, self.manners.longest_wait))
                    raise _AgainError(_status(response) + _asked_wait(wait), wait)
                if response.status_code != httpx.codes.OK:
                    raise FeedError(_status(response), path=url, way_out="Is the address right?")
                raw = await _body(response, self.manners.largest)
            finally:
                await response.aclose()
        headers = {name: value for name, value in response.headers.items() if name != "set-cookie"}
        return Response(url, raw, headers)


def _may_pass(longest: float) -> Callable[[Exception], bool | float]:
    """What stamina asks after a failure: whether to try again, and after which wait where the host named one."""

    def hook(error: Exception) -> bool | float:
        if not isinstance(error, _AgainError):
            return False
        if error.wait is None:
            return True
        return error.wait if error.wait <= longest else False

    return hook


async def _body(response: httpx.Response, largest: int) -> bytes:
    """The body, unpacked; given up as soon as it is too large, sent or unpacked."""
    url = str(response.url)
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip"):
        raise FeedError(f"is packed in a way that was not asked for ({packing[:40]}).", path=url, way_out=_LATER)
    unpacker = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    raw = bytearray()
    try:
        async for chunk in response.aiter_raw():
            raw += chunk if unpacker is None else unpacker.decompress(chunk, largest + 1 - len(raw))
            if len(raw) > largest or response.num_bytes_downloaded > largest:
                size = f"{largest / 1_000_000:g} MB"
                raise FeedError(f"is larger than {size}.", path=url, way_out="Is this the address of a feed?")
    except zlib.error as error:
        raise _AgainError("cannot be unpacked.") from error
    if unpacker is not None and raw and not unpacker.eof:
        raise _AgainError("was cut short.")
    return bytes(raw)


async def _check_redirect(before: httpx.URL, after: httpx.URL) -> None:
    """Raise FeedError where a redirect leads to what the first address's owner may not see, or off TLS."""
    reason = ""
    if before.scheme == "https" and after.scheme == "http":
        reason = "redirects to an address without TLS"
    elif after.host != before.host and await _is_local(after.host) and not await _is_local(before.host):
        reason = "redirects into this machine's own network"
    if reason:
        raise FeedError(f"{reason} ({after}).", path=str(before), way_out="Is the address right?")


async def _is_local(host: str) -> bool:
    """Whether a host is, or resolves to, anything but public addresses. One that does not resolve is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global for *_, address in found)


def _retry_after(value: str) -> float | None:
    """Seconds from a Retry-After header, which holds seconds or an HTTP date; None where it holds neither."""
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until.tzinfo else None


def _status(response: httpx.Response) -> str:
    return f"answers with HTTP status {response.status_code}."


def _asked_wait(wait: float | None) -> str:
    return f" It asks to be left alone for {wait:.0f} seconds." if wait else ""

"""Whose requests are answered: those that come to this machine under a name of its own, and from no foreign web page.

A web page anywhere may have its visitor's browser send requests to this machine. Under a name of its own, which it lets
point here, it could even read the answers; by the name and by the origin that the browser states, it is told apart.
"""

from __future__ import annotations

from ipaddress import ip_address
from socket import gethostname
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.chat import words

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class OwnRequests:
    """Passes on what came for this machine, which listens on `host`; the rest is refused, with status 421 or 403."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        answer = self._app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            asked, origin = headers.get("host", ""), headers.get("origin")
            if not is_own(asked, self._host):
                answer = PlainTextResponse(words.FOREIGN_NAME, 421)
            elif origin is not None and _address(origin) != asked.lower():
                answer = PlainTextResponse(words.FOREIGN_PAGE, 403)
        await answer(scope, receive, send)


def is_own(asked: str, host: str) -> bool:
    """Whether `asked`, a Host header, names the machine that listens on `host`.

    On a loopback address nothing but its names will do. Elsewhere any IP address does, as no foreign page has one for a
    name, and so does the machine's own name.
    """
    try:
        name = urlsplit(f"//{asked}").hostname or ""
    except ValueError:
        return False
    if name in _LOOPBACK | {host.lower()}:
        return True
    mine = gethostname().lower()
    return not _is_loopback(host) and (_is_ip(name) or name in (mine, f"{mine}.local"))


def _address(origin: str) -> str:
    """The host and port of an origin; "" for `null`, which is that of a file or a frame shut in."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    return host in _LOOPBACK or (_is_ip(host) and ip_address(host).is_loopback)


def _is_ip(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

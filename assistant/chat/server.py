"""Serves the chat: a page at once, the real one as soon as it is loaded. What it needs is imported behind the first."""

from __future__ import annotations

import asyncio
import ctypes
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from rich.console import Console
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.chat import words
from assistant.chat.headers import SafeHeaders
from assistant.chat.hosts import OwnRequests
from assistant.chat.logs import LOGGING
from assistant.chat.opening import starting_page
from assistant.errors import SettingsError

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_PATIENCE = 1  # seconds that open connections get when the program ends; a page keeps one open for ever


def serve(
    index: Path,
    *,
    model: str,
    sources: Mapping[str, Path] | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    feedback: bool = False,
) -> None:
    """Open the chat and keep serving until interrupted.

    A page is there at once; gradio, the model and the index are loaded behind it, the index after being built from
    `sources` where they are given. `feedback` lets visitors say whether an answer helped, and keeps that beside the
    index. Raises SettingsError where the address cannot be listened on.
    """

    def load() -> Starlette:
        from assistant.chat.application import application  # noqa: PLC0415 - the first page does not wait for it

        return application(index, sources or {}, model, feedback=feedback)

    _share_heaps()
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = words.PORT_TAKEN.format(port=port, host=host)
        raise SettingsError(reason, way_out=words.PORT_WAY_OUT) from error
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    Console(stderr=True).print(words.SERVING.format(url=url), highlight=False)
    if open_browser:
        webbrowser.open(url)
    gate = Gate(load, starting_page(words.private(feedback=feedback)), host)
    config = uvicorn.Config(
        gate.app,
        log_config=LOGGING,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_PATIENCE,
        ws="none",
    )
    gate.server = uvicorn.Server(config)
    gate.server.run([listening])
    if gate.failed:
        raise SettingsError(words.NOT_LOADED)


def _share_heaps() -> None:
    """Let all threads allocate from two heaps: glibc would give each its own, and each keeps what it once held.

    Measured with `scripts.measure_chats`: 431 MB after 2,000 questions for 540 MB, and no growth to speak of.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


class Gate:
    """Answers with `first`, a page, until `load`, run in a thread, has brought the application; for `host` alone."""

    def __init__(self, load: Callable[[], Starlette], first: str, host: str = "127.0.0.1") -> None:
        self.server: uvicorn.Server | None = None
        self.failed = False
        self._load = load
        self._inner: Starlette | None = None
        self._ended = asyncio.Event()
        self._first = HTMLResponse(first, headers={"Cache-Control": "no-store"})
        self._not_yet = PlainTextResponse(words.STARTING, 503, {"Retry-After": "1", "Cache-Control": "no-store"})
        outer = Starlette(lifespan=self._lifespan)
        outer.mount("/", self._answer)
        self.app: ASGIApp = SafeHeaders(OwnRequests(GZipMiddleware(outer, compresslevel=4), host))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        first: ASGIApp = self._first if scope["path"] == "/" else self._not_yet
        await (self._inner or first)(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        opening = asyncio.create_task(self._open())
        yield
        self._ended.set()
        if self._inner is None:
            opening.cancel()
        with suppress(asyncio.CancelledError):
            await opening

    async def _open(self) -> None:
        """Load, serve, and close: what the application opens is closed in the task that opened it."""
        loaded: Future[Starlette | None] = Future()
        threading.Thread(target=self._into, args=[loaded], name="safecite-load", daemon=True).start()
        try:
            inner = await asyncio.wrap_future(loaded)
            if inner is not None:
                async with inner.router.lifespan_context(inner):
                    self._inner = inner
                    await self._ended.wait()
        finally:
            self.failed = self._inner is None and not self._ended.is_set()
            if self.failed and self.server is not None:
                self.server.should_exit = True

    def _into(self, loaded: Future[Starlette | None]) -> None:
        """In a daemon thread, so that Ctrl+C does not wait for what is still loading."""
        inner = None
        try:
            inner = self._load()
        finally:  # an error goes on to the terminal
            loaded.set_result(inner)

"""What the page fetches beside gradio: whether we are there, more of a document, and where feedback goes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from assistant.chat import reader
from assistant.chat.context import Mark
from assistant.chat.engine import Engine
from assistant.chat.opening import POLL
from assistant.feedback import Feedback, Verdict
from index.documents import Document
from index.errors import SafeciteError
from index.snapshot import Snapshot

_UNSEEN = {"Cache-Control": "no-store"}  # what was read is nobody's business, not even the browser's cache's
_MARKS = re.compile(r"(?:\d{1,3}:\d{1,12}-\d{1,12}(?:,(?=\d)|$)){0,50}")
_NUMBER = re.compile(r"\d{1,12}")


def routes(engine: Engine, feedback: Feedback | None) -> list[Route]:
    """The routes, all under /safecite/. An unknown document or snapshot is a 404, a malformed request a 400."""
    started = secrets.token_hex(8)  # a page tells by it that safecite was started again

    async def alive(_: Request) -> Response:
        return PlainTextResponse(started, headers=_UNSEEN)

    async def document(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(_document, engine, request.query_params), headers=_UNSEEN)

    async def stretch(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(_stretch, engine, request.query_params), headers=_UNSEEN)

    async def verdict(request: Request) -> Response:
        given = request.query_params
        if feedback is None or given.get("verdict") not in {*Verdict}:
            raise HTTPException(404)
        kept = await run_in_threadpool(feedback.keep, given.get("answer", ""), Verdict(given["verdict"]))
        return Response(status_code=204 if kept else 404)

    return [
        Route(POLL, alive),
        Route("/safecite/document", document),
        Route("/safecite/stretch", stretch),
        Route("/safecite/feedback", verdict, methods=["POST"]),
    ]


def _document(engine: Engine, given: Mapping[str, str]) -> dict[str, Any]:
    """The table of headings, and the stretch around `at`."""
    snapshot, found = _found(engine, given)
    entries, more = reader.contents(snapshot, found)
    return {
        "contents": [entry._asdict() for entry in entries],
        "more": more,
        "stretch": reader.around(snapshot, found, _number(given, "at"), _marks(given))._asdict(),
    }


def _stretch(engine: Engine, given: Mapping[str, str]) -> dict[str, Any]:
    """The next `count` passages `before` or `after` an offset."""
    snapshot, found = _found(engine, given)
    ways: dict[str, Callable[..., reader.Stretch]] = {"before": reader.before, "after": reader.after}
    way = ways.get(given.get("way", ""))
    if way is None:
        raise HTTPException(400)
    count = min(max(1, _number(given, "count")), reader.STRETCH)
    return way(snapshot, found, _number(given, "at"), count, _marks(given))._asdict()


def _found(engine: Engine, given: Mapping[str, str]) -> tuple[Snapshot, Document]:
    try:
        snapshot = engine.snapshot(given.get("snapshot", ""))
        document = snapshot.find_document(given.get("source", ""), given.get("doc", "")) if snapshot else None
    except SafeciteError as error:
        raise HTTPException(500, str(error)) from error
    if snapshot is None or document is None:
        raise HTTPException(404)
    return snapshot, document


def _number(given: Mapping[str, str], name: str) -> int:
    value = given.get(name, "0")
    if _NUMBER.fullmatch(value) is None:
        raise HTTPException(400)
    return int(value)


def _marks(given: Mapping[str, str]) -> list[Mark]:
    value = given.get("marks", "")
    if _MARKS.fullmatch(value) is None:
        raise HTTPException(400)
    return [Mark(*map(int, re.split("[:-]", mark))) for mark in value.split(",") if mark]

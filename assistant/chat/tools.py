"""The calls as tools of the Model Context Protocol, over streamable HTTP at /mcp: for this machine alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from inspect import getdoc
from typing import Any

from mcp.server.fastmcp import FastMCP
from mcp.types import ToolAnnotations
from starlette.applications import Starlette

from assistant.chat.calls import Calls
from assistant.chat.engine import Engine

PATH = "/mcp"
_INSTRUCTIONS = (
    "safecite answers travel-safety questions with word-for-word quotes from named, dated documents of governments and "
    "others. Quote what it returns as it stands, with publisher, date and age. That it finds nothing never means that "
    "there is no risk. In an emergency the local number comes first."
)
_READS_ONLY = ToolAnnotations(readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False)


def add_tools(app: Starlette, engine: Engine) -> None:
    """Add the route PATH to an application, before anything is mounted at its root. Other hosts are refused."""
    calls = Calls(engine)
    server = FastMCP(
        "safecite",
        instructions=_INSTRUCTIONS,
        host="127.0.0.1",  # which refuses requests that came under another name, such as a web page's
        stateless_http=True,
        json_response=True,
        streamable_http_path=PATH,
        log_level="WARNING",  # what is asked is written nowhere
    )
    for call in (calls.ask, calls.search, calls.brief, calls.changes):
        server.tool(description=getdoc(call), annotations=_READS_ONLY)(call)
    app.router.routes.extend(server.streamable_http_app().routes)
    before = app.router.lifespan_context

    @asynccontextmanager
    async def both(app: Any) -> AsyncIterator[Any]:
        async with before(app) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = both

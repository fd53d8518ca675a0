"""The whole application behind the first page: the engine, the routes, and the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from assistant.chat import words
from assistant.chat.engine import Engine
from assistant.chat.opening import Opened
from assistant.chat.routes import routes
from assistant.feedback import Feedback


def application(index: Path, sources: Mapping[str, Path], model: str, *, feedback: bool) -> Starlette:
    """Ready to be served. The engine warms up meanwhile, in a thread of its own."""
    engine = Engine(index, sources, model)
    engine.start()
    kept = Feedback(index) if feedback else None
    app = Starlette(routes=routes(engine, kept), middleware=[Middleware(Opened, words.private(feedback=feedback))])

    from assistant.chat.page import mount  # noqa: PLC0415 - gradio takes seconds, the engine starts before it

    mount(app, engine, kept)
    return app

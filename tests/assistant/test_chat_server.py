"""The first page is there before anything heavy is loaded, takes a question, and gives way to the real one."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import gradio
import pytest
import uvicorn
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat import words
from assistant.chat.opening import POLL, Opened, starting_page, with_opening
from assistant.chat.server import Gate, serve
from assistant.errors import SettingsError

HEAVY = ("gradio", "numpy", "pandas", "faiss", "tantivy", "torch", "openvino", "assistant.answer", "index.snapshot")


def test_the_way_to_the_first_page_loads_nothing_heavy() -> None:
    code = f"import sys, assistant.chat.server; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_first_page_gives_way_to_the_real_one_and_what_that_opened_is_closed() -> None:
    go, seen = threading.Event(), []

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        seen.append("opened")
        yield
        seen.append("closed")

    def load() -> Starlette:
        go.wait(20)
        routes = [Route(path, lambda _: PlainTextResponse("real")) for path in ("/", POLL)]
        return Starlette(routes=routes, lifespan=lifespan)

    gate = Gate(load, starting_page(words.PRIVATE))
    with TestClient(gate.app, base_url="http://127.0.0.1") as client:
        first = client.get("/")
        assert first.headers["cache-control"] == "no-store"
        assert "connect-src 'self'" in first.headers["content-security-policy"]
        assert client.get(POLL).status_code == 503
        assert client.get("/config").status_code == 503
        go.set()
        while client.get(POLL).status_code == 503:
            pass
        assert client.get("/").text == "real"
        assert seen == ["opened"]
    assert seen == ["opened", "closed"]
    assert not gate.failed


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_while_loading_ends_the_server() -> None:
    def load() -> Starlette:
        raise SettingsError("no.")

    gate = Gate(load, "")
    gate.server = uvicorn.Server(uvicorn.Config(gate.app))
    with TestClient(gate.app, base_url="http://127.0.0.1") as client:
        while not gate.server.should_exit:
            assert client.get(POLL).status_code == 503
    for thread in threading.enumerate():  # else its error may be reported while the next test runs
        if thread.name == "safecite-load":
            thread.join()
    assert gate.failed


def test_the_first_page_has_a_named_box_and_fetches_nothing() -> None:
    found = BeautifulSoup(starting_page("<private>"), "lxml")
    assert found.textarea is not None
    assert (found.textarea["aria-label"], found.textarea["maxlength"]) == (words.QUESTION, str(words.LONGEST))
    assert found.html is not None
    assert found.html["lang"] == words.LANGUAGE
    assert "<private>" in found.text
    assert not [tag for tag in found.find_all(True) if tag.get("src") or str(tag.get("href", "data:,")) != "data:,"]


def test_the_opening_comes_before_what_gradio_fetches() -> None:
    gradios = (Path(gradio.__file__).parent / "templates" / "frontend" / "index.html").read_text("utf-8")
    found = BeautifulSoup(with_opening(gradios, "<private>"), "lxml")
    before, after = BeautifulSoup(gradios, "lxml"), [tag.name for tag in found.select("body > *")]
    assert after[:3] == ["style", "div", "script"] and found.title is not None and found.title.text == words.TITLE
    assert found.select_one("#sc-first textarea") is not None and "<private>" in found.text
    fetched = [tag["src"] for tag in before.select("head script[type=module]")]
    assert fetched and [tag["href"] for tag in found.select("head link.sc-later")] == fetched
    assert not found.select("script[type=module]")  # opening.js makes it once the opening is painted
    styles = [tag["href"] for tag in before.select("head link[rel=stylesheet]")]
    assert styles and [tag["href"] for tag in found.select("head link[rel=stylesheet][media=print][onload]")] == styles


def test_only_the_page_itself_is_opened() -> None:
    async def page(request: Request) -> Response:
        return HTMLResponse("<body>page</body>" if request.method == "GET" else "")

    routes = [Route("/", page, methods=["GET", "POST"]), Route("/more", page)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(Opened, "<private>")]))
    opened = client.get("/")
    assert opened.text.startswith("<body><style>") and opened.text.endswith("page</body>")
    assert int(opened.headers["content-length"]) == len(opened.content)
    assert (client.get("/more").text, client.post("/").text) == ("<body>page</body>", "")


def test_a_port_in_use_is_a_plain_error(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} on 127.0.0.1 cannot be used"):
            serve(tmp_path, model="unused", port=port)

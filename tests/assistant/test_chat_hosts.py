"""Only this machine's own names are answered to, and no foreign web page is."""

from __future__ import annotations

import socket

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat.hosts import OwnRequests, is_own
from assistant.chat.server import Gate


def status(host: str, origin: str | None = None, listens: str = "127.0.0.1") -> int:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("own"), methods=["GET", "POST"])])
    headers = {"Host": host, **({"Origin": origin} if origin is not None else {})}
    return TestClient(OwnRequests(app, listens)).post("/", headers=headers).status_code


@pytest.mark.parametrize(
    "host", ["127.0.0.1:7860", "localhost:7860", "localhost", "LOCALHOST:80", "[::1]:7860", "[::1]"]
)
def test_its_own_names(host: str) -> None:
    assert status(host) == 200
    assert status(host, f"http://{host.lower()}") == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7860",
        "127.0.0.1.evil.example",
        "localhost.evil.example:7860",
        "127.0.0.1@evil.example",
        "192.168.1.5:7860",
        "[::1",
        "",
    ],
)
def test_names_that_only_lead_here_are_refused(host: str) -> None:
    assert status(host) == 421


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1:7861",  # another program's page on the same machine
        "http://127.0.0.1",
        "http://127.0.0.1:7860.evil.example",
        "null",
        "",
        "http://[",
    ],
)
def test_foreign_pages_are_refused(origin: str) -> None:
    assert status("127.0.0.1:7860", origin) == 403


def test_on_a_network_addresses_and_its_own_name_are_answered_to() -> None:
    mine = socket.gethostname()
    assert all(
        is_own(name, "0.0.0.0") for name in ("192.168.1.5:7860", "[fe80::1]:7860", f"{mine}:7860", f"{mine}.local")
    )
    assert is_own("travel.lan:7860", "travel.lan")
    assert not is_own("evil.example:7860", "0.0.0.0")
    assert not is_own("evil.example:7860", "192.168.1.5")


def test_the_first_page_is_guarded_too() -> None:
    with TestClient(Gate(Starlette, "first").app, base_url="http://evil.example") as client:
        refused = client.get("/")
    assert (refused.status_code, "first" in refused.text) == (421, False)
    assert refused.headers["x-content-type-options"] == "nosniff"

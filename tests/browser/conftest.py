"""The real chat, served from a tiny index with the real model, and Debian's Chromium to look at it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from index.build import build
from index.embedding import load_embedder
from tests.browser.pages import Open, is_local
from tests.fakes import page as document
from tests.fakes import write_source

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
_QUIET = ("no-sandbox", "disable-gpu", "disable-background-networking", "disable-component-update", "disable-sync")
_SERVE = """
import json, sys
from pathlib import Path
from assistant.chat.server import serve
index, port, sources, feedback = json.loads(sys.argv[1])
sources = {name: Path(folder) for name, folder in sources.items()}
serve(Path(index), model="all-MiniLM-L6-v2", port=port, sources=sources, feedback=feedback)
"""

HOSTILE_TITLE = "<img src=x onerror=window.hacked=1> [Chad](javascript:window.hacked=2)"
HOSTILE_LINE = (
    "Ambulance: 1313 <script>window.hacked=3</script> <b onmouseover=window.hacked=4>call</b> ${window.hacked=5} "
    "{{window.hacked}} &lt;i&gt;"
)
HOSTILE_CRIME = (
    "Pickpockets steal from visitors <img src=x onerror=window.hacked=8> in the "
    "<a href=javascript:window.hacked=9>market</a>."
)
HOSTILE_URL = "https://evil.example/'onmouseover='window.hacked=10"
_HOSTILE = f"""---
title: '{HOSTILE_TITLE}'
publisher: '<svg onload=window.hacked=6>Evil</svg>'
url: "{HOSTILE_URL}"
updated: 2026-01-05
places: [TD]
---

# Chad

## Emergency numbers <script>window.hacked=7</script>

{HOSTILE_LINE}

## Crime <b onmouseover=window.hacked=11>

{HOSTILE_CRIME}
"""
LONG = "".join(
    f"## Part {n}\n\n{'Ask a local guide before you set out on the coast road. ' * 8}\n\n" for n in range(120)
)
_TOWNS = ("Neiafu", "Pangai", "Nukuʻalofa", "Hihifo")
# 5 MB in the words of a few hundred sentences, so that it is read as a document of its size, but embedded soon.
HUGE = "".join(
    f"## Island {n % 40}\n\n"
    + "".join(
        f"Boat {n % 40} to {town} leaves from pier {pier} when the sea is calm. "
        for town in _TOWNS
        for pier in range(4)
    )
    + "\n\n"
    for n in range(5400)
)
THEN = date(2025, 8, 22)  # of the earlier of the index's two states
REWORDED = ("most of them at night", "some of them at noon")  # a page's words as they are, and as they were


@pytest.fixture(scope="package")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of all browser tests is; `chat` builds it."""
    return tmp_path_factory.mktemp("chat") / "index"


@pytest.fixture(scope="package")
def chat(index: Path) -> Iterator[str]:
    """The address of a chat about Kazakhstan, the guides, long pages about Fiji and Tonga, a hostile one about Chad.

    Its index has an earlier state, in which some pages said something else.
    """
    build_then(index)
    files = {
        "chad.md": _HOSTILE,
        "fiji.md": document("Fiji", LONG, places="[FJ]", publisher="Islands"),
        "tonga.md": document("Tonga", HUGE, places="[TO]", publisher="Islands"),
    }
    sources = {
        "shipped": ROOT / "source_docs",
        "archive": ROOT / "tests" / "archive",
        "hostile": write_source(index.parent / "hostile", files),
    }
    build(index, sources, load_embedder())  # else the first pages would show the earlier state
    with serving(index, sources) as address:
        yield address


def build_then(index: Path) -> None:
    """The earlier state: two sources, a page of each in other words, and one level another."""
    archive = shutil.copytree(ROOT / "tests" / "archive", index.parent / "archive")
    for name, (now, was) in {
        "unitedkingdom/Kazakhstan/Safety and security.md": REWORDED,
        "canada_summary.csv": ("Kazakhstan,Take normal", "Kazakhstan,Take many"),
    }.items():
        page = archive / name
        page.write_text(page.read_text("utf-8").replace(now, was), "utf-8")
    hostile = write_source(index.parent / "hostile", {"chad.md": _HOSTILE.replace("1313", "1212")})
    build(index, {"archive": archive, "hostile": hostile}, load_embedder(), observed=THEN)


@contextmanager
def serving(index: Path, sources: Mapping[str, Path] | None = None, *, feedback: bool = False) -> Iterator[str]:
    """A chat in a process of its own; its address, as soon as anything answers there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    named = {name: str(folder) for name, folder in (sources or {}).items()}
    command = [sys.executable, "-c", _SERVE, json.dumps([str(index), port, named, feedback])]
    log = index.parent / f"log-{port}"
    with log.open("w") as err, subprocess.Popen(command, cwd=ROOT, stderr=err, env=_environment()) as served:
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address, served, log)
            yield address
        finally:
            served.terminate()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which asks nobody for anything by itself."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = [f"--{name}" for name in (*_QUIET, "no-first-run")]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, chat: str) -> Iterator[Open]:
    """Opens the chat at a size, `address` being the part after #."""
    with opening(browser, chat) as opened:
        yield opened


@contextmanager
def opening(browser: Browser, chat: str) -> Iterator[Open]:
    """What opens the chat; afterwards no request may have left this machine and no script of ours failed."""
    contexts: list[BrowserContext] = []
    outside: list[str] = []
    errors: list[str] = []

    def opened(
        width: int = 1440, height: int = 900, scheme: Literal["light", "dark"] = "light", address: str = ""
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if is_local(request.url) else outside.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(chat + address)
        page.locator("#sc-ask").wait_for(state="attached", timeout=120_000)  # the real page, after the first one
        expect(page.locator(".sc-state")).to_have_count(0, timeout=120_000)  # the index is ready
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []
    assert errors == []


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}


def _wait_for(address: str, served: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if served.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the chat did not start:\n{log.read_text('utf-8')}")

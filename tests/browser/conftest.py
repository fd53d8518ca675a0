"""The real chat, served from a tiny index with the real model, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.fakes import write_source

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
_QUIET = ("no-sandbox", "disable-gpu", "disable-background-networking", "disable-component-update", "disable-sync")
_SERVE = """
import json, sys
from pathlib import Path
from assistant.chat.page import serve
sources = {name: Path(folder) for name, folder in json.loads(sys.argv[3]).items()}
serve(Path(sys.argv[1]), model="all-MiniLM-L6-v2", port=int(sys.argv[2]), sources=sources)
"""

HOSTILE_TITLE = "<img src=x onerror=window.hacked=1> [Chad](javascript:window.hacked=2)"
HOSTILE_LINE = (
    "Ambulance: 1313 <script>window.hacked=3</script> <b onmouseover=window.hacked=4>call</b> ${window.hacked=5} "
    "{{window.hacked}} &lt;i&gt;"
)
_HOSTILE = f"""---
title: '{HOSTILE_TITLE}'
publisher: '<svg onload=window.hacked=6>Evil</svg>'
updated: 2026-01-05
places: [TD]
---

# Chad

## Emergency numbers <script>window.hacked=7</script>

{HOSTILE_LINE}
"""


@pytest.fixture(scope="session")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat about Kazakhstan, the guides, and one hostile page about Chad; its index is ready."""
    folder = tmp_path_factory.mktemp("chat")
    hostile = write_source(folder / "hostile", {"chad.md": _HOSTILE})
    sources = {"shipped": ROOT / "source_docs", "archive": ROOT / "tests" / "archive", "hostile": hostile}
    pairs = ", ".join(f'"{name}": "{path}"' for name, path in sources.items())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _SERVE, str(folder / "index"), str(port), f"{{{pairs}}}"]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, stderr=log, env=_environment()) as served,
    ):
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address, served, folder / "log")
            yield address
        finally:
            served.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which asks nobody for anything by itself."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = [f"--{name}" for name in (*_QUIET, "no-first-run")]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}


def _wait_for(address: str, served: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if served.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the chat did not start:\n{log.read_text('utf-8')}")

"""The real chat in a real browser: asked, looked at, and watched for requests that leave the machine."""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant import messages
from assistant.chat import words
from tests.browser.conftest import HOSTILE_LINE, HOSTILE_TITLE

pytestmark = pytest.mark.browser

TAXI = words.EXAMPLES[0]
AMBULANCE = "What do I dial for an ambulance in Kazakhstan?"
_SLOW = 30_000  # milliseconds: two busy cores

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, chat: str) -> Iterator[Open]:
    """Opens the chat at a size; afterwards no request may have left this machine and no script of ours failed."""
    contexts: list[BrowserContext] = []
    outside: list[str] = []
    errors: list[str] = []

    def opened(width: int = 1440, height: int = 900, scheme: Literal["light", "dark"] = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if _is_local(request.url) else outside.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(chat)
        box(page).wait_for(timeout=_SLOW)
        expect(page.locator(".sc-state")).to_have_count(0, timeout=120_000)  # the index is ready
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []
    assert errors == []


def _is_local(url: str) -> bool:
    return re.match(r"http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1", url) is not None


def box(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("textbox", name=words.QUESTION)

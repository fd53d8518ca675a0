"""What the browser tests share: how a page is asked, and what is looked for on it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from assistant.chat import words

TAXI = words.EXAMPLES[0]
AMBULANCE = "What do I dial for an ambulance in Kazakhstan?"
SLOW = 90_000  # milliseconds: two cores that others use as well

Open = Callable[..., Page]


def is_local(url: str) -> bool:
    """Whether an address stays on this machine."""
    return re.match(r"http://127\.0\.0\.1:\d+/|data:|blob:http://127\.0\.0\.1", url) is not None


def box(page: Page) -> Locator:
    """The question box."""
    return page.get_by_role("textbox", name=words.QUESTION)


def put(page: Page, question: str, turn: int = 1) -> Locator:
    """Ask, and wait for the reply."""
    box(page).fill(question)
    box(page).press("Enter")
    return answered(page, turn)


def answered(page: Page, turn: int = 1) -> Locator:
    """The reply to a question, once it is there."""
    reply = page.locator(f"#answer-{turn}:not(.sc-waiting)")
    reply.wait_for(timeout=SLOW)
    return reply


def pick(shown: Locator, label: str, *chosen: str) -> None:
    """Choose from a list by the keyboard, as one who types does."""
    box = shown.get_by_label(label)
    expect(box).to_be_enabled()  # it is filled
    for name in chosen:
        box.press("Control+a")
        box.press_sequentially(name)
        shown.get_by_role("option", name=name, exact=True).wait_for()
        box.press("Enter")
    if box.get_attribute("aria-expanded") == "true":  # where several can be chosen the list stays open
        box.press("Escape")


def shoot(page: Page, name: str) -> None:
    """Keep a picture where SAFECITE_SCREENSHOTS names a folder."""
    folder = os.environ.get("SAFECITE_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(700)  # scrolling ends
        page.screenshot(path=Path(folder) / f"{name}.png")

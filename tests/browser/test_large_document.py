"""A document of 5 MB in the reading panel: it opens at once, and the page stays free to be used."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from assistant.chat import words
from tests.browser.conftest import HUGE
from tests.browser.pages import Open, put, shoot

pytestmark = pytest.mark.browser

# How long the page was not free to answer, in milliseconds, at the longest.
_STALLS = """
window.longest = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  window.longest = Math.max(window.longest, now - last);
  last = now;
}, 20);
"""


def test_a_document_of_5_mb_opens_and_is_read_without_freezing(open_page: Open) -> None:
    assert len(HUGE) > 5_000_000
    page = open_page(width=820)
    put(page, "Which pier do boats to Pangai leave from in Tonga?")
    page.evaluate(_STALLS)
    began = time.monotonic()
    page.get_by_role("button", name=words.WHOLE_DOCUMENT).first.click()
    reading = page.locator("dialog .sc-reading")
    reading.locator("p").first.wait_for()
    opened = time.monotonic() - began
    expect(page.get_by_role("dialog")).to_have_accessible_name("Tonga")
    expect(reading.locator("mark").first).to_be_in_viewport()
    assert reading.locator("p").count() < 200  # of the stretch at hand

    began = time.monotonic()
    last = reading.locator("h3").last.inner_text()
    reading.evaluate("e => e.scrollTop = e.scrollHeight")
    expect(reading.locator("h3").last).not_to_have_text(last)
    further = time.monotonic() - began

    page.get_by_text(words.CONTENTS, exact=True).click()
    entries = page.get_by_role("dialog").get_by_role("navigation").get_by_role("button")
    assert 40 <= entries.count() <= 400
    began = time.monotonic()
    entries.last.click()
    expect(reading.locator("h3:focus")).to_have_text(re.compile(r"^Island \d+$"))
    jumped = time.monotonic() - began
    shoot(page, "large-820")
    assert page.evaluate("window.longest") < 1000
    assert opened < 2
    assert further < 2
    assert jumped < 2
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

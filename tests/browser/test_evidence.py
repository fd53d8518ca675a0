"""The evidence: from a number to its quote and back, the passages around it, the whole document."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import words
from tests.browser.conftest import HOSTILE_LINE
from tests.browser.pages import AMBULANCE, TAXI, Open, put, shoot

pytestmark = pytest.mark.browser

FIJI = "What should I ask before the coast road in Fiji?"


def read(page: Page) -> None:
    """Open the first card's whole document."""
    page.get_by_role("button", name=words.WHOLE_DOCUMENT).first.click()
    page.locator("dialog .sc-reading p").first.wait_for()


def test_a_number_leads_to_its_quote_in_the_evidence_and_back(open_page: Open) -> None:
    page = open_page(address="#q=" + TAXI.replace(" ", "%20"))
    page.locator("#quote-1-2 .sc-badge").click()
    expect(page.locator("#evidence-1-2")).to_be_focused()
    expect(page.locator("#evidence-1-2")).to_be_in_viewport()
    expect(page.locator(".sc-current")).to_have_attribute("id", "evidence-1-2")
    page.get_by_role("link", name=words.BACK.format(number=2)).click()
    expect(page.locator(".sc-current")).to_have_attribute("id", "quote-1-2")
    expect(page.locator("#quote-1-2")).to_be_in_viewport()
    assert page.evaluate("location.hash").startswith("#q=")


def test_a_number_of_an_earlier_answer_unfolds_its_evidence(open_page: Open) -> None:
    page = open_page()
    put(page, AMBULANCE)
    put(page, "And what about earthquakes?", turn=2)
    expect(page.locator("#evidence-1-1")).not_to_be_visible()
    page.locator("#quote-1-1 .sc-badge").click()
    expect(page.locator("#evidence-1-1")).to_be_focused()
    expect(page.locator("#evidence-1-1")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_passages_before_and_after_come_into_the_card_and_the_quote_stays_in_sight(
    open_page: Open, width: int
) -> None:
    page = open_page(width=width)
    put(page, FIJI)
    card = page.locator(".sc-card").first
    context = card.locator(".sc-context")
    shown = context.inner_text()
    card.get_by_role("button", name=words.PASSAGE_AFTER).click()
    expect(context).not_to_have_text(shown)
    assert context.inner_text().startswith(shown)
    longer = context.inner_text()
    before = card.get_by_role("button", name=words.PASSAGE_BEFORE)
    before.scroll_into_view_if_needed()
    mark = card.locator("mark").first
    top = mark.bounding_box()
    before.click()
    expect(context).not_to_have_text(longer)
    assert context.inner_text().endswith(longer)
    now = mark.bounding_box()
    assert top is not None
    assert now is not None
    assert abs(now["y"] - top["y"]) < 3
    expect(before).to_be_focused()


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_whole_document_opens_at_the_quote_and_closes_where_it_was_opened(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=844)
    put(page, FIJI)
    quoted = "\n".join(page.locator('.sc-card mark[data-quote="1"]').all_inner_texts())
    read(page)
    reader = page.get_by_role("dialog")
    expect(reader).to_have_accessible_name("Fiji")
    mark = reader.locator('mark[data-quote="1"]')
    assert "\n".join(mark.all_inner_texts()) == quoted
    expect(mark.first).to_be_in_viewport()
    expect(mark.first).to_be_focused()
    shoot(page, f"reader-{width}-light")
    assert reader.locator("p").count() < 200  # of the stretch at hand, not of the document
    if width < 1000:
        reader.get_by_text(words.CONTENTS, exact=True).click()
    reader.get_by_role("button", name="Part 110", exact=True).click()
    heading = reader.locator("h3", has_text=re.compile("^Part 110$"))
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    later = reader.locator("h3", has_text=re.compile("^Part 119$"))
    reader.locator(".sc-reading").evaluate("e => e.scrollTop = e.scrollHeight")
    expect(later).to_have_count(1)
    page.keyboard.press("Escape")
    expect(reader).to_have_count(0)
    expect(page.get_by_role("button", name=words.WHOLE_DOCUMENT).first).to_be_focused()


def test_reading_on_loads_the_whole_document_once(open_page: Open) -> None:
    page = open_page()
    put(page, FIJI)
    read(page)
    reading = page.locator(".sc-reading")
    reading.evaluate("e => e.scrollTop = 0")
    headings = reading.locator("h3")
    for _ in range(60):
        first, last = headings.first.inner_text(), headings.last.inner_text()
        if first == "Part 0" and last == "Part 119":
            break
        reading.evaluate("e => e.scrollTop = e.scrollTop < 1500 ? e.scrollHeight : 0")
        page.wait_for_timeout(150)
    assert headings.all_inner_texts() == [f"Part {n}" for n in range(120)]


def test_a_hostile_document_is_read_as_text(open_page: Open) -> None:
    page = open_page()
    put(page, "What do I dial for an ambulance in Chad?")
    read(page)
    assert HOSTILE_LINE.replace("&lt;i&gt;", "<i>") in page.locator(".sc-reading").inner_text()
    assert page.locator("dialog").locator("script, img, b, i, svg, a").count() == 0
    page.locator(".sc-reading").hover()
    assert page.evaluate("window.hacked") is None


def test_the_publishers_link_opens_elsewhere_and_sends_no_referrer(open_page: Open) -> None:
    page = open_page()
    put(page, AMBULANCE)
    link = page.get_by_role("link", name=words.PUBLISHER_PAGE).first
    assert re.match("https?://", link.get_attribute("href") or "")
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_document_that_cannot_be_had_says_so(open_page: Open) -> None:
    page = open_page()
    put(page, AMBULANCE)
    page.route("**/safecite/document*", lambda route: route.abort())
    page.get_by_role("button", name=words.WHOLE_DOCUMENT).first.click()
    expect(page.locator(".sc-reading")).to_have_text(words.DOCUMENT_FAILED)
    page.get_by_role("button", name=words.CLOSE).click()
    expect(page.get_by_role("dialog")).to_have_count(0)

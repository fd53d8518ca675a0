"""The real chat in a real browser: asked, looked at, and watched for requests that leave the machine."""

from __future__ import annotations

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from assistant import messages
from assistant.chat import words
from tests.browser.conftest import HOSTILE_LINE, HOSTILE_TITLE
from tests.browser.pages import AMBULANCE, SLOW, TAXI, Open, box, put, shoot

pytestmark = pytest.mark.browser


def test_an_answer_stands_with_its_evidence_open_beside_it(open_page: Open) -> None:
    page = open_page()
    reply = put(page, AMBULANCE)
    first = page.locator("#quote-1-1")
    quoted = first.locator("blockquote").inner_text()
    assert "103" in quoted
    mark = page.locator('mark[data-quote="1"]')
    expect(mark.first).to_be_visible()
    assert "\n".join(mark.all_inner_texts()) == quoted

    card = page.locator(".sc-card", has=mark.first)
    publisher = reply.locator(".sc-publisher").first.inner_text()
    assert publisher in card.inner_text()
    dated = reply.locator(".sc-when").first.inner_text()
    assert re.fullmatch(r"page updated \d+ \w+ 20\d\d\s+(\d+ \w+ old|today)", dated)
    card.locator(".sc-how summary").click()
    assert re.search(r"characters [\d,]+ to [\d,]+", card.locator(".sc-file").inner_text())
    assert re.search(r"\b[0-9a-f]{64}\b", card.locator(".sc-file").inner_text())
    context = card.locator(".sc-context").inner_text()
    assert len(context) > len(quoted)
    left, right = reply.bounding_box(), card.bounding_box()
    assert left is not None
    assert right is not None
    assert right["x"] >= left["x"] + left["width"]
    shoot(page, "answered-1440-light")


def test_an_example_is_asked_with_one_click_and_a_follow_up_keeps_its_place(open_page: Open) -> None:
    page = open_page()
    for example in words.EXAMPLES:
        expect(page.get_by_role("button", name=example)).to_be_visible()
    shoot(page, "welcome-1440-light")
    page.get_by_role("button", name=TAXI).click()
    page.locator("#quote-1-1").wait_for(timeout=SLOW)
    assert "taxi" in page.locator("#answer-1").inner_text().casefold()
    second = put(page, "And what about earthquakes?", turn=2)
    assert "Kazakhstan" in second.inner_text()
    assert re.search("earthquake|seismic", second.locator("blockquote").first.inner_text(), re.IGNORECASE)
    expect(page.locator(".sc-about")).to_have_text("for “And what about earthquakes?”")
    expect(page.locator(".sc-earlier > summary")).to_have_text(f"Earlier: “{TAXI}”")
    page.get_by_role("button", name=words.NEW).click()
    expect(page.locator(".sc-answer")).to_have_count(0)
    expect(page.get_by_role("button", name=TAXI)).to_be_visible()


def test_a_refusal_shows_the_closest_passages_as_no_answer(open_page: Open) -> None:
    page = open_page(scheme="dark")
    reply = put(page, "What is the mains voltage in Kazakhstan?")
    expect(reply).to_have_class(re.compile("sc-no-source"))
    assert messages.CLOSEST in reply.inner_text()
    expect(page.locator(".sc-label").first).to_have_text(words.NOT_AN_ANSWER)
    expect(page.locator("mark")).to_have_count(0)
    shoot(page, "refused-1440-dark")


def test_an_emergency_asks_where_and_then_gives_the_number_to_dial(open_page: Open) -> None:
    page = open_page(width=390, height=844)
    first = put(page, "someone is following me")
    assert messages.EMERGENCY_WHERE in first.inner_text()
    second = put(page, "Kazakhstan", turn=2)
    assert messages.EMERGENCY in second.inner_text()
    assert second.locator('a[href="tel:102"]').count() > 0
    shoot(page, "emergency-390-light")


def test_the_countries_of_a_shared_name_are_buttons_that_the_keyboard_reaches(open_page: Open) -> None:
    page = open_page(width=390, height=844)
    put(page, "Is it safe in Korea?")
    options = page.locator("#sc-chat .options").get_by_role("button")
    expect(options).to_have_text(["South Korea", "North Korea"])
    south = page.get_by_role("button", name="South Korea", exact=True)
    expect(south).to_be_visible()
    shoot(page, "options-390-light")
    box(page).focus()
    page.keyboard.press("Shift+Tab")
    expect(options.last).to_be_focused()
    assert options.last.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"
    assert min(options.evaluate_all("es => es.map(e => e.getBoundingClientRect().height)")) >= 44
    page.keyboard.press("Enter")
    second = page.locator("#answer-2:not(.sc-waiting)")
    second.wait_for(timeout=SLOW)
    expect(page.locator("#sc-chat .user-row").last).to_have_text("Is it safe in North Korea?")
    assert "North Korea" in second.inner_text()
    expect(south).to_have_count(0)
    third = put(page, "And taxis?", turn=3)
    assert "North Korea" in third.inner_text()


@pytest.mark.parametrize("width", [390, 820])
def test_on_a_narrow_screen_the_evidence_comes_below_and_nothing_sticks_out(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=844, scheme="dark")
    reply = put(page, TAXI)
    above, below = reply.bounding_box(), page.locator(".sc-card").first.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] >= above["y"] + above["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = "e => [...e.querySelectorAll('*')].filter(x => x.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.locator("#sc-main").evaluate(wide) == 0
    expect(box(page)).to_be_in_viewport()
    shoot(page, f"answered-{width}-dark")


def test_what_a_document_holds_is_shown_and_never_run(open_page: Open) -> None:
    page = open_page()
    reply = put(page, "What do I dial for an ambulance in Chad?")
    shown = HOSTILE_LINE.replace("&lt;i&gt;", "<i>")
    assert shown in page.locator(".sc-context").first.inner_text()
    for place in (reply, page.locator(".sc-card").first):
        assert HOSTILE_TITLE in place.inner_text()
        assert place.locator("script, img, b, i, svg").count() == 0
    page.locator(".sc-context").first.hover()
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    hrefs = page.locator(".sc-answer a, .sc-card a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert {href.split(":")[0].rstrip("0123456789-") for href in hrefs} <= {"#evidence", "#quote", "tel", "https"}


def test_what_a_visitor_types_is_shown_as_typed(open_page: Open) -> None:
    page = open_page()
    typed = "<img src=x onerror=window.hacked=1> **Almaty** [x](javascript:alert(1))?"
    put(page, typed)
    assert page.locator("#sc-chat .user-row").inner_text().strip() == typed
    assert page.evaluate("window.hacked") is None


def test_two_visitors_are_never_mixed(open_page: Open) -> None:
    one, other = open_page(), open_page()
    box(one).fill("Is it safe to take a taxi in Almaty at night?")
    box(other).fill("How do I protect myself from drink spiking?")
    box(one).press("Enter")
    box(other).press("Enter")
    for page, theirs, not_theirs in ((one, "taxi", "drink"), (other, "drink", "taxi")):
        page.locator("#quote-1-1").wait_for(timeout=SLOW)
        expect(page.locator("#sc-chat .user-row")).to_have_count(1)
        asked = page.locator("#sc-chat .user-row").inner_text()
        assert theirs in asked
        assert not_theirs not in asked
    assert "Kazakhstan" not in put(other, "And at night?", turn=2).locator(".sc-understood").all_inner_texts()


def test_the_keyboard_alone_suffices(open_page: Open) -> None:
    page = open_page()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type(AMBULANCE)
    page.keyboard.press("Enter")
    page.locator("#quote-1-1").wait_for(timeout=SLOW)
    expect(box(page)).to_be_focused()
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")


def test_four_calls_are_offered_to_programs_and_nothing_may_be_fetched_elsewhere(chat: str) -> None:
    with urllib.request.urlopen(f"{chat}gradio_api/info", timeout=30) as response:
        offered = json.load(response)
        policy = response.headers["Content-Security-Policy"]
    assert sorted(offered["named_endpoints"]) == ["/ask", "/brief", "/changes", "/search"]
    assert offered["unnamed_endpoints"] == {}
    assert "connect-src 'self'" in policy

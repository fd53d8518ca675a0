"""Manners: keyboard and screen reader, contrast, no jumps, addresses, copying, a server that goes, feedback."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assistant import messages
from assistant.chat import view_words, words
from assistant.feedback import Verdict, feedback_file, read_feedback
from tests.browser.axe import violations
from tests.browser.conftest import serving
from tests.browser.pages import AMBULANCE, SLOW, TAXI, Open, answered, box, pick, put, shoot

pytestmark = pytest.mark.browser

# How far anything of the conversation moved up or down by itself, in pixels, and what.
_SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const { node, previousRect: from, currentRect: to } of list.getEntries().flatMap((one) => one.sources))
    if (node?.isConnected && node.parentElement.closest("#sc-talk") && to.height && Math.abs(to.y - from.y) > 2)
      window.shifted.push([node.className ?? node.textContent, from.y, to.y]);
}).observe({ type: "layout-shift" });
"""


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (820, "dark"), (1440, "light"), (1440, "dark")])
def test_axe_finds_nothing_serious(open_page: Open, width: int, scheme: str) -> None:
    page = open_page(width=width, scheme=scheme)
    assert violations(page) == []
    put(page, AMBULANCE)
    put(page, "What is the mains voltage in Kazakhstan?", turn=2)
    put(page, "someone is following me", turn=3)
    assert violations(page) == []
    page.get_by_role("button", name=words.WHOLE_DOCUMENT).first.click()
    page.locator("dialog .sc-reading p").first.wait_for()
    assert violations(page) == []


def test_the_keyboard_alone_goes_through_a_whole_question(open_page: Open) -> None:
    page = open_page()

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(60):
            page.keyboard.press(key)
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        pytest.fail(f"{selector} is not reached")

    tab_to("#sc-ask textarea")
    page.keyboard.type(AMBULANCE)
    page.keyboard.press("Enter")
    answered(page)
    expect(box(page)).to_be_focused()
    tab_to("#quote-1-1 .sc-badge", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#evidence-1-1")).to_be_focused()
    tab_to(".sc-whole")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.locator("dialog .sc-reading p").first.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sc-whole')")
    tab_to("#sc-chat .option", "Shift+Tab")
    page.keyboard.press("Enter")
    answered(page, 2)
    assert page.evaluate("document.activeElement.closest('.sc-answer') !== null")


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_while_an_answer_comes(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    put(page, AMBULANCE)
    page.wait_for_timeout(600)
    box(page).fill(TAXI)
    box(page).press("Enter")
    page.locator("#answer-2").wait_for(timeout=SLOW)
    page.evaluate(_SHIFTS)
    answered(page, 2)
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifted") == []


def test_a_question_is_a_request_of_its_own_and_waits_for_no_stream(open_page: Open) -> None:
    page = open_page()
    page.wait_for_timeout(1500)  # what the page asks by itself has been sent
    sent: list[str] = []
    page.on("request", lambda request: sent.append(re.sub(r".*/gradio_api/(\w+).*", r"\1", request.url)))
    put(page, AMBULANCE)
    assert [one for one in sent if one in ("run", "queue")] == ["run", "run"]  # how it is understood, the answer


def test_a_search_that_breaks_off_says_so_and_the_next_one_answers(open_page: Open) -> None:
    page = open_page()
    box(page).fill(AMBULANCE)
    put_already: list[Route] = []

    def second_fails(route: Route) -> None:
        put_already.append(route)
        route.continue_() if len(put_already) != 2 else route.fulfill(status=500, json={"error": None})

    page.route("**/gradio_api/run/**", second_fails)
    box(page).press("Enter")
    assert words.BROKE_OFF in answered(page).inner_text()
    assert "103" in put(page, AMBULANCE, turn=2).inner_text()
    expect(page.locator("#sc-chat .user-row")).to_have_text([AMBULANCE, AMBULANCE])


def test_what_a_tab_cannot_make_is_told(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("tab", name=view_words.TAB_BRIEF, exact=True).click()
    shown = page.get_by_role("tabpanel").filter(visible=True)
    expect(shown.get_by_label(view_words.BRIEF_PLACE)).to_be_enabled()
    page.route("**/gradio_api/run/**", lambda route: route.fulfill(status=500, json={"error": None}))
    pick(shown, view_words.BRIEF_PLACE, "Kazakhstan")
    expect(shown.get_by_role("alert")).to_have_text(view_words.WENT_WRONG)
    page.unroute("**/gradio_api/run/**")
    pick(shown, view_words.BRIEF_PASSPORT, "United Kingdom")
    title = messages.BRIEF_TITLE.format(place="Kazakhstan")
    expect(shown.get_by_role("heading", name=title)).to_be_visible(timeout=SLOW)


def test_what_stands_there_stays_where_a_question_does_not_get_through(open_page: Open) -> None:
    page = open_page()
    put(page, AMBULANCE)
    page.evaluate("window.stays = true")
    page.route(re.compile("/(gradio_api/run|safecite)/"), lambda route: route.abort())
    box(page).fill(TAXI)
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_have_text(words.GONE)
    expect(box(page)).to_have_value(TAXI)
    page.unroute_all()
    expect(page.locator("#sc-gone")).to_have_count(0, timeout=15_000)
    assert "taxi" in answered(page, 2).inner_text().casefold()
    expect(page.locator("#quote-1-1")).to_be_visible()
    assert page.evaluate("window.stays")


@pytest.mark.parametrize("lost", [1, 2])
def test_a_question_whose_request_gets_lost_is_answered(open_page: Open, lost: int) -> None:
    page = open_page()
    sent: list[Route] = []

    def one_is_lost(route: Route) -> None:
        sent.append(route)
        route.continue_() if len(sent) != lost else route.abort()

    page.route("**/gradio_api/run/**", one_is_lost)
    assert "103" in put(page, AMBULANCE).inner_text()
    expect(page.locator("#sc-chat .user-row")).to_have_text([AMBULANCE])
    assert page.evaluate("sessionStorage.length") == 0


def test_an_answer_says_how_it_was_read_and_what_was_searched(open_page: Open) -> None:
    page = open_page()
    steps = put(page, TAXI).locator(".sc-steps > li")
    expect(steps.first).to_have_text(re.compile(f"^{words.READ_AS}.*Almaty, Kazakhstan.*taxis.*as of"))
    expect(steps.last).to_have_text(re.compile(r"^\d+ documents searched$"))


def test_an_address_asks_its_question_and_the_link_of_an_answer_is_such_an_address(open_page: Open) -> None:
    page = open_page(address="#q=" + quote("What about earthquakes?") + "&place=KZ")
    reply = answered(page)
    expect(page.locator("#sc-chat .user-row")).to_have_text("What about earthquakes? (Kazakhstan)")
    assert "Kazakhstan" in reply.inner_text()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    second = put(page, "And taxis?", turn=2)
    link = second.get_by_role("button", name=words.COPY_LINK)
    link.click()
    expect(second.get_by_role("button", name=words.COPIED)).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    other = page.context.new_page()
    other.goto(address)
    assert "Kazakhstan" in answered(other).inner_text()
    assert "taxi" in answered(other).inner_text().casefold()
    assert other.evaluate("location.search") == ""


def test_an_answer_is_copied_with_its_sources(open_page: Open) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply = put(page, AMBULANCE)
    reply.get_by_role("button", name=words.COPY).click()
    expect(reply.get_by_role("button", name=words.COPIED)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"**{AMBULANCE}**")
    assert "103" in copied
    assert reply.locator(".sc-publisher").first.inner_text().partition(",")[0] in copied
    expect(reply.get_by_role("button", name=words.COPY)).to_be_visible()


def test_a_server_that_goes_is_told_and_what_stands_there_stays(open_page: Open) -> None:
    page = open_page()
    put(page, AMBULANCE)
    page.route("**/safecite/alive", lambda route: route.abort())
    expect(page.get_by_role("alert")).to_have_text(words.GONE, timeout=15_000)
    expect(page.locator("#quote-1-1")).to_be_visible()
    shoot(page, "gone-1440-light")
    page.unroute("**/safecite/alive")
    expect(page.locator("#sc-gone")).to_have_count(0, timeout=15_000)
    page.route("**/safecite/alive", lambda route: route.fulfill(body="another"))
    expect(page.locator("#sc-gone")).to_have_text(words.BACK_AGAIN + words.OPEN_ANEW, timeout=15_000)
    page.unroute("**/safecite/alive")
    page.get_by_role("button", name=words.OPEN_ANEW).click()
    expect(page.locator(".sc-answer")).to_have_count(0)


def test_paper_gets_the_answer_and_its_evidence_alone(open_page: Open) -> None:
    page = open_page(scheme="dark")
    put(page, AMBULANCE)
    page.emulate_media(media="print")
    for gone in ("#sc-ask", "#sc-new", ".sc-foot", ".sc-way", "#sc-chat .options"):
        expect(page.locator(gone).first).not_to_be_visible()
    expect(page.locator("#quote-1-1")).to_be_visible()
    expect(page.locator(".sc-card").first).to_be_visible()
    assert page.locator("#quote-1-1 blockquote").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    shoot(page, "print-1440")


@pytest.mark.parametrize("width", [390, 820, 1440, 2560, 3840])
def test_nothing_sticks_out_at_any_width(open_page: Open, width: int) -> None:
    page = open_page(width=width, height=900)
    put(page, "Is it safe in Kazakhstan?")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    line = page.locator("#quote-1-1 blockquote").bounding_box()
    assert line is not None
    assert line["width"] < 1000
    shoot(page, f"level-{width}-light")


def test_the_page_is_there_before_everything_else_and_takes_a_question(
    chat: str, index: Path, browser: Browser, open_page: Open
) -> None:
    open_page()  # the index is built
    started = time.monotonic()
    with serving(index) as address:
        reachable = time.monotonic() - started
        page = browser.new_page()
        page.goto(address)
        expect(page.locator("p.sc-state")).to_have_text(words.STARTING)
        shoot(page, "starting-1280-light")
        box(page).fill(AMBULANCE)
        box(page).press("Enter")
        expect(page.locator("p.sc-state")).to_have_text(words.STARTING_SENT)
        page.locator("#quote-1-1").wait_for(timeout=60_000)
        expect(page.locator("#sc-chat .user-row")).to_have_text(AMBULANCE)
        assert page.evaluate("location.hash + sessionStorage.length") == "0"  # neither address nor tab keeps it
        page.reload()
        expect(page.locator("#sc-chat").get_by_role("button", name=TAXI)).to_be_visible(timeout=SLOW)
        expect(page.locator(".sc-answer")).to_have_count(0)
        page.close()
    assert reachable < 3


def _held_up(page: Page) -> Callable[[], None]:
    """Let no script of gradio's through, as a slow connection does, until the function returned is called."""
    held: list[Route] | None = []

    def hold(route: Route) -> None:
        if held is None:
            route.continue_()
        else:
            held.append(route)

    def come() -> None:
        nonlocal held
        waiting, held = held or [], None
        for route in waiting:
            route.continue_()

    page.route("**/assets/*.js", hold)
    return come


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_page_takes_a_question_before_gradio_has_come(
    chat: str, browser: Browser, open_page: Open, width: int
) -> None:
    open_page()  # the program has started
    page = browser.new_page(viewport={"width": width, "height": 844})
    come = _held_up(page)
    page.goto(chat, wait_until="domcontentloaded")
    first = page.locator("#sc-first")
    box(page).click()
    page.keyboard.type("Is it safe to taxi in Almaty?")
    for _ in range(len(" taxi in Almaty?")):
        page.keyboard.press("ArrowLeft")
    shoot(page, f"first-{width}-light")
    assert violations(page) == []
    come()
    expect(first).to_have_count(0, timeout=SLOW)
    expect(box(page)).to_be_focused()
    page.keyboard.type(" take a")  # where the cursor was
    page.keyboard.press("Enter")
    answered(page)
    expect(page.locator("#sc-chat .user-row")).to_have_text("Is it safe to take a taxi in Almaty?")
    page.close()


@pytest.mark.parametrize("how", ["typed", "example"])
def test_a_question_asked_before_gradio_has_come_is_answered_when_it_has(
    chat: str, browser: Browser, open_page: Open, how: str
) -> None:
    open_page()
    page = browser.new_page()
    come = _held_up(page)
    page.goto(f"{chat}#q=Crime", wait_until="domcontentloaded")
    if how == "typed":
        box(page).fill(TAXI)
        box(page).press("Enter")
    else:
        page.get_by_role("button", name=TAXI).click()
    expect(page.locator("p.sc-state")).to_have_text(words.STARTING_SENT)
    come()
    answered(page)
    expect(page.locator("#sc-chat .user-row")).to_have_text(TAXI)
    expect(box(page)).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0
    page.close()


def test_feedback_is_off_by_default_and_kept_where_the_owner_turned_it_on(
    chat: str, index: Path, browser: Browser, open_page: Open
) -> None:
    put(open_page(), AMBULANCE)
    expect(open_page().get_by_role("button", name=words.HELPFUL)).to_have_count(0)
    with serving(index, feedback=True) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("#sc-ask").wait_for(timeout=60_000)
        expect(page.get_by_text(words.PRIVATE_FEEDBACK)).to_be_visible()
        reply = put(page, AMBULANCE)
        assert not feedback_file(index).exists()
        reply.get_by_role("button", name=words.WRONG).click()
        expect(reply.get_by_role("button", name=words.KEPT)).to_have_attribute("aria-pressed", "true")
        page.close()
    (said,) = read_feedback(index)
    assert (said.verdict, said.question) == (Verdict.WRONG, AMBULANCE)

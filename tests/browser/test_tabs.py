"""The four tabs beside the conversation, at three widths: reached, used and read; a page is opened once for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant import messages
from assistant.chat import view_words as words
from tests.browser.axe import violations
from tests.browser.conftest import opening
from tests.browser.pages import SLOW, pick, shoot

pytestmark = pytest.mark.browser

TABS = {  # each with words that stand on it from the first moment
    words.TAB_BRIEF: words.BRIEF_INTRO,
    words.TAB_COMPARE: words.COMPARE_INTRO.partition(",")[0],
    words.TAB_CHANGES: words.CHANGES_INTRO,
    words.TAB_LIBRARY: words.LIBRARY,
}
_STICKS_OUT = """panel => [...panel.querySelectorAll("*")].filter((one) => {
  const { left, right, width } = one.getBoundingClientRect();
  const scrolls = one.parentElement.closest(".sc-jumps ul, .sc-scroll, .sc-unseen, thead, [data-testid]");
  return width && !scrolls && (left < -1 || right > innerWidth + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module", params=[(390, "light"), (820, "dark"), (1440, "light")], ids=["390", "820", "1440"])
def page(browser: Browser, chat: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of one width, which all tests here share."""
    width, scheme = request.param
    with opening(browser, chat) as opened:
        yield opened(width=width, height=844, scheme=scheme)


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("tab", name=name, exact=True)


def panel(page: Page, name: str) -> Locator:
    """What a tab shows, once it is chosen."""
    tab(page, name).click()
    expect(tab(page, name)).to_have_attribute("aria-selected", "true")
    return page.get_by_role("tabpanel").filter(visible=True)


def check(page: Page, shown: Locator, name: str) -> None:
    """Nothing sticks out, axe has nothing serious to say; a picture is kept."""
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert shown.evaluate(_STICKS_OUT) == []
    assert violations(page, f"#{shown.get_attribute('id')}") == []
    shoot(page, f"{name}-{size['width']}")


def test_every_tab_stands_in_sight_and_opens_with_a_click_and_by_keyboard(page: Page) -> None:
    for name, said in TABS.items():
        expect(tab(page, name)).to_be_in_viewport(ratio=1)
        shown = panel(page, name)
        expect(shown).to_have_count(1)
        expect(shown).to_contain_text(said)
        tab(page, "Ask").click()
    tab(page, "Ask").focus()
    for name, said in TABS.items():
        page.keyboard.press("Tab")
        expect(tab(page, name)).to_be_focused()
        assert tab(page, name).evaluate("e => getComputedStyle(e).outlineWidth") == "3px"
        page.keyboard.press("Enter")
        expect(page.get_by_role("tabpanel").filter(visible=True)).to_contain_text(said)


def test_a_brief_shows_numbers_levels_quotes_and_gaps_each_with_its_source(page: Page) -> None:
    shown = panel(page, words.TAB_BRIEF)
    pick(shown, words.BRIEF_PASSPORT, "United Kingdom")
    pick(shown, words.BRIEF_PLACE, "Kazakhstan")
    heading = shown.get_by_role("heading", name=messages.BRIEF_TITLE.format(place="Kazakhstan"))
    heading.wait_for(timeout=SLOW)
    expect(heading).to_be_focused()

    police = shown.locator(".sc-service", has_text=messages.CARD_SERVICES["police"]).first
    expect(police.locator(".sc-differ")).to_have_text(messages.CARD_DIFFER)
    expect(police.locator("a.sc-call")).to_have_text(["102", "02"])
    expect(police.locator("a.sc-call").first).to_have_attribute("href", "tel:102")
    newest = police.locator(".sc-who li").first
    expect(newest).to_contain_text("UK Foreign, Commonwealth & Development Office")
    expect(newest.locator("time")).to_have_attribute("datetime", "2026-06-15")
    expect(newest.locator("blockquote")).to_have_text("Police: 102")

    own = shown.locator(".sc-consular")
    expect(own.locator("h4")).to_have_text(messages.CONSULATE.format(country="United Kingdom"))
    expect(own.locator("a.sc-call")).to_have_attribute("href", "tel:+77172555200")
    expect(own.locator(".sc-subject")).to_have_text("Help from the UK")

    levels = shown.locator(".sc-brief-levels li")
    expect(levels.first.locator("h4")).to_have_text("UK Foreign, Commonwealth & Development Office")
    australian = levels.filter(has_text="Smartraveller")
    expect(australian.locator(".sc-level-words")).to_have_text("Exercise normal safety precautions")
    expect(australian.locator("time")).to_have_attribute("datetime", "2025-03-10")
    crime = shown.locator("#brief-crime .sc-columns li", has_text="UK Foreign")
    expect(crime.locator("blockquote")).to_have_text(
        "Muggings happen in Astana and Almaty, most of them at night near clubs and underpasses. "
        "Walk in a group and keep to lit streets."
    )
    expect(crime.locator(".sc-subject")).to_have_text("Street crime")
    gap = messages.TOPIC_UNCOVERED.format(place="Kazakhstan")
    expect(shown.locator("#brief-terrorism .sc-gap")).to_have_text(gap)
    expect(shown.locator("#brief-gaps li")).to_have_text(["Terrorism", "Women", "LGBTQ+", "Money", "Entry"])
    check(page, shown, "brief")

    badge = crime.locator("a.sc-badge")
    number = badge.inner_text()
    badge.focus()
    page.keyboard.press("Enter")
    source = shown.locator(f"#brief-source-{number}")
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()
    card = page.locator(".sc-brief-source", has=page.locator(f"#brief-source-{number}"))
    expect(card.get_by_role("heading")).to_have_text("Kazakhstan: Safety and security")
    page.keyboard.press("Enter")
    expect(badge).to_be_focused()
    expect(badge).to_be_in_viewport()


def test_countries_stand_side_by_side(page: Page) -> None:
    shown = panel(page, words.TAB_COMPARE)
    pick(shown, words.COMPARE_PLACES, "Kazakhstan", "Portugal")
    pick(shown, words.COMPARE_TOPICS, "Crime")
    shown.get_by_role("button", name=words.COMPARE, exact=True).click()
    heading = shown.get_by_role("heading", name=messages.COMPARISON_TITLE.format(places="Kazakhstan, Portugal"))
    heading.wait_for(timeout=SLOW)
    expect(heading).to_be_focused()
    canadian = shown.locator(".sc-compared tbody tr", has_text="Global Affairs Canada").locator("td")
    expect(canadian.locator(".sc-level-words")).to_have_text(
        [
            "Take normal security precautions (with regional advisories)",
            "Take normal security precautions",
            "Exercise a high degree of caution",  # of Portugal's Azores
        ]
    )
    assert canadian.locator("time").first.get_attribute("datetime") == "2026-07-29"
    countries = shown.locator(".sc-columns > li")
    expect(countries.locator("h4")).to_have_text(["Kazakhstan", "Portugal"])
    expect(countries.first).to_contain_text("Muggings happen in Astana and Almaty, most of them at night")
    expect(countries.last.locator(".sc-gap").first).to_have_text(messages.TOPIC_UNCOVERED.format(place="Portugal"))
    left, right = countries.first.bounding_box(), countries.last.bounding_box()
    assert left is not None
    assert right is not None
    if page.viewport_size == {"width": 390, "height": 844}:
        assert right["y"] >= left["y"] + left["height"]
    else:
        assert right["x"] >= left["x"] + left["width"]
    check(page, shown, "compare")


def test_a_year_of_changes_stands_word_for_word(page: Page) -> None:
    shown = panel(page, words.TAB_CHANGES)
    expect(shown.get_by_label(words.STATE_SINCE)).to_have_value("22 August 2025 · 42 documents")
    pick(shown, words.DESTINATION, "Kazakhstan")
    shown.get_by_role("button", name=words.SHOW_CHANGES).click()
    shown.get_by_role("heading", level=2).wait_for(timeout=SLOW)
    expect(shown.locator(".sc-count-reworded")).to_have_text("1 page reworded")
    expect(shown.locator(".sc-count-levels")).to_have_text("1 level changed")
    british = shown.locator(".sc-change", has_text="UK Foreign, Commonwealth & Development Office")
    expect(british.get_by_role("heading")).to_have_text("Kazakhstan: Safety and security")
    expect(british.locator("time")).to_have_attribute("datetime", "2026-06-15")
    expect(british.locator(".sc-under")).to_have_text("Street crime")
    reworded = british.locator(".sc-was-reworded p")
    expect(reworded.locator("del")).to_have_text(["removed: some", "removed: noon"])
    expect(reworded.locator("ins")).to_have_text(["added: most", "added: night"])
    expect(reworded).to_contain_text("Muggings happen in Astana and Almaty, ")
    canadian = shown.locator(".sc-change", has_text="Global Affairs Canada")
    expect(canadian.locator("del")).to_have_text("Take many security precautions (with regional advisories)")
    expect(canadian.locator("ins")).to_have_text("Take normal security precautions (with regional advisories)")
    check(page, shown, "changes")


def test_the_library_tells_the_state_of_each_source_and_who_covers_what(page: Page) -> None:
    shown = panel(page, words.TAB_LIBRARY)
    shown.get_by_role("heading", name=words.COVERAGE).wait_for(timeout=SLOW)
    british = shown.locator(".sc-sources tbody tr", has_text="UK Foreign, Commonwealth & Development Office")
    expect(british.get_by_role("rowheader")).to_contain_text("archive")
    expect(british.locator(f'td[data-name="{words.DOCUMENTS}"]')).to_have_text("11")
    expect(british.locator(f'td[data-name="{words.NEWEST}"]')).to_have_text("10 August 2026")
    expect(british.locator(".sc-state-mark")).to_have_text(words.STATES["ageing"])
    expect(british.locator(".sc-state-mark svg")).to_be_visible()
    islands = shown.locator(".sc-sources tbody tr", has_text="Islands")
    expect(islands.locator(".sc-state-mark")).to_have_text(words.STATES["not checked"])
    expect(shown.locator(".sc-coverage-panel").first).to_have_accessible_name(
        re.compile("^Coverage of Afghanistan to Cayman Islands")
    )
    shown.get_by_text(words.COVERAGE_TABLE, exact=True).click()
    table = shown.get_by_role("region", name=words.COVERAGE_TABLE)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Kazakhstan", exact=True))
    expect(row).to_contain_text("15 June 2026, 4 documents")
    check(page, shown, "library")

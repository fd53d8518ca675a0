"""What leaves the tabs: an address, Markdown, paper; and a hostile document, which is text in each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from playwright.sync_api import Locator, Page, expect

from assistant import messages
from assistant.chat import view_words as words
from assistant.chat.words import COPIED, COPY_LINK
from tests.browser.conftest import HOSTILE_CRIME, HOSTILE_LINE, HOSTILE_TITLE, HOSTILE_URL
from tests.browser.pages import SLOW, Open, pick, shoot

pytestmark = pytest.mark.browser

DIALLED = HOSTILE_LINE.replace("&lt;i&gt;", "<i>")  # as it is shown


def heading(page: Page, name: str) -> Locator:
    """A heading of what was asked for, once it is there."""
    found = page.get_by_role("heading", name=name, exact=True)
    found.wait_for(timeout=SLOW)
    return found


def markdown(page: Page, shown: str, into: Path) -> str:
    """The Markdown that the page gives to take along."""
    with page.expect_download() as download:
        page.locator(f"#{shown} a.sc-download").click()
    download.value.save_as(into / download.value.suggested_filename)
    return (into / download.value.suggested_filename).read_text("utf-8")


def test_an_address_opens_its_brief_which_is_taken_along_with_its_citations(open_page: Open, tmp_path: Path) -> None:
    address = "#brief=KZ&passport=GB"
    page = open_page(address=address)
    heading(page, messages.BRIEF_TITLE.format(place="Kazakhstan"))
    expect(page.get_by_role("tab", name=words.TAB_BRIEF)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label(words.BRIEF_PLACE, exact=True)).to_have_value("Kazakhstan")
    expect(page.get_by_label(words.BRIEF_PASSPORT)).to_have_value("United Kingdom")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#sc-brief-shown").get_by_role("button", name=COPY_LINK).click()
    expect(page.locator("#sc-brief-shown").get_by_role("button", name=COPIED)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith(address)

    taken = markdown(page, "sc-brief-shown", tmp_path)
    assert (tmp_path / "brief-KZ.md").exists()
    number = re.search(r"“Police: 102” \\\[(\d+)\\\] UK Foreign", taken)
    assert number is not None
    source = rf"^{number[1]}\. UK Foreign.*Kazakhstan: Getting help.*<https://www\.gov\.uk/.*>$"
    assert re.search(source, taken, re.MULTILINE)

    page.get_by_role("tab", name=words.TAB_LIBRARY).click()
    page.evaluate("location.hash = '#compare=KZ,PT&topics=crime'")  # as when a link is pasted into an open page
    heading(page, messages.COMPARISON_TITLE.format(places="Kazakhstan, Portugal"))
    crime = page.locator("#sc-compare-shown .sc-columns blockquote").first
    expect(crime).to_contain_text("Pickpockets and bag snatchers")


def test_paper_gets_the_numbers_large_and_no_empty_page(open_page: Open, tmp_path: Path) -> None:
    page = open_page(address="#brief=KZ&passport=GB", scheme="dark")
    heading(page, messages.BRIEF_TITLE.format(place="Kazakhstan"))
    page.emulate_media(media="print")
    for gone in (".sc-form", ".sc-carry-along", ".sc-jumps", "#sc-tabs .tab-wrapper"):
        expect(page.locator(gone).filter(visible=True)).to_have_count(0)
    white = "rgb(255, 255, 255)"  # a browser may print backgrounds
    for ground in ("html", "body", "gradio-app", ".gradio-container", ".sc-brief-card"):
        assert page.locator(ground).first.evaluate("e => getComputedStyle(e).backgroundColor") == white
    dial = page.locator(".sc-numbers .sc-dial").first
    assert dial.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 32  # 24 points
    assert dial.locator("a").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    below = "document.documentElement.scrollHeight - document.querySelector('.sc-brief').getBoundingClientRect().bottom"
    assert page.evaluate(f"{below} - scrollY") < 2  # what stands below the last line can be a page of its own
    shoot(page, "brief-print")
    page.pdf(path=tmp_path / "brief.pdf", format="A4")
    with pypdfium2.PdfDocument(tmp_path / "brief.pdf") as paper:
        texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in paper]
    for shown in (messages.CARD_SERVICES["police"], "102", "+7 7172 555 200"):
        assert shown in texts[0]
    assert words.AREAS.format(count=1) not in "".join(texts)  # a summary to unfold
    assert "Areas near the Baikonur Cosmodrome - Avoid non-essential travel" in "".join(texts)
    assert min(len(text.split()) for text in texts) > 5


def test_a_hostile_document_is_text_in_every_tab_and_in_what_is_taken_along(open_page: Open, tmp_path: Path) -> None:
    page = open_page(address="#brief=TD")
    heading(page, messages.BRIEF_TITLE.format(place="Chad"))
    shown = page.locator("#sc-brief-shown")
    assert DIALLED in shown.locator(".sc-service", has_text="1313").inner_text()
    assert HOSTILE_CRIME in shown.locator("#brief-crime").inner_text()
    source = shown.locator(".sc-brief-source", has_text="onerror")
    expect(source.get_by_role("heading")).to_have_text(HOSTILE_TITLE)
    expect(source.locator(".sc-link")).to_have_text(HOSTILE_URL)
    harmless(page, shown)
    tamed(markdown(page, "sc-brief-shown", tmp_path))

    page.get_by_role("tab", name=words.TAB_CHANGES).click()
    pick(page.get_by_role("tabpanel").filter(visible=True), words.DESTINATION, "Chad")
    page.get_by_role("button", name=words.SHOW_CHANGES).click()
    changed = page.locator(".sc-change", has_text="onerror")
    expect(changed.get_by_role("heading")).to_have_text(HOSTILE_TITLE, timeout=SLOW)
    expect(changed.locator("del")).to_have_text("removed: 1212")
    expect(changed.locator("ins")).to_have_text("added: 1313")
    expect(changed.locator(".sc-difference")).to_contain_text("<b onmouseover=window.hacked=4>call</b>")
    harmless(page, page.locator(".sc-changes"))

    page.get_by_role("tab", name=words.TAB_LIBRARY).click()
    listed = page.locator(".sc-sources tbody tr", has_text="onload")
    expect(listed.locator(f'td[data-name="{words.PUBLISHER}"]')).to_have_text("<svg onload=window.hacked=6>Evil</svg>")
    assert listed.locator(f'td[data-name="{words.PUBLISHER}"] svg').count() == 0

    page.evaluate("location.hash = '#compare=TD,KZ&topics=crime'")
    heading(page, messages.COMPARISON_TITLE.format(places="Chad, Kazakhstan"))
    compared = page.locator("#sc-compare-shown")
    assert HOSTILE_CRIME in compared.inner_text()
    harmless(page, compared)
    tamed(markdown(page, "sc-compare-shown", tmp_path))


def harmless(page: Page, shown: Locator) -> None:
    """Nothing of the document became markup, a link or a script."""
    assert shown.locator("img, script, b, i, svg, iframe, [onmouseover], [onerror]").count() == 0
    hrefs = shown.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert {href.split(":")[0].partition("#")[0] for href in hrefs} <= {"", "tel", "https", "data"}
    assert not [href for href in hrefs if "evil" in href]
    shown.get_by_text("onmouseover").first.hover()
    assert page.evaluate("window.hacked") is None


def tamed(taken: str) -> None:
    """The hostile words stand in the Markdown, and remain words when it is rendered, HTML allowed."""
    page = BeautifulSoup(MarkdownIt("commonmark", {"html": True}).render(taken), "html.parser")
    assert page.select("img, script, svg, b, i") == []
    assert {str(a["href"]).partition(":")[0] for a in page.select("a")} <= {"https"}
    assert not [a for a in page.select("a") if "evil" in str(a["href"])]
    assert " ".join(HOSTILE_CRIME.split()) in " ".join(page.get_text().split())

"""What changed, as HTML: kept, removed and added words stand as such, and hostile words stay words."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.briefing.what_changed import Compared, Moment
from assistant.chat import view_words as words
from assistant.chat.changes_html import MOST_PAGES, changes_html, differences_html
from index.changes import Change, Changes, What
from index.dates import PartialDate
from index.differences import Difference, differences
from index.documents import Document

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3)) & \" ' </ins></del> {x}"
OLD = Document("s", "a.md", "Crime", "# Theft\n\nThieves are common in Lima.\n\nStay calm.\n", publisher="North")
NEW = replace(OLD, text="# Theft\n\nThieves are very common in Lima.\n\nDial 105.\n", updated=PartialDate(2026, 8, 1))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def shown(*changes: Change, restamped: int = 0, found: list[Difference] | None = None) -> BeautifulSoup:
    compared = Compared(Moment("1", "2025-07-01"), Moment("2", "2026-08-22"), Changes(changes, restamped=restamped))
    return soup(changes_html(compared, "Peru", lambda _: found or []))


def reworded(old: Document = OLD, new: Document = NEW) -> Change:
    return Change(
        What.REWORDED, replace(old, text="", text_sha256="a"), replace(new, text="", text_sha256="b"), reworded=True
    )


def test_words_that_came_and_went_are_marked_as_such() -> None:
    page = soup(differences_html(differences(OLD, NEW)))
    kinds = [kind.text for kind in page.select(".sc-kind")]
    assert kinds == ["Reworded", "Removed", "Added"]
    assert page.select_one(".sc-under").text == "Theft"  # type: ignore[union-attr]
    first = page.select(".sc-difference p")[0]
    assert first.ins is not None
    assert first.ins.text == "added: very"  # said, as a screen reader does not say the mark
    assert page.select(".sc-was-removed del")[0].text == "Stay calm."
    assert page.select(".sc-was-added ins")[0].text == "Dial 105."


def test_dates_counts_and_levels() -> None:
    was, now = replace(OLD, level="Level 2"), replace(NEW, level="Level 3")
    page = shown(reworded(was, now), restamped=120, found=differences(OLD, NEW))
    assert page.h2 is not None
    assert page.h2.text == "Peru: 1 July 2025 to 22 August 2026"
    assert [item.text for item in page.select(".sc-counts li")] == [
        "1 level changed",
        "1 page reworded",
        "120 pages with only another date",
    ]
    assert [(e.name, e.text) for e in page.select(".sc-levels-changed dd > *")] == [
        ("del", "Level 2"),
        ("ins", "Level 3"),
    ]
    assert [time["datetime"] for time in page.select("time")] == ["2026-08-01"]
    assert "undated → 1 August 2026" in page.select_one(".sc-when").text  # type: ignore[union-attr]
    assert len(page.select("article")) == 1


def test_a_page_whose_words_stayed_says_so_and_many_pages_are_counted() -> None:
    changes = [reworded(replace(OLD, doc_id=str(n)), replace(NEW, doc_id=str(n))) for n in range(MOST_PAGES + 3)]
    page = shown(*changes)
    assert len(page.select("article")) == MOST_PAGES
    assert words.ONLY_LAYOUT in page.select("article")[0].text
    assert words.MORE_PAGES.format(count="3") in page.text


def test_nothing_changed_is_said() -> None:
    page = shown(restamped=2)
    assert words.NO_CHANGES in page.text
    assert page.select("article") == []


TEXT = st.lists(st.sampled_from([HOSTILE, "one", "two <b>", "&amp;", "“three”", "<!--", "]]>"]), max_size=12).map(
    " ".join
)


@settings(deadline=None)
@given(TEXT, TEXT, TEXT)
def test_hostile_text_stays_text(old: str, new: str, name: str) -> None:
    was = replace(OLD, text=old, title=name, publisher=name, level=name, doc_id=name)
    now = replace(was, text=new, level=name + "x")
    found = differences(was, now)
    html = str(
        changes_html(
            Compared(Moment("1", "2025-07-01"), Moment("2", "2026-08-22"), Changes((reworded(was, now),))),
            name,
            lambda _: found,
        )
    )
    page = soup(html)
    plain = {"section", "h2", "ul", "li", "strong", "article", "header", "h3", "p", "span", "div", "ins", "del", "dl"}
    plain |= {"dt", "dd", "details", "summary", "time"}
    assert {tag.name for tag in page.find_all(True)} <= plain
    assert {name for tag in page.find_all(True) for name in tag.attrs} <= {
        "class",
        "tabindex",
        "aria-hidden",
        "datetime",
    }
    assert page.h3 is not None
    assert page.h3.text == name
    for difference, element in zip(found, page.select(".sc-difference p"), strict=True):
        for hidden in element.select(".sc-unseen"):
            hidden.decompose()
        kept = " ".join(run.words for run in difference.runs)
        assert " ".join(element.text.split()) == " ".join(kept.split())

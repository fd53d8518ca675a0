"""Library, brief and comparison as HTML: what is shown, where numbers lead, and that hostile words stay words."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag

from assistant.answer import Assistant
from assistant.briefing.brief import Brief, brief
from assistant.briefing.brief_render import to_markdown
from assistant.briefing.compare import compare
from assistant.briefing.coverage_picture import Cell, Coverage
from assistant.chat import view_words as words
from assistant.chat.brief_html import brief_html
from assistant.chat.brief_sources import Numbered
from assistant.chat.compare_html import comparison_html
from assistant.chat.library_html import column_marks, picture, sources, state_mark, summary
from assistant.commands.source_rows import SourceRow
from index.dates import PartialDate
from index.declared import Declared
from index.lastgood import Check
from index.snapshot import Snapshot
from index.states import Standing, State

TODAY = date(2026, 9, 1)
HOSTILE = "<img src=x onerror=alert(1)> & </table> [a](javascript:alert(2)) \" '"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def made(assistant: Assistant) -> Brief:
    """A brief on Kazakhstan of the made-up archive."""
    return brief(assistant, "KZ", today=TODAY, passport="GB")


@pytest.fixture(scope="module")
def page(made: Brief) -> BeautifulSoup:
    """The brief as it is shown."""
    return soup(brief_html(made, Numbered("brief", made.snapshot, TODAY), to_markdown(made)))


def test_the_card_shows_each_number_to_dial_with_who_says_so(made: Brief, page: BeautifulSoup) -> None:
    for service, shown in zip(
        made.card.services, [s for s in page.select(".sc-service") if s.select(".sc-who")], strict=True
    ):
        links = [a["href"] for a in shown.select("a.sc-call")]
        assert set(links) == {f"tel:{digits}" for line in service.lines for digits in line.dialled}
        assert [str(q.get_text("\n")) for q in shown.select("blockquote")] != []
        assert len(shown.select(".sc-who li")) == len(service.lines)
        assert all(li.select("time") or "undated" in li.text for li in shown.select(".sc-who li"))
        assert bool(shown.select(".sc-differ")) is service.differ


def test_levels_stand_in_each_governments_own_words_the_travellers_first(made: Brief, page: BeautifulSoup) -> None:
    shown = [words.text for words in page.select(".sc-brief-levels .sc-level-words")]
    assert shown == [level.words for level in made.levels if level.words]
    assert page.select(".sc-brief-levels h4")[0].text == made.levels[0].publisher
    assert made.levels[0].publisher.startswith("UK ")


def test_every_topic_and_every_gap_is_there(made: Brief, page: BeautifulSoup) -> None:
    assert [page.select_one(f"#brief-{said.topic.key} h3").text for said in made.topics] == [  # type: ignore[union-attr]
        said.topic.title for said in made.topics
    ]
    for said in made.topics:
        section = page.select_one(f"#brief-{said.topic.key}")
        assert section is not None
        silent = [voice.publisher for voice in said.governments if voice.gap]
        named = " ".join(item.text for item in section.select(".sc-silent strong"))
        assert all(name in named for name in silent)


def test_every_number_leads_to_its_source_and_back(page: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    badges = page.select("a.sc-badge")
    assert len(badges) > 10
    assert {str(badge["href"])[1:] for badge in badges} <= set(ids)
    assert all(badge["aria-label"] for badge in badges)


def test_the_markdown_is_in_the_page_and_the_address_names_the_brief(made: Brief, page: BeautifulSoup) -> None:
    link, button = page.select_one("a.sc-download"), page.select_one("button.sc-copy")
    assert link is not None
    assert button is not None
    kind, _, data = str(link["href"]).partition(",")
    assert kind == "data:text/markdown;charset=utf-8;base64"
    assert base64.b64decode(data).decode() == to_markdown(made)
    assert link["download"] == "brief-KZ.md"
    assert button["data-address"] == "#brief=KZ&passport=GB"


def test_countries_side_by_side(assistant: Assistant, snapshot: Snapshot) -> None:
    made = compare(assistant, ["KZ", "PT"], today=TODAY, wanted=["crime"])
    page = soup(comparison_html(made, Numbered("compare", snapshot.name, TODAY), "", ["crime"]))
    assert [cell.text for cell in page.select("thead th")] == ["Kazakhstan", "Portugal"]
    assert [row.th.text for row in page.select("tbody tr") if row.th] == list(made.levels)
    assert [column.text for column in page.select(".sc-columns > li > h4")] == ["Kazakhstan", "Portugal"]
    assert page.select_one("button.sc-copy")["data-address"] == "#compare=KZ,PT&topics=crime"  # type: ignore[index]
    assert page.select_one("a.sc-download")["download"] == "compare-KZ-PT.md"  # type: ignore[index]


def rows() -> list[SourceRow]:
    check = Check("2026-08-31T06:00:00Z", "empty", None, 0, 0)
    frozen = Standing(State.FROZEN, date(2025, 8, 15), date(2025, 8, 15), date(2026, 8, 21), 11)
    empty = Standing(State.EMPTY, date(2026, 8, 31), None)
    return [
        SourceRow("archive", "archive", None, {"built": "2026-08-22"}, None, {HOSTILE: (1068, frozen)}),
        SourceRow("us", "us", Declared("us", "us", "https://example.org/"), {}, check, {"": (0, empty)}),
        SourceRow(
            "off", "rss", Declared("off", "rss", "https://example.org/", enabled=False), None, None, {"": (0, empty)}
        ),
    ]


def cells(row: Tag) -> list[str]:
    return [cell.text for cell in row.find_all(["th", "td"])]


def test_each_source_with_its_state_in_words_and_shape() -> None:
    page = soup(sources(rows()))
    first, second = (cells(row) for row in page.select("tbody tr"))
    assert first[:5] == ["archivearchive", HOSTILE, "1,068", "15 August 2025", "read on 22 August 2026"]
    assert first[5].startswith("Frozenunchanged since 15 August 2025, looked at on 21 August 2026")
    assert second[:5] == ["usus", words.NO_PUBLISHER, "0", words.COVERAGE_NONE, "31 August 2026: answered with nothing"]
    assert second[5].startswith("Empty")
    assert "Also known here, and turned off: off." in page.text
    assert page.select("img") == []


def test_each_state_has_its_own_word_shape_and_meaning() -> None:
    marks = {state.value: soup(state_mark(state.value)) for state in State}
    assert {mark.text for mark in marks.values()} == set(words.STATES.values())
    assert len({str(mark.svg) for mark in marks.values()}) == len(State)
    assert set(words.STATES_MEAN) == set(marks)


def test_the_coverage_stands_beneath_its_picture_as_a_table() -> None:
    shown = Coverage(
        ("KZ", "PE"),
        ("UK Foreign, Commonwealth & Development Office", HOSTILE),
        {
            ("KZ", "UK Foreign, Commonwealth & Development Office"): Cell(4, PartialDate(2026, 3, 30)),
            ("PE", HOSTILE): Cell(1, None),
        },
    )
    page = soup(picture(shown, TODAY))
    assert [cells(row) for row in page.select("tbody tr")] == [
        ["Kazakhstan", "30 March 2026, 4 documents", "–no page"],
        ["Peru", "–no page", "undated, 1 document"],
    ]
    assert column_marks(shown.columns) == ["UK", "2"]
    assert page.select("img, script") == []
    assert len(page.select("svg[role=img] title")) == 1
    assert summary(shown, 5, "2026-08-22").endswith("5 documents about 2 places, as known on 22 August 2026.</p>")

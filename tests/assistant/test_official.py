"""What governments say of a whole place: the areas that they advise against, each in its own words, none left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.wanted import Wanted
from index.build import build
from index.embedding import Embedder
from tests.assistant.conftest import Ask

ARCHIVE = Path(__file__).resolve().parents[1] / "archive"
QUESTION = "Which areas of {} should staff avoid?"


def test_the_areas_of_every_government_and_the_level_of_one_that_names_none(ask: Ask) -> None:
    answer = ask(QUESTION.format("Kazakhstan"))
    assert (answer.status, answer.question.wanted) == ("answered", Wanted.AREAS)
    said = {quote.document.publisher: quote.shown for quote in answer.quotes}
    assert said["Global Affairs Canada"] == "Areas near the Baikonur Cosmodrome - Avoid non-essential travel"
    assert len(said) == len(answer.quotes) > 1  # the others name no area, so each says its level once
    days = [quote.document.date.last() for quote in answer.quotes if quote.document.date]
    assert days == sorted(days, reverse=True)
    assert {place for quote in answer.quotes for place in quote.document.about} == {"KZ"}


def test_all_areas_of_a_page_are_quoted(tmp_path: Path, model: Embedder) -> None:
    listed = [f"### Province {n} - Avoid all travel\n\nThere are mines beside the roads of it.\n" for n in range(17)]
    archive = shutil.copytree(ARCHIVE, tmp_path / "archive")
    with (archive / "canada" / "Kazakhstan" / "risk.md").open("a", encoding="utf-8") as page:
        page.write("\n" + "\n".join(listed))
    build(tmp_path / "index", {"archive": archive}, model)
    answer = Assistant.open(tmp_path / "index").ask(QUESTION.format("Kazakhstan"))
    canada = [quote.shown for quote in answer.quotes if quote.document.publisher == "Global Affairs Canada"]
    assert canada[1:] == [f"Province {n} - Avoid all travel" for n in range(17)]


def test_a_list_of_areas_that_is_longer_than_a_quote_is_quoted_to_its_end(tmp_path: Path, model: Embedder) -> None:
    provinces = [
        f"Province {n}, excluding the town of {n} where the river is crossed by an old bridge" for n in range(40)
    ]
    archive = shutil.copytree(ARCHIVE, tmp_path / "archive")
    with (archive / "canada" / "Kazakhstan" / "risk.md").open("a", encoding="utf-8") as page:
        listed = "".join(f"* {province}\n" for province in provinces)
        page.write(f"\n### Regional advisory\n\nAvoid all travel to the following provinces:\n\n{listed}")
    build(tmp_path / "index", {"archive": archive}, model)
    answer = Assistant.open(tmp_path / "index").ask(QUESTION.format("Kazakhstan"))
    canada = [quote for quote in answer.quotes if quote.document.publisher == "Global Affairs Canada"]
    said = "\n".join(quote.shown for quote in canada)
    assert [said.count(province) for province in provinces] == [1] * 40
    begun = next(at for at, quote in enumerate(canada) if "following provinces" in quote.shown)
    assert all(
        "following provinces" in quote.heading_words[-1] for quote in canada[begun + 1 :] if "Province" in quote.shown
    )


@pytest.mark.parametrize("place", ["Portugal", "Almaty"])
def test_where_no_government_names_areas_and_in_a_city_the_pages_are_searched(ask: Ask, place: str) -> None:
    answer = ask(QUESTION.format(place))
    assert answer.question.wanted is Wanted.TEXT


def test_which_country_is_asked_back(ask: Ask) -> None:
    assert ask("Which areas should I avoid?").status == "which_place"

"""What only tells where to read on is worth less than what says something, and a country's own page comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.choosing.arrange import arrange
from assistant.choosing.evidence import Evidence
from assistant.choosing.quotes import Quote
from assistant.understanding.question import Question, understand
from index.build import build
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder, page, write_source

TODAY = date(2026, 9, 1)

Quotes = Callable[..., list[Quote]]


@pytest.fixture
def quotes(tmp_path: Path) -> Quotes:
    """The quotes of a few pages for a question, best first, by the pages' names."""

    def found(asked: Question, **pages: str) -> list[Quote]:
        source = write_source(tmp_path / "docs", {f"{name}.md": text for name, text in pages.items()})
        build(tmp_path / "index", {"own": source}, HashEmbedder())
        snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
        vector = HashEmbedder().embed([asked.search_words])[0]
        return Evidence(asked, snapshot.hits(range(len(snapshot))), snapshot, vector).quotes

    return found


def asking(words: str) -> Question:
    return understand(words, today=TODAY, covered=["PT", "ES"])


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("Learn about [entry requirements](https://example.org/a) related to yellow fever.", 0.1),
        ("Find out about returning home [after yellow fever](https://example.org/a).", 0.1),
        ("Find out more about this fever. See our page on [mosquitoes](https://example.org/a).", 0.1),
        ("You must carry a certificate against yellow fever. See our page on [it](https://example.org/a).", 0.0),
        ("Carry a certificate against yellow fever wherever you go.", 0.0),
        ("Learners of the language may be asked for a certificate as well.", 0.0),
    ],
)
def test_what_only_points_elsewhere_loses_some_of_its_worth(quotes: Quotes, line: str, lost: float) -> None:
    found = quotes(asking("yellow fever"), page=page("K", f"## Health\n\n{line}\n"))
    whole = max(found, key=lambda q: q.end - q.start)
    assert whole.lost == lost
    assert whole.score == pytest.approx(whole.cosine + 0.2 * whole.coverage + 0.15 * whole.hit.score - lost)


def test_a_list_of_what_others_say_is_worth_less_than_a_list_of_advice(quotes: Quotes) -> None:
    items = "* being [arrested](https://example.org/a) in a town\n* finding English-speaking [lawyers](https://example.org/b)\n"
    asked = asking("I was arrested")
    for line, lost in (
        ("FCDO has guidance on what to do if you need help, including:", 0.1),
        ("See the following webpages for details:", 0.1),
        ("The police can help you with:", 0.0),
        ("The police has warned of:", 0.0),
    ):
        found = quotes(asked, page=page("K", f"## Help\n\n{line}\n\n{items}"))
        assert found
        assert {(q.shown, q.lost) for q in found} == {(q.shown, lost) for q in found}, line


def test_a_list_of_nothing_but_pointers_is_worth_less(quotes: Quotes) -> None:
    for items, lost in (
        ("* check the latest vaccine recommendations for the island\n* see where to get jabs on a health page\n", 0.1),
        ("* check the latest vaccine recommendations for the island\n* get a jab against rabies from a nurse\n", 0.0),
    ):
        found = quotes(asking("vaccine recommendations"), page=page("K", f"## Ills\n\nBefore your trip:\n\n{items}"))
        assert max(found, key=lambda q: q.end - q.start).lost == lost, items


def test_a_link_and_whose_page_it_is_is_no_quote(quotes: Quotes) -> None:
    link = "[Drone rules](https://example.org/a)"
    found = quotes(
        asking("drones"),
        page=page(
            "K",
            f"## Drones\n\nGet a permit for drones.\n\n{link} – Civil Aviation Authority of Oman\n\n"
            f"{link} – the border of the country is closed to them\n",
        ),
    )
    shown = [q.shown for q in found]
    assert "Get a permit for drones." in shown
    assert "Drone rules – the border of the country is closed to them" in shown
    assert not any("Civil Aviation" in words for words in shown)


def test_what_points_elsewhere_lets_no_farther_quote_in(quotes: Quotes) -> None:
    (one,) = quotes(asking("camels"), page=page("K", "## Roads\n\nHerds of camels cross the highway at dusk.\n"))
    pointer = replace(one, shown="Learn about camels.", score=0.5, lost=0.1, start=100, end=120)
    near = replace(one, shown="Camels cross the road.", score=0.41, start=200, end=220)
    far = replace(one, shown="Horses are sold.", score=0.35, start=300, end=320)
    plain = replace(pointer, lost=0.0)
    assert [q.start for q in arrange(asking("camels"), [pointer, near, far])] == [100, 200]
    assert [q.start for q in arrange(asking("camels"), [plain, near, far])] == [100, 200, 300]


DRIVING = "## Driving\n\nYou can drive with your own licence for 185 days.\n"


def of_country(title: str) -> str:
    return page(f"'{title}'", DRIVING, publisher="Canada", places="[PT]")


def test_the_same_words_come_from_the_countrys_own_page(quotes: Quotes) -> None:
    pages = {"azores": of_country("Azores: Laws"), "portugal": of_country("Portugal: Laws")}
    first, second = quotes(asking("own licence in Portugal"), **pages)
    assert (first.document.title, second.document.title) == ("Portugal: Laws", "Azores: Laws")
    assert first.shown == second.shown


def test_where_the_island_is_asked_about_its_own_page_keeps_its_place(quotes: Quotes) -> None:
    pages = {"azores": of_country("Azores: Laws"), "portugal": of_country("Portugal: Laws")}
    asked = replace(asking("own licence in Portugal"), finer_places=("Azores",))
    assert [q.document.title for q in quotes(asked, **pages)] == ["Azores: Laws", "Portugal: Laws"]


def test_other_words_and_other_publishers_keep_their_worth(quotes: Quotes) -> None:
    pages = {
        "azores": of_country("Azores: Laws"),
        "portugal": page("'Portugal: Laws'", DRIVING.replace("185", "90"), publisher="Canada", places="[PT]"),
        "uk": page("'Portugal: Driving'", DRIVING, publisher="UK", places="[PT]"),
    }
    for quote in quotes(asking("own licence in Portugal"), **pages):
        assert quote.score == pytest.approx(quote.cosine + 0.2 * quote.coverage + 0.15 * quote.hit.score)


def test_a_quote_that_begins_in_mid_story_comes_later(quotes: Quotes) -> None:
    before = f"The makers of vodka {'and of much else that is drunk in the mountains ' * 7}are few."
    for line, lost in (("Avoid these products of the makers.", 0.05), ("Avoid all products of the makers.", 0.0)):
        (found,) = (q for q in quotes(asking("products"), k=page("K", f"{before} {line}\n")) if q.shown == line)
        assert found.score == pytest.approx(found.cosine + 0.2 * found.coverage + 0.15 * found.hit.score - lost)


def test_what_stands_on_every_page_and_tells_of_the_page_is_no_quote(quotes: Quotes) -> None:
    own = "Fever is found along the border."
    lines = (
        "This map of fever is solely intended to show levels along the border.",
        "It is said that [country entry requirements](https://example.org/a) may not reflect the fever at the border.",
        "You should also read [FCDO’s advice on fever](/a) and the border.",
        "We cannot provide tailored advice on fever at the border.",
    )
    for line in lines:
        found = quotes(asking("fever at the border"), page=page("K", f"## Health\n\n{line}\n\n{own}\n"))
        assert {q.shown for q in found} == {own}, line
    plain = "See a map of fever at the border before you walk there."
    found = quotes(asking("fever at the border"), page=page("K", f"## Health\n\n{plain}\n\n{own}\n"))
    assert plain in {q.shown for q in found}


def test_a_list_item_on_something_else_does_not_stand_before_the_one_asked_about(tmp_path: Path) -> None:
    beside, item = (
        "Put your heavier bags under the seat of the bus",
        "Show papers to soldiers at every checkpoint on the way",
    )
    text = page("K", f"## Ways\n\nIf you go by land:\n\n* Sleep well\n* {beside}\n* {item}\n* Be calm there\n")
    build(tmp_path / "index", {"own": write_source(tmp_path / "docs", {"page.md": text})}, HashEmbedder())
    snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
    asked = asking("checkpoint papers")
    vector = HashEmbedder().embed([asked.search_words])[0]
    evidence = Evidence(asked, snapshot.hits(range(len(snapshot))), snapshot, vector)
    (alone,) = (q for q in evidence.quotes if q.shown == item)
    (pair,) = (q for q in evidence.quotes if q.shown == f"{beside}\n• {item}")
    assert pair.score == pytest.approx(pair.cosine + 0.2 * pair.coverage + 0.15 * pair.hit.score - 0.07)
    (read,) = evidence.read_whole([alone])
    assert not read.shown.startswith((beside, "Sleep"))

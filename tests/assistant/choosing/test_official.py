"""What governments say of a whole place: the areas that they advise against, each in its own words, none left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.outcome import Answer
from assistant.understanding.wanted import Wanted
from index.build import build
from index.embedding import Embedder
from tests.assistant.conftest import TODAY, Ask

ARCHIVE = Path(__file__).resolve().parents[2] / "archive"
QUESTION = "Which areas of {} should staff avoid?"


def test_the_areas_and_no_level_of_a_government_that_names_none(ask: Ask) -> None:
    answer = ask(QUESTION.format("Kazakhstan"))
    assert (answer.status, answer.question.wanted) == ("answered", Wanted.AREAS)
    assert [(quote.document.publisher, quote.shown) for quote in answer.quotes] == [
        ("Global Affairs Canada", "Areas near the Baikonur Cosmodrome - Avoid non-essential travel")
    ]  # "normal precautions", which another says of the whole, is no word on areas


US_ADVISORY = """
**Do Not Travel to:**

* The border with Uzbekistan due to landmines.
* Kyzylorda due to crime.

If you decide to travel to Kazakhstan:

* Buy insurance.

**Reconsider Travel To:**
The Aral Sea. Its shore has unexploded shells.

**Country Summary:** Crime is rare.
"""
UK_WARNINGS = """
## Areas where FCDO advises against all travel

### Mount Khan Tengri, Almaty Region

* to within 7km of the summit
* the Inylchek glacier

## Before you travel

### Insurance

* Check what it covers.
"""
UPDATES = """
Latest update:
:   Addition of information about floods (‘Safety and security’ page).
"""
IRISH_SAFETY = """## Safety and security

### Border with Uzbekistan

The border is mined and we advise against attempts to travel there. We also advise against all but essential travel to
areas near it. We advise against all travel to Afghanistan. Avoid all travel after dark.

### Astana

Clinics there are few. Go abroad for an operation.
"""


@pytest.fixture(scope="module")
def with_areas(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Assistant:
    """The archive with pages that name areas below headings, and on a page that carries no level."""
    folder = tmp_path_factory.mktemp("areas")
    archive = shutil.copytree(ARCHIVE, folder / "archive")
    for page, words in {
        "unitedstates/Kazakhstan/Advisory.md": US_ADVISORY,
        "unitedkingdom/Kazakhstan/Warnings and insurance.md": UPDATES + UK_WARNINGS,
    }.items():
        with (archive / page).open("a", encoding="utf-8") as file:
            file.write(f"\n{words}")
    (archive / "ireland" / "Kazakhstan" / "Local laws and customs.md").write_text(IRISH_SAFETY, encoding="utf-8")
    build(folder / "index", {"archive": archive}, model)
    return Assistant.open(folder / "index")


def said_by(answer: Answer, publisher: str) -> list[tuple[str, str]]:
    """The last heading and the words of each quote of a government."""
    own = [quote for quote in answer.quotes if publisher in quote.document.publisher]
    return [("".join(quote.heading_words[-1:]), quote.shown) for quote in own]


def test_areas_listed_below_a_heading_are_quoted_with_it(with_areas: Assistant) -> None:
    answer = with_areas.ask(QUESTION.format("Kazakhstan"), today=TODAY)
    assert said_by(answer, "State") == [
        (
            "Kazakhstan - Level 1: Exercise Normal Precautions",
            "Do Not Travel to:\n• The border with Uzbekistan due to landmines.\n• Kyzylorda due to crime.",
        ),
        ("Kazakhstan - Level 1: Exercise Normal Precautions", "Reconsider Travel To: The Aral Sea."),
    ]
    assert said_by(answer, "UK") == [
        (
            "Areas where FCDO advises against all travel",
            "Mount Khan Tengri, Almaty Region\n• to within 7km of the summit\n• the Inylchek glacier",
        )
    ]


def test_areas_on_a_page_without_a_level_are_found(with_areas: Assistant) -> None:
    answer = with_areas.ask(QUESTION.format("Kazakhstan"), today=TODAY)
    assert said_by(answer, "Ireland") == [
        ("Border with Uzbekistan", "The border is mined and we advise against attempts to travel there."),
        ("Border with Uzbekistan", "We also advise against all but essential travel to areas near it."),
    ]


def test_a_warning_of_the_town_stands_beside_a_refusal_and_answers_whether_to_go(with_areas: Assistant) -> None:
    warning = "Do Not Travel to:\n• The border with Uzbekistan due to landmines.\n• Kyzylorda due to crime."
    hospital = with_areas.ask("Which hospital in Kyzylorda treats snakebites?", today=TODAY)
    assert (hospital.status, hospital.reason) == ("no_source", "fact_not_covered")
    assert [quote.shown for quote in hospital.quotes] == [warning]
    going = with_areas.ask("Should tourists go trekking around Kyzylorda?", today=TODAY)
    assert (going.status, warning in [quote.shown for quote in going.quotes]) == ("answered", True)


def test_a_town_is_answered_by_the_governments_that_are_asked(with_areas: Assistant) -> None:
    said = with_areas.ask("What does the US say about Kyzylorda?", today=TODAY)
    assert (said.status, said.question.wanted) == ("answered", Wanted.LEVEL)
    assert "Kyzylorda due to crime" in said.quotes[0].shown
    assert {quote.document.publisher for quote in said.quotes} == {"U.S. Department of State"}
    canada = with_areas.ask("What does Canada say about hospitals in Kyzylorda?", today=TODAY)
    assert not said_by(canada, "State")


def test_the_level_of_the_country_where_a_government_says_nothing_of_the_town(ask: Ask) -> None:
    answer = ask("What does Australia say about Almaty?")
    assert [quote.shown for quote in answer.quotes] == ["Exercise normal safety precautions in Kazakhstan."]


def test_each_place_or_each_government_is_compared_by_its_level(ask: Ask) -> None:
    two = ask("Is Kazakhstan safer than Lebanon?")
    assert {quote.document.about[0] for quote in two.quotes} == {"KZ", "LB"}
    assert two.question.wanted is Wanted.LEVEL
    stricter = ask("Who is more relaxed about Kazakhstan, Canada or Australia?")
    assert (stricter.question.wanted, stricter.question.places) == (Wanted.LEVEL, ("KZ",))
    assert {quote.document.publisher.split()[0] for quote in stricter.quotes} == {"Global", "Australian"}


def test_the_latest_update_in_the_words_of_each_page(with_areas: Assistant) -> None:
    answer = with_areas.ask("Latest changes to travel advice for Kazakhstan", today=TODAY)
    assert (answer.status, answer.question.wanted) == ("answered", Wanted.UPDATES)
    assert [quote.shown for quote in answer.quotes] == [
        "Latest update: Addition of information about floods (‘Safety and security’ page)."
    ]


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


def test_how_the_section_on_a_town_begins_is_quoted_only_where_all_of_it_is_asked_for(with_areas: Assistant) -> None:
    beginning = "Clinics there are few."
    about = with_areas.ask("What does Ireland say about Astana?", today=TODAY)
    assert said_by(about, "Ireland")[0] == ("Astana", beginning)
    level = with_areas.ask("What is the Irish advice level for Astana?", today=TODAY)
    assert level.question.wanted is Wanted.LEVEL
    assert beginning not in [quote.shown for quote in level.quotes]


def test_exceptions_in_a_long_list_keep_the_line_that_excepts_them(tmp_path: Path, model: Embedder) -> None:
    """Whether the quote is cut at its longest or the passage is: an exception must not seem to be advised against."""
    crossings = [f"the crossing number {n} over the long river and the road that leads up to it" for n in range(40)]
    excepting = "* the border, except the following crossings where you should take care:\n\n"
    provinces = "".join(f"* the province of the number {n}, with its capital and all roads\n" for n in range(8))
    nested = "".join(f"+ {crossing}\n" for crossing in crossings)
    listed = f"### Regional advisory\n\nAvoid all travel to:\n\n{provinces}{excepting}{nested}\n* the far island\n"
    archive = shutil.copytree(ARCHIVE, tmp_path / "archive")
    with (archive / "canada" / "Kazakhstan" / "risk.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{listed}")
    build(tmp_path / "index", {"archive": archive}, model)
    answer = Assistant.open(tmp_path / "index").ask(QUESTION.format("Kazakhstan"))
    said = [(words[-1], shown) for words, shown in _of_canada(answer)]
    assert "".join(shown for _, shown in said).count("the crossing number") == 40
    for above, shown in said:
        if "the crossing number" in shown:
            excepted = above.startswith("the border, except") or "the border, except" in shown
            assert excepted, shown
            assert "the far island" not in shown
    assert [above for above, shown in said if shown == "the far island"] == ["Avoid all travel to"]


def _of_canada(answer: Answer) -> list[tuple[tuple[str, ...], str]]:
    own = [quote for quote in answer.quotes if quote.document.publisher == "Global Affairs Canada"]
    return [(quote.heading_words, quote.shown) for quote in own]


@pytest.mark.parametrize("between", ["versus", "vs", "vs."])
def test_two_governments_held_against_each_other_on_a_town(with_areas: Assistant, between: str) -> None:
    answer = with_areas.ask(f"Canada advice {between} US advice on Kyzylorda", today=TODAY)
    assert (answer.status, answer.question.publishers) == ("answered", ("CA", "US"))
    assert "Kyzylorda due to crime" in answer.quotes[0].shown
    assert {quote.document.publisher for quote in answer.quotes} == {
        "U.S. Department of State",
        "Global Affairs Canada",
    }


def test_a_comparison_of_something_else_is_no_question_for_the_level(ask: Ask) -> None:
    answer = ask("What do the UK versus the US say about taxis in Almaty?")
    assert answer.question.wanted is Wanted.TEXT


def test_a_region_that_no_table_lists_is_looked_for_in_the_areas(tmp_path: Path, model: Embedder) -> None:
    archive = shutil.copytree(ARCHIVE, tmp_path / "archive")
    with (archive / "canada" / "Kazakhstan" / "risk.md").open("a", encoding="utf-8") as page:
        page.write(
            "\n### Zorbat and Marnau\n\nAvoid all travel to North and South Marnau and to Zorbat, due to mines.\n"
        )
    build(tmp_path / "index", {"archive": archive}, model)
    assistant = Assistant.open(tmp_path / "index")
    found = assistant.ask("What is the advisory level of Zorbat department in Kazakhstan?", today=TODAY)
    assert found.quotes[0].shown == "Avoid all travel to North and South Marnau and to Zorbat, due to mines."
    assert not [note for note in found.notes if "Zorbat" in note]
    north = assistant.ask("What is the advisory level of North Marnau province in Kazakhstan?", today=TODAY)
    assert north.quotes[0].shown == found.quotes[0].shown
    nowhere = assistant.ask("What is the advisory level of Quenbar department in Kazakhstan?", today=TODAY)
    assert nowhere.notes[0] == "None of these quotes names Quenbar: this is what is said about Kazakhstan."


def test_where_to_avoid_is_told_by_the_government_that_is_asked(with_areas: Assistant) -> None:
    answer = with_areas.ask("Which areas of Kazakhstan should we avoid, according to the US?", today=TODAY)
    assert (answer.status, answer.question.wanted) == ("answered", Wanted.AREAS)
    assert {quote.document.publisher for quote in answer.quotes} == {"U.S. Department of State"}

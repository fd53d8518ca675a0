"""Which quotes come first: what holds at present, what is told to this traveller, and each read whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import messages
from assistant.answer import Assistant
from assistant.choosing.arrange import arrange, most_urgent_first, names
from assistant.choosing.quotes import Quote
from assistant.choosing.retrieval import Retrieval
from assistant.choosing.warned import forbids
from assistant.understanding.question import understand, without_towns
from index.build import build
from index.dates import PartialDate
from index.documents import Document
from index.filters import Filters
from index.snapshot import Hit, Snapshot
from tests.fakes import HashEmbedder, page, write_source

TODAY = date(2026, 9, 1)
US, GB = "U.S. Department of State", "UK Foreign, Commonwealth & Development Office"
AU = "Australian Department of Foreign Affairs and Trade (Smartraveller)"
IE = "Ireland Department of Foreign Affairs"

Peru = Callable[..., Assistant]


@pytest.fixture
def peru(tmp_path: Path) -> Peru:
    """An assistant on pages about Peru: `peru(("2026-01-02", publisher, body), …)`."""

    def made(*pages: tuple[str, str, str]) -> Assistant:
        texts = {
            f"{n}.md": page(f"Peru {n}", body, places="[PE]", publisher=publisher, updated=day)
            for n, (day, publisher, body) in enumerate(pages)
        }
        build(tmp_path / "index", {"peru": write_source(tmp_path / "peru", texts)}, HashEmbedder())
        return Assistant(Snapshot.open(tmp_path / "index", HashEmbedder()), pinned=False)

    return made


def quote(hit: Hit, publisher: str, words: str, score: float, updated: str = "2026-03-01") -> Quote:
    """A quote of a page of its own."""
    document = Document(
        "s", f"{publisher}/{words}", "Peru", words, publisher=publisher, updated=PartialDate.parse(updated)
    )
    return Quote(document, 0, len(words), words, words, (), (), hit, score=score)


def arranged(words: str, quotes: Sequence[Quote], passport: str | None = None) -> list[str]:
    """The words of the quotes in the order shown."""
    question = understand(words, today=TODAY, covered={"PE"}, passport=passport)
    return [q.shown for q in arrange(question, sorted(quotes, key=lambda q: -q.score))]


def test_what_holds_at_present_is_told_by_the_newer_page_first(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    old = quote(hit, US, "The airport is open.", 0.8, "2024-03-01")
    new = quote(hit, GB, "No flight leaves.", 0.7, "2026-08-01")
    newer = quote(hit, IE, "There is one airport.", 0.65, "2026-08-20")
    assert arranged("Can I fly from Lima now?", [old, new, newer]) == [new.shown, newer.shown, old.shown]
    assert arranged("Can I fly from Lima?", [old, new, newer]) == [old.shown, new.shown, newer.shown]
    assert arranged("Could I fly from Lima in May 2024?", [old, new, newer])[0] == old.shown


def test_a_ban_comes_before_any_figure(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    figure = quote(hit, GB, "You must declare 100,000 soles when you leave.", 0.8)
    ban = quote(hit, AU, "It's illegal to take Peruvian soles out of the country.", 0.7)
    assert arranged("how many soles can I take out of Peru", [figure, ban]) == [ban.shown, figure.shown]
    assert arranged("how many soles can I bring into Peru", [figure, ban]) == [figure.shown, ban.shown]


def test_ones_own_government_comes_first_where_the_passport_matters(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    theirs, own = quote(hit, US, "Carry a licence.", 0.8), quote(hit, GB, "You need a permit.", 0.7)
    assert arranged("Is my driving licence valid in Peru?", [theirs, own], "GB") == [own.shown, theirs.shown]
    assert arranged("Is my driving licence valid in Peru?", [theirs, own]) == [theirs.shown, own.shown]
    assert arranged("Is driving safe in Peru?", [theirs, own], "GB") == [theirs.shown, own.shown]


def test_what_is_told_to_others_comes_last(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    theirs = quote(hit, US, "Call the police and the U.S. Embassy in Lima.", 0.8)
    anyones = quote(hit, IE, "Call the police.", 0.7)
    assert arranged("What if I am attacked in Peru?", [theirs, anyones], "GB") == [anyones.shown, theirs.shown]
    assert arranged("What if I am attacked in Peru?", [theirs, anyones], "US") == [theirs.shown, anyones.shown]
    assert arranged("What if I am attacked in Peru?", [theirs, anyones]) == [theirs.shown, anyones.shown]


def test_what_a_government_does_for_its_own_comes_last_for_others(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    ours = replace(quote(hit, US, "Replace a lost passport", 0.8), heading_words=("We can",))
    told = quote(hit, AU, "Tell the Australian Government of the loss.", 0.75)
    anyones = quote(hit, IE, "Report the loss to the police.", 0.7)
    words = "What do I do about a lost wallet in Peru?"
    assert arranged(words, [ours, told, anyones], "GB") == [anyones.shown, ours.shown, told.shown]
    assert arranged(words, [ours, told, anyones], "US") == [ours.shown, anyones.shown, told.shown]
    assert arranged(words, [ours, told, anyones]) == [ours.shown, told.shown, anyones.shown]


def test_who_is_arrested_is_told_of_the_consulate_before_the_police(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    police, embassy = quote(hit, GB, "Police: 105", 0.8), quote(hit, GB, "Embassy: +51 1 617 3000", 0.7, "2026-02-01")
    assert arranged("I was arrested in Peru, who do I call?", [police, embassy]) == [embassy.shown, police.shown]
    assert arranged("Police number in Peru?", [police, embassy])[0] == police.shown


def test_the_office_in_the_town_that_is_named_is_told_of_its_page(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    first = quote(hit, US, "U.S. Consulate, Cusco: +51 84 231 474", 0.9)
    near = replace(first, shown="U.S. Embassy, Lima: +51 1 618 2000", start=50, end=90, score=0.7)
    assert arranged("US consulate number in Lima", [first, near]) == [near.shown]
    assert arranged("US consulate number in Cusco", [first, near]) == [first.shown]
    assert arranged("US consulate number in Piura, Peru", [first, near]) == [first.shown]  # which has none
    assert arranged("US consulate number in Peru", [first, near]) == [first.shown]


def test_the_fire_brigade_comes_after_those_who_help_most(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    document = quote(hit, AU, "Contacts", 0.8).document
    fire = replace(quote(hit, AU, "Fire: Call 116.", 0.8), document=document)
    police = replace(quote(hit, AU, "Police: Call 105.", 0.7), document=document, start=50, end=60)
    both = quote(hit, IE, "Fire: 116\nAmbulance: 106", 0.7)
    assert arranged("Emergency number in Peru?", [fire, police, both])[:2] == [police.shown, both.shown]
    assert arranged("Fire brigade number in Peru?", [fire, police, both])[0] == fire.shown


def test_no_line_for_a_fire_stands_among_numbers_where_nothing_burns(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    seen, call = quote(hit, GB, "Ring 105 if you see a forest fire.", 0.9), quote(hit, AU, "Emergency: Call 105.", 0.7)
    assert arranged("Earthquake! Emergency number in Peru?", [seen, call]) == [call.shown]
    assert set(arranged("Smoke! Emergency number in Peru?", [seen, call])) == {seen.shown, call.shown}


def test_who_pays_is_no_line_of_a_list_of_numbers(peru: Peru) -> None:
    lines = "## Emergencies\n\nAmbulance: 106\n\nPolice: 105\n\nWe pay for no doctor."
    answer = peru(("2026-01-02", US, lines)).ask("we had a car crash in Peru")
    assert [q.shown for q in answer.quotes] == ["Ambulance: 106\nPolice: 105"]


def test_who_is_needed_most_comes_first(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    question = understand("police or ambulance in Peru?", today=TODAY, covered={"PE"})
    ambulance, police = quote(hit, GB, "Ambulance: 106", 0.8), quote(hit, IE, "Police: 105", 0.7)
    for_all = quote(hit, US, "Any emergency: 911", 0.6)
    assert most_urgent_first(question, [ambulance, police, for_all]) == (police, for_all, ambulance)


CLINICS = (
    "## Crime\n\nPolice: 105\n\n## Health\n\nThe following clinic in Lima answers by day.\n\n"
    "### International Clinic\n\nTelephone: +51 1 617 3000"
)


def test_the_sentence_above_a_heading_tells_the_town_of_a_clinic(peru: Peru) -> None:
    assistant = peru(("2026-03-01", US, CLINICS))
    here = assistant.ask("Phone number of a clinic in Lima?", today=TODAY)
    assert [q.shown for q in here.quotes] == ["Telephone: +51 1 617 3000"]
    assert here.quotes[0].heading_words[-2:] == (
        "The following clinic in Lima answers by day.",
        "International Clinic",
    )
    assert here.notes == ()
    assert assistant.ask("Phone number of a clinic in Cusco?", today=TODAY).status == "no_source"
    anywhere = assistant.ask("Phone number of a clinic in Peru?", today=TODAY)
    assert [q.shown for q in anywhere.quotes] == ["Telephone: +51 1 617 3000"]


def test_a_title_of_several_towns_names_none(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    said = quote(hit, US, "Crime is rare.", 0.8)
    several = replace(said, document=replace(said.document, title="Peru Crime Report: Lima, Cusco"))
    one = replace(said, document=replace(said.document, title="Peru Crime Report: Lima"))
    assert names(one, "Lima")
    assert not names(several, "Lima")
    assert names(replace(several, shown="Crime is rare in Lima."), "Lima")


@pytest.mark.parametrize(("day", "notes"), [("2020-03-01", (messages.OLD_NUMBER,)), ("2022-03-01", ())])
def test_an_old_number_is_told_to_be_old(peru: Peru, day: str, notes: tuple[str, ...]) -> None:
    assistant = peru((day, GB, "## Emergency services\n\nPolice: 105\n\n## Crime\n\nThieves cut bags."))
    assert assistant.ask("Police number in Peru?", today=TODAY).notes == notes
    assert assistant.ask("Do thieves cut bags in Peru?", today=TODAY).notes == ()


def test_a_counselling_line_stands_below_the_ambulance(peru: Peru) -> None:
    support = "### If you need emotional support\n\nCall Lifeline on 0800 4440 800."
    assistant = peru(("2026-03-01", GB, f"## Emergency services\n\nAmbulance: 106\n\n{support}"))
    asked = assistant.ask("suicide hotline in Peru", today=TODAY)
    assert [q.shown for q in asked.quotes] == ["Call Lifeline on 0800 4440 800."]
    told = assistant.ask("My friend is trying to kill herself in Peru. Is there a hotline?", today=TODAY)
    assert told.status == "emergency"
    assert [q.shown for q in told.quotes] == ["Ambulance: 106", "Call Lifeline on 0800 4440 800."]
    ambulance = assistant.ask("Ambulance number in Peru?", today=TODAY)
    assert [q.shown for q in ambulance.quotes] == ["Ambulance: 106"]


def test_a_quote_is_read_whole(snapshot: Snapshot) -> None:
    """The neighbour that is worth as much is read along, the one about something else is not."""
    question = understand("Is it safe to take a taxi in Kazakhstan?", today=TODAY, covered=snapshot.places)
    _, evidence = Retrieval(snapshot, snapshot.embedder).find(question, Filters(places=("KZ",)))
    pairs = [
        (one, both)
        for one in evidence.quotes
        for both in evidence.quotes
        if one.document.key == both.document.key
        and both.start <= one.start < one.end < both.end
        and abs(one.score - both.score) < 0.02
    ]
    assert pairs
    for one, both in pairs:
        (whole,) = evidence.read_whole([one])
        assert whole.start <= both.start < both.end <= whole.end


def test_what_is_read_whole_holds_its_core_and_comes_once(snapshot: Snapshot) -> None:
    for words in ("Is crime a risk in Kazakhstan?", "taxis at night", "roads in winter", "earthquakes", "bribes"):
        question = understand(words, today=TODAY, covered=snapshot.places)
        _, evidence = Retrieval(snapshot, snapshot.embedder).find(question, Filters(places=("KZ",)))
        core = evidence.quotes[:8]
        whole = evidence.read_whole(core)
        assert whole[0].start <= core[0].start < core[0].end <= whole[0].end
        assert whole[0].score == core[0].score
        assert all(q.text == snapshot.text(q.document)[q.start : q.end] for q in whole)
        spans = sorted((q.document.key, q.start, q.end) for q in whole)
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Is racism bad in Lima, Peru?", "Is racism bad?"),
        ("Is racism bad in Peru?", "Is racism bad?"),
        ("Lima", "Lima"),
    ],
)
def test_a_question_without_its_towns_asks_about_the_country(words: str, left: str) -> None:
    question = without_towns(understand(words, today=TODAY, covered={"PE"}))
    assert (question.search_words, question.places) == (left, ("PE",))


def test_where_no_page_speaks_of_the_town_the_countrys_answer(peru: Peru) -> None:
    said = "Racism is bad and common, and visitors report racism."
    answer = peru(("2026-03-01", GB, said)).ask("Is racism bad in Lima?", today=TODAY)
    assert answer.quotes[0].shown == said
    assert answer.notes == ("None of these quotes names Lima: this is what is said about Peru.",)


def test_no_number_of_a_country_needs_the_town_to_be_named(peru: Peru) -> None:
    answer = peru(("2026-03-01", GB, "## Emergency services\n\nPolice: 105")).ask("Police number in Lima?", today=TODAY)
    assert (answer.quotes[0].shown, answer.notes) == ("Police: 105", ())


def test_an_emergency_number_stands_under_no_other_subject(peru: Peru) -> None:
    told = "For emergency services in Peru, dial 911."
    tests = " ".join(f"Tests for HIV are free of charge in the clinics of the {n}th district." for n in range(4, 14))
    health = f"# Health\n\n## HIV/AIDS\n\n{tests}\n\n{told}"
    local = "# Local contacts\n\n## Ambulance in Lima\n\nFor emergency services in Peru, dial 106."
    answer = peru(("2026-03-01", US, health), ("2026-02-01", AU, local)).ask("Emergency number in Peru?", today=TODAY)
    assert {q.shown: q.heading_words for q in answer.quotes} == {
        told: ("Health",),
        "For emergency services in Peru, dial 106.": ("Local contacts", "Ambulance in Lima"),
    }


def test_the_police_are_told_where_no_page_has_the_embassy(peru: Peru) -> None:
    assistant = peru(("2026-03-01", GB, "## Emergency services\n\nPolice: 105"))
    answer = assistant.ask("Number of the police and of the Polish embassy in Peru?", today=TODAY)
    assert [q.shown for q in answer.quotes] == ["Police: 105"]


def test_of_two_places_each_is_answered_for(tmp_path: Path) -> None:
    """And it is said where one is not: its country's silence must not look like the other's answer."""
    texts = {
        "a.md": page("Peru", "Pickpockets work in buses and trains.", places="[PE]"),
        "b.md": page("Chile", "In buses and trains pickpockets work in pairs.", places="[CL]"),
        "c.md": page("Cuba", "The sea is warm.", places="[CU]"),
    }
    build(tmp_path / "index", {"docs": write_source(tmp_path / "docs", texts)}, HashEmbedder())
    assistant = Assistant(Snapshot.open(tmp_path / "index", HashEmbedder()))
    both = assistant.ask("Do pickpockets work in buses and trains in Peru or Chile?", today=TODAY)
    assert [q.document.title for q in both.quotes] == ["Peru", "Chile"]
    one = assistant.ask("Do pickpockets work in buses and trains in Peru or Cuba?", today=TODAY)
    assert [q.document.title for q in one.quotes] == ["Peru"]
    assert one.notes[0] == "No source here answers this for Cuba."


@pytest.mark.parametrize(
    ("words", "place", "forbidden"),
    [
        ("Do not travel to the Darien Gap.", "Darien Gap", True),
        ("FCDO advises against all travel to:\n• Borno State\n• the city of Srinagar", "Srinagar", True),
        ("Avoid all travel to the southern suburbs of Beirut.", "Beirut", False),
        ("Do not travel to the whole country, except to the capital, Bangui.", "Bangui", False),
        ("Avoid all travel within 10 km of Goma.", "Goma", False),
        ("Avoid non-essential travel to Lima.", "Lima", False),
        ("Do not travel to Limassol.", "Lima", False),
        (
            "FCDO advises against all travel to:\n• West Wollega (with the Addis Ababa to Gambela road)",
            "Addis Ababa",
            False,
        ),
        ("Do not travel to Lima, or to Puno by road.", "Lima", True),
        ("Avoid all travel to the area west of the highway in Bujumbura Rural.", "Bujumbura", False),
    ],
)
def test_advice_against_a_place_itself(words: str, place: str, *, forbidden: bool) -> None:
    assert forbids(words, place) is forbidden


def test_below_an_emergency_number_stands_what_answers(peru: Peru) -> None:
    bites = "If a stray dog bit you, wash the wound with soap, and get the vaccine."
    assistant = peru(("2026-03-01", GB, f"## Emergency services\n\nAmbulance: 106\n\n## Dogs\n\n{bites}"))
    answer = assistant.ask("a stray dog bit me in Peru and I did not get the vaccine", today=TODAY)
    assert answer.status == "emergency"
    assert [q.shown for q in answer.quotes] == ["Ambulance: 106", bites]


def test_an_advice_of_a_government_that_is_no_source(peru: Peru) -> None:
    assistant = peru(("2026-03-01", GB, "We advise against travel to the border."))
    answer = assistant.ask("Does Germany advise against travel to the border of Peru?", today=TODAY)
    assert "No advice of Germany is among the sources." in answer.notes


def test_what_is_fit_to_come_first_may_be_farther_than_the_rest(snapshot: Snapshot) -> None:
    (hit,) = snapshot.hits([0])
    general = quote(hit, GB, "Outbreaks of cholera occur from time to time.", 0.9)
    event = quote(hit, IE, "On 3 August officials declared a cholera outbreak in the north.", 0.6)
    far = quote(hit, AU, "Boil water wherever rivers are low.", 0.6)
    words = [general.shown, event.shown, far.shown]
    assert arranged("Is there a cholera outbreak in Peru?", [general, event, far]) == words[:2]
    near = replace(event, score=0.7)
    assert arranged("Is there a cholera outbreak in Peru?", [general, near, far]) == [near.shown, general.shown]


def test_advice_against_a_place_comes_before_what_does_not_name_it(peru: Peru) -> None:
    body = "## Roads\n\nRoads are narrow and drivers on the roads are tired at night.\n"
    against = "## Areas\n\nDo not travel to Cusco, for there is fighting.\n"
    answer = peru(("2026-01-02", GB, body), ("2026-01-02", US, against)).ask("Is it safe to drive on roads in Cusco?")
    assert [q.shown for q in answer.quotes][:1] == ["Do not travel to Cusco, for there is fighting."]

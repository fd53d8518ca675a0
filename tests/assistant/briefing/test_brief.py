"""The destination brief on the made-up archive, and on documents made for a case."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.briefing.brief import Brief, Gap, TopicBrief, Voice, brief
from assistant.briefing.topics import topics
from assistant.errors import SettingsError
from index.build import build
from index.embedding import Embedder
from index.snapshot import Snapshot
from tests.assistant.conftest import OBSERVED, TODAY
from tests.fakes import page, write_source

AU = "Australian Department of Foreign Affairs and Trade (Smartraveller)"
CA = "Global Affairs Canada"
IE = "Ireland Department of Foreign Affairs"
GB = "UK Foreign, Commonwealth & Development Office"
US = "U.S. Department of State"

Make = Callable[..., Brief]


@pytest.fixture(scope="session")
def kazakhstan(assistant: Assistant) -> Brief:
    return brief(assistant, "KZ", today=TODAY, passport="GB")


@pytest.fixture
def made(tmp_path: Path, model: Embedder, assistant: Assistant) -> Make:
    """The brief of made documents: `made({"a.md": page(…)}, "KZ")`."""

    def make(files: dict[str, str], place: str, **rest: object) -> Brief:
        source = write_source(tmp_path / "docs", files)
        build(tmp_path / "index", {"docs": source}, model, observed=OBSERVED)
        here = Assistant(Snapshot.open(tmp_path / "index", model), assistant.asker)
        return brief(here, place, today=TODAY, **rest)  # type: ignore[arg-type]

    return make


def topic(made: Brief, key: str) -> TopicBrief:
    return next(said for said in made.topics if said.topic.key == key)


def voice(said: TopicBrief, publisher: str) -> Voice:
    return next(v for v in (*said.governments, *said.others, *said.ours) if v.publisher == publisher)


def numbers(made: Brief, service: str) -> list[tuple[str, list[str]]]:
    found = made.card.service(service)
    assert found is not None
    return [(x.quote.document.publisher, [x.quote.shown[n.start : n.end] for n in x.numbers]) for x in found.lines]


def test_every_number_stands_in_its_quote_newest_first(kazakhstan: Brief) -> None:
    assert numbers(kazakhstan, "police") == [(GB, ["102"]), (AU, ["02"]), (US, ["102"])]
    assert numbers(kazakhstan, "ambulance") == [(GB, ["103"]), (AU, ["103"]), (US, ["103"])]
    assert numbers(kazakhstan, "fire") == [(GB, ["101"]), (AU, ["101"])]
    assert kazakhstan.card.service("general") is None
    assert kazakhstan.card.service("tourist police") is None


def test_only_numbers_that_differ_are_a_conflict(kazakhstan: Brief) -> None:
    found = {service.key: service.differ for service in kazakhstan.card.services}
    assert found == {"police": True, "ambulance": False, "fire": False}


def test_a_city_abroad_and_an_embassy_give_no_local_number(kazakhstan: Brief) -> None:
    quoted = [line.quote.shown for service in kazakhstan.card.services for line in service.lines]
    assert not [words for words in quoted if "Moscow" in words or "Foreign Office" in words or "1300" in words]


def test_every_quote_is_word_for_word_its_documents(kazakhstan: Brief, snapshot: Snapshot) -> None:
    quotes = [line.quote for service in kazakhstan.card.services for line in service.lines]
    quotes += [quote for level in kazakhstan.levels for quote in level.quotes]
    quotes += [q for said in kazakhstan.topics for v in (*said.governments, *said.others, *said.ours) for q in v.quotes]
    assert len(quotes) > 25
    for quote in quotes:
        assert snapshot.text(quote.document)[quote.start : quote.end] == quote.text
        assert "KZ" in quote.document.about


def test_levels_keep_each_governments_words_and_are_never_merged(kazakhstan: Brief) -> None:
    assert [(level.publisher, level.words) for level in kazakhstan.levels] == [
        (GB, None),
        (AU, "Exercise normal safety precautions"),
        (CA, "Take normal security precautions (with regional advisories)"),
        (IE, "Normal Precautions"),
        (US, "Level 2: Exercise Increased Caution"),
    ]
    american = kazakhstan.levels[-1]
    assert [quote.shown for quote in american.quotes] == ["Exercise increased caution in Kazakhstan due to crime."]
    assert american.document is not None
    assert str(american.document.date) == "2026-04-02"  # the newer of the two U.S. pages
    assert american.scale.startswith("The U.S. has four levels")


def test_a_region_with_advice_of_its_own_is_named_below_the_level(kazakhstan: Brief) -> None:
    shown = [quote.shown for quote in kazakhstan.levels[2].quotes]
    assert shown == [
        "Kazakhstan - Take normal security precautions",
        "Areas near the Baikonur Cosmodrome - Avoid non-essential travel",
    ]


def test_topics_are_quoted_side_by_side(kazakhstan: Brief) -> None:
    first = {v.publisher: v.quotes[0].shown for v in topic(kazakhstan, "crime").governments if v.quotes}
    assert first == {
        GB: "Muggings happen in Astana and Almaty, most of them at night near clubs and underpasses. "
        "Walk in a group and keep to lit streets.",
        CA: "Pickpockets and bag snatchers are busy in Almaty around the Green Bazaar and on bus 92. "
        "Robbers have followed foreigners home from bars after midnight.",
        US: "Violent crime against visitors is rare. Theft from hotel rooms and cars is not.",
    }
    assert voice(topic(kazakhstan, "hazards"), CA).quotes[0].shown.startswith("Almaty lies in an active seismic zone.")
    assert voice(topic(kazakhstan, "roads"), GB).quotes[0].shown == "Roads outside cities are potholed and unlit."
    assert voice(topic(kazakhstan, "laws"), AU).quotes[0].shown.startswith("A gram of cannabis can mean prison.")


def test_the_travellers_own_government_comes_first(assistant: Assistant) -> None:
    for passport, first in (("CA", CA), ("IE", IE), (None, AU), ("FR", AU)):
        made = brief(assistant, "KZ", today=TODAY, passport=passport, wanted=["crime"])
        assert made.topics[0].governments[0].publisher == first
        assert made.levels[0].publisher == first


def test_silence_is_told_apart_from_having_no_pages(assistant: Assistant, kazakhstan: Brief) -> None:
    terrorism = topic(kazakhstan, "terrorism")
    assert not terrorism.covered
    assert {(v.publisher, v.gap, v.documents) for v in terrorism.governments} == {
        (GB, Gap.NOTHING, 4),
        (AU, Gap.NOTHING, 3),
        (CA, Gap.NOTHING, 2),
        (IE, Gap.NOTHING, 3),
        (US, Gap.NOTHING, 4),
    }
    assert [found.key for found in kazakhstan.gaps] == ["terrorism", "women", "lgbtq", "money", "entry"]
    guinea = brief(assistant, "GN", today=TODAY, wanted=["crime"])
    gaps = {v.publisher: v.gap for v in guinea.topics[0].governments}
    assert gaps == {AU: Gap.NO_PAGES, CA: Gap.NO_PAGES, IE: Gap.NO_PAGES, US: Gap.NO_PAGES, GB: Gap.NOTHING}
    assert [level.pages for level in guinea.levels] == [False, False, False, False, True]


def test_what_only_a_withdrawn_page_says_is_a_gap_that_names_the_page(made: Make) -> None:
    folder = "ireland/Kazakhstan"
    page_listed = {"title": "Health", "file": f"{folder}/Health.md"}
    info = {"name": "Kazakhstan", "last_updated": "2026-05-04T10:00:00Z", "pages": [page_listed]}
    files = {
        f"{folder}/info.json": json.dumps(info),
        f"{folder}/Health.md": "## Health\n\nMedical facilities are limited outside the capital.",
        f"{folder}/Driving.md": "## Driving\n\nRoads are in poor condition and unlit at night.",
    }
    found = made(files, "KZ", wanted=["roads", "health"])
    irish = voice(topic(found, "roads"), IE)
    assert (irish.gap, irish.quotes, irish.documents) == (Gap.OUTDATED, (), 1)
    assert irish.outdated is not None
    assert irish.outdated.doc_id == "ireland/Kazakhstan/Driving.md"
    assert [said.key for said in found.gaps] == ["roads"]


def test_a_service_that_does_not_exist_is_said_and_its_foreign_number_is_not_dialled(made: Make) -> None:
    files = {
        "uk.md": page(
            "Help",
            "# Emergencies\n\nThere is no number like 999 for emergency services.",
            publisher=GB,
            places="[GN]",
            updated="2026-02-01",
        ),
        "us.md": page(
            "Health",
            "# Health\n\nFor emergency services in Guinea, dial 117.",
            publisher=US,
            places="[GN]",
            updated="2022-07-07",
        ),
    }
    found = made(files, "GN")
    general = found.card.service("general")
    assert general is not None
    assert [(line.absent, sorted(line.dialled)) for line in general.lines] == [(True, []), (False, ["117"])]
    assert general.differ


def test_a_publisher_that_denies_and_gives_is_heard_with_both(made: Make) -> None:
    files = {
        "a.md": page("Help", "# Emergencies\n\nThere are no emergency services.", publisher=GB, places="[GN]"),
        "b.md": page("Roads", "# Emergencies\n\nFor emergency services dial 117.", publisher=GB, places="[GN]"),
    }
    general = made(files, "GN", wanted=["crime"]).card.service("general")
    assert general is not None
    assert {(line.absent, line.dialled) for line in general.lines} == {(True, frozenset()), (False, frozenset({"117"}))}


LINES = {
    "KZ": (
        "Call 101 for the fire brigade, 102 for the police and 103 for an ambulance, and 104 if you smell gas.",
        {"police": [["102"]], "ambulance": [["103"]], "fire": [["101"]]},
    ),
    "XK": ("All emergencies: 112 (ambulance, fire, police)", {"general": [["112"]]}),
    "FR": ("Telephone 112 (ambulance, fire, police)", {"general": [["112"]]}),
    "GH": (
        "Phone 191 (police) or 192 (fire and ambulance).",
        {"police": [["191"]], "fire": [["192"]], "ambulance": [["192"]]},
    ),
    "LB": (
        "If you see a forest fire, call the emergency services on 112 (for the fire service, call 175).",
        {"general": [["112"]], "fire": [["175"]]},
    ),
    "AL": ("Police: 192 from a mobile (92 from a landline)", {"police": [["192", "92"]]}),
    "GR": (
        "Dial 1571 for the tourism police or 100 for the police.",
        {"tourist police": [["1571"]], "police": [["100"]]},
    ),
    "IS": ("For non-emergency medical assistance dial 544-4114.", {}),
    "MN": ("The British Embassy answers on 102 in an emergency.", {}),
    "MX": ("In 2019 the police moved to a 272-square-metre museum.", {}),
    "ZM": ("There are no emergency services for stranded drivers.", {}),
    "GQ": ("There are no adequate ambulance services.", {}),
    "GN": ("There are no emergency services in Guinea.", {"general": [[]]}),
    "SO": ("Ambulance services are not available.", {"ambulance": [[]]}),
    "ET": ("Report crimes to the police at 011-126-4359/4377.", {"police": [["0111264359"]]}),
}


def test_whose_number_a_line_gives(tmp_path: Path, model: Embedder, assistant: Assistant) -> None:
    files = {
        f"{code}.md": page(code, f"# Emergencies\n\n{line}", places=f"[{code}]", publisher=US)
        for code, (line, _) in LINES.items()
    }
    build(tmp_path / "index", {"docs": write_source(tmp_path / "docs", files)}, model, observed=OBSERVED)
    opened = Assistant(Snapshot.open(tmp_path / "index", model), assistant.asker)
    for code, (line, expected) in LINES.items():
        card = brief(opened, code, today=TODAY, wanted=["crime"]).card
        given = {
            service.key: [sorted(n.digits for n in told.numbers) for told in service.lines] for service in card.services
        }
        assert given == expected, line


def test_our_own_summary_fills_no_governments_gap(made: Make) -> None:
    ours = page(
        "Roads in Kazakhstan",
        "# Road safety\n\nRoads outside the cities are in poor condition, say two governments.",
        publisher="safecite",
        kind="compiled",
        places="[KZ]",
        based_on=f"[{{publisher: '{GB}', title: Roads, updated: '2026-01-01'}}]",
    )
    theirs = page(
        "Crime",
        "# Crime\n\nPickpockets are common in crowded markets.",
        publisher=GB,
        places="[KZ]",
        updated="2026-01-01",
    )
    found = made({"ours.md": ours, "theirs.md": theirs}, "KZ")
    roads = topic(found, "roads")
    assert not roads.covered
    assert [(v.publisher, v.gap) for v in roads.governments] == [(GB, Gap.NOTHING)]
    assert [v.quotes[0].shown for v in roads.ours] == [
        "Roads outside the cities are in poor condition, say two governments."
    ]
    assert "roads" in [gap.key for gap in found.gaps]
    assert topic(found, "crime").covered


def test_words_that_many_places_share_yield_to_what_is_said_of_this_one(made: Make) -> None:
    shared = "# Crime\n\nPetty crime, such as pickpocketing and purse snatching, occurs."
    own = "\n\nThieves on scooters snatch bags from pedestrians around the harbour."
    codes = ["KZ", "UZ", "KG", "TJ", "TM", "MN", "GE", "AM", "AZ", "TR", "IR", "IQ"]
    files = {
        f"{code}.md": page(code, shared + (own if code == "KZ" else ""), publisher=CA, places=f"[{code}]")
        for code in codes
    }
    kazakh = voice(topic(made(files, "KZ", wanted=["crime"]), "crime"), CA)
    assert kazakh.quotes[0].shown == "Thieves on scooters snatch bags from pedestrians around the harbour."
    assert kazakh.shared[0] == 0
    uzbek = voice(topic(made(files, "UZ", wanted=["crime"]), "crime"), CA)
    assert [quote.shown for quote in uzbek.quotes] == [shared.partition("\n\n")[2]]
    assert uzbek.shared == (11,)


def test_what_sends_the_reader_elsewhere_is_no_quote(made: Make) -> None:
    body = "# Taxis\n\nRead more about taxis and public transport on our website.\n\n# Money\n\nSee the page on cash."
    found = made({"a.md": page("Travel", body, publisher=GB, places="[KZ]")}, "KZ")
    assert [gap.key for gap in found.gaps] == [each.key for each in topics().all]


def test_an_unknown_topic_place_or_passport_is_named(assistant: Assistant) -> None:
    with pytest.raises(SettingsError, match=r"'football' is no topic\. Topics: crime, terrorism"):
        brief(assistant, "KZ", today=TODAY, wanted=["football"])
    with pytest.raises(SettingsError, match="'KAZ' is no place code"):
        brief(assistant, "KAZ", today=TODAY)
    with pytest.raises(SettingsError, match="'QQ' is no place code"):
        brief(assistant, "KZ", today=TODAY, passport="QQ")
    with pytest.raises(
        SettingsError, match=r"about Peru \(\d+ documents searched\). That does not mean that it is safe"
    ):
        brief(assistant, "PE", today=TODAY)


def test_a_copy_that_stopped_changing_says_since_when(made: Make) -> None:
    """Australia's pages changed every month and then never again, though Canada's show that the archive was kept."""
    countries = ["Peru", "Chad", "Mali", "Niger", "Togo", "Benin", "Ghana", "Kenya", "Malawi", "Zambia", "Kazakhstan"]
    files = {}
    for month, country in enumerate(countries, start=1):
        info = {"destination": country, "last_updated": f"2025-{month:02d}-01T09:00:00Z", "pages": []}
        info["overview"] = f"australia/{country}/overview.md"
        files[f"australia/{country}/info.json"] = json.dumps(info)
        files[f"australia/{country}/overview.md"] = "# Overview\n\nBe careful."
    sections = {"security": "canada/Kazakhstan/security.md"}
    info = {"name": "Kazakhstan", "update_date": "2026-08-20T14:31:00", "sections": sections}
    files["canada/Kazakhstan/info.json"] = json.dumps(info)
    files["canada/Kazakhstan/security.md"] = "# Crime\n\nPickpockets are common in crowded markets."
    crime = made(files, "KZ", wanted=["crime"]).topics[0]
    assert (voice(crime, AU).gap, voice(crime, AU).frozen) == (Gap.NOTHING, date(2025, 11, 1))
    assert voice(crime, CA).frozen is None


def test_the_day_of_asking_is_kept(kazakhstan: Brief, snapshot: Snapshot) -> None:
    assert (kazakhstan.today, kazakhstan.snapshot) == (date(2026, 9, 1), snapshot.name)
    assert (kazakhstan.name, kazakhstan.documents) == ("Kazakhstan", 16)

"""Answers from start to end, on the made-up archive with the real model."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import messages
from assistant.answer import Assistant
from assistant.choosing.quotes import Quote
from assistant.outcome import Answer
from assistant.render import to_record
from index.build import build
from index.documents import Status as DocumentStatus
from index.places import place_name
from index.plain import plain_text
from index.snapshot import Snapshot
from tests.assistant.conftest import TODAY, Ask
from tests.fakes import HashEmbedder, page, write_source

COVERED = ["CG", "CH", "FR", "GM", "GN", "GW", "IL", "KZ", "LB", "MM", "PS", "PT", "SB", "TL"]


def shown(answer: Answer) -> str:
    """All quotes as they are shown."""
    return "\n".join(q.shown for q in answer.quotes)


ANSWERED: list[Any] = [
    # question, words that the answer must hold, words that it must not
    ("What do I dial for an ambulance in Kazakhstan?", "Ambulance: 103", "+7"),
    ("What number do I call for the police in Kazakhstan?", "Police: 102", "+7"),
    ("mountain rescue number in Kazakhstan", "Mountain rescue: 112", "+7"),
    ("What number for an ambulance in Lebanon?", "140", "7946"),
    ("What is the emergency number in Lebanon?", "112 or 999", "7946"),
    ("What do I dial for the police in Guinea?", "Police: 117", "7946"),
    ("What is the ambulance number in Guinea?", "Ambulance: 442 020", "7946"),
    ("What do I dial for an ambulance in Guinea-Bissau?", "There is no ambulance service.", "442"),
    ("What is the police number in Burma?", "police answer on 199", "102"),
    ("How can I call the US embassy in Kazakhstan?", "+7 (7172) 555-100", "555 200"),
    ("What is the phone number of the British embassy in Astana?", "+7 7172 555 200", "555-100"),
    ("Is vaping legal in Kazakhstan?", "Vaping became illegal in 2024", "Taxis"),
    ("When does tick-borne encephalitis occur in Kazakhstan?", "from April to September", "2022"),
    ("When did vaping become illegal in Kazakhstan?", "2024", "2022"),
    ("May I photograph soldiers in Kazakhstan?", "may not be photographed", "funeral"),
    ("Do I need to carry my passport in Kazakhstan?", "Keep your passport on you.", "Taxis"),
    ("Are there crocodiles in Timor-Leste?", "Crocodiles live in rivers", "Gangs"),
    ("What happened in Almaty in January 2022?", "troops opened fire", "Dial"),
    ("Are there landmines in Burma?", "stay on paved roads", "civil unrest"),
    ("Is there a US embassy in Guinea-Bissau?", "There is no U.S. embassy in Bissau.", "Honiara"),
    ("Who looks after Australians in Kazakhstan?", "The Australian Embassy in Moscow", "British"),
    ("Is it safe to hail a cab in Almaty at night?", "Do not hail private cars", "Beirut"),
    pytest.param("police number in Almaty", "Police: 102", "+7"),
    pytest.param(
        "How long is the sentence for drug trafficking in Kazakhstan?",
        "twenty years",
        "Drinks have been spiked",
    ),
    pytest.param(
        "What is the phone number of the Irish embassy in Kazakhstan?",
        "+7 495 555 0142",
        "555 200",
    ),
    pytest.param(
        "What number should an Australian call in a consular emergency in Kazakhstan?",
        "+61 2 5550 0100",
        "British",
    ),
]
REFUSED = [
    ("How much does a taxi from the airport cost in Kazakhstan?", "fact_not_covered"),
    ("What is the legal drinking age in Kazakhstan?", "fact_not_covered"),
    ("How many police officers are there in Kazakhstan?", "fact_not_covered"),
    ("Is there malaria in Kazakhstan?", "fact_not_covered"),
    ("What number do I call for an ambulance in Solomon Islands?", "fact_not_covered"),
    ("Is there good surfing in Kazakhstan?", "fact_not_covered"),
    ("Best pizza in Almaty", "off_subject"),
    ("How do I bake bread?", "off_subject"),
    ("Are trains free in Switzerland?", "only_outdated"),
    ("Should I photograph a funeral in Timor-Leste?", "only_outdated"),
    ("Is it safe to travel to Kuwait?", "place_not_covered"),
    ("What is the police number in Peru?", "place_not_covered"),
    ("Is it safe to travel to Chad?", "place_not_covered"),  # its page is damaged
    ("Is it safe to travel to Niger?", "place_not_covered"),  # its page is empty
    ("What number do I call in Wakanda?", "unknown_place"),
]
# Each asked of every place: what one of them answers, another must not answer with the same page.
OF_ANY_PLACE = [
    "What do I dial for the police in {}?",
    "Is it safe to travel to {}?",
    "Are there landmines in {}?",
    "Are taxis dangerous in {}?",
    "my friend collapsed in {}",
]


@pytest.mark.parametrize(("question", "held", "absent"), ANSWERED)
def test_what_is_known_is_quoted(ask: Ask, question: str, held: str, absent: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.reason, answer.abstained) == ("answered", None, False)
    assert held in shown(answer)
    assert absent not in shown(answer)
    assert 1 <= len(answer.quotes) <= 5
    assert answer.message == ""


@pytest.mark.parametrize(("question", "reason"), REFUSED)
def test_what_is_not_known_is_said(ask: Ask, question: str, reason: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.reason, answer.abstained, answer.quotes) == ("no_source", reason, True, ())
    start = re.split(r"\{", messages.NO_SOURCE[reason])[0]
    assert start and answer.message.startswith(start)
    assert bool(answer.closest) is (reason == "fact_not_covered")


def test_the_place_stands_in_the_refusal(ask: Ask) -> None:
    assert ask("Is it safe to travel to Kuwait?").message == (
        "No document here is about Kuwait (46 documents searched). That does not mean that it is safe."
    )
    assert ask("What number do I call in Wakanda?").message == "I do not know a place called “Wakanda”."
    assert ask("Is there malaria in Kazakhstan?").message == (
        "I searched 16 documents and found no answer to this for Kazakhstan. That does not mean that there is no risk."
    )


def test_closest_passages_are_the_first_of_three_pages_about_the_place(ask: Ask) -> None:
    answer = ask("Is there malaria in Kazakhstan?")
    pages = {hit.document.key: hit for hit in reversed(answer.hits)}
    first_of_each = sorted(pages.values(), key=lambda hit: hit.rank)
    assert answer.closest == tuple(first_of_each[:3])
    assert first_of_each != list(answer.hits[: len(pages)])  # some page came twice and was left out
    assert len({hit.document.key for hit in answer.closest}) == 3
    assert all("KZ" in hit.document.about for hit in answer.closest)
    assert ask("Is vaping legal in Kazakhstan?").closest == ()


def test_everything_was_searched_where_nothing_was_held_back(ask: Ask) -> None:
    answer = ask("What is the mains voltage?")
    assert (answer.status, answer.searched) == ("no_source", 39)  # 46 less the withdrawn and superseded


def test_one_document_is_said_in_the_singular(ask: Ask) -> None:
    assert "1 document " in ask("Is there malaria in Solomon Islands?").message


@pytest.fixture(scope="module")
def all_answers(ask: Ask) -> list[tuple[str, Answer]]:
    """Each question of `OF_ANY_PLACE` asked of every place, by its code."""
    return [(code, ask(words.format(place_name(code)))) for code in COVERED for words in OF_ANY_PLACE]


def test_the_place_asked_about_is_the_place_quoted(all_answers: list[tuple[str, Answer]]) -> None:
    quoted = [(code, q.document) for code, answer in all_answers for q in answer.quotes]
    assert len(quoted) > 40
    assert [(code, d.doc_id) for code, d in quoted if code not in d.about] == []
    found = [(code, hit.document) for code, answer in all_answers for hit in answer.hits]
    assert [(code, d.doc_id) for code, d in found if code not in d.about] == []


def test_withdrawn_and_superseded_pages_are_never_quoted(all_answers: list[tuple[str, Answer]]) -> None:
    assert {q.document.status for _, answer in all_answers for q in answer.quotes} == {DocumentStatus.CURRENT}


def test_every_quote_is_a_quote(all_answers: list[tuple[str, Answer]], snapshot: Snapshot) -> None:
    quotes = {(q.document.key, q.start, q.end): q for _, answer in all_answers for q in answer.quotes}
    assert len(quotes) >= 20
    for quote in quotes.values():
        text = snapshot.text(quote.document)
        assert quote.text == text[quote.start : quote.end]
        assert quote.shown == plain_text(text, quote.start, quote.end, quote.document.markup)


def days(quotes: tuple[Quote, ...]) -> list[str]:
    return [str(q.document.date) for q in quotes]


def test_numbers_come_newest_first_and_from_each_page_once(all_answers: list[tuple[str, Answer]], ask: Ask) -> None:
    several = [a.quotes for _, a in all_answers if a.question.wanted == "phone number" and len(a.quotes) > 1]
    assert len(several) >= 4
    for quotes in several:
        assert days(quotes) == sorted(days(quotes), reverse=True)
        assert len({q.document.key for q in quotes}) == len(quotes)
    answer = ask("What number do I call for the police in Kazakhstan?")
    assert days(answer.quotes) == ["2026-06-15", "2026-04-02", "2025-03-10", "2025-02-03"]
    assert answer.quotes[-1].document.publisher == "U.S. Department of State"


def test_disagreement_is_noted_only_where_numbers_differ(ask: Ask) -> None:
    assert messages.DISAGREE in ask("What number do I call for the police in Kazakhstan?").notes
    assert messages.DISAGREE not in ask("What number for an ambulance in Lebanon?").notes
    assert messages.DISAGREE not in ask("What number do I call for the police in Switzerland?").notes
    assert messages.DISAGREE not in ask("Is vaping legal in Kazakhstan?").notes


LEVELS: list[Any] = [
    (
        "Is it safe to go to Kazakhstan?",
        [
            ("Global Affairs Canada", "2026-07-29", "take normal security precautions"),
            ("Ireland Department of Foreign Affairs", "2026-05-04", "normal precautions"),
            ("U.S. Department of State", "2026-04-02", "exercise increased caution"),
            (
                "Australian Department of Foreign Affairs and Trade (Smartraveller)",
                "2025-03-10",
                "exercise normal safety precautions",
            ),
        ],
    ),
    ("What is the US advisory level for Burma?", [("U.S. Department of State", "2026-05-09", "do not travel")]),
    ("Should I go to the Gambia?", [("Global Affairs Canada", "2026-08-20", "exercise a high degree of caution")]),
    pytest.param(
        "What is the advisory level for Lebanon?",
        [
            ("UK Foreign, Commonwealth & Development Office", "2026-08-10", "fcdo advises against travel"),
            ("Ireland Department of Foreign Affairs", "2026-04-23", "do not travel"),
        ],
    ),
]


@pytest.mark.parametrize(("question", "expected"), LEVELS)
def test_each_governments_level_once_newest_first(
    ask: Ask, question: str, expected: list[tuple[str, str, str]]
) -> None:
    answer = ask(question)
    assert [(q.document.publisher, str(q.document.date)) for q in answer.quotes] == [e[:2] for e in expected]
    for quote, (_, _, level) in zip(answer.quotes, expected, strict=True):
        assert level in "\n".join((quote.shown, *quote.heading_words)).casefold()


@pytest.mark.parametrize(
    "question",
    ["What number do I dial for the police?", "Is it safe?", "Are taxis safe?", "Can I vape?", "Are there crocodiles?"],
)
def test_which_place_where_a_place_would_decide(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.reason, answer.abstained) == ("which_place", None, True)
    assert (answer.message, answer.quotes) == (messages.WHICH_PLACE, ())


def test_nonsense_is_not_asked_back(ask: Ask) -> None:
    assert ask("What is the mains voltage?").status == "no_source"
    assert ask("").status == "no_source"


@pytest.mark.parametrize(("words", "kind"), [("Hello!", "greeting"), ("Thank you", "thanks"), ("goodbye", "farewell")])
def test_courtesies_are_answered_and_nothing_is_searched(ask: Ask, words: str, kind: str) -> None:
    answer = ask(words)
    assert (answer.status, answer.reason, answer.hits) == ("no_source", "off_subject", ())
    assert answer.message == messages.COURTESIES[kind]


def test_a_place_set_beforehand_or_carried_decides(ask: Ask) -> None:
    assert "117" in shown(ask("What number do I dial for the police?", place="CH"))
    carried = ask("What about vaping?", history=["Is Almaty dangerous at night?"])
    assert (carried.status, carried.question.carried) == ("answered", True)
    assert "Vaping became illegal in 2024" in shown(carried)
    assert carried.notes == (messages.WIDER_PLACE.format(place="Almaty", country="Kazakhstan"),)


def test_nothing_wider_is_noted_where_the_city_itself_is_spoken_of(ask: Ask) -> None:
    carried = ask("What about taxis?", history=["Is Almaty dangerous at night?"])
    assert (carried.status, carried.question.carried, carried.notes) == ("answered", True, ())
    assert "robbers pose as taxi drivers in Almaty" in shown(carried)


def test_a_follow_up_replaces_the_place(ask: Ask) -> None:
    answer = ask("And in Lebanon?", history=["What do I dial for an ambulance in Kazakhstan?"])
    assert "140" in shown(answer)
    assert {q.document.about for q in answer.quotes} == {("LB",)}


def test_an_unknown_place_in_a_follow_up_is_not_answered_with_the_carried_one(ask: Ask) -> None:
    assert ask("What about crime in general for Wakanda?", history=["Crime in Almaty?"]).reason == "unknown_place"


@pytest.mark.parametrize(
    "words",
    [
        "What is the US level for Kazakhstan in 2026?",
        "Are trains free in Switzerland in 2026?",
        "If I want to photograph a funeral in Timor-Leste, what then?",
    ],
)
def test_the_present_is_not_answered_from_withdrawn_pages(ask: Ask, words: str) -> None:
    answer = ask(words)
    statuses = {hit.document.status for hit in answer.hits}
    assert statuses <= {DocumentStatus.CURRENT}


def test_the_past_may_be_answered_from_old_pages_that_say_so(ask: Ask) -> None:
    answer = ask("Were trains free in Switzerland in 2025?")
    assert "Trains are free for ticket holders" in shown(answer)
    assert answer.quotes[0].document.status is DocumentStatus.WITHDRAWN


EMERGENCIES = [
    # words, history, quoted, absent
    ("I've just been robbed in Almaty", [], "102", "+7"),
    ("my friend collapsed in Guinea-Bissau", [], "There is no ambulance service.", "442"),
    ("there's a fire in our hotel in Lebanon", [], "175", "7946"),
    ("He won't wake up", ["Crime in Kazakhstan?"], "103", "+7"),
    ("my friend collapsed in Kazakhstan, who do I ring?", [], "103", "101"),
    ("someone is bleeding in Guinea, sorry, in Kazakhstan", [], "103", "117"),
]


@pytest.mark.parametrize(("words", "history", "held", "absent"), EMERGENCIES)
def test_emergencies_get_the_local_number(ask: Ask, words: str, history: list[str], held: str, absent: str) -> None:
    answer = ask(words, history=history)
    assert (answer.status, answer.reason, answer.abstained) == ("emergency", None, False)
    assert answer.message == messages.EMERGENCY
    assert held in shown(answer) and absent not in shown(answer)
    assert days(answer.quotes) == sorted(days(answer.quotes), reverse=True)


def test_a_plain_request_for_a_number_is_no_emergency(ask: Ask) -> None:
    answer = ask("police number? im in Almaty")
    assert (answer.status, answer.message) == ("answered", "")
    assert "Police: 102" in shown(answer)


def test_emergencies_without_a_place_or_a_number(ask: Ask) -> None:
    nowhere = ask("someone collapsed")
    assert (nowhere.status, nowhere.abstained, nowhere.message) == ("emergency", True, messages.EMERGENCY_WHERE)
    peru = ask("my friend collapsed in Peru")
    assert (peru.status, peru.abstained) == ("emergency", True)
    assert peru.message == messages.EMERGENCY_NO_NUMBER.format(place="Peru")
    then = ask("in Almaty", history=["someone collapsed"])
    assert (then.status, then.abstained) == ("emergency", False)
    assert "103" in shown(then)


def test_a_question_asked_in_an_emergency_is_answered_below_the_numbers(ask: Ask) -> None:
    history = ["I've just been robbed in Almaty"]
    alone = ask(*history)
    answer = ask("do I need a police report for my insurance?", history=history)
    assert (answer.status, answer.message) == ("emergency", messages.EMERGENCY)
    assert answer.quotes[: len(alone.quotes)] == alone.quotes
    more = answer.quotes[len(alone.quotes) :]
    assert more[0].shown.startswith("Insurers want a police report")
    assert ask("And the police?", history=history).quotes == alone.quotes


def test_what_no_page_answers_in_an_emergency_is_said(ask: Ask) -> None:
    trumpet = "Who plays the trumpet in the national orchestra of Kazakhstan?"
    assert ask(trumpet).reason == "fact_not_covered"
    answer = ask(f"My friend collapsed. {trumpet}")
    assert (answer.status, answer.message) == ("emergency", messages.EMERGENCY)
    assert messages.REST_NOT_ANSWERED in answer.notes and "103" in shown(answer)
    assert messages.REST_NOT_ANSWERED not in ask("My friend collapsed in Kazakhstan").notes


def test_below_the_numbers_nothing_is_looked_for_in_words_that_no_page_has(ask: Ask) -> None:
    answer = ask("Меня укусила собака в Казахстане, что делать?")
    assert answer.status == "emergency"
    assert [quote for quote in answer.quotes if not any(map(str.isdigit, quote.shown))] == []
    assert messages.REST_NOT_ANSWERED not in answer.notes


def test_a_refusal_that_tells_of_harm_gives_the_numbers(ask: Ask) -> None:
    answer = ask("My trumpet was stolen by the national orchestra of Kazakhstan, who is its conductor?")
    assert (answer.status, answer.reason, answer.message) == ("emergency", None, messages.EMERGENCY)
    assert answer.notes.count(messages.REST_NOT_ANSWERED) == 1
    assert "102" in shown(answer)
    asked = ask("Which trumpets are stolen from the national orchestra of Kazakhstan?")
    assert (asked.status, asked.reason, asked.quotes) == ("no_source", "fact_not_covered", ())


def test_an_answer_names_its_snapshot_and_its_time(ask: Ask, snapshot: Snapshot) -> None:
    answer = ask("Is vaping legal in Kazakhstan?")
    assert answer.snapshot == snapshot.name
    assert 0.0 < answer.seconds < 5.0
    assert answer.searched == 16
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    assert answer.judgement is not None and 0.5 <= answer.judgement.probability <= 1.0


def test_asking_twice_gives_the_same_answer(ask: Ask) -> None:
    words = "Is it safe to hail a cab in Almaty at night?"
    assert ask(words).quotes == ask(words).quotes


OneCountry = Callable[..., Assistant]


@pytest.fixture
def one_country(tmp_path: Path) -> OneCountry:
    """Build an index about nothing but Peru, whose police number is given, and more; each build is a new state."""

    def made(number: str, more: str = "") -> Assistant:
        said = {"help.md": f"## Emergency services in Peru\n\nPolice: {number}\n", "more.md": more or "Peru is warm."}
        pages = {name: page("Peru", text, places="[PE]", updated="2026-01-02") for name, text in said.items()}
        source = write_source(tmp_path / "peru", pages)
        build(tmp_path / "index", {"peru": source}, HashEmbedder())
        return Assistant(Snapshot.open(tmp_path / "index", HashEmbedder()), pinned=False)

    return made


def test_where_all_is_about_one_place_it_need_not_be_named(one_country: OneCountry) -> None:
    answer = one_country("105").ask("my friend was just stabbed, call the police", today=TODAY)
    assert (answer.status, shown(answer)) == ("emergency", "Police: 105")


def test_a_number_for_one_case_alone_gives_way_to_the_same_number_for_all(one_country: OneCountry) -> None:
    accident = "## Driving\n\nIn an accident call the police on {}.\n"
    robbed, crashed = "I've just been robbed in Peru", "Police number after a car accident in Peru?"
    assistant = one_country("105", accident.format(105))
    assert shown(assistant.ask(robbed, today=TODAY)) == "Police: 105"
    assert "In an accident" in shown(assistant.ask(crashed, today=TODAY))
    assert "106" in shown(one_country("105", accident.format(106)).ask(robbed, today=TODAY))


EMBASSIES = """## Honorary Consul of Ireland, Cusco

9 Sol Street

## Consulate of Ireland, Arequipa

5 Moon Street

Telephone: +51 54 555 0105

## Embassy of Ireland, Lima

Leema House

12 Star Street, 4th floor

Lima 15074

Telephone: +51 1 555 0112

Send an email to the embassy before you come, since nobody is received without an appointment there.
"""
WHOLE = "Leema House\n12 Star Street, 4th floor\nLima 15074\nTelephone: +51 1 555 0112"


def test_an_embassys_address_is_told_by_whose_it_is(one_country: OneCountry) -> None:
    """Whatever the words around it; the embassy itself before its lesser offices, and none of them for another's."""
    assistant = one_country("105", EMBASSIES)
    for asked in ("embassy", "Irish consulate"):
        answer = assistant.ask(f"Where is the {asked} in Peru?", today=TODAY)
        assert answer.quotes[0].shown == WHOLE
    number = assistant.ask("What is the embassy's phone number in Peru?", today=TODAY)
    assert shown(number) == "Telephone: +51 1 555 0112"
    assert number.notes == ()
    assert assistant.ask("Where is the French embassy in Peru?", today=TODAY).status == "no_source"


def test_an_advice_against_travel_is_no_embassys_address(one_country: OneCountry) -> None:
    assistant = one_country("105", "## Camps\n\nFCDO advises against all travel to the 12 Andean Camps.\n")
    assert assistant.ask("Where is the British embassy in Peru?", today=TODAY).status == "no_source"


def test_of_two_pages_the_newer_tells_where_an_embassy_is(tmp_path: Path) -> None:
    streets = {"2019-05-01": "3 Old Street, as was asked where it is", "2026-05-01": "4 New Street"}
    pages = {
        f"{day}.md": page("Peru", f"## U.S. Embassy Lima\n\n{street}", places="[PE]", publisher="US", updated=day)
        for day, street in streets.items()
    }
    build(tmp_path / "index", {"peru": write_source(tmp_path / "peru", pages)}, HashEmbedder())
    assistant = Assistant(Snapshot.open(tmp_path / "index", HashEmbedder()), pinned=False)
    assert shown(assistant.ask("Where is the US embassy in Peru?", today=TODAY)) == "4 New Street"


def test_an_embassy_without_a_country_is_asked_back(ask: Ask) -> None:
    assert ask("Where is the embassy?").status == "which_place"


def test_a_passport_that_was_taken_is_spoken_of_below_the_numbers(one_country: OneCountry) -> None:
    lost = "Report a lost or stolen passport to the police."
    assistant = one_country("105", f"## Lost or stolen passport\n\n{lost}\n")
    robbed, taken = "I've just been robbed in Peru", "they took my passport too"
    assert shown(assistant.ask(robbed, today=TODAY)) == "Police: 105"
    assert shown(assistant.ask(taken, history=[robbed], today=TODAY)) == f"Police: 105\n{lost}"
    assert shown(assistant.ask("We lost our passports in Peru", today=TODAY)) == lost


def test_an_open_assistant_answers_from_the_newest_state(one_country: OneCountry) -> None:
    early = one_country("105")
    before = early.ask("I've just been robbed in Peru", today=TODAY)
    one_country("911")
    after = early.ask("I've just been robbed in Peru", today=TODAY)
    assert (shown(before), shown(after)) == ("Police: 105", "Police: 911")
    assert before.snapshot != after.snapshot


@pytest.fixture
def koreas(tmp_path: Path) -> Snapshot:
    """Pages about the two Koreas."""
    body = "## Safety\n\nLandmines lie near the border."
    names = {"KR": "South Korea", "KP": "North Korea"}
    pages = {f"{code}.md": page(name, body, places=f"[{code}]") for code, name in names.items()}
    build(tmp_path / "index", {"docs": write_source(tmp_path / "docs", pages)}, HashEmbedder())
    return Snapshot.open(tmp_path / "index", HashEmbedder())


def test_a_name_that_two_countries_share_is_asked_back(koreas: Snapshot) -> None:
    assistant = Assistant(koreas)
    answer = assistant.ask("Are there landmines in Korea?", today=TODAY)
    assert (answer.status, answer.abstained, answer.quotes) == ("which_place", True, ())
    assert answer.question.options == ("KR", "KP")
    assert answer.message == messages.WHICH_OF.format(places="South Korea or North Korea")
    assert to_record(answer)["options"] == ["KR", "KP"]
    in_danger = assistant.ask("I was robbed in Korea", today=TODAY)
    assert (in_danger.status, in_danger.message) == ("emergency", messages.EMERGENCY_WHERE)
    assert (in_danger.question.options, in_danger.quotes) == (("KR", "KP"), ())


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("Are there landmines in Korea?", {"place": "KP"}),
        ("Are there landmines in North Korea?", {}),
        ("Are there landmines?", {"history": ["Is Korea safe?", "North Korea"]}),
    ],
)
def test_what_says_which_country_is_meant_is_heard(koreas: Snapshot, words: str, rest: dict[str, Any]) -> None:
    answer = Assistant(koreas).ask(words, today=TODAY, **rest)
    assert (answer.status, answer.question.options) == ("answered", ())
    assert to_record(answer)["options"] == []
    assert [q.document.doc_id for q in answer.quotes] == ["KP.md"]


def test_questions_about_places_have_an_embedder_of_their_own(koreas: Snapshot) -> None:
    asker = HashEmbedder()
    answer = Assistant(koreas, asker).ask("Are there landmines in North Korea?", today=TODAY)
    assert asker.embedded == ["Are there landmines?"]  # once, however often it is tried
    assert answer.judgement is not None
    expected = asker.vector("Safety\nLandmines lie near the border.") @ asker.vector("Are there landmines?")
    assert answer.judgement.quote.cosine == pytest.approx(float(expected), abs=0.01)


def test_without_places_the_documents_own_embedder_serves(tmp_path: Path) -> None:
    source = write_source(tmp_path / "docs", {"notes.md": page("Notes", "The pump room key hangs behind the door.")})
    build(tmp_path / "index", {"docs": source}, HashEmbedder())
    own, asker = HashEmbedder(), HashEmbedder()
    answer = Assistant(Snapshot.open(tmp_path / "index", own), asker).ask("Where is the pump room key?", today=TODAY)
    assert (own.embedded, asker.embedded) == (["Where is the pump room key?"], [])
    assert shown(answer) == "The pump room key hangs behind the door."


@pytest.mark.parametrize(
    ("words", "nothing"),
    [
        ("vaping on the night bus from Almaty towards Beirut", messages.NONE_ABOUT),
        ("What about vaping in Almaty or Beirut?", messages.NOT_FOR),  # each was searched by itself
    ],
)
def test_a_town_is_noted_for_its_own_country_alone(ask: Ask, words: str, nothing: str) -> None:
    answer = ask(words)
    wider = messages.WIDER_PLACE.format(place="Almaty", country="Kazakhstan")
    assert (answer.question.places, set(answer.notes)) == (("KZ", "LB"), {wider, nothing.format(places="Lebanon")})

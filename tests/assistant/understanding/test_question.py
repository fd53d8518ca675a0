"""What a question is understood to mean: places, topic, whose words, the stand-alone wording."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.understanding.question import Question, understand
from assistant.understanding.wanted import Wanted

COVERED = {"KZ", "LB", "GW", "GN", "CG", "CH", "MM", "FR", "PT", "GM", "IL", "PS", "TL", "SB", "PE", "EG", "GE", "KW"}
TODAY = date(2026, 9, 1)


def read(words: str, *history: str, **rest: Any) -> Question:
    """A question understood on 1 September 2026, over an index that covers some twenty countries."""
    return understand(words, today=TODAY, history=history, covered=COVERED, **rest)


PLACES: list[Any] = [
    ("What do I dial for an ambulance in Kazakhstan?", ["KZ"]),
    ("is it safe to go to peru?", ["PE"]),
    ("WHAT IS THE POLICE NUMBER IN KAZAKHSTAN", ["KZ"]),
    ("Kazakstan police number", ["KZ"]),
    ("the US embassy in Lima", ["PE"]),
    ("Where is the US embassy in Lima?", ["PE"]),
    ("British embassy in Astana phone number", ["KZ"]),
    ("Is there an Australian consulate in Kazakhstan?", ["KZ"]),
    ("as a British woman in Egypt", ["EG"]),
    ("Is it safe as a British woman in Egypt?", ["EG"]),
    ("I am American, is Lebanon safe?", ["LB"]),
    ("I hold a UK passport, can I visit Kazakhstan?", ["KZ"]),
    ("US citizens in Burma", ["MM"]),
    ("travelling to Kazakhstan with my German wife", ["KZ"]),
    ("British tourists in Lebanon", ["LB"]),
    ("my Kazakh friend says taxis are bad in Almaty", ["KZ"]),
    ("Do they speak French in Lebanon?", ["LB"]),
    ("the Lebanese police number", ["LB"]),
    ("are the French police friendly?", ["FR"]),
    ("Is Almaty safe at night?", ["KZ"]),
    ("Should I visit Paris?", ["FR"]),
    ("How dangerous is Tripoli?", ["LB"]),
    ("Is Georgia safe?", ["GE"]),
    ("Atlanta, Georgia", ["US"]),
    ("Police number in Guinea", ["GN"]),
    ("Police number in Guinea-Bissau", ["GW"]),
    ("Congo police", ["CG"]),
    ("democratic republic of the congo fire number", ["CD"]),
    ("crime in Burma", ["MM"]),
    ("crime in Myanmar", ["MM"]),
    ("the Gambia beach theft", ["GM"]),
    ("Azores volcano", ["PT"]),
    ("West Bank", ["PS"]),
    ("Israel and Palestine", ["IL", "PS"]),
    ("kazakhstan vs lebanon crime", ["KZ", "LB"]),
    ("Moving to Almaty from Bishkek", ["KZ", "KG"]),
    ("What is the US advisory level for Kuwait?", ["KW"]),
    ("What does Canada say about Kazakhstan?", ["KZ"]),
    ("What did the US say about Kazakhstan in 2011?", ["KZ"]),
    ("taxis", []),
    ("What number do I dial for the police?", []),
    ("Can I drink in Ramadan?", []),
    pytest.param("Canada's advice for Lebanon", ["LB"]),
    pytest.param("the embassy of Ireland in Kazakhstan", ["KZ"]),
    pytest.param("I'm flying from Australia to Kazakhstan", ["KZ"]),
]


@pytest.mark.parametrize(("words", "places"), PLACES)
def test_places_named(words: str, places: list[str]) -> None:
    found = read(words)
    assert list(found.places) == places
    assert not found.carried


FOLLOW_UPS: list[Any] = [
    # history, words, places, carried
    (["Is Almaty dangerous at night?"], "What about taxis?", ["KZ"], True),
    (["Is it safe to take taxis in Almaty?"], "Do I need a visa?", ["KZ"], True),
    (["Is Lebanon safe?"], "thanks", ["LB"], True),
    (["Vaping in Kazakhstan"], "Is it illegal there?", ["KZ"], True),
    (["Police number in Guinea", "And in Guinea-Bissau?"], "And the fire brigade?", ["GW"], True),
    (["Is Kazakhstan safe?", "Is Lebanon safe?"], "And at night?", ["LB"], True),
    (["Is Kazakhstan safe?", "And drinking?"], "What about drones?", ["KZ"], True),
    (["What is the police number in Beirut?"], "And in Almaty?", ["KZ"], False),
    (["What is the ambulance number in Kazakhstan?"], "And Lebanon?", ["LB"], False),
    (["What number do I dial for the police?"], "Kazakhstan", ["KZ"], False),
    (["taxis"], "and drones?", [], False),
    pytest.param(["Is Kazakhstan safe?"], "What does the US advise?", ["KZ"], True),
    pytest.param(["Is Kazakhstan safe?"], "What do the Americans say?", ["KZ"], True),
]


@pytest.mark.parametrize(("history", "words", "places", "carried"), FOLLOW_UPS)
def test_places_carried(history: list[str], words: str, places: list[str], carried: bool) -> None:
    found = read(words, *history)
    assert (list(found.places), found.carried) == (places, carried)


STANDALONE: list[Any] = [
    # history, words, the kind wanted, services
    (["What number do I dial for the police?"], "Kazakhstan", Wanted.PHONE, ["police"]),
    (["What number do I dial for the police?"], "in Almaty", Wanted.PHONE, ["police"]),
    (["What is the ambulance number in Kazakhstan?"], "What about taxis?", Wanted.TEXT, []),
    (["Police number in Lebanon?"], "And there?", Wanted.PHONE, ["police"]),
    pytest.param(
        ["What is the ambulance number in Kazakhstan?"],
        "And in Lebanon?",
        Wanted.PHONE,
        ["ambulance"],
    ),
    pytest.param(["What is the ambulance number in Kazakhstan?"], "And Lebanon?", Wanted.PHONE, ["ambulance"]),
    pytest.param(
        ["What is the police number in Kazakhstan?"],
        "And the ambulance?",
        Wanted.PHONE,
        ["ambulance"],
    ),
]


@pytest.mark.parametrize(("history", "words", "kind", "services"), STANDALONE)
def test_a_follow_up_keeps_the_topic(history: list[str], words: str, kind: Wanted, services: list[str]) -> None:
    found = read(words, *history)
    assert (found.wanted, [s.key for s in found.services]) == (kind, services)


def test_a_place_set_beforehand_serves_where_the_words_name_none() -> None:
    assert read("police number", place="KZ").places == ("KZ",)
    assert read("police number in Lebanon", place="KZ").places == ("LB",)
    assert read("the US embassy number", place="KZ").places == ("KZ",)
    assert read("police number", place="KZ").carried is False


def test_a_publisher_does_not_replace_the_place_set_beforehand() -> None:
    found = read("What is the US advisory level?", place="KZ")
    assert (found.places, found.publishers) == (("KZ",), ("US",))


@pytest.mark.parametrize(
    ("words", "services"),
    [
        ("Irish citizen arrested in Kazakhstan, who do I phone?", ["consular", "police"]),
        ("My son was detained in Kazakhstan, what number do I call?", ["consular", "police"]),
        ("I was arrested for theft in Kazakhstan, who can I call?", ["consular", "police"]),
        ("What is the police number in Kazakhstan to report an arrest?", ["police"]),
        ("I am lost in Kazakhstan, who do I call?", ["police", "ambulance", "fire"]),
        ("Are people arrested for drinking in Kazakhstan?", []),
    ],
)
def test_who_is_arrested_asks_for_the_consulate(words: str, services: list[str]) -> None:
    assert [service.key for service in read(words).services] == services


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("my suitcase never came in Kazakhstan, who do I call", Wanted.TEXT),
        ("our flight from Kazakhstan is cancelled, who can I contact?", Wanted.TEXT),
        ("my bank card is stuck in a machine in Kazakhstan, who do I call", Wanted.TEXT),
        ("my luggage was stolen in Kazakhstan, who do I call", Wanted.PHONE),
        ("our flight crashed in Kazakhstan, who do I call", Wanted.PHONE),
    ],
)
def test_no_emergency_service_is_asked_for_an_airlines_or_a_banks_matter(words: str, wanted: Wanted) -> None:
    question = read(words)
    assert question.wanted is wanted
    assert bool(question.services) is (wanted is Wanted.PHONE)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("police Beirut", Wanted.PHONE),
        ("ambulance Almaty??", Wanted.PHONE),
        ("police Almaty Kazakhstan", Wanted.PHONE),
        ("Beirut ambulance please", Wanted.PHONE),
        ("embassy phone Beirut", Wanted.PHONE),
        ("police corruption Beirut", Wanted.TEXT),
        ("sim card phone Beirut", Wanted.TEXT),
        ("police took phone Beirut", Wanted.TEXT),
        ("hospital Beirut", Wanted.TEXT),
        ("are the police in Beirut honest?", Wanted.TEXT),
        ("Beirut taxis", Wanted.TEXT),
        ("Beirut", Wanted.TEXT),
    ],
)
def test_a_service_and_a_town_ask_for_its_number(words: str, wanted: Wanted) -> None:
    assert read(words).wanted is wanted


UNKNOWN: list[Any] = [
    ([], "What number do I call in Wakanda?", "Wakanda"),
    ([], "Where can I get help in Zzyzx Town?", "Zzyzx Town"),
    (["Crime in Kazakhstan?"], "And in Wakanda?", "Wakanda"),
    ([], "What number do I call in Kazakhstan?", None),
    ([], "Is it safe in January?", None),
    ([], "WHAT IS SAFE IN WINTER", None),
    ([], "Can I pay in Cash or in Kazakhstan only by card", None),
    pytest.param(["Crime in Kazakhstan?"], "What about Wakanda?", "Wakanda"),
]


@pytest.mark.parametrize(("history", "words", "unknown"), UNKNOWN)
def test_unknown_places(history: list[str], words: str, unknown: str | None) -> None:
    assert read(words, *history).unknown_place == unknown


PUBLISHERS: list[Any] = [
    ("What is the US advisory level for Kuwait?", "US"),
    ("What does Canada say about Kazakhstan?", "CA"),
    ("What did the US say about Kazakhstan in 2011?", "US"),
    ("the UK Foreign Office on Lebanon", "GB"),
    ("the US embassy in Lima", ""),
    ("Is Kazakhstan safe for US citizens?", ""),
    ("Canada's advice for Lebanon", "CA"),
    ("What does the US advise for Kazakhstan?", "US"),
    ("what do the US and UK say about southern Lebanon", "US GB"),
    ("crime in Panama according to Canada", "CA"),
    ("Canada versus Australia on Jordan", "CA AU"),
    ("did the UK raise the level for Jordan", "GB"),
    ("what does the Foreign Office say about Jordan", "GB"),
    ("what does the German Foreign Office say about Jordan", ""),
    ("do the UK and Australia agree about travel to Balochistan?", "GB AU"),
    ("Which side is stricter on Balochistan in Pakistan, Canada or Australia?", "CA AU"),
    ("What do Canada, Ireland and the UK advise for Lebanon?", "CA IE GB"),
]


@pytest.mark.parametrize(
    ("words", "passport", "publishers"),
    [
        ("Would our government evacuate us from Lebanon?", "US", ("US",)),
        ("does my own government advise against Lebanon", "CA", ("CA",)),
        ("Would our government evacuate us from Lebanon?", "DE", ()),  # whose advice is no source
        ("Would our government evacuate us from Lebanon?", None, ()),
        ("Is the government of Lebanon stable?", "US", ()),
        ("What does the UK say, and what does my government, about Lebanon?", "US", ("GB",)),
    ],
)
def test_our_government_is_that_of_the_passport(words: str, passport: str | None, publishers: tuple[str, ...]) -> None:
    found = understand(words, today=date(2026, 9, 1), passport=passport, covered=("LB",))
    assert found.publishers == publishers


LEVELS_OF_TOWNS: list[Any] = [
    ("What does Australia say about Almaty?", Wanted.LEVEL),
    ("compare US and UK advice on Almaty", Wanted.LEVEL),
    ("Which side is stricter on Almaty in Kazakhstan, Canada or Australia?", Wanted.LEVEL),
    ("who is more relaxed about Lebanon, the UK or the US?", Wanted.LEVEL),
    ("What does Australia say about taxis in Almaty?", Wanted.TEXT),
    ("What does Canada say about Kazakhstan?", Wanted.TEXT),
    ("who is more relaxed about drugs in Lebanon, the UK or the US?", Wanted.NAME),
    ("Tell me about Almaty", Wanted.TEXT),
]


@pytest.mark.parametrize(("words", "wanted"), LEVELS_OF_TOWNS)
def test_what_a_government_says_of_a_town_is_first_its_level(words: str, wanted: Wanted) -> None:
    assert read(words).wanted is wanted


@pytest.mark.parametrize(("words", "publishers"), PUBLISHERS)
def test_whose_words_are_asked_for(words: str, publishers: str) -> None:
    question = read(words)
    assert (question.publishers, len(question.places)) == (tuple(publishers.split()), 1)
    assert question.each_government == (len(question.publishers) > 1)


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("the US embassy in Lima", "US"),
        ("Irish consulate Moscow", "IE"),
        ("phone number of the British High Commission in Egypt", "GB"),
        ("Australia's embassy in Kazakhstan", "AU"),
        ("is there an embassy in Kazakhstan?", None),
        ("American food in Lima", None),
        pytest.param("the embassy of Ireland in Kazakhstan", "IE"),
    ],
)
def test_whose_embassy_is_asked_for(words: str, country: str | None) -> None:
    assert read(words).embassy_of == country


PAST: list[Any] = [
    ("Was it safe in Kazakhstan in 2011?", True),
    ("What used to be the police number?", True),
    ("Is it safe in Kazakhstan?", False),
    ("Is it safe in 20 days?", False),
    pytest.param("If I am robbed, what then?", False),
    pytest.param("Is it safe in Kazakhstan in 2026?", False),
    pytest.param("Will it be safe in 2027?", False),
    pytest.param("What has changed since 2024?", False),
]


@pytest.mark.parametrize(("words", "past"), PAST)
def test_questions_about_the_past(words: str, past: bool) -> None:
    assert read(words).about_past is past


@pytest.mark.parametrize(
    ("words", "search_words"),
    [
        ("What do I dial for an ambulance in Kazakhstan?", "What do I dial for an ambulance?"),
        ("is it safe to go to peru?", "is it safe to go?"),
        ("Is Almaty safe at night?", "Is Almaty safe at night?"),
        ("Best pizza", "Best pizza"),
        ("Kazakhstan", "Kazakhstan"),
        ("Tell me about taxis in Lebanon", "taxis"),
    ],
)
def test_the_country_is_a_filter_not_a_word(words: str, search_words: str) -> None:
    assert read(words).search_words == search_words


@pytest.mark.parametrize(
    ("words", "search_words"),
    [
        ("Do British citizens need a visa for Peru?", "Do I need a visa?"),
        ("I'm Irish, do I need a visa for Peru?", "Do I need a visa?"),
        ("Do I need a visa for Peru? I am British", "Do I need a visa?"),
        ("Do I need a visa for Peru? British here.", "Do I need a visa?"),
        ("As an Australian citizen do I need a visa for Peru?", "Do I need a visa?"),
        (
            "I'm Irish, how many blank pages must my passport have for Peru?",
            "how many blank pages must my passport have?",
        ),
        ("visa for Canadian citizens in Peru", "visa for me"),
        ("Are British tourists robbed in Peru?", "Are British tourists robbed?"),
    ],
)
def test_rules_of_entry_are_searched_for_as_pages_tell_their_own_citizens(words: str, search_words: str) -> None:
    assert read(words).search_words == search_words


def test_how_a_place_is_shown() -> None:
    assert read("Is Almaty safe?").where == "Almaty, Kazakhstan"
    assert read("Is Kazakhstan safe?").where == "Kazakhstan"
    assert read("Israel and Palestine").where == "Israel, Palestine"
    assert read("taxis").where == ""
    assert read("taxis", place="KZ").where == "Kazakhstan"


def test_names_are_ordinary_words_where_the_index_is_about_no_place() -> None:
    found = understand("the Suez Crisis in Egypt", today=TODAY, covered=())
    assert (found.places, found.unknown_place, found.search_words) == ((), None, "the Suez Crisis in Egypt")


def test_a_covered_country_wins_over_a_namesake() -> None:
    assert understand("Is Tripoli safe?", today=TODAY, covered={"LB"}).places == ("LB",)
    assert understand("Is Tripoli safe?", today=TODAY, covered={"LY"}).places == ("LY",)


def test_the_words_are_kept_as_they_were() -> None:
    found = read("And taxis?", "Is Kazakhstan safe?", passport="GB")
    assert (found.words, found.history, found.passport) == ("And taxis?", ("Is Kazakhstan safe?",), "GB")
    assert found.today == TODAY

"""Does a quote hold the kind of thing that was asked for?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.choosing.kinds import exact_amount, holds, holds_level, holds_number, says_level
from assistant.understanding.question import Question, understand
from assistant.understanding.services import SERVICES
from assistant.understanding.wanted import Wanted
from index.documents import Document

COVERED = {"KZ", "LB", "GW", "GN"}
PAGE = Document("archive", "page.md", "Kazakhstan: Getting help", "", about=("KZ",))
KEYS = {s.key: s for s in SERVICES}
HELP = ("Getting help", "Emergency services in Kazakhstan")


def read(words: str) -> Question:
    """A question understood on 1 September 2026."""
    return understand(words, today=date(2026, 9, 1), covered=COVERED)


NUMBERS: list[Any] = [
    # services asked for, the line, its headings, whether it holds their number
    (["ambulance"], "Ambulance: 103", HELP, True),
    (["ambulance"], "Police: 102", HELP, False),
    (["ambulance"], "Medical emergencies: 103", (), True),
    (["police"], "Police: call 02 or go to the closest station", (), True),
    (["police"], "Ambulance (Lebanese Red Cross): 140", HELP, False),
    (["fire"], "Dial 112 from any phone; operators pass calls on to police, fire and ambulance.", (), True),
    (["police"], "Dial 112", ("Emergencies", "Police"), True),
    (["police"], "Dial 112", ("Emergencies", "Ambulance"), False),
    ([], "Police: 102", HELP, True),
    ([], "Dial 112 from any phone", HELP, True),
    ([], "Dial 112 from any phone", ("Money",), False),
    (["police"], "Muggings happen at night.", HELP, False),
    (["police"], "The police fined 300 people.", HELP, False),
    (["police"], "The police station at 45 Abay Avenue is open.", HELP, False),
    (["police"], "Call the security services on 1717.", (), True),
    (["police"], "Ask the social security services on 1717.", (), False),
    # embassies and lines abroad are no local numbers, and the other way round
    (["police"], "Call the Foreign Office in London on 020 7946 0999 at any hour.", ("Help from the UK",), False),
    (["police"], "Police in Moscow answer on 102; the embassy answers on +7 495 555 0142.", (), False),
    ([], "The British Embassy in Astana answers on +7 7172 555 200.", ("Help from the UK",), False),
    ([], "+61 2 5550 0100 from overseas", ("In a consular emergency call the duty officer",), False),
    (["police"], "Report crimes to the local police by dialing 155 and contact the U.S. Embassy.", (), True),
    (["police"], "Report crimes to the local police at 112, and contact the Embassy at +7 7172 555 100.", (), True),
    (["police"], "Contact the U.S. Embassy and the police at +7 7172 555 100.", ("U.S. Embassy Astana",), False),
    (["police"], "Report crimes to the local police and contact the U.S. Embassy at +7 7172 555 100.", (), False),
    (["police"], "Call the police and the U.S. Embassy, +7 7172 555 100.", (), False),
    (["police"], "Police in Moscow answer on 102, and the embassy answers on +7 495 555 0142.", (), False),
    (["ambulance"], "Report crimes to the local police by dialing 155 and contact the U.S. Embassy.", (), False),
    (["consular"], "The British Embassy in Astana answers on +7 7172 555 200.", ("Help from the UK",), True),
    (["consular"], "Telephone: +7 (7172) 555-100", ("Embassies", "U.S. Embassy Astana"), True),
    (["consular"], "+61 2 5550 0100 from overseas", ("Call the duty officer in Canberra",), True),
    (["consular"], "Police: 102", HELP, False),
    (["clinic"], "The clinic answers on +7 7172 555 300.", (), True),
    (["ambulance"], "Call 999 or go to a hospital.", ("Medical emergencies",), True),
    (["ambulance"], "Call 999, or go directly to the nearest hospital.", ("Medical emergencies",), True),
    (["police"], "Call 177 000 00\n\nAlways get a police report.", ("Local contacts", "Coastguard"), False),
    (["police"], "Call 199\n\nAlways get a police report.", ("Local contacts", "Police"), True),
    (["fire"], "You can contact the emergency services in Fiji by dialling 911.", ("Fire",), False),
    (["fire"], "You can contact the emergency services in Kazakhstan by dialling 112.", ("Fire",), True),
    (["clinic"], "Call 999 or go to a hospital.", ("Medical emergencies",), False),
    (["police"], "Call 999 or go to a hospital.", ("Medical emergencies",), False),
    (["ambulance"], "Call the hospital on +7 7172 555 300.", ("Medical emergencies",), False),
    (["roadside"], "Vehicle rescue: 140", ("Emergency Assistance",), True),
    (["roadside"], "Dial 112 for emergency services or roadside assistance.", (), True),
    (["roadside"], "Police: 102", HELP, False),
    (["roadside"], "Dial 112 from any phone", HELP, False),
    ([], "Dial 112 for emergency services or roadside assistance.", (), True),
    (["police"], "Roadside assistance: 196", ("Money",), False),
    (["counselling"], "TELL Lifeline (+81 3) 5774 0992", (), True),
    (["counselling"], "National Care Hotline: 1800 202 6868", ("If you need emotional support, call",), True),
    (["counselling"], "Police: 102", HELP, False),
    ([], "TELL Lifeline (+81 3) 5774 0992", HELP, False),
    (["ambulance"], "The hospital offers medical help on +7 7172 555 300.", (), False),
    # that there is none is an answer too
    (["ambulance"], "There is no ambulance service.", HELP, True),
    (["ambulance"], "There are no reliable ambulance services outside the capital.", HELP, True),
    (["ambulance"], "Ambulance services are not available outside Bissau.", HELP, True),
    pytest.param(["ambulance"], "Ambulances are not available.", HELP, True),
    pytest.param(["fire"], "The fire brigade isn’t available.", HELP, True),
    (["ambulance"], "There is a lack of emergency services in the hills.", HELP, True),
    ([], "There is no emergency number.", HELP, True),
    (["fire"], "There is no ambulance service.", HELP, False),
    (["consular"], "There is no U.S. embassy in Bissau.", (), False),
    (["ambulance"], "Do not move before the ambulance comes.", HELP, False),
    (["police"], "Police are not friendly.", HELP, False),
]


@pytest.mark.parametrize(("services", "shown", "headings", "held"), NUMBERS)
def test_numbers_of_the_right_service(services: list[str], shown: str, headings: tuple[str, ...], held: bool) -> None:
    assert holds_number([KEYS[key] for key in services], shown, headings, "KZ") is held


EMBASSIES: list[Any] = [
    # question, line, headings, publisher, held
    ("the US embassy's number in Kazakhstan", "Telephone: +7 7172 555 100", ("U.S. Embassy Astana",), "US", True),
    ("the British embassy's number in Kazakhstan", "Telephone: +7 7172 555 100", ("U.S. Embassy Astana",), "US", False),
    ("the British embassy's number in Kazakhstan", "The British Embassy answers on +7 7172 555 200.", (), "UK", True),
    ("the US embassy's number in Kazakhstan", "The British Embassy answers on +7 7172 555 200.", (), "UK", False),
    ("an embassy's number in Kazakhstan", "The British Embassy answers on +7 7172 555 200.", (), "UK", True),
    ("an embassy's number in Kazakhstan", "The Embassy of Kazakhstan in London: +44 20 7946 0999", (), "UK", False),
    ("Where is the embassy in Kazakhstan?", "Avenida Apoquindo 2929", ("Embassy of Ireland",), "Ireland", True),
    ("Where is the embassy in Kazakhstan?", "Avenida Apoquindo 2929", ("Hospitals",), "Ireland", False),
    ("Phone of the SOS clinic in Almaty?", "8-701-745-9876", ("Astana SOS International Clinic",), "OSAC", False),
    ("Phone of the SOS clinic in Astana?", "8-701-745-9876", ("Astana SOS International Clinic",), "OSAC", True),
    ("Phone of the SOS clinic in Almaty?", "8-7272-58-19-11", ("SOS International Clinic",), "OSAC", True),
    ("Where is the embassy in Kazakhstan?", "Call ahead.", ("Embassy of Ireland",), "Ireland", False),
    ("Where is the embassy in Kazakhstan?", "The Embassy of Kazakhstan is at 4 Kirk Road.", (), "UK", False),
    pytest.param(
        "the Irish embassy's number in Kazakhstan",
        "Police in Moscow answer on 102 as well; the embassy answers on +7 495 555 0142.",
        ("Embassy contact",),
        "Ireland Department of Foreign Affairs",
        True,
    ),
    pytest.param(
        "Where is the British embassy in Kazakhstan?",
        "14 Abay Street",
        ("U.S. Embassy Astana",),
        "U.S. Department of State",
        False,
    ),
]


@pytest.mark.parametrize(("words", "shown", "headings", "publisher", "held"), EMBASSIES)
def test_numbers_of_the_right_embassy(
    words: str, shown: str, headings: tuple[str, ...], publisher: str, held: bool
) -> None:
    assert holds(read(words), shown, headings, replace(PAGE, publisher=publisher)) is held


OTHER_KINDS: list[Any] = [
    (Wanted.AMOUNT, "The fine is 300 tenge.", True),
    (Wanted.AMOUNT, "Half of all drivers drink.", True),
    (Wanted.AMOUNT, "Drivers drink.", False),
    (Wanted.AMOUNT, "Trains are free.", True),
    pytest.param(Wanted.AMOUNT, "Sentences run to twenty years.", True),
    pytest.param(Wanted.AMOUNT, "The limit for drivers is zero.", True),
    pytest.param(Wanted.AMOUNT, "Never leave yours on the table.", False),
    pytest.param(Wanted.AMOUNT, "No one helps.", False),
    (Wanted.AMOUNT, "There is zero tolerance.", False),
    (Wanted.AMOUNT, "Expect daily power cuts.", False),
    (Wanted.DATE, "you may be arrested if protesters march", False),
    (Wanted.DATE, "from May on", True),
    (Wanted.DATE, "from April to September", True),
    (Wanted.DATE, "illegal in 2024", True),
    (Wanted.DATE, "closed on Fridays", False),
    (Wanted.DATE, "on Friday", True),
    (Wanted.DATE, "illegal since 12", False),
    (Wanted.NAME, "The head is Aigerim Satova.", True),
    (Wanted.NAME, "Nobody knows.", False),
    (Wanted.ADDRESS, "on Abay Avenue", True),
    (Wanted.ADDRESS, "near the river", False),
    (Wanted.TEXT, "anything", True),
    (Wanted.TEXT, "", True),
]


@pytest.mark.parametrize(("kind", "shown", "held"), OTHER_KINDS)
def test_other_kinds(kind: Wanted, shown: str, held: bool) -> None:
    assert holds(replace(read("about Kazakhstan"), wanted=kind), shown, (), PAGE) is held


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("How much does a taxi cost in Kazakhstan?", True),
        ("What is the drinking age in Kazakhstan?", True),
        ("How many crocodiles are there in Kazakhstan?", True),
        ("How long is the sentence in Kazakhstan?", False),  # "life" is told without a figure
        ("Is vaping illegal in Kazakhstan? How much is the fine?", False),
        ("How high is the crime rate in Kazakhstan?", False),
        ("Is it fine to share a taxi in Kazakhstan?", False),
    ],
)
def test_where_only_the_figure_answers(words: str, exact: bool) -> None:
    assert exact_amount(read(words)) is exact


def test_what_is_mandatory_is_told_by_a_rule_alone() -> None:
    question = read("Is insurance mandatory in Kazakhstan?")
    assert holds(question, "You must have insurance.", (), PAGE)
    assert not holds(question, "Your insurance needs to cover medical costs.", (), PAGE)
    assert holds(read("Is insurance useful in Kazakhstan?"), "Get insurance.", (), PAGE)


def test_a_number_for_one_city_is_not_anothers() -> None:
    question = read("What is the police number in Almaty?")
    assert holds(question, "Police in Almaty: 102", (), PAGE)
    assert holds(question, "Police: 102", (), PAGE)
    assert not holds(question, "Police in Astana: 102", (), PAGE)
    assert holds(read("What is the police number in Kazakhstan?"), "Police in Astana: 102", (), PAGE)


LEVELS: list[Any] = [
    ("Level 2: Exercise Increased Caution", "Exercise increased caution due to crime.", (), True),
    (
        "Level 2: Exercise Increased Caution",
        "Crime is rare.",
        ("Kazakhstan - Level 2: Exercise Increased Caution",),
        True,
    ),
    ("Take normal security precautions (with regional advisories)", "Take normal security precautions", (), True),
    ("Do Not Travel", "Our gravest warning.", ("Do Not Travel",), True),
    ("Do Not Travel", "Reconsider.", ("Do Not Travel", "Advice"), True),  # the UK puts headings beneath its level
    ("Do Not Travel", "Our gravest warning.", (), False),
    ("Areas where FCDO advises", "Help is limited in areas where FCDO advises against travel.", (), False),
    (None, "Do Not Travel", (), False),
    ("", "Do Not Travel", (), False),
    pytest.param(
        "Areas where FCDO advises against travel",
        "FCDO advises against all travel to the land south of the river.",
        ("Areas where FCDO advises against travel", "South of the Litani"),
        True,
    ),
]


@pytest.mark.parametrize(("level", "shown", "headings", "held"), LEVELS)
def test_levels(level: str | None, shown: str, headings: tuple[str, ...], held: bool) -> None:
    assert holds_level(shown, headings, replace(PAGE, level=level)) is held


def test_a_level_is_said_without_its_number() -> None:
    page = replace(PAGE, level="Level 4: Do Not Travel")
    assert says_level("DO NOT TRAVEL to Burma", page)
    assert not says_level("Level 4", page)

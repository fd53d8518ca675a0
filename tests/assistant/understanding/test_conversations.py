"""Scripted conversations: what each turn is taken to mean alone, where, what for and when.

A row is (what the user writes, its stand-alone wording, codes of the places, what is wanted, the time). Every row but
the first of a conversation is read with those before it.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.followup import stand_alone
from assistant.understanding.question import understand
from assistant.understanding.times import period
from assistant.understanding.wanted import Wanted

TODAY = date(2026, 9, 1)
CODES = (
    "JO KW PK OM KZ LB GW GN PE BO LA GE EG MX AE UG CY TH NP MM CR IL PS SN SG TR MA ES JP ID MW KE CO EC GM CL ML FR"
)
COVERED = frozenset(CODES.split())
TEXT, PHONE, LEVEL, AMOUNT, DATE = Wanted.TEXT, Wanted.PHONE, Wanted.LEVEL, Wanted.AMOUNT, Wanted.DATE

Row = tuple[str, str, str, Wanted, str]
CONVERSATIONS: dict[str, list[Row]] = {
    "Is it safe to take taxis in Almaty at night?": [
        ("And in Lima?", "Is it safe to take taxis in Lima at night?", "PE", TEXT, ""),
        ("what about buses?", "Is it safe to take buses in Lima at night?", "PE", TEXT, ""),
        ("is that still true?", "Is it safe to take buses in Lima at night? Is that still true?", "PE", TEXT, ""),
    ],
    "Where is the US embassy in Lima?": [
        ("its phone number?", "What is the phone number of the US embassy in Lima?", "PE", PHONE, ""),
        ("and in Bolivia?", "What is the phone number of the US embassy in Bolivia?", "BO", PHONE, ""),
        ("sorry, Laos", "What is the phone number of the US embassy in Laos?", "LA", PHONE, ""),
        ("is it safe to drive?", "Is it safe to drive in Laos?", "LA", TEXT, ""),
    ],
    "What is the police number in Kazakhstan?": [
        ("and the ambulance?", "What is the ambulance number in Kazakhstan?", "KZ", PHONE, ""),
        ("and in 2011?", "What is the ambulance number in Kazakhstan in 2011?", "KZ", PHONE, "in 2011"),
        ("and in Almaty?", "What is the ambulance number in Almaty in 2011?", "KZ", PHONE, "in 2011"),
        ("and now?", "What is the ambulance number in Almaty now?", "KZ", PHONE, ""),
    ],
    "Do I need a visa for Peru?": [
        ("how much?", "How much is a visa for Peru?", "PE", AMOUNT, ""),
        ("and for Germans?", "Do Germans need a visa for Peru?", "PE", TEXT, ""),
        ("same question for Bolivia", "Do Germans need a visa for Bolivia?", "BO", TEXT, ""),
        ("does it apply to kids?", "Do Germans need a visa for Bolivia? Does it apply to kids?", "BO", TEXT, ""),
    ],
    "Do British citizens need a visa for Kazakhstan?": [
        ("and for Germans?", "Do Germans need a visa for Kazakhstan?", "KZ", TEXT, ""),
        ("what about vaccinations?", "Do Germans need vaccinations for Kazakhstan?", "KZ", TEXT, ""),
        ("and Peru?", "Do Germans need vaccinations for Peru?", "PE", TEXT, ""),
    ],
    "Can I drink alcohol in Dubai?": [
        ("what about for women?", "Can women drink alcohol in Dubai?", "AE", TEXT, ""),
        ("and at the weekend?", "Can women drink alcohol in Dubai at the weekend?", "AE", TEXT, ""),
        (
            "how much is the fine?",
            "Can women drink alcohol in Dubai at the weekend? How much is the fine?",
            "AE",
            AMOUNT,
            "",
        ),
        ("what about vaping?", "What about vaping in Dubai?", "AE", TEXT, ""),
    ],
    "Is Georgia safe?": [
        ("no, I meant Georgia the country", "Is Georgia safe?", "GE", LEVEL, ""),
        ("what about Peru?", "Is Peru safe?", "PE", LEVEL, ""),
        ("the other one", "Is Georgia safe?", "GE", LEVEL, ""),
        ("ok thanks, and hospitals?", "What about hospitals in Georgia?", "GE", TEXT, ""),
    ],
    "Should I travel to Mali?": [
        ("why", "Why is this the advisory level for Mali?", "ML", LEVEL, ""),
        ("the north I mean", "Should I travel to northern Mali?", "ML", TEXT, ""),
        ("typo, I meant Senegal", "Should I travel to Senegal?", "SN", LEVEL, ""),
    ],
    "is it safe for hikers in Georgia": [
        ("I meant the country not the US state", "Is it safe for hikers in Georgia?", "GE", TEXT, ""),
        ("no not Georgia, I asked for Nepal", "Is it safe for hikers in Nepal?", "NP", TEXT, ""),
        ("which hospitals?", "Which hospitals in Nepal?", "NP", TEXT, ""),
        ("and if I get sick", "What if I get sick in Nepal?", "NP", TEXT, ""),
        ("do I have to wear a helmet there?", "Do I have to wear a helmet in Nepal?", "NP", TEXT, ""),
        (
            "what happens if I don't",
            "Do I have to wear a helmet in Nepal? What happens if I don't?",
            "NP",
            TEXT,
            "",
        ),
    ],
    "is Lagos Nigeria dangerous at night?": [
        ("what about the beach?", "What about the beach in Lagos, Nigeria?", "NG", TEXT, ""),
    ],
    "where is the british embassy in Amman?": [
        ("and its number?", "What is the number of the british embassy in Amman?", "JO", PHONE, ""),
        ("the irish one?", "What is the number of the Irish embassy in Amman?", "JO", PHONE, ""),
        ("so should I go?", "Is it safe to travel to Amman?", "JO", TEXT, ""),
    ],
    "do I need a visa for Pakistan?": [
        ("my wife is german", "Does a German citizen need a visa for Pakistan?", "PK", TEXT, ""),
        ("and with an irish passport?", "Does an Irish citizen need a visa for Pakistan?", "PK", TEXT, ""),
        ("sry, i ment Oman", "Does an Irish citizen need a visa for Oman?", "OM", TEXT, ""),
    ],
    "hi": [
        ("Is Kazakhstan dangerous?", "Is Kazakhstan dangerous?", "KZ", LEVEL, ""),
        ("yes", "Is Kazakhstan dangerous?", "KZ", LEVEL, ""),
        ("ok thanks", "ok thanks", "", TEXT, ""),
        ("And drones?", "What about drones in Kazakhstan?", "KZ", TEXT, ""),
    ],
    "What do the governments say about crime in Mexico?": [
        ("and terrorism?", "What do the governments say about terrorism in Mexico?", "MX", TEXT, ""),
        ("what about in Cancun?", "What do the governments say about terrorism in Cancún?", "MX", TEXT, ""),
        ("What is the weather like?", "What is the weather like in Cancún?", "MX", TEXT, ""),
        ("thanks!", "thanks!", "", TEXT, ""),
    ],
    "What number do I dial for the police?": [
        ("Kazakhstan", "What number do I dial for the police in Kazakhstan?", "KZ", PHONE, ""),
        ("tourist police?", "What number do I dial for the tourist police in Kazakhstan?", "KZ", PHONE, ""),
        ("and the fire brigade in Lebanon?", "What number do I dial for the fire brigade in Lebanon?", "LB", PHONE, ""),
    ],
    "My phone was stolen in Lima": [
        ("who do I call?", "My phone was stolen in Lima. Who do I call?", "PE", PHONE, ""),
        ("where do I report it?", "My phone was stolen in Lima. Where do I report it?", "PE", TEXT, ""),
        ("and my passport?", "What about my passport in Lima?", "PE", TEXT, ""),
    ],
    "Is Almaty safe at night?": [
        ("And during the day?", "Is Almaty safe during the day?", "KZ", TEXT, ""),
        ("in winter?", "Is Almaty safe in winter?", "KZ", TEXT, ""),
        ("with kids?", "Is Almaty safe in winter with kids?", "KZ", TEXT, ""),
    ],
    "Are taxis safe in Lima?": [
        ("and the metro?", "Is the metro safe in Lima?", "PE", TEXT, ""),
        ("and earthquakes?", "What about earthquakes in Lima?", "PE", TEXT, ""),
        ("What about in Cusco for women?", "What about earthquakes in Cusco for women?", "PE", TEXT, ""),
    ],
    "Is there malaria in Uganda?": [
        ("dengue?", "Is there dengue in Uganda?", "UG", TEXT, ""),
        ("do I need pills?", "Do I need pills in Uganda?", "UG", TEXT, ""),
        ("what about for pregnant women?", "Do pregnant women need pills in Uganda?", "UG", TEXT, ""),
    ],
    "Was it safe in Kazakhstan in 2011?": [
        ("And in Almaty?", "Was it safe in Almaty in 2011?", "KZ", TEXT, "in 2011"),
        ("what about taxis?", "What about taxis in Almaty in 2011?", "KZ", TEXT, "in 2011"),
        ("and in 2015?", "What about taxis in Almaty in 2015?", "KZ", TEXT, "in 2015"),
        ("Is it safe to drive?", "Is it safe to drive in Almaty?", "KZ", TEXT, ""),
    ],
    "Tell me about taxis in Lebanon": [
        ("and buses", "Tell me about buses in Lebanon", "LB", TEXT, ""),
        ("not Lebanon, Cyprus", "Tell me about buses in Cyprus", "CY", TEXT, ""),
        ("how old is that?", "Tell me about buses in Cyprus. How old is that?", "CY", AMOUNT, ""),
    ],
    "What is the ambulance number in Kazakhstan?": [
        ("And Lebanon?", "What is the ambulance number in Lebanon?", "LB", PHONE, ""),
        ("And there?", "What is the ambulance number in Lebanon?", "LB", PHONE, ""),
        ("what's the number of the UK embassy?", "What's the number of the UK embassy in Lebanon?", "LB", PHONE, ""),
    ],
    "Is it safe to travel to the Gambia?": [
        ("and the UAE?", "Is it safe to travel to the United Arab Emirates?", "AE", LEVEL, ""),
        ("in Wakanda?", "in Wakanda?", "", TEXT, ""),
        ("what about Senegal?", "Is it safe to travel to Senegal?", "SN", LEVEL, ""),
    ],
    "Can I bring a drone to Egypt?": [
        ("what about medicines?", "Can I bring medicines to Egypt?", "EG", TEXT, ""),
        ("really?", "Can I bring medicines to Egypt? Really?", "EG", TEXT, ""),
        ("and taxis?", "What about taxis in Egypt?", "EG", TEXT, ""),
    ],
    "Police number in Guinea": [
        ("And in Guinea-Bissau?", "Police number in Guinea-Bissau", "GW", PHONE, ""),
        ("And the fire brigade?", "Fire brigade number in Guinea-Bissau", "GW", PHONE, ""),
        ("And Mali", "Fire brigade number in Mali", "ML", PHONE, ""),
    ],
    "What changed for Lebanon since July?": [
        ("and for Egypt?", "What changed for Egypt since July?", "EG", TEXT, "since July 2026"),
        ("since March?", "What changed for Egypt since March?", "EG", TEXT, "since March 2026"),
        ("what about Peru?", "What changed for Peru since March?", "PE", TEXT, "since March 2026"),
    ],
    "Is it illegal to vape in Singapore?": [
        ("what is the penalty?", "Is it illegal to vape in Singapore? What is the penalty?", "SG", TEXT, ""),
        ("and in Thailand?", "Is it illegal to vape in Thailand?", "TH", TEXT, ""),
        ("why?", "Why is it illegal to vape in Thailand?", "TH", TEXT, ""),
    ],
    "Are there sharks in Mexico?": [
        ("crocodiles?", "Are there crocodiles in Mexico?", "MX", TEXT, ""),
        ("and in Costa Rica?", "Are there crocodiles in Costa Rica?", "CR", TEXT, ""),
        ("has anyone been attacked?", "Has anyone been attacked in Costa Rica?", "CR", TEXT, ""),
    ],
    "Israel and Palestine border crossings": [
        ("are they open?", "Israel and Palestine border crossings. Are they open?", "IL PS", TEXT, ""),
        ("what about at night?", "Israel and Palestine border crossings at night", "IL PS", TEXT, ""),
    ],
    "Is the tap water safe in Nepal?": [
        ("and street food?", "Is street food safe in Nepal?", "NP", TEXT, ""),
        ("what about in Myanmar?", "Is street food safe in Myanmar?", "MM", TEXT, ""),
        ("should I boil it?", "Is street food safe in Myanmar? Should I boil it?", "MM", TEXT, ""),
    ],
    "What is the crime rate in Colombia?": [
        ("and Ecuador?", "What is the crime rate in Ecuador?", "EC", TEXT, ""),
        ("how about last year?", "What is the crime rate in Ecuador last year?", "EC", TEXT, "in 2025"),
        ("and what about kidnapping?", "What about kidnapping in Ecuador last year?", "EC", TEXT, "in 2025"),
    ],
    "Can I drive on my British licence in Japan?": [
        ("what about scooters?", "What about scooters in Japan?", "JP", TEXT, ""),
        ("and in Indonesia?", "What about scooters in Indonesia?", "ID", TEXT, ""),
        ("Do I need insurance?", "Do I need insurance in Indonesia?", "ID", TEXT, ""),
    ],
    "earthquakes in Turkey": [
        ("And tsunamis?", "What about tsunamis in Türkiye?", "TR", TEXT, ""),
        ("are they common?", "What about tsunamis in Türkiye? Are they common?", "TR", TEXT, ""),
        ("what should I do?", "What about tsunamis in Türkiye? What should I do?", "TR", TEXT, ""),
    ],
    "Is it safe to go to Kenya?": [
        ("The coast?", "The coast in Kenya?", "KE", TEXT, ""),
        ("And alone?", "The coast in Kenya alone?", "KE", TEXT, ""),
        ("Which areas should I avoid?", "Which areas should I avoid in Kenya?", "KE", Wanted.AREAS, ""),
        ("and in Malawi?", "Which areas should I avoid in Malawi?", "MW", Wanted.AREAS, ""),
    ],
    "Do I need a yellow fever certificate for Kenya?": [
        (
            "I was in Uganda last week",
            "Do I need a yellow fever certificate for Kenya? I was in Uganda last week.",
            "KE UG",
            TEXT,
            "",
        ),
        ("and for my baby?", "Does my baby need a yellow fever certificate for Kenya?", "KE", TEXT, ""),
        ("I was robbed in Lima", "I was robbed in Lima", "PE", TEXT, ""),
        ("I was in Lima and lost my bag", "I was in Lima and lost my bag", "PE", TEXT, ""),
        ("I'm Irish", "I was in Lima and lost my bag as an Irish citizen", "PE", TEXT, ""),
    ],
    "Can I get arrested for drugs in Bali?": [
        ("what about prescription medicine?", "What about prescription medicine in Bali?", "ID", TEXT, ""),
        ("as a woman?", "What about prescription medicine in Bali as a woman?", "ID", TEXT, ""),
        ("okay and the police, are they corrupt?", "What about the police, are they corrupt in Bali?", "ID", TEXT, ""),
    ],
    "Is homosexuality legal in Morocco?": [
        ("and Spain?", "Is homosexuality legal in Spain?", "ES", TEXT, ""),
        ("is it enforced?", "Is homosexuality legal in Spain? Is it enforced?", "ES", TEXT, ""),
        ("how about in the 1990s?", "Is homosexuality legal in Spain in the 1990s?", "ES", TEXT, "from 1990 to 1999"),
    ],
    "What is the police number in Peru?": [
        ("Is it safe to drive?", "Is it safe to drive in Peru?", "PE", TEXT, ""),
        ("and the police?", "What about the police in Peru?", "PE", TEXT, ""),
        ("Is it safe to drive in Chile?", "Is it safe to drive in Chile?", "CL", TEXT, ""),
    ],
    "Is it safe to walk around Lima at night?": [
        ("and the police?", "What about the police in Lima?", "PE", TEXT, ""),
        ("What about women?", "What about the police in Lima for women?", "PE", TEXT, ""),
        ("how often?", "What about the police in Lima for women? How often?", "PE", TEXT, ""),
    ],
    "What do I dial for the fire brigade in France?": [
        ("Good hospitals in Lima?", "Good hospitals in Lima?", "PE", TEXT, ""),
        ("what is the phone number?", "What is the phone number of the hospitals in Lima?", "PE", PHONE, ""),
    ],
    "I am pregnant. Is there zika in Peru?": [
        ("and in Bolivia?", "I am pregnant. Is there zika in Bolivia?", "BO", TEXT, ""),
        ("and malaria?", "I am pregnant. Is there malaria in Bolivia?", "BO", TEXT, ""),
        ("Should I go there?", "I am pregnant. Is there malaria in Bolivia? Should I go there?", "BO", TEXT, ""),
    ],
    "Is there a curfew in Lebanon?": [
        ("until when?", "Is there a curfew in Lebanon? Until when?", "LB", TEXT, ""),
        ("tell me more", "Is there a curfew in Lebanon?", "LB", TEXT, ""),
        ("Was there one in 2019?", "Is there a curfew in Lebanon? Was there one in 2019?", "LB", TEXT, "in 2019"),
    ],
    "Is the metro safe in Cairo?": [
        ("and Uber?", "Is Uber safe in Cairo?", "EG", TEXT, ""),
        ("by night?", "Is Uber safe in Cairo by night?", "EG", TEXT, ""),
        ("ok, thank you so much!", "ok, thank you so much!", "", TEXT, ""),
        ("taxis in Luxor?", "Taxis in Luxor?", "EG", TEXT, ""),
    ],
    "How bad is pickpocketing in Barcelona?": [
        ("what about Madrid then", "How bad is pickpocketing in Madrid?", "ES", TEXT, ""),
        ("and on the metro", "How bad is pickpocketing in Madrid on the metro?", "ES", TEXT, ""),
        ("which lines?", "How bad is pickpocketing in Madrid on the metro? Which lines?", "ES", TEXT, ""),
        (
            "what should I do if it happens",
            "How bad is pickpocketing in Madrid on the metro? What should I do if it happens?",
            "ES",
            TEXT,
            "",
        ),
    ],
    "Is it ok to drink the water in Mexico": [
        ("brushing teeth too?", "Is it ok to drink the water in Mexico? Brushing teeth too?", "MX", TEXT, ""),
        ("what about ice", "Is it ok to drink ice in Mexico?", "MX", TEXT, ""),
        ("same for Guatemala?", "Is it ok to drink ice in Guatemala?", "GT", TEXT, ""),
        ("and fruit", "What about fruit in Guatemala?", "GT", TEXT, ""),
    ],
    "What's the emergency number in Japan": [
        (
            "is that for ambulance as well",
            "What's the emergency number in Japan? Is that for ambulance as well?",
            "JP",
            PHONE,
            "",
        ),
        (
            "and if I don't speak Japanese?",
            "What's the emergency number in Japan if I don't speak Japanese?",
            "JP",
            PHONE,
            "",
        ),
        (
            "what about South Korea",
            "What's the emergency number in South Korea if I don't speak Japanese?",
            "KR",
            PHONE,
            "",
        ),
    ],
    "Is it legal to carry pepper spray in Germany?": [
        ("what about knives", "Is it legal to carry knives in Germany?", "DE", TEXT, ""),
        ("and Austria", "Is it legal to carry knives in Austria?", "AT", TEXT, ""),
        ("penalty?", "Is it legal to carry knives in Austria? Penalty?", "AT", TEXT, ""),
    ],
    "Can I wear shorts in Jordan": [
        ("my girlfriend?", "Can my girlfriend wear shorts in Jordan?", "JO", TEXT, ""),
        ("in mosques?", "Can my girlfriend wear shorts in Jordan in mosques?", "JO", TEXT, ""),
        ("Petra?", "Can my girlfriend wear shorts in Petra in mosques?", "JO", TEXT, ""),
    ],
    "tick-borne encephalitis Austria": [
        ("Is there a vaccine for it?", "Tick-borne encephalitis Austria. Is there a vaccine for it?", "AT", TEXT, ""),
        ("how long before travel", "Tick-borne encephalitis Austria. How long before travel?", "AT", AMOUNT, ""),
        ("what about Slovenia or Croatia", "Tick-borne encephalitis Slovenia and Croatia", "SI HR", TEXT, ""),
    ],
    "Are there landmines in Bosnia": [
        ("where exactly", "Are there landmines in Bosnia? Where exactly?", "BA", TEXT, ""),
        ("can i hike there", "Can i hike in Bosnia and Herzegovina?", "BA", TEXT, ""),
        ("and in Croatia?", "Can i hike in Croatia?", "HR", TEXT, ""),
        ("since when?", "Can i hike in Croatia? Since when?", "HR", DATE, ""),
    ],
    "What does the UK say about Ethiopia?": [
        ("and the US?", "What does the United States say about Ethiopia?", "ET", TEXT, ""),
        ("which regions", "What does the United States say about Ethiopia? Which regions?", "ET", TEXT, ""),
        (
            "when was that updated",
            "What does the United States say about Ethiopia? When was that updated?",
            "ET",
            TEXT,
            "",
        ),
        ("what about Eritrea", "What does the United States say about Eritrea?", "ER", TEXT, ""),
    ],
}

TURNS = [
    pytest.param(
        words, (first, *(row[0] for row in rows[:at])), (sentence, places, wanted, when), id=f"{first} {words}"
    )
    for first, rows in CONVERSATIONS.items()
    for at, (words, sentence, places, wanted, when) in enumerate(rows)
]


@pytest.mark.parametrize(("words", "history", "meant"), TURNS)
def test_a_turn_stands_alone(words: str, history: tuple[str, ...], meant: tuple[str, str, Wanted, str]) -> None:
    sentence, places, wanted, when = meant
    assert stand_alone(words, history) == sentence
    # Asked afresh, the stand-alone wording means what the turn meant.
    alone = understand(sentence, today=TODAY, covered=COVERED)
    found = period(sentence, TODAY)
    assert (" ".join(alone.places), alone.wanted, found.words if found else "") == (places, wanted, when)


@pytest.mark.parametrize(
    ("before", "words", "sentence"),
    [
        ("Is it safe in Lebanon?", "what if the ground shakes in Beirut", "What if the ground shakes in Beirut?"),
        ("Is it safe in Lebanon?", "ok, what if I get robbed?", "What if I get robbed in Lebanon?"),
        ("Can I drive in Peru?", "what if it rains", "Can I drive in Peru? What if it rains?"),
        ("Is it safe to walk in Lima?", "what if in Cusco?", "Is it safe to walk in Cusco?"),
    ],
)
def test_a_supposition_is_no_thing_to_be_asked_about(before: str, words: str, sentence: str) -> None:
    assert stand_alone(words, [before]) == sentence


@pytest.mark.parametrize(
    ("before", "words", "sentence"),
    [
        ("Is Oman safe?", "and women there?", "Is Oman safe for women?"),
        ("Is Oman safe?", "what about kids there", "Is Oman safe for kids?"),
        ("Is Oman safe?", "taxis there", "Taxis in Oman"),
        ("Is Oman safe?", "do women there drive", "Do women there drive in Oman?"),
        ("Is Lagos safe?", "then is the north ok", "Is northern Nigeria ok?"),
        ("Is Lagos safe?", "the north?", "Is northern Nigeria safe?"),
        ("What is the police number in Nigeria?", "is the north safe?", "Is northern Nigeria safe?"),
        ("Is southern Lebanon safe?", "and the north?", "Is northern Lebanon safe?"),
        ("Is southern Lebanon safe?", "is the north face open", "Is the north face open in southern Lebanon?"),
        ("What level is Mali?", "who says so?", "What level is Mali? Who says so?"),
        ("What level is Mali?", "which governments say that?", "What level is Mali? Which governments say that?"),
        (
            "What does the UK say about Mali?",
            "what does the other government say",
            "What do Australia, Canada, Ireland and the United States say about Mali?",
        ),
        (
            "What do the UK and the US say about Mali?",
            "other governments?",
            "What do Australia, Canada and Ireland say about Mali?",
        ),
        (
            "Is Mali safe?",
            "what do the other governments say?",
            "Is Mali safe? What do the other governments say?",
        ),
        ("Where is the British embassy in Amman?", "and mine?", "Where is my embassy in Amman?"),
        ("Where is the British embassy in Amman?", "ours?", "Where is my embassy in Amman?"),
        ("Is Peru or Chile safe?", "which of them is safer", "Which is safer, Peru or Chile?"),
        ("Peru or Chile for a solo woman", "which one is safer?", "Which is safer, Peru or Chile?"),
        ("Is Peru safe?", "which one is safer?", "Which one is safer in Peru?"),
        ("Is Georgia safe to drive in?", "no I meant the state not the country", "Is Georgia USA safe to drive in?"),
        ("Is Peru safe to drive in?", "I meant the state", "Is Peru safe to drive in?"),
    ],
)
def test_what_is_left_to_the_turn_before(before: str, words: str, sentence: str) -> None:
    assert stand_alone(words, [before]) == sentence


def test_thanks_leave_the_subject_as_it_was() -> None:
    history = ["Is Oman safe?", "thank you you saved my trip"]
    assert stand_alone("and Peru?", history) == "Is Peru safe?"
    assert stand_alone("thanks, that was very useful", history) == "thanks, that was very useful"


def test_my_embassy_is_that_of_the_passport() -> None:
    history = ["Where is the British embassy in Amman?"]
    asked = understand("and mine?", today=TODAY, history=history, passport="IE", covered=COVERED)
    assert (asked.places, asked.embassy_of, asked.wanted) == (("JO",), "IE", Wanted.ADDRESS)


def test_the_state_is_no_country() -> None:
    history = ["Is Georgia safe to drive in?"]
    asked = understand("no I meant the state not the country", today=TODAY, history=history, covered=COVERED | {"US"})
    assert asked.places == ("US",)


def test_a_question_without_history_stays_as_it_was() -> None:
    for words in (*CONVERSATIONS, "and taxis?", "  why? ", ""):
        assert stand_alone(words, ()) == words.strip()


def test_there_are_enough_conversations() -> None:
    assert len(CONVERSATIONS) >= 25
    assert len(TURNS) >= 100


PIECES = """and what about in for Peru Almaty women taxis why how much it that is safe ? , . the police number 2011 now
yes sorry ok its there Germans at night do I need a visa one other same not"""


@given(st.lists(st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join) | st.text(max_size=40), max_size=5))
def test_any_conversation_gives_one_wording(turns: list[str]) -> None:
    *history, words = turns or [""]
    sentence = stand_alone(words, history)
    assert isinstance(sentence, str)
    assert len(sentence) <= 60 * (len(turns) + 1) + sum(map(len, turns))
    if not re.search(r"\w", words):
        assert sentence == words.strip()

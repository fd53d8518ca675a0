"""Danger told in few words, and the questions that use the same words."""

from __future__ import annotations

import pytest

from assistant.understanding.alarm import listener
from assistant.understanding.emergency import (
    Heard,
    Listener,
    is_emergency,
    is_outright,
    likely_services,
    may_need_help,
    services,
)
from index.embedding import Embedder, load_asker

TOLD = [
    "avalanche, friend buried, Zermatt, numbr for rescue helicopter",
    "need number for rescue helicopter",
    "Snake bite Botswana delta camp far from hospital",
    "snake bite, Sri Lanka, what number",
    "Scorpion sting Morocco desert camp",
    "seizure Namibia lodge",
    "I hit a pedestrian with my rental car in Namibia",
    "I killed somebody with my car accidentally in Namibia",
    "protest turned violent in Tbilisi, tear gas, im stuck in it",
    "armed men in the hotel in Ouagadougou",
    "im stuck in riots in Port-au-Prince, burning tyres everywhere",
    "taxi driver in Istanbul wants 200 euro and locked the doors",
    "im stuck in a violent protest in Beirut tear gas everywhere",
    "drank something in Vang Vieng and cant see",
    "raped in Athens",
    "spider bite Seychelles",
    "mordedura de serpiente, Botswana",
    "picadura de alacrán en Marruecos",
    "morsure de serpent au Botswana",
    "piqûre de scorpion, désert du Maroc",
    "Schlangenbiss Botswana Camp",
    "Krampfanfall in Namibia",
    "mordida de cobra no Botswana",
    "укус змеи, Ботсвана",
    "atropellé a un peatón en Lima",
    "j'ai renversé un piéton à Dakar",
    "ich habe in Windhoek einen Fußgänger angefahren",
    "atropelei uma pessoa em Luanda",
    "я сбил пешехода в Тбилиси",
    "estamos atrapados en los disturbios de Puerto Príncipe",
    "on est coincés dans une émeute à Dakar",
    "wir stecken in den Unruhen in Beirut fest",
    "estamos presos no meio do protesto em Maputo",
    "мы застряли в беспорядках в Тбилиси",
    "hombres armados en el hotel en Uagadugú",
    "hommes armés dans l'hôtel à Ouagadougou",
    "bewaffnete Männer im Hotel in Ouagadougou",
    "homens armados no hotel em Maputo",
    "вооруженные люди в отеле в Уагадугу",
    "el taxista en Lima cerró las puertas y quiere más dinero",
    "le chauffeur a verrouillé les portes",
    "der Taxifahrer hat die Türen verriegelt",
    "o motorista trancou as portas",
    "таксист заблокировал двери и требует денег",
    "dog bite in Bali",
    "gunshot wound Kabul guesthouse",
    "my friend unconscious in Lima club",
    "we got stuck in the middle of a riot",
    "caught in crossfire in Sinaloa",
    "there are armed men in our compound",
    "the driver locked the doors and wont stop",
    "I ran over a child in Nairobi",
    "I accidentally ran over a man in Peru, what now",
    "need mountain rescue on Toubkal",
    "please send a rescue helicopter to Everest base camp",
    "stabbed in Bogota, losing blood",
    "robbed in Lima last night",
    "headaches and dizzy, drank local vodka and now cant see",
]

ASKED = [
    "guys on scooters yanking bags in Naples?",
    "motorbike blokes grabbing phones in Bogota?",
    "lads flinging acid at women in Dhaka?",
    "folks blocking roads in Bolivia with burning tyres",
    "little bloodsuckers in the woods in slovakia that give you brain swelling",
    "sailing off Montevideo, could blokes with guns climb aboard and take us?",
    "any mountains that spit fire in Sri Lanka? we have kids with us",
    "people drowning at beaches in Ghana",
    "are snake bites common in Sri Lanka?",
    "was there an avalanche in Zermatt last year?",
    "what happens if you hit a pedestrian?",
    "do protests turn violent?",
    "risk of snake bites in Botswana?",
    "how do I call an ambulance in Peru?",
    "snake bite risk Sri Lanka",
    "snake bite antivenom in Botswana",
    "snake bites Botswana",
    "risk of scorpion stings in Morocco",
    "what should I do after a snake bite in Botswana?",
    "dog bite rabies treatment Bali",
    "stroke of luck in Macau",
    "seizure of property in Cuba",
    "which hospitals treat a snake bite in Peru?",
    "how do they treat a seizure in Namibia?",
    "is there mountain rescue in Switzerland?",
    "how do I reach mountain rescue in Zermatt?",
    "do I need rescue insurance in Nepal?",
    "need helicopter rescue insurance for Nepal",
    "I need mountain rescue cover for Nepal treks, insurance tips?",
    "how much does a rescue helicopter cost in Switzerland?",
    "who pays for air ambulance in Kenya?",
    "is heli rescue free in Austria?",
    "what happens if I hit a pedestrian in Namibia?",
    "penalty for hitting a pedestrian in Japan",
    "do I go to jail if I ran over a man in Dubai?",
    "what if my driver hits a cyclist in India?",
    "can I be sued if I hit a pedestrian in the US?",
    "do drivers run over people in Delhi?",
    "how do I avoid getting stuck in a protest in Tbilisi?",
    "are tourists caught in protests in Beirut?",
    "I don't want to get stuck in a riot",
    "we got stuck in protests last year in Chile",
    "is tear gas used at demonstrations in Paris?",
    "do riots happen in Port-au-Prince?",
    "are there armed men in hotels in Ouagadougou?",
    "is it normal to see armed men at the hotel gate in Lagos?",
    "armed guards at the hotel in Karachi",
    "do taxi drivers lock the doors in Istanbul?",
    "should the taxi driver keep the doors locked in Johannesburg?",
    "I read that taxi drivers locked the doors on tourists in Naples",
    "is it common to be raped in Athens?",
    "how often are tourists robbed in Lima?",
    "risk of being stabbed in London",
    "robbed in Lima: how likely is it?",
    "can you drink something in Laos and go blind?",
    "people swimming at beaches in Ghana",
    "tourists robbing each other in Naples",
    "gangs fighting in Haiti",
    "hiking in Nepal, do avalanches kill people?",
    "driving in Namibia, can I hit animals at night?",
    "any snakes in Sri Lanka that bite people?",
    "any riots in Paris this week?",
    "¿son comunes las mordeduras de serpiente en Sri Lanka?",
    "riesgo de mordedura de serpiente en Botswana",
    "mordedura de serpiente: síntomas",
    "y a-t-il des morsures de serpent au Botswana ?",
    "risque de piqûre de scorpion au Maroc",
    "Schlangenbiss Risiko Botswana",
    "Wie häufig sind Schlangenbisse in Botswana?",
    "há risco de mordida de cobra no Botswana?",
    "часто ли бывают укусы змей в Ботсване?",
    "укус змеи симптомы",
    "¿qué pasa si atropello a un peatón?",
    "que se passe-t-il si je renverse un piéton ?",
    "was passiert, wenn ich jemanden angefahren habe?",
    "o que acontece se atropelei uma pessoa?",
    "что будет, если я сбил пешехода?",
    "¿hay hombres armados en los hoteles de Uagadugú?",
    "y a-t-il des hommes armés dans les hôtels ?",
    "gibt es bewaffnete Männer im Hotel in Lagos?",
    "есть ли вооруженные люди в отелях?",
    "¿los taxistas cierran las puertas en Lima?",
]

# However calm it sounds beside a country's name.
SURE = [
    "avalanche, friend buried, Zermatt, numbr for rescue helicopter",
    "need number for rescue helicopter",
    "snake bite, Sri Lanka, what number",
    "seizure Namibia lodge",
    "I hit a pedestrian with my rental car in Namibia",
    "im stuck in riots in Port-au-Prince, burning tyres everywhere",
    "armed men in the hotel in Ouagadougou",
    "taxi driver in Istanbul wants 200 euro and locked the doors",
]


@pytest.fixture(scope="module")
def alarms(model: Embedder) -> Listener:
    found = listener(load_asker(model))
    assert found is not None
    return found


@pytest.mark.parametrize("turn", TOLD)
def test_danger_in_few_words_fires(turn: str) -> None:
    assert is_emergency([turn])


@pytest.mark.parametrize("turn", ASKED)
def test_a_question_in_the_same_words_does_not(alarms: Listener, turn: str) -> None:
    assert not is_emergency([turn])
    assert not is_emergency([turn], alarms)


@pytest.mark.parametrize("turn", SURE)
def test_what_the_words_are_sure_of_is_never_quieted(turn: str) -> None:
    assert is_emergency([turn], lambda _turn: Heard.QUIET)


@pytest.mark.parametrize(
    ("turn", "wanted"),
    [
        ("im stuck in a violent protest in Beirut tear gas everywhere", ("police",)),
        ("petrol everywhere, the car is upside down", ("fire",)),
        ("there is gas everywhere in our flat", ("fire",)),
        ("drank something in Vang Vieng and cant see", ("ambulance",)),
        ("raped in Athens", ("ambulance", "police")),
        ("robbed in Lima last night", ("police",)),
        ("spider bite Seychelles", ("ambulance",)),
        ("I hit a pedestrian with my rental car in Namibia", ("ambulance", "police")),
        ("need number for rescue helicopter", ("ambulance",)),
        ("armed men in the hotel in Ouagadougou", ("police",)),
    ],
)
def test_whom_it_calls_for(turn: str, wanted: tuple[str, ...]) -> None:
    assert services([turn]) == wanted


@pytest.mark.parametrize(
    ("turn", "outright"),
    [
        ("lads flinging acid at women in Dhaka?", False),
        ("lads flinging acid at women in Dhaka", False),
        ("lads flinging acid at us in Dhaka?", True),
        ("hit a moped and the rider's hurt, pull over to the side?", True),
        ("papa drank petrol from a bottle, milk is good?", True),
        ("the car is filling up. is it far?", True),
        ("sailing off Montevideo, could blokes with guns climb aboard and take us?", False),
        ("sailing off Montevideo and our mast broke, could you send a boat", True),
    ],
)
def test_a_question_about_others_says_nothing_outright(turn: str, outright: bool) -> None:
    assert is_outright(turn) is outright


@pytest.mark.parametrize(
    ("turns", "likely"),
    [
        (["HELP ME PLEASE"], ("ambulance", "police")),
        (["drank something odd, everything is dark"], ("ambulance", "police")),
        (["tear gas everywhere"], ("ambulance", "police")),
        (["flames licking under my door in Athens"], ("fire", "ambulance", "police")),
        (["flames licking under my door", "Athens"], ("fire", "ambulance", "police")),
        (["llamas por debajo de la puerta"], ("fire", "ambulance", "police")),
        (["дым под дверью"], ("fire", "ambulance", "police")),
        (["a bushfire is eating the hill"], ("fire", "ambulance", "police")),
        (["gunmen took my uncle"], ("police", "ambulance")),
        (["hurtaron mi bolso"], ("police", "ambulance")),
        (["meine Tasche wurde geklaut"], ("police", "ambulance")),
    ],
)
def test_where_nothing_tells_no_fire_brigade_is_called_unless_it_burns(
    turns: list[str], likely: tuple[str, ...]
) -> None:
    assert likely_services(turns) == likely


@pytest.mark.parametrize(
    "turn",
    [
        "guy touch me in tram, Riga",
        "the man next to me on the bus keep rub against my leg",
        "some boys follow us since the station",
        "a stranger tried to kiss my daughter",
        "the masseur groped me",
    ],
)
def test_hands_and_followers_are_told_of_in_any_form_of_the_verb(turn: str) -> None:
    assert services([turn]) == ("police",)


@pytest.mark.parametrize(
    "turn",
    [
        "her poem touched me deeply",
        "may I touch the dogs in Nepal?",
        "he likes to follow me on Instagram, is he real",
        "our driver will follow us with the bags",
        "which rules to follow in a mosque",
    ],
)
def test_other_touching_and_following_is_no_emergency(turn: str) -> None:
    assert not is_emergency([turn])


@pytest.mark.parametrize(
    ("turn", "alarms"),
    [
        ("my camera broke in Perth", False),
        ("our heating is broken in Oslo", False),
        ("the chair broke in our room", False),
        ("she broke into song", False),
        ("someone broke in Perth, in our cabin", True),
        ("he broke in my room", True),
        ("our van was broken into", True),
        ("the thief is breaking in", True),
        ("our tent got broken in last night", True),
    ],
)
def test_what_breaks_somewhere_is_no_burglary(turn: str, *, alarms: bool) -> None:
    assert is_emergency([turn]) is alarms


@pytest.mark.parametrize(
    ("turn", "alarms"),
    [
        ("bushfire next to us", True),
        ("the wildfire is 3 km from our camp", True),
        ("fuego cerca de nuestra casa", True),
        ("un incendie tout près de notre tente", True),
        ("Waldbrand hinter unserem Haus", True),
        ("we stay next to a fire station", False),
        ("fire show near our hotel", False),
        ("are there wildfires near our hotel", False),
    ],
)
def test_a_fire_near_us_calls_the_fire_brigade(turn: str, *, alarms: bool) -> None:
    assert services([turn]) == (("fire",) if alarms else ())


NEEDED = [
    "my bag was stolen in Lima and the wifi is slow",
    "My bag was stolen in Lima, which mission do I turn to?",
    "I'm from Galway and was robbed, who can I call?",
    "tick bite, Sweden, tweezers in the cabin",
    "we need a hospital in Tonga with a good dentist",
    "necesito un hospital en Lima",
    "ich brauche einen Arzt in Lima",
]
NOT_NEEDED = [
    "How do I call an ambulance in Peru?",
    "Which digits do I ring for an ambulance?",
    "Which sort of places should I be most wary of getting robbed in?",
    "How wary should I be of being attacked while pony trekking?",
    "are tourists robbed in Lima?",
    "what if I am bitten by a dog in Bali",
    "my brother was robbed in Lima last year",
    "I need a police clearance certificate from Peru",
    "do I need hospital cover in Peru",
    "bumped a car, nobody hurt, okay to leave?",
    "my hotel in Lima has slow wifi",
    "stolen phone",
    "¿es común que roben a turistas en Lima?",
]


@pytest.mark.parametrize("turn", NEEDED)
def test_told_of_a_wound_a_crime_or_a_service_needed(turn: str) -> None:
    assert may_need_help(turn)


@pytest.mark.parametrize("turn", NOT_NEEDED)
def test_what_is_only_asked_about_needs_no_help(turn: str) -> None:
    assert not may_need_help(turn)

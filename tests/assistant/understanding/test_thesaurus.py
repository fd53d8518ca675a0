"""The field's words for travellers' words: what must be found, and what an ordinary word must not call."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.thesaurus import concepts, field_words, related

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
ARCHIVE = DATA / "advisories"
TRAVEL = DATA / "travel-questions" / "questions.csv"
LINES = resources.files("assistant").joinpath("data/thesaurus.txt").read_text("utf-8").splitlines()

SPOKEN_OF = [
    ("Is it likely that a cop will stop me?", "police checkpoints"),
    ("What colour do cops wear?", "police"),
    ("How many patrolmen walk the centre?", "law enforcement"),
    ("Do soldiers wave cars over at random?", "police checkpoints"),
    ("Will an officer want cash to let me go?", "extortion"),
    ("Are there shakedowns by the traffic cops?", "corruption"),
    ("How do I tell a real policeman from a pretend one?", "fake police"),
    ("Who do I tell after a mugging?", "police report"),
    ("Could I be thrown in jail for that?", "detention"),
    ("Is there a firing squad?", "capital punishment"),
    ("Who can find me a solicitor?", "lawyers"),
    ("Were tourists ever held up at gunpoint?", "robbery"),
    ("My wallet was nicked on the tram", "pickpocketing"),
    ("Do lads on mopeds grab handbags?", "bag snatching"),
    ("Are holiday flats broken into?", "burglary"),
    ("Do they smash car windows for a rucksack?", "smash-and-grab"),
    ("Might my van be hijacked?", "carjacking"),
    ("Do people get stabbed outside bars?", "violent crime"),
    ("Is the mafia a worry?", "organised crime"),
    ("Which neighbourhoods should I steer clear of?", "areas to avoid"),
    ("Could somebody have roofied my cocktail?", "drink spiking"),
    ("Can the local booze poison you?", "methanol poisoning"),
    ("Are Westerners taken captive for money?", "kidnapping"),
    ("Does the cash machine copy my card?", "skimming"),
    ("Where can I take some money out?", "ATMs"),
    ("Are dud banknotes going round?", "counterfeit currency"),
    ("A girlfriend I met online asks me to pay her fare", "romance scams"),
    ("Do cabbies fiddle the taxi meter?", "overcharging"),
    ("Someone wants me to buy sapphires to sell at home", "precious stones"),
    ("Should I flag down a cab?", "taxis"),
    ("Are gypsy cabs any good?", "unlicensed taxis"),
    ("May I thumb a lift across the island?", "hitchhiking"),
    ("Is the marshrutka full at rush hour?", "minibuses"),
    ("Do lorries park on the pavement?", "pedestrians"),
    ("How do folk behave behind the wheel?", "driving"),
    ("A couple of beers and then the drive home: may I?", "drink-driving"),
    ("Is my licence any good there?", "international driving permit"),
    ("Must everyone buckle up in the back?", "seat belts"),
    ("What does a radar trap cost you?", "speed limits"),
    ("Do cows wander over the road?", "driving at night"),
    ("What must lie in the glovebox?", "warning triangle"),
    ("Is the ferry packed and rickety?", "unseaworthy"),
    ("Are the planes of the local airline old?", "aviation safety"),
    ("Does the earth ever tremble?", "earthquakes"),
    ("Have there been quakes lately?", "seismic activity"),
    ("Could the hillside come down on our lodge?", "landslides"),
    ("Is there mud sliding onto the road?", "mudslides"),
    ("Will the creek overflow in May?", "flooding"),
    ("Can the streets be knee deep in water?", "floods"),
    ("Was there a giant wave after the last tremor?", "tsunami"),
    ("When do twisters come?", "tornadoes"),
    ("Is it typhoon time in October?", "tropical cyclones"),
    ("Is the woodland ablaze in August?", "wildfires"),
    ("Is lava flowing?", "volcanic activity"),
    ("How sweltering does July get?", "extreme heat"),
    ("Do the lights go out every evening?", "power cuts"),
    ("Is there an undertow off the north shore?", "rip currents"),
    ("Have bathers been mauled by crocs?", "wild animals"),
    ("A stray mutt nipped me, a dog bite really", "rabies"),
    ("Can I brush my teeth at the sink?", "tap water"),
    ("Is Delhi belly common?", "food poisoning"),
    ("Which jabs does my son need?", "vaccinations"),
    ("Is mosquito fever about?", "dengue"),
    ("Is thin air a bother at the pass?", "altitude sickness"),
    ("Where is the next chemist?", "pharmacies"),
    ("Could I be flown home on a stretcher?", "medical evacuation"),
    ("Could a broken leg be set there?", "hospitals"),
    ("Must I settle the hospital bill at once?", "medical expenses"),
    ("Are gay men left in peace?", "LGBT+"),
    ("Two men sharing a bed, any trouble?", "same-sex"),
    ("Will I be groped on the train?", "sexual harassment"),
    ("Can a woman stroll about alone?", "women's safety"),
    ("Must I wear a headscarf?", "dress modestly"),
    ("May we hold hands?", "public displays of affection"),
    ("Is it OK to take snaps of a bridge?", "photography"),
    ("May I fly a quadcopter?", "drones"),
    ("Is smoking weed allowed?", "illegal drugs"),
    ("A stranger asked me to carry a parcel", "drug trafficking"),
    ("Will there be a rally on Sunday?", "demonstrations"),
    ("Are sit-ins broken up?", "protests"),
    ("Do rail staff walk out?", "strikes"),
    ("Must one be indoors by ten?", "curfew"),
    ("Do bombs go off in markets?", "terrorism"),
    ("Are there shells left over from the war?", "unexploded ordnance"),
    ("Are yachts boarded at sea?", "piracy"),
    ("Did my ex have the right to take our kids there?", "international child abduction"),
    ("Would her family make her marry?", "forced marriage"),
    ("My passport has gone missing", "emergency travel document"),
    ("Do I need my papers on me?", "identity documents"),
    ("What if I stay longer than three months?", "overstay"),
    ("Will an Israeli stamp be trouble?", "evidence of travel to Israel"),
    ("May they stop me from leaving?", "exit bans"),
    ("Could I be drafted, since my father was born there?", "military service"),
    ("Who can bring my husband's body home?", "repatriation of remains"),
    ("How do I get in touch with our consul?", "embassy"),
    ("Should I call off the trip?", "advise against travel"),
    ("How do I make myself harder to target?", "keep a low profile"),
    ("Is Gondor dangerous?", "security situation"),
    ("May I pack Adderall?", "amphetamines"),
    ("Is Concerta banned?", "methylphenidate"),
    ("Can I take Sudafed?", "cold and flu"),
    ("Can I take Sudafed?", "medication"),
    ("Will my Xanax be seized?", "diazepam"),
    ("Are sleeping pills forbidden?", "sleeping tablets"),
    ("Is co-codamol illegal?", "codeine"),
    ("Could I bring Nurofen Plus?", "codeine"),
    ("Are OxyContin tablets taken away?", "opioids"),
    ("Is a Ventolin puffer a problem?", "inhalers"),
    ("Are nicotine pouches banned?", "e-cigarettes"),
    ("Can my son go without his father?", "one parent"),
    ("Can my son go without his father?", "travelling with children"),
    ("Two blokes on a moped yanked my bag off my shoulder", "bag snatching"),
    ("Will my stuff get nicked on the sand?", "theft"),
    ("My suitcase is on the back seat, will it be there after lunch?", "theft from vehicles"),
    ("Do thieves drag people out of the car at lights?", "carjacking"),
    ("A stranger gave me a sweet and my head went fuzzy", "drink spiking"),
    ("Was my mate blinded by a cocktail bucket?", "methanol"),
    ("Are engineers held for ransom?", "kidnapping"),
    ("They marched us to a cash machine", "express kidnapping"),
    ("Do men in uniform want cash to let us past?", "bribes"),
    ("My whatsapp fiance needs money for a ticket", "romance scams"),
    ("An officer flashed his badge and asked for my wallet", "fake police"),
    ("The machine swallowed my card", "card fraud"),
    ("Do shops take Visa?", "credit cards"),
    ("Can I swap a torn note?", "currency"),
    ("Are barriers put up by soldiers on the highway?", "roadblocks"),
    ("A kid held a rope across the road, do I pay?", "extortion"),
    ("Is everyone indoors by ten?", "curfew"),
    ("Might extremists strike at a market?", "terrorist attacks"),
    ("Would I know if a field was full of explosives?", "landmines"),
    ("I found a rusty shell in the sand", "unexploded ordnance"),
    ("Do stray drones come down on this side?", "drone attacks"),
    ("Bandits: do we need an armed escort?", "banditry"),
    ("Could I wander across the line without noticing?", "border areas"),
    ("May I snap the barracks?", "military installations"),
    ("Two men kissing in a bar, any trouble?", "same-sex"),
    ("Should I cover my knees in church?", "dress modestly"),
    ("What if my joint is found by the police?", "illegal drugs"),
    ("Could I be locked up for something I posted, a meme?", "social media"),
    ("Will they prosecute me for it?", "penalties"),
    ("What should I do if the bed starts moving?", "earthquakes"),
    ("A big wave is coming, which way do we run?", "tsunami"),
    ("Do rocks come down on the mountain road?", "rockfalls"),
    ("Is the underpass full of water?", "flash floods"),
    ("Is there smoke near the campsite?", "wildfires"),
    ("May we light a barbecue?", "fire bans"),
    ("The mountain is rumbling", "volcanic activity"),
    ("Could nature ruin our week?", "natural disasters"),
    ("A phone alert says everybody must get out", "evacuation orders"),
    ("Will I slip on the ice?", "snow"),
    ("Which coloured flag on the beach is bad?", "lifeguards"),
    ("What do I do about a wild boar?", "dangerous animals"),
    ("Who will find me if I get lost on the trail?", "search and rescue"),
    ("How breathless will I be at 4000 metres?", "altitude sickness"),
    ("What bites at noon, mosquitoes?", "dengue"),
    ("My tummy is upset after oysters", "food poisoning"),
    ("A street mutt nipped my leg", "rabies"),
    ("May I swim in the lake, are there worms?", "schistosomiasis"),
    ("Has the pox reached this town, mpox?", "monkeypox"),
    ("Are the tablets on the market fake?", "counterfeit medication"),
    ("My policy does not pay for quads", "travel insurance"),
    ("How is the road, a 4x4 or a hatchback?", "unpaved roads"),
    ("Will there be goats on the lane at dusk?", "livestock on roads"),
    ("Is my flight cancelled?", "flight disruption"),
    ("My booklet runs out in four months", "passport validity"),
    ("How many days may I remain?", "length of stay"),
    ("We want to take our nephew without his parents", "parental consent"),
    ("She will not bring our daughter back, my ex", "international child abduction"),
    ("Do they scan my face on landing?", "biometric"),
    ("Do I have to pay to leave at the airport?", "departure tax"),
    ("How do I keep up with what is going on?", "local media"),
    ("Could it go downhill without notice?", "without warning"),
    ("Can my 15 yr old fly out with only his dad?", "consent letter"),
    ("Can I take my kids out without their mom?", "consent letter"),
    ("May my son leave with just his mother?", "consent letter"),
    ("Is it compulsory to carry ID?", "mandatory"),
    ("Is military service obligatory?", "conscription"),
    ("Can I fly with an insulin pump and needles?", "medication"),
    ("Can I bring my medecine?", "medication"),
    ("Is there a helmut law?", "helmets"),
]

NOT_SPOKEN_OF = [
    ("What is the weather like in early March?", "demonstrations"),
    ("Are there flights on 12 March 2026?", "demonstrations"),
    ("Where does the Dakar rally start?", "demonstrations"),
    ("Is the hotel a hidden gem?", "precious stones"),
    ("Can I visit the gold mines?", "landmines"),
    ("Is this suitcase mine?", "landmines"),
    ("Where is the fire brigade?", "wildfires"),
    ("Is there a fire pit at the lodge?", "wildfires"),
    ("Did you have a blast at the party?", "terrorism"),
    ("How can we kill time at the airport?", "violent crime"),
    ("Was it a heart attack?", "violent crime"),
    ("Is a shark attack likely?", "violent crime"),
    ("Was he killed by a lightning strike?", "strikes"),
    ("Is there a swimming pool?", "drowning"),
    ("Which wine tasting is best?", "alcohol"),
    ("Where are the pirates of the Caribbean?", "piracy"),
    ("Which war museum should I see?", "armed conflict"),
    ("Can I buy a jar of honey?", "customs regulations"),
    ("Where is the tennis court?", "lawyers"),
    ("Can I cope with the heat?", "police"),
    ("Is there a rap concert?", "rape"),
    ("Where can I park my car?", "national parks"),
    ("Is Stone Town worth a day?", "illegal drugs"),
    ("Where do people hang around?", "death penalty"),
    ("Which hotel has four stars?", "harassment"),
    ("What date is the festival?", "romance scams"),
    ("Is the internet fast?", "Ramadan"),
    ("How do I get to Antelope Canyon?", "adventure activities"),
    ("Is there a good burger joint?", "illegal drugs"),
    ("How far is the CBD?", "illegal drugs"),
    ("Is the beach deserted?", "desert"),
    ("Where can I cuddle a koala?", "public displays of affection"),
    ("What is the current exchange rate?", "rip currents"),
    ("Is it worth the money?", "currency"),
    ("Where is the drug store?", "illegal drugs"),
    ("Where do police keep the lost property?", "buying property"),
    ("Do you know a quick recipe with a pinch of salt?", "petty theft"),
    ("Which mug should I buy as a souvenir?", "robbery"),
    ("Is there a smoking room?", "wildfires"),
    ("Is it safe to drink from the tap?", "security situation"),
    ("Has anyone fined you for it, or is all fine?", "earthquakes"),
    ("Is the hail of cabs endless?", "thunderstorms"),
    ("Where is the best cocktail bar?", "drink spiking"),
    ("Do in-laws need a ticket?", "local laws"),
    ("What paper is used for lanterns?", "identity documents"),
    ("Have I got the right Visa card?", "visa requirements"),
    ("Is it fine for me to bring a book?", "fines"),
    ("Do lads roam the old town?", "roaming"),
    ("Will they treat me as a local?", "hospitals"),
    ("Do I stray far from the path?", "rabies"),
    ("When do we fly home?", "medical evacuation"),
    ("Is a quick dip allowed?", "warning triangle"),
    ("Can I be a volunteer with training?", "trains"),
    ("Where can I rent flats, is the flat hunt hard?", "hunting"),
    ("Do disasters strike often?", "strikes"),
    ("Is tubing fun?", "metro"),
    ("Can we get a bite to eat?", "insect bites"),
    ("Where is a nice Irish pub?", "embassy"),
    ("Is a plastic bag free?", "credit cards"),
    ("Which of the blue helmets came?", "helmets"),
    ("Does the bus leave without the father of my friend?", "extortion"),
    ("Can I fly with just my hand luggage?", "consent letter"),
    ("I'm leaving my old job, just a year off", "consent letter"),
    ("Where is a petrol pump?", "medication"),
    ("Is the service on the train any good?", "conscription"),
    ("Shall I ask Helmut?", "helmets"),
    ("Is Nurofen sold there?", "codeine"),
    ("Where do I buy paracetamol?", "narcotics"),
    ("Is a sleeping bag needed?", "sleeping tablets"),
    ("May my father come without me?", "one parent"),
]

SILENT = [
    "What is the best place for pilaf in Almaty?",
    "Which museum opens on Mondays?",
    "Who won the cup final?",
    "Is my essay fine?",
    "What time does the sun set?",
    "Which hotel has the best breakfast?",
    "Who is the president of France?",
    "How many people live in Lima?",
    "",
    "?!",
]


@pytest.mark.parametrize(("question", "term"), SPOKEN_OF)
def test_what_a_traveller_says_calls_the_word_of_the_field(question: str, term: str) -> None:
    assert term in related(question)


@pytest.mark.parametrize(("question", "term"), NOT_SPOKEN_OF)
def test_a_word_with_another_sense_does_not(question: str, term: str) -> None:
    assert term in field_words()
    assert term not in related(question)


@pytest.mark.parametrize("question", SILENT)
def test_a_question_about_something_else_calls_nothing(question: str) -> None:
    assert related(question) == ()


def test_concepts_come_in_the_order_of_the_question_and_of_the_file() -> None:
    assert related("Can a cab be caught in a twister?") == (
        *("taxis", "licensed taxis", "unlicensed taxis", "official taxis", "taxi drivers", "unmarked taxis"),
        *("tornadoes", "tornado"),
    )


def test_a_word_that_the_question_has_is_left_out() -> None:
    assert related("taxi") == ("licensed taxis", "unlicensed taxis", "official taxis", "taxi drivers", "unmarked taxis")
    assert related("tornado twister") == ()


def test_a_concept_called_twice_comes_once_with_all_the_words_for_it() -> None:
    (quake,) = concepts("Do quakes or tremors come?")
    assert quake.words == "quakes tremors"
    assert quake.terms[:2] == ("earthquakes", "seismic activity")


@pytest.mark.parametrize(
    "forms",
    [("rob", "robs", "robbed", "robbing"), ("bribe", "bribes", "bribed", "bribing"), ("fly home", "flown home")],
)
def test_forms_of_a_word_are_one(forms: tuple[str, ...]) -> None:
    assert len({related(f"{form} sick") for form in forms}) == 1
    assert related(f"{forms[0]} sick")


def test_the_longest_phrase_wins() -> None:
    assert [c.terms[0] for c in concepts("Is it the fire brigade that comes to a forest fire?")] == [
        "fire and rescue services",
        "wildfires",
    ]
    assert [c.terms[0] for c in concepts("Is drink driving common?")] == ["drink driving"]


def test_a_general_word_speaks_only_where_nothing_nearer_does() -> None:
    assert "security situation" in related("Is Lagos safe?")
    assert "security situation" not in related("Is the tap water in Lagos safe?")


def test_a_leap_passes_over_three_words_and_no_more() -> None:
    assert "flooding" in related("river one two three burst")
    assert "flooding" not in related("river one two three four burst")


def test_hyphens_case_and_apostrophes_do_not_matter() -> None:
    assert related("DRINK-DRIVING") == related("drink driving")
    assert related("driver’s licence") == related("driver's licence") != ()


def triggers() -> Iterator[tuple[str, str]]:
    """Each concept's first line with one wording of a trigger: every word of it once, the rest as they come first."""
    first = ""
    for line in LINES:
        if line.startswith(" "):
            for phrase in line.strip(" ,").split(", "):
                places = [place.replace("=", "").split("/") for place in phrase.split() if place != ".."]
                for i, words in enumerate(places):
                    for word in words:
                        yield first, " ".join((*(p[0] for p in places[:i]), word, *(p[0] for p in places[i + 1 :])))
        elif line and not line.startswith("#"):
            first = line


def test_every_trigger_calls_its_concept() -> None:
    missed = []
    for first, wording in triggers():
        terms = tuple(first.removeprefix("~").split(", "))
        if first != "-" and not any(found.terms == terms for found in concepts(wording)):
            missed.append((first, wording))
    assert missed == []


def test_no_concept_gives_more_than_six_words_or_the_same_twice() -> None:
    lines = [line.removeprefix("~").split(", ") for line in LINES if line and line[0] not in "# -"]
    assert len(lines) > 290
    assert [terms for terms in lines if not 1 <= len(terms) <= 6 or len(set(terms)) < len(terms)] == []
    assert len({tuple(terms) for terms in lines}) == len(lines)


@given(st.text(max_size=300))
def test_any_text_gives_only_words_of_the_field(text: str) -> None:
    found = related(text)
    assert set(found) <= set(field_words())
    assert len(set(found)) == len(found)
    assert related(text) == found


@pytest.mark.archive
@pytest.mark.skipif(not ARCHIVE.is_dir(), reason="../shared/data/advisories is absent")
def test_governments_write_every_word_of_the_field() -> None:
    sought = {_plain(term) for term in field_words()}
    for page in sorted(ARCHIVE.rglob("*.md")):
        if not sought:
            break
        text = _plain(page.read_text("utf-8", errors="replace"))
        sought -= {term for term in sought if term in text}
    assert sought == set()


@pytest.mark.archive
@pytest.mark.skipif(not TRAVEL.is_file(), reason="../shared/data/travel-questions is absent")
def test_real_questions_about_safety_and_health_call_something() -> None:
    with TRAVEL.open(encoding="utf-8", errors="replace", newline="") as file:
        questions = [row["question"] for row in csv.DictReader(file) if row["fine"] == "TGUHEA"]
    assert len(questions) == 142
    assert sum(bool(related(question)) for question in questions) >= 130


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'").replace("-", " ").replace("\xa0", " ")

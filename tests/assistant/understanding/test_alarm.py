"""The second look for an emergency: what is meant, when it is asked, and for which encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.alarm import alarm, listener
from assistant.understanding.emergency import Heard, Listener, is_emergency, is_outright
from assistant.understanding.services import asks_only_for_number
from index.embedding import Embedder, load_asker
from tests.fakes import HashEmbedder

ROOT = Path(__file__).parents[3]
FITTED = json.loads((ROOT / "assistant" / "data" / "emergency_meaning.json").read_text("utf-8"))

# Seen by no table of words.
MEANT = [
    "his eyes keep rolling away and I can't get a word out of him",
    "we cant reach the shore and hes going under",
    "Some creep is rattling every door on my floor",
    "I let go of her hand for one second and now she is nowhere",
    "grandad slid off the chair, half his face is melting",
]
QUIET = [
    "how do I call an ambulance in Peru?",
    "what do I do if my husband stops breathing",
    "last summer our guide fell into a crevasse",
    "I read that a man was dragged off the beach there",
    "planning to climb alone and bleed the budget dry",
    "what are the signs that somebody is having a stroke?",
    "we would like a quiet hotel near the harbour",
    "snake bite",
    "",
]

# With all the words, and nothing meant.
JOKES = [
    "we're being followed by a very cute dog, can we feed it",
    "my phone is dying and the charger just collapsed, where do I buy another",
]

# Said so plainly that no meaning quiets it, however calm it sounds beside a country's name.
PLAIN = [
    "I was robbed in Lima",
    "We were robbed at gunpoint in Lima on the way from the airport",
    "I was robbed in Lima, where do I go?",
    "Someone stole my bag in Lima with my passport in it",
    "We had a car accident in Albania",
    "my wife was drugged in a bar in Almaty",
    "we crashed on the road to Kumasi... sorry near Kigali, somebody bleeding",
    "my friend is bleeding, sorry for asking here",
]

# A number asked for, and where one is: no harm.
REQUESTS = [
    "embassy number? im in Rome",
    "whats my embassys number, im in berlin",
    "police number? im in Muscat",
    "hospital number? im in Lagos",
    "hospital phone number in Nairobi",
    "clinic in Astana phone number",
    "I'm in Lima, what is the number of the US embassy please",
]
NO_MERE_REQUESTS = [
    "bleeding badly, ambulance number? im in Rome",
    "ambulance number? he wont wake up, im in Rome",
    "police number? im in Muscat and somebody is at my door",
    "hospital number, my son ate something, we are in Lagos",
    "we need the police now, im in Muscat",
    "im in Rome",
    "ambulance now, what number",
    "",
]


@pytest.fixture(scope="module")
def asker(model: Embedder) -> Embedder:
    return load_asker(model)


@pytest.fixture(scope="module")
def alarms(asker: Embedder) -> Listener:
    found = listener(asker)
    assert found is not None
    return found


def test_the_probability_is_the_logistic_function_of_the_vector() -> None:
    coefficients = np.array(FITTED["coefficients"], np.float32)
    assert coefficients.shape == (384,)
    towards = coefficients / np.linalg.norm(coefficients)
    assert alarm(np.zeros(384, np.float32)) == pytest.approx(1 / (1 + np.exp(-FITTED["intercept"])))
    assert alarm(towards) > 0.999
    assert alarm(-towards) < 1e-6


def test_how_probable_an_emergency_is(asker: Embedder) -> None:
    turns = [MEANT[1], "is it common to be robbed?", "the museum shop sells postcards"]
    assert [round(alarm(vector), 1) for vector in asker.embed(turns)] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("turn", MEANT)
def test_what_no_word_gives_away_is_meant(alarms: Listener, turn: str) -> None:
    assert not is_emergency([turn])
    assert is_emergency([turn], alarms)


@pytest.mark.parametrize("turn", QUIET)
def test_asking_supposing_and_telling_of_the_past_stay_quiet(alarms: Listener, turn: str) -> None:
    assert not is_emergency([turn], alarms)


@pytest.mark.parametrize(
    ("turn", "outright"),
    [
        ("how do I call an ambulance in Peru?", False),
        ("if she stops breathing who comes", False),
        ("we were shelled last year", False),
        ("I read that people get shot here", False),
        ("how do I get her out, the car is filling up", True),
        ("the car is filling up, how do I get her out?", True),
        ("he went under", True),
        ("gas leak", False),
        ("¿Cómo llamo a una ambulancia?", False),
    ],
)
def test_what_is_said_outright(turn: str, outright: bool) -> None:
    assert is_outright(turn) is outright


@pytest.mark.parametrize(
    ("kind", "part", "count", "least"),
    [
        ("fires", "test", 50, 0.96),
        ("quiet", "test", 50, 0.98),
        ("fires", "fresh", 20, 0.9),
        ("quiet", "fresh", 20, 0.95),
    ],
)
def test_the_english_records_of_the_set(alarms: Listener, kind: str, part: str, count: int, least: float) -> None:
    lines = (ROOT / "eval" / "sets" / "emergencies.jsonl").read_text("utf-8").splitlines()
    records = [record for record in map(json.loads, lines) if record["tags"] == [kind, "en", part]]
    fired = [is_emergency([*record.get("history", []), record["question"]], alarms) for record in records]
    assert len(fired) == count
    assert fired.count(kind == "fires") / count >= least


def test_meaning_is_asked_only_where_it_may_change_something() -> None:
    asked: list[str] = []

    def unsure(turn: str) -> Heard:
        asked.append(turn)
        return Heard.UNSURE

    assert not is_emergency(["how do I call an ambulance in Peru?"], unsure)
    assert not is_emergency(["it is getting dark here", "Is it safe to swim in Kenya?"], unsure)
    assert is_emergency(["mi amigo se ha desmayado"], unsure)
    assert asked == []
    assert is_emergency(["my friend collapsed"], unsure)
    assert not is_emergency(["it is getting dark here", "we are all rather cold"], unsure)
    assert asked == ["my friend collapsed", "we are all rather cold", "it is getting dark here"]


def test_sure_that_nothing_is_meant_it_quiets_english_words_and_no_others() -> None:
    def quiet(_turn: str) -> Heard:
        return Heard.QUIET

    assert is_emergency(["my friend collapsed"])
    assert not is_emergency(["my friend collapsed"], quiet)
    assert is_emergency(["mi amigo se ha desmayado"], quiet)
    assert is_emergency(["my friend collapsed", "mi amigo se ha desmayado"], quiet)


@pytest.mark.parametrize("turn", JOKES)
def test_the_words_of_an_emergency_that_mean_none(alarms: Listener, turn: str) -> None:
    assert is_emergency([turn])
    assert not is_emergency([turn], alarms)


def test_what_was_meant_outlasts_what_follows_until_a_new_question(alarms: Listener) -> None:
    assert is_emergency([MEANT[1], "Peru"], alarms)
    assert not is_emergency([MEANT[1], "Is it safe to swim in Kenya?"], alarms)


def test_another_encoder_has_no_listener(model: Embedder) -> None:
    assert listener(HashEmbedder(384)) is None
    assert listener(model) is None


def test_an_endless_turn_is_embedded_in_part(asker: Embedder, alarms: Listener) -> None:
    assert alarms(MEANT[1] + " " * 1_000 + "x" * 1_000_000) is alarms(MEANT[1])


@pytest.mark.parametrize("turn", REQUESTS)
def test_a_request_for_a_number_alone_is_no_alarm(alarms: Listener, turn: str) -> None:
    assert asks_only_for_number(turn)
    assert not is_emergency([turn], alarms)


@pytest.mark.parametrize("turn", NO_MERE_REQUESTS)
def test_what_says_more_than_a_request(turn: str) -> None:
    assert not asks_only_for_number(turn)


@pytest.mark.parametrize("turn", NO_MERE_REQUESTS[:4])
def test_a_request_with_harm_alarms(alarms: Listener, turn: str) -> None:
    assert is_emergency([turn], alarms)


@pytest.mark.parametrize("turn", PLAIN)
def test_what_is_said_plainly_is_never_quieted(turn: str) -> None:
    asked: list[str] = []

    def deaf(heard: str) -> Heard:
        asked.append(heard)
        return Heard.QUIET

    assert is_emergency([turn], deaf)
    assert asked == []
    assert not is_emergency([JOKES[0]], deaf)

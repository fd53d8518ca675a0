"""What kind of thing a question asks for. Countries are taken out of the wording before."""

from __future__ import annotations

import pytest

from assistant.wanted import Wanted, wanted

ASKED = {
    Wanted.PHONE: [
        "What do I dial for an ambulance?",
        "police number",
        "ambulance number",
        "What is the fire brigade number?",
        "What is the police number?",
        "what's the number for the police",
        "Is the police number 117?",
        "Is 112 the emergency number?",
        "Who do I call if I'm robbed?",
        "who should I phone",
        "how do I call the police",
        "Can I call 911?",
        "can i dial 112 from a mobile?",
        "how can I reach the embassy after hours?",
        "embassy phone",
        "emergency contacts",
        "hotline",
        "the number of the embassy",
    ],
    Wanted.LEVEL: [
        "Is it safe?",
        "Is safe?",
        "So is it safe?",
        "is it safe to go?",
        "so is it better not to go?",
        "its better to not go?",
        "Is it safe to visit right now?",
        "How safe is it?",
        "How dangerous is?",
        "Should I go?",
        "can I travel there now?",
        "What is the advisory level?",
        "what is the travel advisory",
        "Is there a travel warning for?",
        "what's the threat level?",
        "risk level",
        "what does the government say about going to?",
        "Is safer than?",  # "Is Peru safer than Chile?"
        "Is or safer",
        "Which is more dangerous, or?",
        "which country is safest right now, or",
        "Which government is strictest about right now?",
        "Which of the five governments is most cautious on?",
        "Current FCDO level and is Almaty under the same one?",
        "Is Almaty under the same level as the rest?",
        "Do they agree on the level, and on Almaty?",
    ],
    Wanted.UPDATES: [
        "Latest changes to travel advice",
        "What is the latest update to the FCDO advice for?",
        "What's changed in the UK advice?",
        "what is new in the travel advice",
        "How has the travel advice for changed?",
    ],
    Wanted.AREAS: [
        "Which areas should staff avoid?",
        "Which parts are dangerous?",
        "Which regions does the FCDO advise against all travel to?",
        "Where should I not go?",
        "where shouldn't I travel right now",
        "Where is it unsafe to travel?",
        "Are there areas to avoid?",
        "areas that should be avoided",
        "no-go areas",
        "dangerous areas",
    ],
    Wanted.AMOUNT: [
        "How many people died?",
        "what is the number of deaths?",
        "Number of tourists killed",
        "how much is the fine",
        "How far is it to the border?",
        "how high is the crime rate",
        "what percentage of people",
        "How long is the sentence?",
    ],
    Wanted.DATE: [
        "When is the rainy season?",
        "And when does it snow?",
        "what date is the election",
        "which month is hottest",
        "since when is it illegal",
    ],
    Wanted.ADDRESS: [
        "Where is the US embassy?",
        "where can I find the consulate",
        "what is the address of the hospital?",
        "Where's the nearest police station?",
    ],
    Wanted.NAME: ["Who is the president?", "who runs the hospital", "what is the name of the app"],
    Wanted.TEXT: [
        "Is it safe to walk at night?",
        "Is it safe to drink tap water?",
        "is it safe for women?",
        "are taxis safe?",
        "How dangerous is the road to the airport?",
        "Should I cancel my trip?",
        "Do I need a visa?",
        "what should I do if arrested?",
        "mobile coverage",
        "where are the landmines?",
        "which hospitals accept cards?",
        "which areas have malaria?",
        "which areas should I avoid because of landmines?",
        "where is it safe to swim?",
        "which areas are safe to swim in?",
        "How high is the danger of terrorism?",
        "how big a risk is theft",
        "How much of a problem is crime?",
        "Is it safer to take a taxi or the bus?",
        "Is Almaty safer than Astana?",
        "Which is the safest place to visit in?",
        "Is safer than for women?",
        "Which government is strictest about drugs?",
        "which country has the strictest drug laws?",
        "Is the water at the same level of quality?",
        "What has changed for women?",
        "latest news on the protests",
        "taxis",
        "",
    ],
}


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, questions in ASKED.items() for q in questions])
def test_the_kind_of_thing_that_a_question_asks_for(kind: Wanted, question: str) -> None:
    assert wanted(question) is kind


@pytest.mark.parametrize("question", [q for kind in (Wanted.PHONE, Wanted.LEVEL, Wanted.AREAS) for q in ASKED[kind]])
def test_capitals_make_no_difference(question: str) -> None:
    assert wanted(question.upper()) is wanted(question)

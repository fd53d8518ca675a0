"""Which quote comes first, of those that are near to a question: what happens now, the very region, what to do."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.choosing.leading import fitted
from assistant.choosing.quotes import Quote
from assistant.understanding.question import understand
from index.documents import Document, Passage
from index.snapshot import Hit

TODAY = date(2026, 9, 1)


def quote(words: str, heading: str = "Health", coverage: float = 0.8) -> Quote:
    document = Document("s", words, "Peru", words)
    hit = Hit(0, document, Passage(0, len(words)), 1.0, 1, 1.0)
    return Quote(document, 0, len(words), words, words, (), (heading,), hit, score=1.0, coverage=coverage)


def gained(asked: str, words: str, heading: str = "Health", coverage: float = 0.8) -> float:
    question = understand(asked, today=TODAY, covered={"PE", "PK"})
    other = quote("Much else is told of it, and of what it is like there.", heading)
    found = {q.shown: q.worth for q in fitted(question, [other, quote(words, heading, coverage)])}
    return round(found[words] - 1.0, 3)


@pytest.mark.parametrize(
    ("asked", "words", "gain"),
    [
        ("Is there a cholera outbreak in Peru?", "On 3 July officials announced a cholera outbreak.", 0.2),
        ("Is there a cholera outbreak in Peru?", "There is an ongoing outbreak of cholera in the north.", 0.2),
        ("cholera in Peru", "On 3 July officials announced a cholera outbreak.", 0.2),
        ("Is there a cholera outbreak in Peru?", "On 3 July 2019 officials announced a cholera outbreak.", 0.0),
        ("Is there a cholera outbreak in Peru?", "On 3 July officials announced an outbreak of plague.", 0.0),
        ("Is there a cholera outbreak in Peru?", "Sporadic outbreaks of cholera occur here in the wet months.", -0.05),
        ("Is the volcano in Peru active now?", "The volcano erupted on 9 June 2026 and ash fell on farms.", 0.1),
        ("How do I treat cholera in Peru?", "On 3 July officials announced a cholera outbreak.", 0.0),
    ],
)
def test_an_event_of_late_comes_before_what_occurs_now_and_then(asked: str, words: str, gain: float) -> None:
    assert gained(asked, words) == gain


@pytest.mark.parametrize(
    ("words", "coverage", "gain"),
    [
        ("Roads in Cusco are steep and slippery.", 0.8, 0.12),
        ("Cusco is known for its old walls.", 0.1, 0.0),
        ("Roads in Arequipa are steep and slippery.", 0.8, -0.06),
        ("Roads in the mountains are steep and slippery.", 0.8, 0.0),
    ],
)
def test_the_town_that_is_asked_about_comes_before_another(words: str, coverage: float, gain: float) -> None:
    assert gained("Are roads safe in Cusco, Peru?", words, "Roads", coverage) == gain


@pytest.mark.parametrize(
    ("words", "gain"),
    [
        ("If there's an earthquake, move away from windows.", 0.1),
        ("Move away from windows.", 0.06),
        ("The ground is often shaken here.", 0.0),
        ("An agency abroad has advice about what to do.", -0.08),
        ("Familiarise yourself with the rules of your hotel.", -0.08),
        ("To prevent damage:\n• move lamps to the floor", 0.0),
    ],
)
def test_what_to_do_comes_before_where_it_can_be_learned(words: str, gain: float) -> None:
    assert gained("What should I do in an earthquake in Peru?", words, "Earthquakes") == gain


def test_an_instruction_on_something_else_is_none() -> None:
    asked = "What should I do in an earthquake in Peru?"
    assert gained(asked, "Earthquakes are frequent. Lock the doors of your car.", "Crime") == 0.0


@pytest.mark.parametrize(
    ("asked", "words", "gain"),
    [
        ("Card fraud in Peru", "Card fraud is common.", -0.08),
        ("Card fraud in Peru", "There are also dishonest waiters.", -0.08),
        ("Card fraud in Peru", "There are also waiters who copy a card while its owner looks elsewhere.", 0.0),
        ("Card fraud in Peru", "Card fraud is common where waiters take the card away.", 0.0),
        ("Is card fraud common in Peru?", "Card fraud is common.", 0.0),
        ("Card fraud in Peru", "Copied cards (in shops and hotels)", -0.12),
        ("What kinds of card fraud are there in Peru?", "Copied cards (in shops and hotels)", 0.0),
    ],
)
def test_a_bare_announcement_comes_after_what_tells_something(asked: str, words: str, gain: float) -> None:
    assert gained(asked, words, "Crime") == gain


def test_where_a_number_or_every_government_is_asked_for_scores_alone_count() -> None:
    for asked in ("Police number in Peru?", "What do all governments say about cholera in Peru?"):
        assert gained(asked, "On 3 July officials announced a cholera outbreak.") == 0.0

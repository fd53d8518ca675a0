"""Which vaccinations are needed: what is required comes first, then what is recommended, by disease."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.choosing.quotes import Quote
from assistant.choosing.vaccinations import (
    Told,
    answers,
    asks_vaccinations,
    may_require,
    most_needed_first,
    told,
    worth,
)
from assistant.understanding.question import Question, understand
from index.documents import Document
from index.snapshot import Snapshot

ASKED = "What vaccinations do I need?"
CERTIFICATE = "All visitors must show a yellow fever certificate."
FROM_SOME = "You must show proof of polio vaccination if you come from a country where polio occurs."
RABIES = "A rabies vaccine is recommended for those who work with bats."
DOCTOR = "Check with your doctor which vaccinations you want."
BARE = "Vaccination is recommended."


def asking(words: str) -> Question:
    return understand(words, today=date(2026, 9, 1), covered={"PE"}, place="PE")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (ASKED, True),
        ("Which jabs should my children have?", True),
        ("Do I need to be vaccinated?", True),
        ("Are any immunizations mandatory?", True),
        ("vaccinations?", True),
        ("Do I need a yellow fever vaccination?", False),  # one that is named
        ("What vaccinations do I need for Cusco?", True),
        ("Should I be vaccinated against TBE?", False),
        ("Should farm workers get a special vaccination?", False),
        ("Where can I get vaccinations?", False),
        ("Which vaccines does my dog need?", False),
        ("What happens at the border to the unvaccinated?", False),
        ("What visa do I need?", False),
    ],
)
def test_asks_vaccinations(words: str, expected: bool) -> None:
    assert asks_vaccinations(asking(words)) is expected


@pytest.mark.parametrize(
    ("shown", "headings", "expected"),
    [
        (CERTIFICATE, (), Told.REQUIRED),
        ("Proof of yellow fever vaccination for visitors from all countries.", (), Told.REQUIRED),
        ("You need a valid cholera vaccination certificate.", (), Told.REQUIRED),
        ("Vaccinations:\nYellow fever required.", (), Told.REQUIRED),
        (FROM_SOME, (), Told.REQUIRED_OF_SOME),
        ("You may need a yellow fever vaccination certificate.", (), Told.REQUIRED_OF_SOME),
        ("Proof of vaccination is not required.", ("Yellow fever",), Told.REQUIRED_OF_SOME),
        ("Some national parks require proof of yellow fever vaccination.", (), Told.REQUIRED_OF_SOME),
        (RABIES, (), Told.RECOMMENDED),
        ("We recommend that you carry proof of yellow fever vaccination.", (), Told.RECOMMENDED),
        ("After a rabies bite you must have a post-exposure vaccination.", (), Told.OTHER),
        (BARE, ("Rabies", "Recommendation"), Told.RECOMMENDED),
        ("Keep your routine vaccinations up to date.", (), Told.RECOMMENDED),
        ("Vaccination is not recommended.", ("Yellow fever",), Told.OTHER),
        ("You will need a yellow fever certificate for onward travel.", (), Told.OTHER),
        (DOCTOR, (), Told.ASK),
        ("At least 2 weeks before you go:\n\u2022 check the latest vaccine guide", (), Told.ASK),
        (BARE, ("Recommendation",), Told.NOTHING),
        ("A certificate is required to enter some countries.", ("Yellow fever vaccination",), Told.NOTHING),
    ],
)
def test_told(shown: str, headings: tuple[str, ...], expected: Told) -> None:
    assert told(shown, headings) is expected


def test_what_begins_with_whom_to_ask_is_worth_less_than_what_follows() -> None:
    assert worth(CERTIFICATE, ()) == 0.3
    assert worth(f"{DOCTOR} {CERTIFICATE}", ()) == pytest.approx(0.05)
    assert worth(DOCTOR, ()) == worth(BARE, ()) == -0.2


def test_may_require() -> None:
    assert may_require("Rules.\n\n* **A yellow fever vaccination** is required.")
    assert not may_require("A visa is required.")
    assert not may_require(RABIES)


def quotes(snapshot: Snapshot, *told_there: str) -> list[Quote]:
    (hit,) = snapshot.hits([0])
    page = Document("s", "d", "", "", about=("PE",))
    return [Quote(page, n, n + 1, "", shown, (), (), hit) for n, shown in enumerate(told_there)]


def shown_in_order(snapshot: Snapshot, *told_there: str) -> list[str]:
    return [quote.shown for quote in most_needed_first(quotes(snapshot, *told_there))]


def test_what_is_required_comes_first_and_whom_to_ask_not_at_all(snapshot: Snapshot) -> None:
    found = shown_in_order(snapshot, DOCTOR, RABIES, BARE, FROM_SOME, CERTIFICATE)
    assert found == [CERTIFICATE, FROM_SOME, RABIES]


def test_whom_to_ask_comes_last_where_little_else_is_told(snapshot: Snapshot) -> None:
    assert shown_in_order(snapshot, DOCTOR, BARE, RABIES) == [RABIES, DOCTOR]
    assert shown_in_order(snapshot, BARE) == [BARE]


def test_what_is_recommended_is_heard_after_three_that_require(snapshot: Snapshot) -> None:
    rules = [f"All visitors over {age} must show a yellow fever certificate." for age in (1, 2, 3, 4)]
    assert shown_in_order(snapshot, *rules, RABIES) == [*rules[:3], RABIES, rules[3]]


def test_what_another_country_requires_is_left_out(snapshot: Snapshot) -> None:
    chile = "Chile requires proof of yellow fever vaccination."
    later = "If you come from a country where polio occurs, you need proof of polio vaccination to enter Chile."
    assert shown_in_order(snapshot, chile, later, CERTIFICATE, f"To enter Peru: {CERTIFICATE}") == [
        CERTIFICATE,
        f"To enter Peru: {CERTIFICATE}",
    ]


def test_answers(snapshot: Snapshot) -> None:
    certificate, doctor = quotes(snapshot, CERTIFICATE, DOCTOR)
    assert answers(asking(ASKED), certificate)
    assert not answers(asking(ASKED), doctor)
    assert not answers(asking("What visa do I need?"), certificate)

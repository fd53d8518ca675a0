"""Where governments name different limits, and where they only seem to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant import messages
from assistant.choosing.limits import limits_differ, newest_limit_first
from assistant.choosing.quotes import Quote
from assistant.notes import notes
from assistant.understanding.question import Question, understand
from index.dates import PartialDate
from index.documents import Document, Kind
from index.snapshot import Snapshot

OUT = "how much cash can I take out of Peru"
INTO = "how much cash can I bring into Peru"
ALCOHOL = "What is the alcohol limit for driving in Peru?"


def asked(words: str) -> Question:
    return understand(words, today=date(2026, 9, 1), covered={"PE"})


def quoted(snapshot: Snapshot, told: Sequence[tuple[str, str]]) -> list[Quote]:
    """A quote of each publisher's, the later ones newer."""
    (hit,) = snapshot.hits([0])
    pages = [
        Document(
            "s", f"{n}", "", "", publisher=publisher, about=("PE",), kind=Kind.ORIGINAL, updated=PartialDate(2020 + n)
        )
        for n, (publisher, _) in enumerate(told)
    ]
    return [Quote(page, 0, 1, "", shown, (), (), hit) for page, (_, shown) in zip(pages, told, strict=True)]


@pytest.mark.parametrize(
    ("words", "first", "second", "differ"),
    [
        (ALCOHOL, "The legal blood alcohol limit is 0.03%.", "The maximum blood alcohol level is .02 percent.", True),
        (ALCOHOL, "The legal blood alcohol limit is 0.03%.", "It's illegal with a blood alcohol level over 0%.", True),
        (ALCOHOL, "The blood alcohol limit is 0.03%.", "The blood alcohol limit is .03 per cent.", False),
        (ALCOHOL, "The blood alcohol limit is 0.05%.", "The blood alcohol limit for new drivers is 0.02%.", False),
        (ALCOHOL, "The blood alcohol limit is 0.05%.", "The alcohol limit is 0.05% (0.08% in England).", False),
        (ALCOHOL, "The blood alcohol limit is 0.05%.", "With an alcohol level of 0.08% you go to prison.", False),
        (ALCOHOL, "The blood alcohol limit is 0.05%.", "The blood alcohol limit is 0.02% in Lima.", False),
        (
            OUT,
            "You can only leave with a maximum of US$10,000 in cash, unless you completed a Declaration form.",
            "It is illegal to leave Peru with cash worth more than 2,000 US dollars.",
            True,
        ),
        (OUT, "You can't leave with more than $US2,000.", "You cannot take more than USD 2,000 out.", False),
        (OUT, "You can't leave with more than $US2,000.", "Declare more than USD 10,000 when leaving.", False),
        (OUT, "You can't leave with more than $US2,000.", "You may export up to USD 500 without declaring it.", False),
        (OUT, "You can't leave with more than $US2,000.", "You can bring up to USD 10,000 into the country.", False),
        (OUT, "You can't leave with more than $US2,000.", "You can't leave with more than $5,000.", False),
        (OUT, "You can't leave with more than $US2,000.", "Residents can't leave with more than USD 500.", False),
        (INTO, "You can't leave with more than $US2,000.", "You can't leave with more than USD 500.", False),
        (INTO, "You may bring up to USD 500 into Peru.", "You can import up to 1,000 US dollars.", True),
        ("Is crime high in Peru?", "The blood alcohol limit is 0.03%.", "The blood alcohol limit is 0.02%.", False),
    ],
)
def test_limits_that_differ(snapshot: Snapshot, words: str, first: str, second: str, *, differ: bool) -> None:
    quotes = quoted(snapshot, [("A", first), ("B", second)])
    assert limits_differ(asked(words), quotes) is differ
    assert (messages.DISAGREE in notes(asked(words), quotes)) is differ
    assert newest_limit_first(asked(words), quotes) == (quotes[::-1] if differ else quotes)
    assert not limits_differ(asked(words), quoted(snapshot, [("A", first), ("A", second)]))


def test_what_names_no_limit_comes_last(snapshot: Snapshot) -> None:
    told = [
        ("A", "Drink-driving is an offence."),
        ("B", "The alcohol limit is 0.02%."),
        ("C", "The alcohol limit is 0%."),
    ]
    quotes = quoted(snapshot, told)
    assert [q.document.publisher for q in newest_limit_first(asked(ALCOHOL), quotes)] == ["C", "B", "A"]

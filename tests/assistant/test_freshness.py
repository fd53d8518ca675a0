"""What an answer says of its sources: nothing while they are current, a fixed sentence where they are not."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.choosing.quotes import Quote
from assistant.freshness import freshness, freshness_notes, freshness_records, standing_in_words
from index.build import build
from index.documents import Document
from index.lastgood import Check, LastGood, last_good_file, write_last_good
from index.snapshot import Snapshot
from index.states import Standing, State
from tests.fakes import HashEmbedder, page, write_source

TODAY = date(2026, 8, 22)
US = "U.S. Department of State"
UK = "UK Foreign, Commonwealth & Development Office"


def quote(snapshot: Snapshot, document: Document) -> Quote:
    """Some words of it; freshness looks at the document only."""
    return Quote(document, 0, 1, "x", "x", (), (), snapshot.hits([0])[0])


def first(snapshot: Snapshot, publisher: str, source: str) -> Quote:
    """A quote from some document of a publisher."""
    documents = map(snapshot.document, range(len(snapshot.manifest.documents)))
    return quote(snapshot, next(d for d in documents if (d.publisher, d.source) == (publisher, source)))


@pytest.fixture
def opened(tmp_path: Path) -> Snapshot:
    """Two folders: a copied page of two publishers, and a summary of ours that rests on one of 1 August."""
    basis = "[{publisher: Old Ministry, title: Peru, updated: 2026-08-01}]"
    mine = {"a.md": page("Peru", "Police: 105", publisher="Old Ministry", updated="2026-08-21")}
    ours = {"b.md": page("Peru", "Police: 105", publisher="safecite", kind="compiled", based_on=basis)}
    sources = {"mine": write_source(tmp_path / "m", mine), "ours": write_source(tmp_path / "o", ours)}
    build(tmp_path / "index", sources, HashEmbedder())
    return Snapshot.open(tmp_path / "index", HashEmbedder())


def quotes(snapshot: Snapshot) -> list[Quote]:
    return [quote(snapshot, snapshot.document(n)) for n in range(len(snapshot.manifest.documents))]


def look(snapshot: Snapshot, day: str, outcome: Any, error: str | None = None) -> None:
    write_last_good(snapshot.index, "mine", LastGood({}, (Check(f"{day}T09:00:00+00:00", outcome, error, 1, 0),)))


def test_nothing_is_said_in_the_ordinary_case(opened: Snapshot) -> None:
    assert freshness_notes(quotes(opened), opened, TODAY) == ()
    assert freshness_notes([], opened, TODAY) == ()


def test_our_summaries_age_with_the_pages_they_rest_on(opened: Snapshot) -> None:
    assert freshness_notes(quotes(opened), opened, date(2026, 8, 1) + timedelta(180)) == ()
    assert freshness_notes(quotes(opened), opened, date(2026, 8, 1) + timedelta(181)) == (
        "safecite’s own summaries rest on pages of 1 August 2026 at the newest: newer advice may exist.",
    )


def test_a_failure_is_said_as_soon_as_it_is_written_down(opened: Snapshot) -> None:
    assert freshness_notes(quotes(opened), opened, TODAY) == ()
    look(opened, "2026-08-20", "failed", "HTTP 500")
    assert freshness_notes(quotes(opened), opened, TODAY) == (
        "The pages from Old Ministry could not be fetched since 20 August 2026: this is the last good copy.",
    )
    look(opened, "2026-08-21", "empty")
    [note] = freshness_notes(quotes(opened), opened, TODAY)
    assert note.startswith("The feed from Old Ministry has held nothing since 21 August 2026:")
    look(opened, "2026-08-22", "ok")
    assert freshness_notes(quotes(opened), opened, TODAY) == ()


def test_only_what_is_quoted_is_spoken_of(opened: Snapshot) -> None:
    look(opened, "2026-08-20", "failed")
    by_source = {q.document.source: q for q in quotes(opened)}
    assert freshness_notes([by_source["ours"]], opened, TODAY) == ()
    assert len(freshness_notes([by_source["mine"]] * 3, opened, TODAY)) == 1


def test_a_damaged_file_of_checks_keeps_no_answer_back(opened: Snapshot) -> None:
    path = last_good_file(opened.index, "mine")
    path.parent.mkdir(exist_ok=True)
    path.write_text("{", "ascii")
    assert freshness_notes(quotes(opened), opened, TODAY) == ()


def test_the_record_names_state_and_reason(opened: Snapshot) -> None:
    look(opened, "2026-08-20", "failed", "HTTP 500")
    assert freshness_records(quotes(opened), opened, TODAY) == [
        {
            "source": "mine",
            "publisher": "Old Ministry",
            "state": "failed",
            "since": "2026-08-20",
            "newest": "2026-08-21",
            "looked": None,
            "longest_quiet_days": None,
            "allowed_days": None,
            "unchanged": False,
            "error": "HTTP 500",
        },
        {
            "source": "ours",
            "publisher": "safecite",
            "state": "current",
            "since": "2026-08-01",
            "newest": "2026-08-01",
            "looked": "2026-08-01",
            "longest_quiet_days": None,
            "allowed_days": 180,
            "unchanged": False,
            "error": None,
        },
    ]


def test_the_made_up_archive_is_current_on_the_day_of_its_tests(snapshot: Snapshot) -> None:
    """No other test of an answer meets a note; two months later all of them would."""
    assert {s.state for s in freshness(snapshot, date(2026, 9, 1)).values()} == {State.CURRENT}
    day = date(2026, 11, 22)
    [note] = freshness_notes([first(snapshot, UK, "archive")], snapshot, day)
    assert note == (
        f"Newer advice may exist: the pages here from {UK} were last known to be up to date on 22 August 2026."
    )
    [note] = freshness_notes([first(snapshot, US, "us"), first(snapshot, US, "archive")], snapshot, day)
    assert "U.S. Department of State (“us”) and U.S. Department of State (“archive”)" in note


def test_it_costs_no_time(snapshot: Snapshot) -> None:
    asked = [quote(snapshot, snapshot.document(n)) for n in range(5)]
    freshness_notes(asked, snapshot, TODAY)
    started = time.perf_counter()
    for _ in range(100):
        freshness_notes(asked, snapshot, TODAY)
    assert (time.perf_counter() - started) / 100 < 0.001


WORDS = [
    (Standing(State.NOT_CHECKED), "never compared with its publisher"),
    (Standing(State.CURRENT, TODAY), "on 22 August 2026"),
    (
        Standing(State.AGEING, TODAY, allowed_days=7),
        "last known to be current on 22 August 2026, more than 7 days ago",
    ),
    (
        Standing(State.FROZEN, date(2025, 8, 12), looked=TODAY, longest_quiet=14),
        "unchanged since 12 August 2025, looked at on 22 August 2026; never silent for more than 14 days before",
    ),
    (Standing(State.FAILED, TODAY, error="HTTP 500"), "since 22 August 2026: HTTP 500"),
    (Standing(State.EMPTY, TODAY), "since 22 August 2026: it answers with nothing; the last good copy is kept"),
]


@pytest.mark.parametrize(("standing", "words"), WORDS)
def test_states_in_words(standing: Standing, words: str) -> None:
    assert standing_in_words(standing) == words

"""Editions: what is surely older no longer holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate
from index.documents import Document, Status
from index.series import supersede
from tests.index.test_dates import partial_dates


def edition(date: str | None, series: str | None = "uk/kz", status: Status = Status.CURRENT) -> Document:
    return Document("s", "d", "t", "", updated=PartialDate.parse(date) if date else None, series=series, status=status)


def statuses(*documents: Document) -> str:
    """C, S or W for each document, in their order."""
    return "".join(d.status.name[0] for d in supersede(documents))


def test_newest_supersedes_the_others() -> None:
    assert statuses(edition("2024-05-03"), edition("2026-01-01"), edition("2025")) == "SCS"


def test_other_series_and_none_are_left_alone() -> None:
    assert statuses(edition("2011"), edition("2026", "uk/fr"), edition("2026", None), edition("2011", None)) == "CCCC"


def test_undated_and_equally_new_stay() -> None:
    assert statuses(edition(None), edition("2026-01-01"), edition("2026-01-01"), edition("2025")) == "CCCS"


def test_only_what_is_surely_older_is_superseded() -> None:
    assert statuses(edition("2024"), edition("2024-05-03"), edition("2024-05"), edition("2024-04")) == "CCCS"
    assert statuses(edition("2024"), edition("2025")) == "SC"


def test_withdrawn_takes_no_part() -> None:
    assert statuses(edition("2026", status=Status.WITHDRAWN), edition("2024")) == "WC"


def test_superseded_is_judged_anew() -> None:
    assert statuses(edition("2024", status=Status.SUPERSEDED)) == "C"
    assert statuses(edition("2024", status=Status.SUPERSEDED), edition("2023")) == "CS"


@given(st.lists(partial_dates, min_size=1, max_size=6))
def test_the_newest_day_of_a_series_always_holds(dates: list[PartialDate]) -> None:
    found = supersede(edition(str(d)) for d in dates)
    newest = max(dates, key=lambda d: d.first())
    for document, day in zip(found, dates, strict=True):
        assert (document.status is Status.SUPERSEDED) == (day.last() < newest.first())

"""Six states, exactly one for any input, and the real archive's two frozen publishers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.declared import KINDS
from index.documents import Reading
from index.lastgood import Check
from index.manifest import Manifest
from index.readers.folder import read_source
from index.states import ALLOWED_DAYS, COMPILED, QUIET_DAYS, Standing, State, standings, state_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TODAY = date(2026, 8, 22)
DAILY = [TODAY - timedelta(n) for n in range(1, 21)]  # a publisher that changes something each day


def check(day: date, outcome: Any = "ok", error: str | None = None, changed: int = 0) -> Check:
    return Check(f"{day.isoformat()}T06:30:00+00:00", outcome, error, 200, changed)


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def test_every_kind_is_known() -> None:
    assert set(ALLOWED_DAYS) == set(KINDS) - {"folder", "file"} | {COMPILED}


def test_a_feed_that_was_never_fetched_is_not_checked() -> None:
    assert state_of("govuk", (), (), TODAY) == Standing(State.NOT_CHECKED, allowed_days=7)


@pytest.mark.parametrize(("days", "state"), [(0, State.CURRENT), (7, State.CURRENT), (8, State.AGEING)])
def test_a_feed_ages_by_its_last_good_check(days: int, state: State) -> None:
    found = state_of("us", (), [check(ago(90)), check(ago(days))], TODAY)
    assert (found.state, found.since, found.looked) == (state, ago(days), ago(days))


@pytest.mark.parametrize(("kind", "days"), ALLOWED_DAYS.items())
def test_each_kind_has_its_own_limit(kind: str, days: int) -> None:
    pages = [ago(days)]
    assert state_of(kind, pages, (), TODAY).state is State.CURRENT
    assert state_of(kind, pages, (), TODAY + timedelta(1)).state is State.AGEING


def test_a_failed_check_says_since_when_and_why() -> None:
    checks = [check(ago(5)), check(ago(3), "failed", "timed out"), check(ago(1), "failed", "HTTP 500")]
    found = state_of("govuk", DAILY, checks, TODAY)
    assert (found.state, found.since, found.error, found.looked) == (State.FAILED, ago(3), "HTTP 500", ago(1))
    assert state_of("govuk", (), checks, TODAY).looked == ago(5)


def test_an_empty_answer_is_an_alarm_of_its_own() -> None:
    checks = [check(ago(5)), check(ago(1), "empty")]
    found = state_of("us", DAILY, checks, TODAY)
    assert (found.state, found.since) == (State.EMPTY, ago(1))
    assert state_of("us", DAILY, [*checks, check(TODAY)], TODAY).state is State.CURRENT


def test_a_feed_that_lost_most_of_its_items_has_failed() -> None:
    found = state_of("us", DAILY, [check(ago(1), "shrunk", "3 items of 220")], TODAY)
    assert (found.state, found.error) == (State.FAILED, "3 items of 220")


def test_frozen_is_longer_than_its_longest_silence() -> None:
    habit = [date(2026, 1, 1) + timedelta(60 * n) for n in range(10)]  # something changes every sixty days
    newest = habit[-1]
    for quiet, state in ((60, State.CURRENT), (61, State.FROZEN)):
        today = newest + timedelta(quiet)
        found = state_of("canada", habit, [check(today)], today)
        assert (found.state, found.longest_quiet) == (state, 60)
    assert (found.since, found.looked, found.unchanged) == (newest, today, True)


def test_a_short_silence_is_never_frozen() -> None:
    newest = max(DAILY)
    for quiet, state in ((QUIET_DAYS, State.CURRENT), (QUIET_DAYS + 1, State.FROZEN)):
        today = newest + timedelta(quiet)
        assert state_of("rss", DAILY, [check(today)], today).state is state


def test_too_few_changes_tell_no_habit() -> None:
    assert state_of("rss", DAILY[:9], [check(ago(-90))], ago(-90)).state is State.CURRENT
    assert state_of("rss", DAILY[:10], [check(ago(-90))], ago(-90)).state is State.FROZEN


def test_nobody_looked_so_it_is_ageing_not_frozen() -> None:
    assert state_of("govuk", DAILY, [check(ago(1))], ago(-90)).state is State.AGEING


def test_what_was_frozen_stays_so_beside_a_failure() -> None:
    checks = [check(ago(-90)), check(ago(-91), "failed", "HTTP 500")]
    found = state_of("govuk", DAILY, checks, ago(-91))
    assert (found.state, found.unchanged, found.newest) == (State.FAILED, True, ago(1))


def test_restamped_bytes_are_no_change_where_pages_are_dated() -> None:
    restamped = [check(ago(-n), changed=228) for n in range(90)]  # "still current at" the day of the copy
    assert state_of("govuk", DAILY, restamped, ago(-89)).state is State.FROZEN
    assert state_of("web", (), restamped, ago(-89)).state is State.CURRENT  # undated: all that is known


def test_undated_pages_go_by_what_the_checks_found() -> None:
    checks = [*(check(ago(30 - n), changed=1) for n in range(12)), *(check(ago(18 - n)) for n in range(90))]
    found = state_of("web", (), checks, ago(-71))
    assert (found.state, found.since) == (State.FROZEN, ago(19))


def test_own_folders_are_not_compared_with_anything() -> None:
    assert state_of("folder", [date(2011, 5, 1)], (), TODAY, alive=TODAY).state is State.NOT_CHECKED
    assert state_of("folder", [date(2011, 5, 1)], [check(ago(400))], TODAY).state is State.CURRENT
    assert state_of("file", (), [check(ago(1), "failed", "there is no such folder.")], TODAY).state is State.FAILED


def test_reading_our_own_summaries_again_checks_nothing() -> None:
    assert state_of(COMPILED, [ago(200)], [check(TODAY)], TODAY).state is State.AGEING


def test_what_lies_ahead_is_not_known() -> None:
    later = [check(ago(1)), check(ago(-5), "failed")]
    assert state_of("us", DAILY, later, TODAY).state is State.CURRENT
    assert state_of("us", [ago(-5)], (), TODAY, alive=ago(-5)).state is State.NOT_CHECKED
    # In the evening of the west it is tomorrow in UTC already.
    assert state_of("us", (), [check(ago(-1))], TODAY).since == TODAY


days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
outcomes = st.sampled_from(["ok", "failed", "empty", "shrunk"])
looks = st.builds(check, days, outcomes, st.none() | st.text(), st.integers(0, 9))
kinds = st.sampled_from([*KINDS, COMPILED])


@given(kinds, st.lists(days, max_size=30), st.lists(looks, max_size=8), days, st.none() | days)
def test_any_input_has_exactly_one_state_with_its_reason(
    kind: str, changed: list[date], checks: list[Check], today: date, alive: date | None
) -> None:
    found = state_of(kind, changed, checks, today, alive=alive)
    assert found.state in State
    known = [c for c in checks if date.fromisoformat(c.time[:10]) <= today + timedelta(1)]
    bad = bool(known) and known[-1].outcome != "ok"
    assert (found.state in (State.FAILED, State.EMPTY)) == bad
    assert (found.state is State.EMPTY) == (bad and known[-1].outcome == "empty")
    assert (found.since is None) == (found.state is State.NOT_CHECKED)
    assert (found.state is State.FROZEN) == (found.unchanged and not bad)
    assert all(day <= today for day in (found.since, found.newest, found.looked) if day)
    if found.state is State.NOT_CHECKED:
        assert found.looked is None
    if found.state in (State.CURRENT, State.AGEING):
        limit = ALLOWED_DAYS.get(kind, 10**6)
        assert found.since == found.looked
        assert found.looked is not None
        assert (found.state is State.AGEING) == ((today - found.looked).days > limit)
    assert found.to_record()["state"] == found.state.value


def manifest(sources: dict[str, dict[str, Any]], documents: list[dict[str, Any]]) -> Manifest:
    return Manifest(1, None, "2026-11-22T10:00:00+00:00", {}, "", "", 32, sources, documents)


def test_states_are_a_publishers_in_a_source() -> None:
    def pages(source: str, publisher: str, days: list[date], reader: str = "advisories 1") -> list[dict[str, Any]]:
        return [{"source": source, "publisher": publisher, "updated": str(day), "reader": reader} for day in days]

    old = [day - timedelta(300) for day in DAILY]
    basis = [{"publisher": "A", "title": "t", "updated": "2026-08-01"}, {"publisher": "B", "title": "t"}]
    state = manifest(
        {"both": {"root": "/a"}, "mine": {"root": "/m"}, "gov": {"feed": "govuk"}, "none": {"feed": "us"}},
        [
            *pages("both", "A", DAILY),
            *pages("both", "B", old),
            {**pages("both", "B", [date(2026, 8, 20)])[0], "status": "withdrawn"},
            {"source": "mine", "updated": "2011", "reader": "text 1"},
            {"source": "mine", "publisher": "safecite", "kind": "compiled", "based_on": basis, "updated": "2026-08-22"},
            *pages("gov", "B", DAILY, "govuk 1"),
        ],
    )
    found = standings(state, {"gov": [check(ago(1), "empty")]}, TODAY)
    assert {pair: s.state for pair, s in found.items()} == {
        ("both", "A"): State.CURRENT,
        ("both", "B"): State.FROZEN,
        ("mine", ""): State.NOT_CHECKED,
        ("mine", "safecite"): State.CURRENT,
        ("gov", "B"): State.EMPTY,
        ("none", ""): State.NOT_CHECKED,
    }
    assert found["mine", "safecite"].newest == date(2026, 8, 1)
    assert found["both", "B"].newest == max(old)


def test_a_day_that_the_user_named_counts_and_the_day_of_a_build_does_not() -> None:
    page = [{"source": "a", "publisher": "A", "updated": "2026-06-01", "reader": "advisories 1"}]
    for record, state in (({"built": "2026-08-22"}, State.AGEING), ({"observed": "2026-08-20"}, State.CURRENT)):
        assert standings(manifest({"a": record}, page), {}, TODAY)["a", "A"].state is state


@pytest.mark.archive
def test_the_real_archive_froze_for_two_of_five() -> None:
    folder = DATA / "advisories"
    if not folder.is_dir():
        pytest.skip(f"the archive is not at {folder}")
    readings = (item for item in read_source("advisories", folder) if isinstance(item, Reading))
    real = manifest({"advisories": {"root": str(folder)}}, [reading.document.to_record() for reading in readings])

    def states(today: date) -> dict[str, tuple[str, str]]:
        found = standings(real, {}, today)
        return {publisher.split()[0]: (s.state.value, str(s.since)) for (_, publisher), s in found.items()}

    gone = {"Australian": ("frozen", "2025-08-15"), "U.S.": ("frozen", "2025-08-12")}
    kept = ("Global", "Ireland", "UK")
    assert states(date(2026, 8, 22)) == gone | dict.fromkeys(kept, ("current", "2026-08-21"))
    assert states(date(2026, 11, 22)) == gone | dict.fromkeys(kept, ("ageing", "2026-08-21"))

"""What an answer does to the last good state. An item's bytes say how many documents are in it: b"ddd" holds three."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from index.feeds.feed import Fetched, Listing, Response
from index.feeds.settle import Contents, Settled, settle

BEFORE, NOW = "2026-11-19T08:00:00+00:00", "2026-11-20T08:00:00+00:00"
HEADERS = {"etag": '"2"'}


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def state(**items: bytes) -> dict[str, Fetched]:
    return {
        name: Fetched(name, f"https://a/{name}", digest(raw), BEFORE, {"etag": '"1"'}) for name, raw in items.items()
    }


def settled(
    last: dict[str, bytes],
    *,
    partial: bool = False,
    others: bool = False,
    accept: bool = False,
    failed: dict[str, str] | None = None,
    **now: bytes | None,
) -> Settled:
    """`now`: bytes that came, None for "unchanged"."""
    stored = {digest(raw): raw for raw in last.values()}

    def look(item: Fetched, raw: bytes | None) -> Contents:
        raw = stored[item.raw_sha256] if raw is None else raw
        return Contents(raw.count(b"d"), "no JSON" if raw.startswith(b"<") else None)

    items = {
        name: Response(f"https://a/{name}", raw or b"", HEADERS, unchanged=raw is None) for name, raw in now.items()
    }
    listing = Listing(items, failed or {}, others)
    return settle(listing, state(**last), look, NOW, partial=partial, accept=accept)


def test_the_first_answer() -> None:
    found = settled({}, a=b"d1", b=b"d2")
    assert found.items == {
        "a": Fetched("a", "https://a/a", digest(b"d1"), NOW, HEADERS),
        "b": Fetched("b", "https://a/b", digest(b"d2"), NOW, HEADERS),
    }
    assert (found.outcome, found.error, found.received) == ("ok", None, {"a": b"d1", "b": b"d2"})


def test_unchanged_changed_new_and_gone() -> None:
    found = settled({"a": b"d1", "b": b"d2", "gone": b"d3", "same": b"d4"}, a=None, b=b"d5", new=b"d6", same=b"d4")
    assert found.items is not None
    assert sorted(found.items) == ["a", "b", "new", "same"]
    assert found.items["a"] == Fetched("a", "https://a/a", digest(b"d1"), NOW, {"etag": '"1"'})
    assert found.items["same"] == Fetched("same", "https://a/same", digest(b"d4"), NOW, HEADERS)
    assert (found.outcome, found.error, found.received) == ("ok", None, {"b": b"d5", "new": b"d6"})


def test_a_failed_item_keeps_its_last_state_and_is_named() -> None:
    found = settled(
        {"a": b"d1", "b": b"d2", "c": b"d3"}, failed={"c": "HTTP status 500", "new": "too large"}, a=None, b=None
    )
    assert found.items is not None
    assert (sorted(found.items), found.items["c"].retrieved) == (["a", "b", "c"], BEFORE)
    assert found.outcome == "ok"
    assert found.error == "2 of 4 items failed and stay as they were last seen, first c: HTTP status 500"


def test_most_items_failing_is_a_failure_that_keeps_what_came() -> None:
    found = settled({"a": b"d1", "b": b"d2"}, failed={"a": "no answer", "b": "no answer"}, c=b"d3")
    assert (found.outcome, found.received) == ("failed", {"c": b"d3"})
    assert found.items is not None
    assert sorted(found.items) == ["a", "b", "c"]


def test_all_items_failing_keeps_all() -> None:
    found = settled({"a": b"d1"}, failed={"a": "no answer"})
    assert found == Settled("failed", "1 of 1 items failed and stay as they were last seen, first a: no answer")


def test_nothing_is_an_alarm_and_never_a_state() -> None:
    empty = Settled("empty", "It answered, and there was no document in what came.")
    assert settled({"a": b"d1"}) == empty
    assert settled({}) == empty
    assert settled({}, a=b"[]") == empty
    assert settled({"a": b"d1"}, a=b"[]") == empty
    assert settled({"a": b"d1"}, b=b"[]") == empty


def test_what_was_readable_and_is_no_more_keeps_its_last_state() -> None:
    found = settled({"a": b"d1", "b": b"d2"}, a=b"<html>", b=b"d3")
    assert found.items is not None
    assert found.items["a"].raw_sha256 == digest(b"d1")
    assert found.received == {"b": b"d3"}
    assert found.error == "1 of 2 items failed and stay as they were last seen, first a: no JSON"
    assert settled({"a": b"ddd"}, a=b"<html>").outcome == "failed"
    assert settled({}, a=b"<html>") == Settled("failed", "Nothing that came can be read: no JSON.")


def test_one_item_with_nothing_in_it_keeps_its_last_state() -> None:
    found = settled({"a": b"d1", "b": b"d2", "c": b"d3"}, a=b"[]", b=None, c=None)
    assert found.items is not None
    assert found.items["a"].raw_sha256 == digest(b"d1")
    assert (found.outcome, found.received) == ("ok", {})
    assert (
        found.error == "1 of 3 items failed and stay as they were last seen, first a: there is nothing in it any more"
    )


def test_losing_more_than_half_of_the_documents_is_flagged() -> None:
    last = {name: b"d" + name.encode() for name in "abcef"}
    assert settled(last, a=None, b=None) == Settled(
        "shrunk",
        "Only 2 of 5 documents came; the last good state stays. "
        "If that is right: safecite sources update NAME --accept",
    )
    assert settled(last, a=None, b=None, c=None).outcome == "ok"
    assert settled({"a": b"dddd"}, a=b"dd").outcome == "ok"
    assert settled({"a": b"dddd"}, a=b"d").outcome == "shrunk"  # one file that holds them all


def test_the_loss_of_most_can_be_accepted_and_that_of_all_cannot() -> None:
    last = {name: b"d" + name.encode() for name in "abcef"}
    found = settled(last, accept=True, a=None)
    assert (found.outcome, found.error, list(found.items or ())) == ("ok", None, ["a"])
    assert settled(last, accept=True).outcome == "empty"
    assert settled(last, accept=True, failed=dict.fromkeys(last, "no answer")).outcome == "failed"


def test_unchanged_of_what_is_not_known() -> None:
    assert settled({}, a=None).outcome == "failed"


def test_one_place_adds_and_replaces_and_takes_nothing_away() -> None:
    last = {"a": b"d1", "b": b"d2", "c": b"d3", "e": b"d4"}
    found = settled(last, partial=True, b=b"d5")
    assert (found.outcome, found.received) == ("ok", {"b": b"d5"})
    assert found.items is not None
    assert {name: item.raw_sha256 for name, item in found.items.items()} == {
        "a": digest(b"d1"),
        "b": digest(b"d5"),
        "c": digest(b"d3"),
        "e": digest(b"d4"),
    }
    assert settled(last, partial=True).outcome == "empty"


def test_a_place_that_is_not_listed_is_no_alarm_where_others_are() -> None:
    last = {"a": b"d1", "b": b"d2"}
    quiet = Settled("ok", "It lists nothing about this place; what is known of it stays.")
    assert settled(last, partial=True, others=True) == quiet
    assert settled({}, partial=True, others=True) == quiet
    assert settled(last, others=True).outcome == "empty"
    assert settled(last, partial=True, others=True, failed={"a": "no answer"}).outcome == "failed"


answers = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([b"d1", b"d2", b"dd", b"<html>", b"[]", None]))


@given(
    last=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([b"d1", b"d2", b"dd"])),
    now=answers,
    failed=st.sets(st.sampled_from("abcdefgh")),
    partial=st.booleans(),
)
def test_a_state_is_never_lost_in_silence(
    last: dict[str, bytes], now: dict[str, bytes | None], failed: set[str], partial: bool
) -> None:
    now = {name: raw for name, raw in now.items() if name not in failed}
    found = settled(last, partial=partial, failed=dict.fromkeys(failed, "no answer"), **now)
    if found.outcome != "ok":
        assert found.error
    if found.items is None:
        assert found.outcome in ("failed", "empty", "shrunk")
        assert found.received == {}
        return
    assert failed & last.keys() <= found.items.keys()
    assert found.received.keys() <= found.items.keys()
    for name, raw in found.received.items():
        assert found.items[name].raw_sha256 == digest(raw)
    if partial:
        assert last.keys() <= found.items.keys()
    bodies = {**{digest(raw): raw for raw in last.values()}, **{digest(raw): raw for raw in found.received.values()}}
    documents = sum(bodies[item.raw_sha256].count(b"d") for item in found.items.values())
    assert documents > 0
    if not partial:
        assert 2 * documents >= sum(raw.count(b"d") for raw in last.values())

"""Updates: feeds that misbehave, what is kept of them, and that nothing is lost on the way."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from filelock import FileLock

from index.declared import Declared
from index.errors import BusyError, FeedError, SafeciteError
from index.feeds.client import Manners, PoliteClient
from index.feeds.feed import Response
from index.lastgood import Check, LastGood, last_good_file, read_last_good
from index.manifest import current_id, list_snapshots, read_manifest
from index.snapshot import Snapshot
from index.store import Store
from index.update import UpdateResult, update
from tests.fakes import HashEmbedder, die_at, page, write_source
from tests.index.feeds.server import (
    FakeClient,
    FeedServer,
    Reply,
    endless,
    fails,
    html_instead,
    ok,
    redirects,
    stalls,
    too_many,
    truncated,
)

A, B = "https://a.example/feed", "https://b.example/feed"
NEWS_A, NEWS_B = Declared("news", "rss", A), Declared("more", "rss", B)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 8, tzinfo=UTC)


def time(number: int) -> str:
    return f"2026-11-{number:02d}T08:00:00+00:00"


def feed(*titles: str, body: str = "Stay away from the port.") -> str:
    items = "".join(f"<item><title>{t}</title><guid>{t}</guid><description>{body}</description></item>" for t in titles)
    return f"<rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"


def run(
    index: Path, client: FakeClient | PoliteClient, declared: Sequence[Declared], number: int, place: str | None = None
) -> UpdateResult:
    return update(index, declared, HashEmbedder(), now=day(number), client=client, place=place)


def titles(index: Path, source: str = "news", name: str | None = None) -> list[str]:
    """Titles that a snapshot holds of a source."""
    manifest = read_manifest(index, name or current_id(index) or "")
    return sorted(d["title"] for d in manifest.documents if d["source"] == source)


# What an update does


def test_the_first_update(index: Path) -> None:
    client = FakeClient({A: feed("Fire in Lima", "Flood in Piura"), B: feed("Storm")})
    result = run(index, client, [NEWS_A, NEWS_B], 1)
    assert result.build is not None
    assert (result.build.documents, result.build.changed) == (3, True)
    assert result.checks == {"news": Check(time(1), "ok", None, 2, 2), "more": Check(time(1), "ok", None, 1, 1)}
    manifest = read_manifest(index, result.build.snapshot)
    expected = {"feed": "rss", "address": A, "checked": time(1), "observed": "2026-11-01"}
    assert {name: manifest.sources["news"][name] for name in expected} == expected
    state = read_last_good(index, "news")
    assert state.checks == (result.checks["news"],)
    (item,) = state.items.values()
    with Store(index / "store.sqlite") as store:
        assert store.get_bytes("raw", item.raw_sha256) == feed("Fire in Lima", "Flood in Piura").encode()
        assert store.fetches(item.raw_sha256) == [item]
    hits = Snapshot.open(index, HashEmbedder()).search("flood piura", 1)
    assert hits[0].document.title == "Flood in Piura"
    assert str(hits[0].document.retrieved) == "2026-11-01"


def test_being_confirmed_makes_no_snapshot(index: Path) -> None:
    client = FakeClient({A: feed("Fire"), B: feed("Storm")})
    first = run(index, client, [NEWS_A, NEWS_B], 1)
    client.confirms = False  # one host that knows no conditions, and the same bytes again
    second = run(index, client, [NEWS_A], 2)
    client.confirms = True
    third = run(index, client, [NEWS_A, NEWS_B], 3)
    assert first.build is not None
    for later in (second, third):
        assert later.build is not None
        assert (later.build.snapshot, later.build.changed, later.build.embedded) == (first.build.snapshot, False, 0)
    assert third.checks["news"] == Check(time(3), "ok", None, 1, 0)
    assert read_last_good(index, "news").items["feed"].retrieved == time(3)
    assert [known is not None for _, known in client.asked] == [False, False, True, True, True]
    with Store(index / "store.sqlite") as store:
        fetches = store.fetches(read_last_good(index, "news").items["feed"].raw_sha256)
        assert [fetch.retrieved for fetch in fetches] == [time(1)]


def test_what_changed_is_new_and_what_went_is_gone(index: Path) -> None:
    client = FakeClient({A: feed("Fire", "Flood", "Theft")})
    run(index, client, [NEWS_A], 1)
    client.pages[A] = feed("Fire", "Flood", "Strike")
    result = run(index, client, [NEWS_A], 5)
    assert result.checks["news"] == Check(time(5), "ok", None, 3, 2)
    assert titles(index) == ["Fire", "Flood", "Strike"]
    assert titles(index, name=list_snapshots(index)[0]) == ["Fire", "Flood", "Theft"]
    manifest = read_manifest(index, current_id(index) or "")
    assert manifest.sources["news"]["observed"] == "2026-11-05"
    assert {d["retrieved"] for d in manifest.documents} == {"2026-11-05"}


def test_bytes_that_come_back_were_retrieved_when_they_came_back(index: Path) -> None:
    client = FakeClient({A: feed("Fire")})
    for number, page_now in enumerate([feed("Fire"), feed("Flood"), feed("Fire")], 1):
        client.pages[A] = page_now
        run(index, client, [NEWS_A], number)
    assert [d["retrieved"] for d in read_manifest(index, current_id(index) or "").documents] == ["2026-11-03"]


def test_only_what_is_turned_on_is_asked(index: Path) -> None:
    client = FakeClient({A: feed("Fire")})
    assert run(index, client, [Declared("news", "rss", A, enabled=False)], 1) == UpdateResult(None, {})
    assert client.asked == []


def test_folders_beside_feeds(index: Path, tmp_path: Path) -> None:
    folder = write_source(tmp_path / "mine", {"a.md": page("Peru", "Dial 105.", places="[PE]")})
    declared = [Declared("mine", "folder", str(folder)), Declared("gone", "folder", str(tmp_path / "no")), NEWS_A]
    result = run(index, FakeClient({A: feed("Fire")}), declared, 1)
    assert result.checks["mine"] == Check(time(1), "ok", None, 1, 1)
    assert result.checks["gone"].outcome == "failed"
    assert (
        result.checks["gone"].error
        == f"{tmp_path / 'no'}: there is no such folder. Name a folder of documents, or one document."
    )
    assert (titles(index, "mine"), titles(index)) == (["Peru"], ["Fire"])
    assert read_last_good(index, "mine") == LastGood({}, (result.checks["mine"],))
    (folder / "b.md").write_text(page("Chile", "Dial 133."))
    again = run(index, FakeClient({A: feed("Fire")}), declared, 2)
    assert again.checks["mine"] == Check(time(2), "ok", None, 2, 1)


def test_a_folder_alone_needs_no_client(index: Path, tmp_path: Path) -> None:
    folder = write_source(tmp_path / "mine", {"a.md": page("Peru", "Dial 105.")})
    result = update(index, [Declared("mine", "folder", str(folder))], HashEmbedder(), now=day(1))
    assert result.checks == {"mine": Check(time(1), "ok", None, 1, 1)}


# What goes wrong


def test_an_empty_answer_is_an_alarm(index: Path) -> None:
    client = FakeClient({A: feed("Fire", "Flood")})
    run(index, client, [NEWS_A], 1)
    client.pages[A] = feed()
    before = current_id(index)
    result = run(index, client, [NEWS_A], 2)
    empty = Check(time(2), "empty", "It answered, and there was no document in what came.", 2, 0)
    assert result == UpdateResult(None, {"news": empty})
    assert (current_id(index), titles(index)) == (before, ["Fire", "Flood"])
    state = read_last_good(index, "news")
    assert [check.outcome for check in state.checks] == ["ok", "empty"]
    assert state.items["feed"].retrieved == time(1)


def test_a_feed_that_loses_most_is_flagged_and_kept(index: Path) -> None:
    client = FakeClient({A: feed("Fire", "Flood", "Theft")})
    run(index, client, [NEWS_A], 1)
    client.pages[A] = feed("Fire")
    result = run(index, client, [NEWS_A], 2)
    error = (
        "Only 1 of 3 documents came; the last good state stays. If that is right: safecite sources update NAME --accept"
    )
    assert result.checks["news"] == Check(time(2), "shrunk", error, 3, 0)
    assert titles(index) == ["Fire", "Flood", "Theft"]
    client.pages[A] = feed("Fire", "Flood", "Quake")
    assert run(index, client, [NEWS_A], 3).checks["news"] == Check(time(3), "ok", None, 3, 2)
    client.pages[A] = feed("Quake")
    assert run(index, client, [NEWS_A], 4).checks["news"].outcome == "shrunk"
    accepted = update(index, [NEWS_A], HashEmbedder(), accept=True, now=day(5), client=client)
    assert accepted.checks["news"] == Check(time(5), "ok", None, 1, 2)
    assert titles(index) == ["Quake"]
    assert run(index, client, [NEWS_A], 6).checks["news"] == Check(time(6), "ok", None, 1, 0)


def test_the_first_answer_failing_leaves_nothing_to_build(index: Path) -> None:
    result = run(index, FakeClient({}), [NEWS_A], 1)
    assert result == UpdateResult(None, {"news": Check(time(1), "failed", f"{A}: HTTP status 404.", 0, 0)})
    assert read_last_good(index, "news").checks == (result.checks["news"],)
    assert current_id(index) is None


class Broken:
    """A client whose answers break whoever reads them."""

    async def get(self, url: str, known: object = None) -> Response:
        if url == A:
            raise RecursionError("deep")
        return Response(url, feed("Storm").encode(), {})


def test_one_feed_that_breaks_touches_no_other(index: Path) -> None:
    result = update(index, [NEWS_A, NEWS_B], HashEmbedder(), now=day(1), client=Broken())
    assert result.checks["news"] == Check(
        time(1), "failed", "Its answer broke the reader: RecursionError('deep')", 0, 0
    )
    assert result.checks["more"] == Check(time(1), "ok", None, 1, 1)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (fails(500), "answers with HTTP status 500."),
        (too_many("3600"), "answers with HTTP status 429. It asks to be left alone for 3600 seconds."),
        (stalls(ok(feed("Fire"))), "did not answer in time."),
        (truncated(ok(feed("Fire")), after=90), "cannot be fetched (peer closed connection"),
        (ok(feed("Fire", "Flood")[:-40]), "is no RSS or Atom feed, or not all of one ("),
        (ok([]), "is no RSS or Atom feed, or not all of one ("),
        (html_instead(), "is no RSS or Atom feed (it begins with <html>)."),
        (redirects("/bad"), "redirects more than 5 times."),
        (endless(), "is larger than 0.1 MB."),
    ],
)
def test_a_feed_that_fails_keeps_its_last_state_beside_one_that_does_not(
    index: Path, reply: Reply, reason: str
) -> None:
    manners = Manners(read=0.1, whole=2, attempts=2, first_wait=0.002, interval=0, largest=100_000)

    def polite() -> PoliteClient:
        return PoliteClient(manners, transport=httpx.AsyncHTTPTransport(verify=False))

    with FeedServer(
        {"/bad": [ok(feed("Fire", "Flood"), etag='"1"'), reply], "/good": [ok(feed("Storm")), ok(feed("Hail"))]}
    ) as server:
        declared = [Declared("bad", "rss", server.url("/bad")), Declared("good", "rss", server.url("/good"))]
        run(index, polite(), declared, 1)
        result = run(index, polite(), declared, 2)
    bad = result.checks["bad"]
    assert (bad.outcome, bad.items, bad.changed) == ("failed", 2, 0)
    assert (bad.error or "").startswith(f"{declared[0].address}: {reason}")
    assert result.checks["good"] == Check(time(2), "ok", None, 1, 2)
    assert (titles(index, "bad"), titles(index, "good")) == (["Fire", "Flood"], ["Hail"])
    manifest = read_manifest(index, current_id(index) or "")
    assert manifest.sources["bad"]["checked"] == time(1)
    assert read_last_good(index, "bad").items["feed"].headers["etag"] == '"1"'


def test_another_address_is_another_feed(index: Path) -> None:
    client = FakeClient({A: feed("Fire", "Flood", "Theft"), B: feed("Storm")})
    run(index, client, [NEWS_A], 1)
    result = run(index, client, [Declared("news", "rss", B)], 2)
    assert result.checks["news"] == Check(time(2), "ok", None, 1, 4)
    assert client.asked[-1] == (B, None)


def test_a_place_says_nothing_of_the_rest(index: Path, tmp_path: Path) -> None:
    folder = write_source(tmp_path / "mine", {"a.md": page("Peru", "Dial 105.")})
    declared = [NEWS_A, Declared("mine", "folder", str(folder)), Declared("far", "rss", B, places=("FJ",))]
    client = FakeClient({A: feed("Fire"), B: feed("Storm")})
    run(index, client, declared, 1)
    client.pages[A] = feed("Fire", "Flood")
    result = run(index, client, declared, 2, place="KZ")
    assert result.checks == {"news": Check(time(2), "ok", None, 2, 1)}
    assert titles(index) == ["Fire", "Flood"]
    assert [check.time for check in read_last_good(index, "news").checks] == [time(1)]
    assert read_manifest(index, current_id(index) or "").sources["news"]["checked"] == time(1)


def test_two_updates_at_once(index: Path) -> None:
    (index / "sources").mkdir(parents=True)
    with (
        FileLock(index / "sources" / "LOCK"),
        pytest.raises(BusyError, match=r"another update is at work on this index\. Wait"),
    ):
        run(index, FakeClient({A: feed("Fire")}), [NEWS_A], 1)
    with FileLock(index / "LOCK"), pytest.raises(BusyError, match="another build is at work"):
        run(index, FakeClient({A: feed("Fire")}), [NEWS_A], 1)
    assert run(index, FakeClient({A: feed("Fire")}), [NEWS_A], 1).checks["news"].outcome == "ok"


def test_a_damaged_state_is_named_and_left(index: Path) -> None:
    client = FakeClient({A: feed("Fire"), B: feed("Storm")})
    run(index, client, [NEWS_A, NEWS_B], 1)
    path = last_good_file(index, "news")
    path.write_bytes(path.read_bytes().replace(b"Desk", b"").replace(b"feed", b"fees", 1))
    client.pages.update({A: feed("Flood"), B: feed("Hail")})
    result = run(index, client, [NEWS_A, NEWS_B], 2)
    assert result.checks["news"].outcome == "failed"
    assert (result.checks["news"].error or "").startswith(f"{path}: does not match its checksum. Delete this file")
    assert (titles(index), titles(index, "more")) == (["Fire"], ["Hail"])
    path.unlink()
    assert run(index, client, [NEWS_A], 3).checks["news"] == Check(time(3), "ok", None, 1, 2)


def test_a_store_that_was_taken_away_is_filled_again(index: Path) -> None:
    client = FakeClient({A: feed("Fire"), B: feed("Storm")})
    run(index, client, [NEWS_A, NEWS_B], 1)
    for name in ("store.sqlite", "CURRENT"):
        (index / name).unlink()
    client.pages[B] = FeedError("HTTP status 500.", path=B)
    result = run(index, client, [NEWS_A, NEWS_B], 2)
    assert (result.checks["news"].outcome, result.checks["more"].outcome) == ("ok", "failed")
    assert (titles(index), titles(index, "more")) == (["Fire"], [])


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(SafeciteError, match=r"cannot be written \(.*\)\. Is there room, and is it yours\?"):
        run(tmp_path / "index", FakeClient({}), [NEWS_A], 1)


# Killed anywhere


def update_and_die(index: Path, at_event: int) -> None:
    """The second update, killed just before its touch of a file number `at_event`; 0 never."""
    client = FakeClient({A: feed("Fire", "Quake", "Strike"), B: feed("Hail")})
    die_at(index, at_event, lambda: run(index, client, [NEWS_A, NEWS_B], 2))


def test_killed_anywhere_the_old_state_answers_and_the_next_update_repeats(index: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.test_update"])

    def second(where: Path, at_event: int) -> int | None:
        process = context.Process(target=update_and_die, args=(where, at_event))
        process.start()
        process.join(60)
        process.kill()
        return process.exitcode

    def held(where: Path) -> list[str]:
        Snapshot.open(where, HashEmbedder()).search("fire", 3)
        return titles(where) + titles(where, "more")

    old, new = ["Fire", "Flood", "Theft", "Storm"], ["Fire", "Quake", "Strike", "Hail"]
    run(index, FakeClient({A: feed("Fire", "Flood", "Theft"), B: feed("Storm")}), [NEWS_A, NEWS_B], 1)
    assert second(shutil.copytree(index, tmp_path / "whole"), 0) == 0
    assert held(tmp_path / "whole") == new
    events = int((tmp_path / "events").read_text("ascii"))
    seen = []
    for at in [*random.Random(5).sample(range(1, events - 4), 4), *range(events - 4, events + 1)]:
        copy = shutil.copytree(index, tmp_path / str(at))
        assert second(copy, at) == -signal.SIGKILL
        seen.append(held(copy))
        client = FakeClient({A: feed("Fire", "Quake", "Strike"), B: feed("Hail")})
        result = run(copy, client, [NEWS_A, NEWS_B], 2)
        assert [check.outcome for check in result.checks.values()] == ["ok", "ok"]
        assert held(copy) == new
        assert len(list_snapshots(copy)) == 2
        for name in ("news", "more"):
            state = read_last_good(copy, name)
            with Store(copy / "store.sqlite") as store:
                assert store.has("raw", [item.raw_sha256 for item in state.items.values()])
    assert [old in seen, new in seen, len(seen)] == [True, True, 9]
    assert all(titles_then in (old, new) for titles_then in seen)

"""The file that keeps a source's last good state."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import DamagedError
from index.feeds.feed import Fetched
from index.lastgood import Check, LastGood, last_good_file, read_last_good, write_last_good

ITEM = Fetched("côte", "https://a.example/côte", "ab" * 32, "2026-11-20T08:00:00+00:00", {"etag": '"1"'})
OK = Check("2026-11-20T08:00:00+00:00", "ok", None, 3, 1)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    state = LastGood({"côte": ITEM}, (OK, Check("2026-11-21T08:00:00+00:00", "failed", "no answer", 3, 0)))
    write_last_good(tmp_path, "uk", state)
    assert read_last_good(tmp_path, "uk") == state
    assert read_last_good(tmp_path, "us") == LastGood({}, ())
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["uk.json"]


def test_the_last_400_checks_are_kept(tmp_path: Path) -> None:
    checks = tuple(Check(f"{number:04d}", "ok", None, number, 0) for number in range(403))
    write_last_good(tmp_path, "uk", LastGood({}, checks))
    kept = read_last_good(tmp_path, "uk").checks
    assert (len(kept), kept[0].time, kept[-1].time) == (400, "0003", "0402")


def test_every_damaged_byte_of_what_is_kept_is_noticed(tmp_path: Path) -> None:
    state = LastGood({"côte": ITEM}, (OK,))
    write_last_good(tmp_path, "uk", state)
    path = last_good_file(tmp_path, "uk")
    whole = path.read_bytes()
    for at, byte in enumerate(whole):
        # 41 makes a tab of a space, which is the same between two values; 32 a capital of a letter
        for flipped in (byte ^ 1, byte ^ 41, byte ^ 32):
            path.write_bytes(whole[:at] + bytes([flipped]) + whole[at + 1 :])
            with pytest.raises(DamagedError, match=r"uk\.json: does not match its checksum"):
                read_last_good(tmp_path, "uk")
    path.write_bytes(whole)
    assert read_last_good(tmp_path, "uk") == state


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sha256": "", "state": {}}', "[" * 100_000, "null"])
def test_what_is_no_state_is_named(tmp_path: Path, content: str) -> None:
    path = last_good_file(tmp_path, "uk")
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(
        DamagedError, match=r"uk\.json: does not match its checksum\. Delete this file; the next update"
    ):
        read_last_good(tmp_path, "uk")


def test_a_write_that_fails_leaves_the_old_state(tmp_path: Path) -> None:
    write_last_good(tmp_path, "uk", LastGood({}, (OK,)))
    (tmp_path / "sources" / "uk.json.new").mkdir()
    with pytest.raises(IsADirectoryError):
        write_last_good(tmp_path, "uk", LastGood({"côte": ITEM}, ()))
    assert read_last_good(tmp_path, "uk") == LastGood({}, (OK,))

"""The manifest and the switch between states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.documents import Skipped
from index.errors import DamagedError, IndexMissingError
from index.manifest import (
    Head,
    Manifest,
    all_manifests,
    current_id,
    list_snapshots,
    read_head,
    read_manifest,
    snapshot_as_of,
    snapshot_id,
    switch_to,
    write_manifest,
)

MANIFEST = Manifest(
    sequence=1,
    parent=None,
    created="2026-07-01T10:00:00+00:00",
    model={"name": "m"},
    runtime="hash",
    chunking="passages 0",
    dimension=8,
    sources={"docs": {"root": "/x", "observed": "2025-07-01"}},
    documents=[{"source": "docs", "doc_id": "é.md", "title": "half \ud800"}],
    skipped=[Skipped("docs", "a.pdf", "encrypted")],
)


def test_written_and_read_back(tmp_path: Path) -> None:
    name = write_manifest(tmp_path, MANIFEST)
    assert name == snapshot_id(MANIFEST)
    assert name[:7] == "000001-"
    assert read_manifest(tmp_path, name) == MANIFEST
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [f"{name}.json.zst"]


def test_same_content_looks_past_time_and_runtime() -> None:
    later = replace(MANIFEST, sequence=2, parent="000001-00000000", created="2027", runtime="openvino")
    assert MANIFEST.same_content(later)
    asked_again = {"docs": {**MANIFEST.sources["docs"], "checked": "2026-07-02T00:00:00+00:00", "built": "2026-07-02"}}
    assert MANIFEST.same_content(replace(MANIFEST, sources=asked_again))
    changes: list[dict[str, Any]] = [
        {"documents": []},
        {"sources": {}},
        {"model": {}},
        {"chunking": "x"},
        {"skipped": []},
        {"sources": {"docs": {"root": "/x", "observed": "2025-07-02"}}},
    ]
    for change in changes:
        assert not MANIFEST.same_content(replace(MANIFEST, **change))


def test_switch(tmp_path: Path) -> None:
    assert current_id(tmp_path) is None
    first = write_manifest(tmp_path, MANIFEST)
    second = write_manifest(tmp_path, replace(MANIFEST, sequence=2, parent=first))
    for name in (first, second, first):
        switch_to(tmp_path, name)
        assert current_id(tmp_path) == name
        assert (tmp_path / "CURRENT").read_bytes() == name.encode() + b"\n"
    assert list_snapshots(tmp_path) == [first]
    assert all_manifests(tmp_path) == [first, second]
    switch_to(tmp_path, second)
    assert list_snapshots(tmp_path) == [first, second]


def test_a_manifest_that_was_never_live_is_shown_to_nobody_and_goes(tmp_path: Path) -> None:
    first = write_manifest(tmp_path, MANIFEST)
    switch_to(tmp_path, first)
    killed = write_manifest(tmp_path, replace(MANIFEST, sequence=2, parent=first, sources={}))
    assert read_manifest(tmp_path, killed).observed == "2026-07-01"
    assert list_snapshots(tmp_path) == [first]
    assert snapshot_as_of(tmp_path, date(2026, 7, 1)) == first
    second = write_manifest(tmp_path, replace(MANIFEST, sequence=2, parent=first))
    assert all_manifests(tmp_path) == [first, second]
    switch_to(tmp_path, second)
    assert list_snapshots(tmp_path) == [first, second]


def test_states_are_ordered_by_their_sequence_not_by_the_clock(tmp_path: Path) -> None:
    sequences = (1, 2, 999_999, 1_000_000)
    days = ("2026-07-01", "2026-08-01", "2026-07-15", "1970-01-01")  # a clock set back, then a dead battery
    names = [
        write_manifest(tmp_path, replace(MANIFEST, sequence=n, created=f"{day}T00:00:00+00:00", sources={}))
        for n, day in zip(sequences, days, strict=True)
    ]
    switch_to(tmp_path, names[-1])
    assert list_snapshots(tmp_path) == names
    assert snapshot_as_of(tmp_path, date(2026, 7, 20)) == names[3]
    switch_to(tmp_path, names[2])
    assert snapshot_as_of(tmp_path, date(2026, 7, 20)) == names[2]
    assert snapshot_as_of(tmp_path, date(2026, 7, 10)) == names[0]


def test_observed_is_the_latest_day_of_a_source_each_on_its_own_day(tmp_path: Path) -> None:
    def observed(**sources: dict[str, str]) -> str:
        manifest = replace(MANIFEST, sources=sources)
        assert read_head(tmp_path, write_manifest(tmp_path, manifest)).observed == manifest.observed
        return manifest.observed

    then = {"observed": "2025-07-01"}
    assert observed(a=then) == "2025-07-01"
    assert observed(a=then, b={"root": "/x"}) == "2026-07-01"  # read by this build: its day is the build's
    assert observed(a=then, b={"root": "/x", "built": "2026-06-20"}) == "2026-06-20"
    assert observed(a=then, b={"built": "2025-01-01"}) == "2025-07-01"
    assert observed() == "2026-07-01"


def test_head(tmp_path: Path) -> None:
    trap = {"note": ',"documents":[{"doc_id":"x"}]'}
    manifest = replace(MANIFEST, sources={"docs": trap}, documents=[*MANIFEST.documents, {"doc_id": '"doc_id":'}])
    name = write_manifest(tmp_path, manifest)
    head = read_head(tmp_path, name)
    assert head == Head(name, head.sha256, 1, None, MANIFEST.created, "2026-07-01", {"docs": trap}, 2)
    assert head.sha256.startswith(name[7:])
    with pytest.raises(IndexMissingError):
        read_head(tmp_path, "000009-12345678")


def test_every_flipped_bit_of_a_manifest_is_named(tmp_path: Path) -> None:
    name = write_manifest(tmp_path, MANIFEST)
    path = tmp_path / "snapshots" / f"{name}.json.zst"
    whole = path.read_bytes()
    for position in range(len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1 << position % 8]) + whole[position + 1 :])
        try:
            assert read_manifest(tmp_path, name) == MANIFEST  # a bit of the frame's header that says nothing
        except DamagedError as error:
            assert error.path == str(path)
    for shorter in (b"", whole[:10], whole[:-1]):
        path.write_bytes(shorter)
        with pytest.raises(DamagedError, match=r"cannot be read|does not match"):
            read_manifest(tmp_path, name)


def test_a_manifest_under_another_name_is_refused(tmp_path: Path) -> None:
    name = write_manifest(tmp_path, MANIFEST)
    (tmp_path / "snapshots" / f"{name}.json.zst").rename(tmp_path / "snapshots" / "000009-12345678.json.zst")
    with pytest.raises(DamagedError, match="does not match its checksum"):
        read_manifest(tmp_path, "000009-12345678")
    with pytest.raises(IndexMissingError, match=f"there is no snapshot {name}"):
        read_manifest(tmp_path, name)


def test_every_flipped_bit_of_current_is_named(tmp_path: Path) -> None:
    switch_to(tmp_path, write_manifest(tmp_path, MANIFEST))
    whole = (tmp_path / "CURRENT").read_bytes()
    changed = [whole[:p] + bytes([whole[p] ^ 1 << b]) + whole[p + 1 :] for p in range(len(whole)) for b in range(8)]
    for written in [*changed, b"", b"\n", whole + whole, b"../snapshots/" + whole]:
        (tmp_path / "CURRENT").write_bytes(written)
        with pytest.raises(DamagedError, match="CURRENT: does not name a snapshot that is here"):
            current_id(tmp_path)


def test_as_of(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="nothing was known on 2025-07-01"):
        snapshot_as_of(tmp_path, date(2025, 7, 1))
    first = write_manifest(tmp_path, MANIFEST)
    second = write_manifest(tmp_path, replace(MANIFEST, sequence=2, sources={"docs": {"root": "/x"}}))
    assert [read_manifest(tmp_path, n).observed for n in (first, second)] == ["2025-07-01", "2026-07-01"]
    assert snapshot_as_of(tmp_path, date(2025, 7, 1)) == first
    assert snapshot_as_of(tmp_path, date(2026, 6, 30)) == first
    assert snapshot_as_of(tmp_path, date(2026, 7, 1)) == second
    with pytest.raises(IndexMissingError, match=r"The first state here is of 2025-07-01\."):
        snapshot_as_of(tmp_path, date(2025, 6, 30))

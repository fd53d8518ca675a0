"""`safecite snapshots`: list, show, diff, prune, verify."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.commands.snapshots import app
from index.build import build
from index.errors import SafeciteError
from index.manifest import list_snapshots, path_of
from tests.fakes import HashEmbedder, page, write_source


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two states of one source, in which one file cannot be read."""
    root = tmp_path_factory.mktemp("snapshots")
    for day, number in ((date(2025, 7, 1), 105), (date(2026, 7, 1), 911)):
        files = {"pe.md": page("Peru", f"Dial {number} for the police.", places="[PE]"), "bad.pdf": "no pdf"}
        build(root / "index", {"docs": write_source(root / "docs", files)}, HashEmbedder(), observed=day)
    return root / "index"


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    """A copy to damage."""
    shutil.copytree(built, tmp_path / "index")
    return tmp_path / "index"


def run(index: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--index", str(index)])


def test_list(index: Path, tmp_path: Path) -> None:
    first, second = list_snapshots(index)
    shutil.rmtree(index / "cache" / first)
    lines = run(index, "list").stdout.splitlines()
    assert [line[:29] for line in lines] == [f"  {first}  2025-07-01", f"* {second}  2026-07-01"]
    assert ["  1 document  " in line for line in lines] == [True, True]
    assert [line.endswith("MB  search files are made when needed") for line in lines] == [True, False]
    records = json.loads(run(index, "list", "--json").stdout)
    assert [(r["snapshot"], r["live"], r["searchable"], r["documents"]) for r in records] == [
        (first, False, False, 1),
        (second, True, True, 1),
    ]
    assert records[0]["bytes"] == path_of(index, first).stat().st_size
    assert run(tmp_path / "none", "list").stdout == ""


def test_show(index: Path) -> None:
    first, second = list_snapshots(index)
    shown = json.loads(run(index, "show", "2", "--json").stdout)
    assert (shown["snapshot"], shown["parent"], shown["observed"]) == (second, first, "2026-07-01")
    assert shown["sources"]["docs"]["documents"] == 1
    assert shown["search"] == {"search": "exact", "recall@10": 1.0}
    [skipped] = shown["skipped"]
    assert (skipped["source"], skipped["path"]) == ("docs", "bad.pdf")
    lines = run(index, "show", first).stdout.splitlines()
    assert f"snapshot   {first}" in lines
    assert "search     exact, recall@10 1.0" in lines
    assert lines[-1].startswith("skipped    docs/bad.pdf: ")
    refused = run(index, "show", "7").exception
    assert isinstance(refused, SafeciteError)
    assert "there is no snapshot '7'" in str(refused)


def test_diff_in_both_directions(index: Path) -> None:
    there = run(index, "diff", "1", "2").stdout.splitlines()
    assert there[0] == "1 July 2025 → 1 July 2026: 1 page reworded"
    assert there[-1] == "    Dial [-105-] {+911+} for the police."
    assert run(index, "diff", "2", "1").stdout.splitlines()[-1] == "    Dial [-911-] {+105+} for the police."
    assert run(index, "diff", "2", "2", "--place", "PE").stdout == "1 July 2026 → 1 July 2026: no page changed\n"


def test_prune(index: Path) -> None:
    first, second = list_snapshots(index)
    planned = run(index, "prune", "--keep", "1", "--dry-run")
    assert planned.stdout.splitlines()[0] == f"would be removed: {first}"
    assert "1 state, 4 rows of the store, " in planned.stdout
    assert planned.stdout.endswith(" MB would be freed\n")
    assert list_snapshots(index) == [first, second]
    done = json.loads(run(index, "prune", "--before", "2026-01-01", "--json").stdout)
    assert (done["removed"], done["in_use"], done["rows"], done["dry_run"]) == ([first], [], 4, False)
    assert list_snapshots(index) == [second]
    refused = run(index, "prune").exception
    assert isinstance(refused, SafeciteError)
    assert "nothing says which states to remove" in str(refused)
    assert run(index, "prune", "--keep", "0").exit_code == 2


def test_verify(index: Path) -> None:
    whole = run(index, "verify")
    assert (whole.exit_code, whole.stdout) == (0, "2 states, 8 rows of the store: all as it was written\n")
    first = list_snapshots(index)[0]
    path_of(index, first).write_bytes(b"?")
    damaged = run(index, "verify")
    assert damaged.exit_code == 3
    [line, summary] = damaged.stdout.splitlines()
    assert line.startswith(f"{path_of(index, first)}: cannot be read. Delete it")
    assert summary == "1 state, 8 rows of the store: 1 fault"
    record = json.loads(run(index, "verify", "--json").stdout)
    assert [fault["reason"] for fault in record["faults"]] == ["cannot be read."]

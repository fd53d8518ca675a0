"""`safecite sources`: what it declares, shows and says, and with which status it ends, all without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.commands.sources import app
from index.build import build
from index.embedding import Embedder
from index.errors import SafeciteError
from index.lastgood import Check, LastGood, last_good_file, write_last_good
from index.manifest import current_id, read_manifest
from tests.assistant.conftest import TESTS
from tests.fakes import page, write_source

TODAY = ["--today", "2026-09-01"]
OFFICIAL = ["australia", "canada", "germany", "govuk", "us"]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def peru(tmp_path: Path) -> Path:
    return write_source(
        tmp_path / "peru", {"help.md": page("Peru", "Police: 105", places="[PE]", updated="2026-08-21")}
    )


def sources(index: Path, *words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words, "--index", str(index)], input=answer)


def records(index: Path, *words: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(sources(index, "list", "--json", *words).stdout)}


def sentence(result: Result) -> str:
    assert isinstance(result.exception, SafeciteError)
    assert result.stdout == ""
    return str(result.exception)


def test_before_anything_is_built_the_official_feeds_are_listed_turned_off(index: Path) -> None:
    found = records(index)
    assert sorted(found) == OFFICIAL
    assert not any(row["enabled"] or row["documents"] for row in found.values())
    assert {row["publishers"][0]["state"] for row in found.values()} == {"not checked"}
    assert sources(index, "check").exit_code == 0
    assert not index.exists()


def test_sources_that_were_built_by_hand_are_listed_too(small_index: Path) -> None:
    found = records(small_index, *TODAY)
    assert sorted(found) == ["archive", *OFFICIAL]  # its "us" has the name of the official feed
    archive = found["archive"]
    assert (archive["declared"], archive["kind"], archive["enabled"]) == (False, "folder", None)
    assert archive["address"] == str(TESTS / "archive")
    publishers = {row["publisher"]: row for row in archive["publishers"]}
    assert len(publishers) == 5
    assert sum(row["documents"] for row in publishers.values()) == archive["documents"]


def test_the_table_has_a_line_for_each_publisher_where_their_states_differ(small_index: Path) -> None:
    alike = sources(small_index, "list", *TODAY).stdout.splitlines()
    assert [line.split()[0] for line in alike] == ["source", "archive", *OFFICIAL]
    assert "on 22 August 2026" in alike[1]
    assert "govuk (off)" in alike[5]


def test_check_ends_with_3_where_something_is_stale(small_index: Path) -> None:
    assert sources(small_index, "check", *TODAY).exit_code == 0
    late = sources(small_index, "check", "--today", "2026-11-22")
    assert late.exit_code == 3
    assert "ageing" in late.stdout
    assert "last known to be current on 22 August 2026, more than 30 days ago" in late.stdout
    assert sources(small_index, "list", "--today", "2026-11-22").exit_code == 0


@pytest.mark.parametrize(
    ("outcome", "state", "code"), [("failed", "failed", 3), ("empty", "empty", 3), ("ok", "current", 0)]
)
def test_check_reports_what_the_last_update_met(index: Path, outcome: str, state: str, code: int) -> None:
    sources(index, "enable", "us")
    look = Check("2026-08-31T08:00:00+00:00", outcome, None if outcome == "ok" else "HTTP 500", 0, 0)
    write_last_good(index, "us", LastGood({}, (look,)))
    assert records(index, *TODAY)["us"]["publishers"][0]["state"] == state
    done = sources(index, "check", *TODAY)
    assert done.exit_code == code
    [line] = [line for line in done.stdout.splitlines() if line.startswith("us ")]
    assert f"2026-08-31 08:00 {outcome}" in line


GUESSES = [
    ("https://www.gov.uk/api/content/foreign-travel-advice", "govuk", "gov.uk"),
    ("https://cadataapi.state.gov/api/TravelAdvisories", "us", "cadataapi.state.gov"),
    ("https://data.international.gc.ca/travel-voyage/index-alpha-eng.json", "canada", "data.international.gc.ca"),
    ("https://www.smartraveller.gov.au/countries/documents/index.rss", "australia", "smartraveller.gov.au"),
    ("https://news.example/world/rss.xml", "rss", "news.example"),
    ("https://news.example/feed/", "rss", "news.example"),
    ("https://www.example.org/advice/kazakhstan", "web", "example.org"),
]


@pytest.mark.parametrize(("address", "kind", "name"), GUESSES)
def test_the_kind_of_an_address_is_guessed(index: Path, address: str, kind: str, name: str) -> None:
    done = sources(index, "add", address)
    assert done.stdout == f"added: {name} ({kind}) {address}. To read it: safecite sources update {name}\n"
    row = records(index)[name]
    assert (row["kind"], row["address"], row["enabled"], row["declared"]) == (kind, address, True, True)


def test_the_kind_of_a_folder_and_of_a_file_is_guessed(index: Path, peru: Path) -> None:
    sources(index, "add", str(TESTS / "archive"))
    sources(index, "add", str(peru))
    sources(index, "add", str(peru / "help.md"))
    sources(index, "add", str(peru), "--name", "again", "--kind", "archive")
    kinds = {name: row["kind"] for name, row in records(index).items() if name not in OFFICIAL}
    assert kinds == {"archive": "archive", "peru": "folder", "help": "file", "again": "archive"}


def test_what_cannot_be_added(index: Path, peru: Path) -> None:
    assert sentence(sources(index, "add", "/nowhere")).startswith("'/nowhere': there is no such folder or file.")
    assert "sources.peru.kind is 'x', which is no kind." in sentence(sources(index, "add", str(peru), "--kind", "x"))
    assert "sources.x y is no name" in sentence(sources(index, "add", str(peru), "--name", "x y"))
    assert "is not encrypted. Write https://…" in sentence(sources(index, "add", "http://x.example/"))
    assert "there is a source 'us' already. Give it another --name." in sentence(
        sources(index, "add", str(peru), "--name", "us")
    )
    assert sorted(records(index)) == OFFICIAL


def test_on_and_off(index: Path) -> None:
    done = sources(index, "enable", "govuk")
    assert done.stdout == "on: govuk. To fetch it: safecite sources update govuk\n"
    assert [name for name, row in records(index).items() if row["enabled"]] == ["govuk"]
    assert sources(index, "disable", "govuk").stdout.startswith("off: govuk.")
    assert not any(row["enabled"] for row in records(index).values())


@pytest.mark.parametrize("command", ["enable", "disable", "remove", "update"])
def test_an_unknown_name_meets_the_nearest(index: Path, command: str) -> None:
    assert sentence(sources(index, command, "gvuk")) == "there is no source 'gvuk' here. Did you mean govuk?"
    far = sentence(sources(index, command, "zzz"))
    assert far.startswith("there is no source 'zzz' here. There are: ")
    assert all(name in far for name in OFFICIAL)


def test_nothing_is_fetched_unasked(index: Path) -> None:
    assert sentence(sources(index, "update")) == "no source is turned on. See: safecite sources list"
    assert sentence(sources(index, "update", "us")) == "us is turned off. Turn it on: safecite sources enable us"
    assert sentence(sources(index, "update", "--accept")) == (
        "--accept is for a source by its name. safecite sources update NAME --accept"
    )
    assert not (index / "store.sqlite").exists()


def test_update_says_what_each_source_gave_and_ends_with_3_where_one_failed(index: Path, peru: Path) -> None:
    sources(index, "add", str(peru))
    done = sources(index, "update")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "peru: ok, 1 document, 1 changed")
    assert done.stdout.splitlines()[1].startswith("built: 000001-")
    other = write_source(peru.parent / "gone", {"a.md": page("Chad", "Police: 17", places="[TD]")})
    sources(index, "add", str(other))
    (other / "a.md").unlink()
    other.rmdir()
    done = sources(index, "update")
    assert done.exit_code == 3
    assert done.stdout.splitlines()[0] == "peru: ok, 1 document, 0 changed"
    assert done.stdout.splitlines()[1].startswith("gone: failed, 0 documents, 0 changed: ")
    assert done.stdout.splitlines()[2].startswith("unchanged: 000001-")
    assert sources(index, "check").exit_code == 3
    assert records(index)["peru"]["publishers"][0]["state"] == "current"


def test_removing_asks_says_what_happens_and_forgets(index: Path, peru: Path, tmp_path: Path, model: Embedder) -> None:
    chad = write_source(tmp_path / "chad", {"a.md": page("Chad", "Police: 17", places="[TD]")})
    build(index, {"chad": chad, "peru": peru}, model)
    sources(index, "add", str(peru))
    write_last_good(index, "peru", LastGood())
    refused = sources(index, "remove", "peru", answer="n\n")
    assert refused.exit_code == 1
    assert "peru: 1 document will leave the index" in refused.stderr
    assert "peru" in records(index)
    done = sources(index, "remove", "peru", "--yes")
    assert (done.exit_code, done.stdout) == (0, "removed: peru\n")
    assert sorted(records(index)) == [*OFFICIAL[:2], "chad", *OFFICIAL[2:]]
    live = current_id(index)
    assert live is not None
    assert [d["source"] for d in read_manifest(index, live).documents] == ["chad"]
    assert not last_good_file(index, "peru").exists()
    assert sources(index, "remove", "australia", "--yes").stdout == "removed: australia\n"
    assert "australia" not in records(index)
    last = sources(index, "remove", "chad", "--yes")
    assert "chad is the only source with documents" in str(last.exception)
    assert records(index)["chad"]["documents"] == 1


@pytest.mark.parametrize("command", ["list", "check", "add", "remove", "enable", "disable", "update"])
def test_help_shows_an_example(command: str) -> None:
    help_ = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"}).stdout
    assert f"Example: safecite sources {command}" in help_

"""`safecite brief` and `safecite compare` in a terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.briefing.topics import topics
from assistant.cli import app
from assistant.errors import SettingsError


class Terminal:
    """Runs the commands on one index, on 1 September 2026."""

    def __init__(self, index: Path) -> None:
        self.options = ["--index", str(index), "--today", "2026-09-01"]

    def run(self, *words: str) -> str:
        return self.call([*words, *self.options])

    def call(self, words: Sequence[str]) -> str:
        result = CliRunner().invoke(app, list(words), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output


@pytest.fixture
def terminal(small_index: Path) -> Terminal:
    return Terminal(small_index)


def test_a_country_is_named_by_code_or_by_name(terminal: Terminal) -> None:
    by_code = terminal.run("brief", "kz", "--topic", "roads")
    assert by_code == terminal.run("brief", "Kazakhstan", "--topic", "roads")
    assert by_code.startswith("KAZAKHSTAN: DESTINATION BRIEF\nMade on 1 September 2026 from 16 documents")
    assert "“Roads outside cities are potholed and unlit.”" in by_code
    assert "CRIME" not in by_code


def test_the_passport_puts_its_government_first(terminal: Terminal) -> None:
    record = json.loads(terminal.run("brief", "KZ", "--passport", "Ireland", "--topic", "crime", "--json"))
    assert record["passport"] == "IE"
    assert record["levels"][0]["publisher"] == "Ireland Department of Foreign Affairs"
    assert [said["topic"] for said in record["topics"]] == ["crime"]


def test_markdown_is_printed_with_its_citations(terminal: Terminal) -> None:
    printed = terminal.run("brief", "LB", "--markdown")
    assert printed.startswith("# Lebanon: destination brief\n")
    assert "**140** – Emergency services in Lebanon: “Ambulance \\(Lebanese Red Cross\\): 140”" in printed
    assert "\n## Sources\n\n1. " in printed


def test_countries_are_compared(terminal: Terminal) -> None:
    printed = terminal.run("compare", "KZ", "Lebanon", "--topic", "crime", "--topic", "laws")
    assert printed.startswith("KAZAKHSTAN, LEBANON: COMPARED\n")
    assert printed.index("\nCRIME\n") < printed.index("\nLAWS AND CUSTOMS\n")
    record = json.loads(terminal.run("compare", "KZ", "--topic", "crime", "--json"))
    assert [each["place"] for each in record["briefs"]] == ["KZ"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["brief", "Narnia"], "'Narnia' is no country that is known here. Use a code such as KZ."),
        (["brief", "PE"], "No document here is about Peru"),
        (["brief", "KZ", "--topic", "football"], "'football' is no topic. Topics: crime, terrorism"),
        (["brief", "KZ", "--json", "--markdown"], "--markdown and --json exclude each other."),
        (["compare", "KZ"], "only Kazakhstan is named."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(terminal: Terminal, words: list[str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        terminal.run(*words)
    assert said in str(caught.value)


def test_a_day_that_is_none_is_named(small_index: Path) -> None:
    with pytest.raises(SettingsError, match=r"'soon' is no day\. Write it as 2026-07-01\."):
        Terminal(small_index).call(["brief", "KZ", "--index", str(small_index), "--today", "soon"])


def test_help_shows_examples_and_every_topic(terminal: Terminal) -> None:
    shown = " ".join(terminal.call(["brief", "--help"]).replace("│", " ").split())
    assert "safecite brief KZ --passport GB" in shown
    assert all(topic.key in shown for topic in topics().all)
    assert "safecite compare KZ UZ" in terminal.call(["compare", "--help"])

"""The command line: data on standard output, progress and one sentence on standard error, honest exit statuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.commands.options import code, day, named
from assistant.errors import SettingsError
from index.embedding import Embedder
from index.errors import SafeciteError
from tests.assistant.conftest import TESTS
from tests.fakes import page, write_source

ROOT = TESTS.parent
HEAVY = ["torch", "transformers", "sentence_transformers", "sklearn", "gradio", "scipy"]


def run(*arguments: str | Path, index: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`safecite …` as a process of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAFECITE_")}
    if index is not None:
        environment["SAFECITE_INDEX"] = str(index)
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


def failed(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that failed."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    [line] = [line for line in done.stderr.splitlines() if line.strip()]
    assert line.startswith("safecite: ")
    return line


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """An index that the command built from two made-up sources, one of which holds pages that cannot be read."""
    index = tmp_path_factory.mktemp("cli") / "index"
    sources = (TESTS / "archive", f"us={TESTS / 'us_advisories'}")
    return index, run("build", "--sources", *sources, "--index", index, "--observed", "2026-08-22", "--json")


def test_build_skips_what_it_cannot_read_says_so_and_ends_with_3(
    built: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, done = built
    assert done.returncode == 3
    record = json.loads(done.stdout)
    assert (record["changed"], record["documents"]) == (True, 46)
    assert sorted((s["source"], s["path"]) for s in record["skipped"]) == [
        ("archive", "australia/No travel advice/overview.md"),
        ("archive", "canada/Chad/risk.md"),
        ("us", "chad.json"),
        ("us", "niger.json"),
    ]
    assert all(s["reason"] for s in record["skipped"])
    assert record["snapshot"].startswith("000001-")
    assert "Traceback" not in done.stderr


def test_ask_answers_with_quotes(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    done = run("ask", "What is the ambulance number in Guinea?", "--today", "2026-09-01", index=built[0])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "[1] Emergency services in Guinea\n    “Ambulance: 442 020”\n"
        "    — UK Foreign, Commonwealth & Development Office · Guinea: Getting help"
        " · page updated 11 February 2026 (6 months old)\n"
    )


def test_ask_gives_the_record_of_the_contract(small_index: Path) -> None:
    words = ["ask", "What about taxis?", "--history", "Crime in Lebanon", "Is Almaty dangerous?", "--json"]
    done = CliRunner().invoke(app, [*words, "--index", str(small_index)])
    assert (done.exit_code, done.stderr) == (0, "")
    record = json.loads(done.stdout)
    assert (record["question"], record["understood"]) == (
        "What about taxis?",
        "What about taxis in Almaty? [Kazakhstan]",
    )
    assert {place for citation in record["citations"] for place in citation["places"]} == {"KZ"}


def test_a_refusal_is_no_failure(small_index: Path) -> None:
    done = CliRunner().invoke(app, ["ask", "Is it safe to travel to Kuwait?", "--json", "--index", str(small_index)])
    assert (done.exit_code, json.loads(done.stdout)["reason"]) == (0, "place_not_covered")


def test_search_lists_passages(small_index: Path) -> None:
    words = ["search", "earthquake", "--place", "kazakhstan", "-k", "2", "--json"]
    done = CliRunner().invoke(app, [*words, "--index", str(small_index)])
    assert (done.exit_code, done.stderr) == (0, "")
    hits = json.loads(done.stdout)
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert hits[0]["doc"] == "canada/Kazakhstan/security.md"
    assert all("Kazakhstan" in hit["doc"] or hit["doc"] == "kazakhstan.json" for hit in hits)


def test_an_answer_from_a_day_before_the_first_state(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    line = failed(run("ask", "Is it safe?", "--as-of", "2020-01-01", index=built[0]))
    assert "nothing was known on 2020-01-01" in line and "2026-08-22" in line


def test_ask_loads_no_heavy_library(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    pytest.importorskip("openvino", reason="without it the reference answers, and that needs torch")
    code = (
        "import sys\nfrom assistant.cli import app\n"
        f"sys.argv = ['safecite', 'ask', 'Is vaping legal in Kazakhstan?', '--index', {str(built[0])!r}]\n"
        "app(standalone_mode=False)\n"
        f"print('loaded:', [m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert "Vaping became illegal" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded: []"


# The rest runs in this process: what is wrong is found before anything is loaded.
PROBLEMS: list[tuple[list[str], str]] = [
    (["ask", "x", "--index", "NONE"], "there is no index yet. Run: safecite build --sources DIR"),
    (["search", "x", "--index", "NONE"], "there is no index yet. Run: safecite build --sources DIR"),
    (["ask", "x", "--today", "2026-13-01", "--index", "HERE"], "'2026-13-01' is no day. Write it as 2026-07-01."),
    (["ask", "x", "--as-of", "yesterday", "--index", "HERE"], "'yesterday' is no day. Write it as 2026-07-01."),
    (["search", "x", "--since", "1 July", "--index", "HERE"], "'1 July' is no day. Write it as 2026-07-01."),
    (["ask", "x", "--place", "ZZ", "--index", "HERE"], "'ZZ' is no country that is known here. Use a code such as KZ."),
    (["ask", "x", "--passport", "Narnia", "--index", "HERE"], "'Narnia' is no country that is known here."),
    (["search", "x", "--place", "", "--index", "HERE"], "'' is no country that is known here."),
    (["search", "x", "--publisher", "Nobody", "--index", "HERE"], "no publisher 'Nobody' here. Known: Australian"),
    (["build", "--sources", "/nowhere/at/all", "--index", "NONE"], "/nowhere/at/all: there is no such folder."),
    (
        ["build", "--sources", "a=/tmp", "--sources", "a=/usr", "--index", "NONE"],
        "two sources cannot have the name 'a'.",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), PROBLEMS)
def test_a_mistake_is_one_sentence(small_index: Path, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    folders = {"NONE": str(tmp_path / "none"), "HERE": str(small_index)}
    result = CliRunner().invoke(app, [folders.get(a, a) for a in arguments])
    assert isinstance(result.exception, SafeciteError)
    assert sentence in str(result.exception)
    assert result.stdout == ""


def test_a_mistake_ends_with_status_1_and_no_traceback(tmp_path: Path) -> None:
    failed(run("build", "--sources", "=tests/archive", "--index", tmp_path / "none"))
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["ask"],
        ["build"],
        ["search", "x", "-k", "0"],
        ["search", "x", "-k", "101"],
        ["chat", "--port", "0"],
    ],
)
def test_what_cannot_be_parsed_ends_with_status_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2


@pytest.fixture
def one_page(tmp_path: Path) -> Path:
    """A source of one page."""
    return write_source(tmp_path / "peru", {"help.md": page("Peru", "Police: 105", places="[PE]")})


def test_building_the_same_twice_changes_nothing(one_page: Path, tmp_path: Path, model: Embedder) -> None:
    arguments = ["build", "--sources", str(one_page), "--index", str(tmp_path / "index")]
    first, second = (CliRunner().invoke(app, arguments) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("built: 000001-")
    assert re.search(r" with 1 documents?, 1 passages?, in ", first.stdout)
    assert second.stdout == first.stdout.replace("built: ", "unchanged: ")


def test_progress_stays_off_standard_output(one_page: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["build", "--sources", str(one_page), "--index", str(tmp_path / "index"), "--json"])
    assert json.loads(done.stdout)["documents"] == 1


def test_states_of_two_days_are_kept_apart(one_page: Path, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    cli = CliRunner()
    cli.invoke(app, ["build", "--sources", str(one_page), "--index", index, "--observed", "2026-07-01"])
    write_source(one_page, {"help.md": page("Peru", "Police: 911", places="[PE]")})
    cli.invoke(app, ["build", "--sources", str(one_page), "--index", index, "--observed", "2026-08-01"])
    words = ["ask", "I've just been robbed in Peru", "--index", index]
    assert "“Police: 911”" in cli.invoke(app, words).stdout
    assert "“Police: 105”" in cli.invoke(app, [*words, "--as-of", "2026-07-31"]).stdout
    assert "“Police: 911”" in cli.invoke(app, [*words, "--as-of", "2026-08-01"]).stdout


def test_sources_are_named_by_their_folder_or_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/someone")
    assert named(["advice", "news=/data/n"]) == {"advice": Path("advice"), "news": Path("/data/n")}
    assert named(["."]) == {tmp_path.name: Path()}
    assert named(["~/advice"]) == {"advice": Path("/home/someone/advice")}
    assert named(["a=~/advice"]) == {"a": Path("/home/someone/advice")}
    assert named(["a=/x=y"]) == {"a": Path("/x=y")}
    assert named(["/data/x=y"]) == {"x=y": Path("/data/x=y")}
    assert list(named(["b=/x", "a=/x"])) == ["b", "a"]
    assert named([]) == {}


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [
        (["=/x"], "'=/x': a source needs a name. Write NAME=DIR."),
        (["/"], "'/': a source needs a name. Write NAME=DIR."),
        (["a=/x", "a=/y"], "'a=/y': two sources cannot have the name 'a'. Write NAME=DIR."),
        (["/x/a", "/y/a"], "'/y/a': two sources cannot have the name 'a'. Write NAME=DIR."),
    ],
)
def test_sources_that_cannot_be_named(sources: list[str], sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        named(sources)
    assert str(caught.value) == sentence


def test_countries_by_code_or_by_name() -> None:
    assert [code(c) for c in ("KZ", "kz", "Kazakhstan", "burma", "XK")] == ["KZ", "KZ", "KZ", "MM", "XK"]
    assert code(None) is None
    for unknown in ("", "ZZ", "Narnia", "Israel and Palestine"):
        with pytest.raises(SettingsError):
            code(unknown)


def test_days() -> None:
    assert day(None) is None
    assert str(day("2026-07-01")) == "2026-07-01"
    for wrong in ("", "2026", "2026-02-30", "01.07.2026", "tomorrow"):
        with pytest.raises(SettingsError):
            day(wrong)

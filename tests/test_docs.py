"""The documentation is executed: every command in it parses, every command's help shows an example that parses."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "source_docs" / "README.md",
    ROOT / "eval" / "LOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
GROUPS = {
    "sources": ["list", "check", "add", "remove", "enable", "disable", "update"],
    "snapshots": ["list", "show", "diff", "prune", "verify"],
    "feedback": ["list", "export", "purge"],
}
SINGLE = ["build", "ask", "search", "chat", "brief", "compare", "changes", "record", "verify"]
COMMANDS = {"safecite": SINGLE, "python -m eval": ["run", "score", "speed"]}
EXAMPLES = [*SINGLE, *(f"{group} {command}" for group, listed in GROUPS.items() for command in listed)]
MODULES = {"safecite": "assistant", "python -m eval": "eval"}
_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)


@cache
def help_of(program: str, command: str = "") -> str:
    """What `--help` prints, without colours and frames, at a width that cuts no option."""
    words = [sys.executable, "-m", MODULES[program], *command.split(), "--help"]
    wide = {**os.environ, "COLUMNS": "300", "TERM": "dumb", "NO_COLOR": "1"}
    done = subprocess.run(words, cwd=ROOT, env=wide, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands(text: str) -> Iterator[str]:
    """The lines of fenced blocks that call one of our programs, continued lines joined, prompts and comments off."""
    for block in _FENCE.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = line.strip().removeprefix("$ ")
            if words.startswith((*(f"{program} " for program in MODULES),)):
                yield words


def _documented() -> list[str]:
    found = [c for path in PAGES if path.is_file() for c in commands(path.read_text("utf-8"))]
    return list(dict.fromkeys(found))


def check(command: str) -> None:
    """A command is known and has all the options that are used."""
    program = next(p for p in MODULES if command.startswith(f"{p} "))
    words = [w for w in shlex.split(command.removeprefix(program), comments=True) if w != "…"]
    if words[0].startswith("-"):
        assert words == ["--help"]
        return
    command = " ".join(words[: 2 if words[0] in GROUPS else 1])
    text = help_of(program, command)
    for option in (w.partition("=")[0] for w in words[1:] if re.match(r"--?[a-z]", w)):
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text), f"{option} is no option of {command}"


@pytest.mark.parametrize(("program", "command"), [(p, c) for p, listed in COMMANDS.items() for c in ["", *listed]])
def test_help_is_there(program: str, command: str) -> None:
    text = help_of(program, command)
    assert "Usage:" in text or "usage:" in text
    if not command:
        assert all(re.search(rf"\b{name}\b", text) for name in COMMANDS[program])


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_lists_its_commands(group: str) -> None:
    text = help_of("safecite", group)
    assert all(re.search(rf"\b{name}\b", text) for name in GROUPS[group])


@pytest.mark.parametrize("command", EXAMPLES)
def test_help_shows_an_example_that_parses(command: str) -> None:
    example = re.search(r"Examples?: (safecite [^,\n]*)", help_of("safecite", command))
    assert example is not None
    assert example.group(1).startswith(f"safecite {command} ")
    check(example.group(1))


def test_every_documented_command_parses() -> None:
    documented = _documented()
    if not documented:
        pytest.skip("no page shows a command yet")
    for command in documented:
        check(command)


def test_the_check_itself_finds_what_is_wrong() -> None:
    text = '```sh\n$ safecite ask "x" --place KZ\nsafecite ask x \\\n  --nonsense\nls\n```\n\nsafecite ask outside\n'
    assert list(commands(text)) == ['safecite ask "x" --place KZ', "safecite ask x    --nonsense"]
    check('safecite ask "x" --place KZ')
    with pytest.raises(AssertionError):
        check("safecite ask x --nonsense")
    with pytest.raises(AssertionError):
        check("safecite frobnicate x")


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: page.name)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    there = {path.name for room in ("index", "assistant", "eval", "scripts") for path in (ROOT / room).rglob("*.py")}
    named = set(re.findall(r"`(?:[\w./]+/)?(\w+\.py)`", page.read_text("utf-8")))
    assert len(named) > 5
    assert named <= there
    whole = re.findall(r"`((?:index|assistant|eval|scripts)/[\w/]+\.py)`", page.read_text("utf-8"))
    assert [path for path in whole if not (ROOT / path).is_file()] == []

"""The plan of the house, read from the imports: one direction, one door for each library, nothing that runs a text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("index", "assistant", "eval")  # each may import itself and those before it
# Within the assistant, whose own modules bring these together: each may import itself and those before it.
STEPS = ("understanding", "choosing", "briefing", "commands", "chat")
MAX_LINES = 300
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))

# Heavy or replaceable libraries, and the modules that may know them.
DOORS = {
    "faiss": {"index/vectors.py"},
    "tantivy": {"index/words.py"},
    "sentence_transformers": {"index/reference.py"},
    "openvino": {"index/accelerated.py"},
    "torch": {"index/reference.py", "index/accelerated.py"},
    "sqlite3": {"index/store.py", "assistant/feedback.py"},
    "httpx": {"index/feeds/client.py"},
    "stamina": {"index/feeds/client.py"},
    "trafilatura": {"index/feeds/web.py"},
    "matplotlib": {"assistant/briefing/coverage_picture.py", "eval/curves.py", "eval/speed/picture.py"},
    "mcp": {"assistant/chat/tools.py"},
    "tomlkit": {"index/declared.py"},
}
FORBIDDEN_IMPORTS = {"pickle", "cPickle", "dill", "cloudpickle", "shelve", "marshal", "joblib"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """The dotted names of everything that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: a relative import"
            yield node.module or ""


def top(module: str) -> str:
    return module.partition(".")[0]


def test_there_is_something_to_read() -> None:
    assert len(MODULES) > 40
    assert {"index", "faiss"} <= {top(m) for path in MODULES for m in imports(path)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_flow_one_way(path: Path) -> None:
    room = ROOMS.index(path.relative_to(ROOT).parts[0])
    later = set(ROOMS[room + 1 :]) | {"tests", "scripts"}
    assert not later & {top(module) for module in imports(path)}


@pytest.mark.parametrize("path", [path for path in MODULES if path.parts[-2] in STEPS], ids=name)
def test_the_assistants_steps_flow_one_way(path: Path) -> None:
    later = {f"assistant.{step}" for step in STEPS[STEPS.index(path.parts[-2]) + 1 :]}
    assert not later & {".".join(module.split(".")[:2]) for module in imports(path)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_runs_what_it_reads(path: Path) -> None:
    assert not FORBIDDEN_IMPORTS & {top(module) for module in imports(path)}
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        assert called not in FORBIDDEN_CALLS, f"{name(path)}:{node.lineno}: {called}"
        assert called not in ("os.system", "os.popen", "yaml.load", "yaml.unsafe_load"), f"{name(path)}:{node.lineno}"
        for keyword in node.keywords:
            asked = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            assert not (keyword.arg in ("shell", "allow_pickle", "trust_remote_code") and asked), (
                f"{name(path)}:{node.lineno}: {keyword.arg}=True"
            )


@pytest.mark.parametrize("library", DOORS)
def test_one_door_for_each_library(library: str) -> None:
    assert {name(path) for path in MODULES if library in {top(m) for m in imports(path)}} == DOORS[library]


def test_gradio_stays_in_the_chat() -> None:
    users = {name(path) for path in MODULES if "gradio" in {top(module) for module in imports(path)}}
    assert len(users) == 1
    assert all(user.startswith("assistant/chat/") for user in users)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_reads_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES
    assert ast.get_docstring(tree(path)), f"{name(path)} does not say what it is"


def test_nobody_catches_everything() -> None:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                reraises = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
                assert caught not in ("everything", "Exception", "BaseException") or reraises, (
                    f"{name(path)}:{node.lineno}"
                )

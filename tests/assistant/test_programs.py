"""Programs: the real page on loopback, called over HTTP, with gradio_client and as MCP tools, as the page says."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent
from typer.testing import CliRunner

from assistant.chat import words
from assistant.chat.calls import Calls
from assistant.chat.engine import Engine
from assistant.cli import app as command_line
from assistant.errors import SettingsError
from index.build import build
from index.embedding import Embedder
from tests.fakes import page, write_source

DOCS = (Path(__file__).parents[2] / "docs" / "programs.md").read_text("utf-8")
TESTS = Path(__file__).parents[1]
AMBULANCE = "What do I dial for an ambulance in Kazakhstan?"
DAY = "2026-09-01"
LONG = "x" * (words.LONGEST + 1)
TOO_LONG = "The question has 1,001 characters; at most 1,000 are read."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Path:
    """The made-up archive, and a page of another source that changed from July to August."""
    folder = tmp_path_factory.mktemp("programs")
    index = folder / "index"
    about = {"publisher": "North", "places": "[KZ]"}
    was = {"roads.md": page("Roads", "The coast road is open. Drive slowly.", updated="2026-06-01", **about)}
    now = {"roads.md": page("Roads", "The coast road is closed. Drive slowly.", updated="2026-08-01", **about)}
    sources = {"archive": TESTS / "archive", "north": write_source(folder / "north", was)}
    build(index, sources, model, observed=date(2026, 7, 1))
    build(index, {"north": write_source(folder / "north", now)}, model, observed=date(2026, 8, 1))
    return index


@pytest.fixture(scope="module")
def served(index: Path) -> Iterator[tuple[str, Path]]:
    """The page as it is served, in a process of its own: its address, and the file with all that it writes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = index.parent / "log"
    code = f"from assistant.chat.server import serve; serve(Path({str(index)!r}), model=DEFAULT_MODEL, port={port})"
    code = f"from pathlib import Path; from index.models import DEFAULT_MODEL; {code}"
    with (
        log.open("w") as written,
        subprocess.Popen([sys.executable, "-c", code], stdout=written, stderr=written) as page,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            while page.poll() is None and not answers(address):
                time.sleep(0.1)
            assert page.poll() is None, log.read_text("utf-8")
            yield address, log
        finally:
            page.terminate()


@pytest.fixture(scope="module")
def address(served: tuple[str, Path]) -> str:
    """Its address."""
    return served[0]


def answers(address: str) -> bool:
    """Whether the page is there and its index is open."""
    try:
        return posted(address, "search", query="roads")[0] == 200
    except (OSError, ValueError):  # nothing listens yet, or the first page answers
        return False


def posted(address: str, call: str, **named: Any) -> tuple[int, Any]:
    """One request over HTTP, its arguments in the order that is documented: its status and what came back."""
    (listed,) = re.findall(rf"^\| `{call}` \| (`.*) \|$", DOCS, re.M)
    order = re.findall(r"`(\w+)`", listed)
    assert named.keys() <= set(order)
    data = [named.get(name, 10 if name == "k" else None) for name in order]
    headers = {"Content-Type": "application/json"}
    body = json.dumps({"data": data}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/gradio_api/run/{call}", body, headers)) as got:
            return got.status, json.load(got)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def with_tools(address: str, use: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """What `use` gives within a session with the tools."""

    async def run() -> Any:
        async with streamable_http_client(f"{address}/mcp") as (read, write, _), ClientSession(read, write) as session:
            await session.initialize()
            return await use(session)

    return asyncio.run(run())


def called(address: str, tool: str, **arguments: Any) -> CallToolResult:
    found: CallToolResult = with_tools(address, lambda session: session.call_tool(tool, arguments))
    return found


def printed(*command: str) -> Any:
    """What the command line prints with --json."""
    done = CliRunner().invoke(command_line, [*command, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def run(code: str) -> str:
    """What a program prints; it must not ask anybody outside."""
    alone = {**os.environ, "HF_HUB_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=alone)
    assert done.returncode == 0, done.stderr
    return done.stdout


def timeless(record: Any) -> Any:
    """A record less the time it took."""
    return {key: value for key, value in record.items() if key != "seconds"} if isinstance(record, dict) else record


CALLS = [
    ("ask", {"question": AMBULANCE, "today": DAY}, ["ask", AMBULANCE, "--today", DAY]),
    (
        "search",
        {"query": "earthquake", "k": 3, "place": "Kazakhstan"},
        ["search", "earthquake", "-k", "3", "--place", "KZ"],
    ),
    (
        "brief",
        {"place": "KZ", "topics": ["crime"], "today": DAY},
        ["brief", "KZ", "--topic", "crime", "--today", DAY],
    ),
    ("changes", {"place": "KZ"}, ["changes", "--place", "KZ"]),
]


@pytest.fixture(scope="module")
def by_client(address: str) -> Any:
    """What a gradio client gets, and what it may call; in a process of its own, as it leaves event loops open."""
    calls = {call: arguments for call, arguments, _ in CALLS}
    return json.loads(
        run(
            f"""
import json
from gradio_client import Client
client = Client({address!r}, verbose=False)
found = {{call: client.predict(**named, api_name=f"/{{call}}") for call, named in {calls!r}.items()}}
print(json.dumps(found | {{"endpoints": client.view_api(return_format="dict", print_info=False)}}))
"""
        )
    )


@pytest.mark.parametrize(("call", "arguments", "command"), CALLS, ids=[call for call, *_ in CALLS])
def test_every_way_gives_the_record_of_the_command_line(
    address: str, index: Path, by_client: Any, call: str, arguments: dict[str, Any], command: list[str]
) -> None:
    expected = timeless(printed(*command, "--index", str(index)))
    assert timeless(by_client[call]) == expected
    tool = called(address, call, **arguments)
    assert not tool.isError
    assert tool.structuredContent is not None
    given = tool.structuredContent["result"] if call == "search" else tool.structuredContent
    assert timeless(given) == expected


def test_values_over_http(address: str) -> None:
    status, got = posted(address, "ask", question=AMBULANCE)
    (record,) = got["data"]
    assert status == 200
    assert record["status"] == "answered"
    assert "103" in record["citations"][0]["quote"]
    assert record["citations"][0]["places"] == ["KZ"]

    (hits,) = posted(address, "search", query="coast road", k=2, place="KZ", publisher="North")[1]["data"]
    assert [(hit["rank"], hit["publisher"], hit["title"]) for hit in hits] == [(1, "North", "Roads")]

    (changed,) = posted(address, "changes", place="KZ", since="2026-07-01", until="2026-08-01")[1]["data"]
    assert changed["counts"]["reworded"] == 1
    (difference,) = changed["changes"][0]["differences"]
    assert [run for run in difference["runs"] if run[0] != "kept"] == [["removed", "open."], ["added", "closed."]]


def test_what_was_known_then(address: str) -> None:
    question = "Is the coast road open in Kazakhstan?"
    then, now = (
        posted(address, "ask", question=question, today=DAY, as_of=day)[1]["data"][0] for day in ("2026-07-02", None)
    )
    assert then["snapshot"] < now["snapshot"]


@pytest.mark.parametrize(
    ("call", "data", "sentence"),
    [
        ("ask", {"question": LONG}, TOO_LONG),
        ("ask", {"question": 5}, "question: Input should be a valid string."),
        (
            "ask",
            {"question": "Is it safe?", "history": [LONG]},
            "history has 1,001 characters; at most 1,000 are read.",
        ),
        ("ask", {"question": "Is it safe?", "history": ["a"] * 13}, "history: 13 are given, at most 12 are read."),
        (
            "ask",
            {"question": "Is it safe?", "place": "Atlantis"},
            "'Atlantis' is no country that is known here. Use a code such as KZ.",
        ),
        ("ask", {"question": "Is it safe?", "today": "soon"}, "'soon' is no day. Write it as 2026-07-01."),
        ("search", {"query": "roads", "k": 101}, "k is 101. Ask for 1 to 100 passages."),
        ("search", {"query": "roads", "publisher": "Nobody"}, "no publisher 'Nobody' here."),
        ("brief", {"place": "KZ", "topics": ["football"]}, "'football' is no topic."),
        ("brief", {"place": ""}, "no country is named. Use a code such as KZ."),
        (
            "changes",
            {"since": "2026-08-01", "until": "2026-07-01"},
            "2026-08-01 is after 2026-07-01. Name the earlier day first.",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    served: tuple[str, Path], call: str, data: dict[str, Any], sentence: str
) -> None:
    address, log = served
    before = log.read_text("utf-8")
    status, got = posted(address, call, **data)
    assert status == 500
    assert got["error"].startswith(sentence)
    assert log.read_text("utf-8") == before  # what was asked is written nowhere


MALFORMED = [
    ("gradio_api/run/ask", {"data": ["SECRET"]}, 500),
    ("gradio_api/run/ask", {"data": "SECRET"}, 422),
    ("gradio_api/run/SECRET", {"data": ["SECRET"]}, 500),
    ("gradio_api/call/ask", {"data": ["SECRET"]}, 200),  # told to the one who fetches the answer
    ("gradio_api/call/v2/ask", {"SECRET": "SECRET"}, 500),
    ("gradio_api/queue/join", {"data": ["SECRET"], "fn_index": 0, "session_hash": "SECRET"}, 200),
    ("gradio_api/queue/join", {"data": ["SECRET"], "fn_index": 9999, "session_hash": "SECRET"}, 500),
    ("mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 5, "arguments": "SECRET"}}, 200),
    ("mcp", {"jsonrpc": "2.0", "id": 1, "method": "SECRET", "params": {"question": "SECRET"}}, 200),
    ("mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "SECRET", "arguments": {}}}, 200),
    ("mcp", {"jsonrpc": "2.0", "method": "SECRET", "params": {"question": "SECRET"}}, 202),
    ("mcp", {"SECRET": "SECRET"}, 400),
]


@pytest.mark.parametrize(("path", "body", "status"), MALFORMED)
def test_a_malformed_call_is_not_written_down(
    served: tuple[str, Path], path: str, body: dict[str, Any], status: int
) -> None:
    address, log = served
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    answer = httpx.post(f"{address}/{path}", json=body, headers=headers)
    assert answer.status_code == status
    if "event_id" in answer.text and "queue" in path:
        with httpx.stream("GET", f"{address}/gradio_api/queue/data?session_hash=SECRET") as told:
            assert "This call takes 2 values" in told.read().decode()
    assert "SECRET" not in log.read_text("utf-8")


def test_too_few_arguments_are_one_sentence(served: tuple[str, Path]) -> None:
    address, log = served
    before = log.read_text("utf-8")
    answer = httpx.post(f"{address}/gradio_api/run/ask", json={"data": ["Is it safe?"]})
    assert answer.json()["error"] == "This call takes 6 values; 1 came. docs/programs.md lists them."
    assert log.read_text("utf-8") == before


def test_the_page_is_sent_compressed(address: str) -> None:
    page = httpx.get(f"{address}/")
    assert page.headers["content-encoding"] == "gzip"
    assert page.num_bytes_downloaded * 3 < len(page.content)


def test_a_foreign_web_page_gets_nothing(address: str) -> None:
    own = httpx.post(
        f"{address}/gradio_api/run/search", json={"data": ["roads", 1, None, None, None]}, headers={"Origin": address}
    )
    assert own.status_code == 200
    for path in ("", "config", "gradio_api/run/search", "safecite/alive", "mcp"):
        origin = httpx.post(f"{address}/{path}", json={}, headers={"Origin": "https://evil.example"})
        name = httpx.get(f"{address}/{path}", headers={"Host": f"evil.example:{address.rpartition(':')[2]}"})
        assert (origin.status_code, name.status_code) == (403, 421)


def test_a_tool_refuses_in_a_sentence_too(address: str) -> None:
    found = called(address, "ask", question=LONG)
    assert found.isError
    (content,) = found.content
    assert isinstance(content, TextContent)
    assert content.text.endswith(TOO_LONG)


def test_only_the_calls_meant_can_be_made(by_client: Any) -> None:
    endpoints = by_client["endpoints"]
    assert set(endpoints["named_endpoints"]) == {"/ask", "/search", "/brief", "/changes"}
    assert endpoints["unnamed_endpoints"] == {}
    parameters = endpoints["named_endpoints"]["/ask"]["parameters"]
    assert [p["parameter_name"] for p in parameters] == ["question", "history", "place", "passport", "today", "as_of"]
    assert [p["parameter_has_default"] for p in parameters] == [False, True, True, True, True, True]


def test_tools_say_what_they_do_and_only_read(address: str) -> None:
    tools = with_tools(address, lambda session: session.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "search", "brief", "changes"]
    for tool in tools:
        assert len(tool.description) > 80
        assert tool.annotations.readOnlyHint
        assert all(value["description"] for value in tool.inputSchema["properties"].values())
    assert tools[0].inputSchema["required"] == ["question"]
    assert tools[2].inputSchema["required"] == ["place"]


def test_before_the_index_is_there_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Ask again in a moment"):
        Calls(Engine(tmp_path, {}, "all-MiniLM-L6-v2")).ask("Is it safe?")


def test_the_documented_examples_run(address: str) -> None:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", DOCS.replace("http://127.0.0.1:7860", address), re.M | re.S)
    assert [kind for kind, _ in blocks] == ["sh", "python", "json", "python"]
    shell, client, _, tools = (text for _, text in blocks)

    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["data"][0]["status"] == "answered"

    said = run(client).splitlines()
    assert said[0] == "answered"
    assert "103" in said[1]
    assert said[-1].startswith("Kazakhstan [")

    assert run(tools).splitlines() == ["['ask', 'search', 'brief', 'changes']", "answered"]

"""Measure many chats at once: answers kept apart, how long each takes, what memory the server holds.

    python -m scripts.measure_chats --index DIR [--chats 20] [--questions 2000]

The real server runs in a process of its own. Each chat is a browser as the server sees one: it loads the page, keeps it
alive, and asks about a country of its own, a question and then a follow-up that does not name the country; after some
questions it closes the page and opens another. Nobody pauses to read, unless --pause says so.

Every answer must stand under the questions of its own conversation and be about its own country, and afterwards a
visitor who is alone must get the same conversations, word for word. Times run from sending a question to the last word
of its answer. Exits with 1 where an answer was wrong or a figure is not reached.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from html import escape
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import numpy as np
import psutil

from index.places import place_name

ROOT = Path(__file__).resolve().parents[1]
P95_S = 1.5  # an answer
GROWTH = 0.05  # of the server's own memory, from the first quarter of the questions to the last answer
EVERY = 100

PLACES = (
    *("KZ", "PE", "LB", "JP", "BR", "ZA", "TH", "MX", "EG", "IN"),
    *("TR", "KE", "CO", "PH", "GE", "MA", "VN", "JO", "NP", "FR"),
)
PAIRS = (
    ("Is it safe to take a taxi in {place}?", "And at night?"),
    ("How good is medical care in {place}?", "What about malaria?"),
    ("What crime should I expect in {place}?", "And pickpockets?"),
    ("Are there demonstrations in {place}?", "What about terrorism?"),
    ("Which local laws should I know in {place}?", "And what about drugs?"),
    ("What is the number of the police in {place}?", "And for the fire brigade?"),
    ("What level of advice is given for {place}?", "Is it safe for women who travel alone?"),
    ("Are the roads safe in {place}?", "And the buses?"),
    ("Can I drink the tap water in {place}?", "And do I need a vaccination?"),
    ("Are there earthquakes in {place}?", "And floods?"),
)

_CONFIG = "window.gradio_config = "
_PLACE = '<span class="sc-part sc-part-place">'


class Reply(NamedTuple):
    """What an event of the page brought; `first` and `seconds`: until something showed, and until all was there."""

    output: list[Any]
    first: float
    seconds: float


class Row(NamedTuple):
    """How it stood after so many questions; the times are those of the last ones."""

    questions: int
    p50_s: float
    p95_s: float
    memory_mb: float  # all that is resident
    own_mb: float  # without the pages of files that are mapped: the index's, which the system takes back at will


@dataclass(slots=True)
class Tally:
    """What all chats found."""

    memory: psutil.Process
    every: int = EVERY  # questions between two looks at the memory
    seconds: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    answers: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)  # the last one of each conversation

    def note(self, place: str, asked: Sequence[str], reply: Reply) -> None:
        """Note an answer, and whether it is the one that belongs there."""
        self.seconds.append(reply.seconds)
        self.first.append(reply.first)
        self.check(place, asked, reply)
        if len(self.seconds) % self.every == 0:
            p50, p95 = np.percentile(self.seconds[-self.every :], [50, 95])
            held = self.memory.memory_info()
            own = held.rss - getattr(held, "shared", 0)  # told apart on Linux
            self.rows.append(Row(len(self.seconds), float(p50), float(p95), held.rss / 1e6, own / 1e6))
            print("{:>9,}  {:>6.2f} s  {:>6.2f} s  {:>7,.0f} MB  {:>7,.0f} MB".format(*self.rows[-1]), flush=True)

    def check(self, place: str, asked: Sequence[str], reply: Reply) -> None:
        """Note what is wrong with an answer, once."""
        found = hashlib.sha256(json.dumps(reply.output[1:3]).encode()).hexdigest()
        same = self.answers.setdefault((place, tuple(asked)), found)
        wrong = misplaced(reply.output[1], place, asked) or ("" if same == found else "another answer than before")
        if wrong:
            self.wrong.append(f"{place}: {asked[-1]} {wrong}")


class Page:
    """A page that a browser holds open: its session, and the events that it sends."""

    def __init__(self, web: httpx.AsyncClient, config: dict[str, Any]) -> None:
        self.session = secrets.token_hex(6)
        self._web = web
        self._events = config["dependencies"]
        self._box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "sc-ask")

    async def ask(self, question: str) -> Reply:
        """A question, as from the box: it is shown at once, and answered by the event that follows."""
        event = next(e for e in self._events if [self._box, "submit"] in e["targets"])
        begun = time.perf_counter()
        await self._send(event, question)
        first = time.perf_counter() - begun
        output = await self._send(next(e for e in self._events if e["trigger_after"] == event["id"]))
        return Reply(output, first, time.perf_counter() - begun)

    async def load(self) -> None:
        """What every page asks for when it has been loaded."""
        for event in self._events:
            if any(what == "load" for _, what in event["targets"]):
                await self._send(event)

    async def _send(self, event: dict[str, Any], *given: str) -> list[Any]:
        data = [*given, *[None] * (len(event["inputs"]) - len(given))]
        body = {"data": data, "fn_index": event["id"], "session_hash": self.session, "event_data": None}
        response = (await self._web.post("/gradio_api/run/predict", json=body)).raise_for_status()
        output: list[Any] = response.json()["data"]
        return output


@asynccontextmanager
async def opened(web: httpx.AsyncClient) -> AsyncIterator[Page]:
    """The page as it is loaded and kept open, and closed afterwards."""
    text = (await web.get("/")).raise_for_status().text
    page = Page(web, json.JSONDecoder().raw_decode(text, text.index(_CONFIG) + len(_CONFIG))[0])
    async with web.stream("GET", f"/gradio_api/heartbeat/{page.session}"):
        await page.load()
        yield page


def misplaced(messages: Sequence[dict[str, Any]], place: str, asked: Sequence[str]) -> str:
    """What of a conversation is not its own, "" where all is: its questions in order, each read as about the place."""
    said = [message["content"][0]["text"] for message in messages if message["role"] == "user"]
    if said != [escape(question, quote=False) for question in asked]:
        return "stands among other questions"
    replies = [message["content"][0]["value"] for message in messages if message["role"] == "assistant"]
    if len(replies) != len(asked):
        return "was not answered"
    places = {reply.partition(_PLACE)[2].partition("</span>")[0] for reply in replies}
    return "" if places == {escape(place)} else f"was read as about {', '.join(sorted(places)) or 'nowhere'}"


def conversation(place: str, number: int, turns: int) -> list[str]:
    """The questions of a chat's conversation, by its number: a question, its follow-up, and so on with the next."""
    asked = [question for pair in PAIRS for question in pair]
    begin = number * (turns + turns % 2)
    return [asked[(begin + turn) % len(asked)].format(place=place) for turn in range(turns)]


async def chat(web: httpx.AsyncClient, tally: Tally, place: str, turns: int, left: Iterator[int], pause: float) -> None:
    """One visitor after another asks about one country, until no question is `left`."""
    for number in count():
        async with opened(web) as page:
            asked: list[str] = []
            for question in conversation(place, number, turns):
                if next(left, None) is None:
                    return
                asked.append(question)
                tally.note(place, asked, await page.ask(question))
                await asyncio.sleep(pause)


async def alone(web: httpx.AsyncClient, tally: Tally) -> None:
    """Ask each conversation again, the longest of those that begin alike, with nobody else there."""
    done: set[tuple[str, ...]] = set()
    for place, asked in sorted(tally.answers, key=lambda key: -len(key[1])):
        if asked in done:
            continue
        async with opened(web) as page:
            for turn, question in enumerate(asked, start=1):
                tally.check(place, asked[:turn], await page.ask(question))
                done.add(asked[:turn])


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """The address of a server that is ready to answer, and its process's id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "assistant", "chat", "--index", str(index.resolve()), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT) as process:  # noqa: S603 - our own program, without a shell
        try:
            while process.poll() is None and not _answers(address):
                time.sleep(0.2)
            if process.poll() is not None:
                raise SystemExit("the server did not start.")
            yield address, process.pid
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        body = {"data": ["roads", 1, None, None, None]}
        return httpx.post(f"{address}/gradio_api/run/search", json=body, timeout=60).status_code == 200
    except httpx.TransportError:
        return False


async def _all(address: str, tally: Tally, chats: int, questions: int, turns: int, pause: float) -> float:
    """All chats at once, then each alone; the seconds that the first took."""
    left, begun = iter(range(questions)), time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=httpx.Limits()) as web:
        async with asyncio.TaskGroup() as group:
            for code in PLACES[:chats]:
                group.create_task(chat(web, tally, place_name(code), turns, left, pause))
        took = time.perf_counter() - begun
        await alone(web, tally)
    return took


def measure(
    index: Path, *, chats: int = 20, questions: int = 2000, turns: int = 4, pause: float = 0, every: int = EVERY
) -> tuple[Tally, dict[str, Any]]:
    """Ask all questions, then each conversation once more alone; what was found, and its figures."""
    with served(index) as (address, process):
        tally = Tally(psutil.Process(process), every)
        took = asyncio.run(_all(address, tally, chats, questions, turns, pause))
    p50, p95 = np.percentile(tally.seconds, [50, 95])
    own = [row.own_mb for row in tally.rows]
    quarter = own[max(0, len(own) // 4 - 1)] if own else None
    return tally, {
        "chats": chats,
        "questions": len(tally.seconds),
        "conversations": len(tally.answers),
        "wrong": len(tally.wrong),
        "questions_per_second": len(tally.seconds) / took,
        "first_p95_s": float(np.percentile(tally.first, 95)),
        "p50_s": float(p50),
        "p95_s": float(p95),
        "max_s": max(tally.seconds),
        "memory_mb": tally.rows[-1].memory_mb if own else None,
        "own_quarter_mb": quarter,
        "own_end_mb": own[-1] if own else None,
        "growth": own[-1] / quarter - 1 if quarter else None,
        "rows": [row._asdict() for row in tally.rows],
    }


def main() -> int:
    """Measure, print, and say whether all that was asked for is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="the index that answers")
    parser.add_argument(
        "--chats", type=int, default=20, choices=range(1, len(PLACES) + 1), metavar="N", help="at once (20)"
    )
    parser.add_argument("--questions", type=int, default=2000, help="of all chats together (2,000)")
    parser.add_argument("--turns", type=int, default=4, help="questions until a page is closed (4)")
    parser.add_argument("--pause", type=float, default=0, help="seconds between an answer and the next question (0)")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    given = parser.parse_args()
    print("questions       p50       p95    resident         own")
    tally, found = measure(
        given.index, chats=given.chats, questions=given.questions, turns=given.turns, pause=given.pause
    )
    print("\n".join(["", *sorted(set(tally.wrong))[:20], *(f"{k:22}{v}" for k, v in found.items() if k != "rows")]))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    reached = not tally.wrong and found["p95_s"] < P95_S and (found["growth"] or 0) < GROWTH
    print("reached" if reached else "NOT REACHED")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())

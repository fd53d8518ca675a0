"""What is measured in a process of its own: `python -m eval.speed.jobs NAME JSON` prints one line of JSON."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from assistant.answer import Assistant
from assistant.render import to_text
from eval.questions import load
from eval.speed import answering, bare, building, growth, made
from index.build import build
from index.embedding import load_embedder
from index.errors import SafeciteError
from index.plain import plain_text
from index.snapshot import Snapshot

_TEXTS = 8192  # at most, for the share of the model's own work: half a minute of it tells enough
_QUERIES = 200  # at most, of a grown index: each is also searched exactly

Record = dict[str, Any]


def stages_of_building(sources: dict[str, str], model: str, runs: int, work: str) -> Record:
    """As `building.measure`, and the share of the model's own work as `bare.measure`."""
    given = {name: Path(root) for name, root in sources.items()}
    embedder, tokenise = load_embedder(model), building.tokeniser(model)
    record = building.measure(given, embedder, tokenise, runs, Path(work))
    texts = building.texts_of(given)[:_TEXTS]
    return {**record, "runtime": embedder.runtime, "model_share": bare.measure(embedder, tokenise, texts, runs)}


def stages_of_answering(index: str, model: str, questions: list[str], runs: int) -> Record:
    """As `answering.measure`, and the memory that the process holds when all is answered."""
    asked = load([Path(path) for path in questions]).questions
    assistant = Assistant.open(Path(index), model)
    gc.freeze()  # as the chat's engine does
    return {**answering.measure(assistant, asked, runs), "resident_mb": resident_mb()}


def build_and_ask(sources: dict[str, str], model: str, index: str, questions: list[str]) -> Record:
    """What a peer's build does: files to a searchable snapshot, then every question searched, and answered."""
    embedder = load_embedder(model)
    started, cpu = time.perf_counter(), cpu_seconds()
    built = build(Path(index), {name: Path(root) for name, root in sources.items()}, embedder)
    snapshot = Snapshot.open(Path(index), embedder)
    seconds, cpu = time.perf_counter() - started, cpu_seconds() - cpu
    assistant = Assistant(snapshot)
    return {
        "passages": built.passages,
        "seconds": seconds,
        "cpu_s": cpu,
        "query_s": timed(lambda words: snapshot.search(words, 10), questions),
        "answer_s": timed(lambda words: to_text(assistant.ask(words)), questions),
    }


def passages(sources: dict[str, str], model: str, index: str, out: str) -> Record:
    """Write the passages of a build of the sources as they are shown, one JSON object a line: id and text."""
    embedder = load_embedder(model)
    build(Path(index), {name: Path(root) for name, root in sources.items()}, embedder)
    snapshot = Snapshot.open(Path(index), embedder)
    with Path(out).open("w", encoding="utf-8") as file:
        for hit in snapshot.hits(range(len(snapshot))):
            text = snapshot.text(hit.document)
            shown = plain_text(text, hit.passage.start, hit.passage.end, hit.document.markup)
            file.write(json.dumps({"id": str(hit.row), "text": shown}) + "\n")
    return {"passages": len(snapshot)}


def prepare_growth(index: str, model: str, folder: str) -> Record:
    """As `made.prepare`."""
    return made.prepare(Snapshot.open(Path(index), load_embedder(model)), Path(folder))


def grow(folder: str, passages: int, index: str) -> Record:
    """As `growth.grow`, and the memory held before it began."""
    before = resident_mb()
    return {**growth.grow(Path(folder), passages, Path(index)), "before_mb": before}


def search_grown(index: str, model: str, questions: list[str]) -> Record:
    """As `growth.search`; the memory is what is held when all was asked, before anything is searched exactly."""
    asked = [question.question for question in load([Path(path) for path in questions]).questions][:_QUERIES]
    snapshot = Snapshot.open(Path(index), load_embedder(model))
    return growth.search(snapshot, asked, memory)


def timed(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    """Seconds of each question; the first is asked once before."""
    ask(questions[0])
    found = []
    for words in questions:
        started = time.perf_counter()
        ask(words)
        found.append(time.perf_counter() - started)
    return found


def cpu_seconds() -> float:
    """The processor's seconds of this process and of those that it started and that have ended."""
    spent = psutil.Process().cpu_times()
    return float(spent.user + spent.system + spent.children_user + spent.children_system)


def memory() -> Record:
    """What this process holds now, and what of it is its own; the rest is mapped files, which the system takes back."""
    mapped = getattr(psutil.Process().memory_info(), "shared", 0) / 1e6
    return {"resident_mb": (held := resident_mb()), "own_mb": held - mapped}


def resident_mb() -> float:
    """Memory that this process holds now, 10^6 bytes."""
    return float(psutil.Process().memory_info().rss / 1e6)


JOBS: dict[str, Callable[..., Record]] = {
    "building": stages_of_building,
    "answering": stages_of_answering,
    "build": build_and_ask,
    "passages": passages,
    "prepare": prepare_growth,
    "grow": grow,
    "search": search_grown,
}


def main() -> None:
    """Do one job; a user's mistake is told as `{"error": sentence}`."""
    name, arguments = sys.argv[1:3]
    try:
        record = JOBS[name](**json.loads(arguments))
    except SafeciteError as error:
        record = {"error": str(error)}
    sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()

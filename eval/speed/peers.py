"""safecite beside other libraries at the same job: the same files, passages, questions and model, run turn about.

The peers get the passages that safecite cut, so reading and cutting cost only safecite. Every build and every first
answer is a process of its own; within a round the order turns, so that a drifting machine hits all alike.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from eval.errors import ReportError
from eval.speed import process
from eval.speed.timing import median, p95
from index.models import cache_folder, find_model

OURS = "safecite"
PEERS = ("langchain", "llamaindex", "txtai")
PINS = (
    "torch==2.13.0",
    "sentence-transformers==6.2.0",
    "transformers==5.23.0",
    "faiss-cpu==1.15.1",
    "langchain-core==1.7.2",
    "langchain-community==0.4.2",
    "langchain-huggingface==1.2.3",
    "llama-index-core==0.14.25",
    "llama-index-embeddings-huggingface==0.8.0",
    "llama-index-vector-stores-faiss==0.7.0",
    "txtai==9.14.0",
)
_RUNNER = Path(__file__).with_name("peer_runner.py")
_MEASURES = {  # of a participant: how the ratio of ours to theirs is read
    "passages_per_s": "higher",
    "passages_per_cpu_s": "higher",
    "query_p50_ms": "lower",
    "query_p95_ms": "lower",
    "first_answer_s": "lower",
    "peak_mb": "lower",
}

Say = Callable[[str], None]
Lap = dict[str, Any]  # passages, seconds, cpu_s, query_s, peak_mb, first_answer_s
Participant = Callable[[Path], Lap]


def chosen(words: str) -> list[str]:
    """The peers named, such as "langchain,txtai". Raises ReportError for a name that is none of them."""
    named = [word.strip().lower() for word in words.split(",") if word.strip()]
    for name in named:
        if name not in PEERS:
            raise ReportError(f"there is no peer {name!r}.", way_out=f"Choose among {', '.join(PEERS)}.")
    if not named:
        raise ReportError("no peer was named.", way_out=f"Choose among {', '.join(PEERS)}.")
    return list(dict.fromkeys(named))


def environment(say: Say) -> Path:
    """The Python of the peers' own environment in the user's cache folder, made where it is not there yet.

    Raises ReportError where it cannot be made: it needs a package index and some hundred megabytes.
    """
    folder = cache_folder() / "peers" / hashlib.sha256("\n".join(PINS).encode()).hexdigest()[:12]
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    say(f"the peers' environment: {folder} ({', '.join(PINS)})")
    if not (folder / "READY").is_file():
        say("making it: some hundred megabytes are fetched, once")
        process.run([sys.executable, "-m", "venv", "--clear", str(folder)])
        process.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS])
        (folder / "READY").write_text("\n".join(PINS) + "\n", "ascii")
    return python


def compare(
    names: Sequence[str],
    python: Path,
    sources: Mapping[str, Path],
    questions: Sequence[str],
    model: str,
    runs: int,
    work: Path,
    say: Say,
) -> dict[str, Any]:
    """Run safecite and the peers `runs` times, turn about, and put their figures beside each other.

    `python` is the interpreter that has the peers. Raises ReportError where a participant fails.
    """
    given = {name: str(root) for name, root in sources.items()}
    passages = work / "passages.jsonl"
    process.job("passages", sources=given, model=model, index=str(work / "first"), out=str(passages))
    shared = {"model": str(find_model(model).folder), "passages": str(passages), "questions": list(questions)}
    participants: dict[str, Participant] = {
        OURS: partial(our_turn, sources=given, model=model, questions=list(questions))
    }
    participants |= {name: partial(peer_turn, python, name, shared) for name in names}
    found = turns(participants, runs, work, say)
    rows = {name: summary(laps) for name, laps in found.items()}
    return {
        "pins": list(PINS),
        "model": model,
        "questions": len(questions),
        "rounds": runs,
        "participants": rows,
        "ratios": ratios(rows),
    }


def turns(participants: Mapping[str, Participant], runs: int, work: Path, say: Say) -> dict[str, list[Lap]]:
    """Each participant's laps; the order turns by one from round to round. Each has a folder of its own, once."""
    found: dict[str, list[Lap]] = {name: [] for name in participants}
    names = list(participants)
    for number in range(runs):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            say(f"round {number + 1} of {runs}: {name}")
            found[name].append(participants[name](work / f"{name}-{number}"))
    return found


def our_turn(folder: Path, sources: Mapping[str, str], model: str, questions: list[str]) -> Lap:
    """A whole build from files, the questions, and `safecite ask` of the first."""
    built = process.job("build", sources=sources, model=model, index=str(folder), questions=questions)
    command = [sys.executable, "-m", "assistant", "ask", questions[0], "--index", str(folder)]
    first = process.run(command, {"SAFECITE_MODEL": model})
    return {**built.record, "peak_mb": built.peak_mb, "first_answer_s": first.seconds}


def peer_turn(python: Path, name: str, shared: Mapping[str, Any], folder: Path) -> Lap:
    """The same of a peer, from the passages."""
    command = [str(python), "-P", str(_RUNNER)]  # -P: what lies beside the runner is not the peers' to import
    built = process.run([*command, "build", name, process.as_json({**shared, "folder": str(folder)})])
    one = {"model": shared["model"], "question": shared["questions"][0], "folder": str(folder)}
    first = process.run([*command, "ask", name, process.as_json(one)])
    return {**built.record, "peak_mb": built.peak_mb, "first_answer_s": first.seconds}


def summary(laps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A participant's medians over its rounds; queries are pooled."""
    queries = [seconds for lap in laps for seconds in lap["query_s"]]
    seconds = median([lap["seconds"] for lap in laps])
    memory = [lap["peak_mb"] for lap in laps if lap["peak_mb"] is not None]
    row = {
        "passages": laps[0]["passages"],
        "seconds": seconds,
        "passages_per_s": laps[0]["passages"] / seconds,
        "passages_per_cpu_s": laps[0]["passages"] / median([lap["cpu_s"] for lap in laps]),
        "query_p50_ms": 1e3 * median(queries),
        "query_p95_ms": 1e3 * p95(queries),
        "first_answer_s": median([lap["first_answer_s"] for lap in laps]),
        "peak_mb": median(memory) if memory else None,
    }
    if "answer_s" in laps[0]:
        answers = [seconds for lap in laps for seconds in lap["answer_s"]]
        row |= {"answer_p50_ms": 1e3 * median(answers), "answer_p95_ms": 1e3 * p95(answers)}
    return row


def ratios(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Of each peer: how many times better safecite is, measure by measure; above 1 is better, whatever is measured."""
    ours = rows[OURS]
    return {
        name: {
            measure: ours[measure] / row[measure] if better == "higher" else row[measure] / ours[measure]
            for measure, better in _MEASURES.items()
            if ours[measure] and row[measure]
        }
        for name, row in rows.items()
        if name != OURS
    }

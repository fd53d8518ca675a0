"""`python -m eval speed`: what was asked for is measured, each part in processes of its own.

Nothing heavy is imported here: what this process holds counts as a measured process's before that begins.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eval.errors import ReportError
from eval.questions import load
from eval.speed import peers, process
from eval.speed.sample import draw
from eval.speed.timing import median, spread

MOST_QUESTIONS = 50  # of the comparison with peers

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured, with what. `pages`: how many documents are drawn; None takes all."""

    out: Path
    model: str
    index: Path | None = None
    questions: tuple[Path, ...] = ()
    sources: Mapping[str, Path] | None = None
    runs: int = 5
    pages: int | None = None
    against: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()


def sizes(words: str) -> tuple[int, ...]:
    """Numbers of passages, such as "1000,10000", smallest first. Raises ReportError."""
    try:
        found = sorted({int(word.replace("_", "")) for word in words.split(",")})
    except ValueError:
        found = []
    if not found or found[0] < 1:
        raise ReportError(f"{words!r} are no numbers of passages.", way_out="Write them as 1000,10000,100000.")
    return tuple(found)


def measure(asked: Asked, say: Say) -> dict[str, Any]:
    """Measure and return the record, kept in speed.json part by part: the last may take hours.

    Raises SafeciteError; where something lacks, before anything runs.
    """
    _check(asked)
    asked.out.mkdir(parents=True, exist_ok=True)

    def keep(part: str, measured: Any) -> None:
        record[part] = measured
        (asked.out / "speed.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")

    record: dict[str, Any] = {"machine": _machine(), "model": asked.model, "runs": asked.runs}
    with tempfile.TemporaryDirectory(prefix="work-", dir=asked.out) as folder:
        work = Path(folder).resolve()  # the processes run elsewhere
        sources = {name: root.resolve() for name, root in (asked.sources or {}).items()}
        if sources and asked.pages is not None:
            sources = draw(sources, asked.pages, work / "sources")
            record["drawn"] = asked.pages
        if sources:
            keep("building", _building(asked, sources, work, say))
        if asked.index and asked.questions:
            keep("answering", _answering(asked, asked.index, say))
        if asked.against:
            words = list(dict.fromkeys(q.question for q in load(asked.questions).questions))[:MOST_QUESTIONS]
            python = peers.environment(say)
            keep("against", peers.compare(asked.against, python, sources, words, asked.model, asked.runs, work, say))
        if asked.sizes and asked.index:
            for row in _growth(asked, asked.index, work, say):
                keep("growth", [*record.get("growth", ()), row])
    return record


def _check(asked: Asked) -> None:
    if asked.runs < 1:
        raise ReportError("there must be one run at least.", way_out="Write --runs 5.")
    if find_spec("matplotlib") is None:
        raise ReportError("matplotlib is not installed.", way_out="Run: pip install -e '.[dev]'")
    if asked.against and not (asked.sources and asked.questions):
        raise ReportError("peers are compared on documents and questions.", way_out="Name --sources and --questions.")
    if asked.sizes and not (asked.index and asked.questions):
        raise ReportError("growth is made from an index.", way_out="Name --index and --questions.")
    if not asked.sources and not (asked.index and asked.questions):
        raise ReportError(
            "there is nothing to measure.",
            way_out="Name --sources for building, --index and --questions for answering.",
        )


def _building(asked: Asked, sources: Mapping[str, Path], work: Path, say: Say) -> dict[str, Any]:
    say(f"building: the stages one by one, then the whole; runs: {asked.runs}")
    given = {name: str(root) for name, root in sources.items()}
    done = process.job("building", sources=given, model=asked.model, runs=asked.runs, work=str(work))
    return {**done.record, "peak_mb": done.peak_mb}


def _answering(asked: Asked, index: Path, say: Say) -> dict[str, Any]:
    say(f"answering: the whole, then the stages one by one; runs: {asked.runs}, and one that warms up")
    where, files = str(index.resolve()), [str(path.resolve()) for path in asked.questions]
    record = process.job("answering", index=where, model=asked.model, questions=files, runs=asked.runs).record
    say("safecite ask: from its start to its answer")
    first = load(asked.questions).questions[0].question
    command = [sys.executable, "-m", "assistant", "ask", first, "--index", where]
    laps = [process.run(command, {"SAFECITE_MODEL": asked.model}) for _ in range(asked.runs + 1)][1:]  # a warm disk
    peaks = [lap.peak_mb for lap in laps if lap.peak_mb is not None]
    record["ask"] = {"seconds": spread([lap.seconds for lap in laps]), "peak_mb": median(peaks) if peaks else None}
    return record


def _growth(asked: Asked, index: Path, work: Path, say: Say) -> Iterator[dict[str, Any]]:
    say("growth: preparing what passages are made of")
    prepared, files = str(work / "prepared"), [str(path.resolve()) for path in asked.questions]
    process.job("prepare", index=str(index.resolve()), model=asked.model, folder=prepared)
    for passages in asked.sizes:
        with tempfile.TemporaryDirectory(prefix="grown-", dir=work) as folder:
            grown = str(Path(folder) / "index")
            say(f"growth: building {passages:,} passages")
            built = process.job("grow", folder=prepared, passages=passages, index=grown)
            say(f"growth: searching {passages:,} passages")
            searched = process.job("search", index=grown, model=asked.model, questions=files)
            yield {"asked": passages, **built.record, "build_peak_mb": built.peak_mb, **searched.record}


def _machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "safecite": version("safecite"),
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _processor() -> str:
    """The processor's name, as the system tells it."""
    told = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in _lines(told) if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _lines(path: Path) -> Sequence[str]:
    return path.read_text("utf-8", "replace").splitlines() if path.is_file() else ()

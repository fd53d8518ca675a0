"""Work in a process of its own, so that its memory and its start are its own: what it printed, how long, how much.

The starting process must stay small: the system counts its memory as the child's until the child's program begins.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.errors import ReportError

ROOT = Path(__file__).resolve().parents[2]
_LAST_WORDS = 300  # characters of a failed process's complaint that are shown


class Finished(NamedTuple):
    """A process that ended well. `peak_mb`: the most memory that it held, 10^6 bytes; None where nobody knows."""

    output: str
    seconds: float
    peak_mb: float | None

    @property
    def record(self) -> dict[str, Any]:
        """The JSON object on the last line that it printed. Raises ReportError."""
        lines = self.output.strip().splitlines()
        try:
            found = json.loads(lines[-1])
        except (IndexError, ValueError) as error:
            raise ReportError("a measuring process did not say what it measured.") from error
        return dict(found)


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Finished:
    """Run a command from the project's folder to its end. Raises ReportError where it cannot start, or fails."""
    with tempfile.TemporaryFile() as complaints:
        started = time.perf_counter()
        try:
            process = subprocess.Popen(  # noqa: S603 - our own programs, without a shell
                list(command),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**os.environ, **(environment or {})},
            )
        except OSError as error:
            raise ReportError(f"cannot be started ({error.strerror}).", path=command[0]) from error
        with process:
            output = process.stdout.read() if process.stdout else b""
            peak = _wait(process)
        seconds = time.perf_counter() - started
        if process.returncode:
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace").strip()[-_LAST_WORDS:]
            what = " ".join(Path(word).name for word in command[:4])
            raise ReportError(f"{what} … ended with status {process.returncode}: {said or 'it said nothing'}")
    return Finished(output.decode("utf-8", "replace"), seconds, peak)


def job(name: str, **arguments: Any) -> Finished:
    """Run one of `eval.speed.jobs` in a fresh interpreter. Raises ReportError with its sentence where it fails."""
    done = run([sys.executable, "-m", "eval.speed.jobs", name, as_json(arguments)])
    if "error" in done.record:
        raise ReportError(done.record["error"])
    return done


def as_json(arguments: Mapping[str, Any]) -> str:
    """Arguments as one word of a command line."""
    return json.dumps(arguments, ensure_ascii=True)


def _wait(process: subprocess.Popen[bytes]) -> float | None:
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6

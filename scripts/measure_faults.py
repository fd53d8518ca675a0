"""What becomes of an index that is killed, cut short or damaged: the figures of "nothing lost".

    python -m scripts.measure_faults

A made index of a few hundred pages (a folder and two feeds, embedded by the tests' hash embedder) is updated under
every fault, each trial on a copy of its own. After each: does the state before answer as before, or the new one as it
should? Does `safecite snapshots verify` find nothing? Does the next update end exactly right? Exits with 1 where
something was lost. What is not a matter of chance (a clock set back, a folder that may only be read, a download that
was cut, an older schema) is in tests/index/test_faults.py.

    kills    SIGKILL, half of them after a random time, half just before a random touch of a file; half of the updates
             change a twentieth of the pages, half a third
    room     a file system that is full after so many bytes; a small tmpfs where this user may mount one, else a limit
             to the size of files
    twice    two updates at once
    bytes    one byte of one file is another. Where `verify` says that none of the content is there, or finds nothing,
             everything that is stored is read back and all is asked again: nothing may differ
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from index.errors import SafeciteError
from index.history import bytes_in
from tests.index import faults
from tests.index.faults import Made

PARTS = ("kills", "room", "twice", "bytes")
SHARES = {  # of the changed bytes
    "store.sqlite": 0.4,
    "store.sqlite.sha256": 0.02,
    "snapshots": 0.14,
    "CURRENT": 0.04,
    "cache": 0.3,
    "sources": 0.1,
}
PLENTY = 1_000_000_000


def main() -> int:
    """Run the trials that are asked for, print what they gave; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--kills", type=int, default=200, help="how often an update is killed (200)")
    parser.add_argument("--room", type=int, default=40, help="how often it runs out of space (40)")
    parser.add_argument("--twice", type=int, default=20, help="how often two are started at once (20)")
    parser.add_argument("--bytes", type=int, default=1000, help="how many bytes are changed (1,000)")
    parser.add_argument("--size", type=int, default=24, help="the index has nine pages for each of it (24; at most 49)")
    parser.add_argument("--jobs", type=int, default=2, help="trials at once (2)")
    parser.add_argument("--seed", type=int, default=5, help="of all that is random (5)")
    parser.add_argument("--work", type=Path, help="a folder to work in, if not the system's for temporary files")
    asked = parser.parse_args()
    if wrong := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(wrong))}")
    lost = 0
    context = get_context("forkserver")
    with (
        tempfile.TemporaryDirectory(prefix="safecite-faults-", dir=asked.work) as folder,
        ProcessPoolExecutor(asked.jobs, mp_context=context) as pool,
    ):
        few = faults.make(Path(folder) / "few", asked.size, 40)
        many = faults.make(Path(folder) / "many", asked.size, 4)
        print(f"made: {asked.size * 9} pages")
        trials: dict[str, Callable[..., Iterator[str]]] = {"kills": kill, "room": fill, "twice": run_twice}
        for part in asked.parts or PARTS:
            count, begun = getattr(asked, part), monotonic()
            seeds = [f"{asked.seed} {part} {number}" for number in range(count)]
            if part == "bytes":
                chunks = [seeds[n :: asked.jobs * 4] for n in range(asked.jobs * 4)]
                found = [said for some in pool.map(_changed_bytes, repeat(few), chunks) for said in some]
            else:
                made = [few if number % 2 else many for number in range(count)]
                found = list(pool.map(_said, repeat(trials[part]), made, seeds))
            print(f"\n{part}: {count:,} trials in {monotonic() - begun:.0f} s")
            for said, times in sorted(Counter(found).items(), key=lambda pair: -pair[1]):
                print(f"{times:7,}  {said}")
            lost += sum(said.startswith("LOST") for said in found)
    print(f"\nlost: {lost}")
    return 1 if lost else 0


def kill(made: Made, index: Path, draw: random.Random) -> Iterator[str]:
    """Killed at a random time, or at a random touch of a file."""
    if draw.random() < 0.5:
        events = _measured(made, index)[0]
        while not faults.killed_at_event(made, made.copy(index), draw.randint(1, events)):
            shutil.rmtree(index)
        yield "killed before a touch of a file"
    else:
        seconds = _measured(made, index)[1]
        while not faults.killed_after(made, made.copy(index), draw.uniform(0, seconds)):
            shutil.rmtree(index)
        yield "killed after a while"
    yield _which_answers(made, index)


def fill(made: Made, index: Path, draw: random.Random) -> Iterator[str]:
    """Out of space after a random number of bytes."""
    if os.geteuid() != 0:
        made.copy(index)
        yield _told(made, index, largest=draw.randint(0, 1_500_000))
        yield _which_answers(made, index)
        return
    with _small_room(index.parent) as resize:
        made.copy(index)
        used = shutil.disk_usage(index.parent).used
        grown = bytes_in(made.index.parent / "after") - bytes_in(made.index)
        resize(used + draw.randint(0, 2 * grown))
        yield _told(made, index)
        yield _which_answers(made, index)
        resize(PLENTY)
        yield _judged(made, index)


def run_twice(made: Made, index: Path, draw: random.Random) -> Iterator[str]:
    """Two updates at once: one is told that the other is at work, or comes after it."""
    made.copy(index)
    said = faults.updated_twice(made, index, draw.uniform(0, 0.5))
    yield " / ".join(sorted(_without_paths(one, index) or "done" for one in said))


def _said(trial: Callable[..., Iterator[str]], made: Made, seed: str) -> str:
    """What one trial gave, on a copy of the index that it makes; it begins with LOST where something was lost."""
    with tempfile.TemporaryDirectory(dir=made.index.parent) as folder:
        index = Path(folder) / "index"
        said = list(trial(made, index, random.Random(seed)))  # noqa: S311 - a draw, not a secret
        if index.exists():
            said.append(_judged(made, index))
    lost = [words for words in said if words.startswith("LOST")]
    return "; ".join(lost or filter(None, dict.fromkeys(said)))


def _judged(made: Made, index: Path) -> str:
    complaints = made.complaints(index)
    return "LOST: " + "; ".join(complaints) if complaints else "all right after the next update"


def _which_answers(made: Made, index: Path) -> str:
    try:
        found = faults.answers(index)
    except SafeciteError as error:
        return f"LOST: it does not answer: {_without_paths(str(error), index)}"
    names = {"the state before answers": made.before, "the new state answers": made.after}
    return next((name for name, answers in names.items() if answers == found), "LOST: it answers something else")


def _changed_bytes(made: Made, seeds: Sequence[str]) -> list[str]:
    """What became of one changed byte for each seed, in an index of two states."""
    with tempfile.TemporaryDirectory(dir=made.index.parent) as folder:
        index = Path(shutil.copytree(made.index.parent / "after", Path(folder) / "index"))
        whole = faults.contents(index), faults.answers(index)
        return [_changed_byte(index, random.Random(seed), whole) for seed in seeds]  # noqa: S311


def _changed_byte(index: Path, draw: random.Random, whole: tuple[list[faults.Row], list[faults.Row]]) -> str:
    room = draw.choices(list(SHARES), list(SHARES.values()))[0]
    files = [path for path in faults.kept_files(index) if path.relative_to(index).parts[0] == room]
    path = draw.choices(files, [file.stat().st_size for file in files])[0]
    at = draw.randrange(path.stat().st_size)
    with faults.changed_byte(path, at, draw.randint(1, 255)):
        try:
            found = faults.found_by_verify(index)
            if found and not all("holds no content" in fault for fault in found):
                return f"{room}: found"
            if (faults.contents(index), faults.answers(index)) == whole:
                return f"{room}: nothing is stored there, all is read as before; {'found' if found else 'not found'}"
        except Exception as error:  # a traceback, for users
            return f"LOST: {type(error).__name__} at byte {at} of {path.relative_to(index)}"
        return f"LOST: byte {at} of {path.relative_to(index)} was not found"


def _measured(made: Made, index: Path) -> tuple[int, float]:
    """How often a whole update touches a file, and how many seconds it takes."""
    known = made.index.parent / "measured"
    if not known.exists():
        begun = monotonic()
        faults.killed_at_event(made, made.copy(index), 0)
        seconds = monotonic() - begun
        (index.parent / "events").rename(known)
        with known.open("a") as file:
            file.write(f" {seconds}")
        shutil.rmtree(index)
    events, seconds = known.read_text().split()
    return int(events), float(seconds)


@contextmanager
def _small_room(folder: Path) -> Iterator[Callable[[int], None]]:
    """A file system of its own at `folder`; what is given sets its size in bytes."""

    def resize(size: int, how: str = "remount,") -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"{how}size={size}", "tmpfs", folder], check=True)  # noqa: S603, S607

    with ExitStack() as stack:
        resize(PLENTY, "")
        stack.callback(subprocess.run, ["umount", "--lazy", folder], check=True)
        yield resize


def _told(made: Made, index: Path, largest: int | None = None) -> str:
    """What the user is told of an update; LOST where it is no sentence."""
    try:
        return _without_paths(faults.updated(made, index, largest), index)
    except RuntimeError as error:
        return f"LOST: no sentence but {error}"


def _without_paths(said: str, index: Path) -> str:
    return said.replace(str(index), "INDEX")


if __name__ == "__main__":
    sys.exit(main())

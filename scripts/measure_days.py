"""Measure what remembering costs: python -m scripts.measure_days ARCHIVE INDEX

ARCHIVE is the advisories archive and INDEX an index of it under the name `advisories`; both are copied and stay as they
are. One page is changed and brought in by `safecite build` as a user would; then PAGES pages change on each of DAYS
days; then the search files of the live state are dropped and made again. Bytes are those of the whole index: the store,
every state, and the live state's search files.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from index import searchfiles
from index.build import build
from index.embedding import load_embedder
from index.history import bytes_in
from index.manifest import current_id
from index.snapshot import Snapshot

FIRST = date(2026, 9, 1)
WORDS = ("bridge", "closed", "market", "ferry", "police", "delay", "storm", "road", "crowd", "repair", "queue", "north")


def change(pages: Sequence[Path], rng: random.Random) -> None:
    """Give each page another last paragraph, of a dozen words."""
    for page in pages:
        text = page.read_text("utf-8").rpartition("\n\nToday: ")
        words = " ".join(rng.choice(WORDS) for _ in range(12))
        page.write_text(f"{text[0] or text[2]}\n\nToday: {words} {rng.randrange(10_000)}.\n", "utf-8")


def main() -> None:
    """Print what was measured, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--pages", type=int, default=24)
    asked = parser.parse_args()
    rng = random.Random(0)  # noqa: S311 - a draw, not a secret
    with tempfile.TemporaryDirectory() as root:
        archive, index = Path(root) / "archive", Path(root) / "index"
        shutil.copytree(asked.archive, archive)
        shutil.copytree(asked.index, index)
        pages = sorted(archive.rglob("*.md"))
        embedder = load_embedder()
        build(index, {"advisories": archive}, embedder, observed=FIRST)  # the same pages in another folder
        one = bytes_in(index)
        print(f"{one / 1e6:9,.1f} MB  one state of {len(pages):,} pages")

        seconds = []
        for _ in range(3):
            change(pages[:1], rng)
            began = time.perf_counter()
            command = [sys.executable, "-m", "assistant", "build", "--sources", f"advisories={archive}"]
            subprocess.run([*command, "--index", index], capture_output=True, check=False, env=dict(os.environ))  # noqa: S603
            seconds.append(time.perf_counter() - began)
        print(f"{sorted(seconds)[1]:9.2f} s   one changed page, `safecite build` from the shell, median of three")

        seconds = []
        for day in range(1, asked.days + 1):
            change(rng.sample(pages, asked.pages), rng)
            began = time.perf_counter()
            build(index, {"advisories": archive}, embedder, observed=FIRST + timedelta(day))
            seconds.append(time.perf_counter() - began)
        print(f"{sorted(seconds)[len(seconds) // 2]:9.2f} s   {asked.pages} changed pages of a day, median")
        print(f"{bytes_in(index) / 1e6:9,.1f} MB  after {asked.days} days, {bytes_in(index) / one:.2f} times one state")

        live = current_id(index)
        searchfiles.remove(index / "cache" / str(live))
        began = time.perf_counter()
        Snapshot.open(index, embedder)
        print(f"{time.perf_counter() - began:9.2f} s   dropped search files made again")


if __name__ == "__main__":
    main()

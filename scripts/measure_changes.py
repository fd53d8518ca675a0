"""Measure two moments of the real archive as two states of one source: python -m scripts.measure_changes ARCHIVES

ARCHIVES holds `advisories-2025-07-01` and `advisories`; only the two governments that are in both are read. All vectors
are the same: what is measured is everything else.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from index.audit import audit
from index.build import build
from index.changes import What, compare, rewording
from index.embedding import Vectors
from index.history import history
from index.manifest import list_snapshots, read_manifest
from index.prune import prune
from index.store import Store
from tests.fakes import HashEmbedder

MOMENTS = {"advisories-2025-07-01": date(2025, 7, 1), "advisories": date(2026, 8, 22)}
GOVERNMENTS = ("unitedkingdom", "canada")


class Constant(HashEmbedder):
    """Embeds in no time."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), self.dimension), self.dimension**-0.5, np.float32)


def part_of(archive: Path, folder: Path) -> Path:
    """Links to what the archive holds of the two governments."""
    folder.mkdir()
    for government in GOVERNMENTS:
        (folder / government).symlink_to(archive / government)
        (folder / f"{government}_summary.csv").symlink_to(archive / f"{government}_summary.csv")
    return folder


def main(archives: Path) -> None:
    """Print what was measured, a line each."""
    clock = time.perf_counter

    def said(what: str, began: float) -> None:
        print(f"{clock() - began:7.2f} s  {what}")

    with tempfile.TemporaryDirectory() as root:
        index = Path(root) / "index"
        store_file = index / "store.sqlite"
        for folder, day in MOMENTS.items():
            began = clock()
            part = part_of(archives / folder, Path(root) / folder)
            result = build(index, {"advisories": part}, Constant(8), observed=day)
            size = store_file.stat().st_size / 1e6
            said(f"{folder}: {result.documents:,} documents, {result.embedded:,} embedded, store {size:.1f} MB", began)
        old, new = (read_manifest(index, name) for name in list_snapshots(index))
        with Store(store_file) as store:
            began = clock()
            found = compare(old, new, store.get_text)
            counted = {what.value: found.count(what) for what in What}
            said(f"compare: {found.reworded:,} texts differ, {found.levels} levels, {counted}", began)
            for government in GOVERNMENTS:
                of_it = [c for c in found.changes if c.document.doc_id.startswith(government)]
                levels = sum(c.level_changed for c in of_it)
                print(f"           {government}: {sum(c.reworded for c in of_it):,} texts differ, {levels} levels")
            began = clock()
            differences = [rewording(change, store) for change in found.changes]
            silent = sum(c.reworded and not d for c, d in zip(found.changes, differences, strict=True))
            total = sum(map(len, differences))
            said(f"word for word: {total:,} differences, {silent} pages differ only in links or layout", began)
        began = clock()
        said(f"list {len(history(index))} states", began)
        began = clock()
        checked = audit(index)
        said(f"verify: {checked.rows:,} rows, {len(checked.faults)} faults", began)
        began = clock()
        pruned = prune(index, keep=1)
        said(f"prune: {pruned.rows:,} rows, {pruned.freed / 1e6:.1f} MB freed", began)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archives", type=Path, help="such as ../shared/data")
    asked = parser.parse_args()
    if missing := [name for name in MOMENTS if not (asked.archives / name).is_dir()]:
        parser.error(f"{asked.archives} holds no folder {missing[0]}.")
    main(asked.archives.resolve())

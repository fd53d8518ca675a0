"""A fixed draw of a source's files, copied with whatever describes them, so that a measurement takes minutes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

from eval.errors import ReportError

_DOCUMENTS = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx"})
_DESCRIBES = frozenset({".json", ".csv", ".yaml"})
_FEWEST_BYTES = 800  # shorter pages are stubs
_SEED = 7


def draw(sources: Mapping[str, Path], pages: int, to: Path) -> dict[str, Path]:
    """Copy `pages` documents of all sources together into folders under `to`; the same ones at every run.

    A file that describes others (JSON, CSV, a sidecar) comes along where it lies beside or above them. Raises
    ReportError where a source is no folder, or the sources hold no document.
    """
    found: list[tuple[str, Path]] = []
    for name, root in sources.items():
        if not root.is_dir():
            raise ReportError("is no folder of documents.", path=root, way_out="Name a folder with --sources.")
        files = sorted(path for path in root.rglob("*") if path.suffix.lower() in _DOCUMENTS)
        found += [(name, path) for path in files if path.stat().st_size > _FEWEST_BYTES]
    if not found:
        raise ReportError("there is no document to draw.", path=", ".join(map(str, sources.values())))
    drawn = random.Random(_SEED).sample(found, min(pages, len(found)))  # noqa: S311 - a draw, not a secret
    copied: dict[str, Path] = {}
    for name, path in drawn:
        root = sources[name]
        copied[name] = to / name
        levels = len(path.relative_to(root).parts)  # folders from its own up to the root
        for folder in path.parents[:levels]:
            for other in folder.iterdir():
                if other == path or other.suffix in _DESCRIBES:
                    _copy(other, copied[name] / other.relative_to(root))
    return copied


def _copy(path: Path, to: Path) -> None:
    if path.is_file() and not to.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)

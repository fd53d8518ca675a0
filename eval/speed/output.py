"""A record of speed for people: speed.md to paste, speed.svg and speed.png to look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.speed import picture, tables


def write(record: Mapping[str, Any], out: Path) -> list[Path]:
    """Write them into `out`, where speed.json is; returns the files."""
    (out / "speed.md").write_text(tables.markdown(record), "utf-8")
    return [out / "speed.md", *picture.write(record, out)]

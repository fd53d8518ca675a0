"""A snapshot's manifest: the list of what a state of all sources consists of, and the switch between states.

A manifest is a zstd-compressed file `snapshots/ID.json.zst`: the sha256 of its JSON on the first line, then the JSON.
ID is `SEQUENCE-HASH`: six digits that only ever grow, and the first eight of that sha256. `CURRENT` names the live one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import zstandard

from index.documents import Skipped
from index.errors import DamagedError, IndexMissingError

FORMAT = 1
_ID = re.compile(r"\d{6,}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot consists of. `documents` are `Document.to_record()`, sorted by source and doc_id."""

    sequence: int
    parent: str | None
    created: str
    model: dict[str, Any]
    runtime: str
    chunking: str
    dimension: int
    sources: dict[str, dict[str, Any]]
    documents: list[dict[str, Any]]
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def observed(self) -> str:
        """The day of this state: the latest day on which one of its sources was observed."""
        return max((str(s["observed"]) for s in self.sources.values() if "observed" in s), default=self.created[:10])

    def same_content(self, other: Manifest) -> bool:
        """Whether both list the same documents with the same metadata, read from the same sources."""
        mine = (self.model, self.chunking, self.sources, self.documents, self.skipped)
        return mine == (other.model, other.chunking, other.sources, other.documents, other.skipped)


def write_manifest(index: Path, manifest: Manifest) -> str:
    """Write a manifest under `index` and return its id. It is not live until `switch_to`."""
    body = _encode(manifest)
    digest = hashlib.sha256(body).hexdigest()
    name = f"{manifest.sequence:06d}-{digest[:8]}"
    packed = zstandard.compress(digest.encode() + b"\n" + body, 9)
    _write_atomically(_path_of(index, name), packed)
    return name


def snapshot_id(manifest: Manifest) -> str:
    """The id that `write_manifest` will give."""
    return f"{manifest.sequence:06d}-{hashlib.sha256(_encode(manifest)).hexdigest()[:8]}"


def read_manifest(index: Path, name: str) -> Manifest:
    """The manifest of a snapshot. Raises IndexMissingError, DamagedError."""
    path = _path_of(index, name)
    way_out = f"Delete it and {index / 'CURRENT'}, then build every source again."
    try:
        digest, _, body = zstandard.decompress(path.read_bytes()).partition(b"\n")
    except FileNotFoundError as error:
        raise IndexMissingError(f"there is no snapshot {name}.", path=index) from error
    except (OSError, MemoryError, zstandard.ZstdError) as error:
        raise DamagedError("cannot be read.", path=path, way_out=way_out) from error
    if hashlib.sha256(body).hexdigest().encode() != digest or not name.endswith(digest[:8].decode()):
        raise DamagedError("does not match its checksum.", path=path, way_out=way_out)
    record = json.loads(body)
    if record.pop("format") != FORMAT:
        raise DamagedError("was written by another version of safecite.", path=path, way_out=way_out)
    record["skipped"] = [Skipped(*row) for row in record["skipped"]]
    return Manifest(**record)


def current_id(index: Path) -> str | None:
    """The live snapshot's id; None where nothing has been built. Raises DamagedError."""
    path = index / "CURRENT"
    way_out = "Delete it and build every source again."
    try:
        written = path.read_text("ascii", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedError("cannot be read.", path=path, way_out=way_out) from error
    name = written.removesuffix("\n")
    if _ID.fullmatch(name) is None or not _path_of(index, name).is_file():
        raise DamagedError("does not name a snapshot that is here.", path=path, way_out=way_out)
    return name


def switch_to(index: Path, name: str) -> None:
    """Make a snapshot the live one, atomically."""
    _write_atomically(index / "CURRENT", name.encode() + b"\n")


def list_snapshots(index: Path) -> list[str]:
    """Ids of all snapshots, oldest first."""
    return sorted(path.name.removesuffix(".json.zst") for path in (index / "snapshots").glob("*.json.zst"))


def snapshot_as_of(index: Path, day: date) -> str:
    """The last snapshot, by sequence, of a state observed on or before a day. Raises IndexMissingError."""
    names = list_snapshots(index)
    known = [name for name in names if read_manifest(index, name).observed <= day.isoformat()]
    if not known:
        first = f"The first state here is of {read_manifest(index, names[0]).observed}." if names else ""
        raise IndexMissingError(f"nothing was known on {day.isoformat()}.", path=index, way_out=first)
    return known[-1]


def _path_of(index: Path, name: str) -> Path:
    return index / "snapshots" / f"{name}.json.zst"


def _encode(manifest: Manifest) -> bytes:
    record = {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}
    written = json.dumps({"format": FORMAT, **record}, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")  # as json.loads reads it


def _write_atomically(path: Path, body: bytes) -> None:
    """Old or new, never half: written beside, flushed to disk, renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

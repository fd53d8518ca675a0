"""A snapshot's manifest: the list of what a state of all sources consists of, and the switch between states.

A manifest is a zstd-compressed file `snapshots/ID.json.zst`: the sha256 of its JSON on the first line, then the JSON.
ID is `SEQUENCE-HASH`: six digits that only ever grow, and the first eight of that sha256. `CURRENT` names the live one.
States are ordered by their sequence, never by the clock. A manifest beyond the live one was never live: a build was
killed before it could switch to it. Nobody is shown it, and the next build takes it away.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import zstandard

from index.atomic import write_atomically
from index.documents import Skipped
from index.errors import DamagedError, IndexMissingError

FORMAT = 1
_ID = re.compile(r"\d{6,}-[0-9a-f]{8}")
_MOMENTS = {"built", "checked"}  # of a source: the day on which a build read it, and when its feed was last asked


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
        return _observed(self.sources, self.created)

    def same_content(self, other: Manifest) -> bool:
        """Whether both list the same documents with the same metadata, read from the same sources.

        When a source was read or asked makes no difference.
        """
        mine = (self.model, self.chunking, _lasting(self.sources), self.documents, self.skipped)
        return mine == (other.model, other.chunking, _lasting(other.sources), other.documents, other.skipped)


class Head(NamedTuple):
    """What a manifest says before it lists its documents, and how many those are."""

    name: str
    sha256: str  # of the manifest's JSON
    sequence: int
    parent: str | None
    created: str
    observed: str
    sources: dict[str, dict[str, Any]]
    documents: int


def write_manifest(index: Path, manifest: Manifest) -> str:
    """Write a manifest under `index` and return its id. It is not live until `switch_to`.

    What an earlier build wrote and never made live goes; call it under the build's lock only.
    """
    body = _encode(manifest)
    digest = hashlib.sha256(body).hexdigest()
    name = f"{manifest.sequence:06d}-{digest[:8]}"
    for left in set(all_manifests(index)).difference(list_snapshots(index)):
        path_of(index, left).unlink(missing_ok=True)
    packed = zstandard.compress(digest.encode() + b"\n" + body, 9)
    write_atomically(path_of(index, name), packed)
    return name


def snapshot_id(manifest: Manifest) -> str:
    """The id that `write_manifest` will give."""
    return f"{manifest.sequence:06d}-{hashlib.sha256(_encode(manifest)).hexdigest()[:8]}"


def read_manifest(index: Path, name: str) -> Manifest:
    """The manifest of a snapshot. Raises IndexMissingError, DamagedError."""
    _, body = _read(index, name)
    record = json.loads(body)
    del record["format"]
    record["skipped"] = [Skipped(*row) for row in record["skipped"]]
    return Manifest(**record)


def read_head(index: Path, name: str) -> Head:
    """The head of a manifest, checked as the whole is and several times faster. Raises as `read_manifest`."""
    digest, body = _read(index, name)
    # A quotation mark inside a string is escaped: these bytes can be nothing but the key of the list.
    head, _, documents = body.partition(b',"documents":[')
    record = json.loads(head + b"}")
    sources, created = record["sources"], record["created"]
    count = documents.count(b'"doc_id":')
    day = _observed(sources, created)
    return Head(name, digest, record["sequence"], record["parent"], created, day, sources, count)


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
    if _ID.fullmatch(name) is None or not path_of(index, name).is_file():
        raise DamagedError("does not name a snapshot that is here.", path=path, way_out=way_out)
    return name


def switch_to(index: Path, name: str) -> None:
    """Make a snapshot the live one, atomically."""
    write_atomically(index / "CURRENT", name.encode() + b"\n")


def list_snapshots(index: Path) -> list[str]:
    """Ids of all snapshots that are or were live, oldest first. Raises DamagedError where CURRENT is damaged."""
    live = current_id(index)
    return [
        name for name in all_manifests(index) if live is None or sequence_of(name) < sequence_of(live) or name == live
    ]


def all_manifests(index: Path) -> list[str]:
    """Ids of all manifests that are here, those included that were never live, oldest first."""
    names = (path.name.removesuffix(".json.zst") for path in (index / "snapshots").glob("*.json.zst"))
    return sorted((name for name in names if _ID.fullmatch(name)), key=lambda name: (sequence_of(name), name))


def sequence_of(name: str) -> int:
    """The sequence number in a snapshot's id."""
    return int(name.partition("-")[0])


def snapshot_as_of(index: Path, day: date) -> str:
    """The last snapshot, by sequence, of a state observed on or before a day. Raises IndexMissingError."""
    names = list_snapshots(index)
    for name in reversed(names):
        if read_head(index, name).observed <= day.isoformat():
            return name
    first = f"The first state here is of {read_head(index, names[0]).observed}." if names else ""
    raise IndexMissingError(f"nothing was known on {day.isoformat()}.", path=index, way_out=first)


def path_of(index: Path, name: str) -> Path:
    """The file of a manifest."""
    return index / "snapshots" / f"{name}.json.zst"


def _read(index: Path, name: str) -> tuple[str, bytes]:
    """The sha256 of a manifest's JSON and the JSON, checked. Raises IndexMissingError, DamagedError."""
    path = path_of(index, name)
    way_out = f"Delete it and {index / 'CURRENT'}, then build every source again."
    try:
        written, _, body = zstandard.decompress(path.read_bytes()).partition(b"\n")
    except FileNotFoundError as error:
        raise IndexMissingError(f"there is no snapshot {name}.", path=index) from error
    except (OSError, MemoryError, zstandard.ZstdError) as error:
        raise DamagedError("cannot be read.", path=path, way_out=way_out) from error
    digest = hashlib.sha256(body).hexdigest()
    if digest.encode() != written or not name.endswith(digest[:8]):
        raise DamagedError("does not match its checksum.", path=path, way_out=way_out)
    if not body.startswith(b'{"format":%d,' % FORMAT):
        raise DamagedError("was written by another version of safecite.", path=path, way_out=way_out)
    return digest, body


def _observed(sources: Mapping[str, Mapping[str, Any]], created: str) -> str:
    """The latest day on which one of the sources was observed: the day given, else that of the build that read it."""
    days = (str(source.get("observed") or source.get("built") or created[:10]) for source in sources.values())
    return max(days, default=created[:10])


def _lasting(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is recorded of the sources, less when they were read or asked."""
    return {name: {k: v for k, v in source.items() if k not in _MOMENTS} for name, source in sources.items()}


def _encode(manifest: Manifest) -> bytes:
    record = {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}
    written = json.dumps({"format": FORMAT, **record}, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")  # as json.loads reads it

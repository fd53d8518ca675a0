"""Content once, by its hash: raw bytes, how they came, texts, passages and vectors, each row with a checksum.

One SQLite file. Rows are only ever added, so a reader and a builder never disturb each other, and a build that is
killed leaves rows that the next one finds and uses.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import zstandard

from index import seal
from index.documents import Heading, Passage
from index.errors import DamagedError, SafeciteError
from index.feeds.feed import Fetched
from index.units import Cut, Unit

Table = Literal["raw", "texts", "passages", "vectors", "fetches"]

SCHEMA_VERSION = 2
_SCHEMA = "".join(
    f"CREATE TABLE IF NOT EXISTS {table} "
    "(key TEXT PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID;"
    for table in get_args(Table)
)

# A full disk, a folder that is another's, a file that another program holds: what is stored is whole.
_NO_DAMAGE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY}


class Store:
    """The open store. Close it, or use it in a `with` block; a thread needs one of its own."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self.path = path
        self._writes = write
        with self._usable("opened", "Delete this file and build every source again."):
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(path, isolation_level=None)
                self._check_version(write=True)  # first: another version's store is left as it is
                seal.lift(path)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")
                self._db.executescript(_SCHEMA)
            else:
                self._db = _connect_to_read(path)
                self._check_version(write=False)
        self._pack = zstandard.ZstdCompressor(level=6)
        self._unpack = zstandard.ZstdDecompressor()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file; a writer leaves it sealed."""
        busy = True
        if self._writes:
            with suppress(sqlite3.DatabaseError):  # a full disk: then it stays unsealed
                busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] != 0
        self._db.close()
        if not busy:
            seal.seal(self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written inside becomes visible at once, or not at all. Raises DamagedError."""
        with self._usable():
            seal.lift(self.path)
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def has(self, table: Table, keys: Iterable[str]) -> set[str]:
        """Those of the keys that are stored."""
        found: set[str] = set()
        wanted = list(keys)
        with self._usable():
            for low in range(0, len(wanted), 500):
                part = wanted[low : low + 500]
                query = f"SELECT key FROM {table} WHERE key IN ({','.join('?' * len(part))})"  # noqa: S608 - a Literal
                found.update(row[0] for row in self._db.execute(query, part))
        return found

    def put_bytes(self, table: Table, key: str, body: bytes) -> None:
        """Store compressed bytes under their key; storing again changes nothing."""
        self._put(table, key, self._pack.compress(body))

    def get_bytes(self, table: Table, key: str) -> bytes:
        """The bytes stored under the key. Raises DamagedError where they are missing or changed."""
        try:
            return self._unpack.decompress(self._get(table, key))
        except zstandard.ZstdError as error:
            raise self._damaged(table, key) from error

    def put_text(self, key: str, text: str) -> None:
        """Store a canonical text."""
        self.put_bytes("texts", key, text.encode("utf-8", "surrogatepass"))

    def get_text(self, key: str) -> str:
        """A canonical text. Raises DamagedError."""
        return self.get_bytes("texts", key).decode("utf-8", "surrogatepass")

    def put_passages(self, key: str, pieces: Sequence[Cut]) -> None:
        """Store the passages of a text with their units and the keys of their vectors."""
        rows = [
            [p.passage.start, p.passage.end, p.passage.headings, list(zip(p.units, p.keys, strict=True))]
            for p in pieces
        ]
        self.put_bytes("passages", key, json.dumps(rows, separators=(",", ":")).encode())

    def get_passages(self, key: str) -> list[Cut]:
        """The inverse of `put_passages`. Raises DamagedError."""
        return [
            Cut(
                Passage(start, end, tuple(Heading(*h) for h in headings)),
                tuple(Unit(*unit) for unit, _ in found),
                tuple(key for _, key in found),
            )
            for start, end, headings, found in json.loads(self.get_bytes("passages", key))
        ]

    def put_fetch(self, fetched: Fetched) -> None:
        """Keep how the raw bytes of an item came: address, time, headers."""
        body = json.dumps(asdict(fetched), separators=(",", ":"), sort_keys=True).encode()
        self.put_bytes("fetches", f"{fetched.raw_sha256} {hashlib.sha256(body).hexdigest()}", body)

    def fetches(self, raw_sha256: str) -> list[Fetched]:
        """How raw bytes came, each time, earliest first; none of what was read from a folder. Raises DamagedError."""
        with self._usable():
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'fetches'").fetchone():
                return []  # a store that was last written by a version that fetched nothing
            keys = self._db.execute("SELECT key FROM fetches WHERE key GLOB ?", (f"{raw_sha256} *",)).fetchall()
        found = [Fetched(**json.loads(self.get_bytes("fetches", key))) for (key,) in keys]
        return sorted(found, key=lambda fetched: fetched.retrieved)

    def put_vectors(self, keys: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Store unit vectors as int8 with a scale each: the largest component is ±127, none is off by more than half.

        The cosine to the original is above 0.9999 for sentences embedded by the default model.
        """
        scales = (np.abs(vectors).max(axis=1) / 127).astype("<f4")
        small = np.rint(vectors / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
        for key, vector, scale in zip(keys, small, scales, strict=True):
            self._put("vectors", key, scale.tobytes() + vector.tobytes())

    def get_vectors(self, keys: Sequence[str], dimension: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
        """Vectors of shape (len(keys), dimension) and what to multiply each with. Raises DamagedError."""
        vectors = np.empty((len(keys), dimension), np.int8)
        scales = np.empty(len(keys), np.float32)
        for row, key in enumerate(keys):
            body = self._get("vectors", key)
            if len(body) != dimension + 4:
                raise self._damaged("vectors", key)
            scales[row] = np.frombuffer(body, "<f4", 1)[0]
            vectors[row] = np.frombuffer(body, np.int8, offset=4)
        return vectors, scales

    def _check_version(self, *, write: bool) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and write:
            self._db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise DamagedError(
                f"the store has schema {version}, this version of safecite reads {SCHEMA_VERSION}.",
                path=self.path,
                way_out="Build the index again in another folder.",
            )

    def _put(self, table: Table, key: str, body: bytes) -> None:
        self._db.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)", (key, body, _checksum(key, body)))  # noqa: S608

    def _get(self, table: Table, key: str) -> bytes:
        try:
            row = self._db.execute(f"SELECT body, crc FROM {table} WHERE key = ?", (key,)).fetchone()  # noqa: S608
        except sqlite3.DatabaseError as error:
            raise self._damaged(table, key) from error
        if row is None or not isinstance(row[0], bytes) or _checksum(key, row[0]) != row[1]:
            raise self._damaged(table, key)
        body: bytes = row[0]
        return body

    def _damaged(self, table: Table, key: str) -> DamagedError:
        return DamagedError(
            f"row {key[:12]}… of {table} is missing or damaged.",
            path=self.path,
            way_out="Delete this file and build every source again.",
        )

    @contextmanager
    def _usable(self, how: str = "used", way_out: str = "") -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_DAMAGE:
                reason = f"cannot be written ({error})."
                raise SafeciteError(reason, path=self.path, way_out="Is there room, and is it yours?") from error
            raise DamagedError(f"the store cannot be {how} ({error}).", path=self.path, way_out=way_out) from error


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that never writes, also where the folder is read-only.

    There SQLite cannot make the files that it shares with a writer; with no writer about it can do without them.
    """
    address = f"{path.resolve().as_uri()}?mode=ro"
    db = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        db.execute("PRAGMA user_version")
    except sqlite3.OperationalError as error:
        db.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        db = sqlite3.connect(f"{address}&immutable=1", uri=True, check_same_thread=False)
    return db


def _checksum(key: str, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(key.encode())) if body else struct.unpack("<I", b"none")[0]

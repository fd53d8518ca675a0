"""The store's upkeep: what is in it, whether the file is sound, and how rows that nothing needs are removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self

from index.documents import Document
from index.manifest import Manifest
from index.store import Store, Table
from index.units import passages_key

TABLES: tuple[Table, ...] = ("raw", "texts", "passages", "vectors", "fetches")

Needs = dict[Table, set[str]]  # keys by table


class Upkeep(Store):
    """The open store with what looks after it."""

    def __enter__(self) -> Self:
        return self

    def keys(self, table: Table) -> list[str]:
        """The keys of all rows, none of a table that an older version did not have. Raises DamagedError."""
        with self._usable():
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                return []
            # A flipped byte can make a number of a key; no row will be found under its digits.
            return [str(row[0]) for row in self._db.execute(f"SELECT key FROM {table}")]  # noqa: S608 - a Literal

    def body(self, table: Table, key: str) -> bytes:
        """A row's bytes as they are stored. Raises DamagedError where they do not match their checksum."""
        return self._get(table, key)

    def size(self, table: Table, keys: Collection[str]) -> int:
        """Bytes that the bodies of some rows take. Raises DamagedError."""
        with self._usable():
            query = f"SELECT length(body) FROM {table} WHERE key = ?"  # noqa: S608
            return sum(row[0] for key in keys for row in self._db.execute(query, (key,)))

    def faults_of_structure(self) -> list[str]:
        """What SQLite finds wrong with the file, nothing where it is sound. Raises DamagedError."""
        with self._usable():
            found = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def remove(self, rows: Needs) -> None:
        """Remove rows, all or none of them. Raises DamagedError."""
        with self.transaction():
            for table, keys in rows.items():
                query = f"DELETE FROM {table} WHERE key = ?"  # noqa: S608
                self._db.executemany(query, ((key,) for key in keys))

    def compact(self) -> None:
        """Give the room of removed rows back to the system. Raises DamagedError."""
        with self._usable():
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def needs(manifests: Iterable[Manifest], store: Store) -> Needs:
    """The keys of every row that the snapshots need, "fetches" aside. Raises DamagedError."""
    found: Needs = {table: set() for table in TABLES}
    for manifest in manifests:
        for document in map(Document.from_record, manifest.documents):
            found["raw"].add(document.raw_sha256)
            found["texts"].add(document.text_sha256)
            found["passages"].add(passages_key(document, manifest.chunking))
    for key in found["passages"]:
        for piece in store.get_passages(key):
            found["vectors"].update(piece.keys)
    return found

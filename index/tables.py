"""The passages of a snapshot by row: where they stand, their headings and units, and where a unit stands in turn."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.documents import Heading, Passage
from index.errors import DamagedError
from index.units import Cut, Unit

Rows = npt.NDArray[np.int64]
Column = npt.NDArray[np.int32]  # 2^31 is far above what one machine holds of passages, units or characters


@dataclass(frozen=True, slots=True)
class Tables:
    """Passages by row, those of a document one after the other.

    `document[r]` is the number of the document in the manifest, `slot[r]` the passage's number in the word index.
    The headings of passage r are `headings[first_heading[r]:first_heading[r + 1]]`, columns start, end, level.
    Its units are found likewise, columns start, end, is_item, intro; `unit_vector[u]` indexes the unit vectors.
    Unit vector v stands in the passages `holders[first_holder[v]:first_holder[v + 1]]`. `document_slot` is by document.
    """

    document: Column
    start: Column
    end: Column
    slot: Column
    first_heading: Column
    headings: Column
    first_unit: Column
    units: Column
    unit_vector: Column
    first_holder: Column
    holders: Column
    document_slot: Column

    @classmethod
    def load(cls, folder: Path) -> Tables:
        """From the files that `save` wrote, mapped into memory. Raises DamagedError."""
        try:
            # np.asarray: a view without the cost that np.memmap adds to each access
            columns = {f.name: np.asarray(np.load(folder / f"{f.name}.npy", mmap_mode="r")) for f in fields(cls)}
        except (ValueError, OSError, EOFError) as error:
            raise DamagedError(
                "are no tables.", path=folder, way_out="They are made again at the next build."
            ) from error
        return cls(**columns)

    def save(self, folder: Path) -> None:
        """Write one file a column."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            np.save(folder / f"{field.name}.npy", getattr(self, field.name))

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.document)

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """The passages of these rows."""
        wanted = np.asarray(rows, np.int64)
        columns = (self.start, self.end, self.first_heading)
        starts, ends, lows = (column[wanted].tolist() for column in columns)
        highs = self.first_heading[wanted + 1].tolist()
        return [
            Passage(start, end, tuple(Heading(*h) for h in self.headings[low:high].tolist()))
            for start, end, low, high in zip(starts, ends, lows, highs, strict=True)
        ]

    def units_of(self, row: int) -> list[Unit]:
        """The units of a row's passage."""
        low, high = int(self.first_unit[row]), int(self.first_unit[row + 1])
        return [Unit(start, end, bool(item), intro) for start, end, item, intro in self.units[low:high].tolist()]

    def row_of_slot(self) -> Column:
        """The inverse of `slot`; -1 where a slot's passage is gone."""
        rows = np.full(int(self.slot.max(initial=-1)) + 1, -1, np.int32)
        rows[self.slot] = np.arange(len(self), dtype=np.int32)
        return rows


def ranges(first: Column | Rows, rows: Column | Rows) -> Rows:
    """`first[r] … first[r + 1] - 1` for each of the rows, one after the other."""
    counts = (first[rows + 1] - first[rows]).astype(np.int64)
    starts = np.repeat(first[rows] - (np.cumsum(counts) - counts), counts)
    return starts + np.arange(len(starts))


class Collected:
    """Passages of new documents while they are gathered, compactly: a million must not fill the memory."""

    def __init__(self) -> None:
        self._document = array("i")
        self._offsets = array("i")
        self._heading_counts = array("i")
        self._headings = array("i")
        self._unit_counts = array("i")
        self._units = array("i")
        self._keys = bytearray()

    def add(self, document: int, piece: Cut) -> None:
        """One more passage, of the document with this number."""
        self._document.append(document)
        self._offsets.extend((piece.passage.start, piece.passage.end))
        self._heading_counts.append(len(piece.passage.headings))
        for heading in piece.passage.headings:
            self._headings.extend(heading)
        self._unit_counts.append(len(piece.units))
        for unit in piece.units:
            self._units.extend(unit)
        for key in piece.keys:
            self._keys += bytes.fromhex(key)

    def __len__(self) -> int:
        return len(self._document)

    def keys(self) -> npt.NDArray[np.void]:
        """The key of each unit's vector, as 32 bytes."""
        return np.frombuffer(self._keys, "V32")

    def tables(self, unit_vector: npt.NDArray[np.integer], first_slot: int) -> Tables:
        """What was gathered, slots counted from `first_slot`; its `document_slot` and `holders` are left empty."""
        empty = np.zeros(0, np.int32)
        offsets = np.array(self._offsets, np.int32).reshape(-1, 2)
        return Tables(
            document=np.array(self._document, np.int32),
            start=offsets[:, 0],
            end=offsets[:, 1],
            slot=np.arange(first_slot, first_slot + len(self), dtype=np.int32),
            first_heading=_starts(self._heading_counts),
            headings=np.array(self._headings, np.int32).reshape(-1, 3),
            first_unit=_starts(self._unit_counts),
            units=np.array(self._units, np.int32).reshape(-1, 4),
            unit_vector=unit_vector.astype(np.int32),
            first_holder=empty,
            holders=empty,
            document_slot=empty,
        )


def arranged(parts: tuple[Tables, Tables], rows: Rows, document: Rows, document_slot: Rows, vectors: int) -> Tables:
    """Rows of two tables, the second's counted on from the first's, in a new order; the holders of `vectors` anew."""
    old, new = parts
    first_heading = np.append(old.first_heading, new.first_heading[1:] + old.first_heading[-1])
    first_unit = np.append(old.first_unit, new.first_unit[1:] + old.first_unit[-1])
    headings, units = ranges(first_heading, rows), ranges(first_unit, rows)
    unit_vector = np.append(old.unit_vector, new.unit_vector)[units]
    counts = first_unit[rows + 1] - first_unit[rows]
    order = np.argsort(unit_vector, kind="stable")
    return Tables(
        document=document.astype(np.int32),
        start=np.append(old.start, new.start)[rows],
        end=np.append(old.end, new.end)[rows],
        slot=np.append(old.slot, new.slot)[rows],
        first_heading=_starts(first_heading[rows + 1] - first_heading[rows]),
        headings=np.append(old.headings, new.headings, axis=0)[headings],
        first_unit=_starts(counts),
        units=np.append(old.units, new.units, axis=0)[units],
        unit_vector=unit_vector,
        first_holder=np.searchsorted(unit_vector[order], np.arange(vectors + 1)).astype(np.int32),
        holders=np.repeat(np.arange(len(rows), dtype=np.int32), counts)[order],
        document_slot=document_slot.astype(np.int32),
    )


def no_tables() -> Tables:
    """Of no passage."""
    return Collected().tables(np.zeros(0, np.int32), 0)


def runs(first: Rows, counts: Rows) -> Rows:
    """`first[i] … first[i] + counts[i] - 1` for each i, one after the other."""
    return np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))


def chunks(count: int, size: int) -> Iterator[slice]:
    """Slices of at most `size` that cover `count` rows."""
    return (slice(low, min(low + size, count)) for low in range(0, count, size))


def _starts(counts: npt.ArrayLike) -> Column:
    return np.append(0, np.cumsum(np.asarray(counts, np.int64))).astype(np.int32)

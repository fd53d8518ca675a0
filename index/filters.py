"""What may be found: filters, and which documents of a state pass them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from index.documents import Document, Status
from index.errors import FilterError
from index.manifest import Manifest
from index.places import is_code

GENERAL = ""  # as a place in a filter: documents about no place

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found. Empty tuples mean "any"; `since` and `until` are ISO days that a document's date must meet."""

    places: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = (Status.CURRENT,)
    since: str | None = None
    until: str | None = None


class Passing:
    """Which documents of a state pass filters. What they are filtered by is read once."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        records = manifest.documents
        self._places = _numbers(record.get("about") or [GENERAL] for record in records)
        self._publishers = _numbers([record.get("publisher", "")] for record in records)
        self._sources = _numbers([record["source"]] for record in records)
        self._statuses = _numbers([record.get("status", Status.CURRENT)] for record in records)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Names of all publishers, sorted."""
        return tuple(sorted(self._publishers.keys() - {""}))

    def mask(self, filters: Filters) -> Mask:
        """Which documents pass, by number. Raises FilterError where a filter names what the state does not hold."""
        self._check(filters)
        mask = np.ones(len(self._manifest.documents), np.bool_)
        for numbers, wanted in (
            (self._places, filters.places),
            (self._publishers, filters.publishers),
            (self._sources, filters.sources),
            (self._statuses, filters.statuses),
        ):
            if wanted:
                chosen = np.zeros_like(mask)
                for value in wanted:
                    chosen[numbers.get(value, [])] = True
                mask &= chosen
        if filters.since is not None or filters.until is not None:
            for number in np.flatnonzero(mask).tolist():
                mask[number] = _is_in_period(self._manifest.documents[number], filters)
        return mask

    def _check(self, filters: Filters) -> None:
        for place in filters.places:
            if place != GENERAL and not is_code(place):
                raise FilterError(f"{place!r} is no place code.", way_out="Use ISO 3166 codes such as KZ.")
        for day in (filters.since, filters.until):
            if day is not None and not _is_day(day):
                raise FilterError(f"{day!r} is no day.", way_out="Write it as 2025-07-01.")
        for publisher in sorted(set(filters.publishers).difference(self.publishers)):
            known = "; ".join(self.publishers)
            raise FilterError(f"no publisher {publisher!r} here.", way_out=f"Known: {known}.")
        for source in sorted(set(filters.sources).difference(self._manifest.sources)):
            known = ", ".join(self._manifest.sources)
            raise FilterError(f"no source {source!r} here.", way_out=f"Known: {known}.")


def _numbers(values: Iterable[Iterable[str]]) -> dict[str, npt.NDArray[np.int64]]:
    """The numbers of the documents that have each value."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, several in enumerate(values):
        for value in several:
            numbers[value].append(number)
    return {value: np.array(found) for value, found in numbers.items()}


def _is_in_period(record: dict[str, Any], filters: Filters) -> bool:
    """Whether the document's date may lie in the period: "2025-07" is any day of July. Undated documents never do."""
    day = Document.from_record(record).date
    if day is None:
        return False
    late_enough = filters.since is None or day.last().isoformat() >= filters.since
    return late_enough and (filters.until is None or day.first().isoformat() <= filters.until)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

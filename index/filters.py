"""What may be found: filters, and which documents of a state pass them."""

from __future__ import annotations

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


def passing(manifest: Manifest, filters: Filters) -> Mask:
    """Which documents pass, by number. Raises FilterError where a filter names what the state does not hold."""
    _check(manifest, filters)
    return np.array([_passes(record, filters) for record in manifest.documents], np.bool_)


def publishers(manifest: Manifest) -> tuple[str, ...]:
    """Names of all publishers, sorted."""
    return tuple(sorted({d.get("publisher", "") for d in manifest.documents} - {""}))


def _passes(record: dict[str, Any], filters: Filters) -> bool:
    return (
        (not filters.places or not set(filters.places).isdisjoint(record.get("about") or [GENERAL]))
        and (not filters.publishers or record.get("publisher") in filters.publishers)
        and (not filters.sources or record["source"] in filters.sources)
        and (not filters.statuses or record.get("status", Status.CURRENT) in filters.statuses)
        and ((filters.since is None and filters.until is None) or _is_in_period(record, filters))
    )


def _is_in_period(record: dict[str, Any], filters: Filters) -> bool:
    """Whether the document's date may lie in the period: "2025-07" is any day of July. Undated documents never do."""
    day = Document.from_record(record).date
    if day is None:
        return False
    late_enough = filters.since is None or day.last().isoformat() >= filters.since
    return late_enough and (filters.until is None or day.first().isoformat() <= filters.until)


def _check(manifest: Manifest, filters: Filters) -> None:
    for place in filters.places:
        if place != GENERAL and not is_code(place):
            raise FilterError(f"{place!r} is no place code.", way_out="Use ISO 3166 codes such as KZ.")
    for day in (filters.since, filters.until):
        if day is not None and not _is_day(day):
            raise FilterError(f"{day!r} is no day.", way_out="Write it as 2025-07-01.")
    known = publishers(manifest) if filters.publishers else ()
    for publisher in sorted(set(filters.publishers).difference(known)):
        raise FilterError(f"no publisher {publisher!r} here.", way_out="Known: " + "; ".join(known) + ".")
    for source in sorted(set(filters.sources).difference(manifest.sources)):
        raise FilterError(f"no source {source!r} here.", way_out="Known: " + ", ".join(manifest.sources) + ".")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

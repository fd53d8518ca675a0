"""Germany's travel warnings (Auswärtiges Amt): one file with the flags of every country.

Untested against the live service. The shape:

    /opendata/travelwarning    response: ID: iso3CountryCode, warning, partialWarning, lastModified (milliseconds);
                               an empty object on error

The flags are all that is read: the advice itself is in German. `docs/adding-a-publisher.md` goes through this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from index.dates import PartialDate
from index.documents import Reading, Skipped
from index.errors import UnreadableError
from index.feeds.country import Country, day, heading_line
from index.feeds.feed import Client, Fetched, Listing, Response
from index.feeds.fetching import checked, fetch_file
from index.feeds.iso3 import alpha_2
from index.feeds.records import Record, json_records, parse_object
from index.places import place_name
from index.readers.archive_metadata import Publisher

ADDRESS = "https://www.auswaertiges-amt.de/opendata/travelwarning"
READER = "germany 1"
_PUBLISHER = Publisher(
    "germany", "German Federal Foreign Office (Auswärtiges Amt)", "Publisher's open-data terms: reuse with attribution"
)
_FLAGS = ("warning", "partialWarning")
_MILLISECONDS = 10**11  # a larger number cannot be seconds: that would be after the year 5000


@dataclass(frozen=True, slots=True)
class Germany:
    """The feed; an item is the publisher's number of a country."""

    address: str = ADDRESS

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        """As `feed.Feed`. An empty object is an empty listing."""
        return await fetch_file(client, self.address, known, place, _outcomes)

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """One document: the flags."""
        try:
            flags, entry = _flags(raw), parse_object(raw)
            code = _code(entry)
            if code is None:
                raise UnreadableError(f"{str(entry.get('iso3CountryCode'))[:20]!r} names no place")
            country = Country(
                source,
                item.item,
                _PUBLISHER,
                place_name(code),
                (code,),
                raw,
                READER,
                updated=_date(entry.get("lastModified")),
                retrieved=day(item.retrieved),
            )
            level = ", ".join(name for name, flag in flags.items() if flag)
            body = "\n".join(f"* {name}: {'yes' if flag else 'no'}" for name, flag in flags.items())
            body = f"{heading_line(2, level)}\n\n{body}" if level else body
            yield country.section("Travel warning", "Travel warning", body, level=level)
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)


def _outcomes(response: Response, place: str | None) -> dict[str, Response | str]:
    return {
        entry.key: checked(Response(response.url, entry.raw, response.headers), _flags)
        for entry in _entries(response.raw)
        if place is None or _code(entry.value) == place
    }


def _entries(raw: bytes) -> list[Record]:
    """The countries' entries; beside them the response holds lists and numbers. Raises UnreadableError."""
    top = {record.key: record.raw for record in json_records(raw)}
    if not top:
        return []
    if "response" not in top:
        raise UnreadableError("not of the documented shape")
    return [record for record in json_records(top["response"]) if isinstance(record.value, dict)]


def _flags(raw: bytes) -> dict[str, bool]:
    """Raises UnreadableError where a flag is missing or neither true nor false: no flag read is not "no warning"."""
    entry = parse_object(raw)
    flags: dict[str, Any] = {name: entry.get(name) for name in _FLAGS}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise UnreadableError(f"without {' and '.join(_FLAGS)}")
    return flags


def _code(entry: Mapping[str, Any]) -> str | None:
    code = entry.get("iso3CountryCode")
    return alpha_2(code) if isinstance(code, str) else None


def _date(stamp: object) -> PartialDate | None:
    """The day, in UTC, of a time in milliseconds; public code disagrees, so seconds are known by their size."""
    if type(stamp) is not int:
        return None
    try:
        return PartialDate.parse(datetime.fromtimestamp(stamp / 1000 if stamp >= _MILLISECONDS else stamp, UTC))
    except (OverflowError, OSError, ValueError):
        return None

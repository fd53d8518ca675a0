"""Canada's travel advice: an index of all countries, and a file a country with its sections.

Untested against the live service. The shape, by public code that reads it:

    index-alpha-eng.json     data: ISO2: country-iso, eng: name
    cta-cap-ISO2.json        data: advisory-state (0 to 3), has-regional-advisory, date-published: date,
                             eng: name, url-slug, advisory-text, and the sections in HTML

The files are rebuilt about daily, and the site can be newer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from index import places
from index.documents import Reading, Skipped
from index.errors import UnreadableError
from index.feeds.country import Country, concerns, day, heading_line, line, markdown, places_of
from index.feeds.feed import Client, Fetched, Listing, Response
from index.feeds.fetching import fetch_each, fetch_list
from index.feeds.records import json_records, mapping, parse_object
from index.readers.archive_levels import level_of
from index.readers.archive_metadata import PUBLISHERS, Folder

ADDRESS = "https://data.international.gc.ca/travel-voyage/index-alpha-eng.json"
READER = "canada 1"
_SITE = "https://travel.gc.ca/destinations"
_PUBLISHER = PUBLISHERS["canada"]
_CODE = re.compile(r"[A-Za-z0-9]{2,3}(?:-[A-Za-z0-9]{1,3})?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_FOLDER = Folder("", {}, None, None, None, None)
# The archive's name of each section, and the publisher's.
_SECTIONS = {
    "advisories": ("risk", "Risk level"),
    "security": ("security", "Safety and security"),
    "entry-exit": ("entryexit", "Entry and exit requirements"),
    "health": ("health", "Health"),
    "laws": ("laws", "Laws and culture"),
    "laws-culture": ("laws", "Laws and culture"),
    "disasters-climate": ("disasters", "Natural disasters and climate"),
    "offices": ("offices", "Offices"),
}
# Global Affairs Canada's words for its four states, for where a file gives the number alone.
_STATES = (
    "Take normal security precautions",
    "Exercise a high degree of caution",
    "Avoid non-essential travel",
    "Avoid all travel",
)
_REGIONAL = "(with regional advisories)"


@dataclass(frozen=True, slots=True)
class Canada:
    """The feed; an item is the index's code in lower case."""

    address: str = ADDRESS

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        """As `feed.Feed`."""
        names = await fetch_list(client, self.address, _countries)
        folder = self.address.rpartition("/")[0]
        addresses = {
            code.lower(): f"{folder}/cta-cap-{code}.json"
            for code, name in names.items()
            if place == code or concerns(name, place)
        }
        listing = await fetch_each(client, addresses, known, _data_of_file)
        # Beside the data stands when the file was made, which is anew for each request: only the data are kept.
        kept = {item: r if r.unchanged else replace(r, raw=_data_of_file(r.raw)) for item, r in listing.items.items()}
        return Listing(kept, listing.failed, lists_others=len(addresses) < len(names))

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """A document a section; the level stands on the first, as its heading."""
        try:
            data, eng = _data(raw)
            name, about = _name_and_places(item.item, line(eng.get("name")))
            published = data.get("date-published")
            country = Country(
                source,
                item.item,
                _PUBLISHER,
                name,
                about,
                raw,
                READER,
                updated=day(published.get("date") if isinstance(published, dict) else published)
                or day(eng.get("friendly-date")),
                retrieved=day(item.retrieved),
            )
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)
            return
        slug = line(eng.get("url-slug"))
        url = f"{_SITE}/{slug}" if _SLUG.fullmatch(slug) else None
        seen = set[str]()
        for key, (page, title) in _SECTIONS.items():
            if key not in eng or page in seen:
                continue
            seen.add(page)
            try:
                body, level = markdown(eng[key]), None
                if page == "risk":
                    level = _level(data, line(eng.get("advisory-text")), body)
                    body = "\n\n".join(filter(None, [_stated(eng), body]))
                yield country.section(page, title, body, url=url, level=level)
            except UnreadableError as error:
                yield Skipped(source, f"{item.item}/{page}", error.reason)


def _countries(response: Response) -> dict[str, str]:
    """English names by code; a country without one is listed by its code. Raises UnreadableError."""
    found = {}
    for code, entry in mapping(parse_object(response.raw).get("data")).items():
        if _CODE.fullmatch(code):
            eng = entry.get("eng") if isinstance(entry, dict) else None
            found[code] = line(eng.get("name")) if isinstance(eng, dict) else ""
    return found


def _data_of_file(raw: bytes) -> bytes:
    """The bytes of a file's data, as they came. Raises UnreadableError."""
    data = next((record.raw for record in json_records(raw) if record.key == "data"), b"null")
    _data(data)
    return data


def _data(raw: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """A country's data and their English half, which has a section. Raises UnreadableError."""
    data = parse_object(raw)
    eng = mapping(data.get("eng"))
    if not any(line(eng.get(key)) for key in _SECTIONS):
        raise UnreadableError("without sections in English")
    return data, eng


def _name_and_places(item: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The name decides, as one file may be of several places; a code alone where there is no name."""
    code = item.upper()
    if not name and places.is_code(code):
        return places.place_name(code), (code,)
    return name, places_of(name or item)


def _stated(eng: Mapping[str, Any]) -> str:
    words = line(eng.get("advisory-text"))
    return heading_line(2, words) if words else ""


def _level(data: Mapping[str, Any], words: str, body: str) -> str | None:
    """The level in Canada's words: those of the file, else of its headings, else of its number from 0 to 3."""
    state = data.get("advisory-state")
    of_state = _STATES[state] if type(state) is int and 0 <= state < len(_STATES) else None
    level = words or level_of(_PUBLISHER.key, "risk", body, _NO_FOLDER, None) or of_state
    if level and data.get("has-regional-advisory") in (1, True, "1", "true") and "regional" not in level.casefold():
        return f"{level} {_REGIONAL}"
    return level

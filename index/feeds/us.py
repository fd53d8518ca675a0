"""U.S. travel advisories: the State Department's API, and its RSS feed where that fails or answers nothing.

Untested against the live service. Both hold all advisories in one file:

    cadataapi.state.gov/api/TravelAdvisories    [{Title, Link, Category[], Summary (HTML), id, Published, Updated}]
    travel.state.gov/_res/rss/TAsTWs.xml        items: title, link, description (HTML), pubDate

A title reads "Guinea-Bissau - Level 3: …". `Category` holds country codes that are not ISO 3166, and is let be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from index.documents import Reading, Skipped
from index.errors import FeedError, UnreadableError
from index.feeds.country import Country, concerns, day, line, markdown, moment, places_of, slug
from index.feeds.feed import Client, Fetched, Listing, Response
from index.feeds.fetching import checked, fetch_file
from index.feeds.records import Record, item_fields, json_records, mapping, parse_object, rss_records
from index.readers.archive_metadata import PUBLISHERS
from index.readers.metadata import web_address

ADDRESS = "https://cadataapi.state.gov/api/TravelAdvisories"
RSS = "https://travel.state.gov/_res/rss/TAsTWs.xml"
READER = "us-feed 1"
_PUBLISHER = PUBLISHERS["unitedstates"]
# From the right: a dash may be part of a name (Guinea-Bissau), and a note may stand before the level.
_TITLE = re.compile(r"(?P<name>.+?)\s+[-–—]\s+(?P<level>(?:See \w[\w ]*? [-–—] )?Level [1-4]\b.*)")
_SEVERAL = "See Individual Summaries"  # stands where the name should, over places with a level each
_LINK_END = re.compile(r"(-travel)?-advisory\d*$")


class _Advisory(NamedTuple):
    title: str
    link: str | None
    html: object
    published: object
    updated: object

    @property
    def when(self) -> datetime:
        return max(moment(self.updated), moment(self.published))


@dataclass(frozen=True, slots=True)
class UnitedStates:
    """The feed; an item is a country's name."""

    address: str = ADDRESS
    rss: str = RSS

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        """As `feed.Feed`. Empty where RSS, asked because the API gave none, answers without a single advisory too."""
        reason = "gives no advisory that can be read." if place is None else f"gives no advisory about {place}."
        try:
            listing = await fetch_file(client, self.address, known, place, partial(_newest, json_records))
        except FeedError as error:
            listing, reason = Listing({}, {}), error.reason
        if listing.items or listing.lists_others:
            return listing
        try:
            return await fetch_file(client, self.rss, known, place, partial(_newest, rss_records))
        except FeedError as error:
            raise FeedError(
                f"{reason} Its RSS feed, {self.rss}, {error.reason}", path=self.address, way_out=error.way_out
            ) from error

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """One document, the advisory."""
        try:
            advisory = _advisory(raw)
            name, level = _name_and_level(advisory)
            country = Country(
                source,
                item.item,
                _PUBLISHER,
                name,
                places_of(name),
                raw,
                READER,
                published=day(advisory.published),
                updated=day(advisory.updated),
                retrieved=day(item.retrieved),
            )
            yield country.section(
                "Advisory",
                "Travel Advisory",
                markdown(advisory.html),
                heading=advisory.title,
                url=advisory.link,
                level=level,
            )
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)


def _newest(split: Callable[[bytes], list[Record]], response: Response, place: str | None) -> dict[str, Response | str]:
    """The newest advisory of each name: one may be listed twice, with the older last."""
    newest: dict[str, tuple[datetime, Response]] = {}
    outcomes: dict[str, Response | str] = {}
    for number, record in enumerate(split(response.raw), start=1):
        try:
            advisory = _advisory_of(record.value)
        except UnreadableError as error:
            outcomes[f"record {number}"] = error.reason
            continue
        name = _name_and_level(advisory)[0]
        item = slug(name)
        if concerns(name, place) and (item not in newest or advisory.when > newest[item][0]):
            newest[item] = advisory.when, Response(response.url, record.raw, response.headers)
    return outcomes | {item: checked(one, _require_text) for item, (_, one) in newest.items()}


def _advisory(raw: bytes) -> _Advisory:
    """From a record's own bytes. Raises UnreadableError."""
    return _advisory_of(item_fields(raw) if raw.startswith(b"<") else parse_object(raw))


def _advisory_of(value: Any) -> _Advisory:
    record = mapping(value)
    if "Title" in record:
        said: Mapping[str, Any] = record
        keys = ("Title", "Link", "Summary", "Published", "Updated")
    else:
        said = {tag: texts[0] for tag, texts in record.items() if isinstance(texts, list) and texts}
        keys = ("title", "link", "description", "", "pubDate")
    title, link, html, published, updated = (said.get(key) for key in keys)
    if not line(title):
        raise UnreadableError("without a title")
    return _Advisory(line(title), web_address(link), html, published, updated)


def _require_text(raw: bytes) -> None:
    if not markdown(_advisory(raw).html):
        raise UnreadableError("no text in it")


def _name_and_level(advisory: _Advisory) -> tuple[str, str | None]:
    """Of "Chad - Level 4: …" the two halves; without a level, which is not "safe", the title is the name."""
    match = _TITLE.fullmatch(advisory.title)
    if match is None:
        return advisory.title.removesuffix(" Travel Advisory"), None
    name, level = match["name"].removesuffix(" Travel Advisory"), match["level"]
    if name == _SEVERAL:
        # Only the address names the places; the words stay with the level, which is the gravest of the several.
        last = PurePosixPath(urlsplit(advisory.link or "").path).stem
        return _LINK_END.sub("", last).replace("-", " ").title().replace(" And ", " and ") or name, advisory.title
    return name, level

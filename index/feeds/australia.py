"""Australia's travel advice (Smartraveller): an RSS feed with the levels, and the page behind each link.

Untested against the live service; public code holds several addresses of it that disagree.

    index.rss     items: title, link, description (HTML), pubDate, ta:warnings: ta:level "n/5", ta:description
    the link      the country's page, in HTML
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from index import places
from index.documents import Reading, Skipped
from index.errors import UnreadableError
from index.feeds.country import Country, concerns, day, heading_line, line, markdown, moment, places_of, slug
from index.feeds.feed import Client, Fetched, Listing, Response
from index.feeds.fetching import fetch_each, fetch_list
from index.feeds.records import item_fields, rss_records
from index.readers import html
from index.readers.archive_metadata import PUBLISHERS
from index.readers.archive_series import kind_of
from index.readers.metadata import Extracted, places_in_title, web_address

ADDRESS = "https://www.smartraveller.gov.au/countries/documents/index.rss"
READER = "australia 1"
_PUBLISHER = PUBLISHERS["australia"]
_LEVEL_ITEM = "/level"  # ends the name of an item that is the feed's own entry; the page's name is the country's alone
_HEADING = re.compile(r"^(#{1,3}) +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_]")
_REST = "Advice levels"  # what stands before the sections, and after them
_SECTIONS = {
    "safety": "Safety",
    "health": "Health",
    "local-laws": "Local laws",
    "travel": "Travel",
    "local-contacts": "Local contacts",
}
_DATES = {
    name: re.compile(rf"{words}\W{{1,20}}(\d{{1,2}} [A-Z][a-z]{{2,8}} \d{{4}})")
    for name, words in (("reviewed", "Still current at"), ("updated", "Updated"))
}


class _Entry(NamedTuple):
    name: str
    link: str | None
    when: datetime


@dataclass(frozen=True, slots=True)
class Australia:
    """The feed; its items are `chad/level`, the feed's entry, and `chad`, the page behind it."""

    address: str = ADDRESS

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        """As `feed.Feed`. A link that leaves the feed's own site is not followed."""
        listed, failed = await fetch_list(client, self.address, _newest)
        entries = {item: found for item, found in listed.items() if concerns(found[0].name, place)}
        pages = {}
        for item, (entry, _) in entries.items():
            if entry.link and urlsplit(entry.link).netloc == urlsplit(self.address).netloc:
                pages[item] = entry.link
            else:
                failed[item] = "without a link to a page of the same site"
        listing = await fetch_each(client, pages, known, _page)
        levels = {f"{item}{_LEVEL_ITEM}": response for item, (_, response) in entries.items()}
        others = len(entries) < len(listed)
        return Listing(levels | listing.items, failed | listing.failed, lists_others=others)

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """Of the entry one document, with the level; of the page one a section."""
        try:
            if item.item.endswith(_LEVEL_ITEM):
                yield _read_entry(source, item, raw)
            else:
                yield from _read_page(source, item, raw)
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)


def _newest(response: Response) -> tuple[dict[str, tuple[_Entry, Response]], dict[str, str]]:
    """The newest entry of each name, as one may be listed twice; and the reasons of those that have none."""
    newest: dict[str, tuple[_Entry, Response]] = {}
    failed = {}
    for number, record in enumerate(rss_records(response.raw), start=1):
        entry = _entry(record.value)
        item = slug(entry.name)
        if not item:
            failed[f"record {number}"] = "without a title"
        elif item not in newest or entry.when > newest[item][0].when:
            newest[item] = entry, Response(response.url, record.raw, response.headers)
    return newest, failed


def _entry(fields: Mapping[str, list[str]]) -> _Entry:
    link = web_address(_first(fields, "link"))
    return _Entry(line(_first(fields, "title")), link, moment(_first(fields, "pubDate")))


def _read_entry(source: str, item: Fetched, raw: bytes) -> Reading:
    fields = item_fields(raw)
    entry = _entry(fields)
    country = Country(
        source,
        item.item.removesuffix(_LEVEL_ITEM),
        _PUBLISHER,
        entry.name,
        places_of(entry.name),
        raw,
        READER,
        updated=day(_first(fields, "pubDate")),
        retrieved=day(item.retrieved),
    )
    level = _level(fields)
    stated = [heading_line(2, level)] if level else []
    body = "\n\n".join(filter(None, [*stated, markdown(_first(fields, "description"))]))
    return country.section("Overview", "Overview", body, url=entry.link, level=level)


def _level(fields: Mapping[str, list[str]]) -> str:
    """In Smartraveller's words where the entry gives them, else as the number that it gives: what "4/5" means in words
    is not ours to say."""
    words = fields.get("ta:description") or fields.get("ta:level") or []
    return "; ".join(dict.fromkeys(line(word) for word in words))


def _page(raw: bytes) -> tuple[Extracted, dict[str, str]]:
    """A country's page and its sections. Raises UnreadableError, also for a page that has none of them."""
    page = html.read(raw)
    sections = _sections(page.text)
    if sections.keys().isdisjoint(_SECTIONS.values()):
        raise UnreadableError("a page without the sections of travel advice")
    return page, sections


def _read_page(source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
    page, sections = _page(raw)
    name = item.item.replace("-", " ").title()
    about = places_of(name)
    # A link may lead to another country's page, or to the list of all.
    title = page.metadata.title or ""
    if not set(places_in_title(title)) <= set(about):
        raise UnreadableError(f"the page is about another place: {title[:80]!r}")
    dates = {key: day(found[1]) for key, pattern in _DATES.items() if (found := pattern.search(page.text))}
    country = Country(
        source,
        item.item,
        _PUBLISHER,
        places.place_name(about[0]) if len(about) == 1 else name,
        about,
        raw,
        READER,
        published=page.metadata.published,
        updated=dates.get("updated") or page.metadata.updated,
        reviewed=dates.get("reviewed"),
        retrieved=day(item.retrieved),
    )
    for section, body in sections.items():
        try:
            yield country.section(section, section, body, url=item.url)
        except UnreadableError as error:
            yield Skipped(source, f"{item.item}/{section}", error.reason)


def _sections(text: str) -> dict[str, str]:
    """The page's text by section, what is in none under "Advice levels".

    A section begins with a heading of its name and ends with the next heading that is not deeper. One that comes twice,
    first in short, is put together.
    """
    pieces: dict[str, list[str]] = {_REST: []}
    current, depth, done = _REST, 0, 0
    for heading in _HEADING.finditer(text):
        name = _SECTIONS.get(kind_of(_PUBLISHER.key, _LINK.sub(r"\1", heading[2])))
        if name is None and (current == _REST or len(heading[1]) > depth):
            continue
        pieces.setdefault(current, []).append(text[done : heading.start()].strip())
        current, depth, done = name or _REST, len(heading[1]), heading.start()
    pieces.setdefault(current, []).append(text[done:].strip())
    return {name: body for name, parts in pieces.items() if (body := "\n\n".join(filter(None, parts)))}


def _first(fields: Mapping[str, list[str]], tag: str) -> str | None:
    return next(iter(fields.get(tag, ())), None)

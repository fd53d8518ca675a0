"""UK travel advice from the GOV.UK Content API: an index, and a page a country with its parts.

Untested against the live service. The shape is that of alphagov/publishing-api, `content_schemas/formats/
travel_advice.jsonnet`:

    /api/content/foreign-travel-advice         links.children[]: base_path, title
    /api/content/foreign-travel-advice/SLUG    public_updated_at, withdrawn_notice, details: country, summary,
                                               reviewed_at, alert_status[], parts[]: slug, title, body (HTML)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.documents import Reading, Skipped, Status
from index.errors import UnreadableError
from index.feeds.country import Country, concerns, day, heading_line, line, markdown, places_of
from index.feeds.feed import Client, Fetched, Listing, Response
from index.feeds.fetching import fetch_each, fetch_list
from index.feeds.records import mapping, parse_object
from index.readers.archive_levels import level_of
from index.readers.archive_metadata import PUBLISHERS, Folder
from index.readers.archive_series import kind_of

ADDRESS = "https://www.gov.uk/api/content/foreign-travel-advice"
READER = "govuk 1"
_SITE = "https://www.gov.uk/foreign-travel-advice"
_PUBLISHER = PUBLISHERS["unitedkingdom"]
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WARNINGS = "warnings-and-insurance"  # the part that carries the level
_NO_FOLDER = Folder("", {}, None, None, None, None)


@dataclass(frozen=True, slots=True)
class GovUk:
    """The feed; an item is a country's slug."""

    address: str = ADDRESS

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        """As `feed.Feed`."""
        names = await fetch_list(client, self.address, _countries)
        addresses = {slug: f"{self.address}/{slug}" for slug, name in names.items() if concerns(name, place)}
        listing = await fetch_each(client, addresses, known, _details)
        return listing._replace(lists_others=len(addresses) < len(names))

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """A document a part. A withdrawn page keeps its documents, as withdrawn."""
        try:
            page, details = parse_object(raw), _details(raw)
            name = _name(details) or item.item.replace("-", " ").title()
            country = Country(
                source,
                item.item,
                _PUBLISHER,
                name,
                places_of(name),
                raw,
                READER,
                published=day(page.get("first_published_at")),
                updated=day(page.get("public_updated_at")) or day(details.get("updated_at")),
                reviewed=day(details.get("reviewed_at")),
                retrieved=day(item.retrieved),
                status=Status.WITHDRAWN if page.get("withdrawn_notice") else Status.CURRENT,
            )
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)
            return
        seen = set[str]()
        for number, part in enumerate(_parts(details)):
            title = line(part.get("title")) or line(part.get("slug")).replace("-", " ").capitalize() or "Untitled part"
            kind = kind_of(_PUBLISHER.key, title)
            try:
                if kind in seen:
                    raise UnreadableError("listed twice")
                seen.add(kind)
                body, level = markdown(_html(part.get("body"))), None
                if kind == _WARNINGS:
                    body, level = _with_level(body, details.get("alert_status"))
                slug = line(part.get("slug"))
                # The first part stands at the country's own address.
                url = f"{_SITE}/{item.item}" + (f"/{slug}" if number and _SLUG.fullmatch(slug) else "")
                yield country.section(title, title, body, url=url, level=level)
            except UnreadableError as error:
                yield Skipped(source, f"{item.item}/{kind}", error.reason)


def _countries(response: Response) -> dict[str, str]:
    """Names by slug. Raises UnreadableError."""
    children = mapping(parse_object(response.raw).get("links")).get("children")
    if not isinstance(children, list):
        raise UnreadableError("not of the documented shape")
    found = {}
    for child in children:
        if isinstance(child, dict):
            slug = line(child.get("base_path")).rpartition("/")[2]
            if _SLUG.fullmatch(slug):
                found[slug] = line(child.get("title")).removesuffix(" travel advice") or slug.replace("-", " ").title()
    return found


def _details(raw: bytes) -> dict[str, Any]:
    """A page's details, which hold text. Raises UnreadableError."""
    details = mapping(parse_object(raw).get("details"))
    if not any(_html(part.get("body")) for part in _parts(details)):
        raise UnreadableError("without parts")
    return details


def _name(details: Mapping[str, Any]) -> str:
    country = details.get("country")
    return line(country.get("name")) if isinstance(country, dict) else ""


def _parts(details: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts; before them the summary of pages that have one."""
    parts = details.get("parts")
    listed = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    summary = {"title": "Summary", "slug": "", "body": details.get("summary")}
    return [summary, *listed] if _html(summary["body"]) else listed


def _html(body: object) -> str:
    """The HTML of a body, which is a text or a list of {content_type, content}."""
    if isinstance(body, list):
        contents = [piece for piece in body if isinstance(piece, dict) and piece.get("content_type") == "text/html"]
        body = next((piece.get("content") for piece in contents), "")
    return body.strip() if isinstance(body, str) else ""


def _with_level(body: str, alert_status: object) -> tuple[str, str | None]:
    """The level in the words of the page's own heading, else of the alert status, which then stands above the text.

    "Avoid all travel to parts" may mean all but three regions: it is never said to be less, or more, than it says. No
    status is no level: that is not "safe".
    """
    said = level_of(_PUBLISHER.key, _WARNINGS, body, _NO_FOLDER, None)
    codes = alert_status if isinstance(alert_status, list) else []
    status = "; ".join(line(code).replace("_", " ") for code in codes if line(code))
    if said or not status:
        return body, said
    return f"{heading_line(2, f'Alert status: {status}')}\n\n{body}", status

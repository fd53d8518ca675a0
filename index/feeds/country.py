"""What the readers of travel advice share: a country's sections as documents, HTML as Markdown, dates as given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bs4 import BeautifulSoup
from dateutil import parser as dateutil_parser

from index import places
from index.dates import PartialDate
from index.documents import Document, Reading, Status
from index.errors import UnreadableError
from index.placenames import fold
from index.readers.archive_metadata import Publisher
from index.readers.archive_series import kind_of, series_of
from index.readers.escape import markdown_escaped
from index.readers.html import MAX_TAGS
from index.readers.html_text import shown_markdown

_WORDS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Country:
    """One publisher's advice about one country: what its documents share. `raw` are the item's bytes."""

    source: str
    item: str
    publisher: Publisher
    name: str
    about: tuple[str, ...]
    raw: bytes
    reader: str
    published: PartialDate | None = None
    updated: PartialDate | None = None
    reviewed: PartialDate | None = None
    retrieved: PartialDate | None = None
    status: Status = Status.CURRENT

    def section(
        self, page: str, title: str, body: str, *, heading: str = "", url: str | None = None, level: str | None = None
    ) -> Reading:
        """A section as a document in Markdown, under its heading (its title where none is given).

        `page` is what the advisories archive calls it: of the two, the newer supersedes the other. Raises
        UnreadableError where the section says nothing.
        """
        if not _WORDS.search(body):
            raise UnreadableError("no text in it")
        kind = kind_of(self.publisher.key, page)
        document = Document(
            source=self.source,
            doc_id=f"{self.item}/{kind}",
            title=f"{self.name}: {title}",
            text=f"{heading_line(1, heading or title)}\n\n{body}",
            publisher=self.publisher.name,
            url=url,
            licence=self.publisher.licence,
            published=self.published,
            updated=self.updated,
            reviewed=self.reviewed,
            retrieved=self.retrieved,
            about=self.about,
            level=level or None,
            series=series_of(self.publisher.key, self.name, self.about, kind),
            status=self.status,
            reader=self.reader,
        )
        return Reading(document.with_hashes(self.raw), self.raw)


def places_of(name: str) -> tuple[str, ...]:
    """The codes of a country's name. Raises UnreadableError where it names no place.

    Without a place a page would stand as a general guide, and answer for every country.
    """
    about = places.country_codes(name)
    if not about:
        raise UnreadableError(f"{name[:80]!r} names no place")
    return about


def concerns(name: str, place: str | None) -> bool:
    """Whether advice about `name` is asked for: all of it where no place is, else what names that code."""
    return place is None or place in places.country_codes(name)


def heading_line(level: int, words: str) -> str:
    """A heading in Markdown, its words shown as they are."""
    return f"{'#' * level} {markdown_escaped(line(words), begins_line=False)}"


def markdown(html: object) -> str:
    """A piece of HTML as Markdown, empty where nothing is given. Raises UnreadableError for what is no text."""
    if html is None:
        return ""
    if not isinstance(html, str):
        raise UnreadableError("not of the documented shape")
    if html.count("<") > MAX_TAGS:
        raise UnreadableError(f"more than {MAX_TAGS:,} tags")
    try:
        return shown_markdown(BeautifulSoup(f"<div>{html}</div>", "lxml"))
    except RecursionError as error:
        raise UnreadableError("elements nested too deeply") from error


def line(value: object) -> str:
    """The words as one line; empty where the value is no text."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def slug(name: str) -> str:
    """A name as an item's: "Côte d'Ivoire" is `cote-d-ivoire`."""
    return fold(name).replace(" ", "-")


def day(value: object) -> PartialDate | None:
    """A date as a feed gives it, ISO 8601 or in words; None where it gives none: undated is honest, a guess is not."""
    for read in (PartialDate.parse, PartialDate.from_words):
        try:
            return read(line(value))
        except ValueError:
            continue
    return None


def moment(value: object) -> datetime:
    """When a feed says that something was changed, to compare two states of it; the beginning of time if it says not.

    Time zones are let be: one feed writes all its times in the same way.
    """
    try:
        return dateutil_parser.parse(line(value), default=datetime.min, ignoretz=True)
    except (ValueError, OverflowError):
        return datetime.min

"""One web page: its main matter by trafilatura, without the menus and notices around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import trafilatura
from bs4 import BeautifulSoup

from index.dates import PartialDate
from index.documents import Reading, Skipped
from index.errors import FeedError, UnreadableError
from index.feeds.feed import Client, Fetched, Listing
from index.readers import html, html_text
from index.readers.decoding import decode_html
from index.readers.metadata import Extracted, Metadata, document_of

ITEM = "page"
READER = "web 1"


@dataclass(frozen=True, slots=True)
class WebFeed:
    """The page at an address: one item, one document, fetched for any place."""

    address: str

    async def fetch(
        self,
        client: Client,
        known: Mapping[str, Fetched],
        place: str | None = None,  # noqa: ARG002 - what is one answer is fetched whole
    ) -> Listing:
        """As `feed.Feed`."""
        response = await client.get(self.address, known.get(ITEM))
        if not response.unchanged:
            try:
                html.read(response.raw)
            except UnreadableError as error:
                way_out = "The last good state stays. Is this the address of a web page?"
                raise FeedError(f"cannot be read: {error.reason}.", path=self.address, way_out=way_out) from error
        return Listing({ITEM: response}, {})

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """The page's document. Its dates are those that the page itself names: a guess is none."""
        try:
            page = html.read(raw)
            text = _main_matter(raw) or page.text
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)
            return
        known = replace(page.metadata, url=item.url, retrieved=PartialDate.parse(item.retrieved))
        document = document_of(source, item.item, Extracted(text, "markdown", known), Metadata(), READER)
        yield Reading(document.with_hashes(raw), raw)


def _main_matter(raw: bytes) -> str | None:
    """The main matter as Markdown, None where trafilatura finds none. What the page hides is taken out before."""
    soup = BeautifulSoup(decode_html(raw), "lxml")
    for tag in (soup.body or soup).find_all(True):
        if html_text.is_hidden(tag):
            tag.clear()
    found = trafilatura.extract(
        str(soup), output_format="html", favor_recall=True, include_comments=False, include_formatting=True
    )
    try:
        return html.read(found.encode()).text if found else None
    except UnreadableError:
        return None

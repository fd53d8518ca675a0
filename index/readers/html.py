"""Web pages: what a reader would see of one, and what its head says about it.

Text that the page hides is dropped: it is where instructions to programs are planted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from index.dates import PartialDate
from index.errors import UnreadableError
from index.readers import sniff
from index.readers.decoding import decode_html
from index.readers.html_text import shown_markdown
from index.readers.metadata import Extracted, Metadata, web_address

MAX_TAGS = 400_000  # opening and closing; the longest of government pages have a few thousand

_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_PUBLISHED = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date")
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher")
_PROLOGUE = re.compile(r"\ufeff?\s*<\?xml[^>]*\?>")
_ELEMENT = re.compile(r"<[a-zA-Z!]")
_WORDS = re.compile(r"[^\W_]")


def read(raw: bytes) -> Extracted:
    """A page in HTML. Raises UnreadableError."""
    sniff.check(raw, "HTML")
    page = _PROLOGUE.sub("", decode_html(raw), count=1)
    if not _ELEMENT.search(page):
        raise UnreadableError("not what its name says (no HTML in it)")
    if page.count("<") > MAX_TAGS:
        raise UnreadableError(f"more than {MAX_TAGS:,} tags")
    try:
        soup = BeautifulSoup(page, "lxml")
        known = _metadata(soup)
        text = shown_markdown(soup)
    except RecursionError as error:
        raise UnreadableError("elements nested too deeply") from error
    if not _WORDS.search(text):
        raise UnreadableError("no text in it")
    return Extracted(text, "markdown", known)


def _metadata(soup: BeautifulSoup) -> Metadata:
    said: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = " ".join(str(meta.get("content") or "").split())
        if name and content:
            said.setdefault(str(name).lower(), content)
    headings = (soup.title, soup.h1)
    link = soup.find("link", rel="canonical")
    return Metadata(
        title=_first(said, _TITLES) or next((words for tag in headings if (words := _words(tag))), None),
        publisher=_first(said, _PUBLISHERS),
        url=web_address(link.get("href") if link else None) or web_address(said.get("og:url")),
        published=_date(_all(said, _PUBLISHED)) or _date(_times(soup, "datePublished", ("published", "dt-published"))),
        updated=_date(_all(said, _UPDATED)) or _date(_times(soup, "dateModified", ("updated", "dt-updated"))),
    )


def _all(said: dict[str, str], names: Iterable[str]) -> list[str]:
    return [said[name] for name in names if name in said]


def _first(said: dict[str, str], names: Iterable[str]) -> str | None:
    return next(iter(_all(said, names)), None)


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


def _times(soup: BeautifulSoup, itemprop: str, classes: tuple[str, ...]) -> list[str]:
    """What `<time>` elements say that are marked as the page's own; any other may be the day of some event."""
    found = soup.find_all("time", attrs={"itemprop": itemprop}) + soup.find_all("time", class_=list(classes))
    return [str(tag.get("datetime") or tag.get_text()) for tag in found]


def _date(candidates: Iterable[str]) -> PartialDate | None:
    for words in candidates:
        for read_date in (PartialDate.parse, PartialDate.from_words):
            try:
                return read_date(words.strip())
            except ValueError:
                continue
    return None  # undated is honest, a guess is not

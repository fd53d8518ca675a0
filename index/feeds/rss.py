"""Any RSS or Atom address: every entry of the feed a document, however many there are.

RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 and Atom (RFC 4287). Parsed strictly, with lxml: a feed that breaks
off in the middle is refused as a whole, where a lenient parser would take its first half for all there is. Nothing
that the feed declares is expanded or loaded.
"""

from __future__ import annotations

import hashlib
import html as entities
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from lxml import etree

from index.dates import PartialDate
from index.documents import Reading, Skipped
from index.errors import FeedError, UnreadableError
from index.feeds.feed import Client, Fetched, Listing
from index.readers import html
from index.readers.decoding import decode
from index.readers.metadata import Extracted, Metadata, document_of, web_address

ITEM = "feed"  # the one item: the whole feed, as it came
READER = "rss 1"

_NAMESPACES = {  # what an entry's own words stand in; a title of a picture in it is not the entry's
    "",
    "http://www.w3.org/2005/Atom",
    "http://purl.org/rss/1.0/",
    "http://purl.org/rss/1.0/modules/content/",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
}
_BODIES = ("encoded", "content", "description", "summary")
_PUBLISHED = ("pubDate", "published", "issued", "date")
_UPDATED = ("updated", "modified")
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml[^>]*\?>")
_HTML_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")  # XML knows five by name, feeds use more
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_PAGE_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry; `moment` is its newest date, for comparing two states of it."""

    key: str
    title: str
    link: str | None
    body: str
    published: PartialDate | None
    updated: PartialDate | None
    moment: datetime


@dataclass(frozen=True, slots=True)
class RssFeed:
    """The feed at an address: one item, fetched whole for any place."""

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
                _parse(response.raw)
            except UnreadableError as error:
                way_out = "The last good state stays. Is this the address of a feed?"
                raise FeedError(f"is {error.reason}.", path=self.address, way_out=way_out) from error
        return Listing({ITEM: response}, {})

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """A document an entry, the newer one where an entry is listed twice."""
        try:
            root = _parse(raw)
        except UnreadableError as error:
            yield Skipped(source, item.item, error.reason)
            return
        publisher = _feed_title(root)
        for entry in _newest_of_each(_entries(root, item.url)):
            doc_id = _doc_id(entry)
            known = Metadata(
                title=entry.title,
                publisher=publisher,
                url=entry.link,
                published=entry.published,
                updated=entry.updated,
                retrieved=PartialDate.parse(item.retrieved),
            )
            try:
                text = html.read(_page(entry).encode("utf-8", "replace")).text
            except UnreadableError as error:
                yield Skipped(source, doc_id, error.reason)
                continue
            document = document_of(source, doc_id, Extracted(text, "markdown", known), Metadata(), READER)
            yield Reading(document.with_hashes(raw), raw)


def _parse(raw: bytes) -> etree._Element:
    """The feed's root. Raises UnreadableError: "no RSS or Atom feed (…)"."""
    try:
        utf8 = raw.decode("utf-8")
    except UnicodeDecodeError:
        utf8 = ""
    # Bytes that are good UTF-8 are that, whatever was declared; nothing else looks so by chance.
    encoding = "utf-8" if utf8 else None
    spelt = _HTML_ENTITY.sub(_as_number, raw)
    try:
        root = _root(spelt, encoding)
    except etree.XMLSyntaxError as error:
        if utf8:
            raise UnreadableError(f"no RSS or Atom feed, or not all of one ({error.msg})") from error
        try:  # what it declares is not true either
            root = _root(_DECLARATION.sub("", decode(spelt), count=1).encode(), "utf-8")
        except etree.XMLSyntaxError as second:
            raise UnreadableError(f"no RSS or Atom feed, or not all of one ({second.msg})") from second
    name = etree.QName(root).localname
    if name not in ("rss", "RDF", "feed"):
        raise UnreadableError(f"no RSS or Atom feed (it begins with <{name[:40]}>)")
    return root


def _root(raw: bytes, encoding: str | None) -> etree._Element:
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(raw, parser)


def _as_number(match: re.Match[bytes]) -> bytes:
    """A character that HTML knows by name, by its number."""
    name = match[1].decode("ascii")
    character = entities.unescape(f"&{name};")
    if name in _XML_ENTITIES or len(character) != 1:
        return match[0]
    return b"&#%d;" % ord(character)


def _entries(root: etree._Element, address: str) -> Iterator[_Entry]:
    for element in root.iter("{*}item", "{*}entry"):
        said: dict[str, list[etree._Element]] = {}
        for child in element:
            name = etree.QName(child)
            if (name.namespace or "") in _NAMESPACES:
                said.setdefault(name.localname, []).append(child)
        link = _link(said.get("link", []), address)
        title = _words(_first(said, ("title",))) or link or "Untitled"
        published, updated = _first(said, _PUBLISHED), _first(said, _UPDATED)
        yield _Entry(
            key=_first(said, ("guid", "id")).strip() or link or title,
            title=title,
            link=link,
            body=max((_content(child) for name in _BODIES for child in said.get(name, [])), key=len, default=""),
            published=_date(published),
            updated=_date(updated),
            moment=max(_moment(published), _moment(updated)),
        )


def _newest_of_each(entries: Iterator[_Entry]) -> Iterator[_Entry]:
    """Each entry once, in its newest state; the feed's own order decides between states of one moment."""
    seen: set[tuple[str, ...]] = set()
    for entry in sorted(entries, key=lambda entry: entry.moment, reverse=True):
        # A publisher that lists an entry again may give it another key, on the same page under the same name.
        names = {(entry.key,), (entry.title, entry.link or entry.key)}
        if not names & seen:
            yield entry
        seen |= names


def _first(said: Mapping[str, list[etree._Element]], names: tuple[str, ...]) -> str:
    return next((text for name in names for child in said.get(name, []) if (text := _content(child)).strip()), "")


def _content(element: etree._Element) -> str:
    """The element's words, or its markup where the markup is not escaped (Atom's XHTML)."""
    if len(element) == 0:
        return element.text or ""
    inner = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return entities.escape(element.text or "", quote=False) + "".join(inner)


def _link(elements: list[etree._Element], address: str) -> str | None:
    for element in elements:
        written = (element.get("href") or element.text or "").strip()
        if written and element.get("rel", "alternate") == "alternate":
            try:
                return web_address(urljoin(address, written))
            except ValueError:
                continue
    return None


def _words(title: str) -> str:
    """A title without the markup that some feeds put into it."""
    shown = BeautifulSoup(title, "lxml").get_text() if "<" in title or "&" in title else title
    return " ".join(shown.split())


def _feed_title(root: etree._Element) -> str | None:
    holder = root if etree.QName(root).localname == "feed" else root.find("{*}channel")
    title = None if holder is None else holder.find("{*}title")
    return None if title is None else _words(_content(title)) or None


def _page(entry: _Entry) -> str:
    """The entry as a web page, for the reader of those."""
    body = _PAGE_ENDS.sub("", entry.body)  # some feeds put a whole page in; a parser would drop what follows it
    if not _TAG.search(body):
        paragraphs = re.split(r"\n\s*\n", entities.escape(entities.unescape(body), quote=False))
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    title = entities.escape(entry.title)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>{title}</h1>\n{body}</body></html>'


def _doc_id(entry: _Entry) -> str:
    """A name that stays while the entry's title is reworded: what can be read of its key, and the key's hash."""
    last = re.sub(r"[^a-z0-9]+", "-", entry.key.rstrip("/").rsplit("/", 1)[-1].lower()).strip("-")[:60]
    return "-".join(filter(None, (last, hashlib.sha256(entry.key.encode("utf-8", "replace")).hexdigest()[:8])))


def _date(words: str) -> PartialDate | None:
    for read in (PartialDate.parse, PartialDate.from_words):
        try:
            return read(words.strip())
        except ValueError:
            continue
    return None


def _moment(words: str) -> datetime:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(words.strip())
        except ValueError:
            continue
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found
    day = _date(words)
    return _NEVER if day is None else datetime.combine(day.first(), datetime.min.time(), UTC)

"""Web pages: what a reader would see of one, as Markdown, and what its head says about it.

Text that the page hides is dropped: it is where instructions to programs are planted. Hiding is seen where it stands
on the element (attributes and inline style); rules in style sheets are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString
from markdownify import MarkdownConverter

from index.dates import PartialDate
from index.errors import UnreadableError
from index.readers import sniff
from index.readers.decoding import decode_html
from index.readers.escape import markdown_escaped
from index.readers.metadata import Extracted, Metadata, web_address

MAX_TAGS = 400_000  # opening and closing; the longest of government pages have a few thousand

_NEVER_SHOWN = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "svg",
    "math",
    "object",
    "embed",
    "applet",
    "canvas",
    "audio",
    "video",
    "map",
    "head",
    "title",
    "button",
    "select",
    "textarea",
    "datalist",
    "input",
    "img",
]
_AROUND = ("nav", "header", "footer", "aside", "form")  # left out where the page says which part is its matter
_AS_TEXT = ("code", "kbd", "samp", "tt")  # our subject has no program code, and escaped words need no more marks
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
_LONGEST_NUMBERED = 1_000  # items; a longer list loses its numbers
_HIDING_STYLE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|(?:font-size|opacity):[+-]?0*\.?0*(?:[a-z%]+)?)(?:!important)?(?:;|$)"
)
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_PUBLISHED = ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date")
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_PROLOGUE = re.compile(r"\ufeff?\s*<\?xml[^>]*\?>")
_ELEMENT = re.compile(r"<[a-zA-Z!]")
_WORDS = re.compile(r"[^\W_]")

# Quotation marks and escapes are ours, made before; headings are `#`, bullets `*` at every depth.
_CONVERTER = MarkdownConverter(
    heading_style="atx", bullets="*", autolinks=False, escape_asterisks=False, escape_underscores=False
)


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
        text = _markdown(soup)
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


def _markdown(soup: BeautifulSoup) -> str:
    body = soup.body or soup
    for tag in body.find_all(lambda tag: tag.name in _NEVER_SHOWN or _is_hidden(tag)):
        tag.extract()
    _drop_surroundings(body)
    for tag in body.find_all(True):
        _simplify(tag)
    for string in body.find_all(string=True):
        if isinstance(string, PreformattedString) and not isinstance(string, CData):
            string.extract()  # a comment, a declaration
        else:
            begins_line = bool(string.strip()) and _begins_line(string)
            string.replace_with(NavigableString(markdown_escaped(string, begins_line=begins_line)))
    text: str = _CONVERTER.convert_soup(body)
    return _BLANK_LINES.sub("\n\n", text).strip()


def _begins_line(string: NavigableString) -> bool:
    """Whether nothing shown stands before the string in its line, so that it could look like a list or a heading."""
    node: PageElement | None = string
    while node is not None:
        for before in node.previous_siblings:
            if isinstance(before, Tag):
                if before.name not in _INLINE or before.find(_is_block):
                    return True
                if before.get_text().strip():
                    return False
            elif str(before).strip():
                return False
        node = node.parent
        if isinstance(node, Tag) and node.name not in _INLINE:
            return True
    return True


def _is_block(tag: Tag) -> bool:
    return tag.name not in _INLINE


def _is_hidden(tag: Tag) -> bool:
    style = re.sub(r"/\*.*?\*/|\s", "", str(tag.get("style") or "")).lower()
    return (
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden")).strip().lower() == "true"
        or (tag.name == "dialog" and not tag.has_attr("open"))
        or _HIDING_STYLE.search(style) is not None
    )


def _drop_surroundings(body: Tag) -> None:
    matter = body.find_all(["main", "article"])
    if not matter:
        return
    for tag in body.find_all(list(_AROUND)):
        # Some pages wrap everything in one form; and an article's own header holds its headline.
        holds_matter = tag.find(["main", "article"]) is not None
        if not holds_matter and not (tag.name == "header" and tag.find_parent(["main", "article"])):
            tag.extract()


def _simplify(tag: Tag) -> None:
    """Leave the attributes and elements that mean something in Markdown, with values that are safe there."""
    attributes = dict(tag.attrs)
    tag.attrs = {}
    match tag.name:
        case "a":
            address = str(attributes.get("href") or "").strip()
            if _LINK.match(address):  # "javascript:" is none, and neither is a place in the page
                tag["href"] = quote(address, safe=":/?#@!$&'*+,;=%~-._")
        case "td" | "th":
            span = str(attributes.get("colspan") or "")
            if re.fullmatch(r"[1-9]|1[0-9]", span, re.ASCII):
                tag["colspan"] = span
        case "ol" if len(tag.find_all("li", recursive=False)) > _LONGEST_NUMBERED:
            tag.name = "ul"  # markdownify counts an item's number from the list's beginning, for each item
        case "ol":
            start = str(attributes.get("start") or "")
            if re.fullmatch(r"[0-9]{1,4}", start):
                tag["start"] = start
        case "dl":
            tag.name = "div"
        case "dt" | "dd" | "summary" | "legend" | "address" | "figure" | "fieldset" | "main":
            tag.name = "div"
        case "pre":
            tag.name = "div"
            for string in tag.find_all(string=True):
                first, *others = string.split("\n")
                string.replace_with(first, *(part for line in others for part in (Tag(name="br"), line)))
        case name if name in _AS_TEXT:
            tag.unwrap()

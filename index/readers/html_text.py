"""What a reader sees of a web page, as Markdown.

Hiding is seen where it stands on the element (attributes and inline style); rules in style sheets are not followed.
Elements are emptied rather than taken out: taking one out of a long row of siblings costs a look at all of them.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString
from markdownify import MarkdownConverter

from index.readers.escape import markdown_escaped

_NEVER_SHOWN = re.compile(
    r"(?:script|style|noscript|template|iframe|svg|math|object|embed|applet|canvas|audio|video|map|head|title"
    r"|button|select|textarea|datalist|input|img)$"
)
_INLINE = re.compile(
    r"(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike"
    r"|strong|sub|sup|time|tt|u|wbr)$"
)
_AS_SPAN = re.compile(r"(?:code|kbd|samp|tt)$")  # our subject has no program code, and escaped words need no more marks
_AS_DIV = re.compile(r"(?:address|dd|dl|dt|fieldset|figure|legend|main|summary)$")
_AROUND = ["nav", "header", "footer", "aside", "form"]  # left out where the page says which part is its matter
_MATTER = ["main", "article"]
_LONGEST_NUMBERED = 1_000  # items; markdownify counts a number from the list's beginning, so longer lists lose theirs
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|(?:font-size|opacity):[+-]?0*\.?0*(?:[a-z%]+)?)"
    r"(?:!important)?(?:;|$)"
)
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def shown_markdown(soup: BeautifulSoup) -> str:
    """The page's body as Markdown; `soup` is used up. Raises RecursionError where elements are nested too deeply."""
    body = soup.body or soup
    for tag in body.find_all(True):
        if is_hidden(tag):
            _empty(tag)
    if body.find(_MATTER):
        for tag in body.find_all(_AROUND):
            # Some pages wrap everything in one form; and an article's own header holds its headline.
            if not tag.find(_MATTER) and not (tag.name == "header" and tag.find_parent(_MATTER)):
                _empty(tag)
    for tag in body.find_all(True):
        _simplify(tag)
    text: str = _CONVERTER.convert_soup(body)
    return _BLANK_LINES.sub("\n\n", text).strip()


def is_hidden(tag: Tag) -> bool:
    """Whether an element says itself that it is not shown, or is of a kind that never is."""
    style = re.sub(r"/\*.*?\*/|\s", "", str(tag.get("style") or "")).lower()
    return (
        _NEVER_SHOWN.match(tag.name) is not None
        or tag.has_attr("hidden")
        or str(tag.get("aria-hidden")).strip().lower() == "true"
        or (tag.name == "dialog" and not tag.has_attr("open"))
        or _HIDING.search(style) is not None
    )


def _empty(tag: Tag) -> None:
    tag.clear()
    tag.name, tag.attrs = "span", {}


def _simplify(tag: Tag) -> None:
    """Leave the elements and attributes that mean something in Markdown, with values that are safe there."""
    said = {name: str(value).strip() for name, value in tag.attrs.items()}
    tag.attrs = {}
    if tag.name == "a" and _LINK.match(said.get("href", "")):  # "javascript:" and places in the page are no links
        tag["href"] = quote(said["href"], safe=":/?#@!$&'*+,;=%~-._")
    elif tag.name in ("td", "th") and re.fullmatch(r"[1-9]|1[0-9]", said.get("colspan", "")):
        tag["colspan"] = said["colspan"]
    elif tag.name == "ol":
        if len(tag.find_all("li", recursive=False)) > _LONGEST_NUMBERED:
            tag.name = "ul"
        elif re.fullmatch(r"[0-9]{1,4}", said.get("start", "")):
            tag["start"] = said["start"]
    elif _AS_DIV.match(tag.name):
        tag.name = "div"
    elif _AS_SPAN.match(tag.name):
        tag.name = "span"


class _Converter(MarkdownConverter):
    """markdownify, escaping words with a view to where they stand in their line."""

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        if isinstance(el, PreformattedString) and not isinstance(el, CData):
            return ""  # a comment, a declaration
        original: Any = super()  # its stub names no methods
        text: str = original.process_text(el, parent_tags=parent_tags)
        begins_line = bool(text.strip()) and _begins_line(el)
        if parent_tags and "pre" in parent_tags:
            return "  \n".join(markdown_escaped(line) for line in text.split("\n"))
        return markdown_escaped(text, begins_line=begins_line)

    def convert_pre(self, _: Tag, text: str, parent_tags: set[str]) -> str:
        return f" {text.strip()} " if "_inline" in parent_tags else f"\n\n{text.strip()}\n\n"


# Escaping is done above; headings are `#`, bullets `*` at every depth.
_CONVERTER = _Converter(
    heading_style="atx", bullets="*", autolinks=False, escape_asterisks=False, escape_underscores=False
)


def _begins_line(string: NavigableString) -> bool:
    """Whether nothing shown stands before the string in its line, so that it could look like a list or a heading."""
    node: PageElement | None = string
    while node is not None:
        for before in node.previous_siblings:
            if isinstance(before, Tag):
                if _is_block(before) or before.find(_is_block):
                    return True
                if before.get_text().strip():
                    return False
            elif str(before).strip() and not isinstance(before, PreformattedString):
                return False
        node = node.parent
        if isinstance(node, Tag) and _is_block(node):
            return True
    return True


def _is_block(tag: Tag) -> bool:
    return _INLINE.match(tag.name) is None

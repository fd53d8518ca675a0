"""What feeds answer, taken apart: JSON, and one file that holds many records, each with its own bytes as they came.

A record's own bytes are what is stored and read again, so that one changed country does not touch the others.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, NamedTuple

from lxml import etree

from index.errors import UnreadableError
from index.readers.archive_metadata import json_of
from index.readers.sniff import looks_like

_BETWEEN = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")
_ITEM = re.compile(r"<item[\s>].*?</item\s*>", re.DOTALL)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{0,30});")
_XML_ENTITIES = (b"amp", b"lt", b"gt", b"quot", b"apos")
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml[^>]*\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9._-]{1,40})")


class Record(NamedTuple):
    """A value of a JSON array or object, or an `<item>`; `key` is its name in the object, else empty."""

    key: str
    value: Any
    raw: bytes


def parse_json(raw: bytes) -> Any:
    """What the JSON says. Raises UnreadableError, for example "HTML where JSON should be"."""
    if looks_like(raw) in ("HTML", "XML"):
        raise UnreadableError(f"{looks_like(raw)} where JSON should be")
    try:
        return json_of(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("damaged JSON") from error


def parse_object(raw: bytes) -> dict[str, Any]:
    """What the JSON object says. Raises UnreadableError."""
    return mapping(parse_json(raw))


def mapping(value: object) -> dict[str, Any]:
    """The value, which must be a JSON object. Raises UnreadableError."""
    if not isinstance(value, dict):
        raise UnreadableError("not of the documented shape")
    return value


def json_records(raw: bytes) -> list[Record]:
    """The values of a JSON array or object, each with its own bytes. Raises UnreadableError."""
    if not isinstance(parse_json(raw), list | dict):
        raise UnreadableError("not of the documented shape")
    try:
        text = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8") from error
    decoder, found, at = json.JSONDecoder(), [], 1
    while text[at := _end(_BETWEEN, text, at)] not in "]}":
        key = ""
        if text[0] == "{":
            key, at = decoder.raw_decode(text, at)
            at = _end(_COLON, text, at)
        value, end = decoder.raw_decode(text, at)
        found.append(Record(key, value, text[at:end].encode()))
        at = end
    return found


def rss_records(raw: bytes) -> list[Record]:
    """The items of an RSS feed; a value is the item's texts by tag, as `item_fields` gives them.

    Raises UnreadableError where it is no RSS feed or is cut short.
    """
    if looks_like(raw) == "HTML":
        raise UnreadableError("HTML where RSS should be")
    text = _DECLARATION.sub("", _xml_characters(raw), count=1)
    root = _parsed(text.encode(), recover=False)
    if etree.QName(root).localname != "rss":
        raise UnreadableError("not RSS")
    slices = [match.group().encode() for match in _ITEM.finditer(text)]
    if len(slices) != sum(1 for _ in root.iter("item")):
        raise UnreadableError("RSS that cannot be cut into its items")
    return [Record("", item_fields(item), item) for item in slices]


def item_fields(raw: bytes) -> dict[str, list[str]]:
    """The texts of an `<item>` by tag, with its prefix ("ta:level"), in their order. Raises UnreadableError."""
    fields: dict[str, list[str]] = {}
    # By itself an item lacks the declarations of its prefixes, which only a recovering parser takes.
    for element in _parsed(raw, recover=True).iter():
        if isinstance(element.tag, str) and (words := (element.text or "").strip()):
            fields.setdefault(element.tag, []).append(words)
    return fields


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _xml_characters(raw: bytes) -> str:
    """UTF-8 where the bytes are that, whatever is declared; else what is declared."""
    declared = _DECLARED.search(raw[:400])
    for encoding in ("utf-8", declared.group(1).decode() if declared else "utf-8"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableError("not in the encoding that it declares")


def _parsed(raw: bytes, *, recover: bool) -> Any:
    parser = etree.XMLParser(encoding="utf-8", recover=recover, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(_ENTITY.sub(_known_entity, raw), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("damaged XML") from error
    if root is None:
        raise UnreadableError("damaged XML")
    return root


def _known_entity(match: re.Match[bytes]) -> bytes:
    """XML knows five entities by name; feeds use HTML's (`&nbsp;`), and what a feed declares itself stays words."""
    if match[1] in _XML_ENTITIES:
        return match[0]
    return unescape(match[0].decode()).replace("&", "&amp;").encode()

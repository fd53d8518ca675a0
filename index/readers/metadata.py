"""What is said about a document beside its text: YAML front matter and sidecars, one schema for both.

    title, publisher, url, licence, series   text; `url` is a web address
    published, updated, reviewed, retrieved  ISO dates as precise as they are known: 2011, 2011-05, 2011-05-03
    places                                   ISO 3166-1 codes or names of countries: what the document is about
    kind                                     original or compiled
    based_on                                 list of {publisher, title, url, updated, retrieved}

Other keys are let be. A value that cannot be what its key says raises UnreadableError: a document filed under the wrong
place or date is worse than one that is named as unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, TypeVar

import yaml

from index.dates import PartialDate
from index.documents import Basis, Document, Kind, Markup
from index.errors import UnreadableError
from index.places import country_codes, find_places, is_code

MAX_YAML = 64 * 1024  # characters; the parser is slow and nobody writes more by hand

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+$", re.IGNORECASE)
_ABSENT = ("", "~", "null")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text; None is "not said", which differs from `about=()`: "no place"."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    reviewed: PartialDate | None = None
    retrieved: PartialDate | None = None
    about: tuple[str, ...] | None = None
    series: str | None = None
    kind: Kind | None = None
    based_on: tuple[Basis, ...] | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with what it does not say taken from `other`."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(other, **said)


class Extracted(NamedTuple):
    """What a format module makes of a file's bytes; `body` is where the text begins after byte-order mark and fence."""

    text: str
    markup: Markup
    metadata: Metadata = Metadata()
    body: int = 0


def document_of(source: str, doc_id: str, extracted: Extracted, sidecar: Metadata, reader: str) -> Document:
    """The document, the sidecar's word before the file's own.

    Without `places` a document is about the country that its title names, where that is exactly one.
    """
    known = sidecar.over(extracted.metadata)
    title = known.title or doc_id.rsplit("/", 1)[-1]
    values = {f.name: getattr(known, f.name) for f in fields(known) if getattr(known, f.name) is not None}
    values["title"] = title
    values["about"] = places_in_title(title) if known.about is None else known.about
    return Document(
        source, doc_id, text=extracted.text, markup=extracted.markup, body=extracted.body, reader=reader, **values
    )


def places_in_title(title: str) -> tuple[str, ...]:
    """The country that the title names exactly, or whose city it names; none where it names several."""
    codes = {
        code
        for mention in find_places(title, slips=False)
        if mention.kind in ("country", "city")
        for code in mention.codes
    }
    return tuple(codes) if len(codes) == 1 else ()


def parse(text: str, where: str, first_line: int = 1) -> Metadata:
    """Metadata from YAML. `where` ("front matter", "sidecar") and `first_line` (of `text` in its file) name an error.

    Raises UnreadableError, for example "front matter: places: 'Atlantis' is no place known".
    """
    if len(text) > MAX_YAML:
        raise UnreadableError(f"{where}: longer than {MAX_YAML // 1024} KB")
    record = _load(text, where, first_line)
    if not isinstance(record, Mapping):
        raise UnreadableError(f"{where}: not a list of keys and values")
    return Metadata(
        title=_get(record, "title", where, _words),
        publisher=_get(record, "publisher", where, _words),
        url=_get(record, "url", where, _address),
        licence=_get(record, "licence", where, _words),
        published=_get(record, "published", where, _date),
        updated=_get(record, "updated", where, _date),
        reviewed=_get(record, "reviewed", where, _date),
        retrieved=_get(record, "retrieved", where, _date),
        about=_get(record, "places", where, _places),
        series=_get(record, "series", where, _words),
        kind=_get(record, "kind", where, _kind),
        based_on=_get(record, "based_on", where, _based_on),
    )


def web_address(value: object) -> str | None:
    """The value where it is an http(s) address, else None. Nothing else may ever become a link."""
    return value.strip() if isinstance(value, str) and _WEB_ADDRESS.match(value.strip()) else None


def _load(text: str, where: str, first_line: int) -> Any:
    # BaseLoader makes nothing but strings, lists and mappings: safer than safe_load, and `places: [NO]` stays Norway
    # where YAML 1.1 would read "false".
    try:
        loader = yaml.BaseLoader(text)
        try:
            return loader.get_single_data() or {}
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f"line {mark.line + first_line}: " if mark else ""
        raise UnreadableError(f"{where}: {line}{error.problem or 'not YAML'}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableError(f"{where}: not YAML") from error


def _get(record: Mapping[Any, Any], key: str, where: str, convert: Callable[[Any], _T]) -> _T | None:
    value = record.get(key)
    if value is None or value in _ABSENT:
        return None
    try:
        return convert(value)
    except ValueError as error:
        raise UnreadableError(f"{where}: {key}: {error}") from error


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text")
    return " ".join(value.split())


def _quoted(value: Any) -> str:
    return repr(value[:60]) if isinstance(value, str) else "a list or mapping"


def _address(value: Any) -> str:
    address = web_address(value)
    if address is None:
        raise ValueError(f"{_quoted(value)} is no web address")
    return address


def _date(value: Any) -> PartialDate:
    try:
        return PartialDate.parse(_words(value))
    except ValueError as error:
        raise ValueError(f"{_quoted(value)} is no date") from error


def _kind(value: Any) -> Kind:
    try:
        return Kind(value)
    except ValueError as error:
        raise ValueError(f"{_quoted(value)} is neither original nor compiled") from error


def _places(value: Any) -> tuple[str, ...]:
    codes: dict[str, None] = {}  # in the order given, each once
    for name in [value] if isinstance(value, str) else _list(value):
        words = _words(name)
        found = (words,) if is_code(words) else country_codes(words)
        if not found:
            raise ValueError(f"{_quoted(words)} is no place known")
        codes.update(dict.fromkeys(found))
    return tuple(codes)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return value


def _based_on(value: Any) -> tuple[Basis, ...]:
    return tuple(_basis(item) for item in _list(value))


def _basis(record: Any) -> Basis:
    if not isinstance(record, Mapping):
        raise ValueError("must be a list of {publisher, title, url, updated, retrieved}")
    where = "based_on"
    try:
        publisher, title = _get(record, "publisher", where, _words), _get(record, "title", where, _words)
        if publisher is None or title is None:
            raise ValueError("each original needs a publisher and a title")
        return Basis(
            publisher,
            title,
            _get(record, "url", where, _address),
            _get(record, "updated", where, _date),
            _get(record, "retrieved", where, _date),
        )
    except UnreadableError as error:
        raise ValueError(error.reason.removeprefix(f"{where}: ")) from error

"""The sources that a user declared, in one readable TOML file: INDEX/sources.toml.

Where there is none yet, a file that ships stands for it, and is copied into the index by the first edit. Comments and
order stay as the user wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Table

from index.atomic import write_atomically
from index.errors import SafeciteError, SourceError
from index.places import is_code

Local = Literal["folder", "file", "archive"]
Online = Literal["govuk", "us", "canada", "australia", "germany", "rss", "web"]
LOCAL_KINDS: tuple[str, ...] = get_args(Local)
KINDS: tuple[str, ...] = LOCAL_KINDS + get_args(Online)

_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)  # it names a file of the index too
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SHAPE = {"kind": str, "address": str, "enabled": bool, "places": list}
_WORDS = {str: "words in quotes", bool: "true or false", list: 'a list such as ["KZ", "KG"]'}


@dataclass(frozen=True, slots=True)
class Declared:
    """One source as declared. `address` is a full path or a web address; `places` are the only ones wanted, if any."""

    name: str
    kind: str
    address: str
    enabled: bool = True
    places: tuple[str, ...] = ()


def sources_file(index: Path) -> Path:
    """Where an index keeps what was declared."""
    return index / "sources.toml"


def read_declared(index: Path, shipped: Path) -> tuple[Declared, ...]:
    """The declared sources in the order of their file. Raises SourceError with the file, the key and the reason."""
    path, text = _read(index, shipped)
    return _parse(text, path)


def add_declared(index: Path, shipped: Path, source: Declared) -> None:
    """Declare one more source. Raises SourceError where its name is taken or it cannot be used."""
    path, text = _read(index, shipped)
    if source.name.casefold() in {known.name.casefold() for known in _parse(text, path)}:
        raise SourceError(f"there is a source {source.name!r} already.", path=path, way_out="Give it another --name.")
    document = tomlkit.parse(text)
    table = tomlkit.table()
    table.update({"kind": source.kind, "address": source.address, "enabled": source.enabled})
    if source.places:
        table["places"] = list(source.places)
    _tables(document)[source.name] = table
    _write(index, document)


def remove_declared(index: Path, shipped: Path, name: str) -> None:
    """Declare a source no longer. Raises SourceError where it is not declared."""
    document = _document_with(index, shipped, name)
    tables = _tables(document)
    names = list(tables)
    here = names.index(name)
    # tomlkit counts what stands above a table as the end of the one before: it stays, in the table that it is about.
    end = takewhile(lambda row: row[0] is None, reversed(tables[name].value.body))
    comments = [item for _, item in end if isinstance(item, Comment)][::-1]
    del tables[name]
    if comments and here + 1 < len(names):
        tables[names[here + 1]] = _with_comments(tables[names[here + 1]], comments)
    _write(index, document)


def switch_declared(index: Path, shipped: Path, name: str, *, enabled: bool) -> None:
    """Turn a source on or off. Raises SourceError where it is not declared."""
    document = _document_with(index, shipped, name)
    _tables(document)[name]["enabled"] = enabled
    _write(index, document)


def _document_with(index: Path, shipped: Path, name: str) -> tomlkit.TOMLDocument:
    path, text = _read(index, shipped)
    if name not in {known.name for known in _parse(text, path)}:
        raise SourceError(f"no source {name!r} is declared.", path=path)
    return tomlkit.parse(text)


def _tables(document: tomlkit.TOMLDocument) -> Any:
    """The tables of the sources by name; tomlkit's own types say less than `_parse` has made sure of."""
    return document.setdefault("sources", tomlkit.table(is_super_table=True))


def _with_comments(table: Any, comments: Sequence[Comment]) -> Table:
    """The same table with comments atop."""
    made = tomlkit.table()
    for comment in comments:
        made.add(comment)
    for key, item in table.value.body:
        if key is None:
            made.add(item)
        else:
            made.add(key, item)
    return made


def _read(index: Path, shipped: Path) -> tuple[Path, str]:
    """The file that holds, and what it says."""
    own = sources_file(index)
    path = own if own.exists() else shipped
    try:
        return path, path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError("is not UTF-8.", path=path, way_out="Save it as UTF-8.") from error
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", path=path) from error


def _parse(text: str, path: Path) -> tuple[Declared, ...]:
    try:
        content: dict[str, Any] = tomlkit.parse(text).unwrap()
    except TOMLKitError as error:
        raise SourceError(f"is no TOML: {error}.", path=path, way_out="Mend that line.") from error
    tables = content.pop("sources", {})
    if content:
        raise _wrong(path, next(iter(content)), "is not known here", "A source begins with [sources.NAME].")
    if not isinstance(tables, dict):
        raise _wrong(path, "sources", "is no table", "A source begins with [sources.NAME].")
    found = tuple(_source(name, table, path) for name, table in tables.items())
    seen: set[str] = set()
    for source in found:  # two names that differ by case only would share a file on some systems
        if source.name.casefold() in seen:
            raise _wrong(path, f"sources.{source.name}", "has the name of another source", "Give it another name.")
        seen.add(source.name.casefold())
    return found


def _source(name: str, table: Any, path: Path) -> Declared:
    """One source of the file. Raises SourceError."""
    key = f"sources.{name}"
    if not _NAME.fullmatch(name):
        raise _wrong(path, key, "is no name for a source", "Use letters, digits, dots, - and _, 64 at most.")
    if not isinstance(table, dict):
        raise _wrong(path, key, "is no table", f"Write [{key}], and its kind and address below.")
    for field, value in table.items():
        if field not in _SHAPE:
            raise _wrong(path, f"{key}.{field}", "is not known", f"A source has {', '.join(_SHAPE)}.")
        if not isinstance(value, _SHAPE[field]):
            raise _wrong(path, f"{key}.{field}", f"is {value!r}", f"Write {_WORDS[_SHAPE[field]]}.")
    for field in ("kind", "address"):
        if field not in table:
            raise _wrong(path, key, f"has no {field}", f"Add a line: {field} = …")
    kind = table["kind"]
    if kind not in KINDS:
        raise _wrong(path, f"{key}.kind", f"is {kind!r}, which is no kind", f"Use one of {', '.join(KINDS)}.")
    address = str(Path(table["address"]).expanduser()) if kind in LOCAL_KINDS else table["address"]
    reason = _what_is_wrong(kind, address)
    if reason:
        raise _wrong(path, f"{key}.address", *reason)
    places = table.get("places", [])
    for code in places:
        if not isinstance(code, str) or not is_code(code):
            raise _wrong(path, f"{key}.places", f"holds {code!r}, which is no code", "Use ISO 3166 codes such as KZ.")
    return Declared(name, kind, address, table.get("enabled", True), tuple(places))


def _what_is_wrong(kind: str, address: str) -> tuple[str, str] | None:
    """What an address lacks for its kind, with the way out; None where it will do."""
    if kind in LOCAL_KINDS:
        is_full = Path(address).is_absolute()
        return None if is_full else (f"is {address!r}, which is no full path", "Write the whole path, or begin with ~.")
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"is {address!r}, which is no web address", "Write https://…"
    if parts.username is not None or parts.password is not None:
        return "holds a user's name or password", "Write the address without it."
    if not parts.hostname or re.search(r"\s", address):
        return f"is {address!r}, which is no web address", "Write https://…"
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return f"is {address!r}, which is not encrypted", "Write https://…"
    return None


def _wrong(path: Path, key: str, reason: str, way_out: str) -> SourceError:
    return SourceError(f"{key} {reason}.", path=path, way_out=way_out)


def _write(index: Path, document: tomlkit.TOMLDocument) -> None:
    """Old or new, never half; nothing is written that could not be read again."""
    path = sources_file(index)
    text = tomlkit.dumps(document)
    _parse(text, path)
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        way_out = "Is there room, and is it yours?"
        raise SafeciteError(f"cannot be written ({error.strerror}).", path=path, way_out=way_out) from error

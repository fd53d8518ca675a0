"""U.S. travel advisories as one JSON file a country: `country, level, full_title, remote_link, date, content_md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from index import places
from index.dates import PartialDate
from index.documents import Document, Reading, Skipped
from index.errors import UnreadableError
from index.readers.archive_metadata import PUBLISHERS, file_bytes, json_of
from index.readers.archive_series import series_of
from index.readers.metadata import web_address

_KEYS = ("full_title", "content_md", "date")
_LEVEL = re.compile(r"(?:.* - )?Level [1-4]: .")  # "See Summaries - " may stand before it, and belongs to it
_SEVERAL = "See Individual Summaries"  # stands where the name should, over places with a level each
_LINK_END = re.compile(r"(-travel)?-advisory\d*$")


def is_us_advisories(root: Path) -> bool:
    """Whether `root` holds at least one advisory of this shape, itself and not in a folder below."""
    for path in sorted(root.glob("*.json")):
        try:
            _record(path)
        except UnreadableError:
            continue
        return True
    return False


def read(source: str, root: Path) -> Iterator[Reading | Skipped]:
    """Every advisory under `root` in the order of its name; what cannot be read comes as Skipped, with the reason."""
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix != ".json":
            yield Skipped(source, path.name, "no JSON advisory")
            continue
        try:
            yield _read(source, path)
        except UnreadableError as error:
            yield Skipped(source, path.name, error.reason)


def _read(source: str, path: Path) -> Reading:
    raw, record = _record(path)
    full_title = " ".join(record["full_title"].split())
    # The first spaced dash ends the name: a bare one is part of it (Guinea-Bissau).
    name, _, level = full_title.partition(" - ")
    if not _LEVEL.match(level):
        raise UnreadableError(f"no level in the title {full_title[:80]!r}", path=path)
    url = web_address(record.get("remote_link"))
    if name == _SEVERAL:
        # Of several places with a level each (Israel, the West Bank and Gaza) only the address names them; the words
        # stay with the level, which is the gravest of the several.
        name, level = _name_in(url), full_title
    name = name.removesuffix(" Travel Advisory")
    about = places.country_codes(name)
    if not about:
        # Without a place it would stand as a general guide, and answer for every country.
        raise UnreadableError(f"{name[:80]!r} names no place", path=path)
    try:
        updated = PartialDate.from_words(record["date"])
    except ValueError as error:
        raise UnreadableError(f"no date in {record['date'][:80]!r}", path=path) from error
    publisher = PUBLISHERS["unitedstates"]
    document = Document(
        source=source,
        doc_id=path.name,
        title=f"{name}: Travel Advisory",
        text=f"# {full_title}\n\n{record['content_md']}",
        publisher=publisher.name,
        url=url,
        licence=publisher.licence,
        updated=updated,
        about=about,
        level=level,
        series=series_of(publisher.key, name, about, "advisory"),
        reader="us-json 1",
    )
    return Reading(document.with_hashes(raw), raw)


def _record(path: Path) -> tuple[bytes, dict[str, str]]:
    """The file's bytes and its fields. Raises UnreadableError where it is not an advisory."""
    raw = file_bytes(path)
    try:
        record = json_of(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("damaged JSON", path=path) from error
    if not isinstance(record, dict):
        raise UnreadableError("no JSON advisory", path=path)
    missing = [key for key in _KEYS if not isinstance(record.get(key), str) or not record[key].strip()]
    if missing:
        raise UnreadableError(f"without {', '.join(missing)}", path=path)
    return raw, record


def _name_in(url: str | None) -> str:
    """The places that an advisory's address names: "…/israel-west-bank-and-gaza-travel-advisory.html"."""
    slug = Path(urlsplit(url or "").path).stem
    return _LINK_END.sub("", slug).replace("-", " ").title().replace(" And ", " and ")

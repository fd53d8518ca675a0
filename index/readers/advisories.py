"""The public archive of five governments' travel advice: `ROOT/PUBLISHER/COUNTRY/*.md`.

Nothing is ever deleted there, so that a renamed page lies beside its old self and the folder's fresh date would stamp
both. What the publisher lists today is current; the rest is withdrawn, and dated by its own words or not at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from index import places
from index.dates import PartialDate
from index.documents import Document, Reading, Skipped, Status
from index.errors import UnreadableError
from index.readers import archive_levels, archive_metadata, sniff
from index.readers.archive_metadata import PUBLISHERS, Folder, Listed, Publisher, Row
from index.readers.archive_series import kind_of, series_of

_NOT_DOCUMENTS = {"last_run.txt"}  # the archive's own note of when it ran
_HEADING = re.compile(r"^\[?#{1,6}[ \t]+([^\s\]][^\]\n]*)", re.MULTILINE)


class _Country(NamedTuple):
    """A folder with what is known of it, before its pages are read; `row` is its row of the publisher's summary."""

    folder: Folder
    about: tuple[str, ...]
    row: Row | None
    abandoned: bool = False


def is_archive(root: Path) -> bool:
    """Whether `root` holds at least one publisher's folder with a country in it."""
    return any(next((root / key).glob("*/info.json"), None) is not None for key in PUBLISHERS)


def read(source: str, root: Path) -> Iterator[Reading | Skipped]:
    """Every page under `root` in the order of its path; what cannot be read comes as Skipped, with the reason."""
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name in PUBLISHERS:
            yield from _read_publisher(source, root, PUBLISHERS[path.name])
        elif not path.name.startswith(".") and not _is_summary(path):
            yield Skipped(source, path.name, "no part of the advisories archive")


def _read_publisher(source: str, root: Path, publisher: Publisher) -> Iterator[Reading | Skipped]:
    summary: dict[str, Row] = {}
    summary_path = root / f"{publisher.key}_summary.csv"
    try:
        summary = archive_metadata.read_summary(summary_path)
    except UnreadableError as error:
        yield Skipped(source, summary_path.name, error.reason)
    folders: dict[str, Folder] = {}
    reasons: dict[str, str] = {}
    for path in sorted((root / publisher.key).iterdir()):
        if path.is_dir():
            try:
                folders[path.name] = archive_metadata.read_folder(path)
            except UnreadableError as error:
                reasons[path.name] = error.reason
        elif path.name not in _NOT_DOCUMENTS and not path.name.startswith("."):
            yield Skipped(source, f"{publisher.key}/{path.name}", "no page of a country")
    about = {name: places.country_codes(name) for name in folders}
    # Without a place a page would stand as a general guide, and answer for every country.
    reasons |= {name: f"{name!r} names no place" for name in folders if not about[name]}
    countries = _countries(folders, about, summary)
    for name in sorted(folders.keys() | reasons.keys()):
        path = root / publisher.key / name
        doc_id = f"{publisher.key}/{name}"
        try:
            files = _files(path)
        except OSError as error:
            yield Skipped(source, doc_id, error.strerror or "cannot be read")
            continue
        for file in sorted(files):
            if name in reasons:
                yield Skipped(source, f"{doc_id}/{file}", reasons[name])
            else:
                yield _page(source, f"{doc_id}/{file}", path / file, publisher, files, countries[name])


def _files(path: Path) -> set[str]:
    """The country's files without `info.json` and what the system hides there; a page may be called `.md`."""
    names = {file.name for file in path.iterdir()}
    return {name for name in names if name == ".md" or not (name == "info.json" or name.startswith("."))}


def _countries(
    folders: Mapping[str, Folder], about: Mapping[str, tuple[str, ...]], summary: Mapping[str, Row]
) -> dict[str, _Country]:
    """The folders by their names, abandoned or not.

    A folder that the publisher's summary no longer names, while others there hold its places, was renamed or split:
    "Timor Leste" beside "Timor-Leste", "Israel and the Occupied Territories" beside "Israel" and "Palestine". One that
    is newer than the folder that the summary names for the very same place is the other way round: the rename has
    reached the pages and not yet the summary ("The Gambia" beside "Gambia, The"), so that the summary's row is its row.
    """
    named = {name for name, folder in folders.items() if folder.name in summary}
    held = {code for name in named for code in about[name]}
    same_place: dict[tuple[str, ...], list[str]] = {}
    for name in folders:
        same_place.setdefault(about[name], []).append(name)
    countries = {}
    for name, folder in folders.items():
        twins = [folders[other] for other in same_place[about[name]] if (other in named) != (name in named)]
        if name in named:
            renamed = any(_newer(twin, folder) for twin in twins)
            countries[name] = _Country(folder, about[name], None if renamed else summary[folder.name])
        elif older := [twin for twin in twins if _newer(folder, twin)]:
            countries[name] = _Country(folder, about[name], summary[older[0].name])
        else:
            countries[name] = _Country(folder, about[name], None, abandoned=held.issuperset(about[name]))
    return countries


def _page(
    source: str, doc_id: str, path: Path, publisher: Publisher, files: set[str], country: _Country
) -> Reading | Skipped:
    file = path.name
    if not file.endswith(".md"):
        return Skipped(source, doc_id, "no page of the archive")
    try:
        raw, text = _characters(path)
    except UnreadableError as error:
        return Skipped(source, doc_id, error.reason)
    folder = country.folder
    listed = folder.page(file, files)
    stem = file.removesuffix(".md")
    title = _title(stem, listed, text)
    kind = kind_of(publisher.key, stem or title)
    updated, status = _standing(publisher, kind, text, country, listed)
    sha256 = hashlib.sha256(raw).hexdigest()
    document = Document(
        source=source,
        doc_id=doc_id,
        title=f"{folder.name}: {title}",
        text=text,
        publisher=publisher.name,
        url=_url(publisher, kind, country, listed),
        licence=publisher.licence,
        updated=updated,
        about=country.about,
        level=archive_levels.level_of(publisher.key, kind, text, folder, country.row),
        series=series_of(publisher.key, folder.name, country.about, kind),
        status=status,
        reader="advisories 1",
        raw_sha256=sha256,
        text_sha256=sha256,  # the text is the bytes, as UTF-8
    )
    return Reading(document, raw)


def _standing(
    publisher: Publisher, kind: str, text: str, country: _Country, listed: Listed | None
) -> tuple[PartialDate | None, Status]:
    """The page's own date, and whether it holds today."""
    folder = country.folder
    if publisher.key == "unitedstates" and kind == "advisory":
        # The archive lists no advisory for seven places whose information pages share one (France and Monaco): such a
        # page dates itself, and the newest of its series wins, as among all advisories.
        own = archive_levels.advisory_date(text)
        if listed is None:
            return own, Status.CURRENT if own else Status.WITHDRAWN
        return own or folder.advisory_updated, Status.WITHDRAWN if country.abandoned else Status.CURRENT
    if listed is None:
        return None, Status.WITHDRAWN  # the folder's date is that of the pages which replaced it
    updated = listed.updated or folder.updated
    if updated is None and country.row is not None:
        updated = country.row.details_updated
    # An abandoned folder's date stands: it stopped when the folder did.
    return updated, Status.WITHDRAWN if country.abandoned else Status.CURRENT


def _url(publisher: Publisher, kind: str, country: _Country, listed: Listed | None) -> str | None:
    """Where the page can be seen today; None for what its publisher took down."""
    row = country.row
    if publisher.key == "unitedstates" and kind == "advisory":
        return row.advisory_url if row else None
    if listed is None:
        return None
    return listed.url or country.folder.url or (row.details_url if row else None)


def _title(stem: str, listed: Listed | None, text: str) -> str:
    """What the publisher calls the page: its listing, else its file's name, else its first heading."""
    if listed is not None and listed.title:
        # The archive's word for the part of an Irish page above the first heading, which is the security status.
        return "Security status" if listed.title == "Misc" else listed.title
    if (listed is not None or not stem) and (heading := _HEADING.search(text)):
        return " ".join(heading.group(1).split())
    return stem.replace("_", " ") or "Untitled page"


def _characters(path: Path) -> tuple[bytes, str]:
    """The page's bytes and characters. Raises UnreadableError."""
    raw = archive_metadata.file_bytes(path)
    sniff.check(raw, "text")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("not UTF-8", path=path) from error
    if text.isspace():
        raise UnreadableError("no text in it", path=path)
    return raw, text


def _newer(folder: Folder, other: Folder) -> bool:
    mine, theirs = folder.newest, other.newest
    return mine is not None and (theirs is None or mine.first() > theirs.first())


def _is_summary(path: Path) -> bool:
    return path.name in {f"{key}_summary.{kind}" for key in PUBLISHERS for kind in ("csv", "json")}

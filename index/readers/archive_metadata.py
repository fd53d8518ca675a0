"""What the advisories archive says beside its pages: a folder's `info.json` and a publisher's summary.

ROOT/PUBLISHER/COUNTRY/*.md, info.json        one page a file; which pages are listed, and their dates
ROOT/PUBLISHER_summary.csv                    a row a country: level, date, addresses
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from index.dates import PartialDate
from index.errors import UnreadableError
from index.readers.metadata import web_address

LARGEST = 20_000_000  # bytes; the largest page seen has 0.3 million


class Publisher(NamedTuple):
    """One government, as the archive's folder `key` holds it."""

    key: str
    name: str
    licence: str


PUBLISHERS = {
    publisher.key: publisher
    for publisher in (
        Publisher("australia", "Australian Department of Foreign Affairs and Trade (Smartraveller)", "CC BY 4.0"),
        Publisher("canada", "Global Affairs Canada", "Government of Canada terms: reproduction with attribution"),
        Publisher("ireland", "Ireland Department of Foreign Affairs", "Publisher's terms: reuse with attribution"),
        Publisher(
            "unitedkingdom", "UK Foreign, Commonwealth & Development Office", "Open Government Licence v3.0 (OGL)"
        ),
        Publisher("unitedstates", "U.S. Department of State", "US government work"),
    )
}


class Listed(NamedTuple):
    """A page that its publisher lists today."""

    title: str | None
    url: str | None
    updated: PartialDate | None


@dataclass(frozen=True, slots=True)
class Folder:
    """A country's `info.json`: its `name` in the publisher's own spelling and the pages listed there, by file name.

    `updated` is the date of the country's pages; where the publisher dates its advisory apart from them (the US),
    that is `advisory_updated`. `level` is empty where the file gives none.
    """

    name: str
    pages: Mapping[str, Listed]
    level: str | None
    updated: PartialDate | None
    advisory_updated: PartialDate | None
    url: str | None

    @property
    def newest(self) -> PartialDate | None:
        """The later of the folder's two dates."""
        known = [date for date in (self.updated, self.advisory_updated) if date is not None]
        return max(known, key=PartialDate.last) if known else None

    def page(self, file: str, files: set[str]) -> Listed | None:
        """The listing of `file`, one of the `files` that the folder holds; None where it is not listed.

        A file system that ignores case keeps one of `Local laws.md` and `Local Laws.md`, under either spelling: a
        listed name without a file of its own stands for the file that differs from it in case only.
        """
        if file in self.pages:
            return self.pages[file]
        for name, listed in self.pages.items():
            if name not in files and name.casefold() == file.casefold():
                return listed
        return None


class Row(NamedTuple):
    """What a publisher's summary says of one country. Several rows of one name are merged."""

    level: str | None
    details_url: str | None
    advisory_url: str | None
    details_updated: PartialDate | None


def read_folder(path: Path) -> Folder:
    """The folder's `info.json`. Raises UnreadableError where it is missing, damaged or not of the known shape."""
    try:
        info = json_of(file_bytes(path / "info.json"))
        pages = {_file_name(page["file"]): _listed(page) for page in info.get("pages", [])}
        pages |= {_file_name(file): Listed(None, None, None) for file in info.get("sections", {}).values()}
        if info.get("overview"):
            pages[_file_name(info["overview"])] = Listed(None, None, None)
        return Folder(
            name=str(info["destination"] if "destination" in info else info["name"]),
            pages=pages,
            level=_words(info.get("risk_level") or info.get("advisory_level")),
            updated=_date(info.get("update_date") or info.get("last_updated") or info.get("update_date_details")),
            advisory_updated=_date(info.get("update_date_advisory")),
            url=web_address(info.get("url")),
        )
    except UnreadableError as error:
        raise UnreadableError(f"info.json: {error.reason}", path=path) from error
    except (ValueError, RecursionError) as error:  # JSON, UTF-8 and dates
        raise UnreadableError("info.json: damaged", path=path) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableError("info.json: not of the archive's shape", path=path) from error


def read_summary(path: Path) -> dict[str, Row]:
    """The publisher's summary by the country's name; empty where there is none. Raises UnreadableError."""
    if not path.exists():
        return {}
    rows: dict[str, list[dict[str, str]]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                rows.setdefault(row["destination"], []).append(row)
        return {name: _merged(name, same) for name, same in rows.items()}
    except OSError as error:
        raise UnreadableError(error.strerror or "cannot be read", path=path) from error
    except (ValueError, csv.Error) as error:
        raise UnreadableError("damaged", path=path) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableError("not of the archive's shape", path=path) from error


def file_bytes(path: Path) -> bytes:
    """The file's bytes. Raises UnreadableError where it cannot be read or is too large to be a page."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise UnreadableError(f"larger than {LARGEST // 1_000_000} MB", path=path)
            return file.read()
    except OSError as error:
        raise UnreadableError(error.strerror or "cannot be read", path=path) from error


def json_of(raw: bytes) -> Any:
    """What the JSON says. Raises ValueError where it is damaged, also by half a character that UTF-8 cannot hold."""
    value = json.loads(raw)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def _merged(name: str, rows: list[dict[str, str]]) -> Row:
    """One row of several: the US summary lists France once for each of its information pages (Monaco's is one)."""

    def first(column: str) -> str | None:
        return next((row[column] for row in rows if row.get(column)), None)

    letters = _letters(name)
    own = [url for row in rows if (url := row.get("country_info_url")) and _letters(Path(url).stem) == letters]
    return Row(
        level=_words(first("risk_level")),
        details_url=web_address(own[0] if own else first("country_info_url") or first("details_url") or first("url")),
        advisory_url=web_address(first("advisory_details_url")),
        details_updated=_date(first("last_updated_country_details")),
    )


def _listed(page: dict[str, Any]) -> Listed:
    return Listed(
        str(page.get("title") or "").strip() or None, web_address(page.get("url")), _date(page.get("update_date"))
    )


def _words(value: object) -> str | None:
    """A level as given; Ireland's metadata says "No summary found" of every country, which is no level."""
    words = " ".join(str(value or "").split())
    return None if words in ("", "No summary found") else words


def _date(value: object) -> PartialDate | None:
    return PartialDate.parse(value) if value else None


def _file_name(path: object) -> str:
    return str(path).rpartition("/")[2]


def _letters(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalpha())

"""Where each government's advisory level really is: in its own words, on the page that carries it."""

from __future__ import annotations

import re

from index.dates import PartialDate
from index.readers.archive_metadata import Folder, Row

# A heading is one line, and its words are trimmed afterwards: no pattern here can run wild on a hostile page.
_CANADA = re.compile(
    r"^#{2,6}[^\S\n].*[-–] *"
    r"(take normal security precautions|exercise a high degree of caution|avoid non-essential travel|avoid all travel)"
    r"(?: \(with regional advisories\))?[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_IRELAND_FIRST = re.compile(r"\A\s*#{1,6} (.+)")
_IRELAND_OLD = re.compile(
    r"^#{1,6}[^\w\n]*security status[^\w\n]*\n+.*?"
    r"(normal\s(?:safety\s)?precautions|high\sdegree\sof\scaution|avoid\snon[-\s]essential\stravel|do\snot\stravel)",
    re.IGNORECASE | re.MULTILINE,
)
_UK = re.compile(r"^#{1,6}\s((?:areas\swhere\s)?(?:the\s)?FCDO\sadvises\sagainst\s.+)", re.IGNORECASE | re.MULTILINE)
_US_LEVEL = re.compile(r"^#{1,6} .*(Level [1-4]: .+)", re.MULTILINE)
_US_DATE = re.compile(r"^#{1,6} Travel Advisory\s([A-Z][a-z]+\s\d{1,2},\s\d{4})\s*$", re.MULTILINE)


def level_of(publisher: str, kind: str, text: str, folder: Folder, row: Row | None) -> str | None:
    """The government's level in the words of the page or of its metadata, None on every page that carries none.

    `kind` is the page's kind (`archive_series.kind_of`). A UK page without a level is one in whose headings no
    warning was found: that is not "safe".
    """
    found: str | None = None
    match publisher, kind:
        case "australia", "overview":
            found = folder.level
        case "canada", "risk":
            found = (row.level if row else None) or _canada(text)
        case "ireland", "misc":
            found = _first(_IRELAND_FIRST, text)
        case "ireland", "overview":
            found = _first(_IRELAND_OLD, text)
        case "unitedkingdom", "warnings-and-insurance":
            # The first such heading is the gravest: "all but essential travel" has one of its own, below.
            found = _first(_UK, text)
        case "unitedstates", "advisory":
            # Metadata first: Macau's page is China's, whose heading names the level of all three places.
            found = folder.level or _first(_US_LEVEL, text) or (row.level if row else None)
    return " ".join(found.split()).rstrip(" :") if found else None


def advisory_date(text: str) -> PartialDate | None:
    """The date in the heading of a US advisory page, "Travel Advisory May 28, 2025"; None where there is none."""
    words = _first(_US_DATE, text)
    if words is None:
        return None
    try:
        return PartialDate.from_words(words)
    except ValueError:
        return None


def _canada(text: str) -> str | None:
    """The level in a risk page's headings, where they name one only: several need the summary to choose."""
    found = {words.casefold(): words for words in _CANADA.findall(text)}
    return next(iter(found.values())) if len(found) == 1 else None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group(1) if match else None

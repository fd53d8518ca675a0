"""The emergency card of a place: its services' numbers, each quoted, and what is said of how well they work.

Read from all current passages, not searched for, so that no government's number is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.arrange import newest_first
from assistant.emergency_lines import CARD, SHORT_CODE, Line, lines, remarks
from assistant.evidence import Quote, distinct
from assistant.place_texts import PlaceTexts
from index.documents import Kind
from index.places import find_places

__all__ = ["CARD", "EmergencyCard", "Line", "Service", "emergency_card"]

_MOST_REMARKS = 6
_FITTING = re.compile(r"emergenc|local contacts|getting help", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Service:
    """What is said of one service's number: originals newest first, then what we compiled."""

    key: str
    lines: tuple[Line, ...]

    @property
    def differ(self) -> bool:
        """Whether two sources give different numbers, or one gives a number where another says that there is none."""
        said = [line for line in self.lines if line.quote.document.kind is Kind.ORIGINAL]
        given = [line.dialled for line in said if line.numbers]
        apart = any(not one & other for one in given for other in given)
        return apart or (bool(given) and any(line.absent for line in said))


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """The services of `CARD` that any source speaks of, and what is said of how well they work."""

    services: tuple[Service, ...]
    remarks: tuple[Quote, ...]

    def service(self, key: str) -> Service | None:
        """One of them; None where no source speaks of it."""
        return next((service for service in self.services if service.key == key), None)


def emergency_card(texts: PlaceTexts, place: str) -> EmergencyCard:
    """The card of a country, by its code."""
    found: dict[str, list[Line]] = {key: [] for key in CARD}
    told: list[Quote] = []
    for text in texts:
        for key, line in lines(text, place):
            found[key].append(line)
        told.extend(remarks(text))
    services = tuple(Service(key, _arranged(given)) for key, given in found.items() if given)
    quoted = {(line.quote.document.key, line.quote.start) for s in services for line in s.lines}
    unquoted = [q for q in newest_first(told) if (q.document.key, q.start) not in quoted]
    return EmergencyCard(services, tuple(distinct(_few_each(unquoted, 2), _MOST_REMARKS)))


def _arranged(given: Sequence[Line]) -> tuple[Line, ...]:
    """Each publisher's numbers once, newest first.

    Where it gives a short one, its long ones are left out; where it gives the country's, a city's are.
    """
    chosen: list[Line] = []
    for _, group in groupby(sorted(given, key=_publisher), key=_publisher):
        said = sorted(group, key=lambda line: (_rank(line), len(line.quote.shown)))
        said = [line for line in said if line.absent or _rank(line)[:2] == _rank(said[0])[:2]]
        once: list[Line] = []
        for line in said:
            if not any(_says_the_same(line, other) for other in once):
                once.append(line)
        chosen.extend(once)
    order = {id(quote): n for n, quote in enumerate(newest_first([line.quote for line in chosen]))}
    return tuple(sorted(chosen, key=lambda line: order[id(line.quote)]))


def _says_the_same(one: Line, other: Line) -> bool:
    """Whether one of two lines gives no number that the other does not; a denial says the same as a denial only."""
    if one.absent or other.absent:
        return one.absent and other.absent
    return one.dialled <= other.dialled or one.dialled >= other.dialled


def _publisher(line: Line) -> str:
    return line.quote.document.publisher


def _rank(line: Line) -> tuple[bool, bool, bool]:
    """Short codes before long numbers, the whole country's before a city's; those under a fitting heading first."""
    long = bool(line.numbers) and min(len(n.digits) for n in line.numbers) > SHORT_CODE
    city = any(mention.kind == "city" for mention in find_places(line.quote.shown, slips=False))
    return long, city, not any(_FITTING.search(words) for words in line.quote.heading_words)


def _few_each(quotes: Sequence[Quote], most: int) -> list[Quote]:
    by_publisher = groupby(sorted(quotes, key=lambda q: q.document.publisher), key=lambda q: q.document.publisher)
    kept = {id(q) for _, group in by_publisher for q in list(group)[:most]}
    return [q for q in quotes if id(q) in kept]

"""The emergency card of a place: its services' numbers, each quoted, and what is said of how well they work.

Beside them stand the numbers of embassies and consulates, as each government gives them to its own citizens.

Read from all current passages, not searched for, so that no government's number is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.choosing.arrange import GOVERNMENTS
from assistant.choosing.emergency_lines import CARD, Line, lines, remarks
from assistant.choosing.numbers import SHORT_CODE, phone_numbers
from assistant.choosing.place_texts import PlaceTexts, Text
from assistant.choosing.quotes import Quote, distinct, newest_first
from assistant.understanding.services import SERVICES
from index.documents import Kind
from index.places import find_places

_OPTIONAL = ("general", "tourist police")  # many countries have none of their own
_MOST_REMARKS = 6
_MOST_CONSULAR = 4
_FITTING = re.compile(r"emergenc|local contacts|getting help", re.IGNORECASE)
_CONSULAR = next(service.named for service in SERVICES if service.key == "consular")
_GOVERNMENT = {name: code for code, name in GOVERNMENTS.items()}
_CALLED = re.compile(
    r"\+ ?\(?\d|\b(?:tel|tele?phone|phone|call\w*|ring|reach\w*|contact(?:ed)? \w|number)", re.IGNORECASE
)
_FAX = re.compile(r"\bfax\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d\d")


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
    """The services of `CARD` that any source speaks of, and what is said of how well they work.

    `consular` gives by country what its government says of its own embassies and consulates; its code is the key.
    """

    services: tuple[Service, ...]
    remarks: tuple[Quote, ...]
    consular: tuple[Service, ...] = ()

    def service(self, key: str) -> Service | None:
        """One of them; None where no source speaks of it."""
        return next((service for service in self.services if service.key == key), None)

    @property
    def rows(self) -> tuple[tuple[str, Service | None], ...]:
        """The services as a card shows them, by their keys; None stands where one is missed."""
        found = ((key, self.service(key)) for key in CARD)
        return tuple((key, service) for key, service in found if service or key not in _OPTIONAL)

    def consulate(self, passport: str) -> Service | None:
        """The embassies and consulates of a country, by its code; None where its government gives no number."""
        return next((service for service in self.consular if service.key == passport), None)


def emergency_card(texts: PlaceTexts, place: str) -> EmergencyCard:
    """The card of a country, by its code."""
    found: dict[str, list[Line]] = {key: [] for key in CARD}
    own: dict[str, list[Line]] = {}
    told: list[Quote] = []
    for text in texts:
        if text.document.publisher in _GOVERNMENT:
            own.setdefault(_GOVERNMENT[text.document.publisher], []).extend(_consular_lines(text, place))
        for key, line in lines(text, place):
            found[key].append(line)
        told.extend(remarks(text))
    services = tuple(Service(key, _arranged(given)) for key, given in found.items() if given)
    quoted = {(line.quote.document.key, line.quote.start) for s in services for line in s.lines}
    unquoted = [q for q in newest_first(told) if (q.document.key, q.start) not in quoted]
    remarked = tuple(distinct(_few_each(unquoted, 2), _MOST_REMARKS))
    return EmergencyCard(
        services, remarked, tuple(Service(code, _nearest(given)) for code, given in own.items() if given)
    )


def _consular_lines(text: Text, place: str) -> Iterator[Line]:
    """The lines that give a number of an embassy, of a consulate, or of the ministry behind them."""
    above = _under_consular(text.headings)
    for number, (start, end, *_) in enumerate(text.units):
        if not _FIGURE.search(text.text, start, end) or not (above or _CONSULAR.search(text.text, start, end)):
            continue
        quote = text.quote_unit(number)
        told = phone_numbers(quote.shown, place)
        numbers = tuple(number for number in told if len(number.digits) > SHORT_CODE)
        called = _CALLED.search("\n".join((*quote.heading_words[-1:], quote.shown)))
        if numbers and called and not _FAX.search(quote.shown):
            yield Line(quote, numbers)


def _under_consular(headings: Sequence[str]) -> bool:
    return any(map(_CONSULAR.search, headings[-2:]))


def _nearest(given: Sequence[Line]) -> tuple[Line, ...]:
    """A few as they stand on their page, none that gives no number but those above it.

    Where some stand under a heading that names embassies, what is only mentioned elsewhere is left out.
    """
    under = [line for line in given if _under_consular(line.quote.heading_words)]
    chosen: list[Line] = []
    for line in under or given:
        if not any(line.dialled <= other.dialled for other in chosen):
            chosen.append(line)
    return tuple(chosen[:_MOST_CONSULAR])


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

"""Whose emergency number a line gives, or that there is none: a sentence or list item of a page, read by rule.

A line tells itself whose number it gives, else its heading does. An embassy's number, another country's or that of long
ago is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.choosing.numbers import SHORT_CODE, PhoneNumber, phone_numbers, without_givers
from assistant.choosing.place_texts import Text
from assistant.choosing.quotes import Quote
from assistant.understanding.services import SERVICES, is_foreign_line
from index.places import find_places

GENERAL = "general"
CARD = ("general", "police", "ambulance", "fire", "tourist police")  # in the order of the card

_OTHER = re.compile(
    r"roadside|breakdown|towing|\bdeaf\b|hard of hearing|domestic violence|coast ?guard|sea rescue|sea and rescue|"
    r"mountain|avalanche|hotline|crisis line|non-emergency|licen[cs]e|vehicle|tourist assistance",
    re.IGNORECASE,
)
_PAST = re.compile(r"\bin (?:[A-Z]\w+ )?(?:19|20)\d\d\b", re.IGNORECASE)
_CLINIC = next(service.named for service in SERVICES if service.key == "clinic")
_NAMED = {service.key: service.named for service in SERVICES if service.key in CARD}
_ABOUT = re.compile(r"emergenc|local contacts|police|ambulance|\bfire|rescue|\b(?:112|911|999)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d\d")
_DENIAL = re.compile(
    r"\b(?:no|not have an?|without an?|lacks? an?)\s+(?:[\w’'-]+\s+){0,5}?"
    r"(?:(?:emergency|ambulance|police|fire) (?:[\w-]+ )?(?:numbers?|services?|lines?)|ambulances?)\b"
    r"|\b(?:emergency|ambulance|fire|rescue) services? (?:[\w-]+ ){0,4}?(?:not available|unavailable|non-existent|"
    r"(?:do|does) not exist|(?:aren[’']t|isn[’']t) available)\b",
    re.IGNORECASE,
)
# That a service is poor, or absent somewhere, does not mean that there is none.
_PARTIAL = re.compile(
    r"emergency road|stranded|\b(?:no|not|without) (?:adequate|reliable|proper)|"
    r"\bin (?:some|many|most|rural) (?:areas|parts)|\boutside\b|elsewhere",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\b(?:ambulances?|emergency (?:services?|response\w*|numbers?|medical services?|lines?|operators?)|911|112|999)\b",
    re.IGNORECASE,
)
_POOR = re.compile(
    r"\b(?:unreliable|unpredictable|limited|not|no|poor|slow|delay\w*|lacks?|few|basic|scarce|English|rarely|scarcely|"
    r"unavailable|only|private|inadequate|below)\b|n[’']t\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?!They |It )[A-Z].*\.$", re.DOTALL)
_NO_REMARK = re.compile(
    r"insur|contingency|supplies|embass|consul|evacuat|air ambulance|state of emergency|vehicle|passport|no longer|"
    r"government employees|U\.S\. government|emergency medical (?:care|treatment)|personnel|\bcall\b|exit|alert|"
    r"U\.S\. citizens in",
    re.IGNORECASE,
)
# A line is read one breath at a time; brackets are one of their own where they hold a number.
_BREATH = re.compile(
    r"[;\n•]|,(?![^()]*\))|\.\s|\((?=[^)]*\d)|\band\b(?![^()]*\))|"
    r"(?<=[a-z]) or (?=\d[\d -]* for\b)|"  # "999 for medical or 995 for police"
    r"(?:(?<=police)|(?<=ambulance)|(?<=fire)|(?<=brigade)|(?<=services)|(?<=\))) or\b"
)
_LEADS = re.compile(
    r"(?:\b(?:call|dial\w*|ring|numbers?|phone|telephone|contact|reach\w*|SMS|text|line|police|ambulance|fire|brigade|"
    r"on|at|is|are|or|and|by)(?: the)?|[:;/(,–—-])\s*$",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\d[\d\s-]{5,}/\s*$")
_MEASURE = re.compile(
    r"[-\s](?:hours?|square|metres?|meters?|days?|years?|people|officers|/7)|/7|[.:]\d\d\b", re.IGNORECASE
)
_GOES_ON = re.compile(r"\W*(?:$|\d|from|on|via|by|or|and|in an?\b|at\b|for (?:an?|all|any) )", re.IGNORECASE)
_WILD = re.compile(r"\b(?:wild|forest |bush |bush)fires?\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|any) emergenc", re.IGNORECASE)
_ANY_SERVICE = re.compile(
    r"\bemergency(?: (?:and|or) \w+)? (?:services?|(?:tele)?phone|numbers?|contacts?|line|department|response|call)|"
    r"\b(?:rescue|emergency) number|^emergenc(?:y|ies)\b|\ban emergency\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A quote that gives a service's number, or says that there is none.

    `numbers` stand in `quote.shown`; none where `absent`.
    """

    quote: Quote
    numbers: tuple[PhoneNumber, ...]
    absent: bool = False

    @property
    def dialled(self) -> frozenset[str]:
        """What is dialled."""
        return frozenset(number.digits for number in self.numbers)


def lines(text: Text, place: str) -> Iterator[tuple[str, Line]]:
    """Each sentence or list item that tells a number, or that there is none, by service."""
    for quote in _hinting(text):
        if (denial := _DENIAL.search(quote.shown)) and not _PARTIAL.search(quote.shown):
            if not is_foreign_line(quote.shown, place):
                for key in _services(denial.group()) or [GENERAL]:
                    yield key, Line(quote, (), absent=True)
        elif _FIGURE.search(quote.shown):
            words = without_givers(quote.shown, quote.document)
            given = numbers_told(words, quote.heading_words, place)
            yield from ((key, Line(quote, tuple(numbers))) for key, numbers in given.items())


def numbers_told(line: str, headings: Sequence[str], place: str | None) -> dict[str, list[PhoneNumber]]:
    """The numbers of a place's emergency services that a line gives under its headings; of any place where none is."""
    given = {} if _foreign(line, headings[-1:], place) else _given(line, headings, place)
    return {} if given and place and _elsewhere(line, place) else given


def _hinting(text: Text) -> Iterator[Quote]:
    """The units of a passage that may tell of emergency services."""
    under = any(_ABOUT.search(words) for words in text.headings[-2:])
    for number, (start, end, *_) in enumerate(text.units):
        if (under and _FIGURE.search(text.text, start, end)) or _ABOUT.search(text.text, start, end):
            yield text.quote_unit(number)


def _foreign(told: str, headings: Sequence[str], place: str | None) -> bool:
    """Whether a line speaks of an embassy's number or an insurer's, of a number for some only, or of the past."""
    words = "\n".join((told, *headings))
    return is_foreign_line(words, place) or any(pattern.search(words) for pattern in (_OTHER, _PAST))


def _elsewhere(told: str, place: str) -> bool:
    """Whether a line names another country."""
    return any(place not in mention.codes for mention in find_places(told, slips=False))


def _given(shown: str, headings: Sequence[str], place: str | None) -> dict[str, list[PhoneNumber]]:
    """The numbers that a line gives, by service.

    A part of it that names no service goes on with the one named before; services named without a number wait for the
    next one ("police, fire and ambulance: 112"). A line that names none gives those of its heading.
    """
    numbers = [n for n in phone_numbers(shown, place) if _is_dialled(shown, n)]
    if not numbers or (_CLINIC.search(shown) and min(len(n.digits) for n in numbers) > SHORT_CODE):
        return {}
    given: dict[str, list[PhoneNumber]] = {}
    waiting, at_hand = [], list[str]()
    for words, held in _parts(shown, numbers):
        waiting += _services(words)
        if held and (waiting or _GOES_ON.match(shown, held[-1].end)):
            at_hand, waiting = _narrowest(waiting) or at_hand or _above(headings), []
            for key in at_hand:
                given.setdefault(key, []).extend(held)
    return given


def _above(headings: Sequence[str]) -> list[str]:
    """The services that the nearest heading names."""
    return next((found for words in reversed(headings[-2:]) if (found := _services(words))), [])


def _narrowest(keys: Sequence[str]) -> list[str]:
    """ "In an emergency call the police": the police. One number for all three is the general one."""
    named = [key for key in keys if key != GENERAL]
    return [GENERAL] if {"police", "ambulance", "fire"} <= set(named) else named or list(dict.fromkeys(keys))


def _is_dialled(shown: str, number: PhoneNumber) -> bool:
    """Whether a figure stands where a number to dial does; "a 272-square-metre museum" is none."""
    after = shown[number.end : number.end + 12]
    if _EXTENSION.search(shown[: number.start]) or re.match(r"-[A-Za-z]", after):  # "11-126-4359/4377", "1800-DELITO"
        return False
    return not _MEASURE.match(after) and (number.start == 0 or _LEADS.search(shown[: number.start]) is not None)


def _parts(shown: str, numbers: Sequence[PhoneNumber]) -> Iterator[tuple[str, list[PhoneNumber]]]:
    """The line, one breath after another, with the numbers that stand in each."""
    edges = [0, *(match.start() for match in _BREATH.finditer(shown) if match.start()), len(shown)]
    for low, high in pairwise(edges):
        yield shown[low:high], [n for n in numbers if low <= n.start < high]


def _services(words: str) -> list[str]:
    """The services of the card that words name; the general number where only emergency services are spoken of."""
    words = _WILD.sub("", words)
    if _ALL.search(words):
        return [GENERAL]
    named = [key for key, pattern in _NAMED.items() if pattern.search(words)]
    return named or ([GENERAL] if _ANY_SERVICE.search(words) else [])


def remarks(text: Text) -> Iterator[Quote]:
    """Sentences on how well the services work."""
    for quote in _hinting(text):
        shown = quote.shown
        told = _REMARK.search(shown) and _POOR.search(shown) and _SENTENCE.match(shown)
        denied = _DENIAL.search(shown) and not _PARTIAL.search(shown)
        if told and not denied and not _NO_REMARK.search(shown):
            yield quote

"""Whose telephone number is it? What a page's own labels say: "Police: 102", "Call 103" under "Medical emergencies".

Written apart from the assistant's reading of numbers, so that one does not vouch for the other. It reads two shapes:
sections about emergency services or assistance (UK, Ireland), and pages with a heading for each service under
"Emergencies" (Australia). A label with a word that it does not know (tourist, traffic, station …) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from eval.gold import Gold
from eval.making import Page, naming
from index.places import place_name
from index.plain import plain_text
from index.sentences import sentence_spans

SERVICES = {
    "police": re.compile(r"\bpolice\b", re.IGNORECASE),
    "ambulance": re.compile(r"\b(?:ambulances?|medical|paramedics?)\b", re.IGNORECASE),
    "fire": re.compile(r"\bfire(?:fighters?|men)?\b", re.IGNORECASE),
}
NUMBER = re.compile(
    r"(?<![\w.,/-])(?=(?:\D{0,3}\d){2})(?:\+ ?|\(\+?)?\d+\)?(?:[ -]?\(\d+\)(?=[ -]?\d)|[ -]{1,2}\d+|(?<=\))\d+)*"
    r"(?![\w%]|[.,]\d|-\w|/7)|(?<=\d/)\d{3}\b"
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)
_EMERGENCY = re.compile(r"emergency (?:services|assistance|numbers?)\b", re.IGNORECASE)
_EMERGENCIES = re.compile(r"emergencies", re.IGNORECASE)
_FILLER_WORDS = """
a accident accidents all also alternatively an and any app are as assistance at be brigade by call calling can car
central cities contact country department dept dial dialing dialling direct directly either emergencies emergency
european fighters following for free from general help in is landline landlines line local mobile mobiles national
need number numbers of on or phone rescue ring service services specific tel telephone the their these they to
toll towns unified urgent use using via visitors when with you your
"""
_BESIDE = frozenset({"mountain", "coastguard"})  # known where a service stands beside them
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FILLER = frozenset(_WORD.findall(_FILLER_WORDS))
_AFTER = re.compile(r"\s*(?:\(([^()]*)\)|[–-]?\s*for (?:the |an )?([^.;,]*))")
_NOT_LOCAL = re.compile(r"\bnon-|outside|overseas|abroad|insur", re.IGNORECASE)
_EMERGENCY_AT_ALL = r"emergency (?:services|numbers?|telephone numbers?)\b"
_DENIAL = re.compile(
    r"\bthere(?: is|['’]s| are) (?:currently )?no (?:general |national |central |centralised |single |equivalent |"
    r"emergency |public |local )*(?:\w+ or )?(?:ambulances?\b|police\b|fire\b|medical number|services\b|numbers?\b|"
    r"to the UK)",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(
    r"outside|rural|remote|outlying|some |certain|areas|islands? of|other than|mountain|event of|stranded",
    re.IGNORECASE,
)
_OTHER = re.compile(r"tourist|traffic|domestic|not an emergency|non-|less urgent", re.IGNORECASE)


class Reading(NamedTuple):
    """The sentence at `text[start:end]` gives `digits` as the number of a service."""

    start: int
    end: int
    service: str
    digits: str


class _Section(NamedTuple):
    words: str  # of the heading
    level: int
    start: int  # of what follows it
    end: int


def readings(page: Page) -> Iterator[Reading]:
    """The local emergency numbers that a page gives, in order; none where no heading is about emergencies."""
    sections = list(_sections(page))
    listed = any(_EMERGENCIES.fullmatch(section.words) for section in sections)
    inside = 0  # the level of the heading about emergency services that stands above
    for section in sections:
        opens = _EMERGENCY.search(section.words) is not None
        inside = section.level if opens else 0 if section.level <= inside else inside
        services = tuple(SERVICES) if opens else _named_alone(section.words)
        if services and (inside or listed):
            yield from _under(page, section, services)


def denying(page: Page, service: str) -> Iterator[Gold]:
    """The sentences that say that a place has no such service, or no emergency number, at all."""
    named = re.compile(rf"{SERVICES[service].pattern}|{_EMERGENCY_AT_ALL}", re.IGNORECASE)
    for span in naming(page, _DENIAL, named):
        words = plain_text(page.text, span.start or 0, span.end, page.document.markup)
        if not _SOMEWHERE.search(words):
            yield span


def digits_of(written: str) -> str:
    """What is dialled: "(0)20 7946" is 0207946; a leading + is dropped."""
    return "".join(character for character in written if character.isdigit())


def names(words: str) -> tuple[str, ...]:
    """The services that words name."""
    return tuple(service for service, named in SERVICES.items() if named.search(words))


def _sections(page: Page) -> Iterator[_Section]:
    text, markup = page.text, page.document.markup
    found = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    for heading, end in zip(found, ends, strict=False):
        words = plain_text(text, heading.start(2), heading.end(), markup).strip(" *:")
        yield _Section(words, len(heading[1]), heading.end(), end)


def _under(page: Page, section: _Section, services: tuple[str, ...]) -> Iterator[Reading]:
    """What the sentences of a section say; a line such as "Ambulance:" speaks for those after it."""
    document, text = page
    places = " ".join([document.title, *map(place_name, document.about)])
    filler = _FILLER | {word.lower() for word in _WORD.findall(places)}
    speaking = services
    for start, end in sentence_spans(text, section.start, section.end, document.markup):
        words = plain_text(text, start, end, document.markup)
        numbers = list(NUMBER.finditer(words))
        if not numbers:
            opens = words.endswith(":") and not _unknown(words, filler)
            if _OTHER.search(words) or (words.endswith(":") and not opens):
                speaking = ()  # of somebody else, to the section's end
            elif opens:
                speaking = names(words) or services
        elif not _NOT_LOCAL.search(words):
            for service, digits in list(_said(words, numbers, speaking, filler)) or _told(words):
                yield Reading(start, end, service, digits)


def _said(
    words: str, numbers: list[re.Match[str]], services: tuple[str, ...], filler: Set[str]
) -> Iterator[tuple[str, str]]:
    """Service and digits of each number, by the words before it or else right after it; stops at unknown words."""
    for before, number in zip([None, *numbers], numbers, strict=False):
        label = words[before.end() if before else 0 : number.start()]
        if _unknown(label, filler):
            return
        after = _AFTER.match(words, number.end())
        told = (after[1] or after[2] or "") if after else ""
        services = names(label) or names(told) or services
        if after is None or after[2] is None or not _unknown(told, filler):  # not "145 for poisoning"
            for service in services:
                yield service, digits_of(number.group())


def _told(words: str) -> Iterator[tuple[str, str]]:
    """ "You can contact the fire service on 118, and the police on 112": a service, "on" and a number."""
    for service, named in SERVICES.items():
        for found in re.finditer(rf"{named.pattern}(?: service| brigade)? on ({NUMBER.pattern})", words, re.IGNORECASE):
            if not _OTHER.search(words[: found.end()]):
                yield service, digits_of(found[1])


def _named_alone(words: str) -> tuple[str, ...]:
    """The services that a heading or label names, where it says nothing else."""
    return () if _unknown(words, _FILLER) else names(words)


def _unknown(words: str, filler: Set[str]) -> bool:
    """Whether a label says more than services and filler. What stands in closed brackets only explains."""
    bare = re.sub(r"\([^()]*\)", " ", words)
    known = filler | _BESIDE if names(bare) else filler
    return any(word.lower() not in known and not names(word) for word in _WORD.findall(bare))

"""Does a quote hold the kind of thing that was asked for? A number when a number is asked, for that very service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from assistant.choosing.amounts import holds_amount, is_exact
from assistant.choosing.numbers import has_phone_number, without_givers
from assistant.choosing.obligations import holds_obligation
from assistant.choosing.patterns import MONTHS
from assistant.choosing.visas import Telling, Where, visa_told
from assistant.understanding.patterns import any_of
from assistant.understanding.question import Question
from assistant.understanding.services import EMERGENCY, ROADSIDE, SERVICES, Service, is_foreign_line
from assistant.understanding.wanted import Wanted
from assistant.understanding.whose import names_embassy
from index.documents import Document, Kind
from index.places import find_places

_DATE = any_of(
    rf"\b(?:1[89]|20)\d\d\b|\b(?-i:{MONTHS})\b",  # "you may" is no month
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
    r"\b(?:century|spring|summer|autumn|winter|night|season)\b",
)
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w’'-]+")
_ADDRESS = re.compile(
    r"\b(?:[Ss]treet|[Rr]oad|[Aa]venue|Ave|[Ss]quare|[Bb]uilding|[Ff]loor|[Uu]litsa|[Ll]ane|[Bb]oulevard|[Pp]laza)\b"
    r"|\b(?:Avenida|Calle|Carrera|Paseo|Rua|[Rr]ue|Via|Viale|Piazza|Jalan|Jl|Prospekt|Blvd|Drive|Chancery|Tower|Plot)\b"
    r"|\bP\.? ?O\.? Box\b|\w(?:stra(?:ss|ß)e|straat|gat(?:a|an|e))\b"
    rf"|(?<![:.\d])\b\d{{1,4}}[a-zA-Z]?,? (?!\w+day\b|(?:{MONTHS})\b)[A-Z][a-z]{{2,}}"  # nor opening hours
)
_OFFICE = any_of(r"\b(?:embass|consul|high commission)", r"\bcitizens? services\b")
_ABSENT = (
    r"non-existent|unavailable|"
    r"(?:not|isn[’']t|aren[’']t|don[’']t|doesn[’']t)\s+(?:(?!always)\w+\s+)?(?:available|present|exist(?:ent)?|provided)"
)
# A hospital that one is told to go to is not whose number stands there: "Call 999 or go to a hospital".
_TO_GO_TO = any_of(r"\b(?:go|visit|travel)(?: \w+){0,5} (?:hospital|clinic|doctor|medical cent\w+)s?\b")
_PAPER = any_of(r"\bpolice (?:reports?|records?|clearance|certificates?)\b")
_SERVICES_IN = any_of(r"\b(?:services?|police|ambulances?|brigade) in (?:the )?$")
_SENTENCE_END = re.compile(r"\n|(?<!\b[A-Z])[.!?]\s")  # not that of "U.S. Embassy"
_CLAUSE_END = re.compile(r"[,;]\s|\b(?:and|or)\b")
_TWO_DIGITS = re.compile(r"\d\W{0,4}\d")  # as any number to dial has them
_NEGATION = re.compile(r"(?:no|lack of)\b|available|present|exist|provided")  # one of which any denial has


@cache
def _denial(service: Service) -> re.Pattern[str]:
    """What says that there is no such service; that it is poor says nothing of its number."""
    name = rf"(?<!\bair )(?<!\bair-)(?:{service.named.pattern}|\bemergency (?:service|number))\w*"
    before = rf"\b(?:no|lack of)\s+(?:[\w-]+\s+){{0,2}}{name}"
    after = rf"{name}(?:\s+[\w-]+){{0,6}}\s+(?:{_ABSENT})\b"
    return any_of(before, after)


_HELD = {Wanted.DATE: _DATE, Wanted.NAME: _NAME, Wanted.ADDRESS: _ADDRESS}


def holds(question: Question, shown: str, headings: Sequence[str], document: Document) -> bool:
    """Whether the quote (under its headings) holds what the question wants."""
    if question.wanted is Wanted.TEXT:
        return holds_obligation(question.search_words, shown, headings)
    if not _holds_kind(question, shown, headings, document):
        return False
    # An embassy is in one city and serves them all; a clinic's number, or a figure, is that of the city above it.
    told = shown if _is_consular(question) else "\n".join((*headings[-1:], shown))
    if _about_another_city(question, told):
        return False
    if not _is_consular(question):
        return True
    whose = _embassy_of(shown, headings, document)
    if question.embassy_of is None:
        return whose not in question.places  # its own embassies are abroad
    return whose in (None, question.embassy_of)


def _holds_kind(question: Question, shown: str, headings: Sequence[str], document: Document) -> bool:
    if question.wanted is Wanted.PHONE:
        region = question.places[0] if question.places else None
        return holds_number(question.services, without_givers(shown, document), headings, region)
    if question.wanted is Wanted.LEVEL:
        return holds_level(shown, headings, document)
    if question.wanted is Wanted.AMOUNT:
        return holds_amount(question.search_words, shown, headings)
    held = _HELD[question.wanted].search(shown) is not None
    if question.embassy_address:
        return held and _OFFICE.search("\n".join((shown, *headings[-2:]))) is not None
    return held


def exact_amount(question: Question) -> bool:
    """Whether only a figure answers: a price, an age, a limit, how many; not where something else is asked besides."""
    asked = question.search_words
    return question.wanted is Wanted.AMOUNT and is_exact(asked) and "?" not in asked.rstrip("? ")


def tells_of_visa(question: Question, shown: str, headings: Sequence[str], document: Document) -> Telling:
    """How plainly the quote (under its headings) tells whether a visitor to the places asked about needs a visa."""
    own = _country(document.publisher)
    return visa_told(shown, headings, Where(question.places, question.finer_places, own))


def _is_consular(question: Question) -> bool:
    """Whether the number or address of an embassy is asked for."""
    asked = question.wanted in (Wanted.PHONE, Wanted.ADDRESS)
    return asked and any(s.key == "consular" for s in question.services)


def _about_another_city(question: Question, shown: str) -> bool:
    """A figure, name or number for one city is not another's."""
    if not question.finer_places:
        return False
    cities = {m.name for m in find_places(shown, slips=False) if m.kind == "city"}
    return bool(cities) and cities.isdisjoint(question.finer_places)


def may_hold_number(words: str) -> bool:
    """Whether `holds_number` might say yes of these words, which may still have their markup: a quick look."""
    return _TWO_DIGITS.search(words) is not None or _NEGATION.search(words.casefold()) is not None


def holds_number(services: Sequence[Service], shown: str, headings: Sequence[str], region: str | None) -> bool:
    """Whether a number of one of the services stands there, or the statement that the service does not exist.

    No service named: any local emergency number. What a line says of itself outweighs the headings above it.
    """
    wanted = services or tuple(s for s in SERVICES if s.local_emergency)
    named = _TWO_DIGITS.search(shown) is not None and _names(wanted, shown, headings, region, any_will_do=not services)
    negative = _NEGATION.search(shown.casefold()) is not None
    denied = negative and any(s.local_emergency and _denial(s).search(shown) for s in wanted)
    if named == denied:  # the numbers themselves, which are slow to find, change nothing
        return named
    return named == has_phone_number(shown, region)


def holds_general_number(question: Question, shown: str, headings: Sequence[str], document: Document) -> bool:
    """Whether the number of all emergency services stands there, where that of one of them is asked for."""
    local = bool(question.services) and all(service.local_emergency for service in question.services)
    names_one = bool(_whose("\n".join((shown, *headings[-2:])), question.services))
    return local and not names_one and holds(replace(question, services=()), shown, headings, document)


def _names(
    wanted: Sequence[Service], shown: str, headings: Sequence[str], region: str | None, *, any_will_do: bool
) -> bool:
    """Whether a number that stands there is that of a wanted service."""
    # "Always get a police report" under "Coastguard" makes that number none of the police.
    told = _PAPER.sub("", shown) if _services_named("\n".join(headings[-1:])) else shown
    own = _whose(told, wanted) or _whose("\n".join(headings[-2:]), wanted)
    if own:
        named = any(s in own for s in wanted)
    else:
        named = any_will_do and EMERGENCY.search("\n".join((shown, *headings[-2:]))) is not None
    if not named or not all(s.local_emergency for s in wanted):
        return named
    if _serves_elsewhere(shown, region):
        return False
    if not is_foreign_line("\n".join((shown, *headings[-1:])), region):
        return True
    if is_foreign_line("\n".join(headings[-1:]), region) or _SENTENCE_END.search(shown):
        return False
    # "Call the police on 155 and contact the U.S. Embassy": a clause with a number of its own speaks for itself.
    clauses = [clause for clause in _CLAUSE_END.split(shown) if clause != shown and has_phone_number(clause, region)]
    return any(
        not _is_of_elsewhere(clause, region) and _names(wanted, clause, (), region, any_will_do=any_will_do)
        for clause in clauses
    )


def _serves_elsewhere(words: str, region: str | None) -> bool:
    """Whether another country's services are told of: "emergency services in Fiji" for the Marshall Islands."""
    places = find_places(words, slips=False) if region and " in " in words else ()
    return any(region not in m.codes and _SERVICES_IN.search(words[: m.start]) for m in places)


def _is_of_elsewhere(words: str, region: str | None) -> bool:
    return region is not None and any(region not in m.codes for m in find_places(words, slips=False))


def _whose(words: str, wanted: Sequence[Service]) -> list[Service]:
    """The services named; who mends cars only where asked: "112 for emergency services or roadside assistance"."""
    return [service for service in _services_named(words) if service is not ROADSIDE or service in wanted]


@lru_cache(maxsize=4096)
def _services_named(words: str) -> tuple[Service, ...]:
    """Whose numbers a line speaks of: a hospital that offers medical help is no ambulance."""
    words = _TO_GO_TO.sub("", words)
    found = [s for s in SERVICES if s.named.search(words)]
    keys = {s.key for s in found}
    if "clinic" in keys and "ambulance" in keys and "ambulance" not in words.casefold():
        found = [s for s in found if s.key != "ambulance"]
    return tuple(found)


def _embassy_of(shown: str, headings: Sequence[str], document: Document) -> str | None:
    """Whose consular service a quote speaks of: the embassy named in it or above it, else its publisher's country."""
    named = next(filter(None, map(_embassy_named, (shown, *reversed(headings[-2:])))), None)
    return named or (_country(document.publisher) if document.kind is Kind.ORIGINAL else None)


@lru_cache(maxsize=1024)
def _embassy_named(words: str) -> str | None:
    return next((m.codes[0] for m in find_places(words, slips=False) if names_embassy(words, m)), None)


@lru_cache(maxsize=64)
def _country(publisher: str) -> str | None:
    return next((mention.codes[0] for mention in find_places(publisher, slips=False)), None)


def holds_level(shown: str, headings: Sequence[str], document: Document) -> bool:
    """Whether the page carries its government's level and the quote, or a heading above it, says it."""
    return says_level("\n".join((shown, *headings)), document)


def says_level(words: str, document: Document) -> bool:
    """Whether the words hold the level that the page carries, without its number and its note on regions."""
    level = _level_words(document.level or "")
    if level.startswith("areas where"):  # a heading: "help is limited in areas where …" says no level
        return any(line.startswith(level) for line in words.casefold().split("\n"))
    return bool(level) and level in words.casefold()


@lru_cache(maxsize=64)
def _level_words(level: str) -> str:
    return re.sub(r"^level \d: | \(with regional advisories\)$", "", level.casefold())

"""The grammar of emergency numbers: "Fire and ambulance: 118", "112 from a mobile phone or 18 from a landline".

What is not understood whole gives nothing: a number under the wrong service is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from index.blocks import blocks
from index.documents import Document
from index.plain import plain_text


class Number(NamedTuple):
    """A number as the page writes it, with where it holds: "by mobile phone", "in Tashkent", or ""."""

    written: str
    where: str = ""


class Fact(NamedTuple):
    """What to dial for one service: "general", "police", "ambulance", "fire", "tourist police" …"""

    service: str
    numbers: tuple[Number, ...]


class Line(NamedTuple):
    """One line of a page as it is shown, with the headings above it, outermost first."""

    headings: tuple[str, ...]
    text: str


SERVICES = {  # key -> how a fact sheet names it
    "general": "General emergency number",
    "police": "Police",
    "ambulance": "Ambulance",
    "fire": "Fire service",
    "rescue": "Rescue service",
    "mountain rescue": "Mountain rescue",
    "coastguard": "Coastguard",
    "tourist police": "Tourist police",
    "gendarmerie": "Gendarmerie (military police)",
    "traffic police": "Traffic police",
}
ALL_THREE = frozenset({"police", "ambulance", "fire"})
_NAMES = {
    "general": """all emergencies; all emergency services; emergency services; emergency; emergencies; national
        emergencies; national emergency number; european emergency number; general emergency; general emergency line;
        general emergency services; eu number for emergency situations; local emergency services; emergency department;
        any emergency; local emergency number; emergency call; general; emergency switchboard""",
    "police": """police; local police; the police; the local police; national police; south african police service;
        police service; police services; police assistance; regular police; police emergency; police department;
        police marine unit; national guard""",
    "ambulance": """ambulance; an ambulance; ambulances; ambulance service; ambulance services; medical emergencies;
        medical emergency; medical assistance; medical; emergency medical services; emergency medical service; ems;
        medical emergency services; emergency medical assistance; paramedics; medical services; emergency ambulance;
        emergency medical help;
        emergency ambulance service; medical emergency services; ambulance or rescue; general ambulance number;
        medical rescue services; the ambulance; medical emergencies and ambulance""",
    "fire": """fire; a fire; fire brigade; fire service; fire services; the fire department; fire department;
        fire fighters; fire-fighters; firefighters; fire and rescue; fire and rescue service; fire and rescue services;
        fire & rescue; rescue and fire brigade; firefighters and rescue; the fire brigade; fire emergencies;
        fire and car accidents""",
    "tourist police": "tourist police; tourism police; the tourist police",
    "traffic police": "traffic police; road police",
    "gendarmerie": "gendarmerie; the gendarmerie; military police; gendarmes",
    "coastguard": "coastguard; coast guard; national coast guard",
    "rescue": """rescue; maritime rescue; search and rescue; search and rescue services; national search and rescue;
        rescue service; the rescue service; emergency and rescue service; rescue and emergency""",
    "mountain rescue": "mountain rescue",
}
_SERVICE = {" ".join(name.split()): key for key, names in _NAMES.items() for name in names.split(";")}
DIGITS = r"(?:\(?\+\s?\d{1,3}\)?[ -]?)?(?:\(\d{1,4}\)[ -]?)?\d+(?:[ -]\d+)*(?![\d\w])"


_PHONE = r"(?:mobiles?|cell|cellular|uk\smobile)(?:\sphones?)?"


_WHERE = rf"""(?:(?:if )?(?:calling|using|from|on|via)?\s*(?:an?|your|any)?\s*
    (?:(?P<mobile>{_PHONE})|(?P<landline>land\s?lines?)))|
    (?P<preposition>in|outside)\s+(?P<place>(?-i:[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?))"""


_ITEM = re.compile(
    rf"(?:(?P<before>landline|mobile)\s+)?[“\"‘]?(?P<number>{DIGITS})[”\"’]?"
    rf"(?:(?:\s*\(|,?\s+)(?:{_WHERE})(?![\w-])\)?)?(?:\s*\((?:police\s)?hotline\))?",
    re.X | re.I,
)
_BETWEEN = re.compile(
    r"\s*\((?:or )?(?=\d)|\s*(?:,\s*or|,\s*and|,|/|\bor\b|\band\b|;)\s*(?:(?:by )?(?:dial|call)(?:ing)?\s+)?", re.I
)
_LABEL = re.compile(r"(?P<label>[^:\d]{2,70}?)\s*(?::|\s[-–])\s*(?P<rest>.*)", re.S)
_BARE = re.compile(
    r"(?:[Tt]elephone|[Cc]all|[Cc]al|[Dd]ial|[Pp]hone)(?:\s+(?:the\s+)?police on)?:?\s+(?P<rest>(?=[(+\d]).*)", re.S
)
_HARMLESS_TAIL = re.compile(
    r"\s*(?:\((?:includes|toll|for emergenc|in a non-emergency)|or your nearest police station)"
)
_SERVICES_AFTER = re.compile(r"^[\s-]*\((?P<list>[^()\d]+)\)\W*(?:or local numbers:)?$")


@lru_cache(maxsize=64)
def lines(document: Document) -> list[Line]:
    """The page's lines below their headings."""
    found: list[Line] = []
    above: list[tuple[int, str]] = []
    for block in blocks(document):
        shown = plain_text(document.text, block.start, block.end, document.markup)
        if block.kind == "heading":
            above = [(level, words) for level, words in above if level < block.level]
            above.append((block.level, shown))
            continue
        texts = [line.strip("•").strip() for line in shown.split("\n")]
        found += [Line(tuple(words for _, words in above), text) for text in texts if text]
    return found


def numbers_at_start(text: str) -> tuple[tuple[Number, ...], str]:
    """The numbers that a text begins with, parted by commas, "or" and the like, and what follows them."""
    found: list[Number] = []
    position = 0
    while match := _ITEM.match(text, position):
        found.append(Number(_tidy(match["number"]), _where(match)))
        position = match.end()
        between = _BETWEEN.match(text, position)
        if between is None or not _ITEM.match(text, between.end()):
            break
        position = between.end()
    sizes = [len(re.sub(r"\D", "", number.written)) for number in found]
    # "22-357-09/10" abbreviates its second number: none of it is sure. No number has one digit, or 16.
    abbreviated = any(size < 3 < big - 3 for big, size in pairwise(sizes))
    if abbreviated or any(not 2 <= size <= 15 for size in sizes):
        return (), text
    return tuple(found), text[position:]


def services_named(label: str) -> frozenset[str] | None:
    """The services that a label names; None where any of its words is not understood."""
    words = " ".join(label.casefold().strip(" .:*").split())
    if words in _SERVICE:
        return frozenset({_SERVICE[words]})
    parts = re.split(r"\s*(?:,\s*and\b|,|/|&|\band\b|\bor\b|\+)\s*", words)
    found = {_SERVICE.get(part) for part in parts if part}
    return None if None in found or not found else frozenset(service for service in found if service)


def labelled(text: str, pending: frozenset[str] | None = None) -> tuple[frozenset[str], tuple[Number, ...]] | None:
    """What "Fire and ambulance: 118" or "Telephone: 112 (ambulance, fire, police)" says; None where not understood.

    `pending` are the services that the heading or the line above names.
    """
    text = text.strip().rstrip(".")
    match = _LABEL.fullmatch(text)
    label, rest = (match["label"], match["rest"]) if match else ("", text)
    if not match and (bare := _BARE.fullmatch(text)):
        label, rest = "telephone", bare["rest"]
    elif not match and (plain := re.fullmatch(r"(?P<label>[A-Za-z /&]{4,40}?)\s+(?P<rest>(?=[(+\d]).*)", text)):
        label, rest = plain["label"], plain["rest"]
    label, where = _condition(label.strip())
    numbers, tail = numbers_at_start(re.sub(r"^(?:[Dd]ial|[Cc]all)\s+", "", rest.strip()))
    if not numbers or where is None:
        return None
    if where:
        numbers = tuple(Number(number.written, number.where or where) for number in numbers)
    after = _SERVICES_AFTER.match(tail)
    if label.casefold() in {"", "telephone", "call", "mobile", "all emergencies", "emergency numbers"}:
        if label.casefold() == "mobile":
            numbers = tuple(Number(number.written, "by mobile phone") for number in numbers)
        services = services_named(after["list"]) if after else (None if tail.strip(" .") else pending)
        if services is None and label.casefold() == "all emergencies" and not tail.strip(" ."):
            services = frozenset({"general"})
        return (services, numbers) if services else None
    services = services_named(label)
    if services is None or (tail.strip(" .") and not _HARMLESS_TAIL.match(tail)):
        return None
    return services, numbers


def facts_of(services: frozenset[str], numbers: tuple[Number, ...]) -> Iterator[Fact]:
    if services >= ALL_THREE:
        services = services | {"general"}
    for service in SERVICES:
        if service in services:
            yield Fact(service, numbers)


def _condition(label: str) -> tuple[str, str | None]:
    """A label without what stands in brackets, and where its numbers then hold; None where that is not understood."""
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)\s*", label)
    if city := re.fullmatch(r"(.*?) in ([A-Z]\w+)", label):
        return city[1], f"in {city[2]}"
    if city := re.fullmatch(r"([A-Z][a-z]+) (Tourist Police)", label):
        return city[2], f"in {city[1]}"
    if mobile := re.fullmatch(r"(.*?) from (?:a )?mobiles?(?: phone)?", label):
        return mobile[1], "by mobile phone"
    if match is None:
        return label, ""
    inner = match[2].casefold()
    if inner in {
        "good english language skills",
        "locally known as garda",
        "politsia",
        "‘gendarmerie’",
        "military police",
    }:
        return match[1], ""
    if "mobile" in inner:
        return match[1], "by mobile phone"
    if "landline" in inner:
        return match[1], "by landline"
    if place := re.fullmatch(r"(?:in )?([A-Z]\w+(?: [A-Z]\w+)?)", match[2]):
        return match[1], f"in {place[1]}"
    if inner == "when in towns and cities":
        return match[1], "in towns and cities"
    if inner == "when in rural areas and small villages":
        return match[1], "in rural areas"
    return match[1], None


def _where(match: re.Match[str]) -> str:
    if match["mobile"] or (match["before"] or "").casefold() == "mobile":
        return "by mobile phone"
    if match["landline"] or (match["before"] or "").casefold() == "landline":
        return "by landline"
    return f"{match['preposition'].lower()} {match['place']}" if match["place"] else ""


def _tidy(number: str) -> str:
    return " ".join(number.split())

"""Telephone numbers in text: long ones by `phonenumbers`, short codes (112, 02) by what stands beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.choosing.patterns import CURRENCIES, MONTHS
from index.documents import Document, Kind

_MEASURES = (
    "k?m|kms|kg|miles?|(?:kilo)?met(?:re|er)s?|feet|minutes?|hours?|days?|weeks?|months?|years?|per|people|persons|"
    "nautical|seconds?|lit(?:re|er)s?|grams?|degrees|tons|tonnes|million|billion|thousand|hundred|times|officers|"
    "tourists|visitors|am|pm"
)
_PAID = rf"(?: (?:to|or|and) [\d.,]+)? (?:\w+ )?(?i:{CURRENCIES}|aud|cad|chf|aed)s?\b"  # "15 to 150 Jordanian dinar"
_STREET = r"(?:[A-Z][\w’'-]*\.? ){1,3}(?:Street|Avenue|Road|Square|Lane|Boulevard|St|Ave|Rd|Blvd)\b"
_SHORT = re.compile(
    r"(?:(?<=\d{3}/)|(?<![\w.,/+$€£%-])(?<!\d:))"
    r"(?:(?:\d{2,5}|\d(?= \d{3}))(?: \d{2,5}){1,4}|\d{1,4}(?:-\d{2,4}){2,4}|\d(?:-\d){2}|\*?\d{2,5}#?)"
    rf"(?!\w|[%°]|[.,]\d|:\d\d|[-‑][\da-z]| (?!24\b)\d|/(?!\d{{3}}\b)|"
    rf" ?(?:{_MEASURES})\b|{_PAID}| (?:{MONTHS})\b| of (?:the|its|all|our)\b| {_STREET})"
)
_UNIT = re.compile(rf" ?(?:{_MEASURES})\b|{_PAID}")
# 112/999 is two numbers, 2024-05-12 a day, and the second half of "112 24/7" its hours.
_NO_NUMBER = re.compile(r"\d{3}(?:/\d{3})+|(?:19|20)\d\d-\d\d-\d\d|.*\b24/7")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Sri Lanka's ambulance is 1990, which is a year where nothing before it says that it is dialled.
_CALLED = re.compile(
    r"(?:\b(?:call|dial|ring)(?:ing)?(?: the (?:number|hotline|helpline))?(?: on)?|"
    r"(?:tel|phone|ambulance|police|fire|rescue|hotline|helpline|emergency|emergencies|numbers?|services?|assistance)"
    r"(?: \w+)?:|\bnumber(?: is)?) ?\*{0,2}$",
    re.IGNORECASE,
)
# A short figure is a number to dial only where something says so.
_DIAL = re.compile(
    r"\b(?:call(?:s|ing)?|dial(?:s|l?ing)?|ring|phone|tel|telephone|number|numbers|hotline|helpline|reach|contact|on|by|"
    r"police|ambulance|fire|rescue|emergency|emergencies|medical|services?|mobile|landlines?|SAMU|SMS|text)\b[^.\n]{0,60}$",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(  # a road's, a bus's or a day: "on October 15, 2023"
    r"\b(?:roads?|routes?|highways?|flights?|bus(?:es)?)(?: numbers?)? ?$|"
    rf"\b(?-i:{MONTHS}) (?:\d{{1,2}}, )?$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s*(?:$|\n|[-–—:;,(/&]|(?:or|and|from|for|in|if|is|on)\b)")
_JOINT = re.compile(r"\s*(?:/|,|;|&|\bor\b|\band\b)\s*")
_CODE_BEFORE = re.compile(r"\+ ?\((\d{1,3})\) ?$")  # "+(7) (727) 250-49-01"
_BRACKETS = re.compile(r"\([^)]*\)")
MOST_DIGITS = 15  # of a number anywhere in the world (ITU-T E.164)
SHORT_CODE = 5  # digits of a number that every telephone of a country can dial


class PhoneNumber(NamedTuple):
    """A number at `text[start:end]`; `digits` is what is dialled, without spaces and brackets."""

    start: int
    end: int
    digits: str


def phone_numbers(text: str, region: str | None = None) -> list[PhoneNumber]:
    """The telephone numbers of a text in order. `region` (ISO code) reads numbers that are written without +."""
    found = list(_long_numbers(text, region))
    long = list(found)
    for number in _figures(text):
        if not any(n.start < number.end and number.start < n.end for n in long) and _is_dialled(text, number, found):
            found.append(number)
    return sorted(found)


def has_phone_number(text: str, region: str | None = None) -> bool:
    """Whether `phone_numbers` finds any; most often that is told without looking for the long ones, which is slow."""
    return any(_is_dialled(text, n, ()) for n in _figures(text)) or any(True for _ in _long_numbers(text, region))


def without_givers(shown: str, document: Document) -> str:
    """A line as it is shown; in our own sheets with blanks for who gives each number, in brackets behind it.

    That is not whose number it is.
    """
    if document.kind is not Kind.COMPILED:
        return shown
    return _BRACKETS.sub(lambda match: " " * len(match.group()), shown)


def _long_numbers(text: str, region: str | None) -> Iterator[PhoneNumber]:
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 - a good part of a start, and rarely needed

    for match in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE):
        written, digits = match.raw_string, _digits(match.raw_string)
        is_measure = written[0] != "+" and _UNIT.match(text, match.end) is not None
        if len(digits) >= 6 and not _NO_NUMBER.fullmatch(written) and not is_measure:
            code = _CODE_BEFORE.search(text, max(0, match.start - 7), match.start)
            start, digits = (code.start(), f"+{code[1]}{digits}") if code else (match.start, digits)
            yield PhoneNumber(start, match.end, digits)


def _figures(text: str) -> Iterator[PhoneNumber]:
    """What looks like a short number, or like a part of a long one."""
    for match in _SHORT.finditer(text):
        digits = _digits(match.group())
        if len(digits) <= MOST_DIGITS and not _NO_NUMBER.fullmatch(match.group()):
            yield PhoneNumber(*match.span(), digits)


def _is_dialled(text: str, number: PhoneNumber, found: Sequence[PhoneNumber]) -> bool:
    """Whether a figure stands after a word such as "call", after another number, or opens the text as numbers do."""
    start, end, _ = number
    if _OTHER_THING.search(text, max(0, start - 20), start):
        return False
    if any(_JOINT.fullmatch(text[n.end : start]) for n in found):
        return True
    if _YEAR.fullmatch(text, start, end):
        return _ALONE.match(text, end) is not None and _CALLED.search(text, max(0, start - 40), start) is not None
    if _DIAL.search(text[max(0, start - 80) : start]):
        return True
    return not text[:start].strip() and _ALONE.match(text, end) is not None


def _digits(text: str) -> str:
    """What is dialled: "+44 (0)20 7946" is +44207946, and ١١٢ is 112."""
    if text.startswith("+"):
        text = text.replace("(0)", "")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text if c.isdecimal() or c in "+*#")

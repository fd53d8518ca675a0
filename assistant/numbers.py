"""Telephone numbers in text: long ones by `phonenumbers`, short codes (112, 02) by what stands beside them."""

from __future__ import annotations

import re
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher

_SHORT = re.compile(
    r"(?<![\w.,/+$€£%-])(?:\*?\d{2,5}#?|\d{1,2}[- ]\d{2}[- ]\d{2})"
    r"(?![\w/%°]|[.,]\d|-\d| ?(?:km|m|kg|hours?|days?|years?|per)\b)"
)
# A short figure is a number to dial only where something says so.
_DIAL = re.compile(
    r"\b(?:call|dial|ring|phone|tel|telephone|number|numbers|hotline|helpline|reach|contact|on|by|police|ambulance|fire|"
    r"rescue|emergency|emergencies|medical|services?|mobile|landlines?|SAMU|SMS|text)\b[^.\n]{0,60}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


class PhoneNumber(NamedTuple):
    """A number at `text[start:end]`; `digits` is what is dialled, without spaces and brackets."""

    start: int
    end: int
    digits: str


def phone_numbers(text: str, region: str | None = None) -> list[PhoneNumber]:
    """The telephone numbers of a text in order. `region` (ISO code) reads numbers that are written without +."""
    found = [
        PhoneNumber(m.start, m.end, _digits(m.raw_string))
        for m in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE)
        if len(_digits(m.raw_string)) >= 6
    ]
    for match in _SHORT.finditer(text):
        inside = any(n.start < match.end() and match.start() < n.end for n in found)
        dialled = _DIAL.search(text[max(0, match.start() - 80) : match.start()]) is not None
        alone = text[: match.start()].strip() == ""
        if not inside and (dialled or alone) and not _YEAR.match(match.group()):
            found.append(PhoneNumber(match.start(), match.end(), _digits(match.group())))
    return sorted(found)


def _digits(text: str) -> str:
    return re.sub(r"[^\d+*#]", "", text)

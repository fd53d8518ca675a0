"""Whose number? Services that a telephone number can belong to, and how a question and a text name them."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.understanding.emergency_words import EMERGENCY_SERVICES, fold
from assistant.understanding.namewords import masked
from assistant.understanding.wanted import Wanted
from index.places import find_places


class Service(NamedTuple):
    """A service: `asked` finds it in a question, `named` in a quote or its headings."""

    key: str
    asked: re.Pattern[str]
    named: re.Pattern[str]
    local_emergency: bool


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


# Police whose number is not that of the police: no look behind may vary in length, so each stands alone.
_OTHER_POLICE = "".join(
    f"(?<!{kind} )"
    for kind in ("tourist", "tourism", "traffic", "military", "road", "highway", "border", "transport", "railway")
)

SERVICES: tuple[Service, ...] = (
    Service("tourist police", _words(r"touris[tm] police"), _words(r"touris[tm] police"), True),
    Service(
        "police",
        _words(
            r"(?<!touris[tm] )(?:police|polic[ií]a\b|polizei|polizia\b|cops?\b|(?<!security )(?<!duty )officers?\b|"
            r"robbed|robbery|mugged|stolen|theft|"
            r"crime|(?<!heart )attack|assault|burgl|kidnap|abduct|hostage)"
        ),
        _words(
            rf"{_OTHER_POLICE}police|law enforcement|gendarm|carabinieri|security forces|(?<!social )security services"
        ),
        True,
    ),
    Service(
        "ambulance",
        _words(
            r"ambul[ae]n(?:ce|cia|za|z)|paramedic|medic\b|medical emergency|medical help|hurt|injur|collapsed|"
            r"heart attack|sick"
        ),
        _words(  # "999 for medical"
            r"ambulance|medical (?:emergenc|help|assist|service)|emergency medical|paramedic|\bSAMU\b|"
            r"(?<=\d for )medical\b"
        ),
        True,
    ),
    Service(
        "fire",
        _words(r"fire\b|fire (?:brigade|service|department)|firefighters?|burning|bomberos|feuerwehr|pompiers"),
        _words(r"fire\b|fire (?:and|brigade|service|department)"),
        True,
    ),
    Service("mountain rescue", _words(r"(?:mountain|avalanche|cave) rescue"), _words(r"mountain rescue|rescue"), True),
    Service("coastguard", _words(r"coast ?guard|sea rescue"), _words(r"coast ?guard|maritime|sea rescue"), True),
    Service(
        "consular",
        _words(
            r"embass|consul|high commission|diplomat|my government|(?:duty|security) officer|RSO\b|citizens? services"
        ),
        _words(
            r"embass|consul|high commission|duty officer|citizens? services|FCDO|Smartraveller|Global Affairs|"
            r"regional security officer"
        ),
        False,
    ),
    Service(
        "clinic",
        _words(r"clinic|hospital|doctor|physician"),
        _words(r"clini(?:c|que)|hospital|h[oô]pital|doctor|medical (?:unit|cent)"),
        False,
    ),
    Service(
        "roadside",
        _words(
            r"(?:roadside|(?<!nervous )(?<!mental )breakdown|towing) (?:assistance|rescue|recovery|help|service|number)"
            r"|vehicle (?:rescue|recovery)|tow truck"
        ),
        _words(r"roadside assistance|(?<!nervous )(?<!mental )breakdown|vehicle rescue|towing|tow[- ]truck"),
        False,
    ),
    Service(
        "counselling",
        _words(
            r"counsell?(?:ing|or)|suicid|kill(?:ing)? (?:my|him|her|them)sel|mental health|emotional support|"
            r"(?:crisis|support) ?line"
        ),
        _words(r"counsell?ing|suicid|mental health|emotional support|crisis ?line|lifeline|samaritans of|befrienders"),
        False,
    ),
)

_ARRESTED = re.compile(r"\b(?:arrest(?:ed)?|detained|jail(?:ed)?|imprisoned|in (?:police )?custody)\b", re.IGNORECASE)
# Whose number no page has and no emergency service is asked for: an airline's, a bank's.
_OF_A_COMPANY = _words(
    r"luggage|baggage|suitcases?|airlines?|flights?\b|(?:bank|credit|debit|atm|sim) cards?|"
    r"cards? (?:is|was|got|has been) blocked|"
    r"(?:lost|missing|delayed|checked)[- ]bags?\b|"
    r"bags? (?:(?:has|have|was|were|is|are|still|got) )*(?:lost|missing|delayed|late|not|never|did)\b|bags? did"
)
_HARM = re.compile(r"\b(?:crash\w*|accident|fell|broken?|bomb\w*|fire|died|dying|faint\w*|bleed\w*|threat\w*)\b", re.I)
_WHOM_TO_CALL = re.compile(
    r"\bwho(?:m)? (?:to|(?:do|can|should|must) (?:i|we|you|one)) (?:call|contact|phone|ring|dial|turn to)\b",
    re.IGNORECASE,
)
_FOR_HELP = re.compile(
    rf"{_WHOM_TO_CALL.pattern}\W*$|"
    r"\bin trouble\b|\bfor help\b",
    re.IGNORECASE,
)

_ITS_NUMBER = re.compile(r"\b(?:numbers?|phone|telephone|tel|contact)\b")
_CALLED_BY_NAME = re.compile(
    r"\b(?:embass(?:y|ys|ies)|consulates?|high commission|hospitals?|clinics?|doctors?|ambul[ae]n(?:ces?|cia|za|z)|"
    r"polic(?:e|ia)|polizei|polizia|fire (?:brigade|service|department)|bomberos|feuerwehr|pompiers|coast ?guard)\b"
)
# What such a request is made of besides whose number, and where; "police now" is more than one.
_AROUND = re.compile(
    r"\b(?:what|whats|which|is|are|the|an?|any|for|of|to|in|at|near|nearest|local|here|there|and|my|our|your|i|im|m|am|"
    r"we|re|s|need|want|have|get|give|me|us|tell|can|could|do|you|please|pls|plz|thanks|hi|hello|"
    r"number|numbers|phone|telephone|tel|contact|call|dial|ring|currently|after hours)\b|\W"
)


def services_asked(words: str, kind: Wanted) -> tuple[Service, ...]:
    """Whose number is asked for; "who do I call?" with nobody named asks for help on the spot."""
    named = tuple(s for s in SERVICES if s.asked.search(words))
    if kind is not Wanted.PHONE:
        return named
    for_help = _FOR_HELP.search(words) is not None
    if _ARRESTED.search(words) and (for_help or not named):
        # The consulate first; the police where no page has it.
        return tuple(s for key in ("consular", "police") for s in SERVICES if s.key == key)
    if for_help and not named:
        return tuple(s for s in SERVICES if s.key in EMERGENCY_SERVICES)
    return named


def of_a_company(words: str) -> bool:
    """Whether an airline or a bank is asked for: pages say at most to contact it."""
    others = any(s.asked.search(words) for s in SERVICES) or EMERGENCY.search(words) or _HARM.search(words)
    return _OF_A_COMPANY.search(words) is not None and not others


def asking_the_company(words: str) -> str:
    """The words with what pages say in place of "who do I call"."""
    return _WHOM_TO_CALL.sub("contact the company", words)


def asks_only_for_number(turn: str) -> bool:
    """Whether every word of a turn belongs to a request for a service's number, or tells where one is."""
    return names_only_service(turn) and _ITS_NUMBER.search(fold(turn)) is not None


def names_only_service(turn: str) -> bool:
    """Whether a turn holds nothing but a service's name, a place's, and the words around them: "police Rome"."""
    words = fold(masked(turn, find_places(turn), " "))
    return _CALLED_BY_NAME.search(words) is not None and not _AROUND.sub("", _CALLED_BY_NAME.sub("", words))


EMERGENCY = _words(r"emergenc(?:y|ies)")
# Numbers that are no local emergency number, whatever stands beside them: those of embassies, of insurers, and of a
# publisher's own government at home, which in that very country are nothing foreign.
_FOREIGN_LINE = _words(
    r"embass|consul|high commission|FCDO|from (?:overseas|abroad)|Emergency Watch|after[- ]hours|duty officer|"
    r"Department of|Global Affairs|Smartraveller|collect calls|insurer|insurance|Smart Traveler|"
    r"Assistance for U\.?S\.? Citizens"
)
_AT_HOME = {
    "AU": _words(r"(?:from|in) Australia"),
    "CA": _words(r"from Canada"),
    "GB": _words(r"London"),
    "IE": _words(r"from Ireland"),
    "US": _words(r"from the U\.?S|in Washington|toll-free in the United States"),
}


def is_foreign_line(words: str, place: str | None) -> bool:
    """Whether a line speaks of a number that is no local emergency number of a place (its code)."""
    at_home = (pattern for code, pattern in _AT_HOME.items() if code != place)
    return any(pattern.search(words) for pattern in (_FOREIGN_LINE, *at_home))


_SPECIAL = _words(
    r"counsell?ing|sexual(?:ly)? assault|rape\b|domestic (?:violence|abuse)|suicid|anonymous|crimestoppers|"
    r"non[- ]emergenc|not (?:an |in an )?emergenc|not urgent|minor crimes?"
)
ROADSIDE = next(service for service in SERVICES if service.key == "roadside")
_COUNSELLING = next(service for service in SERVICES if service.key == "counselling")


def is_special_line(words: str, question: str) -> bool:
    """Whether a line's number is for some needs only, such as counselling, and the question speaks of none such."""
    asked = any(pattern.search(question) for pattern in (_SPECIAL, _COUNSELLING.asked))
    return _SPECIAL.search(words) is not None and not asked

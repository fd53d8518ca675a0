"""What a government's page warns of where it gives local emergency numbers: none there, unreliable, unanswered.

The sentences of a fact sheet are ours; the page's only decide which of them hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fact_sheet_grammar import Line, lines

from index.documents import Document


class Caveat(NamedTuple):
    """A key of `SENTENCES`, and the place that some of them name ("Bangui")."""

    key: str
    place: str = ""


SENTENCES = {  # {country} with its article, {place} as the page has it
    "no services": "No emergency services exist in {country}",
    "no other services": "Apart from a police officer, no emergency services exist in {country}",
    "no number": "No single number reaches the emergency services in {country}",
    "no ambulances": "No public ambulance service covers {country}",
    "no reliable ambulances": "No reliable ambulance service covers {country}",
    "no ambulances there": "No ambulance service exists in {place}",
    "only in": "Emergency services in {country} may not come at all outside {place}",
    "unreliable": "Emergency numbers or services in {country} can be unreliable",
    "unanswered": "An emergency call in {country} may go unanswered",
    "limited": "Emergency services in {country} have limited means",
    "slow": "Emergency services in {country} may take long to come",
    "language": "Whoever answers an emergency call in {country} may not speak English",
    "english": "English-speaking operators take some emergency calls in {country}",
}

_HELP = r"(?:emergency|ambulance|police|numbers?|operators?|help|authorities|services?|calls?)"
_RULES = (
    ("no services", r"^There are no emergency services in [A-Z]"),
    ("no other services", r"there are no other emergency services on"),
    (
        "no number",
        r"(?:^|\b)(?:There(?:’s|'s| is| are)|there is) no (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:emergency )?(?:medical )?"
        r"(?:phone )?(?:numbers?\b(?! is)|equivalent to (?:the UK|calling 999|a “911”))|"
        r"no centralised number to reach emergency services",
    ),
    (
        "no ambulances",
        r"There (?:is|are) no (?:national|public|central public|government|emergency) ambulance services?\b",
    ),
    ("no reliable ambulances", r"There is no reliable ambulance service in [A-Z]"),
    ("no ambulances there", r"There are no hospitals or ambulance services in (?P<place>[A-Z]\w+)"),
    ("only in", r"unlikely to respond outside (?:of )?(?P<place>[A-Z]\w+)"),
    ("only in", r"Outside (?P<place>[A-Z]\w+), the emergency services are unlikely"),
    ("only in", r"Outside (?P<place>the capital), there are no emergency services"),
    (
        "unreliable",
        r"(?:numbers?|services?|response|response times).{0,90}\b(?:unreliable|not reliable|not available or reliable|"
        r"unresponsive)|guaranteed to be reliable|numbers are sometimes out of service|"
        r"may not be available or reliable|may be unreliable",
    ),
    (
        "unanswered",
        r"(?:may|often) not (?:be )?answer(?:ed)?\b(?: calls)?|"
        r"calls? .{0,40}go(?:es)? unanswered|often (?:go unanswered|not answered)|"
        r"may go unanswered|telephone numbers unanswered",
    ),
    (
        "limited",
        r"[Ee]mergency (?:services|response|response capacity|help)\b.{0,60}\b(?:very limited|is limited|are limited|"
        r"may be limited|can be limited|severely limited)|"
        r"resources of emergency services .* limited|enough fuel for vehicles",
    ),
    (
        "slow",
        r"(?:slow to respond|long delays in reaching|response times (?:can be (?:protracted|very slow)|may be longer)|"
        r"long wait before emergency services|long time to reach)",
    ),
    (
        "language",
        r"(?:operators?|services|numbers|officers|lines|speakers|phone)\b.{0,60}\b(?:may (?:not|only)|"
        r"do not|don't|normally don't|not have|are operated in|are generally not available|speak limited)\b"
        r".{0,30}(?:English|French|Vietnamese|available)|"
        r"may speak limited English|operators do not speak English|"
        r"^an English-speaking operator$|[Ee]mergency services do not speak English",
    ),
    (
        "english",
        r"English-speaking operators (?:are|always)|ask for an English-speaking operator|provide support in English|"
        r"always have English-speaking|operators speak English\b|"
        r"English-speaking operators$|English interpreters available",
    ),
)
_PATTERNS = tuple((key, re.compile(pattern)) for key, pattern in _RULES)
_ABROAD = re.compile(r"British|Embassy|consul|Australian|Irish|hotel|insur|WhatsApp", re.I)
_PLAIN = re.compile(r"911”? emergency line|911 in [A-Z]|local police by dialing")
_SECTION = re.compile(r"Emergency (?:services|assistance)|Fire|Police|Medical emerg|^Emergencies$|Ambulance", re.I)


def caveats(document: Document, *, everywhere: bool = False) -> Iterator[Caveat]:
    """The page's warnings about the local emergency services, each once.

    They are looked for below headings about these services; `everywhere` looks at the whole page for sentences that
    need no such heading: that there is no ambulance service, and those about "the 911 emergency line" or dialling.
    """
    if everywhere and not re.search(r"ambulance|911|by dialing", document.text):  # a page takes 10 ms to parse
        return
    seen: set[Caveat] = set()
    for line in lines(document):
        below = any(_SECTION.search(heading) for heading in line.headings) and not _elsewhere(line)
        for sentence in re.split(r"(?<=[\w’)])[.!]\s+|(?<=[.])(?=[A-Z][a-z])", line.text):
            for key, pattern in _PATTERNS:
                if not below and not (everywhere and ("ambulances" in key or _PLAIN.search(sentence))):
                    continue
                match = pattern.search(sentence.rstrip(" ."))
                if match is None or (key == "english" and re.search(r"tourist|hotline", sentence)):
                    continue
                if _ABROAD.search(sentence) and key not in {"no ambulances", "no number"}:
                    continue
                caveat = Caveat(key, match.groupdict().get("place") or "")
                if caveat not in seen:
                    seen.add(caveat)
                    yield caveat


def _elsewhere(line: Line) -> bool:
    return bool(re.search(r"Help abroad|British|consul|Embass|High Comm", line.headings[-1], re.I))

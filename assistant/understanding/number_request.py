"""Does a turn ask for a number, and say nothing else? "Hospital number? I'm in Lagos" reports no harm."""

from __future__ import annotations

import re

from assistant.understanding.emergency_words import fold
from index.places import find_places

_NUMBER = re.compile(r"\b(?:numbers?|phone|telephone|tel|contact)\b")
_SERVICE = re.compile(
    r"\b(?:embass(?:y|ys|ies)|consulates?|high commission|hospitals?|clinics?|doctors?|ambul[ae]n(?:ces?|cia|za|z)|"
    r"polic(?:e|ia)|polizei|polizia|fire (?:brigade|service|department)|bomberos|feuerwehr|pompiers|coast ?guard)\b"
)
# What such a request is made of besides whose number, and where; "police now" is more than one.
_AROUND = re.compile(
    r"\b(?:what|whats|which|is|are|the|an?|any|for|of|to|in|at|near|nearest|local|here|there|and|my|our|your|i|im|m|am|"
    r"we|re|s|need|want|have|get|give|me|us|tell|can|could|do|you|please|pls|plz|thanks|hi|hello|"
    r"number|numbers|phone|telephone|tel|contact|call|dial|ring|currently|after hours)\b|\W"
)


def asks_only_for_number(turn: str) -> bool:
    """Whether every word of a turn belongs to a request for a service's number, or tells where one is."""
    return names_only_service(turn) and _NUMBER.search(fold(turn)) is not None


def names_only_service(turn: str) -> bool:
    """Whether a turn holds nothing but a service's name, a place's, and the words around them: "police Rome"."""
    for mention in reversed(find_places(turn)):
        turn = f"{turn[: mention.start]} {turn[mention.end :]}"
    words = fold(turn)
    return _SERVICE.search(words) is not None and not _AROUND.sub("", _SERVICE.sub("", words))

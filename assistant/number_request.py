"""Does a turn ask for a number, and say nothing else? "Hospital number? I'm in Lagos" reports no harm."""

from __future__ import annotations

import re

from assistant.emergency_words import fold
from index.places import find_places

_NUMBER = re.compile(r"\b(?:numbers?|phone|telephone|tel|contact)\b")
_SERVICE = re.compile(
    r"\b(?:embass(?:y|ies)s?|consulates?|high commission|police|hospitals?|clinics?|doctors?|ambulances?|"
    r"fire (?:brigade|service|department)|coast ?guard)\b"
)
# What such a request is made of besides whose number, and where.
_AROUND = re.compile(
    r"\b(?:what|whats|which|is|are|the|an?|any|for|of|to|in|at|near|nearest|local|here|there|and|my|our|your|i|im|m|am|"
    r"we|re|s|need|want|have|get|give|me|us|tell|can|could|do|you|please|pls|plz|thanks|hi|hello|"
    r"number|numbers|phone|telephone|tel|contact|call|dial|ring|now|currently|after hours)\b|\W"
)


def asks_only_for_number(turn: str) -> bool:
    """Whether every word of a turn belongs to a request for a service's number, or tells where one is."""
    for mention in reversed(find_places(turn)):
        turn = f"{turn[: mention.start]} {turn[mention.end :]}"
    words = fold(turn)
    if not (_NUMBER.search(words) and _SERVICE.search(words)):
        return False
    return not _AROUND.sub("", _SERVICE.sub("", words))

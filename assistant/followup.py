"""Follow-ups: what an earlier question lends to one that does not make sense alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.services import SERVICES
from assistant.wanted import Wanted, wanted
from assistant.whereabouts import meant, without

_FOLLOW_UP = re.compile(r"^\s*(?:and|what about|how about|also|but|then|so|or|ok(?:ay)?)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|there|that|those|this|these)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^\s*(?:and|what about|how about|also|but|then|so|or|ok(?:ay)?)\b[\s,]*(?:in|for|about)?\s*", re.IGNORECASE
)
_EMPTY_WORDS = """a an and about are at be but do does for how i in is it me my of on or so tell the then there to what
when where"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def stand_alone(words: str, history: Sequence[str]) -> str:
    """The wording that makes sense alone: a follow-up takes over what the turn before was about.

    "And in Almaty?" keeps the earlier topic and replaces its place; "What about taxis?" keeps only the place, which
    the filter carries.
    """
    if not history:
        return words
    own = _OPENING.sub("", words)
    own = without(own, meant(own))
    content = [w for w in re.findall(r"\w+", own.lower()) if w not in _EMPTY]
    if content and not (len(content) <= 2 and _PRONOUN.search(own)):
        return words
    before = stand_alone(history[-1], history[:-1])
    return f"{without(before, meant(before)).rstrip(' ?!.')} {words}".strip()


def wanted_with(words: str, history: Sequence[str]) -> Wanted:
    """What is asked for; "And for the police?" asks for what the question before it did."""
    own = wanted(words)
    follows = _FOLLOW_UP.match(words) is not None and any(s.asked.search(words) for s in SERVICES)
    return wanted_with(history[-1], history[:-1]) if history and follows and own is Wanted.TEXT else own

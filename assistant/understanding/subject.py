"""Could travel-safety documents answer this at all? The words that tell stand in `data/subject.txt`.

An honest question must never be turned away, so that `OFF` is said only where a pattern of another subject fits
("best pizza in Naples") and no word of ours stands beside it ("is the best pizza area safe?"). All else that is not
clearly ours is `UNCLEAR`: the search decides.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from importlib import resources

from assistant.understanding.thesaurus import concepts

_READ = 2000  # characters of a question that are read: a bound on the time
_LONGEST_COURTESY = 200  # characters


class Subject(StrEnum):
    """What a question is about."""

    TRAVEL_SAFETY = "travel_safety"
    UNCLEAR = "unclear"
    OFF = "off"


class Courtesy(StrEnum):
    """Words that ask nothing and deserve a kind one in return."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    SELF = "self"  # "Who are you?", "What can you do?"


_POLITE = (
    r"(?:ok(?:ay)?|so|very|much|a lot|all|that['’]s|that is|was|it|for|your|the|you|help|info\w*|answer|great|good|"
    r"nice|helpful|really|now|everyone|there|again|my friend|mate|well|perfect|cool|wonderful|awesome|and|please|i|"
    r"safecite)"
)


# What thanks are for; no word of it begins one of the polite ones, so that nothing is tried twice.
_GLAD = (
    r"(?:that|this|useful|helped(?: me| us)?|saved (?:me|us|(?:my|our|the) (?:trip|holiday|day|life|time|evening))|"
    r"answer(?:s|ed) (?:my|our|the|all my) questions?|what (?:i|we) (?:needed|wanted)|just|exactly|has been|have been)"
)
_ANSWERED = (
    r"(?:that|this|it|you|you['’]ve|which)(?: has| have| really)? (?:help(?:s|ed)|"
    r"answer(?:s|ed) (?:my|our|the|all my) questions?|saved (?:my|our) (?:trip|holiday|day|life))|"
    r"that was (?:very|so|really) (?:helpful|useful)"
)


def _whole(words: str, polite: str = _POLITE) -> re.Pattern[str]:
    """These words, and nothing beside them but politeness."""
    return re.compile(
        rf"(?:\W*{polite}\b)*\W*\b(?:{words})\b(?:\W+(?:{words})\b)*(?:\W*{polite}\b)*\W*$", re.IGNORECASE
    )


_COURTESIES = (
    (
        Courtesy.THANKS,
        _whole(
            rf"thanks?|thank you|thx|ty|cheers|much appreciated|appreciate it|merci|gracias|danke|{_ANSWERED}",
            rf"(?:{_POLITE}|{_GLAD})",
        ),
    ),
    (
        Courtesy.FAREWELL,
        _whole(
            r"(?:thanks?(?: you)?\W+)?(?:bye|goodbye|bye bye|see you(?: later)?|good ?night|take care|ciao|adios|"
            r"have a (?:nice|good|great) (?:day|one|evening|trip))"
        ),
    ),
    (
        Courtesy.SELF,
        _whole(
            r"who (?:are|made|built|created) you|what(?:['’]s| is) your name|what (?:can|do) you do|what are you|"
            r"how do you work|are you (?:a )?(?:robot|bot|human|person|real|there)|"
            r"what can i ask(?: you)?|can you help me|how does this work"
        ),
    ),
    (
        Courtesy.GREETING,
        _whole(
            r"hi+|hello+|hey+|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hola|bonjour|hallo|salut|"
            r"how are you(?: doing| today)*|how['’]?s it going|what['’]?s up|sup|nice to meet you|test(?:ing)?"
        ),
    ),
)


def subject(words: str) -> Subject:
    """Whether a question, in its stand-alone wording, is one that travel-safety documents could answer."""
    words = words[:_READ]
    if courtesy(words) or _pattern("tasks").search(words):
        return Subject.OFF
    if _pattern("ours").search(words):
        return Subject.TRAVEL_SAFETY
    if _pattern("off").search(words):
        return Subject.OFF
    return Subject.TRAVEL_SAFETY if concepts(words) else Subject.UNCLEAR


def courtesy(words: str) -> Courtesy | None:
    """Which courtesy these words are and nothing more; None where they say anything else."""
    if len(words) > _LONGEST_COURTESY:
        return None
    return next((kind for kind, pattern in _COURTESIES if pattern.match(words)), None)


@cache
def _pattern(part: str) -> re.Pattern[str]:
    """One of a part's patterns, compiled on first use."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in _parts()[part]), re.IGNORECASE)


@cache
def _parts() -> dict[str, list[str]]:
    """The patterns of each part, the names of earlier parts in them replaced."""
    parts: dict[str, list[str]] = {}
    patterns: list[str] = []
    text = resources.files("assistant").joinpath("data/subject.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        words = re.sub(r"<(\w+)>", lambda name: "|".join(parts[name[1]]), line.strip())
        if line.startswith(" " * 8):
            patterns[-1] += words
        elif line.startswith(" "):
            patterns.append(words)
        elif line:
            patterns = parts[line] = []
    return parts

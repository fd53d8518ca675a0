"""A traveller who tells of an arrest and looks for help asks what pages word as below, whatever the words.

Asking what one is arrested for, or what would happen, is searched for in its own words.
"""

from __future__ import annotations

import re

_SEARCHED_FOR = "arrested and detained by police, lawyer, embassy"

_HELD = r"(?:arrested|detained|jailed|imprisoned|in (?:police )?custody)"
_WHOM = (
    r"(?:i|we|he|she|they|friends?|mate|partner|husband|wife|son|daughter|brother|sister|father|mother|dad|mum|mom|"
    r"boyfriend|girlfriend|cousin|colleague|student)"
)
_TOLD = re.compile(
    rf"\b{_WHOM}(?:['’]?s)?(?: (?:was|were|is|are|am|has|have|had|been|got|just|being))* {_HELD}\b|"
    rf"^\W*(?:got )?{_HELD}\b|"
    rf"\bpolice (?:have |has |just )*(?:{_HELD}|took|taken) (?:me|us|him|her|them|(?:my|our) {_WHOM})\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\bwho (?:can|will) help\b|\b(?:need|want|get|find)(?: \w+){0,3} (?:lawyer|solicitor|attorney|help)\b|"
    r"\bwhat (?:do|can|should) (?:i|we) do\W*$|\bwhat (?:now|to do)\W*$|"
    r"\bhelp (?:me|us|him|her|them)\b|\bget (?:me|us|him|her|them) out\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\b(?:if|in case|could|might|when|can (?:i|we|you) be)\b", re.IGNORECASE)


def help_after_arrest(words: str) -> str:
    """The words to search with where a traveller tells of an arrest and looks for help; "" where nobody does."""
    told = _TOLD.search(words) and _HELP.search(words)
    return _SEARCHED_FOR if told and not _SUPPOSED.search(words) else ""

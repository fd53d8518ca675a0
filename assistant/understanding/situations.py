"""What a traveller tells of instead of asking: a lost passport, an arrest, being a same-sex couple.

The story shares few words with the pages that help. Each function gives the words to search with, as pages write them,
or "" where nobody tells it. What is supposed is no story: "if I am arrested" is searched for in its own words.
"""

from __future__ import annotations

import re

from assistant.understanding.custody import in_custody
from assistant.understanding.thesaurus import concepts

_PASSPORT_LOST = {  # a language: what became of it, and whose passport
    "en": (
        r"took|taken|stole|stolen|snatched|grabbed|nicked|lost|gone|missing|disappeared|robbed|can(?:no|['’])?t find",
        r"(?:my|our|his|her) (?:\w+ )?(?:\w+ and )?passports?|(?:took|stole|grabbed|snatched|lost) (?:the )?passports?",
    ),
    "es": (r"rob\w+|perd\w+|quit\w+|llev\w+|desapareci\w+", r"pasaportes?"),
    "fr": (r"vol[ée]\w*|perdu\w*|pris\w*|disparu\w*", r"passeports?"),
    "de": (r"gestohlen|verloren|geklaut|weg|geraubt|verschwunden", r"(?:reise)?pass|(?:reise)?pässe"),
    "pt": (r"roub\w+|perd\w+|lev\w+|furt\w+|sumiu", r"passaportes?"),
    "ru": (r"укра\w+|потеря\w+|забра\w+|пропал\w*", r"паспорт\w*"),
}
_LOST = re.compile(
    "|".join(
        rf"\b(?:{became})\b.{{0,40}}\b(?:{passport})\b|\b(?:{passport})\b.{{0,30}}\b(?:{became})\b"
        for became, passport in _PASSPORT_LOST.values()
    ),
    re.IGNORECASE,
)
_KEPT = re.compile(  # by somebody with a right to it, or who says so
    r"\b(?:police\w*|officers?|hotel|reception\w*|border|immigration|employer|boss|landlord|embassy)\b.{0,30}\b(?:took|taken|kept|has)\b",
    re.IGNORECASE,
)
_LOSS_SUPPOSED = re.compile(  # or asked about, or feared
    r"\b(?:if|in case|when|can i|could|may|might|will|would|how|do i need|(?<!what )should|"
    r"(?:be|get|gets|being) (?:stolen|taken|lost)|si|wenn|falls|se|если|comment|cómo|como|wie|как)\b",
    re.IGNORECASE,
)

_ARREST_WORDS = "if arrested, finding lawyers, consular help"
_ARREST = re.compile(r"arrest|detain|jail|prison|custody", re.IGNORECASE)
_HELD = r"(?:arrested|detained|jailed|imprisoned|in (?:police )?custody)"
_WHOM = (
    r"(?:i|we|he|she|they|friends?|mate|partner|husband|wife|son|daughter|brother|sister|father|mother|dad|mum|mom|"
    r"boyfriend|girlfriend|cousin|colleague|student)"
)
_ARRESTED = re.compile(
    rf"\b{_WHOM}(?:['’]?s)?(?: (?:was|were|is|are|am|has|have|had|been|got|just|being))* {_HELD}\b|"
    rf"^\W*(?:got )?{_HELD}\b",
    re.IGNORECASE,
)
_LOOKS_FOR_HELP = re.compile(
    r"\bwho (?:can|will) help\b|\b(?:need|want|get|find)(?: \w+){0,3} (?:lawyer|solicitor|attorney|help)\b|"
    r"\bwhat (?:do|can|should) (?:i|we) do\W*$|\bhelp (?:me|us|him|her|them)\b",
    re.IGNORECASE,
)
_ARREST_SUPPOSED = re.compile(r"\b(?:if|in case|could|might|when|can (?:i|we|you) be)\b", re.IGNORECASE)

_SAME_SEX = "LGBT+"  # the thesaurus's first term for it
_WHO_TRAVELS = frozenset((_SAME_SEX, "children", "women travellers", "safety and security"))
_OF_THEMSELVES = re.compile(r"\b(?:mums|moms|dads|mothers|fathers|both|likes?|fancies|into|i'm|im|am|as)\b")


def lost_passport(words: str) -> str:
    """ "They took my passport too"; telling is not asking: "can I fly home if my passport is stolen?"."""
    told = _LOST.search(words) and not _KEPT.search(words) and not _LOSS_SUPPOSED.search(words)
    return "lost or stolen passport" if told else ""


def help_after_arrest(words: str) -> str:
    """ "Friend arrested, need a lawyer"; asking what one is arrested for, or what would happen, is no such story."""
    told = _ARRESTED.search(words) or in_custody(words)
    # "Police took my husband" finds nothing in its own words, "police arrested my husband" does.
    searched = _LOOKS_FOR_HELP.search(words) or not _ARREST.search(words)
    return _ARREST_WORDS if told and searched and not _ARREST_SUPPOSED.search(words) else ""


def same_sex_couple(words: str) -> str:
    """ "Our son has two mums": what to search for besides the user's words, where nothing else is asked.

    Two mums who ask for the tap water get the tap water.
    """
    heard = concepts(words)
    if any(concept.terms[0] not in _WHO_TRAVELS for concept in heard):
        return ""
    told = any(concept.terms[0] == _SAME_SEX and _OF_THEMSELVES.search(concept.words) for concept in heard)
    return "LGBT+ same-sex relationships" if told else ""

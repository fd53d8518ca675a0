"""What a traveller tells of instead of asking: a theft, an arrest, a spiked drink, being a same-sex couple.

The story shares few words with the pages that help. Each function gives the words to search with, as pages write them,
or "" where nobody tells it. What is supposed is no story: "if I am arrested" is searched for in its own words.
"""

from __future__ import annotations

import re

from assistant.understanding.custody import in_custody
from assistant.understanding.losses import lost_passport, theft
from assistant.understanding.thesaurus import concepts

_ARREST = re.compile(r"arrest|detain|jail|prison|custody", re.IGNORECASE)
_HELD = r"(?:arrested|detained|jailed|imprisoned|in (?:police )?custody)"
_WHOM = (
    r"(?:i|we|he|she|they|friends?|mate|partner|husband|wife|son|daughter|brother|sister|father|mother|dad|mum|mom|"
    r"boyfriend|girlfriend|cousin|colleague|student)"
)
_ARRESTED = re.compile(
    rf"\b{_WHOM}(?:['’]?s)?(?: (?:was|were|is|are|am|has|have|had|been|got|just|being))* {_HELD}\b|"
    rf"^\W*(?:got )?{_HELD}\b|"
    rf"\bpolice (?:have |has |just )*(?:{_HELD}|took|taken) (?:me|us|him|her|them|(?:my|our) {_WHOM})\b",
    re.IGNORECASE,
)
_LOOKS_FOR_HELP = re.compile(
    r"\bwho (?:can|will) help\b|\b(?:need|want|get|find)(?: \w+){0,3} (?:lawyer|solicitor|attorney|help)\b|"
    r"\bwhat (?:do|can|should) (?:i|we) do\W*$|\bwhat (?:now|to do)\W*$|"
    r"\bhelp (?:me|us|him|her|them)\b|\bget (?:me|us|him|her|them) out\b",
    re.IGNORECASE,
)
_ARREST_SUPPOSED = re.compile(r"\b(?:if|in case|could|might|when|can (?:i|we|you) be)\b", re.IGNORECASE)

_DRINK = r"(?:drinks?|beer|wine|cocktail|coffee|tea|juice|glass|cup|food)"
_DRUGGED = re.compile(
    rf"\b{_DRINK} (?:(?:was|were|is|has|had|have|got|been|just|probably|maybe|being) )*(?:spiked|drugged|laced)\b|"
    rf"\b(?:spiked|drugged|laced) (?:my|our|his|her|their) (?:\w+['’]s )?{_DRINK}\b|"
    rf"\b(?:put|slipped|dropped|poured|mixed) (?:something|drugs?|stuff|pills?|powder) in(?:to)? "
    rf"(?:my|our|his|her|their|(?:my|our) \w+) (?:\w+ )?{_DRINK}\b|"
    r"\b(?:i|i['’]?ve|we|he|she|friends?|(?:my|our) \w+)(?: (?:think|thinks|was|were|is|am|have|has|had|been|got|being|"
    r"i|we|he|she|just|probably))+ (?:spiked|drugged|roofied)\b",
    re.IGNORECASE,
)
_DRUG_SUPPOSED = re.compile(
    r"\b(?:if|in case|could|might|when|will|would|can|how (?:often|common|likely)|avoid|prevent|do (?:people|they))\b",
    re.IGNORECASE,
)

_SAME_SEX = "LGBT+"  # the thesaurus's first term for it
_WHO_TRAVELS = frozenset((_SAME_SEX, "children", "women travellers", "safety and security"))
_OF_THEMSELVES = re.compile(r"\b(?:mums|moms|dads|mothers|fathers|both|likes?|fancies|into|i'm|im|am|as)\b")


def told_of(words: str) -> str:
    """The words to search with instead of a traveller's own: what to do, not how often it happens."""
    return lost_passport(words) or help_after_arrest(words) or spiked_drink(words) or theft(words)


def spiked_drink(words: str) -> str:
    """ "Somebody put something in my drink"; whether that is common is no such story."""
    told = _DRUGGED.search(words) and not _DRUG_SUPPOSED.search(words)
    return "if you suspect drink spiking, seek urgent medical help" if told else ""


def help_after_arrest(words: str) -> str:
    """ "Friend arrested, need a lawyer"; asking what one is arrested for, or what would happen, is no such story."""
    told = _ARRESTED.search(words) or in_custody(words)
    # "Police took my husband" finds nothing in its own words, "police arrested my husband" does.
    searched = _LOOKS_FOR_HELP.search(words) or not _ARREST.search(words)
    return (
        "arrested and detained by police, lawyer, embassy"
        if told and searched and not _ARREST_SUPPOSED.search(words)
        else ""
    )


def same_sex_couple(words: str) -> str:
    """ "Our son has two mums": what to search for besides the user's words, where nothing else is asked.

    Two mums who ask for the tap water get the tap water.
    """
    heard = concepts(words)
    if any(concept.terms[0] not in _WHO_TRAVELS for concept in heard):
        return ""
    told = any(concept.terms[0] == _SAME_SEX and _OF_THEMSELVES.search(concept.words) for concept in heard)
    return "LGBT+ same-sex relationships" if told else ""

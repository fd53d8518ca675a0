"""A same-sex couple told by who they are: "our son has two mums". Pages, and the law, word it as below.

Only where nothing else is asked: two mums who ask for the tap water get the tap water.
"""

from __future__ import annotations

import re

from assistant.understanding.thesaurus import concepts

_FIELD = "LGBT+"
_SEARCHED_FOR = "LGBT+ same-sex relationships"
_WHO = frozenset((_FIELD, "children", "women travellers", "safety and security"))  # what tells who travels
_TOLD = re.compile(r"\b(?:mums|moms|dads|mothers|fathers|both|likes?|fancies|into|i'm|im|am|as)\b")


def same_sex_couple(words: str) -> str:
    """What to search for besides, where a traveller tells of being, or of being with, a same-sex couple; else ""."""
    heard = concepts(words)
    if any(found.terms[0] not in _WHO for found in heard):
        return ""
    told = any(found.terms[0] == _FIELD and _TOLD.search(found.words) for found in heard)
    return _SEARCHED_FOR if told else ""

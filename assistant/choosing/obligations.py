"""Is something mandatory? Only a rule tells: that it is advisable does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.choosing.patterns import SENTENCE_END
from index.words import terms


def asks_obligation(asked: str) -> bool:
    """Whether a question asks if something is mandatory."""
    return bool(_obliged(asked))


def holds_obligation(asked: str, shown: str, headings: Sequence[str]) -> bool:
    """Whether a quote under its headings tells of a rule on what the question asks; True where it asks for none."""
    subject = _obliged(asked)
    if not subject:
        return True
    return any(
        _RULE.search(sentence) and not subject.isdisjoint(terms("\n".join((sentence, *headings[-1:]))))
        for sentence in SENTENCE_END.split(shown)
    )


_ASKED = re.compile(
    r"\b(?:mandatory|compulsory|obligatory|(?:legally )?required by law|legally required|an? legal requirement)\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:must|requires?|required|mandatory|compulsory|obligatory|obliged|law|illegal|unlawful|prohibited|fined?|optional|"
    r"voluntary|need to (?:show|carry|present|wear|hold|have))\b",
    re.IGNORECASE,
)
_NO_SUBJECT = frozenset(
    terms("wear carry have hold use get take buy bring keep show need always everyone people you i")
)


@lru_cache(maxsize=64)
def _obliged(asked: str) -> frozenset[str]:
    """The terms of what is asked to be mandatory; none where nothing is."""
    if _ASKED.search(asked) is None:
        return frozenset()
    return frozenset(terms(_ASKED.sub(" ", asked))) - _NO_SUBJECT

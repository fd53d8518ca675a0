"""A traveller who tells of a lost passport says what happened ("they took my passport too"); pages word it as below.

Telling is not asking: "can I fly home if my passport is stolen?" is searched for in its own words.
"""

from __future__ import annotations

import re

_SEARCHED_FOR = "lost or stolen passport"

_TELLS = {  # a language: what became of it, and whose passport
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
_TOLD = re.compile(
    "|".join(
        rf"\b(?:{became})\b.{{0,40}}\b(?:{passport})\b|\b(?:{passport})\b.{{0,30}}\b(?:{became})\b"
        for became, passport in _TELLS.values()
    ),
    re.IGNORECASE,
)
_KEPT = re.compile(  # by somebody with a right to it, or who says so
    r"\b(?:police\w*|officers?|hotel|reception\w*|border|immigration|employer|boss|landlord|embassy)\b.{0,30}\b(?:took|taken|kept|has)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(  # or supposed, or feared
    r"\b(?:if|in case|when|can i|could|may|might|will|would|how|do i need|(?<!what )should|"
    r"(?:be|get|gets|being) (?:stolen|taken|lost)|si|wenn|falls|se|если|comment|cómo|como|wie|как)\b",
    re.IGNORECASE,
)


def lost_passport(words: str) -> str:
    """The words to search with where a traveller tells that a passport is lost; "" where nobody does."""
    told = _TOLD.search(words) and not _KEPT.search(words)
    return _SEARCHED_FOR if told and not _ASKED.search(words) else ""

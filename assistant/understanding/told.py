"""What a traveller tells of, and nobody asks in the words of the pages: a loss, a theft, an arrest, a spiked drink.

Then what to do is searched for, as pages word it: how often it happens and how to prevent it comes too late.
"""

from __future__ import annotations

import re

from assistant.understanding.arrests import help_after_arrest
from assistant.understanding.losses import lost_passport, theft

_SPIKED = "if you suspect drink spiking, seek urgent medical help"
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
_SUPPOSED = re.compile(
    r"\b(?:if|in case|could|might|when|will|would|can|how (?:often|common|likely)|avoid|prevent|do (?:people|they))\b",
    re.IGNORECASE,
)


def told_of(words: str) -> str:
    """The words to search with instead of a traveller's own; "" where none of these is told."""
    return lost_passport(words) or help_after_arrest(words) or _spiked_drink(words) or theft(words)


def _spiked_drink(words: str) -> str:
    return _SPIKED if _DRUGGED.search(words) and not _SUPPOSED.search(words) else ""

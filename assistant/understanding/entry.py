"""Rules of entry: are they asked about, and as a whole?

"What do I need to get into Peru?" shares no word with the pages that answer it, which speak of visas and passports.
"""

from __future__ import annotations

import re

_SOMEONE = r"(?:i|we|you|one|someone|people|foreigners|tourists|visitors|travell?ers|citizens)"
_STAY = re.compile(
    rf"\W*(?:and )?(?:for )?how (?:long|many (?:days|weeks|months)) "
    rf"(?:(?:can|may|could|am|are|is) {_SOMEONE}|{_SOMEONE} (?:can|may|could))"
    r"(?: (?:be |legally )*(?:allowed|permitted|able) to| legally)? (?:stay|remain)"
    r"(?: (?:there|in|for|on|as|without|visa[- ]free|at most|the|an?|my|country|visas?|tourists?|visitors?))*\W*"
    r"|\W*how many (?:days|weeks|months) without (?:an? )?visa\W*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\bvisas?\b(?! (?:card|debit|credit|was|got|has been|is stolen))"
    r"|\bpassports?\b[^?]{0,40}\bvalid(?:ity)?\b|\bblank pages?\b"
    r"|\bentry (?:requirements?|rules?)\b|\brequirements? (?:to|for) enter(?:ing)?\b"
    r"|\bregist(?:er|ration)(?: \w+){0,3} (?:with|at) (?:the )?(?:local |nearest )?"
    r"(?:police|authorities|immigration|migration)\b"
    r"|\b(?:need|allowed|required?|takes?)(?: \w+){0,2} to (?:enter|get (?:in|into)|get through immigration)\b",
    re.IGNORECASE,
)
_GOING_IN = r"(?:enter|entry|get in(?:to)?|be let in|cross|cross the border|at the border|at immigration|on arrival)"
_SHOWN = r"(?:need|require|take|have|show|present|carry|bring)"
_GENERAL = re.compile(
    r"\W*(?:(?:what are|what's|tell me) )?(?:the |current )*(?:entry|visa|border|immigration)(?: and \w+)? "
    r"(?:rules?|requirements?|conditions|formalities)(?: for (?:tourists|visitors|travellers))?\W*"
    rf"|\W*what (?:do|does|must|should|will|would)(?: \w+){{0,2}} {_SHOWN}(?: \w+){{0,2}} {_GOING_IN}\W*"
    rf"|\W*(?:what|which) (?:travel )?(?:papers?|documents?|documentation|paperwork)(?: \w+){{0,7}} {_GOING_IN}\W*",
    re.IGNORECASE,
)
_ASKED_AS_PAGES_SAY = "What are the entry requirements: passport and visa?"
_STAY_AS_PAGES_SAY = "Do I need a visa, and how long can I stay?"


def entry_rules(words: str) -> bool:
    """Whether a question is about rules of entry."""
    return _ENTRY.search(words) is not None or bool(entry_in_general(words))


def entry_in_general(words: str) -> str:
    """The words to search with where a question, without its place, asks for the rules of entry as a whole, or how
    long a visit may be; else ""."""
    if _STAY.fullmatch(words):
        return _STAY_AS_PAGES_SAY
    return _ASKED_AS_PAGES_SAY if _GENERAL.fullmatch(words) else ""

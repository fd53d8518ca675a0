"""Rules of entry: are they asked about, and as a whole?

"What do I need to get into Peru?" shares no word with the pages that answer it, which speak of visas and passports.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.understanding.patterns import any_of
from assistant.understanding.whereabouts import places_meant

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


_A_VISA = (
    r"(?:(?:an?|any|the|some|valid|entry|tourist|tourism|visit|visitor|travel|short[- ]stay|single[- ]entry|electronic|"
    r"separate|schengen|[a-z]+(?:an|ese|ish|i)) )*(?:e-?)?visas?\b"
)
_NOT_THE_VISA = r"(?! (?:card|fee|application|appointment|photo|form|extension|support|debit|credit))"
_GET = r"(?:have|hold|get|obtain|apply|apply for|buy|purchase|arrange)"
_VISA_ASKED = any_of(
    rf"\b(?:needs?|needed|needing|requires?|required)(?: to {_GET})? {_A_VISA}{_NOT_THE_VISA}",
    rf"\b(?:have|has|got|must|should|ought)(?: \w+){{0,3}}? {_GET} {_A_VISA}{_NOT_THE_VISA}",
    rf"\bvisas?\b{_NOT_THE_VISA}(?: (?!to\b)\w+){{0,4}}? "
    r"(?:needed|required?|necessary|mandatory|compulsory|obligatory)",
    rf"\bwithout (?:having |getting |needing )?{_A_VISA}|\bvisa[- ](?:free|exempt)",
    r"\bvisa (?:requirements?|rules?|polic(?:y|ies)|regulations?)\b",
    r"^\W*(?:and |do i |what about |how about )*(?:an? |the |tourist |entry )*visas?"
    r"(?: (?:for|to|there|in|visit|enter|go))*\W*$",
)
# Another question, or that of a few, which the rule for visitors does not answer.
_ASKED_BESIDES = any_of(
    r"^\W*(?:and )?(?:how(?! about)|where|which|when (?:do|should|can)|why|who)\b",
    r"\bhow (?:long|much|many|do|can)\b|\bwhat (?:kind|type|sort|visa|documents?)\b|\b(?:cost|price|fee)s?\b",
    r"\b(?:work|stud|journalis|report|film|volunteer|teach|intern|pilgrim|retir|marr|resid|transit|diploma)\w*",
    r"\b(?:jobs?|media|business|conference|layover|stopover|airside|airport|connect\w+|crew|cruise|ship|live|living|move|"
    r"moving|green card|refugee|dual|born|oci|hajj|umrah|nomad|child\w*|kids?|baby|son|daughter|leave|exit|extend|"
    r"extension|overstay\w*|longer|lost|stolen|expired?|refused|denied|rejected|military|re-?ent\w+|multiple)\b",
)
_NOT_LAST = r"(?!(?:\W|\b(?:for|to|in)\b)*$)"  # where two places stood: "a visa for Jordan or Egypt"
_MORE_ASKED = any_of(
    rf"\bvisas?\b.*\b(?:and|but|also|plus|as well)\b{_NOT_LAST}",
    rf"\bvisas?\b.*\bor\b{_NOT_LAST}(?!.*\b(?:visas?|e?ta|waiver|authori[sz]ation|not)\b)",
    rf"\w\W+(?:and|or) {_A_VISA}|\?.*\w",
)
_ASKED_AS_PAGES_SAY = "What are the entry requirements: passport and visa?"
_VISA_AS_PAGES_SAY = "Do I need a visa?"
_STAY_AS_PAGES_SAY = "Do I need a visa, and how long can I stay?"


def entry_rules(words: str) -> bool:
    """Whether a question is about rules of entry."""
    return _ENTRY.search(words) is not None or bool(entry_in_general(words))


def entry_in_general(words: str) -> str:
    """The words to search with where a question, without its place, asks for the rules of entry as a whole, how long a
    visit may be, or whether one needs a visa, of no town (there may be rules of its own); else ""."""
    if _STAY.fullmatch(words):
        return _STAY_AS_PAGES_SAY
    if asks_visa(words) and not any(mention.kind in ("city", "region") for mention in places_meant(words)):
        return _VISA_AS_PAGES_SAY
    return _ASKED_AS_PAGES_SAY if _GENERAL.fullmatch(words) else ""


@lru_cache(maxsize=64)
def asks_visa(words: str) -> bool:
    """Whether a question, without its place, asks if an ordinary visitor needs a visa, and nothing else."""
    others = (_ASKED_BESIDES, _MORE_ASKED)
    return _VISA_ASKED.search(words) is not None and not any(other.search(words) for other in others)

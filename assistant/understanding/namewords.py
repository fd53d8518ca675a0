"""What stands before and after a place's name tells whether it is where, whose, or whence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.places import Mention


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_I = r"(?:i[’']?m|i am|we[’']?re|we are|(?:am|are) (?:i|we))"
_OTHER_THINGS = (
    r"(?!\s+(?:park|holiday|day|museum|team|dish|police|guard|visa|office|attraction|information|tax|season|card))"
)
_PAPERS = rf"(?:citizen|national|passport)(?:s|ity)?\b{_OTHER_THINGS}"
_HOLDER = rf"(?:citizen|national|passport|travell?er|tourist|visitor|backpacker)(?:s|ity)?\b{_OTHER_THINGS}"
_PEOPLE = (
    r"(?:people|wom[ae]n|m[ae]n|girls?|famil(?:y|ies)|kids|children|couples?|solo|female|male|friends?|wife|husband)\b"
)
_LIKE = r"(?:(?:solo|single|lone|female|male|young|older|gay|trans|black|white|disabled|dual|proud)\s+)*"
_EMBASSY = r"(?:embassy|consul(?:ate)?(?:[ -]general)?|high commission|mission)"
_BUSINESS = r"(?:hotel|hostel|guest ?house|caf[eé]|restaurant|bar|pub|casino)"
_WHAT_IS_IT = r"(?<!and )\b(?:what|which)(?:['’]?s| is| number is| one is)? it(?: called)?"
_BEFORE = {  # what stands before a name that says who asks or whose something is
    "traveller": _any(rf"\b(?:as|{_I}|being|my|our)\s+(?:an?\s+|the\s+)?{_LIKE}$"),
    "self": _any(rf"\b(?:as|{_I}|being)\s+(?:an?\s+)?{_LIKE}$"),
    "for": _any(rf"\bfor\s+{_LIKE}$"),
    "home": _any(rf"\b{_I}\s+(?:originally\s+|both\s+)?from (?:the )?$"),
    "holder": _any(r"\b(?:passport from|(?:citizen|national)s? of|passport of) (?:the )?$"),
    "citizens": _any(r"\b(?:citizen|national)s of (?:the )?$"),
    "embassy": _any(rf"{_EMBASSY} (?:of|for) (?:the )?$"),
    "office": _any(rf"{_EMBASSY},? (?:in (?:the )?)?$"),
    "served": _any(rf"{_EMBASSY}\b[^.?!,;]* for (?:the )?$"),
    "from": _any(r"\b(?<!differ )(?<!different )(?<!far )(?<!away )from (?:the )?$"),
    "into": _any(r"\b(?:to|for|in|into|enter(?:ing)?|visit(?:ing)?) (?:the )?$"),
    "now": _any(r"\bnow(?:,? (?:i[’']?m|we[’']?re|safely|back|stuck))* (?:in|at) (?:the )?$"),
    "left": _any(r"\b(?:from|(?:was|were|been|stayed) (?:in|to|at)|left|visited) (?:the )?$"),
    "asked": _any(rf"{_WHAT_IS_IT} in (?:the )?$"),
    # "Hotel London", "the hotel Le Bristol"; "in a bar Bangkok" is in Bangkok.
    "business": _any(rf"\b(?-i:(?=[A-ZÉ])){_BUSINESS} $", rf"\b{_BUSINESS} (?:le|la|el|du|del|grand|royal) $"),
    "back": _any(r"\b(?:back|home) in (?:the )?$"),
    "border": _any(r"\bborders? (?:crossing )?with (?:the )?$"),
    "papers": _any(
        r"\b(?:licen[cs]e|permit|insurance|visa|passport)(?: (?:is|was|card|issued|comes?|valid|from))*"
        r" (?:from|issued in|issued by|of) (?:the )?$"
    ),
    "according": _any(r"\b(?:according to|in the (?:view|opinion|eyes) of) (?:the )?$"),
    "inside": _any(r"\b(?:in|at|near) (?:the )?$"),
    "strict": _any(
        r"\bhow (?:strict|cautious|careful|harsh|tough|soft|relaxed|lenient) (?:is|are|was|were) (?:the )?$"
    ),
    "born": _any(r"\b(?:born|raised|grew up|grown up) in (?:the )?$"),
    "coming": _any(
        r"\b(?:com(?:e|es|ing)|arriv(?:e|es|ing|al)|fly(?:ing)? in|flew in|return(?:ing)?|transfer(?:ring)?)"
        r"(?: in| here| there| over| straight| directly)* from (?:the )?$"
    ),
    "not": _any(r"(?<!why )(?<!or )\bnot (?:in |to |about |from |for |the one in )?(?:the )?$"),
    "asking": _any(
        r"(?:^|[,.;:!]\s+|\b(?:how|where|when|what|if|that|whether)\s+)(?:can|do|does|are|should|must|will|may|could)?"
        r"(?:\s*\ban?)?\s*$"
    ),
}
_AFTER = {  # and what follows it
    "papers": _any(rf"\s*{_PAPERS}"),
    "here": _any(r"\s+here\b(?=\W|$)"),
    "holder": _any(rf"\s+{_LIKE}{_HOLDER}"),
    "people": _any(rf"\s*(?:{_PEOPLE}|{_HOLDER})"),
    "verb": _any(
        r"\s+(?:still )?(?:need|have|get|enter|travel|visit|require|go|be|apply|pay|stay|register|fly|cross)\b"
    ),
    "embassy": _any(r"[’']?s?\s*(?:embass|consul|high commission|mission\b)"),
    "to": _any(r"[^.?!,;]*?\s+(?:to|into)\b"),
    "belonging": _any(
        r"(?:[’']s)?[ -](?:born\b|style\b|(?:full |car |motorbike |provisional |valid )*(?:driv\w+ |driver[’']?s? )*"
        r"(?:licen[cs]es?|permits?)\b|(?:number )?plates?\b|(?:(?:travel|health|medical|car) )?insurance\b|sim\b|"
        r"(?:phone|mobile)\b(?! number)|(?:bank|debit|credit)\b|cards?\b|prescriptions?\b|"
        r"medicare\b|degree\b|money\b|plugs?\b)"
    ),
    "border": _any(r"(?:[’']s)? (?:land )?(?:borders?|frontier)\b(?! (?:with|police|guards?|control))"),
    "advises": _any(
        r"\s+(?:government\s+)?(?:(?:also|still)\s+)?(?:advis\w+|warns?|recommends?)\s+(?:against|not|people|its)\b"
    ),
    "business": _any(rf"\s+{_BUSINESS} (?:there|here|in)\b"),
    "one": _any(r"\s+one\b"),
    "dish": _any(
        r"\s*(?:food|restaurant|cuisine|bars?\b|pubs?\b|grocer|dish|beer|coffee|tea\b|massage|music|currency)"
    ),
    "rated": _any(r"\s+(?:travel )?(?:advisory|advice|level)\b"),
    "speaks": _any(r"\s+(?:sa(?:ys?|id)|tells?|told|warn(?:s|ed)|recommend\w*|advis(?:es|ed)|(?:dis)?agree[sd]?)\b"),
    "says": _any(
        r"[’']?s?\s*(?:government|advisory|advis(?:e|ing)|advice|travel advi|level|state department|sa(?:ys?|id)\b"
        r"|foreign (?:office|ministry)|department of (?:state|foreign)|warn|give[ns]?\b|(?:has )?set(?:s|ting)?\b"
        r"|rates?\b|(?:dis)?agree|differ|recommend|tells?\b|take a (?:line|view|position)"
        r"|(?:raise|lower|change|lift|issue|upgrade|downgrade)[ds]? (?:the|its|their|an?)\b)"
    ),
}


def leads(what: str, words: str, mention: Mention) -> bool:
    """Whether words of that kind lead to the name."""
    return _BEFORE[what].search(words[: mention.start]) is not None


def follows(what: str, words: str, mention: Mention) -> bool:
    """Whether words of that kind follow the name."""
    return _AFTER[what].match(words, mention.end) is not None


def masked(words: str, mentions: Sequence[Mention], mask: str) -> str:
    """The words with a mask for each name."""
    for mention in sorted(mentions, reverse=True):
        words = f"{words[: mention.start]}{mask}{words[mention.end :]}"
    return words

"""What stands before and after a place's name tells whether it is where, whose, or whence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understanding.patterns import any_of
from index.places import Mention

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
    "traveller": any_of(rf"\b(?:as|{_I}|being|my|our)\s+(?:an?\s+|the\s+)?{_LIKE}$"),
    "self": any_of(rf"\b(?:as|{_I}|being)\s+(?:an?\s+)?{_LIKE}$"),
    "for": any_of(rf"\bfor\s+{_LIKE}$"),
    "home": any_of(rf"\b{_I}\s+(?:originally\s+|both\s+)?from (?:the )?$"),
    "holder": any_of(r"\b(?:passport from|(?:citizen|national)s? of|passport of) (?:the )?$"),
    "citizens": any_of(r"\b(?:citizen|national)s of (?:the )?$"),
    "embassy": any_of(rf"{_EMBASSY} (?:of|for) (?:the )?$"),
    "office": any_of(rf"{_EMBASSY},? (?:in (?:the )?)?$"),
    "served": any_of(rf"{_EMBASSY}\b[^.?!,;]* for (?:the )?$"),
    "from": any_of(r"\b(?<!differ )(?<!different )(?<!far )(?<!away )from (?:the )?$"),
    "into": any_of(r"\b(?:to|for|in|into|enter(?:ing)?|visit(?:ing)?) (?:the )?$"),
    "now": any_of(r"\bnow(?:,? (?:i[’']?m|we[’']?re|safely|back|stuck))* (?:in|at) (?:the )?$"),
    "left": any_of(r"\b(?:from|(?:was|were|been|stayed) (?:in|to|at)|left|visited) (?:the )?$"),
    "asked": any_of(rf"{_WHAT_IS_IT} in (?:the )?$"),
    # "Hotel London", "the hotel Le Bristol"; "in a bar Bangkok" is in Bangkok.
    "business": any_of(rf"\b(?-i:(?=[A-ZÉ])){_BUSINESS} $", rf"\b{_BUSINESS} (?:le|la|el|du|del|grand|royal) $"),
    "back": any_of(r"\b(?:back|home) in (?:the )?$"),
    "border": any_of(r"\bborders? (?:crossing )?with (?:the )?$"),
    "papers": any_of(
        r"\b(?:licen[cs]e|permit|insurance|visa|passport)(?: (?:is|was|card|issued|comes?|valid|from))*"
        r" (?:from|issued in|issued by|of) (?:the )?$"
    ),
    "according": any_of(r"\b(?:according to|in the (?:view|opinion|eyes) of) (?:the )?$"),
    "inside": any_of(r"\b(?:in|at|near) (?:the )?$"),
    "strict": any_of(
        r"\bhow (?:strict|cautious|careful|harsh|tough|soft|relaxed|lenient) (?:is|are|was|were) (?:the )?$"
    ),
    "born": any_of(r"\b(?:born|raised|grew up|grown up) in (?:the )?$"),
    "coming": any_of(
        r"\b(?:com(?:e|es|ing)|arriv(?:e|es|ing|al)|fly(?:ing)? in|flew in|return(?:ing)?|transfer(?:ring)?)"
        r"(?: in| here| there| over| straight| directly)* from (?:the )?$"
    ),
    "not": any_of(r"(?<!why )(?<!or )\bnot (?:in |to |about |from |for |the one in )?(?:the )?$"),
    "asking": any_of(
        r"(?:^|[,.;:!]\s+|\b(?:how|where|when|what|if|that|whether)\s+)(?:can|do|does|are|should|must|will|may|could)?"
        r"(?:\s*\ban?)?\s*$"
    ),
}
_AFTER = {  # and what follows it
    "papers": any_of(rf"\s*{_PAPERS}"),
    "here": any_of(r"\s+here\b(?=\W|$)"),
    "holder": any_of(rf"\s+{_LIKE}{_HOLDER}"),
    "people": any_of(rf"\s*(?:{_PEOPLE}|{_HOLDER})"),
    "verb": any_of(
        r"\s+(?:still )?(?:need|have|get|enter|travel|visit|require|go|be|apply|pay|stay|register|fly|cross)\b"
    ),
    "embassy": any_of(r"[’']?s?\s*(?:embass|consul|high commission|mission\b)"),
    "to": any_of(r"[^.?!,;]*?\s+(?:to|into)\b"),
    "belonging": any_of(
        r"(?:[’']s)?[ -](?:born\b|style\b|(?:full |car |motorbike |provisional |valid )*(?:driv\w+ |driver[’']?s? )*"
        r"(?:licen[cs]es?|permits?)\b|(?:number )?plates?\b|(?:(?:travel|health|medical|car) )?insurance\b|sim\b|"
        r"(?:phone|mobile)\b(?! number)|(?:bank|debit|credit)\b|cards?\b|prescriptions?\b|"
        r"medicare\b|degree\b|money\b|plugs?\b)"
    ),
    "border": any_of(r"(?:[’']s)? (?:land )?(?:borders?|frontier)\b(?! (?:with|police|guards?|control))"),
    "advises": any_of(
        r"\s+(?:government\s+)?(?:(?:also|still)\s+)?(?:advis\w+|warns?|recommends?)\s+(?:against|not|people|its)\b"
    ),
    "business": any_of(rf"\s+{_BUSINESS} (?:there|here|in)\b"),
    "one": any_of(r"\s+one\b"),
    "dish": any_of(
        r"\s*(?:food|restaurant|cuisine|bars?\b|pubs?\b|grocer|dish|beer|coffee|tea\b|massage|music|currency)"
    ),
    "rated": any_of(r"\s+(?:travel )?(?:advisory|advice|level)\b"),
    "speaks": any_of(r"\s+(?:sa(?:ys?|id)|tells?|told|warn(?:s|ed)|recommend\w*|advis(?:es|ed)|(?:dis)?agree[sd]?)\b"),
    "says": any_of(
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

"""Which places, which government, whose embassy and which nationality do these words mean?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.unknown_place import name_after_preposition
from index.places import Mention, find_places


class Region(NamedTuple):
    """The countries meant, or those of which one is meant where nothing tells which: then `places` is empty."""

    places: tuple[str, ...]
    options: tuple[str, ...]


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
_BEFORE = {  # what stands before a name that says who asks or whose something is
    "traveller": _any(rf"\b(?:as|{_I}|being|my|our)\s+(?:an?\s+|the\s+)?{_LIKE}$"),
    "self": _any(rf"\b(?:as|{_I}|being)\s+(?:an?\s+)?{_LIKE}$"),
    "for": _any(rf"\bfor\s+{_LIKE}$"),
    "home": _any(rf"\b{_I}\s+(?:originally\s+|both\s+)?from (?:the )?$"),
    "holder": _any(r"\b(?:passport from|(?:citizen|national)s? of|passport of) (?:the )?$"),
    "embassy": _any(r"(?:embassy|consul(?:ate)?(?:[ -]general)?|high commission|mission) (?:of|for) (?:the )?$"),
    "from": _any(r"\bfrom (?:the )?$"),
    "back": _any(r"\b(?:back|home) in (?:the )?$"),
    "border": _any(r"\bborders? (?:crossing )?with (?:the )?$"),
    "born": _any(r"\b(?:born|raised|grew up|grown up) in (?:the )?$"),
    "coming": _any(
        r"\b(?:com(?:e|es|ing)|arriv(?:e|es|ing|al)|fly(?:ing)? in|flew in|return(?:ing)?|transfer(?:ring)?)"
        r"(?: in| here| there| over| straight| directly)* from (?:the )?$"
    ),
    "not": _any(r"(?<!why )(?<!or )\bnot (?:in |to |about |from |for |the one in )?(?:the )?$"),
    "asking": _any(
        r"(?:^|[,.;:!]\s+|\b(?:how|where|when|what|if|that|whether)\s+)(?:can|do|does|are|should|must|will|may|could)?\s*$"
    ),
}
_AFTER = {  # and what follows it
    "papers": _any(rf"\s*{_PAPERS}"),
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
    "dish": _any(
        r"\s*(?:food|restaurant|cuisine|bars?\b|pubs?\b|grocer|dish|beer|coffee|tea\b|massage|music|currency)"
    ),
    "says": _any(
        r"[’']?s?\s*(?:government|advisory|advis(?:e|ing)|advice|travel advi|level|state department|sa(?:ys?|id)\b"
        r"|foreign (?:office|ministry)|department of (?:state|foreign)|warn|give[ns]?\b|(?:has )?set(?:s|ting)?\b"
        r"|rates?\b|(?:dis)?agree|differ|recommend)"
    ),
}
_OVERLAND = _any(
    r"\b(?:cross(?:ing)?|border|overland|hik(?:e|ing)|trek|cycl(?:e|ing)|driv(?:e|ing)|bus(?:es)?|trains?|ferry)\b"
)
_DEPARTMENT = re.compile(
    r"(?P<US>\bstate department\b)|(?P<GB>\b(?:fcdo|fco)\b)|(?P<AU>\b(?:smartraveller|dfat)\b)"
    r"|(?P<CA>\bglobal affairs\b)",
    re.IGNORECASE,
)
_PUBLISHING = frozenset({"US", "GB", "CA", "AU", "IE"})
_JOINED = re.compile(r"\s*(?:,|&|,?\s*\b(?:and|or)\b)\s*(?:the\s+)?", re.IGNORECASE)
_STRICTER = _any(
    r"\b(?:(?:more|less) (?:strict|cautious|careful)|stricter|harsher|tougher|softer|milder|agree|disagree|differ)\b"
)
_CORRECTED = re.compile(
    r"\W*(?:no\W+|wait\W+|oh\W+|or\W+)*"
    r"(?:sorry|oops|correction|typo|my (?:mistake|bad)|(?:no|sorry|rather|actually)?\W*i (?:mean|meant))"
    r"\b(?:\W+(?:no|not|i mean|i meant|in|to|the|was|it['’]s))*\W*",
    re.IGNORECASE,
)
_PAIRED = re.compile(r"(?:['’]s)?\s*(?:[-–/&,]|\band\b)\s*(?:the )?", re.IGNORECASE)
_PART_OF = re.compile(
    r"\b(?:(?:the )?(?:far |upper |lower )?(?:north|south|east|west|central)(?:[ -]?(?:east|west))?(?:ern)?"
    r"(?: (?:part|coast|border|region|province)s?)?(?: of(?: the)?)? )$",
    re.IGNORECASE,
)


def publishers(words: str) -> tuple[str, ...]:
    """The governments whose words are asked for: "What do the US and the UK say about Kuwait?"."""
    telling = tuple(mention.codes[0] for mention in _telling(words, find_places(words, slips=False)))
    named = _DEPARTMENT.search(words)
    return telling or (() if named is None else tuple(code for code, name in named.groupdict().items() if name))


def _telling(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The governments among the places named: one that says something, and those joined to it."""
    told: list[Mention] = []
    compared = len(mentions) > 2 and _STRICTER.search(words) is not None
    for mention in reversed(mentions):
        joined = told and _JOINED.fullmatch(words, mention.end, told[0].start)
        last = not told and compared and mention is mentions[-1] and mention.end >= len(words.rstrip(" ?.!"))
        if mention.codes[0] in _PUBLISHING and (joined or last or _follows("says", words, mention)):
            told.insert(0, mention)
    return told


def without_advice_here(words: str) -> tuple[str, ...]:
    """The countries whose governments' advice is asked for and is no source: "Does Germany advise against …"."""
    mentions = find_places(words, slips=False)
    if len(mentions) < 2:
        return ()
    return tuple(m.codes[0] for m in mentions if m.codes[0] not in _PUBLISHING and _advises(words, m, mentions))


def _advises(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name is that of a government which advises, such as both in "Do Germany and France advise against"."""
    later = [m for m in mentions if m.start > mention.end]
    joined = bool(later) and _JOINED.fullmatch(words, mention.end, later[0].start) is not None
    return _follows("advises", words, mention) or (joined and _advises(words, later[0], mentions))


def embassy_of(words: str) -> str | None:
    """The country whose embassy is asked for: "the US embassy in Lima"."""
    mentions = find_places(words, slips=False)
    named = [m.codes[0] for m in mentions if names_embassy(words, m)]
    if not named and re.search(r"consul|embass", words, re.IGNORECASE):  # "an Australian in a consular emergency"
        named = [m.codes[0] for m in mentions if m.kind == "demonym"]
    return named[0] if named else None


def names_embassy(words: str, mention: Mention) -> bool:
    """Whether a name says whose embassy: "the US embassy", "the embassy of Ireland"."""
    named = _follows("embassy", words, mention) or _leads("embassy", words, mention)
    return mention.kind in ("country", "demonym") and named


def nationality(words: str) -> str | None:
    """The country whose passport the traveller holds, where the words say so: "I'm Canadian", "for Irish citizens"."""
    mentions = [m for m in find_places(words, slips=False) if m.kind in ("country", "demonym") and len(m.codes) == 1]
    own = [m for m in mentions if _is_own(words, m)]
    return own[0].codes[0] if own else None


def _is_own(words: str, mention: Mention) -> bool:
    """Whether a name says what the traveller is."""
    if _leads("home", words, mention) or _leads("holder", words, mention) or _follows("papers", words, mention):
        return True
    if mention.kind != "demonym" or _follows("holder", words, mention):
        return mention.kind == "demonym"
    plural = re.search(r"[^s]s$", words[: mention.end]) is not None  # "Indians", not "Swiss"
    told = _leads("for", words, mention) and (plural or _follows("people", words, mention))
    asked = _leads("asking", words, mention) and (plural or _follows("verb", words, mention))
    return told or asked or _leads("self", words, mention)


def _leads(what: str, words: str, mention: Mention) -> bool:
    return _BEFORE[what].search(words[: mention.start]) is not None


def _follows(what: str, words: str, mention: Mention) -> bool:
    return _AFTER[what].match(words, mention.end) is not None


def meant(words: str, *, known: bool = False) -> list[Mention]:
    """The places a text is about: where the traveller, or the government, comes from is not one of them.

    `known` is whether a place is known from elsewhere, so that a government's name need not be one. "Southern
    Lebanon" is a region of Lebanon.
    """
    mentions = _as_corrected(words, find_places(words))
    others = known or len(mentions) > 1 or name_after_preposition(words, mentions) is not None
    telling = _telling(words, mentions) if others else []
    found = [m for m in mentions if m not in telling and not _is_attribute(words, m, others, mentions)]
    named = [m for m in found if m.kind != "demonym"]
    return [_with_direction(words, m) for m in named or found]


def _as_corrected(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Without the place that was named by mistake: "Nairobi, sorry, I mean Johannesburg"."""
    taken_back = {
        one for one, other in pairwise(mentions) if _CORRECTED.fullmatch(words, one.end, other.start) is not None
    }
    return [m for m in mentions if m not in taken_back]


def _is_attribute(words: str, mention: Mention, others: bool, mentions: Sequence[Mention]) -> bool:
    """Whether a name says whose, not where: "the US embassy in Lima", "as a British woman", "Canada's advice for"."""
    if names_embassy(words, mention) or _is_own(words, mention) or _leads("not", words, mention):
        return True
    demonym = mention.kind == "demonym"
    if demonym and (_leads("traveller", words, mention) or _follows("dish", words, mention)):
        return True
    if not others:
        return False
    if demonym and _follows("people", words, mention):
        return True
    elsewhere = any(m.kind != "demonym" and set(m.codes).isdisjoint(mention.codes) for m in mentions)
    if elsewhere and any(_leads(what, words, mention) for what in ("born", "coming")):
        return True
    if _leads("border", words, mention) or _leads("back", words, mention):
        return True
    if _follows("belonging", words, mention) or _advises(words, mention, mentions):
        return True
    if elsewhere and _follows("border", words, mention) and not _is_paired(words, mention, mentions):
        return True
    return _leads("from", words, mention) and _follows("to", words, mention) and not _OVERLAND.search(words)


def _is_paired(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it is named together with the place right before it: "the Thailand-Cambodia border"."""
    before = [m for m in mentions if m.end <= mention.start]
    return bool(before) and _PAIRED.fullmatch(words, before[-1].end, mention.start) is not None


def _with_direction(words: str, mention: Mention) -> Mention:
    part = _PART_OF.search(words[: mention.start]) if mention.kind == "country" else None
    if part is None:
        return mention
    start = part.end() - len(part.group().lower().removeprefix("the "))
    return mention._replace(start=start, name=words[start : mention.end], kind="region")


def same_place(earlier: Sequence[Mention]) -> list[Mention]:
    """Of the places named before, the latest and whatever else means the same country."""
    return [m for m in earlier if set(m.codes) & set(earlier[0].codes)] if earlier else []


def region(mentions: Sequence[Mention], covered: Collection[str], context: Collection[str] = ()) -> Region:
    """The countries of the mentions: one a mention, but all of a place that lies in several.

    A city's country that is named beside it decides, then what is `covered`, then the country of another place named,
    or the `context` (codes known from the conversation). Where several are still possible, nothing is decided.
    """
    sure = {m.codes[0] for m in mentions if len(m.codes) == 1}
    places: list[str] = []
    for mention in mentions:
        others = {m.codes[0] for m in mentions if m.kind == "country" and len(m.codes) == 1 and m.name != mention.name}
        possible = _possible(mention, covered, others)
        if not mention.together and len(possible) > 1:
            hinted = [c for c in possible if c in sure] or [c for c in context if c in possible]
            if not hinted and possible[0] in covered:
                return Region((), tuple(possible))
            possible = hinted or possible
        places.extend(possible if mention.together else possible[:1])
    return Region(tuple(dict.fromkeys(places)), ())


def _possible(mention: Mention, covered: Collection[str], countries: Collection[str]) -> list[str]:
    every = (*mention.codes, *mention.lesser)
    return (
        [c for c in every if c in countries]
        or [c for c in mention.codes if c in covered]
        or [c for c in mention.lesser if c in covered and mention.kind == "country"]
        or list(mention.codes)
    )


def without(words: str, mentions: Sequence[Mention]) -> str:
    """The words with the names of the places taken out, and the preposition that led to them."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        before = re.sub(
            r"\b(?:in|to|from|of|for|around|near|within|at|the)\s*$", "", words[: mention.start], flags=re.IGNORECASE
        )
        words = (
            f"{before.rstrip()} {words[mention.end :].lstrip()}"
            if words[mention.end : mention.end + 1] != "?"
            else before.rstrip() + words[mention.end :]
        )
    return re.sub(r"[\s,]+(?=[?.!]*$)", "", words).strip()

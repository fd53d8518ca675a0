"""Whose advice is asked for: the governments that are sources, and those whose advice is not here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.namewords import follows, leads
from index.places import Mention, find_places

_DEPARTMENT = re.compile(
    r"(?P<US>\bstate department\b)|(?P<GB>\b(?:fcdo|fco|(?<!german )(?<!irish )(?<!finnish )foreign office)\b)"
    r"|(?P<AU>\b(?:smartraveller|dfat)\b)|(?P<CA>\bglobal affairs\b)",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:my|our) (?:own |home )?government\b", re.IGNORECASE)
PUBLISHING = frozenset({"US", "GB", "CA", "AU", "IE"})
_JOINED = re.compile(
    r"\s*(?:,|&|/|,?\s*\b(?:and|or|vs\.?|versus|against|compared (?:to|with)))\s*(?:the\s+)?", re.IGNORECASE
)
_COMPARED = re.compile(r"\s*\b(?:vs\.?|versus)\s*(?:the\s+)?", re.IGNORECASE)
_OF_ADVICE = re.compile(
    r"\b(?:levels?|advi[cs]\w+|warn\w*|advisor\w+|against|rate[sd]?|say|says|not to|foreign (?:office|ministry))\b",
    re.IGNORECASE,
)
_STRICTER = re.compile(
    r"\b(?:(?:more|less|most|least) (?:strict|cautious|careful|relaxed|lenient)|strict(?:er|est)|harsh(?:er|est)|"
    r"tough(?:er|est)|soft(?:er|est)|mild(?:er|est)|agree|disagree|differ)\b",
    re.IGNORECASE,
)
_ONLY_ASKING = re.compile(
    r"\W*(?:(?:and|or|so|what|which|who|how|do|does|did|has|have|the|of|on|in|about|for|to|than|is|are|s|side|one|"
    r"governments?|compare[ds]?|vs?|versus|sa(?:y|ys|id)|tells?|advise[sd]?|advice|warn(?:s|ed|ings?)?|views?|position|current|"
    r"currently|now|right|travel|going|visiting|fcd?o|dfat|smartraveller|state department|foreign office)\b\W*)*",
    re.IGNORECASE,
)


def asks_nothing_else(words: str, *, of_town: bool) -> bool:
    """Whether nothing but what governments say of a town is asked, or how they compare: which is the stricter."""
    stricter = _STRICTER.search(words) or _COMPARED.search(words)
    if stricter:
        words = _STRICTER.sub("", words)
    for mention in reversed(find_places(words, slips=False)):
        words = f"{words[: mention.start]} {words[mention.end :]}"
    return (of_town or stricter is not None) and _ONLY_ASKING.fullmatch(words) is not None


def publishers(words: str, nationality: str | None = None) -> tuple[str, ...]:
    """The governments whose words are asked for: "What do the US and the UK say about Kuwait?".

    `nationality` tells which is "our government".
    """
    told = tuple(mention.codes[0] for mention in telling(words, find_places(words, slips=False)))
    named = _DEPARTMENT.search(words)
    own = (nationality,) if nationality in PUBLISHING and _OWN.search(words) else ()
    return told or (own if named is None else tuple(code for code, name in named.groupdict().items() if name))


def telling(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The governments among the places named: one that says something, and those joined to it."""
    told: list[Mention] = []
    compared = len(mentions) > 2 and _STRICTER.search(words) is not None
    for mention in reversed(mentions):
        joined = told and _JOINED.fullmatch(words, mention.end, told[0].start)
        last = not told and compared and mention is mentions[-1] and mention.end >= len(words.rstrip(" ?.!"))
        says = follows("says", words, mention) or leads("according", words, mention)
        if mention.codes[0] in PUBLISHING and (joined or last or says):
            told.insert(0, mention)
    return told or _opposed(words, mentions)


def _opposed(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Two governments held against each other: "Canada versus Australia on Jordan"."""
    if len(mentions) < 3:
        return []
    return next(
        (
            [one, other]
            for one, other in pairwise(mentions)
            if {one.codes[0], other.codes[0]} <= PUBLISHING and _COMPARED.fullmatch(words, one.end, other.start)
        ),
        [],
    )


def without_advice_here(words: str) -> tuple[str, ...]:
    """The countries whose governments' advice is asked for and is no source: "Does Germany advise against …"."""
    mentions = find_places(words, slips=False)
    if len(mentions) < 2:
        return ()
    return tuple(m.codes[0] for m in mentions if m.codes[0] not in PUBLISHING and advises(words, m, mentions))


def advises(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name is that of a government which advises, such as both in "Do Germany and France advise against"."""
    later = [m for m in mentions if m.start > mention.end]
    joined = bool(later) and _JOINED.fullmatch(words, mention.end, later[0].start) is not None
    if follows("advises", words, mention) or (joined and advises(words, later[0], mentions)):
        return True
    says = follows("says", words, mention) or leads("according", words, mention)
    return mention.codes[0] not in PUBLISHING and says and _OF_ADVICE.search(words) is not None

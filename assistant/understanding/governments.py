"""Whose advice is asked for: the governments that are sources, and those whose advice is not here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.understanding.namewords import follows, leads, masked
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
_LEVEL = re.compile(r"\b(?:levels?|advisor(?:y|ies))\b", re.IGNORECASE)
_COLON = re.compile(r":\s*(?:the\s+)?$", re.IGNORECASE)
_COMPARE = re.compile(r"\bcompare\s+(?:the\s+)?$", re.IGNORECASE)
_COMMA = re.compile(r"[,;(–—-]\s*(?:the\s+)?$", re.IGNORECASE)
_BESIDE = re.compile(r"\s+(?:the\s+)?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[^\w\s’']|$)")
_LIST_ENDS = re.compile(r"\s*(?P<only>\bonly\b)?[^\w]*$", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"\s*(?::|on\b(?! (?:foot|business|holidays?|vacation|an?|my|our|(?:the )?way)\b))", re.IGNORECASE
)
_SET_ASIDE = re.compile(r"(?:\(|\s[-–—])\s*(?:the\s+)?$", re.IGNORECASE)
_LEADS_TO_LIST = re.compile(
    r"[\s,;:(–—-]*(?:\b(?:according to|in the (?:view|opinion|eyes) of|compare)\s+)?(?:the\s+)?$", re.IGNORECASE
)
_BORDER = re.compile(r"\b(?:borders?|cross(?:ing)?)\b", re.IGNORECASE)
_EMBASSY = re.compile(r"\b(?:embass|consul|high commission)", re.IGNORECASE)
_STRICTER = re.compile(
    r"\b(?:(?:more|less|most|least) (?:strict|cautious|careful|relaxed|lenient)|strict(?:er|est)|harsh(?:er|est)|"
    r"how (?:strict|cautious|careful|relaxed|lenient|harsh|tough)|"
    r"tough(?:er|est)|soft(?:er|est)|mild(?:er|est)|agree|disagree|differ)\b",
    re.IGNORECASE,
)
_ONLY_ASKING = re.compile(
    r"\W*(?:(?:and|or|so|what|which|who|how|do|does|did|has|have|the|of|on|in|about|for|to|with|than|is|are|s|side|one|"
    r"governments?|compare[ds]?|vs?|versus|sa(?:y|ys|id)|tells?|advise[sd]?|advice|warn(?:s|ed|ings?)?|views?|"
    r"position|current|"
    r"currently|now|right|travel|going|visiting|fcd?o|dfat|smartraveller|state department|foreign office)\b\W*)*",
    re.IGNORECASE,
)


def asks_nothing_else(words: str, *, of_town: bool) -> bool:
    """Whether nothing but what governments say of a town is asked, or how they compare: which is the stricter."""
    stricter = _STRICTER.search(words) or _COMPARED.search(words)
    if stricter:
        words = _STRICTER.sub("", words)
    words = masked(words, find_places(words, slips=False), " ")
    return (of_town or stricter is not None) and _ONLY_ASKING.fullmatch(words) is not None


def publishers(words: str, nationality: str | None = None) -> tuple[str, ...]:
    """The governments whose words are asked for: "What do the US and the UK say about Kuwait?".

    `nationality` tells which is "our government".
    """
    told = tuple(mention.codes[0] for mention in telling(words, find_places(words, slips=False)))
    departments = tuple(dict.fromkeys(named.lastgroup for named in _DEPARTMENT.finditer(words) if named.lastgroup))
    own = (nationality,) if nationality in PUBLISHING and _OWN.search(words) else ()
    return told or departments or own


def telling(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The governments among the places named: one that says something, and those joined to it."""
    told: list[Mention] = []
    compared = len(mentions) > 2 and _STRICTER.search(words) is not None
    for mention in reversed(mentions):
        joined = told and _JOINED.fullmatch(words, mention.end, told[0].start)
        last = not told and compared and mention is mentions[-1] and mention.end >= len(words.rstrip(" ?.!"))
        if mention.codes[0] in PUBLISHING and (joined or last or _says(words, mention)):
            told.insert(0, mention)
    beside = [m for m in listed(words, mentions) if m.codes[0] in PUBLISHING]
    return [m for m in mentions if m in told or m in beside] or _opposed(words, mentions)


def _says(words: str, mention: Mention) -> bool:
    """Whether a name is said to say something; "a man in Yerevan says" is no government."""
    said = follows("says", words, mention) and not by_a_person(words, mention)
    return leads("according", words, mention) or said


def by_a_person(words: str, mention: Mention) -> bool:
    """Whether somebody there says something: "a man in Yerevan says"."""
    return leads("inside", words, mention) and follows("speaks", words, mention)


def listed(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Governments named beside the question: "Crime in Peru: UK, US", "UK, US: crime in Peru", "according to Ireland".

    A list without such a sign may be one of places: "crime in Mexico, the US and Canada".
    """
    return _according(words, mentions) or _at_start(words, mentions) or _at_end(words, mentions)


def _according(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Those behind "according to"; a mere comma may end the list: "according to the UK, US citizens need"."""
    first = next((at for at, m in enumerate(mentions) if leads("according", words, m)), len(mentions))
    run = list(mentions[first : first + 1])
    for mention in mentions[first + 1 :]:
        if not _is_government(mention) or not _JOINED.fullmatch(words, run[-1].end, mention.start):
            break
        run.append(mention)
    ends = bool(run) and _LIST_ENDS.match(words, run[-1].end) is not None
    if ends and all(m.codes[0] in PUBLISHING for m in run):
        return run
    while len(run) > 1 and not re.search(r"\w|&", words[run[-2].end : run[-1].start]):
        run.pop()
    return run


def _at_start(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Two or more that begin the words, where a colon, or "on", leads from them to another place."""
    run: list[Mention] = []
    for mention in mentions:
        first = not run and re.fullmatch(r"\W*(?:the )?", words[: mention.start], re.IGNORECASE)
        joined = run and _JOINED.fullmatch(words, run[-1].end, mention.start)
        if mention.codes[0] not in PUBLISHING or not _is_government(mention) or not (first or joined):
            break
        run.append(mention)
    own = {mention.codes[0] for mention in run}
    elsewhere = any(own.isdisjoint((*m.codes, *m.lesser)) for m in mentions[len(run) :])
    leads_on = len(run) > 1 and elsewhere and _LEADS_ON.match(words, run[-1].end)
    return run if leads_on and not _BORDER.search(words) else []


def _at_end(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Those that end the words, where another place stands before them."""
    ends = _LIST_ENDS.match(words, mentions[-1].end) if mentions else None
    run: list[Mention] = []
    for mention in reversed(mentions if ends else ()):
        joined = not run or _JOINED.fullmatch(words, mention.end, run[0].start)
        if mention.codes[0] not in PUBLISHING or not _is_government(mention) or not joined:
            break
        run.insert(0, mention)
    before = mentions[: len(mentions) - len(run)]
    own = {mention.codes[0] for mention in run}
    whose = _EMBASSY.search(words)  # "embassies in Peru: UK, US" asks whose
    if ends is None or not run or whose or all(own & {*m.codes, *m.lesser} for m in before):
        return []
    lead = words[: run[0].start]
    beside = len(run) == 1 and _BESIDE.fullmatch(words, before[-1].end, run[0].start) is not None
    sign = _COLON.search(lead) or (len(run) > 1 and (_COMPARE.search(lead) or _SET_ASIDE.search(lead)))
    only = ends["only"] and (beside or _COMMA.search(lead))
    level = (
        beside
        and _LEVEL.search(words)
        and not _BORDER.search(words)
        and own.isdisjoint((*before[-1].codes, *before[-1].lesser))
    )
    return run if sign or only or level else []


def _is_government(mention: Mention) -> bool:
    return mention.kind in ("country", "demonym") and len(mention.codes) == 1


def without_listed(words: str) -> str:
    """The words without the governments named beside the question: they are not what is searched for."""
    run = listed(words, find_places(words, slips=False))
    lead = _LEADS_TO_LIST.search(words[: run[0].start]) if run else None
    patterns = (_LIST_ENDS, _ENDS, _LEADS_ON)
    goes_on = run and not any(pattern.match(words, run[-1].end) for pattern in patterns)  # "to US law"
    if lead is None or goes_on or not PUBLISHING.issuperset(m.codes[0] for m in run):
        return words
    rest = re.sub(r"^(?: (?:only|on)\b|\))", "", words[run[-1].end :], flags=re.IGNORECASE)
    return f"{words[: lead.start()]}{rest}".lstrip(" ,;:")


def _opposed(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Two governments held against each other: "Canada versus Australia on Jordan"."""
    if len(mentions) < 3:
        return []
    return next(
        (
            [one, other]
            for one, other in pairwise(mentions)
            if {one.codes[0], other.codes[0]} <= PUBLISHING
            and (
                _COMPARED.fullmatch(words, one.end, other.start)
                or (leads("strict", words, one) and _JOINED.fullmatch(words, one.end, other.start))
            )
        ),
        [],
    )


def without_advice_here(words: str) -> tuple[str, ...]:
    """The countries whose governments' advice is asked for and is no source: "Does Germany advise against …"."""
    mentions = find_places(words, slips=False)
    elsewhere = {m: any(set(m.codes).isdisjoint(other.codes) for other in mentions) for m in mentions}
    named = (m for m in mentions if elsewhere[m] and m.codes[0] not in PUBLISHING and advises(words, m, mentions))
    return tuple(dict.fromkeys(m.codes[0] for m in named))


def advises(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name is that of a government which advises, such as both in "Do Germany and France advise against"."""
    later = [m for m in mentions if m.start > mention.end]
    joined = bool(later) and _JOINED.fullmatch(words, mention.end, later[0].start) is not None
    if follows("advises", words, mention) or (joined and advises(words, later[0], mentions)):
        return True
    elsewhere = any(set(m.codes).isdisjoint(mention.codes) for m in later)
    if mention.kind == "country" and follows("rated", words, mention) and not elsewhere:
        return False  # "Honduras advisory level" is asked about Honduras, "Germany advisory for Mali" of Germany
    says = _says(words, mention) or mention in _according(words, mentions)
    return mention.codes[0] not in PUBLISHING and says and _OF_ADVICE.search(words) is not None

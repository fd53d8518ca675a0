"""Sentences put together again: another place, time, person or thing in a question that was asked before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.understanding.times import period
from assistant.understanding.whereabouts import places_meant, without_places
from assistant.understanding.whose import names_embassy, nationality
from index.places import Mention, find_places, place_name

_ANY_DAY = date(2099, 12, 31)  # only where a time stands is asked, not which days it means
_WITH_ARTICLE = "AE BS CD CF CK DO FK FO GB IM KM KY MH MP MV NL PH SB SC TC US VG VI"
_NOW = re.compile(r"\s*\b(?:right now|now(?:adays)?|today|currently|at the moment|these days)\b", re.IGNORECASE)
_DIRECTION = re.compile(
    r"^(?:the )?(?:far )?(?:north|south|east|west)(?:[ -]?(?:east|west))?(?:ern)?(?: (?:part|coast))?(?: of)? ",
    re.IGNORECASE,
)
_END = re.compile(r"[\s?.!]*$")
_WEEK = r"(?:week(?:day|end)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?"
PEOPLE = (
    r"(?:(?:solo|single|older|elderly|young|pregnant|disabled|gay|lgbt\w*\+?|trans|black|muslim|jewish|female|male|"
    r"foreign|local|dual|us|uk|eu)[ -])*"
    r"(?:wom[ae]n|m[ae]n|girls?|boys?|kids?|child(?:ren)?|bab(?:y|ies)|toddlers?|infants?|teenagers?|minors?|"
    r"famil(?:y|ies)|couples?|tourists?|foreigners?|visitors?|locals?|travell?ers?|students?|journalists?|"
    r"seniors?|pensioners?|backpackers?|volunteers?|residents?|expats?|citizens?|nationals?|vegans?|vegetarians?|muslims?|jews|christians|"
    r"gays?|lesbians?|lgbt\w*\+?(?: people)?|(?:disabled |old )?people|wheelchair users?|diabetics|"
    r"(?:girl|boy)?friends?|wi(?:fe|ves)|husbands?|partners?|sons?|daughters?|parents|mum|mother|dad|father)"
)
_WHO = re.compile(rf"\s*\b(?:for|as) (?:an? |the |my )?{PEOPLE}\b", re.IGNORECASE)
_I_AM = re.compile(
    r"(?:i[’']?m|i am|we[’']?re|we are|"
    r"(?:my|our) (?:wife|husband|partner|(?:girl|boy)?friend|son|daughter|mother|father) is|"
    r"(?:he|she)(?:[’']s| is)|they are) (?:all |both |an? )?(?P<who>\w+)|"
    r"(?:(?:and )?(?:with|on|has|have|i have|we have|(?:my|our) \w+ has) )(?:an? |the )?(?P<passport>\w+) passports?",
    re.IGNORECASE,
)
_WHO_ASKS = re.compile(rf"(?P<do>do|can|should|must|may|could) (?:i|we|{PEOPLE}) (?!\w+ing\b)", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,.?!;]+[,.?!;]*\s*")
_FEW = 4  # words that tell who asks: "I am an American,"
_SINGULAR = re.compile(r"(?:an?|the|my|one) ", re.IGNORECASE)
_HOLDERS = re.compile(rf"(?: passports?\b)?(?: holders?\b| {PEOPLE}\b)?", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"(?P<do>do|does|can|should|must|may|could|will) (?P<who>(?:[\w’'-]+ ){1,4}?)"
    r"(?=(?:need|require|have to|get|enter|apply|pay|register|travel|stay)\b)",
    re.IGNORECASE,
)
_ONESELF = re.compile(r"\b(?:i|we|my|our)\b", re.IGNORECASE)
_LEADS_TO_PEOPLE = re.compile(r"\b(?P<led>for|as|with|on) (?:an? |the |my )?$", re.IGNORECASE)
_WHEN = re.compile(
    r"\s*\b(?:at night|by night|at dusk|after (?:dark|sunset|midnight)|during the (?:day|night)|by day|"
    rf"in the (?:evening|morning|daytime)s?|at (?:the )?weekends?|(?:on|at) (?:the )?{_WEEK}|"
    r"in (?:the )?(?:rainy|dry|wet|high|low|spring|summer|autumn|winter)(?: season)?|during ramadan|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)


def place_phrase(sentence: str, *, known: bool = False) -> str:
    """The places that a sentence is about, as one names them after "in": "Almaty", "Israel and Palestine", or ""."""
    return " and ".join(place_phrases(sentence, known=known))


def place_phrases(sentence: str, *, known: bool = False) -> list[str]:
    """The same, each for itself."""
    mentions = places_meant(sentence, known=known)
    names: dict[str, None] = {}
    for left, right in zip([None, *mentions], [*mentions, None], strict=False):
        if left is None:
            continue
        beside = right is not None and sentence[left.end : right.start].strip(" ,") == ""
        within = (
            right is not None
            and beside
            and (set(left.codes) & set(right.codes) or "," in sentence[left.end : right.start])
        )
        names[_shown(left) if not within or right is None else f"{_shown(left)}, {_shown(right)}"] = None
        if within:
            break
    return list(names)


def listed(names: Sequence[str], joint: str) -> str:
    """ "Peru, Chile or Laos"."""
    return f" {joint} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def whole_of(where: str) -> str:
    """The country of a place: "Nigeria" of "Lagos" or "northern Nigeria"."""
    first = places_meant(where)[:1]
    if first and first[0].kind == "city" and len(first[0].codes) == 1:
        return place_phrase(place_name(first[0].codes[0]))
    return _DIRECTION.sub("", where)


def _shown(mention: Mention) -> str:
    name = mention.name
    if mention.kind in ("country", "demonym") and mention.codes[0] in _WITH_ARTICLE:
        return f"the {name.removeprefix('The ')}"
    return f"the {name[4:]}" if name.startswith("The ") else name


def in_place(sentence: str, names: str) -> str:
    """The sentence about another place: its name for the old one, or "in" it at the end where none stands."""
    mentions = places_meant(sentence)
    if not mentions or mentions[0].kind == "demonym":
        return at_end(without_places(sentence, mentions), f"in {names}")
    first = mentions[0]
    start = without_article(sentence[: first.start])
    rest = sentence[first.end :]
    later = [m._replace(start=m.start - first.end, end=m.end - first.end) for m in mentions[1:]]
    rest = re.sub(r"^,? *(?:and|or|,)? *(?=[?.!]|$)", "", without_places(rest, later)) if later else rest
    joint = " " if later and rest[:1].isalnum() else ""
    return f"{start}{names}{joint}{rest}"


def without_article(before: str) -> str:
    """What stands before a name that another is put for, which may bring its own article."""
    return re.sub(r"\bthe $", "", before, flags=re.IGNORECASE)


def at_end(sentence: str, words: str) -> str:
    """The sentence with words added before its closing mark."""
    end = _END.search(sentence)
    at = end.start() if end else len(sentence)
    return f"{sentence[:at]} {words}{sentence[at:].strip()}".strip()


def time_phrase(sentence: str) -> str:
    """The words of the time that a sentence asks about, or ""."""
    found = period(sentence, _ANY_DAY)
    return sentence[found.start : found.end] if found else ""


def at_time(sentence: str, words: str) -> str:
    """The sentence about another time."""
    found = period(sentence, _ANY_DAY)
    if found:
        sentence = sentence[: found.start].rstrip() + sentence[found.end :]
    return at_end(_NOW.sub("", sentence), words)


def at_present(sentence: str) -> str:
    """The sentence without its time, in the present: "What was the number in 2011?" → "What is the number now?"."""
    for past, present in (("was", "is"), ("were", "are"), ("did", "do")):
        sentence = re.sub(rf"^((?:\w+ ){{0,2}}?){past}\b", rf"\g<1>{present}", sentence, count=1, flags=re.IGNORECASE)
    return at_time(capital(sentence), "now")


def for_people(sentence: str, who: str) -> str:
    """The sentence about other people: "for women" for "for children", "Germans" for "British citizens" or "I"."""
    people = re.sub(r"^(?:for|as) ", "", who)
    named = {m.start for m in places_meant(sentence)}
    for mention in find_places(sentence, slips=False):
        if mention.kind == "demonym" and mention.start not in named and not names_embassy(sentence, mention):
            holders = re.match(rf"(?: {PEOPLE}| passport holders)?\b", sentence[mention.end :], re.IGNORECASE)
            end = mention.end + (holders.end() if holders else 0)
            before = sentence[: mention.start]
            if _SINGULAR.match(people):  # it brings its own article
                before = re.sub(r"\b(?:an?|the) $", "", before)
            return before + people + sentence[end:]
    asks = _WHO_ASKS.match(sentence)
    if asks:
        do = "Does" if asks["do"].lower() == "do" and _SINGULAR.match(people) else asks["do"]
        return f"{do} {people} {sentence[asks.end() :]}"
    return at_end(_WHO.sub("", sentence), who)


def for_me(sentence: str) -> str | None:
    """The sentence about oneself: "Do I need a visa?" for "Do Germans need a visa?"; None where it is about nobody."""
    others = _OF_OTHERS.match(sentence)
    whose = others["who"] if others else ""
    own = _ONESELF.search(whose) is not None
    if others and not own and all(mention.kind == "demonym" for mention in find_places(whose, slips=False)):
        do = "Do" if others["do"].lower() == "does" else others["do"]
        return f"{do} I {sentence[others.end() :]}"
    named = {m.start for m in places_meant(sentence)}
    for mention in find_places(sentence, slips=False):
        lead = _LEADS_TO_PEOPLE.search(sentence[: mention.start])
        if mention.kind == "demonym" and mention.start not in named and lead:
            holders = _HOLDERS.match(sentence, mention.end)
            end = holders.end() if holders else mention.end
            before, after = sentence[: lead.start()], sentence[end:]
            if lead["led"].lower() == "as":
                return before.rstrip() + after
            passport = "passport" in sentence[mention.end : end].lower()
            return f"{before}{lead['led']} {'my passport' if passport else 'me'}{after}"
    return sentence if own else None


def without_nationality(words: str) -> str:
    """A question that no longer tells whose citizen asks: "Do I need a visa?" for "I'm Irish, do I need a visa?"."""
    clauses = _CLAUSE.findall(words)
    others = [one for one in clauses if len(one.split()) > _FEW or nationality(one) is None]
    left = "".join(others).strip() if others else words
    return (for_me(left) or left).strip()


def as_citizen(words: str) -> str | None:
    """ "As a British citizen" for "I'm British"; None where the words say nothing of the kind."""
    told = _I_AM.fullmatch(words)
    who = "" if told is None else capital(told["who"] or told["passport"])
    if not who or nationality(f"I'm {who}") is None:
        return None
    return f"as {'an' if who[0] in 'AEIO' else 'a'} {who} citizen"


def qualified(sentence: str, words: str) -> str:
    """The sentence under a further condition: "at night" (for another hour or season), "with a baby", "by train"."""
    if _WHEN.fullmatch(words):
        sentence = _WHEN.sub("", sentence)
    return sentence if words.lower() in sentence.lower() else at_end(sentence, words)


def capital(sentence: str) -> str:
    """With a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


ASKS = re.compile(
    r"\W*(?:what|which|who|where|when|why|how|is|are|was|do|does|did|can|could|should|may|will|must|has|have)\b", re.I
)


def question(sentence: str) -> str:
    """A sentence with its closing mark: "?" after what asks, "." otherwise, and as it was where one stands."""
    mark = "" if sentence.endswith(("?", ".", "!")) else "?" if ASKS.match(sentence) else "."
    return f"{capital(sentence)}{mark}"

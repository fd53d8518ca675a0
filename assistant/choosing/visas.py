"""Does one need a visa? The rule for the ordinary visitor tells, not the ways to apply or what holds for a few.

"You must have a visa to visit Jordan" is short, has few of a question's words, and stands among longer sentences on
fees, forms and special cases that are nearer to the question in meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from assistant.understanding.patterns import any_of
from index.places import find_places


class Telling(IntEnum):
    """How plainly a text tells whether a visitor needs a visa."""

    NOTHING = 0
    PARTLY = 1  # where to get one, on arrival say, or what holds for a longer stay
    PLAINLY = 2
    AT_ONCE = 3  # plainly, and before anything else


class Where(NamedTuple):
    """The places asked about, and whose text it is: "British citizens need no visa" names no country to go to."""

    countries: tuple[str, ...]  # codes
    towns: tuple[str, ...]  # as shown
    own: str | None  # the code of the publisher's country


def may_tell_of_visa(text: str) -> bool:
    """Whether `visa_told` might find something in a text, which may still have its markup: a quick look."""
    return _VISA.search(text) is not None


def visa_told(shown: str, headings: Sequence[str], where: Where) -> Telling:
    """How plainly a quote under its headings tells whether a visitor to the places asked about needs a visa."""
    above = "\n".join(headings[-2:])
    if not (may_tell_of_visa(shown) or may_tell_of_visa(above)):
        return Telling.NOTHING
    if _OF_FEW.search(above) or (_PURPOSE.search(above) and not _VISITOR.search(above)):
        return Telling.NOTHING
    label = "\n".join((headings[-1] if headings else "", shown))
    if after := _LABEL.search(label):
        return Telling.AT_ONCE if label[after.end() :].strip() else Telling.NOTHING
    of_visas = may_tell_of_visa(above)
    clauses = _CLAUSE_END.split(_ASIDE.sub("", shown))
    first, *others = (_clause_tells(clause, of_visas, where) for clause in clauses)
    return Telling.AT_ONCE if first is Telling.PLAINLY else max(first, *others, Telling.NOTHING)


_VISA = any_of(r"\be?visas?\b|\btravel authori[sz]ation|\be-?tas?\b|\bestas?\b|\btourist cards?\b")
_CLAUSE_END = re.compile(
    r"(?<=[.!?])[\"”’)]*\s+|\n|;\s|(?<=[\w)”’]),? \b(?:unless|except|but|however|although)\b", re.IGNORECASE
)
_ASIDE = re.compile(r" ?\([^)\n]*\)")
_LABEL = any_of(r"(?m:^)\W*(?:tourist|tourism) visas? required:")
_V = r"(?:(?:e-?)?visas?|travel authori[sz]ations?|e-?tas?|estas?|tourist cards?)\b"
_NEED = r"(?:must|needs?|requires?|required to|have to|has to|obliged to)"
_GET = r"(?:(?:pay|have|hold|get|obtain|apply|buy|purchase|arrange)(?: online| in advance)?(?: for)? )?"
_BETWEEN = (
    r"(?:(?!(?:check|ask|contact|confirm|copy|copies|photo\w*|proof|support|your|their|extend|renew|if|whether|that|when|for|"
    r"extension|comply|meet|carry|leave|change|show|print|bring|upload|submit|keep|use)\b)[\w'’-]+,? ){0,9}?"
)
_NOT_ITSELF = (
    r"(?! (?:pages?|applications?|fees?|extensions?|stamps?|copy|types?|categor\w+|requirements?|free|from an agent|"
    r"(?:on arrival )?(?:approvals?|documents?|letters?)\b))"
)
_PLAIN = any_of(
    rf"\b{_NEED} (?:to )?{_GET}{_BETWEEN}{_V}{_NOT_ITSELF}",
    rf"\b{_V}(?: (?!if\b|whether\b|pages?\b|stamps?\b)\w+){{0,3}}?:?"
    r" (?:not |no longer |also |always )*(?:required|needed|necessary|mandatory|compulsory|obligatory)\b",
    r"\bwithout (?:\w+ ){0,4}?(?:e-?)?visas?\b",
    r"\bvisa[- ](?:free|exempt\w*|waiver)\b|\bexempt(?:ed)? from (?:\w+ ){0,4}visas?\b",
    r"\bno (?:\w+ )?visas? (?:is |are )?(?:required|needed|necessary|requirements?)\b|\bno need (?:\w+ ){1,4}visas?\b",
)
_ADMITTED = any_of(
    r"\b(?:can|may|permitted to|allowed to) (?:visit|enter|travel to|stay)\b.*\b(?:days|weeks|months?|year)\b"
)
_GOT = (
    r"(?:get|buy|obtain\w*|purchased?|bought|apply|applied|issued?|grant(?:ed|s)?|given|provided|receive[ds]?|eligible|entitled|"
    r"available|resumed?|offer\w*)"
)
_PARTLY = any_of(
    rf"\b{_GOT}\b.*\bvisas?\b|\bvisas?\b.*\b{_GOT}\b",
    r"^\W*(?:yes\W+)?visas? (?:up)?on arrival\b",
)
# Who or what is told of is not the ordinary visitor.
_OF_FEW = any_of(
    r"\b(?:born|origin|dual|journalis\w+|media|press|diploma\w+|crew|cruise|seam[ae]n|refugees?|oci|overseas citizens?|"
    r"green card|card ?holders?|visas? holders?|id card|permanent|resident\w*|residenc[ey]|airside|stopover|"
    r"hajj|umrah|pilgrim\w*|missionary|children|minors?|years old|aged|spouse|marriage|infants?|parents?|"
    r"israeli stamps?|"
    r"other (?:types?|british|nationalit\w+|passports?)|another (?:type|passport|nationality)|travel documents?|"
    r"british (?:subjects?|nationals? \(overseas\)|overseas)|(?:official|emergency) passports?|non-\w+ citizens?|"
    r"extend\w*|extensions?|renew\w*|overst\w+|expir\w+|re-?ent\w+|multiple[- ]entry|"
    r"(?<!and )(?:leave|depart|exit) (?:the country|(?-i:[A-Z])\w+)|exit visas?|"
    r"adventure|climb\w*|trek\w*|driv\w+|drones?|scam\w*)\b",
    r"\bif you (?:have|hold|possess) (?:an?|the) (?:valid )?(?!(?:full |ordinary |regular |british |uk |irish |"
    r"canadian |australian |us |u\.s\. )*passport)",
    r"\b(?:must|will|['’]ll) still (?:need|get|have|require)",
    r"\byou (?:may|might|could) (?:also |still )?(?:need|require)\b",
    r"\b(?:check|find out|confirm|see|ask)\b.*\b(?:if|whether)\b",
)
_PURPOSE = any_of(
    r"\b(?:transit\w*|work\w*|employ\w+|jobs?|business|live|living|reside|settle|religious|"
    r"stud(?:y\w*|ies|ents?)|volunteer\w*|intern\w*|teach\w*|research\w*|"
    r"other (?:purposes?|reasons?|situations?|types?|categor\w+|visas?|circumstances|cases)|"
    r"(?:purpose|reason)s? other than)\b"
)
_VISITOR = any_of(
    r"\b(?:touris\w+|visits|visitors?|visiting (?:family|friends)|holidays?|leisure|pleasure|short stays?|vacation)\b"
)
_OR_RESIDENCE = any_of(r"\bor (?:\w+ ){0,2}residen\w+ permits?\b|\bcitizens? and (?:permanent )?residents?\b")
_NOR_FOR_PURPOSE = any_of(
    r"^(?!.*\btransit).*\b(?:not|n['’]t) (?:need|require)"
)  # to work, say: then no visitor either
_LONGER = any_of(
    r"(?<!\bnot )(?<!\bno )\b(?:longer|more than|exceed\w*)\b|\bif you\b.*\bwithout\b",
    r"\b(?:over \d+|beyond|only need|if you (?:will |do )?(?:arrive|enter|need|require)|travelling without|following|"
    r"(?:some|certain) (?:cases|situations|circumstances))\b",
    r"^\W*(?:unless|in other|for other)\b|\bif:?\W*$",
    r"\b(?:other|another) (?:schengen )?countr|\bfrom \d+ \w+ \d{4}.*\bno longer valid\b",
)


@lru_cache(maxsize=4096)  # spans share their clauses
def _clause_tells(clause: str, of_visas: bool, where: Where) -> Telling:
    """The same of a clause; `of_visas`: whether it stands under a heading on visas."""
    named = may_tell_of_visa(clause)
    plain = (named and _PLAIN.search(clause) is not None) or (of_visas and _ADMITTED.search(clause) is not None)
    asks = clause.rstrip().endswith("?")
    if asks or not (plain or (named and _PARTLY.search(clause))):
        return Telling.NOTHING
    for_purpose = _PURPOSE.search(clause) is not None and _VISITOR.search(clause) is None
    of_few = _OF_FEW.search(_OR_RESIDENCE.sub("", clause)) is not None
    if of_few or (for_purpose and not _NOR_FOR_PURPOSE.search(clause)):
        return Telling.NOTHING
    mentions = find_places(clause, slips=False)
    countries = {code for mention in mentions for code in mention.codes} - {where.own}
    if countries and countries.isdisjoint(where.countries):
        return Telling.NOTHING
    towns = {mention.name for mention in mentions if mention.kind in ("city", "region")}
    in_part = bool(towns) and towns.isdisjoint(where.towns)
    of_all = countries <= set(where.countries) and not in_part
    whole = plain and of_all and not for_purpose and not _LONGER.search(clause)
    return Telling.PLAINLY if whole else Telling.PARTLY

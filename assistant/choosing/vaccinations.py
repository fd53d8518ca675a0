"""Which vaccinations are needed: what must be shown at the border first, then what is recommended, by disease.

Most pages say only that one should ask a doctor, in nearly the words of the question; the certificate without which one
is turned back is told in a line about one disease, which the question does not name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from assistant.choosing.quotes import Quote
from assistant.understanding.patterns import any_of
from assistant.understanding.question import Question, without_towns
from index.places import find_places


class Told(IntEnum):
    """What a text tells of the vaccinations that one needs, best first."""

    REQUIRED = 0  # of everybody who enters
    REQUIRED_OF_SOME = 1  # of those who come from certain countries, or of nobody
    RECOMMENDED = 2  # against a disease that is named
    OTHER = 3
    ASK = 4  # only who is to be asked
    NOTHING = 5  # what holds anywhere, or a word on vaccination that does not say against what


_WORTH = {
    Told.REQUIRED: 0.3,
    Told.REQUIRED_OF_SOME: 0.25,
    Told.RECOMMENDED: 0.1,
    Told.OTHER: 0.0,
    Told.ASK: -0.2,
    Told.NOTHING: -0.2,
}
_BEGINS_WITH_ASKING = 0.25  # what it costs to say first that one should ask, where something is told after it


_MOST_REQUIRED = 3  # where something is recommended as well
_FEW = 3  # quotes: below so many, who is to be asked is worth a line


_VACCINATION = r"(?:vaccin\w*|immuni[sz]\w*|inoculat\w*|\bjabs?\b|\bshots\b)"
_VACCINATED = any_of(_VACCINATION)
_DISEASE = any_of(
    r"\b(?:yellow fever|polio\w*|cholera|mening\w+|measles|mumps|rubella|typhoid|hepatitis|rabies|tetanus|diphtheria|"
    r"pertussis|encephalitis|dengue|covid\w*|coronavirus|influenza|flu|tuberculosis|tb|mpox|monkeypox|smallpox|"
    r"chikungunya|chickenpox|varicella|ebola|malaria|plague|anthrax|hpv|mmr)\b"
)
_NAMED = any_of(_DISEASE.pattern, r"\broutine\b")  # the routine ones are those of one's own country's schedule
_THEM = r"(?:vaccines?|vaccinations?|immuni[sz]ations?|inoculations?|jabs?|shots)\b"
_NEEDED = (
    r"\b(?:need\w*|required?|requirements?|mandatory|compulsory|obligatory|recommend\w*|advised|should|must|have to|"
    r"get)\b"
)
_ASKED = any_of(
    rf"\b(?:what|which|any)(?: [\w-]+){{0,3}} {_THEM}",
    rf"{_NEEDED}[^?]{{0,40}}\b(?:{_THEM}|vaccinated\b)",
    rf"\b{_THEM}[^?]{{0,40}}{_NEEDED}",
    rf"^(?:travel |the )*{_THEM}(?: (?:for|in|to|there|before|travel\w*|trip|please))*\W*$",
)
_WORD = re.compile(r"[^\W\d_]+")
# Whatever else is said narrows the question: a disease, a job, a dog, where to get it, what it costs.
_BESIDE_WORDS = """
a about abroad adult adults advice advisable advised all also am american an and any anybody anyone are as at
australian babies baby be been before being british can canadian certificate certificates child children citizen
citizens come coming compulsory could country currently d date did do does enter entering entry essential family
first fly flying for from get getting given go going good got had has have having health here holiday i idea if
immunisation immunisations immunization immunizations in inoculation inoculations into irish is it jab jabs kid kids
kind kinds know law leave leaving legally list ll m mandatory me medical might must my national nationals
necessary need needed needs now obligatory of on one or order our out over own people place planning please
preventive proof re recommend recommendation recommendations recommended require required requirement requirements
requires rules s shot shots should some somebody someone sort sorts still suggested supposed t take taken tell that
the there these they this to tourist tourists toward towards travel traveler travelers traveling traveller
travellers travelling trip type types uk up us vacation vaccinated vaccination vaccinations vaccine vaccines visit
visiting visitor visitors want was we well were what when which will with would you your
"""
_BESIDE = frozenset(_BESIDE_WORDS.split())
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n\n")  # a list stays with the line that opens it
_PAPER = r"(?:certificates?|proof|evidence|vaccination cards?|immuni[sz]ation (?:cards?|records?))"
_VACCINATED_OR_PAPER = any_of(_VACCINATION, rf"\b{_PAPER}\b")
_SHOW = r"(?:show|have|carry|present|be|produce|provide)"
_RULE = any_of(
    r"\b(?:must|mandatory|compulsory|obligatory|required?|requires|requirement|refused? entry|denied)\b",
    rf"\bneed(?:s|ed)?(?: to {_SHOW})? (?:\w+ ){{0,3}}?(?:\w+ fever )?(?:{_VACCINATION} )?{_PAPER}\b",
    rf"\bneed to {_SHOW}\b",
)
_PROOF = any_of(r"^(?!.*recommend).*(?<!as )(?<!obtain )(?<!get )\bproof of\b")
_OF_NOBODY = any_of(
    r"\bno (?:\w+ ){0,2}requirements?\b|\bno longer (?:\w+ )?requir",
    r"\b(?:not|isn['’]t|aren['’]t|don['’]t|never) (?:\w+ )?(?:required?|mandatory|compulsory|obligatory|need)\b",
)
_ONWARD = any_of(
    r"\bonward|\bafter (?:visiting|leaving|your (?:trip|visit))|\breturn\w* to\b",
    r"\b(?:some|other|neighbou?ring) countries (?:may|might|will|require)\b",
)
_ANYWHERE = any_of(
    r"\b(?:enter\w*|entry (?:to|in|into|for)|into|leav\w+) (?:a|some|many|certain|other) countr(?:y|ies)\b",
    r"\bfor entry (?:to|in|into) (?:some|many|certain) countries\b|\byour destination\b|\bcountry entry requirements\b",
    r"\b(?:whether|see if|if any)\b[^.]*\b(?:required?|needed|necessary|recommended)\b",
)
_PLACES = r"\b(?:countr\w+|areas?|regions?|places?|zones?)"
_OF_SOME = any_of(
    r"\b(?:may|might|could) (?:not )?(?:need|have to|let|ask|request|require|refuse)\b",
    r"\b(?:may|might|could) (?:not )?be (?:asked|required|refused|denied)\b",
    r"\b(?:longer|more) than\b|\bin some (?:circumstances|cases)\b|\bif required\b|\bnational parks?\b",
    r"\b(?:some|certain|high[- ]risk|rural|remote) (?:[\w-]+ )?(?:areas|regions|provinces|parks|cities)\b",
    rf"\b(?:if|when|unless|in case)\b[^.]*(?:\b(?:from|through|via|visited|transit\w*)\b|{_PLACES}\b)",
    r"\b(?:arriv\w+|com(?:e|ing)|travel\w*|enter\w*|transit\w*|pass\w+|been)\b[^.]{0,40}"
    rf"\b(?:from|through|in|via) (?!(?:all|any|every|ireland|canada|australia)\b)[^.]{{0,30}}{_PLACES}",
    rf"{_PLACES} (?:with|where|that|at)\b",
)
_INTO = any_of(r"\b(?:to enter|entry (?:to|into)|return(?:ing)? to) ([^.,;\n]{1,60})")
_ADVICE = any_of(
    r"recommend|advis|should|consider|make sure|be sure|ensure|get vaccinated|up[- ]to[- ]date|prevented by",
    r"include vaccin",
)
_AGAINST = any_of(r"\bnot (?:\w+ )?recommend")
_AFTERWARDS = any_of(r"\bpost-exposure\b|\b(?:bitten|scratched)\b")
_ASK_SOMEONE = any_of(
    r"^\W*(?:at least [^:]{3,40}:\s*)?\W*(?:check|ask|see|consult|visit|contact|speak|talk|seek|find out|for (?:\w+ )?"
    r"(?:details|information|advice))\b"
)


def asks_vaccinations(question: Question) -> bool:
    """Whether a question asks which vaccinations are needed, and nothing narrower."""
    if _ASKED.search(question.search_words) is None:
        return False
    asked = without_towns(question).search_words if question.finer_places else question.search_words
    return _BESIDE.issuperset(map(str.casefold, _WORD.findall(asked)))


def may_require(text: str) -> bool:
    """Whether a passage, which may still have its markup, may tell of a vaccination that is required: a quick look."""
    return (_RULE.search(text) or _PROOF.search(text)) is not None and _VACCINATED.search(text) is not None


def told(shown: str, headings: Sequence[str]) -> Told:
    """What a quote under its headings tells of the vaccinations that one needs."""
    above = " ".join(headings[-2:])
    if not _VACCINATED_OR_PAPER.search(f"{above}\n{shown}"):
        return Told.OTHER
    return min((_told(sentence, above) for sentence in _SENTENCE_END.split(shown)), default=Told.NOTHING)


def worth(shown: str, headings: Sequence[str]) -> float:
    """What is added to the score of a quote, where it is asked which vaccinations are needed."""
    best = told(shown, headings)
    asks_first = best < Told.ASK and _ASK_SOMEONE.match(_SENTENCE_END.split(shown, maxsplit=1)[0])
    return _WORTH[best] - (_BEGINS_WITH_ASKING if asks_first else 0.0)


def _told(sentence: str, above: str) -> Told:
    if _ANYWHERE.search(sentence):
        return Told.NOTHING
    if _NAMED.search(f"{above}\n{sentence}") is None:
        return Told.ASK if _ASK_SOMEONE.match(sentence) else Told.NOTHING
    of_vaccination = _VACCINATED_OR_PAPER.search(sentence) is not None
    if _AFTERWARDS.search(sentence) or not (of_vaccination or _NAMED.search(sentence)):
        return Told.OTHER
    if of_vaccination and not _ONWARD.search(sentence):
        if _OF_NOBODY.search(sentence):
            return Told.REQUIRED_OF_SOME
        if _RULE.search(sentence) or _PROOF.search(sentence):
            return Told.REQUIRED_OF_SOME if _OF_SOME.search(sentence) else Told.REQUIRED
    if _ASK_SOMEONE.match(sentence):
        return Told.ASK
    if of_vaccination and _ADVICE.search(sentence) and not _AGAINST.search(sentence):
        return Told.RECOMMENDED
    return Told.OTHER


def answers(question: Question, quote: Quote) -> bool:
    """Whether a quote tells what is required or recommended where that is asked: then its words need not be near."""
    return asks_vaccinations(question) and told(quote.shown, quote.heading_words) <= Told.RECOMMENDED


def most_needed_first(quotes: Sequence[Quote]) -> list[Quote]:
    """What is required first, then what is recommended; who is to be asked only where little else is told."""
    by_kind: dict[Told, list[Quote]] = {kind: [] for kind in Told}
    for quote in quotes:
        kind = told(quote.shown, quote.heading_words)
        if kind > Told.REQUIRED_OF_SOME or not _of_another_country(quote, kind):
            by_kind[kind].append(quote)
    required = by_kind[Told.REQUIRED] + by_kind[Told.REQUIRED_OF_SOME]
    advised = by_kind[Told.RECOMMENDED]
    most = _MOST_REQUIRED if advised else len(required)
    first = required[:most] + advised + required[most:]
    first += by_kind[Told.OTHER]
    return first if len(first) >= _FEW else first + by_kind[Told.ASK] or list(quotes)


def _of_another_country(quote: Quote, kind: Told) -> bool:
    """Whether it tells what a country requires that one goes on to; who is told where one comes from names others."""
    into = _INTO.search(quote.shown)
    told_of_all = "\n".join((*quote.heading_words[-1:], quote.shown)) if kind is Told.REQUIRED else ""
    named = find_places(into[1] if into else told_of_all, slips=False)
    countries = [set(m.codes) for m in named if m.kind == "country"]
    return bool(countries) and all(codes.isdisjoint(quote.document.about) for codes in countries)

"""Which figure does a question want, and does a quote hold it? A fine is a sum, an age is one for drinking.

Where the question names what it counts or measures no other figure answers: neither a date, a street number nor the
size of a museum tells how many officers there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.choosing.bans import holds_ban
from assistant.choosing.patterns import CURRENCIES, SENTENCE_END
from assistant.understanding.patterns import any_of
from assistant.understanding.thesaurus import related
from index.words import terms


def holds_amount(asked: str, shown: str, headings: Sequence[str]) -> bool:
    """Whether a quote under its headings holds the figure that the question asks for; any figure where it is not told
    which. That a thing is banned outright is how much of it may be brought."""
    if holds_ban(asked, shown, headings):
        return True
    measure = _measure(asked)
    if measure is None:
        counted = _counted(asked)
        return _counts(counted, shown) if counted else _FIGURE.search(shown) is not None
    above = "\n".join(headings[-1:])  # the line that introduces a list may hold the figure
    told = [(sentence, f"{above}\n{sentence}") for sentence in SENTENCE_END.split(shown)]
    told.append((above, f"{above}\n{shown}"))
    return any(measure.held.search(sentence) and _is_for(measure, asked, words) for sentence, words in told)


def is_exact(asked: str) -> bool:
    """Whether nothing but the figure itself answers: a price, an age, a limit, a count. How long and how often are
    also told without figures."""
    measure = _measure(asked)
    return bool(_counted(asked)) if measure is None else measure.exact


class _Measure(NamedTuple):
    asked: re.Pattern[str]  # in the question
    held: re.Pattern[str]  # in the quote
    exact: bool = False  # whether nothing else answers
    of_doings: bool = False  # whether it is another for drinking than for driving
    of_subject: bool = False  # whether the quote must speak of what the question speaks of besides


def _listed(words: str) -> str:
    return "|".join(words.split())


_NUMBER_WORDS = _listed(
    "one two three four five six seven eight nine ten eleven twelve \\w+teen twenty thirty forty fifty sixty seventy "
    "eighty ninety dozens? hundreds? thousands? millions? half"
)
_NUMBER = rf"(?:\d[\d,.]*|\b(?:{_NUMBER_WORDS})\b)"
_SIGN = "[$€£¥₹₽₺₦₱฿₫₩₪₸₾]"
_VAGUE = r"\b(?:dozens|hundreds|thousands|millions)\b"
# To "have to pay thousands of dollars" tells no price; that it costs so much does, and "tens of thousands" anywhere.
_MONEY = any_of(
    rf"{_SIGN} ?\d|\d ?{_SIGN}|\b(?-i:(?!GMT|UTC)[A-Z]{{3}}) ?\d",
    # "1,000 Trinidad and Tobago dollars"
    rf"(?:(?<=\btens of )|(?<=\bhundreds of )|(?!{_VAGUE})){_NUMBER}\W{{1,2}}(?:[\w.]+ ){{0,3}}(?:{CURRENCIES})\b",
    rf"\b(?:costs?|bills?)\b[^.;!?\n]{{0,40}}{_VAGUE} of (?:\w+ ){{0,2}}(?:{CURRENCIES})\b",
    r"\b(?:free of charge|no (?:charge|fee|fine)|(?:is|are) free)\b",
)
_UNINSURED = any_of(
    r"(?:\bnot|n['’]t)(?: \w+){0,3} (?:insur\w+|cover\w*)\b|\buninsured\b|\bwithout (?:\w+ ){0,2}insurance\b"
)
_INSURANCE = any_of(r"\binsurance\b")
_TIME = r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\b"
_AN_AGE = r"\b(?:\d\d?|sixteen|eighteen|twenty[- ]one)\b"
# In order: the first that fits decides.
_MEASURES = (
    _Measure(
        any_of(rf"\bhow (?:much )?long(?:er)?\b|\bhow (?:many|much) (?:more )?(?:time\b|{_TIME})"),
        any_of(
            rf"(?:{_NUMBER}|\b(?:an?|several|few|many))\W{{1,2}}(?:\w+ )?{_TIME}",
            r"\b(?:life|indefinite(?:ly)?|overnight|permanent(?:ly)?)\b",
            rf"{_NUMBER}\W?(?:km|kilomet\w+|miles?|met(?:re|er)s?)\b",
        ),
    ),
    _Measure(
        any_of(r"\bhow far\b|\bhow many (?:km|kilomet\w+|miles|met(?:re|er)s)\b"),
        any_of(rf"{_NUMBER}\W?(?:nautical )?(?:km|kilomet\w+|miles?|met(?:re|er)s?|m|feet|hours?|minutes?)\b"),
    ),
    _Measure(
        any_of(
            r"\bhow old\b|\b(?:what|which) age\b|\bage (?:limit|of (?:consent|majority))\b",
            r"\b(?:legal|minimum|drinking|smoking|driving) age\b",
        ),
        any_of(
            rf"\b(?:age[ds]?|under|over|older than|younger than|below|above|at least|must be)\b[^.;!?\d]{{0,60}}"
            rf"{_AN_AGE}(?! ?(?:%|per|k[gm]|days?|weeks?|months?|hours?|minutes?|litres?))",
            rf"{_AN_AGE}(?:\W(?:years? (?:old|of age|and|or)|years?-olds?|(?:and|or) (?:over|older|under))|\+)",
        ),
        exact=True,
        of_doings=True,
    ),
    _Measure(
        any_of(r"\bfines?\b"),
        _MONEY,
        exact=True,
        of_subject=True,
    ),
    _Measure(
        any_of(
            r"\b(?:fees?|prices?|costs?|fares?|tolls?|salar(?:y|ies)|wages?|bribes?|cash|money)\b",
            r"\bhow much (?:is|are|for) (?:an?|the|it)\b|\bhow much\b(?=[^?]* (?:pay|charge)\b)",
        ),
        _MONEY,
        exact=True,
    ),
    _Measure(
        any_of(r"\bspeed limits?\b|\bhow fast\b"),
        any_of(r"\d\s?(?:km\W?p?\W?h|kph|mph|(?:km|kilomet\w+|miles) (?:per|an))\b|\bno (?:\w+ )?speed limit"),
        exact=True,
    ),
    _Measure(
        any_of(
            r"\balcohol (?:limit|level)|\bdrink\w*(?: and)?[- ]driv\w+ limit",
            # In any order: "Can I have one beer and drive, what is the limit?"
            r"^(?=.*\b(?:how (?:much|many)|limit)\b)(?=.*\bdriv)(?=.*\b(?:drink|alcohol|beers?|wine))",
        ),
        any_of(
            r"(?<!\d)0?[.,]\d|\bzero\b|\d ?(?:%|‰|mg\b|milligram|g\b|grams?\b|per ?cent)",
            r"\b(?:half|thirds?|quarters?|(?:no|any) (?:amount of )?alcohol)\b",
        ),
        exact=True,
    ),
    _Measure(  # not how much a driver may have drunk
        any_of(
            r"\bhow (?:much|many)\b(?=.*\b(?:alcohol|wine|beers?|spirits|liquor)\b)"
            r"(?=.*\b(?:bring|import|take|carry)\b)"
        ),
        any_of(
            rf"{_NUMBER}\W?(?:\w+ )?(?:lit(?:re|er)s?|ml|cl|l|bottles?|gallons?|ounces)\b",
            r"\b(?:duty|customs|tax)[- ]free\b",
        ),
    ),
    _Measure(
        any_of(r"\b(?:percentage|per ?cent|proportion|share)\b"),
        any_of(r"\d ?%|\bper ?cent|\b(?:half|thirds?|quarters?)\b|\d (?:in|(?:out )?of) (?:every )?\d|\bone in\b"),
    ),
    _Measure(
        any_of(r"\bhow many times\b"),
        any_of(
            r"\b(?:once|twice|times|(?:every|each|per|a) (?:\w+ )?(?:day|week|month|year)s?|daily|weekly|monthly|"
            r"yearly|annual(?:ly)?)\b",
        ),
    ),
)
_DRIVING = any_of(r"\bdriv|\bvehicle|\bcars?\b|\bmotor|\bscooter|\brent|\bhir(?:e|ing)\b")
_DOINGS = (
    any_of(r"\brent(?:al|ing|ed)?\b|\bhir(?:e|ing)\b"),
    _DRIVING,
    any_of(r"\bdrink|\balcohol|\bliquor|\bbeers?\b"),
    any_of(r"\bsmok|\btobacco|\bcigarette|\bvap(?:e|ing)"),
    any_of(r"\bmarr(?:y|iage)|\bwed"),
    any_of(r"\bconsent|\bsex"),
    any_of(r"\bgambl|\bcasino"),
)
_FIGURE = any_of(
    r"\d",
    r"(?<!\bno )\bone\b(?! (?:of|should|can|must)\b)",
    r"\b(?:zero(?! tolerance)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)\b",
    r"\b(?:thirty|forty|fifty|sixty|seventy|eighty|ninety|dozen|hundred|thousand|million|half|third|quarter)\b",
    r"\b(?:twice|free)\b",
)

# What is counted: the words behind "how many" up to a verb or the next part of the sentence.
_NO_COUNTED = _listed(
    "are is was were do does did have has had can could should may must would will there in on at to for per from a "
    "the i we you they get got"
)
_COUNTED = re.compile(
    rf"\b(?:how many|numbers? of) (?:(?:of the|other|more) )?((?:(?!(?:{_NO_COUNTED})\b)[\w'’-]+\W*){{1,3}})",
    re.IGNORECASE,
)
_NO_DATE = r"(?! (?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
_COUNT = (
    r"(?<![-\d:/.+])(?!(?:19|20)\d\d\b)"
    rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{_NUMBER_WORDS}|there (?:are|is) no)\b)(?![-:/\w]){_NO_DATE}"
)
# "Dial 102 for the police" counts none: the thing follows its number.
_BETWEEN = _listed("for from to in at on by with and if when")
_BESIDE = re.compile(rf"{_COUNT}((?:[^\w.;:!?\n]+(?!(?:{_BETWEEN})\b)[\w'’-]+){{1,4}})", re.IGNORECASE)
_TALLY = re.compile(rf"\b(?:number|toll|total)\b[^.;!?\n]*?{_COUNT}", re.IGNORECASE)
_PEOPLE = frozenset(
    terms(
        "people persons tourists visitors victims deaths died dead dying killed fatalities murders homicides casualties"
    )
)


_NO_SUBJECT = frozenset(
    terms(
        "what how much many often does do is are i we you can could must should have need get pay charge per person day"
    )
)


@lru_cache(maxsize=64)
def _measure(asked: str) -> _Measure | None:
    return next((measure for measure in _MEASURES if measure.asked.search(asked)), None)


@lru_cache(maxsize=64)
def _counted(asked: str) -> frozenset[str]:
    """The terms of what a question counts, and the field's words for it; none where it counts nothing."""
    found = _COUNTED.search(asked)
    if found is None:
        return frozenset()
    counted = frozenset(terms(" ".join((found[1], *related(found[1])))))
    return counted | _PEOPLE if counted & _PEOPLE else counted


def _is_for(measure: _Measure, asked: str, words: str) -> bool:
    """Whether the figure that stands in these words is for what the question speaks of."""
    if measure.of_doings and (doing := next((d for d in _DOINGS if d.search(asked)), None)):
        # That drivers under 21 may not drink is no age for drinking.
        return doing.search(words) is not None and bool(_DRIVING.search(asked) or not _DRIVING.search(words))
    if measure.held is _MONEY and _INSURANCE.search(asked) and _UNINSURED.search(words):
        return False  # what care costs those who have none is not what insurance costs
    subject = _fined(asked) if measure.of_subject else frozenset()
    return not subject or not subject.isdisjoint(terms(words))


@lru_cache(maxsize=64)
def _fined(asked: str) -> frozenset[str]:
    """The terms of what a fine is for, and the field's words for it; none where the question does not tell."""
    said = re.sub(r"\bfines?\b", " ", asked, flags=re.IGNORECASE)
    own = frozenset(terms(said)) - _NO_SUBJECT
    return own | frozenset(terms(" ".join(related(said)))) if own else own


def _counts(counted: frozenset[str], shown: str) -> bool:
    """Whether a figure stands right before one of these things, or as their number."""
    beside = (found[1] for found in _BESIDE.finditer(shown))
    tally = (found[0] for found in _TALLY.finditer(shown))
    return any(not counted.isdisjoint(terms(words)) for words in (*beside, *tally))

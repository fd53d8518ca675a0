"""Which of the quotes are shown, and in what order: the best first, but values of one fact newest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from assistant.evidence import Quote, distinct
from assistant.numbers import phone_numbers
from assistant.question import Question
from assistant.wanted import Wanted
from index.documents import Kind
from index.readers.archive_metadata import PUBLISHERS

GOVERNMENTS = {
    code: PUBLISHERS[folder].name
    for code, folder in {
        "AU": "australia",
        "CA": "canada",
        "IE": "ireland",
        "GB": "unitedkingdom",
        "US": "unitedstates",
    }.items()
}
MOST_QUOTES = 5
_NONE = re.compile(r"\b(?:no|not have an?) (?:\w+ ){0,3}(?:numbers?|services?)\b", re.IGNORECASE)
_ONE_CASE = re.compile(
    r"\b(?:accidents?|driv(?:e|ing)|road|traffic|fake|genuine|corruption|identity|scam\w*|drugs?|terror\w*)\b",
    re.I,
)
_EMBASSY = re.compile(r"\b(?:embassy|high commission)\b", re.IGNORECASE)
_HONORARY = re.compile(r"\bhonorary\b", re.IGNORECASE)
_FOR_ALL = re.compile(r"\bemergenc|\blocal contacts|\bgetting help", re.IGNORECASE)
_SHORT_CODE = 5  # digits of a number that every telephone of a country can dial
_HEARD = 0.06  # of a quote's score, for each better quote of the same publisher
_NEAR = 0.2  # of the best score: further quotes within it are shown
_NEAR_GOVERNMENT = 0.35  # the same where each government is to be heard
_NEAR_NUMBER = 0.6  # the same where all hold the number asked for, so that no newer one is left out


def arrange(question: Question, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes to show: the best ones that hold what was asked; values of one fact newest first, ours last."""
    if not quotes:
        return ()
    holding = [q for q in quotes if q.holds_kind] if quotes[0].holds_kind else list(quotes)
    if question.wanted is Wanted.PHONE:
        floor = holding[0].score - _NEAR_NUMBER
        near = distinct([q for q in holding if q.score >= floor], 40)
        each = newest_first(one_each(_in_general(question, near), lambda q: q.document.key)[:MOST_QUOTES])
        return tuple(
            sorted(
                each,
                key=lambda q: (_lesser_office(question, q), _far_from_dialled(question, q), _for_one_case(question, q)),
            )
        )
    everyone = question.each_government or question.entry_rules or question.embassy_address
    floor = holding[0].score - (_NEAR_GOVERNMENT if everyone else _NEAR)
    near = distinct([q for q in holding if q.score >= floor], 8 * MOST_QUOTES)
    if question.embassy_address:
        near.sort(key=lambda q: _lesser_office(question, q))
    if everyone:
        return tuple(_own_first(question, one_each(near, lambda q: q.document.publisher)))[:MOST_QUOTES]
    return tuple(_varied(near))[:MOST_QUOTES]


def _in_general(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """Without those that give a number for one case alone, such as an accident, where others give the same number."""
    region = question.places[0] if question.places else None
    read = [(q, {n.digits for n in phone_numbers(q.shown, region)}, _for_one_case(question, q)) for q in quotes]
    general = set[str]().union(*(numbers for _, numbers, special in read if not special))
    return [quote for quote, numbers, special in read if not (special and numbers <= general)]


def _for_one_case(question: Question, quote: Quote) -> bool:
    """Whether a quote speaks of one case that is not asked about."""
    headings = "\n".join(quote.heading_words[-2:])
    if _ONE_CASE.search(question.standalone) or _FOR_ALL.search(headings):
        return False
    return _ONE_CASE.search(f"{headings}\n{quote.shown}") is not None


def _lesser_office(question: Question, quote: Quote) -> int:
    """0 for an embassy where one is asked for, 1 for a consulate then, 2 for an honorary consul, who helps least."""
    named = "\n".join((quote.shown, *quote.heading_words[-1:]))
    if _HONORARY.search(named):
        return 2
    return int(_EMBASSY.search(question.standalone) is not None and not _EMBASSY.search(named))


def _far_from_dialled(question: Question, quote: Quote) -> int:
    """0 for a short code where a local emergency number is asked for, 1 for any other number, 2 where there is none."""
    found = phone_numbers(quote.shown, question.places[0] if question.places else None)
    if not found or _NONE.search(quote.shown):  # "There is no number such as 999"
        return 2
    local = all(service.local_emergency for service in question.services)
    return int(local and min(len(number.digits) for number in found) > _SHORT_CODE)


def _own_first(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """The traveller's own government before the others: rules of entry depend on the passport."""
    own = GOVERNMENTS.get(question.nationality or "")
    return sorted(quotes, key=lambda q: q.document.publisher != own)


def _varied(quotes: Sequence[Quote]) -> list[Quote]:
    """Best first, but each further quote of one publisher comes a little later: others are heard as well."""
    heard: Counter[str] = Counter()
    scores = []
    for quote in quotes:
        scores.append(quote.score - _HEARD * heard[quote.document.publisher])
        heard[quote.document.publisher] += 1
    return [quotes[i] for i in sorted(range(len(quotes)), key=lambda i: -scores[i])]


def newest_first(quotes: Sequence[Quote]) -> list[Quote]:
    """By falling date, undated last; what we compiled comes after the originals."""
    days = {id(q): q.document.date.last().toordinal() if q.document.date else 0 for q in quotes}
    return sorted(quotes, key=lambda q: (q.document.kind is Kind.COMPILED, -days[id(q)]))


def one_each(quotes: Sequence[Quote], key: Callable[[Quote], Hashable]) -> list[Quote]:
    """The first quote of each document, or publisher, in the order given."""
    first: dict[Hashable, Quote] = {}
    for quote in quotes:
        first.setdefault(key(quote), quote)
    return list(first.values())


def numbers_differ(question: Question, quotes: Sequence[Quote]) -> bool:
    """Whether the sources give different numbers for one service.

    An ambulance's and a fire brigade's always differ, and so do two governments' embassies'.
    """
    keys = [service.key for service in question.services]
    if len(keys) != 1 or (keys == ["consular"] and question.embassy_of is None):
        return False
    region = question.places[0] if question.places else None
    numbers = [{n.digits for n in phone_numbers(q.shown, region)} for q in quotes]
    return any(not first & second for first in numbers for second in numbers if first and second)


def names(quote: Quote, place: str) -> bool:
    """Whether a quote, its headings or its document's title name a place."""
    return any(
        place.casefold() in words.casefold() for words in (quote.shown, quote.document.title, *quote.heading_words)
    )

"""Do the governments name different limits? How much alcohol a driver may have, how much money may cross the border."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations

from assistant.choosing.bans import goes_out
from assistant.choosing.patterns import SENTENCE_END
from assistant.choosing.quotes import Quote
from assistant.understanding.patterns import any_of
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from index.documents import Kind
from index.places import find_places


def limits_differ(question: Question, quotes: Sequence[Quote]) -> bool:
    """Whether two governments name different limits on what is asked, in one country.

    Only what each states plainly counts: one limit, for everybody, on the same thing, the same way over the border.
    """
    for place in question.places:
        told: dict[str, set[float]] = {}
        for quote in quotes:
            if place in quote.document.about and quote.document.kind is Kind.ORIGINAL:
                told.setdefault(quote.document.publisher, set()).update(_limits(question, quote))
        plain = [limits for limits in told.values() if len(limits) == 1]
        if any(first != second for first, second in combinations(plain, 2)):
            return True
    return False


def newest_limit_first(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """Where the limits differ, those who name one first, the newest page before the others; else as they come."""
    if not limits_differ(question, quotes):
        return list(quotes)
    return sorted(quotes, key=lambda quote: (not _limits(question, quote), -quote.day))


_BLOOD_ASKED = any_of(
    r"\balcohol (?:limit|level)", r"^(?=.*\blimit\b)(?=.*\bdriv)(?=.*\b(?:drink|alcohol|beers?|wine))"
)
_MONEY_ASKED = any_of(r"\bhow much (?:\w+ ){0,2}(?:cash|money|currency|dollars)\b")
_BLOOD = any_of(r"\bblood[-/ ]alcohol|\balcohol (?:limit|level|content|concentration)")
_PER_CENT = any_of(r"(?P<value>\d?[.,]\d+|\b\d) ?(?:%|per ?cent)")
_AMOUNT = r"(\d{1,3}(?:,\d{3})+|\d{3,})"
_DOLLARS = re.compile(rf"(?:US ?\$|\$ ?US|USD ?\$?) ?{_AMOUNT}\b|\b{_AMOUNT} ?(?:US dollars|U\.S\. dollars|USD)")
_ANY_NUMBER = re.compile(r"\d[\d.,]*")
_AT_MOST = any_of(r"\b(?:maximum|up to|more than|exceed\w*|limit(?:ed)?)\b")
_IS_MOST = any_of(
    r"\b(?:can|may|allowed|permitted|illegal|limit(?:ed)?|maximum|cannot)\b|\b(?:can|must)(?:n['’]t| not)\b"
)
_OTHERWISE = any_of(r"\bunless\b.*$")  # what may be taken besides is no other limit
_NOT_FOR_ALL = any_of(
    r"\b(?:young\w*|new|novice|learner\w*|inexperienced|professional|commercial|truck|bus|taxi|such|under|provinces?|"
    r"less than|years?|residents?|citizens\w*|children|fine[ds]?|prison\w*|jail\w*|breath|states?|cantons?)\b"
)
_NOT_A_LIMIT = any_of(r"\b(?:declar\w+|without|need\w*|must(?! not)|approv\w+|permission|require\w*|local|report\w*)\b")


def _limits(question: Question, quote: Quote) -> frozenset[float]:
    """The limits on what is asked that a quote states plainly."""
    asked = question.search_words
    read: Callable[[str], float | None]
    if question.wanted is not Wanted.AMOUNT:
        return frozenset()
    if _BLOOD_ASKED.search(asked):
        read = _of_blood
    elif _MONEY_ASKED.search(asked) and (out := goes_out(asked)) is not None:
        read = partial(_of_money, out=out)
    else:
        return frozenset()
    sentences = [s for s in SENTENCE_END.split(quote.shown) if not _NOT_FOR_ALL.search(s) and not _in_a_part(s)]
    return frozenset(limit for limit in map(read, sentences) if limit is not None)


def _of_blood(sentence: str) -> float | None:
    found = _PER_CENT.findall(sentence)
    if len(found) != 1 or len(_ANY_NUMBER.findall(sentence)) != 1 or not _BLOOD.search(sentence):
        return None
    return float(found[0].replace(",", "."))


def _of_money(sentence: str, *, out: bool) -> float | None:
    """How many US dollars at most may be taken that way."""
    plain = _OTHERWISE.sub("", sentence)
    found = _DOLLARS.findall(plain)
    if len(found) != 1 or len(_ANY_NUMBER.findall(plain)) != 1 or goes_out(plain) is not out:
        return None
    if _NOT_A_LIMIT.search(plain) or not (_AT_MOST.search(plain) and _IS_MOST.search(plain)):
        return None
    return float("".join(found[0]).replace(",", ""))


def _in_a_part(sentence: str) -> bool:
    return any(mention.kind in ("city", "region") for mention in find_places(sentence, slips=False))

"""What makes a quote fit to come first, beside how near it is to the question.

A dated event comes before what "occurs sporadically" where it is asked what goes on now; the very region asked about
before another; what to do where that is asked; and what tells something before a bare "Scams are common.".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.choosing.coverage import own_terms
from assistant.choosing.patterns import MONTHS, SENTENCE_END
from assistant.choosing.quotes import Quote
from assistant.understanding.patterns import any_of
from assistant.understanding.question import Question
from assistant.understanding.regions import each_named
from assistant.understanding.wanted import Wanted
from index.placenames import fold
from index.places import Mention, find_places
from index.words import terms

# What a quote gains or loses of its score, in units of cosine similarity.
_TOLD_EVENT = 0.2  # it tells of the outbreak that is asked about
_TOLD_NEWS = 0.1  # it tells what happened on a day of late, where it is asked what holds now
_GENERAL = 0.05  # it says that such things occur
_THERE = 0.12  # it names the region or town asked about
_NO_LESS = 0.7  # of the largest share of what is asked: with less of it a place's name is no answer
_ELSEWHERE = 0.06  # it names another alone
_INSTRUCTS = 0.06  # it says what to do where that is asked
_IN_THE_EVENT = 0.04  # and when
_LEARN_ELSEWHERE = 0.08  # that it can be read elsewhere, or is to be learned, where it is asked what to do
_ANNOUNCES = 0.08  # it repeats the subject and tells nothing of it
_FRAGMENT = 0.12  # it is a thing in a list, and no sentence

_OUTBREAK = any_of(r"\b(?:outbreaks?|epidemics?|pandemics?)\b")
_NOW = any_of(
    r"\b(?:right now|now|currently|current|at the moment|today|these days|latest|recent(?:ly)?|at present|ongoing|"
    r"situation|news)\b"
)
_EPIDEMIC = any_of(r"\b(?:outbreaks?|epidemics?|pandemics?|cases|public health emergency)\b")
_GOES_ON = any_of(
    r"\b(?:is|are|[’']s) (?:currently|presently|now)\b|\bcurrently (?:experiencing|an?)\b|\bon-?going\b|"
    r"\b(?:ha(?:s|ve) (?:been )?|was |were |been )?(?:declared|announced|confirmed)\b|\bin response to an?\b"
)
_HAPPENED = any_of(
    r"\b(?:since|declared|announced|confirmed|reported|detected|conducted|attacked|killed|injured|occurred|began|started|"
    r"erupted|hit|struck|closed|imposed|suspended|introduced|launched|lifted|reopened|remains?|ongoing|has|have)\b"
)
_DAY = any_of(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?-i:{MONTHS})\b|\b(?-i:{MONTHS}),? (?:\d{{1,2}}\b(?!\d)|20\d\d\b)|"
    r"\b(?:in|since|during) (?:early |late |mid-?)?20\d\d\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OCCURS = any_of(
    r"\b(?:occasional(?:ly)?|sporadic(?:ally)?|may occur|can occur|from time to time|periodic(?:ally)?|"
    r"outbreaks? (?:\w+ ){0,8}occur|have occurred)\b"
)

_OFFICE_IN = any_of(r"\b(?:embassy|consulate|high commission|office) (?:general )?(?:in|at) [^.,;\n]+")
_FOR_EXAMPLE = any_of(r"\b(?:including|especially|particularly|such as|like|mainly)\b")

_WHAT_TO_DO = any_of(
    r"\bwhat (?:(?:should|do|can|must|shall) (?:i|we|you|one|people|tourists) do|to do)\b",
    r"\bhow (?:should|do|can|must) (?:i|we|you|one) (?:act|behave|react|respond)\b",
)
_IMPERATIVE = (
    r"(?:always |immediately |please )?(?:do not|don[’']t|never|avoid|stay|move|follow|leave|go|drop|take|keep|stop|"
    r"seek|get|call|contact|wash|monitor|turn|remain|carry|report|run|evacuate|return|find (?!out)|hold|cover|obey|"
    r"comply|cooperate|slow|wait|ask|use|drink|wear|listen|check|pull|head|shelter|protect|lock|close|give|hand|tell|"
    r"be (?:prepared|ready|patient|polite|alert|careful)|make sure|ensure|exercise|adhere|limit|inform|show)\b"
)
_INSTRUCTION = any_of(
    rf"^\W*{_IMPERATIVE}",
    rf"^\W*(?:if|when|in case|in the event|during|should)\b[^.:\n]*(?:,|[:]) *{_IMPERATIVE}",
    r"\byou (?:should|must|need to|may need to) (?!(?:familiari|know|be aware|learn|read|check|be prepared|consider))",
)
_EVENT = any_of(
    r"^\W*(?:to protect yourself )?(?:(?:if|when) (?:there|an?|you (?!are plan|decide|choose|plan|travel|intend))\b|"
    r"in case of|in the event of|(?:during|should|following|after) an?\b)"
)
_TO_LEARN = any_of(
    r"\b(?:has|have|gives?|provides?|offers?) (?:\w+ ){0,3}(?:advice|guidance|tips|information)\b",
    r"\b(?:for (?:more |further )?(?:advice|information|tips)|(?:learn|find out|read) (?:more )?(?:about|how|what))\b",
    r"\b(?:see|visit|check|consult)\b[^.\n]{0,80}\b(?:website|guidance|page|tips|site)\b",
    r"\bknow what to do\b|\bfamiliari[sz]e\w*\b|\bget to know\b|\bknow the (?:\w+ )?(?:plans?|measures|procedures)\b",
    r"\btake note of\b|\bbecome familiar\b",
)
_BEFOREHAND = any_of(r"^\W*(?:before (?:you|travel)|if you[’']re (?:travelling|planning)|to avoid\b|to prevent\b)")

_WHETHER = any_of(
    r"^\W*(?:(?:so|and|but) )*(?:is|are|do|does|did|can|will|has|have|any)\b",
    r"\bhow (?:common|likely|often|bad)\b|\b(?:threat|risk)\b",
)
_LISTED = any_of(r"\b(?:what|which|where|who|list|names?)\b")
_BARE_TOPIC = 4  # words: "Ebola", "Ebola in the capital"
_LONGEST_ANNOUNCEMENT = 90  # characters
_LONGEST_ADDITION = 60
_MOST_WORDS = 10  # of a fragment
_ANNOUNCING = frozenset(
    terms(
        "common commonly frequent frequently occur occurs happen happens risk risks target targets targeted traveller "
        "travellers traveler travelers tourist tourists visitor visitors foreigner foreigners beware aware possible "
        "exist exists widespread present problem problems issue reported report regular regularly also there high "
        "significant everywhere including careful alert trick tricks confidence various many some type types concern"
    )
)
_ALSO = any_of(r"^\W*(?:there (?:is|are|have been|has been) also|there may also)\b")
_FINITE = any_of(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|could|may|might|must|should|will|would|do|does|did|don[’']t|not|no|"
    r"advises?|requires?|needs?|occurs?|happens?|remains?|includes?|applies|apply|exists?|reported|if|when)\b"
)
_MARK = re.compile(r"[.!?:;]")
_ADVICE = any_of(  # a line that begins so is no thing's name
    rf"^\W*{_IMPERATIVE}",
    r"^\W*(?:allow|apply|arrange|arrive|beware|boil|book|bring|buy|choose|complete|conceal|confirm|consider|cross|discuss|"
    r"dress|drive|eat|enter|expect|hide|hike|identify|know|learn|look|maintain|minimi[sz]e|notify|obtain|pack|park|pay|"
    r"plan|prepare|present|provide|put|read|reduce|refrain|register|remember|replace|research|respect|ride|see|sign|"
    r"speak|store|swim|talk|travel|try|verify|visit|walk|watch)\b",
)


def fitted(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes with what makes each fit to come first, best first; as they come where only their scores count."""
    if question.wanted is not Wanted.TEXT or question.each_government or question.entry_rules:
        return list(quotes)
    fit = _fitness(question, _NO_LESS * max((quote.coverage for quote in quotes), default=0.0))
    found = [replace(quote, fit=fit(quote)) for quote in quotes]
    return sorted(found, key=lambda quote: -quote.worth) if any(quote.fit for quote in found) else found


def _fitness(question: Question, enough: float) -> Callable[[Quote], float]:
    """How a quote is weighed for this question. `enough`: share of what is asked that it must hold of a place."""
    asked = question.timed_words or question.search_words
    subject = own_terms(_OUTBREAK.sub(" ", _NOW.sub(" ", question.search_words)))
    how_to = _WHAT_TO_DO.search(asked) is not None
    outbreak = _OUTBREAK.search(asked) is not None
    now = (outbreak or _NOW.search(asked) is not None) and question.when is None
    bare = len(subject) == 1 and len(question.search_words.split()) <= _BARE_TOPIC
    whether, listed = _WHETHER.search(asked) is not None, not how_to and _LISTED.search(asked) is not None

    def fit(quote: Quote) -> float:
        gained = 0.0
        if (now or bare) and not question.about_past:
            gained += _of_events(quote, subject, question.today.year, outbreak=outbreak or bare, now=now)
            gained -= _GENERAL * (outbreak and gained == 0.0 and _OCCURS.search(quote.shown) is not None)
        if how_to:
            gained += _of_what_to_do(quote, subject)
        if _announces(quote.shown, subject, whether=whether):
            gained -= _ANNOUNCES
        elif question.finer_places:
            gained += _of_the_place(quote, question.finer_places, enough)
        if not listed and _is_fragment(quote.shown):
            gained -= _FRAGMENT
        return gained

    return fit


def _of_events(quote: Quote, subject: frozenset[str], year: int, *, outbreak: bool, now: bool) -> float:
    """For a sentence that names the subject itself and tells what happens, or happened of late."""
    best = 0.0
    for sentence in SENTENCE_END.split(quote.shown):
        if not subject or subject.isdisjoint(terms(sentence)):
            continue
        recent = _is_recent(sentence, year)
        dated = recent and _DAY.search(sentence) is not None and _HAPPENED.search(sentence) is not None
        if outbreak and _EPIDEMIC.search(sentence) and (dated or (recent and _GOES_ON.search(sentence))):
            best = max(best, _TOLD_EVENT)
        elif now and dated:
            best = max(best, _TOLD_NEWS)
    return best


def _is_recent(sentence: str, year: int) -> bool:
    """Whether no year stands there but this one and the last."""
    years = [int(found) for found in _YEAR.findall(sentence)]
    return not years or max(years) >= year - 1


def _of_the_place(quote: Quote, places: tuple[str, ...], enough: float) -> float:
    """For the region or town asked about, where it holds what is asked about it; against another one's name alone."""
    told = _OFFICE_IN.sub(" ", "\n".join((quote.shown, *quote.heading_words[-2:])))
    folded = fold(each_named(told))
    if any(fold(place) in folded for place in places):
        return _THERE if quote.coverage >= enough > 0 else 0.0
    kinds = {mention.kind for place in places for mention in _places(place)}
    others = not _FOR_EXAMPLE.search(told) and any(m.kind in kinds for m in _places(told))
    return -_ELSEWHERE if others else 0.0


@lru_cache(maxsize=1024)
def _places(words: str) -> tuple[Mention, ...]:
    return tuple(m for m in find_places(words, slips=False) if m.kind in ("city", "region"))


def _of_what_to_do(quote: Quote, subject: frozenset[str]) -> float:
    """For an instruction on the subject, the more where it says in which event; against where it can be learned."""
    lines = SENTENCE_END.split(quote.shown)
    if _BEFOREHAND.search(quote.shown) and not any(map(_EVENT.search, lines)):
        return 0.0
    plain = [line for line in lines if not _TO_LEARN.search(line)]
    above = quote.heading_words[-1] if quote.heading_words else ""
    opening = lines[0] if lines[0].endswith(":") else ""
    under = not subject.isdisjoint(terms(f"{above}\n{opening}"))
    if any(_INSTRUCTION.search(line) and (under or not subject.isdisjoint(terms(line))) for line in plain):
        return _INSTRUCTS + _IN_THE_EVENT * any(_EVENT.search(line) for line in (above, *plain))
    return -_LEARN_ELSEWHERE if len(plain) < len(lines) else 0.0


def _announces(shown: str, subject: frozenset[str], *, whether: bool) -> bool:
    """Whether one short sentence says no more than that there is what is asked about; that answers `whether` it is."""
    first, *rest = SENTENCE_END.split(shown)
    if len(first) <= _LONGEST_ADDITION and len(rest) < 2 and _ALSO.search(first):
        return True
    if len(shown) > _LONGEST_ANNOUNCEMENT or any(char.isdigit() for char in shown):
        return False
    return not whether and own_terms(shown) <= subject | _ANNOUNCING


def _is_fragment(shown: str) -> bool:
    """Whether it is the name of a thing, as lists have it, "Buses (in and between towns)", or a bare address."""
    if "://" in shown:  # of a link that was cut
        return True
    words = shown.split()
    if len(words) > _MOST_WORDS or _MARK.search(shown) or any(char.isdigit() for char in shown):
        return False
    return not (_FINITE.search(shown) or _ADVICE.search(shown))

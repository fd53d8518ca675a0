"""Is what someone asks to bring or take banned? Then the ban tells how much of it, and comes before any figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.choosing.patterns import OWN_CURRENCIES
from assistant.understanding.patterns import any_of
from index.places import find_places
from index.words import terms


def holds_ban(asked: str, shown: str, headings: Sequence[str]) -> bool:
    """Whether a quote bans outright what the question asks to carry over the border; False where it asks for none."""
    carried = _carried(asked)
    return carried is not None and any(_bans(carried, words) for words in _clauses(shown, headings))


def goes_out(words: str) -> bool | None:
    """Whether words speak of taking out of the country, not of bringing in; None where of neither or of both."""
    out, into = _OUT.search(words) is not None, _INTO.search(words) is not None
    return None if out == into else out


class _Carried(NamedTuple):
    names: frozenset[str]  # terms, any of which names the thing
    needed: frozenset[str]  # terms that must stand there, too: "prescription" medicine
    local_currency: bool
    out: bool | None  # whether it leaves the country; None where that is not told


_ASKED = any_of(
    r"\bhow (?:much|many) (?P<thing>(?:[\w'’-]+ ){1,5}?)(?:can|may|could|should|am|are|is|do|does)\b[^?]*?"
    r"(?P<way>\b(?:bring|take|carry|import|export|fly)\b[^?]*)"
)
_CARRY = r"\b(?:bring\w*|brought|take|taking|taken|import\w*|export\w*|carr(?:y|ying|ied)|transport\w*|possess\w*)\b"
_CARRIED = any_of(rf"{_CARRY}(?! (?:\w+ )?(?:photo|picture|video))")
_FORBIDDEN = r"(?:illegal|unlawful|prohibited|forbidden|banned|not (?:permitted|allowed))\b"
_BAN = any_of(rf"(?<!\bnot )(?<!\blonger )\b{_FORBIDDEN}", r"\b(?:cannot|can['’]t|may not|must not|mustn['’]t)\b")
# "Alcohol is illegal" bans bringing it, "Drinking alcohol in public is illegal" does not.
_SUBJECT = r"\W*((?:(?!(?:of|in|on|at|to|by|for|or not|use|sale|consumption|public)\b|\w+ing\b)[\w'’/-]+[ ,:*]+){1,8})"
_ITSELF = any_of(
    rf"^{_SUBJECT}(?:is|are) (?:also |all |strictly |completely |totally )*{_FORBIDDEN}"
    r"(?! (?:on|at|for|from|near|to|as|within|inside)\b)"
)
# What is banned only so far, for some, or somewhere, may be brought otherwise.
_WITH_CONDITION = any_of(
    r"\bin\W*$",  # and the places follow
    r"\d|\b(?:more|over|above|exce\w+|large|without|unless|only|if|when|while|during|until|before|under|some|certain|"
    r"many|most|types?|permit|permission|authori[sz]\w+|unauthori[sz]\w+|approv\w+|prior|licen[cs]\w+|declar\w+|limits?|"
    r"citizens?|nationals|muslims?|public(?:ly)?|beach\w*|parks?|reserves?|areas?|hand|cabin|checked|carry-on|on board|"
    r"flights?|planes?|aircraft|hotels?|restaurants?|stadiums?|mosques?|schools?|undeclared|counterfeit|fake|illicit)\b",
)
_OUT = any_of(r"\b(?:export\w*|out|outside|leav\w+|exit)\b")
_INTO = any_of(r"\b(?:import\w*|into|bring\w*|brought|enter\w*)\b|\bto\W*$")  # "take to" a place
_E_CIGARETTE = any_of(r"\b(?:e|electronic)[- ]?cig(?:arette)?(s?)\b")
_LOCAL_CURRENCY = re.compile(
    rf"\b(?:local|national|(?!The|Foreign|Any|All)[A-Z]\w+) (?i:currenc(?:y|ies)|{OWN_CURRENCIES})\b"
)
_ITS_CURRENCY = any_of(r"\blocal (?:currency|money|cash)\b", rf"\b(?:{OWN_CURRENCIES})\b")
_MONEY = frozenset(terms("cash money currency foreign dollar euro pound usd eur gbp"))
_MEASURES = frozenset(
    terms(
        "of bottles litres liters cans packs packets packages cartons boxes bags kilos kg grams ounces pounds "
        "tablets pills units pieces local duty free my more other different"
    )
)
_VAPES = frozenset(terms("vapes vaping vaper vaporiser vaporizer ecigarette"))
_ALCOHOL = frozenset(terms("alcohol alcoholic"))
_DRINKS = _ALCOHOL | frozenset(terms("wine beer spirits liquor whisky whiskey vodka rum gin booze champagne"))
_CLAUSE_END = re.compile(r"(?<=[.!?])\s+|;\s|\b(?:but|however|although)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w'’]*")
_LONGEST_ITEM = 15  # words of a list item that is no sentence
_SENTENCE = any_of(r"\b(?:can|may|must|should|is|are|have|need)\b")


@lru_cache(maxsize=64)
def _carried(asked: str) -> _Carried | None:
    """What a question asks to carry, and which way; None where it asks for nothing of the kind, or for money at large,
    of which a country bans its own alone."""
    found = _ASKED.search(_one_word(asked))
    if found is None:
        return None
    out = _OUT.search(found["way"]) is not None
    way = out if out or _INTO.search(found["way"]) else None
    own = _ITS_CURRENCY.search(found["thing"]) is not None
    thing = frozenset(terms(found["thing"])) - _MEASURES
    if own:
        return _Carried(thing - _MONEY, frozenset(), True, way)
    if not thing or thing & _MONEY:
        return None
    if thing & _VAPES:
        return _Carried(_VAPES, frozenset(), False, way)
    if thing & _DRINKS:
        return _Carried((thing & _DRINKS) | _ALCOHOL, frozenset(), False, way)
    return _Carried(thing, thing, False, way)


def _one_word(words: str) -> str:
    """The same with e-cigarettes as one word: they are no cigarettes."""
    return _E_CIGARETTE.sub(r"ecigarette\1", words)


def _clauses(shown: str, headings: Sequence[str]) -> Iterator[str]:
    """The clauses of a quote; an item of a list goes on from the line that introduces it."""
    above = _one_word("\n".join(headings[-1:]))
    for line in _one_word(shown).split("\n"):
        yield from _CLAUSE_END.split(line)
        if _BAN.search(above) and len(line.split()) <= _LONGEST_ITEM and not _SENTENCE.search(line):
            yield f"{above} {line}"
        if line.endswith(":"):
            above = line


def _bans(carried: _Carried, clause: str) -> bool:
    """Whether a clause bans the thing, without a condition and the way that it is asked about."""
    bans = [found.start() for found in _BAN.finditer(clause)]
    if not bans or _WITH_CONDITION.search(clause) or _is_other_way(carried, clause):
        return False
    things = _named(carried, clause)
    if not things or any(m.kind in ("city", "region") for m in find_places(clause, slips=False)):
        return False
    itself = _ITSELF.search(clause)
    if itself and any(itself.start(1) <= at < itself.end(1) for at in things):
        return True
    acts = [found.start() for found in _CARRIED.finditer(clause)]
    # "Illegal to bring X", "the import of X is banned", "X cannot be brought": not "Y is banned, X may be brought".
    return any(
        any(ban < act < thing for act in acts) if ban < thing else bool(acts) for ban in bans for thing in things
    )


def _is_other_way(carried: _Carried, clause: str) -> bool:
    """Whether a clause speaks of taking out alone what is asked to be brought in, or the other way round."""
    return carried.out is not None and goes_out(clause) is (not carried.out)


def _named(carried: _Carried, clause: str) -> list[int]:
    """Where a clause names the thing."""
    words = [(found.start(), frozenset(terms(found[0]))) for found in _WORD.finditer(clause)]
    local = [found.start() for found in _LOCAL_CURRENCY.finditer(clause)] if carried.local_currency else []
    if not carried.needed <= frozenset().union(*(found for _, found in words)):
        return local
    return [*local, *(at for at, found in words if found & carried.names)]

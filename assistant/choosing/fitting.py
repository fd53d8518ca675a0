"""Quotes that have nearly the words of a question and cannot answer it are left out, or come last.

Whether there are sharks is answered by a text that names sharks: that there are stonefish says nothing of them. And a
child who travels with one parent is not unaccompanied. What to do about a lost passport stands where a loss is spoken
of, and a theft is reported elsewhere than a rape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.choosing.quotes import Quote

_ANIMALS = (  # what is asked about, and what names it
    r"sharks?",
    r"snakes?",
    r"wol(?:f|ves)",
    r"(?:\w+ )?bears?",
    r"scorpions?",
    r"croc(?:odile)?s?|alligators?",
    r"spiders?",
    r"jelly ?fish",
    r"lions?",
    r"elephants?",
    r"hippo(?:s|potamus(?:es)?|potami)?",
    r"tigers?",
    r"monkeys?",
    r"sting ?rays?",
    r"piranhas?",
)
_ANIMAL = "|".join(_ANIMALS)
_LIST = rf"(?P<animals>(?:{_ANIMAL})(?:(?:,| or| and|, or|, and)(?: any)? (?:{_ANIMAL}))*)"
# "Are there sharks in Malta?", "any sharks or jellyfish off Malta", "sharks in Malta?"; not what else is asked of them.
_WHETHER = re.compile(
    rf"\W*(?:(?:(?:are|is) there|do they have|will (?:i|we) (?:see|meet)|can (?:i|we) (?:see|meet)) )?"
    rf"(?:(?:a|any|many|lots of|dangerous|deadly|poisonous|venomous|wild) )*{_LIST}"
    r"(?: (?:at|by|in|near|off|on|around|along|here|there|about)\b[^,;?]*)?\W*$",
    re.IGNORECASE,
)
_MORE_ASKED = re.compile(r"\b(?:and|but|is|are|do|does|can|should|what|how|if)\b", re.IGNORECASE)
# Neither what is made of an animal tells of it nor what is called after it: ivory, Lion's Head, the tiger mosquito.
_NOT_ITSELF = r"(?![’']?s?[’']? (?:head|mosquito(?:es)?|ivory|tusks?|teeth|hair|skins?|horns?|leather|products?)\b)"
_ANY_COUNTRY = re.compile(r"\bcontact with (?:\w+ )?animals (?:like|such as)\b[^.\n]*", re.IGNORECASE)

_PARENT = r"(?:father|mother|dad|mum|mom|daddy|mummy|ex|husband|wife)"
_ONE_PARENT = re.compile(
    rf"\b(?:without (?:(?:his|her|their|the|my) )?{_PARENT}|(?:only|just) (?:(?:his|her|their) )?{_PARENT}"
    r"|(?:with|only|just) one parent|one of us|single parent)\b",
    re.IGNORECASE,
)
_CHILD = re.compile(r"\b(?:child(?:ren)?|kids?|sons?|daughters?|bab(?:y|ies)|toddlers?|teen\w*|year old)\b", re.I)
_ALONE = re.compile(r"\b(?:unaccompanied|alone|by (?:him|her|them)sel(?:f|ves)|on (?:his|her|their) own)\b", re.I)
_WITH_ONE = re.compile(r"\b(?:one|either|other|absent|single) parents?\b", re.IGNORECASE)
_LOST = r"(?:lost|stolen|los[es]|losing|theft|missing)"
_LOST_PASSPORT = re.compile(rf"\bpassports?\b.{{0,40}}\b{_LOST}\b|\b{_LOST}\b.{{0,40}}\bpassports?\b", re.I | re.S)
_NOT_THEN = re.compile(r"\bin case\b|\breported (?:as )?(?:lost|stolen)\b", re.IGNORECASE)  # before a loss, or after
_THEFT = re.compile(r"\breport\w* (?:a |the |my )?(?:theft|stolen)\b", re.IGNORECASE)
_RAPE = re.compile(r"\b(?:sexual(?:ly)? assault\w*|rape[ds]?)\b", re.IGNORECASE)
_SAYS_ENOUGH = 8  # words: "Replace a lost passport" is what a consulate can do, not what to do


def fitting(asked: str, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes that can answer, best first."""
    animals = _animals_asked(asked)
    if animals is not None:
        return [quote for quote in quotes if animals.search(_told(quote))]
    if _LOST_PASSPORT.search(asked):
        speaking = [q for q in quotes if _LOST_PASSPORT.search(q.shown) and not _NOT_THEN.search(q.shown)]
        return [quote for quote in speaking if len(quote.shown.split()) >= _SAYS_ENOUGH] or speaking or list(quotes)
    if _THEFT.search(asked) and not _RAPE.search(asked):
        quotes = [quote for quote in quotes if not _RAPE.search(quote.shown)] or quotes
    if _ONE_PARENT.search(asked) and _CHILD.search(asked) and not _ALONE.search(asked):
        return sorted(quotes, key=lambda quote: _of_one_alone(_told(quote)))
    return list(quotes)


@cache
def _animals_asked(asked: str) -> re.Pattern[str] | None:
    """What names one of the animals, where only whether there are any is asked."""
    match = _WHETHER.match(asked)
    if match is None or _MORE_ASKED.search(asked, match.end("animals")):
        return None
    named = [animal for animal in _ANIMALS if re.search(rf"\b(?:{animal})\b", match["animals"], re.IGNORECASE)]
    return re.compile(rf"\b(?:{'|'.join(named)})\b{_NOT_ITSELF}", re.IGNORECASE)


def _told(quote: Quote) -> str:
    """The quote under its heading, without a list of animals that stands on the page of every country."""
    return "\n".join((*quote.heading_words[-1:], _ANY_COUNTRY.sub("", quote.shown)))


def _of_one_alone(told: str) -> bool:
    return _ALONE.search(told) is not None and _WITH_ONE.search(told) is None

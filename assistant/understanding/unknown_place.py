"""A name where a place's would stand that no table knows: "is it safe in Wakanda?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.placenames import find, fold, is_word
from index.places import Mention, find_places

_NAME = r"((?:[A-Z][\w’'-]+)(?:\s+[A-Z][\w’'-]+){0,2})"
_GOING = (
    r"(?:(?:go(?:ing)?|travel(?:l?ing)?|fly(?:ing)?|trips?|holidays?|vacation|mov(?:e|ing)|driv(?:e|ing)|cross(?:ing)?"
    r"|emigrate|return|heading|way|get(?:ting)?) to|(?:advice|visa|warnings?) for)"
)
_JUDGED = r"(?:a |very |really |too |still )*(?:safe|unsafe|dangerous|risky|secure)"
_CAPITALISED = (
    re.compile(rf"\b(?:in|[Ii]n|to|out of|[Vv]isit(?:ing)?|around|(?<!insurance )(?<!policy )(?<!cover )from|near|"
               rf"[Ww]hat about|[Hh]ow about|[Aa]nd|"
               rf"(?:advi[cs]\w*|level|visa|number|warnings?|insurance) (?:for|on|about))\s+{_NAME}"),
    re.compile(rf"\b(?:[Ii]s|[Aa]re)\s+{_NAME}\s+{_JUDGED}\b"),
    re.compile(rf"\bfor\s+{_NAME}\W*$"),
    re.compile(rf"\b[Hh]ow {_JUDGED} (?:is|are)\s+{_NAME}"),
)  # fmt: skip
_GOES_ON = r"(?:at|after|as|by|with|for|please|now|today|this|next|right|alone|on|if|or|and)"
_SMALL = (
    re.compile(rf"\b(?:in|visit(?:ing)?|{_GOING})\s+([a-z][\w’'-]{{4,}})(?:\s*(?:[?.!,]|$)|\s+{_GOES_ON}\b)"),
    re.compile(rf"^\W*(?:is|how {_JUDGED} is)\s+([a-z][\w’'-]{{4,}})(?:\s+{_JUDGED}\b|\s*\??$)", re.IGNORECASE),
)
_NO_PLACE_WORDS = """jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday
english russian spanish french german portuguese italian arabic chinese
ramadan christmas easter eid diwali lent uber airbnb covid i my dr mr mrs the a an gps atm atms case lgbt euro euros"""
_NO_PLACE = frozenset(_NO_PLACE_WORDS.split())
_INVENTED_NAMES = """atlantis wakanda narnia freedonia zubrowka gotham hogwarts mordor westeros genovia ruritania
latveria sokovia zamunda neverland camelot avalon elbonia panem lilliput
utopia syldavia borduria krakozhia arendelle elvenland
agrabah wadiya molvania asgard eldorado xanadu lemuria hyperborea rivendell gondor"""
_INVENTED = frozenset(_INVENTED_NAMES.split())


def unknown_place(words: str, mentions: Sequence[Mention]) -> str | None:
    """A name where a place's would stand that no table knows, where no known place is named.

    In small letters only where it is no English word, or a country of stories: "is it safe in wakanda?".
    """
    return None if mentions else name_after_preposition(words, find_places(words))


def name_after_preposition(words: str, mentions: Sequence[Mention]) -> str | None:
    """A name that no table knows where a place's would stand, beside the `mentions` of those that are known."""
    taken = [(m.start, m.end) for m in mentions]
    for start, end in _candidates(words):
        if not any(start < high and low < end for low, high in taken):
            return words[start:end]
    return None


def _candidates(words: str) -> Iterator[tuple[int, int]]:
    """Spans of names that may be those of places."""
    if not words.isupper():
        for pattern in _CAPITALISED:
            for match in pattern.finditer(words):
                name = fold(match.group(1))
                if name.split()[0] not in _NO_PLACE and (name in _INVENTED or not _known(name)):
                    yield match.span(1)
    for at, pattern in enumerate(_SMALL):
        for match in pattern.finditer(words):
            name = fold(match.group(1))
            if name in _INVENTED or (at == 0 and name not in _NO_PLACE and not _known(name)):
                yield match.span(1)


def _known(name: str) -> bool:
    """Whether it is a place's name after all, or nothing but English words."""
    return find(name) is not None or all(map(is_word, name.split()))

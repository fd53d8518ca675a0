"""Which places do these words mean, and which of them only tell whose, or from where?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.understanding.corrections import mistaken
from assistant.understanding.governments import advises, by_a_person, telling
from assistant.understanding.namewords import follows, leads
from assistant.understanding.unknown_place import name_after_preposition
from assistant.understanding.whose import is_own, names_embassy
from index.places import Mention, find_places


class Region(NamedTuple):
    """The countries meant, or those of which one is meant where nothing tells which: then `places` is empty."""

    places: tuple[str, ...]
    options: tuple[str, ...]


_OVERLAND = re.compile(
    r"\b(?:cross(?:ing)?|border|overland|hik(?:e|ing)|trek|cycl(?:e|ing)|driv(?:e|ing)|bus(?:es)?|trains?|ferry)\b",
    re.IGNORECASE,
)
_VISA = re.compile(r"\b(?:visas?|passports?|enter|entry)\b", re.IGNORECASE)
_AWAY = re.compile(
    r"\b(?:evacuat\w*|escap\w*|flee\w*|get(?:ting)? out|out of|leav(?:e|ing)|mov(?:e|ing))\b", re.IGNORECASE
)
_CALLED = re.compile(r"\b(call(?:ed)?|dial(?:led|ed)?|rang)\s+\d{2,6}\b", re.IGNORECASE)
_FROM = re.compile(r"\s+from (?:the )?", re.IGNORECASE)
_INSIDE = re.compile(
    r"\s*(?:\b(?:beach|airport|city|town|island|area|region|province|district|metro|centre|center)\b)?"
    r"\s*(?:,|\bin\b|\()?\s*(?:the )?",
    re.IGNORECASE,
)
_PAIRED = re.compile(r"(?:['’]s)?\s*(?:[-–/&,]|\band\b)\s*(?:the )?", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:[/&,]|\b(?:and|or)\b)\s*(?:the )?", re.IGNORECASE)
_PART_OF = re.compile(
    r"\b(?:(?:the )?(?:far |upper |lower )?(?:north|south|east|west|central)(?:[ -]?(?:east|west))?(?:ern)?"
    r"(?: (?:part|coast|border|region|province)s?)?(?: of(?: the)?)? )$",
    re.IGNORECASE,
)


def places_meant(words: str, *, known: bool = False) -> list[Mention]:
    """The places a text is about: where the traveller, or the government, comes from is not one of them.

    `known` is whether a place is known from elsewhere, so that a government's name need not be one. "Southern
    Lebanon" is a region of Lebanon.
    """
    named = find_places(words)
    taken_back = mistaken(words, named)
    mentions = _within_their_country(words, [m for m in named if m not in taken_back])
    others = known or len(mentions) > 1 or name_after_preposition(words, mentions) is not None
    told = telling(words, mentions) if others else []
    aside = [*told, *left_behind(words, mentions)]
    found = [m for m in mentions if m not in aside and not _is_attribute(words, m, others, mentions)]
    places = [m for m in found if m.kind != "demonym"]
    return [_with_direction(words, m) for m in places or found]


def _within_their_country(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """A town with its country right behind it is that country's, whatever towns elsewhere have the name.

    "In Rome, New Zealand citizen" tells whose passport it is; "in Santiago, Chile passport stolen" tells both.
    """
    told = list(mentions)
    for at, (one, other) in enumerate(pairwise(mentions)):
        own = is_own(words, other) and other.codes[0] not in one.codes
        country = other.kind == "country" and len(other.codes) == 1 and not own
        if one.kind == "city" and country and _INSIDE.fullmatch(words, one.end, other.start):
            told[at] = one._replace(codes=other.codes, lesser=())
    return told


def left_behind(words: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The places that were left, or only told of, before that where one is or asks about.

    "Was in Paris, now in Rabat", "it is 112 in France, what is it in Laos".
    """
    gone: dict[Mention, None] = {}
    for here in mentions:
        asked = leads("asked", words, here)
        if asked or leads("now", words, here):
            before = [m for m in mentions if m.end <= here.start and set(m.codes).isdisjoint(here.codes)]
            gone.update(dict.fromkeys(m for m in before if asked or leads("left", words, m)))
    return list(gone)


def without_left_behind(words: str) -> str:
    """The words without the places left behind, and the number that was called there."""
    gone = left_behind(words, find_places(words))
    return _CALLED.sub(r"\1", without_places(words, gone)) if gone else words


def _is_attribute(words: str, mention: Mention, others: bool, mentions: Sequence[Mention]) -> bool:
    """Whether a name says whose, not where: "the US embassy in Lima", "as a British woman", "Canada's advice for"."""
    if names_embassy(words, mention) or leads("not", words, mention):
        return True
    if is_own(words, mention):
        # "Can dual nationals of Iraq get help?", where no other place is named, asks about Iraq.
        return others or not leads("citizens", words, mention) or _VISA.search(words) is not None
    demonym = mention.kind == "demonym"
    if not demonym and leads("served", words, mention):
        return False
    if demonym and (leads("traveller", words, mention) or follows("dish", words, mention)):
        return True
    if not others:
        return False
    if demonym and follows("people", words, mention):
        return True
    elsewhere = any(m.kind != "demonym" and set(m.codes).isdisjoint(mention.codes) for m in mentions)
    if elsewhere and any(leads(what, words, mention) for what in ("born", "coming", "papers")):
        return True
    later = any(m.start > mention.end and set(m.codes).isdisjoint(mention.codes) for m in mentions)
    if later and by_a_person(words, mention):  # "my friend in London says Peru is …"
        return True
    if leads("border", words, mention) or leads("back", words, mention):
        return True
    if follows("belonging", words, mention) and not leads("office", words, mention):  # "Irish embassy Beirut phone"
        return True
    if advises(words, mention, mentions):
        return True
    if elsewhere and _names_border(words, mention, mentions) and not _is_paired(words, mention, mentions):
        return True
    if _names_business(words, mention) and not any(
        m != mention and set(m.codes) & set(mention.codes) for m in mentions
    ):
        return True
    return _is_whence(words, mention, mentions) and not _OVERLAND.search(words)


def _names_border(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name says which border: "near the Angola border", "the Thai border or the Myanmar one"."""
    before = [m for m in mentions if m.end <= mention.start]
    same = follows("one", words, mention) and any(follows("border", words, m) for m in before)
    return same or follows("border", words, mention)


def _names_business(words: str, mention: Mention) -> bool:
    """Whether it is part of a business's name: "Café Berlin", "the Manila hotel there"."""
    named = leads("business", words, mention) and words[mention.start].isupper()
    return mention.kind == "city" and (named or follows("business", words, mention))


def _is_whence(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether one comes from there to another place: "from Germany to Japan", "a visa for Georgia from Armenia"."""
    before = [m for m in mentions if m.end <= mention.start and set(m.codes).isdisjoint(mention.codes)]
    listed = bool(before) and _LISTED.fullmatch(words, before[-1].end, mention.start) is not None
    if listed and _is_whence(words, before[-1], mentions):
        return True
    if not leads("from", words, mention):
        return False
    if follows("to", words, mention):
        return True
    beside = bool(before) and _FROM.fullmatch(words, before[-1].end, mention.start) is not None
    return (beside or any(leads("into", words, m) for m in before)) and not _AWAY.search(words)


def _is_paired(words: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether it is named together with the place right before it: "the Thailand-Cambodia border"."""
    before = [m for m in mentions if m.end <= mention.start]
    return bool(before) and _PAIRED.fullmatch(words, before[-1].end, mention.start) is not None


def _with_direction(words: str, mention: Mention) -> Mention:
    part = _PART_OF.search(words[: mention.start]) if mention.kind == "country" else None
    if part is None:
        return mention
    start = part.end() - len(part.group().lower().removeprefix("the "))
    return mention._replace(start=start, name=words[start : mention.end], kind="region")


def same_place(earlier: Sequence[Mention]) -> list[Mention]:
    """Of the places named before, the latest and whatever else means the same country."""
    return [m for m in earlier if set(m.codes) & set(earlier[0].codes)] if earlier else []


def region(mentions: Sequence[Mention], covered: Collection[str], context: Collection[str] = ()) -> Region:
    """The countries of the mentions: one a mention, but all of a place that lies in several.

    A city's country that is named beside it decides, then what is `covered`, then the country of another place named,
    or the `context` (codes known from the conversation). Where several are still possible, nothing is decided.
    """
    sure = {m.codes[0] for m in mentions if len(m.codes) == 1}
    places: list[str] = []
    for mention in mentions:
        others = {m.codes[0] for m in mentions if m.kind == "country" and len(m.codes) == 1 and m.name != mention.name}
        possible = _possible(mention, covered, others)
        if not mention.together and len(possible) > 1:
            hinted = [c for c in possible if c in sure] or [c for c in context if c in possible]
            if not hinted and possible[0] in covered:
                return Region((), tuple(possible))
            possible = hinted or possible
        places.extend(possible if mention.together else possible[:1])
    return Region(tuple(dict.fromkeys(places)), ())


def _possible(mention: Mention, covered: Collection[str], countries: Collection[str]) -> list[str]:
    every = (*mention.codes, *mention.lesser)
    return (
        [c for c in every if c in countries]
        or [c for c in mention.codes if c in covered]
        or [c for c in mention.lesser if c in covered and mention.kind == "country"]
        or list(mention.codes)
    )


def without_places(words: str, mentions: Sequence[Mention]) -> str:
    """The words with the names of the places taken out, and the preposition that led to them."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        before = re.sub(
            r"\b(?:in|to|from|of|for|around|near|within|at|the)\s*$", "", words[: mention.start], flags=re.IGNORECASE
        )
        after = words[mention.end :]
        words = before.rstrip() + (after if after.startswith("?") else f" {after.lstrip()}")
    return re.sub(r"[\s,]+(?=[?.!]*$)", "", words).strip()


def placeless(words: str) -> str:
    """The words without the places that they are about."""
    return without_places(words, places_meant(words))

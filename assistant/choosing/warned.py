"""What is asked about a place to which governments advise against all travel: who goes there should know."""

from __future__ import annotations

import re

from assistant.choosing.official import ALL_TRAVEL, area_levels, country_levels, narrowed
from assistant.choosing.quotes import Quote, one_each
from assistant.understanding.question import Question
from assistant.understanding.regions import each_named
from index.filters import Filters
from index.snapshot import Snapshot

_MAJORITY = 3  # of the five governments
_BESIDE = (
    r"\b(?:suburbs?|parts?|districts?|neighbou?rhoods?|areas?|kilomet\w+|km|miles|border|outside|near|between|"
    r"north|south|east|west)\b[^,;.\n]{0,25}|\b(?:except|excluding)\b[^.\n]{0,60}"
)
_LARGER = r" (?:rural|provinces?|regions?|governorates?|districts?|state)\b"  # that has a town's name
_AROUND = 3000  # characters: a long list of areas
_ROAD = r"(?: to |\s?[-–/]\s?)[^,;.\n]{1,40}\b(?:road|highway|motorway|expressway)\b"  # that begins there
_TO_GO = re.compile(
    r"^\W*(?:so |and |but )*(?:(?:can|could|should|may) (?:i|we|you|one|people|tourists)|is it|would it)\b|"
    r"\b(?:(?:un)?safe\w*|danger\w*|risk\w*|secur\w*|threat\w*|travel\w*|touris[mt]\w*|trips?|visit\w*|going|go|"
    r"avoid\w*|advi[cs]\w*|warn\w*|situation)\b",
    re.IGNORECASE,
)


def warned_of(question: Question, snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """Where a government advises against all travel to the very town or region that is asked about: the newest such
    page, one of each government that is asked about.

    Whatever is asked about it: who wants to swim there should know. A place that only tells where another is ("the
    suburbs of Beirut") is not meant.
    """
    filters = narrowed(question, snapshot, filters)
    if not any(_may_be_named(snapshot, filters, place) for place in question.finer_places):
        return []
    found = area_levels(question, snapshot, filters)
    warned = [q for q in found if any(forbids(q.shown, place) for place in question.finer_places)]
    return one_each(warned, lambda q: q.document.publisher) if question.publishers else warned[:1]


def _may_be_named(snapshot: Snapshot, filters: Filters, place: str) -> bool:
    """Whether a page names a place somewhere near advice against all travel: a quick look, for most name it nowhere."""
    name = place.casefold().split()[-1]  # "North and South Kivu"
    for document in snapshot.documents_about(filters):
        folded = snapshot.text(document).casefold()
        at = folded.find(name)
        while at >= 0:
            if ALL_TRAVEL.search(folded, max(0, at - _AROUND), at + _AROUND):
                return True
            at = folded.find(name, at + _AROUND)
    return False


def asks_whether_to_go(question: Question) -> bool:
    """Whether advice against all travel answers by itself: not where a certain thing there is asked for, a hospital."""
    return bool(question.publishers) or _TO_GO.search(question.search_words) is not None


def advised_against(question: Question, snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """The level of a country that most governments advise against as a whole, newest page first; none of any other.

    Whoever asks for taxis there should know, even where each quote on taxis is right. Of the governments that are asked
    about, where some are.
    """
    if len(question.places) != 1:
        return []
    pages = snapshot.documents_about(filters)
    against = {page.publisher for page in pages if ALL_TRAVEL.search(page.level or "")}
    if len(against) < _MAJORITY:
        return []
    asked = narrowed(question, snapshot, filters)
    return [quote for quote in country_levels(snapshot, asked) if quote.document.publisher in against]


def forbids(words: str, place: str) -> bool:
    """Whether the words advise against all travel to a place itself, not to what lies beside it."""
    name = rf"\b{re.escape(place)}\b"
    beside = rf"(?:{_BESIDE}){name}|{name}(?:{_ROAD}|{_LARGER})"
    said = each_named(words)
    direct = re.search(name, said, re.IGNORECASE) and not re.search(beside, said, re.IGNORECASE)
    return bool(direct) and ALL_TRAVEL.search(words) is not None

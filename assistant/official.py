"""What governments say of a whole place: their levels, and the areas that have advice of their own.

Read from every page that carries a level, not searched for, so that no government's word is left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from assistant.arrange import GOVERNMENTS, names, newest_first, one_each
from assistant.evidence import Evidence, Quote
from assistant.kinds import says_level
from assistant.levels import areas_on_any_page, levels
from assistant.place_texts import PlaceTexts
from assistant.question import Question
from assistant.wanted import Wanted
from index.embedding import Vectors
from index.filters import Filters
from index.snapshot import Snapshot

OFFICIAL = (Wanted.LEVEL, Wanted.AREAS)
"""What is asked for where this is the answer."""


def official_quotes(question: Question, snapshot: Snapshot, filters: Filters, vector: Vectors) -> tuple[Quote, ...]:
    """What the governments say, newest page first; none where no page says it for the whole place.

    `vector` is the question's. Raises FilterError where a filter names what the index does not hold.
    """
    if question.wanted is Wanted.LEVEL:
        carrying = snapshot.hits(snapshot.rows_with_level(filters))
        found = Evidence(question, carrying, snapshot, vector).levels
        each = one_each(newest_first(found), lambda quote: (quote.document.publisher, quote.document.about[:1]))
        return (*_area_levels(question, snapshot, filters), *each)
    of_a_city = question.finer_places or not question.places  # of which no government has a list
    return () if of_a_city else tuple(newest_first(_areas(snapshot, filters)))


def warned_of(question: Question, snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """Where a government advises against all travel to the very town or region that is asked about, newest first.

    Whatever is asked about it: who wants to swim there should know. A place that only tells where another is ("the
    suburbs of Beirut") is not meant.
    """
    found = _area_levels(question, snapshot, filters)
    return [q for q in found if any(forbids(q.shown, place) for place in question.finer_places)]


def advised_against(question: Question, snapshot: Snapshot, filters: Filters, vector: Vectors) -> list[Quote]:
    """The level of a country that most governments advise against as a whole, newest page first; none of any other.

    Whoever asks for taxis there should know, even where each quote on taxis is right.
    """
    carrying = snapshot.hits(snapshot.rows_with_level(filters))
    against = {hit.document.publisher for hit in carrying if _ALL_TRAVEL.search(hit.document.level or "")}
    if len(question.places) != 1 or len(against) < _MOST_GOVERNMENTS:
        return []
    of_all = replace(question, wanted=Wanted.LEVEL, finer_places=())
    return [q for q in official_quotes(of_all, snapshot, filters, vector) if q.document.publisher in against]


def forbids(words: str, place: str) -> bool:
    """Whether the words advise against all travel to a place itself, not to what lies beside it."""
    name = rf"\b{re.escape(place)}\b"
    direct = re.search(name, words, re.IGNORECASE) and not re.search(rf"(?:{_BESIDE}){name}", words, re.IGNORECASE)
    return bool(direct) and _ALL_TRAVEL.search(words) is not None


_MOST_GOVERNMENTS = 3  # of the five
_ALL_TRAVEL = re.compile(r"\b(?:avoid all travel|against all travel|do not travel)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:avoid|against|do not|reconsider)\b", re.IGNORECASE)  # of a level, travel to the whole
_BESIDE = (
    r"\b(?:suburbs?|parts?|districts?|neighbou?rhoods?|areas?|kilomet\w+|km|miles|border|outside|near|between|"
    r"north|south|east|west)\b[^,;.\n]{0,25}|\b(?:except|excluding)\b[^.\n]{0,60}"
)


def _area_levels(question: Question, snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """What is said of the very town or region that is asked about, where a government has advice of its own for it."""
    if not question.finer_places or not question.places:
        return []
    return [
        q for q in newest_first(_areas(snapshot, filters)) if any(names(q, place) for place in question.finer_places)
    ]


def searched_for(question: Question) -> Question:
    """The question as one whose answer is searched for: nothing official answers it."""
    if question.wanted is Wanted.AREAS:
        return replace(question, wanted=Wanted.TEXT)
    words = " ".join(("advisory level", *(GOVERNMENTS[code] for code in question.publishers)))
    return replace(question, wanted=Wanted.TEXT, search_words=words, related=())


def _is_level(quote: Quote) -> bool:
    """Whether a quote says the level of the whole: a list of areas may speak of it as well."""
    return "\n" not in quote.shown and says_level(quote.shown, quote.document)


def _areas(snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """The areas advised against. Of a government that names none its level, where it advises against the whole: "normal
    precautions" beside the areas of others would look like a word on them.

    None where no government names any, and none advises against all of the place.
    """
    said: list[Quote] = []
    named = False
    texts = PlaceTexts(snapshot, filters)
    for publisher, found in groupby(
        levels(texts, GOVERNMENTS.values(), most_areas=None), lambda level: level.publisher
    ):
        each = list(found)
        areas = [[quote for quote in level.quotes if not _is_level(quote)] for level in each]
        of_all = any(_ALL_TRAVEL.search(level.words or "") for level in each)
        elsewhere = [] if of_all or any(areas) else areas_on_any_page(texts, publisher)
        named = named or any(areas) or bool(elsewhere) or of_all
        said += elsewhere
        for level, of_level in zip(each, areas, strict=True):
            against = not elsewhere and _AGAINST.search(level.words or "") is not None
            said += of_level or (level.quotes[:1] if against else ())
    return said if named else []

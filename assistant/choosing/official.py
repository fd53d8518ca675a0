"""What governments say of a whole place: their levels, the areas that have advice of their own, their latest updates.

Read from every page, not searched for, so that no government's word is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.choosing.areas import areas_on_any_page
from assistant.choosing.arrange import GOVERNMENTS, names
from assistant.choosing.kinds import says_level
from assistant.choosing.levels import level_quotes, levels
from assistant.choosing.place_texts import PlaceTexts, Text
from assistant.choosing.quotes import Quote, newest_first, one_each
from assistant.understanding.governments import asks_nothing_else
from assistant.understanding.question import Question
from assistant.understanding.wanted import Wanted
from index.documents import Kind
from index.filters import Filters
from index.placenames import fold
from index.snapshot import Snapshot

OFFICIAL = (Wanted.LEVEL, Wanted.AREAS, Wanted.UPDATES)
"""What is asked for where this is the answer."""
ALL_TRAVEL = re.compile(r"\b(?:avoid all travel|against all travel|do not travel)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:avoid|against|do not|reconsider)\b", re.IGNORECASE)  # of a level, travel to the whole
_UPDATE_HEADING = re.compile(r"latest update", re.IGNORECASE)
_UPDATE_LINE = re.compile(
    r"latest update: *\S|(?:updated|reissued) (?:to|with|after|following|for|because)\b", re.IGNORECASE
)


def official_quotes(question: Question, snapshot: Snapshot, filters: Filters) -> tuple[Quote, ...]:
    """What the governments say, newest page first; none where no page says it for the whole place.

    Raises FilterError where a filter names what the index does not hold.
    """
    if question.wanted is Wanted.UPDATES:
        return tuple(_latest_updates(snapshot, filters))
    if question.wanted is Wanted.LEVEL:
        of_town = area_levels(question, snapshot, filters)
        told = {quote.document.publisher for quote in of_town}
        sections = [q for q in _sections(question, snapshot, filters) if q.document.publisher not in told]
        return (*of_town, *sections, *country_levels(snapshot, filters))
    of_a_city = question.finer_places or not question.places  # of which no government has a list
    return () if of_a_city else tuple(newest_first(_areas(snapshot, filters)))


def country_levels(snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """Each government's level of each country, newest page first."""
    return _of_each_government(level_quotes(PlaceTexts(snapshot, filters)))


def _latest_updates(snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """The latest update that each government tells of a place, newest page first."""
    texts = PlaceTexts(snapshot, filters).on_pages(lambda page: page.kind is Kind.ORIGINAL)
    return _of_each_government([quote for text in texts if (quote := _update(text)) is not None])


def _update(text: Text) -> Quote | None:
    """The first sentence below such a heading, or the line that begins so."""
    below = any(_UPDATE_HEADING.fullmatch(heading) for heading in text.headings[-1:])
    for number, unit in enumerate(text.units):
        if below or _UPDATE_LINE.match(text.shown(unit.start, unit.end)):
            return text.quote_unit(number)
    return None


def _of_each_government(quotes: Sequence[Quote]) -> list[Quote]:
    """The newest page's quote of each government on each country."""
    return one_each(newest_first(quotes), lambda quote: (quote.document.publisher, quote.document.about[:1]))


def narrowed(question: Question, snapshot: Snapshot, filters: Filters) -> Filters:
    """The filters, to the pages of the governments that are asked about, where the index has any of theirs."""
    asked = {GOVERNMENTS[code] for code in question.publishers}.intersection(snapshot.publishers)
    return replace(filters, publishers=tuple(sorted(asked))) if asked else filters


def area_levels(question: Question, snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """What is said of the very town or region that is asked about, where a government has advice of its own for it."""
    if not question.finer_places or not question.places:
        return []
    return [
        q for q in newest_first(_areas(snapshot, filters)) if any(names(q, place) for place in question.finer_places)
    ]


def _sections(question: Question, snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """How the section on the very town begins, of each government that is asked what it says about it at all."""
    at_all = question.publishers and asks_nothing_else(question.search_words, of_town=True)
    if not at_all or not question.finer_places:
        return []
    towns = [fold(town) for town in question.finer_places]
    texts = PlaceTexts(snapshot, filters).on_pages(lambda page: page.kind is Kind.ORIGINAL)
    found = [t.quote_unit(0) for t in texts if any(town in fold(h) for h in t.headings[-1:] for town in towns)]
    return one_each(newest_first(found), lambda quote: quote.document.publisher)


def searched_for(question: Question) -> Question:
    """The question as one whose answer is searched for: nothing official answers it."""
    if question.wanted is not Wanted.LEVEL:
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
        of_all = any(ALL_TRAVEL.search(level.words or "") for level in each)
        elsewhere = [] if of_all or any(areas) else areas_on_any_page(texts, publisher)
        named = named or any(areas) or bool(elsewhere) or of_all
        said += elsewhere
        for level, of_level in zip(each, areas, strict=True):
            against = not elsewhere and _AGAINST.search(level.words or "") is not None
            said += of_level or (level.quotes[:1] if against else ())
    return said if named else []

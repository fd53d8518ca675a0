"""What governments say of a whole place: their levels, and the areas that have advice of their own.

Read from every page that carries a level, not searched for, so that no government's word is left out.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.arrange import GOVERNMENTS, newest_first, one_each
from assistant.evidence import Evidence, Quote
from assistant.kinds import says_level
from assistant.levels import levels
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
        return tuple(one_each(newest_first(found), lambda quote: quote.document.publisher))
    of_a_city = question.finer_places or not question.places  # of which no government has a list
    return () if of_a_city else tuple(newest_first(_areas(snapshot, filters)))


def searched_for(question: Question) -> Question:
    """The question as one whose answer is searched for: nothing official answers it."""
    if question.wanted is Wanted.AREAS:
        return replace(question, wanted=Wanted.TEXT)
    words = " ".join(("advisory level", *(GOVERNMENTS[code] for code in question.publishers)))
    return replace(question, wanted=Wanted.TEXT, search_words=words, related=())


def _areas(snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """The areas advised against; a government that names none says its level. None where no government names any."""
    said: list[Quote] = []
    named = False
    for level in levels(PlaceTexts(snapshot, filters), GOVERNMENTS.values(), most_areas=None):
        areas = [quote for quote in level.quotes if not says_level(quote.shown, quote.document)]
        said += areas or level.quotes[:1]
        named = named or bool(areas)
    return said if named else []

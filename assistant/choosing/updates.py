"""What governments say that they changed last in their advice: the line that their page has for it."""

from __future__ import annotations

import re

from assistant.choosing.arrange import newest_first, one_each
from assistant.choosing.evidence import Quote
from assistant.choosing.place_texts import PlaceTexts, Text
from index.documents import Kind
from index.filters import Filters
from index.snapshot import Snapshot

_HEADING = re.compile(r"latest update", re.IGNORECASE)
_LINE = re.compile(r"latest update: *\S|(?:updated|reissued) (?:to|with|after|following|for|because)\b", re.IGNORECASE)


def latest_updates(snapshot: Snapshot, filters: Filters) -> list[Quote]:
    """The latest update that each government tells of a place, newest page first."""
    found = (_update(text) for text in PlaceTexts(snapshot, filters) if text.document.kind is Kind.ORIGINAL)
    told = newest_first([quote for quote in found if quote is not None])
    return one_each(told, lambda quote: (quote.document.publisher, quote.document.about[:1]))


def _update(text: Text) -> Quote | None:
    """The first sentence below such a heading, or the line that begins so."""
    below = any(_HEADING.fullmatch(heading) for heading in text.headings[-1:])
    for number, unit in enumerate(text.units):
        if below or _LINE.match(text.shown(unit.start, unit.end)):
            return text.quote_unit(number)
    return None

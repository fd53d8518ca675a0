"""Each government's advisory level of a place, in its own words and on its own scale, with the areas that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.choosing.areas import areas_named, own_heading, subject, units_with_lists
from assistant.choosing.arrange import GOVERNMENTS
from assistant.choosing.kinds import holds_level, says_level
from assistant.choosing.place_texts import PlaceTexts, Text
from assistant.choosing.quotes import Quote, distinct, one_each
from index.documents import Document, Kind

_MOST_AREAS = 12


@dataclass(frozen=True, slots=True)
class Level:
    """A government's advisory level: `words` are its own, None where none of its pages carries one.

    `document` is the page that carries it and `quotes` what it says there: the level first, then areas with advice of
    their own. `pages` is False where the government has no page about the place at all.
    """

    publisher: str
    words: str | None = None
    document: Document | None = None
    quotes: tuple[Quote, ...] = ()
    pages: bool = True

    @property
    def scale(self) -> str:
        """The government's scale in a fixed sentence; "" where it is not known here."""
        code = next((code for code, name in GOVERNMENTS.items() if name == self.publisher), "")
        return messages.LEVEL_SCALES.get(code, "")


def level_quotes(texts: PlaceTexts) -> list[Quote]:
    """The level of each page that carries one, where the page first says it: in words of its own rather than under a
    heading that does."""
    every = (text.quote(span) for text in texts.on_pages(lambda page: page.level is not None) for span in text.spans())
    said = [quote for quote in every if holds_level(quote.shown, quote.heading_words, quote.document)]
    return one_each(sorted(said, key=_says_level_late), lambda quote: quote.document.key)


def _says_level_late(quote: Quote) -> tuple[bool, bool, int, int]:
    """Sorts what says the level itself first, then what stands right under a heading that does, then by position."""
    under = any(says_level(words, quote.document) for words in quote.heading_words[-1:])
    return not says_level(quote.shown, quote.document), not under, quote.start, quote.end


def levels(texts: PlaceTexts, governments: Iterable[str], most_areas: int | None = _MOST_AREAS) -> Iterator[Level]:
    """The levels of each government, newest page first; a region that has a page of its own has its own level.

    Of each page at most `most_areas` areas are quoted, all of them where it is None. Pages that say the same level of
    the same place count once.
    """
    pages: dict[str, dict[tuple[str, str], list[Text]]] = {}
    publishers = {hit.document.publisher for hit in texts.hits}
    for text in texts.on_pages(lambda page: page.level is not None and page.kind is Kind.ORIGINAL):
        pages.setdefault(text.document.publisher, {}).setdefault(text.document.key, []).append(text)
    for publisher in governments:
        once: dict[tuple[str, str], Level] = {}
        for level in sorted((_level(page, most_areas) for page in pages.get(publisher, {}).values()), key=_order):
            if level.document is not None:
                once.setdefault(((level.words or "").casefold(), level.document.title.partition(":")[0]), level)
        yield from once.values() or [Level(publisher, pages=publisher in publishers)]


def _order(level: Level) -> tuple[int, bool, str]:
    """Newest first; of two pages of one day that which says its level in a sentence."""
    document = level.document
    day = document.date.last().toordinal() if document and document.date else 0
    said = any(says_level(quote.shown, quote.document) for quote in level.quotes[:1])
    return -day, not said, document.doc_id if document else ""


def _level(passages: Sequence[Text], most_areas: int | None) -> Level:
    document = passages[0].document
    said = _said(passages)
    found = [*([said] if said else []), *areas_named(passages)[:most_areas]]
    quotes = distinct(found, len(found), by=subject)
    return Level(document.publisher, document.level, document, tuple(quotes))


def _said(passages: Sequence[Text]) -> Quote | None:
    """Where a page first says its level: in a sentence, else in a heading."""
    for text in passages:
        for span in units_with_lists(text):
            if says_level(text.shown(span.start, span.end), text.document):
                return own_heading(text.quote(span))
    for text in passages:
        for heading in text.hit.passage.headings:
            if says_level(text.shown(heading.start, heading.end), text.document):
                return text.quote_heading(heading)
    return None

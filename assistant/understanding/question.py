"""The user's words and the conversation → what was understood: places, kind of answer, the words to search with."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.understanding import governments, whereabouts, whose
from assistant.understanding.asides import without_activities, without_lead, without_tag
from assistant.understanding.concepts import Meant
from assistant.understanding.corrections import corrected
from assistant.understanding.entry import entry_in_general, entry_rules
from assistant.understanding.followup import stand_alone
from assistant.understanding.regions import unlisted_regions
from assistant.understanding.rewording import without_nationality
from assistant.understanding.services import (
    Service,
    asking_the_company,
    names_only_service,
    of_a_company,
    services_asked,
)
from assistant.understanding.situations import same_sex_couple, told_of
from assistant.understanding.spelling import mended
from assistant.understanding.thesaurus import related
from assistant.understanding.times import Period, period, without_period
from assistant.understanding.unknown_place import unknown_place
from assistant.understanding.wanted import Wanted, wanted
from index.placenames import fold
from index.places import find_places, place_name
from index.words import WordIndex


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `places` are country codes, those meant by the words first; `place_words` how the user named them ("Almaty").
    `search_words` is the stand-alone wording without the places: the place is a filter, not a word to match.
    """

    words: str
    today: date
    history: tuple[str, ...] = ()
    passport: str | None = None
    places: tuple[str, ...] = ()
    options: tuple[str, ...] = ()  # codes of which one is meant, where nothing tells which: then no `places`
    place_words: tuple[str, ...] = ()
    finer_places: tuple[str, ...] = ()  # cities and regions named, as shown
    carried: bool = False  # whether the place comes from an earlier turn
    unknown_place: str | None = None
    publishers: tuple[str, ...] = ()  # "US" where the question asks what that government says
    no_source_of: tuple[str, ...] = ()  # "DE" where that government's advice is asked for, which no source holds
    nationality: str | None = None  # "CA" where the words or the passport say so
    embassy_of: str | None = None  # "US" where the question asks for that country's embassy or consulate
    wanted: Wanted = Wanted.TEXT
    services: tuple[Service, ...] = ()
    each_government: bool = False  # whether each government's own words are asked for
    entry_rules: bool = False  # whether rules of entry are, which differ by nationality
    when: Period | None = None
    standalone: str = ""
    search_words: str = ""
    timed_words: str = ""  # the same with the time that is asked about
    related: tuple[str, ...] = ()  # the field's words for what was asked
    meant: tuple[Meant, ...] = ()  # the field's concepts that were meant, whatever the words
    expected: float = 0.0  # how near in meaning an answer should be (assistant/choosing/kindred.py)

    @property
    def about_past(self) -> bool:
        """Whether it asks what held in the past, so that superseded and withdrawn texts may answer."""
        return self.when is not None and self.when.past

    @property
    def side_by_side(self) -> bool:
        """Whether the same is asked of several places: "Jordan or Lebanon", not "from Jordan to Lebanon"."""
        if self.wanted is not Wanted.TEXT or not 1 < len(self.places) <= _MOST_COMPARED:
            return False
        names = "|".join(re.escape(fold(name)) for name in self.place_words)
        beside = rf"(?<!between )\b(?:{names}) {_BESIDE} (?:in |the )*(?:{names})\b"
        return re.search(beside, fold(self.standalone)) is not None

    @property
    def embassy_address(self) -> bool:
        """Whether it asks where an embassy or a consulate is."""
        return self.wanted is Wanted.ADDRESS and any(service.key == "consular" for service in self.services)

    @property
    def contact(self) -> bool:
        """Whether it asks for a number or an embassy's address: right or wrong by whose it is, whatever the words."""
        return self.wanted is Wanted.PHONE or self.embassy_address

    @property
    def query(self) -> str:
        """What the words' retriever is asked: the user's words and the field's."""
        meant = (term for concept in self.meant for term in concept.terms[:_TYPICAL])
        return " ".join((self.search_words, *self.related, *meant))

    @property
    def where(self) -> str:
        """The places as they are shown: "Almaty, Kazakhstan"."""
        countries = [place_name(code) for code in self.places]
        return ", ".join(dict.fromkeys((*self.finer_places, *countries)))


_MOST_COMPARED = 3  # places: each is searched by itself
_BESIDE = r"(?:and|or|vs|versus|than|compared (?:to|with))"
_TYPICAL = 3  # of the field's terms for a concept: the first are the most typical
_BORDER = re.compile(r"\b(?:borders?|frontier|crossings?)\b", re.IGNORECASE)
_GOVERNMENTS = re.compile(
    r"\b(?:governments|(?:each|every) government|all (?:the )?(?:countries|sources|publishers)|foreign offices)\b",
    re.IGNORECASE,
)


def understand(
    words: str,
    *,
    today: date,
    history: Sequence[str] = (),
    passport: str | None = None,
    place: str | None = None,
    covered: Collection[str] = (),
    vocabulary: WordIndex | None = None,
) -> Question:
    """What a question means, read with the user's earlier questions.

    `place` is a code that the user set beforehand; `covered` are the codes that the index holds. Words that are
    misspelled are told by the `vocabulary`.
    """
    if not covered:
        return _about_no_place(words, today, history, passport, place)
    as_written, earlier_turns = words, tuple(history)
    if vocabulary:
        words, history = mended(words, vocabulary), [mended(turn, vocabulary) for turn in history]
    words = without_tag(corrected(words), goes_on=bool(history))
    standalone = stand_alone(words, history)

    earlier = [m for turn in reversed(history) for m in whereabouts.places_meant(turn)]
    mentions = whereabouts.places_meant(words, known=bool(earlier or place))
    said = whereabouts.places_meant(standalone) if mentions or not place else []
    used = said or ([] if place else whereabouts.same_place(earlier))
    context = (place,) if place else tuple(code for m in earlier if len(m.codes) == 1 for code in m.codes)
    region = whereabouts.region(used, covered, context)
    towns = tuple(dict.fromkeys(m.name for m in used if m.kind in ("city", "region")))
    nationality = whose.nationality(standalone) or passport
    publishers = governments.publishers(standalone, nationality) if used or place else ()

    timed_words, search_words = _without_filters(standalone, today, several=len(publishers) > 1)
    entry = entry_rules(timed_words)
    if entry and nationality in governments.PUBLISHING:  # whose page says "you" to its own citizens
        timed_words, search_words = without_nationality(timed_words), without_nationality(search_words)
    timed_words, search_words = without_activities(timed_words), without_activities(search_words)
    if told := _as_pages_word_it(as_written, words, search_words):
        timed_words = search_words = told
    kind = _kind(search_words, publishers, of_town=bool(towns))
    if kind is Wanted.PHONE and of_a_company(standalone):
        kind = Wanted.TEXT
        timed_words, search_words = asking_the_company(timed_words), asking_the_company(search_words)
    if kind is Wanted.TEXT and (told := same_sex_couple(search_words)):
        timed_words, search_words = f"{timed_words} ({told})", f"{search_words} ({told})"
    if kind is Wanted.LEVEL:
        towns = (*towns, *unlisted_regions(search_words))
    return Question(
        words=as_written,
        today=today,
        history=earlier_turns,
        passport=passport,
        places=region.places or ((place,) if place and not mentions else ()),
        options=region.options,
        place_words=tuple(dict.fromkeys(m.name for m in used)),
        finer_places=towns,
        carried=not mentions and place is None and bool(used),
        unknown_place=unknown_place(words, mentions),
        publishers=publishers,
        no_source_of=governments.without_advice_here(standalone),
        nationality=nationality,
        embassy_of=whose.embassy_of(standalone) or nationality,
        wanted=kind,
        services=services_asked(standalone, kind),
        each_government=len(publishers) > 1 or _GOVERNMENTS.search(standalone) is not None,
        entry_rules=entry,
        when=period(standalone, today),
        standalone=standalone,
        search_words=search_words,
        timed_words=timed_words,
        related=related(search_words),
    )


def _about_no_place(
    words: str, today: date, history: Sequence[str], passport: str | None, place: str | None
) -> Question:
    """What a question means to an index about no place, nor of the field: names of places are ordinary words there."""
    standalone = stand_alone(words, history)
    kind = wanted(standalone)
    return Question(
        words=words,
        today=today,
        history=tuple(history),
        passport=passport,
        places=(place,) if place else (),
        nationality=passport,
        wanted=kind,
        services=services_asked(standalone, kind),
        each_government=_GOVERNMENTS.search(standalone) is not None,
        entry_rules=entry_rules(standalone),
        standalone=standalone,
        search_words=standalone,
        timed_words=standalone,
    )


def _without_filters(standalone: str, today: date, *, several: bool) -> tuple[str, str]:
    """The words without what the search filters by: the places, and in the second also the time.

    `several`: of several governments. A country's name matches every page of it; a city's is a word that counts.
    """
    here = governments.without_listed(whereabouts.without_left_behind(standalone))
    countries = [m for m in whereabouts.places_meant(here) if m.kind in ("country", "demonym")]
    if len({m.codes for m in countries}) > 1 and _BORDER.search(standalone):
        countries = []  # "the border between Rwanda and Uganda": each country's pages are on several borders
    placeless = without_lead(whereabouts.without_places(here, countries), several=several)
    timeless = without_period(placeless, today).strip()
    return _unless_empty(placeless, standalone), _unless_empty(timeless, standalone)


def _unless_empty(words: str, otherwise: str) -> str:
    return words if re.search(r"\w", words) else otherwise


def _as_pages_word_it(as_written: str, words: str, search_words: str) -> str:
    """The words to search with instead, where pages share none with what the user tells or asks; else "".

    Also as written: words of another language look like misspelled English ("pasaporte").
    """
    told = "" if wanted(search_words) is Wanted.PHONE else told_of(as_written) or told_of(words)
    return told or entry_in_general(search_words)


def _kind(words: str, publishers: Collection[str], *, of_town: bool) -> Wanted:
    """The kind of thing asked for in words without countries."""
    if publishers and governments.asks_nothing_else(words, of_town=of_town):
        return Wanted.LEVEL
    kind = wanted(words)
    return Wanted.PHONE if kind is Wanted.TEXT and _asks_for_number(words) else kind


def _asks_for_number(words: str) -> bool:
    """Whether a number is asked for in words that still name a town: "police Rome"."""
    bare = whereabouts.placeless(words)
    return bare != words and names_only_service(bare) and wanted(bare) is Wanted.PHONE


def without_towns(question: Question) -> Question:
    """The same asked about the whole country: the towns and regions are no words to search for."""
    words = question.search_words
    towns = [m for m in find_places(words, slips=False) if m.name in question.finer_places]
    return replace(question, search_words=_unless_empty(whereabouts.without_places(words, towns), words))

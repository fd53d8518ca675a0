"""The user's words and the conversation → what was understood: places, kind of answer, the words to search with."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.understanding import governments, whereabouts
from assistant.understanding.activities import without_activities
from assistant.understanding.concepts import Meant
from assistant.understanding.corrections import corrected
from assistant.understanding.couples import same_sex_couple
from assistant.understanding.emergency import SERVICES as EMERGENCY_SERVICES
from assistant.understanding.entry import entry_in_general, entry_rules
from assistant.understanding.followup import stand_alone
from assistant.understanding.number_request import names_only_service
from assistant.understanding.regions import unlisted_regions
from assistant.understanding.services import SERVICES, Service
from assistant.understanding.spelling import mended
from assistant.understanding.tags import without_tag
from assistant.understanding.thesaurus import related
from assistant.understanding.times import Period, period, without_period
from assistant.understanding.told import told_of
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
    about_past: bool = False
    when: Period | None = None
    standalone: str = ""
    search_words: str = ""
    timed_words: str = ""  # the same with the time that is asked about
    related: tuple[str, ...] = ()  # the field's words for what was asked
    meant: tuple[Meant, ...] = ()  # the field's concepts that were meant, whatever the words
    expected: float = 0.0  # how near in meaning an answer should be (assistant/choosing/kindred.py)

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
_PAST = re.compile(r"\b(?:used to|formerly|in the past|back then|old advice)\b", re.IGNORECASE)
_PAST_YEAR = re.compile(r"\b(?:in|before|until|during) ((?:19|20)\d\d)\b", re.IGNORECASE)


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

    `place` is a code that the user set beforehand; `covered` are the codes that the index holds. Where the index is
    about no place at all, names of places are ordinary words. Words that are misspelled are told by the `vocabulary`.
    """
    said_words, earlier_turns = words, history
    if covered and vocabulary:
        words, history = mended(words, vocabulary), [mended(turn, vocabulary) for turn in history]
    words = without_tag(corrected(words), goes_on=bool(history)) if covered else words
    earlier = [m for turn in reversed(history) for m in whereabouts.meant(turn)] if covered else []
    mentions = whereabouts.meant(words, known=bool(earlier or place)) if covered else []
    standalone = stand_alone(words, history)
    said = whereabouts.meant(standalone) if covered and (mentions or not place) else []
    used = said or ([] if place else whereabouts.same_place(earlier))
    carried = not mentions and place is None and bool(used)
    nationality = (whereabouts.nationality(standalone) if covered else None) or passport
    publishers = governments.publishers(standalone, nationality) if used or place else ()
    context = (place,) if place else tuple(code for m in earlier if len(m.codes) == 1 for code in m.codes)
    region = whereabouts.region(used, covered, context)
    when = period(standalone, today) if covered else None
    # A country's name matches every page of it: the filter does that. A city's name is a word that counts.
    here = governments.without_listed(whereabouts.without_left_behind(standalone)) if covered else standalone
    wide = [m for m in whereabouts.meant(here) if m.kind in ("country", "demonym")] if covered else []
    if len({m.codes for m in wide}) > 1 and _BORDER.search(standalone):
        wide = []  # "the border between Rwanda and Uganda": each country's pages are on several borders
    asking = _ASKING_THEM if len(publishers) > 1 else _ASKING
    placeless = asking.sub("", whereabouts.without(here, wide)).strip() if covered else standalone
    timeless = without_period(placeless, today).strip() if covered else standalone
    placeless, search_words = (w if re.search(r"\w", w) else standalone for w in (placeless, timeless))
    entry = entry_rules(placeless)
    placeless, search_words = (without_activities(w) if covered else w for w in (placeless, search_words))
    # In the user's own words: those of another language look like misspelled English ("pasaporte").
    happened = "" if wanted(search_words) is Wanted.PHONE else told_of(said_words) or told_of(words)
    if covered and (told := happened or entry_in_general(search_words)):
        placeless = search_words = told
    kind = wanted(search_words)
    if covered and kind is Wanted.TEXT and _asks_for_number(search_words):
        kind = Wanted.PHONE
    if covered and kind is Wanted.TEXT and (told := same_sex_couple(search_words)):
        placeless, search_words = f"{placeless} ({told})", f"{search_words} ({told})"
    towns = tuple(dict.fromkeys(m.name for m in used if m.kind in ("city", "region")))
    if publishers and governments.asks_nothing_else(search_words, of_town=bool(towns)):
        kind = Wanted.LEVEL
    if covered and kind is Wanted.LEVEL:
        towns = (*towns, *unlisted_regions(search_words))
    return Question(
        words=said_words,
        today=today,
        history=tuple(earlier_turns),
        passport=passport,
        places=region.places or ((place,) if place and not mentions else ()),
        options=region.options,
        place_words=tuple(dict.fromkeys(m.name for m in used)),
        finer_places=towns,
        carried=carried,
        unknown_place=unknown_place(words, mentions) if covered else None,
        publishers=publishers,
        no_source_of=governments.without_advice_here(standalone) if covered else (),
        nationality=nationality,
        embassy_of=(whereabouts.embassy_of(standalone) or nationality) if covered else None,
        wanted=kind,
        services=_services(standalone, kind),
        each_government=len(publishers) > 1 or _GOVERNMENTS.search(standalone) is not None,
        entry_rules=entry,
        about_past=when is not None and when.past,
        when=when,
        standalone=standalone,
        search_words=search_words,
        timed_words=placeless,
        related=related(search_words) if covered else (),  # an index about no place is not of the field
    )


def without_towns(question: Question) -> Question:
    """The same asked about the whole country: the towns and regions are no words to search for."""
    words = question.search_words
    towns = [m for m in find_places(words, slips=False) if m.name in question.finer_places]
    left = whereabouts.without(words, towns)
    return replace(question, search_words=left) if re.search(r"\w", left) else question


def _asks_for_number(words: str) -> bool:
    """Whether a number is asked for in words that still name a town: "police Rome"."""
    bare = whereabouts.without(words, whereabouts.meant(words))
    return bare != words and names_only_service(bare) and wanted(bare) is Wanted.PHONE


def _services(words: str, kind: Wanted) -> tuple[Service, ...]:
    """Whose number is asked for; "who do I call?" with nobody named asks for help on the spot."""
    named = tuple(s for s in SERVICES if s.asked.search(words))
    for_help = kind is Wanted.PHONE and _FOR_HELP.search(words) is not None
    if _ARRESTED.search(words) and (for_help or (kind is Wanted.PHONE and not named)):
        # The consulate first; the police where no page has it.
        return tuple(s for key in ("consular", "police") for s in SERVICES if s.key == key)
    if not named and for_help:
        return tuple(s for s in SERVICES if s.key in EMERGENCY_SERVICES)
    return named


_BORDER = re.compile(r"\b(?:borders?|frontier|crossings?)\b", re.IGNORECASE)
_ARRESTED = re.compile(r"\b(?:arrest(?:ed)?|detained|jail(?:ed)?|imprisoned|in (?:police )?custody)\b", re.IGNORECASE)
_FOR_HELP = re.compile(
    r"\bwho(?:m)? (?:to|(?:do|can|should|must) (?:i|we|you|one)) (?:call|contact|phone|ring|dial|turn to)\W*$|"
    r"\bin trouble\b|\bfor help\b",
    re.IGNORECASE,
)
# What leads to the subject of a question and is not it.
_ASKING = re.compile(
    r"^\W*(?:what (?:do|does|did) (?:the |each |all |other )*(?:\w+ )?(?:governments?|sources?|advice|countries) "
    r"(?:say|advise|write|warn)(?: travell?ers)?(?: about| on| of)?|tell me about|can you tell me|please)\b",
    re.IGNORECASE,
)

_ASKING_THEM = re.compile(
    rf"{_ASKING.pattern}|"
    r"^\W*what (?:do|does|did|has|have) (?:[\w.,’'&]+ ){1,12}?(?:say|said|advised?|write|warn|recommend)"
    r"(?: travell?ers)?(?: about| on| of)?\b|"
    r"^\W*compare (?:[\w.,’'&]+ ){1,12}?advice (?:about|on|of|for)\b",
    re.IGNORECASE,
)

_GOVERNMENTS = re.compile(
    r"\b(?:governments|(?:each|every) government|all (?:the )?(?:countries|sources|publishers)|foreign offices)\b",
    re.IGNORECASE,
)

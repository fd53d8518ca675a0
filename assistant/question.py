"""The user's words and the conversation → what was understood: places, kind of answer, the words to search with."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.services import SERVICES, Service
from assistant.thesaurus import related
from assistant.wanted import Wanted, wanted
from index.places import Mention, find_places, place_name


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
    place_words: tuple[str, ...] = ()
    finer_places: tuple[str, ...] = ()  # cities and regions named, as shown
    carried: bool = False  # whether the place comes from an earlier turn
    unknown_place: str | None = None
    publisher: str | None = None  # "US" where the question asks what that government says
    embassy_of: str | None = None  # "US" where the question asks for that country's embassy or consulate
    wanted: Wanted = Wanted.TEXT
    services: tuple[Service, ...] = ()
    about_past: bool = False
    standalone: str = ""
    search_words: str = ""
    related: tuple[str, ...] = ()  # the field's words for what was asked

    @property
    def query(self) -> str:
        """What both retrievers are asked: the user's words and the field's."""
        return " ".join((self.search_words, *self.related))

    @property
    def where(self) -> str:
        """The places as they are shown: "Almaty, Kazakhstan"."""
        countries = [place_name(code) for code in self.places]
        return ", ".join(dict.fromkeys((*self.finer_places, *countries)))


_FOLLOW_UP = re.compile(r"^\s*(?:and|what about|how about|also|but|then|so|or|ok(?:ay)?)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|there|that|those|this|these)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^\s*(?:and|what about|how about|also|but|then|so|or|ok(?:ay)?)\b[\s,]*(?:in|for|about)?\s*", re.IGNORECASE
)
_TRAVELLER = re.compile(
    r"(?:\b(?:as|i am|i'm|we are|we're|being|for|i have|on|with|my|our|hold(?:ing)?)\s+(?:an?\s+|the\s+)?)$",
    re.IGNORECASE,
)
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
) -> Question:
    """What a question means, read with the user's earlier questions.

    `place` is a code that the user set beforehand; `covered` are the codes that the index holds. Where the index is
    about no place at all, names of places are ordinary words.
    """
    earlier = [m for turn in reversed(history) for m in _meant(turn)] if covered else []
    mentions = _meant(words, known=bool(earlier or place)) if covered else []
    publisher = _publisher(words) if mentions or earlier or place else None
    carried = not mentions and place is None and bool(earlier)
    used = mentions or ([] if place else _same_place(earlier))
    standalone = _standalone(words, history)
    # A country's name matches every page of it: the filter does that. A city's name is a word that counts.
    wide = [m for m in _meant(standalone) if m.kind in ("country", "demonym")] if covered else []
    search_words = _ASKING.sub("", _without(standalone, wide)).strip() or standalone
    return Question(
        words=words,
        today=today,
        history=tuple(history),
        passport=passport,
        places=_codes(used, covered) or ((place,) if place and not mentions else ()),
        place_words=tuple(dict.fromkeys(m.name for m in used)),
        finer_places=tuple(dict.fromkeys(m.name for m in used if m.kind in ("city", "region"))),
        carried=carried,
        unknown_place=_unknown_place(words, mentions) if covered else None,
        publisher=publisher,
        embassy_of=(_embassy_of(words) or passport) if covered else None,
        wanted=_wanted(search_words, history),
        services=tuple(s for s in SERVICES if s.asked.search(standalone)),
        about_past=_about_past(words, today),
        standalone=standalone,
        search_words=search_words,
        related=related(search_words) if covered else (),  # an index about no place is not of the field
    )


_WHOSE = re.compile(r"\s*(?:embass|consul|high commission|mission\b|passport|citizen|national)", re.IGNORECASE)
_EMBASSY = re.compile(r"[’']?s?\s*(?:embass|consul|high commission|mission\b)", re.IGNORECASE)
_EMBASSY_OF = re.compile(r"(?:embassy|consulate|high commission|mission) of (?:the )?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)
_TO = re.compile(r"\s+to\b", re.IGNORECASE)
_SAYS = re.compile(
    r"[’']?s?\s*(?:government|advisory|advise|advice|travel advi|level|state department|sa(?:ys?|id)\b|foreign office)",
    re.IGNORECASE,
)
_PUBLISHING = frozenset({"US", "GB", "CA", "AU", "IE"})
# What leads to the subject of a question and is not it.
_ASKING = re.compile(
    r"^\W*(?:what (?:do|does|did) (?:the |each |all |other )*(?:\w+ )?(?:governments?|sources?|advice|countries) "
    r"(?:say|advise|write|warn)(?: travell?ers)?(?: about| on| of)?|tell me about|can you tell me|please)\b",
    re.IGNORECASE,
)


def _publisher(words: str) -> str | None:
    """The government whose words are asked for: "What is the US advisory level for Kuwait?"."""
    for mention in find_places(words, slips=False):
        if mention.codes[0] in _PUBLISHING and _SAYS.match(words, mention.end):
            return mention.codes[0]
    return None


def _embassy_of(words: str) -> str | None:
    """The country whose embassy is asked for: "the US embassy in Lima"."""
    mentions = find_places(words, slips=False)
    named = [m.codes[0] for m in mentions if names_embassy(words, m)]
    if not named and re.search(r"consul|embass", words, re.IGNORECASE):  # "an Australian in a consular emergency"
        named = [m.codes[0] for m in mentions if m.kind == "demonym"]
    return named[0] if named else None


def names_embassy(words: str, mention: Mention) -> bool:
    """Whether a name says whose embassy: "the US embassy", "the embassy of Ireland"."""
    after = _EMBASSY.match(words, mention.end) is not None
    return mention.kind in ("country", "demonym") and (after or _EMBASSY_OF.search(words[: mention.start]) is not None)


def _is_attribute(words: str, mention: Mention, others: bool) -> bool:
    """Whether a name says whose, not where: "the US embassy in Lima", "as a British woman", "Canada's advice for"."""
    before = words[: mention.start]
    if _WHOSE.match(words, mention.end) or (mention.kind == "demonym" and _TRAVELLER.search(before)):
        return True
    leaving = _FROM.search(before) is not None and _TO.match(words, mention.end) is not None
    if names_embassy(words, mention) or (others and leaving):
        return True
    return others and mention.codes[0] in _PUBLISHING and _SAYS.match(words, mention.end) is not None


def _meant(words: str, *, known: bool = False) -> list[Mention]:
    """The places a text is about: where the traveller, or the government, comes from is not one of them.

    `known` is whether a place is known from elsewhere, so that a government's name need not be one.
    """
    mentions = find_places(words)
    found = [m for m in mentions if not _is_attribute(words, m, known or len(mentions) > 1)]
    named = [m for m in found if m.kind != "demonym"]
    return named or found


def _same_place(earlier: Sequence[Mention]) -> list[Mention]:
    """Of the places named before, the latest and whatever else means the same country."""
    return [m for m in earlier if set(m.codes) & set(earlier[0].codes)] if earlier else []


def _codes(mentions: Sequence[Mention], covered: Collection[str]) -> tuple[str, ...]:
    """One country a mention, covered ones before others; a city's country that is named beside it decides."""
    countries = {code for m in mentions if m.kind == "country" for code in m.codes[:1]}
    codes: list[str] = []
    for mention in mentions:
        options = (
            [c for c in mention.codes if c in countries]
            or [c for c in mention.codes if c in covered]
            or list(mention.codes)
        )
        codes.extend(options[:1])
    return tuple(dict.fromkeys(codes))


def _standalone(words: str, history: Sequence[str]) -> str:
    """The wording that makes sense alone: a follow-up takes over what the turn before was about.

    "And in Almaty?" keeps the earlier topic and replaces its place; "What about taxis?" keeps only the place, which
    the filter carries.
    """
    if not history:
        return words
    own = _OPENING.sub("", words)
    own = _without(own, _meant(own))
    content = [w for w in re.findall(r"\w+", own.lower()) if w not in _EMPTY]
    if content and not (len(content) <= 2 and _PRONOUN.search(own)):
        return words
    before = _standalone(history[-1], history[:-1])
    return f"{_without(before, _meant(before)).rstrip(' ?!.')} {words}".strip()


def _wanted(words: str, history: Sequence[str]) -> Wanted:
    """What is asked for; "And for the police?" asks for what the question before it did."""
    own = wanted(words)
    follows = _FOLLOW_UP.match(words) is not None and any(s.asked.search(words) for s in SERVICES)
    return _wanted(history[-1], history[:-1]) if history and follows and own is Wanted.TEXT else own


def _about_past(words: str, today: date) -> bool:
    """Whether an earlier time is asked about: superseded and withdrawn texts may then answer."""
    return _PAST.search(words) is not None or any(int(y) < today.year for y in _PAST_YEAR.findall(words))


_EMPTY_WORDS = """a an and about are at be but do does for how i in is it me my of on or so tell the then there to what
when where"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def _without(words: str, mentions: Sequence[Mention]) -> str:
    """The words with the names of the places taken out, and the preposition that led to them."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        before = re.sub(
            r"\b(?:in|to|from|of|for|around|near|within|at|the)\s*$", "", words[: mention.start], flags=re.IGNORECASE
        )
        words = (
            f"{before.rstrip()} {words[mention.end :].lstrip()}"
            if words[mention.end : mention.end + 1] != "?"
            else before.rstrip() + words[mention.end :]
        )
    return words.strip()


_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|to|visit(?:ing)?|around|from|about|for)\s+((?:[A-Z][\w’'-]+)(?:\s+[A-Z][\w’'-]+){0,2})"
)
_NO_PLACE_WORDS = """January February March April May June July August September October November December
English Russian Spanish French German I"""
_NO_PLACE = frozenset(_NO_PLACE_WORDS.split())


def _unknown_place(words: str, mentions: Sequence[Mention]) -> str | None:
    """A capitalised name after "in" or "to" that no table knows, where no known place is named."""
    if mentions or words.isupper():
        return None
    match = _AFTER_PREPOSITION.search(words)
    return match.group(1) if match and match.group(1).split()[0] not in _NO_PLACE else None

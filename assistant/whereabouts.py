"""Which places, which government and which embassy do these words mean?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.places import Mention, find_places

_TRAVELLER = re.compile(
    r"(?:\b(?:as|i am|i'm|we are|we're|being|for|i have|on|with|my|our|hold(?:ing)?)\s+(?:an?\s+|the\s+)?)$",
    re.IGNORECASE,
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


def publisher(words: str) -> str | None:
    """The government whose words are asked for: "What is the US advisory level for Kuwait?"."""
    for mention in find_places(words, slips=False):
        if mention.codes[0] in _PUBLISHING and _SAYS.match(words, mention.end):
            return mention.codes[0]
    return None


def embassy_of(words: str) -> str | None:
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


def meant(words: str, *, known: bool = False) -> list[Mention]:
    """The places a text is about: where the traveller, or the government, comes from is not one of them.

    `known` is whether a place is known from elsewhere, so that a government's name need not be one.
    """
    mentions = find_places(words)
    found = [m for m in mentions if not _is_attribute(words, m, known or len(mentions) > 1)]
    named = [m for m in found if m.kind != "demonym"]
    return named or found


def same_place(earlier: Sequence[Mention]) -> list[Mention]:
    """Of the places named before, the latest and whatever else means the same country."""
    return [m for m in earlier if set(m.codes) & set(earlier[0].codes)] if earlier else []


def codes(mentions: Sequence[Mention], covered: Collection[str]) -> tuple[str, ...]:
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


def without(words: str, mentions: Sequence[Mention]) -> str:
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


def unknown_place(words: str, mentions: Sequence[Mention]) -> str | None:
    """A capitalised name after "in" or "to" that no table knows, where no known place is named."""
    if mentions or words.isupper():
        return None
    match = _AFTER_PREPOSITION.search(words)
    return match.group(1) if match and match.group(1).split()[0] not in _NO_PLACE else None

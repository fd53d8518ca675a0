"""Names of places in text, as ISO 3166-1 alpha-2 codes (XK for Kosovo)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.placenames import WORD, Case, Kind, Name, begins, find, find_foreign, fold_word, is_code, place_name
from index.slips import name_meant

__all__ = ["Kind", "Mention", "country_codes", "find_places", "is_code", "place_name"]


class Mention(NamedTuple):
    """A place named at `text[start:end]`.

    `codes` are the countries that it can mean, best first; `name` is the place as shown ("Almaty", "Kazakhstan"). A
    demonym shows its country's name, and whether it says where or who ("a British woman in Egypt") is the caller's to
    decide. `exact` is False where a typing slip was forgiven. `lesser` are the countries of namesakes that nobody
    means without naming the country too ("Paris, Texas"). `together`: it lies in all of its countries (Kashmir).
    """

    start: int
    end: int
    codes: tuple[str, ...]
    name: str
    kind: Kind
    exact: bool
    lesser: tuple[str, ...] = ()
    together: bool = False


class _Words(NamedTuple):
    """The words of a text, in two lists of one length: tuples for each word would cost more than all the rest."""

    text: str
    spans: list[tuple[int, int]]
    folded: list[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        spans = [match.span() for match in WORD.finditer(text)]
        return cls(text, spans, [fold_word(text[start:end]) for start, end in spans])

    def span(self, at: int, count: int) -> tuple[int, int]:
        return self.spans[at][0], self.spans[at + count - 1][1]

    def neighbours(self, at: int, count: int) -> tuple[str, str]:
        """The folded words before and after; "" at the ends."""
        after = at + count
        return self.folded[at - 1] if at else "", self.folded[after] if after < len(self.folded) else ""


_GAP = re.compile(r"[\s'’‘ʻ`´,/()_‐‑–—-]{0,4}")
_WITHIN = re.compile(r", ?| \(|,? in | ")
_PARAGRAPH = re.compile(r"\n\s*\n")
_WHERE = re.compile(r"in|to|at|from|near|around|outside|via|through|visit(ing)?|of|between|towards|and|or")
_ELSEWHERE = re.compile(r"au|aux|en|du|del|nach|aus|auf|em|na|nel|nella|dans|à")  # no English word
_SPEAK = re.compile(r"spea(k|ks|king)|spoken?|learn")
_SPOKEN = re.compile(r"speak(ing|ers?)|languages?")
_HOLDER = re.compile(r"(citizen|national|passport|travell?er|tourist)s?|embassy")
_OF_US = re.compile(r"(citizen|national|passport|dollar|visa|tourist)s?|embassy|consulate|government|advisory|state")
# What stands with "us" in a list in small letters, as it is typed; nothing else makes a country of that word.
_WITH_US = r"(?:uk|britain|canada|australia|ireland|nz)"
_AND = r"\s*(?:,|/|&|,?\s*\b(?:and|or|vs\.?|versus)\b)\s*(?:the\s+)?"
_LIST_BEFORE = re.compile(rf"\b{_WITH_US}{_AND}$")
_LIST_AFTER = re.compile(rf"{_AND}{_WITH_US}\b")
_LIST_OPENS = re.compile(r"(?:^\W*|\b(?:do|does|did|is|are|compare|in|by|to|of)\s+|[:(]\s*)$")
_CAPITAL_AFTER = re.compile(r" [A-Z]")
_PART = re.compile(r"airport|beach|city|town|island|harbour|station|province|district|region|police|in|on|at|or|and|to")
_OPENING = re.compile(r"(?:^|[.!?]) *$")
_STATE = re.compile(
    r",? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY])\b"
)
_FILLERS = {"and", "the", "of", "mainland", "republic", "travel", "advisory"}
_LONGEST = 9  # words of a name


def find_places(text: str, *, slips: bool = True) -> list[Mention]:
    """The places named in a text, left to right, never overlapping; the longest name wins.

    `slips=False` is for documents: typing slips are left alone, and so are the names of small towns and those that only
    other languages have.
    """
    words = _Words.of(text)
    exact = list(_exact(words, towns=slips))
    found = [_mention(words, at, count, name) for at, count, name in exact if name.codes]
    if slips:
        taken = {at + i for at, count, _ in exact for i in range(count)}
        found = sorted((*found, *_slips(words, taken)))
    return _narrowed(text, found)


def country_codes(name: str) -> tuple[str, ...]:
    """The countries that a whole name, such as an archive's folder, stands for; () where any part of it is unknown.

    A country's name gives its first code ("Korea": KR), a region's all ("French West Indies"), a city's its own where
    no other country has one of that name.
    """
    words = _Words.of(name)
    whole = find(" ".join(words.folded))
    parts = [(0, len(words.folded), whole)] if whole else list(_exact(words, towns=False))
    codes: dict[str, None] = {}
    for *_, place in parts:
        if place.kind == "demonym" or not place.codes or (place.kind == "city" and len(place.codes) > 1):
            return ()
        codes.update(dict.fromkeys(place.codes[:1] if place.kind == "country" else place.codes))
    covered = {at + i for at, count, _ in parts for i in range(count)}
    rest = {word for i, word in enumerate(words.folded) if i not in covered}
    return tuple(codes) if rest <= _FILLERS else ()


def _exact(words: _Words, *, towns: bool) -> Iterator[tuple[int, int, Name]]:
    """Index of the first word, number of words, and what they mean."""
    folded = words.folded
    done = 0
    for at, first in enumerate(folded):
        if at < done:
            continue
        longest = _LONGEST if begins(first) else 1
        for count in range(min(longest, len(folded) - at), 0, -1):
            meanings = _meanings(" ".join(folded[at : at + count]), asked=towns)
            name = next((name for name in meanings if _well_written(words, at, count, name)), None)
            if name and _joined(words, at, count):
                yield at, count, name
                done = at + count
                break


def _meanings(key: str, *, asked: bool) -> Iterator[Name]:
    """What a name can mean, in a question first what it does in another language: "Líbano" is rather the country."""
    for name in (find_foreign(key) if asked else None, find(key)):
        if name and (asked or not name.town):
            yield name


def _joined(words: _Words, at: int, count: int) -> bool:
    """Whether nothing ends between the words: no sentence (but "St." and "U.S." go on), no paragraph, no cell."""
    for left, right in pairwise(words.spans[at : at + count]):
        gap = words.text[left[1] : right[0]]
        if left[1] - left[0] <= 2:
            gap = gap.removeprefix(".")
        if not _GAP.fullmatch(gap) or _PARAGRAPH.search(gap):
            return False
    return True


def _well_written(words: _Words, at: int, count: int, name: Name) -> bool:
    before, after = words.neighbours(at, count)
    start, end = words.span(at, count)
    written = words.text[start:end]
    if name.kind == "demonym" and (_SPEAK.fullmatch(before) or _SPOKEN.fullmatch(after)):
        return False
    if name.case == Case.ANY:
        return len(written) > 4 or not _in_address(words.text, start, end)
    if name.case == Case.FOREIGN:
        leads = words.text[slice(*words.spans[at - 1])] if at else ""  # as written: "à" is no "a"
        return not written.isascii() or _ELSEWHERE.fullmatch(leads.lower()) is not None
    if name.case == Case.UPPER:
        if written.islower():  # "u.s." is a country; "us" only where it can be nothing else
            us = written == "us" and (
                before == "the" or _OF_US.fullmatch(after) is not None or _is_listed(words.text, start, end)
            )
            return us or "." in written
        # "CONTACT US" in a heading is no country, and "US$" is money.
        shouted = written == "US" and at > 0 and before != "the" and words.text.isupper()
        return written.isupper() and words.text[end : end + 1] != "$" and not shouted
    if not written[0].isupper() or (name.town and _in_longer_name(words, at, count)):
        return False
    return name.case == Case.CAPITAL or bool(_WHERE.fullmatch(before)) or not written.isascii()


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether "us" in small letters stands in a list of such countries: "uk, us and canada", not "tell us, canada"."""
    return _LIST_BEFORE.search(text, 0, start) is not None or (
        _LIST_AFTER.match(text, end) is not None and _LIST_OPENS.search(text, 0, start) is not None
    )


def _in_longer_name(words: _Words, at: int, count: int) -> bool:
    """Whether a word beside it makes it part of a name that is not a town's: "Trafalgar Square", "El Tovar"."""
    start, end = words.span(at, count)
    text, (before, after) = words.text, words.neighbours(at, count)
    if text.isupper():
        return False
    follows = _CAPITAL_AFTER.match(text, end) is not None and _PART.fullmatch(after) is None and find(after) is None
    leads = at > 1 and text[start - 1] == " " and words.spans[at - 1][1] == start - 1
    capital = text[words.spans[at - 1][0]].isupper() and find(before) is None
    return follows or (leads and capital and not _OPENING.search(text, 0, words.spans[at - 1][0]))


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the letters are part of an address: "gov.uk", "post@visa.uk"."""
    return text[max(0, start - 1) : start] in {".", "@", "/"} or text[end : end + 1] in {"@", "/"}


def _mention(words: _Words, at: int, count: int, name: Name, *, exact: bool = True) -> Mention:
    start, end = words.span(at, count)
    # "US citizens" and "my UK passport" say who travels, as a demonym does.
    short = name.kind == "country" and count == 1 and len(words.folded[at]) <= 3
    who = short and _HOLDER.fullmatch(words.neighbours(at, count)[1])
    return Mention(
        start, end, name.codes, name.shown, "demonym" if who else name.kind, exact, name.lesser, name.together
    )


def _slips(words: _Words, taken: set[int]) -> Iterator[Mention]:
    """Names with typing slips among the words that name no place exactly."""
    done = 0
    for at in range(len(words.folded)):
        for count in (3, 2, 1):
            if at < done or at + count > len(words.folded) or not taken.isdisjoint(range(at, at + count)):
                continue
            key = name_meant(*words.folded[at : at + count])
            name = find(key) if key is not None else None
            if name is not None and _joined(words, at, count):
                yield _mention(words, at, count, name, exact=False)
                done = at + count


def _narrowed(text: str, found: list[Mention]) -> list[Mention]:
    """ "San José, Costa Rica" and "Atlanta, Georgia": a place and the country beside it that can be one, are."""
    for i, (left, right) in enumerate(pairwise(found)):
        if not _WITHIN.fullmatch(text, left.end, right.start):
            continue
        if right.kind in {"country", "region"}:
            found[i], found[i + 1] = _agreed(left, right)
        elif left.kind == "demonym" or right.kind == "demonym":  # "Turkish Kurdistan"
            found[i], found[i + 1] = left, _agreed(left, right)[1]
    return [_in_state(text, mention) for mention in found]


def _agreed(left: Mention, right: Mention) -> tuple[Mention, Mention]:
    """Two mentions with only the countries that both can mean; as they were where there is none."""
    both = [code for code in (*left.codes, *left.lesser) if code in (*right.codes, *right.lesser)]
    shared = tuple(code for code in both if code in right.codes) or tuple(both)
    if not shared:
        return left, right
    return left._replace(codes=shared, lesser=()), right._replace(codes=shared, lesser=())


def _in_state(text: str, mention: Mention) -> Mention:
    """ "Portland, OR": the American namesake, where the letters of a state follow."""
    american = mention.kind == "city" and not text.isupper() and "US" in (*mention.codes, *mention.lesser)
    return mention._replace(codes=("US",), lesser=()) if american and _STATE.match(text, mention.end) else mention

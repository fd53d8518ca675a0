"""Names of places in text, as ISO 3166-1 alpha-2 codes (XK for Kosovo).

The names stand in `data/places.json`, made by `scripts/make_places.py` (cities: GeoNames, CC BY 4.0). It is read on
first use. Names are compared folded: lower case, without accents, words separated by one space.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from rapidfuzz import process
from rapidfuzz.distance import OSA

Kind = Literal["country", "demonym", "city", "region"]
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


class Case(IntEnum):
    """How a name must be written to be found."""

    ANY = 0
    CAPITAL = 1  # Goa, Java: with a capital first letter
    UPPER = 2  # UK, UAE: in capitals; "us" is never a place
    WORD = 3  # Nice, Split: with a capital, after a word such as "in", or with its accent (Malé)


class Mention(NamedTuple):
    """A place named at `text[start:end]`.

    `codes` are the countries that it can mean, best first; `name` is the place as shown ("Almaty", "Kazakhstan"). A
    demonym shows its country's name, and whether it says where or who ("a British woman in Egypt") is the caller's to
    decide. `exact` is False where a typing slip was forgiven.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    name: str
    kind: Kind
    exact: bool


class _Name(NamedTuple):
    shown: str
    kind: Kind
    codes: tuple[str, ...]  # none: found and passed over, as "Indian Ocean"
    case: Case


class _Table(NamedTuple):
    codes: dict[str, str]  # code -> name as shown
    names: dict[str, str]  # folded name -> "Almaty|city|KZ|0", the fields of a _Name: one string loads in half the time
    longest: dict[str, int]  # first word of a name of several -> the most words a name beginning so has
    stop: str  # real words that look like slips, spaced
    forgiving: str  # the names in which slips are forgiven, by semicolons

    def find(self, key: str) -> _Name | None:
        """What a folded name means."""
        row = self.names.get(key)
        if row is None:
            return None
        shown, kind, codes, case = row.split("|")
        return _Name(shown, _KINDS[kind], tuple(codes.split()), Case(int(case)))


class _Words(NamedTuple):
    """The words of a text, in two lists of one length: tuples for each word would cost more than all the rest."""

    text: str
    spans: list[tuple[int, int]]
    folded: list[str]

    @classmethod
    def of(cls, text: str) -> _Words:
        spans = [match.span() for match in _WORD.finditer(text)]
        return cls(text, spans, [_fold_word(text[start:end]) for start, end in spans])

    def span(self, at: int, count: int) -> tuple[int, int]:
        return self.spans[at][0], self.spans[at + count - 1][1]

    def neighbours(self, at: int, count: int) -> tuple[str, str]:
        """The folded words before and after; "" at the ends."""
        after = at + count
        return self.folded[at - 1] if at else "", self.folded[after] if after < len(self.folded) else ""


_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*|&")
_GAP = re.compile(r"[\s'’‘ʻ`´,/()_‐‑–—-]{0,4}")
_WITHIN = re.compile(r", ?| \(|,? in ")
_PARAGRAPH = re.compile(r"\n\s*\n")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ʻ": "", "ʼ": ""}
)
_WHERE = re.compile(r"in|to|at|from|near|around|outside|via|through|visit(ing)?|of|between|towards|and|or")
_SPEAK = re.compile(r"spea(k|ks|king)|spoken?|learn")
_SPOKEN = re.compile(r"speak(ing|ers?)|languages?")
_HOLDER = re.compile(r"(citizen|national|passport|travell?er)s?|embassy")
_FILLERS = {"and", "the", "of", "mainland", "republic", "travel", "advisory"}
_SHORTEST_SLIP = 6  # letters as written


def find_places(text: str, *, slips: bool = True) -> list[Mention]:
    """The places named in a text, left to right, never overlapping; the longest name wins.

    Typing slips in names of six letters and more are forgiven only where no place is named exactly; `slips=False`
    leaves them alone (for documents).
    """
    words = _Words.of(text)
    exact = list(_exact(words))
    found = [_mention(words, at, count, name) for at, count, name in exact if name.codes]
    if not found and slips:
        taken = {at + i for at, count, _ in exact for i in range(count)}
        found = list(_slips(words, taken))
    return _narrowed(text, found) if len(found) > 1 else found


def country_codes(name: str) -> tuple[str, ...]:
    """The countries that a whole name, such as an archive's folder, stands for; () where any part of it is unknown.

    A country's name gives its first code ("Congo": CG), a region's all ("French West Indies"), a city's its own where
    no other country has one of that name.
    """
    words = _Words.of(name)
    whole = _table().find(" ".join(words.folded))
    parts = [(0, len(words.folded), whole)] if whole else list(_exact(words))
    codes: dict[str, None] = {}
    for *_, place in parts:
        if place.kind == "demonym" or not place.codes or (place.kind == "city" and len(place.codes) > 1):
            return ()
        codes.update(dict.fromkeys(place.codes[:1] if place.kind == "country" else place.codes))
    covered = {at + i for at, count, _ in parts for i in range(count)}
    rest = {word for i, word in enumerate(words.folded) if i not in covered}
    return tuple(codes) if rest <= _FILLERS else ()


def place_name(code: str) -> str:
    """The English name of a country or territory: "Kazakhstan". Raises KeyError for an unknown code."""
    return _table().codes[code]


def is_code(code: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 code, or XK."""
    return code in _table().codes


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words; "&" reads "and"."""
    return " ".join(_fold_word(word) for word in _WORD.findall(text))


def a_slip_away(written: str, meant: str) -> bool:
    """Whether a word may be a misspelling of another: the same first letter, and one slip, in ten letters two."""
    allowed = 0 if len(meant) < 4 else 1 if len(meant) < 10 else 2
    return written[:1] == meant[:1] and OSA.distance(written, meant, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    if word.isascii():
        return "and" if word == "&" else word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


@cache
def _table() -> _Table:
    raw = json.loads(files("index").joinpath("data/places.json").read_bytes())
    return _Table(raw["codes"], raw["names"], raw["longest"], raw["stop"], raw["forgiving"])


@cache
def _stop() -> frozenset[str]:
    return frozenset(_table().stop.split())


@cache
def _forgiving() -> dict[tuple[str, int], dict[str, str]]:
    """(First letter, number of words) -> name without spaces -> folded name; every name also under one word."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for key in _table().forgiving.split(";"):
        for count in {1, key.count(" ") + 1}:
            found.setdefault((key[0], count), {}).setdefault(key.replace(" ", ""), key)
    return found


def _exact(words: _Words) -> Iterator[tuple[int, int, _Name]]:
    """Index of the first word, number of words, and what they mean."""
    table, folded = _table(), words.folded
    done = 0
    for at, first in enumerate(folded):
        if at < done or (first not in table.names and first not in table.longest):
            continue
        for count in range(min(table.longest.get(first, 1), len(folded) - at), 0, -1):
            name = table.find(" ".join(folded[at : at + count]))
            if name and _joined(words, at, count) and _well_written(words, at, count, name):
                yield at, count, name
                done = at + count
                break


def _joined(words: _Words, at: int, count: int) -> bool:
    """Whether nothing ends between the words: no sentence (but "St." and "U.S." go on), no paragraph, no cell."""
    for left, right in pairwise(words.spans[at : at + count]):
        gap = words.text[left[1] : right[0]]
        if left[1] - left[0] <= 2:
            gap = gap.removeprefix(".")
        if not _GAP.fullmatch(gap) or _PARAGRAPH.search(gap):
            return False
    return True


def _well_written(words: _Words, at: int, count: int, name: _Name) -> bool:
    before, after = words.neighbours(at, count)
    if name.kind == "demonym" and (_SPEAK.fullmatch(before) or _SPOKEN.fullmatch(after)):
        return False
    if name.case == Case.ANY:
        return True
    start, end = words.span(at, count)
    written = words.text[start:end]
    if name.case == Case.UPPER:
        # "CONTACT US" in a heading is no country, and "US$" is money.
        shouted = written == "US" and at > 0 and before != "the" and words.text.isupper()
        return written.isupper() and words.text[end : end + 1] != "$" and not shouted
    if not written[0].isupper():
        return False
    return name.case == Case.CAPITAL or bool(_WHERE.fullmatch(before)) or not written.isascii()


def _mention(words: _Words, at: int, count: int, name: _Name) -> Mention:
    start, end = words.span(at, count)
    # "US citizens" and "my UK passport" say who travels, as a demonym does.
    who = name.case == Case.UPPER and _HOLDER.fullmatch(words.neighbours(at, count)[1])
    return Mention(start, end, name.codes, name.shown, "demonym" if who else name.kind, True)


def _slips(words: _Words, taken: set[int]) -> Iterator[Mention]:
    """Names with typing slips. The first letter must be right, and a real word is never taken for a slip."""
    done = 0
    for at in range(len(words.folded)):
        for count in (3, 2, 1):
            if at < done or at + count > len(words.folded) or not taken.isdisjoint(range(at, at + count)):
                continue
            key = _meant(*words.folded[at : at + count])
            name = _table().find(key) if key is not None else None
            if name is not None and _joined(words, at, count):
                yield Mention(*words.span(at, count), name.codes, name.shown, name.kind, False)
                done = at + count


@lru_cache(maxsize=1 << 13)
def _meant(*written: str) -> str | None:
    """The name that these words misspell, if there is one."""
    joined = "".join(written)
    known = _forgiving().get((joined[:1], len(written)))
    if known is None or len(joined) < _SHORTEST_SLIP or joined in _stop() or joined in _table().names:
        return None
    near = process.extractOne(joined, known.keys(), scorer=OSA.distance, score_cutoff=2)
    if near is None or not a_slip_away(joined, near[0]):
        return None
    key = known[near[0]]
    if len(written) == 1:
        return key
    # Word by word, so that ordinary words that run into a name by chance do not count.
    pairs = list(zip(written, key.split(), strict=True))
    alike = all(word == meant or (word not in _stop() and a_slip_away(word, meant)) for word, meant in pairs)
    return key if alike else None


def _narrowed(text: str, found: list[Mention]) -> list[Mention]:
    """ "San José, Costa Rica" and "Atlanta, Georgia": a place and the country after it that can be one, are."""
    for i, (left, right) in enumerate(pairwise(found)):
        shared = tuple(code for code in left.codes if code in right.codes)
        within = right.kind in {"country", "region"} and _WITHIN.fullmatch(text, left.end, right.start)
        if shared and within:
            found[i], found[i + 1] = left._replace(codes=shared), right._replace(codes=shared)
    return found

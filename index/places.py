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
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

Kind = Literal["country", "demonym", "city", "region", "silent"]


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
    kind: Literal["country", "demonym", "city", "region"]
    exact: bool


class _Name(NamedTuple):
    shown: str
    kind: Kind  # "silent": found and passed over, as "Indian Ocean"
    codes: tuple[str, ...]
    case: Case


class _Table(NamedTuple):
    codes: dict[str, str]  # code -> name as shown
    names: dict[str, tuple[str, Kind, str, Case]]  # folded name -> the fields of a _Name, codes spaced
    longest: dict[str, int]  # first word of a name of several -> the most words a name beginning so has
    stop: str  # real words that look like slips, spaced
    forgiving: str  # the names in which slips are forgiven, by semicolons

    def find(self, key: str) -> _Name | None:
        """What a folded name means."""
        row = self.names.get(key)
        return _Name(row[0], row[1], tuple(row[2].split()), row[3]) if row else None


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*|&")
_GAP = re.compile(r"[\s'’‘ʻ`´,/()_‐‑–—-]{0,4}")
_WITHIN = re.compile(r", ?| \(|,? in ")
_PARAGRAPH = re.compile(r"\n\s*\n")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ʻ": "", "ʼ": ""}
)
_WHERE = frozenset("in to at from near around outside via through visit visiting of between towards and or".split())
_SPEAK = frozenset("speak speaks speaking spoke spoken learn".split())
_SPEAKING = frozenset("speaking speaker speakers language languages".split())
_HOLDERS = frozenset(
    "citizen citizens national nationals passport passports traveller travellers traveler travelers embassy".split()
)
_FILLERS = frozenset("and the of mainland republic travel advisory".split())
_SHORTEST_SLIP = 6


def find_places(text: str, *, slips: bool = True) -> list[Mention]:
    """The places named in a text, left to right, never overlapping; the longest name wins.

    Typing slips in names of six letters and more are forgiven only where no place is named exactly; `slips=False`
    leaves them alone (for documents).
    """
    words = [_Word(m.start(), m.end(), _fold_word(m[0])) for m in _WORD.finditer(text)]
    exact = list(_exact(text, words))
    found = [_mention(text, words, at, count, name) for at, count, name in exact if name.kind != "silent"]
    if not found and slips:
        taken = {at + i for at, count, _ in exact for i in range(count)}
        found = list(_slips(words, taken))
    return _narrowed(text, found) if len(found) > 1 else found


def country_codes(name: str) -> tuple[str, ...]:
    """The countries that a whole name, such as an archive's folder, stands for; () where any part of it is unknown.

    A country's name gives its first code ("Congo": CG), a region's all ("French West Indies"), a city's its own where
    no other country has one of that name.
    """
    words = [_Word(m.start(), m.end(), _fold_word(m[0])) for m in _WORD.finditer(name)]
    whole = _table().find(" ".join(word.folded for word in words))
    parts = [(0, len(words), whole)] if whole else list(_exact(name, words))
    codes: dict[str, None] = {}
    for *_, place in parts:
        if place.kind in {"demonym", "silent"} or (place.kind == "city" and len(place.codes) > 1):
            return ()
        codes.update(dict.fromkeys(place.codes[:1] if place.kind == "country" else place.codes))
    covered = {at + i for at, count, _ in parts for i in range(count)}
    rest = {word.folded for i, word in enumerate(words) if i not in covered}
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


def slips_allowed(letters: str) -> int:
    """How many typing slips a name of that many letters forgives: 1, from nine letters on 2."""
    return 1 if len(letters) < 9 else 2


@lru_cache(maxsize=1 << 16)
def _fold_word(word: str) -> str:
    if word.isascii():
        return "and" if word == "&" else word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


@cache
def _table() -> _Table:
    # The rows stay as JSON gives them: to make 11,000 named tuples would double the time this takes.
    raw = json.loads(files("index").joinpath("data/places.json").read_bytes())
    return _Table(raw["codes"], raw["names"], raw["longest"], raw["stop"], raw["forgiving"])


@cache
def _stop() -> frozenset[str]:
    return frozenset(_table().stop.split())


@cache
def _forgiving() -> dict[str, dict[str, str]]:
    """First letter -> name without spaces -> folded name."""
    found: dict[str, dict[str, str]] = {}
    for key in _table().forgiving.split(";"):
        found.setdefault(key[0], {})[key.replace(" ", "")] = key
    return found


def _exact(text: str, words: list[_Word]) -> Iterator[tuple[int, int, _Name]]:
    """Index of the first word, number of words, and what they mean."""
    table = _table()
    at = 0
    while at < len(words):
        step = 1
        for count in range(min(table.longest.get(words[at].folded, 1), len(words) - at), 0, -1):
            name = table.find(" ".join(word.folded for word in words[at : at + count]))
            if name and _joined(text, words[at : at + count]) and _well_written(text, words, at, count, name):
                yield at, count, name
                step = count
                break
        at += step


def _joined(text: str, words: list[_Word]) -> bool:
    """Whether nothing ends between the words: no sentence (but "St." and "U.S." go on), no paragraph, no cell."""
    for left, right in pairwise(words):
        gap = text[left.end : right.start]
        if left.end - left.start <= 2:
            gap = gap.removeprefix(".")
        if not _GAP.fullmatch(gap) or _PARAGRAPH.search(gap):
            return False
    return True


def _well_written(text: str, words: list[_Word], at: int, count: int, name: _Name) -> bool:
    start, end = words[at].start, words[at + count - 1].end
    before = words[at - 1].folded if at else ""
    after = words[at + count].folded if at + count < len(words) else ""
    if name.kind == "demonym" and (before in _SPEAK or after in _SPEAKING):
        return False
    if name.case == Case.ANY:
        return True
    written = text[start:end]
    if name.case == Case.UPPER:
        # "CONTACT US" in a heading is no country, and "US$" is money.
        shouted = written == "US" and before != "the" and at > 0 and text.isupper()
        return written.isupper() and text[end : end + 1] != "$" and not shouted
    if not written[0].isupper():
        return False
    return name.case == Case.CAPITAL or before in _WHERE or not written.isascii()


def _mention(text: str, words: list[_Word], at: int, count: int, name: _Name) -> Mention:
    start, end = words[at].start, words[at + count - 1].end
    kind = name.kind
    # "US citizens" and "my UK passport" say who travels, as a demonym does.
    if name.case == Case.UPPER and at + count < len(words) and words[at + count].folded in _HOLDERS:
        kind = "demonym"
    return Mention(start, end, name.codes, name.shown, kind, True)


def _slips(words: list[_Word], taken: set[int]) -> Iterator[Mention]:
    """Names with typing slips. The first letter must be right, and a real word is never taken for a slip."""
    at = 0
    while at < len(words):
        step = 1
        for count in (3, 2, 1):
            part = words[at : at + count]
            key = _meant(part) if len(part) == count and taken.isdisjoint(range(at, at + count)) else None
            name = _table().find(key) if key is not None else None
            if name is not None:
                yield Mention(part[0].start, part[-1].end, name.codes, name.shown, name.kind, False)
                step = count
                break
        at += step


def _meant(part: list[_Word]) -> str | None:
    written = "".join(word.folded for word in part)
    known = _forgiving().get(written[:1])
    if known is None or len(written) < _SHORTEST_SLIP - 1 or written in _stop() or written in _table().names:
        return None
    best = process.extractOne(written, known.keys(), scorer=OSA.distance, score_cutoff=2)
    if best is None or best[1] > slips_allowed(best[0]):
        return None
    key = known[best[0]]
    # Words that run into one name by chance ("as tan a") do not count: as many words as the name has, or one.
    return key if len(part) in {1, key.count(" ") + 1} else None


def _narrowed(text: str, found: list[Mention]) -> list[Mention]:
    """ "San José, Costa Rica" and "Atlanta, Georgia": a place and the country after it that can be one, are."""
    for i, (left, right) in enumerate(pairwise(found)):
        shared = tuple(code for code in left.codes if code in right.codes)
        within = right.kind in {"country", "region"} and _WITHIN.fullmatch(text, left.end, right.start)
        if shared and within:
            found[i], found[i + 1] = left._replace(codes=shared), right._replace(codes=shared)
    return found

"""The table of names of places: what each means, and how it must be written to be found.

It stands in `data/places.txt`, made by `scripts/make_places.py` (cities: GeoNames, CC BY 4.0), and is read on first
use. What only other languages call places stands in `data/foreign_names.txt` (`scripts/make_foreign_names.py`). Names
are compared folded: lower case, without accents, words separated by one space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

Kind = Literal["country", "demonym", "city", "region"]
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


class Case(IntEnum):
    """How a name must be written to be found."""

    ANY = 0
    CAPITAL = 1  # Goa, Java: with a capital first letter
    UPPER = 2  # BES, ROC: in capitals
    WORD = 3  # Nice, Split: with a capital, after a word such as "in", or with its accent (Malé)
    FOREIGN = 4  # Chili, Maurice: after a word that is not English ("au", "à"), or with its accent (Suède)


class Name(NamedTuple):
    """What a folded name means: `codes` best first, none for a name that is to be passed over ("Indian Ocean").

    `lesser` are the countries of namesakes that are meant only where their country stands beside them ("Paris,
    Texas"). `together`: the place lies in all of its countries (Kashmir). `town`: too small to be looked for in
    documents, where it is more often somebody's name.
    """

    shown: str
    kind: Kind
    codes: tuple[str, ...]
    lesser: tuple[str, ...]
    case: Case
    together: bool
    town: bool


class _Table(NamedTuple):
    codes: dict[str, str]  # code -> name as shown
    stop: str  # real words that look like slips, spaced
    forgiving: str  # the names in which slips are forgiven, by semicolons, a line for each first letter
    words: str  # ordinary English words, spaced
    names: list[bytes]  # sorted lines "almaty|Almaty|city|KZ||0", taken apart only when looked up


_TABLE = Path(__file__).parent / "data" / "places.txt"
_FOREIGN = _TABLE.with_name("foreign_names.txt")
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*|&")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ʻ": "", "ʼ": ""}
)
_ENDING = re.compile(r"(?:ing|ed|es|s|ly|er|ers)$")


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words; "&" reads "and"."""
    return " ".join(fold_word(word) for word in WORD.findall(text))


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """`fold` of one word."""
    if word.isascii():
        return "and" if word == "&" else word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=1 << 14)
def find(key: str) -> Name | None:
    """What a folded name means."""
    return _name(_line_from(f"{key}|", table().names))


@lru_cache(maxsize=1 << 14)
def find_foreign(key: str) -> Name | None:
    """What a folded name means that only another language has ("грузия"); for questions, never for documents."""
    return _name(_line_from(f"{key}|", _foreign()))


def _name(line: str | None) -> Name | None:
    if line is None:
        return None
    _, shown, kind, codes, lesser, case = line.split("|")
    together, town = "+" in codes, kind == "town"
    return Name(
        shown,
        "city" if town else _KINDS[kind],
        tuple(codes.replace("+", " ").split()),
        tuple(lesser.split()),
        Case(int(case)),
        together,
        town,
    )


@lru_cache(maxsize=1 << 14)
def begins(word: str) -> bool:
    """Whether a name of several words begins with this one, in any language."""
    return _line_from(f"{word} ", table().names) is not None or _line_from(f"{word} ", _foreign()) is not None


def _line_from(start: str, names: list[bytes]) -> str | None:
    """The first of the sorted lines that begins so."""
    sought = start.encode()
    at = bisect_left(names, sought)
    return names[at].decode() if at < len(names) and names[at].startswith(sought) else None


def place_name(code: str) -> str:
    """The English name of a country or territory: "Kazakhstan". Raises KeyError for an unknown code."""
    return table().codes[code]


def is_code(code: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 code, or XK."""
    return code in table().codes


@lru_cache(maxsize=1 << 12)
def is_word(word: str) -> bool:
    """Whether a folded word is an ordinary English one, or a form of one ("snorkelling", "hostels")."""
    stems = [word, _ENDING.sub("", word), _ENDING.sub("e", word), re.sub("i(es|ed|er)$", "y", word)]
    stems.append(re.sub(r"(.)\1(?:ing|ed|er)s?$", r"\1", word))
    return any(f" {stem} " in table().words for stem in stems)


@cache
def table() -> _Table:
    """The table as read."""
    raw = _TABLE.read_bytes()
    head, _, names = raw.partition(b"\n[names]\n")
    parts = dict(part.split("]\n", 1) for part in head.decode().split("\n[")[1:])
    codes = dict(line.split("|", 1) for line in parts["codes"].splitlines())
    return _Table(codes, parts["stop"], parts["forgiving"], f" {parts['words']} ", names.splitlines())


@cache
def _foreign() -> list[bytes]:
    """The sorted lines of names in other languages, as those of the table."""
    return _FOREIGN.read_bytes().splitlines()


@cache
def stop() -> frozenset[str]:
    """Real words that look like slips of a place's name."""
    return frozenset(table().stop.split())

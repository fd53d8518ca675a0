"""Names of places with typing slips in them."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.placenames import find, stop, table

_SHORTEST = 6  # letters as written
_LONG = 10  # letters of a name from which two slips are forgiven
_LONG_COUNTRY = 9  # of a country's name in one word: of all names, too many words are so near ("changing", Chongqing)


def a_slip_away(written: str, meant: str, *, long: int = _LONG) -> bool:
    """Whether a word may be a misspelling of another: the same first letter, and one slip, in `long` letters two."""
    allowed = 0 if len(meant) < 4 else 1 if len(meant) < long else 2
    return written[:1] == meant[:1] and OSA.distance(written, meant, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=1 << 13)
def name_meant(*written: str) -> str | None:
    """The folded name that these folded words misspell, if there is one.

    The first letter must be right, and a real word is never taken for a slip.
    """
    joined = "".join(written)
    if len(joined) < _SHORTEST or joined in stop() or find(joined) is not None:
        return None
    known = _forgiving(joined[0]).get(len(written), {})
    near = process.extractOne(joined, known.keys(), scorer=OSA.distance, score_cutoff=2)
    if near is None:
        return None
    key = known[near[0]]
    name = find(key)
    country = name is not None and name.kind == "country" and " " not in key
    if not a_slip_away(joined, near[0], long=_LONG_COUNTRY if country else _LONG):
        return None
    if len(written) == 1:
        return key
    # Word by word, so that ordinary words that run into a name by chance do not count.
    pairs = list(zip(written, key.split(), strict=True))
    alike = all(word == meant or (word not in stop() and a_slip_away(word, meant)) for word, meant in pairs)
    return key if alike else None


@cache
def _forgiving(letter: str) -> dict[int, dict[str, str]]:
    """Of the names with this first letter: number of words -> name without spaces -> folded name.

    Every name also stands under one word.
    """
    found: dict[int, dict[str, str]] = {}
    names = next((line for line in table().forgiving.splitlines() if line.startswith(letter)), "")
    for key in filter(None, names.split(";")):
        for count in {1, key.count(" ") + 1}:
            found.setdefault(count, {}).setdefault(key.replace(" ", ""), key)
    return found

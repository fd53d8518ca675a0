"""The rule that comes before the search: is somebody in danger now, and whom do they need?

It reads the whole conversation and quotes no document, so it works while the first index is still building. An
emergency is a *statement* that harm is happening to somebody ("my friend collapsed", "someone is following me"); the
same words inside a question ("how do I", "is it common that"), a supposition ("if", "in case", "I read that") or a time
far off ("last year", "planning") are a question about safety and go to the search. The words stand in
`data/emergency.yaml`, a table for each language; every language is tried, since travellers mix them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

SERVICES = ("fire", "ambulance", "police")
"""Most urgent first: who gets people out, who keeps them alive, who keeps others away."""

_NEW_QUESTION = 5  # words: a shorter turn ("Peru", "and now?") goes on with what was said before
_LONGEST = 4000  # characters of a turn that are read: enough for any cry for help, and a bound on the time

_ENDS = re.compile(r"[.!?…;\n¿¡]+| [-–—] ")
_APOSTROPHES = re.compile(r"['’‘`´]")
_GAP = r"(?: [^ ,]+){0,4} "
_START = "(?:^|(?<=, ))"


class _Harm(NamedTuple):
    """What calls for `services`: statements or, where `near`, signs that count once somebody at hand was named."""

    services: tuple[str, ...]
    near: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Language:
    """One language's tables, compiled."""

    marks: re.Pattern[str]
    harms: tuple[_Harm, ...]
    here: re.Pattern[str]
    breaks: re.Pattern[str]
    asked: re.Pattern[str]
    supposed: re.Pattern[str]
    elsewhere: re.Pattern[str]
    same_matter: re.Pattern[str]
    mend: dict[str, str]


def is_emergency(turns: Sequence[str]) -> bool:
    """Whether somebody needs help now. `turns` are the user's, oldest first; the last is the current one.

    What was said earlier counts until a new question about something else: "he says he's fine" or "Peru" changes nothing.
    """
    return next(_calls(turns), None) is not None


def services(turns: Sequence[str]) -> tuple[str, ...]:
    """Which of `SERVICES` the emergency calls for, most urgent first; empty where it is unclear or there is none."""
    wanted = {service for call in _calls(turns) for service in call}
    return tuple(service for service in SERVICES if service in wanted)


def _calls(turns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The services each statement of harm calls for, from the latest turn back to the last change of subject."""
    for turn in reversed(turns):
        text = _fold(turn[:_LONGEST])
        calls = [call for language in _spoken(text) for call in _calls_in(text, language)]
        yield from calls
        if not calls and _is_new_question(text):
            return


def _calls_in(text: str, language: _Language) -> Iterator[tuple[str, ...]]:
    words = re.sub(r"\w+", lambda word: language.mend.get(word[0], word[0]), text)
    for sentence in _sentences(words):
        if language.elsewhere.search(sentence):
            continue
        here = language.here.search(sentence)
        for harm in language.harms:
            earliest = here.end() if harm.near and here else 0
            if harm.near and not here:
                continue
            if any(not _is_quieted(sentence, m.start(), language) for m in harm.pattern.finditer(sentence, earliest)):
                yield harm.services


def _spoken(text: str) -> list[_Language]:
    """The languages to try: English and those whose commonest words stand in the text; all where none do."""
    english, *others = _languages()
    marked = [language for language in others if language.marks.search(text)]
    return [english, *(marked if marked or english.marks.search(text) else others)]


def _is_quieted(sentence: str, at: int, language: _Language) -> bool:
    """Whether what is said at `at` is only supposed, or stands in a clause that asks."""
    supposed = language.supposed.search(sentence)
    if supposed and supposed.start() <= at:
        return True
    clause = max((found.end() for found in language.breaks.finditer(sentence) if found.end() <= at), default=0)
    asked = language.asked.search(sentence[clause:])
    return asked is not None and clause + asked.start() <= at


def _is_new_question(text: str) -> bool:
    """Whether a turn asks about something else than the emergency before it."""
    if len(text.split()) < _NEW_QUESTION or any(language.same_matter.search(text) for language in _languages()):
        return False
    return any(language.asked.search(sentence) for language in _languages() for sentence in _sentences(text))


def _fold(text: str) -> str:
    """Small letters without accents, apostrophes as blanks."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub(" ", text.casefold()))
    return "".join(c for c in folded if not unicodedata.combining(c))


def _sentences(text: str) -> list[str]:
    """The sentences of a folded text: words parted by one blank, clauses by ", "."""
    return [
        ", ".join(" ".join(re.findall(r"\w+", clause)) for clause in re.split(r"[,:()]", sentence)).strip(", ")
        for sentence in _ENDS.split(text)
        if sentence.strip()
    ]


@cache
def _languages() -> tuple[_Language, ...]:
    tables = yaml.safe_load(resources.files("assistant").joinpath("data/emergency.yaml").read_text("utf-8"))
    return tuple(_language(table) for table in tables.values())


def _language(table: dict[str, Any]) -> _Language:
    names = {"start": _START}
    for name, phrase in table["names"].items():
        names[name] = _fill(phrase, names)
    harms = []
    for key in table:
        *wanted, last = key.split()
        if key == "help" or last in {*SERVICES, "near"}:
            wanted = [service for service in key.split() if service in SERVICES]
            harms.append(_Harm(tuple(wanted), last == "near", _pattern(table[key], names)))
    return _Language(
        marks=_pattern(table["marks"], names),
        harms=tuple(harms),
        here=_pattern(["<here>"], names),
        breaks=re.compile("|".join(rf"(?<!\w){_fill(phrase, names)}" for phrase in table["breaks"])),
        asked=_pattern(table["asked"], names),
        supposed=_pattern(table["supposed"], names),
        elsewhere=_pattern(table["elsewhere"], names),
        same_matter=_pattern(table["same_matter"], names),
        mend=_misspellings(_fold(word) for word in table["mend"]),
    )


def _pattern(phrases: Sequence[str], names: dict[str, str]) -> re.Pattern[str]:
    """One expression for a table, matching at whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_fill(phrase, names) for phrase in phrases)})(?!\w)")


def _fill(phrase: str, names: dict[str, str]) -> str:
    """The regular expression that an entry of the tables stands for."""
    phrase = _fold(phrase.replace("'", "\0")).replace("\0", " ?").replace(" .. ", _GAP)
    return re.sub(r"<(\w+)>", lambda name: names[name[1]], re.sub(r"\((?!\?)", "(?:", phrase))


def _misspellings(words: Iterator[str]) -> dict[str, str]:
    """Each word's slips, one letter missing, doubled or swapped with the next, with the word that was meant."""
    slips: dict[str, str] = {}
    for word in words:
        for i in range(1, len(word)):
            for slip in (
                word[:i] + word[i + 1 :],
                word[:i] + word[i - 1 :],
                word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :],
            ):
                slips.setdefault(slip, word)
        slips.pop(word, None)
    return slips

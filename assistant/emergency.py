"""The rule that comes before the search: is somebody in danger now, and whom do they need?

It reads the whole conversation and no document, so it works while the first index is still building. An emergency is a
*statement* that harm is happening to somebody ("my friend collapsed", "someone is following me"). The same words inside
a question ("how do I", "is it common that"), a supposition ("if", "in case", "I read that") or a time far off ("last
year", "planning") ask about safety and go to the search. Where nothing is asked at all, two weaker signs are enough.
The words stand in `data/emergency.yaml`, a table for each language; travellers mix languages, so several are tried.

Fear finds words that no table has, and a film or a joke has the words. Where a model is loaded, the caller passes a
second look, by meaning (`assistant/alarm.py`). It may alarm only about a turn that says something outright, so that no
question of procedure, no supposition and nothing long past alarms by its meaning alone; and it may quiet what the words
say only where it is sure, and only in English, which it knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import Any, NamedTuple

import yaml

SERVICES = ("fire", "ambulance", "police")
"""Most urgent first: who gets people out, who keeps them alive, who keeps others away."""

_NEW_QUESTION = 5  # words: a shorter turn ("Peru", "and now?") goes on with what was said before
_ENOUGH_CUES = 2
FEWEST = 3  # words: "snake bite" may be a topic, "snake bit me" is none
_ENGLISH = "en"  # always tried: half of all questions, and lent words in the rest
_LONGEST = 4000  # characters of a turn that are read: enough for any cry for help, and a bound on the time

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # 7 ms where there is libyaml, 120 ms where not

_ENDS = re.compile(r"[.!?…;\n¿¡]+| [-–—] ")
_APOSTROPHES = re.compile(r"['’‘`´]")
_GAP = r"(?: [^ ,]+){0,4} "
_START = "(?:^|(?<=, ))"
_NEVER = "(?!)"  # matches nothing


@dataclass(frozen=True)
class _Phrases:
    """Entries of a table, compiled when they are first looked for: few questions need them all, and all take 0.3 s."""

    entries: Sequence[str]
    names: dict[str, str]  # of entries within entries

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One expression for all entries, matching at whole words."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(_fill(entry, self.names) for entry in self.entries)})(?!\w)")


class _Harm(NamedTuple):
    """What calls for `services`. `how`: "" a statement, "near" a sign after somebody at hand, "cues" a weak sign."""

    services: tuple[str, ...]
    how: str
    said: _Phrases


@dataclass(frozen=True, slots=True)
class _Language:
    """One language's tables."""

    harms: tuple[_Harm, ...]
    here: _Phrases
    breaks: re.Pattern[str]
    asked: _Phrases
    supposed: _Phrases
    elsewhere: _Phrases
    same_matter: _Phrases
    plain: _Phrases
    mend: dict[str, str]


class Heard(StrEnum):
    """What the meaning of a turn says."""

    ALARM = "alarm"
    UNSURE = "unsure"
    QUIET = "quiet"


Listener = Callable[[str], Heard]


def is_emergency(turns: Sequence[str], listener: Listener | None = None) -> bool:
    """Whether somebody needs help now. `turns` are the user's, oldest first; the last is the current one.

    What was said earlier counts until a new question about something else: "he says he's fine" or "Peru" changes
    nothing. `listener` tells what a turn means.
    """
    return any(_alarms(turn, bool(calls), listener) for turn, calls in _matter(turns))


def _alarms(turn: str, said: bool, listener: Listener | None) -> bool:
    if listener is None:
        return said
    if said:
        return not (_may_be_quieted(turn) and listener(turn) is Heard.QUIET)
    return is_outright(turn) and listener(turn) is Heard.ALARM


def services(turns: Sequence[str]) -> tuple[str, ...]:
    """Which of `SERVICES` the emergency calls for, most urgent first; empty where it is unclear or there is none."""
    wanted = {service for _, calls in _matter(turns) for call in calls for service in call}
    return tuple(service for service in SERVICES if service in wanted)


def asks_besides(turns: Sequence[str]) -> bool:
    """Whether the last turn, which is not the first, asks something and calls for no service itself."""
    text = _fold(turns[-1][:_LONGEST])
    spoken = _spoken(text)
    asks = len(text.split()) >= _NEW_QUESTION and _asks(text, spoken)
    return len(turns) > 1 and asks and not any(_calls_in(text, language) for language in spoken)


def is_outright(turn: str) -> bool:
    """Whether a turn says something outright, in three words or more: neither asked, nor supposed, nor long past.

    Unlike the statements that `_is_said` looks for, a clause may begin at any comma: its meaning is yet to be judged.
    """
    text = _fold(turn[:_LONGEST])
    return all(any(_has_statement(part, language) for part in _sentences(text)) for language in _spoken(text))


def _has_statement(sentence: str, language: _Language) -> bool:
    if language.elsewhere.pattern.search(sentence):
        return False
    starts = [0, *(found.end() for found in re.finditer(f", |{language.breaks.pattern}", sentence))]
    supposed = language.supposed.pattern.search(sentence)
    said = [sentence[start : supposed.start() if supposed else None].strip() for start in starts]
    return any(len(clause.split()) >= FEWEST and not language.asked.pattern.match(clause) for clause in said)


def _matter(turns: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Each turn from the latest back to the last change of subject, and the services each statement in it calls for."""
    for turn in reversed(turns):
        text = _fold(turn[:_LONGEST])
        calls = [call for language in _spoken(text) for call in _calls_in(text, language)]
        yield turn, calls
        if not calls and _is_new_question(text):
            return


def _calls_in(text: str, language: _Language) -> list[tuple[str, ...]]:
    mended = re.sub(r"\w+", lambda word: language.mend.get(word[0], word[0]), text)
    sentences = _sentences(mended)
    calls = [
        harm.services
        for sentence in sentences
        if not language.elsewhere.pattern.search(sentence) and (stated := _stated(sentence, language))
        for harm in language.harms
        if harm.how != "cues" and _is_said(harm, sentence, stated, language)
    ]
    return calls or _hints(sentences, language)


def _is_said(harm: _Harm, sentence: str, stated: Sequence[range], language: _Language) -> bool:
    """Whether the sentence tells of the harm where it states something."""
    here = language.here.pattern.search(sentence) if harm.how == "near" else None
    if harm.how == "near" and not here:
        return False
    found = harm.said.pattern.finditer(sentence, here.end() if here else 0)
    return any(match.start() in stretch for match in found for stretch in stated)


def _stated(sentence: str, language: _Language) -> list[range]:
    """Where a sentence states something: in each clause what comes before it asks, all of that before it supposes."""
    supposed = language.supposed.pattern.search(sentence)
    end = supposed.start() if supposed else len(sentence)
    starts = [0, *(found.end() for found in language.breaks.finditer(sentence))]
    stretches = []
    for start, following in zip(starts, [*starts[1:], end], strict=True):
        asked = language.asked.pattern.search(sentence[start:])
        stretches.append(range(start, min(following, end, start + asked.start() if asked else end)))
    return [stretch for stretch in stretches if stretch]


def _hints(sentences: Sequence[str], language: _Language) -> list[tuple[str, ...]]:
    """What the weaker signs call for, where two stand in a turn about somebody at hand that asks nothing."""
    text = ". ".join(language.breaks.sub(", ", sentence) for sentence in sentences)
    frames = (language.asked, language.supposed, language.elsewhere)
    if any(frame.pattern.search(text) for frame in frames) or not language.here.pattern.search(text):
        return []
    cues = {harm.services: set(harm.said.pattern.findall(text)) for harm in language.harms if harm.how == "cues"}
    enough = len(set().union(*cues.values())) >= _ENOUGH_CUES
    return [wanted for wanted, found in cues.items() if found] if enough else []


def _is_new_question(text: str) -> bool:
    """Whether a turn asks about something else than the emergency before it."""
    spoken = _spoken(text)
    if len(text.split()) < _NEW_QUESTION or any(language.same_matter.pattern.search(text) for language in spoken):
        return False
    return _asks(text, spoken)


def _asks(text: str, spoken: Sequence[_Language]) -> bool:
    return "?" in text or any(language.asked.pattern.search(part) for language in spoken for part in _sentences(text))


def _spoken(text: str) -> list[_Language]:
    """The languages to try: English and those whose commonest words stand in the text; all where none do."""
    marked = _marked(text)
    return [_language(name) for name in _tables() if name == _ENGLISH or name in marked or not marked]


def _may_be_quieted(turn: str) -> bool:
    """Whether a turn is in English alone and reports no harm in plain words."""
    text = _fold(turn[:_LONGEST])
    return _marked(text) == {_ENGLISH} and not any(map(_language(_ENGLISH).plain.pattern.search, _sentences(text)))


def _marked(text: str) -> set[str]:
    """The languages whose commonest words stand in a folded text."""
    return {name for name, marks in _marks().items() if marks.search(text)}


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
def _tables() -> dict[str, dict[str, Any]]:
    """The tables by language, as they stand in the file."""
    text = resources.files("assistant").joinpath("data/emergency.yaml").read_text("utf-8")
    tables: dict[str, dict[str, Any]] = _Loader(text).get_single_data()
    return tables


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    return {name: _Phrases(table["marks"], {}).pattern for name, table in _tables().items()}


@cache
def _language(name: str) -> _Language:
    """A language's tables, read when it is first spoken."""
    table = _tables()[name]
    names = {"start": _START}
    for short, phrase in table["names"].items():
        names[short] = _fill(phrase, names)
    harms = []
    for key, phrases in table.items():
        wanted = tuple(word for word in key.split() if word in SERVICES)
        if wanted or key == "help":
            harms.append(_Harm(wanted, " ".join(set(key.split()) & {"near", "cues"}), _Phrases(phrases, names)))
    return _Language(
        harms=tuple(harms),
        here=_Phrases(["<here>"], names),
        breaks=re.compile("|".join(rf"(?<!\w)(?:{_fill(phrase, names)})" for phrase in table["breaks"])),
        asked=_Phrases(table["asked"], names),
        supposed=_Phrases(table["supposed"], names),
        elsewhere=_Phrases(table["elsewhere"], names),
        same_matter=_Phrases(table["same_matter"], names),
        plain=_Phrases(table.get("plain", [_NEVER]), names),
        mend=_misspellings(_fold(word) for word in table["mend"]),
    )


def _fill(phrase: str, names: dict[str, str]) -> str:
    """The regular expression that an entry of the tables stands for."""
    phrase = _fold(phrase.replace("'", "\0")).replace("\0", " ?").replace(" .. ", _GAP)
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

"""The field's words for the traveller's: someone asks about a cop or a quake, the advice writes police or earthquake.

`data/thesaurus.txt` holds the concepts. A concept's first line has the words that governments' advice uses, most typical
first; the indented lines beneath have its triggers, the words and phrases by which a traveller may ask for it:

    taxis, licensed taxis, unlicensed taxis
        cab, gypsy cab, flag/hail/wave .. cab

In a trigger `a/b` is one word or the other, `..` lets up to three words stand between, and `=mines` asks for exactly that
form, where any other word also stands for its plural, its -ing and its -ed. Articles and possessives count nowhere.
The longest phrase wins: "fire brigade" silences the triggers inside it. A concept whose first line is `-` says nothing
and only silences ("early march"); one that begins with `~` speaks only where no other does. A `#` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

_LEAP = 3  # words that `..` may pass over
_LONGEST = 2000  # characters of a question that are read: a bound on the time
_SILENT = "-"
_FAINT = "~"

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_CURLY = str.maketrans("’‘`´", "''''")
_PASSED_OVER = frozenset("a an the my your our his her their its some any this that these those".split())
_IRREGULAR = {
    "buses": "bus", "children": "child", "died": "die", "drove": "drive", "driven": "drive", "dying": "die",
    "gases": "gas", "knives": "knife", "losing": "lose", "lost": "lose", "men": "man", "stole": "steal",
    "stolen": "steal", "stung": "sting", "taken": "take", "taking": "take", "took": "take", "women": "woman",
}  # fmt: skip
_VOWELS = "aeiou"


class _Slot(NamedTuple):
    """One place of a trigger: any of `words` (stems, or "=form"), after at most `leap` others."""

    words: frozenset[str]
    leap: int


class _Concept(NamedTuple):
    """The field's words, each with its stems. None: the concept only silences."""

    field: tuple[tuple[str, frozenset[str]], ...]
    faint: bool


class _Trigger(NamedTuple):
    concept: _Concept
    rest: tuple[_Slot, ...]


class _Found(NamedTuple):
    """A concept and which words of the question called it."""

    at: frozenset[int]
    concept: _Concept


def related(words: str) -> tuple[str, ...]:
    """The field's words for what `words` (a question) speaks of, as government advice writes them.

    Concepts come in the order of the question, each concept's words most typical first; none whose words all stand in
    the question already. Empty where no trigger does.
    """
    tokens = _tokens(words[:_LONGEST])
    asked = {_stem(token) for token in tokens}
    loud = [found.concept for found in _heard(tokens)]
    clear = [concept for concept in loud if not concept.faint] or loud
    return tuple(dict.fromkeys(term for concept in clear for term, stems in concept.field if not stems <= asked))


def field_words() -> tuple[str, ...]:
    """Every word and phrase that `related` can give, each once, in the order of the file."""
    concepts = dict.fromkeys(trigger.concept for triggers in _triggers().values() for trigger in triggers)
    return tuple(dict.fromkeys(term for concept in concepts for term, _ in concept.field))


def _heard(tokens: Sequence[str]) -> list[_Found]:
    """What the question calls, in its order, without what a longer phrase contains."""
    found = list(_calls([(_stem(token), f"={token}") for token in tokens]))
    return [one for one in found if one.concept.field and not any(one.at < other.at for other in found)]


def _calls(words: Sequence[tuple[str, str]]) -> Iterator[_Found]:
    triggers = _triggers()
    for start, keys in enumerate(words):
        for key in keys:
            for concept, rest in triggers.get(key, ()):
                at = _fit(rest, words, start + 1)
                if at is not None:
                    yield _Found(frozenset((start, *at)), concept)


def _fit(slots: Sequence[_Slot], words: Sequence[tuple[str, str]], start: int) -> tuple[int, ...] | None:
    """The first positions from `start` on at which `words` fill the slots, or None."""
    if not slots:
        return ()
    slot, *rest = slots
    for at in range(start, min(start + slot.leap + 1, len(words))):
        if not slot.words.isdisjoint(words[at]):
            after = _fit(rest, words, at + 1)
            if after is not None:
                return (at, *after)
    return None


@cache
def _triggers() -> dict[str, list[_Trigger]]:
    """The triggers by the words that they can begin with."""
    text = resources.files("assistant").joinpath("data/thesaurus.txt").read_text("utf-8")
    triggers: dict[str, list[_Trigger]] = {}
    concept = _Concept((), faint=False)
    for line in text.splitlines():
        if line.startswith(" "):
            for phrase in line.split(","):
                if phrase.strip():
                    first, *rest = _slots(phrase)
                    for word in first.words:
                        triggers.setdefault(word, []).append(_Trigger(concept, tuple(rest)))
        elif line and not line.startswith("#"):
            concept = _concept(line)
    return triggers


def _concept(line: str) -> _Concept:
    terms = [term.strip() for term in line.removeprefix(_FAINT).split(",") if line != _SILENT]
    return _Concept(tuple((term, frozenset(map(_stem, _tokens(term)))) for term in terms), line.startswith(_FAINT))


def _slots(phrase: str) -> Iterator[_Slot]:
    leap = 0
    for place in phrase.split():
        if place == "..":
            leap = _LEAP
            continue
        *_, last = parts = [_tokens(word) for word in place.split("-")] if "-" in place else [_tokens(place)]
        del last
        for part in parts:
            yield _Slot(frozenset(part), leap)
            leap = 0


def _tokens(text: str) -> list[str]:
    """The words in small letters, hyphens parted, without possessive 's, articles and possessives."""
    found = _WORD.findall(text.translate(_CURLY).casefold())
    return [word for word in (token.removesuffix("'s") for token in found) if word not in _PASSED_OVER]


@cache
def _stem(word: str) -> str:
    """The form that a word shares with its plural, its -ing and its -ed: rob, robs, robbing, robbed. Not a root."""
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word

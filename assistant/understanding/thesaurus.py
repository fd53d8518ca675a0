"""The field's words for the traveller's: someone asks about a cop or a quake, the advice writes police or earthquake.

`data/thesaurus.txt` holds the concepts. A concept's first line has the words that governments' advice uses, the most
typical first; the indented lines beneath have its triggers, the words and phrases by which a traveller may ask for it:

    taxis, licensed taxis, unlicensed taxis
        cab, gypsy cab, flag/hail/wave .. cab

In a trigger `a/b` is one word or the other, `..` lets up to three words stand between, and `=mines` asks for exactly
that form, where any other word also stands for its plural, its -ing and its -ed. Hyphens are written as blanks, and
articles and possessives (`_PASSED_OVER`) are left out. The longest phrase wins: "fire brigade" silences the triggers
inside it. A concept whose first line is `-` says nothing and only silences ("gold mines"); one that begins with `~`
speaks only where no other does. A line that begins with `#` is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

_LEAP = 3  # words that `..` may pass over
_LONGEST = 2000  # characters of a question that are read: a bound on the time
_SILENT = "-"
_FAINT = "~"

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_CURLY = str.maketrans("’‘`´", "''''")
_ARTICLES_AND_POSSESSIVES = "a an any her his its my our some that the their these this those your"
_PASSED_OVER = frozenset(_ARTICLES_AND_POSSESSIVES.split())
_IRREGULAR = {
    form: word
    for word, *forms in map(
        str.split,
        (
            "beat beaten", "bite bitten", "blow blew blown", "break broke broken", "burn burnt", "bus buses busses",
            "buy bought", "catch caught", "child children", "die died dies dying", "drink drank", "drive drove driven",
            "eat ate eaten", "fall fell fallen", "fly flew flown", "freeze froze frozen", "get got gotten",
            "keep kept", "knife knives", "lose lost losing", "man men", "pay paid", "send sent", "shake shook shaken",
            "sink sank sunk", "speak spoke spoken", "steal stole stolen", "sting stung", "sweep swept", "swim swam",
            "take took taken", "tell told", "thief thieves", "throw threw thrown", "wolf wolves", "woman women",
        ),
    )
    for form in forms
}  # fmt: skip
_PLURAL = re.compile("[^su]s$")
_HAS_VOWEL = re.compile("[aeiouy]")
_SHORT = re.compile("[^aeiou][aeiouy][^aeiouwxy]")  # hiking comes from hike, as robbing does not from robe


class _Slot(NamedTuple):
    """One place of a trigger: any of `words` (stems, or "=form"), after at most `leap` others."""

    words: frozenset[str]
    leap: int


class _Concept(NamedTuple):
    """A concept by its first line in the file."""

    line: str

    @property
    def silent(self) -> bool:
        return self.line == _SILENT

    @property
    def faint(self) -> bool:
        return self.line.startswith(_FAINT)


class _Found(NamedTuple):
    """A concept and which words of the question called it."""

    at: frozenset[int]
    concept: _Concept


class Asked(NamedTuple):
    """A concept of a question: the user's `words` for it, and the field's `terms`."""

    words: str
    terms: tuple[str, ...]


def related(words: str) -> tuple[str, ...]:
    """The field's words for what `words` (a question) speaks of, as government advice writes them.

    Concepts come in the order of the question, each concept's words most typical first; none whose words all stand in
    the question already. Empty where no trigger does.
    """
    asked = {_stem(token) for token in _tokens(words[:_LONGEST])}
    terms = dict.fromkeys(term for concept in concepts(words) for term in concept.terms)
    return tuple(term for term in terms if not _stems(term) <= asked)


@lru_cache(maxsize=256)
def concepts(words: str) -> tuple[Asked, ...]:
    """The concepts that a question speaks of, each once, in its order, with the question's own words for it."""
    tokens = _tokens(words[:_LONGEST])
    called: dict[_Concept, frozenset[int]] = {}
    for at, concept in _heard(tokens):
        called[concept] = called.get(concept, frozenset()) | at
    clear = [concept for concept in called if not concept.faint] or called
    return tuple(Asked(" ".join(tokens[i] for i in sorted(called[concept])), _terms(concept)) for concept in clear)


def field_words() -> tuple[str, ...]:
    """Every word and phrase that `related` can give, each once, in the order of the file."""
    found = dict.fromkeys(concept for triggers in _triggers().values() for _, concept in triggers)
    return tuple(dict.fromkeys(term for concept in found for term in _terms(concept)))


@cache
def vocabulary() -> dict[str, bool]:
    """Every word of the triggers and of the field, its singular too, and whether it alone says what is meant.

    A word does that calls a concept by itself, or stands in one of the field's terms.
    """
    called = [(phrase, concept) for triggers in _triggers().values() for phrase, concept in triggers]
    every = {word.strip("=") for phrase, _ in called for word in phrase.replace("/", " ").split()}
    alone = {phrase.strip("=") for phrase, concept in called if not concept.silent} & every
    alone |= {word for term in field_words() for word in _WORD.findall(term.casefold())}
    every |= alone
    alone |= {word[:-1] for word in alone if _PLURAL.search(word)}
    return {word: word in alone for word in sorted(every | alone | {w[:-1] for w in every if _PLURAL.search(w)})}


def _heard(tokens: Sequence[str]) -> list[_Found]:
    """What the question calls, in its order, without what a longer phrase contains."""
    found = list(_calls([(_stem(token), f"={token}") for token in tokens]))
    return [one for one in found if not one.concept.silent and not any(one.at < other.at for other in found)]


def _calls(words: Sequence[tuple[str, str]]) -> Iterator[_Found]:
    for start, keys in enumerate(words):
        for key in keys:
            for phrase, concept in _triggers().get(key, ()):
                at = _fit(_slots(phrase)[1:], words, start + 1)
                if at is not None:
                    yield _Found(frozenset((start, *at)), concept)


def _fit(slots: Sequence[_Slot], words: Sequence[tuple[str, str]], start: int) -> tuple[int, ...] | None:
    """The first positions from `start` on at which `words` fill the slots, or None."""
    if not slots:
        return ()
    for at in range(start, min(start + slots[0].leap + 1, len(words))):
        if not slots[0].words.isdisjoint(words[at]):
            after = _fit(slots[1:], words, at + 1)
            if after is not None:
                return (at, *after)
    return None


@cache
def _triggers() -> dict[str, list[tuple[str, _Concept]]]:
    """The phrases of all concepts, by each word that they can begin with. Only those that are met are read further."""
    text = resources.files("assistant").joinpath("data/thesaurus.txt").read_text("utf-8")
    triggers: dict[str, list[tuple[str, _Concept]]] = {}
    concept = _Concept("")
    for line in text.splitlines():
        if line.startswith(" "):
            for phrase in line.strip(" ,").split(", "):
                for word in phrase.partition(" ")[0].split("/"):
                    triggers.setdefault(_key(word), []).append((phrase, concept))
        elif line and not line.startswith("#"):
            concept = _Concept(line)
    return triggers


@cache
def _slots(phrase: str) -> tuple[_Slot, ...]:
    places = phrase.split()
    return tuple(
        _Slot(frozenset(map(_key, place.split("/"))), _LEAP if i and places[i - 1] == ".." else 0)
        for i, place in enumerate(places)
        if place != ".."
    )


@cache
def _terms(concept: _Concept) -> tuple[str, ...]:
    """The field's words of a concept; none where it only silences."""
    return () if concept.silent else tuple(term.strip() for term in concept.line.removeprefix(_FAINT).split(","))


@cache
def _stems(phrase: str) -> frozenset[str]:
    return frozenset(map(_stem, _tokens(phrase)))


@cache
def _key(word: str) -> str:
    """What a word of a trigger looks for: its stem, or itself behind "="."""
    return word if word.startswith("=") else _stem(word.removesuffix("'s"))


def _tokens(text: str) -> list[str]:
    """The words in small letters, hyphens parted, without possessive 's, articles and possessives."""
    found = _WORD.findall(text.translate(_CURLY).casefold())
    return [word for word in (token.removesuffix("'s") for token in found) if word not in _PASSED_OVER]


@cache
def _stem(word: str) -> str:
    """The form that a word shares with its plural, its -ing and its -ed: rob, robs, robbing, robbed. Not its root."""
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        word = f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    for ending in ("ing", "ied", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and not word.endswith("eed") and _HAS_VOWEL.search(base):
            word = f"{base}y" if ending == "ied" else f"{base}e" if _SHORT.fullmatch(base) else base
            break
    if len(word) > 4 and word.endswith("e") and not word.endswith("ee"):
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word

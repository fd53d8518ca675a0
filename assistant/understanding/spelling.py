"""Misspelled words of the field: "yelow fever" is yellow fever, "my pasport" my passport.

Only a word that stands in no document, in no list of English words and in no list of places is looked at, and it is
read as another only where one word of the field is plainly the nearest.
"""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understanding.thesaurus import vocabulary
from index.placenames import find, is_word, table
from index.places import find_places
from index.words import WordIndex, terms

_SHORTEST = 5  # letters as written
_LONG = 9  # letters from which two slips are forgiven: a letter too many, too few, another, or two swapped
_PLAINER = 10  # times as many passages as any other word as near must a word stand in
_READ = 2000  # characters of a question that are read: a bound on the time
_MOST = 20  # words as near
_WORD = re.compile(rf"(?<![\w@./])[A-Za-z]{{{_SHORTEST},}}(?![\w@/]|\.\w)")
_OPENING = re.compile(r"(?:^|[.!?])\W*$")


def mended(words: str, index: WordIndex) -> str:
    """A question with the misspelled words of the field set right."""
    unknown = [match for match in _WORD.finditer(words[:_READ]) if _unknown(match, index)]
    if not unknown:
        return words
    places = [(mention.start, mention.end) for mention in find_places(words)]
    for match in reversed(unknown):
        written = match[0].lower()
        # A plural may be one of a word that is known in the singular alone.
        meant = _meant(written, index) or (_meant(written[:-1], index) if written.endswith("s") else None)
        if meant and not any(start < match.end() and match.start() < end for start, end in places):
            right = meant.capitalize() if match[0][0].isupper() else meant
            words = words[: match.start()] + right + words[match.end() :]
    return words


def _unknown(match: re.Match[str], index: WordIndex) -> bool:
    """Whether a word stands in no document and is neither English nor, as it seems, a name."""
    written, stems = match[0], terms(match[0])
    if not stems or any(map(index.frequency, stems)):
        return False
    if not (written.islower() or match.string.isupper() or _OPENING.search(match.string, 0, match.start())):
        return False
    word = written.lower()
    return word not in vocabulary() and find(word) is None and not is_word(word)


def _meant(word: str, index: WordIndex) -> str | None:
    """The word of the field that this one misspells. The first letter must be right."""
    slips = 1 if len(word) < _LONG else 2
    near = process.extract(word, _known()[word[0]], scorer=OSA.distance, score_cutoff=slips, limit=_MOST)
    if not near:
        return None
    field, least = vocabulary(), near[0][1]
    alike: dict[tuple[str, ...], str] = {}  # forms of one word are one
    for one, distance, _ in near:
        if distance == least and (field.get(one) or terms(one) not in alike):
            alike[terms(one)] = one
    counts = {stems: max(map(index.frequency, stems), default=0) for stems in alike}
    best = max(counts, key=lambda stems: counts[stems])
    plain = () not in alike and all(counts[best] >= _PLAINER * n for stems, n in counts.items() if stems != best)
    return alike[best] if plain and field.get(alike[best]) else None


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """The words of the field and the ordinary English ones, by their first letter."""
    found: dict[str, list[str]] = {letter: [] for letter in ascii_lowercase}
    for word in dict.fromkeys((*vocabulary(), *table().words.split())):
        if len(word) >= _SHORTEST - 1 and word[0] in found:
            found[word[0]].append(word)
    return {letter: tuple(words) for letter, words in found.items()}

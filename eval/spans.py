"""How a quote and the gold lie to one another: pure functions on offsets and words."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

from eval.gold import Gold
from eval.runs import Span

COVERED = 0.8  # of the gold's characters: a quote may leave out an opening word or a full stop
_SHORT = 40  # characters: a shorter gold with a digit in it is a number, which is right whole or not at all

_SHORT_NUMBER = 5  # digits: of 112, 10111 and their like

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def overlap(span: Span, gold: Gold) -> int:
    """How many characters a span shares with gold; 0 in another document, or where gold names a document alone."""
    if gold.range is None or (span.source, span.doc) != (gold.source, gold.doc):
        return 0
    start, end = gold.range
    return max(0, min(span.end, end) - max(span.start, start))


def covers(span: Span, gold: Gold) -> bool:
    """Whether a span holds at least `COVERED` of the gold, or all of it where the gold is a short one with a digit."""
    if gold.range is None:
        return False
    length = gold.range[1] - gold.range[0]
    is_number = length < _SHORT and any(character.isdigit() for character in gold.span or "")
    return overlap(span, gold) >= (length if is_number else COVERED * length)


def overlaps(span: Span, gold: Gold) -> bool:
    """Whether a span shares at least half of the shorter of the two: the lenient look at `covers`."""
    if gold.range is None:
        return False
    shorter = min(gold.range[1] - gold.range[0], span.end - span.start)
    return 0 < shorter <= 2 * overlap(span, gold)


def beside(span: Span, golds: Sequence[Gold]) -> float:
    """The share of a span's characters that are in no gold."""
    inside: set[int] = set()
    for gold in golds:
        if overlap(span, gold) and gold.range is not None:
            inside.update(range(max(span.start, gold.range[0]), min(span.end, gold.range[1])))
    return 1 - len(inside) / (span.end - span.start)


def token_f1(words: str, gold: str) -> float:
    """Harmonic mean of precision and recall of words, normalised as SQuAD's evaluation does (Rajpurkar et al. 2016)."""
    ours, theirs = _tokens(words), _tokens(gold)
    common = (Counter(ours) & Counter(theirs)).total()
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def _tokens(words: str) -> list[str]:
    return _ARTICLES.sub(" ", words.lower().translate(_NO_PUNCTUATION)).split()


def number_pattern(digits: str) -> re.Pattern[str]:
    """Finds a telephone number by what is dialled. A short one stands in one piece and is no part of a longer one."""
    if len(digits) <= _SHORT_NUMBER:
        return re.compile(rf"(?<![\d+])(?<!\d[ -]){digits}(?![ -]?\d)")
    return re.compile(r"(?<!\d)" + r"[ ()./-]{0,3}".join(digits) + r"(?!\d)")

"""Lines as they stand on a printed page, back into paragraphs.

A line break is kept where the writer made it: before a bullet, after a wider gap, at a change of type size, or where
the next word would still have fitted into the line. All others were made by the page's width and become spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_BULLET = re.compile(r"(?:[•‣◦▪●○■□∙·*–—-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\s")
_GAP = 0.35  # of a line's height: what a gap must have beyond the page's usual one to part two paragraphs
_SIZE = 1.15  # the ratio of two type sizes that sets a heading apart
_INDENT = 36.0  # points: lines that begin within this of each other share a column
_BROKEN = re.compile(r"(\w+)-\n(\w+)")
_PREFIX = re.compile(r"(?:anti|co|counter|cross|ex|half|high|long|low|mid|multi|non|pre|self|semi|short|well)$", re.I)


class Line(NamedTuple):
    """One line of a page and its box in points, `bottom` and `top` counted from the foot of the page.

    A hyphen that ends the line because a word was broken there stands in `words` as it was printed.
    """

    words: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Of the type, with its ascenders and descenders."""
        return max(self.top - self.bottom, 0.1)


def paragraphs(lines: Sequence[Line]) -> str:
    """The lines of one page as paragraphs parted by blank lines; items and short lines keep a line of their own.

    A word broken at a line's end is left as `word-NEWLINEword` for `join_broken_words`.
    """
    if not lines:
        return ""
    gaps = [above.bottom - line.top for above, line in pairwise(lines) if line.top < above.top]
    usual = median(gaps) if gaps else 0.0
    text = lines[0].words
    for above, line in pairwise(lines):
        text += _between(above, line, usual, lines) + line.words
    return text


def join_broken_words(text: str) -> str:
    """Mend `evacu-NEWLINEation`; a hyphen that belongs to the word stays.

    Which of the two it is, the rest of the text tells where it holds the word; else a small letter before and after
    the break means a broken word, unless the first part is a prefix that is written with a hyphen ("well-known").
    """
    words = set(re.findall(r"\w+(?:-\w+)*", text))

    def mend(match: re.Match[str]) -> str:
        first, second = match.groups()
        if f"{first}-{second}" in words:
            return f"{first}-{second}"
        broken = first[-1].islower() and second[0].islower() and not _PREFIX.match(first)
        return first + second if first + second in words or broken else f"{first}-{second}"

    return _BROKEN.sub(mend, text)


def _between(above: Line, line: Line, usual: float, lines: Sequence[Line]) -> str:
    gap = above.bottom - line.top
    ratio = line.height / above.height
    new_block = line.top >= above.top  # a new column, or a box beside
    if new_block or gap > usual + _GAP * line.height or not 1 / _SIZE < ratio < _SIZE:
        return "\n\n"
    if above.words.endswith("-") and line.words[:1].isalnum():
        return "\n"  # `join_broken_words` decides
    if _BULLET.match(line.words):
        return "\n"
    column = max(other.right for other in lines if abs(other.left - above.left) <= _INDENT)
    letter = (above.right - above.left) / max(len(above.words), 1)
    first_word = line.words.split(None, 1)[0]
    return "\n" if above.right + letter * (len(first_word) + 1) < column else " "

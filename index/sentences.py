"""Sentences with exact offsets; the boundaries come from sentencex (Wikimedia)."""

from __future__ import annotations

import re

from sentencex import segment

from index.documents import Markup
from index.plain import plain

# sentencex ends a sentence at "a.m." or "St."-like words that it does not know before a capital; these it should not.
# "No." is short for number only before one. "(+30 210) 322 2230" goes on after its country's code.
_NOT_AN_END = re.compile(
    r"(?:\b(?:St|Mt|Ave|Tel|approx|incl|ext|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K)\.|\bvs\.|\bNo\.(?=\s*\d)|\+\d{1,3})\s*\S?$"
)
_TAIL = 20  # characters at the end of a sentence that hold any of these
_BULLETS = " •"  # in front of them sentencex takes the whole line for one sentence


def sentence_spans(text: str, start: int, end: int, markup: Markup = "markdown") -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as spans of `text`, in order, trimmed, cutting no link and no emphasis.

    Line breaks that are shown (list items, table rows, address lines) end a sentence as well; a bullet stays out.
    """
    shown = plain(text, start, end, markup)
    spans: list[tuple[int, int]] = []
    for low, high in shown_sentences(shown.text):
        first, last = shown.source_span(low, high)
        if spans and first < spans[-1][1]:  # a link or bold run over the boundary: the two are one
            spans[-1] = (min(spans[-1][0], first), max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return spans


def shown_sentences(words: str) -> list[tuple[int, int]]:
    """Sentence spans of plain text, trimmed; joined again where an abbreviation was taken for an end."""
    spans: list[tuple[int, int]] = []
    for line_start, line in _lines(words):
        joined = False
        high = 0
        for piece in segment("en", line):
            low, high = high, high + len(piece)
            trimmed = (line_start + low + len(piece) - len(piece.lstrip()), line_start + low + len(piece.rstrip()))
            if trimmed[0] >= trimmed[1]:
                continue
            if joined:
                spans[-1] = (spans[-1][0], trimmed[1])
            else:
                spans.append(trimmed)
            joined = _NOT_AN_END.search(line, max(low, high - _TAIL), high + 1) is not None
    return spans


def _lines(words: str) -> list[tuple[int, str]]:
    """The lines without their bullets, and where they begin."""
    found, position = [], 0
    for line in words.split("\n"):
        if stripped := line.lstrip(_BULLETS):
            found.append((position + len(line) - len(stripped), stripped))
        position += len(line) + 1
    return found

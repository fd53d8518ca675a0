"""What differs between two texts of a page: sentences, list items and headings removed, added and reworded.

Pieces with the same words are found first, in order and then wherever they have moved to; what is left is paired by its
nearness. A page that was cut anew, restyled, reordered or stamped with another day, without another word, has none.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from index.blocks import blocks
from index.documents import Document, Heading
from index.plain import plain_text
from index.sentences import sentence_spans

_NEAR = 0.5  # share of their words that two pieces have in common, from which on one is the other reworded
_MANY = 250_000  # pairs whose nearness is looked at, at most: half a second
# "Still current at: 11 August 2026": a publisher's stamp, which stands anew on hundreds of pages at once.
_STAMP = re.compile(
    r"(?P<label>\W*(?:still current at|(?:page |last |latest )*(?:updated|update|reviewed|checked)(?: on)?)\W*)"
    r"(?:\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)\W*",
    re.IGNORECASE,
)
_LARGE = 2_000_000_000  # pairs up to which order is looked at: 250 MB of bits


class Piece(NamedTuple):
    """`text[start:end]` of a document with the headings above it; `under` is how the nearest is shown, on one line."""

    start: int
    end: int
    headings: tuple[Heading, ...]
    shown: str
    under: str


class Mark(StrEnum):
    """What became of words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Run(NamedTuple):
    """Words of a piece, a space between each, that share their fate."""

    mark: Mark
    words: str


class Difference(NamedTuple):
    """A piece as it was and as it is; None where it is new or gone. Runs that are not added make up `old.shown`, runs
    that are not removed `new.shown`."""

    old: Piece | None
    new: Piece | None
    runs: tuple[Run, ...]


def differences(old: Document, new: Document) -> list[Difference]:
    """What differs between two documents that come with their texts, in the order of the new one."""
    was, now = pieces(old), pieces(new)
    found = []
    for i, j in align([p.shown for p in was], [p.shown for p in now]):
        before, after = was[i] if i is not None else None, now[j] if j is not None else None
        if before is None or after is None or not _says_the_same(before.shown, after.shown):
            found.append(Difference(before, after, runs(before.shown if before else "", after.shown if after else "")))
    return found


def pieces(document: Document) -> list[Piece]:
    """The sentences, items, rows and headings of a document's body in order; what shows nothing is left out."""
    found: list[Piece] = []
    above: list[tuple[Heading, str]] = []
    for block in blocks(document):
        spans = [(block.start, block.end)]
        if block.kind == "heading":
            above = [pair for pair in above if pair[0].level < block.level]
        else:
            spans = sentence_spans(document.text, block.start, block.end, document.markup)
        headings, under = tuple(heading for heading, _ in above), above[-1][1] if above else ""
        for start, end in spans:
            shown = " ".join(plain_text(document.text, start, end, document.markup).split())
            if any(c.isalnum() for c in shown):
                found.append(Piece(start, end, headings, shown, under))
                if block.kind == "heading":
                    above.append((Heading(start, end, block.level), shown))
    return found


def _says_the_same(old: str, new: str) -> bool:
    was, now = _STAMP.fullmatch(old), _STAMP.fullmatch(new)
    return old == new or bool(was and now and was["label"] == now["label"])


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which new piece each old one became, by their numbers; each number stands in exactly one pair."""
    gaps: list[tuple[list[int], list[int]]] = []
    pairs: list[tuple[int | None, int | None]] = []
    for equal, was, now in _matched(old, new):
        if equal:
            pairs.extend(zip(was, now, strict=True))
        else:
            gaps.append((list(was), list(now)))
    pairs.extend(_moved(old, new, gaps))
    for gone, came in gaps:
        near = dict(_near(old, new, gone, came))
        pairs.extend(near.items())
        pairs.extend((i, None) for i in gone if i not in near)
        pairs.extend((None, j) for j in set(came).difference(near.values()))
    return _in_order(pairs)


def runs(old: str, new: str) -> tuple[Run, ...]:
    """The words of two pieces as what was kept, removed and added."""
    was, now = old.split(), new.split()
    parts: list[tuple[bool, list[str], list[str]]] = []
    for equal, i, j in _matched(was, now):
        part = (equal, was[i.start : i.stop], now[j.start : j.stop])
        # A single word that was kept between two changes is chance: "[-the-] of {+a+}".
        if not equal and len(parts) > 1 and len(parts[-1][1]) == 1:
            (_, a, b), (_, c, d) = parts[-2:]
            parts[-2:] = [(False, a + c + part[1], b + d + part[2])]
        else:
            parts.append(part)
    return tuple(run for part in parts for run in _runs(*part))


def _runs(equal: bool, was: list[str], now: list[str]) -> Iterator[Run]:
    if equal:
        yield Run(Mark.KEPT, " ".join(was))
        return
    if was:
        yield Run(Mark.REMOVED, " ".join(was))
    if now:
        yield Run(Mark.ADDED, " ".join(now))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, range, range]]:
    """Stretches of both that are equal, and in turn those between them that are not."""
    i = j = 0
    for step in Indel.opcodes(old, new) if len(old) * len(new) <= _LARGE else ():
        if step.tag == "equal":
            if (i, j) != (step.src_start, step.dest_start):
                yield False, range(i, step.src_start), range(j, step.dest_start)
            yield True, range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
            i, j = step.src_end, step.dest_end
    if (i, j) != (len(old), len(new)):
        yield False, range(i, len(old)), range(j, len(new))


def _moved(
    old: Sequence[str], new: Sequence[str], gaps: list[tuple[list[int], list[int]]]
) -> Iterator[tuple[int, int]]:
    """Pieces that stand elsewhere now; they leave their gaps."""
    left: dict[str, deque[tuple[int, list[int]]]] = defaultdict(deque)
    for was, _ in gaps:
        for i in was:
            left[old[i]].append((i, was))
    for _, now in gaps:
        for j in tuple(now):
            if left[new[j]]:
                i, was = left[new[j]].popleft()
                was.remove(i)
                now.remove(j)
                yield i, j


def _near(old: Sequence[str], new: Sequence[str], was: list[int], now: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of one gap that share enough of their words, the nearest first."""
    if not was or not now or len(was) * len(now) > _MANY:
        return
    scores = cdist(
        [old[i].split() for i in was],
        [new[j].split() for j in now],
        scorer=Indel.normalized_similarity,
        score_cutoff=_NEAR,
    )
    rows, columns = np.nonzero(scores)
    order = np.lexsort((columns, rows, -scores[rows, columns]))
    free_rows, free_columns = set(range(len(was))), set(range(len(now)))
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row in free_rows and column in free_columns:
            free_rows.remove(row)
            free_columns.remove(column)
            yield was[row], now[column]


def _in_order(pairs: list[tuple[int | None, int | None]]) -> list[tuple[int | None, int | None]]:
    """In the order of the new pieces; one that is gone comes after the one that stood before it."""
    became = {i: j for i, j in pairs if i is not None}
    place: dict[int, tuple[int, int]] = {}
    last = -1
    for i in sorted(became):
        j = became[i]
        last = last if j is None else j
        place[i] = (last, i)
    return sorted(pairs, key=lambda pair: (pair[1], -1) if pair[1] is not None else place[pair[0] or 0])

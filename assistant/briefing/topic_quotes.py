"""What each publisher says of a topic: the best quotes among all passages about a place.

A wrong quote is worse than a gap: whatever is near in meaning must also hold the topic's own words, and stand under no
heading of another. What a publisher repeats for many countries yields to what it says of this one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from assistant.briefing.topics import Topic, heading_worth, topics
from assistant.choosing.place_texts import PlaceTexts, Text, running
from assistant.choosing.quotes import Quote, distinct
from assistant.choosing.spans import Span
from index.embedding import Embedder, Vectors
from index.models import ModelIdentity

MOST_QUOTES = 2  # of one publisher on one topic
_LOOKED_AT = 5  # passages of a publisher, for one topic
_ENOUGH = 0.42  # score of a quote that is shown
_ENOUGH_BELOW = 0.55  # of one that only its heading names, where there is no other
_ENOUGH_BEFORE_COMMON = 0.52  # of one that comes before a better one whose words many places share
_MANY = 5  # passages elsewhere with the same words
_FURTHER = 0.10  # of the best quote's score: a second one within it is shown
_REPEATED = 0.12  # for words that this many countries share, less for fewer
_SHARED_BY_ALL = 25
_LEANING = 0.12  # for words that lean on what is left out
_UNWHOLE = 0.06  # for each other sign that something is left out
_ALIKE = 75  # per cent of the words: a second quote says something else
_OLDER = 0.02  # for each year, at most five, that a page is older than the publisher's newest on this place
_NEAREST = 3  # headings of a passage that tell its topic
_SHORT = 40  # shown characters: less says little
_NOTHING = 25  # shown characters: less is a label
_LINKS = re.compile(r"(?:\W*\[[^\]]*\]\([^)]*\)\W*)+")  # nothing but the names of other pages
_BROKEN = re.compile(r"^[A-Z]\. |(?:^|[\sa-z])[A-Z]\.$")  # a sentence cut within "U.S."
_ENDS = re.compile(r"[.!?:;)”\"’']\W*$")
_LEANS = re.compile(
    r"(?:they|its?|he|she|however|also|therefore|in addition|but|and|or|as a result|if so|if you do not|others?|"
    r"similar|for example|offenders|both|some)\b"
    r"(?!(?:['’]s| is| are) (?:not )?(?:illegal|safe|possible|important|forbidden|common))"
    r"|.{0,90}\b(?:(?:this|these|those|such) (?!year|month|week|as\b|country\b|destination\b)|"
    r"in the (?:region|area)\b)",
    re.IGNORECASE,
)


class _Piece(NamedTuple):
    """A span with what is known of it whatever the topic; its units are `low` to `high` (exclusive) of the place's."""

    text: Text
    span: Span
    low: int
    high: int
    length: float  # of the sum of its units' vectors
    lost: float  # of its score
    common: bool  # whether the same words stand in many places
    words: str | None  # how it is shown, where it is only a part of its unit


class _Found(NamedTuple):
    """A span for a topic; `ours` where it holds the topic's words itself, not only its heading."""

    piece: _Piece
    score: float
    cosine: float
    ours: bool


class TopicReader:
    """Reads the passages of one place for one topic after another."""

    def __init__(self, texts: PlaceTexts, embedder: Embedder) -> None:
        self._texts = texts
        self._queries = query_vectors(embedder)
        self._pieces_of: dict[int, list[_Piece]] = {}
        self._by_publisher: dict[str, list[int]] = defaultdict(list)
        for number, hit in enumerate(texts.hits):
            self._by_publisher[hit.document.publisher or hit.document.source].append(number)
        self._headings = [texts.headings(number)[-_NEAREST:] for number in range(len(texts))]
        self._days = [texts.day(number) for number in range(len(texts))]

    def quotes(self, topic: Topic) -> dict[str, tuple[Quote, ...]]:
        """The best quotes of each publisher that speaks of the topic, best first."""
        if not len(self._texts):
            return {}
        cosines = self._texts.vectors @ self._queries[topic.key].T
        near = self._texts.best_of_each(cosines.max(axis=1)).tolist()
        reading = _Reading(topic, self._texts, cosines)
        found = {}
        for publisher, numbers in sorted(self._by_publisher.items()):
            newest = max((day for n in numbers if (day := self._days[n])), default=None)
            candidates = []
            for number in self._looked_at(topic, numbers, near):
                lost = _OLDER * min(5.0, _years_between(self._days[number], newest))
                for candidate in reading.candidates(self._pieces(number)):
                    candidates.append(candidate._replace(score=candidate.score - lost))
            if quotes := _best(candidates):
                found[publisher] = quotes
        return found

    def _looked_at(self, topic: Topic, numbers: Sequence[int], near: Sequence[float]) -> list[int]:
        """The passages that are worth a closer look."""
        worth = {n: near[n] + heading_worth(topic, self._headings[n]) for n in numbers}
        return sorted((n for n in numbers if worth[n] > _ENOUGH / 2), key=lambda n: -worth[n])[:_LOOKED_AT]

    def _pieces(self, number: int) -> list[_Piece]:
        if number not in self._pieces_of:
            self._pieces_of[number] = list(_pieces(self._texts, self._texts[number]))
        return self._pieces_of[number]


class _Reading:
    """One topic's view of the units: `cosines` has the shape (units, statements)."""

    def __init__(self, topic: Topic, texts: PlaceTexts, cosines: Vectors) -> None:
        self._topic = topic
        self._texts = texts
        self._cosines = running(cosines)
        self._marks: dict[int, tuple[bool, bool]] = {}  # by unit: whether it is of the topic, and of another one

    def candidates(self, pieces: Sequence[_Piece]) -> Iterator[_Found]:
        """The spans of a passage that are of the topic."""
        if not pieces:
            return
        headings = pieces[0].text.headings[-_NEAREST:]
        worth = heading_worth(self._topic, headings)
        named = bool(headings) and self._topic.holds.search(headings[-1]) is not None
        for piece in pieces:
            marks = [self._mark(piece, unit) for unit in range(piece.low, piece.high)]
            if any(other for _, other in marks):
                continue
            cosine = float((self._cosines[piece.high] - self._cosines[piece.low]).max()) / piece.length
            ours = any(ours for ours, _ in marks)
            if ours or named:
                yield _Found(piece, cosine + worth - piece.lost, cosine, ours)

    def _mark(self, piece: _Piece, unit: int) -> tuple[bool, bool]:
        if piece.words is not None:
            return self._judge(piece.words)
        if unit not in self._marks:
            self._marks[unit] = self._judge(self._texts.shown_unit(piece.text, unit))
        return self._marks[unit]

    def _judge(self, words: str) -> tuple[bool, bool]:
        ours = self._topic.holds.search(words) is not None
        return ours, self._topic.never.search(words) is not None


def _pieces(texts: PlaceTexts, text: Text) -> Iterator[_Piece]:
    """The spans of a passage that say something themselves, and do not only send the reader elsewhere."""
    elsewhere = topics().elsewhere
    last = text.first + len(text.units)
    shown = [texts.shown_unit(text, unit) for unit in range(text.first, last)]
    useless = [bool(elsewhere.search(words) or _BROKEN.search(words)) for words in shown]
    repeats = texts.repeats[text.first : last].tolist()
    shares = [min(1.0, math.log(repeat, _SHARED_BY_ALL)) for repeat in repeats]
    spans = text.spans()
    lows = np.array([text.first + span.first for span in spans], np.int64)
    highs = np.array([text.first + span.last + 1 for span in spans], np.int64)
    lengths = np.linalg.norm(texts.running[highs] - texts.running[lows], axis=1).tolist()
    for span, length in zip(spans, lengths, strict=True):
        low, high = span.first, span.last + 1
        if any(useless[low:high]) or _LINKS.fullmatch(text.text, span.start, span.end):
            continue
        whole = span.start == text.units[low].start and span.end == text.units[span.last].end
        words = None if whole else text.shown(span.start, span.end)
        begins = words or shown[low]
        if high - low == 1 and len(begins) < _NOTHING:
            continue
        torn = 0 <= span.intro < low or begins[:1].islower()  # away from its list
        short = len(begins) < _SHORT and high - low == 1
        open_ended = not all(text.units[n].is_item or _ENDS.search(shown[n]) for n in range(low, high))
        leaning = _LEANING * (_LEANS.match(begins) is not None)
        lost = leaning + _UNWHOLE * (torn + short + open_ended) + _REPEATED * sum(shares[low:high]) / (high - low)
        common = min(repeats[low:high]) > _MANY
        yield _Piece(text, span, text.first + low, text.first + high, max(length, 1e-9), lost, common, words)


def _best(candidates: Sequence[_Found]) -> tuple[Quote, ...]:
    """The best few that say different things."""
    own = [c for c in candidates if c.ours and c.score >= _ENOUGH]
    told = own or [c for c in candidates if not c.ours and c.score >= _ENOUGH_BELOW]
    best = sorted(told, key=lambda c: (-c.score, c.piece.text.document.key, c.piece.span.start))[:12]
    best.sort(key=lambda c: c.piece.common or c.score < _ENOUGH_BEFORE_COMMON)  # what is said of this place first
    floor = best[0].score - _FURTHER if best else 0.0
    quotes = [c.piece.text.quote(c.piece.span, c.score, c.cosine) for c in best if c.score >= floor]
    chosen: list[Quote] = []
    for quote in distinct(quotes, len(quotes)):
        if all(fuzz.token_set_ratio(quote.shown, q.shown) < _ALIKE for q in chosen):
            chosen.append(quote)
    return tuple(chosen[:MOST_QUOTES])


def _years_between(day: date | None, newest: date | None) -> float:
    return (newest - day).days / 365 if newest and day else 0.0


def query_vectors(embedder: Embedder) -> dict[str, Vectors]:
    """The vectors of each topic's statements, shape (statements, dimension); embedded once for a model."""
    if embedder.identity not in _embedded:
        found = topics().all
        vectors = iter(embedder.embed([query for topic in found for query in topic.queries]))
        _embedded[embedder.identity] = {t.key: np.stack([next(vectors) for _ in t.queries]) for t in found}
    return _embedded[embedder.identity]


_embedded: dict[ModelIdentity, dict[str, Vectors]] = {}

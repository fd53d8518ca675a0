"""Hits → quotes: the smallest spans that answer and still read whole, best first.

Candidates are sentences, pairs of neighbouring sentences, list items and whole short lists, each with the headings that
give it its subject. They are ranked by similarity of meaning, by the share of the question's rare words that they hold,
and by whether they hold the kind of thing that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from assistant.coverage import Coverage
from assistant.kinds import holds, says_level
from assistant.question import Question
from assistant.wanted import Wanted
from index.blocks import INTRO_LEVEL
from index.documents import Document, Heading, Kind
from index.plain import plain_text
from index.sentences import sentence_spans
from index.snapshot import Hit, Snapshot

MAX_QUOTE = 350  # shown characters
MAX_LIST = 700  # of a list that would lose its sense
_SHORT_LINE = 60
_SHORT_ITEM = 40
_PASSAGES = 8  # hits that are read closely
_MORE_PASSAGES = 60  # where only few candidates hold the kind of thing that is asked for
_CANDIDATES = 20  # spans whose meaning is compared; with 40 no development figure is higher
_LINKS = re.compile(r"(?:\W*\[[^\]]*\]\((?!tel:)[^)]*\)\W*)+")
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:>[ \t]?)*(?:[*+-]|\d{1,3}[.)])[ \t]+$")


@dataclass(frozen=True, slots=True)
class Quote:
    """`text[start:end]` of a document, word for word, with the headings that give it its subject."""

    document: Document  # without its text
    start: int
    end: int
    text: str
    shown: str
    headings: tuple[Heading, ...]
    heading_words: tuple[str, ...]
    hit: Hit
    score: float = 0.0
    cosine: float = 0.0
    coverage: float = 0.0  # idf-weighted share of the question's terms in the quote and its headings
    holds_kind: bool = True  # whether it holds the kind of thing that was asked for


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    headings: tuple[Heading, ...]


class Evidence:
    """The quotes for one question: what was looked at and how it was judged."""

    def __init__(self, question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> None:
        self.question = question
        self.hits = hits
        self.snapshot = snapshot
        self._coverage = Coverage(question.search_words, snapshot.files.words)

    @cached_property
    def quotes(self) -> list[Quote]:
        """All candidates that hold what was asked for, best first."""
        few = self.question.wanted is Wanted.PHONE
        found = [q for hit in self.hits[: _MORE_PASSAGES if few else _PASSAGES] for q in self._candidates(hit)]
        if few and any(q.holds_kind for q in found):
            found = [q for q in found if q.holds_kind]
        found.sort(key=lambda q: (-q.holds_kind, -q.coverage - 0.3 * q.hit.score))
        return sorted(self._weigh(found[:_CANDIDATES]), key=lambda q: (-q.score, q.document.key, q.start))

    @cached_property
    def levels(self) -> list[Quote]:
        """The advisory level of each page that carries one, where the page first says it: in words of its own rather
        than in a heading."""
        found: dict[tuple[str, str], Quote] = {}
        candidates = [q for hit in self.hits for q in self._candidates(hit) if q.holds_kind]
        for quote in sorted(candidates, key=_says_level_late):
            found.setdefault(quote.document.key, quote)
        return list(found.values())

    def _candidates(self, hit: Hit) -> Iterator[Quote]:
        text = self.snapshot.text(hit.document)
        for span in spans(text, hit):
            markup = hit.document.markup
            heading_words = tuple(
                words for h in span.headings if (words := plain_text(text, h.start, h.end, markup).strip(" #:•|"))
            )
            shown = plain_text(text, span.start, span.end, markup)
            if _only_links(text[span.start : span.end]):
                continue
            yield Quote(
                hit.document,
                span.start,
                span.end,
                text[span.start : span.end],
                shown,
                span.headings,
                heading_words,
                hit,
                coverage=0.7 * self._coverage.of(shown) + 0.3 * self._coverage.of(shown, *heading_words[-3:]),
                holds_kind=holds(self.question, shown, heading_words, hit.document),
            )

    def _weigh(self, quotes: list[Quote]) -> Iterator[Quote]:
        if not quotes:
            return
        embedder = self.snapshot.embedder
        texts = ["\n".join((*q.heading_words[-2:], q.shown)) for q in quotes]
        vectors = embedder.embed([self.question.search_words, *texts])
        for quote, cosine in zip(quotes, (vectors[1:] @ vectors[0]).tolist(), strict=True):
            yield _with_score(quote, cosine)


def _with_score(quote: Quote, cosine: float) -> Quote:
    score = cosine + 0.5 * quote.coverage + 0.15 * quote.hit.score + (0.0 if quote.holds_kind else -0.5)
    score -= 0.05 * (quote.document.kind is Kind.COMPILED)  # ours never outrank the originals
    return replace(quote, score=score, cosine=cosine)


def _says_level_late(quote: Quote) -> tuple[bool, bool, int, int]:
    """Sorts the quote that says the level itself first, then one right under a heading that does, then by position."""
    itself = says_level(quote.shown, quote.document)
    under = any(says_level(words, quote.document) for words in quote.heading_words[-1:])
    return not itself, not under, quote.start, quote.end


def spans(text: str, hit: Hit) -> list[_Span]:
    """The candidate spans of a passage. Each reads whole; none that stands alone ends in a colon."""
    markup = hit.document.markup
    units = sentence_spans(text, hit.passage.start, hit.passage.end, markup)
    items = [_is_item(text, start) for start, _ in units]
    introduced = _introductions(text, units, items)
    found: dict[tuple[int, int], _Span] = {}
    whole: set[int | None] = set()  # introductions whose whole list makes one quote

    def add(first: int, last: int) -> None:
        start, end = units[first][0], units[last][1]
        intro = introduced[first]
        headings = hit.passage.headings
        if intro is not None and intro < first:
            headings = (*(h for h in headings if h.level < INTRO_LEVEL), Heading(*units[intro], INTRO_LEVEL))
        found.setdefault((start, end), _Span(start, end, headings))

    for number, (start, end) in enumerate(units):
        opens_list = _ends_with_colon(text, end)
        if opens_list:
            last = _list_end(units, items, number)
            if last > number and units[last][1] - start <= 3 * MAX_LIST:
                while last > number and (
                    len(plain_text(text, start, units[last][1], markup)) > MAX_LIST
                    or _ends_with_colon(text, units[last][1])
                ):
                    last -= 1
                if last > number:
                    add(number, last)
                    if len(plain_text(text, start, units[last][1], markup)) <= MAX_QUOTE:
                        whole.add(number)
            continue
        if introduced[number] in whole and _reads_badly_alone(text[start:end]):
            continue
        if len(plain_text(text, start, end, markup)) <= MAX_QUOTE:
            add(number, number)
        else:
            for low, high in _clauses(text, start, end):
                found.setdefault((low, high), _Span(low, high, hit.passage.headings))
        for more in (1, 2, 3):
            last = number + more
            if last >= len(units) or items[last] != items[number] or _ends_with_colon(text, units[last][1]):
                break
            if more == 3 and not all(high - low < _SHORT_LINE for low, high in units[number : last + 1]):
                break
            if not _belong_together(text, units[last - 1], units[last]):
                break
            if len(plain_text(text, start, units[last][1], markup)) > MAX_QUOTE:
                break
            add(number, last)
    return list(found.values())


def _reads_badly_alone(item: str) -> bool:
    """Whether a list item says little without its list: "markets". A number is what was looked for, however short."""
    return len(item) < _SHORT_ITEM and not any(character.isdigit() for character in item)


def _only_links(source: str) -> bool:
    """Whether a span is nothing but the name of another page."""
    return _LINKS.fullmatch(source) is not None


def _belong_together(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Sentences of one paragraph, or short lines such as those of an address."""
    same_paragraph = "\n\n" not in text[one[1] : other[0]]
    return same_paragraph or max(one[1] - one[0], other[1] - other[0]) < _SHORT_LINE


def _introductions(text: str, units: Sequence[tuple[int, int]], items: Sequence[bool]) -> list[int | None]:
    """For each unit the one that introduces it: the sentence with a colon before its list, or before its line."""
    introduced: list[int | None] = []
    intro: int | None = None
    for number, (start, end) in enumerate(units):
        goes_on = items[number] or end - start < _SHORT_LINE  # of a list, or of the lines of an address
        if intro is not None and not goes_on and number > intro + 1:
            intro = None
        introduced.append(intro)
        if not items[number] and _ends_with_colon(text, end):
            intro = number
    return introduced


def _list_end(units: Sequence[tuple[int, int]], items: Sequence[bool], intro: int) -> int:
    last = intro
    while last + 1 < len(units) and (items[last + 1] or last == intro):
        last += 1
        if not items[last]:
            break
    return last


def _is_item(text: str, start: int) -> bool:
    return _ITEM.search(text[max(0, start - 40) : start]) is not None


def _ends_with_colon(text: str, end: int) -> bool:
    return text[max(0, end - 4) : end].rstrip("*_ ").endswith(":")


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is too long for a quote, in clauses that are not."""
    cuts = [
        start,
        *(m.end() for m in re.finditer(r"[;:–—]\s|,\s(?=and |or |but |which |who )", text[start:end])),
        end - start,
    ]
    edges = sorted({cuts[0], *(start + c for c in cuts[1:])})
    low = edges[0]
    for previous, edge in pairwise(edges):
        if edge - low > MAX_QUOTE and previous > low:
            yield low, _rstrip(text, low, previous)
            low = previous
    if end - low <= MAX_QUOTE:
        yield low, _rstrip(text, low, end)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return end


def distinct(quotes: Sequence[Quote], limit: int) -> list[Quote]:
    """The best quotes that neither overlap one another nor say the same words, at most `limit`."""
    kept: list[Quote] = []
    for quote in quotes:
        same = any(
            (q.document.key == quote.document.key and q.start < quote.end and quote.start < q.end)
            or _folded(q.shown) == _folded(quote.shown)
            for q in kept
        )
        if not same:
            kept.append(quote)
        if len(kept) == limit:
            break
    return kept


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()

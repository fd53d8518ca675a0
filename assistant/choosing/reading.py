"""A passage read closely for one question: its spans, how they are shown, and what they are worth as quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from assistant.choosing.completing import completed, with_denial
from assistant.choosing.coverage import Coverage
from assistant.choosing.introductions import headings_above, introduced
from assistant.choosing.kinds import may_hold_number
from assistant.choosing.patterns import OF_THE_PAGE
from assistant.choosing.spans import (
    MAX_QUOTE,
    Span,
    fits,
    in_mid_story,
    introduction,
    leans_back,
    opens_something,
    spans,
    whole_block,
)
from assistant.choosing.vaccinations import worth as worth_for_vaccinations
from index.documents import Heading, Kind
from index.embedding import Vectors
from index.places import place_name
from index.plain import plain_text
from index.snapshot import Hit, Snapshot
from index.units import Unit

COVERED = 0.2  # what it is worth to hold all that the question speaks of
_POINTS_ELSEWHERE = 0.1  # what it costs to say nothing but where to read on, or only what comes next
_POINTER = re.compile(
    r"(?:for (?:more|further|full|additional|detailed|up-to-date) (?:information|advice|details|guidance)|"
    r"for details (?:about|of|on) [^.\n]{1,80}, see\b|check the latest [^.\n]{0,30}(?:recommendations|information)\b|"
    r"find out (?:more|about|how)|read (?:more|the|our)|learn (?:more|about)|(?:more|further) information|"
    r"see (?:also|our|the|more|what|where (?:to|you can))|"
    r"(?:visit|check|consult) (?:the|our) [^.]{0,60}(?:pages?|websites?|site)\b)",
    re.IGNORECASE,
)
_OPENS_POINTERS = re.compile(
    rf"{_POINTER.pattern}|.*\b(?:(?:has|have|offers?|provides?) (?:guidance|information|advice) (?:on|about)|"
    r"following (?:web ?)?(?:pages?|sites?|links?))\b",
    re.IGNORECASE,
)
_USEFUL_LINKS = re.compile(r"^(?:useful links|liens utiles|learn more|more information)$", re.IGNORECASE | re.MULTILINE)
_BARE = re.compile(r"[^\d.!?:;]{1,40}$")
_DIALLED = re.compile(r"[^.!?]{0,60}?\+?[\d ()/-]{6,}$")  # "Medical unit: 8-777-110-2363"
_ANYWHERE = re.compile(
    r"\b(?:globally|worldwide|(?:across|around|all over|throughout) the (?:world|globe)|(?:many|most) countries|"
    r"happen(?:ed)? (?:anywhere|overseas))\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[[^\]]*\]\((?!tel:|mailto:)[^)]*\)")  # the name of another page
_ON_THE_SUBJECT = 0.5  # share of what is asked that a sentence holds
_MID_STORY = 0.05  # what it costs to lean on a sentence for which there is no room
_CONTINENT = re.compile(
    r"\b(?:in|across|throughout) (?:all )?(?:Europe|Africa|Asia|(?:Latin|South|Central|North) America|the Caribbean|"
    r"the Middle East|(?:several |many |most )?European (?:countries|cities))\b"
)
_OF_ANYWHERE = 0.05  # what it costs to speak of the world or a continent alone where one place is asked about
_BESIDE = 0.07  # what it costs to begin with a list item on something else
_LONG_WORD = re.compile(r"\w{2,}")
_LABEL_WORDS = 3  # beside links: "More information:"
_DASHES = ("–", "—", "-")  # "[Drone rules](…) – Civil Aviation Authority of Oman"
_SMALL_WORD = 3  # letters: "of", "the"


class Candidate(NamedTuple):
    """A span that may be quoted; `near` is what it is worth by its meaning alone, less what it `lost`."""

    reading: CloseReading
    span: Span
    cosine: float
    near: float
    lost: float  # for it only points elsewhere


class Worth(NamedTuple):
    """What a candidate is worth: `score`, higher is better, and the shares of the question that it holds."""

    score: float
    coverage: float
    rarest: float
    topic: float
    meant: float


class CloseReading:
    """One passage. What only some of its spans need is worked out when the first of those is asked about."""

    def __init__(
        self,
        hit: Hit,
        snapshot: Snapshot,
        vector: Vectors,
        coverage: Coverage,
        *,
        for_numbers: bool = False,
        for_vaccinations: bool = False,
    ) -> None:
        """`vector` is the question's, of length 1; a span's is the mean of its units', made with the index.

        `for_numbers`: whether a number to dial is what is looked for; `for_vaccinations`: whether those one needs are.
        """
        self.hit = hit
        self.text = snapshot.text(hit.document)
        units, self._vectors = snapshot.units(hit.row)
        self._units = introduced(self.text, units)
        self._vector = vector
        self._coverage = coverage
        self._for_numbers = for_numbers
        self._of_vaccinations = for_vaccinations
        self._shown: dict[tuple[int, int], str] = {}
        self._above: dict[tuple[Heading, ...], tuple[str, ...]] = {}

    def spans(self) -> list[Span]:
        """The spans that may be quoted."""
        found = spans(self.text, self._units, self.hit.document.markup)
        of_page = [OF_THE_PAGE.search(self.text, unit.start, unit.end) is not None for unit in self._units]
        return [span for span in found if not (any(of_page[span.first : span.last + 1]) or self._is_links(span))]

    def _is_links(self, span: Span) -> bool:
        """Whether it is the names of other pages and hardly a word beside, or only whose pages they are."""
        own, links = _LINK.subn(" ", self.text[span.start : span.end])
        says = own.rstrip().endswith((".", "!", "?"))  # "Use [licensed taxis](…)."
        words = _LONG_WORD.findall(own)
        whose = own.lstrip().startswith(_DASHES) and all(word[0].isupper() for word in words if len(word) > _SMALL_WORD)
        return links > 0 and not says and (whose or len(words) <= _LABEL_WORDS)

    def whole_block(self, span: Span, opens: re.Pattern[str]) -> Span:
        """All the short lines that a span stands among; a line that `opens` matches begins another block."""
        return whole_block(self.text, self._units, span, self.hit.document.markup, opens)

    def completed(self, core: Span, wide: Span) -> Span:
        """`wide`, which holds `core`, with what it must not be read without."""
        markup = self.hit.document.markup
        whole = completed(self.text, self._units, markup, core, wide)
        if whole.first and self._coverage.held(self._terms[whole.first - 1]).share >= _ON_THE_SUBJECT:
            return with_denial(self.text, self._units, markup, core, whole)
        return whole

    def shown(self, part: Unit | Span | Heading) -> str:
        """How a part of the document is shown."""
        at = part.start, part.end
        if at not in self._shown:
            self._shown[at] = plain_text(self.text, *at, self.hit.document.markup)
        return self._shown[at]

    def headings(self, span: Span) -> tuple[Heading, ...]:
        """The headings above a span; the line that introduces it stands in place of any other such line."""
        return headings_above(self.text, self._units, self.hit.passage.headings, span)

    def heading_words(self, span: Span) -> tuple[str, ...]:
        """The words of `headings`, without those that show none."""
        headings = self.headings(span)
        if headings not in self._above:
            self._above[headings] = self._words(headings)
        return self._above[headings]

    def may_hold_number(self, span: Span) -> bool:
        """Whether the span may hold a telephone number, or say that there is none: a quick look."""
        return any(self._may_hold_number[span.first : span.last + 1])

    def candidate(self, span: Span) -> Candidate:
        """A span with its similarity to the question. What we compiled never outranks the originals."""
        parts = slice(span.first, span.last + 1)
        length = sum(sum(row[parts]) for row in self._gram[parts]) ** 0.5  # of the units' vectors, added up
        cosine = sum(self._cosines[parts]) / max(length, 1e-9)
        near = cosine + 0.15 * self.hit.score - 0.05 * (self.hit.document.kind is Kind.COMPILED)
        near -= _OF_ANYWHERE * self._is_of_anywhere(span)
        near -= _MID_STORY * self._begins_in_mid_story(span)
        if self._of_vaccinations:
            near += worth_for_vaccinations(self.shown(span), self.heading_words(span))
        lost = _POINTS_ELSEWHERE * self._says_nothing_itself(span)
        return Candidate(self, span, cosine, near - lost, lost)

    def _is_of_anywhere(self, span: Span) -> bool:
        """Whether a page about a place speaks of the whole world, or of a continent and not of that place."""
        if not self.hit.document.about:
            return False
        if _ANYWHERE.search(self.text, span.start, span.end):
            return True
        if not _CONTINENT.search(self.text, span.start, span.end):
            return False
        names = [place_name(code) for code in self.hit.document.about]
        return not any(name in self.text[span.start : span.end] for name in names)

    def _begins_in_mid_story(self, span: Span) -> bool:
        """Whether it leans on a sentence that will not fit before it."""
        text, units, first = self.text, self._units, span.first
        leans = leans_back(text, units, first) or in_mid_story(text, units, first)
        if not leans or span.start != units[first].start:
            return False
        return not fits(text, units[first - 1].start, span.end, self.hit.document.markup, MAX_QUOTE)

    def _says_nothing_itself(self, span: Span) -> bool:
        """Whether it only tells where to read on, or is a number, or a bare line that is no list item."""
        if _USEFUL_LINKS.search("\n".join(self.heading_words(span)[-1:])):
            return True
        if not self._for_numbers and self._lists_pointers(span):
            return True
        units = self._units[span.first : span.last + 1]
        opens = len(units) > 2 and opens_something(self.text, units[0])  # "Before your trip:" above several
        parts = [self.shown(unit) for unit in units[opens:]]
        if all(_POINTER.match(words) for words in parts):
            return True
        if len(units) > 1:
            return False
        words = self.shown(span)
        bare = not self._units[span.first].is_item and _BARE.match(words) is not None
        return bare or (not self._for_numbers and _DIALLED.match(words) is not None)

    def _lists_pointers(self, span: Span) -> bool:
        """Whether it is a list, or of a list, of what can be read elsewhere: "FCDO has guidance on: …"."""
        opening = self._units[span.intro if span.is_introduced else span.first]
        opens = opens_something(self.text, opening) and (span.is_introduced or span.last > span.first)
        return opens and _OPENS_POINTERS.match(self.shown(opening)) is not None

    def worth(self, candidate: Candidate) -> Worth:
        """By meaning and by words: at least `near`, at most COVERED more."""
        span = candidate.span
        held = frozenset[str]().union(*self._terms[span.first : span.last + 1])
        context = self._subject.union(*self._terms[self._introduction(span)])
        whole = self._coverage.held(held | context)
        coverage = 0.7 * self._coverage.held(held).share + 0.3 * whole.share
        topic = self._coverage.held(context).share
        near = candidate.near - _BESIDE * self.begins_beside(span)
        return Worth(near + COVERED * coverage, coverage, whole.rarest, topic, whole.meant)

    def begins_beside(self, span: Span) -> bool:
        """Whether it begins with a list item that says nothing of what is asked, which another one does.

        Before that one it would seem to open the list.
        """
        if not self._units[span.first].is_item or span.last == span.first:
            return False
        first, *others = (self._coverage.held(held).share for held in self._terms[span.first : span.last + 1])
        return first == 0.0 < max(others)

    def _introduction(self, span: Span) -> slice:
        """The units that introduce a span and are not in it, most often none."""
        if not span.is_introduced:
            return slice(0)
        return slice(introduction(self.text, self._units, span.intro), span.intro + 1)

    def _words(self, headings: Sequence[Heading]) -> tuple[str, ...]:
        return tuple(words for h in headings if (words := self.shown(h).strip(" #:•|")))

    @cached_property
    def _cosines(self) -> list[float]:
        """Of each unit to the question."""
        found: list[float] = (self._vectors @ self._vector).tolist()
        return found

    @cached_property
    def _gram(self) -> list[list[float]]:
        """Of each unit to each: lists, for sums of a few are slow in numpy."""
        found: list[list[float]] = (self._vectors @ self._vectors.T).tolist()
        return found

    @cached_property
    def _terms(self) -> list[frozenset[str]]:
        """Of each unit."""
        return [self._coverage.terms(self.shown(unit)) for unit in self._units]

    @cached_property
    def _subject(self) -> frozenset[str]:
        """The terms of the nearest headings."""
        return self._coverage.terms("\n".join(self._words(self.hit.passage.headings)[-3:]))

    @cached_property
    def _may_hold_number(self) -> list[bool]:
        """Of each unit."""
        return [may_hold_number(self.text[unit.start : unit.end]) for unit in self._units]

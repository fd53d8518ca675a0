"""A question in, a cited Answer out: the steps of `Assistant.ask`, in order."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from assistant import messages
from assistant.emergency import is_emergency, services
from assistant.evidence import Evidence, Quote, distinct
from assistant.judgement import THRESHOLD, Judgement, judge
from assistant.numbers import phone_numbers
from assistant.question import Question, understand
from assistant.services import SERVICES
from assistant.wanted import Wanted
from index.documents import Kind
from index.embedding import load_embedder
from index.manifest import current_id, snapshot_as_of
from index.models import DEFAULT_MODEL
from index.places import place_name
from index.readers.archive_metadata import PUBLISHERS
from index.snapshot import GENERAL, Filters, Hit, Snapshot

_RETRIEVED = 100  # passages kept for the record
_MOST_QUOTES = 5
_HEARD = 0.06  # of a quote's score, for each better quote of the same publisher
_HOW_TO = re.compile(
    r"\b(?:what (?:should|do|can|must|to|if)|how (?:do|can|should|to)|(?:should|can) (?:i|we)|tips|advice)\b",
    re.IGNORECASE,
)


_FOLDERS = {"AU": "australia", "CA": "canada", "IE": "ireland", "GB": "unitedkingdom", "US": "unitedstates"}
_GOVERNMENTS = {code: PUBLISHERS[folder].name for code, folder in _FOLDERS.items()}


class Status(StrEnum):
    """What kind of answer it is."""

    ANSWERED = "answered"
    EMERGENCY = "emergency"
    WHICH_PLACE = "which_place"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes and what must be known about them. `notes` are fixed messages; `closest` does not answer."""

    question: Question
    status: Status
    reason: str | None
    quotes: tuple[Quote, ...]
    notes: tuple[str, ...]
    message: str
    hits: tuple[Hit, ...]
    searched: int  # documents
    judgement: Judgement | None
    snapshot: str
    seconds: float

    @property
    def abstained(self) -> bool:
        """Whether no answer is given."""
        refused = self.status in (Status.NO_SOURCE, Status.WHICH_PLACE)
        return refused or (self.status is Status.EMERGENCY and not self.quotes)

    @property
    def closest(self) -> tuple[Hit, ...]:
        """The nearest passages of a question that nothing answers."""
        return self.hits[:3] if self.status is Status.NO_SOURCE and self.reason == "fact_not_covered" else ()


class Assistant:
    """Answers questions from a snapshot; unless pinned to it, from whichever is live when a question comes.

    Safe to share between threads: a question keeps the snapshot that it began with.
    """

    def __init__(self, snapshot: Snapshot, *, pinned: bool = True) -> None:
        self.snapshot = snapshot
        self._pinned = pinned

    @classmethod
    def open(cls, index: Path, model: str = DEFAULT_MODEL, *, as_of: date | None = None) -> Assistant:
        """On the live snapshot of an index, or on what was known on a day. Raises SafeciteError."""
        name = snapshot_as_of(index, as_of) if as_of else None
        return cls(Snapshot.open(index, load_embedder(model), name), pinned=as_of is not None)

    def live(self) -> Snapshot:
        """The snapshot to answer from now: the newest one, where a build has made it live since."""
        if not self._pinned and current_id(self.snapshot.index) not in (None, self.snapshot.name):
            self.snapshot = Snapshot.open(self.snapshot.index, self.snapshot.embedder)
        return self.snapshot

    def ask(
        self,
        words: str,
        *,
        history: Sequence[str] = (),
        today: date | None = None,
        passport: str | None = None,
        place: str | None = None,
    ) -> Answer:
        """Answer a question. `history` are the user's earlier ones, oldest first; `place` is a code set beforehand."""
        started = time.perf_counter()
        snapshot = self.live()
        question = understand(
            words,
            today=today or date.today(),
            history=history,
            passport=passport,
            place=place,
            covered=snapshot.places,
        )
        steps = _Steps(snapshot, question)
        emergency = is_emergency((*history, words))
        answer = steps.emergency() if emergency else steps.no_such_place() or steps.search()
        return replace(answer, seconds=time.perf_counter() - started)


class _Steps:
    """The steps to one question's answer, on one snapshot."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        self.snapshot = snapshot
        self.question = question

    def search(self) -> Answer:
        """Search where the place allows; general guides for "what should I do"; ask back where only a place lacks."""
        question = self.question
        places = question.places
        first = self._try(question, Filters(places=places) if places else self._without_place())
        if first.status is Status.ANSWERED or not places:
            if first.abstained and self._place_would_decide(question):
                return replace(first, status=Status.WHICH_PLACE, reason=None, message=messages.WHICH_PLACE, quotes=())
            return first
        if question.wanted is Wanted.TEXT and _HOW_TO.search(question.standalone):
            general = self._try(question, Filters(places=(GENERAL,)))
            if general.status is Status.ANSWERED:
                note = messages.GENERAL_ADVICE.format(place=question.where)
                return replace(general, notes=(note, *general.notes), hits=first.hits)
        return first

    def _without_place(self) -> Filters:
        """Where no place is named: the one place that the index is about, else general guides."""
        return Filters() if len(self.snapshot.places) <= 1 else Filters(places=(GENERAL,))

    def _place_would_decide(self, question: Question) -> bool:
        """Whether the question is only short of a place: no place named, and some place's pages answer it."""
        if len(self.snapshot.places) <= 1 or question.places:
            return False
        return self._try(question, Filters()).status is Status.ANSWERED

    def _try(self, question: Question, filters: Filters) -> Answer:
        """Search, choose, judge: once, within the filters."""
        government = _GOVERNMENTS.get(question.publisher or "")
        if government in self.snapshot.publishers:
            filters = replace(filters, publishers=(government,))
        hits = self.snapshot.search(question.search_words, _RETRIEVED, filters)
        if question.wanted is Wanted.LEVEL:
            return self._levels(question, filters, hits)
        quotes = Evidence(question, hits, self.snapshot).quotes
        best = judge(quotes[0]) if quotes else None
        searched = self.snapshot.count_documents(filters)
        if best is None or best.probability < THRESHOLD:
            return self._no_source(question, "fact_not_covered", hits, searched, best)
        chosen = _arrange(question, quotes)
        return Answer(
            question,
            Status.ANSWERED,
            None,
            chosen,
            self._notes(question, chosen),
            "",
            tuple(hits),
            searched,
            best,
            self.snapshot.name,
            0.0,
        )

    def _levels(self, question: Question, filters: Filters, hits: list[Hit]) -> Answer:
        """Each government's level in its own words; where no page carries one, what is said of the subject."""
        carrying = self.snapshot.hits(self.snapshot.rows_with_level(filters)) if filters.places != (GENERAL,) else []
        quotes = Evidence(question, carrying, self.snapshot).levels
        if not quotes:
            return self._try(replace(question, wanted=Wanted.TEXT), filters)
        chosen = tuple(_one_each(_newest_first(quotes), lambda q: q.document.publisher))
        searched = self.snapshot.count_documents(filters)
        notes = self._notes(question, chosen)
        name = self.snapshot.name
        return Answer(question, Status.ANSWERED, None, chosen, notes, "", tuple(hits), searched, None, name, 0.0)

    def emergency(self) -> Answer:
        """The local emergency number, or the question where the user is. No triage, no reassurance."""
        question = self.question
        if not question.places and len(self.snapshot.places) == 1:
            question = replace(question, places=tuple(self.snapshot.places))
        wanted = services((*question.history, question.words))
        asked = replace(
            question,
            wanted=Wanted.PHONE,
            services=tuple(s for key in wanted for s in SERVICES if s.key == key),
            search_words=f"emergency telephone number {' '.join(wanted) or 'police ambulance fire'}",
        )
        covered = [p for p in question.places if p in self.snapshot.places]
        hits: list[Hit] = []
        quotes: tuple[Quote, ...] = ()
        if covered:
            filters = Filters(places=tuple(covered))
            hits = self.snapshot.search(asked.search_words, _RETRIEVED, filters)
            found = [q for q in Evidence(asked, hits, self.snapshot).quotes if q.holds_kind]
            quotes = _arrange(asked, found)
        if quotes:
            message = messages.EMERGENCY
        elif question.places:
            message = messages.EMERGENCY_NO_NUMBER.format(place=question.where)
        else:
            message = messages.EMERGENCY_WHERE
        searched = self.snapshot.count_documents(Filters(places=question.places)) if covered else 0
        return Answer(
            asked,
            Status.EMERGENCY,
            None,
            quotes,
            self._notes(asked, quotes),
            message,
            tuple(hits),
            searched,
            None,
            self.snapshot.name,
            0.0,
        )

    def no_such_place(self) -> Answer | None:
        """A refusal where the place is unknown, or no document is about it; None where neither holds."""
        question = self.question
        name = question.unknown_place
        if name is not None and not self.snapshot.knows_words(name):
            return self._no_source(question, "unknown_place", [], 0, None)
        if question.places and not set(question.places) & self.snapshot.places:
            return self._no_source(question, "place_not_covered", [], len(self.snapshot.manifest.documents), None)
        return None

    def _no_source(
        self, question: Question, reason: str, hits: Sequence[Hit], searched: int, best: Judgement | None
    ) -> Answer:
        message = messages.NO_SOURCE[reason].format(
            place=question.unknown_place or question.where,
            documents=searched,
            where=f" for {question.where}" if question.where else "",
        )
        return Answer(
            question, Status.NO_SOURCE, reason, (), (), message, tuple(hits), searched, best, self.snapshot.name, 0.0
        )

    def _notes(self, question: Question, quotes: Sequence[Quote]) -> tuple[str, ...]:
        notes = []
        finer = [name for name in question.finer_places if not any(_names(q, name) for q in quotes)]
        if quotes and finer and question.places:
            notes.append(messages.WIDER_PLACE.format(place=finer[0], country=place_name(question.places[0])))
        if question.wanted is Wanted.PHONE and _differ(question, quotes):
            notes.append(messages.DISAGREE)
        return tuple(notes)


def _names(quote: Quote, place: str) -> bool:
    return any(
        place.casefold() in words.casefold() for words in (quote.shown, quote.document.title, *quote.heading_words)
    )


def _arrange(question: Question, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes to show: the best ones that hold what was asked; values of one fact newest first, ours last."""
    holding = [q for q in quotes if q.holds_kind] or list(quotes)
    if question.wanted is Wanted.PHONE:
        floor = holding[0].score - 0.45
        near = distinct([q for q in holding if q.score >= floor], 40)
        return tuple(_newest_first(_one_each(near, lambda q: q.document.key)[:_MOST_QUOTES]))
    floor = holding[0].score - 0.2
    return tuple(_varied(distinct([q for q in holding if q.score >= floor], 4 * _MOST_QUOTES)))[:_MOST_QUOTES]


def _varied(quotes: Sequence[Quote]) -> list[Quote]:
    """Best first, but each further quote of one publisher comes a little later: others are heard as well."""
    heard: Counter[str] = Counter()
    scores = []
    for quote in quotes:
        scores.append(quote.score - _HEARD * heard[quote.document.publisher])
        heard[quote.document.publisher] += 1
    return [quotes[i] for i in sorted(range(len(quotes)), key=lambda i: -scores[i])]


def _newest_first(quotes: Sequence[Quote]) -> list[Quote]:
    """By falling date, undated last; what we compiled comes after the originals."""
    days = {id(q): q.document.date.last().toordinal() if q.document.date else 0 for q in quotes}
    return sorted(quotes, key=lambda q: (q.document.kind is Kind.COMPILED, -days[id(q)]))


def _one_each(quotes: Sequence[Quote], key: Callable[[Quote], Hashable]) -> list[Quote]:
    """The first quote of each document, or publisher, in the order given."""
    first: dict[Hashable, Quote] = {}
    for quote in quotes:
        first.setdefault(key(quote), quote)
    return list(first.values())


def _differ(question: Question, quotes: Sequence[Quote]) -> bool:
    """Whether the sources give different numbers."""
    region = question.places[0] if question.places else None
    numbers = [{n.digits for n in phone_numbers(q.shown, region)} for q in quotes]
    return any(not first & second for first in numbers for second in numbers if first and second)

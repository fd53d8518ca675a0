"""What came of a question, or did not: its status, its quotes, and what must be known about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from assistant import messages
from assistant.choosing.judgement import Judgement
from assistant.choosing.quotes import Quote
from assistant.notes import notes
from assistant.understanding.language import cried_in, language
from assistant.understanding.question import Question
from index.filters import Filters
from index.places import place_name
from index.snapshot import Hit, Snapshot

_SURE_OF = frozenset(("place_not_covered", "only_outdated"))  # said only of a question that was read well


class Status(StrEnum):
    """What kind of answer it is."""

    ANSWERED = "answered"
    EMERGENCY = "emergency"
    WHICH_PLACE = "which_place"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes and what must be known about them; `closest` does not answer.

    `notes` and `staleness` are fixed messages: what is read before the quotes, and how current their sources are.
    """

    question: Question
    status: Status
    snapshot: str
    reason: str | None = None
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()
    message: str = ""
    hits: tuple[Hit, ...] = ()
    searched: int = 0  # documents
    judgement: Judgement | None = None
    staleness: tuple[str, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()  # the states of the sources quoted, JSON-ready
    seconds: float = 0.0

    @property
    def abstained(self) -> bool:
        """Whether no answer is given."""
        refused = self.status in (Status.NO_SOURCE, Status.WHICH_PLACE)
        return refused or (self.status is Status.EMERGENCY and not self.quotes)

    @property
    def probability(self) -> float:
        """How probably its quotes answer; 0 where nothing was judged."""
        return self.judgement.probability if self.judgement else 0.0

    @property
    def closest(self) -> tuple[Hit, ...]:
        """The nearest passages of a question that nothing answers."""
        if self.reason != "fact_not_covered":
            return ()
        pages = {hit.document.key: hit for hit in reversed(self.hits[:10])}
        return tuple(sorted(pages.values(), key=lambda hit: hit.rank)[:3])


def make_answer(
    snapshot: Snapshot,
    status: Status,
    question: Question,
    filters: Filters | None = None,
    hits: Sequence[Hit] = (),
    *,
    quotes: tuple[Quote, ...] = (),
    **rest: Any,
) -> Answer:
    """An answer from a snapshot. `filters` are those of the search; None where nothing was searched by itself."""
    said = notes(question, quotes)
    searched = _searched(snapshot, filters)
    return Answer(
        question, status, snapshot.name, quotes=quotes, notes=said, hits=tuple(hits), searched=searched, **rest
    )


def no_source(
    snapshot: Snapshot,
    reason: str,
    question: Question,
    filters: Filters | None = None,
    hits: Sequence[Hit] = (),
    judgement: Judgement | None = None,
) -> Answer:
    """A refusal, which says why, and for where."""
    message = refusal(reason, question.words).format(
        place=question.unknown_place or question.where,
        documents=messages.documents(_searched(snapshot, filters)),
        where=f" for {question.where}" if question.where else "",
    )
    return make_answer(
        snapshot, Status.NO_SOURCE, question, filters, hits, reason=reason, message=message, judgement=judgement
    )


def which_place(snapshot: Snapshot, question: Question, hits: Sequence[Hit] = ()) -> Answer:
    """The question which place is meant: one of the question's options where it has any."""
    names = " or ".join(place_name(code) for code in question.options)
    message = messages.WHICH_OF.format(places=names) if names else messages.WHICH_PLACE
    return make_answer(snapshot, Status.WHICH_PLACE, question, None, hits, message=message)


def in_turn(answers: Sequence[Answer]) -> list[Quote]:
    """The quotes of several answers: the first of each, then the second of each, and so on."""
    return [quote for row in zip_longest(*(one.quotes for one in answers)) for quote in row if quote is not None]


def refusal(reason: str, words: str) -> str:
    """What is said where nothing answers; that the sources are in English where the question is in another language."""
    other = None if reason in _SURE_OF else language(words)
    return messages.NOT_ENGLISH[other] if other else messages.NO_SOURCE[reason]


def which_country(turns: Sequence[str]) -> str:
    """The question where somebody in danger is, in the language of the turns, latest first, and in English."""
    for turn in reversed(turns):
        if (other := cried_in(turn)) in messages.WHICH_COUNTRY:
            return f"{messages.WHICH_COUNTRY[other]} {messages.EMERGENCY_WHERE}"
    return messages.EMERGENCY_WHERE


def _searched(snapshot: Snapshot, filters: Filters | None) -> int:
    """How many documents were searched; all of them where no filter held any back."""
    return len(snapshot.manifest.documents) if filters is None else snapshot.count_documents(filters)

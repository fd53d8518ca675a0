"""What came of a question: its status, its quotes, and what must be known about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.choosing.judgement import Judgement
from assistant.choosing.quotes import Quote
from assistant.understanding.question import Question
from index.snapshot import Hit


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
    def closest(self) -> tuple[Hit, ...]:
        """The nearest passages of a question that nothing answers."""
        if self.reason != "fact_not_covered":
            return ()
        pages = {hit.document.key: hit for hit in reversed(self.hits[:10])}
        return tuple(sorted(pages.values(), key=lambda hit: hit.rank)[:3])

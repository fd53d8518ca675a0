"""What one visitor asked and was told; nothing of it is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from assistant import messages
from assistant.answers import which_country
from assistant.chat import words
from assistant.chat.engine import Engine
from assistant.chat.options import Option, follow_ups, options
from assistant.chat.panel import evidence
from assistant.chat.reply import notice, reply
from assistant.chat.steps import steps
from assistant.feedback import Feedback
from assistant.outcome import Answer, Status
from assistant.understanding.emergency import is_emergency
from assistant.understanding.emergency_sheet import emergency_sheet, sheet_codes
from assistant.understanding.question import Question, understand
from index.errors import SafeciteError

_HISTORY = 12  # earlier questions that a new one is read with
_KEPT = 30  # turns of a conversation that stay on the page: memory is bounded however long it is left open


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply and its evidence, both HTML. `waiting`: to be answered once the engine is ready.

    `number` counts the questions of the conversation from 1. `options` are the questions that are offered next: which
    of several countries is meant, or what is likely to follow.
    """

    number: int
    question: str
    reply: str
    evidence: str = ""
    waiting: bool = False
    options: tuple[Option, ...] = ()


class Conversation:
    """The turns of one page, oldest first. Its events may come at the same time: each waits for the one before it."""

    def __init__(self) -> None:
        self.turns: tuple[Turn, ...] = ()
        self._lock = Lock()

    def __deepcopy__(self, _: object) -> Conversation:
        """A conversation of its own: gradio gives each page a copy of the first one, which stays empty."""
        return Conversation()

    def add(self, engine: Engine, question: str) -> None:
        """Add a question that waits for its answer. How it is understood is known, and shown, at once."""
        with self._lock:
            self.turns = (*self.turns, _begun(engine, self.turns, question))[-_KEPT:]

    def answer(self, engine: Engine, feedback: Feedback | None = None) -> None:
        """Answer the questions that wait, in their order; without an index yet, they go on waiting."""
        with self._lock:
            self.turns = tuple(
                _answered(engine, self.turns[:at], turn, feedback) if turn.waiting else turn
                for at, turn in enumerate(self.turns)
            )

    def break_off(self) -> None:
        """Tell those who wait that the search broke off; only somebody in danger is told more."""
        with self._lock:
            self.turns = tuple(
                _unsearched(self.turns[:at], turn, words.BROKE_OFF) if turn.waiting else turn
                for at, turn in enumerate(self.turns)
            )

    def clear(self) -> None:
        """Begin anew."""
        with self._lock:
            self.turns = ()


def _begun(engine: Engine, turns: Sequence[Turn], question: str) -> Turn:
    """A question while it is being answered."""
    held = engine.assistant.snapshot if engine.assistant else None
    covered, known = (held.places, held.files.words) if held else (sheet_codes(), None)
    read = understand(question, today=date.today(), history=_asked(turns), covered=covered, vocabulary=known)
    number = turns[-1].number + 1 if turns else 1
    return Turn(number, question, notice("", number, waiting=True, before=steps(read)), waiting=True)


def _answered(engine: Engine, turns: Sequence[Turn], turn: Turn, feedback: Feedback | None) -> Turn:
    if engine.assistant is None:
        if engine.progress.settled:
            return _unsearched(turns, turn, words.CANNOT_ANSWER)
        return _put_off(turns, turn)
    try:
        answer = engine.assistant.ask(turn.question, history=_asked(turns))
        snapshot = engine.snapshot(answer.snapshot)
        cards = evidence(answer, turn.number, snapshot) if snapshot else ""
    except SafeciteError as error:
        return _unsearched(turns, turn, str(error))
    id = feedback.offer(answer) if feedback else ""
    told = reply(answer, turn.number, id)
    return Turn(turn.number, turn.question, told, cards, options=_options(turn.question, answer))


def _options(question: str, answer: Answer) -> tuple[Option, ...]:
    asks_where = answer.status is Status.WHICH_PLACE or (answer.status is Status.EMERGENCY and not answer.quotes)
    return options(question, answer.question.options) if asks_where else follow_ups(answer)


def _unsearched(turns: Sequence[Turn], turn: Turn, text: str) -> Turn:
    """A reply without an answer; to somebody in danger it says first what can be said without documents."""
    urgent = _urgent(_understood(turns, turn.question))
    return Turn(turn.number, turn.question, notice(text, turn.number, emergency=urgent))


def _put_off(turns: Sequence[Turn], turn: Turn) -> Turn:
    """A question asked before there is an index; somebody in danger gets the country's numbers meanwhile."""
    number, question = turn.number, turn.question
    read = _understood(turns, question)
    urgent = _urgent(read)
    if not urgent:
        return Turn(number, question, notice(words.WAIT, number, waiting=True), waiting=True)
    sheet = emergency_sheet(read.places[0]) if len(read.places) == 1 else None
    later = words.WAIT_EMERGENCY_MORE if sheet else words.WAIT_EMERGENCY
    said = notice(later, number, emergency=urgent, waiting=True, sheet=sheet)
    return Turn(number, question, said, waiting=True, options=options(question, read.options))


def _understood(turns: Sequence[Turn], question: str) -> Question:
    """A question as it is understood without an index: places are those of which a fact sheet ships."""
    return understand(question, today=date.today(), history=_asked(turns), covered=sheet_codes())


def _urgent(question: Question) -> str:
    """What is said to somebody in danger before any document can be quoted; "" where nobody is."""
    turns = (*question.history, question.words)
    if not is_emergency(turns):
        return ""
    return messages.EMERGENCY if question.places else which_country(turns)


def _asked(turns: Sequence[Turn]) -> list[str]:
    """What was asked before, oldest first."""
    return [turn.question for turn in turns[-_HISTORY:]]

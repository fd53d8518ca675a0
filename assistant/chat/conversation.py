"""What one visitor asked and was told; nothing of it is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

from assistant import messages
from assistant.chat import words
from assistant.chat.engine import Engine
from assistant.chat.options import Option, follow_ups, options
from assistant.chat.panel import evidence
from assistant.chat.reply import notice, reply
from assistant.chat.steps import steps
from assistant.feedback import Feedback
from assistant.outcome import Answer, Status, which_country
from assistant.understanding.emergency import is_emergency
from assistant.understanding.emergency_sheet import emergency_sheet, sheet_codes
from assistant.understanding.question import Question, understand
from index.errors import SafeciteError

_HISTORY = 12  # earlier questions that a new one is read with
_KEPT = 30  # turns of a conversation that stay on the page: memory is bounded however long it is left open


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply and its evidence, both HTML. `waiting`: its answer is still to come.

    `number` counts the questions of the conversation from 1. `options` are the questions that are offered next: which
    of several countries is meant, or what is likely to follow. `urgent` is what is said first to somebody in danger.
    """

    number: int
    question: str
    reply: str
    evidence: str = ""
    waiting: bool = False
    options: tuple[Option, ...] = ()
    urgent: str = ""


class Conversation:
    """The turns of one page, oldest first. Its events may come at the same time.

    One answer is made after the other, so that each question keeps its place. Nothing else waits for an answer: a
    question that is put meanwhile stands there at once, and a conversation that is begun anew is empty at once.
    """

    def __init__(self) -> None:
        self.turns: tuple[Turn, ...] = ()
        self._changing = Lock()  # held while the turns change, never while an answer is made
        self._answering = Lock()  # held while an answer is made

    def __deepcopy__(self, _: object) -> Conversation:
        """A conversation of its own: gradio gives each page a copy of the first one, which stays empty."""
        return Conversation()

    def add(self, engine: Engine, question: str) -> None:
        """Add a question that waits for its answer. How it is understood is known, and shown, at once."""
        with self._changing:
            before = self.turns
            number = before[-1].number + 1 if before else 1
            turn = Turn(number, question, notice("", number, waiting=True), waiting=True)
            self.turns = (*before, turn)[-_KEPT:]  # it is told there, should reading it go wrong
            self.turns = (*self.turns[:-1], _begun(engine, before, turn))

    def answer(self, engine: Engine, feedback: Feedback | None = None) -> None:
        """Answer the questions that wait, in their order; without an index yet, they go on waiting."""
        with self._answering:
            with self._changing:  # not between a question and how it is understood
                turns = self.turns
            for at, turn in enumerate(turns):
                if turn.waiting:
                    self._put(turn, _answered(engine, turns[:at], turn, feedback))

    def break_off(self) -> None:
        """Tell those who wait, and whose answer is not on its way, that the search broke off."""
        with self._answering:
            for turn in self.turns:
                if turn.waiting:
                    self._put(turn, _unanswered(turn, words.BROKE_OFF))

    def clear(self) -> None:
        """Begin anew. An answer that is on its way comes to nothing."""
        with self._changing:
            self.turns = ()

    def _put(self, turn: Turn, done: Turn) -> None:
        """Put a turn in the place of another; nowhere where that is gone, though its number may stand there anew."""
        with self._changing:
            self.turns = tuple(done if one is turn else one for one in self.turns)


def _begun(engine: Engine, turns: Sequence[Turn], turn: Turn) -> Turn:
    """A question while it is being answered."""
    held = engine.assistant.snapshot if engine.assistant else None
    covered, known = (held.places, held.files.words) if held else (sheet_codes(), None)
    read = understand(turn.question, today=date.today(), history=_asked(turns), covered=covered, vocabulary=known)
    shown = notice("", turn.number, waiting=True, before=steps(read))
    return replace(turn, reply=shown, urgent=_urgent(read))


def _answered(engine: Engine, turns: Sequence[Turn], turn: Turn, feedback: Feedback | None) -> Turn:
    if engine.assistant is None:
        return _unanswered(turn, words.CANNOT_ANSWER) if engine.progress.settled else _put_off(turns, turn)
    try:
        answer = engine.assistant.ask(turn.question, history=_asked(turns))
        snapshot = engine.snapshot(answer.snapshot)
        cards = evidence(answer, turn.number, snapshot) if snapshot else ""
    except SafeciteError as error:
        return _unanswered(turn, str(error))
    id = feedback.offer(answer) if feedback else ""
    told = reply(answer, turn.number, id)
    return Turn(turn.number, turn.question, told, cards, options=_options(turn.question, answer))


def _options(question: str, answer: Answer) -> tuple[Option, ...]:
    asks_where = answer.status is Status.WHICH_PLACE or (answer.status is Status.EMERGENCY and not answer.quotes)
    return options(question, answer.question.options) if asks_where else follow_ups(answer)


def _unanswered(turn: Turn, text: str) -> Turn:
    """A reply without an answer; to somebody in danger it says first what can be said without documents."""
    return Turn(turn.number, turn.question, notice(text, turn.number, emergency=turn.urgent))


def _put_off(turns: Sequence[Turn], turn: Turn) -> Turn:
    """A question asked before there is an index; somebody in danger gets the country's numbers meanwhile."""
    number, question = turn.number, turn.question
    if not turn.urgent:
        return replace(turn, reply=notice(words.WAIT, number, waiting=True))
    read = understand(question, today=date.today(), history=_asked(turns), covered=sheet_codes())
    sheet = emergency_sheet(read.places[0]) if len(read.places) == 1 else None
    later = words.WAIT_EMERGENCY_MORE if sheet else words.WAIT_EMERGENCY
    said = notice(later, number, emergency=turn.urgent, waiting=True, sheet=sheet)
    return replace(turn, reply=said, options=options(question, read.options))


def _urgent(question: Question) -> str:
    """What is said to somebody in danger before any document can be quoted; "" where nobody is."""
    turns = (*question.history, question.words)
    if not is_emergency(turns):
        return ""
    return messages.EMERGENCY if question.places else which_country(turns)


def _asked(turns: Sequence[Turn]) -> list[str]:
    """What was asked before, oldest first."""
    return [turn.question for turn in turns[-_HISTORY:]]

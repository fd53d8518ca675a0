"""What one visitor asked and was told. Steps from one tuple of turns to the next; nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant import messages
from assistant.chat import words
from assistant.chat.engine import Engine
from assistant.chat.options import Option, follow_ups, options
from assistant.chat.panel import evidence
from assistant.chat.reply import notice, reply
from assistant.chat.steps import steps
from assistant.emergency import is_emergency
from assistant.emergency_sheet import emergency_sheet, sheet_codes
from assistant.feedback import Feedback
from assistant.outcome import Answer, Status
from assistant.question import Question, understand
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


def ask(engine: Engine, turns: Sequence[Turn], question: str, feedback: Feedback | None = None) -> tuple[Turn, ...]:
    """The conversation with one more question answered, or put off until the index is there."""
    return (*turns, _turn(engine, turns, question, feedback))[-_KEPT:]


def begun(engine: Engine, turns: Sequence[Turn], question: str) -> tuple[Turn, Turn]:
    """The question while it is being answered, and what stays of it should the search break off.

    How it was understood is known at once. Of a search that broke off only somebody in danger is told more.
    """
    held = engine.assistant.snapshot if engine.assistant else None
    covered, known = (held.places, held.files.words) if held else (sheet_codes(), None)
    read = understand(question, today=date.today(), history=_asked(turns), covered=covered, vocabulary=known)
    number = _next(turns)
    waiting = Turn(number, question, notice("", number, waiting=True, before=steps(read)), waiting=True)
    return waiting, Turn(number, question, notice(words.BROKE_OFF, number, emergency=_urgent(read)))


def catch_up(engine: Engine, turns: Sequence[Turn], feedback: Feedback | None = None) -> tuple[Turn, ...]:
    """The conversation with the questions that had to wait answered, as far as that is possible now."""
    return tuple(_turn(engine, turns[:at], t.question, feedback) if t.waiting else t for at, t in enumerate(turns))


def _turn(engine: Engine, turns: Sequence[Turn], question: str, feedback: Feedback | None) -> Turn:
    if engine.assistant is None:
        if engine.progress.settled:
            return _unsearched(turns, question, words.CANNOT_ANSWER)
        return _put_off(turns, question)
    number = _next(turns)
    try:
        answer = engine.assistant.ask(question, history=_asked(turns))
        snapshot = engine.snapshot(answer.snapshot)
        cards = evidence(answer, number, snapshot) if snapshot else ""
    except SafeciteError as error:
        return _unsearched(turns, question, str(error))
    id = feedback.offer(answer) if feedback else ""
    return Turn(number, question, reply(answer, number, id), cards, options=_options(question, answer))


def _options(question: str, answer: Answer) -> tuple[Option, ...]:
    asks_where = answer.status is Status.WHICH_PLACE or (answer.status is Status.EMERGENCY and not answer.quotes)
    return options(question, answer.question.options) if asks_where else follow_ups(answer)


def _unsearched(turns: Sequence[Turn], question: str, text: str) -> Turn:
    """A reply without an answer; to somebody in danger it says first what can be said without documents."""
    number = _next(turns)
    return Turn(number, question, notice(text, number, emergency=_urgent(_understood(turns, question))))


def _put_off(turns: Sequence[Turn], question: str) -> Turn:
    """A question asked before there is an index; somebody in danger gets the country's numbers meanwhile."""
    number = _next(turns)
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
    if not is_emergency((*question.history, question.words)):
        return ""
    return messages.EMERGENCY if question.places else messages.EMERGENCY_WHERE


def _asked(turns: Sequence[Turn]) -> list[str]:
    """What was asked before, oldest first."""
    return [turn.question for turn in turns[-_HISTORY:]]


def _next(turns: Sequence[Turn]) -> int:
    return turns[-1].number + 1 if turns else 1

"""What one visitor asked and was told. Steps from one tuple of turns to the next; nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant import messages
from assistant.chat import words
from assistant.chat.engine import Engine
from assistant.chat.options import Option, options
from assistant.chat.panel import evidence
from assistant.chat.reply import notice, reply
from assistant.emergency import is_emergency
from assistant.emergency_sheet import emergency_sheet, sheet_codes
from assistant.outcome import Status
from assistant.question import Question, understand
from index.errors import SafeciteError

_HISTORY = 12  # earlier questions that a new one is read with


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply and its evidence, both HTML. `waiting`: to be answered once the engine is ready.

    `options` are what to ask instead, where the question leaves open which of several countries is meant.
    """

    question: str
    reply: str
    evidence: str = ""
    waiting: bool = False
    options: tuple[Option, ...] = ()


def ask(engine: Engine, turns: Sequence[Turn], question: str) -> tuple[Turn, ...]:
    """The conversation with one more question answered, or put off until the index is there."""
    return (*turns, _turn(engine, [t.question for t in turns], question))


def unanswered(turns: Sequence[Turn], question: str) -> tuple[Turn, ...]:
    """The conversation with one more question whose search broke off: only somebody in danger is told more."""
    return (*turns, _unsearched([t.question for t in turns], question, words.BROKE_OFF))


def catch_up(engine: Engine, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The conversation with the questions that had to wait answered, as far as that is possible now."""
    asked = [t.question for t in turns]
    return tuple(_turn(engine, asked[:at], t.question) if t.waiting else t for at, t in enumerate(turns))


def _turn(engine: Engine, history: Sequence[str], question: str) -> Turn:
    if engine.assistant is None:
        if engine.progress.settled:
            return _unsearched(history, question, words.CANNOT_ANSWER)
        return _put_off(history, question)
    number = len(history) + 1
    try:
        answer = engine.assistant.ask(question, history=history[-_HISTORY:])
        cards = evidence(answer, number, engine.assistant.snapshot)
    except SafeciteError as error:
        return _unsearched(history, question, str(error))
    asks_where = answer.status is Status.WHICH_PLACE or (answer.status is Status.EMERGENCY and not answer.quotes)
    choice = options(question, answer.question.options) if asks_where else ()
    return Turn(question, reply(answer, number), cards, options=choice)


def _unsearched(history: Sequence[str], question: str, text: str) -> Turn:
    """A reply without an answer; to somebody in danger it says first what can be said without documents."""
    return Turn(question, notice(text, len(history) + 1, emergency=_urgent(_understood(history, question))))


def _put_off(history: Sequence[str], question: str) -> Turn:
    """A question asked before there is an index; somebody in danger gets the country's numbers meanwhile."""
    number = len(history) + 1
    read = _understood(history, question)
    urgent = _urgent(read)
    if not urgent:
        return Turn(question, notice(words.WAIT, number, waiting=True), waiting=True)
    sheet = emergency_sheet(read.places[0]) if len(read.places) == 1 else None
    later = words.WAIT_EMERGENCY_MORE if sheet else words.WAIT_EMERGENCY
    said = notice(later, number, emergency=urgent, waiting=True, sheet=sheet)
    return Turn(question, said, waiting=True, options=options(question, read.options))


def _understood(history: Sequence[str], question: str) -> Question:
    """A question as it is understood without an index: places are those of which a fact sheet ships."""
    return understand(question, today=date.today(), history=history[-_HISTORY:], covered=sheet_codes())


def _urgent(question: Question) -> str:
    """What is said to somebody in danger before any document can be quoted; "" where nobody is."""
    if not is_emergency((*question.history, question.words)):
        return ""
    return messages.EMERGENCY if question.places else messages.EMERGENCY_WHERE

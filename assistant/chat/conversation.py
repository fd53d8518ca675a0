"""What one visitor asked and was told. Steps from one tuple of turns to the next; nothing is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.chat import words
from assistant.chat.engine import Engine
from assistant.chat.panel import evidence
from assistant.chat.reply import notice, reply
from assistant.emergency import is_emergency
from assistant.emergency_sheet import Sheet, emergency_sheet
from index.errors import SafeciteError
from index.places import find_places

_HISTORY = 12  # earlier questions that a new one is read with


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply and its evidence, both HTML. `waiting`: to be answered once the engine is ready."""

    question: str
    reply: str
    evidence: str = ""
    waiting: bool = False


def ask(engine: Engine, turns: Sequence[Turn], question: str) -> tuple[Turn, ...]:
    """The conversation with one more question answered, or put off until the index is there."""
    return (*turns, _turn(engine, [t.question for t in turns], question))


def unanswered(turns: Sequence[Turn], question: str) -> tuple[Turn, ...]:
    """The conversation with one more question whose search broke off: only somebody in danger is told more."""
    asked = [t.question for t in turns]
    urgent = _urgent((*asked[-_HISTORY:], question))
    return (*turns, Turn(question, notice(words.BROKE_OFF, len(turns) + 1, emergency=urgent)))


def catch_up(engine: Engine, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The conversation with the questions that had to wait answered, as far as that is possible now."""
    asked = [t.question for t in turns]
    return tuple(_turn(engine, asked[:at], t.question) if t.waiting else t for at, t in enumerate(turns))


def _turn(engine: Engine, history: Sequence[str], question: str) -> Turn:
    number = len(history) + 1
    earlier = history[-_HISTORY:]
    if engine.assistant is None:
        urgent = _urgent((*earlier, question))
        if engine.progress.settled:
            return Turn(question, notice(words.CANNOT_ANSWER, number, emergency=urgent))
        if urgent:
            sheet = _sheet((*earlier, question))
            later = words.WAIT_EMERGENCY_MORE if sheet else words.WAIT_EMERGENCY
            return Turn(question, notice(later, number, emergency=urgent, waiting=True, sheet=sheet), waiting=True)
        return Turn(question, notice(words.WAIT, number, waiting=True), waiting=True)
    try:
        answer = engine.assistant.ask(question, history=earlier)
        cards = evidence(answer, number, engine.assistant.snapshot)
    except SafeciteError as error:
        return Turn(question, notice(str(error), number, emergency=_urgent((*earlier, question))))
    return Turn(question, reply(answer, number), cards)


def _sheet(questions: Sequence[str]) -> Sheet | None:
    """The emergency numbers of the country named last; the cities of several countries are left to the search."""
    mentions = [m for question in reversed(questions) for m in find_places(question)]
    return emergency_sheet(mentions[0].codes[0]) if mentions else None


def _urgent(questions: Sequence[str]) -> str:
    """What is said to somebody in danger before any document can be quoted; "" where nobody is."""
    if not is_emergency(questions):
        return ""
    named = any(find_places(question) for question in questions)
    return messages.EMERGENCY if named else messages.EMERGENCY_WHERE

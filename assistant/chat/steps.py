"""The steps to an answer as they are shown: how the question was understood, what was searched, the answer."""

from __future__ import annotations

from html import escape

from assistant.ages import date_in_words
from assistant.chat import words
from assistant.understanding.question import Question
from assistant.understanding.thesaurus import concepts
from assistant.understanding.wanted import Wanted
from index.dates import PartialDate

_TOPICS = 3


def steps(question: Question, searched: int | None = None) -> str:
    """An ordered list, the same from the first moment on, so that nothing jumps; `searched` is None while searching."""
    if searched is None:
        done = f'<li class="sc-now"><span>{escape(words.SEARCHING)}</span></li>'
    else:
        count = words.SEARCHED_ONE if searched == 1 else words.SEARCHED.format(documents=f"{searched:,}")
        done = f"<li>{escape(count)}</li>"
    read = "".join(" " + _part(kind, text) for kind, text in _parts(question))
    label = escape(words.STEPS, quote=True)
    return f'<ol class="sc-steps" aria-label="{label}"><li><span>{escape(words.READ_AS)}</span>{read}</li>{done}</ol>'


def topics(question: Question) -> tuple[str, ...]:
    """What the question is about, in the field's words; the kind of thing asked for where that says more."""
    if question.wanted is Wanted.LEVEL:
        return (words.TOPIC_LEVEL,)
    if question.wanted is Wanted.AREAS:
        return (words.TOPIC_AREAS,)
    if question.wanted is Wanted.PHONE:
        keys = [service.key for service in question.services]
        return (words.TOPIC_NUMBER.format(services=", ".join(keys)) if keys else words.TOPIC_NUMBERS,)
    return tuple(dict.fromkeys(found.terms[0] for found in concepts(question.search_words)))[:_TOPICS]


def _parts(question: Question) -> list[tuple[str, str]]:
    when = question.when.words if question.when else words.TODAY.format(date=_day(question))
    found = [("place", question.where or words.NO_PLACE)]
    if about := topics(question):
        found.append(("topic", ", ".join(about)))
    found.append(("date", when))
    if question.standalone.casefold() != question.words.strip().casefold():
        found.append(("words", f"“{question.standalone}”"))
    return found


def _part(kind: str, text: str) -> str:
    return f'<span class="sc-part sc-part-{kind}">{escape(text)}</span>'


def _day(question: Question) -> str:
    return date_in_words(PartialDate.parse(question.today.isoformat()))

"""What fills a tab when it is shown, so that a page that only asks a question pays for no other tab; what it makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape
from threading import BoundedSemaphore
from typing import Any

from assistant.chat import view_words as words
from assistant.chat.components import gr
from assistant.chat.engine import Engine
from assistant.chat.tabs.frame import QUIET
from index.errors import SafeciteError

_AT_ONCE = BoundedSemaphore(2)  # briefs, comparisons and lists of changes; visitors of the Ask tab stay first

Updates = tuple[Any, ...]


def when_shown(
    engine: Engine,
    outputs: Sequence[Any],
    fill: Callable[..., Updates],
    inputs: Sequence[Any] = (),
    js: str | None = None,
    *,
    once: bool = True,
) -> None:
    """Fill `outputs` when the tab being built is shown, from `fill(assistant, *inputs)`.

    It is filled `once` for each state of the index, and whenever the address asks for something (the first of
    `inputs`, which `js` gives): a field that is filled again forgets what is being typed into it. While there is no
    index yet it says so, and tries again by itself; an error shows as its sentence.
    """
    notice = gr.HTML(elem_classes="sc-view")
    again = gr.Timer(2, active=False)
    filled = gr.State("")  # the state of the index that the fields were filled from
    tab = gr.context.Context.block

    def shown(before: str, *given: Any) -> Updates:
        if engine.assistant is None:
            waits = not engine.progress.settled
            said = note(words.NOT_YET if waits else engine.progress.reason)
            return (said, gr.Timer(active=waits), before, *_skip(outputs))
        name = engine.assistant.live().name
        if once and name == before and not (js and given[0]):
            return ("", gr.Timer(active=False), name, *_skip(outputs))
        try:
            return ("", gr.Timer(active=False), name, *fill(engine.assistant, *given))
        except SafeciteError as error:
            return (failure(error), gr.Timer(active=False), before, *_skip(outputs))

    every = [notice, again, filled, *outputs]
    given = [filled, *inputs]
    for event in (tab.select(shown, given, every, js=js, **QUIET), again.tick(shown, given, every, **QUIET)):
        event.failure(None, None, notice, js=_gives(wrong(words.WENT_WRONG)), **QUIET)


def when_asked(
    engine: Engine, triggers: Sequence[Any], make: Callable[..., str], inputs: Sequence[Any], result: gr.HTML
) -> Any:
    """Show `make(assistant, *inputs)` in `result` on each of the triggers, and until it is there that pages are read.

    An error shows as its sentence, and so does one that nobody foresaw. What is asked meanwhile is made after it. Gives
    the event that ends with the result.
    """

    def made(*given: Any) -> str:
        if engine.assistant is None:
            return note(words.NOT_YET)
        try:
            with _AT_ONCE:
                return make(engine.assistant, *given)
        except SafeciteError as error:
            return failure(error)

    asked = gr.on(triggers, None, None, result, js=_gives(note(words.READING)), **QUIET)
    event = asked.then(made, inputs, result, trigger_mode="always_last", **QUIET)
    event.failure(None, None, result, js=_gives(wrong(words.WENT_WRONG)), **QUIET)
    return event


def note(sentence: str) -> str:
    """One calm sentence."""
    return f'<p class="sc-view-note" role="status">{escape(sentence)}</p>'


def failure(error: SafeciteError) -> str:
    """What went wrong, in its own sentence."""
    return wrong(words.CANNOT.format(reason=str(error)))


def wrong(sentence: str) -> str:
    """A sentence that says that something went wrong."""
    return f'<p class="sc-view-note sc-view-wrong" role="alert">{escape(sentence)}</p>'


def _gives(html: str) -> str:
    """A script that gives this HTML, so that it is there at once, also where safecite itself is not."""
    return f"() => {json.dumps(html)}"


def _skip(outputs: Sequence[Any]) -> Updates:
    return tuple(gr.skip() for _ in outputs)

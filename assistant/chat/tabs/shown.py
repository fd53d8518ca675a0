"""What fills a tab when it is shown, so that a page that only asks a question pays for no other tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from assistant.chat import view_words as words
from assistant.chat.components import gr
from assistant.chat.engine import Engine
from assistant.chat.tabs.frame import QUIET
from index.errors import SafeciteError

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
    tab.select(shown, given, every, js=js, **QUIET, concurrency_limit=4)
    again.tick(shown, given, every, **QUIET, concurrency_limit=4)


def note(sentence: str) -> str:
    """One calm sentence."""
    return f'<p class="sc-view-note" role="status">{escape(sentence)}</p>'


def failure(error: SafeciteError) -> str:
    """What went wrong, in its own sentence."""
    return f'<p class="sc-view-note sc-view-wrong" role="alert">{escape(words.CANNOT.format(reason=str(error)))}</p>'


def _skip(outputs: Sequence[Any]) -> Updates:
    return tuple(gr.skip() for _ in outputs)

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
) -> None:
    """Fill `outputs` each time the tab being built is shown, from `fill(assistant, *inputs)`.

    While there is no index yet it says so, and tries again by itself; an error shows as its sentence.
    """
    notice = gr.HTML(elem_classes="sc-view")
    again = gr.Timer(2, active=False)
    tab = gr.context.Context.block

    def shown(*given: Any) -> Updates:
        if engine.assistant is None:
            waits = not engine.progress.settled
            return (note(words.NOT_YET if waits else engine.progress.reason), gr.Timer(active=waits), *_skip(outputs))
        try:
            return ("", gr.Timer(active=False), *fill(engine.assistant, *given))
        except SafeciteError as error:
            return (failure(error), gr.Timer(active=False), *_skip(outputs))

    every = [notice, again, *outputs]
    tab.select(shown, list(inputs), every, js=js, **QUIET, concurrency_limit=4)
    again.tick(shown, list(inputs), every, **QUIET, concurrency_limit=4)


def note(sentence: str) -> str:
    """One calm sentence."""
    return f'<p class="sc-view-note" role="status">{escape(sentence)}</p>'


def failure(error: SafeciteError) -> str:
    """What went wrong, in its own sentence."""
    return f'<p class="sc-view-note sc-view-wrong" role="alert">{escape(words.CANNOT.format(reason=str(error)))}</p>'


def _skip(outputs: Sequence[Any]) -> Updates:
    return tuple(gr.skip() for _ in outputs)

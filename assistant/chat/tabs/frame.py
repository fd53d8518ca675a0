"""What every tab is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.chat.engine import Engine
from assistant.feedback import Feedback

if TYPE_CHECKING:
    from assistant.chat.components import gr

# An event of the page, which programs cannot call. It is a request and its response: of gradio's queue one stream tells
# all events of a page, and one that is put in the moment in which that stream ends is never told (gradio 6.31, with
# `close_stream` on its way when the request to join is answered; nothing more can be asked then until it is reloaded).
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}


class Frame(NamedTuple):
    """The engine that answers, where feedback is kept if anywhere, and the page that a tab is built into.

    A tab reads `engine.assistant` for each event and copes with None: the index may still be building.
    """

    engine: Engine
    feedback: Feedback | None
    page: gr.Blocks

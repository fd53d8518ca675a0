"""What every tab is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.chat.engine import Engine
from assistant.feedback import Feedback

if TYPE_CHECKING:
    from assistant.chat.components import gr

QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}  # an event that programs cannot call


class Frame(NamedTuple):
    """The engine that answers, where feedback is kept if anywhere, and the page that a tab is built into.

    A tab reads `engine.assistant` for each event and copes with None: the index may still be building.
    """

    engine: Engine
    feedback: Feedback | None
    page: gr.Blocks

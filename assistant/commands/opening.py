"""How a command opens the index: quickly, for somebody waits for one answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.options import day
from assistant.settings import index_folder, model_name

if TYPE_CHECKING:
    from assistant.answer import Assistant


def open_assistant(index: Path | None, as_of: str | None) -> Assistant:
    """On the live state, or on that of a day. Raises SafeciteError."""
    folder, state = index_folder(index), day(as_of)

    from index.embedding import begin_loading

    loading = begin_loading(model_name())  # beside what is imported next

    from assistant.answer import Assistant

    return Assistant.open(folder, loading, as_of=state)

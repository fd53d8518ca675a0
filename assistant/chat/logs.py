"""What the server writes to the terminal when something goes wrong: where in the code, and never what was asked.

Libraries put the values they stumble over, such as a visitor's question, into the words of an error or a warning.
"""

from __future__ import annotations

import logging
import traceback
from typing import Any


def where(error: BaseException) -> str:
    """The lines of code on the way to an error, and its kind, without its words. Ends with a line break."""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__name__}\n"


class Wordless(logging.Formatter):
    """A record as where it came from; only uvicorn's own words, which hold nothing of a request, are kept."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and more for an error."""
        said = record.getMessage().strip() if record.name.startswith("uvicorn") else f"{record.module}:{record.lineno}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([f"{record.levelname}: {said}", *([where(error).rstrip()] if error else ())])


# For logging.config: whatever logs, logs like this. A library that comes later finds the root taken and leaves it.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": Wordless}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
}

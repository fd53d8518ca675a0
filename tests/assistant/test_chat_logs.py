"""What the server writes when something goes wrong holds where it went wrong, and no words of a visitor."""

from __future__ import annotations

import logging
import sys

import pytest

from assistant.chat.logs import Wordless, where

SECRET = "-".join(("my", "question"))  # its words stand in no line of code


def broken(question: str) -> None:
    raise ValueError(f"cannot read {question}")


def record(name: str, text: str, *given: object, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord(
        name, logging.WARNING, "there.py", 7, text, given, sys.exc_info() if error else None, "work"
    )


def test_an_error_is_where_it_happened() -> None:
    with pytest.raises(ValueError, match=SECRET) as caught:
        broken(SECRET)
    told = where(caught.value)
    assert told.endswith("ValueError\n")
    assert "in broken\n    raise ValueError(f" in told
    assert SECRET not in told


def test_a_record_is_where_it_came_from() -> None:
    assert Wordless().format(record("root", "cannot read %s", SECRET)) == "WARNING: there:7"
    assert Wordless().format(record("uvicorn.error", "%s requests are open\n", 3)) == "WARNING: 3 requests are open"
    try:
        broken(SECRET)
    except ValueError:
        told = Wordless().format(record("uvicorn.error", "Exception in ASGI application\n", error=True))
    lines = told.splitlines()
    assert (lines[0], lines[-1]) == ("WARNING: Exception in ASGI application", "ValueError")
    assert SECRET not in told

"""Patterns put together."""

from __future__ import annotations

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """Any of the patterns, in words of any case."""
    return re.compile("|".join(patterns), re.IGNORECASE)

"""The sentence right above a heading, where it says what stands below: "The clinic in Almaty answers by day."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.services import Service
from index.blocks import INTRO_LEVEL
from index.documents import Heading

_FARTHEST = 400  # characters above the heading
_BLANK = re.compile(r"[\s#*]*$")
_ENDED = re.compile(r"[.!?]\s+(?=[A-Z])|\n")


def introducing(text: str, heading: Heading, services: Sequence[Service]) -> Heading | None:
    """The sentence right above a heading that names one of the services; None where it names none."""
    low = max(0, heading.start - _FARTHEST)
    blank = _BLANK.search(text, low, heading.start)
    end = blank.start() if blank else heading.start
    start = max((match.end() for match in _ENDED.finditer(text, low, end)), default=low)
    named = any(service.named.search(text, start, end) for service in services)
    return Heading(start, end, INTRO_LEVEL) if named else None

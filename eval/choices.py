"""What `python -m eval make` lets one choose. Nothing heavy is imported here: help is shown at once."""

from __future__ import annotations

import hashlib
from enum import StrEnum


class Part(StrEnum):
    """Countries are split by a hash of their code: about half of them are for development, the others for reporting."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"

    def holds(self, code: str) -> bool:
        """Whether a country is in this part."""
        odd = hashlib.sha256(code.encode()).digest()[0] % 2 == 1
        return self is Part.ALL or odd is (self is Part.TEST)

    def wordings(self, asked: dict[str, list[str]]) -> list[str]:
        """The wordings of this part; the whole is asked in those of the tests."""
        return asked["dev" if self is Part.DEV else "test"]


class What(StrEnum):
    """What the questions of a set are about."""

    HAZARDS = "hazards"
    NUMBERS = "numbers"
    LEVELS = "levels"
    PLACES = "places"
    JUDGED = "judged"


class Wording(StrEnum):
    """Whose words a hazard is asked in."""

    OWN = "own"  # the pages'
    OTHER = "other"  # a traveller's


class Hazards(StrEnum):
    """Which hazards are asked after: those of a table in `sets/`."""

    REPORTED = "hazards"
    DEV = "dev"

"""Dates as precise as they are known: "2011" stays a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from dateutil import parser as dateutil_parser

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?$")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day. `str()` gives ISO 8601: `2011`, `2011-05`, `2011-05-03`."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day of no month")
        # Raises ValueError where no such day exists.
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, value: object) -> PartialDate:
        """From ISO 8601 text (a time of day is dropped), an int year, a `date` or a `datetime`.

        Raises ValueError where the value is none of these.
        """
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date):  # a datetime is one too
            return cls(value.year, value.month, value.day)
        match = _ISO.match(str(value).strip())
        if match is None:
            raise ValueError(f"not a date: {value!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year or 0, month, day)

    @classmethod
    def from_words(cls, words: str) -> PartialDate:
        """From prose: "August 5, 2024", "Sun, 28 Jun 2026", "May 2019". Raises ValueError."""
        # Two different defaults: what differs between the two readings was not in the words.
        try:
            # Two weeks apart, or "Monday, May 2024" would name the same Monday twice.
            first = dateutil_parser.parse(words, default=datetime(2000, 1, 1), ignoretz=True)
            second = dateutil_parser.parse(words, default=datetime(2001, 2, 15), ignoretz=True)
        except (OverflowError, dateutil_parser.ParserError) as error:
            raise ValueError(f"not a date: {words!r}") from error
        if first.year != second.year:
            raise ValueError(f"no year in {words!r}")
        if first.month != second.month:
            return cls(first.year)
        return cls(first.year, first.month, first.day if first.day == second.day else None)

    def first(self) -> date:
        """The earliest day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The latest day this date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

"""A date in words, as precise as it is given: a day, a month, a season, a year or a decade → the days it can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from index.dates import PartialDate

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b"
)
SEASON = r"(?:spring|summer|autumn|fall|winter)\b"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

YEAR = r"(?:19|20)\d\d"
_NOT_A_YEAR = (
    r"(?![\w:%°]|[.,:/-]\d| ?(?:m|met(?:re|er)s?|ft|feet|km|miles?|people|men|women|dollars?|euros?|pounds?|usd|eur|"
    r"gbp|aud|cad|pesos?|baht|rupees?|yen|hours?|days?|kg|volts?|steps|world cup|olympics?)\b)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_PART = r"(?:the )?(?:(?:start|beginning|middle|end) of |(?:early|mid|late)[- ])"
_DECADE = re.compile(r"(?P<century>19|20)?(?P<decade>\d0)s$")


class Days(NamedTuple):
    """The first and the last day that a date can mean."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int, years: int = 1) -> Days:
        return cls(date(year, 1, 1), date(year + years - 1, 12, 31))

    @classmethod
    def of_month(cls, day: date) -> Days:
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def when(name: str) -> str:
    """A pattern, with a group of this name, for what `days` reads."""
    return (
        rf"(?P<{name}>{YEAR}-\d\d?-\d\d?\b|\d\d?[/.]\d\d?[/.]{YEAR}\b"
        rf"|{_DAY} (?:of )?{MONTH}\.?(?:,? {YEAR}{_NOT_A_YEAR})?|{MONTH}\.? {_DAY}(?:,? {YEAR}{_NOT_A_YEAR})?"
        rf"|(?:{_PART}|(?:the )?{SEASON} (?:of )?)?(?:{MONTH}\.?,? (?:of )?)?(?:(?:the )?year |the (?=\d{{3}}0s))?"
        rf"{YEAR}(?:s\b|{_NOT_A_YEAR})"
        rf"|(?:the )?['’]?[5-9]0s\b|{MONTH})"
    )


def has_year(words: str) -> bool:
    """Whether a date in words says of which year it is."""
    return re.search(r"\d{4}|\d0s", words) is not None


def days(words: str, today: date) -> Days | None:
    """The days that a date in words can mean; without a year the last such that has begun. None for no such day.

    A part of a year counts as the year: a document of "2011" may be of any part of it.
    """
    words = words.lower().strip()
    decade = _DECADE.search(words)
    if decade:
        return Days.of_year(int(f"{decade['century'] or 19}{decade['decade']}"), 10)
    year = re.search(YEAR, words)
    try:
        if year is None:
            return _last_begun(words, today)
        if re.search(SEASON, words) or (re.match(_PART, words) and not re.search(MONTH, words)):
            return Days.of_year(int(year[0]))
        if re.match(r"\d\d?[/.]", words):  # day first, as the British write
            day, month, in_year = (int(part) for part in re.split(r"[/.]", words))
            return Days(date(in_year, month, day), date(in_year, month, day))
        plain = re.sub(rf"^{_PART}|\b(?:of|the|year)\b", " ", words).strip()
        found = PartialDate.parse(plain) if plain[0].isdigit() and "-" in plain else PartialDate.from_words(plain)
        return Days(found.first(), found.last())
    except ValueError:  # no such day
        return None


def _last_begun(words: str, today: date) -> Days | None:
    """The last July, or the last 1 July, that has begun."""
    month = re.search(MONTH, words)
    if month is None:
        return None
    number = _MONTHS.index(month[0][:3]) + 1
    day = re.search(r"\d+", words)
    begun = date(today.year, number, int(day[0]) if day else 1)
    begun -= relativedelta(years=begun > today)
    return Days(begun, begun) if day else Days.of_month(begun)


def last(what: str, today: date) -> Days | None:
    """The calendar year, month, week or day before this one, the last Monday, the last July that is over.

    None for a season: its months depend on the hemisphere.
    """
    what = what.lower()
    yesterday = today - timedelta(1)
    if what == "year":
        return Days.of_year(today.year - 1)
    if what == "month":
        return Days.of_month(today.replace(day=1) - timedelta(1))
    if what == "week":
        monday = today - timedelta(today.weekday() + 7)
        return Days(monday, monday + timedelta(6))
    if what in ("night", "yesterday"):
        return Days(yesterday, yesterday)
    if re.fullmatch(WEEKDAY, what):
        day = yesterday - timedelta((yesterday.weekday() - _WEEKDAYS.index(what[:3])) % 7)
        return Days(day, day)
    return None if re.fullmatch(SEASON, what) else _last_begun(what, today.replace(day=1) - timedelta(1))


def back(today: date, count: int, unit: str) -> date:
    """The day so many hours, days, weeks, months, years or decades ago, none before 1900."""
    if unit in ("year", "decade"):
        years = count * (10 if unit == "decade" else 1)
        return today - relativedelta(years=min(years, today.year - 1900))
    if unit == "month":
        return today - relativedelta(months=count)
    return today - timedelta(-(-count // 24) if unit == "hour" else count * (7 if unit == "week" else 1))

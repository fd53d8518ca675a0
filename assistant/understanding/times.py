"""The time that a question asks about: "in 2011", "before 2020", "since July", "over the last six months".

A time to come ("Is it safe in May?") and a time of the traveller's own life ("my passport expired last year") say
nothing about which documents may answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from assistant.understanding.own_life import REPORT, of_own_life
from assistant.understanding.when import MONTH, SEASON, WEEKDAY, YEAR, Days, back, days, has_year, last, when


class Period(NamedTuple):
    """A time named at `question[start:end]`.

    Documents dated from `since` to `until`, both included, may answer; without either it is no filter ("lately").
    `past`: what held then is asked for, so that superseded and withdrawn texts may answer. `words`: how it was
    understood, such as "since July 2025".
    """

    since: date | None
    until: date | None
    past: bool
    words: str
    start: int
    end: int


class _Asked(NamedTuple):
    """What a phrase is read against: the day, and whether the question looks back ("What changed in May?")."""

    today: date
    looks_back: bool

    def days(self, words: str) -> Days | None:
        """What a date can mean; a month without a year is one to come unless the question looks back."""
        return days(words, self.today) if has_year(words) or self.looks_back else None


_Limits = tuple[date | None, date | None]  # since, until
_Reader = Callable[[re.Match[str], _Asked], _Limits | None]  # None where the phrase is no time asked about

_READ = 2000  # characters of a question that are read: a bound on the time
_NO_LIMITS: _Limits = (None, None)
_DAY = timedelta(1)


def _within(span: Days | None, asked: _Asked) -> _Limits | None:
    """The days of a span; one that is not over is the traveller's present, unless the question looks back."""
    if span is None or span.first > asked.today:
        return None
    if span.last < asked.today:
        return span
    return (span.first, None) if asked.looks_back else _NO_LIMITS


def _in(match: re.Match[str], asked: _Asked) -> _Limits | None:
    return _within(asked.days(match["when"]), asked)


def _between(match: re.Match[str], asked: _Asked) -> _Limits | None:
    year = re.search(r"\d{4}", match["until"])
    begin = match["when"] if year is None or has_year(match["when"]) else f"{match['when']} {year[0]}"
    first, end = asked.days(begin), asked.days(match["until"])
    if first is None or end is None or first.first > end.last:
        return None
    return _within(Days(first.first, end.last), asked._replace(looks_back=True))


def _since(match: re.Match[str], asked: _Asked) -> _Limits | None:
    """ "Since July" looks back by itself."""
    span = days(match["when"], asked.today)
    return (span.first, None) if span and span.first <= asked.today else None


def _onwards(match: re.Match[str], asked: _Asked) -> _Limits | None:
    return _since(match, asked) if asked.days(match["when"]) else None


def _after(match: re.Match[str], asked: _Asked) -> _Limits | None:
    span = asked.days(match["when"])
    return (span.last + _DAY, None) if span and span.last < asked.today else None


def _before(match: re.Match[str], asked: _Asked) -> _Limits | None:
    span = asked.days(match["when"])
    return (None, span.first - _DAY) if span and span.first <= asked.today else None


def _until(match: re.Match[str], asked: _Asked) -> _Limits | None:
    span = asked.days(match["when"])
    return (None, span.last) if span and span.last < asked.today else None


def _back(match: re.Match[str], today: date) -> date:
    words = (match.groupdict().get("count") or "one").lower()
    count = int(words) if words.isdecimal() else _LOOSE.get(words) or _SMALL.index(words) + 1
    return back(today, count, match["unit"].lower())


def _duration(match: re.Match[str], asked: _Asked) -> _Limits:
    return _back(match, asked.today), None


def _ago(match: re.Match[str], asked: _Asked) -> _Limits | None:
    """ "Two years ago" is that year, "three weeks ago" the week up to that day."""
    day, unit = _back(match, asked.today), match["unit"].lower()
    whole = {"year": Days.of_year(day.year), "decade": Days.of_year(day.year), "month": Days.of_month(day)}
    span = whole.get(unit, Days(day - timedelta(6 if unit == "week" else 0), day))
    return (day, None) if match["ever"] else _within(span, asked)


def _last(match: re.Match[str], asked: _Asked) -> _Limits | None:
    span = last(match["what"], asked.today)
    if span is None:
        return asked.today - relativedelta(years=1), None
    return (span.first, None) if match["ever"] else span


def _this(match: re.Match[str], asked: _Asked) -> _Limits:
    today = asked.today
    monday = today - timedelta(today.weekday())
    first = {"year": date(today.year, 1, 1), "month": today.replace(day=1), "week": monday}[match["what"].lower()]
    return (first, None) if asked.looks_back or match["ever"] else _NO_LIMITS


def _bare(match: re.Match[str], asked: _Asked) -> _Limits | None:
    """A year that ends the question: "crime in Almaty 2011", but not "call 2011" or "over 2000"."""
    return None if _NUMBERED.fullmatch(match["lead"]) else _in(match, asked)


_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_LOOSE = {"a": 1, "an": 1, "couple": 2, "couple of": 2, "few": 3, "several": 5}
_COUNT = rf"(?P<count>\d{{1,3}}|couple of|couple|few|several|an?|{'|'.join(_SMALL)})"
_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?\b"
_NUMBERED = re.compile(
    r"\d.*|number|no|dial|call|ring|route|highway|road|room|flight|over|under|than|about|around|at|to|cup|olympics?|"
    r"cost|pay|usd|eur|gbp|for|and|or|act|law|after|before|until|since|by|on|euro|model",
    re.IGNORECASE,
)
_WHEN = when("when")
_EVER = r"(?P<ever>(?:ever )?since (?:(?:about|around|the (?:start|beginning) of) )?)"
_IN = rf"(?:back )?(?:in|during|throughout|around|on(?! {YEAR}\b(?!-))|for|from|dated|circa)(?: the)?"
_EVENT = r" (?:coup|war|earthquake|elections?|attacks?|floods?|riots?|revolution|eruption|protests?|unrest)\b"

# In order: the first that fits decides. Where a pattern has a group `phrase`, that is the time and the rest beside it.
_READERS: tuple[tuple[str, _Reader], ...] = (
    (rf"(?:between|from) {_WHEN} (?:and|to|until|till|through) (?:now|today|the present)\b", _onwards),
    (rf"(?:between|from) {_WHEN} (?:and|&|to|until|till|through|[-–]) {when('until')}", _between),
    (rf"(?:(?:in|during|from|for) )?(?P<when>{YEAR}) ?[-–] ?(?P<until>{YEAR})\b(?![-–.\d])", _between),
    (
        r"(?:(?:in|over|during|within|for|from) )?(?:the |these )?"
        rf"(?:past |previous |last (?!{_UNIT.replace('unit', 'one')}))(?!an? )(?:{_COUNT} )?{_UNIT}(?! of\b)",
        _duration,
    ),
    (rf"(?:in|over|during|within) the last {_UNIT}(?! of\b)", _duration),
    (rf"{_EVER}?{_COUNT} {_UNIT} ago\b", _ago),
    (rf"{_EVER}?(?:in |on )?last (?P<what>(?:year|month|week|night)\b(?! of\b)|{WEEKDAY}|{SEASON}|{MONTH})", _last),
    (rf"{_EVER}?(?P<what>yesterday)\b", _last),
    (rf"{_EVER}(?P<what>{WEEKDAY})", _last),
    (rf"{_EVER}?(?:in |during |so far )?this (?P<what>year|month|week)\b", _this),
    (rf"{_EVER}(?:the )?{_WHEN}(?:{_EVENT})?", _since),
    (rf"from {_WHEN} on(?:wards?)?\b", _onwards),
    (rf"(?:after|later than|post)[ -]{_WHEN}", _after),
    (rf"(?:before|prior to|earlier than|pre)[ -]{_WHEN}", _before),
    (rf"(?:up until|until|till|up to|by|as of|as at) {_WHEN}", _until),
    (rf"{_IN} {_WHEN}(?!{_EVENT})", _in),
    (rf"(?P<phrase>{_WHEN})(?:['’]s)? (?:[\w-]+ ){{0,3}}?{REPORT}", _in),
    (rf"{REPORT},? (?P<phrase>(?:of )?{_WHEN})", _in),
    (rf"(?P<lead>[\w’'-]+),? (?P<phrase>(?:(?:early|mid|late)[- ])?(?P<when>{YEAR}))(?=\W*$)", _bare),
    (r"(?:recently|lately|of late|nowadays|in recent (?:days|weeks|months|years))\b", lambda *_: _NO_LIMITS),
)
_ANY_TIME = re.compile(  # no reader's pattern fits words without
    rf"\d|\b(?:{MONTH}|{WEEKDAY}|{SEASON}|(?:hour|day|week|month|year|decade|night)s?\b|yesterday|recent|lately|late\b|"
    "nowadays)",
    re.IGNORECASE,
)


@cache
def _patterns() -> list[tuple[re.Pattern[str], _Reader]]:
    """Compiled where words may name a time: it takes as long as an answer."""
    return [(re.compile(rf"\b{pattern}", re.IGNORECASE), reader) for pattern, reader in _READERS]


_LOOKS_BACK = re.compile(
    r"\b(?:chang\w+|updat\w+|news|happened|was|were|wasn't|did|didn't|had|been|said|(?<=\w )reported|issued|published|"
    r"revis\w+|amended|added|removed|lifted|introduced)\b",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"(?<!be )(?<!get )(?<!is )(?<!are )(?<!am )(?<!was )(?<!were )(?<!been )(?<!got )(?<!being )(?<!getting )(?<!'m )"
    r"(?<!'re )(?<=\w )used to\b(?! (?:treat|prevent|make|protect|pay|get)\b)|\bdid\b.{1,60}?\buse to\b|"
    r"\bformerly\b|\bback then\b|"
    r"\bin the past\b(?! (?:[\w-]+ ){0,2}(?:hour|day|week|month|year|decade)s?\b)|"
    r"\bin (?:the )?(?:old|olden|earlier|former) (?:days|times|years)\b|"
    r"\b(?:old|older|former|previous|earlier|outdated|superseded|withdrawn|historic(?:al)?) (?:\w+ )?"
    rf"(?:{REPORT}|number\b)",
    re.IGNORECASE,
)
# What is told of the past for comparison only: "It was 02 in 2011, is it still?"
_NOW = re.compile(r"\b(?:still|any ?more|nowadays|currently|today|now|these days|at the moment)\b", re.IGNORECASE)


def period(words: str, today: date) -> Period | None:
    """The time that a question asks about, seen from `today`; None where it names none or only a time to come."""
    words = words[:_READ]
    found = _dated(words, _Asked(today, _LOOKS_BACK.search(words) is not None))
    if found is None or found[1:] == _NO_LIMITS:
        formerly = _FORMERLY.search(words)
        if formerly and not _NOW.search(words):
            return Period(None, None, True, formerly[0], *formerly.span())
    if found is None:
        return None
    (start, end), since, until = found
    if until is not None and _NOW.search(words[:start] + words[end:]):
        since = until = None
    return Period(since, until, until is not None, _told(since, until) or words[start:end], start, end)


def without_period(words: str, today: date) -> str:
    """The words without the date that `period` finds in them: a filter, not a word to match. "Used to" stays."""
    found = period(words, today)
    if found is None or (found.past and found.until is None):
        return words
    return " ".join((words[: found.start] + words[found.end :]).split()).replace(" ?", "?")


def _dated(words: str, asked: _Asked) -> tuple[tuple[int, int], date | None, date | None] | None:
    """Where the first phrase stands that names a time, and its limits."""
    for pattern, reader in _patterns() if _ANY_TIME.search(words) else ():
        for match in pattern.finditer(words):
            start, end = match.span("phrase" if "phrase" in pattern.groupindex else 0)
            near = reader in (_ago, _last)
            limits = None if of_own_life(words, start, end, near=near) else reader(match, asked)
            if limits is not None:
                return (start, end), *limits
    return None


def _told(since: date | None, until: date | None) -> str:
    """A period in words: "in July 2025", "since 3 March 2024", "before 2020"; "" for none."""
    if until is None:
        return f"since {_first(since)}" if since else ""
    if since is None:
        return f"before {_first(until + _DAY)}"
    for span in (Days.of_year(since.year), Days.of_month(since)):
        if (since, until) == span:
            return f"in {_first(since)}"
    if since == until:
        return f"on {_day(since)}"
    years = (since, until) == (date(since.year, 1, 1), date(until.year, 12, 31))
    return f"from {since.year} to {until.year}" if years else f"from {_day(since)} to {_day(until)}"


def _first(day: date) -> str:
    """A day, or the month or the year that it begins."""
    return f"{day:%Y}" if (day.month, day.day) == (1, 1) else f"{day:%B %Y}" if day.day == 1 else _day(day)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

"""How old something is, in words."""

from __future__ import annotations

from datetime import date

from index.dates import PartialDate


def age_in_days(day: PartialDate, today: date) -> int:
    """Days since the latest day that the date can mean; 0 where it lies ahead."""
    return max(0, (today - day.last()).days)


def age_in_words(day: PartialDate, today: date) -> str:
    """ "today", "3 days old", "5 weeks old", "7 months old", "15 years old"; a bare year counts by its number."""
    if day.month is None:
        years = max(0, today.year - day.year)
        return _count(years, "year") + " old" if years else "this year"
    days = age_in_days(day, today)
    if days == 0:
        return "this month" if day.day is None else "today"
    if days < 14:
        return _count(days, "day") + " old"
    if days < 60:
        return _count(days // 7, "week") + " old"
    if days < 730:
        return _count(days * 12 // 365, "month") + " old"
    return _count(days * 100 // 36525, "year") + " old"


def date_in_words(day: PartialDate) -> str:
    """ "5 August 2024", "August 2024", "2011"."""
    if day.month is None:
        return str(day.year)
    month = day.first().strftime("%B %Y")
    return month if day.day is None else f"{day.day} {month}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")

"""Writes months and days for people, by language (METHODS.md §1)."""

from datetime import date

from aop.calc.months import Month
from aop.calc.writing import is_vietnamese

_LONG = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_LENGTH = 3


def format_month(month: Month, language: str | None) -> str:
    """Name a month inside a year: column heads and chart labels.

    >>> format_month(Month(2026, 10), "vi"), format_month(Month(2026, 10), "en")
    ('T10', 'Oct')
    """
    return f"T{month.number}" if is_vietnamese(language) else _short(month.number)


def format_month_year(month: Month, language: str | None) -> str:
    """Name a month with its year, short: tables that run over more than one year.

    >>> format_month_year(Month(2026, 10), "vi"), format_month_year(Month(2026, 10), "en")
    ('T10/2026', 'Oct\\xa02026')
    """
    if is_vietnamese(language):
        return f"T{month.number}/{month.year}"
    return f"{_short(month.number)}\N{NO-BREAK SPACE}{month.year}"


def format_month_long(month: Month, language: str | None) -> str:
    """Name a month with its year, as said in a sentence.

    >>> format_month_long(Month(2026, 10), "vi"), format_month_long(Month(2026, 10), "en")
    ('tháng\\xa010/2026', 'October\\xa02026')
    """
    if is_vietnamese(language):
        return f"tháng\N{NO-BREAK SPACE}{month.number}/{month.year}"
    return f"{_LONG[month.number - 1]}\N{NO-BREAK SPACE}{month.year}"


def format_day(day: date, language: str | None) -> str:
    """Write a date: day before month in both languages.

    >>> format_day(date(2026, 11, 2), "vi"), format_day(date(2026, 11, 2), "en")
    ('02/11/2026', '2\\xa0Nov\\xa02026')
    """
    if is_vietnamese(language):
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    gap = "\N{NO-BREAK SPACE}"
    return f"{day.day}{gap}{_short(day.month)}{gap}{day.year}"


def _short(number: int) -> str:
    return _LONG[number - 1][:_SHORT_LENGTH]

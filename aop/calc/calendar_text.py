"""Writes months and days for people and reads months back, by language (METHODS.md §1)."""

import re
from datetime import date

from aop.calc.months import Month
from aop.calc.writing import is_vietnamese

_LONG = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_LENGTH = 3
_YEAR_LAST = re.compile(r"(?:t|tháng|thang|m)? ?([0-9]{1,2}) ?[/.-] ?([0-9]{4})")
_NAMED = re.compile(r"([a-z]{3,9})\.? ([0-9]{4})")


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


def parse_month(text: str) -> Month:
    """Read a month as people and browsers write it; every form written here is read back.

    Raises ValueError for any other text, such as a month without its year.

    >>> [str(parse_month(text)) for text in ("2026-10", "10/2026", "T10/2026", "Oct 2026")]
    ['2026-10', '2026-10', '2026-10', '2026-10']
    """
    plain = " ".join(text.lower().split())
    if found := _YEAR_LAST.fullmatch(plain):
        return Month.parse(f"{found[2]}-{int(found[1]):02d}")
    if found := _NAMED.fullmatch(plain):
        for number, name in enumerate(_LONG, start=1):
            if found[1] in {name.lower(), _short(number).lower()}:
                return Month.parse(f"{found[2]}-{number:02d}")
    return Month.parse(plain)

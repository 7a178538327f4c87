"""Reads dates of foreign files: day before month, never guessed (DOMAIN §18)."""

import re
from datetime import date, datetime, timedelta

from aop.calc.reading.tables import Found

_EPOCH = date(1899, 12, 30)
_SHIFT_1904 = 1462
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # from 1954 to 2119: no amount, no year
_CENTURY = 2000
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?: [\d:]+)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)


class NotADay(ValueError):
    """The cell holds no full date that can be read in one way only."""


def read_day(found: Found, *, counts_from_1904: bool = False) -> date:
    """Read a date: of a spreadsheet, its serial number, ISO, `d/m/yyyy` or `d/m/yy` (DOMAIN §18).

    Raises:
        NotADay: Anything else; month before day, no year, or a day that does not exist.

    >>> read_day("5/1/26"), read_day("46301"), read_day(46301.0)
    (datetime.date(2026, 1, 5), datetime.date(2026, 10, 6), datetime.date(2026, 10, 6))
    """
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    if isinstance(found, str):
        return _from_text(" ".join(found.split()), counts_from_1904=counts_from_1904)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return _from_serial(found, counts_from_1904=counts_from_1904)
    raise NotADay(str(found))


def _from_text(text: str, *, counts_from_1904: bool) -> date:
    if parts := _ISO.fullmatch(text):
        return _day(parts[1], parts[2], parts[3])
    if parts := _DAY_FIRST.fullmatch(text):
        year = parts[4] if len(parts[4]) > 2 else str(_CENTURY + int(parts[4]))
        return _day(year, parts[3], parts[1])
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text), counts_from_1904=counts_from_1904)
    raise NotADay(text)


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise NotADay(f"{day}/{month}/{year}") from error


def _from_serial(serial: float, *, counts_from_1904: bool) -> date:
    shifted = serial + (_SHIFT_1904 if counts_from_1904 else 0)
    if not _FIRST_SERIAL <= shifted <= _LAST_SERIAL:
        raise NotADay(str(serial))
    return _EPOCH + timedelta(days=int(shifted))

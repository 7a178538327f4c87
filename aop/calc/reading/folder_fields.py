"""The kinds of value that stand in the fields of a plan folder: text, number, month, word.

A kind turns what the file holds into a value, or raises `Refused`. Cells of a CSV file come
as `Cell`, numbers of a JSON file as `JsonNumber`, so a kind knows what it is looking at.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from aop.calc.money import LARGEST_AMOUNT
from aop.calc.months import FiscalYear, Month

CODE_LENGTH = 30
NAME_LENGTH = 200
NOTE_LENGTH = 2000
PLACES = 6
LARGEST_VALUE = 10**15
EXACT_DIGITS = 15  # what every database keeps of a decimal number
_SHOWN_LENGTH = 60
_SOME_MONTH = Month(2000, 1)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=Enum)


class Cell(str):
    """A cell of a CSV file as it was written."""

    __slots__ = ()


class JsonNumber(str):
    """A number of a JSON file, its digits as they were written."""

    __slots__ = ()


class Refused(Exception):
    """A value is not what its field asks for; `code` and `params` say why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class FieldKind(Protocol[T_co]):
    """What a field may hold.

    `stand_in` takes the place of a value that cannot be read, so that reading goes on and
    finds the other problems. Nothing built of stand-ins is ever handed out.
    """

    @property
    def stand_in(self) -> T_co:
        """A harmless value of the kind."""

    def read(self, value: object) -> T_co:
        """Return the value, or raise `Refused`."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `limit` characters, with line ends only where `lines` says so."""

    limit: int = NAME_LENGTH
    lines: bool = False
    stand_in: str = ""

    def read(self, value: object) -> str:
        """Return the text as it is."""
        if isinstance(value, Cell):
            value = unguarded(value)
        elif not isinstance(value, str) or isinstance(value, JsonNumber):
            raise Refused("not_text", found=shown(value))
        if len(value) > self.limit:
            raise Refused("too_long", found=len(value), limit=self.limit)
        if (_UNPRINTABLE_IN_NOTE if self.lines else _UNPRINTABLE).search(value):
            raise Refused("unprintable")
        return value


@dataclass(frozen=True, slots=True)
class Code:
    """A short name by which other files refer to something."""

    limit: int = CODE_LENGTH
    stand_in: str = ""

    def read(self, value: object) -> str:
        """Return the code."""
        code = Text(self.limit).read(value)
        if code != code.strip():
            raise Refused("bad_code", found=shown(code))
        return code


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of one pattern; `code` says what it should have been."""

    pattern: re.Pattern[str]
    code: str
    limit: int = NAME_LENGTH
    stand_in: str = ""

    def read(self, value: object) -> str:
        """Return the text."""
        text = Text(self.limit).read(value)
        if not self.pattern.fullmatch(text):
            raise Refused(self.code, found=shown(text))
        return text


@dataclass(frozen=True, slots=True)
class Reference:
    """A code that another file gives to a thing of this sort; None: that file is unreadable."""

    known: Collection[str] | None
    sort: str
    stand_in: str = ""

    def read(self, value: object) -> str:
        """Return the code."""
        code = Text().read(value)
        if self.known is not None and code not in self.known:
            raise Refused(f"unknown_{self.sort}", found=shown(code))
        return code


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int
    stand_in: int = 0

    def read(self, value: object) -> int:
        """Return the number.

        >>> Whole(0, 100).read(Cell("42"))
        42
        """
        digits = _digits(value, _WHOLE, "not_integer")
        if not self.low <= (number := int(digits)) <= self.high:
            raise Refused("out_of_range", found=shown(digits), low=self.low, high=self.high)
        return number


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number from `low` to `high` with up to `places` decimals."""

    low: int = -LARGEST_VALUE
    high: int = LARGEST_VALUE
    places: int = PLACES
    stand_in: Decimal = Decimal()

    def read(self, value: object) -> Decimal:
        """Return the exact number.

        >>> Number().read(JsonNumber("0.45"))
        Decimal('0.45')
        """
        number = Decimal(_digits(value, _NUMBER, "not_number"))
        if not self.low <= number <= self.high:
            raise Refused("out_of_range", found=shown(value), low=self.low, high=self.high)
        if number % Decimal(1).scaleb(-self.places):
            raise Refused("too_precise", found=shown(value), places=self.places)
        if len(number.normalize().as_tuple().digits) > EXACT_DIGITS:
            raise Refused("too_many_digits", found=shown(value), digits=EXACT_DIGITS)
        return number


@dataclass(frozen=True, slots=True)
class MonthOf:
    """A month of `year`; any month while the year could not be read."""

    year: FiscalYear | None = None
    stand_in: Month = _SOME_MONTH

    def read(self, value: object) -> Month:
        """Return the month."""
        month = _month(_word(value, "not_month"))
        if self.year is not None and month not in self.year:
            raise _outside(month, self.year)
        return month


@dataclass(frozen=True, slots=True)
class DayOf:
    """A date such as 2026-03-31; inside `year` when there is one."""

    year: FiscalYear | None = None
    stand_in: date = _SOME_MONTH.first_day

    def read(self, value: object) -> date:
        """Return the date."""
        day = _day(_word(value, "not_day"))
        if self.year is not None and Month.of(day) not in self.year:
            raise _outside(day, self.year)
        return day


class OneOf(Generic[E]):
    """One of the words that `choices` lists."""

    def __init__(self, choices: type[E]) -> None:
        self.words = {str(choice.value): choice for choice in choices}
        self.stand_in = next(iter(choices))

    def read(self, value: object) -> E:
        """Return the member that the word names."""
        word = value if isinstance(value, str) and not isinstance(value, JsonNumber) else ""
        if word not in self.words:
            raise Refused("not_choice", found=shown(value), choices=", ".join(self.words))
        return self.words[word]


class Word:
    """One of the words that `choices` lists, kept as text."""

    def __init__(self, choices: type[Enum]) -> None:
        self._member = OneOf(choices)
        self.stand_in = str(self._member.stand_in.value)

    def read(self, value: object) -> str:
        """Return the word."""
        return str(self._member.read(value).value)


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    stand_in: bool = False

    def read(self, value: object) -> bool:
        """Return the truth value."""
        if isinstance(value, bool):
            return value
        if isinstance(value, Cell) and value in {"true", "false"}:
            return value == "true"
        raise Refused("not_flag", found=shown(value))


NAME = Text()
NOTE = Text(NOTE_LENGTH, lines=True)
AMOUNT = Whole(-LARGEST_AMOUNT, LARGEST_AMOUNT)
VALUE = Number()
DAY = DayOf()
FLAG = Flag()

_WHOLE = re.compile(r"-?[0-9]{1,30}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_UNPRINTABLE_IN_NOTE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_RUNS = re.compile(r"'*[=+\-@\t\r\n]")


def guarded(text: str) -> str:
    """Return the text of a CSV cell that no spreadsheet runs as a formula.

    >>> guarded("=1+1"), guarded("Tết")
    ("'=1+1", 'Tết')
    """
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """Take off what `guarded` put on.

    >>> unguarded("'=1+1"), unguarded("'Tết'")
    ('=1+1', "'Tết'")
    """
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else str(cell)


def plain(number: Decimal) -> str:
    """Return the shortest exact digits of a number.

    >>> plain(Decimal("0.350")), plain(Decimal("1E+3"))
    ('0.35', '1000')
    """
    digits = f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


def shown(value: object) -> str:
    """Return a value as a sentence can quote it: short, and on one line."""
    match value:
        case str():
            text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
        case bool():
            text = "true" if value else "false"
        case list():
            text = "[…]"
        case _:
            text = "{…}"
    return text if len(text) <= _SHOWN_LENGTH else f"{text[: _SHOWN_LENGTH - 1]}…"


def _digits(value: object, shape: re.Pattern[str], code: str) -> str:
    if isinstance(value, Cell | JsonNumber) and shape.fullmatch(value):
        return value
    raise Refused(code, found=shown(value))


def _word(value: object, code: str) -> str:
    if isinstance(value, str) and not isinstance(value, JsonNumber):
        return value
    raise Refused(code, found=shown(value))


@lru_cache(maxsize=4096)
def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Refused("not_month", found=shown(text)) from None


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refused("not_day", found=shown(text))


def _outside(found: object, year: FiscalYear) -> Refused:
    return Refused("outside_year", found=found, first=year.first, last=year.last)

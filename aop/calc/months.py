"""Calendar months and the fiscal year that strings twelve of them together (METHODS.md §1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

MONTHS_PER_YEAR = 12
_MONTH_TEXT = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_LAST_START_NAMED_BY_ITS_OWN_YEAR = 6


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; sorts by time.

    >>> str(Month(2026, 12).plus(1))
    '2027-01'
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-03`; raises ValueError for any other text.

        >>> Month.parse("2026-03")
        Month(year=2026, number=3)
        """
        found = _MONTH_TEXT.match(text)
        if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise ValueError(f"{text!r} is not a month such as 2026-03")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that `day` lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day, which is how a month is stored."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day.

        >>> Month(2028, 2).last_day
        datetime.date(2028, 2, 29)
        """
        return self.plus(1).first_day - timedelta(days=1)

    def plus(self, months: int) -> Self:
        """Return the month that lies `months` later (earlier when negative)."""
        index = self.year * MONTHS_PER_YEAR + self.number - 1 + months
        return type(self)(index // MONTHS_PER_YEAR, index % MONTHS_PER_YEAR + 1)

    def minus(self, other: "Month") -> int:
        """Return how many months this one lies after `other`."""
        return (self.year - other.year) * MONTHS_PER_YEAR + self.number - other.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """Twelve months from any first month (METHODS.md §1).

    >>> FiscalYear(Month(2026, 4)).last
    Month(year=2027, number=3)
    """

    first: Month

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months in order."""
        return tuple(self.first.plus(i) for i in range(MONTHS_PER_YEAR))

    @property
    def last(self) -> Month:
        """The twelfth month."""
        return self.first.plus(MONTHS_PER_YEAR - 1)

    @property
    def first_day(self) -> date:
        """The first day of the year."""
        return self.first.first_day

    @property
    def last_day(self) -> date:
        """The last day of the year."""
        return self.last.last_day

    @property
    def previous(self) -> "FiscalYear":
        """The twelve months before these."""
        return FiscalYear(self.first.plus(-MONTHS_PER_YEAR))

    @property
    def usual_label(self) -> int:
        """The year it starts in up to June, else the year it ends in (DOMAIN §14).

        >>> FiscalYear(Month(2026, 4)).usual_label, FiscalYear(Month(2026, 10)).usual_label
        (2026, 2027)
        """
        starts_early = self.first.number <= _LAST_START_NAMED_BY_ITS_OWN_YEAR
        return self.first.year if starts_early else self.last.year

    def __contains__(self, month: Month) -> bool:
        return 0 <= month.minus(self.first) < MONTHS_PER_YEAR

    def __iter__(self) -> Iterator[Month]:
        return iter(self.months)

    def index(self, month: Month) -> int:
        """Return 0 for the first month up to 11; raises ValueError outside the year."""
        if month not in self:
            raise ValueError(f"{month} is not in the fiscal year from {self.first}")
        return month.minus(self.first)

"""The amounts by month in a plan folder: `budget.csv`, `last_year.csv` and `counts.csv`."""

from collections.abc import Iterable
from dataclasses import dataclass

from aop.calc.months import FiscalYear, Month
from aop.calc.reading.folder_csv import Columns, csv_bytes
from aop.calc.reading.folder_fields import AMOUNT, MonthOf, Reference
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record

BUDGET_FILE = "budget.csv"
LAST_YEAR_FILE = "last_year.csv"
COUNTS_FILE = "counts.csv"
COUNT_COLUMNS = Columns(named=("month", "cash_amount", "stock_amount"), needed=("month",))


@dataclass(frozen=True, slots=True)
class LineMonthsRow:
    """Twelve amounts of one line in its natural sign; None is "no plan", 0 a plan of nothing."""

    line_code: str
    amounts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """What was counted at the end of a month; None is "not counted"."""

    month: Month
    cash_amount: int | None
    stock_amount: int | None


def month_columns(year: FiscalYear | None) -> Columns:
    """Return the columns of `budget.csv`, and of `last_year.csv` for the year before."""
    return Columns(named=("line_code",), needed=("line_code",), has_months=True, months=year)


def read_line_months(
    rows: Items, names: Names, year: FiscalYear | None
) -> tuple[LineMonthsRow, ...]:
    """Read `budget.csv` or `last_year.csv`, whose months are those of `year`."""
    taken: dict[str, int | None] = {}
    months = [str(month) for month in year or ()]
    return tuple(_line_months(record, names, months, taken) for record in sound(rows))


def write_line_months(rows: Iterable[LineMonthsRow], year: FiscalYear) -> bytes:
    """Write `budget.csv`, or `last_year.csv` with the year before."""
    return csv_bytes(month_columns(year), [(row.line_code, *row.amounts) for row in rows])


def read_counts(rows: Items, names: Names) -> tuple[CountRow, ...]:
    """Read `counts.csv`."""
    taken: dict[Month, int | None] = {}
    return tuple(_count(record, names, taken) for record in sound(rows))


def write_counts(counts: Iterable[CountRow]) -> bytes:
    """Write `counts.csv`."""
    rows = [(each.month, each.cash_amount, each.stock_amount) for each in counts]
    return csv_bytes(COUNT_COLUMNS, rows)


def _line_months(
    record: Record, names: Names, months: Iterable[str], taken: dict[str, int | None]
) -> LineMonthsRow:
    line_code = record.required("line_code", Reference(names.lines, "line"))
    record.once("line_code", line_code, taken)
    return LineMonthsRow(line_code, tuple(record.optional(month, AMOUNT) for month in months))


def _count(record: Record, names: Names, taken: dict[Month, int | None]) -> CountRow:
    month = record.required("month", MonthOf(names.year))
    record.once("month", month, taken)
    return CountRow(
        month, record.optional("cash_amount", AMOUNT), record.optional("stock_amount", AMOUNT)
    )

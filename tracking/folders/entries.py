"""Actuals and typed forecasts in a plan folder: `entries.csv` and `forecasts.csv`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from aop.calc.months import Month
from aop.calc.reading.folder_csv import Columns, csv_bytes
from aop.calc.reading.folder_fields import AMOUNT, DAY, DayOf, MonthOf, Reference
from aop.calc.reading.folder_names import Items, Names, sound
from aop.calc.reading.folder_records import Record

ENTRIES_FILE = "entries.csv"
FORECASTS_FILE = "forecasts.csv"
ENTRY_COLUMNS = Columns(
    named=("id", "date", "line_code", "amount", "note", "ref", "source", "initiative_code"),
    needed=("id", "date", "line_code", "amount"),
)
FORECAST_COLUMNS = Columns(
    named=("line_code", "month", "amount", "note", "author", "on"),
    needed=("line_code", "month", "amount"),
)
_ID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One dated amount on a line."""

    id: str
    date: dt.date
    line_code: str
    amount: int
    note: str
    ref: str
    source: str
    initiative_code: str


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """What somebody expects of a line in one month; it wins over the computed."""

    line_code: str
    month: Month
    amount: int
    note: str
    author: str
    on: dt.date | None


def read_entries(rows: Items, names: Names) -> tuple[EntryRow, ...]:
    """Read `entries.csv`."""
    taken: dict[str, int | None] = {}
    day = DayOf(names.year)
    line = Reference(names.lines, "line")
    initiative = Reference(names.initiatives, "initiative")
    return tuple(
        EntryRow(
            id=record.code(taken, "id", _ID_LENGTH),
            date=record.required("date", day),
            line_code=record.required("line_code", line),
            amount=record.required("amount", AMOUNT),
            note=record.note("note"),
            ref=record.text("ref"),
            source=record.text("source"),
            initiative_code=record.get("initiative_code", initiative, ""),
        )
        for record in sound(rows)
    )


def write_entries(entries: Iterable[EntryRow]) -> bytes:
    """Write `entries.csv`."""
    rows = (
        (
            *(each.id, each.date, each.line_code, each.amount),
            *(each.note, each.ref, each.source, each.initiative_code),
        )
        for each in entries
    )
    return csv_bytes(ENTRY_COLUMNS, rows)


def read_forecasts(rows: Items, names: Names) -> tuple[ForecastRow, ...]:
    """Read `forecasts.csv`."""
    taken: dict[tuple[str, Month], int | None] = {}
    return tuple(_forecast(record, names, taken) for record in sound(rows))


def write_forecasts(forecasts: Iterable[ForecastRow]) -> bytes:
    """Write `forecasts.csv`."""
    rows = [
        (each.line_code, each.month, each.amount, each.note, each.author, each.on)
        for each in forecasts
    ]
    return csv_bytes(FORECAST_COLUMNS, rows)


def _forecast(
    record: Record, names: Names, taken: dict[tuple[str, Month], int | None]
) -> ForecastRow:
    line_code = record.required("line_code", Reference(names.lines, "line"))
    month = record.required("month", MonthOf(names.year))
    record.once("month", (line_code, month), taken, found=f"{line_code}, {month}")
    return ForecastRow(
        line_code=line_code,
        month=month,
        amount=record.required("amount", AMOUNT),
        note=record.note("note"),
        author=record.text("author"),
        on=record.optional("on", DAY),
    )

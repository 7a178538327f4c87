"""Finds, in the tables of a file, the one that is meant and where its columns are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.translation import gettext_lazy as _

from aop.calc.months import FiscalYear, Month
from aop.calc.reading.tables import FileRow, Found, Table, is_blank, text_of
from aop.calc.reading.words import Head, head_of, month_in_head, unit_of
from budgets.spreadsheets.gate import FileRefused
from budgets.spreadsheets.keys import LINE_KEY

HEADER_WITHIN = 20
FEWEST_MONTHS = 3
FOLDER_ENTRIES = ("id", "date", "line_code", "amount")

NO_ENTRIES = _(
    "No sheet has a row with the heads of a date, a budget line and an amount within its first "
    "20 rows. Put Date, Budget line and Amount above the columns."
)
NO_GRID = _(
    "No sheet has a row of months within its first 20 rows. Put the months above the columns, "
    "such as 01/2026, and the budget lines in front of them."
)


@dataclass(frozen=True, slots=True)
class EntryShape:
    """A table of entries: where its header is, and what each column holds.

    `is_minor`: a file of a plan folder, whose amounts are minor units.
    """

    table: Table
    header: int
    columns: Mapping[Head, int]
    unit: int
    is_minor: bool


@dataclass(frozen=True, slots=True)
class GridShape:
    """A table of lines × months.

    `is_ours`: the hidden keys of our workbooks lead it. `is_minor`: a file of a plan folder,
    whose amounts are minor units.
    """

    table: Table
    header: int
    line_column: int
    months: Mapping[int, Month]
    unit: int
    is_ours: bool
    is_minor: bool


def frame_of(rows: Sequence[FileRow], width: int = 0) -> pd.DataFrame:
    """Return raw cells by physical row and column; nothing is converted on the way."""
    width = max(width, *(len(row.cells) for row in rows), 0)
    cells = [[*row.cells, *[None] * (width - len(row.cells))] for row in rows]
    frame = pd.DataFrame(cells, dtype=object, columns=range(width))
    frame.index = pd.Index([row.number for row in rows])
    return frame


def find_entries(tables: Sequence[Table]) -> EntryShape:
    """Return the first table with the heads of entries.

    Raises:
        FileRefused: No table has them.
    """
    for table in tables:
        shape = _entry_shape(table)
        if shape is not None:
            return shape
    raise FileRefused(NO_ENTRIES)


def _entry_shape(table: Table) -> EntryShape | None:
    heads = frame_of(top_of(table)).map(head_of)
    for number, row in heads.iterrows():
        columns: dict[Head, int] = {}
        for column, head in row.items():
            if isinstance(head, Head):
                columns.setdefault(head, int(str(column)))
        if _names_entries(columns):
            header = int(str(number))
            is_minor = _starts_with(table, header, FOLDER_ENTRIES)
            return EntryShape(table, header, columns, _unit(table, header), is_minor)
    return None


def _names_entries(columns: Mapping[Head, int]) -> bool:
    has_amount = Head.AMOUNT in columns or {Head.MONEY_IN, Head.MONEY_OUT} <= columns.keys()
    return Head.DATE in columns and Head.LINE in columns and has_amount


def find_grid(tables: Sequence[Table], year: FiscalYear, label: int) -> GridShape:
    """Return the grid of the fiscal year: one of ours, else the sheet with the most months.

    Raises:
        FileRefused: No table has a row of months.
    """
    shapes = [shape for table in tables if (shape := _grid_shape(table, year)) is not None]
    if not shapes:
        raise FileRefused(NO_GRID)
    return max(
        shapes,
        key=lambda shape: (
            shape.is_ours,
            len(shape.months),
            str(label) in (shape.table.sheet or ""),
        ),
    )


def _grid_shape(table: Table, year: FiscalYear) -> GridShape | None:
    frame = frame_of(top_of(table))
    months = frame.map(lambda found: month_in_head(found, year))
    counts = months.map(lambda month: isinstance(month, Month)).sum(axis=1)
    if counts.empty or int(counts.max()) < FEWEST_MONTHS:
        return None
    header = int(str(counts.idxmax()))
    named: dict[int, Month] = {}
    for column, month in months.loc[header].items():
        if isinstance(month, Month) and month not in named.values():
            named[int(str(column))] = month
    heads = next(row.cells for row in table.rows if row.number == header)
    is_ours = LINE_KEY in map(text_of, heads)
    column = _line_column(heads, frame, min(named))
    if column is None:
        return None
    is_minor = _starts_with(table, header, ("line_code", *map(str, named.values())))
    return GridShape(table, header, column, named, _unit(table, header), is_ours, is_minor)


def _line_column(heads: Sequence[Found], frame: pd.DataFrame, first_month: int) -> int | None:
    """Return the column headed as that of the lines, else the wordiest before the months."""
    for column, found in enumerate(heads):
        if text_of(found) == LINE_KEY or head_of(found) is Head.LINE:
            return column
    before = list(range(first_month))
    words = frame[before].map(lambda found: isinstance(found, str) and not is_blank(found))
    return int(str(words.sum().idxmax())) if before else None


def _starts_with(table: Table, header: int, heads: Sequence[str]) -> bool:
    """Whether a text file has the heads of a file of the plan folder."""
    row = next(row for row in table.rows if row.number == header)
    return table.sheet is None and tuple(map(text_of, row.cells[: len(heads)])) == tuple(heads)


def top_of(table: Table) -> list[FileRow]:
    """Return the rows among which a header is looked for."""
    return [row for row in table.rows if row.number <= HEADER_WITHIN]


def _unit(table: Table, header: int) -> int:
    """Return the unit that is stated in the header or above it, 1 when none is."""
    stated = (
        unit for row in top_of(table) if row.number <= header for unit in map(unit_of, row.cells)
    )
    return next((unit for unit in stated if unit is not None), 1)

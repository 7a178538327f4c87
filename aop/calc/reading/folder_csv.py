"""The CSV files of a plan folder: commas, one header row, texts that no spreadsheet runs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aop.calc.months import FiscalYear, Month
from aop.calc.reading.folder_fields import Cell, Refused, guarded, plain

LARGEST_CELL = 100_000
_QUOTED = re.compile('[,"\r\n]')

Value = str | int | Decimal | bool | date | Month | None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file in order, `needed` ones among them, and months after them.

    `months` are the twelve months that are columns too; None means that the year is not known,
    and then nothing is said about months. A file without month columns has `has_months` false.
    """

    named: tuple[str, ...]
    needed: tuple[str, ...]
    has_months: bool = False
    months: FiscalYear | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All columns in order, as they are written."""
        return self.named + tuple(str(month) for month in self.months or ())


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row and the physical row of the file where it starts."""

    row: int
    cells: list[str]


def csv_rows(text: str) -> list[CsvRow]:
    """Return the rows that hold something; raises Refused where the text is no CSV.

    >>> csv_rows("a,b\\n\\n1,2\\n")[1]
    CsvRow(row=3, cells=['1', '2'])
    """
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[CsvRow] = []
    row = 1
    try:
        for cells in reader:
            if any(cells):
                rows.append(CsvRow(row, cells))
            row = reader.line_num + 1
    except csv.Error:
        raise Refused("bad_csv", row=row, limit=LARGEST_CELL) from None
    return rows


def header_faults(header: Sequence[str], columns: Columns) -> list[tuple[str, Refused]]:
    """Return what is wrong with a header row: each column with the reason."""
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        return [("", Refused("not_commas"))]
    faults = [(n, Refused("column_twice")) for i, n in enumerate(header) if n in header[:i]]
    faults += [(n, Refused("column_missing")) for n in columns.needed if n not in header]
    if (year := columns.months) is not None:
        if missing := [str(month) for month in year if str(month) not in header]:
            faults.append(("", Refused("months_missing", found=", ".join(missing))))
        faults += [
            (name, Refused("outside_year", found=name, first=year.first, last=year.last))
            for name in header
            if (month := _month_or_none(name)) is not None and month not in year
        ]
    return faults


def unknown_columns(header: Iterable[str], columns: Columns) -> list[str]:
    """Return the columns that nobody reads."""
    return [
        name
        for name in header
        if name not in columns.names
        and not (columns.has_months and _month_or_none(name) is not None)
    ]


class CellsByName(Mapping[str, object]):
    """The cells of a row under the names of their columns, made when they are asked for."""

    __slots__ = ("_cells", "_places")

    def __init__(self, places: Mapping[str, int], cells: Sequence[str]) -> None:
        self._places = places
        self._cells = cells

    def __getitem__(self, name: str) -> Cell:
        place = self._places[name]
        if place >= len(self._cells):
            raise KeyError(name)
        return Cell(self._cells[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def csv_bytes(columns: Columns, rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV file, byte for byte the same for the same values.

    >>> csv_bytes(Columns(("code", "amount"), ()), [("A,B", 0), ("-1", None)]).decode()
    'code,amount\\n"A,B",0\\n\\'-1,\\n'
    """
    lines = [",".join(columns.names), *(",".join(map(_cell, row)) for row in rows), ""]
    return "\n".join(lines).encode()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(guarded(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def _quoted(cell: str) -> str:
    """Quote like the csv module, but a lone carriage return too, which that one forgets."""
    return '"{}"'.format(cell.replace('"', '""')) if _QUOTED.search(cell) else cell


def _month_or_none(name: str) -> Month | None:
    try:
        return Month.parse(name)
    except ValueError:
        return None

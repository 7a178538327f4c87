"""Reads a budget of lines × months: ours by its hidden keys, others by names (DOMAIN §18)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.utils.translation import gettext as _

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.calc.reading.import_result import Code, Rejected, Skipped, ToConfirm
from aop.calc.reading.tables import FileRow, Found, Table, column_letters, is_blank, text_of
from aop.calc.reading.words import Why, month_in_head, sum_named_by
from budgets.spreadsheets.cells import CellRefused, ReadPlan, read_amount, read_minor, unknown_line
from budgets.spreadsheets.gate import FileRefused
from budgets.spreadsheets.keys import PLAN_KEY, PREFIX, SUBTOTAL_KEY, TOTAL_KEY
from budgets.spreadsheets.shapes import GridShape, find_grid, frame_of, top_of

_SIGNED = (LineKind.REVENUE, LineKind.FINANCING)
_OF_KEY = {SUBTOTAL_KEY: Why.SUBTOTAL, TOTAL_KEY: Why.TOTAL}

Amounts = Mapping[str, Mapping[Month, int]]


@dataclass(frozen=True, slots=True)
class GridRead:
    """Every row below the header, in one of four heaps.

    `amounts` holds the accepted rows by line code; an empty cell is left out, which is not 0.
    `row_of` gives the physical row of a line.
    """

    sheet: str | None
    unit: int
    amounts: Amounts
    row_of: Mapping[str, int]
    to_confirm: tuple[ToConfirm, ...]
    rejected: tuple[Rejected, ...]
    skipped: tuple[Skipped, ...]


def read_grid(tables: Sequence[Table], plan: ReadPlan, *, label: int) -> GridRead:
    """Read the budget that a file holds for the fiscal year called `label`.

    Raises:
        FileRefused: No table has months, or the workbook was made of another plan.
    """
    _refuse_other_plan(tables, plan)
    return _GridReader(find_grid(tables, plan.year, label), plan).read()


def _refuse_other_plan(tables: Sequence[Table], plan: ReadPlan) -> None:
    """Refuse a workbook of ours that was made of another plan than this one."""
    found = (text_of(cell) for table in tables for row in top_of(table) for cell in row.cells)
    for made_of in found:
        if not made_of.startswith(PLAN_KEY) or made_of == plan.key:
            continue
        slug, _colon, year = made_of.removeprefix(PLAN_KEY).rpartition(":")
        raise FileRefused(
            _("This workbook was made of plan %(year)s of “%(company)s”. Export this plan first.")
            % {"year": year, "company": slug}
        )


class _GridReader:
    """Sorts the rows of one grid, then reads the months of those that are lines."""

    def __init__(self, shape: GridShape, plan: ReadPlan) -> None:
        self.shape, self.plan = shape, plan
        self.names = plan.names()
        self.lines = {line.code: line for line in plan.lines}
        self.rejected: list[Rejected] = []
        self.to_confirm: list[ToConfirm] = []
        self.skipped: list[Skipped] = []
        self.code_of: dict[int, str] = {}  # physical row -> line code

    def read(self) -> GridRead:
        body = [row for row in self.shape.table.rows if row.number > self.shape.header]
        body = [row for row in body if not row.is_empty]
        for row in body:
            self._sort(row)
        amounts = self._amounts([row for row in body if row.number in self.code_of])
        return GridRead(
            sheet=self.shape.table.sheet,
            unit=self.shape.unit,
            amounts=amounts,
            row_of={code: row for row, code in self.code_of.items()},
            to_confirm=tuple(self.to_confirm),
            rejected=tuple(sorted(self.rejected, key=lambda each: each.row or 0)),
            skipped=tuple(self.skipped),
        )

    def _sort(self, row: FileRow) -> None:
        """Decide which line a row is, or that it is none."""
        column = self._name_column(row)
        name = text_of(row.cell(column))
        match = self.names.find(name)
        if self._repeats_header(row):
            self.skipped.append(Skipped(row.number, Why.HEADING))
        elif match.code is not None:
            self._take(row, match.code, name)
        elif (why := self._nothing_in(row, name)) is not None:
            self.skipped.append(Skipped(row.number, why))
        elif match.suggested is not None:
            reason = _("The name is only alike. Is this line meant?")
            self.to_confirm.append(ToConfirm(row.number, name, match.suggested, reason))
        else:
            self._reject(row, unknown_line(row.cell(column)), column)

    def _name_column(self, row: FileRow) -> int:
        """Return where the row is named; in a workbook of ours, new rows have no key."""
        usual = self.shape.line_column
        if not self.shape.is_ours or not is_blank(row.cell(usual)):
            return usual
        before = range(min(self.shape.months))
        return next((place for place in before if not is_blank(row.cell(place))), usual)

    def _repeats_header(self, row: FileRow) -> bool:
        """Whether the months stand in the row once more: for people, or on another page."""
        heads = {column: row.cell(column) for column in self.shape.months}
        return all(
            month_in_head(heads[column], self.plan.year) == month
            for column, month in self.shape.months.items()
        )

    def _has_amounts(self, row: FileRow) -> bool:
        return any(not is_blank(row.cell(column)) for column in self.shape.months)

    def _nothing_in(self, row: FileRow, name: str) -> Why | None:
        if name.startswith(PREFIX):
            return _OF_KEY.get(name, Why.HEADING)
        texts = [found for found in row.cells if isinstance(found, str)]
        why = next((why for why in map(sum_named_by, texts) if why is not None), None)
        if why is not None:
            return why
        if self._has_amounts(row):
            return None
        return Why.NOTE if self._is_last(row) else Why.HEADING

    def _is_last(self, row: FileRow) -> bool:
        """Whether no row with amounts comes after this one."""
        return not any(
            later.number > row.number and self._has_amounts(later)
            for later in self.shape.table.rows
        )

    def _take(self, row: FileRow, code: str, name: str) -> None:
        if row.is_hidden:
            reason = _("The row is hidden in the file. Does it count?")
            self.to_confirm.append(ToConfirm(row.number, name, code, reason))
            return
        earlier = next((number for number, known in self.code_of.items() if known == code), None)
        if earlier is not None:
            reason = _("The same line stands in row %(row)s already. Leave only one of them.")
            refused = CellRefused(Code.DUPLICATE, reason % {"row": earlier})
            self._reject(row, refused, self.shape.line_column)
            return
        self.code_of[row.number] = code

    def _amounts(self, rows: Sequence[FileRow]) -> Amounts:
        """Return the amounts of the rows that have no bad cell."""
        found: dict[str, dict[Month, int]] = {self.code_of[row.number]: {} for row in rows}
        by_number = {row.number: row for row in rows}
        for number, column, cell in self._melted(rows):
            code = self.code_of[number]
            if code not in found or is_blank(cell):
                continue
            try:
                found[code][self.shape.months[column]] = self._amount(cell, code)
            except CellRefused as refused:
                del found[code]
                self._reject(by_number[number], refused, column)
        return found

    def _melted(self, rows: Sequence[FileRow]) -> list[tuple[int, int, Found]]:
        """Return row, column and raw cell of every month, one below the other."""
        if not rows:
            return []
        frame = frame_of(rows, width=max(self.shape.months) + 1)[list(self.shape.months)]
        frame.insert(0, "row", frame.index.astype(object))
        long = frame.melt(id_vars="row", var_name="column", value_name="cell")
        assert_raw(long)
        return list(zip(long["row"], long["column"], long["cell"], strict=True))

    def _amount(self, cell: Found, code: str) -> int:
        if self.shape.is_minor:
            amount = read_minor(cell, self.plan)
        else:
            amount = read_amount(cell, self.plan, self.shape.unit)
        if amount < 0 and self.lines[code].kind not in _SIGNED:
            raise CellRefused(
                Code.NOT_A_NUMBER, _("A cost or a payment is typed as a positive number.")
            )
        return amount

    def _reject(self, row: FileRow, refused: CellRefused, column: int) -> None:
        self.rejected.append(
            Rejected(
                row=row.number,
                column=column_letters(column),
                found=text_of(row.cell(column)),
                code=refused.code,
                reason=refused.reason,
            )
        )


def assert_raw(frame: pd.DataFrame) -> None:
    """Make sure that no cell was turned into a float on its way through a frame.

    Raises:
        TypeError: A column holds machine floats instead of what was read.
    """
    floats = [str(name) for name, kind in frame.dtypes.items() if kind.kind == "f"]
    if floats:
        raise TypeError(f"columns of floats: {', '.join(floats)}")

"""Lines × months with live sums: the budget sheet, and the actuals in the same shape."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aop.calc.calendar_text import format_month, format_month_year
from aop.calc.cells import total
from aop.calc.figures import Column
from aop.calc.lines import OPERATING_COSTS, LineKind
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.totals import TotalName
from budgets.spreadsheets.keys import (
    GROUP_KEY,
    LINE_KEY,
    PRIVATE_KEY,
    SUBTOTAL_KEY,
    TOTAL_KEY,
    YEAR_KEY,
    plan_key,
)
from tracking.queries.workbook import Book, BookGroup, BookRow
from tracking.spreadsheets.formulas import (
    across,
    cell,
    difference_of,
    down,
    quotient_of,
    sum_of,
)
from tracking.spreadsheets.page import KEY, LINE_COLOUR, NAME, SOFT, Head, Page, Style
from tracking.templatetags.tracking_words import TOTALS

KIND, FIRST = 2, 3
LAST = FIRST + MONTHS_PER_YEAR - 1
YEAR = LAST + 1
KEYS_ROW, HEADER_ROW, BODY_ROW = 3, 4, 5

KINDS_OF: dict[TotalName, tuple[LineKind, ...]] = {
    TotalName.REVENUE: (LineKind.REVENUE,),
    TotalName.COGS: (LineKind.COGS,),
    TotalName.MARKETING: (LineKind.MARKETING,),
    TotalName.OPERATING_COSTS: OPERATING_COSTS,
    TotalName.PURCHASES: (LineKind.PURCHASE,),
}
PARTS_OF: dict[TotalName, tuple[TotalName, ...]] = {
    TotalName.GROSS_PROFIT: (TotalName.REVENUE, TotalName.COGS),
    TotalName.OPERATING_PROFIT: (
        TotalName.REVENUE,
        TotalName.COGS,
        TotalName.OPERATING_COSTS,
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which months a table shows, and up to which one its last column adds them."""

    column: Column
    title: str
    sum_head: str
    key: str
    sum_end: int = MONTHS_PER_YEAR


@dataclass(slots=True)
class Placed:
    """Where a table put its rows, for the sheets that point at it."""

    sheet: str
    lines: dict[str, int] = field(default_factory=dict)
    totals: dict[TotalName, int] = field(default_factory=dict)
    last_row: int = BODY_ROW


def shown_totals(book: Book) -> list[TotalName]:
    """Return the totals that the company has lines for and that give no private line away."""
    present = book.figures.present
    names = []
    for name in TotalName:
        kinds = [
            kind
            for part in PARTS_OF.get(name, (name,))
            for kind in KINDS_OF[part]
            if kind in present
        ]
        needs_both = name is TotalName.GROSS_PROFIT and LineKind.COGS not in present
        if kinds and not needs_both and not book.unseen_kinds.intersection(kinds):
            names.append(name)
    return names


def parts_shown(book: Book, name: TotalName) -> list[TotalName]:
    """Return the totals that a profit is made of; a kind that no line has counts as nothing."""
    return [part for part in PARTS_OF[name] if not book.figures.present.isdisjoint(KINDS_OF[part])]


def month_name(book: Book, month: Month) -> str:
    """Name a month in a column's head; with its year where the fiscal year spans two."""
    language = book.reader.language
    spans_two = book.year.first.year != book.year.last.year
    return format_month_year(month, language) if spans_two else format_month(month, language)


class MonthTable:
    """Writes one such sheet from top to bottom."""

    def __init__(self, page: Page, book: Book, wanted: Wanted, head: Head) -> None:
        self.page, self.book, self.wanted, self.head = page, book, wanted, head
        self.placed = Placed(page.name)
        self.row = BODY_ROW

    def write(self) -> Placed:
        """Write the sheet and return where everything stands."""
        self._top()
        for group in self.book.groups:
            self._group(group)
        self._totals()
        self.placed.last_row = self.row - 1
        self._dress()
        return self.placed

    def _top(self) -> None:
        page, book = self.page, self.book
        page.head(self.head)
        page.text(0, KEY, plan_key(book.plan.company.slug, book.plan.fiscal_year))
        page.text(KEYS_ROW, KEY, self.wanted.key)
        heads = {NAME: _("Budget line"), KIND: pgettext("budget line", "Kind")}
        for column, month in enumerate(book.year, start=FIRST):
            page.text(KEYS_ROW, column, str(month))
            heads[column] = self._month_head(column - FIRST, month)
        page.text(KEYS_ROW, YEAR, YEAR_KEY)
        page.heads(HEADER_ROW, heads | {YEAR: self.wanted.sum_head}, left=(NAME, KIND))

    def _month_head(self, index: int, month: Month) -> str:
        name = month_name(self.book, month)
        is_open = self.wanted.column is Column.ACTUAL and index >= self.book.closed
        return _("%(month)s (open)") % {"month": name} if is_open else name

    def _group(self, group: BookGroup) -> None:
        style = self.page.file.style(bold=True, bg_color=SOFT)
        self.page.text(self.row, KEY, GROUP_KEY)
        self.page.text(self.row, NAME, group.name, style)
        self.page.blank(self.row, range(KIND, YEAR + 1), style)
        self.row += 1
        rows = range(self.row, self.row + len(group.rows))
        for row in group.rows:
            self._line(row)
        if group.rows and group.is_whole:
            self._subtotal(group, rows)

    def _line(self, row: BookRow) -> None:
        cells = self.book.months_of(row.codes, self.wanted.column)
        self.page.text(self.row, KEY, row.key or PRIVATE_KEY)
        self.page.text(self.row, NAME, row.name, self.page.file.style(indent=1))
        self.page.text(self.row, KIND, row.kind_name)
        for column, amount in enumerate(cells, start=FIRST):
            self.page.amount(self.row, column, amount)
        self._sum_across(cells, self.page.file.money(bold=True))
        self.page.sheet.set_row(self.row, None, None, {"level": 1})
        for code in row.codes:
            self.placed.lines[code] = self.row
        self.row += 1

    def _sum_across(self, cells: Sequence[int | None], style: Style) -> None:
        end = self.wanted.sum_end
        if not end:
            self.page.blank(self.row, [YEAR], style)
            return
        value = total(cells, 0, end)
        months = across(self.row, FIRST, FIRST + end - 1)
        self.page.formula(self.row, YEAR, sum_of([months], value), value, style)

    def _subtotal(self, group: BookGroup, rows: range) -> None:
        style = {"bold": True, "top": 1, "top_color": LINE_COLOUR}
        codes = tuple(code for row in group.rows for code in row.codes)
        cells = self.book.months_of(codes, self.wanted.column)
        year = total(cells, 0, self.wanted.sum_end) if self.wanted.sum_end else None
        title = _("Total %(group)s") % {"group": group.name}
        self.page.text(self.row, KEY, SUBTOTAL_KEY)
        self.page.text(self.row, NAME, title, self.page.file.style(**style))
        self.page.blank(self.row, [KIND], self.page.file.style(**style))
        for column, amount in enumerate((*cells, year), start=FIRST):
            formula = sum_of(down(rows, column), amount)
            self.page.formula(self.row, column, formula, amount, self.page.file.money(**style))
        self.row += 1

    def _totals(self) -> None:
        self.row += 1
        for name in shown_totals(self.book):
            self.placed.totals[name] = self.row
            self._total(name)
            self.row += 1
            if name is TotalName.GROSS_PROFIT:
                self._margin()
                self.row += 1

    def _total(self, name: TotalName) -> None:
        is_profit = name in PARTS_OF
        style = {"bold": is_profit, "bg_color": SOFT} if is_profit else {}
        self.page.text(self.row, KEY, TOTAL_KEY)
        self.page.text(self.row, NAME, str(TOTALS[name]), self.page.file.style(**style))
        self.page.blank(self.row, [KIND], self.page.file.style(**style))
        for column in range(FIRST, YEAR + 1):
            if self._is_counted(column):
                value = self._value(name, column)
                formula = self._formula(name, column, value)
                self.page.formula(self.row, column, formula, value, self.page.file.money(**style))
            else:
                self.page.blank(self.row, [column], self.page.file.style(**style))

    def _is_counted(self, column: int) -> bool:
        """Whether totals are shown there: what is logged in an open month proves nothing yet."""
        return column - FIRST < self.wanted.sum_end or (column == YEAR and self.wanted.sum_end > 0)

    def _value(self, name: TotalName, column: int) -> int | None:
        return self.book.figures.total(name, self.wanted.column, *self._span(column))

    def _span(self, column: int) -> tuple[int, int]:
        index = column - FIRST
        return (0, self.wanted.sum_end) if column == YEAR else (index, index + 1)

    def _formula(self, name: TotalName, column: int, value: int | None) -> str:
        if name in PARTS_OF:
            parts = parts_shown(self.book, name)
            cells = [cell(self.placed.totals[part], column) for part in parts]
            if parts[0] is not TotalName.REVENUE:
                cells.insert(0, "0")
            return difference_of(cells[0], cells[1:], value)
        rows = {
            self.placed.lines[code]
            for row in self.book.rows
            if row.kind in KINDS_OF[name]
            for code in row.codes
        }
        return sum_of(down(sorted(rows), column), value)

    def _margin(self) -> None:
        style = self.page.file.style(num_format="0.0%", italic=True)
        profit, revenue = (
            self.placed.totals[name] for name in (TotalName.GROSS_PROFIT, TotalName.REVENUE)
        )
        self.page.text(self.row, KEY, TOTAL_KEY)
        title = self.page.file.style(italic=True, indent=1)
        self.page.text(self.row, NAME, _("Gross margin"), title)
        for column in range(FIRST, YEAR + 1):
            if self._is_counted(column):
                ratio = self.book.figures.gross_margin(self.wanted.column, *self._span(column))
                formula = quotient_of(cell(profit, column), cell(revenue, column))
                self.page.ratio(self.row, column, formula, ratio, style)

    def _dress(self) -> None:
        sheet, book = self.page.sheet, self.book
        amounts = [total(book.months_of(row.codes, self.wanted.column)) for row in book.rows] + [
            book.figures.total(name, self.wanted.column) for name in self.placed.totals
        ]
        width = self.page.money_width(amounts)
        sheet.set_column(KEY, KEY, 14, None, {"hidden": True})
        sheet.set_column(NAME, NAME, 40)
        sheet.set_column(KIND, KIND, 18)
        sheet.set_column(FIRST, LAST, width - 1)
        sheet.set_column(YEAR, YEAR, width)
        sheet.set_row(KEYS_ROW, None, None, {"hidden": True})
        sheet.freeze_panes(BODY_ROW, FIRST)
        sheet.ignore_errors({"formula_differs": f"A1:{cell(self.row, YEAR)}"})
        self.page.print_as(self.head, header_row=HEADER_ROW, last=(self.row - 1, YEAR))


def budget_table(page: Page, book: Book, head: Head) -> Placed:
    """Write the plan in force, by group and line, with its sums."""
    wanted = Wanted(Column.PLANNED, head.title, _("Full year"), LINE_KEY)
    return MonthTable(page, book, wanted, head).write()


def actuals_table(page: Page, book: Book, head: Head) -> Placed:
    """Write what happened; the last column adds the closed months."""
    wanted = Wanted(Column.ACTUAL, head.title, _("Year to date"), "aop:actuals", book.closed)
    return MonthTable(page, book, wanted, head).write()

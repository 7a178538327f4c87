"""Plan against actual by line: the month, the year to date, and the year's forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from aop.calc.calendar_text import format_month_long
from aop.calc.figures import Column
from aop.calc.rounding import ratio_of
from aop.calc.totals import TotalName
from budgets.spreadsheets.keys import GROUP_KEY, SUBTOTAL_KEY, TOTAL_KEY
from tracking.queries.compared import Compared, GroupRows, Outlook, Period, Row
from tracking.queries.variance import VarianceTable
from tracking.queries.workbook import Book
from tracking.spreadsheets.formulas import (
    cell,
    difference_of,
    down,
    points_between,
    quotient_of,
    share_of,
    sum_of,
)
from tracking.spreadsheets.month_table import KINDS_OF, PARTS_OF, parts_shown, shown_totals
from tracking.spreadsheets.page import KEY, LINE_COLOUR, NAME, SOFT, Head, Page
from tracking.templatetags.tracking_words import STATUSES, TOTALS, meaning_word

KIND, MONTH, TO_DATE, YEAR = 2, 3, 8, 13  # where each block of columns begins
PLANNED, ACTUAL, VARIANCE, SHARE, MEANING = range(5)  # inside a block
YEAR_PLANNED, FORECAST, REMAINING, STATUS = range(YEAR, YEAR + 4)
BLOCKS_ROW, HEADER_ROW, BODY_ROW = 3, 4, 5
SUMS = (MONTH + PLANNED, MONTH + ACTUAL, TO_DATE + PLANNED, TO_DATE + ACTUAL)
_POINTS = "+0.0;[Red]-0.0;0.0"


@dataclass(frozen=True, slots=True)
class Both:
    """The same row compared over the month and over the year to date."""

    month: Compared
    to_date: Compared
    outlook: Outlook


class VarianceSheet:
    """Writes the sheet from top to bottom."""

    def __init__(self, page: Page, book: Book, head: Head) -> None:
        self.page, self.book, self.head = page, book, head
        month = book.year.first.plus(book.closed - 1)
        self.of_month = VarianceTable(book.facts, month, Period.MONTH)
        self.to_date = VarianceTable(book.facts, month, Period.YTD)
        self.row = BODY_ROW
        self.lines: dict[str, int] = {}
        self.totals: dict[TotalName, int] = {}

    def write(self) -> None:
        """Write lines by group with sums, then the totals."""
        self._top()
        shows_private = self.book.reader.shows_private
        pairs = zip(
            self.of_month.groups(self.book.lines, shows_private=shows_private),
            self.to_date.groups(self.book.lines, shows_private=shows_private),
            self.book.groups,
            strict=True,
        )
        for month, to_date, group in pairs:
            self._group(month, to_date, [row.codes for row in group.rows])
        self.row += 1
        self._totals()
        self._dress()

    def _top(self) -> None:
        page, language = self.page, self.book.reader.language
        page.head(self.head)
        page.text(HEADER_ROW, KEY, "aop:variance")
        block = page.file.style(bold=True, bg_color=SOFT, align="center")
        month = format_month_long(self.of_month.month, language)
        for first, last, title in (
            (MONTH, MONTH + MEANING, month[:1].upper() + month[1:]),
            (TO_DATE, TO_DATE + MEANING, _("Year to date")),
            (YEAR, STATUS, _("Full year")),
        ):
            page.sheet.merge_range(BLOCKS_ROW, first, BLOCKS_ROW, last, "", block)
            page.text(BLOCKS_ROW, first, title, block)
        heads = {NAME: _("Budget line"), KIND: pgettext("budget line", "Kind")}
        for block_start in (MONTH, TO_DATE):
            heads |= {
                block_start + PLANNED: _("Planned"),
                block_start + ACTUAL: _("Actual"),
                block_start + VARIANCE: _("Actual − planned"),
                block_start + SHARE: _("Share of plan"),
                block_start + MEANING: _("Meaning"),
            }
        heads |= {YEAR_PLANNED: _("Planned"), FORECAST: _("Forecast")}
        heads |= {REMAINING: _("Remaining"), STATUS: _("Status")}
        left = (NAME, KIND, MONTH + MEANING, TO_DATE + MEANING, STATUS)
        page.heads(HEADER_ROW, heads, left=left)

    def _group(
        self, month: GroupRows, to_date: GroupRows, codes: Sequence[tuple[str, ...]]
    ) -> None:
        style = self.page.file.style(bold=True, bg_color=SOFT)
        self.page.text(self.row, KEY, GROUP_KEY)
        self.page.text(self.row, NAME, month.name, style)
        self.page.blank(self.row, range(KIND, STATUS + 1), style)
        self.row += 1
        first = self.row
        names = {row.codes: row.name for row in self.book.rows}
        pairs = zip(
            (*month.rows, *([month.private] if month.private else [])),
            (*to_date.rows, *([to_date.private] if to_date.private else [])),
            codes,
            strict=True,
        )
        for in_month, so_far, of_row in pairs:
            self._line(in_month, so_far, of_row, names[of_row])
        if codes and month.sums is not None and to_date.sums is not None:
            sums = Both(month.sums.cell, to_date.sums.cell, to_date.sums.outlook)
            title = _("Total %(group)s") % {"group": month.name}
            self._sums(title, sums, range(first, self.row))

    def _line(self, month: Row, to_date: Row, codes: tuple[str, ...], name: str) -> None:
        page, row = self.page, self.row
        page.text(row, NAME, name, page.file.style(indent=1))
        if to_date.line is not None:
            page.text(row, KEY, to_date.line.code)
            page.text(row, KIND, str(to_date.line.get_kind_display()))
        self._block(MONTH, month.cell)
        self._block(TO_DATE, to_date.cell)
        self._year(to_date.outlook, to_date.cell.actual)
        if to_date.is_judged and to_date.spending is not None:
            word = str(STATUSES[to_date.spending.status][1])
            page.text(row, STATUS, word, page.file.style(indent=1))
        page.sheet.set_row(row, None, None, {"level": 1})
        for code in codes:
            self.lines[code] = row
        self.row += 1

    def _block(self, start: int, compared: Compared) -> None:
        self.page.amount(self.row, start + PLANNED, compared.planned)
        self.page.amount(self.row, start + ACTUAL, compared.actual)
        self._judge(start, compared, {})
        word = self.page.file.style(indent=1)
        self.page.text(self.row, start + MEANING, meaning_word(compared).text, word)

    def _judge(self, start: int, compared: Compared, style: dict[str, object]) -> None:
        """Write variance and share as formulas over the two cells before them."""
        planned, actual, variance = (
            cell(self.row, start + part) for part in (PLANNED, ACTUAL, VARIANCE)
        )
        value = _variance(compared)
        formula = difference_of(actual, [planned], value)
        tone = meaning_word(compared).tone
        self.page.formula(
            self.row, start + VARIANCE, formula, value, self.page.file.signed(tone, **style)
        )
        size = None if compared.planned is None else abs(compared.planned)
        share = self.page.file.style(num_format="+0.0%;-0.0%;0.0%", **style)
        self.page.ratio(
            self.row, start + SHARE, share_of(variance, planned), ratio_of(value, size), share
        )

    def _year(
        self, outlook: Outlook, actual: int | None, style: dict[str, object] | None = None
    ) -> None:
        money = self.page.file.money(**(style or {}))
        self.page.amount(self.row, YEAR_PLANNED, outlook.planned, money)
        self.page.amount(self.row, FORECAST, outlook.forecast, money)
        self._remaining(outlook, actual, money)

    def _remaining(self, outlook: Outlook, actual: int | None, money: object) -> None:
        planned, spent = cell(self.row, YEAR_PLANNED), cell(self.row, TO_DATE + ACTUAL)
        known = outlook.planned is not None and actual is not None
        value = (outlook.planned or 0) - (actual or 0) if known else None
        self.page.formula(self.row, REMAINING, difference_of(planned, [spent], value), value, money)

    def _sums(self, title: str, both: Both, rows: range) -> None:
        style: dict[str, object] = {"bold": True, "top": 1, "top_color": LINE_COLOUR}
        self._summed_row(title, SUBTOTAL_KEY, both, style, rows)
        self.row += 1

    def _summed_row(
        self,
        title: str,
        key: str,
        both: Both,
        style: dict[str, object],
        rows: Sequence[int],
    ) -> None:
        page, money = self.page, self.page.file.money(**style)
        page.text(self.row, KEY, key)
        page.blank(self.row, range(KIND, STATUS + 1), page.file.style(**style))
        page.text(self.row, NAME, title, page.file.style(**style))
        for column, value in self._values(both).items():
            page.formula(self.row, column, sum_of(down(rows, column), value), value, money)
        self._judge(MONTH, both.month, style)
        self._judge(TO_DATE, both.to_date, style)
        self._remaining(both.outlook, both.to_date.actual, money)

    def _values(self, both: Both) -> dict[int, int | None]:
        """Return the sums of a row by column."""
        return {
            MONTH + PLANNED: both.month.planned,
            MONTH + ACTUAL: both.month.actual,
            TO_DATE + PLANNED: both.to_date.planned,
            TO_DATE + ACTUAL: both.to_date.actual,
            YEAR_PLANNED: both.outlook.planned,
            FORECAST: both.outlook.forecast,
        }

    def _totals(self) -> None:
        months = {row.name: row for row in self.of_month.totals()}
        for to_date in self.to_date.totals():
            name = to_date.name
            if name not in shown_totals(self.book):
                continue
            self.totals[name] = self.row
            both = Both(months[name].cell, to_date.cell, to_date.outlook)
            if name in PARTS_OF:
                self._profit(name, both)
            else:
                rows = [
                    self.lines[code]
                    for row in self.book.rows
                    if row.kind in KINDS_OF[name]
                    for code in row.codes
                ]
                self._summed_row(str(TOTALS[name]), TOTAL_KEY, both, {}, sorted(set(rows)))
            self.row += 1
            if name is TotalName.GROSS_PROFIT:
                self._margin()
                self.row += 1

    def _profit(self, name: TotalName, both: Both) -> None:
        """Write a profit as the difference of the totals above it, without a share of the plan."""
        style: dict[str, object] = {"bold": True, "bg_color": SOFT}
        page, money = self.page, self.page.file.money(**style)
        page.text(self.row, KEY, TOTAL_KEY)
        page.blank(self.row, range(KIND, STATUS + 1), page.file.style(**style))
        page.text(self.row, NAME, str(TOTALS[name]), page.file.style(**style))
        parts = [self.totals[part] for part in parts_shown(self.book, name)]
        has_revenue = parts_shown(self.book, name)[0] is TotalName.REVENUE
        for column, value in self._values(both).items():
            cells = [cell(row, column) for row in parts]
            first = cells.pop(0) if has_revenue else "0"
            page.formula(self.row, column, difference_of(first, cells, value), value, money)
        for start, compared in ((MONTH, both.month), (TO_DATE, both.to_date)):
            planned, actual = (cell(self.row, start + part) for part in (PLANNED, ACTUAL))
            value = _variance(compared)
            formula = difference_of(actual, [planned], value)
            signed = page.file.signed(meaning_word(compared).tone, **style)
            page.formula(self.row, start + VARIANCE, formula, value, signed)

    def _margin(self) -> None:
        """Write gross profit ÷ revenue, and the difference in percentage points."""
        page = self.page
        style = page.file.style(num_format="0.0%", italic=True)
        page.text(self.row, KEY, TOTAL_KEY)
        page.text(self.row, NAME, _("Gross margin"), page.file.style(italic=True, indent=1))
        profit, revenue = (
            self.totals[name] for name in (TotalName.GROSS_PROFIT, TotalName.REVENUE)
        )
        for start, span in ((MONTH, self.of_month.span), (TO_DATE, self.to_date.span)):
            margins = []
            for part, column in ((PLANNED, Column.PLANNED), (ACTUAL, Column.ACTUAL)):
                margins.append(self.book.figures.gross_margin(column, *span))
                where = start + part
                formula = quotient_of(cell(profit, where), cell(revenue, where))
                page.ratio(self.row, where, formula, margins[-1], style)
            self._points(start, margins)

    def _points(self, start: int, margins: Sequence[Fraction | None]) -> None:
        planned, actual = margins
        value = None if planned is None or actual is None else 100 * (actual - planned)
        formula = points_between(cell(self.row, start + PLANNED), cell(self.row, start + ACTUAL))
        style = self.page.file.style(num_format=_POINTS, italic=True)
        self.page.ratio(self.row, start + VARIANCE, formula, value, style)
        self.page.text(self.row, start + SHARE, _("points"), self.page.file.style(italic=True))

    def _dress(self) -> None:
        sheet = self.page.sheet
        sheet.set_column(KEY, KEY, 14, None, {"hidden": True})
        sheet.set_column(NAME, NAME, 38)
        sheet.set_column(KIND, KIND, 17)
        years = [row.outlook.planned for row in self.to_date.totals()]
        width = self.page.money_width(years)
        for start in (MONTH, TO_DATE):
            sheet.set_column(start + PLANNED, start + VARIANCE, width)
            sheet.set_column(start + SHARE, start + SHARE, 8)
            sheet.set_column(start + MEANING, start + MEANING, 17)
        sheet.set_column(YEAR_PLANNED, REMAINING, width)
        sheet.set_column(STATUS, STATUS, 15)
        sheet.freeze_panes(BODY_ROW, MONTH)
        sheet.ignore_errors({"formula_differs": f"A1:{cell(self.row, STATUS)}"})
        self.page.print_as(self.head, header_row=HEADER_ROW, last=(self.row - 1, STATUS))


def _variance(compared: Compared) -> int | None:
    if compared.planned is None or compared.actual is None:
        return None
    return compared.actual - compared.planned


def variance_sheet(page: Page, book: Book, head: Head) -> None:
    """Write the comparison up to the last month of `book`, which has to be a closed one."""
    VarianceSheet(page, book, head).write()

"""The first sheet: the totals of the year, the cash, and how to read the rest."""

from collections.abc import Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from aop.calc.cells import total
from aop.calc.figures import CashLow, Column
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.totals import TotalName
from tracking.queries.compared import Period
from tracking.queries.variance import VarianceTable
from tracking.queries.workbook import Book
from tracking.spreadsheets.formulas import (
    across,
    cell,
    difference_of,
    elsewhere,
    quotient_of,
    same_as,
    sum_of,
)
from tracking.spreadsheets.lists import month_title
from tracking.spreadsheets.month_table import FIRST, PARTS_OF, YEAR, Placed, parts_shown
from tracking.spreadsheets.page import GREY, SOFT, Head, Page
from tracking.templatetags.tracking_words import TOTALS, meaning_word

HEADER_ROW, BODY_ROW = 4, 5
BASELINE, PLANNED, PLAN_TO_DATE, ACTUAL, VARIANCE, FORECAST = range(2, 8)


class Summary:
    """Writes the sheet; every number points at the sheet that it comes from."""

    def __init__(self, page: Page, book: Book, budget: Placed, actuals: Placed) -> None:
        self.page, self.book = page, book
        self.budget, self.actuals = budget, actuals
        self.row = BODY_ROW
        self.rows: dict[TotalName, int] = {}

    def write(self, head: Head) -> None:
        """Write totals, cash and notes."""
        self.page.head(head)
        self.page.heads(HEADER_ROW, {1: _("Totals")} | self._heads())
        for name in self.budget.totals:
            self.rows[name] = self.row
            self._total(name)
            self.row += 1
            if name is TotalName.GROSS_PROFIT:
                self._margin()
                self.row += 1
        self._cash()
        self._notes()
        self._dress(head)

    def _heads(self) -> dict[int, str]:
        heads = {PLANNED: _("Full-year plan"), FORECAST: _("Full-year forecast")}
        if self.book.version.is_adjusted:
            heads[BASELINE] = _("Baseline plan")
        if self.book.closed:
            heads |= {
                PLAN_TO_DATE: _("Plan to date"),
                ACTUAL: _("Actual to date"),
                VARIANCE: _("Actual − planned"),
            }
        return heads

    def _total(self, name: TotalName) -> None:
        style: dict[str, object] = {"bold": True, "bg_color": SOFT} if name in PARTS_OF else {}
        money = self.page.file.money(**style)
        signed = self.page.file.signed(self._tones.get(name, ""), **style)
        self.page.text(self.row, 1, str(TOTALS[name]), self.page.file.style(**style))
        values = self._values(name)
        for column in self._heads():
            value = values[column]
            formula = self._formula(name, column, value)
            shown = signed if column == VARIANCE else money
            if formula:
                self.page.formula(self.row, column, formula, value, shown)
            else:
                self.page.amount(self.row, column, value, money)

    @cached_property
    def _tones(self) -> dict[TotalName, str]:
        """What the variances of the totals do, as the variance sheet says it."""
        if not self.book.closed:
            return {}
        month = self.book.year.first.plus(self.book.closed - 1)
        table = VarianceTable(self.book.facts, month, Period.YTD)
        return {row.name: meaning_word(row.cell).tone for row in table.totals()}

    def _values(self, name: TotalName) -> dict[int, int | None]:
        figures, closed = self.book.figures, self.book.closed
        planned = figures.total(name, Column.PLANNED, 0, closed)
        actual = figures.total(name, Column.ACTUAL, 0, closed)
        known = planned is not None and actual is not None
        return {
            BASELINE: figures.total(name, Column.BASELINE),
            PLANNED: figures.total(name, Column.PLANNED),
            PLAN_TO_DATE: planned,
            ACTUAL: actual,
            VARIANCE: (actual or 0) - (planned or 0) if known else None,
            FORECAST: figures.year_forecast(name),
        }

    def _formula(self, name: TotalName, column: int, value: int | None) -> str:
        """Return how the number follows from others; empty for baseline and forecast sums."""
        if column == VARIANCE:
            planned, actual = cell(self.row, PLAN_TO_DATE), cell(self.row, ACTUAL)
            return difference_of(actual, [planned], value)
        if name in PARTS_OF:
            return self._profit(name, column, value)
        if column == PLANNED:
            return same_as(elsewhere(self.budget.sheet, self.budget.totals[name], YEAR), value)
        if column == PLAN_TO_DATE:
            row, last = self.budget.totals[name], FIRST + self.book.closed - 1
            return sum_of([f"'{self.budget.sheet}'!{across(row, FIRST, last)}"], value)
        if column == ACTUAL:
            return same_as(elsewhere(self.actuals.sheet, self.actuals.totals[name], YEAR), value)
        return ""

    def _profit(self, name: TotalName, column: int, value: int | None) -> str:
        parts = parts_shown(self.book, name)
        cells = [cell(self.rows[part], column) for part in parts]
        if parts[0] is not TotalName.REVENUE:
            cells.insert(0, "0")
        return difference_of(cells[0], cells[1:], value)

    def _margin(self) -> None:
        figures, closed = self.book.figures, self.book.closed
        spans = {
            BASELINE: (Column.BASELINE, 0, MONTHS_PER_YEAR),
            PLANNED: (Column.PLANNED, 0, MONTHS_PER_YEAR),
            PLAN_TO_DATE: (Column.PLANNED, 0, closed),
            ACTUAL: (Column.ACTUAL, 0, closed),
        }
        self.page.text(self.row, 1, _("Gross margin"), self.page.file.style(italic=True, indent=1))
        style = self.page.file.style(num_format="0.0%", italic=True)
        for column, span in spans.items():
            if column in self._heads():
                profit, revenue = (
                    cell(self.rows[name], column)
                    for name in (TotalName.GROSS_PROFIT, TotalName.REVENUE)
                )
                ratio = figures.gross_margin(*span)
                self.page.ratio(self.row, column, quotient_of(profit, revenue), ratio, style)

    def _cash(self) -> None:
        """Write the cash of the plan in force beside its minimum; not part of the profit."""
        if self.book.unseen_kinds:
            return
        figures, facts = self.book.figures, self.book.facts
        self.row += 1
        self._heading(_("Cash"))
        self._amount(_("Opening cash"), facts.opening_cash)
        self._amount(_("Minimum cash"), facts.minimum_cash)
        lows: Sequence[tuple[str, CashLow | None]] = (
            (_("Lowest as planned"), figures.cash_low(figures.cash_planned)),
            (_("Lowest ahead, the rest as planned"), figures.lowest_open_cash),
            (_("Lowest ahead, at the pace so far"), figures.lowest_open_cash_at_pace),
        )
        for text, low in lows if self.book.closed else lows[:1]:
            if low is not None:
                month = month_title(low.month, self.book.reader.language)
                self._amount(f"{text} ({month})", low.closing)

    def _heading(self, text: str) -> None:
        style = self.page.file.style(bold=True, bg_color=SOFT)
        self.page.text(self.row, 1, text, style)
        self.page.blank(self.row, range(2, FORECAST + 1), style)
        self.row += 1

    def _amount(self, text: str, amount: int) -> None:
        self.page.text(self.row, 1, text)
        self.page.amount(self.row, PLANNED, amount)
        self.row += 1

    def _notes(self) -> None:
        self.row += 1
        self._heading(_("How to read this workbook"))
        style = self.page.file.style(font_color=GREY)
        for text in self._sentences():
            self.page.text(self.row, 1, text, style)
            self.row += 1

    def _sentences(self) -> list[str]:
        sentences = [
            _("Variance = actual − planned on every line. More revenue and less cost are good."),
            _("Costs are positive amounts. An empty cell means that nothing was planned, not 0."),
            _("Stock purchases move cash, not profit; cost of goods sold moves profit, not cash."),
            _("Sums are formulas. Codes stand in the hidden column A: leave them to import again."),
        ]
        if not self.book.reader.shows_private:
            sentences.append(
                _("Private lines are not listed. Sums that would give one away are left out.")
            )
        return sentences

    def _dress(self, head: Head) -> None:
        sheet = self.page.sheet
        sheet.set_column(0, 0, 2)
        sheet.set_column(1, 1, 46)
        amounts = [total(row.planned) for row in self.book.facts.lines]
        sheet.set_column(2, FORECAST, self.page.money_width(amounts) + 2)
        if not self.book.version.is_adjusted:
            sheet.set_column(BASELINE, BASELINE, None, None, {"hidden": True})
        if not self.book.closed:
            sheet.set_column(PLAN_TO_DATE, VARIANCE, None, None, {"hidden": True})
        sheet.freeze_panes(BODY_ROW, 2)
        self.page.print_as(head, header_row=HEADER_ROW, last=(self.row - 1, FORECAST))

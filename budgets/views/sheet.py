"""The budget page put together: which numbers, which unit, which lines, and what is missing."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aop.calc.cells import total
from aop.calc.currencies import Currency
from aop.calc.figures import CashLow, Column
from aop.calc.lines import LineKind
from aop.calc.totals import TotalName
from aop.tenancy.roles import Permission
from budgets.models import BudgetLine
from budgets.queries.lines import versions_of
from budgets.queries.table import BudgetTable, TableView
from budgets.views.shown import ShownGroup, ShownRow, Typing, Writer
from planning.access import PlanRequest

LINES_ON_A_PAGE = 100
VIEW_LABELS = {
    TableView.PLAN: gettext_lazy("Planned"),
    TableView.ACTUAL: gettext_lazy("Actual"),
    TableView.VARIANCE: gettext_lazy("Variance"),
    TableView.LAST_YEAR: gettext_lazy("Last year"),
}
UNIT_LOOKS = {1: "d", 1_000: "k", 1_000_000: "tr"}
FOOT = (TotalName.OPERATING_PROFIT.value,)  # stays in sight, with the closing cash


class Sheet:
    """What one member sees of the budget with the choices in `chosen` (the query or a form)."""

    def __init__(self, request: PlanRequest, chosen: QueryDict) -> None:
        self.plan, self.member, self.chosen = request.plan, request.membership, chosen
        self.today = request.today
        self.currency = Currency.of(request.company.currency)
        self.view = _one_of(chosen.get("view"), TableView, TableView.PLAN)
        self.unit = chosen_unit(chosen.get("unit"), self.currency.code)
        shows_private = self.member.may(Permission.VIEW_PRIVATE)
        self.table = BudgetTable(self.plan, self.view, shows_private=shows_private)
        self.write = Writer(self.currency.code, self.unit, self.view)

    @property
    def can_type(self) -> bool:
        """Whether cells are inputs: a draft's plan, for those who may edit it."""
        is_plan = self.view is TableView.PLAN and not self.plan.is_frozen
        return is_plan and self.member.may(Permission.EDIT_BUDGET)

    @property
    def is_to_date(self) -> bool:
        """Whether the year's column stops at the last closed month."""
        return self.view in (TableView.ACTUAL, TableView.VARIANCE)

    @property
    def page_prefix(self) -> str:
        """The address of another page of lines, up to its number."""
        return f"?view={self.view.value}&unit={self.unit}&page="

    @cached_property
    def page(self) -> Page[BudgetLine]:
        """The lines on this page; sums always stand for all of them."""
        pages = Paginator(self.table.shown_lines, LINES_ON_A_PAGE)
        return pages.get_page(self.chosen.get("page"))

    @cached_property
    def groups(self) -> list[ShownGroup]:
        """The groups on this page with their rows."""
        lines = list(self.page.object_list)
        typing = None
        if self.can_type:
            versions = versions_of(self.plan.company, [line.pk for line in lines])
            typing = Typing(self.table.months, versions)
        return [self.write.group(group, typing) for group in self.table.groups(lines)]

    @cached_property
    def totals(self) -> list[ShownRow]:
        """The totals under the groups."""
        return [self.write.total(row) for row in self.table.totals()]

    @property
    def foot(self) -> list[ShownRow]:
        """The totals that stay in sight."""
        rows = [row for row in self.totals if row.key in FOOT]
        cash = self.table.cash()
        return [*rows, self.write.cash(cash, self.minimum)] if cash else rows

    @property
    def minimum(self) -> int:
        """The minimum cash."""
        return self.plan.minimum_cash_amount or 0

    @property
    def lowest_cash(self) -> CashLow | None:
        """The lowest planned closing of the year."""
        return self.table.figures.cash_low(self.table.figures.cash_planned)

    def sums_context(self) -> dict[str, Any]:
        """Return what the parts need that change with every saved cell."""
        figures = self.table.figures
        return {
            "totals": [row for row in self.totals if row.key not in FOOT],
            "foot": self.foot,
            "year_totals": {
                name.value: figures.total(name, Column.PLANNED)
                for name in (
                    TotalName.REVENUE,
                    TotalName.GROSS_PROFIT,
                    TotalName.OPERATING_PROFIT,
                )
            },
            "year_margin": figures.gross_margin(Column.PLANNED, 0, len(self.table.months)),
            "lowest_cash": self.lowest_cash,
            "currency": self.currency.code,
        }

    def context(self) -> dict[str, Any]:
        """Return what the whole page needs."""
        return {
            **self.sums_context(),
            "sheet": self,
            "groups": self.groups,
            "page": self.page,
            "months": list(enumerate(self.table.months, start=1)),
            "first_shown": self._first_shown(),
            "views": [(view.value, label, view is self.view) for view, label in self._views()],
            "units": [(unit, unit == self.unit) for unit in reversed(self.currency.units)],
            "unit_look": UNIT_LOOKS[self.unit],
            "missing": self.missing(),
        }

    def _views(self) -> list[tuple[TableView, Any]]:
        return list(VIEW_LABELS.items())

    def _first_shown(self) -> int:
        """Return the month that a phone shows first: the last known one, or the present one."""
        if self.is_to_date and self.table.figures.closed:
            return self.table.figures.closed
        first_days = [month.first_day for month in self.table.months]
        today = self.today.replace(day=1)
        if today in first_days:
            return first_days.index(today) + 1
        is_open = [not month.is_closed for month in self.table.months]
        return is_open.index(True) + 1 if True in is_open else 1

    def missing(self) -> list[dict[str, Any]]:
        """Return what the budget still lacks, each with the place of its cure."""
        if self.plan.is_frozen or not self.member.may(Permission.EDIT_BUDGET):
            return []
        return [item for item in (self._unplanned(), self._no_revenue(), self._no_cash()) if item]

    def _unplanned(self) -> dict[str, Any] | None:
        empty = [
            line
            for line in self.table.lines
            if total(self.table.figures.row(line.code, Column.PLANNED)) is None
        ]
        if not empty:
            return None
        names = ", ".join(line.name for line in empty[:3])
        text = ngettext(
            "%(count)s line has no amounts yet: %(names)s",
            "%(count)s lines have no amounts yet: %(names)s",
            len(empty),
        ) % {"count": len(empty), "names": names + ("…" if len(empty) > 3 else "")}
        return {
            "severity": "warning",
            "text": text,
            "url": self._url("budgets:line_detail", empty[0].pk),
            "action": _("Fill in"),
        }

    def _no_revenue(self) -> dict[str, Any] | None:
        if LineKind.REVENUE in self.table.figures.present:
            return None
        return {
            "severity": "warning",
            "text": _("There is no revenue line, so there is no profit to see."),
            "url": self._url("budgets:line_add") + "?kind=revenue",
            "action": _("Add line"),
        }

    def _no_cash(self) -> dict[str, Any] | None:
        if self.plan.opening_cash_amount is not None:
            return None
        return {
            "severity": "warning",
            "text": _("The opening cash is not known, so the closing cash starts from 0."),
            "url": self._url("planning:direction"),
            "action": _("Fill in"),
        }

    def _url(self, name: str, *more: int) -> str:
        return reverse(name, args=[self.plan.company.slug, self.plan.fiscal_year, *more])


def chosen_unit(text: str | None, currency: str) -> int:
    """Return the unit that `text` names if the currency is shown in it, else the usual one."""
    units = {str(unit): unit for unit in Currency.of(currency).units}
    usual = 1 if Currency.of(currency).decimals else Currency.of(currency).table_unit
    return units.get(text or "", usual)


def _one_of(text: str | None, choices: type[TableView], usual: TableView) -> TableView:
    return choices(text) if text in list(choices) else usual

"""The budget as a table of lines and months, with subtotals and totals from `aop.calc`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from aop.calc.cells import NO_CELLS, Cells, add_rows, total
from aop.calc.figures import Column, Figures
from aop.calc.lines import RULES, LineKind, Meaning
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.report.facts import LineFacts, PlanFacts
from aop.calc.rounding import rounded_points, rounded_ratio
from aop.calc.status import Better, Materiality
from aop.calc.totals import BETTER, TotalName
from aop.calc.variance import is_material, kind_meaning, total_meaning
from budgets.models import BudgetLine, PlanMonth
from budgets.queries.facts import last_closed, line_facts, thresholds_of
from budgets.queries.lines import grouped, lines_of, plan_months
from planning.models import Plan

CASH = "closing_cash"
MARGIN = "gross_margin"
SHOWN_TOTALS = (
    TotalName.REVENUE,
    TotalName.GROSS_PROFIT,
    TotalName.OPERATING_COSTS,
    TotalName.OPERATING_PROFIT,
    TotalName.PURCHASES,
)
FEW = 2  # from so many private lines on, their sum gives none of them away


class TableView(StrEnum):
    """Which numbers the table shows."""

    PLAN = "plan"
    ACTUAL = "actual"
    VARIANCE = "variance"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the table: minor units, or a ratio; None is not known.

    A variance that is large enough to need a word has a meaning.
    """

    value: int | Decimal | None
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Twelve months and what stands under the year."""

    cells: tuple[Figure, ...]
    year: Figure


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with its numbers."""

    line: BudgetLine
    row: Row


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Lines under one heading; `sums` is None where it would give a private line away.

    `private` is the sum of the lines that this member may not see one by one, None when
    there are none, or when they are so few that the sum is hidden as well.
    """

    number: int
    name: str
    sums: Row | None
    lines: tuple[LineRow, ...]
    private_count: int = 0
    private: Row | None = None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One total of the plan by its name; `is_ratio` for the gross margin."""

    name: str
    row: Row
    is_ratio: bool = False


class BudgetTable:
    """The whole table of one plan for one member, computed when first asked for."""

    def __init__(
        self, plan: Plan, view: TableView = TableView.PLAN, *, shows_private: bool = True
    ) -> None:
        self.plan = plan
        self.view = view
        self.shows_private = shows_private
        self.months: list[PlanMonth] = plan_months(plan)
        self.figures = Figures(budget_facts(plan, self.months, line_facts(plan)))

    @cached_property
    def lines(self) -> list[BudgetLine]:
        """Every line of the plan, private ones too: their amounts are in the sums."""
        return list(lines_of(self.plan))

    @property
    def shown_lines(self) -> list[BudgetLine]:
        """The lines that have a row of their own, by group."""
        return [line for group in grouped(self.lines) for line in group if self._is_shown(line)]

    def _is_shown(self, line: BudgetLine) -> bool:
        return self.shows_private or not line.is_private

    def groups(self, lines: Iterable[BudgetLine]) -> list[GroupRow]:
        """Return the groups of `lines`, which are some or all of those shown."""
        wanted = {line.pk for line in lines}
        rows = []
        for number, members in enumerate(grouped(self.lines)):
            own = [line for line in members if line.pk in wanted]
            hidden = [line for line in members if not self._is_shown(line)]
            if own or hidden:
                rows.append(self._group(number, members, own, hidden))
        return rows

    def _group(
        self,
        number: int,
        members: Sequence[BudgetLine],
        own: Sequence[BudgetLine],
        hidden: Sequence[BudgetLine],
    ) -> GroupRow:
        filled = [line for line in hidden if self._has_numbers(line)]
        gives_away = 0 < len(filled) < FEW
        return GroupRow(
            number=number,
            name=members[0].heading,
            sums=None if gives_away else self.row_of(members),
            lines=tuple(LineRow(line, self.row_of([line])) for line in own),
            private_count=len(hidden),
            private=None if gives_away or not hidden else self.row_of(hidden),
        )

    def _has_numbers(self, line: BudgetLine) -> bool:
        columns = (Column.PLANNED, Column.BASELINE, Column.ACTUAL, Column.LAST_YEAR)
        return any(cell for column in columns for cell in self.figures.row(line.code, column))

    def row_of(self, lines: Sequence[BudgetLine]) -> Row:
        """Return the sums of some lines; their variance has a meaning if they agree on it."""
        codes = tuple(line.code for line in lines)
        kinds = {LineKind(line.kind) for line in lines}
        rules = {(RULES[kind].over, RULES[kind].under) for kind in kinds}
        kind = next(iter(kinds))
        means = (lambda amount: kind_meaning(amount, kind)) if len(rules) == 1 else _nothing
        return self._row(lambda column: self.figures.months(codes, column), means, codes)

    def totals(self) -> list[TotalRow]:
        """Return the totals that the plan has lines for, in reading order."""
        rows = []
        for name in SHOWN_TOTALS:
            if self._applies(name):
                rows.append(TotalRow(name.value, self._total(name)))
            if name is TotalName.GROSS_PROFIT and self._applies(name):
                rows.append(TotalRow(MARGIN, self._margin(), is_ratio=True))
        return rows

    def _applies(self, name: TotalName) -> bool:
        needed = {
            TotalName.GROSS_PROFIT: LineKind.COGS,
            TotalName.PURCHASES: LineKind.PURCHASE,
        }
        return name not in needed or needed[name] in self.figures.present

    def _total(self, name: TotalName) -> Row:
        better = BETTER.get(name)
        return self._row(
            lambda column: self.figures.total_months(name, column),
            lambda amount: (
                total_meaning(amount, better) if better else kind_meaning(amount, LineKind.PURCHASE)
            ),
            year_of=lambda column, end: self.figures.total(name, column, 0, end),
        )

    def _row(
        self,
        months_of: Callable[[Column], Cells],
        means: Callable[[int | None], Meaning | None],
        codes: tuple[str, ...] = (),
        year_of: Callable[[Column, int], int | None] | None = None,
    ) -> Row:
        closed = self.figures.closed
        year = year_of or (lambda column, end: total(months_of(column), 0, end))
        if self.view is TableView.VARIANCE:
            pairs = zip(months_of(Column.PLANNED), months_of(Column.ACTUAL), strict=True)
            whole = year(Column.PLANNED, closed), year(Column.ACTUAL, closed)
            cells = tuple(self._variance(planned, actual, means) for planned, actual in pairs)
            return Row(cells, self._variance(*whole, means))
        column, end = _COLUMNS[self.view], MONTHS_PER_YEAR
        amounts = months_of(column)
        if self.view is TableView.ACTUAL:
            amounts, end = (*amounts[:closed], *self._so_far(codes)[closed:]), closed
        return Row(tuple(map(Figure, amounts)), Figure(year(column, end)))

    def _variance(
        self,
        planned: int | None,
        actual: int | None,
        means: Callable[[int | None], Meaning | None],
    ) -> Figure:
        """Compare two amounts; only what is large enough to explain gets a meaning."""
        amount = None if planned is None or actual is None else actual - planned
        is_large = is_material(planned, actual, self.figures.facts.materiality)
        return Figure(amount, means(amount) if is_large else None)

    def _so_far(self, codes: tuple[str, ...]) -> Cells:
        """Return what was logged in the open months too, for lines only: it proves nothing yet."""
        return add_rows(self.figures.lines[code].actual for code in codes) if codes else NO_CELLS

    def _margin(self) -> Row:
        closed, view = self.figures.closed, self.view

        def value(start: int, end: int) -> Decimal | None:
            if view is TableView.VARIANCE:
                planned, actual = (
                    self.figures.gross_margin(column, start, end)
                    for column in (Column.PLANNED, Column.ACTUAL)
                )
                return rounded_points(planned, actual)
            return rounded_ratio(self.figures.gross_margin(_COLUMNS[view], start, end))

        last = closed if view in (TableView.ACTUAL, TableView.VARIANCE) else MONTHS_PER_YEAR
        cells = (Figure(value(i, i + 1)) for i in range(MONTHS_PER_YEAR))
        return Row(tuple(cells), Figure(value(0, last)))

    def cash(self) -> Row | None:
        """Return the closing cash by month, None last year; under the year stands the last one."""
        planned = [month.closing for month in self.figures.cash_planned]
        closed = self.figures.closed
        if self.view is TableView.LAST_YEAR:
            return None
        if self.view is TableView.PLAN:
            return Row(tuple(map(Figure, planned)), Figure(planned[-1]))
        actual = [month.closing for month in self.figures.cash[:closed]]
        cells = [Figure(amount) for amount in actual]
        if self.view is TableView.VARIANCE:
            cells = [
                self._variance(p, a, lambda amount: total_meaning(amount, Better.HIGHER))
                for p, a in zip(planned, actual, strict=False)
            ]
        cells += [Figure(None)] * (MONTHS_PER_YEAR - closed)
        return Row(tuple(cells), cells[closed - 1] if closed else Figure(None))


_COLUMNS = {
    TableView.PLAN: Column.PLANNED,
    TableView.ACTUAL: Column.ACTUAL,
    TableView.LAST_YEAR: Column.LAST_YEAR,
}


def _nothing(_amount: int | None) -> None:
    return None


def budget_facts(
    plan: Plan, months: Sequence[PlanMonth], lines: tuple[LineFacts, ...]
) -> PlanFacts:
    """Return a plan as the arithmetic reads it, with its budget alone: lines, months, cash."""
    closed_through = last_closed(months)
    return PlanFacts(
        company=plan.company.slug,
        label=plan.fiscal_year,
        year=plan.year,
        currency=plan.company.currency,
        closed_through=closed_through,
        through=closed_through,
        thresholds=thresholds_of(plan),
        materiality=Materiality(plan.materiality_amount, plan.materiality_ratio),
        opening_cash=plan.opening_cash_amount or 0,
        minimum_cash=plan.minimum_cash_amount or 0,
        opening_stock=plan.opening_stock_amount,
        lines=lines,
        cash_counts=tuple(month.cash_counted_amount for month in months),
    )

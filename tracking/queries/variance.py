"""The variance page: totals, groups and lines compared with the plan over one period."""

from decimal import Decimal
from functools import cached_property

from aop.calc.cells import add_rows, total
from aop.calc.figures import Column, Figures
from aop.calc.limits import Limit, limit_of
from aop.calc.lines import RULES, LineKind
from aop.calc.margin import MarginSplit
from aop.calc.months import Month
from aop.calc.report.facts import GoalFacts, PlanFacts, Unit
from aop.calc.report.lines import LineRow, line_row
from aop.calc.report.margin import margin_split
from aop.calc.report.measured import GoalRow, report_goals
from aop.calc.report.totals import Compare, RatioCells, YearRatios, report_ratios, total_cell
from aop.calc.rounding import RATIO_PLACES, quotient_places
from aop.calc.totals import TotalName
from aop.calc.variance import ALWAYS_MATERIAL, is_material, line_is_material, line_variance
from budgets.models import BudgetLine
from tracking.queries.compared import (
    PROFITS,
    Compared,
    GroupRows,
    Outlook,
    Period,
    Row,
    Spending,
    TotalRow,
)
from tracking.queries.groups import LineGroup, line_groups
from tracking.queries.private import private_goals

SHOWN_TOTALS = (
    TotalName.REVENUE,
    TotalName.COGS,
    TotalName.GROSS_PROFIT,
    TotalName.MARKETING,
    TotalName.OPERATING_COSTS,
    TotalName.OPERATING_PROFIT,
    TotalName.PURCHASES,
)
_OWN_KINDS = {
    TotalName.COGS: LineKind.COGS,
    TotalName.GROSS_PROFIT: LineKind.COGS,
    TotalName.MARKETING: LineKind.MARKETING,
    TotalName.PURCHASES: LineKind.PURCHASE,
}
_TOTAL_KINDS = {TotalName.COGS: LineKind.COGS, TotalName.PURCHASES: LineKind.PURCHASE}
EARLY_MONTHS = 2


class VarianceTable:
    """Everything that the page shows of one month of a plan, made when first asked for."""

    def __init__(
        self,
        facts: PlanFacts,
        month: Month,
        period: Period = Period.YTD,
        compare: Compare = Compare.CURRENT,
    ) -> None:
        self.figures = Figures(facts)
        self.month, self.period, self.compare = month, period, compare
        self.index = facts.year.index(month)

    @property
    def is_open(self) -> bool:
        """Whether the month is not closed, so that its numbers are no result yet."""
        return self.index >= self.figures.closed

    @property
    def is_partial(self) -> bool:
        """Whether the table shows what was logged so far in an open month."""
        return self.is_open and self.period is Period.MONTH

    @property
    def is_early(self) -> bool:
        """Whether so few months are closed that a colour says little."""
        return 0 < self.figures.closed <= EARLY_MONTHS

    @property
    def span(self) -> tuple[int, int]:
        """The months compared, as indexes of the year: start included, end excluded."""
        if self.period is Period.MONTH:
            return self.index, self.index + 1
        return 0, self.figures.closed

    @cached_property
    def line_rows(self) -> dict[str, LineRow]:
        """Every line of the report by code."""
        lines = self.figures.facts.lines
        return {line.code: line_row(line, self.figures, self.compare) for line in lines}

    def groups(self, lines: list[BudgetLine], *, shows_private: bool) -> list[GroupRows]:
        """Return the lines by group; private lines of others stand together in one row."""
        found = line_groups(lines, self.figures, shows_private=shows_private)
        return [self._group(group) for group in found]

    def _group(self, group: LineGroup) -> GroupRows:
        is_shown = not group.is_secret
        return GroupRows(
            name=group.name,
            sums=self._sums(group.codes) if is_shown else None,
            rows=tuple(self._line(line) for line in group.lines),
            private_count=len(group.hidden),
            private=self._sums(group.hidden_codes) if is_shown and group.hidden else None,
        )

    def _line(self, line: BudgetLine) -> Row:
        row, forecast = self.line_rows[line.code], self.figures.forecasts[line.code]
        year = row.year
        return Row(
            cell=self._compared(line.code, row),
            outlook=Outlook(
                baseline=year.baseline,
                planned=year.planned,
                forecast=year.forecast,
                difference=_difference(year.planned, year.forecast),
                method=year.forecast_method,
                lowest=forecast.lowest,
                highest=forecast.highest,
            ),
            spending=None if row.committed is None else self._spending(line.code, row),
            limit=self._limit((line.code,)),
            line=line,
        )

    def _compared(self, code: str, row: LineRow) -> Compared:
        if self.is_partial:
            return self._so_far((code,), row.kind)
        cell = row.month if self.period is Period.MONTH else row.ytd
        limit_of_size = self.figures.facts.materiality
        return Compared(
            planned=cell.planned,
            actual=cell.actual,
            variance=cell.variance,
            ratio=cell.variance_ratio,
            meaning=cell.meaning,
            is_material=line_is_material(row.kind, cell.planned, cell.actual, limit_of_size),
            kind=row.kind,
        )

    def _spending(self, code: str, row: LineRow) -> Spending:
        ahead = total(self.figures.row(code, Column.PLANNED), self.figures.closed)
        limit = self.figures.facts.materiality
        return Spending(
            used_ratio=row.used_ratio,
            remaining=row.remaining,
            committed=row.committed,
            available=row.available,
            status=row.status,
            is_short=ahead is not None
            and (row.remaining or 0) < ahead
            and is_material(ahead, row.remaining, limit),
        )

    def _sums(self, codes: tuple[str, ...]) -> Row:
        rows = [self.line_rows[code] for code in codes]
        kinds = {row.kind for row in rows}
        return Row(
            cell=self._summed(codes, kinds),
            outlook=self._summed_outlook(codes),
            spending=_summed_spending(rows),
            limit=self._limit(codes),
        )

    def _summed(self, codes: tuple[str, ...], kinds: set[LineKind]) -> Compared:
        if self.is_partial:
            return self._so_far(codes)
        planned = self.figures.amount(codes, self.compare.column, *self.span)
        actual = self.figures.amount(codes, Column.ACTUAL, *self.span)
        found = line_variance(planned, actual, next(iter(kinds)))
        if found is None:
            return Compared(planned, actual, None, None, None)
        agree = len({(RULES[kind].over, RULES[kind].under) for kind in kinds}) == 1
        meaning = found.meaning if agree else None
        return Compared(planned, actual, found.amount, found.ratio, meaning)

    def _so_far(self, codes: tuple[str, ...], kind: LineKind | None = None) -> Compared:
        """Return what is logged in an open month: it proves nothing, so it is not judged."""
        logged = add_rows(self.figures.lines[code].actual for code in codes)
        planned = self.figures.amount(codes, Column.PLANNED, *self.span)
        return Compared(planned, total(logged, *self.span), None, None, None, kind=kind)

    def _summed_outlook(self, codes: tuple[str, ...]) -> Outlook:
        planned = self.figures.amount(codes, Column.PLANNED)
        forecast = total([self.figures.forecasts[code].year for code in codes], 0, len(codes))
        baseline = self.figures.amount(codes, Column.BASELINE)
        return Outlook(baseline, planned, forecast, _difference(planned, forecast))

    def _limit(self, codes: tuple[str, ...]) -> Limit:
        limits = [limit_of(self.figures.lines[code], *self.span) for code in codes]
        planned = [limit.planned for limit in limits]
        return Limit(
            planned=total(planned, 0, len(planned)),
            actual=sum(limit.actual for limit in limits),
            committed=sum(limit.committed for limit in limits),
        )

    def totals(self) -> list[TotalRow]:
        """Return the totals that the company has lines for; none of a month that is open."""
        if self.is_partial:
            return []
        return [self._total(name) for name in SHOWN_TOTALS if self._applies(name)]

    def _applies(self, name: TotalName) -> bool:
        return name not in _OWN_KINDS or _OWN_KINDS[name] in self.figures.present

    def _total(self, name: TotalName) -> TotalRow:
        cell = total_cell(self.figures, self.compare, name, *self.span)
        limit = self.figures.facts.materiality
        kind = LineKind.REVENUE if name in PROFITS else LineKind.OPEX
        compared = Compared(
            planned=cell.planned,
            actual=cell.actual,
            variance=cell.variance,
            ratio=_share(cell.variance, cell.planned, cell.actual),
            meaning=cell.meaning,
            is_material=line_is_material(kind, cell.planned, cell.actual, limit),
            kind=_TOTAL_KINDS.get(name),
        )
        planned = self.figures.total(name, Column.PLANNED)
        forecast = self.figures.year_forecast(name)
        baseline = self.figures.total(name, Column.BASELINE)
        outlook = Outlook(baseline, planned, forecast, _difference(planned, forecast))
        return TotalRow(name, compared, outlook)

    @property
    def profit(self) -> TotalRow:
        """The operating profit, which is told first."""
        return self._total(TotalName.OPERATING_PROFIT)

    def material_rows(self, groups: list[GroupRows]) -> list[Row]:
        """Return the shown lines whose variance needs an explanation, the largest first."""
        rows = [row for group in groups for row in group.rows if row.cell.is_material]
        return sorted(rows, key=lambda row: -abs(row.cell.variance or row.cell.actual or 0))

    @property
    def always_material_amount(self) -> int:
        """From which amount on a variance needs an explanation whatever its share."""
        return ALWAYS_MATERIAL * self.figures.facts.materiality.amount

    @property
    def ratios(self) -> RatioCells | None:
        """Gross margin and marketing share of the period; None for an open month or the year."""
        if self.is_partial or self.period is Period.YEAR or not self.figures.closed:
            return None
        found = report_ratios(self.figures, self.compare)
        return found.month if self.period is Period.MONTH else found.ytd

    @property
    def year_ratios(self) -> YearRatios:
        """Gross margin and marketing share of the year."""
        return report_ratios(self.figures, self.compare).year

    @property
    def split(self) -> MarginSplit | None:
        """The gross profit's variance split into volume, mix and rate; None where it is not."""
        if self.is_partial or self.period is Period.YEAR or not self.figures.closed:
            return None
        return margin_split(self.figures, self.compare, *self.span)

    def goals(self, *, shows_private: bool) -> list[tuple[GoalFacts, Unit, GoalRow]]:
        """Return the goals at the end of the last closed month, each with the unit of its KPI.

        Empty before the first close; without `shows_private` those that would tell a private
        line are left out.
        """
        facts = self.figures.facts
        rows = {row.code: row for row in report_goals(self.figures)} if facts.closed else {}
        hidden = frozenset() if shows_private else private_goals(facts)
        units = {kpi.code: kpi.unit for kpi in facts.kpis}
        return [
            (goal, units[goal.kpi_code or ""], rows[goal.code])
            for goal in facts.goals
            if goal.code in rows and goal.code not in hidden
        ]


def _summed_spending(rows: list[LineRow]) -> Spending | None:
    limited = [row for row in rows if row.committed is not None]
    if not limited or len(limited) < len(rows):
        return None
    remaining, committed, available = (
        total(amounts, 0, len(amounts))
        for amounts in (
            [row.remaining for row in limited],
            [row.committed for row in limited],
            [row.available for row in limited],
        )
    )
    return Spending(None, remaining, committed, available, None, is_short=False)


def _difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def _share(variance: int | None, planned: int | None, actual: int | None) -> Decimal | None:
    """Return the variance as a share of the plan; None when a profit turned into a loss."""
    if variance is None or not planned or (actual or 0) * planned < 0:
        return None
    return quotient_places(variance, abs(planned), RATIO_PLACES)

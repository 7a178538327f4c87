"""A plan year added up once: what report, pages, checks and what-if all read (METHODS.md §3).

`Figures(facts)` computes nothing by itself; each number is made when first asked for and kept.
Periods are given as month indexes of the fiscal year: `start` included, `end` excluded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from aop.calc.capacity import person_loads
from aop.calc.cash import CashMonth, cash_flows, lowest_month, project_cash
from aop.calc.cells import NO_CELLS, Cells, actual_then, add_rows, closed_row, total
from aop.calc.forecast import LineForecast, forecast_lines, forecast_months, paced_row
from aop.calc.lines import LineKind, Method
from aop.calc.measures import Measure, line_value
from aop.calc.months import MONTHS_PER_YEAR, Month
from aop.calc.report.facts import LineFacts, PlanFacts
from aop.calc.rounding import ratio_of
from aop.calc.status import Scale, ThresholdName
from aop.calc.stock import roll_stock
from aop.calc.totals import Kinds, TotalName, total_of


class Column(StrEnum):
    """Which of a line's twelve months are meant."""

    BASELINE = "baseline"
    PLANNED = "planned"
    ACTUAL = "actual"
    FORECAST = "forecast"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class CashLow:
    """The lowest closing cash of some months; the gap is negative below the minimum."""

    month: Month
    closing: int
    gap_to_minimum: int


class Figures:
    """The facts of one plan year with everything that is added up from them.

    >>> from aop.calc.report.example import shop
    >>> figures = Figures(shop())
    >>> figures.total(TotalName.GROSS_PROFIT, Column.ACTUAL, 0, 3), figures.cash[2].closing
    (108, 230)
    """

    def __init__(self, facts: PlanFacts) -> None:
        self.facts = facts
        self.closed = facts.closed
        self.lines = {line.code: line for line in facts.lines}
        self.present = frozenset(line.kind for line in facts.lines)
        self._rows: dict[tuple[str, Column], Cells] = {}
        self._sums: dict[tuple[tuple[str, ...], Column], Cells] = {}
        self._codes: dict[Kinds, tuple[str, ...]] = {}

    def row(self, code: str, column: Column) -> Cells:
        """Return a line's twelve months in minor units.

        Actual: 0 for a closed month without an entry, None for an open month. Forecast: actuals,
        then the headline forecast spread over the open months. An unknown code has no values.
        """
        line = self.lines.get(code)
        if line is None:
            return NO_CELLS
        if column is Column.PLANNED:
            return line.planned
        if column is Column.BASELINE:
            return line.baseline
        if column is Column.LAST_YEAR:
            return line.last_year
        key = (code, column)
        if key not in self._rows:
            is_actual = column is Column.ACTUAL
            self._rows[key] = (
                closed_row(line.actual, self.closed) if is_actual else self._forecast_row(line)
            )
        return self._rows[key]

    def _forecast_row(self, line: LineFacts) -> Cells:
        forecast = self.forecasts[line.code]
        drives = forecast.method is Method.RATE and line.driver_code is not None
        driver_months = self.row(line.driver_code or "", Column.FORECAST) if drives else NO_CELLS
        return forecast_months(line, forecast, self.closed, driver_months)

    def months(self, codes: tuple[str, ...], column: Column) -> Cells:
        """Add lines month by month; a month in which none has a value is None."""
        key = (codes, column)
        if key not in self._sums:
            self._sums[key] = add_rows(self.row(code, column) for code in codes)
        return self._sums[key]

    def amount(
        self, codes: tuple[str, ...], column: Column, start: int = 0, end: int = MONTHS_PER_YEAR
    ) -> int | None:
        """Add lines over a period: the cells that have a value, None when none has."""
        return total(self.months(codes, column), start, end)

    def codes_of(self, kinds: Kinds) -> tuple[str, ...]:
        """Return the codes of all lines of some kinds, in their order."""
        if kinds not in self._codes:
            self._codes[kinds] = tuple(x.code for x in self.facts.lines if x.kind in kinds)
        return self._codes[kinds]

    def total(
        self, name: TotalName, column: Column, start: int = 0, end: int = MONTHS_PER_YEAR
    ) -> int | None:
        """Return one of the seven totals over a period (METHODS.md §3)."""
        return total_of(
            name,
            lambda kinds: self.amount(self.codes_of(kinds), column, start, end),
            self.present,
        )

    def total_months(self, name: TotalName, column: Column) -> Cells:
        """Return one of the seven totals month by month (METHODS.md §3)."""
        return tuple(self.total(name, column, i, i + 1) for i in range(MONTHS_PER_YEAR))

    def year_forecast(self, name: TotalName) -> int | None:
        """Return a total of the year from the lines' headline forecasts (METHODS.md §5)."""
        return total_of(name, lambda kinds: self._headlines(self.codes_of(kinds)), self.present)

    def _headlines(self, codes: tuple[str, ...]) -> int | None:
        return total([self.forecasts[c].year for c in codes if c in self.forecasts], 0, len(codes))

    def gross_margin(self, column: Column, start: int, end: int) -> Fraction | None:
        """Return gross profit ÷ revenue of a period, exact; None when the base is 0 or None."""
        profit = self.total(TotalName.GROSS_PROFIT, column, start, end)
        return ratio_of(profit, self.total(TotalName.REVENUE, column, start, end))

    @cached_property
    def forecasts(self) -> dict[str, LineForecast]:
        """The year of every line by method (METHODS.md §5)."""
        return forecast_lines(self.facts.lines, self.closed)

    def forecast_value(self, measure: Measure) -> Fraction | None:
        """Measure the lines' headline forecasts of the whole year (METHODS.md §9)."""
        return line_value(measure, self._headlines)

    def measured(self, measure: Measure, column: Column, start: int, end: int) -> Fraction | None:
        """Measure lines over a period (METHODS.md §9)."""
        return line_value(measure, lambda codes: self.amount(codes, column, start, end))

    @cached_property
    def cash(self) -> tuple[CashMonth, ...]:
        """Actuals of the closed months, the current plan of the others (METHODS.md §6)."""
        return self._cash(
            lambda line: actual_then(self.row(line.code, Column.ACTUAL), line.planned, self.closed),
            self._counted(self.facts.cash_counts),
        )

    @cached_property
    def cash_at_pace(self) -> tuple[CashMonth, ...]:
        """Actuals of the closed months, then every line at its pace so far (METHODS.md §6)."""
        return self._cash(
            lambda line: paced_row(line, self.forecasts[line.code].pace, self.closed),
            self._counted(self.facts.cash_counts),
        )

    @cached_property
    def cash_planned(self) -> tuple[CashMonth, ...]:
        """The current plan for all twelve months, no actuals (METHODS.md §6)."""
        return self._cash(lambda line: line.planned)

    @cached_property
    def cash_baseline(self) -> tuple[CashMonth, ...]:
        """The baseline for all twelve months, no actuals (METHODS.md §6)."""
        return self._cash(lambda line: line.baseline)

    def _cash(
        self, amounts_of: Callable[[LineFacts], Cells], counted: Cells = NO_CELLS
    ) -> tuple[CashMonth, ...]:
        flows = cash_flows(self.facts.lines, amounts_of)
        return project_cash(self.facts.opening_cash, flows, counted)

    def _counted(self, counts: Cells) -> Cells:
        return (*counts[: self.closed], *NO_CELLS[self.closed :])

    def cash_low(self, months: Sequence[CashMonth], start: int = 0) -> CashLow | None:
        """Return the lowest closing from `start` on, the earliest on a tie; None if no month is."""
        index = lowest_month(months, start)
        if index is None:
            return None
        closing = months[index].closing
        month = self.facts.year.first.plus(index)
        return CashLow(month, closing, closing - self.facts.minimum_cash)

    @property
    def lowest_open_cash(self) -> CashLow | None:
        """The lowest open month when the rest goes as planned; None once all are closed."""
        return self.cash_low(self.cash, self.closed)

    @property
    def lowest_open_cash_at_pace(self) -> CashLow | None:
        """The lowest open month when the rest goes at the pace so far."""
        return self.cash_low(self.cash_at_pace, self.closed)

    @cached_property
    def stock(self) -> Cells:
        """Closing stock: actuals and counts of closed months, then the plan (METHODS.md §17)."""
        return self._stock(
            lambda codes: actual_then(
                self.months(codes, Column.ACTUAL), self.months(codes, Column.PLANNED), self.closed
            ),
            self._counted(self.facts.stock_counts),
        )

    @cached_property
    def stock_planned(self) -> Cells:
        """Closing stock of the current plan, no actuals (METHODS.md §17)."""
        return self._stock(lambda codes: self.months(codes, Column.PLANNED))

    @cached_property
    def stock_baseline(self) -> Cells:
        """Closing stock of the baseline, no actuals (METHODS.md §17)."""
        return self._stock(lambda codes: self.months(codes, Column.BASELINE))

    def _stock(
        self, months_of: Callable[[tuple[str, ...]], Cells], counted: Cells = NO_CELLS
    ) -> Cells:
        purchases = months_of(self.codes_of((LineKind.PURCHASE,)))
        cogs = months_of(self.codes_of((LineKind.COGS,)))
        return roll_stock(self.facts.opening_stock, purchases, cogs, counted)

    @cached_property
    def loads(self) -> dict[str, tuple[Fraction, ...]]:
        """What each person has to do by month, 1 being a full month (METHODS.md §12)."""
        return person_loads(self.facts.people, self.facts.allocations)

    @cached_property
    def scales(self) -> dict[ThresholdName, Scale]:
        """The five thresholds, made exact."""
        return {name: Scale(self.facts.thresholds.named(name)) for name in ThresholdName}

"""Report: the seven totals and two ratios for month, year to date and year (METHODS.md §3)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind, Meaning
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.rounding import ratio_of, rounded_points, rounded_ratio
from aop.calc.totals import BETTER, TotalName
from aop.calc.variance import kind_meaning, total_meaning


class Compare(StrEnum):
    """The plan that actuals are compared with."""

    CURRENT = "current"
    BASELINE = "baseline"

    @property
    def column(self) -> Column:
        """The months of a line that hold this plan."""
        return Column.PLANNED if self is Compare.CURRENT else Column.BASELINE


@dataclass(frozen=True, slots=True)
class Cell:
    """Planned, actual and `actual − planned` in minor units; None is not known."""

    planned: int | None
    actual: int | None
    variance: int | None
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class TotalCells:
    """One cell for each total."""

    revenue: Cell
    cogs: Cell
    gross_profit: Cell
    marketing: Cell
    operating_costs: Cell
    operating_profit: Cell
    purchases: Cell


@dataclass(frozen=True, slots=True)
class YearAmounts:
    """A total of the twelve months in minor units."""

    baseline: int | None
    planned: int | None
    forecast: int | None


@dataclass(frozen=True, slots=True)
class TotalYears:
    """The year of each total."""

    revenue: YearAmounts
    cogs: YearAmounts
    gross_profit: YearAmounts
    marketing: YearAmounts
    operating_costs: YearAmounts
    operating_profit: YearAmounts
    purchases: YearAmounts


@dataclass(frozen=True, slots=True)
class Totals:
    """The block `totals`."""

    month: TotalCells
    ytd: TotalCells
    year: TotalYears


@dataclass(frozen=True, slots=True)
class RatioCell:
    """Two ratios of 6 places and their difference in points of 4 places."""

    planned: Decimal | None
    actual: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class RatioCells:
    """Gross profit ÷ revenue and marketing ÷ revenue of a period."""

    gross_margin: RatioCell
    marketing: RatioCell


@dataclass(frozen=True, slots=True)
class YearRatio:
    """A ratio of the twelve months, 6 places."""

    baseline: Decimal | None
    planned: Decimal | None
    forecast: Decimal | None


@dataclass(frozen=True, slots=True)
class YearRatios:
    """The year of both ratios."""

    gross_margin: YearRatio
    marketing: YearRatio


@dataclass(frozen=True, slots=True)
class Ratios:
    """The block `ratios`."""

    month: RatioCells
    ytd: RatioCells
    year: YearRatios


def report_totals(figures: Figures, compare: Compare) -> Totals:
    """Compare the totals of the last closed month and to date, and foresee the year.

    Minor units, costs positive; None where a total has no value (METHODS.md §3).

    >>> from aop.calc.report.example import shop
    >>> report_totals(Figures(shop()), Compare.CURRENT).year.operating_profit
    YearAmounts(baseline=120, planned=120, forecast=72)
    """
    last = figures.closed - 1
    return Totals(
        month=_total_cells(figures, compare, last),
        ytd=_total_cells(figures, compare, 0),
        year=TotalYears(*(_year_amounts(figures, name) for name in TotalName)),
    )


def total_cell(figures: Figures, compare: Compare, name: TotalName, start: int, end: int) -> Cell:
    """Compare one total over the months from `start` to before `end` (METHODS.md §3, §4).

    >>> from aop.calc.report.example import shop
    >>> total_cell(Figures(shop()), Compare.CURRENT, TotalName.COGS, 0, 1)
    Cell(planned=60, actual=54, variance=-6, meaning=<Meaning.FAVOURABLE: 'favourable'>)
    """
    planned = figures.total(name, compare.column, start, end)
    actual = figures.total(name, Column.ACTUAL, start, end)
    variance = None if planned is None or actual is None else actual - planned
    if name is TotalName.PURCHASES:
        return Cell(planned, actual, variance, kind_meaning(variance, LineKind.PURCHASE))
    return Cell(planned, actual, variance, total_meaning(variance, BETTER[name]))


def report_ratios(figures: Figures, compare: Compare) -> Ratios:
    """Compare gross margin and marketing share, Σ ÷ Σ of each period (METHODS.md §3).

    Ratios are rounded half-up to 6 places, points to 4, both from exact values. None when the
    base is 0 or not known.

    >>> from aop.calc.report.example import shop
    >>> report_ratios(Figures(shop()), Compare.CURRENT).month.gross_margin.actual
    Decimal('0.400000')
    """
    return Ratios(
        month=_ratio_cells(figures, compare, figures.closed - 1),
        ytd=_ratio_cells(figures, compare, 0),
        year=YearRatios(*(_year_ratio(figures, name) for name in _RATIO_TOTALS)),
    )


_RATIO_TOTALS = (TotalName.GROSS_PROFIT, TotalName.MARKETING)


def _total_cells(figures: Figures, compare: Compare, start: int) -> TotalCells:
    end = figures.closed
    return TotalCells(*(total_cell(figures, compare, name, start, end) for name in TotalName))


def _year_amounts(figures: Figures, name: TotalName) -> YearAmounts:
    return YearAmounts(
        baseline=figures.total(name, Column.BASELINE),
        planned=figures.total(name, Column.PLANNED),
        forecast=figures.year_forecast(name),
    )


def _ratio_cells(figures: Figures, compare: Compare, start: int) -> RatioCells:
    return RatioCells(*(_ratio_cell(figures, compare, name, start) for name in _RATIO_TOTALS))


def _ratio_cell(figures: Figures, compare: Compare, name: TotalName, start: int) -> RatioCell:
    planned = _of_revenue(figures, name, compare.column, start, figures.closed)
    actual = _of_revenue(figures, name, Column.ACTUAL, start, figures.closed)
    return RatioCell(rounded_ratio(planned), rounded_ratio(actual), rounded_points(planned, actual))


def _year_ratio(figures: Figures, name: TotalName) -> YearRatio:
    baseline, planned = (
        _of_revenue(figures, name, column, 0, MONTHS_PER_YEAR)
        for column in (Column.BASELINE, Column.PLANNED)
    )
    forecast = ratio_of(figures.year_forecast(name), figures.year_forecast(TotalName.REVENUE))
    return YearRatio(rounded_ratio(baseline), rounded_ratio(planned), rounded_ratio(forecast))


def _of_revenue(
    figures: Figures, name: TotalName, column: Column, start: int, end: int
) -> Fraction | None:
    amount = figures.total(name, column, start, end)
    return ratio_of(amount, figures.total(TotalName.REVENUE, column, start, end))

"""Report: each budget line with its months, year, limit and colour (METHODS.md §4, §5)."""

from dataclasses import dataclass
from decimal import Decimal

from aop.calc.cells import Cells, total, total_or_zero
from aop.calc.figures import Column, Figures
from aop.calc.lines import LineKind, Meaning, Method
from aop.calc.report.facts import LineFacts
from aop.calc.report.totals import Compare
from aop.calc.rounding import RATIO_PLACES, quotient_places
from aop.calc.status import Status, ThresholdName, spend_colours
from aop.calc.variance import line_is_material, line_variance

_WITHOUT_LIMIT = (LineKind.REVENUE, LineKind.COGS, LineKind.FINANCING)


@dataclass(frozen=True, slots=True)
class LineCell:
    """One line compared over a period, in minor units; the ratio has 6 places."""

    planned: int | None
    actual: int | None
    variance: int | None
    meaning: Meaning | None
    variance_ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class LineForecasts:
    """The computed methods side by side, in minor units; None does not exist for the line."""

    plan: int
    pace: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class LineYear:
    """The twelve months of a line in minor units; `forecast` is the headline."""

    baseline: int | None
    planned: int | None
    forecast: int
    forecast_method: Method
    forecasts: LineForecasts


@dataclass(frozen=True, slots=True)
class LineRow:
    """One entry of the block `lines`.

    `used_ratio` = actual to date ÷ the year's plan; `remaining` = plan − actual and may be
    negative; `committed` and `available` are None for lines without a limit.
    """

    code: str
    kind: LineKind
    month: LineCell
    ytd: LineCell
    year: LineYear
    used_ratio: Decimal | None
    remaining: int | None
    committed: int | None
    available: int | None
    status: Status | None
    material: bool


def report_lines(figures: Figures, compare: Compare) -> tuple[LineRow, ...]:
    """Compare every line, in the order of the company (METHODS.md §4, §5).

    >>> from aop.calc.report.example import shop
    >>> [row.remaining for row in report_lines(Figures(shop()), Compare.CURRENT)]
    [930, 558, 270]
    """
    return tuple(line_row(line, figures, compare) for line in figures.facts.lines)


def line_row(line: LineFacts, figures: Figures, compare: Compare) -> LineRow:
    """Compare one line: the last closed month, to date, the year, and its limit.

    Minor units. `material` judges the variance to date against the plan compared with; year,
    limit and colour always mean the current plan (METHODS.md §4, §5, §10, §11). Before the first
    close month and year to date are None.

    >>> from aop.calc.report.example import shop
    >>> row = line_row(shop().lines[0], Figures(shop()), Compare.CURRENT)
    >>> row.ytd.variance, row.used_ratio, row.year.forecast, row.material
    (-30, Decimal('0.225000'), 1080, True)
    """
    closed, last = figures.closed, max(figures.closed - 1, 0)
    compared = figures.row(line.code, compare.column)
    actual = figures.row(line.code, Column.ACTUAL)
    planned_year = total(line.planned)
    spent = total_or_zero(actual, 0, closed)
    has_limit = line.kind not in _WITHOUT_LIMIT
    limit = figures.facts.materiality
    committed = total_or_zero(line.committed) if has_limit else None
    remaining = None if planned_year is None else planned_year - spent
    to_date = _cell(line.kind, total(compared, 0, closed), total(actual, 0, closed))
    return LineRow(
        code=line.code,
        kind=line.kind,
        month=_cell(line.kind, total(compared, last, closed), total(actual, last, closed)),
        ytd=to_date,
        year=_year(line, figures, planned_year),
        used_ratio=_used(spent, planned_year),
        remaining=remaining,
        committed=committed,
        available=None if remaining is None or committed is None else remaining - committed,
        status=line_status(line, figures) if has_limit else None,
        material=line_is_material(line.kind, to_date.planned, to_date.actual, limit),
    )


def line_status(line: LineFacts, figures: Figures) -> Status | None:
    """Colour the pace of a line to date; None for lines without a limit (METHODS.md §10).

    >>> from aop.calc.report.example import shop
    >>> line_status(shop().lines[2], Figures(shop()))
    <Status.GREEN: 'green'>
    """
    return (line_statuses(line, figures) or [None])[-1]


def line_statuses(line: LineFacts, figures: Figures) -> list[Status | None]:
    """Colour the pace of a line at the end of each closed month (METHODS.md §10).

    >>> from aop.calc.report.example import shop
    >>> line_statuses(shop().lines[0], Figures(shop()))
    [None, None, None]
    """
    if line.kind in _WITHOUT_LIMIT:
        return [None] * figures.closed
    actual: Cells = figures.row(line.code, Column.ACTUAL)
    scale = figures.scales[ThresholdName.SPEND_RATIO]
    return spend_colours(line.planned, actual, figures.closed, scale)


def _cell(kind: LineKind, planned: int | None, actual: int | None) -> LineCell:
    variance = line_variance(planned, actual, kind)
    if variance is None:
        return LineCell(planned, actual, None, None, None)
    return LineCell(planned, actual, variance.amount, variance.meaning, variance.ratio)


def _year(line: LineFacts, figures: Figures, planned: int | None) -> LineYear:
    forecast = figures.forecasts[line.code]
    return LineYear(
        baseline=total(line.baseline),
        planned=planned,
        forecast=forecast.year,
        forecast_method=forecast.method,
        forecasts=LineForecasts(forecast.plan, forecast.pace, forecast.last_year),
    )


def _used(spent: int, planned: int | None) -> Decimal | None:
    if planned is None or planned <= 0:
        return None
    return quotient_places(spent, planned, RATIO_PLACES)

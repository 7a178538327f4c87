"""How each goal stands: attained against its path, colour, projection (METHODS.md §8)."""

from dataclasses import dataclass, replace
from fractions import Fraction

from aop.calc.figures import Column, Figures
from aop.calc.forecast import RECENT_MONTHS
from aop.calc.kpis import (
    exact,
    is_planless,
    kpi_targets,
    kpi_value,
    positive_quotient,
    relative_gap,
)
from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    LoadMeasure,
    ManualMeasure,
    MarginMeasure,
    RatioMeasure,
    TotalMeasure,
)
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.report.facts import Basis, GoalFacts, GoalKind, KpiFacts, PlanFacts, Unit
from aop.calc.rounding import PERCENT
from aop.calc.status import Status, ThresholdName, colours

_EXIT_STARTS = {Basis.EXIT_MONTH: 11, Basis.EXIT_QUARTER: 9}
_RATIOS = (ThresholdName.ATTAINMENT, ThresholdName.SPEND_RATIO)


@dataclass(frozen=True, slots=True)
class GoalMonth:
    """A goal at the end of one closed month; exact, in the unit of its KPI."""

    attained: Fraction | None
    path: Fraction | None
    gap: Fraction | None
    status: Status | None


def goal_threshold(goal: GoalFacts, unit: Unit) -> ThresholdName:
    """Return the threshold that judges the goal: its own, else that of its kind (METHODS.md §8).

    >>> goal_threshold(GoalFacts("G1", GoalKind.GROW, "K1", None, None), Unit.MONEY)
    <ThresholdName.ATTAINMENT: 'attainment'>
    """
    if goal.threshold is not None:
        return goal.threshold
    match goal.kind:
        case GoalKind.AT_LEAST:
            return ThresholdName.FLOOR_GAP
        case GoalKind.AT_MOST:
            return ThresholdName.CAP_GAP
        case GoalKind.REACH if unit is Unit.RATIO:
            return ThresholdName.SHARE_GAP
    return ThresholdName.ATTAINMENT


def follow_goal(goal: GoalFacts, kpi: KpiFacts, figures: Figures) -> list[GoalMonth]:
    """Follow a goal through the closed months, with its colour in each (METHODS.md §8).

    Attained and path cover the months to date, or the closed months of the exit period once one
    of it is closed. `gap` = attained − path, in points when the KPI is a ratio.

    >>> from aop.calc.report.example import shop
    >>> at = follow_goal(shop().goals[0], shop().kpis[0], Figures(shop()))[-1]
    >>> int(at.attained or 0), int(at.path or 0), str(at.status)
    (270, 300, 'red')
    """
    periods = [(_start(goal, index), index + 1) for index in range(figures.closed)]
    attained = [kpi_value(kpi, figures, start, end) for start, end in periods]
    paths = [goal_path(goal, kpi, figures, start, end) for start, end in periods]
    name = goal_threshold(goal, kpi.unit)
    judged = [
        positive_quotient(value, path) if name in _RATIOS else relative_gap(value, path, kpi.unit)
        for value, path in zip(attained, paths, strict=True)
    ]
    rows = zip(attained, paths, colours(judged, figures.scales[name]), strict=True)
    return [
        GoalMonth(value, path, _gap(value, path, kpi.unit), colour) for value, path, colour in rows
    ]


def goal_path(
    goal: GoalFacts, kpi: KpiFacts, figures: Figures, start: int, end: int
) -> Fraction | None:
    """Return where the goal should stand after a period, exact, in the KPI's unit (METHODS.md §8).

    The measure on the current plan; the target itself for a floor or a cap that is no total; the
    month's target for measures the budget has no plan of. None when that is not known.

    >>> from aop.calc.report.example import shop
    >>> goal_path(shop().goals[0], shop().kpis[0], Figures(shop()), 0, 3)
    Fraction(300, 1)
    """
    is_bound = goal.kind in (GoalKind.AT_LEAST, GoalKind.AT_MOST)
    if is_bound and not isinstance(kpi.measure, TotalMeasure):
        return exact(goal.target)
    if is_planless(kpi.measure):
        return kpi_targets(kpi)[end - 1]
    match kpi.measure:
        case ClosingStockMeasure():
            return exact(figures.stock_planned[end - 1])
        case ClosingCashMeasure():
            return Fraction(figures.cash_planned[end - 1].closing)
    return figures.measured(kpi.measure, Column.PLANNED, start, end)


def goal_projection(goal: GoalFacts, kpi: KpiFacts, figures: Figures) -> Fraction | None:
    """Return where the goal will end, exact, in the KPI's unit (METHODS.md §8).

    Full year: the measure on the lines' headline forecasts. Exit bases: what the exit period
    plans × how the last three closed months did against theirs; the actual value once the year
    is closed. None for typed values and loads, and when a part is missing.

    >>> from aop.calc.report.example import shop
    >>> goal_projection(shop().goals[0], shop().kpis[0], Figures(shop()))
    Fraction(1080, 1)
    """
    match kpi.measure:
        case ClosingCashMeasure():
            return Fraction(figures.cash[-1].closing)
        case ClosingStockMeasure():
            return exact(figures.stock[-1])
        case ManualMeasure() | LoadMeasure():
            return None
        case AttainmentMeasure(codes):
            forecast = figures.forecast_value(TotalMeasure(codes))
            planned = exact(figures.amount(codes, Column.PLANNED))
            return None if forecast is None or not planned else forecast / planned
    if goal.basis in _EXIT_STARTS:
        return _exit_projection(_EXIT_STARTS[goal.basis], kpi, figures)
    return figures.forecast_value(kpi.measure)


def _exit_projection(start: int, kpi: KpiFacts, figures: Figures) -> Fraction | None:
    closed = figures.closed
    if closed == MONTHS_PER_YEAR:
        return figures.measured(kpi.measure, Column.ACTUAL, start, MONTHS_PER_YEAR)
    recent = max(0, closed - RECENT_MONTHS), closed
    actual = figures.measured(kpi.measure, Column.ACTUAL, *recent)
    planned = figures.measured(kpi.measure, Column.PLANNED, *recent)
    at_exit = figures.measured(kpi.measure, Column.PLANNED, start, MONTHS_PER_YEAR)
    if actual is None or at_exit is None or not planned:
        return None
    return at_exit * actual / planned


def _start(goal: GoalFacts, index: int) -> int:
    start = _EXIT_STARTS.get(goal.basis, 0) if goal.basis else 0
    return start if index >= start else 0


def _gap(value: Fraction | None, path: Fraction | None, unit: Unit) -> Fraction | None:
    if value is None or path is None:
        return None
    return PERCENT * (value - path) if unit is Unit.RATIO else value - path


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the open months must still bring for a target, beside what they plan to bring."""

    required: Fraction
    planned: Fraction | None


def goal_requirement(goal: GoalFacts, kpi: KpiFacts, figures: Figures) -> Requirement | None:
    """Say what the open months must bring to reach a full-year target (METHODS.md §8).

    Exact, in the KPI's unit. A total: target − actual to date. A ratio or margin: what the open
    months' share must be, given the forecast of the base. `planned` is the current plan of the
    same months. None for other measures and bases, without a target, once the year is closed,
    and when the rest of the base is not above 0.

    >>> from aop.calc.report.example import shop
    >>> goal_requirement(shop().goals[0], shop().kpis[0], Figures(shop()))
    Requirement(required=Fraction(930, 1), planned=Fraction(900, 1))
    """
    closed = figures.closed
    if goal.target is None or goal.basis in _EXIT_STARTS or closed == MONTHS_PER_YEAR:
        return None
    match kpi.measure:
        case TotalMeasure():
            so_far = figures.measured(kpi.measure, Column.ACTUAL, 0, closed)
            required: Fraction | None = Fraction(goal.target) - (so_far or 0)
        case RatioMeasure(of, to):
            required = _required_share(Fraction(goal.target), of, to, figures)
        case MarginMeasure(revenue, cost):
            spent = _required_share(1 - Fraction(goal.target), cost, revenue, figures)
            required = None if spent is None else 1 - spent
        case _:
            required = None
    if required is None:
        return None
    planned = figures.measured(kpi.measure, Column.PLANNED, closed, MONTHS_PER_YEAR)
    return Requirement(required, planned)


def _required_share(
    target: Fraction, of: tuple[str, ...], to: tuple[str, ...], figures: Figures
) -> Fraction | None:
    base = figures.forecast_value(TotalMeasure(to))
    so_far = figures.amount(to, Column.ACTUAL, 0, figures.closed) or 0
    if base is None or base <= so_far:
        return None
    reached = figures.amount(of, Column.ACTUAL, 0, figures.closed) or 0
    return (target * base - reached) / (base - so_far)


def planned_growth(kpi: KpiFacts, figures: Figures) -> tuple[Fraction | None, Fraction | None]:
    """Return growth to date against the same months of last year: (actual, planned), exact.

    0.2 is 20 % more. None when last year is missing or not above 0 (METHODS.md §8).

    >>> from aop.calc.report.example import shop
    >>> planned_growth(shop().kpis[0], Figures(shop()))
    (Fraction(1, 8), Fraction(1, 4))
    """
    end = figures.closed
    before = figures.measured(kpi.measure, Column.LAST_YEAR, 0, end)
    growth = [
        positive_quotient(figures.measured(kpi.measure, column, 0, end), before)
        for column in (Column.ACTUAL, Column.PLANNED)
    ]
    actual, planned = (None if one is None else one - 1 for one in growth)
    return actual, planned


def projections(goal: GoalFacts, kpi: KpiFacts, facts: PlanFacts) -> list[Fraction | None]:
    """Return what the projection was at the end of each closed month, seen with today's plan.

    Exact, in the KPI's unit, one value per closed month up to `facts.through` (METHODS.md §8).

    >>> from aop.calc.report.example import shop
    >>> [int(value or 0) for value in projections(shop().goals[0], shop().kpis[0], shop())]
    [1080, 1080, 1080]
    """
    return [
        goal_projection(goal, kpi, Figures(replace(facts, through=month)))
        for month in facts.year.months[: facts.closed]
    ]

"""Report: KPIs, goals and risks, which all stand on what a KPI came to (METHODS.md §8, §9, §13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aop.calc.figures import Figures
from aop.calc.goals import GoalMonth, follow_goal, goal_projection
from aop.calc.kpis import KpiMonth, exact, follow_kpi, rounded_value
from aop.calc.months import Month
from aop.calc.report.facts import Basis, GoalFacts, KpiFacts, RiskFacts, Scope, Unit
from aop.calc.risk import RiskLevel, fired_months, risk_level, risk_score
from aop.calc.rounding import POINT_PLACES, half_up_places
from aop.calc.status import Status

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One entry of the block `kpis`, in the KPI's unit."""

    code: str
    month: Value
    ytd: Value
    target_month: Value
    status: Status | None


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One entry of the block `goals`, in its KPI's unit; `gap` in points when that is a ratio."""

    code: str
    target: Value
    basis: Basis | None
    attained: Value
    path: Value
    gap: Value
    status: Status | None
    projection: Value


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One entry of the block `risks`."""

    code: str
    score: int
    level: RiskLevel
    fired_months: tuple[Month, ...]


Followed = Mapping[str, Sequence[KpiMonth]]


def follow_kpis(figures: Figures) -> dict[str, list[KpiMonth]]:
    """Follow every KPI through the closed months, by code (METHODS.md §9).

    >>> from aop.calc.report.example import shop
    >>> len(follow_kpis(Figures(shop()))["K1"])
    3
    """
    return {kpi.code: follow_kpi(kpi, figures) for kpi in figures.facts.kpis}


def report_kpis(figures: Figures, followed: Followed) -> tuple[KpiRow, ...]:
    """Show each KPI at the last closed month, rounded as its unit asks (METHODS.md §9).

    >>> from aop.calc.report.example import shop
    >>> report_kpis(Figures(shop()), follow_kpis(Figures(shop())))[0].ytd
    270
    """
    return tuple(kpi_row(kpi, followed[kpi.code][-1]) for kpi in figures.facts.kpis)


def kpi_row(kpi: KpiFacts, at: KpiMonth) -> KpiRow:
    """Round one KPI at the end of one month: money to the unit, else 6 places (METHODS.md §9).

    >>> from aop.calc.report.example import shop
    >>> kpi_row(shop().kpis[0], KpiMonth(None, exact(Decimal("2.5")), None, None)).ytd
    3
    """
    month, ytd, target = (rounded_value(value, kpi.unit) for value in (at.month, at.ytd, at.target))
    return KpiRow(kpi.code, month, ytd, target, at.status)


def report_goals(figures: Figures) -> tuple[GoalRow, ...]:
    """Show each goal that has a KPI at the last closed month (METHODS.md §8).

    >>> from aop.calc.report.example import shop
    >>> [(row.gap, str(row.status)) for row in report_goals(Figures(shop()))]
    [(-30, 'red')]
    """
    kpis = {kpi.code: kpi for kpi in figures.facts.kpis}
    return tuple(
        goal_row(goal, kpis[goal.kpi_code], figures)
        for goal in figures.facts.goals
        if goal.kpi_code in kpis
    )


def goal_row(goal: GoalFacts, kpi: KpiFacts, figures: Figures) -> GoalRow:
    """Judge one goal: values half-up in the KPI's unit, points to 4 places (METHODS.md §8).

    >>> from aop.calc.report.example import shop
    >>> goal_row(shop().goals[0], shop().kpis[0], Figures(shop())).projection
    1080
    """
    at = follow_goal(goal, kpi, figures)[-1]
    return GoalRow(
        code=goal.code,
        target=rounded_value(exact(goal.target), kpi.unit),
        basis=goal.basis,
        attained=rounded_value(at.attained, kpi.unit),
        path=rounded_value(at.path, kpi.unit),
        gap=rounded_gap(at, kpi.unit),
        status=at.status,
        projection=rounded_value(goal_projection(goal, kpi, figures), kpi.unit),
    )


def rounded_gap(at: GoalMonth, unit: Unit) -> Value:
    """Print a goal's gap: points with 4 places for a ratio, else the KPI's unit (METHODS.md §8).

    >>> from fractions import Fraction
    >>> rounded_gap(GoalMonth(None, None, Fraction(-2, 3), None), Unit.RATIO)
    Decimal('-0.6667')
    """
    if at.gap is not None and unit is Unit.RATIO:
        return half_up_places(at.gap, POINT_PLACES)
    return rounded_value(at.gap, unit)


def report_risks(figures: Figures, followed: Followed) -> tuple[RiskRow, ...]:
    """Grade each risk and list the closed months in which its trigger fired (METHODS.md §13).

    >>> from aop.calc.report.example import shop
    >>> [row.score for row in report_risks(Figures(shop()), follow_kpis(Figures(shop())))]
    [12]
    """
    return tuple(risk_row(risk, figures, followed) for risk in figures.facts.risks)


def risk_row(risk: RiskFacts, figures: Figures, followed: Followed) -> RiskRow:
    """Grade one risk; without a trigger, or a KPI for it, it never fires (METHODS.md §13).

    >>> from aop.calc.report.example import shop
    >>> row = risk_row(shop().risks[0], Figures(shop()), follow_kpis(Figures(shop())))
    >>> [str(month) for month in row.fired_months]
    ['2026-01', '2026-02', '2026-03']
    """
    fired: list[int] = []
    if risk.trigger is not None:
        months = followed.get(risk.trigger.kpi_code, ())
        is_month = risk.trigger.scope is Scope.MONTH
        fired = fired_months([at.month if is_month else at.ytd for at in months], risk.trigger)
    first = figures.facts.year.first
    return RiskRow(
        code=risk.code,
        score=risk_score(risk.likelihood, risk.impact),
        level=risk_level(risk.likelihood, risk.impact),
        fired_months=tuple(first.plus(index) for index in fired),
    )

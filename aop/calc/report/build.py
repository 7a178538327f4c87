"""The whole report of a plan year at the end of a closed month (CONTRACT §4, METHODS.md)."""

from dataclasses import dataclass

from aop.calc.checks import Finding, plan_checks, year_checks
from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.report.cash import Cash, StockRow, report_cash, report_stock
from aop.calc.report.facts import PlanFacts
from aop.calc.report.lines import LineRow, report_lines
from aop.calc.report.margin import MarginSplits, report_margin
from aop.calc.report.measured import (
    GoalRow,
    KpiRow,
    RiskRow,
    follow_kpis,
    report_goals,
    report_kpis,
    report_risks,
)
from aop.calc.report.people import CapacityRow, MilestoneRow, report_capacity, report_milestones
from aop.calc.report.totals import Compare, Ratios, Totals, report_ratios, report_totals


class ReportRefused(ValueError):
    """There is no report for what was asked."""


class NoClosedMonth(ReportRefused):
    """No month of the year has been closed yet."""


class MonthNotClosed(ReportRefused):
    """The month asked for has not been closed, or lies outside the year."""

    def __init__(self, month: Month) -> None:
        super().__init__(str(month))
        self.month = month


@dataclass(frozen=True, slots=True)
class Report:
    """Every block of the report; the fields stand in the order of CONTRACT §4."""

    company: str
    fiscal_year: int
    first_month: Month
    through: Month
    currency: str
    compare: Compare
    totals: Totals
    ratios: Ratios
    lines: tuple[LineRow, ...]
    kpis: tuple[KpiRow, ...]
    goals: tuple[GoalRow, ...]
    margin_split: MarginSplits
    cash: Cash
    stock: tuple[StockRow, ...]
    risks: tuple[RiskRow, ...]
    capacity: tuple[CapacityRow, ...]
    milestones: tuple[MilestoneRow, ...]
    checks: tuple[Finding, ...]


def build_report(facts: PlanFacts, compare: Compare = Compare.CURRENT) -> Report:
    """Make the report of the year up to `facts.through` (METHODS.md; DOMAIN §19).

    Money in minor units, ratios half-up to 6 places, points to 4, all from exact values; None
    is not known. `compare` puts the baseline in the place of the current plan in totals, ratios,
    lines, margin split and `material` only.

    Raises:
        NoClosedMonth: No month is closed.
        MonthNotClosed: `facts.through` is not a closed month of the year.

    >>> from aop.calc.report.example import shop
    >>> build_report(shop()).totals.ytd.operating_profit
    Cell(planned=30, actual=18, variance=-12, meaning=<Meaning.ADVERSE: 'adverse'>)
    """
    through = closed_month(facts)
    figures = Figures(facts)
    followed = follow_kpis(figures)
    return Report(
        company=facts.company,
        fiscal_year=facts.label,
        first_month=facts.year.first,
        through=through,
        currency=facts.currency,
        compare=compare,
        totals=report_totals(figures, compare),
        ratios=report_ratios(figures, compare),
        lines=report_lines(figures, compare),
        kpis=report_kpis(figures, followed),
        goals=report_goals(figures),
        margin_split=report_margin(figures, compare),
        cash=report_cash(figures),
        stock=report_stock(figures),
        risks=report_risks(figures, followed),
        capacity=report_capacity(figures),
        milestones=report_milestones(facts, through.last_day),
        checks=(*plan_checks(facts, figures), *year_checks(facts)),
    )


def closed_month(facts: PlanFacts) -> Month:
    """Return the month looked at; the same refusals as `build_report`.

    >>> from aop.calc.report.example import shop
    >>> str(closed_month(shop(5)))
    '2026-05'
    """
    if facts.closed_through is None or facts.through is None:
        raise NoClosedMonth(facts.company)
    if facts.through > facts.closed_through or facts.through not in facts.year:
        raise MonthNotClosed(facts.through)
    return facts.through

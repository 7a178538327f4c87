"""What would happen if: a plan changed by a ratio or by moves, and its outlook (METHODS.md §16).

Nothing is stored: facts come in, other facts go out, and both have an `outlook`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from aop.calc.cells import Cells
from aop.calc.figures import CashLow, Column, Figures
from aop.calc.goals import goal_projection
from aop.calc.kpis import exact, rounded_value
from aop.calc.lines import LineKind, Method
from aop.calc.months import Month
from aop.calc.report.facts import LineFacts, PlanFacts
from aop.calc.rounding import half_up
from aop.calc.totals import TotalName

_NOT_FROM_PLAN = (Method.RATE, Method.LAST_YEAR, Method.MANUAL)


@dataclass(frozen=True, slots=True)
class Change:
    """All lines of one kind, from one month on, by a ratio: −0.15 is 15 % less."""

    kind: LineKind
    ratio: Decimal
    first: Month


@dataclass(frozen=True, slots=True)
class Move:
    """An amount added to one line in one month, in minor units; negative takes away."""

    line_code: str
    month: Month
    amount: int


@dataclass(frozen=True, slots=True)
class GoalEnd:
    """Where a goal would end, in its KPI's unit; rounded as in the report."""

    code: str
    target: int | Decimal | None
    projection: int | Decimal | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan leads to; money in minor units.

    The planned profit is that of the current plan's twelve months, the other that of the year's
    forecast. Cash is that of the lowest open month, None once all are closed.
    """

    planned_operating_profit: int | None
    operating_profit: int | None
    goals: tuple[GoalEnd, ...]
    lowest_cash: CashLow | None
    lowest_cash_at_pace: CashLow | None


def outlook(figures: Figures) -> Outlook:
    """Sum up where profit, goals and cash are heading (METHODS.md §16).

    >>> from aop.calc.report.example import shop
    >>> found = outlook(Figures(shop()))
    >>> found.planned_operating_profit, found.operating_profit, found.goals[0].projection
    (120, 72, 1080)
    """
    kpis = {kpi.code: kpi for kpi in figures.facts.kpis}
    pairs = [(goal, kpis.get(goal.kpi_code or "")) for goal in figures.facts.goals]
    return Outlook(
        planned_operating_profit=figures.total(TotalName.OPERATING_PROFIT, Column.PLANNED),
        operating_profit=figures.year_forecast(TotalName.OPERATING_PROFIT),
        goals=tuple(
            GoalEnd(
                goal.code,
                rounded_value(exact(goal.target), kpi.unit),
                rounded_value(goal_projection(goal, kpi, figures), kpi.unit),
            )
            for goal, kpi in pairs
            if kpi is not None
        ),
        lowest_cash=figures.lowest_open_cash,
        lowest_cash_at_pace=figures.lowest_open_cash_at_pace,
    )


def with_changes(facts: PlanFacts, changes: Iterable[Change]) -> PlanFacts:
    """Return the facts with the open months of whole kinds changed (METHODS.md §16).

    Each planned cell is multiplied and rounded half-up; an empty cell stays empty, a closed month
    as it is. Lines driven by a changed line follow in plan and forecast by their rate. A forecast
    that is not made from the plan is multiplied as well. Revenue is changed first.

    Raises:
        ValueError: A change starts outside the fiscal year.

    >>> from aop.calc.report.example import shop
    >>> less = with_changes(shop(), [Change(LineKind.REVENUE, Decimal("-0.5"), Month(2026, 12))])
    >>> [line.planned[11] for line in less.lines]
    [50, 30, 30]
    """
    for change in sorted(changes, key=lambda one: one.kind is not LineKind.REVENUE):
        facts = _with_change(facts, change)
    return facts


def with_moves(facts: PlanFacts, moves: Iterable[Move]) -> PlanFacts:
    """Return the facts with amounts moved on the current plan; an empty cell starts from 0.

    Minor units, exact; driven lines keep their amounts, as in an adjustment (METHODS.md §16).

    Raises:
        KeyError: A move names no line of the plan.
        ValueError: A move lies outside the fiscal year.

    >>> from aop.calc.report.example import shop
    >>> with_moves(shop(), [Move("RENT", Month(2026, 12), -5)]).lines[2].planned[10:]
    (30, 25)
    """
    planned = {line.code: list(line.planned) for line in facts.lines}
    for move in moves:
        cells, index = planned[move.line_code], facts.year.index(move.month)
        cells[index] = (cells[index] or 0) + move.amount
    lines = tuple(replace(line, planned=tuple(planned[line.code])) for line in facts.lines)
    return replace(facts, lines=lines)


def _with_change(facts: PlanFacts, change: Change) -> PlanFacts:
    figures = Figures(facts)
    start = max(figures.closed, facts.year.index(change.first))
    factor = 1 + Fraction(change.ratio)
    changed = {
        line.code: _changed(line, figures, start, factor)
        for line in facts.lines
        if line.kind is change.kind
    }
    lines = tuple(changed.get(x.code) or _following(x, figures, changed) for x in facts.lines)
    return replace(facts, lines=lines)


def _changed(line: LineFacts, figures: Figures, start: int, factor: Fraction) -> LineFacts:
    manual = line.manual
    if figures.forecasts[line.code].method in _NOT_FROM_PLAN:
        manual = _multiplied(figures.row(line.code, Column.FORECAST), start, factor)
    return replace(line, planned=_multiplied(line.planned, start, factor), manual=manual)


def _multiplied(cells: Cells, start: int, factor: Fraction) -> Cells:
    changed = (None if cell is None else half_up(cell * factor) for cell in cells[start:])
    return (*cells[:start], *changed)


def _following(line: LineFacts, figures: Figures, changed: dict[str, LineFacts]) -> LineFacts:
    driver = changed.get(line.driver_code or "")
    if driver is None or line.driver_ratio is None:
        return line
    rate = Fraction(line.driver_ratio)
    before = figures.lines[driver.code].planned
    deltas = [
        half_up(rate * (new or 0)) - half_up(rate * (old or 0))
        for new, old in zip(driver.planned, before, strict=True)
    ]
    return replace(
        line, planned=_shifted(line.planned, deltas), manual=_shifted(line.manual, deltas)
    )


def _shifted(cells: Cells, deltas: list[int]) -> Cells:
    pairs = zip(cells, deltas, strict=True)
    return tuple(None if cell is None else cell + delta for cell, delta in pairs)

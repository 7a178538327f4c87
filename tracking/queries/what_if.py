"""One change tried on the plan in force: before and after, side by side; nothing is stored."""

from dataclasses import dataclass
from decimal import Decimal

from aop.calc.figures import CashLow, Column, Figures
from aop.calc.report.facts import GoalFacts, PlanFacts, Unit
from aop.calc.scenario import Change, GoalEnd, outlook, with_changes
from aop.calc.totals import TotalName
from tracking.queries.private import private_goals

Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Side:
    """Where one version of the plan leads to; money in minor units."""

    planned_revenue: int | None
    revenue: int | None
    planned_operating_profit: int | None
    operating_profit: int | None
    goals: dict[str, GoalEnd]
    lowest_cash: CashLow | None
    lowest_cash_at_pace: CashLow | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One number before and after; `after` and `difference` are None while nothing is tried."""

    before: Value
    after: Value
    difference: Value


@dataclass(frozen=True, slots=True)
class GoalEffect:
    """Where one goal would end."""

    name: str
    unit: Unit
    target: Value
    effect: Effect


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The plan as it stands beside the same plan with the change; `after` None: nothing tried."""

    before: Side
    after: Side | None
    goals: tuple[GoalEffect, ...]

    @property
    def planned_revenue(self) -> Effect:
        """The planned revenue of the year."""
        return self._effect("planned_revenue")

    @property
    def revenue(self) -> Effect:
        """The revenue that the year is heading for."""
        return self._effect("revenue")

    @property
    def planned_operating_profit(self) -> Effect:
        """The planned operating profit of the year."""
        return self._effect("planned_operating_profit")

    @property
    def operating_profit(self) -> Effect:
        """The operating profit that the year is heading for."""
        return self._effect("operating_profit")

    @property
    def lowest_cash(self) -> Effect:
        """The closing of the lowest open month when the rest goes as planned."""
        return self._cash("lowest_cash")

    @property
    def lowest_cash_at_pace(self) -> Effect:
        """The closing of the lowest open month when the rest goes at the pace so far."""
        return self._cash("lowest_cash_at_pace")

    def _effect(self, name: str) -> Effect:
        after = getattr(self.after, name) if self.after else None
        return effect_of(getattr(self.before, name), after)

    def _cash(self, name: str) -> Effect:
        sides = (getattr(side, name) if side else None for side in (self.before, self.after))
        before, after = (low.closing if low else None for low in sides)
        return effect_of(before, after)


def effect_of(before: Value, after: Value) -> Effect:
    """Set two values side by side."""
    if before is None or after is None:
        return Effect(before, after, None)
    return Effect(before, after, after - before)


def side_of(facts: PlanFacts) -> Side:
    """Sum up where a plan leads to."""
    figures = Figures(facts)
    found = outlook(figures)
    return Side(
        planned_revenue=figures.total(TotalName.REVENUE, Column.PLANNED),
        revenue=figures.year_forecast(TotalName.REVENUE),
        planned_operating_profit=found.planned_operating_profit,
        operating_profit=found.operating_profit,
        goals={end.code: end for end in found.goals},
        lowest_cash=found.lowest_cash,
        lowest_cash_at_pace=found.lowest_cash_at_pace,
    )


def try_change(facts: PlanFacts, change: Change | None, *, shows_private: bool) -> WhatIf:
    """Try a change on the open months of the plan; without one, only say how it stands.

    Goals that would tell a private line are left out unless `shows_private`.

    Raises:
        ValueError: The change starts outside the fiscal year.
    """
    before = side_of(facts)
    after = side_of(with_changes(facts, [change])) if change else None
    hidden = frozenset() if shows_private else private_goals(facts)
    units = {kpi.code: kpi.unit for kpi in facts.kpis}
    effects = (
        _goal_effect(goal, units[goal.kpi_code or ""], before, after)
        for goal in facts.goals
        if goal.code in before.goals and goal.code not in hidden
    )
    return WhatIf(before, after, tuple(effects))


def _goal_effect(goal: GoalFacts, unit: Unit, before: Side, after: Side | None) -> GoalEffect:
    old = before.goals[goal.code]
    new = after.goals[goal.code].projection if after else None
    return GoalEffect(goal.name, unit, old.target, effect_of(old.projection, new))

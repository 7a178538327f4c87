"""Adjustments with their moves, and the way from the baseline to the current plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from aop.calc.months import Month
from aop.calc.scenario import Move
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import Adjustment, AdjustmentMove, BudgetLine
from planning.models import Plan


def adjustments_of(plan: Plan) -> QuerySet[Adjustment]:
    """Return the adjustments of the plan in order, with moves and protected goals."""
    rows = Adjustment.objects.for_company(plan.company).filter(plan=plan)
    return rows.select_related("proposed_by").prefetch_related("moves__line", "goal_links__goal")


def version_numbers(adjustments: Iterable[Adjustment]) -> dict[int, int]:
    """Return the version that each approved adjustment made, by its number; 1 is the baseline."""
    dated = [(row.approved_on, row.number, row) for row in adjustments if row.approved_on]
    approved = [row for _day, _number, row in sorted(dated, key=lambda one: one[:2])]
    return {row.number: version for version, row in enumerate(approved, start=2)}


def moves_of(adjustments: Iterable[Adjustment], *, sign: int = 1) -> list[Move]:
    """Return all moves as the arithmetic takes them; `sign` −1 takes them back."""
    return [
        Move(move.line.code, Month.of(move.first_day), sign * move.amount)
        for row in adjustments
        for move in row.moves.all()
    ]


@dataclass(frozen=True, slots=True)
class LineMoves:
    """What an adjustment does to one line: by month, and in all.

    `line` is None for all lines that the member may not see; their amounts are left out.
    """

    line: BudgetLine | None
    by_month: dict[Month, int]

    @property
    def amount(self) -> int:
        """What the line gains, or loses when negative."""
        return sum(self.by_month.values())


def line_moves(moves: Iterable[AdjustmentMove], member: Membership) -> list[LineMoves]:
    """Return moves by line in the order of the budget; hidden lines as one row at the end."""
    shows_private = member.may(Permission.VIEW_PRIVATE)
    found: dict[int, LineMoves] = {}
    hides = False
    for move in sorted(moves, key=lambda one: (one.line.position, one.line_id, one.first_day)):
        if move.line.is_private and not shows_private:
            hides = True
            continue
        row = found.setdefault(move.line_id, LineMoves(move.line, {}))
        month = Month.of(move.first_day)
        row.by_month[month] = row.by_month.get(month, 0) + move.amount
    return [*found.values(), *([LineMoves(None, {})] if hides else [])]

"""What the pages of adjustments show: versions, moves by month, effect before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from aop.calc.cells import total
from aop.calc.figures import CashLow, Figures
from aop.calc.lines import RULES
from aop.calc.months import Month
from aop.calc.report.facts import PlanFacts, Unit
from aop.calc.rounding import PERCENT
from aop.calc.scenario import GoalEnd, Move, Outlook, outlook, with_moves
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from aop.web.templatetags.aop_format import figure, in_unit, month, points, signed_in_unit
from budgets.models import Adjustment, BudgetLine
from budgets.queries.adjustments import (
    LineMoves,
    adjustments_of,
    line_moves,
    moves_of,
    version_numbers,
)
from budgets.queries.facts import line_facts
from budgets.queries.lines import lines_of, plan_months
from budgets.views.bridge import Bridge, Step, bridge
from planning.models import Goal, Person, Plan


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One number before and after, as text; `warning` is said beside it."""

    label: str
    note: str
    before: str
    after: str
    delta: str
    tone: str = ""
    warning: str = ""


class Effect:
    """What moves would do to the profit, the lowest cash and the goals."""

    def __init__(self, facts: PlanFacts, before: Outlook, after: Outlook) -> None:
        self.before, self.after, self.currency = before, after, facts.currency
        units = {kpi.code: kpi.unit for kpi in facts.kpis}
        self.goals = {
            goal.code: (goal.name or goal.code, units[goal.kpi_code])
            for goal in facts.goals
            if goal.kpi_code in units
        }

    @cached_property
    def rows(self) -> list[EffectRow]:
        """Profit first, then cash, then the goals in their order."""
        profit = self._money_row(
            _("Operating profit"),
            _("of the current plan"),
            self.before.planned_operating_profit,
            self.after.planned_operating_profit,
        )
        cash = [
            self._cash_row(_("if the rest goes as planned"), "lowest_cash"),
            self._cash_row(_("at the pace so far"), "lowest_cash_at_pace"),
        ]
        return [profit, *(row for row in cash if row), *self._goal_rows()]

    def _money_row(
        self, label: str, note: str, before: int | None, after: int | None, warning: str = ""
    ) -> EffectRow:
        delta = None if before is None or after is None else after - before
        tone = "" if not delta else ("good" if delta > 0 else "bad")
        return EffectRow(
            label,
            note,
            in_unit(before, self.currency),
            in_unit(after, self.currency),
            signed_in_unit(delta, self.currency),
            tone,
            warning,
        )

    def _cash_row(self, note: str, name: str) -> EffectRow | None:
        before: CashLow | None = getattr(self.before, name)
        after: CashLow | None = getattr(self.after, name)
        if before is None or after is None:
            return None
        warning = ""
        if after.gap_to_minimum < 0:
            warning = _("%(gap)s below the minimum") % {
                "gap": in_unit(-after.gap_to_minimum, self.currency)
            }
        label = _("Lowest closing cash")
        return self._money_row(
            label, f"{note}, {month(after.month)}", before.closing, after.closing, warning
        )

    def _goal_rows(self) -> list[EffectRow]:
        pairs = zip(self.before.goals, self.after.goals, strict=True)
        return [self._goal_row(old, new) for old, new in pairs]

    def _goal_row(self, before: GoalEnd, after: GoalEnd) -> EffectRow:
        name, unit = self.goals[before.code]
        target = figure(before.target, unit, self.currency, brief=True)
        return EffectRow(
            name,
            _("target %(target)s") % {"target": target},
            figure(before.projection, unit, self.currency, brief=True),
            figure(after.projection, unit, self.currency, brief=True),
            self._goal_delta(before, after, unit),
        )

    def _goal_delta(self, before: GoalEnd, after: GoalEnd, unit: Unit) -> str:
        if before.projection is None or after.projection is None:
            return in_unit(None, self.currency)
        delta = after.projection - before.projection
        if unit is Unit.RATIO:
            return points(PERCENT * delta)
        if unit is Unit.MONEY:
            return signed_in_unit(int(delta), self.currency)
        return figure(delta, unit, self.currency)


def effect_of(facts: PlanFacts, moves: Sequence[Move], *, applied: bool) -> Effect:
    """Compare the plan without and with `moves`; `applied` says that `facts` hold them already."""
    back = [Move(move.line_code, move.month, -move.amount) for move in moves]
    before = with_moves(facts, back) if applied else facts
    after = facts if applied else with_moves(facts, moves)
    return Effect(facts, outlook(Figures(before)), outlook(Figures(after)))


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The moves of one line in the months that any line changes in."""

    label: str
    cells: tuple[int | None, ...]
    amount: int | None


class AdjustmentPage:
    """One adjustment: from where to where, by month, why."""

    def __init__(self, adjustment: Adjustment, member: Membership) -> None:
        self.adjustment, self.member = adjustment, member
        self.moves = line_moves(adjustment.moves.all(), member)

    @property
    def taken(self) -> list[LineMoves]:
        """The lines that lose."""
        return [row for row in self.moves if row.line and row.amount < 0]

    @property
    def given(self) -> list[LineMoves]:
        """The lines that gain."""
        return [row for row in self.moves if row.line and row.amount > 0]

    @property
    def hides(self) -> bool:
        """Whether some moves are of lines that the member may not see."""
        return any(row.line is None for row in self.moves)

    @property
    def shifted(self) -> list[LineMoves]:
        """The lines that only move from month to month."""
        return [row for row in self.moves if row.line and row.amount == 0]

    @cached_property
    def months(self) -> list[Month]:
        """The months in which anything changes."""
        return sorted({month for row in self.moves for month in row.by_month})

    @property
    def rows(self) -> list[MonthRow]:
        """The moves by line and month."""
        return [
            MonthRow(
                row.line.label,
                tuple(row.by_month.get(month) for month in self.months),
                row.amount,
            )
            for row in self.moves
            if row.line
        ]

    @property
    def count(self) -> int:
        """How many cells of the budget change."""
        return sum(len(row.by_month) for row in self.moves)

    @property
    def spending(self) -> int:
        """By how much the spending changes in all, hidden lines included."""
        return sum(
            move.amount for move in self.adjustment.moves.all() if move.line.rule.is_spending
        )

    @property
    def goals(self) -> list[Goal]:
        """The goals that it protects."""
        return [link.goal for link in self.adjustment.goal_links.all()]


@dataclass(frozen=True, slots=True)
class Version:
    """One adjustment on the time line; `number` is None while it is only proposed."""

    number: int | None
    page: AdjustmentPage
    approved_by: str


class Timeline:
    """All versions of a budget, and the bridge from the first to the one in force."""

    def __init__(self, plan: Plan, member: Membership) -> None:
        self.plan, self.member = plan, member
        self.adjustments = list(adjustments_of(plan))

    @cached_property
    def versions(self) -> list[Version]:
        """The adjustments in their order."""
        numbers = version_numbers(self.adjustments)
        people = dict(
            Person.objects.for_company(self.plan.company)
            .filter(plan=self.plan)
            .values_list("code", "name")
        )
        return [
            Version(
                numbers.get(row.number),
                AdjustmentPage(row, self.member),
                people.get(row.approved_by, row.approved_by),
            )
            for row in self.adjustments
        ]

    def version_of(self, number: int) -> Version | None:
        """Return the adjustment with that number, None when there is none."""
        return next((v for v in self.versions if v.page.adjustment.number == number), None)

    @property
    def in_force(self) -> int:
        """The number of the version in force."""
        return 1 + sum(row.is_approved for row in self.adjustments)

    @cached_property
    def last_closed(self) -> Month | None:
        """The last closed month, None while all are open."""
        closed = [row.first_day for row in plan_months(self.plan) if row.is_closed]
        return Month.of(max(closed)) if closed else None

    @cached_property
    def bridge(self) -> Bridge | None:
        """The way of the year's spending from the baseline to now; None without an adjustment."""
        approved = [row for row in self.adjustments if row.is_approved]
        if not approved:
            return None
        spending = [line for line in line_facts(self.plan) if RULES[line.kind].is_spending]
        start = sum(total(line.baseline) or 0 for line in spending)
        moved: dict[str, int] = {}
        for move in moves_of(approved):
            moved[move.line_code] = moved.get(move.line_code, 0) + move.amount
        names = {line.code: self._name(line) for line in lines_of(self.plan)}
        steps: dict[str, int] = {}
        for line in spending:
            if moved.get(line.code):
                name = names[line.code]
                steps[name] = steps.get(name, 0) + moved[line.code]
        return bridge(start, [Step(name, amount) for name, amount in steps.items()])

    def _name(self, line: BudgetLine) -> str:
        """Name a line of the bridge; a hidden one counts among the others."""
        is_hidden = line.is_private and not self.member.may(Permission.VIEW_PRIVATE)
        return "" if is_hidden else line.label

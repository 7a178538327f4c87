"""Cash by month against the minimum: as planned, and at the pace so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aop.calc.cash import CashMonth
from aop.calc.figures import CashLow, Figures
from aop.calc.months import Month
from budgets.queries.facts import line_facts
from budgets.queries.lines import plan_months
from budgets.queries.table import budget_facts
from planning.models import Plan


class Course(StrEnum):
    """How the open months go on."""

    PLAN = "plan"
    PACE = "pace"


@dataclass(frozen=True, slots=True)
class CashRow:
    """One month in minor units; `other` is its closing on the other course."""

    month: Month
    is_closed: bool
    cash: CashMonth
    gap: int
    other: CashMonth

    @property
    def is_below(self) -> bool:
        """Whether the month closes below the minimum."""
        return self.gap < 0


class CashPage:
    """The twelve months of one plan on one course, from four queries."""

    def __init__(self, plan: Plan, course: Course = Course.PLAN) -> None:
        self.plan, self.course = plan, course
        self.states = plan_months(plan)
        self.figures = Figures(budget_facts(plan, self.states, line_facts(plan)))

    @property
    def minimum(self) -> int | None:
        """The minimum cash; None while nobody has set one."""
        return self.plan.minimum_cash_amount

    @property
    def has_opening(self) -> bool:
        """Whether the opening cash is known: without it the months start from 0."""
        return self.plan.opening_cash_amount is not None

    @property
    def months(self) -> tuple[CashMonth, ...]:
        """The months on the chosen course."""
        is_pace = self.course is Course.PACE
        return self.figures.cash_at_pace if is_pace else self.figures.cash

    @property
    def rows(self) -> list[CashRow]:
        """The twelve months, each beside its closing on the other course."""
        is_pace = self.course is Course.PACE
        others = self.figures.cash if is_pace else self.figures.cash_at_pace
        return [
            CashRow(
                month=Month.of(state.first_day),
                is_closed=index < self.figures.closed,
                cash=cash,
                gap=cash.closing - (self.minimum or 0),
                other=other,
            )
            for index, (state, cash, other) in enumerate(
                zip(self.states, self.months, others, strict=True)
            )
        ]

    @property
    def lowest(self) -> CashLow | None:
        """The lowest closing of the whole year on the chosen course."""
        return self.figures.cash_low(self.months)

    @property
    def lowest_open(self) -> CashLow | None:
        """The lowest open month when the rest goes as planned; None once all are closed."""
        return self.figures.lowest_open_cash

    @property
    def lowest_open_at_pace(self) -> CashLow | None:
        """The lowest open month when the rest goes at the pace so far."""
        return self.figures.lowest_open_cash_at_pace

    @property
    def last_closed(self) -> CashRow | None:
        """The last closed month, None before the first close."""
        return self.rows[self.figures.closed - 1] if self.figures.closed else None

    @property
    def has_financing(self) -> bool:
        """Whether loans or the owner's money move in any month."""
        return any(month.financing for month in self.months)

    @property
    def has_counts(self) -> bool:
        """Whether cash was counted at the end of any closed month."""
        return any(month.unexplained is not None for month in self.months)

    @property
    def moves(self) -> bool:
        """Whether any money moves at all: a plan without cash lines shows nothing."""
        return any(_moved(self.months))


def _moved(months: Sequence[CashMonth]) -> list[int]:
    return [month.receipts or month.payments or month.financing for month in months]

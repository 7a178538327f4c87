"""What the variance page compares: one row of planned and actual, with its year and its limit."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from aop.calc.limits import Limit
from aop.calc.lines import LineKind, Meaning, Method
from aop.calc.status import Status
from aop.calc.totals import TotalName
from budgets.models import BudgetLine

PROFITS = (TotalName.GROSS_PROFIT, TotalName.OPERATING_PROFIT)


class Period(StrEnum):
    """Which months the page compares."""

    MONTH = "month"
    YTD = "ytd"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Compared:
    """Planned against actual in minor units; None is not known. The ratio is of the plan."""

    planned: int | None
    actual: int | None
    variance: int | None
    ratio: Decimal | None
    meaning: Meaning | None
    is_material: bool = False
    kind: LineKind | None = None

    @property
    def is_unplanned(self) -> bool:
        """Whether something happened that nothing was planned for."""
        return not self.planned and bool(self.actual)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The whole year in minor units: both plans, and what is expected by now.

    `lowest` and `highest` are the range of all methods; for sums `method` is None.
    """

    baseline: int | None
    planned: int | None
    forecast: int | None
    difference: int | None
    method: Method | None = None
    lowest: int | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Spending:
    """How much of the year's plan is used, and what may still be spent, in minor units.

    `is_short`: what remains is materially less than what the open months still plan.
    """

    used_ratio: Decimal | None
    remaining: int | None
    committed: int | None
    available: int | None
    status: Status | None
    is_short: bool

    @property
    def is_over(self) -> bool:
        """Whether more is spent than the year plans; equal is used up, not over."""
        return self.remaining is not None and self.remaining < 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line, or several lines together: then `line` is None."""

    cell: Compared
    outlook: Outlook
    spending: Spending | None
    limit: Limit
    line: BudgetLine | None = None

    @property
    def is_judged(self) -> bool:
        """Whether a colour judges its pace: contingency is no target to reach."""
        is_kept_back = self.cell.kind is LineKind.CONTINGENCY
        return bool(self.spending and self.spending.status) and not is_kept_back


@dataclass(frozen=True, slots=True)
class GroupRows:
    """A heading with its sums and lines; sums that give a private line away are None."""

    name: str
    sums: Row | None
    rows: tuple[Row, ...]
    private_count: int
    private: Row | None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One of the totals of the plan."""

    name: TotalName
    cell: Compared
    outlook: Outlook

    @property
    def is_result(self) -> bool:
        """Whether it is what is left: a profit."""
        return self.name in PROFITS

"""Everything the arithmetic needs to know about a plan year, as plain values (METHODS.md §1).

`Cells` are the twelve months of the fiscal year in order; None is "no value", 0 is a value.
Lists keep the order of the company. Money is minor units, ratios are fractions of 1.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from aop.calc.cells import NO_CELLS as NO_CELLS
from aop.calc.cells import Cells as Cells
from aop.calc.lines import LineKind, Method, Policy
from aop.calc.measures import Measure
from aop.calc.months import FiscalYear, Month
from aop.calc.status import Better, Materiality, Threshold, ThresholdName


class GoalKind(StrEnum):
    """What a goal asks of its measure."""

    GROW = "grow"
    REACH = "reach"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Basis(StrEnum):
    """The part of the year that a goal's target speaks of."""

    FULL_YEAR = "full_year"
    EXIT_MONTH = "exit_month"
    EXIT_QUARTER = "exit_quarter"


class Unit(StrEnum):
    """What a KPI is counted in."""

    MONEY = "money"
    RATIO = "ratio"
    NUMBER = "number"


class Scope(StrEnum):
    """Whether a trigger looks at the month or at the year to date."""

    MONTH = "month"
    YTD = "ytd"


class ReviewEvery(StrEnum):
    """How often the plan is reviewed."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One budget line with its months.

    `baseline` is the frozen first version, `planned` the current plan. `actual` is the kept
    total of the entries of each month, open months included; None means no entry.
    `manual` are the forecasts somebody typed. `committed` are the open commitments by month.
    `cash_lag` are shares by month of delay that add up to 1; empty means not cash.
    `opening_balance` moves with the first month's cash.
    """

    code: str
    kind: LineKind
    channel: str | None = None
    cash_lag: tuple[Decimal, ...] = ()
    opening_balance: int = 0
    driver_code: str | None = None
    driver_ratio: Decimal | None = None
    forecast_method: Method | None = None
    policy: Policy = Policy.TRACK
    baseline: Cells = NO_CELLS
    planned: Cells = NO_CELLS
    actual: Cells = NO_CELLS
    last_year: Cells = NO_CELLS
    manual: Cells = NO_CELLS
    committed: Cells = NO_CELLS
    name: str = ""
    name_en: str = ""
    group: str = ""
    is_private: bool = False
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """One goal; `target` and `baseline` are values of its KPI. `threshold` None: by kind."""

    code: str
    kind: GoalKind
    kpi_code: str | None
    target: Decimal | None
    basis: Basis | None
    baseline: Decimal | None = None
    threshold: ThresholdName | None = None
    owner: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """One KPI; `targets` and `actuals` (manual measure only) have twelve values or none at all."""

    code: str
    unit: Unit
    better: Better
    measure: Measure
    floor: Decimal | None = None
    cap: Decimal | None = None
    targets: tuple[Decimal | None, ...] = ()
    actuals: tuple[Decimal | None, ...] = ()
    headline: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """One milestone and the day it was done; None while it is not."""

    name: str
    due: date
    done: date | None = None


@dataclass(frozen=True, slots=True)
class InitiativeFacts:
    """One initiative; `budget` holds (line code, amount), and a row of 0 says "costs nothing"."""

    code: str
    goals: tuple[str, ...] = ()
    owner: str | None = None
    start: date | None = None
    end: date | None = None
    budget: tuple[tuple[str, int], ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person of the plan."""

    code: str
    hours_per_week: Decimal
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """One work of one person: percent of the person's own month; `BAU` is daily business."""

    person: str
    work: str
    percents: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class TriggerFacts:
    """The KPI value that fires a risk."""

    kpi_code: str
    op: Literal["<", "<=", ">", ">="]
    value: Decimal
    scope: Scope = Scope.MONTH
    consecutive: int = 1


@dataclass(frozen=True, slots=True)
class RiskFacts:
    """One risk; likelihood and impact go from 1 to 5, `contingency` is what will be done."""

    code: str
    likelihood: int
    impact: int
    trigger: TriggerFacts | None = None
    contingency: str = ""
    contingency_amount: int | None = None
    name: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision of the year and the goals it serves."""

    day: date
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The five thresholds, frozen with the plan."""

    attainment: Threshold
    share_gap: Threshold
    floor_gap: Threshold
    cap_gap: Threshold
    spend_ratio: Threshold

    def named(self, name: ThresholdName) -> Threshold:
        """Return the threshold of that name."""
        threshold: Threshold = getattr(self, name.value)
        return threshold


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One plan year of one company, seen at the end of the month `through`.

    `closed_through` is the last closed month; `through` is the month looked at, usually the
    same; None before the first close. `opening_stock` None: no stock is kept.
    `cash_counts` and `stock_counts` are what was counted at each month's end.
    """

    company: str
    label: int
    year: FiscalYear
    currency: str
    closed_through: Month | None
    through: Month | None
    thresholds: Thresholds
    materiality: Materiality
    opening_cash: int = 0
    minimum_cash: int = 0
    opening_stock: int | None = None
    review_every: ReviewEvery = ReviewEvery.MONTH
    review_rhythm: str = ""
    not_doing_count: int = 0
    lines: tuple[LineFacts, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    kpis: tuple[KpiFacts, ...] = ()
    initiatives: tuple[InitiativeFacts, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    allocations: tuple[AllocationFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    cash_counts: Cells = NO_CELLS
    stock_counts: Cells = NO_CELLS
    decisions: tuple[DecisionFacts, ...] = ()
    reviewed: frozenset[Month] = frozenset()

    @property
    def closed(self) -> int:
        """How many months of the year are closed up to `through`: 0 to 12."""
        return 0 if self.through is None else self.year.index(self.through) + 1

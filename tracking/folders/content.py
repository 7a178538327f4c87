"""What a whole plan folder says, as one value."""

from dataclasses import dataclass, field

from aop.calc.reading.folder_problems import Ignored
from budgets.folders.adjustments import AdjustmentRow, CommitmentRow
from budgets.folders.amounts import CountRow, LineMonthsRow
from budgets.folders.lines import LineRow
from planning.folders.actions import InitiativeRow
from planning.folders.company import CompanyRow
from planning.folders.goals import GoalRow
from planning.folders.kpis import KpiRow
from planning.folders.plan import PlanRow
from planning.folders.resources import AllocationRow, PersonRow
from planning.folders.risks import RiskRow
from tracking.folders.entries import EntryRow, ForecastRow
from tracking.folders.reviews import DecisionRow, ReviewRow


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """Every file of a plan folder; lists keep the order of the files.

    `ignored` and `absent` are for the person who loads it: what the format does not know, and
    which files are missing or hold nothing. They are no part of the content.
    """

    company: CompanyRow
    plan: PlanRow
    lines: tuple[LineRow, ...] = ()
    budget: tuple[LineMonthsRow, ...] = ()
    last_year: tuple[LineMonthsRow, ...] = ()
    adjustments: tuple[AdjustmentRow, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    commitments: tuple[CommitmentRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    kpis: tuple[KpiRow, ...] = ()
    initiatives: tuple[InitiativeRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    allocations: tuple[AllocationRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    forecasts: tuple[ForecastRow, ...] = ()
    counts: tuple[CountRow, ...] = ()
    decisions: tuple[DecisionRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)
    absent: tuple[str, ...] = field(default=(), compare=False)

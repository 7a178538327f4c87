"""Report: people above a full month, and where each milestone stands (METHODS.md §12, §14)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from aop.calc.capacity import overloads
from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.report.facts import MilestoneFacts, PlanFacts
from aop.calc.rounding import RATIO_PLACES, half_up_places


class MilestoneState(StrEnum):
    """Where a milestone stands on a day."""

    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One month of one person above 1, 6 places."""

    person: str
    month: Month
    ratio: Decimal


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone; `days_late` counts the days after it was due."""

    initiative: str
    name: str
    state: MilestoneState
    days_late: int


def report_capacity(figures: Figures) -> tuple[CapacityRow, ...]:
    """List all twelve months of every person above 1, people in their order (METHODS.md §12)."""
    first = figures.facts.year.first
    return tuple(
        CapacityRow(one.person, first.plus(one.index), half_up_places(one.load, RATIO_PLACES))
        for one in overloads(figures.facts.people, figures.loads)
    )


def report_milestones(facts: PlanFacts, day: date) -> tuple[MilestoneRow, ...]:
    """Judge every milestone as of a day, in the order of the initiatives (METHODS.md §14)."""
    return tuple(
        MilestoneRow(
            initiative.code,
            milestone.name,
            milestone_state(milestone, day),
            days_late(milestone, day),
        )
        for initiative in facts.initiatives
        for milestone in initiative.milestones
    )


def milestone_state(milestone: MilestoneFacts, day: date) -> MilestoneState:
    """Say where a milestone stands at the end of a day; a later `done` is not known yet.

    >>> sale = MilestoneFacts("Sale", due=date(2026, 5, 31), done=date(2026, 6, 2))
    >>> milestone_state(sale, date(2026, 6, 1))
    <MilestoneState.OVERDUE: 'overdue'>
    """
    if milestone.done is not None and milestone.done <= day:
        is_late = milestone.done > milestone.due
        return MilestoneState.DONE_LATE if is_late else MilestoneState.DONE
    return MilestoneState.OVERDUE if milestone.due < day else MilestoneState.UPCOMING


def days_late(milestone: MilestoneFacts, day: date) -> int:
    """Count the days from due to done, or to `day` while it is not done; never below 0.

    >>> days_late(MilestoneFacts("Sale", date(2026, 5, 31)), date(2026, 6, 2))
    2
    """
    is_done = milestone.done is not None and milestone.done <= day
    reached = milestone.done if is_done and milestone.done else day
    return max(0, (reached - milestone.due).days)

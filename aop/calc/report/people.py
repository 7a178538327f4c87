"""Report: people above a full month, and where each milestone stands (METHODS.md §12, §14)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from aop.calc.capacity import overloads
from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.report.facts import InitiativeFacts, MilestoneFacts, PlanFacts
from aop.calc.report.lines import line_status
from aop.calc.rounding import RATIO_PLACES, half_up_places
from aop.calc.status import Status

LATE_DAYS = 14


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
    """List all twelve months of every person above 1, people in their order (METHODS.md §12).

    >>> from aop.calc.report.example import shop
    >>> report_capacity(Figures(shop()))
    (CapacityRow(person='P1', month=Month(year=2026, number=1), ratio=Decimal('1.100000')),)
    """
    first = figures.facts.year.first
    return tuple(
        CapacityRow(one.person, first.plus(one.index), half_up_places(one.load, RATIO_PLACES))
        for one in overloads(figures.facts.people, figures.loads)
    )


def report_milestones(facts: PlanFacts, day: date) -> tuple[MilestoneRow, ...]:
    """Judge every milestone as of a day, in the order of the initiatives (METHODS.md §14).

    >>> from aop.calc.report.example import shop
    >>> [(row.state.value, row.days_late) for row in report_milestones(shop(), date(2026, 3, 31))]
    [('overdue', 31)]
    """
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


def needs_attention(initiative: InitiativeFacts, figures: Figures, day: date) -> bool:
    """Say whether an initiative is at least amber, whatever its owner says (METHODS.md §14).

    A milestone is more than 14 days overdue, or a line it spends on is red.

    >>> from aop.calc.report.example import shop
    >>> needs_attention(shop().initiatives[0], Figures(shop()), date(2026, 3, 14))
    False
    >>> needs_attention(shop().initiatives[0], Figures(shop()), date(2026, 3, 15))
    True
    """
    overdue = MilestoneState.OVERDUE
    late = (one for one in initiative.milestones if milestone_state(one, day) is overdue)
    if any(days_late(one, day) > LATE_DAYS for one in late):
        return True
    codes = {line_code for line_code, _amount in initiative.budget}
    lines = (line for line in figures.facts.lines if line.code in codes)
    return any(line_status(line, figures) is Status.RED for line in lines)

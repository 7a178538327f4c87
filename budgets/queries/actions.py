"""Initiatives with their money, their milestones on a day, and what asks for attention."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from aop.calc.capacity import month_hours
from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.report.facts import LineFacts, MilestoneFacts
from aop.calc.report.lines import line_status
from aop.calc.report.people import LATE_DAYS, MilestoneState, days_late, milestone_state
from aop.calc.status import Status
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from planning.models import Allocation, Goal, Initiative, InitiativeStatus, Milestone, Person

ENDED = frozenset({InitiativeStatus.DONE, InitiativeStatus.DROPPED})


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone as it stands on a day."""

    milestone: Milestone
    state: MilestoneState
    days_late: int

    @property
    def is_pushed(self) -> bool:
        """Whether it is due later than it was promised for at first."""
        return self.milestone.due > self.milestone.first_due


@dataclass(frozen=True, slots=True)
class Money:
    """What an initiative takes from one line."""

    line: LineFacts
    amount: int


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An initiative as its page shows it to one member.

    `money` holds the lines that the member may see; `hides_money` says that there are more.
    `red_lines` are those of them that are off track.
    """

    initiative: Initiative
    goals: tuple[Goal, ...]
    money: tuple[Money, ...]
    hides_money: bool
    milestones: tuple[MilestoneRow, ...]
    red_lines: tuple[str, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether the numbers ask for attention, whatever its owner says (METHODS.md §14)."""
        late = (row.days_late for row in self.milestones if row.state is MilestoneState.OVERDUE)
        return not self.is_done and (bool(self.red_lines) or max(late, default=0) > LATE_DAYS)

    @property
    def amount(self) -> int | None:
        """The money on the lines shown; None while nothing says what it costs, which is not 0."""
        return sum(one.amount for one in self.money) if self.money else None

    @property
    def pushes(self) -> int:
        """How many times its milestones were pushed out, all together."""
        return sum(row.milestone.times_pushed for row in self.milestones)

    @property
    def overdue(self) -> int:
        """How many of its milestones are overdue."""
        return sum(row.state is MilestoneState.OVERDUE for row in self.milestones)

    @property
    def added(self) -> int:
        """How many of its milestones were added after the approval."""
        return sum(row.milestone.added_after_approval for row in self.milestones)

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be expected of it any more."""
        return self.initiative.status in ENDED


def action_rows(
    initiatives: Iterable[Initiative], figures: Figures, member: Membership, day: date
) -> list[ActionRow]:
    """Return initiatives (`parts.initiatives_of`) as they stand on a day; asks nothing more."""
    shown = {line.code for line in visible_line_facts(figures, member)}
    return [_row(initiative, figures, shown, day) for initiative in initiatives]


def visible_line_facts(figures: Figures, member: Membership) -> list[LineFacts]:
    """Return the lines that the member may know of."""
    lines = figures.facts.lines
    if member.may(Permission.VIEW_PRIVATE):
        return list(lines)
    return [line for line in lines if not line.is_private]


def _row(initiative: Initiative, figures: Figures, shown: set[str], day: date) -> ActionRow:
    budgets = [one for one in initiative.budgets.all() if one.line_code in figures.lines]
    money = [Money(figures.lines[one.line_code], one.amount) for one in budgets]
    visible = tuple(one for one in money if one.line.code in shown)
    pairs = [
        (one, MilestoneFacts(one.name, one.due, one.done)) for one in initiative.milestones.all()
    ]
    milestones = tuple(
        MilestoneRow(one, milestone_state(facts, day), days_late(facts, day))
        for one, facts in pairs
    )
    return ActionRow(
        initiative=initiative,
        goals=tuple(link.goal for link in initiative.goal_links.all()),
        money=visible,
        hides_money=len(visible) < len(money),
        milestones=milestones,
        red_lines=tuple(
            one.line.name for one in visible if line_status(one.line, figures) is Status.RED
        ),
    )


@dataclass(frozen=True, slots=True)
class PersonHours:
    """The hours that one person has for an initiative, month by month; None is nothing."""

    person: Person
    hours: tuple[int | None, ...]


def hours_of(initiative: Initiative) -> list[PersonHours]:
    """Return who has time for the initiative in which month; one query."""
    rows = Allocation.objects.for_company(initiative.company).filter(
        initiative=initiative, percent__gt=0
    )
    people: dict[int, Person] = {}
    shares: dict[int, dict[Month, Decimal]] = {}
    for row in rows.select_related("person").order_by("person__position", "person_id"):
        people[row.person_id] = row.person
        shares.setdefault(row.person_id, {})[Month.of(row.first_day)] = row.percent
    months = initiative.plan.year.months
    return [
        PersonHours(person, _hours(person, shares[pk], months)) for pk, person in people.items()
    ]


def _hours(
    person: Person, shares: Mapping[Month, Decimal], months: Sequence[Month]
) -> tuple[int | None, ...]:
    return tuple(
        month_hours(person.hours_per_week, Fraction(shares[month]) / 100)
        if month in shares
        else None
        for month in months
    )

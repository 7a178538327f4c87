"""The lines somebody logs on, what is left on them, and the entries of a month."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from aop.calc.limits import Limit, limit_of
from aop.calc.lines import RULES, LineKind
from aop.calc.months import Month
from aop.calc.report.facts import LineFacts, PlanFacts
from aop.tenancy.models import Membership, TenantQuerySet
from aop.tenancy.roles import Permission
from budgets.models import BudgetLine
from planning.models import Milestone, Plan
from tracking.models import Entry

RECENT = 12


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line to log on, with its limits up to the month that is logged."""

    line: BudgetLine
    month: Limit
    to_date: Limit
    year: Limit
    is_spending: bool

    @property
    def used_percent(self) -> int:
        """The used share of the month's plan as a bar shows it: 0 to 100."""
        if not self.month.planned or self.month.planned < 0:
            return 0
        used = self.month.actual + (self.month.committed if self.is_spending else 0)
        return max(0, min(100, used * 100 // self.month.planned))

    @property
    def is_over(self) -> bool:
        """Whether more is spent than the month's plan; equal is used up, not over."""
        return self.is_spending and self.month.left is not None and self.month.left < 0


def loggable_lines(plan: Plan, member: Membership) -> TenantQuerySet[BudgetLine]:
    """Return the lines that the member may log on: their own, or all for owner and accountant."""
    lines = (
        BudgetLine.objects.for_company(plan.company)
        .filter(plan=plan)
        .exclude(kind=LineKind.CONTINGENCY.value)
        .select_related("owner")
    )
    if not member.may(Permission.VIEW_PRIVATE):
        lines = lines.filter(is_private=False)
    if not member.may(Permission.LOG_ANY_LINE):
        lines = lines.filter(owner__email__iexact=member.user.email)
    return lines


def log_lines(
    plan: Plan, member: Membership, month: Month, lines: Sequence[LineFacts]
) -> list[LogLine]:
    """Return the member's lines with planned, logged, committed and left, from one query."""
    facts = {line.code: line for line in lines}
    end = plan.year.index(month) + 1
    return [
        LogLine(
            line=line,
            month=limit_of(facts[line.code], end - 1, end),
            to_date=limit_of(facts[line.code], 0, end),
            year=limit_of(facts[line.code], 0, len(plan.year.months)),
            is_spending=RULES[LineKind(line.kind)].is_spending,
        )
        for line in loggable_lines(plan, member)
    ]


def visible_entries(plan: Plan, member: Membership) -> TenantQuerySet[Entry]:
    """Return the entries that the member may see, newest first: staff see those of their lines."""
    entries = (
        Entry.objects.for_company(plan.company)
        .filter(plan=plan)
        .select_related("line__owner", "logged_by", "initiative")
        .order_by("-date", "-id")
    )
    if not member.may(Permission.VIEW_PRIVATE):
        entries = entries.filter(line__is_private=False)
    if member.may(Permission.LOG_ACTUALS) and not member.may(Permission.LOG_ANY_LINE):
        entries = entries.filter(
            Q(line__owner__email__iexact=member.user.email) | Q(logged_by=member.user)
        )
    return entries


def recent_entries(plan: Plan, member: Membership, month: Month) -> list[Entry]:
    """Return the latest entries of the month that the member may see."""
    return list(visible_entries(plan, member).filter(first_day=month.first_day)[:RECENT])


@dataclass(frozen=True, slots=True)
class Logged:
    """How far somebody is with the month: lines with an entry, of the lines they have."""

    name: str
    done: int
    lines: int

    @property
    def is_complete(self) -> bool:
        """Whether every line of theirs has an entry."""
        return self.done >= self.lines


def logged_by_person(facts: PlanFacts, month: Month) -> list[Logged]:
    """Return, per person in charge of lines, how many of them have an entry in the month.

    Only lines with a plan for the month count: nobody waits for a line that rests. Lines
    without a person in charge are the accountant's; their name is empty.
    """
    people = {person.code: person.name for person in facts.people}
    index = facts.year.index(month)
    found: dict[str, list[bool]] = {name: [] for name in people.values()}
    for line in facts.lines:
        if line.kind != LineKind.CONTINGENCY and (line.planned[index] or 0) > 0:
            name = people.get(line.owner or "", "")
            found.setdefault(name, []).append(line.actual[index] is not None)
    return [Logged(name, sum(done), len(done)) for name, done in found.items() if done]


def open_milestones(plan: Plan, member: Membership) -> TenantQuerySet[Milestone]:
    """Return the member's milestones that are not done, the earliest first."""
    return (
        Milestone.objects.for_company(plan.company)
        .filter(
            initiative__plan=plan, initiative__owner__email__iexact=member.user.email, done=None
        )
        .select_related("initiative")
        .order_by("due", "id")
    )

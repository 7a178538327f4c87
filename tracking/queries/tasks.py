"""What needs doing in an approved plan, by member and day: few things, each with its date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from aop.calc.checks import CheckCode, Finding, plan_checks, year_checks
from aop.calc.figures import CashLow, Figures
from aop.calc.lines import LineKind
from aop.calc.measures import ManualMeasure
from aop.calc.months import Month
from aop.calc.report.facts import LineFacts, PlanFacts
from aop.calc.report.measured import follow_kpis, report_risks
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import Adjustment
from planning.models import Assumption, Plan, StillTrue
from tracking.queries.entries import logged_by_person
from tracking.queries.reviews import is_review_month

CLOSE_BY_DAY = 10
SOON = timedelta(days=14)
# What stays alive after the approval; all else is frozen and changes by an adjustment only.
_ALIVE = (CheckCode.OVER_CAPACITY, CheckCode.RISK_WITHOUT_CONTINGENCY)


class TaskKind(StrEnum):
    """What sort of thing needs doing."""

    LOG_LINES = "log_lines"
    WAIT_FOR_LINES = "wait_for_lines"
    CLOSE_MONTH = "close_month"
    REVIEW_MONTH = "review_month"
    MILESTONE = "milestone"
    LOG_KPIS = "log_kpis"
    CHECK_ASSUMPTIONS = "check_assumptions"
    DECIDE_ADJUSTMENT = "decide_adjustment"
    LOW_CASH = "low_cash"
    FIRED_RISK = "fired_risk"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; what it is about stands in the fields that its kind needs."""

    kind: TaskKind
    due: date | None = None
    months: tuple[Month, ...] = ()
    names: tuple[str, ...] = ()
    who: str = ""
    code: str = ""
    low: CashLow | None = None
    by_log: bool = False  # a milestone that its owner marks as done where actuals are logged

    def is_overdue(self, today: date) -> bool:
        """Say whether its day has passed."""
        return self.due is not None and self.due < today

    def is_near(self, today: date) -> bool:
        """Say whether its day comes within a week, or whether it has none and waits now."""
        return self.due is None or self.due <= today + timedelta(days=7)


def tasks_of(plan: Plan, figures: Figures, member: Membership, today: date) -> list[Task]:
    """Return what the member has to do: overdue first, then what has no day, then by day.

    Nothing for a draft, whose tasks are the findings of the plan checks, and nothing for who
    only reads. Two queries for an owner.
    """
    if not plan.is_frozen:
        return []
    found = list(_Teller(plan, figures, member, today).all())
    return sorted(found, key=lambda task: _order(task, today))


def _order(task: Task, today: date) -> tuple[int, date]:
    if task.due is None:
        return 1, date.min
    return (0 if task.is_overdue(today) else 2), task.due


def living_findings(figures: Figures, today: date) -> list[Finding]:
    """Return the findings of an approved plan that can still be cured, from `today` on."""
    this_month = str(Month.of(today))
    ahead = [
        one
        for one in plan_checks(figures.facts, figures)
        if one.code in _ALIVE
        and (one.code != CheckCode.OVER_CAPACITY or one.subject.rpartition(" ")[2] >= this_month)
    ]
    done = year_checks(figures.facts)
    return [*ahead, *(one for one in done if one.code == CheckCode.DECISION_WITHOUT_GOAL)]


class _Teller:
    """Finds the tasks of one member in one plan."""

    def __init__(self, plan: Plan, figures: Figures, member: Membership, today: date) -> None:
        self.plan, self.figures, self.facts = plan, figures, figures.facts
        self.member, self.today = member, today
        self.ahead = self.facts.year.months[figures.closed :]
        self.person = _person_of(self.facts, member)

    def all(self) -> Iterator[Task]:
        """Find everything, each kind for those who may do it."""
        may = self.member.may
        if may(Permission.LOG_ACTUALS):
            yield from self._log_lines()
            yield from self._milestones()
        if may(Permission.CLOSE_MONTH):
            yield from self._wait_for_lines()
            yield from self._close_months()
            yield from self._low_cash()
        if may(Permission.REVIEW):
            yield from self._reviews()
            yield from self._log_kpis()
        if may(Permission.EDIT_PLAN):
            yield from self._assumptions()
            yield from self._fired_risks()
        if may(Permission.APPROVE):
            yield from self._adjustments()

    def _is_mine(self, line: LineFacts) -> bool:
        """Say whether the member logs the line: their own, the accountant the ownerless too."""
        if line.is_private and not self.member.may(Permission.VIEW_PRIVATE):
            return False
        if line.owner is not None:
            return line.owner == self.person
        is_keeper = self.member.may(Permission.LOG_ANY_LINE)
        return is_keeper and not self.member.may(Permission.EDIT_PLAN)

    def unlogged(self) -> list[LineFacts]:
        """Return the member's lines that plan something for the month in work and have no entry."""
        if not self.ahead or self.ahead[0] > Month.of(self.today):
            return []
        index = self.figures.closed
        return [
            line
            for line in self.facts.lines
            if line.kind is not LineKind.CONTINGENCY
            and (line.planned[index] or 0) > 0
            and line.actual[index] is None
            and self._is_mine(line)
        ]

    def _log_lines(self) -> Iterator[Task]:
        if lines := self.unlogged():
            names = tuple(line.name for line in lines)
            month = self.ahead[0]
            yield Task(TaskKind.LOG_LINES, month.last_day, (month,), names)

    def _wait_for_lines(self) -> Iterator[Task]:
        ended = self._ended()
        if not ended:
            return
        waiting = [one for one in logged_by_person(self.facts, ended[0]) if not one.is_complete]
        names = tuple(one.name for one in waiting if one.name)
        if names:
            yield Task(TaskKind.WAIT_FOR_LINES, _close_by(ended[0]), ended[:1], names)

    def _ended(self) -> tuple[Month, ...]:
        """Return the open months that are over."""
        return tuple(month for month in self.ahead if month.last_day < self.today)

    def _close_months(self) -> Iterator[Task]:
        if ended := self._ended():
            yield Task(TaskKind.CLOSE_MONTH, _close_by(ended[0]), ended)

    def _reviews(self) -> Iterator[Task]:
        """Find the months to review: those that are over, and the next one when it comes near."""
        due = [
            month
            for position, month in enumerate(self.facts.year, start=1)
            if is_review_month(self.plan, position)
            and month not in self.facts.reviewed
            and review_day(self.plan, month) <= self.today + SOON
        ]
        if due:
            yield Task(TaskKind.REVIEW_MONTH, review_day(self.plan, due[0]), tuple(due))

    def _milestones(self) -> Iterator[Task]:
        """Find milestones overdue or near: one's own, and all of them for who leads the plan."""
        sees_all = self.member.may(Permission.EDIT_PLAN)
        people = {person.code: person.name for person in self.facts.people}
        for initiative in self.facts.initiatives:
            if not sees_all and (initiative.owner is None or initiative.owner != self.person):
                continue
            for milestone in initiative.milestones:
                if milestone.done is None and milestone.due <= self.today + SOON:
                    who = people.get(initiative.owner or "", "")
                    names = (milestone.name, initiative.name)
                    yield Task(
                        TaskKind.MILESTONE,
                        milestone.due,
                        names=names,
                        who=who,
                        code=initiative.code,
                        by_log=not sees_all,
                    )

    def _log_kpis(self) -> Iterator[Task]:
        if not self.figures.closed:
            return
        index = self.figures.closed - 1
        names = tuple(
            kpi.name
            for kpi in self.facts.kpis
            if isinstance(kpi.measure, ManualMeasure)
            and kpi.headline
            and (not kpi.actuals or kpi.actuals[index] is None)
        )
        if names:
            month = self.facts.year.months[index]
            yield Task(TaskKind.LOG_KPIS, _close_by(month), (month,), names)

    def _assumptions(self) -> Iterator[Task]:
        rows = Assumption.objects.for_company(self.plan.company).filter(
            plan=self.plan,
            check_month__lte=self.today.replace(day=1),
            answer=StillTrue.UNKNOWN,
        )
        found = list(rows)
        if found:
            names = tuple(row.what for row in found)
            first = min(Month.of(row.check_month) for row in found if row.check_month)
            yield Task(TaskKind.CHECK_ASSUMPTIONS, first.last_day, (), names)

    def _adjustments(self) -> Iterator[Task]:
        rows = Adjustment.objects.for_company(self.plan.company).filter(
            plan=self.plan, approved_on=None
        )
        for number, reason in rows.values_list("number", "reason"):
            yield Task(TaskKind.DECIDE_ADJUSTMENT, names=(reason,), code=str(number))

    def _low_cash(self) -> Iterator[Task]:
        lows = (self.figures.lowest_open_cash, self.figures.lowest_open_cash_at_pace)
        below = [low for low in lows if low and low.gap_to_minimum < 0]
        if below and self.plan.opening_cash_amount is not None:
            yield Task(TaskKind.LOW_CASH, low=min(below, key=lambda low: low.closing))

    def _fired_risks(self) -> Iterator[Task]:
        if not self.figures.closed:
            return
        last = self.facts.year.months[self.figures.closed - 1]
        rows = report_risks(self.figures, follow_kpis(self.figures))
        fired = {row.code for row in rows if last in row.fired_months}
        for risk in self.facts.risks:
            if risk.code in fired and not risk.is_closed:
                yield Task(TaskKind.FIRED_RISK, months=(last,), names=(risk.name,), code=risk.code)


def unlogged_lines(
    plan: Plan, figures: Figures, member: Membership, today: date
) -> list[LineFacts]:
    """Return the lines that the member still has to log on in the month in work."""
    return _Teller(plan, figures, member, today).unlogged() if plan.is_frozen else []


def review_day(plan: Plan, month: Month) -> date:
    """Return the day on which the month is to be reviewed: in the month after it."""
    return month.plus(1).first_day.replace(day=plan.review_day)


def _close_by(month: Month) -> date:
    return month.plus(1).first_day.replace(day=CLOSE_BY_DAY)


def _person_of(facts: PlanFacts, member: Membership) -> str | None:
    """Return the code of the person that the member is, joined by e-mail address."""
    email = member.user.email.casefold()
    found = (person.code for person in facts.people if person.email.casefold() == email)
    return next(found, None)

"""A month's review, prepared: what the people in the room need to see, from fixed queries."""

from dataclasses import dataclass, replace

from aop.calc.figures import CashLow, Figures
from aop.calc.months import Month
from aop.calc.report.build import Report, build_report
from aop.calc.report.facts import (
    GoalFacts,
    InitiativeFacts,
    KpiFacts,
    LineFacts,
    PersonFacts,
    PlanFacts,
    RiskFacts,
)
from aop.calc.report.lines import LineRow
from aop.calc.report.measured import GoalRow
from aop.calc.report.people import CapacityRow, MilestoneRow, MilestoneState
from aop.calc.variance import line_is_material
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import PlanMonth
from budgets.queries.facts import last_closed, months_of
from planning.models import Assumption, Plan, Rhythm
from tracking.models import Decision, Review
from tracking.queries.entries import Logged, logged_by_person
from tracking.queries.report import report_facts

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class ListedMonth:
    """One month in the list of reviews."""

    month: Month
    is_closed: bool
    is_due: bool
    is_next: bool
    review: Review | None


@dataclass(frozen=True, slots=True)
class OffPlan:
    """A line whose variance of the month or to date wants an explanation."""

    line: LineFacts
    row: LineRow
    is_material_in_month: bool


@dataclass(frozen=True, slots=True)
class FollowedGoal:
    """A goal with where it stands, in the unit of its KPI."""

    goal: GoalFacts
    kpi: KpiFacts
    row: GoalRow


@dataclass(frozen=True, slots=True)
class PreparedReview:
    """Everything a review shows; `report` is made as if the months up to it were closed."""

    month: Month
    state: PlanMonth
    review: Review | None
    previous: Review | None
    report: Report
    goals: list[FollowedGoal]
    lowest_open: CashLow | None
    lowest_open_at_pace: CashLow | None
    off_plan: list[OffPlan]
    overloads: list[tuple[PersonFacts, CapacityRow]]
    late: list[tuple[InitiativeFacts, MilestoneRow]]
    fired: list[RiskFacts]
    assumptions: list[Assumption]
    decisions: list[Decision]
    logged: list[Logged]
    first_reviewable: Month
    last_reviewable: Month

    @property
    def has_logged_all(self) -> bool:
        """Whether every line with a plan for the month has an entry."""
        return all(person.is_complete for person in self.logged)


def review_months(plan: Plan) -> list[ListedMonth]:
    """Return the twelve months with their state and their review, from two queries."""
    reviews = {
        row.first_day: row for row in Review.objects.for_company(plan.company).filter(plan=plan)
    }
    found, is_next = [], True
    for position, state in enumerate(
        PlanMonth.objects.for_company(plan.company).filter(plan=plan), start=1
    ):
        found.append(
            ListedMonth(
                month=Month.of(state.first_day),
                is_closed=state.is_closed,
                is_due=is_review_month(plan, position),
                is_next=is_next and not state.is_closed,
                review=reviews.get(state.first_day),
            )
        )
        is_next = is_next and state.is_closed
    return found


def is_review_month(plan: Plan, position: int) -> bool:
    """Say whether the plan is reviewed after its month number `position`, 1 to 12."""
    return plan.review_every == Rhythm.MONTH or position % MONTHS_OF_A_QUARTER == 0


def last_reviewable(plan: Plan, months: list[PlanMonth]) -> Month:
    """Return the month in work: the first open one, or the last of the year."""
    return next((Month.of(m.first_day) for m in months if not m.is_closed), plan.year.last)


def prepare_review(plan: Plan, month: Month, member: Membership) -> PreparedReview | None:
    """Return the prepared numbers of the month's review; an open month counts as if closed.

    None when the month lies outside the year or behind the month in work.
    """
    months = months_of(plan)
    if month not in plan.year or month > last_reviewable(plan, months):
        return None
    reviews = {
        Month.of(row.first_day): row
        for row in Review.objects.for_company(plan.company).filter(plan=plan)
    }
    facts = report_facts(plan, through=month, months=months, reviewed=frozenset(reviews))
    facts = replace(facts, closed_through=max(last_closed(months) or month, month))
    report, figures = build_report(facts), Figures(facts)
    return PreparedReview(
        month=month,
        state=months[plan.year.index(month)],
        review=reviews.get(month),
        previous=reviews.get(month.plus(-1)),
        report=report,
        goals=_goals(facts, report),
        lowest_open=figures.lowest_open_cash,
        lowest_open_at_pace=figures.lowest_open_cash_at_pace,
        off_plan=_off_plan(facts, report, member),
        overloads=_overloads(facts, report, month),
        late=_late(facts, report),
        fired=_fired(facts, report, month),
        assumptions=_assumptions(plan, month),
        decisions=_decisions(plan, month),
        logged=logged_by_person(facts, month),
        first_reviewable=plan.year.first,
        last_reviewable=last_reviewable(plan, months),
    )


def _assumptions(plan: Plan, month: Month) -> list[Assumption]:
    assumptions = Assumption.objects.for_company(plan.company).filter(plan=plan)
    return list(assumptions.filter(check_month=month.first_day))


def _decisions(plan: Plan, month: Month) -> list[Decision]:
    decisions = Decision.objects.for_company(plan.company).filter(plan=plan)
    return list(decisions.filter(review_month=month.first_day))


def _goals(facts: PlanFacts, report: Report) -> list[FollowedGoal]:
    rows = {row.code: row for row in report.goals}
    kpis = {kpi.code: kpi for kpi in facts.kpis}
    return [
        FollowedGoal(goal, kpis[goal.kpi_code], rows[goal.code])
        for goal in facts.goals
        if goal.code in rows and goal.kpi_code is not None
    ]


def _off_plan(facts: PlanFacts, report: Report, member: Membership) -> list[OffPlan]:
    sees_private = member.may(Permission.VIEW_PRIVATE)
    found = []
    for line, row in zip(facts.lines, report.lines, strict=True):
        in_month = line_is_material(
            line.kind, row.month.planned, row.month.actual, facts.materiality
        )
        if (row.material or in_month) and (sees_private or not line.is_private):
            found.append(OffPlan(line, row, in_month))
    return found


def _overloads(
    facts: PlanFacts, report: Report, month: Month
) -> list[tuple[PersonFacts, CapacityRow]]:
    """Return who is overloaded in the month reviewed and in the two after it."""
    people = {person.code: person for person in facts.people}
    near = {month, month.plus(1), month.plus(2)}
    return [(people[row.person], row) for row in report.capacity if row.month in near]


def _late(facts: PlanFacts, report: Report) -> list[tuple[InitiativeFacts, MilestoneRow]]:
    initiatives = {initiative.code: initiative for initiative in facts.initiatives}
    return [
        (initiatives[row.initiative], row)
        for row in report.milestones
        if row.state == MilestoneState.OVERDUE
    ]


def _fired(facts: PlanFacts, report: Report, month: Month) -> list[RiskFacts]:
    codes = {row.code for row in report.risks if month in row.fired_months}
    return [risk for risk in facts.risks if risk.code in codes and not risk.is_closed]

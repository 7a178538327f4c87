"""The rows of each part of a plan, with what their pages show beside them."""

from decimal import Decimal

from django.db.models import Prefetch, Sum

from aop.calc.months import Month
from aop.tenancy.models import Membership, TenantQuerySet
from planning.models import (
    Allocation,
    Assumption,
    Goal,
    Initiative,
    InitiativeBudget,
    InitiativeGoal,
    Kpi,
    KpiGoal,
    KpiMonth,
    Milestone,
    NotDoing,
    Person,
    Plan,
    Priority,
    Risk,
    RiskGoal,
)


def priorities_of(plan: Plan) -> TenantQuerySet[Priority]:
    """Return what matters most, in order."""
    return Priority.objects.for_company(plan.company).filter(plan=plan)


def not_doing_of(plan: Plan) -> TenantQuerySet[NotDoing]:
    """Return the not-doing list in order."""
    return NotDoing.objects.for_company(plan.company).filter(plan=plan)


def assumptions_of(plan: Plan) -> TenantQuerySet[Assumption]:
    """Return the assumptions in order."""
    return Assumption.objects.for_company(plan.company).filter(plan=plan)


def goals_of(plan: Plan) -> TenantQuerySet[Goal]:
    """Return the goals by rank, each with its headline KPI and person in charge."""
    goals = Goal.objects.for_company(plan.company).filter(plan=plan)
    return goals.select_related("kpi", "owner")


def kpis_of(plan: Plan) -> TenantQuerySet[Kpi]:
    """Return the KPIs in order, each with person in charge, goals and months.

    `kpi.goal_links.all()` are the ties, each with its goal, `kpi.months.all()` the months,
    `kpi.headline_goals.all()` the goals that the KPI measures.
    """
    company = plan.company
    return (
        Kpi.objects.for_company(company)
        .filter(plan=plan)
        .select_related("owner")
        .prefetch_related(
            Prefetch("goal_links", KpiGoal.objects.for_company(company).select_related("goal")),
            Prefetch("months", KpiMonth.objects.for_company(company)),
            Prefetch("headline_goals", Goal.objects.for_company(company)),
        )
    )


def plain_kpis_of(plan: Plan) -> TenantQuerySet[Kpi]:
    """Return the KPIs in order and nothing beside them, for lists to choose from."""
    return Kpi.objects.for_company(plan.company).filter(plan=plan)


def plain_initiatives_of(plan: Plan) -> TenantQuerySet[Initiative]:
    """Return the initiatives in order and nothing beside them."""
    return Initiative.objects.for_company(plan.company).filter(plan=plan)


def initiatives_of(plan: Plan) -> TenantQuerySet[Initiative]:
    """Return the initiatives in order, each with owner, goals, money and milestones.

    `initiative.goal_links.all()` are the ties (the first is the main goal), each with its
    goal; `initiative.budgets.all()` the money by line code; `initiative.milestones.all()`.
    """
    company = plan.company
    links = InitiativeGoal.objects.for_company(company).select_related("goal")
    return (
        Initiative.objects.for_company(company)
        .filter(plan=plan)
        .select_related("owner")
        .prefetch_related(
            Prefetch("goal_links", links),
            Prefetch("budgets", InitiativeBudget.objects.for_company(company)),
            Prefetch("milestones", Milestone.objects.for_company(company)),
        )
    )


def milestones_of(plan: Plan) -> TenantQuerySet[Milestone]:
    """Return the milestones of all initiatives, each with its initiative and its owner."""
    rows = Milestone.objects.for_company(plan.company).filter(initiative__plan=plan)
    return rows.select_related("initiative", "initiative__plan", "initiative__owner")


def initiative_budget_by_line(plan: Plan) -> dict[str, int]:
    """Return how much the initiatives together claim of each line, by line code."""
    rows = InitiativeBudget.objects.for_company(plan.company).filter(initiative__plan=plan)
    sums = rows.order_by().values_list("line_code").annotate(Sum("amount"))
    return {str(code): int(amount) for code, amount in sums}


def people_of(plan: Plan) -> TenantQuerySet[Person]:
    """Return the people in order."""
    return Person.objects.for_company(plan.company).filter(plan=plan)


def person_of(plan: Plan, member: Membership) -> Person | None:
    """Return the person of the plan that the member is, joined by e-mail address."""
    return people_of(plan).filter(email__iexact=member.user.email).first()


def allocations_of(plan: Plan) -> TenantQuerySet[Allocation]:
    """Return everybody's shares of time, each with its person and initiative."""
    rows = Allocation.objects.for_company(plan.company).filter(person__plan=plan)
    return rows.select_related("person", "initiative")


def shares_of(person: Person) -> dict[tuple[int | None, Month], Decimal]:
    """Return the percents of one person by initiative and month; None is daily business."""
    rows = Allocation.objects.for_company(person.company).filter(person=person)
    return {(row.initiative_id, Month.of(row.first_day)): row.percent for row in rows}


def risks_of(plan: Plan) -> TenantQuerySet[Risk]:
    """Return the risks in order, each with person in charge, KPI to watch and goals hit."""
    links = RiskGoal.objects.for_company(plan.company).select_related("goal")
    return (
        Risk.objects.for_company(plan.company)
        .filter(plan=plan)
        .select_related("owner", "trigger_kpi")
        .prefetch_related(Prefetch("goal_links", links))
    )

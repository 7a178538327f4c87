"""The decisions of a plan year."""

from django.db.models import Prefetch, Q

from aop.tenancy.models import TenantQuerySet
from planning.models import Person, Plan
from tracking.models import Decision, DecisionGoal


def decisions_of(
    plan: Plan, *, text: str = "", goal_id: int | None = None
) -> TenantQuerySet[Decision]:
    """Return the decisions, newest first, with their goals; narrowed to `text` and one goal."""
    links = DecisionGoal.objects.for_company(plan.company).select_related("goal")
    found = (
        Decision.objects.for_company(plan.company)
        .filter(plan=plan)
        .prefetch_related(Prefetch("goal_links", queryset=links))
    )
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(decision__icontains=text) | Q(reason__icontains=text)
        )
    return found.filter(goal_links__goal=goal_id) if goal_id else found


def names_by_code(plan: Plan) -> dict[str, str]:
    """Return the names of the plan's people by code, to show who decided."""
    people = Person.objects.for_company(plan.company).filter(plan=plan)
    return dict(people.values_list("code", "name"))

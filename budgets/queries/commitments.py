"""Commitments as a member may see them."""

from django.db.models import QuerySet, Sum

from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.models import Commitment, CommitmentStatus
from planning.models import Plan


def visible_commitments(plan: Plan, member: Membership) -> QuerySet[Commitment]:
    """Return the commitments of the plan by month; those on private lines need permission."""
    rows = Commitment.objects.for_company(plan.company).filter(plan=plan)
    if not member.may(Permission.VIEW_PRIVATE):
        rows = rows.filter(line__is_private=False)
    return rows.select_related("line").order_by("first_day", "position", "id")


def open_total(rows: QuerySet[Commitment]) -> int:
    """Return how much of `rows` is still promised."""
    found = rows.filter(status=CommitmentStatus.OPEN).aggregate(total=Sum("amount"))
    return found["total"] or 0

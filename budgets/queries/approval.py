"""The frozen versions of a plan, and the last change that an approval has to know of."""

from django.db.models import QuerySet

from aop.tenancy.models import AuditEntry
from budgets.models import PlanVersion
from planning.models import Plan


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """Return the versions in order, each with who approved it, without their documents."""
    versions = PlanVersion.objects.for_company(plan.company).filter(plan=plan)
    return versions.select_related("approved_by").defer("document")


def newest_change(plan: Plan) -> int:
    """Return the number of the newest line of the history about the plan; 0 without one."""
    entries = AuditEntry.objects.for_company(plan.company)
    newest = entries.filter(plan_year=plan.fiscal_year).values_list("pk", flat=True).first()
    return newest or 0

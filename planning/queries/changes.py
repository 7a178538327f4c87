"""Who changed a plan last."""

from aop.tenancy.models import AuditEntry
from planning.models import Plan


def last_change(plan: Plan) -> AuditEntry | None:
    """Return the newest line of the history about the plan's own fields."""
    entries = AuditEntry.objects.for_company(plan.company)
    return entries.filter(subject_type="planning.plan", subject_id=plan.pk).first()

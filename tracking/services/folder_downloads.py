"""The plan folder as a file to take away, written down in the history."""

from django.db import transaction

from aop.tenancy import audit
from aop.tenancy.models import Membership
from planning.models import Plan
from tracking.folders.storage import zip_bytes
from tracking.folders.whole import write_plan_folder
from tracking.services.companies import export_folder


@transaction.atomic
def download_folder(plan: Plan, *, actor: Membership) -> bytes:
    """Return the plan folder as a zip, private lines included, and note who took it."""
    content = zip_bytes(write_plan_folder(export_folder(plan)))
    audit.record("tracking.company.exported", plan, actor=actor)
    return content

"""The plans of a company, and the one that a day belongs to."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from aop.tenancy.models import Company
from planning.models import Plan


def plans_of(company: Company) -> QuerySet[Plan]:
    """Return the plans of a company, the newest first."""
    return Plan.objects.for_company(company).select_related("company")


def plan_in_use(plans: Iterable[Plan], today: date) -> Plan | None:
    """Return the plan whose year `today` lies in, else the newest, else None."""
    newest_first = list(plans)
    for plan in newest_first:
        if plan.first_day <= today <= plan.last_day:
            return plan
    return newest_first[0] if newest_first else None

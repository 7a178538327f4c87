"""Pages of one plan: the company's checks, and the plan of the year in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404

from aop.tenancy.access import CompanyRequest, View, company_view
from aop.tenancy.roles import Permission
from planning.models import Plan


class PlanRequest(CompanyRequest):
    """A request inside one plan of one company."""

    plan: Plan


def plan_view(permission: Permission) -> Callable[[View], View]:
    """Do what `company_view` does and give the view the plan of `year`; 404 without one."""

    def decorate(view: View) -> View:
        @company_view(permission)
        @wraps(view)
        def found(request: PlanRequest, year: int, **kwargs: Any) -> HttpResponseBase:
            plans = Plan.objects.for_company(request.company)
            request.plan = get_object_or_404(plans.select_related("company"), fiscal_year=year)
            return view(request, **kwargs)

        return found

    return decorate

"""Pages of one plan: the company's checks, and the plan of the year in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import SimpleLazyObject

from aop.tenancy.access import CompanyRequest, View, company_view
from aop.tenancy.roles import Permission
from planning.models import Plan
from planning.queries.plans import plan_in_use, plans_of


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


def plan_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the navigation of a company's pages needs: its plans, and the one it leads to.

    Asked for only when a whole page is drawn: a fragment costs no query.
    """
    company, today = getattr(request, "company", None), getattr(request, "today", None)
    if company is None or today is None:
        return {}
    plans = SimpleLazyObject(lambda: list(plans_of(company)))
    shown = getattr(request, "plan", None)
    return {
        "plans": plans,
        "nav_plan": shown or SimpleLazyObject(lambda: plan_in_use(plans, today)),
    }

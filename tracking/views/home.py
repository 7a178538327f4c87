"""The home of a company: where its members land."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.roles import Permission
from planning.queries.plans import plan_in_use, plans_of


@require_GET
@company_view(Permission.VIEW_PLAN)
def home(request: CompanyRequest) -> HttpResponse:
    """Lead to the plan that today lies in; without any plan, to the start of one."""
    plan = plan_in_use(plans_of(request.company), request.today)
    if plan is None:
        return render(request, "tracking/start/no_plan.html")
    return redirect(plan)

"""The check page: findings with their cures, the approval, and the versions it froze."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aop.calc.checks import Severity, plan_checks
from aop.calc.figures import Figures
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.forms.checks import ApproveForm
from budgets.models import PlanVersion
from budgets.queries.approval import newest_change, versions_of
from budgets.queries.facts import plan_facts, private_codes
from budgets.queries.findings import say_findings, say_linked_spending
from budgets.services.approval import approve_plan
from budgets.views.checks_version import VersionPage
from planning.access import PlanRequest, plan_view
from planning.queries.progress import Step
from planning.views.answers import done, form_status, plan_url
from planning.views.steps import plan_page


@require_GET
@plan_view(Permission.VIEW_PLAN)
def check(request: PlanRequest) -> HttpResponse:
    return render(request, "budgets/checks/show.html", _page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.APPROVE)
def plan_approve(request: PlanRequest) -> HttpResponse:
    url, form = plan_url(request, "budgets:check"), ApproveForm(posted(request))
    if not form.is_bound:
        return redirect(url)
    if form.is_valid():
        seen, today = form.cleaned_data["seen"], request.today
        actor = request.membership
        if attempt(form, approve_plan, request.plan.pk, seen=seen, today=today, actor=actor):
            text = _("Plan %(year)s is approved and in force.") % {"year": request.plan}
            return done(request, text, url)
    context = _page(request, refused=form.non_field_errors())
    return render(request, "budgets/checks/show.html", context, status=form_status(form))


@require_GET
@plan_view(Permission.VIEW_PLAN)
def version_detail(request: PlanRequest, version_number: int) -> HttpResponse:
    versions = PlanVersion.objects.for_company(request.company).select_related("approved_by")
    version = get_object_or_404(versions, plan=request.plan, number=version_number)
    page = VersionPage(
        version,
        request.plan,
        hidden=private_codes(request.plan),
        shows_private=request.membership.may(Permission.VIEW_PRIVATE),
    )
    context = {"page": page, "months": page.row.year.months, "area": "check"}
    return render(request, "budgets/checks/version.html", context)


def _page(request: PlanRequest, **context: Any) -> dict[str, Any]:
    figures = Figures(plan_facts(request.plan))
    found = plan_checks(figures.facts, figures)
    said = say_findings(request.plan, figures, found, member=request.membership)
    is_draft = not request.plan.is_frozen
    shown: dict[str, Any] = {
        "errors": [one for one in said if one.severity is Severity.ERROR],
        "warnings": [one for one in said if one.severity is Severity.WARNING],
        "spending": say_linked_spending(request.plan, figures),
        "is_blocked": any(one.severity is Severity.ERROR for one in found),
        "versions": [] if is_draft else list(versions_of(request.plan)),
    }
    if is_draft and request.membership.may(Permission.APPROVE):
        shown["form"] = ApproveForm(initial={"seen": newest_change(request.plan)})
    return {**plan_page(request, Step.CHECK, area="check", **shown, **context), "next_step": None}

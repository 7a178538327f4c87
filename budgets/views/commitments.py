"""Commitments: what is promised and not spent yet."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.months import Month
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from aop.web.htmx import render_page
from budgets.forms.commitments import CommitmentForm
from budgets.models import Commitment
from budgets.queries.commitments import open_total, visible_commitments
from budgets.queries.lines import open_months
from budgets.services.commitments import add_commitment, cancel_commitment, close_commitment
from budgets.views.lines import line_of
from planning.access import PlanRequest, plan_view
from planning.views.answers import Question, confirm, done, form_status, plan_url

COMMITMENTS_ON_A_PAGE = 50


@require_GET
@plan_view(Permission.VIEW_PLAN)
def commitment_list(request: PlanRequest) -> HttpResponse:
    rows = visible_commitments(request.plan, request.membership)
    page = Paginator(rows, COMMITMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render_page(
        request,
        page="budgets/commitments/list.html",
        fragment="budgets/commitments/_list.html",
        context={"page": page, "open_total": open_total(rows)},
    )


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def commitment_add(request: PlanRequest, line_id: int) -> HttpResponse:
    line = line_of(request, line_id)
    months = open_months(request.plan)
    this_month = Month.of(request.today)
    form = CommitmentForm(
        posted(request),
        months=months,
        currency=request.company.currency,
        initial={"month": this_month if this_month in months else None},
    )
    if form.is_valid() and (
        promised := attempt(form, add_commitment, line.pk, form.promise(), actor=request.membership)
    ):
        url = plan_url(request, "budgets:line_detail", line_id=promised.line_id)
        return done(request, _("The commitment was noted."), url)
    context = {"form": form, "line": line}
    return render(request, "budgets/commitments/edit.html", context, status=form_status(form))


@require_POST
@plan_view(Permission.EDIT_BUDGET)
def commitment_close(request: PlanRequest, commitment_id: int) -> HttpResponse:
    commitment = _commitment(request, commitment_id)
    close_commitment(commitment.pk, actor=request.membership)
    return done(request, _("The commitment is closed."), _back(request, commitment))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def commitment_cancel(request: PlanRequest, commitment_id: int) -> HttpResponse:
    commitment = _commitment(request, commitment_id)
    ask = Question(
        title=_("Cancel the commitment"),
        question=_("Cancel the commitment “%(what)s”?") % {"what": commitment},
        consequence=_("The money is free again; the history keeps what was promised."),
        done=_("The commitment was cancelled."),
        back_url=_back(request, commitment),
        area="budget",
        verb=_("Cancel the commitment"),
    )
    return confirm(request, commitment, cancel_commitment, ask)


def _commitment(request: PlanRequest, commitment_id: int) -> Commitment:
    rows = visible_commitments(request.plan, request.membership)
    return get_object_or_404(rows, pk=commitment_id)


def _back(request: PlanRequest, commitment: Commitment) -> str:
    return plan_url(request, "budgets:line_detail", line_id=commitment.line_id)

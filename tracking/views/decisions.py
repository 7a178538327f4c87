"""The decisions of the year: list, add, correct, remove."""

from dataclasses import replace
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from aop.calc.months import Month
from aop.tenancy.roles import Permission
from aop.web.forms import attempt
from aop.web.htmx import render_page
from planning.access import PlanRequest, plan_view
from planning.models import Goal
from tracking.forms.decisions import DecisionForm
from tracking.queries.decisions import decisions_of, names_by_code
from tracking.services.decisions import delete_decision, record_decision, update_decision

DECISIONS_ON_A_PAGE = 25


@require_GET
@plan_view(Permission.VIEW_PLAN)
def decision_list(request: PlanRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    goals = list(Goal.objects.for_company(request.company).filter(plan=request.plan))
    goal = next((goal for goal in goals if goal.code == request.GET.get("goal")), None)
    found = decisions_of(request.plan, text=text, goal_id=goal.pk if goal else None)
    page = Paginator(found, DECISIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_by_code(request.plan)
    return render_page(
        request,
        page="tracking/decisions/list.html",
        fragment="tracking/decisions/_list.html",
        context={
            "page": page,
            "rows": [(row, names.get(row.decided_by, row.decided_by)) for row in page],
            "goals": goals,
            "chosen_goal": goal,
            "text": text,
        },
    )


@require_http_methods(["GET", "POST"])
@plan_view(Permission.REVIEW)
def decision_new(request: PlanRequest) -> HttpResponse:
    form = DecisionForm(
        request.POST or None,
        plan=request.plan,
        initial={"date": _within_the_year(request), "title": request.GET.get("title", "")},
    )
    if form.is_valid() and (
        saved := attempt(
            form,
            record_decision,
            request.plan,
            replace(form.values(), review_month=_review_month(request)),
            actor=request.membership,
        )
    ):
        return redirect(saved)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.REVIEW)
def decision_edit(request: PlanRequest, decision_id: int) -> HttpResponse:
    decision = get_object_or_404(decisions_of(request.plan), pk=decision_id)
    form = DecisionForm(request.POST or None, plan=request.plan, decision=decision)
    if form.is_valid() and (
        saved := attempt(form, update_decision, decision, form.values(), actor=request.membership)
    ):
        return redirect(saved)
    return _form_page(request, form, decision=decision)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.REVIEW)
def decision_delete(request: PlanRequest, decision_id: int) -> HttpResponse:
    decision = get_object_or_404(decisions_of(request.plan), pk=decision_id)
    if request.method == "POST":
        delete_decision(decision, actor=request.membership)
        return redirect(
            "tracking:decision_list",
            company_slug=request.company.slug,
            year=request.plan.fiscal_year,
        )
    return render(request, "tracking/decisions/delete.html", {"decision": decision})


def _form_page(request: PlanRequest, form: DecisionForm, **context: object) -> HttpResponse:
    return render(
        request,
        "tracking/decisions/edit.html",
        {"form": form, **context},
        status=422 if form.is_bound else 200,
    )


def _review_month(request: PlanRequest) -> Month | None:
    """Return the month of the review that the decision was noted in, if it was one."""
    try:
        month = Month.parse(request.GET.get("review", ""))
    except ValueError:
        return None
    return month if month in request.plan.year else None


def _within_the_year(request: PlanRequest) -> date:
    """Return today, or the nearest day of the plan's year."""
    return min(max(request.today, request.plan.first_day), request.plan.last_day)

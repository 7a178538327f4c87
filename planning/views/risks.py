"""Risks: the 5 × 5 map and the list, with trigger and contingency."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from planning.access import PlanRequest, plan_view
from planning.forms.lists import ConfirmForm
from planning.forms.risks import RiskForm
from planning.queries import parts
from planning.queries.progress import Step
from planning.queries.risk_map import risk_map
from planning.services import risks
from planning.views.answers import (
    Place,
    Question,
    confirm,
    done,
    form_answer,
    list_answer,
    move,
    plan_url,
)
from planning.views.missing import risks_missing
from planning.views.steps import plan_page

EDIT = Place("planning/risks/edit.html", "planning/risks/_form.html", "")


@require_GET
@plan_view(Permission.VIEW_PLAN)
def risk_list(request: PlanRequest) -> HttpResponse:
    return render(request, "planning/risks/list.html", _list_page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def risk_add(request: PlanRequest) -> HttpResponse:
    form = RiskForm(posted(request), plan=request.plan)
    if form.is_valid():
        values, goals = form.changes, form.chosen_goals
        actor = request.membership
        if attempt(form, risks.create_risk, request.plan, values, goals=goals, actor=actor):
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, EDIT, form, kpi_url=plan_url(request, "budgets:kpi_new"))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def risk_edit(request: PlanRequest, risk_id: int) -> HttpResponse:
    risk = get_object_or_404(parts.risks_of(request.plan), pk=risk_id)
    form = RiskForm(posted(request), instance=risk, plan=request.plan)
    if form.is_valid():
        values, goals = form.changes, form.chosen_goals
        actor = request.membership
        if attempt(form, risks.update_risk, risk_id, values, goals=goals, actor=actor):
            return done(request, _("Saved"), _list(request).url)
    kpi_url = plan_url(request, "budgets:kpi_new")
    return form_answer(request, EDIT, form, code=risk.code, row=risk, kpi_url=kpi_url)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def risk_delete(request: PlanRequest, risk_id: int) -> HttpResponse:
    risk = get_object_or_404(parts.risks_of(request.plan), pk=risk_id)
    ask = Question(
        title=_("Delete risk"),
        question=_("Delete the risk “%(name)s”?") % {"name": risk},
        consequence=_("Its trigger and its contingency plan go with it."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="risks",
    )
    return confirm(request, risk, risks.delete_risk, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def risk_move(request: PlanRequest, risk_id: int) -> HttpResponse:
    risk = get_object_or_404(parts.risks_of(request.plan), pk=risk_id)
    form = move(request, risk, risks.move_risk)
    return list_answer(request, _list(request), form, _list_page(request))


@require_POST
@plan_view(Permission.EDIT_PLAN)
def risk_close(request: PlanRequest, risk_id: int) -> HttpResponse:
    return _set_closed(request, risk_id, is_closed=True)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def risk_reopen(request: PlanRequest, risk_id: int) -> HttpResponse:
    return _set_closed(request, risk_id, is_closed=False)


def _set_closed(request: PlanRequest, risk_id: int, *, is_closed: bool) -> HttpResponse:
    risk = get_object_or_404(parts.risks_of(request.plan), pk=risk_id)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        actor = request.membership
        attempt(form, risks.set_risk_closed, risk.pk, is_closed, actor=actor)
    return list_answer(request, _list(request), form, _list_page(request))


def _list(request: PlanRequest) -> Place:
    url = plan_url(request, "planning:risk_list")
    return Place("planning/risks/list.html", "planning/risks/_board.html", url)


def _list_page(request: PlanRequest) -> dict[str, Any]:
    rows = list(parts.risks_of(request.plan))
    return plan_page(
        request,
        Step.RISKS,
        risks=[row for row in rows if not row.is_closed],
        closed=[row for row in rows if row.is_closed],
        is_empty=not rows,
        map=risk_map(rows),
        missing=risks_missing(request, rows),
    )

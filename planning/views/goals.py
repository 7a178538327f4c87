"""Goals: the ranked list with what stands behind each, and their forms."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from planning.access import PlanRequest, plan_view
from planning.forms.goals import GoalForm
from planning.queries import parts
from planning.queries.progress import Step
from planning.queries.ties import goal_ties
from planning.services.goals import create_goal, delete_goal, move_goal, update_goal
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
from planning.views.missing import goals_missing
from planning.views.steps import plan_page

EDIT = Place("planning/goals/edit.html", "planning/goals/_form.html", "")
MANY_GOALS = 5


@require_GET
@plan_view(Permission.VIEW_PLAN)
def goal_list(request: PlanRequest) -> HttpResponse:
    return render(request, "planning/goals/list.html", _list_page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def goal_add(request: PlanRequest) -> HttpResponse:
    form = GoalForm(posted(request), plan=request.plan)
    if form.is_valid():
        actor = request.membership
        goal = attempt(form, create_goal, request.plan, form.changes, actor=actor)
        if goal:
            return done(request, _("%(goal)s saved") % {"goal": goal.code}, _list(request).url)
    return form_answer(request, EDIT, form, kpi_url=plan_url(request, "budgets:kpi_new"))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def goal_edit(request: PlanRequest, goal_id: int) -> HttpResponse:
    goal = get_object_or_404(parts.goals_of(request.plan), pk=goal_id)
    code = goal.code
    form = GoalForm(posted(request), instance=goal, plan=request.plan)
    if form.is_valid():
        reason, actor = form.cleaned_data.get("reason", ""), request.membership
        if attempt(form, update_goal, goal_id, form.changes, actor=actor, reason=reason):
            return done(request, _("%(goal)s saved") % {"goal": code}, _list(request).url)
    kpi_url = f"{plan_url(request, 'budgets:kpi_new')}?goal={goal_id}"
    return form_answer(request, EDIT, form, code=code, kpi_url=kpi_url)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def goal_delete(request: PlanRequest, goal_id: int) -> HttpResponse:
    goal = get_object_or_404(parts.goals_of(request.plan), pk=goal_id)
    tie = goal_ties(request.plan)[goal.pk]
    served = len(tie.initiatives) + len(tie.also_served_by)
    ask = Question(
        title=_("Delete goal"),
        question=_("Delete the goal “%(name)s”?") % {"name": goal},
        consequence=ngettext(
            "%(count)s initiative serves it and stays without this goal.",
            "%(count)s initiatives serve it and stay without this goal.",
            served,
        )
        % {"count": served},
        done=_("Deleted"),
        back_url=_list(request).url,
        area="goals",
    )
    return confirm(request, goal, delete_goal, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def goal_move(request: PlanRequest, goal_id: int) -> HttpResponse:
    goal = get_object_or_404(parts.goals_of(request.plan), pk=goal_id)
    form = move(request, goal, move_goal)
    return list_answer(request, _list(request), form, _list_page(request))


def _list(request: PlanRequest) -> Place:
    url = plan_url(request, "planning:goal_list")
    return Place("planning/goals/list.html", "planning/goals/_list.html", url)


def _list_page(request: PlanRequest) -> dict[str, Any]:
    goals, ties = list(parts.goals_of(request.plan)), goal_ties(request.plan)
    return plan_page(
        request,
        Step.GOALS,
        rows=[(goal, ties[goal.pk]) for goal in goals],
        missing=goals_missing(request, goals, ties),
        are_many=len(goals) > MANY_GOALS,
        is_empty=not goals,
    )

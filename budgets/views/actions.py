"""Initiatives: the timeline, one initiative with its milestones, and their forms."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.checks import CheckCode, plan_checks
from aop.calc.figures import Figures
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.forms.actions import InitiativeForm, MilestoneForm, MoneyChoices
from budgets.queries.actions import action_rows, hours_of, visible_line_facts
from budgets.queries.facts import plan_facts
from budgets.queries.findings import SaidFinding, say_findings
from budgets.services.actions import InitiativeContent, add_initiative, change_initiative
from budgets.views.actions_timeline import timelines
from planning.access import PlanRequest, plan_view
from planning.models import Goal, Initiative
from planning.queries import parts
from planning.queries.progress import Step
from planning.services.actions import delete_initiative, move_initiative
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
from planning.views.steps import plan_page

EDIT = Place("budgets/actions/edit.html", "budgets/actions/_form.html", "")
OWN_CHECKS = frozenset(
    {
        CheckCode.GOAL_WITHOUT_INITIATIVE,
        CheckCode.INITIATIVE_INCOMPLETE,
        CheckCode.INITIATIVES_OVER_LINE,
        CheckCode.TOO_MANY_INITIATIVES,
        CheckCode.OWNER_OVERLOADED,
    }
)


@require_GET
@plan_view(Permission.VIEW_PLAN)
def action_list(request: PlanRequest) -> HttpResponse:
    return render(request, "budgets/actions/list.html", _list_page(request))


@require_GET
@plan_view(Permission.VIEW_PLAN)
def action_detail(request: PlanRequest, initiative_id: int) -> HttpResponse:
    context = action_page(request, initiative_id)
    return render(request, "budgets/actions/detail.html", context)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def action_new(request: PlanRequest) -> HttpResponse:
    money = _money(request)
    initial = {"main_goal": asked_goal(request)}
    form = InitiativeForm(posted(request), plan=request.plan, money=money, initial=initial)
    if form.is_valid():
        row = attempt(form, add_initiative, request.plan, _content(form), actor=request.membership)
        if row:
            text = _("%(initiative)s saved. Now its milestones.") % {"initiative": row.code}
            return done(request, text, _detail_url(request, row.pk))
    return form_answer(request, EDIT, form, back_url=_list(request).url)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def action_edit(request: PlanRequest, initiative_id: int) -> HttpResponse:
    row = action_of(request, initiative_id)
    code, money = row.code, _money(request, row)
    form = InitiativeForm(posted(request), instance=row, plan=request.plan, money=money)
    if form.is_valid():
        actor, content = request.membership, _content(form)
        if attempt(form, change_initiative, initiative_id, content, actor=actor):
            text = _("%(initiative)s saved") % {"initiative": code}
            return done(request, text, _detail_url(request, initiative_id))
    back_url = _detail_url(request, initiative_id)
    return form_answer(request, EDIT, form, code=code, back_url=back_url)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def action_delete(request: PlanRequest, initiative_id: int) -> HttpResponse:
    row = action_of(request, initiative_id)
    ask = Question(
        title=_("Delete initiative"),
        question=_("Delete the initiative “%(name)s”?") % {"name": row},
        consequence=_("Its money, its milestones and the time planned for it go with it."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="actions",
    )
    return confirm(request, row, delete_initiative, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def action_move(request: PlanRequest, initiative_id: int) -> HttpResponse:
    row = action_of(request, initiative_id)
    form = move(request, row, move_initiative)
    return list_answer(request, _list(request), form, _list_page(request))


def action_of(request: PlanRequest, initiative_id: int) -> Initiative:
    """Return an initiative of the plan with everything beside it; 404 for any other."""
    row = get_object_or_404(parts.initiatives_of(request.plan), pk=initiative_id)
    row.plan, row.company = request.plan, request.company
    return row


def action_page(request: PlanRequest, initiative_id: int, **context: Any) -> dict[str, Any]:
    """Return the context of the page of one initiative."""
    initiative = action_of(request, initiative_id)
    figures = Figures(plan_facts(request.plan))
    (row,) = action_rows([initiative], figures, request.membership, request.today)
    return {
        "row": row,
        "months": request.plan.year.months,
        "hours": hours_of(initiative),
        "area": "actions",
        "milestone_form": MilestoneForm(plan=request.plan),
        **context,
    }


def asked_goal(request: PlanRequest) -> Goal | None:
    """Return the goal that `?goal=` names by its code or its number, if the plan has it."""
    wanted = request.GET.get("goal", "")
    goals = parts.goals_of(request.plan) if wanted else ()
    return next((goal for goal in goals if wanted in (goal.code, str(goal.pk))), None)


def _list_page(request: PlanRequest) -> dict[str, Any]:
    figures = Figures(plan_facts(request.plan))
    initiatives = parts.initiatives_of(request.plan)
    rows = action_rows(initiatives, figures, request.membership, request.today)
    year, today = request.plan.year, request.today
    return plan_page(
        request,
        Step.ACTIONS,
        rows=timelines(rows, year, today),
        months=[(month, month.first_day <= today <= month.last_day) for month in year],
        overdue=sum(row.overdue for row in rows if not row.is_done),
        today=today,
        missing=[] if request.plan.is_frozen else _missing(request, figures),
    )


def _missing(request: PlanRequest, figures: Figures) -> list[SaidFinding]:
    found = [one for one in plan_checks(figures.facts, figures) if one.code in OWN_CHECKS]
    return say_findings(request.plan, figures, found, member=request.membership)


def _money(request: PlanRequest, row: Initiative | None = None) -> MoneyChoices:
    figures = Figures(plan_facts(request.plan))
    lines = visible_line_facts(figures, request.membership)
    shown = {line.code for line in lines}
    budgets = row.budgets.all() if row else ()
    return MoneyChoices(
        lines=lines,
        claimed=parts.initiative_budget_by_line(request.plan),
        stored={one.line_code: one.amount for one in budgets if one.line_code in shown},
    )


def _content(form: InitiativeForm) -> InitiativeContent:
    money = form.wanted_money
    return InitiativeContent(form.changes, form.goals, money, form.money_reason if money else "")


def _list(request: PlanRequest) -> Place:
    url = plan_url(request, "budgets:action_list")
    return Place("budgets/actions/list.html", "budgets/actions/_list.html", url)


def _detail_url(request: PlanRequest, initiative_id: int) -> str:
    return plan_url(request, "budgets:action_detail", initiative_id=initiative_id)

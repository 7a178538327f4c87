"""Milestones of an initiative: added, moved in time, reached, taken away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.forms.actions import DoneForm, MilestoneForm
from budgets.views.actions import action_of, action_page
from planning.access import PlanRequest, plan_view
from planning.models import Milestone
from planning.queries import parts
from planning.services import milestones
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

ADD = Place("budgets/actions/milestone.html", "budgets/actions/_milestone_form.html", "")
DONE = Place("budgets/actions/done.html", "budgets/actions/_done_form.html", "")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def milestone_new(request: PlanRequest, initiative_id: int) -> HttpResponse:
    initiative = action_of(request, initiative_id)
    form = MilestoneForm(posted(request), plan=request.plan)
    if form.is_valid():
        values = (form.cleaned_data["name"], form.cleaned_data["due"])
        create = milestones.create_milestone
        if attempt(form, create, initiative.pk, *values, actor=request.membership):
            return done(request, _("Saved"), _list(request, initiative_id).url)
    return form_answer(request, ADD, form, initiative=initiative, area="actions")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def milestone_edit(request: PlanRequest, milestone_id: int) -> HttpResponse:
    row = milestone_of(request, milestone_id)
    initial = {"name": row.name, "due": row.due}
    form = MilestoneForm(posted(request), plan=request.plan, initial=initial)
    if form.is_valid():
        values = (form.cleaned_data["name"], form.cleaned_data["due"])
        update = milestones.update_milestone
        if attempt(form, update, row.pk, *values, actor=request.membership):
            return done(request, _("Saved"), _list(request, row.initiative_id).url)
    return form_answer(request, ADD, form, initiative=row.initiative, row=row, area="actions")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def milestone_done(request: PlanRequest, milestone_id: int) -> HttpResponse:
    row = milestone_of(request, milestone_id)
    form = DoneForm(posted(request), today=request.today)
    if form.is_valid():
        mark, day = milestones.mark_milestone_done, form.cleaned_data["done"]
        if attempt(form, mark, row.pk, day, today=request.today, actor=request.membership):
            text = _("“%(name)s” is done.") % {"name": row.name}
            return done(request, text, _list(request, row.initiative_id).url)
    return form_answer(request, DONE, form, initiative=row.initiative, row=row, area="actions")


@require_POST
@plan_view(Permission.EDIT_PLAN)
def milestone_reopen(request: PlanRequest, milestone_id: int) -> HttpResponse:
    row = milestone_of(request, milestone_id)
    milestones.reopen_milestone(row.pk, actor=request.membership)
    text = _("“%(name)s” is open again.") % {"name": row.name}
    return done(request, text, _list(request, row.initiative_id).url)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def milestone_delete(request: PlanRequest, milestone_id: int) -> HttpResponse:
    row = milestone_of(request, milestone_id)
    ask = Question(
        title=_("Delete milestone"),
        question=_("Delete the milestone “%(name)s”?") % {"name": row},
        consequence=_("The history keeps its name."),
        done=_("Deleted"),
        back_url=_list(request, row.initiative_id).url,
        area="actions",
    )
    return confirm(request, row, milestones.delete_milestone, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def milestone_move(request: PlanRequest, milestone_id: int) -> HttpResponse:
    row = milestone_of(request, milestone_id)
    form = move(request, row, milestones.move_milestone)
    where = _list(request, row.initiative_id)
    return list_answer(request, where, form, action_page(request, row.initiative_id))


def milestone_of(request: PlanRequest, milestone_id: int) -> Milestone:
    """Return a milestone of the plan; 404 for any other."""
    return get_object_or_404(parts.milestones_of(request.plan), pk=milestone_id)


def _list(request: PlanRequest, initiative_id: int) -> Place:
    url = plan_url(request, "budgets:action_detail", initiative_id=initiative_id)
    page, fragment = "budgets/actions/detail.html", "budgets/actions/_milestones.html"
    return Place(page, fragment, f"{url}#milestones")

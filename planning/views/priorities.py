"""The priorities of the year, on the page of the direction."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from planning.access import PlanRequest, plan_view
from planning.forms.direction import PriorityForm
from planning.queries import parts
from planning.services import priorities
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
from planning.views.direction import direction_page


@require_POST
@plan_view(Permission.EDIT_PLAN)
def priority_add(request: PlanRequest) -> HttpResponse:
    form = PriorityForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        attempt(form, priorities.create_priority, request.plan, text, actor=request.membership)
    context = {"priority_form": form} if form.errors else {}
    return list_answer(request, _list(request), form, direction_page(request, **context))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def priority_edit(request: PlanRequest, priority_id: int) -> HttpResponse:
    row = get_object_or_404(parts.priorities_of(request.plan), pk=priority_id)
    form = PriorityForm(posted(request), instance=row)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(form, priorities.update_priority, row.pk, text, actor=request.membership):
            return done(request, _("Saved"), _list(request).url)
    where = Place("planning/priorities/edit.html", "planning/priorities/_form.html", "")
    return form_answer(request, where, form, area="direction")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def priority_delete(request: PlanRequest, priority_id: int) -> HttpResponse:
    row = get_object_or_404(parts.priorities_of(request.plan), pk=priority_id)
    ask = Question(
        title=_("Delete priority"),
        question=_("Delete the priority “%(name)s”?") % {"name": row},
        consequence=_("Those behind it move up."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="direction",
    )
    return confirm(request, row, priorities.delete_priority, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def priority_move(request: PlanRequest, priority_id: int) -> HttpResponse:
    row = get_object_or_404(parts.priorities_of(request.plan), pk=priority_id)
    form = move(request, row, priorities.move_priority)
    return list_answer(request, _list(request), form, direction_page(request))


def _list(request: PlanRequest) -> Place:
    url = f"{plan_url(request, 'planning:direction')}#priorities"
    return Place("planning/direction/page.html", "planning/priorities/_list.html", url)

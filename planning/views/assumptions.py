"""The assumptions, on the page of the direction, and the answers to them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from planning.access import PlanRequest, plan_view
from planning.forms.direction import AnswerForm, AssumptionForm
from planning.queries import parts
from planning.services import assumptions
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

EDIT = Place("planning/assumptions/edit.html", "planning/assumptions/_form.html", "")
ANSWER = Place("planning/assumptions/answer.html", "planning/assumptions/_answer_form.html", "")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def assumption_add(request: PlanRequest) -> HttpResponse:
    form = AssumptionForm(posted(request), year=request.plan.year)
    if form.is_valid():
        create, values = assumptions.create_assumption, form.cleaned_data
        if attempt(form, create, request.plan, values, actor=request.membership):
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, EDIT, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def assumption_edit(request: PlanRequest, assumption_id: int) -> HttpResponse:
    row = get_object_or_404(parts.assumptions_of(request.plan), pk=assumption_id)
    form = AssumptionForm(posted(request), instance=row, year=request.plan.year)
    if form.is_valid():
        update, values = assumptions.update_assumption, form.cleaned_data
        if attempt(form, update, row.pk, values, actor=request.membership):
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, EDIT, form, row=row)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def assumption_answer(request: PlanRequest, assumption_id: int) -> HttpResponse:
    row = get_object_or_404(parts.assumptions_of(request.plan), pk=assumption_id)
    form = AnswerForm(posted(request), initial={"answer": row.answer, "note": row.answer_note})
    if form.is_valid():
        said = (form.still_true, form.cleaned_data["note"])
        day, actor = request.today, request.membership
        answer = assumptions.answer_assumption
        if attempt(form, answer, row.pk, *said, today=day, actor=actor):
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, ANSWER, form, row=row)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def assumption_delete(request: PlanRequest, assumption_id: int) -> HttpResponse:
    row = get_object_or_404(parts.assumptions_of(request.plan), pk=assumption_id)
    ask = Question(
        title=_("Delete assumption"),
        question=_("Delete the assumption “%(name)s”?") % {"name": row},
        consequence=_("Nobody is asked any more whether it is still true."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="direction",
    )
    return confirm(request, row, assumptions.delete_assumption, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def assumption_move(request: PlanRequest, assumption_id: int) -> HttpResponse:
    row = get_object_or_404(parts.assumptions_of(request.plan), pk=assumption_id)
    form = move(request, row, assumptions.move_assumption)
    return list_answer(request, _list(request), form, direction_page(request))


def _list(request: PlanRequest) -> Place:
    url = f"{plan_url(request, 'planning:direction')}#assumptions"
    return Place("planning/direction/page.html", "planning/assumptions/_list.html", url)

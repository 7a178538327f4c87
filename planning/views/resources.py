"""Resources: who is busy in which month, the people, and what their time goes to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.months import Month
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from planning.access import PlanRequest, plan_view
from planning.forms.resources import AllocationForm, PersonForm
from planning.queries import parts
from planning.queries.loads import load_table
from planning.queries.progress import Step
from planning.services.allocations import set_allocations
from planning.services.people import create_person, delete_person, move_person, update_person
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
from planning.views.missing import resources_missing
from planning.views.steps import plan_page

EDIT = Place("planning/people/edit.html", "planning/people/_form.html", "")
TIME = Place("planning/people/time.html", "planning/people/_time_form.html", "")
SHOWN_OVERLOADS = 3


@require_GET
@plan_view(Permission.VIEW_PLAN)
def resource_list(request: PlanRequest) -> HttpResponse:
    return render(request, "planning/resources/list.html", _list_page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def person_add(request: PlanRequest) -> HttpResponse:
    form = PersonForm(posted(request))
    if form.is_valid():
        values, actor = form.cleaned_data, request.membership
        if person := attempt(form, create_person, request.plan, values, actor=actor):
            url = plan_url(request, "planning:allocation_edit", person_id=person.pk)
            return done(request, _("Saved. Now say what the time goes to."), url)
    return form_answer(request, EDIT, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def person_edit(request: PlanRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(parts.people_of(request.plan), pk=person_id)
    form = PersonForm(posted(request), instance=person)
    if form.is_valid():
        values, actor = form.cleaned_data, request.membership
        saved = attempt(form, update_person, person_id, values, actor=actor)
        if saved:
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, EDIT, form, row=person)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def person_delete(request: PlanRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(parts.people_of(request.plan), pk=person_id)
    ask = Question(
        title=_("Delete person"),
        question=_("Delete “%(name)s” from the plan?") % {"name": person},
        consequence=_("What this person is in charge of has nobody then."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="resources",
    )
    return confirm(request, person, delete_person, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def person_move(request: PlanRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(parts.people_of(request.plan), pk=person_id)
    form = move(request, person, move_person)
    return list_answer(request, _list(request), form, _list_page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def allocation_edit(request: PlanRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(parts.people_of(request.plan), pk=person_id)
    form = AllocationForm(
        posted(request),
        plan=request.plan,
        works=parts.plain_initiatives_of(request.plan),
        stored=parts.shares_of(person),
    )
    if form.is_valid():
        actor = request.membership
        saved = attempt(form, set_allocations, person_id, form.cells, actor=actor)
        if saved:
            return done(request, _("Saved"), _list(request).url)
    url = plan_url(request, "budgets:action_list")
    return form_answer(request, TIME, form, person=person, actions_url=url)


def _list(request: PlanRequest) -> Place:
    url = plan_url(request, "planning:resource_list")
    return Place("planning/resources/list.html", "planning/resources/_people.html", url)


def _list_page(request: PlanRequest) -> dict[str, Any]:
    table = load_table(request.plan, Month.of(request.today))
    return plan_page(
        request,
        Step.RESOURCES,
        table=table,
        is_empty=not table.rows,
        overloads=table.overloads[:SHOWN_OVERLOADS],
        not_doing=list(parts.not_doing_of(request.plan)) if table.overloads else [],
        missing=resources_missing(request, table),
    )

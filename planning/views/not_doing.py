"""The not-doing list, on the page of the direction."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from planning.access import PlanRequest, plan_view
from planning.forms.direction import NotDoingForm
from planning.queries import parts
from planning.services.not_doing import (
    create_not_doing,
    delete_not_doing,
    move_not_doing,
    update_not_doing,
)
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

EDIT = Place("planning/not_doing/edit.html", "planning/not_doing/_form.html", "")


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def not_doing_add(request: PlanRequest) -> HttpResponse:
    form = NotDoingForm(posted(request))
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, create_not_doing, request.plan, values, actor=request.membership):
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, EDIT, form)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def not_doing_edit(request: PlanRequest, not_doing_id: int) -> HttpResponse:
    row = get_object_or_404(parts.not_doing_of(request.plan), pk=not_doing_id)
    form = NotDoingForm(posted(request), instance=row)
    if form.is_valid():
        values = form.cleaned_data
        if attempt(form, update_not_doing, row.pk, values, actor=request.membership):
            return done(request, _("Saved"), _list(request).url)
    return form_answer(request, EDIT, form, row=row)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def not_doing_delete(request: PlanRequest, not_doing_id: int) -> HttpResponse:
    row = get_object_or_404(parts.not_doing_of(request.plan), pk=not_doing_id)
    ask = Question(
        title=_("Delete from the not-doing list"),
        question=_("Delete “%(name)s” from the not-doing list?") % {"name": row},
        consequence=_("Proposals are no longer held up against it."),
        done=_("Deleted"),
        back_url=_list(request).url,
        area="direction",
    )
    return confirm(request, row, delete_not_doing, ask)


@require_POST
@plan_view(Permission.EDIT_PLAN)
def not_doing_move(request: PlanRequest, not_doing_id: int) -> HttpResponse:
    row = get_object_or_404(parts.not_doing_of(request.plan), pk=not_doing_id)
    form = move(request, row, move_not_doing)
    return list_answer(request, _list(request), form, direction_page(request))


def _list(request: PlanRequest) -> Place:
    url = f"{plan_url(request, 'planning:direction')}#not-doing"
    return Place("planning/direction/page.html", "planning/not_doing/_list.html", url)

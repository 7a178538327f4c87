"""The direction of the year: its page, its texts and sums, the rhythm of reviews."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from aop.web.htmx import render_page
from planning.access import PlanRequest, plan_view
from planning.forms.direction import DirectionForm, PriorityForm, RhythmForm, VersionedForm
from planning.models import Plan
from planning.queries import parts
from planning.queries.changes import last_change
from planning.queries.progress import Step
from planning.services.direction import PlanChangedError, update_direction, update_rhythm
from planning.views.answers import done, form_status, plan_url
from planning.views.missing import DirectionLists, direction_missing
from planning.views.steps import plan_page


@require_GET
@plan_view(Permission.VIEW_PLAN)
def direction(request: PlanRequest) -> HttpResponse:
    return render(request, "planning/direction/page.html", direction_page(request))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def direction_edit(request: PlanRequest) -> HttpResponse:
    form = DirectionForm(request.plan, posted(request))
    if form.is_valid() and _save(request, form, update_direction):
        return done(request, _("Saved"), plan_url(request, "planning:direction"))
    page, fragment = "planning/direction/page.html", "planning/direction/_form.html"
    context = direction_page(request, form=form, **_conflict(request, form))
    return render_page(request, page, fragment, context, form_status(form))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_PLAN)
def direction_rhythm(request: PlanRequest) -> HttpResponse:
    form = RhythmForm(request.plan, posted(request))
    if form.is_valid() and _save(request, form, update_rhythm):
        return done(request, _("Saved"), plan_url(request, "planning:direction"))
    page, fragment = "planning/direction/rhythm.html", "planning/direction/_rhythm_form.html"
    context = {"form": form, **_conflict(request, form)}
    return render_page(request, page, fragment, context, form_status(form))


def direction_page(request: PlanRequest, **context: Any) -> dict[str, Any]:
    """Return the context of the page of the direction, from a fixed number of queries."""
    lists = DirectionLists(
        list(parts.priorities_of(request.plan)),
        list(parts.not_doing_of(request.plan)),
        list(parts.assumptions_of(request.plan)),
    )
    return plan_page(
        request,
        Step.DIRECTION,
        area="direction",
        lists=lists,
        missing=direction_missing(request, lists),
        **{"form": DirectionForm(request.plan), "priority_form": PriorityForm(), **context},
    )


def _save(request: PlanRequest, form: VersionedForm, service: Callable[..., Plan]) -> bool:
    version = form.cleaned_data["version"]
    arguments = (request.plan.pk, form.changes)
    try:
        saved = attempt(form, service, *arguments, version=version, actor=request.membership)
    except PlanChangedError as conflict:
        form.show_conflict(conflict.stored)
        return False
    return saved is not None


def _conflict(request: PlanRequest, form: VersionedForm) -> dict[str, Any]:
    return {"last_change": last_change(request.plan)} if form.conflict else {}

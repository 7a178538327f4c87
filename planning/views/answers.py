"""How pages of a plan answer: saved, list changed, question before something is removed."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.db import models
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from aop.web.forms import attempt, posted
from aop.web.htmx import plan_changed, render_page, wants_fragment
from planning.access import PlanRequest
from planning.forms.lists import ConfirmForm, MoveForm

CONFLICT, UNPROCESSABLE = 409, 422


def plan_url(request: PlanRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of the request's plan."""
    known = {"company_slug": request.company.slug, "year": request.plan.fiscal_year}
    return reverse(name, kwargs=known | kwargs)


def done(request: PlanRequest, text: str, url: str) -> HttpResponse:
    """Say `text` on the next page and go there."""
    messages.success(request, text)
    return redirect(url)


def form_status(form: BaseForm) -> int:
    """Return 409 when somebody else was faster, 422 for a form with errors, else 200."""
    if getattr(form, "conflict", None):
        return CONFLICT
    return UNPROCESSABLE if form.is_bound and form.errors else 200


@dataclass(frozen=True)
class Place:
    """A page, the part of it that htmx redraws, and its address."""

    page: str
    fragment: str
    url: str


def form_answer(request: PlanRequest, where: Place, form: BaseForm, **context: Any) -> HttpResponse:
    """Show a form: new, or back with what is wrong."""
    return render_page(
        request, where.page, where.fragment, {**context, "form": form}, form_status(form)
    )


def list_answer(
    request: PlanRequest, where: Place, form: BaseForm, context: Mapping[str, Any]
) -> HttpResponse:
    """Answer a change of a list: the fragment for htmx, else back to it; 422 when refused.

    The list shows what stands in the way as `list_form`.
    """
    if not form.errors and not wants_fragment(request):
        return redirect(where.url)
    shown = {**context, "list_form": form}
    answer = render_page(request, where.page, where.fragment, shown, form_status(form))
    return answer if form.errors else plan_changed(answer)


def move(request: PlanRequest, row: models.Model, service: Callable[..., None]) -> MoveForm:
    """Let `service` move the row up or down, as the pressed button says."""
    form = MoveForm(request.POST)
    if form.is_valid():
        attempt(form, service, row.pk, up=form.goes_up, actor=request.membership)
    return form


@dataclass(frozen=True)
class Question:
    """What is asked before a row is removed."""

    title: str
    question: str
    consequence: str
    done: str
    back_url: str
    area: str
    verb: str = ""  # what the button says; empty is to delete


def confirm(
    request: PlanRequest, row: models.Model, remove: Callable[..., None], ask: Question
) -> HttpResponse:
    """Ask on GET; on POST let `remove` do it and go back, or show why it is refused."""
    form = ConfirmForm(posted(request))
    if form.is_valid():
        attempt(form, remove, row.pk, actor=request.membership)
        if not form.errors:
            return done(request, ask.done, ask.back_url)
    context = {**asdict(ask), "form": form}
    return render_page(
        request, "planning/delete.html", "components/_confirm.html", context, form_status(form)
    )

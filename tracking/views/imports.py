"""Files that come in: sent, looked at with every difference and problem, then confirmed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from aop.calc.reading.import_result import ImportResult, Status
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.queries.lines import lines_of
from budgets.spreadsheets.gate import FileRefused
from planning.access import PlanRequest, plan_view
from planning.models import Plan
from tracking.forms.imports import ConfirmForm, UploadForm
from tracking.queries.months import month_in_work
from tracking.services import actual_imports, budget_imports
from tracking.services.uploads import (
    SentFile,
    UploadGone,
    keep_original,
    keep_upload,
    kept_upload,
)

REFUSED = 422
ROWS_SHOWN = 300
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Area:
    """The two pages of one sort of import, and the part of the navigation they belong to."""

    upload_page: str
    confirm_page: str
    upload_url: str
    confirm_url: str
    name: str


ACTUALS = Area(
    "tracking/imports/actuals.html",
    "tracking/imports/actuals_confirm.html",
    "tracking:actual_import",
    "tracking:actual_import_confirm",
    "log",
)
BUDGET = Area(
    "tracking/imports/budget.html",
    "tracking/imports/budget_confirm.html",
    "tracking:budget_import",
    "tracking:budget_import_confirm",
    "budget",
)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.LOG_ANY_LINE)
def actual_import(request: PlanRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid() and request.plan.is_frozen:
        return _kept(request, form, ACTUALS)
    return _upload_page(request, form, ACTUALS)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def budget_import(request: PlanRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid() and not request.plan.is_frozen:
        return _kept(request, form, BUDGET)
    return _upload_page(request, form, BUDGET)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.LOG_ANY_LINE)
def actual_import_confirm(request: PlanRequest, token: str) -> HttpResponse:
    actuals = _opened(request, token, actual_imports.read_actuals, ACTUALS)
    if isinstance(actuals, HttpResponse):
        return actuals
    form = ConfirmForm(posted(request))
    if form.is_valid():
        service, partial = actual_imports.import_actuals, form.cleaned_data["partial"]
        member = request.membership
        result = attempt(form, service, request.plan, actuals, partial=partial, actor=member)
        if result is not None and result.status is Status.IMPORTED:
            messages.success(request, _booked(result))
            return _done(request, token, "tracking:actual_month", month_in_work(request.plan))
        form.ask_for_partial(result)
    preview = actual_imports.preview_actuals(request.plan, actuals)
    names = _names(request)
    entries = [(names[one.line_code], one) for one in preview.entries[:ROWS_SHOWN]]
    return _preview(request, ACTUALS, form, preview.result, {"entries": entries})


@require_http_methods(["GET", "POST"])
@plan_view(Permission.EDIT_BUDGET)
def budget_import_confirm(request: PlanRequest, token: str) -> HttpResponse:
    budget = _opened(request, token, budget_imports.read_budget, BUDGET)
    if isinstance(budget, HttpResponse):
        return budget
    form = ConfirmForm(posted(request), differences=budget.fingerprint)
    if form.is_valid():
        service, partial = budget_imports.import_budget, form.cleaned_data["partial"]
        member = request.membership
        result = attempt(form, service, request.plan, budget, partial=partial, actor=member)
        if result is not None and result.status is Status.IMPORTED:
            messages.success(request, _written(result))
            return _done(request, token, "budgets:budget")
        form.ask_for_partial(result)
    names = _names(request)
    changes = [(names[one.code], one) for one in budget.changes[:ROWS_SHOWN]]
    shown = {"changes": changes, "computed": [names[code] for code in budget.computed]}
    return _preview(request, BUDGET, form, budget.result, shown)


def _kept(request: PlanRequest, form: UploadForm, area: Area) -> HttpResponse:
    file: SentFile = form.cleaned_data["file"]
    token = keep_upload(request.plan, file, actor=request.membership, now=timezone.now())
    return redirect(area.confirm_url, request.company.slug, request.plan.fiscal_year, token)


def _upload_page(request: PlanRequest, form: UploadForm, area: Area) -> HttpResponse:
    context = {"form": form, "area": area.name}
    status = REFUSED if form.is_bound else 200
    return render(request, area.upload_page, context, status=status)


def _opened(
    request: PlanRequest, token: str, read: Callable[[Plan, SentFile], Read], area: Area
) -> Read | HttpResponse:
    """Return what the kept file holds, or the page that says why it cannot be looked at."""
    try:
        return read(request.plan, kept_upload(request.plan, token, actor=request.membership))
    except UploadGone:
        messages.error(request, _("The file is no longer here. Send it again."))
        return redirect(area.upload_url, request.company.slug, request.plan.fiscal_year)
    except FileRefused as refused:
        context = {"form": UploadForm(), "refused": str(refused), "area": area.name}
        return render(request, area.upload_page, context, status=REFUSED)


def _preview(
    request: PlanRequest,
    area: Area,
    form: ConfirmForm,
    result: ImportResult,
    shown: dict[str, Any],
) -> HttpResponse:
    names = _names(request)
    context = {
        "form": form,
        "result": result,
        "doubts": [(names[doubt.suggested], doubt) for doubt in result.to_confirm],
        "area": area.name,
        "most": ROWS_SHOWN,
        **shown,
    }
    status = REFUSED if form.is_bound else 200
    return render(request, area.confirm_page, context, status=status)


def _names(request: PlanRequest) -> dict[str, str]:
    return dict(lines_of(request.plan).values_list("code", "name"))


def _done(request: PlanRequest, token: str, url_name: str, *where: object) -> HttpResponse:
    keep_original(request.plan, token, actor=request.membership)
    return redirect(url_name, request.company.slug, request.plan.fiscal_year, *where)


def _booked(result: ImportResult) -> str:
    message = ngettext(
        "%(count)d entry from %(file)s is booked.",
        "%(count)d entries from %(file)s are booked.",
        result.accepted,
    )
    return message % {"count": result.accepted, "file": result.file}


def _written(result: ImportResult) -> str:
    message = ngettext(
        "%(count)d amount from %(file)s is in the budget.",
        "%(count)d amounts from %(file)s are in the budget.",
        result.changed,
    )
    return message % {"count": result.changed, "file": result.file}

"""Where a plan begins: a company from nothing, a copy of the sample, a plan folder, a new year."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from aop.calc.reading.folder_problems import FolderRefused
from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.choices import FIRST_ZONE
from aop.tenancy.models import Company, User
from aop.tenancy.roles import Permission
from aop.web.forms import attempt, posted
from budgets.services.plans import create_plan
from planning.folders.sentences import ignored_sentence, problem_sentence
from planning.queries.plans import plans_of
from tracking.folders.content import PlanFolder
from tracking.folders.storage import read_zip
from tracking.folders.whole import read_plan_folder
from tracking.forms.start import (
    CurrencyForm,
    FolderForm,
    SampleForm,
    StartForm,
    YearFields,
    usual_first_month,
)
from tracking.services.start import change_currency, copy_sample, import_company, start_company


@require_GET
@login_required
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "tracking/start/choose.html")


@require_http_methods(["GET", "POST"])
@login_required
def start_company_new(request: HttpRequest) -> HttpResponse:
    initial = {"language": get_language(), "time_zone": FIRST_ZONE, "currency": "VND"}
    first = usual_first_month(timezone.now().date())
    form = StartForm(posted(request), initial=initial, first=first)
    if form.is_valid():
        plan = attempt(
            form,
            start_company,
            form.values,
            form.year,
            currency=form.cleaned_data["currency"],
            owner=cast(User, request.user),
        )
        if plan is not None:
            return redirect(plan)
    status = 422 if form.is_bound else 200
    return render(request, "tracking/start/company.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def start_sample(request: HttpRequest) -> HttpResponse:
    form = SampleForm(posted(request), initial={"name": _("BabyCare House, my copy")})
    if form.is_valid():
        name, user = form.cleaned_data["name"], cast(User, request.user)
        company = attempt(form, copy_sample, name, as_draft=form.is_draft, owner=user)
        if company is not None:
            return redirect(company)
    status = 422 if form.is_bound else 200
    return render(request, "tracking/start/sample.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def start_import(request: HttpRequest) -> HttpResponse:
    form = FolderForm(posted(request), request.FILES or None)
    problems: list[str] = []
    if form.is_valid():
        try:
            folder = read_plan_folder(read_zip(form.cleaned_data["archive"]))
        except FolderRefused as refused:
            problems = [problem_sentence(problem) for problem in refused.problems]
        else:
            company = attempt(form, import_company, folder, owner=cast(User, request.user))
            if company is not None:
                return _imported(request, company, folder)
    context = {"form": form, "problems": problems}
    status = 422 if form.is_bound else 200
    return render(request, "tracking/start/import.html", context, status=status)


def _imported(request: HttpRequest, company: Company, folder: PlanFolder) -> HttpResponse:
    for ignored in folder.ignored:
        messages.warning(request, ignored_sentence(ignored))
    messages.success(request, _("%(name)s is loaded.") % {"name": company.name})
    return redirect(company)


@require_http_methods(["GET", "POST"])
@company_view(Permission.EDIT_PLAN)
def plan_new(request: CompanyRequest) -> HttpResponse:
    newest = plans_of(request.company).first()
    first = newest.year.last.plus(1) if newest else usual_first_month(request.today)
    form = YearFields(posted(request), first=first)
    if form.is_valid():
        year = form.year
        plan = attempt(
            form,
            create_plan,
            request.company,
            first_month=year.first_month,
            fiscal_year=year.label,
            actor=request.membership,
        )
        if plan is not None:
            return redirect(plan)
    status = 422 if form.is_bound else 200
    return render(request, "tracking/start/plan.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@company_view(Permission.EDIT_SETTINGS)
def currency_edit(request: CompanyRequest) -> HttpResponse:
    form = CurrencyForm(posted(request), initial={"currency": request.company.currency})
    if form.is_valid():
        currency = form.cleaned_data["currency"]
        if attempt(form, change_currency, currency, actor=request.membership):
            messages.success(request, _("Saved"))
            return redirect("tenancy:settings", request.company.slug)
    status = 422 if form.is_bound else 200
    return render(request, "tracking/start/currency.html", {"form": form}, status=status)

"""Logging actuals: my lines of an open month, and the entries of a month."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aop.calc.months import Month
from aop.calc.report.facts import PlanFacts
from aop.errors import RuleViolation
from aop.tenancy.roles import Permission
from aop.web.forms import attempt
from aop.web.htmx import render_page
from budgets.models import PlanMonth
from budgets.queries.facts import plan_facts
from planning.access import PlanRequest, plan_view
from planning.services.milestones import mark_milestone_done
from tracking.forms.entries import EntryForm
from tracking.models import Entry
from tracking.queries import entries as queries
from tracking.queries.months import closed_months, month_in_work
from tracking.services import entries as services

ENTRIES_ON_A_PAGE = 50


@require_GET
@plan_view(Permission.LOG_ACTUALS)
def actual_log(request: PlanRequest) -> HttpResponse:
    return redirect(_month_url(request, month_in_work(request.plan)))


@require_http_methods(["GET", "POST"])
@plan_view(Permission.LOG_ACTUALS)
def actual_month(request: PlanRequest, month: Month) -> HttpResponse:
    get_object_or_404(
        PlanMonth.objects.for_company(request.company), plan=request.plan, first_day=month.first_day
    )
    facts = plan_facts(request.plan)
    lines = queries.log_lines(request.plan, request.membership, month, facts.lines)
    chosen = _chosen(request, lines)
    form = _entry_form(request, month) if chosen else None
    if form and chosen and (saved := _logged(request, form, chosen)):
        return redirect(f"{_month_url(request, month)}?saved={saved.pk}#entry-{saved.pk}")
    context = _page(request, month, lines, facts)
    return render_page(
        request,
        page="tracking/actuals/month.html",
        fragment="tracking/actuals/_line.html" if chosen else "tracking/actuals/_lines.html",
        context=context | {"chosen": chosen, "form": form, "row": chosen},
        status=422 if form and form.is_bound else 200,
    )


def _chosen(request: PlanRequest, lines: list[queries.LogLine]) -> queries.LogLine | None:
    """Return the line that is opened or logged on; None when it is not the member's."""
    wanted = request.POST.get("line") or request.GET.get("line")
    return next((row for row in lines if str(row.line.pk) == wanted), None)


def _logged(request: PlanRequest, form: EntryForm, row: queries.LogLine) -> Entry | None:
    if not form.is_valid():
        return None
    values = form.values(row.line)
    saved = attempt(form, services.log_entry, request.plan, values, actor=request.membership)
    if saved:
        messages.success(request, _("Logged on “%(line)s”.") % {"line": row.line.name})
    return saved


@require_GET
@plan_view(Permission.VIEW_PLAN)
def entry_list(request: PlanRequest, month: Month) -> HttpResponse:
    found = queries.visible_entries(request.plan, request.membership)
    found = found.filter(first_day=month.first_day)
    line_code = request.GET.get("line", "")
    if line_code:
        found = found.filter(line__code=line_code)
    page = Paginator(found, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "month": month, "line_code": line_code}
    context["is_closed"] = month in closed_months(request.plan)
    return render(request, "tracking/actuals/entries.html", context)


@require_http_methods(["GET", "POST"])
@plan_view(Permission.LOG_ACTUALS)
def entry_edit(request: PlanRequest, entry_id: int) -> HttpResponse:
    found = queries.visible_entries(request.plan, request.membership)
    entry = get_object_or_404(found, pk=entry_id)
    month = Month.of(entry.date)
    form = _entry_form(request, month, entry=entry)
    if (
        form.is_valid()
        and attempt(
            form,
            services.correct_entry,
            entry,
            form.values(entry.line, entry.initiative),
            version=_version(request),
            actor=request.membership,
        )
        is not None
    ):
        return redirect(f"{_month_url(request, month)}?saved={entry.pk}#entry-{entry.pk}")
    context = {"form": form, "entry": entry, "month": month}
    status = 422 if form.is_bound else 200
    return render(request, "tracking/actuals/edit.html", context, status=status)


@require_POST
@plan_view(Permission.LOG_ACTUALS)
def entry_withdraw(request: PlanRequest, entry_id: int) -> HttpResponse:
    entry = _entry(request, entry_id)
    try:
        services.withdraw_entry(entry, actor=request.membership, now=timezone.now())
    except RuleViolation as refused:
        messages.error(request, str(refused))
    return redirect(f"{_month_url(request, Month.of(entry.date))}#entry-{entry.pk}")


@require_POST
@plan_view(Permission.LOG_ACTUALS)
def entry_restore(request: PlanRequest, entry_id: int) -> HttpResponse:
    entry = _entry(request, entry_id)
    try:
        services.restore_entry(entry, actor=request.membership)
    except RuleViolation as refused:
        messages.error(request, str(refused))
    return redirect(f"{_month_url(request, Month.of(entry.date))}#entry-{entry.pk}")


@require_POST
@plan_view(Permission.LOG_ACTUALS)
def milestone_done(request: PlanRequest, milestone_id: int) -> HttpResponse:
    mine = queries.open_milestones(request.plan, request.membership)
    milestone = get_object_or_404(mine, pk=milestone_id)
    mark_milestone_done(milestone.pk, request.today, today=request.today, actor=request.membership)
    messages.success(request, _("“%(name)s” is done.") % {"name": milestone.name})
    return redirect(_month_url(request, month_in_work(request.plan)))


def _entry(request: PlanRequest, entry_id: int) -> Entry:
    found = queries.visible_entries(request.plan, request.membership)
    return get_object_or_404(found, pk=entry_id)


def _entry_form(request: PlanRequest, month: Month, **kwargs: Any) -> EntryForm:
    return EntryForm(
        request.POST or None,
        month=month,
        currency=request.company.currency,
        today=request.today,
        **kwargs,
    )


def _page(
    request: PlanRequest, month: Month, lines: list[queries.LogLine], facts: PlanFacts
) -> dict[str, Any]:
    closed = closed_months(request.plan)
    member = request.membership
    return {
        "lines": lines,
        "month": month,
        "is_closed": month in closed,
        "previous_url": _neighbour(request, month.plus(-1)),
        "next_url": _neighbour(request, month.plus(1)),
        "recent": queries.recent_entries(request.plan, member, month),
        "milestones": queries.open_milestones(request.plan, member),
        "logged": queries.logged_by_person(facts, month) if member.may(Permission.REVIEW) else [],
        "saved_id": request.GET.get("saved", ""),
    }


def _neighbour(request: PlanRequest, month: Month) -> str:
    return _month_url(request, month) if month in request.plan.year else ""


def _month_url(request: PlanRequest, month: Month) -> str:
    where = [request.company.slug, request.plan.fiscal_year, month]
    return reverse("tracking:actual_month", args=where)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0

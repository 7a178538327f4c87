"""Actual against plan: month, year to date, full year."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from aop.calc.months import Month
from aop.calc.report.totals import Compare
from aop.tenancy.roles import Permission
from budgets.models import BudgetLine
from budgets.queries.lines import lines_of
from planning.access import PlanRequest, plan_view
from tracking.queries.compared import Period
from tracking.queries.months import closed_months, closed_through, month_in_work
from tracking.queries.report import report_facts
from tracking.queries.variance import VarianceTable
from tracking.queries.versions import plan_version
from tracking.views.cash import table_unit
from tracking.views.variance_rows import RowWriter

EXPLAIN_FIRST = 5


@require_GET
@plan_view(Permission.VIEW_PLAN)
def variance(request: PlanRequest) -> HttpResponse:
    """Lead to the last closed month; before the first close, to the one that is worked on."""
    month = closed_through(request.plan) or month_in_work(request.plan)
    return redirect(_month_url(request, month))


@require_GET
@plan_view(Permission.VIEW_PLAN)
def variance_month(request: PlanRequest, month: Month) -> HttpResponse:
    if month not in request.plan.year:
        raise Http404
    facts = report_facts(request.plan)
    closed = facts.closed_through
    if closed is not None:
        facts = replace(facts, through=min(month, closed))
    usual = Period.YTD if closed and month <= closed else Period.MONTH
    table = VarianceTable(facts, month, _period(request, usual), _compare(request))
    return render(request, "tracking/variance/show.html", _context(request, table))


def _context(request: PlanRequest, table: VarianceTable) -> dict[str, Any]:
    member, month = request.membership, table.month
    shows_private = member.may(Permission.VIEW_PRIVATE)
    groups = table.groups(list(lines_of(request.plan)), shows_private=shows_private)
    version = plan_version(request.plan)
    unit = table_unit(request.company.currency)
    write = RowWriter(
        table, unit=unit, has_baseline=version.is_adjusted, entries_url=_entries(request, month)
    )
    return {
        "table": table,
        "month": month,
        "facts": table.figures.facts,
        "groups": [write.group(group) for group in groups],
        "totals": write.totals(),
        "material": table.material_rows(groups)[:EXPLAIN_FIRST],
        "goals": table.goals(shows_private=shows_private),
        "version": version,
        "table_unit": unit,
        "is_waiting": table.is_open and month in closed_months(request.plan),
        "previous_url": _neighbour(request, month.plus(-1)),
        "next_url": _neighbour(request, month.plus(1)),
    }


def _entries(request: PlanRequest, month: Month) -> Callable[[BudgetLine], str]:
    """Return what leads to the entries of a line in the month; staff see those of their own."""
    member = request.membership
    sees_all = member.may(Permission.LOG_ANY_LINE) or not member.may(Permission.LOG_ACTUALS)
    where = [request.company.slug, request.plan.fiscal_year, month]
    page, mine = reverse("tracking:entry_list", args=where), member.user.email.casefold()

    def entries_url(line: BudgetLine) -> str:
        is_own = line.owner is not None and line.owner.email.casefold() == mine
        return f"{page}?{urlencode({'line': line.code})}" if sees_all or is_own else ""

    return entries_url


def _neighbour(request: PlanRequest, month: Month) -> str:
    if month not in request.plan.year:
        return ""
    query = request.GET.urlencode()
    return _month_url(request, month) + (f"?{query}" if query else "")


def _month_url(request: PlanRequest, month: Month) -> str:
    where = [request.company.slug, request.plan.fiscal_year, month]
    return reverse("tracking:variance_month", args=where)


def _period(request: PlanRequest, usual: Period) -> Period:
    text = request.GET.get("view", "")
    return Period(text) if text in list(Period) else usual


def _compare(request: PlanRequest) -> Compare:
    text = request.GET.get("compare", "")
    return Compare(text) if text in list(Compare) else Compare.CURRENT

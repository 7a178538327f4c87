"""The budget table, and the cells that it saves one by one."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aop.errors import RuleViolation
from aop.tenancy.roles import Permission
from aop.web.htmx import render_page
from aop.web.templatetags.aop_format import day
from budgets.forms.months import CellForm
from budgets.services.months import Conflict, VersionConflict, Written, set_planned
from budgets.views.sheet import Sheet, chosen_unit
from planning.access import PlanRequest, plan_view
from planning.queries.progress import Step
from planning.views.steps import plan_page

REFUSED, IN_CONFLICT = 422, 409
PARTS = {
    "budget-summary": "budgets/budget/_summary.html",
    "budget-totals": "budgets/budget/_totals.html",
    "budget-foot": "budgets/budget/_foot.html",
}


@require_GET
@plan_view(Permission.VIEW_PLAN)
def budget(request: PlanRequest) -> HttpResponse:
    return render_page(
        request,
        page="budgets/budget/show.html",
        fragment="budgets/budget/_sheet.html",
        context=plan_page(request, Step.BUDGET, **Sheet(request, request.GET).context()),
    )


@require_POST
@plan_view(Permission.EDIT_BUDGET)
def cell_save(request: PlanRequest) -> HttpResponse:
    unit = chosen_unit(request.POST.get("unit"), request.company.currency)
    form = CellForm(request.POST, plan=request.plan, member=request.membership, unit=unit)
    if not form.is_valid():
        return _refused(str(next(iter(form.errors.values()))[0]))
    cell = form.typed
    try:
        written = set_planned(
            form.line.pk, cell.month, cell.amount, cell.version, actor=request.membership
        )
    except RuleViolation as refused:
        return _refused(str(refused))
    except VersionConflict as refused:
        return _in_conflict(request, refused.conflicts[0])
    return JsonResponse(_saved(request, written))


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=REFUSED)


def _in_conflict(request: PlanRequest, conflict: Conflict) -> JsonResponse:
    write = Sheet(request, request.POST).write
    at = conflict.when.astimezone(ZoneInfo(request.company.time_zone))
    when = time_format(at.time(), "H:i")
    if at.date() != request.today:
        when = f"{when} {day(at.date())}"
    theirs = _("no plan") if conflict.theirs is None else write.amount(conflict.theirs)
    who = conflict.who or _("Somebody")
    message = _("%(who)s changed this cell at %(when)s to %(amount)s.")
    return JsonResponse(
        {
            "message": message % {"who": who, "when": when, "amount": theirs},
            "theirs": "" if conflict.theirs is None else write.amount(conflict.theirs),
            "exact": write.exact(conflict.theirs),
            "who": who,
            "when": when,
            "version": conflict.version,
        },
        status=IN_CONFLICT,
    )


def _saved(request: PlanRequest, written: Sequence[Written]) -> dict[str, Any]:
    """Return every cell that changed, and the parts of the page that hold their sums."""
    sheet = Sheet(request, request.POST)
    changed = {cell.line_id for cell in written}
    lines = [line for line in sheet.table.shown_lines if line.pk in changed]
    groups = [sheet.write.group(group, None) for group in sheet.table.groups(lines)]
    context = sheet.sums_context()
    parts = {name: render_to_string(template, context) for name, template in PARTS.items()}
    for group in groups:
        row = {"group": group, "may_move": False}
        parts[group.key] = render_to_string("budgets/budget/_group_sums.html", row)
    first = written[0]
    return {
        "value": first.amount,
        "display": _display(sheet, first.amount),
        "exact": sheet.write.exact(first.amount),
        "version": first.version,
        "cells": [_cell(sheet, cell) for cell in written],
        "years": {row.key: row.year.text for group in groups for row in group.rows},
        "parts": parts,
    }


def _cell(sheet: Sheet, cell: Written) -> dict[str, Any]:
    return {
        "row": f"l{cell.line_id}",
        "column": sheet.plan.year.index(cell.month) + 1,
        "display": _display(sheet, cell.amount),
        "exact": sheet.write.exact(cell.amount),
        "version": cell.version,
    }


def _display(sheet: Sheet, amount: int | None) -> str:
    return "" if amount is None else sheet.write.amount(amount)

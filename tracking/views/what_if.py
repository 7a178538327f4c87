"""What-if: one percent on one kind of line, seen through to profit, goals and cash."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aop.calc.lines import LineKind
from aop.tenancy.roles import Permission
from budgets.models import KIND_CHOICES
from planning.access import PlanRequest, plan_view
from tracking.forms.what_if import WhatIfForm
from tracking.queries import what_if as queries
from tracking.queries.report import report_facts

EXAMPLES = (
    (LineKind.REVENUE, -15),
    (LineKind.PURCHASE, 6),
    (LineKind.COGS, 3),
    (LineKind.MARKETING, -20),
)


@require_GET
@plan_view(Permission.VIEW_PLAN)
def what_if(request: PlanRequest) -> HttpResponse:
    facts = report_facts(request.plan)
    months = list(facts.year.months[facts.closed :])
    kinds = {line.kind for line in facts.lines} - {LineKind.CONTINGENCY}
    form = WhatIfForm(request.GET or None, kinds=kinds, months=months)
    shows_private = request.membership.may(Permission.VIEW_PRIVATE)
    change = form.change if months and form.is_valid() else None
    context = {
        "form": form,
        "change": change,
        "months": months,
        "kinds": kinds,
        "closed": facts.closed,
        "examples": _examples(kinds, str(months[0]) if months else ""),
        "tried": queries.try_change(facts, change, shows_private=shows_private),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "tracking/what_if/show.html", context, status=status)


def _examples(kinds: set[LineKind], first: str) -> list[dict[str, Any]]:
    """Return changes to try with one click."""
    labels = dict(KIND_CHOICES)
    return [
        {
            "label": labels[kind.value],
            "ratio": Decimal(percent) / 100,
            "query": urlencode({"kind": kind.value, "ratio": percent, "first": first}),
        }
        for kind, percent in EXAMPLES
        if kind in kinds and first
    ]

"""The report as JSON: `report.json?through=2026-10&compare=current`."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aop.calc.months import Month
from aop.calc.report.build import MonthNotClosed, NoClosedMonth, build_report
from aop.calc.report.document import report_document
from aop.calc.report.facts import PlanFacts
from aop.calc.report.totals import Compare
from aop.tenancy.roles import Permission
from planning.access import PlanRequest, plan_view
from tracking.queries.private import private_goals, private_kpis
from tracking.queries.report import report_facts

REFUSED = 422


@require_GET
@plan_view(Permission.VIEW_PLAN)
def report(request: PlanRequest) -> HttpResponse:
    try:
        through = _month(request.GET.get("through", ""))
        compare = Compare(request.GET.get("compare") or Compare.CURRENT)
        facts = report_facts(request.plan, through=through)
        document = report_document(build_report(facts, compare))
    except NoClosedMonth:
        return _refused(_("No month is closed yet, so there is nothing to report."))
    except MonthNotClosed as error:
        return _refused(_("%(month)s is not a closed month.") % {"month": error.month})
    except ValueError:
        return _refused(_("Write the month like 2026-10, and compare with current or baseline."))
    if not request.membership.may(Permission.VIEW_PRIVATE):
        _hide(document, facts)
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _hide(document: dict[str, Any], facts: PlanFacts) -> None:
    """Take private lines out, and what would tell them; the totals still hold them."""
    lines = {line.code for line in facts.lines if line.is_private}
    hidden = {"lines": lines, "kpis": private_kpis(facts), "goals": private_goals(facts)}
    for block, codes in hidden.items():
        document[block] = [row for row in document[block] if row["code"] not in codes]
    document["checks"] = [row for row in document["checks"] if row["subject"] not in lines]


def _month(text: str) -> Month | None:
    return Month.parse(text) if text else None


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse(
        {"error": sentence}, status=REFUSED, json_dumps_params={"ensure_ascii": False}
    )

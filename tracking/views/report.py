"""The report as JSON: `report.json?through=2026-10&compare=current`."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aop.calc.months import Month
from aop.calc.report.build import MonthNotClosed, NoClosedMonth, build_report
from aop.calc.report.document import report_document
from aop.calc.report.totals import Compare
from aop.tenancy.roles import Permission
from budgets.queries.facts import private_codes
from planning.access import PlanRequest, plan_view
from tracking.queries.report import report_facts

REFUSED = 422


@require_GET
@plan_view(Permission.VIEW_PLAN)
def report(request: PlanRequest) -> HttpResponse:
    try:
        through = _month(request.GET.get("through", ""))
        compare = Compare(request.GET.get("compare") or Compare.CURRENT)
        document = report_document(
            build_report(report_facts(request.plan, through=through), compare)
        )
    except NoClosedMonth:
        return _refused(_("No month is closed yet, so there is nothing to report."))
    except MonthNotClosed as error:
        return _refused(_("%(month)s is not a closed month.") % {"month": error.month})
    except ValueError:
        return _refused(_("Write the month like 2026-10, and compare with current or baseline."))
    if not request.membership.may(Permission.VIEW_PRIVATE):
        _hide(document, private_codes(request.plan))
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _hide(document: dict[str, Any], codes: frozenset[str]) -> None:
    """Take private lines out; the totals still hold them."""
    document["lines"] = [row for row in document["lines"] if row["code"] not in codes]
    document["checks"] = [row for row in document["checks"] if row["subject"] not in codes]


def _month(text: str) -> Month | None:
    return Month.parse(text) if text else None


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse(
        {"error": sentence}, status=REFUSED, json_dumps_params={"ensure_ascii": False}
    )

"""Cash by month against the minimum."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aop.calc.currencies import Currency
from aop.tenancy.roles import Permission
from aop.web.charts import FULL, LineMonth, lines
from planning.access import PlanRequest, plan_view
from tracking.queries.cash import CashPage, Course


@require_GET
@plan_view(Permission.VIEW_PLAN)
def cash(request: PlanRequest) -> HttpResponse:
    text = request.GET.get("course", "")
    page = CashPage(request.plan, Course(text) if text in list(Course) else Course.PLAN)
    rows = page.rows
    months = [LineMonth(row.month, row.cash.closing, not row.is_closed) for row in rows]
    context = {
        "page": page,
        "rows": rows,
        "chart": lines(months, minimum=page.minimum, wide=FULL),
        "table_unit": table_unit(request.company.currency),
    }
    return render(request, "tracking/cash/show.html", context)


def table_unit(currency: str) -> int:
    """Return the unit of a table of sums: one where money has decimals, else the largest."""
    money = Currency.of(currency)
    return 1 if money.decimals else money.table_unit

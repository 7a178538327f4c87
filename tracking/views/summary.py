"""The plan on a page: for members, in print, and behind a link for people who are none."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aop.tenancy.access import tenant
from aop.tenancy.roles import Permission
from aop.web.charts import BarMonth, bar_chart
from aop.web.scales import Frame
from planning.access import PlanRequest, plan_view
from planning.models import Plan
from tracking.queries.summary import Summary, links_of, live_link
from tracking.services.summary_links import (
    create_summary_link,
    read_token,
    withdraw_summary_link,
)

CREATED = 201
REVENUE_FRAME = Frame(width=340, height=124, left=46, right=2, top=10, bottom=22)


@require_GET
@plan_view(Permission.VIEW_PLAN)
def summary(request: PlanRequest) -> HttpResponse:
    context = sheet_context(request.plan)
    if request.membership.may(Permission.SHARE):
        context["links"] = links_of(request.plan)
    return render(request, "tracking/summary/show.html", context)


@require_POST
@plan_view(Permission.SHARE)
def summary_link_new(request: PlanRequest) -> HttpResponse:
    """Answer with the link itself: it is in this one answer and nowhere else."""
    made = create_summary_link(request.plan, actor=request.membership)
    address = reverse("tracking:summary_shared", args=[made.token])
    context = {"link": request.build_absolute_uri(address)}
    return render(request, "tracking/summary/link.html", context, status=CREATED)


@require_POST
@plan_view(Permission.SHARE)
def summary_link_withdraw(request: PlanRequest, summary_link_id: int) -> HttpResponse:
    link = get_object_or_404(links_of(request.plan), pk=summary_link_id)
    withdraw_summary_link(link.pk, actor=request.membership, now=timezone.now())
    messages.success(request, _("The link no longer works."))
    where = [request.company.slug, request.plan.fiscal_year]
    return redirect("tracking:summary", *where)


@require_GET
def summary_shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the sheet to whoever holds a link that still works; nobody finds it by searching."""
    found = read_token(token)
    if found is None:
        raise Http404
    with tenant(found.company):
        link = live_link(found.company, found.digest)
        if link is None:
            raise Http404
        context = {"plan": link.plan, "currency": found.company.currency}
        context |= sheet_context(link.plan)
        answer = render(request, "tracking/summary/shared.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def sheet_context(plan: Plan) -> dict[str, Any]:
    """Return what the sheet shows."""
    sheet = Summary(plan)
    months = [
        BarMonth(month, planned) for month, planned in zip(plan.year, sheet.revenue, strict=True)
    ]
    return {
        "sheet": sheet,
        "owner_company": plan.company,
        "revenue_chart": bar_chart(months, REVENUE_FRAME),
    }

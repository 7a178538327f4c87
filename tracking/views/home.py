"""The home of a company: the year at a glance, one's own list, or the next step of a draft."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from aop.calc.figures import Figures
from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.roles import Permission
from aop.web.charts import HALF, BarMonth, LineMonth, bars, lines, sparkline, track
from planning.models import Plan
from planning.queries.plans import plan_in_use, plans_of
from planning.views.steps import plan_steps
from tracking.queries.entries import open_milestones
from tracking.queries.home import Dashboard, KpiLine, TotalTile, lines_to_log
from tracking.queries.report import report_facts
from tracking.queries.tasks import tasks_of
from tracking.templatetags.tracking_words import status_tone
from tracking.views.tasks import said_findings, say_tasks, without_plan

MUSTS, SHOWN_FINDINGS = 6, 8


@require_GET
@company_view(Permission.VIEW_PLAN)
def home(request: CompanyRequest) -> HttpResponse:
    """Show the plan that today lies in, as the member's role needs it."""
    plans = list(plans_of(request.company))
    plan = plan_in_use(plans, request.today)
    if plan is None:
        return without_plan(request)
    figures = Figures(report_facts(plan))
    shown = {"plan": plan, "plans": plans, "nav_plan": plan, "figures": figures}
    member = request.membership
    if not plan.is_frozen:
        return _draft(request, plan, shown)
    shown["tasks"] = say_tasks(plan, tasks_of(plan, figures, member, request.today), request.today)
    if member.may(Permission.LOG_ACTUALS) and not member.may(Permission.LOG_ANY_LINE):
        return _staff(request, plan, shown)
    return _dashboard(request, plan, shown)


def _draft(request: CompanyRequest, plan: Plan, shown: dict[str, Any]) -> HttpResponse:
    """Show what the plan still lacks, and the next step."""
    steps = plan_steps(plan)
    findings = said_findings(plan, shown["figures"], request.membership, request.today)
    context = {
        "steps": steps,
        "next_step": next((step for step in steps if step.state in ("part", "todo")), None),
        "findings": findings[:SHOWN_FINDINGS],
        "findings_left": max(0, len(findings) - SHOWN_FINDINGS),
        "dashboard": Dashboard(plan, shown["figures"], shows_private=False),
    }
    return render(request, "tracking/home/draft.html", shown | context)


def _staff(request: CompanyRequest, plan: Plan, shown: dict[str, Any]) -> HttpResponse:
    """Show the member's lines to log, milestones and the goals that they serve."""
    dashboard = _shown_dashboard(request, plan, shown["figures"])
    month = dashboard.month_in_work
    context = {
        "dashboard": dashboard,
        "goals": _goals(dashboard),
        "month": month,
        "rows": lines_to_log(plan, shown["figures"], request.membership, month) if month else [],
        "milestones": open_milestones(plan, request.membership),
    }
    return render(request, "tracking/home/staff.html", shown | context)


def _dashboard(request: CompanyRequest, plan: Plan, shown: dict[str, Any]) -> HttpResponse:
    """Show the year at a glance; who closes the months sees first what that still needs."""
    member, dashboard = request.membership, _shown_dashboard(request, plan, shown["figures"])
    context = {
        "dashboard": dashboard,
        "is_keeper": member.may(Permission.CLOSE_MONTH) and not member.may(Permission.EDIT_PLAN),
        "ahead": dashboard.review_ahead(request.today),
        "tiles": [(tile, _spark(tile)) for tile in dashboard.tiles],
        "cash_spark": sparkline(
            [closing for _month, closing, _closed in dashboard.cash],
            target=plan.minimum_cash_amount,
        ),
        "revenue_chart": _revenue_chart(dashboard, request),
        "cash_chart": _cash_chart(dashboard, plan),
        "goals": _goals(dashboard),
        "kpis": [(line, _kpi_spark(line)) for line in dashboard.kpis],
        "musts": shown["tasks"][:MUSTS],
    }
    return render(request, "tracking/home/show.html", shown | context)


def _shown_dashboard(request: CompanyRequest, plan: Plan, figures: Figures) -> Dashboard:
    shows_private = request.membership.may(Permission.VIEW_PRIVATE)
    return Dashboard(plan, figures, shows_private=shows_private)


def _spark(tile: TotalTile) -> Any:
    return sparkline(tile.months, tone=tile.tone)


def _kpi_spark(line: KpiLine) -> Any:
    return sparkline(line.months, tone=status_tone(line.row.status))


def _goals(dashboard: Dashboard) -> list[tuple[Any, Any]]:
    return [
        (card, track(card.share, card.mark, status_tone(card.row.status) or "good"))
        for card in dashboard.goals
    ]


def _revenue_chart(dashboard: Dashboard, request: CompanyRequest) -> Any:
    this_month = request.today.replace(day=1)
    return bars(
        [
            BarMonth(
                row.month,
                row.planned,
                row.actual,
                row.forecast,
                is_over=row.is_short,
                is_now=row.month.first_day == this_month,
            )
            for row in dashboard.revenue
        ]
    )


def _cash_chart(dashboard: Dashboard, plan: Plan) -> Any:
    months = [LineMonth(month, closing, not closed) for month, closing, closed in dashboard.cash]
    return lines(months, minimum=plan.minimum_cash_amount, wide=HALF)

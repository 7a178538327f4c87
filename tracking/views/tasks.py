"""What needs doing, as sentences with the way there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from aop.calc.calendar_text import format_month_long
from aop.calc.checks import Finding, plan_checks
from aop.calc.currencies import Currency
from aop.calc.figures import Figures
from aop.calc.money_text import format_short
from aop.calc.months import Month
from aop.tenancy.access import CompanyRequest, company_view
from aop.tenancy.models import Membership
from aop.tenancy.roles import Permission
from budgets.queries.findings import CURES, SaidFinding, say_findings
from planning.models import Plan
from planning.queries.plans import plan_in_use, plans_of
from tracking.queries.report import report_facts
from tracking.queries.tasks import Task, TaskKind, living_findings, tasks_of

FEW_NAMES = 3


@dataclass(frozen=True, slots=True)
class SaidTask:
    """One task as the lists show it."""

    severity: str
    text: str
    note: str
    due: date | None
    url: str
    action: str
    who: str = ""


@require_GET
@company_view(Permission.VIEW_PLAN)
def task_list(request: CompanyRequest) -> HttpResponse:
    plans = list(plans_of(request.company))
    plan = plan_in_use(plans, request.today)
    if plan is None:
        return without_plan(request)
    figures = Figures(report_facts(plan))
    member = request.membership
    tasks = say_tasks(plan, tasks_of(plan, figures, member, request.today), request.today)
    context = {
        "plan": plan,
        "plans": plans,
        "nav_plan": plan,
        "late": [task for task in tasks if task.severity == "error"],
        "others": [task for task in tasks if task.severity != "error"],
        "findings": said_findings(plan, figures, member, request.today),
    }
    return render(request, "tracking/tasks/list.html", context)


def without_plan(request: CompanyRequest) -> HttpResponse:
    """Lead who may start a plan there; tell the others that there is none yet."""
    if request.membership.may(Permission.EDIT_PLAN):
        return redirect("tracking:plan_new", request.company.slug)
    return render(request, "tracking/start/no_plan.html")


def said_findings(
    plan: Plan, figures: Figures, member: Membership, today: date
) -> list[SaidFinding]:
    """Return what the checks find that this member can cure; one query when there is anything."""
    found: list[Finding]
    found = living_findings(figures, today) if plan.is_frozen else plan_checks(figures.facts)
    edits = {Permission.EDIT_PLAN, Permission.EDIT_BUDGET}
    if not any(member.may(one) for one in edits):
        return []
    if not member.may(Permission.EDIT_PLAN):
        found = [one for one in found if CURES[one.code].permission is Permission.EDIT_BUDGET]
    return say_findings(plan, figures, found, member=member) if found else []


def say_tasks(plan: Plan, tasks: list[Task], today: date) -> list[SaidTask]:
    """Put tasks into the language of the page, in their order."""
    return [_say(plan, task, today) for task in tasks]


def _say(plan: Plan, task: Task, today: date) -> SaidTask:
    text, note, action = _WORDS[task.kind](plan, task)
    severity = "info"
    if task.is_overdue(today):
        severity = "error"
    elif task.is_near(today):
        severity = "warning"
    return SaidTask(severity, text, note, task.due, _url(plan, task), action, task.who)


def _url(plan: Plan, task: Task) -> str:
    if task.by_log:
        return reverse("tracking:actual_log", args=[plan.company.slug, plan.fiscal_year])
    name = _PAGES[task.kind]
    where: list[object] = [plan.company.slug, plan.fiscal_year]
    if name in _OF_A_MONTH:
        where.append(task.months[0])
    elif task.kind is TaskKind.DECIDE_ADJUSTMENT:
        where.append(task.code)
    return reverse(name, args=where) + _PLACES.get(task.kind, "") % {"code": task.code}


_PAGES: dict[TaskKind, str] = {
    TaskKind.LOG_LINES: "tracking:actual_month",
    TaskKind.WAIT_FOR_LINES: "tracking:actual_month",
    TaskKind.CLOSE_MONTH: "tracking:review_detail",
    TaskKind.REVIEW_MONTH: "tracking:review_detail",
    TaskKind.MILESTONE: "budgets:action_list",
    TaskKind.LOG_KPIS: "budgets:kpi_list",
    TaskKind.CHECK_ASSUMPTIONS: "planning:direction",
    TaskKind.DECIDE_ADJUSTMENT: "budgets:adjustment_detail",
    TaskKind.LOW_CASH: "tracking:cash",
    TaskKind.FIRED_RISK: "planning:risk_list",
}
_PLACES = {
    TaskKind.MILESTONE: "#%(code)s",
    TaskKind.FIRED_RISK: "#%(code)s",
    TaskKind.CHECK_ASSUMPTIONS: "#assumptions",
}
_OF_A_MONTH = frozenset({"tracking:actual_month", "tracking:review_detail"})
Said = tuple[str, str, str]


def _names(names: tuple[str, ...]) -> str:
    shown = [*names[:FEW_NAMES]]
    if len(names) > FEW_NAMES:
        rest = len(names) - FEW_NAMES
        shown.append(ngettext("%(count)s more", "%(count)s more", rest) % {"count": rest})
    return get_text_list(shown, _("and"))


def _months(months: tuple[Month, ...]) -> str:
    return get_text_list([format_month_long(m, get_language()) for m in months], _("and"))


def _log_lines(_plan: Plan, task: Task) -> Said:
    count = len(task.names)
    text = ngettext(
        "%(count)s line of yours is not logged for %(month)s",
        "%(count)s lines of yours are not logged for %(month)s",
        count,
    ) % {"count": count, "month": _months(task.months)}
    return text, _names(task.names), _("Log")


def _wait_for_lines(_plan: Plan, task: Task) -> Said:
    text = _("Not everybody has logged %(month)s") % {"month": _months(task.months)}
    return text, _("Still missing: %(names)s") % {"names": _names(task.names)}, _("See the lines")


def _close_month(_plan: Plan, task: Task) -> Said:
    text = ngettext(
        "%(months)s is over and still open", "%(months)s are over and still open", len(task.months)
    ) % {"months": _capital(_months(task.months))}
    return text, _("Numbers count once the month is closed."), _("Close month")


def _review_month(_plan: Plan, task: Task) -> Said:
    text = _("Review of %(months)s") % {"months": _months(task.months)}
    return text, _("20 minutes, on prepared numbers"), _("Start review")


def _milestone(_plan: Plan, task: Task) -> Said:
    name, initiative = task.names
    action = _("Mark as done") if task.by_log else _("Go to the initiatives")
    return name, initiative, action


def _log_kpis(_plan: Plan, task: Task) -> Said:
    text = _("KPIs of %(month)s that are logged by hand") % {"month": _months(task.months)}
    return text, _names(task.names), _("Log")


def _check_assumptions(_plan: Plan, task: Task) -> Said:
    count = len(task.names)
    text = ngettext(
        "%(count)s assumption to check: is it still true?",
        "%(count)s assumptions to check: are they still true?",
        count,
    ) % {"count": count}
    return text, task.names[0], _("Check")


def _decide_adjustment(_plan: Plan, task: Task) -> Said:
    text = _("Adjustment %(number)s waits for your decision") % {"number": task.code}
    return text, task.names[0], _("Look at it")


def _low_cash(plan: Plan, task: Task) -> Said:
    if task.low is None:
        raise ValueError("a task about low cash names the month")
    currency, language = Currency.of(plan.company.currency), get_language()
    values = {
        "amount": format_short(task.low.closing, currency, language),
        "month": format_month_long(task.low.month, language),
        "gap": format_short(-task.low.gap_to_minimum, currency, language),
    }
    text = _("Cash falls to %(amount)s in %(month)s") % values
    return text, _("%(gap)s below the minimum") % values, _("See the cash")


def _fired_risk(_plan: Plan, task: Task) -> Said:
    text = _("Risk has arrived: %(risk)s") % {"risk": task.names[0]}
    note = _("It fired in %(month)s. Do what you prepared, or say why not.")
    return text, note % {"month": _months(task.months)}, _("Go to the risks")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_WORDS: dict[TaskKind, Callable[[Plan, Task], Said]] = {
    TaskKind.LOG_LINES: _log_lines,
    TaskKind.WAIT_FOR_LINES: _wait_for_lines,
    TaskKind.CLOSE_MONTH: _close_month,
    TaskKind.REVIEW_MONTH: _review_month,
    TaskKind.MILESTONE: _milestone,
    TaskKind.LOG_KPIS: _log_kpis,
    TaskKind.CHECK_ASSUMPTIONS: _check_assumptions,
    TaskKind.DECIDE_ADJUSTMENT: _decide_adjustment,
    TaskKind.LOW_CASH: _low_cash,
    TaskKind.FIRED_RISK: _fired_risk,
}

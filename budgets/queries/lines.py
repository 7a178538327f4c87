"""Budget lines as a member may see them, with their months."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from aop.calc.months import Month
from aop.tenancy.models import AuditEntry, Company, Membership
from aop.tenancy.roles import Permission
from budgets.models import BudgetLine, LineMonth, PlanMonth
from planning.models import Plan


def lines_of(plan: Plan) -> QuerySet[BudgetLine]:
    """Return every line of the plan in order, with what the pages name beside it."""
    lines = BudgetLine.objects.for_company(plan.company).filter(plan=plan)
    return lines.select_related("driver", "channel", "owner")


def visible_lines(plan: Plan, member: Membership) -> QuerySet[BudgetLine]:
    """Return the lines that the member may know of: private ones need their own permission."""
    lines = lines_of(plan)
    if member.may(Permission.VIEW_PRIVATE):
        return lines
    return lines.filter(is_private=False)


def grouped(lines: Iterable[BudgetLine]) -> list[list[BudgetLine]]:
    """Return the lines by group, both in order; a line without a group stands with its kind."""
    found: dict[str, list[BudgetLine]] = {}
    for line in lines:
        found.setdefault(line.heading, []).append(line)
    return list(found.values())


def months_of(line: BudgetLine) -> dict[Month, LineMonth]:
    """Return the stored months of a line; one that nobody touched is missing."""
    rows = LineMonth.objects.for_company(line.company).filter(line=line)
    return {Month.of(row.first_day): row for row in rows}


def versions_of(company: Company, line_ids: Iterable[int]) -> dict[tuple[int, date], int]:
    """Return the version of each stored line-month of some lines."""
    rows = LineMonth.objects.for_company(company).filter(line__in=list(line_ids)).order_by()
    return {
        (line_id, first_day): version
        for line_id, first_day, version in rows.values_list("line_id", "first_day", "version")
    }


def plan_months(plan: Plan) -> list[PlanMonth]:
    """Return the twelve months of the plan in order, with their state."""
    return list(PlanMonth.objects.for_company(plan.company).filter(plan=plan))


def open_months(plan: Plan) -> list[Month]:
    """Return the months of the plan that are not closed."""
    return [Month.of(row.first_day) for row in plan_months(plan) if not row.is_closed]


def history_of(line: BudgetLine) -> QuerySet[AuditEntry]:
    """Return what the history holds of a line, the newest first."""
    return AuditEntry.objects.for_company(line.company).filter(
        subject_type=line._meta.label_lower, subject_id=line.pk
    )

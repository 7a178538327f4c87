"""What the tests of the budget's pages share: addresses, a filled budget, roles."""

from typing import Any

from django.urls import reverse

from budgets.models import BudgetLine, LineMonth
from planning.models import Plan, PlanStatus
from tests.factories import make_line


def address(plan: Plan, name: str, **kwargs: Any) -> str:
    """Return the address of a page of the budget."""
    known = {"company_slug": plan.company.slug, "year": plan.fiscal_year}
    return reverse(f"budgets:{name}", kwargs=known | kwargs)


def filled_line(plan: Plan, kind: str, monthly_amount: int, **values: Any) -> BudgetLine:
    """Create a line with the same amount in every month."""
    line = make_line(plan, values.pop("name", kind.capitalize()), kind=kind, **values)
    LineMonth.objects.bulk_create(
        LineMonth(
            company=plan.company,
            line=line,
            first_day=month.first_day,
            planned_amount=monthly_amount,
        )
        for month in plan.year
    )
    return line


def approve(plan: Plan) -> None:
    """Put the plan in force without the checks of the real approval; keep its baseline."""
    plan.status, plan.approved_on = PlanStatus.APPROVED, plan.first_day
    plan.save()
    for line in plan.lines.all():
        for row in line.months.all():
            row.baseline_amount = row.planned_amount
            row.save()

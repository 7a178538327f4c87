"""Which months of a plan are closed, and which one is being worked on."""

from aop.calc.months import Month
from budgets.models import PlanMonth
from budgets.queries.facts import last_closed
from planning.models import Plan


def closed_through(plan: Plan) -> Month | None:
    """Return the last month up to which all months are closed; None before the first close."""
    return last_closed(PlanMonth.objects.for_company(plan.company).filter(plan=plan))


def closed_months(plan: Plan) -> frozenset[Month]:
    """Return every closed month, those behind a reopened one too."""
    months = PlanMonth.objects.for_company(plan.company).filter(plan=plan)
    closed = months.exclude(closed_at=None).values_list("first_day", flat=True)
    return frozenset(Month.of(first_day) for first_day in closed)


def month_in_work(plan: Plan) -> Month:
    """Return the first open month of the year, or the last month when all twelve are closed."""
    closed = closed_months(plan)
    return next((month for month in plan.year if month not in closed), plan.year.last)

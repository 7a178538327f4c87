"""Which months of a plan are closed, and which one is being worked on."""

from aop.calc.months import Month
from budgets.models import PlanMonth
from budgets.queries.facts import last_closed
from planning.models import Plan


def closed_through(plan: Plan) -> Month | None:
    """Return the last month up to which all months are closed; None before the first close."""
    return last_closed(PlanMonth.objects.for_company(plan.company).filter(plan=plan))


def open_month(plan: Plan) -> Month | None:
    """Return the first open month of the year; None when all twelve are closed."""
    closed = closed_through(plan)
    following = closed.plus(1) if closed else plan.year.first
    return following if following in plan.year else None

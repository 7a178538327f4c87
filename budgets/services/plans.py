"""Plans: a year begins as an empty draft with its twelve open months."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.calc.months import FiscalYear, Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Company, Membership
from budgets.models import PlanMonth
from planning.models import Plan


@transaction.atomic
def create_plan(
    company: Company, *, first_month: Month, fiscal_year: int, actor: Membership
) -> Plan:
    """Start the plan of one fiscal year: a draft without lines, all its months open.

    Raises:
        RuleViolation: The year has its plan already, its months belong to the plan of another
            year, or the label is neither the year it starts in nor the one it ends in.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    year = FiscalYear(first_month)
    _check_label(year, fiscal_year)
    _refuse_twice(company, year, fiscal_year)
    plan = Plan(company=company, fiscal_year=fiscal_year, first_month=first_month.first_day)
    plan.full_clean()
    plan.save()
    PlanMonth.objects.bulk_create(
        PlanMonth(company=company, plan=plan, first_day=month.first_day) for month in year
    )
    changes = {"first_month": (None, first_month.first_day)}
    audit.record("budgets.plan.created", plan, actor=actor, changes=changes)
    return plan


def _check_label(year: FiscalYear, label: int) -> None:
    if label not in (year.first.year, year.last.year):
        raise RuleViolation(
            _("A fiscal year is named after the year it starts or ends in."), field="fiscal_year"
        )


def _refuse_twice(company: Company, year: FiscalYear, label: int) -> None:
    for plan in Plan.objects.for_company(company):
        if plan.fiscal_year == label:
            raise RuleViolation(
                _("There is already a plan %(year)s.") % {"year": label}, field="fiscal_year"
            )
        if abs(plan.year.first.minus(year.first)) < len(year.months):
            raise RuleViolation(
                _("Some of these months belong to the plan %(year)s already.")
                % {"year": plan.fiscal_year},
                field="first_month",
            )

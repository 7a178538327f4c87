import pytest

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Company, Membership
from budgets.models import PlanMonth
from budgets.services.plans import create_plan
from planning.models import Plan, PlanStatus
from tests.factories import make_company, make_plan


def test_it_starts_an_empty_draft_with_twelve_open_months(
    company: Company, owner: Membership
) -> None:
    plan = create_plan(company, first_month=Month(2026, 4), fiscal_year=2026, actor=owner)

    months = [
        (str(Month.of(row.first_day)), row.is_closed)
        for row in PlanMonth.objects.for_company(company).filter(plan=plan)
    ]
    assert plan.status == PlanStatus.DRAFT
    assert months == [(str(Month(2026, 4).plus(step)), False) for step in range(12)]
    assert plan.lines.count() == 0


def test_it_leaves_a_line_in_the_history(company: Company, owner: Membership) -> None:
    create_plan(company, first_month=Month(2026, 1), fiscal_year=2026, actor=owner)

    entry = AuditEntry.objects.for_company(company).get()
    assert (entry.action, entry.plan_year) == ("budgets.plan.created", 2026)


@pytest.mark.parametrize(
    ("first", "label"),
    [
        (Month(2026, 4), 2026),
        (Month(2026, 4), 2027),
        (Month(2026, 10), 2027),
        (Month(2027, 1), 2027),
    ],
)
def test_a_year_is_named_after_its_start_or_its_end(
    first: Month, label: int, company: Company, owner: Membership
) -> None:
    plan = create_plan(company, first_month=first, fiscal_year=label, actor=owner)

    assert plan.fiscal_year == label


@pytest.mark.parametrize(
    ("first", "label", "field"),
    [
        (Month(2026, 4), 2025, "fiscal_year"),
        (Month(2026, 1), 2027, "fiscal_year"),
        (Month(2026, 1), 2026, "fiscal_year"),
        (Month(2026, 12), 2027, "first_month"),
        (Month(2025, 2), 2025, "first_month"),
    ],
)
def test_it_refuses_a_year_that_does_not_fit(
    first: Month, label: int, field: str, company: Company, owner: Membership
) -> None:
    make_plan(company, 2026, Month(2026, 1))

    with pytest.raises(RuleViolation) as refused:
        create_plan(company, first_month=first, fiscal_year=label, actor=owner)

    assert refused.value.field == field
    assert Plan.objects.for_company(company).count() == 1


def test_the_plans_of_another_company_do_not_count(company: Company, owner: Membership) -> None:
    make_plan(make_company("other-shop"), 2026)

    plan = create_plan(company, first_month=Month(2026, 1), fiscal_year=2026, actor=owner)

    assert plan.company == company

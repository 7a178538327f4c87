from datetime import date

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.models import Company
from planning.queries.plans import plan_in_use, plans_of
from tests.factories import make_company, make_plan


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2025, 3, 31), 2026),
        (date(2025, 4, 1), 2025),
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2030, 1, 1), 2026),
    ],
)
def test_it_is_the_plan_of_the_day_else_the_newest(
    today: date, year: int, company: Company
) -> None:
    make_plan(company, 2025, Month(2025, 4))
    make_plan(company, 2026, Month(2026, 4))
    make_plan(make_company("other-shop"), 2030)

    plan = plan_in_use(plans_of(company), today)

    assert plan is not None
    assert plan.fiscal_year == year


def test_there_may_be_none(company: Company) -> None:
    assert plan_in_use(plans_of(company), date(2026, 1, 1)) is None


def test_pages_without_a_plan_lead_to_it(company: Company, as_owner: Client) -> None:
    make_plan(company)

    response = as_owner.get(f"/c/{company.slug}/members/")

    assert response.context["nav_plan"].fiscal_year == 2026
    assert [plan.fiscal_year for plan in response.context["plans"]] == [2026]

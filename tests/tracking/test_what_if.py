"""What-if: one change, before and after, and nothing is kept."""

from decimal import Decimal

import pytest
from django.core import serializers
from django.test import Client

from aop.calc.lines import LineKind
from aop.calc.months import Month
from aop.calc.scenario import Change
from aop.tenancy.roles import Role
from budgets.models import LineMonth
from planning.models import Plan
from tests.factories import close_month, make_goal, make_kpi, make_line, make_year
from tests.tracking.conftest import Reader
from tracking.queries.report import report_facts
from tracking.queries.what_if import try_change

PAGE = "/c/babycare/2026/what-if/"
LESS = "?kind=revenue&ratio=-15&first=2026-11"
NOVEMBER = Month(2026, 11)


def test_it_sees_a_change_through_to_profit_and_cash(sample_plan: Plan, db: None) -> None:
    change = Change(LineKind.REVENUE, Decimal("-0.15"), NOVEMBER)

    tried = try_change(report_facts(sample_plan), change, shows_private=True)

    assert tried.planned_revenue.before == 7_200_000_000
    assert tried.planned_revenue.difference == -206_280_000  # 15 % of 676.8 m + 698.4 m
    assert tried.operating_profit.before == -45_469_481
    assert tried.operating_profit.after is not None
    assert tried.operating_profit.after < -45_469_481
    assert tried.lowest_cash.before == 207_755_770
    assert tried.lowest_cash_at_pace.before == 180_907_394
    assert tried.goals[0].name == "Tăng doanh thu tổng 20%"


def test_it_changes_nothing_by_nothing(sample_plan: Plan, db: None) -> None:
    change = Change(LineKind.MARKETING, Decimal(0), NOVEMBER)

    tried = try_change(report_facts(sample_plan), change, shows_private=True)

    assert tried.operating_profit.difference == 0
    assert tried.lowest_cash.difference == 0
    assert all(not end.effect.difference for end in tried.goals)


def test_it_says_how_the_year_stands_without_a_change(sample_plan: Plan, db: None) -> None:
    tried = try_change(report_facts(sample_plan), None, shows_private=True)

    assert tried.after is None
    assert (tried.revenue.before, tried.revenue.after) == (7_061_013_958, None)


def test_it_answers_in_a_sentence(reader: Reader) -> None:
    response = reader(Role.VIEWER).get(PAGE + LESS)

    assert response.status_code == 200
    assert "Revenue −15.0% from November" in response.text
    assert "−103,556,802" in response.text
    assert "below the minimum" in response.text


def test_it_stores_nothing(reader: Reader, sample_plan: Plan) -> None:
    def stored() -> str:
        rows = LineMonth.objects.for_company(sample_plan.company).order_by("pk")
        return str(serializers.serialize("json", rows))

    before = stored()
    reader(Role.OWNER).get(PAGE + LESS)

    assert stored() == before


@pytest.mark.parametrize(
    "query",
    [
        "?kind=revenue&ratio=x&first=2026-11",
        "?kind=revenue&ratio=-101&first=2026-11",
        "?kind=revenue&ratio=5&first=2026-10",
        "?kind=contingency&ratio=5&first=2026-11",
        "?kind=revenue",
    ],
)
def test_it_refuses_what_cannot_be_tried(query: str, reader: Reader) -> None:
    response = reader(Role.OWNER).get(PAGE + query)

    assert response.status_code == 422
    assert response.context["change"] is None
    assert response.context["form"].errors


def test_it_offers_open_months_and_the_kinds_of_the_plan(reader: Reader) -> None:
    fields = reader(Role.OWNER).get(PAGE).context["form"].fields

    assert [value for value, _label in fields["first"].choices] == ["2026-11", "2026-12"]
    assert "contingency" not in dict(fields["kind"].choices)
    assert "financing" not in dict(fields["kind"].choices)


def test_it_works_on_a_draft(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan, kind="revenue"))

    response = as_owner.get("/c/babycare-house/2026/what-if/?kind=revenue&ratio=10&first=2026-01")

    assert response.context["tried"].planned_revenue.difference == 12_000_000


def test_it_says_so_when_the_year_is_over(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan, kind="revenue"))
    for month in plan.year:
        close_month(plan, month)

    response = as_owner.get("/c/babycare-house/2026/what-if/")

    assert response.status_code == 200
    assert response.context["months"] == []


def test_it_has_nothing_to_try_without_lines(plan: Plan, as_viewer: Client) -> None:
    assert as_viewer.get("/c/babycare-house/2026/what-if/").status_code == 200


def test_it_hides_a_goal_that_would_tell_a_private_line(plan: Plan) -> None:
    make_year(make_line(plan, code="SAL", kind="opex", is_private=True))
    make_goal(plan, kpi=make_kpi(plan, measure={"total": ["SAL"]}))
    facts = report_facts(plan)

    shown, hidden = (try_change(facts, None, shows_private=may).goals for may in (True, False))

    assert (len(shown), len(hidden)) == (1, 0)


def test_it_is_hidden_from_others(as_outsider: Client, sample_plan: Plan) -> None:
    assert as_outsider.get(PAGE).status_code == 404

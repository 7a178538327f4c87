"""Cash by month: as planned and at pace, against the minimum, counted against computed."""

from itertools import pairwise

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.roles import Role
from budgets.models import PlanMonth
from planning.models import Plan
from tests.factories import close_month, make_line, make_month, make_year
from tests.tracking.conftest import Reader
from tracking.queries.cash import CashPage, Course

PAGE = "/c/babycare/2026/cash/"
EMPTY = "/c/babycare-house/2026/cash/"


def test_it_knows_the_lowest_open_months(sample_plan: Plan, db: None) -> None:
    page = CashPage(sample_plan)

    assert page.lowest_open is not None
    assert page.lowest_open_at_pace is not None
    assert (str(page.lowest_open.month), page.lowest_open.closing) == ("2026-11", 207_755_770)
    low = page.lowest_open_at_pace
    assert (str(low.month), low.closing, low.gap_to_minimum) == (
        "2026-12",
        180_907_394,
        -19_092_606,
    )


def test_it_carries_the_cash_from_month_to_month(sample_plan: Plan, db: None) -> None:
    rows = CashPage(sample_plan).rows

    assert [row.is_closed for row in rows] == [True] * 10 + [False] * 2
    assert rows[5].cash.closing == 228_190_746
    assert [str(row.month) for row in rows if row.is_below] == ["2026-07"]
    for before, after in pairwise(rows):
        assert after.cash.opening == before.cash.closing


def test_it_sets_both_courses_side_by_side(sample_plan: Plan, db: None) -> None:
    planned, paced = CashPage(sample_plan), CashPage(sample_plan, Course.PACE)

    assert [row.other for row in planned.rows] == [row.cash for row in paced.rows]
    assert [row.other for row in paced.rows] == [row.cash for row in planned.rows]


def test_it_starts_again_from_what_was_counted(plan: Plan) -> None:
    line = make_line(plan, kind="opex")
    make_month(line, Month(2026, 1), 10_000_000, actual_amount=10_000_000)
    close_month(plan, Month(2026, 1))
    month = PlanMonth.objects.for_company(plan.company).get(plan=plan, first_day="2026-01-01")
    month.cash_counted_amount = 300_000_000
    month.save()

    january = CashPage(plan).rows[0].cash

    assert (january.closing, january.unexplained) == (300_000_000, -10_000_000)
    assert CashPage(plan).rows[1].cash.opening == 300_000_000
    assert CashPage(plan).has_counts


def test_it_shows_what_was_counted(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan, kind="opex"))
    close_month(plan, Month(2026, 1))
    PlanMonth.objects.for_company(plan.company).filter(first_day="2026-01-01").update(
        cash_counted_amount=300_000_000
    )

    response = as_owner.get(EMPTY)

    assert response.context["page"].has_counts
    assert "−20,0" in response.text or "−20.0" in response.text


@pytest.mark.parametrize("course", ["", "?course=plan", "?course=pace", "?course=x"])
def test_it_shows_twelve_months(course: str, reader: Reader) -> None:
    response = reader(Role.VIEWER).get(PAGE + course)

    assert response.status_code == 200
    assert len(response.context["rows"]) == 12
    assert "Amounts exclude VAT" in response.text


def test_it_says_where_the_opening_cash_is_typed(plan: Plan, as_owner: Client) -> None:
    plan.opening_cash_amount = plan.minimum_cash_amount = None
    plan.save()
    make_year(make_line(plan, kind="revenue"))

    text = as_owner.get(EMPTY).text

    assert text.count("/2026/direction/#direction-form") == 2


def test_it_says_so_when_no_money_moves(plan: Plan, as_viewer: Client) -> None:
    make_year(make_line(plan, kind="cogs", cash_lag=""))

    response = as_viewer.get(EMPTY)

    assert response.status_code == 200
    assert not response.context["page"].moves


def test_it_marks_loans_apart(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan, kind="financing"), 5_000_000)

    page = as_owner.get(EMPTY).context["page"]

    assert page.has_financing
    assert page.rows[0].cash.closing == 325_000_000


def test_it_is_hidden_from_others(as_outsider: Client, sample_plan: Plan) -> None:
    assert as_outsider.get(PAGE).status_code == 404

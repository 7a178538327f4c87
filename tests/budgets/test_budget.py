"""The budget page: whose numbers it shows, how, and what it costs."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from aop.calc.months import Month
from aop.tenancy.models import Membership
from planning.models import Plan
from tests.budgets.pages import address, approve, filled_line
from tests.factories import close_month, make_line, make_month

MOST_QUERIES = 25


def budget_text(client: Client, plan: Plan, **query: str) -> str:
    answer = client.get(address(plan, "budget"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_groups_totals_and_cash(as_owner: Client, plan: Plan) -> None:
    filled_line(plan, "revenue", 100_000_000, name="Doanh thu cửa hàng")
    filled_line(plan, "cogs", 60_000_000, cash_lag="")
    filled_line(plan, "opex", 30_000_000, name="Thuê mặt bằng")

    table = as_owner.get(address(plan, "budget")).context["sheet"]

    assert {row.key: row.year.text for row in table.totals} == {
        "revenue": "1.200,0",
        "gross_profit": "480,0",
        "gross_margin": "40,0\N{NO-BREAK SPACE}%",
        "operating_costs": "360,0",
        "operating_profit": "120,0",
    }
    assert table.foot[-1].cells[0].text == "390,0"


def test_it_tells_no_plan_from_0(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    make_month(line, Month(2026, 1), 0)

    cells = as_owner.get(address(plan, "budget")).context["groups"][0].rows[0].cells

    assert [cell.text for cell in cells[:2]] == ["0,0", ""]
    assert 'placeholder="–"' in budget_text(as_owner, plan)


def test_it_marks_cash_below_the_minimum(as_owner: Client, plan: Plan) -> None:
    filled_line(plan, "opex", 50_000_000)

    cash = as_owner.get(address(plan, "budget")).context["foot"][-1]

    assert [bool(cell.word) for cell in cash.cells[:4]] == [False, False, True, True]


def test_it_shows_an_approved_plan_as_text_with_the_reason(as_owner: Client, plan: Plan) -> None:
    filled_line(plan, "opex", 50_000_000)
    approve(plan)

    text = budget_text(as_owner, plan)

    assert "data-version" not in text
    assert address(plan, "adjustment_add") in text


def test_it_locks_closed_months(as_owner: Client, plan: Plan) -> None:
    filled_line(plan, "opex", 50_000_000)
    close_month(plan, Month(2026, 1))

    cells = as_owner.get(address(plan, "budget")).context["groups"][0].rows[0].cells

    assert [cell.is_locked for cell in cells[:2]] == [True, False]


def test_it_shows_computed_lines_as_text(as_owner: Client, plan: Plan) -> None:
    revenue = filled_line(plan, "revenue", 100_000_000)
    filled_line(plan, "variable", 11_000_000, driver=revenue, driver_ratio="0.11")

    rows = [group.rows[0] for group in as_owner.get(address(plan, "budget")).context["groups"]]

    assert [row.is_typed for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("view", "expected"),
    [("plan", "10,0"), ("actual", "12,0"), ("variance", "+2,0"), ("last_year", "9,0")],
)
def test_it_shows_four_sorts_of_numbers(
    as_owner: Client, plan: Plan, view: str, expected: str
) -> None:
    line = make_line(plan)
    make_month(
        line, planned_amount=10_000_000, actual_amount=12_000_000, last_year_amount=9_000_000
    )
    approve(plan)
    close_month(plan, Month(2026, 1))

    rows = as_owner.get(address(plan, "budget"), {"view": view}).context["groups"][0].rows

    assert rows[0].cells[0].text == expected


def test_it_says_in_words_what_a_large_variance_means(as_owner: Client, plan: Plan) -> None:
    plan.materiality_amount = 5_000_000
    line = make_line(plan, kind="opex")
    make_month(line, planned_amount=10_000_000, actual_amount=40_000_000)
    make_month(line, Month(2026, 2), planned_amount=10_000_000, actual_amount=11_000_000)
    approve(plan)
    for number in (1, 2):
        close_month(plan, Month(2026, number))

    rows = as_owner.get(address(plan, "budget"), {"view": "variance"}).context["groups"][0].rows

    assert [cell.tone for cell in rows[0].cells[:2]] == ["adv", ""]


@pytest.mark.parametrize(
    ("unit", "expected"), [("1", "12.345.678"), ("1000", "12.345,7"), ("7", "12,3")]
)
def test_it_shows_the_chosen_unit(as_owner: Client, plan: Plan, unit: str, expected: str) -> None:
    make_month(make_line(plan), planned_amount=12_345_678)

    rows = as_owner.get(address(plan, "budget"), {"unit": unit}).context["groups"][0].rows

    assert rows[0].cells[0].text == expected


def test_it_hides_private_lines_but_keeps_the_sums_true(
    as_staff: Client, as_owner: Client, plan: Plan
) -> None:
    filled_line(plan, "opex", 10_000_000, name="Thuê mặt bằng")
    filled_line(plan, "opex", 77_000_000, name="Lương nhân viên", is_private=True)
    filled_line(plan, "opex", 8_000_000, name="Bảo hiểm", is_private=True)

    text = budget_text(as_staff, plan)

    assert "Lương nhân viên" not in text
    assert "77,0" not in text
    assert "85,0" in text
    assert "95,0" in text
    assert "77,0" in budget_text(as_owner, plan)


def test_it_shows_no_sum_that_is_one_private_line(as_viewer: Client, plan: Plan) -> None:
    filled_line(plan, "opex", 10_000_000, name="Thuê mặt bằng")
    filled_line(plan, "opex", 77_000_000, name="Lương nhân viên", is_private=True)

    group = as_viewer.get(address(plan, "budget")).context["groups"][0]

    assert (group.sums, group.private, group.private_count) == (None, None, 1)


def test_it_leads_from_an_empty_budget_to_the_usual_lines(as_owner: Client, plan: Plan) -> None:
    assert address(plan, "line_start") in budget_text(as_owner, plan)


def test_it_names_lines_without_amounts(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan, "Quảng cáo")

    missing = as_owner.get(address(plan, "budget")).context["missing"]

    assert address(plan, "line_detail", line_id=line.pk) in [item["url"] for item in missing]


def test_it_answers_htmx_with_the_sheet_alone(as_owner: Client, plan: Plan) -> None:
    make_line(plan)

    answer = as_owner.get(address(plan, "budget"), headers={"HX-Request": "true"})

    assert answer.content.decode().lstrip().startswith('<section class="card c12 sheet"')
    assert "HX-Request" in answer["Vary"]


def test_it_is_not_there_for_outsiders(as_outsider: Client, plan: Plan) -> None:
    assert as_outsider.get(address(plan, "budget")).status_code == 404


def test_it_only_takes_get(as_owner: Client, plan: Plan) -> None:
    assert as_owner.post(address(plan, "budget")).status_code == 405


def test_it_asks_the_database_the_same_for_10_and_200_lines(
    as_owner: Client, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        filled_line(plan, "opex", 1_000_000, name=f"Khoản {number}", group=f"{number % 3}")
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        budget_text(as_owner, plan)
    for number in range(190):
        filled_line(plan, "opex", 1_000_000, name=f"Thêm {number}", group=f"{number % 9}")

    with django_assert_max_num_queries(MOST_QUERIES) as many:
        text = budget_text(as_owner, plan)

    assert len(many) == len(few)
    assert "page=2" in text


def test_it_names_lines_in_the_language_of_the_page(
    as_owner: Client, plan: Plan, owner: Membership
) -> None:
    make_line(plan, "Tiền thuê", name_en="Rent")
    assert "Tiền thuê" in budget_text(as_owner, plan)

    owner.user.language = "en"
    owner.user.save()

    assert "Rent" in budget_text(as_owner, plan)

"""One cell of the table, saved with the version that was seen."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, LineMonth
from budgets.services.months import set_planned
from planning.models import Plan
from tests.budgets.pages import address, approve, filled_line
from tests.factories import close_month, make_line

MARCH = Month(2026, 3)


def save(client: Client, line: BudgetLine, text: str, /, **values: Any) -> Any:
    sent = {"line": line.pk, "month": 3, "version": 1, "unit": 1_000_000, "text": text, **values}
    return client.post(address(line.plan, "cell_save"), sent)


def stored(line: BudgetLine) -> int | None:
    return (
        LineMonth.objects.for_company(line.company)
        .get(line=line, first_day=MARCH.first_day)
        .planned_amount
    )


def test_it_saves_in_the_unit_of_the_table(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)

    answer = save(as_owner, line, "12,5").json()

    assert stored(line) == 12_500_000
    assert (answer["value"], answer["display"], answer["version"]) == (12_500_000, "12,5", 2)


def test_it_takes_a_unit_word_before_the_unit_of_the_table(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)

    save(as_owner, line, "350k")

    assert stored(line) == 350_000


def test_it_gives_back_what_can_be_typed_again(as_owner: Client, plan: Plan) -> None:
    answer = save(as_owner, make_line(plan), "12.345.678đ").json()

    assert (answer["display"], answer["exact"]) == ("12,3", "12,345678")


def test_it_empties_a_cell(as_owner: Client, plan: Plan) -> None:
    line = filled_line(plan, "opex", 5_000_000)

    answer = save(as_owner, line, " ").json()

    assert stored(line) is None
    assert (answer["value"], answer["display"]) == (None, "")


def test_it_tells_the_sums_anew(as_owner: Client, plan: Plan) -> None:
    line = filled_line(plan, "revenue", 10_000_000)

    answer = save(as_owner, line, "20").json()

    assert answer["years"] == {f"l{line.pk}": "130,0"}
    assert "130,0" in answer["parts"]["budget-totals"]
    assert "130,0" in answer["parts"]["g0"]
    assert set(answer["parts"]) == {"budget-summary", "budget-totals", "budget-foot", "g0"}


def test_it_tells_what_follows_the_cell(as_owner: Client, plan: Plan) -> None:
    revenue = make_line(plan, kind="revenue")
    fee = make_line(plan, kind="variable", driver=revenue, driver_ratio=Decimal("0.1"))

    cells = save(as_owner, revenue, "50").json()["cells"]

    assert [(cell["row"], cell["column"], cell["display"]) for cell in cells] == [
        (f"l{revenue.pk}", 3, "50,0"),
        (f"l{fee.pk}", 3, "5,0"),
    ]


@pytest.mark.parametrize("text", ["mười hai", "-5", "12,5,5", "1,250"])
def test_it_refuses_what_is_no_amount(as_owner: Client, plan: Plan, text: str) -> None:
    answer = save(as_owner, make_line(plan), text)

    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not LineMonth.objects.for_company(plan.company).exists()


def test_it_tells_who_was_faster(as_owner: Client, plan: Plan, accountant: Membership) -> None:
    line = make_line(plan)
    set_planned(line.pk, MARCH, 7_000_000, 1, actor=accountant)

    answer = save(as_owner, line, "9")

    assert answer.status_code == 409
    found = answer.json()
    assert (found["theirs"], found["version"], found["who"]) == ("7,0", 2, "Accountant")
    assert "Accountant" in found["message"]
    assert stored(line) == 7_000_000


def test_it_keeps_mine_once_theirs_was_seen(
    as_owner: Client, plan: Plan, accountant: Membership
) -> None:
    line = make_line(plan)
    set_planned(line.pk, MARCH, 7_000_000, 1, actor=accountant)

    save(as_owner, line, "9", version=2)

    assert stored(line) == 9_000_000


def test_it_refuses_an_approved_plan(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    approve(plan)

    assert save(as_owner, line, "9").status_code == 422


def test_it_refuses_a_closed_month(as_owner: Client, plan: Plan) -> None:
    line = make_line(plan)
    close_month(plan, MARCH)

    assert save(as_owner, line, "9").status_code == 422


@pytest.mark.parametrize("broken", [{"month": 13}, {"line": 0}, {"version": ""}])
def test_it_refuses_a_cell_that_is_none(
    as_owner: Client, plan: Plan, broken: dict[str, Any]
) -> None:
    assert save(as_owner, make_line(plan), "9", **broken).status_code == 422


def test_it_does_not_touch_another_company(
    as_owner: Client, plan: Plan, outsider: Membership, as_outsider: Client
) -> None:
    line = make_line(plan)

    assert save(as_outsider, line, "9").status_code == 404
    assert not LineMonth.objects.for_company(plan.company).exists()


@pytest.mark.parametrize("client_name", ["as_staff", "as_viewer"])
def test_it_is_for_owner_and_accountant(
    request: pytest.FixtureRequest, plan: Plan, client_name: str
) -> None:
    client: Client = request.getfixturevalue(client_name)

    assert save(client, make_line(plan), "9").status_code == 403


def test_it_only_takes_post(as_owner: Client, plan: Plan) -> None:
    assert as_owner.get(address(plan, "cell_save")).status_code == 405


def test_it_costs_the_same_for_10_and_200_lines(
    as_owner: Client, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    line = filled_line(plan, "opex", 1_000_000)
    with django_assert_max_num_queries(25) as few:
        save(as_owner, line, "2")
    for number in range(199):
        filled_line(plan, "opex", 1_000_000, name=f"Thêm {number}")

    with django_assert_max_num_queries(25) as many:
        save(as_owner, line, "3", version=2)

    assert len(many) == len(few)

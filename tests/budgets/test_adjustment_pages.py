"""Adjustments: their pages."""

from typing import Any

import pytest
from django.test import Client

from budgets.models import Adjustment, BudgetLine
from planning.models import Plan
from tests.budgets.adjusting import JULY, MILLION, line_of, planned
from tests.budgets.pages import address, filled_line
from tests.factories import (
    close_month,
    make_adjustment,
    make_goal,
    make_line,
    make_move,
)


def typed(plan: Plan, **values: str) -> dict[str, str]:
    return {
        "reason": "Giá nhập tăng",
        "trade_off": "Bớt quảng cáo",
        "effective_from": "2026-07",
        "take-0-line": str(line_of(plan, "MKT").pk),
        "take-0-first": "2026-07",
        "take-0-last": "2026-09",
        "take-0-amount": "1tr",
        "give-0-line": str(line_of(plan, "PUR").pk),
        "give-0-first": "2026-07",
        "give-0-amount": "3tr",
        **values,
    }


def test_staff_propose_rows_of_months(as_staff: Client, plan: Plan, ads: BudgetLine) -> None:
    goal = make_goal(plan)

    answer = as_staff.post(address(plan, "adjustment_add"), typed(plan, goals=str(goal.pk)))

    adjustment = Adjustment.objects.for_company(plan.company).get()
    assert answer.headers["Location"] == address(plan, "adjustment_detail", number=1)
    assert sorted(adjustment.moves.values_list("amount", flat=True)) == [
        *[-MILLION] * 3,
        3 * MILLION,
    ]
    assert [link.goal for link in adjustment.goal_links.all()] == [goal]


def test_it_marks_the_row_that_cannot_be_read(
    as_owner: Client, plan: Plan, ads: BudgetLine
) -> None:
    answer = as_owner.post(address(plan, "adjustment_add"), typed(plan, **{"give-0-amount": "?"}))

    assert answer.status_code == 422
    assert answer.context["form"].give[0].errors["amount"]


@pytest.mark.parametrize("name", ["reason", "trade_off"])
def test_it_asks_why_and_for_what(as_owner: Client, plan: Plan, ads: BudgetLine, name: str) -> None:
    answer = as_owner.post(address(plan, "adjustment_add"), typed(plan, **{name: " "}))

    assert answer.status_code == 422
    assert answer.context["form"].errors[name]


def test_it_offers_no_cost_of_goods_and_no_private_line(
    as_staff: Client, plan: Plan, ads: BudgetLine
) -> None:
    filled_line(plan, "opex", 5, name="Lương", is_private=True)

    text = as_staff.get(address(plan, "adjustment_add")).content.decode()

    assert "Quảng cáo" in text
    assert "Giá vốn" not in text
    assert "Lương" not in text


def test_it_shows_the_effect_while_it_is_typed(
    as_staff: Client, plan: Plan, ads: BudgetLine
) -> None:
    answer = as_staff.post(address(plan, "adjustment_preview"), typed(plan, reason=""))

    effect = answer.context["effect"].rows[0]
    assert (effect.before, effect.after, effect.delta) == ("720,0", "723,0", "+3,0")
    assert answer.context["spending"] == 0
    assert not Adjustment.objects.for_company(plan.company).exists()


def test_it_says_while_typing_what_stands_in_the_way(
    as_staff: Client, plan: Plan, ads: BudgetLine
) -> None:
    answer = as_staff.post(
        address(plan, "adjustment_preview"), typed(plan, **{"give-0-amount": "5tr"})
    )

    assert answer.context["spending"] == 2 * MILLION
    assert "2.000.000" in answer.context["refused"]


def test_it_shows_moves_by_month_and_hides_private_ones(
    as_staff: Client, plan: Plan, ads: BudgetLine
) -> None:
    salary = filled_line(plan, "opex", 5, name="Lương nhân viên", is_private=True)
    adjustment = make_adjustment(plan)
    make_move(adjustment, ads, JULY, -4_321_000)
    make_move(adjustment, salary, JULY, 4_321_000)

    answer = as_staff.get(address(plan, "adjustment_detail", number=1))

    assert [row.label for row in answer.context["shown"].rows] == ["Quảng cáo"]
    assert "Lương" not in answer.content.decode()


def test_it_edits_what_it_shows(as_owner: Client, plan: Plan, ads: BudgetLine) -> None:
    as_owner.post(address(plan, "adjustment_add"), typed(plan))
    url = address(plan, "adjustment_edit", number=1)

    row = as_owner.get(url).context["form"].take[0]
    assert (str(row["first"].value()), str(row["last"].value())) == ("2026-07", "2026-09")

    as_owner.post(url, typed(plan, **{"take-0-last": "2026-08", "give-0-amount": "2tr"}))
    adjustment = Adjustment.objects.for_company(plan.company).get()
    assert sum(move.amount for move in adjustment.moves.all()) == 0
    assert adjustment.moves.count() == 3


def test_the_owner_approves(as_owner: Client, plan: Plan, ads: BudgetLine) -> None:
    as_owner.post(address(plan, "adjustment_add"), typed(plan))

    as_owner.post(address(plan, "adjustment_approve", number=1))

    assert planned(plan, "PUR") == 53 * MILLION
    timeline = as_owner.get(address(plan, "adjustment_list")).context["timeline"]
    assert (timeline.in_force, timeline.versions[0].number) == (2, 2)
    assert [row.amount for row in timeline.bridge.steps] == [-3 * MILLION, 3 * MILLION]
    assert timeline.bridge.start.amount == timeline.bridge.end.amount == 720 * MILLION


def test_it_says_why_it_can_no_longer_be_approved(
    as_owner: Client, plan: Plan, ads: BudgetLine
) -> None:
    as_owner.post(address(plan, "adjustment_add"), typed(plan))
    close_month(plan, JULY)

    answer = as_owner.post(address(plan, "adjustment_approve", number=1))

    assert answer.status_code == 422
    assert planned(plan, "PUR") == 50 * MILLION


def test_it_withdraws_after_asking(as_owner: Client, plan: Plan, ads: BudgetLine) -> None:
    as_owner.post(address(plan, "adjustment_add"), typed(plan))
    url = address(plan, "adjustment_withdraw", number=1)

    assert as_owner.get(url).status_code == 200
    as_owner.post(url)

    assert not Adjustment.objects.for_company(plan.company).exists()


def test_a_draft_sends_to_its_budget(as_owner: Client, plan: Plan) -> None:
    text = as_owner.get(address(plan, "adjustment_list")).content.decode()

    assert address(plan, "budget") in text


@pytest.mark.parametrize(
    ("client_name", "name", "status"),
    [
        ("as_staff", "adjustment_approve", 403),
        ("as_accountant", "adjustment_approve", 403),
        ("as_viewer", "adjustment_edit", 403),
        ("as_viewer", "adjustment_withdraw", 403),
        ("as_outsider", "adjustment_approve", 404),
        ("as_outsider", "adjustment_detail", 404),
    ],
)
def test_it_lets_in_who_may(
    request: pytest.FixtureRequest,
    plan: Plan,
    ads: BudgetLine,
    client_name: str,
    name: str,
    status: int,
) -> None:
    make_adjustment(plan)
    client: Client = request.getfixturevalue(client_name)
    send = client.get if name == "adjustment_detail" else client.post

    assert send(address(plan, name, number=1)).status_code == status


def test_it_shows_an_adjustment_at_the_same_cost_for_2_and_60_moves(
    as_owner: Client, plan: Plan, ads: BudgetLine, django_assert_max_num_queries: Any
) -> None:
    adjustment = make_adjustment(plan)
    make_move(adjustment, ads)
    url = address(plan, "adjustment_detail", number=1)
    with django_assert_max_num_queries(25) as few:
        as_owner.get(url)
    for number in range(59):
        make_move(adjustment, make_line(plan, f"Khoản {number}"))

    with django_assert_max_num_queries(25) as many:
        as_owner.get(url)

    assert len(many) == len(few)

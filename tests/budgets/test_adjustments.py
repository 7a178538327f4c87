"""Adjustments: what they may do, what approving them does, and their pages."""

from typing import Any

import pytest
from django.test import Client

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import Adjustment, BudgetLine, LineMonth, PlanVersion
from budgets.services.adjustment_rules import LineMove, Proposal
from budgets.services.adjustments import (
    approve_adjustment,
    propose_adjustment,
    update_adjustment,
    withdraw_adjustment,
)
from planning.models import Plan
from tests.budgets.pages import address, approve, filled_line
from tests.factories import (
    TODAY,
    close_month,
    make_adjustment,
    make_commitment,
    make_goal,
    make_line,
    make_move,
    make_person,
)

JUNE, JULY, AUGUST = Month(2026, 6), Month(2026, 7), Month(2026, 8)
MILLION = 1_000_000


@pytest.fixture
def ads(plan: Plan) -> BudgetLine:
    """Social ads of 10 million a month, in an approved plan whose June is closed."""
    line = filled_line(plan, "marketing", 10 * MILLION, name="Quảng cáo", code="MKT")
    filled_line(plan, "purchase", 50 * MILLION, name="Nhập hàng", code="PUR")
    filled_line(plan, "cogs", 30 * MILLION, name="Giá vốn", code="COGS", cash_lag="")
    filled_line(plan, "revenue", 100 * MILLION, name="Doanh thu", code="REV")
    approve(plan)
    for number in range(1, 7):
        close_month(plan, Month(2026, number))
    return line


def line_of(plan: Plan, code: str) -> BudgetLine:
    return BudgetLine.objects.for_company(plan.company).get(plan=plan, code=code)


def proposal(plan: Plan, *moves: tuple[str, Month, int], **values: Any) -> Proposal:
    texts = {"reason": "Giá nhập tăng", "trade_off": "Bớt quảng cáo", "effective_from": JULY}
    lines = [LineMove(line_of(plan, code), month, amount) for code, month, amount in moves]
    return Proposal(**{**texts, "moves": lines, **values})


def planned(plan: Plan, code: str, month: Month = JULY) -> int | None:
    rows = LineMonth.objects.for_company(plan.company)
    return rows.get(line__code=code, first_day=month.first_day).planned_amount


def test_it_proposes_without_touching_the_plan(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))

    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    assert (adjustment.number, adjustment.approved_on) == (1, None)
    assert planned(plan, "MKT") == 10 * MILLION


def test_it_applies_every_move_when_approved(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    make_person(plan, email=owner.user.email.upper(), code="P1")
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", AUGUST, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    row = LineMonth.objects.for_company(plan.company).get(line=ads, first_day=JULY.first_day)
    assert (row.planned_amount, row.baseline_amount, row.version) == (9 * MILLION, 10 * MILLION, 2)
    assert planned(plan, "PUR", AUGUST) == 51 * MILLION
    adjustment.refresh_from_db()
    assert (adjustment.approved_on, adjustment.approved_by) == (TODAY, "P1")


def test_it_freezes_a_version_with_each_approval(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    assert PlanVersion.objects.for_company(plan.company).filter(plan=plan).count() == 1


def test_it_starts_an_empty_month_from_0(plan: Plan, ads: BudgetLine, owner: Membership) -> None:
    line = make_line(plan, "Dòng mới", code="NEW")
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("NEW", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    assert planned(plan, line.code) == MILLION


def test_it_tells_each_line_what_happened(plan: Plan, ads: BudgetLine, owner: Membership) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    entry = AuditEntry.objects.for_company(plan.company).get(
        action="budgets.line.adjusted", subject_id=ads.pk
    )
    assert entry.changes == {"2026-07": [10 * MILLION, 9 * MILLION]}
    assert entry.reason == "Giá nhập tăng"


def test_it_lets_sales_change_with_a_source_only(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    wish = proposal(plan, ("PUR", JULY, MILLION))
    with pytest.raises(RuleViolation) as refused:
        propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)
    assert refused.value.field == "source"

    wish = proposal(plan, ("PUR", JULY, MILLION), source="Chủ góp thêm")
    assert propose_adjustment(plan.pk, wish, today=TODAY, actor=owner).source == "Chủ góp thêm"


def test_it_needs_no_source_for_more_revenue(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    wish = proposal(plan, ("REV", JULY, 5 * MILLION))

    assert propose_adjustment(plan.pk, wish, today=TODAY, actor=owner).number == 1


REFUSED = {
    "a closed month": [("MKT", JUNE, -MILLION), ("PUR", JULY, MILLION)],
    "cost of goods sold": [("COGS", JULY, -MILLION), ("PUR", JULY, MILLION)],
    "more than a month holds": [("MKT", JULY, -11 * MILLION), ("PUR", JULY, 11 * MILLION)],
    "nothing": [],
}


@pytest.mark.parametrize("moves", REFUSED.values(), ids=REFUSED.keys())
def test_it_refuses_what_an_adjustment_may_not_do(
    plan: Plan, ads: BudgetLine, owner: Membership, moves: list[tuple[str, Month, int]]
) -> None:
    with pytest.raises(RuleViolation):
        propose_adjustment(plan.pk, proposal(plan, *moves), today=TODAY, actor=owner)

    assert not Adjustment.objects.for_company(plan.company).exists()


def test_it_refuses_a_start_in_a_closed_month(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION), effective_from=JUNE)

    with pytest.raises(RuleViolation):
        propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)


def test_it_refuses_a_move_before_the_start(plan: Plan, ads: BudgetLine, owner: Membership) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", AUGUST, MILLION), effective_from=AUGUST)

    with pytest.raises(RuleViolation):
        propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)


def test_it_refuses_to_cut_what_is_spent_and_promised(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    ads.months.filter(first_day=JUNE.first_day).update(actual_amount=100 * MILLION)
    make_commitment(ads, amount=15 * MILLION)
    enough = proposal(plan, ("MKT", JULY, -5 * MILLION), ("PUR", JULY, 5 * MILLION))
    too_much = proposal(plan, ("MKT", JULY, -6 * MILLION), ("PUR", JULY, 6 * MILLION))

    with pytest.raises(RuleViolation, match=r"1\.000\.000"):
        propose_adjustment(plan.pk, too_much, today=TODAY, actor=owner)

    assert propose_adjustment(plan.pk, enough, today=TODAY, actor=owner).number == 1


def test_it_lets_a_line_gain_that_is_over_already(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    ads.months.filter(first_day=JUNE.first_day).update(actual_amount=500 * MILLION)
    wish = proposal(plan, ("MKT", JULY, MILLION), ("PUR", JULY, -MILLION))

    assert propose_adjustment(plan.pk, wish, today=TODAY, actor=owner).number == 1


def test_it_checks_again_when_it_is_approved(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)
    close_month(plan, JULY)

    with pytest.raises(RuleViolation):
        approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    assert planned(plan, "PUR") == 50 * MILLION


def test_it_approves_once(plan: Plan, ads: BudgetLine, owner: Membership) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)
    approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    with pytest.raises(RuleViolation):
        approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    assert planned(plan, "MKT") == 9 * MILLION


def test_it_refuses_a_draft(plan: Plan, owner: Membership) -> None:
    filled_line(plan, "marketing", MILLION, code="MKT")

    with pytest.raises(RuleViolation):
        propose_adjustment(plan.pk, proposal(plan, ("MKT", JULY, -1)), today=TODAY, actor=owner)


def test_it_adds_up_moves_on_the_same_cell(plan: Plan, ads: BudgetLine, owner: Membership) -> None:
    wish = proposal(
        plan, ("MKT", JULY, -MILLION), ("MKT", JULY, -MILLION), ("PUR", JULY, 2 * MILLION)
    )

    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    assert sorted(adjustment.moves.values_list("amount", flat=True)) == [-2 * MILLION, 2 * MILLION]


def test_it_lets_others_not_change_a_proposal(
    plan: Plan, ads: BudgetLine, owner: Membership, staff: Membership
) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)

    with pytest.raises(RuleViolation):
        update_adjustment(adjustment.pk, wish, actor=staff)
    with pytest.raises(RuleViolation):
        withdraw_adjustment(adjustment.pk, actor=staff)


def test_it_withdraws_and_remembers(plan: Plan, ads: BudgetLine, staff: Membership) -> None:
    wish = proposal(plan, ("MKT", JULY, -MILLION), ("PUR", JULY, MILLION))
    adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=staff)

    withdraw_adjustment(adjustment.pk, actor=staff)

    assert not Adjustment.objects.for_company(plan.company).exists()
    entry = AuditEntry.objects.for_company(plan.company).latest("id")
    assert entry.changes["MKT 2026-07"] == [None, -MILLION]


def test_the_baseline_and_all_moves_make_the_current_plan(
    plan: Plan, ads: BudgetLine, owner: Membership
) -> None:
    for month, amount in ((JULY, MILLION), (AUGUST, 2 * MILLION), (JULY, 3 * MILLION)):
        wish = proposal(plan, ("MKT", month, -amount), ("PUR", month, amount))
        adjustment = propose_adjustment(plan.pk, wish, today=TODAY, actor=owner)
        approve_adjustment(adjustment.pk, today=TODAY, actor=owner)

    moved: dict[tuple[int, Any], int] = {}
    for adjustment in Adjustment.objects.for_company(plan.company):
        for move in adjustment.moves.all():
            key = (move.line_id, move.first_day)
            moved[key] = moved.get(key, 0) + move.amount
    for row in LineMonth.objects.for_company(plan.company):
        change = moved.get((row.line_id, row.first_day), 0)
        assert (row.planned_amount or 0) == (row.baseline_amount or 0) + change


# --- Pages ----------------------------------------------------------------------------------------


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

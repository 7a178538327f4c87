"""Adjustments: what they may do, and what approving them does."""

from typing import Any

import pytest

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import Adjustment, BudgetLine, LineMonth, PlanVersion
from budgets.services.adjustments import (
    approve_adjustment,
    propose_adjustment,
    update_adjustment,
    withdraw_adjustment,
)
from planning.models import Plan
from tests.budgets.adjusting import AUGUST, JULY, JUNE, MILLION, planned, proposal
from tests.budgets.pages import filled_line
from tests.factories import (
    TODAY,
    close_month,
    make_commitment,
    make_line,
    make_person,
)


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

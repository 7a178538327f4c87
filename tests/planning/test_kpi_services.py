from decimal import Decimal

import pytest

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from planning.models import Plan, PlanStatus
from planning.services import kpis
from tests.factories import JANUARY, make_goal, make_kpi, make_kpi_month, make_person, make_risk

REVENUE = {
    "name": "Tổng doanh thu",
    "unit": "money",
    "better": "higher",
    "measure": {"total": ["REV-STORE"]},
}


def approve(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()


def last_action(member: Membership) -> AuditEntry:
    entry = AuditEntry.objects.for_company(member.company).first()
    assert entry is not None
    return entry


def test_it_gives_a_new_kpi_the_next_code_and_ties_it_to_goals(
    plan: Plan, owner: Membership
) -> None:
    make_kpi(plan, code="K7")
    first, second = make_goal(plan), make_goal(plan)

    kpi = kpis.create_kpi(plan, REVENUE, goals=[second, first], headline_of=second, actor=owner)

    second.refresh_from_db()
    assert kpi.code == "K8"
    assert [link.goal.code for link in kpi.goal_links.select_related("goal")] == ["G2", "G1"]
    assert second.kpi == kpi
    assert second.unit == ""


def test_it_writes_a_new_kpi_into_the_history(plan: Plan, owner: Membership) -> None:
    kpis.create_kpi(plan, REVENUE, actor=owner)

    entry = last_action(owner)
    assert entry.action == "planning.kpi.created"
    assert entry.plan_year == 2026
    assert entry.changes["name"] == [None, "Tổng doanh thu"]


def test_it_refuses_a_measure_of_nothing(plan: Plan, owner: Membership) -> None:
    with pytest.raises(RuleViolation) as refused:
        kpis.create_kpi(plan, REVENUE | {"measure": {}}, actor=owner)

    assert refused.value.field == "measure"
    assert not plan.kpis.exists()


def test_it_refuses_a_headline_kpi_in_another_unit_than_the_goal(
    plan: Plan, owner: Membership
) -> None:
    goal = make_goal(plan, unit="ratio", target=Decimal("0.45"), baseline=None)

    with pytest.raises(RuleViolation) as refused:
        kpis.create_kpi(plan, REVENUE, headline_of=goal, actor=owner)

    assert refused.value.field == "unit"
    assert not plan.kpis.exists()


def test_it_refuses_lower_is_better_for_a_goal_that_grows(plan: Plan, owner: Membership) -> None:
    goal = make_goal(plan, kind="grow")

    with pytest.raises(RuleViolation) as refused:
        kpis.create_kpi(plan, REVENUE | {"better": "lower"}, headline_of=goal, actor=owner)

    assert refused.value.field == "better"


def test_it_refuses_a_new_unit_while_targets_stand_in_the_old_one(
    plan: Plan, owner: Membership
) -> None:
    kpi = make_kpi(plan)
    make_kpi_month(kpi, target_value=Decimal(5))

    with pytest.raises(RuleViolation) as refused:
        kpis.update_kpi(kpi.pk, {"unit": "ratio"}, actor=owner)

    assert refused.value.field == "unit"


def test_it_keeps_the_unit_of_a_goal_whose_kpi_is_deleted(plan: Plan, owner: Membership) -> None:
    kpi = make_kpi(plan)
    goal = make_goal(plan, kpi=kpi)
    risk = make_risk(
        plan, trigger_kpi=kpi, trigger_op="<", trigger_value=Decimal(1), trigger_scope="month"
    )

    kpis.delete_kpi(kpi.pk, actor=owner)

    goal.refresh_from_db()
    risk.refresh_from_db()
    assert (goal.kpi, goal.unit) == (None, "money")
    assert (risk.trigger_kpi, risk.trigger_op, risk.trigger_value) == (None, "", None)


@pytest.mark.parametrize("changes", [{"measure": {"closing_cash": True}}, {"better": "lower"}])
def test_it_freezes_what_an_approved_kpi_measures(
    plan: Plan, owner: Membership, changes: dict[str, object]
) -> None:
    kpi = make_kpi(plan)
    approve(plan)

    with pytest.raises(RuleViolation):
        kpis.update_kpi(kpi.pk, changes, actor=owner)


def test_it_lets_an_approved_kpi_change_hands(plan: Plan, owner: Membership) -> None:
    kpi, person = make_kpi(plan), make_person(plan)
    approve(plan)

    assert kpis.update_kpi(kpi.pk, {"owner": person}, actor=owner).owner == person


def test_it_adds_a_kpi_for_a_risk_to_an_approved_plan(plan: Plan, owner: Membership) -> None:
    approve(plan)

    kpi = kpis.create_kpi(plan, REVENUE | {"headline": False}, actor=owner)

    assert kpis.update_kpi(kpi.pk, {"better": "lower"}, actor=owner).better == "lower"
    with pytest.raises(RuleViolation):
        kpis.create_kpi(plan, REVENUE, actor=owner)


def test_it_sets_changes_and_clears_targets(plan: Plan, owner: Membership) -> None:
    kpi = make_kpi(plan)
    kpis.set_targets(kpi.pk, {JANUARY: Decimal(5), Month(2026, 2): Decimal(6)}, actor=owner)

    kpis.set_targets(kpi.pk, {JANUARY: None}, actor=owner)

    stored = {month.first_day.month: month.target_value for month in kpi.months.all()}
    assert stored == {1: None, 2: Decimal(6)}
    assert last_action(owner).changes == {"2026-01": ["5.000000", None]}


def test_it_freezes_targets_but_not_values_logged_by_hand(plan: Plan, owner: Membership) -> None:
    kpi = make_kpi(plan)
    approve(plan)

    kpis.set_actual_value(kpi.pk, JANUARY, Decimal("0.31"), actor=owner)

    assert kpi.months.get().actual_value == Decimal("0.31")
    with pytest.raises(RuleViolation):
        kpis.set_targets(kpi.pk, {JANUARY: Decimal(5)}, actor=owner)


def test_it_refuses_to_log_a_computed_kpi_by_hand(plan: Plan, owner: Membership) -> None:
    kpi = make_kpi(plan, measure={"closing_cash": True})

    with pytest.raises(RuleViolation):
        kpis.set_actual_value(kpi.pk, JANUARY, Decimal(1), actor=owner)


def test_it_refuses_a_month_outside_the_year(plan: Plan, owner: Membership) -> None:
    with pytest.raises(ValueError, match="2027-01"):
        kpis.set_targets(make_kpi(plan).pk, {Month(2027, 1): Decimal(1)}, actor=owner)

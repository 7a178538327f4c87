from decimal import Decimal

import pytest

from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from planning.models import Goal, Plan, PlanStatus
from planning.services import goals
from tests.factories import make_goal, make_kpi, make_person, make_plan

SHARE = {
    "name": "Tỷ trọng online",
    "kind": "reach",
    "unit": "ratio",
    "baseline": Decimal("0.3"),
    "target": Decimal("0.45"),
    "basis": "exit_month",
}


def approve(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()


def ranks(plan: Plan) -> list[tuple[int, str]]:
    return [(goal.rank, goal.code) for goal in plan.goals.all()]


def test_it_adds_a_goal_behind_the_others(plan: Plan, owner: Membership) -> None:
    make_goal(plan)

    goal = goals.create_goal(plan, SHARE, actor=owner)

    assert (goal.code, goal.rank, goal.unit) == ("G2", 2, "ratio")
    assert AuditEntry.objects.for_company(plan.company).get().action == "planning.goal.created"


def test_it_never_gives_a_code_that_is_in_use(plan: Plan, owner: Membership) -> None:
    make_goal(plan, code="G1")
    make_goal(plan, code="G10")
    make_goal(plan, code="Online")

    assert goals.create_goal(plan, SHARE, actor=owner).code == "G11"


def test_it_takes_the_unit_of_the_kpi(plan: Plan, owner: Membership) -> None:
    kpi = make_kpi(plan, unit="ratio")

    goal = goals.create_goal(plan, SHARE | {"kpi": kpi}, actor=owner)

    assert (goal.kpi, goal.unit) == (kpi, "")


def test_it_refuses_growth_downwards(plan: Plan, owner: Membership) -> None:
    with pytest.raises(RuleViolation) as refused:
        goals.create_goal(plan, SHARE | {"kind": "grow", "target": Decimal("0.2")}, actor=owner)

    assert refused.value.field == "target"


def test_it_refuses_to_reach_what_is_better_low(plan: Plan, owner: Membership) -> None:
    kpi = make_kpi(plan, unit="ratio", better="lower")

    with pytest.raises(RuleViolation) as refused:
        goals.create_goal(plan, SHARE | {"kpi": kpi}, actor=owner)

    assert refused.value.field == "kind"


def test_it_keeps_what_was_and_what_is_now(plan: Plan, owner: Membership) -> None:
    goal = make_goal(plan)

    goals.update_goal(goal.pk, {"target": Decimal(7_500_000_000)}, actor=owner)

    goal.refresh_from_db()
    assert goal.target == Decimal(7_500_000_000)
    entry = AuditEntry.objects.for_company(plan.company).get()
    assert entry.changes == {"target": ["7200000000.000000", "7500000000"]}


def test_it_refuses_a_new_unit_with_the_old_target(plan: Plan, owner: Membership) -> None:
    goal = make_goal(plan, unit="money")

    with pytest.raises(RuleViolation) as refused:
        goals.update_goal(goal.pk, {"unit": "ratio"}, actor=owner)

    assert refused.value.field == "target"


def test_it_asks_why_a_goal_of_an_approved_plan_changes(plan: Plan, owner: Membership) -> None:
    goal = make_goal(plan)
    approve(plan)
    change = {"target": Decimal(7_000_000_000)}

    with pytest.raises(RuleViolation) as refused:
        goals.update_goal(goal.pk, change, actor=owner, reason="  ")
    goals.update_goal(goal.pk, change, actor=owner, reason="Thị trường yếu")

    goal.refresh_from_db()
    assert refused.value.field == "reason"
    assert goal.target == Decimal(7_000_000_000)
    assert AuditEntry.objects.for_company(plan.company).get().reason == "Thị trường yếu"


def test_it_adds_moves_and_removes_no_goal_of_an_approved_plan(
    plan: Plan, owner: Membership
) -> None:
    first = make_goal(plan)
    make_goal(plan)
    approve(plan)

    with pytest.raises(RuleViolation):
        goals.create_goal(plan, SHARE, actor=owner)
    with pytest.raises(RuleViolation):
        goals.move_goal(first.pk, up=False, actor=owner)
    with pytest.raises(RuleViolation):
        goals.delete_goal(first.pk, actor=owner)
    assert ranks(plan) == [(1, "G1"), (2, "G2")]


def test_it_ranks_from_one_without_gaps(plan: Plan, owner: Membership) -> None:
    first, _second, third = make_goal(plan), make_goal(plan), make_goal(plan)

    goals.move_goal(third.pk, up=True, actor=owner)
    goals.delete_goal(first.pk, actor=owner)

    assert ranks(plan) == [(1, "G3"), (2, "G2")]


def test_it_cannot_reach_a_goal_of_another_company(plan: Plan, outsider: Membership) -> None:
    goal = make_goal(plan)

    with pytest.raises(Goal.DoesNotExist):
        goals.update_goal(goal.pk, {"name": "X"}, actor=outsider)


def test_it_refuses_a_person_of_another_plan(plan: Plan, owner: Membership) -> None:
    other = make_plan(plan.company, 2027, Month(2027, 1))

    with pytest.raises(ValueError, match="another plan"):
        goals.create_goal(plan, SHARE | {"owner": make_person(other)}, actor=owner)

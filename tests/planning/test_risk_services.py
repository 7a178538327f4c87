from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from planning.models import Plan, PlanStatus
from planning.services import risks
from tests.factories import make_goal, make_kpi, make_risk

RISK = {"name": "Giá nhập tăng", "likelihood": 4, "impact": 4}


def approve(plan: Plan) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()


def test_it_adds_a_risk_with_trigger_and_goals(plan: Plan, owner: Membership) -> None:
    goal, kpi = make_goal(plan), make_kpi(plan, unit="ratio")
    trigger = {"trigger_kpi": kpi, "trigger_op": "<", "trigger_value": Decimal("0.35")}

    risk = risks.create_risk(plan, RISK | trigger, goals=[goal], actor=owner)

    assert (risk.code, risk.score, risk.trigger_scope) == ("R1", 16, "month")
    assert [link.goal for link in risk.goal_links.all()] == [goal]


@pytest.mark.parametrize(
    ("trigger", "field"),
    [
        ({"trigger_op": "<", "trigger_value": None}, "trigger_value"),
        ({"trigger_op": "", "trigger_value": Decimal(1)}, "trigger_op"),
    ],
)
def test_it_refuses_half_a_trigger(
    plan: Plan, owner: Membership, trigger: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        risks.create_risk(plan, RISK | {"trigger_kpi": make_kpi(plan)} | trigger, actor=owner)

    assert refused.value.field == field


def test_it_drops_the_rest_of_a_trigger_without_a_kpi(plan: Plan, owner: Membership) -> None:
    risk = make_risk(
        plan, trigger_kpi=make_kpi(plan), trigger_op="<", trigger_value=1, trigger_scope="ytd"
    )

    saved = risks.update_risk(risk.pk, {"trigger_kpi": None}, actor=owner)

    assert (saved.trigger_kpi, saved.trigger_op, saved.trigger_value) == (None, "", None)
    assert saved.trigger_scope == ""


def test_it_refuses_a_likelihood_of_six(plan: Plan, owner: Membership) -> None:
    with pytest.raises(ValidationError):
        risks.create_risk(plan, RISK | {"likelihood": 6}, actor=owner)


def test_it_changes_a_risk_of_an_approved_plan_with_history(plan: Plan, owner: Membership) -> None:
    risk = make_risk(plan)
    approve(plan)

    risks.update_risk(risk.pk, {"likelihood": 5}, goals=[make_goal(plan)], actor=owner)

    entry = AuditEntry.objects.for_company(plan.company).get()
    assert entry.changes == {"likelihood": [3, 5], "goals": [[], ["G1"]]}


def test_it_closes_a_risk_of_an_approved_plan_instead_of_removing_it(
    plan: Plan, owner: Membership
) -> None:
    risk = make_risk(plan)
    approve(plan)

    with pytest.raises(RuleViolation):
        risks.delete_risk(risk.pk, actor=owner)
    closed = risks.set_risk_closed(risk.pk, is_closed=True, actor=owner)

    assert closed.is_closed
    assert not risks.set_risk_closed(risk.pk, is_closed=False, actor=owner).is_closed


def test_it_removes_a_risk_of_a_draft(plan: Plan, owner: Membership) -> None:
    risks.delete_risk(make_risk(plan).pk, actor=owner)

    assert not plan.risks.exists()

"""Risks: alive after approval, with history; one that is over is closed, not removed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from planning.models import Goal, Plan, Risk
from planning.services.goal_links import set_goal_links
from planning.services.parts import (
    Values,
    add_row,
    change_row,
    locked_part,
    locked_plan,
    move_row,
    next_code,
    next_position,
    refuse_foreign,
    remove_row,
)

NO_TRIGGER = {
    "trigger_op": "",
    "trigger_value": None,
    "trigger_scope": "",
    "trigger_consecutive": 1,
}


@transaction.atomic
def create_risk(
    plan: Plan, values: Values, *, goals: Sequence[Goal] = (), actor: Membership
) -> Risk:
    """Add a risk behind the others and give it the next code (R1, R2 …).

    `values`: name, likelihood, impact, owner, trigger_kpi, trigger_op, trigger_value (in the
    unit of the KPI), trigger_scope, trigger_consecutive, contingency, contingency_amount.
    Without a KPI to watch the rest of the trigger is dropped.

    Raises:
        RuleViolation: A KPI is to be watched, but not from which value on.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_foreign(plan, values)
    values = _whole_trigger(values)
    rows = Risk.objects.for_company(actor.company).filter(plan=plan)
    risk = Risk(
        company=actor.company,
        plan=plan,
        code=next_code(rows, "R"),
        position=next_position(rows),
        **values,
    )
    add_row(risk, values, actor=actor, linked={"goals": ([], [goal.code for goal in goals])})
    set_goal_links(risk, goals)
    return risk


@transaction.atomic
def update_risk(
    risk_id: int, changes: Values, *, goals: Sequence[Goal] | None = None, actor: Membership
) -> Risk:
    """Change a risk, also on an approved plan; None leaves the goals it hits as they are.

    Raises:
        RuleViolation: A KPI is to be watched, but not from which value on.
        ValidationError: A new value breaks a field or database constraint.
    """
    risk = _locked(risk_id, actor)
    refuse_foreign(risk.plan, changes)
    if "trigger_kpi" in changes:
        changes = _whole_trigger(changes)
    return change_row(risk, changes, actor=actor, linked=set_goal_links(risk, goals))


@transaction.atomic
def set_risk_closed(risk_id: int, is_closed: bool, *, actor: Membership) -> Risk:
    """Close a risk that is over, or open it again."""
    return change_row(_locked(risk_id, actor), {"is_closed": is_closed}, actor=actor)


@transaction.atomic
def delete_risk(risk_id: int, *, actor: Membership) -> None:
    """Remove a risk of a draft.

    Raises:
        RuleViolation: The plan is approved; the risk can be closed instead.
    """
    risk = _locked(risk_id, actor)
    if risk.plan.is_frozen:
        raise RuleViolation(
            _("The plan is approved. Close the risk instead, so that its history stays.")
        )
    remove_row(risk, actor=actor)


@transaction.atomic
def move_risk(risk_id: int, *, up: bool, actor: Membership) -> None:
    """Move a risk one place up or down."""
    risk = _locked(risk_id, actor)
    rows = Risk.objects.for_company(actor.company).filter(plan=risk.plan)
    move_row(risk, rows, up=up, actor=actor)


def _locked(risk_id: int, actor: Membership) -> Risk:
    return locked_part(Risk.objects.for_company(actor.company), risk_id, actor)


def _whole_trigger(values: Values) -> Values:
    if not values.get("trigger_kpi"):
        return {**values, "trigger_kpi": None, **NO_TRIGGER}
    if values.get("trigger_value") is None:
        raise RuleViolation(
            _("Say from which value on the risk has arrived."), field="trigger_value"
        )
    if not values.get("trigger_op"):
        raise RuleViolation(_("Say which way the value goes."), field="trigger_op")
    return {**values, "trigger_scope": values.get("trigger_scope") or "month"}

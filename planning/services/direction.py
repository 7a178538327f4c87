"""The direction of the year: two of the three questions, opening sums, review rhythm."""

from django.db import transaction

from aop.tenancy import audit
from aop.tenancy.models import Membership
from planning.models import Plan
from planning.services.parts import Values, locked_plan, refuse_frozen


class PlanChangedError(Exception):
    """Somebody else saved the plan after this member opened it; `stored` is what holds now."""

    def __init__(self, stored: Plan) -> None:
        super().__init__(stored)
        self.stored = stored


@transaction.atomic
def update_direction(plan_id: int, changes: Values, *, version: int, actor: Membership) -> Plan:
    """Change the direction of a draft that still has `version`.

    `changes`: where_we_are, where_we_go, opening_cash_amount, minimum_cash_amount,
    opening_stock_amount.

    Raises:
        RuleViolation: The plan is approved.
        PlanChangedError: Somebody else was faster.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan_id, actor)
    refuse_frozen(plan)
    return _store(plan, "direction", changes, version, actor)


@transaction.atomic
def update_rhythm(plan_id: int, changes: Values, *, version: int, actor: Membership) -> Plan:
    """Change how the plan is followed, also when it is approved.

    `changes`: review_every, review_day, review_rhythm, materiality_amount, materiality_ratio.

    Raises:
        PlanChangedError: Somebody else was faster.
        ValidationError: A value breaks a field or database constraint.
    """
    return _store(locked_plan(plan_id, actor), "plan", changes, version, actor)


def _store(plan: Plan, noun: str, values: Values, version: int, actor: Membership) -> Plan:
    if plan.version != version:
        raise PlanChangedError(plan)
    changes = audit.changed_fields(plan, values)
    if not changes:
        return plan
    for field, (_before, after) in changes.items():
        setattr(plan, field, after)
    plan.version += 1
    plan.full_clean()
    plan.save(update_fields=[*changes, "version"])
    audit.record(f"planning.{noun}.updated", plan, actor=actor, changes=changes)
    return plan

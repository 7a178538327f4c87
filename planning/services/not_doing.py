"""The not-doing list, which every later proposal is held up against: frozen by the approval."""

from django.db import transaction

from aop.tenancy.models import Membership
from planning.models import NotDoing, Plan
from planning.services.parts import (
    Values,
    add_row,
    change_row,
    locked_part,
    locked_plan,
    move_row,
    next_position,
    refuse_frozen,
    remove_row,
)


@transaction.atomic
def create_not_doing(plan: Plan, values: Values, *, actor: Membership) -> NotDoing:
    """Add something that is not done this year: what, why, revisit.

    Raises:
        RuleViolation: The plan is approved.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_frozen(plan)
    place = next_position(NotDoing.objects.for_company(actor.company).filter(plan=plan))
    row = NotDoing(company=actor.company, plan=plan, position=place, **values)
    return add_row(row, values, actor=actor)


@transaction.atomic
def update_not_doing(not_doing_id: int, changes: Values, *, actor: Membership) -> NotDoing:
    """Change an item of the list.

    Raises:
        RuleViolation: The plan is approved.
        ValidationError: A new value breaks a field or database constraint.
    """
    return change_row(_locked(not_doing_id, actor), changes, actor=actor)


@transaction.atomic
def delete_not_doing(not_doing_id: int, *, actor: Membership) -> None:
    """Remove an item of the list.

    Raises:
        RuleViolation: The plan is approved.
    """
    remove_row(_locked(not_doing_id, actor), actor=actor)


@transaction.atomic
def move_not_doing(not_doing_id: int, *, up: bool, actor: Membership) -> None:
    """Move an item one place up or down.

    Raises:
        RuleViolation: The plan is approved.
    """
    row = _locked(not_doing_id, actor)
    rows = NotDoing.objects.for_company(actor.company).filter(plan=row.plan)
    move_row(row, rows, up=up, actor=actor)


def _locked(not_doing_id: int, actor: Membership) -> NotDoing:
    row = locked_part(NotDoing.objects.for_company(actor.company), not_doing_id, actor)
    refuse_frozen(row.plan)
    return row

"""What matters most, in order: frozen by the approval."""

from django.db import transaction

from aop.tenancy.models import Membership
from planning.models import Plan, Priority
from planning.services.parts import (
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
def create_priority(plan: Plan, text: str, *, actor: Membership) -> Priority:
    """Add a priority as the last one.

    Raises:
        RuleViolation: The plan is approved.
        ValidationError: The text is empty or too long.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_frozen(plan)
    place = next_position(Priority.objects.for_company(actor.company).filter(plan=plan))
    row = Priority(company=actor.company, plan=plan, position=place, text=text)
    return add_row(row, {"text": text}, actor=actor)


@transaction.atomic
def update_priority(priority_id: int, text: str, *, actor: Membership) -> Priority:
    """Put a priority in other words.

    Raises:
        RuleViolation: The plan is approved.
        ValidationError: The text is empty or too long.
    """
    return change_row(_locked(priority_id, actor), {"text": text}, actor=actor)


@transaction.atomic
def delete_priority(priority_id: int, *, actor: Membership) -> None:
    """Remove a priority.

    Raises:
        RuleViolation: The plan is approved.
    """
    remove_row(_locked(priority_id, actor), actor=actor)


@transaction.atomic
def move_priority(priority_id: int, *, up: bool, actor: Membership) -> None:
    """Move a priority one place up or down.

    Raises:
        RuleViolation: The plan is approved.
    """
    row = _locked(priority_id, actor)
    rows = Priority.objects.for_company(actor.company).filter(plan=row.plan)
    move_row(row, rows, up=up, actor=actor)


def _locked(priority_id: int, actor: Membership) -> Priority:
    row = locked_part(Priority.objects.for_company(actor.company), priority_id, actor)
    refuse_frozen(row.plan)
    return row

"""Assumptions: frozen by the approval, while the answers to them stay alive."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from planning.models import Assumption, Plan, StillTrue
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
def create_assumption(plan: Plan, values: Values, *, actor: Membership) -> Assumption:
    """Add a statement that the plan depends on: what, why, breaks_when, check_month.

    Raises:
        RuleViolation: The plan is approved.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_frozen(plan)
    place = next_position(Assumption.objects.for_company(actor.company).filter(plan=plan))
    row = Assumption(company=actor.company, plan=plan, position=place, **values)
    return add_row(row, values, actor=actor)


@transaction.atomic
def update_assumption(assumption_id: int, changes: Values, *, actor: Membership) -> Assumption:
    """Change the statement, not the answer to it.

    Raises:
        RuleViolation: The plan is approved.
        ValidationError: A new value breaks a field or database constraint.
    """
    return change_row(_locked(assumption_id, actor), changes, actor=actor)


@transaction.atomic
def answer_assumption(
    assumption_id: int, answer: StillTrue, note: str, *, today: date, actor: Membership
) -> Assumption:
    """Say whether the assumption still holds and what was seen; the day is kept with it.

    Raises:
        RuleViolation: It no longer holds, and nothing says what was seen.
        ValidationError: The note is too long.
    """
    rows = Assumption.objects.for_company(actor.company)
    row = locked_part(rows, assumption_id, actor)
    if answer == StillTrue.NO and not note.strip():
        raise RuleViolation(_("Say what was seen, so that it can be acted on."), field="note")
    answered_on = today if answer else None
    values = {"answer": answer.value, "answer_note": note.strip(), "answered_on": answered_on}
    return change_row(row, values, actor=actor)


@transaction.atomic
def delete_assumption(assumption_id: int, *, actor: Membership) -> None:
    """Remove an assumption.

    Raises:
        RuleViolation: The plan is approved.
    """
    remove_row(_locked(assumption_id, actor), actor=actor)


@transaction.atomic
def move_assumption(assumption_id: int, *, up: bool, actor: Membership) -> None:
    """Move an assumption one place up or down.

    Raises:
        RuleViolation: The plan is approved.
    """
    row = _locked(assumption_id, actor)
    rows = Assumption.objects.for_company(actor.company).filter(plan=row.plan)
    move_row(row, rows, up=up, actor=actor)


def _locked(assumption_id: int, actor: Membership) -> Assumption:
    row = locked_part(Assumption.objects.for_company(actor.company), assumption_id, actor)
    refuse_frozen(row.plan)
    return row

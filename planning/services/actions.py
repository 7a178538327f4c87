"""Initiatives: their goals, money and order. They stay alive after approval, with history."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from planning.models import Goal, Initiative, InitiativeBudget, Plan
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


@transaction.atomic
def create_initiative(
    plan: Plan, values: Values, *, goals: Sequence[Goal] = (), actor: Membership
) -> Initiative:
    """Add an initiative behind the others and give it the next code (I1, I2 …).

    `values`: name, owner (a `Person` or None), start, end, status. The first of `goals` is
    the main one.

    Raises:
        RuleViolation: The dates are the wrong way round or outside the fiscal year.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_foreign(plan, values)
    rows = Initiative.objects.for_company(actor.company).filter(plan=plan)
    row = Initiative(
        company=actor.company,
        plan=plan,
        code=next_code(rows, "I"),
        position=next_position(rows),
        **values,
    )
    _check_dates(row)
    add_row(row, values, actor=actor, linked={"goals": ([], [goal.code for goal in goals])})
    set_goal_links(row, goals)
    return row


@transaction.atomic
def update_initiative(
    initiative_id: int,
    changes: Values,
    *,
    goals: Sequence[Goal] | None = None,
    actor: Membership,
) -> Initiative:
    """Change an initiative, also on an approved plan; None leaves its goals as they are.

    Raises:
        RuleViolation: The dates are the wrong way round or outside the fiscal year.
        ValidationError: A new value breaks a field or database constraint.
    """
    row = locked_part(Initiative.objects.for_company(actor.company), initiative_id, actor)
    refuse_foreign(row.plan, changes)
    _check_dates(row, changes)
    return change_row(row, changes, actor=actor, linked=set_goal_links(row, goals))


@transaction.atomic
def delete_initiative(initiative_id: int, *, actor: Membership) -> None:
    """Remove an initiative of a draft with its money, milestones and people's time.

    Raises:
        RuleViolation: The plan is approved; the initiative can be marked as dropped instead.
    """
    row = locked_part(Initiative.objects.for_company(actor.company), initiative_id, actor)
    if row.plan.is_frozen:
        raise RuleViolation(
            _("The plan is approved. Mark the initiative as dropped, so that its history stays.")
        )
    remove_row(row, actor=actor)


@transaction.atomic
def move_initiative(initiative_id: int, *, up: bool, actor: Membership) -> None:
    """Move an initiative one place up or down in the order of importance."""
    row = locked_part(Initiative.objects.for_company(actor.company), initiative_id, actor)
    rows = Initiative.objects.for_company(actor.company).filter(plan=row.plan)
    move_row(row, rows, up=up, actor=actor)


@transaction.atomic
def set_initiative_budget(
    initiative_id: int, line_code: str, amount: int | None, *, actor: Membership, reason: str = ""
) -> None:
    """Set the initiative's money on one line; 0 says that it costs nothing, None takes it away.

    The caller knows the lines and checks that `line_code` is one of them.

    Raises:
        RuleViolation: The amount is negative, or the plan is approved and no reason is given.
        ValidationError: The amount is out of range.
    """
    row = locked_part(Initiative.objects.for_company(actor.company), initiative_id, actor)
    if amount is not None and amount < 0:
        raise RuleViolation(_("The amount cannot be below 0."), field="amount")
    stored = InitiativeBudget.objects.for_company(actor.company).filter(initiative=row)
    budget = stored.filter(line_code=line_code).first()
    before = budget.amount if budget else None
    if before == amount:
        return
    if row.plan.is_frozen and not reason.strip():
        raise RuleViolation(
            _("The plan is approved. Say why the money of this initiative changes."),
            field="reason",
        )
    _store_budget(row, budget, line_code, amount)
    changes = {line_code: (before, amount)}
    audit.record(
        "planning.initiative.budget_set", row, actor=actor, changes=changes, reason=reason.strip()
    )


def _store_budget(
    row: Initiative, budget: InitiativeBudget | None, line_code: str, amount: int | None
) -> None:
    if amount is None:
        if budget:
            budget.delete()
        return
    if budget is None:
        rows = InitiativeBudget.objects.for_company(row.company).filter(initiative=row)
        budget = InitiativeBudget(
            company=row.company,
            initiative=row,
            line_code=line_code,
            position=next_position(rows),
        )
    budget.amount = amount
    budget.full_clean()
    budget.save()


def _check_dates(row: Initiative, changes: Values | None = None) -> None:
    start = (changes or {}).get("start", row.start)
    end = (changes or {}).get("end", row.end)
    if start and end and end < start:
        raise RuleViolation(_("The end lies before the start."), field="end")
    for field, day in (("start", start), ("end", end)):
        if day and not row.plan.first_day <= day <= row.plan.last_day:
            raise RuleViolation(_("This day lies outside the fiscal year."), field=field)

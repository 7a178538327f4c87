"""Goals: ranked; after approval changed only one by one, by the owner, with a reason."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from planning.models import Better, Goal, GoalKind, Plan
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
    refuse_frozen,
    remove_row,
    renumber,
)

RISING = frozenset({GoalKind.GROW, GoalKind.REACH})


@transaction.atomic
def create_goal(plan: Plan, values: Values, *, actor: Membership) -> Goal:
    """Add a goal as the last in rank and give it the next code (G1, G2 …).

    `values`: name, kind, kpi (a `Kpi` or None), unit (only while there is no KPI), baseline,
    target, basis, basis_note, why, threshold, owner (a `Person` or None).

    Raises:
        RuleViolation: The plan is approved, or the target contradicts the kind of goal.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_frozen(plan)
    refuse_foreign(plan, values)
    rows = Goal.objects.for_company(actor.company).filter(plan=plan)
    values = _with_unit_of_kpi(values)
    goal = Goal(
        company=actor.company,
        plan=plan,
        code=next_code(rows, "G"),
        rank=rows.count() + 1,
        position=next_position(rows),
        **values,
    )
    _check(goal)
    return add_row(goal, values, actor=actor)


@transaction.atomic
def update_goal(goal_id: int, changes: Values, *, actor: Membership, reason: str = "") -> Goal:
    """Change a goal. On an approved plan this takes a reason, which the history keeps.

    Raises:
        RuleViolation: The plan is approved and no reason is given, or the target contradicts
            the kind of goal.
        ValidationError: A new value breaks a field or database constraint.
    """
    goal = _locked(goal_id, actor)
    refuse_foreign(goal.plan, changes)
    if goal.plan.is_frozen and not reason.strip():
        raise RuleViolation(
            _("The plan is approved. Say why this goal changes; the reason stays on record."),
            field="reason",
        )
    changes = _with_unit_of_kpi(changes)
    unit_before = _unit(goal)
    for field, value in changes.items():
        setattr(goal, field, value)
    if _unit(goal) != unit_before and not {"target", "baseline"} <= set(changes):
        raise RuleViolation(_("With another unit, type the target anew."), field="target")
    _check(goal)
    goal.refresh_from_db(fields=list(changes))
    return change_row(goal, changes, actor=actor, reason=reason.strip())


@transaction.atomic
def delete_goal(goal_id: int, *, actor: Membership) -> None:
    """Remove a goal of a draft; those behind it move up in rank.

    Raises:
        RuleViolation: The plan is approved.
    """
    goal = _locked(goal_id, actor)
    refuse_frozen(goal.plan)
    remove_row(goal, actor=actor)
    rows = Goal.objects.for_company(actor.company).filter(plan=goal.plan)
    renumber(list(rows), field="rank")


@transaction.atomic
def move_goal(goal_id: int, *, up: bool, actor: Membership) -> None:
    """Move a goal of a draft one rank up or down.

    Raises:
        RuleViolation: The plan is approved.
    """
    goal = _locked(goal_id, actor)
    refuse_frozen(goal.plan)
    rows = Goal.objects.for_company(actor.company).filter(plan=goal.plan)
    move_row(goal, rows, up=up, actor=actor, field="rank")


def _locked(goal_id: int, actor: Membership) -> Goal:
    return locked_part(Goal.objects.for_company(actor.company), goal_id, actor)


def _with_unit_of_kpi(values: Values) -> Values:
    return {**values, "unit": ""} if values.get("kpi") else values


def _unit(goal: Goal) -> str:
    return goal.kpi.unit if goal.kpi else goal.unit


def _check(goal: Goal) -> None:
    if goal.kind in RISING and goal.kpi and goal.kpi.better != Better.HIGHER:
        raise RuleViolation(
            _("Of this KPI lower is better, so the goal must be to stay at or below."),
            field="kind",
        )
    target, baseline = goal.target, goal.baseline
    if target is None or baseline is None or goal.kind != GoalKind.GROW:
        return
    if target <= baseline:
        raise RuleViolation(
            _("To grow, the target must be above the starting value."), field="target"
        )

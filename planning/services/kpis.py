"""KPIs: what is measured, the monthly targets and what is logged by hand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aop.calc.measures import parse_measure
from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from planning.models import Better, Goal, GoalKind, Kpi, KpiMonth, MeasureKind, Plan, Risk
from planning.services.goal_links import set_goal_links
from planning.services.parts import (
    Changes,
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
)

ALIVE_FIELDS = frozenset({"name", "owner"})
GROWING = frozenset({GoalKind.GROW, GoalKind.REACH})


@transaction.atomic
def create_kpi(
    plan: Plan,
    values: Values,
    *,
    goals: Sequence[Goal] = (),
    headline_of: Goal | None = None,
    actor: Membership,
) -> Kpi:
    """Add a KPI behind the others and give it the next code (K1, K2 …).

    `values`: name, unit, better, measure (CONTRACT §3), floor, cap, headline, owner. With
    `headline_of` it becomes the one KPI that measures that goal. The caller knows the lines
    and checks the codes in `measure`. On an approved plan only a KPI that merely feeds a
    risk (`headline` false) can be added.

    Raises:
        RuleViolation: Frozen, the measure makes no sense, or it does not fit the goal.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    refuse_foreign(plan, {**values, "goal": headline_of})
    if values.get("headline", True) or headline_of:
        refuse_frozen(plan)
    rows = Kpi.objects.for_company(actor.company).filter(plan=plan)
    row = Kpi(
        company=actor.company,
        plan=plan,
        code=next_code(rows, "K"),
        position=next_position(rows),
        **values,
    )
    _check_measure(row.measure)
    add_row(row, values, actor=actor, linked={"goals": ([], [goal.code for goal in goals])})
    set_goal_links(row, goals)
    if headline_of:
        set_headline_kpi(headline_of.pk, row, actor=actor)
    return row


@transaction.atomic
def update_kpi(
    kpi_id: int, changes: Values, *, goals: Sequence[Goal] | None = None, actor: Membership
) -> Kpi:
    """Change a KPI; once the plan is approved, only the name and the person of a frozen one.

    Raises:
        RuleViolation: The plan is approved and this KPI belongs to it, the measure makes no
            sense, or the unit or direction no longer fits a goal that it measures.
        ValidationError: A new value breaks a field or database constraint.
    """
    row = locked_part(Kpi.objects.for_company(actor.company), kpi_id, actor)
    refuse_foreign(row.plan, changes)
    changed = set(audit.changed_fields(row, changes))
    linked = set_goal_links(row, goals)
    if _is_frozen(row) and (changed - ALIVE_FIELDS or linked):
        refuse_frozen(row.plan)
    if "measure" in changed:
        _check_measure(changes["measure"])
    if "unit" in changed:
        _refuse_new_unit(row)
    change_row(row, changes, actor=actor, linked=linked)
    for goal in Goal.objects.for_company(actor.company).filter(kpi=row):
        _check_direction(goal, row)
    return row


@transaction.atomic
def delete_kpi(kpi_id: int, *, actor: Membership) -> None:
    """Remove a KPI; goals that it measured keep its unit, risks lose the trigger on it.

    Raises:
        RuleViolation: The plan is approved and this KPI belongs to it.
    """
    row = locked_part(Kpi.objects.for_company(actor.company), kpi_id, actor)
    if _is_frozen(row):
        refuse_frozen(row.plan)
    for goal in Goal.objects.for_company(actor.company).filter(kpi=row):
        change_row(goal, {"kpi": None, "unit": row.unit}, actor=actor)
    for risk in Risk.objects.for_company(actor.company).filter(trigger_kpi=row):
        no_trigger = {"trigger_kpi": None, "trigger_op": "", "trigger_scope": ""}
        change_row(risk, {**no_trigger, "trigger_value": None}, actor=actor)
    remove_row(row, actor=actor)


@transaction.atomic
def move_kpi(kpi_id: int, *, up: bool, actor: Membership) -> None:
    """Move a KPI one place up or down."""
    row = locked_part(Kpi.objects.for_company(actor.company), kpi_id, actor)
    rows = Kpi.objects.for_company(actor.company).filter(plan=row.plan)
    move_row(row, rows, up=up, actor=actor)


@transaction.atomic
def set_headline_kpi(goal_id: int, kpi: Kpi, *, actor: Membership) -> Goal:
    """Let `kpi` be the one that measures the goal; the goal's unit is the KPI's from now on.

    Raises:
        RuleViolation: The plan is approved, or the KPI does not fit the goal's unit or
            direction.
    """
    goal = locked_part(Goal.objects.for_company(actor.company), goal_id, actor)
    refuse_frozen(goal.plan)
    refuse_foreign(goal.plan, {"kpi": kpi})
    _check_unit(goal, kpi)
    _check_direction(goal, kpi)
    return change_row(goal, {"kpi": kpi, "unit": ""}, actor=actor)


@transaction.atomic
def set_targets(kpi_id: int, targets: Mapping[Month, Decimal | None], *, actor: Membership) -> None:
    """Set the targets of the months named; None takes a target away, other months stay.

    Raises:
        RuleViolation: The plan is approved and this KPI belongs to it.
        ValidationError: A value is out of range.
        ValueError: A month lies outside the fiscal year.
    """
    row = locked_part(Kpi.objects.for_company(actor.company), kpi_id, actor)
    changes = _set_values(row, "target_value", targets)
    if changes and _is_frozen(row):
        refuse_frozen(row.plan)
    if changes:
        audit.record("planning.kpi.targets_set", row, actor=actor, changes=changes)


@transaction.atomic
def set_actual_value(
    kpi_id: int, month: Month, value: Decimal | None, *, actor: Membership
) -> None:
    """Log by hand what a manual KPI was in one month; None takes the value away.

    Works on approved plans. The caller knows which months are closed and refuses those.

    Raises:
        RuleViolation: The KPI is computed, not logged by hand.
        ValidationError: The value is out of range.
        ValueError: The month lies outside the fiscal year.
    """
    row = locked_part(Kpi.objects.for_company(actor.company), kpi_id, actor)
    if row.measure_kind != MeasureKind.MANUAL:
        raise RuleViolation(_("This KPI is computed from actuals and cannot be logged by hand."))
    changes = _set_values(row, "actual_value", {month: value})
    if changes:
        audit.record("planning.kpi.actual_set", row, actor=actor, changes=changes)


def _set_values(kpi: Kpi, field: str, values: Mapping[Month, Decimal | None]) -> Changes:
    stored = {
        Month.of(row.first_day): row
        for row in KpiMonth.objects.for_company(kpi.company).filter(kpi=kpi)
    }
    changes: Changes = {}
    for month, value in values.items():
        kpi.plan.year.index(month)
        row = stored.get(month) or KpiMonth(company=kpi.company, kpi=kpi, first_day=month.first_day)
        before = getattr(row, field)
        if before == value:
            continue
        setattr(row, field, value)
        row.full_clean()
        row.save()
        changes[str(month)] = (before, value)
    return changes


def _check_measure(document: Mapping[str, object]) -> None:
    try:
        parse_measure(document)
    except ValueError as error:
        raise RuleViolation(
            _("Say what the KPI measures and on which lines."), field="measure"
        ) from error


def _check_unit(goal: Goal, kpi: Kpi) -> None:
    unit = goal.kpi.unit if goal.kpi else goal.unit
    has_numbers = goal.target is not None or goal.baseline is not None
    if has_numbers and unit and unit != kpi.unit:
        raise RuleViolation(
            _("The goal's target is in another unit. Change the unit or clear the target first."),
            field="unit",
        )


def _check_direction(goal: Goal, kpi: Kpi) -> None:
    if goal.kind in GROWING and kpi.better != Better.HIGHER:
        raise RuleViolation(
            _("The goal wants this number to rise, so higher must be better."), field="better"
        )


def _refuse_new_unit(kpi: Kpi) -> None:
    goals = Goal.objects.for_company(kpi.company).filter(kpi=kpi)
    months = KpiMonth.objects.for_company(kpi.company).filter(kpi=kpi)
    numbers = [value for goal in goals for value in (goal.target, goal.baseline)]
    numbers += [value for month in months for value in (month.target_value, month.actual_value)]
    if any(number is not None for number in numbers):
        raise RuleViolation(
            _("Targets and values stand in the old unit. Clear them first."), field="unit"
        )


def _is_frozen(kpi: Kpi) -> bool:
    """Whether the approval froze the KPI; one that merely feeds a risk trigger stays alive."""
    goals = Goal.objects.for_company(kpi.company).filter(kpi=kpi)
    return kpi.plan.is_frozen and (kpi.headline or goals.exists())

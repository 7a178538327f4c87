"""What all parts of a plan share: the locked plan, codes, order and the line in the history."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership, TenantModel, TenantQuerySet
from planning.models import Plan, PlanPart

Row = TypeVar("Row", bound=TenantModel)
Part = TypeVar("Part", bound=PlanPart)
Values = Mapping[str, Any]
Changes = dict[str, tuple[Any, Any]]

_NUMBERED = re.compile(r"(\d+)$", re.ASCII)
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def locked_plan(plan_id: int, actor: Membership) -> Plan:
    """Return the plan, locked, so that it cannot be approved while a rule is checked."""
    plans = Plan.objects.for_company(actor.company).select_for_update(of=["self"])
    plan = plans.get(pk=plan_id)
    plan.company = actor.company
    return plan


def locked_part(rows: TenantQuerySet[Part], part_id: int, actor: Membership) -> Part:
    """Return one of `rows`; its plan is locked first, so that it is read as it is now."""
    plan = locked_plan(rows.values_list("plan_id", flat=True).get(pk=part_id), actor)
    part = rows.get(pk=part_id)
    part.plan = plan
    return part


def refuse_frozen(plan: Plan) -> None:
    """Refuse a change of what the approval froze.

    Raises:
        RuleViolation: The plan is approved.
    """
    if plan.is_frozen:
        raise RuleViolation(
            _("The plan is approved, so this is frozen. Change the budget through an adjustment.")
        )


def refuse_foreign(plan: Plan, values: Values) -> None:
    """Stop a caller that ties a part of another plan to this one.

    Raises:
        ValueError: A value belongs to another plan.
    """
    for field, value in values.items():
        if isinstance(value, PlanPart) and value.plan_id != plan.pk:
            raise ValueError(f"{field} belongs to another plan")


def next_code(rows: models.QuerySet[Any], prefix: str) -> str:
    """Return the first code above all that are in use: G4 beside G1 and G3."""
    numbers = [
        int(found[1])
        for code in rows.values_list("code", flat=True)
        if code.startswith(prefix) and (found := _NUMBERED.search(code))
    ]
    return f"{prefix}{max(numbers, default=0) + 1}"


def next_position(rows: models.QuerySet[Any]) -> int:
    """Return the place behind the last row."""
    last: int | None = rows.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1


def add_row(row: Row, values: Values, *, actor: Membership, linked: Changes | None = None) -> Row:
    """Check and store a new row and write `values` and `linked` into the history.

    Raises:
        ValidationError: A value breaks a field or database constraint.
    """
    row.full_clean()
    row.save()
    changes = {field: (None, value) for field, value in values.items() if not _is_empty(value)}
    audit.record(_action(row, "created"), row, actor=actor, changes={**changes, **(linked or {})})
    return row


def change_row(
    row: Row, values: Values, *, actor: Membership, reason: str = "", linked: Changes | None = None
) -> Row:
    """Store `values` on the row and write before and after into the history.

    `linked` names changes that lie in other tables. Nothing is written when nothing changes.

    Raises:
        ValidationError: A new value breaks a field or database constraint.
    """
    own = audit.changed_fields(row, values)
    for field, (_before, after) in own.items():
        setattr(row, field, after)
    if own:
        row.full_clean()
        row.save(update_fields=list(own))
    changes = {**own, **(linked or {})}
    if changes:
        audit.record(_action(row, "updated"), row, actor=actor, changes=changes, reason=reason)
    return row


def remove_row(row: TenantModel, *, actor: Membership) -> None:
    """Delete the row; the history keeps its name."""
    audit.record(_action(row, "deleted"), row, actor=actor)
    row.delete()


def move_row(
    row: Row, rows: models.QuerySet[Row], *, up: bool, actor: Membership, field: str = "position"
) -> None:
    """Let the row change places with its neighbour among `rows`, which are numbered anew.

    The first row cannot go up nor the last one down: nothing happens then.
    """
    order = list(rows)
    index = next(i for i, other in enumerate(order) if other.pk == row.pk)
    target = index - 1 if up else index + 1
    if not 0 <= target < len(order):
        return
    order[index], order[target] = order[target], order[index]
    renumber(order, field=field)
    changes = {field: (index + 1, target + 1)}
    audit.record(_action(row, "moved"), row, actor=actor, changes=changes)


def renumber(order: Sequence[TenantModel], *, field: str = "position") -> None:
    """Number the rows in the order given, ranks from 1, writing only what changes."""
    for number, row in enumerate(order, start=1 if field == "rank" else 0):
        if getattr(row, field) != number:
            setattr(row, field, number)
            row.save(update_fields=[field])


def _action(row: TenantModel, verb: str) -> str:
    noun = _CAPITAL.sub("_", type(row).__name__).lower()
    return f"planning.{noun}.{verb}"


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []

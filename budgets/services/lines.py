"""Budget lines: added, changed, put in order, removed when nothing hangs on them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from aop.calc.lines import LineKind
from aop.errors import RuleViolation
from aop.tenancy import audit
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, LineMonth
from budgets.queries.lines import grouped
from budgets.services.months import locked_line, recompute_line
from planning.models import InitiativeBudget, Kpi
from planning.services.parts import locked_plan, next_code, next_position, refuse_foreign

CODE_PREFIXES = {
    LineKind.REVENUE: "REV",
    LineKind.COGS: "COGS",
    LineKind.PURCHASE: "PUR",
    LineKind.MARKETING: "MKT",
    LineKind.OPEX: "FIX",
    LineKind.VARIABLE: "VAR",
    LineKind.CAPEX: "CAPEX",
    LineKind.TAX: "TAX",
    LineKind.CONTINGENCY: "CTG",
    LineKind.FINANCING: "FIN",
}
ALIVE = frozenset({"name_en", "aliases", "owner", "policy", "note", "forecast_method"})
Values = Mapping[str, Any]


@transaction.atomic
def add_line(plan_id: int, values: Values, *, actor: Membership) -> BudgetLine:
    """Add a line behind the others, with a code of its kind unless one was typed.

    A line that is added to an approved plan has no money until an adjustment gives it some.

    Raises:
        RuleViolation: The driver is no revenue line of the plan, or drives in a circle.
        ValidationError: A value breaks a field or database constraint, such as a code in use.
    """
    plan = locked_plan(plan_id, actor)
    refuse_foreign(plan, values)
    lines = BudgetLine.objects.for_company(actor.company).filter(plan=plan)
    line = BudgetLine(company=actor.company, plan=plan, position=next_position(lines), **values)
    line.code = line.code or next_code(lines, f"{CODE_PREFIXES[LineKind(line.kind)]}-")
    if plan.is_frozen:
        line.opening_balance_amount = line.driver_ratio = None
    _check(line)
    line.full_clean()
    line.save()
    held = {field: (None, value) for field, value in values.items() if value not in (None, "", [])}
    _record("created", line, actor, held)
    recompute_line(line.pk, actor=actor)
    return line


@transaction.atomic
def update_line(line_id: int, values: Values, *, actor: Membership) -> BudgetLine:
    """Change a line; once the plan is approved only what `ALIVE` names.

    Raises:
        RuleViolation: The value is frozen with the plan, or the driver cannot be one.
        ValidationError: A new value breaks a field or database constraint.
    """
    line = locked_line(line_id, actor)
    refuse_foreign(line.plan, values)
    changes = audit.changed_fields(line, values)
    if line.plan.is_frozen and not ALIVE.issuperset(changes):
        raise RuleViolation(
            _("The plan is approved, so this is frozen. Change the budget through an adjustment.")
        )
    if changes.get("kind", (None,))[0] == LineKind.REVENUE.value:
        _refuse_driving(line)
    for field, (_before, after) in changes.items():
        setattr(line, field, after)
    _check(line)
    line.full_clean()
    line.save(update_fields=list(changes))
    if changes:
        _record("updated", line, actor, changes)
    if {"driver", "driver_ratio"} & changes.keys():
        recompute_line(line.pk, actor=actor)
    return line


@transaction.atomic
def remove_line(line_id: int, *, actor: Membership) -> None:
    """Remove a line that nothing refers to.

    Raises:
        RuleViolation: The plan froze the line with an amount, or something still refers to
            it; the message says what.
    """
    line = locked_line(line_id, actor)
    if line.plan.is_frozen and _has_amounts(line):
        raise RuleViolation(_("The plan is approved, so its lines stay."))
    uses = uses_of(line)
    if uses:
        raise RuleViolation(
            _("The line is still used: %(where)s. Remove it there first.")
            % {"where": ", ".join(uses)}
        )
    _record("deleted", line, actor, {})
    line.delete()


@transaction.atomic
def move_line(line_id: int, *, up: bool, actor: Membership) -> None:
    """Let a line change places with its neighbour inside its group."""
    line = locked_line(line_id, actor)
    groups = grouped(_lines_of(line))
    group = next(lines for lines in groups if any(other.pk == line.pk for other in lines))
    index = next(i for i, other in enumerate(group) if other.pk == line.pk)
    if _swap(group, index, up=up):
        _renumber(groups)
        _record("moved", line, actor, {"position": (index + 1, index + (0 if up else 2))})


@transaction.atomic
def move_group(line_id: int, *, up: bool, actor: Membership) -> None:
    """Let the whole group of a line change places with the group beside it."""
    line = locked_line(line_id, actor)
    groups = grouped(_lines_of(line))
    index = next(i for i, lines in enumerate(groups) if any(o.pk == line.pk for o in lines))
    if _swap(groups, index, up=up):
        _renumber(groups)
        _record("group_moved", line, actor, {"position": (index + 1, index + (0 if up else 2))})


def uses_of(line: BudgetLine) -> list[str]:
    """Return what refers to the line, each as a short text with its number or names."""
    uses = []
    for relation in BudgetLine._meta.related_objects:
        if relation.on_delete is not models.PROTECT:
            continue
        model: Any = relation.related_model
        rows = model.objects.for_company(line.company)
        count = rows.filter(**{relation.field.name: line}).count()
        if count:
            uses.append(f"{model._meta.verbose_name} ({count})")
    named = (
        (_("Driver of"), line.driven_lines.values_list("name", flat=True)),
        (_("KPI"), _measuring_kpis(line)),
        (_("Initiative"), _paid_initiatives(line)),
    )
    return uses + [f"{label} ({', '.join(names)})" for label, names in named if names]


def _measuring_kpis(line: BudgetLine) -> list[str]:
    kpis = Kpi.objects.for_company(line.company).filter(plan=line.plan_id)
    quoted = json.dumps(line.code, ensure_ascii=False)
    return [kpi.name for kpi in kpis if quoted in json.dumps(kpi.measure, ensure_ascii=False)]


def _paid_initiatives(line: BudgetLine) -> list[str]:
    budgets = InitiativeBudget.objects.for_company(line.company).filter(
        initiative__plan=line.plan_id, line_code=line.code
    )
    return list(budgets.values_list("initiative__name", flat=True))


def _lines_of(line: BudgetLine) -> models.QuerySet[BudgetLine]:
    return BudgetLine.objects.for_company(line.company).filter(plan=line.plan_id)


def _has_amounts(line: BudgetLine) -> bool:
    amounts = models.Q(planned_amount__isnull=False) | models.Q(baseline_amount__isnull=False)
    return LineMonth.objects.for_company(line.company).filter(amounts, line=line).exists()


def _swap(items: list[Any], index: int, *, up: bool) -> bool:
    """Let an item change places with its neighbour; False at the end of the list."""
    target = index - 1 if up else index + 1
    if not 0 <= target < len(items):
        return False
    items[index], items[target] = items[target], items[index]
    return True


def _renumber(groups: Sequence[Sequence[BudgetLine]]) -> None:
    lines = [line for group in groups for line in group]
    changed = []
    for position, line in enumerate(lines):
        if line.position != position:
            line.position = position
            changed.append(line)
    if changed:
        BudgetLine.objects.for_company(changed[0].company).bulk_update(changed, ["position"])


def _check(line: BudgetLine) -> None:
    """Refuse a driver that cannot drive; drop what the kind cannot have."""
    if not line.rule.cash:
        line.cash_lag = ""
    if line.driver is None:
        line.driver_ratio = None
        return
    if line.driver.plan_id != line.plan_id or line.driver.kind != LineKind.REVENUE:
        raise RuleViolation(_("Only a revenue line can drive another line."), field="driver")
    step: BudgetLine | None = line.driver
    while step is not None:
        if step.pk == line.pk:
            raise RuleViolation(_("A line cannot drive itself."), field="driver")
        step = step.driver


def _refuse_driving(line: BudgetLine) -> None:
    driven = list(line.driven_lines.values_list("name", flat=True))
    if driven:
        raise RuleViolation(
            _("%(names)s follow this line, so it stays revenue.") % {"names": ", ".join(driven)},
            field="kind",
        )


def _record(verb: str, line: BudgetLine, actor: Membership, changes: audit.Changes) -> None:
    audit.record(
        f"budgets.line.{verb}", line, actor=actor, changes=changes, is_private=line.is_private
    )

"""KPIs as their form has them: the measure, the goals it measures and its targets in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aop.calc.measures import measure_codes, parse_measure
from aop.calc.months import Month
from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, PlanMonth
from planning.models import Goal, Kpi, Plan
from planning.services.goals import update_goal
from planning.services.kpis import (
    create_kpi,
    set_actual_value,
    set_headline_kpi,
    set_targets,
    update_kpi,
)
from planning.services.parts import locked_plan

Values = Mapping[Month, Decimal | None]


@dataclass(frozen=True, slots=True)
class KpiContent:
    """What somebody wants a KPI to be.

    `goals` are those it tells about, `measures` those whose one headline KPI it is; None
    leaves either as it is, and so do targets that are not named.
    """

    values: Mapping[str, Any]
    goals: Sequence[Goal] | None = None
    measures: Sequence[Goal] | None = None
    targets: Values = field(default_factory=dict)


@transaction.atomic
def add_kpi(plan: Plan, content: KpiContent, *, actor: Membership) -> Kpi:
    """Add a KPI with its targets and let it measure its goals.

    Raises:
        RuleViolation: An unknown line, or what the services of planning refuse.
        ValidationError: A value breaks a field or database constraint.
    """
    plan = locked_plan(plan.pk, actor)
    _refuse_unknown_lines(plan, content)
    kpi = create_kpi(plan, content.values, goals=content.goals or (), actor=actor)
    for goal in content.measures or ():
        set_headline_kpi(goal.pk, kpi, actor=actor)
    set_targets(kpi.pk, content.targets, actor=actor)
    return kpi


@transaction.atomic
def change_kpi(kpi_id: int, content: KpiContent, *, actor: Membership) -> Kpi:
    """Change a KPI, its targets and the goals it measures.

    Targets in an old unit go before the unit changes. A goal that it no longer measures keeps
    the unit of its target.

    Raises:
        RuleViolation: An unknown line, or what the services of planning refuse.
        ValidationError: A new value breaks a field or database constraint.
    """
    rows = Kpi.objects.for_company(actor.company)
    plan = locked_plan(rows.values_list("plan_id", flat=True).get(pk=kpi_id), actor)
    _refuse_unknown_lines(plan, content)
    before = rows.get(pk=kpi_id)
    if content.values.get("unit", before.unit) != before.unit:
        set_targets(kpi_id, dict.fromkeys(plan.year), actor=actor)
    kpi = update_kpi(kpi_id, content.values, goals=content.goals, actor=actor)
    if content.measures is not None:
        _set_measured(kpi, content.measures, actor)
    set_targets(kpi_id, content.targets, actor=actor)
    return kpi


@transaction.atomic
def log_kpi(kpi_id: int, values: Values, *, actor: Membership) -> Kpi:
    """Log by hand what a KPI came to in some open months; None takes a value away.

    Raises:
        RuleViolation: The KPI is computed, or a month is closed.
        ValidationError: A value is out of range.
    """
    kpi = Kpi.objects.for_company(actor.company).select_related("plan").get(pk=kpi_id)
    months = PlanMonth.objects.for_company(actor.company).filter(plan=kpi.plan)
    wanted = months.filter(first_day__in=[month.first_day for month in values])
    if any(row.is_closed for row in wanted.select_for_update()):
        raise RuleViolation(_("A closed month keeps its values. Reopen it first."))
    for month, value in values.items():
        set_actual_value(kpi_id, month, value, actor=actor)
    return kpi


def _set_measured(kpi: Kpi, goals: Sequence[Goal], actor: Membership) -> None:
    before = list(Goal.objects.for_company(actor.company).filter(kpi=kpi))
    for goal in before:
        if goal not in goals:
            update_goal(goal.pk, {"kpi": None, "unit": kpi.unit}, actor=actor)
    for goal in goals:
        if goal not in before:
            set_headline_kpi(goal.pk, kpi, actor=actor)


def _refuse_unknown_lines(plan: Plan, content: KpiContent) -> None:
    measure = content.values.get("measure")
    if not measure:
        return
    codes = set(measure_codes(parse_measure(measure)))
    lines = BudgetLine.objects.for_company(plan.company).filter(plan=plan, code__in=codes)
    unknown = sorted(codes - set(lines.values_list("code", flat=True)))
    if unknown:
        raise RuleViolation(_("The budget has no line %(code)s.") % {"code": ", ".join(unknown)})

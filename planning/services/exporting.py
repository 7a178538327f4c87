"""The plan's rows as the values of a plan folder."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from aop.calc.measures import parse_measure
from aop.calc.months import Month
from planning.folders.actions import ActionMoneyRow, InitiativeRow, MilestoneRow
from planning.folders.goals import GoalRow
from planning.folders.kpis import KpiRow
from planning.folders.plan import (
    AssumptionRow,
    DirectionRow,
    MaterialityRow,
    NotDoingRow,
    PlanRow,
    ThresholdRow,
    ThresholdsRow,
)
from planning.folders.resources import AllocationRow, PersonRow
from planning.folders.risks import RiskRow, TriggerRow
from planning.models import (
    Allocation,
    Assumption,
    Goal,
    Initiative,
    InitiativeBudget,
    InitiativeGoal,
    Kpi,
    KpiGoal,
    KpiMonth,
    MeasureKind,
    Milestone,
    NotDoing,
    Person,
    Plan,
    Priority,
    Risk,
    RiskGoal,
)
from planning.services.loading import DAILY_BUSINESS, PlanRows


def plan_rows(plan: Plan, *, closed_through: Month | None) -> PlanRows:
    """Return everything that planning writes into a plan folder."""
    return PlanRows(
        plan=_plan_row(plan, closed_through),
        people=tuple(_person_row(person) for person in _of(Person, plan)),
        allocations=_allocation_rows(plan),
        goals=_goal_rows(plan),
        kpis=_kpi_rows(plan),
        initiatives=_initiative_rows(plan),
        risks=_risk_rows(plan),
    )


def _of(model: Any, plan: Plan) -> Any:
    return model.objects.for_company(plan.company).filter(plan=plan).order_by("position", "id")


def _plan_row(plan: Plan, closed_through: Month | None) -> PlanRow:
    return PlanRow(
        fiscal_year=plan.fiscal_year,
        first_month=Month.of(plan.first_month),
        status=plan.status,
        approved_on=plan.approved_on,
        closed_through=closed_through,
        review_rhythm=plan.review_rhythm,
        review_every=plan.review_every,
        review_day=plan.review_day,
        opening_cash_amount=plan.opening_cash_amount,
        minimum_cash_amount=plan.minimum_cash_amount,
        opening_stock_amount=plan.opening_stock_amount,
        direction=DirectionRow(
            where_we_are=plan.where_we_are,
            where_we_go=plan.where_we_go,
            priorities=tuple(priority.text for priority in _of(Priority, plan)),
        ),
        assumptions=tuple(
            AssumptionRow(item.what, item.why, item.breaks_when, _month(item.check_month))
            for item in _of(Assumption, plan)
        ),
        not_doing=tuple(
            NotDoingRow(item.what, item.why, item.revisit) for item in _of(NotDoing, plan)
        ),
        thresholds=ThresholdsRow(
            **{name: _threshold_row(values) for name, values in plan.thresholds.items()}
        ),
        materiality=MaterialityRow(plan.materiality_amount, _plain(plan.materiality_ratio)),
    )


def _threshold_row(values: dict[str, Any]) -> ThresholdRow:
    return ThresholdRow(
        green=Decimal(str(values["green"])),
        amber=Decimal(str(values["amber"])),
        hysteresis=Decimal(str(values["hysteresis"])),
        better=values["better"],
        min_amount=values.get("min_amount"),
    )


def _month(day: date | None) -> Month | None:
    return Month.of(day) if day else None


def _plain(value: Decimal) -> Decimal:
    """Return the value without the zeros that the column's scale adds."""
    return Decimal(f"{value.normalize():f}")


def _value(value: Decimal | None) -> Decimal | None:
    return None if value is None else _plain(value)


def _codes(links: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row_id, code in links:
        found[row_id].append(code)
    return {row_id: tuple(codes) for row_id, codes in found.items()}


def _linked(model: Any, plan: Plan, to: str) -> dict[int, tuple[str, ...]]:
    rows = model.objects.for_company(plan.company).filter(**{f"{to}__plan": plan})
    return _codes(rows.values_list(f"{to}_id", "goal__code"))


def _code(row: Any) -> str:
    return row.code if row is not None else ""


def _person_row(person: Person) -> PersonRow:
    return PersonRow(
        code=person.code,
        name=person.name,
        role=person.role,
        hours_per_week=_plain(person.hours_per_week),
        email=person.email,
    )


def _allocation_rows(plan: Plan) -> tuple[AllocationRow, ...]:
    rows = (
        Allocation.objects.for_company(plan.company)
        .filter(person__plan=plan)
        .order_by("id")
        .values_list("person__code", "initiative__code", "first_day", "percent")
    )
    found: dict[tuple[str, str], dict[date, Decimal]] = defaultdict(dict)
    for person, initiative, first_day, percent in rows:
        found[person, initiative or DAILY_BUSINESS][first_day] = _plain(percent)
    return tuple(
        AllocationRow(person, work, tuple(cells.get(month.first_day) for month in plan.year))
        for (person, work), cells in found.items()
    )


def _goal_rows(plan: Plan) -> tuple[GoalRow, ...]:
    goals: Iterable[Goal] = _of(Goal, plan).select_related("kpi", "owner")
    return tuple(
        GoalRow(
            code=goal.code,
            name=goal.name,
            rank=goal.rank,
            kind=goal.kind,
            kpi_code=_code(goal.kpi),
            baseline=_value(goal.baseline),
            target=_value(goal.target),
            basis=goal.basis,
            basis_note=goal.basis_note,
            threshold=goal.threshold,
            owner=_code(goal.owner),
            why=goal.why,
            unit="" if goal.kpi else goal.unit,
        )
        for goal in goals
    )


def _kpi_rows(plan: Plan) -> tuple[KpiRow, ...]:
    goals = _linked(KpiGoal, plan, "kpi")
    months: dict[int, dict[date, KpiMonth]] = defaultdict(dict)
    for cell in KpiMonth.objects.for_company(plan.company).filter(kpi__plan=plan):
        months[cell.kpi_id][cell.first_day] = cell
    return tuple(
        _kpi_row(plan, kpi, goals.get(kpi.pk, ()), months[kpi.pk])
        for kpi in _of(Kpi, plan).select_related("owner")
    )


def _kpi_row(plan: Plan, kpi: Kpi, goals: tuple[str, ...], months: dict[date, KpiMonth]) -> KpiRow:
    cells = [months.get(month.first_day) for month in plan.year]
    targets = tuple(_value(cell.target_value) if cell else None for cell in cells)
    actuals = tuple(_value(cell.actual_value) if cell else None for cell in cells)
    return KpiRow(
        code=kpi.code,
        name=kpi.name,
        unit=kpi.unit,
        better=kpi.better,
        measure=parse_measure(kpi.measure),
        floor=_value(kpi.floor),
        cap=_value(kpi.cap),
        goals=goals,
        targets=targets if any(value is not None for value in targets) else None,
        headline=kpi.headline,
        owner=_code(kpi.owner),
        actuals=actuals if kpi.measure_kind == MeasureKind.MANUAL else None,
    )


def _initiative_rows(plan: Plan) -> tuple[InitiativeRow, ...]:
    company = plan.company
    goals = _linked(InitiativeGoal, plan, "initiative")
    money: dict[int, list[ActionMoneyRow]] = defaultdict(list)
    for budget in InitiativeBudget.objects.for_company(company).filter(initiative__plan=plan):
        money[budget.initiative_id].append(ActionMoneyRow(budget.line_code, budget.amount))
    milestones: dict[int, list[MilestoneRow]] = defaultdict(list)
    for item in Milestone.objects.for_company(company).filter(initiative__plan=plan):
        milestones[item.initiative_id].append(
            MilestoneRow(item.name, item.due, item.done, item.first_due)
        )
    return tuple(
        InitiativeRow(
            code=initiative.code,
            name=initiative.name,
            goals=goals.get(initiative.pk, ()),
            owner=_code(initiative.owner),
            start=initiative.start,
            end=initiative.end,
            order=initiative.position,
            status=initiative.status,
            budget=tuple(money[initiative.pk]),
            milestones=tuple(milestones[initiative.pk]),
        )
        for initiative in _of(Initiative, plan).select_related("owner")
    )


def _risk_rows(plan: Plan) -> tuple[RiskRow, ...]:
    goals = _linked(RiskGoal, plan, "risk")
    risks: Iterable[Risk] = _of(Risk, plan).select_related("owner", "trigger_kpi")
    return tuple(
        RiskRow(
            code=risk.code,
            name=risk.name,
            likelihood=risk.likelihood,
            impact=risk.impact,
            goals=goals.get(risk.pk, ()),
            owner=_code(risk.owner),
            trigger=_trigger_row(risk),
            contingency=risk.contingency,
            contingency_amount=risk.contingency_amount,
        )
        for risk in risks
    )


def _trigger_row(risk: Risk) -> TriggerRow | None:
    if risk.trigger_kpi is None or risk.trigger_value is None:
        return None
    return TriggerRow(
        kpi_code=risk.trigger_kpi.code,
        op=risk.trigger_op,
        value=_plain(risk.trigger_value),
        scope=risk.trigger_scope,
        consecutive=risk.trigger_consecutive,
    )

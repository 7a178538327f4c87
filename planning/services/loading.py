"""The plan's part of a plan folder, into rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Model

from aop.calc.measures import measure_document
from aop.calc.months import Month
from aop.tenancy.models import Company
from planning.folders.actions import InitiativeRow
from planning.folders.goals import GoalRow
from planning.folders.kpis import KpiRow
from planning.folders.plan import PlanRow, ThresholdsRow
from planning.folders.resources import AllocationRow, PersonRow
from planning.folders.risks import RiskRow
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
    Milestone,
    NotDoing,
    Person,
    Plan,
    Priority,
    Risk,
    RiskGoal,
)

DAILY_BUSINESS = "BAU"
_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """What planning reads from a plan folder."""

    plan: PlanRow
    people: Sequence[PersonRow]
    allocations: Sequence[AllocationRow]
    goals: Sequence[GoalRow]
    kpis: Sequence[KpiRow]
    initiatives: Sequence[InitiativeRow]
    risks: Sequence[RiskRow]


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """The stored plan with its parts by code, for those who load what refers to them."""

    plan: Plan
    people: Mapping[str, Person]
    goals: Mapping[str, Goal]
    kpis: Mapping[str, Kpi]
    initiatives: Mapping[str, Initiative]


def load_plan(company: Company, rows: PlanRows) -> LoadedPlan:
    """Store the plan of a folder with its six components; the caller holds the transaction."""
    plan = _create_plan(company, rows.plan)
    people = _by_code(
        Person.objects.bulk_create(
            Person(
                company=company,
                plan=plan,
                position=position,
                code=row.code,
                name=row.name,
                role=row.role,
                hours_per_week=row.hours_per_week,
                email=row.email,
            )
            for position, row in enumerate(rows.people)
        )
    )
    kpis = _by_code(_create_kpis(plan, rows.kpis, people))
    goals = _by_code(_create_goals(plan, rows.goals, people, kpis))
    initiatives = _by_code(_create_initiatives(plan, rows.initiatives, people))
    _link_kpis(plan, rows.kpis, kpis, goals)
    _fill_initiatives(plan, rows.initiatives, initiatives, goals)
    _create_risks(plan, rows.risks, people, kpis, goals)
    _create_allocations(plan, rows.allocations, people, initiatives)
    return LoadedPlan(plan, people, goals, kpis, initiatives)


def _by_code(rows: Iterable[_Row]) -> dict[str, _Row]:
    return {row.code: row for row in rows}  # type: ignore[attr-defined]  # every part has one


def _create_plan(company: Company, row: PlanRow) -> Plan:
    plan = Plan.objects.create(
        company=company,
        fiscal_year=row.fiscal_year,
        first_month=row.first_month.first_day,
        status=row.status,
        approved_on=row.approved_on,
        where_we_are=row.direction.where_we_are,
        where_we_go=row.direction.where_we_go,
        review_every=row.review_every,
        review_day=row.review_day,
        review_rhythm=row.review_rhythm,
        opening_cash_amount=row.opening_cash_amount,
        minimum_cash_amount=row.minimum_cash_amount,
        opening_stock_amount=row.opening_stock_amount,
        thresholds=_threshold_document(row.thresholds),
        materiality_amount=row.materiality.amount,
        materiality_ratio=row.materiality.ratio,
    )
    common: dict[str, Any] = {"company": company, "plan": plan}
    Priority.objects.bulk_create(
        Priority(**common, position=position, text=text)
        for position, text in enumerate(row.direction.priorities)
    )
    NotDoing.objects.bulk_create(
        NotDoing(**common, position=i, what=item.what, why=item.why, revisit=item.revisit)
        for i, item in enumerate(row.not_doing)
    )
    Assumption.objects.bulk_create(
        Assumption(
            **common,
            position=position,
            what=item.what,
            why=item.why,
            breaks_when=item.breaks_when,
            check_month=_first_day(item.check_month),
        )
        for position, item in enumerate(row.assumptions)
    )
    return plan


def _threshold_document(row: ThresholdsRow) -> dict[str, dict[str, Any]]:
    """Return the thresholds as JSON keeps them: numbers as text, so that they stay exact."""
    found = {}
    for name in ("attainment", "share_gap", "floor_gap", "cap_gap", "spend_ratio"):
        threshold = getattr(row, name)
        found[name] = {
            "green": str(threshold.green),
            "amber": str(threshold.amber),
            "hysteresis": str(threshold.hysteresis),
            "better": threshold.better,
        }
        if threshold.min_amount is not None:
            found[name]["min_amount"] = threshold.min_amount
    return found


def _first_day(month: Month | None) -> date | None:
    return month.first_day if month else None


def _create_kpis(plan: Plan, rows: Sequence[KpiRow], people: Mapping[str, Person]) -> list[Kpi]:
    kpis = Kpi.objects.bulk_create(
        Kpi(
            company=plan.company,
            plan=plan,
            position=position,
            code=row.code,
            name=row.name,
            unit=row.unit,
            better=row.better,
            measure=measure_document(row.measure),
            floor=row.floor,
            cap=row.cap,
            headline=row.headline,
            owner=people.get(row.owner),
        )
        for position, row in enumerate(rows)
    )
    KpiMonth.objects.bulk_create(
        KpiMonth(
            company=plan.company,
            kpi=kpi,
            first_day=month.first_day,
            target_value=_cell(row.targets, position),
            actual_value=_cell(row.actuals, position),
        )
        for kpi, row in zip(kpis, rows, strict=True)
        for position, month in enumerate(plan.year)
        if _cell(row.targets, position) is not None or _cell(row.actuals, position) is not None
    )
    return kpis


def _cell(values: Sequence[Decimal | None] | None, position: int) -> Decimal | None:
    return values[position] if values else None


def _create_goals(
    plan: Plan, rows: Sequence[GoalRow], people: Mapping[str, Person], kpis: Mapping[str, Kpi]
) -> list[Goal]:
    return Goal.objects.bulk_create(
        Goal(
            company=plan.company,
            plan=plan,
            position=position,
            code=row.code,
            name=row.name,
            rank=row.rank,
            kind=row.kind,
            kpi=kpis.get(row.kpi_code),
            unit=row.unit,
            baseline=row.baseline,
            target=row.target,
            basis=row.basis,
            basis_note=row.basis_note,
            why=row.why,
            threshold=row.threshold,
            owner=people.get(row.owner),
        )
        for position, row in enumerate(rows)
    )


def _link_kpis(
    plan: Plan, rows: Sequence[KpiRow], kpis: Mapping[str, Kpi], goals: Mapping[str, Goal]
) -> None:
    KpiGoal.objects.bulk_create(
        KpiGoal(company=plan.company, kpi=kpis[row.code], goal=goals[code], position=position)
        for row in rows
        for position, code in enumerate(row.goals)
    )


def _create_initiatives(
    plan: Plan, rows: Sequence[InitiativeRow], people: Mapping[str, Person]
) -> list[Initiative]:
    return Initiative.objects.bulk_create(
        Initiative(
            company=plan.company,
            plan=plan,
            position=row.order,
            code=row.code,
            name=row.name,
            owner=people.get(row.owner),
            start=row.start,
            end=row.end,
            status=row.status,
        )
        for row in rows
    )


def _fill_initiatives(
    plan: Plan,
    rows: Sequence[InitiativeRow],
    initiatives: Mapping[str, Initiative],
    goals: Mapping[str, Goal],
) -> None:
    company = plan.company
    InitiativeGoal.objects.bulk_create(
        InitiativeGoal(
            company=company, initiative=initiatives[row.code], goal=goals[code], position=position
        )
        for row in rows
        for position, code in enumerate(row.goals)
    )
    InitiativeBudget.objects.bulk_create(
        InitiativeBudget(
            company=company,
            initiative=initiatives[row.code],
            line_code=money.line_code,
            amount=money.amount,
            position=position,
        )
        for row in rows
        for position, money in enumerate(row.budget)
    )
    Milestone.objects.bulk_create(
        Milestone(
            company=company,
            initiative=initiatives[row.code],
            name=item.name,
            due=item.due,
            done=item.done,
            first_due=item.first_due,
            times_pushed=int(item.due > item.first_due),
            position=position,
        )
        for row in rows
        for position, item in enumerate(row.milestones)
    )


def _create_risks(
    plan: Plan,
    rows: Sequence[RiskRow],
    people: Mapping[str, Person],
    kpis: Mapping[str, Kpi],
    goals: Mapping[str, Goal],
) -> None:
    risks = Risk.objects.bulk_create(
        Risk(
            company=plan.company,
            plan=plan,
            position=position,
            code=row.code,
            name=row.name,
            likelihood=row.likelihood,
            impact=row.impact,
            owner=people.get(row.owner),
            contingency=row.contingency,
            contingency_amount=row.contingency_amount,
            **_trigger_columns(row, kpis),
        )
        for position, row in enumerate(rows)
    )
    RiskGoal.objects.bulk_create(
        RiskGoal(company=plan.company, risk=risk, goal=goals[code], position=position)
        for risk, row in zip(risks, rows, strict=True)
        for position, code in enumerate(row.goals)
    )


def _trigger_columns(row: RiskRow, kpis: Mapping[str, Kpi]) -> dict[str, Any]:
    if row.trigger is None:
        return {}
    return {
        "trigger_kpi": kpis[row.trigger.kpi_code],
        "trigger_op": row.trigger.op,
        "trigger_value": row.trigger.value,
        "trigger_scope": row.trigger.scope,
        "trigger_consecutive": row.trigger.consecutive,
    }


def _create_allocations(
    plan: Plan,
    rows: Sequence[AllocationRow],
    people: Mapping[str, Person],
    initiatives: Mapping[str, Initiative],
) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            company=plan.company,
            person=people[row.person],
            initiative=None if row.work == DAILY_BUSINESS else initiatives[row.work],
            first_day=month.first_day,
            percent=percent,
        )
        for row in rows
        for month, percent in zip(plan.year, row.percents, strict=True)
        if percent is not None
    )

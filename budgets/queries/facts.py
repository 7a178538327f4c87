"""A plan as the plain values that the arithmetic reads; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Sum

from aop.calc.lines import LineKind, Method, Policy
from aop.calc.measures import parse_measure
from aop.calc.months import FiscalYear, Month
from aop.calc.report.facts import (
    NO_CELLS,
    AllocationFacts,
    Basis,
    Cells,
    GoalFacts,
    GoalKind,
    InitiativeFacts,
    KpiFacts,
    LineFacts,
    MilestoneFacts,
    PersonFacts,
    PlanFacts,
    ReviewEvery,
    RiskFacts,
    Scope,
    Thresholds,
    TriggerFacts,
    Unit,
)
from aop.calc.status import Better, Materiality, Threshold, ThresholdName
from budgets.models import BudgetLine, Commitment, CommitmentStatus, LineMonth, PlanMonth
from planning.models import (
    Goal,
    Initiative,
    InitiativeBudget,
    Kpi,
    Milestone,
    NotDoing,
    Person,
    Plan,
    Risk,
)

DAILY_BUSINESS = "BAU"


def months_of(plan: Plan) -> list[PlanMonth]:
    """Return the twelve months of the plan with their state and their counts."""
    return list(PlanMonth.objects.for_company(plan.company).filter(plan=plan))


def plan_facts(
    plan: Plan, *, through: Month | None = None, months: Sequence[PlanMonth] | None = None
) -> PlanFacts:
    """Return everything the arithmetic needs to know about `plan`, from twelve queries.

    `through` is the month looked at, the last closed one by default; `months` spares a
    query where the caller has them. What only tracking knows (typed forecasts, decisions,
    reviews) is left empty.
    """
    months = months_of(plan) if months is None else months
    closed_through = last_closed(months)
    return PlanFacts(
        company=plan.company.slug,
        label=plan.fiscal_year,
        year=plan.year,
        currency=plan.company.currency,
        closed_through=closed_through,
        through=through or closed_through,
        thresholds=thresholds_of(plan),
        materiality=Materiality(plan.materiality_amount, plan.materiality_ratio),
        opening_cash=plan.opening_cash_amount or 0,
        minimum_cash=plan.minimum_cash_amount or 0,
        opening_stock=plan.opening_stock_amount,
        review_every=ReviewEvery(plan.review_every),
        review_rhythm=plan.review_rhythm,
        not_doing_count=NotDoing.objects.for_company(plan.company).filter(plan=plan).count(),
        lines=line_facts(plan),
        goals=_goal_facts(plan),
        kpis=_kpi_facts(plan),
        initiatives=_initiative_facts(plan),
        **_people_facts(plan),
        risks=_risk_facts(plan),
        cash_counts=_cells(plan.year, [(m.first_day, m.cash_counted_amount) for m in months]),
        stock_counts=_cells(plan.year, [(m.first_day, m.stock_counted_amount) for m in months]),
    )


def last_closed(months: Iterable[PlanMonth]) -> Month | None:
    """Return the last month up to which all are closed, None before the first close."""
    found = None
    for month in sorted(months, key=lambda m: m.first_day):
        if not month.is_closed:
            break
        found = Month.of(month.first_day)
    return found


def line_facts(plan: Plan) -> tuple[LineFacts, ...]:
    """Return the lines with their months, in the plan's order, from three queries."""
    cells = _line_cells(plan)
    committed = _committed(plan)
    rows = (
        BudgetLine.objects.for_company(plan.company)
        .filter(plan=plan)
        .values(
            *("pk", "code", "kind", "channel__code", "cash_lag", "opening_balance_amount"),
            *("driver__code", "driver_ratio", "forecast_method", "policy"),
            *("owner__code", "name", "name_en", "group", "is_private"),
        )
    )
    return tuple(
        LineFacts(
            code=row["code"],
            kind=LineKind(row["kind"]),
            channel=row["channel__code"],
            cash_lag=tuple(Decimal(share) for share in row["cash_lag"].split(";") if share),
            opening_balance=row["opening_balance_amount"] or 0,
            driver_code=row["driver__code"],
            driver_ratio=row["driver_ratio"],
            forecast_method=Method(row["forecast_method"]) if row["forecast_method"] else None,
            policy=Policy(row["policy"]),
            committed=committed.get(row["pk"], NO_CELLS),
            name=row["name"],
            name_en=row["name_en"],
            group=row["group"],
            is_private=row["is_private"],
            owner=row["owner__code"],
            **cells.get(row["pk"], {}),
        )
        for row in rows
    )


def private_codes(plan: Plan) -> frozenset[str]:
    """Return the codes of the lines that only owner and accountant see."""
    lines = BudgetLine.objects.for_company(plan.company).filter(plan=plan, is_private=True)
    return frozenset(lines.values_list("code", flat=True))


_MONTH_COLUMNS = {
    "planned": "planned_amount",
    "baseline": "baseline_amount",
    "actual": "actual_amount",
    "last_year": "last_year_amount",
}


def _line_cells(plan: Plan) -> dict[int, dict[str, Cells]]:
    index = {month.first_day: i for i, month in enumerate(plan.year)}
    found: dict[int, list[list[int | None]]] = {}
    rows = (
        LineMonth.objects.for_company(plan.company)
        .filter(line__plan=plan)
        .order_by()
        .values_list("line_id", "first_day", *_MONTH_COLUMNS.values())
    )
    for line_id, first_day, *amounts in rows:
        columns = found.setdefault(line_id, [[None] * len(index) for _ in _MONTH_COLUMNS])
        position = index[first_day]
        for column, amount in zip(columns, amounts, strict=True):
            column[position] = amount
    cells = {
        line_id: dict(zip(_MONTH_COLUMNS, map(tuple, columns), strict=True))
        for line_id, columns in found.items()
    }
    if not plan.is_frozen:  # a draft's own amounts are what would become the baseline
        for columns_of_line in cells.values():
            columns_of_line["baseline"] = columns_of_line["planned"]
    return cells


def _committed(plan: Plan) -> dict[int, Cells]:
    rows = (
        Commitment.objects.for_company(plan.company)
        .filter(plan=plan, status=CommitmentStatus.OPEN)
        .order_by()
        .values_list("line_id", "first_day")
        .annotate(total=Sum("amount"))
    )
    by_line: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for line_id, first_day, total in rows:
        by_line[line_id].append((first_day, total))
    return {line_id: _cells(plan.year, pairs) for line_id, pairs in by_line.items()}


def _cells(year: FiscalYear, pairs: Iterable[tuple[date, int | None]]) -> Cells:
    found = dict(pairs)
    return tuple(found.get(month.first_day) for month in year)


def thresholds_of(plan: Plan) -> Thresholds:
    """Return the plan's thresholds as exact decimals."""
    return Thresholds(
        **{name.value: _threshold(plan.thresholds[name.value]) for name in ThresholdName}
    )


def _threshold(stored: Mapping[str, Any]) -> Threshold:
    return Threshold(
        green=Decimal(str(stored["green"])),
        amber=Decimal(str(stored["amber"])),
        hysteresis=Decimal(str(stored["hysteresis"])),
        better=Better(stored["better"]),
        min_amount=int(stored.get("min_amount") or 0),
    )


def _goal_facts(plan: Plan) -> tuple[GoalFacts, ...]:
    rows = (
        Goal.objects.for_company(plan.company)
        .filter(plan=plan)
        .order_by("position", "id")
        .values(
            *("code", "kind", "kpi__code", "target", "basis", "baseline"),
            *("threshold", "owner__code", "name"),
        )
    )
    return tuple(
        GoalFacts(
            code=row["code"],
            kind=GoalKind(row["kind"]),
            kpi_code=row["kpi__code"],
            target=row["target"],
            basis=Basis(row["basis"]) if row["basis"] else None,
            baseline=row["baseline"],
            threshold=ThresholdName(row["threshold"]) if row["threshold"] else None,
            owner=row["owner__code"],
            name=row["name"],
        )
        for row in rows
    )


def _kpi_facts(plan: Plan) -> tuple[KpiFacts, ...]:
    rows = list(
        Kpi.objects.for_company(plan.company)
        .filter(plan=plan)
        .order_by("position", "id")
        .values(
            *("code", "name", "unit", "better", "measure", "floor", "cap", "headline"),
            *("months__first_day", "months__target_value", "months__actual_value"),
        )
    )
    return tuple(_kpi(plan.year, list(group)) for _code, group in groupby(rows, itemgetter("code")))


def _kpi(year: FiscalYear, rows: list[dict[str, Any]]) -> KpiFacts:
    first = rows[0]
    return KpiFacts(
        code=first["code"],
        unit=Unit(first["unit"]),
        better=Better(first["better"]),
        measure=parse_measure(first["measure"]),
        floor=first["floor"],
        cap=first["cap"],
        targets=_values(year, rows, "months__target_value"),
        actuals=_values(year, rows, "months__actual_value"),
        headline=first["headline"],
        name=first["name"],
    )


def _values(
    year: FiscalYear, rows: list[dict[str, Any]], column: str
) -> tuple[Decimal | None, ...]:
    found = {row["months__first_day"]: row[column] for row in rows if row[column] is not None}
    return tuple(found.get(month.first_day) for month in year) if found else ()


def _initiative_facts(plan: Plan) -> tuple[InitiativeFacts, ...]:
    rows = list(
        Initiative.objects.for_company(plan.company)
        .filter(plan=plan)
        .order_by("position", "id", "goal_links__position", "goal_links__id")
        .values("pk", "code", "name", "owner__code", "start", "end", "goal_links__goal__code")
    )
    money = defaultdict(list)
    for initiative_id, line_code, amount in (
        InitiativeBudget.objects.for_company(plan.company)
        .filter(initiative__plan=plan)
        .values_list("initiative_id", "line_code", "amount")
    ):
        money[initiative_id].append((line_code, amount))
    milestones = defaultdict(list)
    for initiative_id, name, due, done in (
        Milestone.objects.for_company(plan.company)
        .filter(initiative__plan=plan)
        .values_list("initiative_id", "name", "due", "done")
    ):
        milestones[initiative_id].append(MilestoneFacts(name, due, done))
    return tuple(
        _initiative(list(group), tuple(money[pk]), tuple(milestones[pk]))
        for pk, group in groupby(rows, itemgetter("pk"))
    )


def _initiative(
    rows: Sequence[Mapping[str, Any]],
    budget: tuple[tuple[str, int], ...],
    milestones: tuple[MilestoneFacts, ...],
) -> InitiativeFacts:
    first = rows[0]
    goals = tuple(row["goal_links__goal__code"] for row in rows if row["goal_links__goal__code"])
    return InitiativeFacts(
        code=first["code"],
        goals=goals,
        owner=first["owner__code"],
        start=first["start"],
        end=first["end"],
        budget=budget,
        milestones=milestones,
        name=first["name"],
    )


def _people_facts(plan: Plan) -> dict[str, Any]:
    rows = list(
        Person.objects.for_company(plan.company)
        .filter(plan=plan)
        .order_by("position", "id", "allocations__id")
        .values(
            *("code", "name", "email", "hours_per_week", "allocations__initiative__code"),
            *("allocations__first_day", "allocations__percent"),
        )
    )
    people = {
        row["code"]: PersonFacts(row["code"], row["hours_per_week"], row["name"], row["email"])
        for row in rows
    }
    shares: dict[tuple[str, str], dict[date, Decimal]] = defaultdict(dict)
    for row in rows:
        if row["allocations__first_day"] is not None:
            work = row["allocations__initiative__code"] or DAILY_BUSINESS
            shares[row["code"], work][row["allocations__first_day"]] = row["allocations__percent"]
    allocations = tuple(
        AllocationFacts(
            person, work, tuple(found.get(month.first_day, Decimal(0)) for month in plan.year)
        )
        for (person, work), found in shares.items()
    )
    return {"people": tuple(people.values()), "allocations": allocations}


def _risk_facts(plan: Plan) -> tuple[RiskFacts, ...]:
    rows = (
        Risk.objects.for_company(plan.company)
        .filter(plan=plan)
        .values(
            *("code", "likelihood", "impact", "contingency", "contingency_amount"),
            *("trigger_kpi__code", "trigger_op", "trigger_value", "trigger_scope"),
            *("trigger_consecutive", "name", "is_closed"),
        )
    )
    return tuple(
        RiskFacts(
            code=row["code"],
            likelihood=row["likelihood"],
            impact=row["impact"],
            trigger=_trigger(row),
            contingency=row["contingency"],
            contingency_amount=row["contingency_amount"],
            name=row["name"],
            is_closed=row["is_closed"],
        )
        for row in rows
    )


def _trigger(row: Mapping[str, Any]) -> TriggerFacts | None:
    if row["trigger_kpi__code"] is None or row["trigger_value"] is None:
        return None
    return TriggerFacts(
        kpi_code=row["trigger_kpi__code"],
        op=row["trigger_op"],
        value=row["trigger_value"],
        scope=Scope(row["trigger_scope"]),
        consecutive=row["trigger_consecutive"],
    )

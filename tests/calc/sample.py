"""Reads the sample company's folder straight into facts, apart from the product's own reader."""

import csv
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from aop.calc.cells import NO_CELLS, Cells
from aop.calc.lines import LineKind, Method, Policy
from aop.calc.measures import parse_measure
from aop.calc.months import FiscalYear, Month
from aop.calc.report.facts import (
    AllocationFacts,
    Basis,
    DecisionFacts,
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

FOLDER = Path(__file__).parents[2] / "tracking" / "samples" / "babycare"
Rows = dict[str, dict[Month, int]]


@cache
def babycare(through: str = "2026-10") -> PlanFacts:
    """BabyCare House, looked at after the close of a month."""
    plan = _json("plan.json")
    year = FiscalYear(Month.parse(plan["first_month"]))
    return PlanFacts(
        company=_json("company.json")["slug"],
        label=plan["fiscal_year"],
        year=year,
        currency=_json("company.json")["currency"],
        closed_through=Month.parse(plan["closed_through"]),
        through=Month.parse(through),
        thresholds=Thresholds(**{k: _threshold(v) for k, v in plan["thresholds"].items()}),
        materiality=Materiality(**plan["materiality"]),
        opening_cash=plan["opening_cash_amount"],
        minimum_cash=plan["minimum_cash_amount"],
        opening_stock=plan["opening_stock_amount"],
        review_every=ReviewEvery(plan["review_every"]),
        review_rhythm=plan["review_rhythm"],
        not_doing_count=len(plan["not_doing"]),
        lines=_lines(year),
        goals=tuple(_goal(one) for one in _json("goals.json")),
        kpis=tuple(_kpi(one) for one in _json("kpis.json")),
        initiatives=tuple(_initiative(one) for one in _json("initiatives.json")),
        people=tuple(
            PersonFacts(one["code"], Decimal(one["hours_per_week"])) for one in _json("people.json")
        ),
        allocations=tuple(_allocation(row, year) for row in _csv("allocations.csv")),
        risks=tuple(_risk(one) for one in _json("risks.json")),
        decisions=tuple(
            DecisionFacts(date.fromisoformat(one["date"]), tuple(one["goals"]))
            for one in _json("decisions.json")
        ),
        reviewed=frozenset(Month.parse(one["month"]) for one in _json("reviews.json")),
    )


def _json(name: str) -> Any:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


def _csv(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _months(name: str) -> Rows:
    return {
        row["line_code"]: {
            Month.parse(key): int(value) for key, value in row.items() if key[0] == "2" and value
        }
        for row in _csv(name)
    }


def _cells(rows: Rows, code: str, year: FiscalYear) -> Cells:
    return tuple(rows[code].get(month) for month in year) if code in rows else NO_CELLS


def _lines(year: FiscalYear) -> tuple[LineFacts, ...]:
    baseline, last_year = _months("budget.csv"), _months("last_year.csv")
    planned: Rows = {code: dict(months) for code, months in baseline.items()}
    for adjustment in _json("adjustments.json"):
        for move in adjustment["moves"] if adjustment["approved_on"] else ():
            months, month = planned[move["line_code"]], Month.parse(move["month"])
            months[month] = months.get(month, 0) + move["amount"]
    actual, committed = _entries(), _commitments()
    return tuple(
        LineFacts(
            code=row["code"],
            kind=LineKind(row["kind"]),
            channel=row["channel"] or None,
            cash_lag=tuple(Decimal(share) for share in row["cash_lag"].split(";") if share),
            opening_balance=int(row["opening_balance_amount"] or 0),
            driver_code=row["driver_code"] or None,
            driver_ratio=Decimal(row["driver_ratio"]) if row["driver_ratio"] else None,
            forecast_method=Method(row["forecast_method"]) if row["forecast_method"] else None,
            policy=Policy(row["policy"]),
            baseline=_cells(baseline, row["code"], year),
            planned=_cells(planned, row["code"], year),
            actual=_cells(actual, row["code"], year),
            last_year=_cells(last_year, row["code"], year.previous),
            committed=_cells(committed, row["code"], year),
        )
        for row in _csv("lines.csv")
    )


def _entries() -> Rows:
    rows: Rows = defaultdict(dict)
    for entry in _csv("entries.csv"):
        months, month = rows[entry["line_code"]], Month.of(date.fromisoformat(entry["date"]))
        months[month] = months.get(month, 0) + int(entry["amount"])
    return rows


def _commitments() -> Rows:
    rows: Rows = defaultdict(dict)
    for one in _csv("commitments.csv"):
        if one["status"] == "open":
            months, month = rows[one["line_code"]], Month.parse(one["month"])
            months[month] = months.get(month, 0) + int(one["amount"])
    return rows


def _threshold(document: dict[str, Any]) -> Threshold:
    return Threshold(
        green=Decimal(document["green"]),
        amber=Decimal(document["amber"]),
        hysteresis=Decimal(document["hysteresis"]),
        better=Better(document["better"]),
        min_amount=document.get("min_amount", 0),
    )


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _goal(document: dict[str, Any]) -> GoalFacts:
    return GoalFacts(
        code=document["code"],
        kind=GoalKind(document["kind"]),
        kpi_code=document["kpi_code"],
        target=_number(document["target"]),
        basis=Basis(document["basis"]),
        baseline=_number(document["baseline"]),
        threshold=ThresholdName(document["threshold"]),
        owner=document["owner"],
    )


def _kpi(document: dict[str, Any]) -> KpiFacts:
    return KpiFacts(
        code=document["code"],
        unit=Unit(document["unit"]),
        better=Better(document["better"]),
        measure=parse_measure(document["measure"]),
        floor=_number(document["floor"]),
        cap=_number(document["cap"]),
        targets=tuple(_number(target) for target in document["targets"] or ()),
        headline=document["headline"],
    )


def _initiative(document: dict[str, Any]) -> InitiativeFacts:
    return InitiativeFacts(
        code=document["code"],
        goals=tuple(document["goals"]),
        owner=document["owner"],
        start=date.fromisoformat(document["start"]),
        end=date.fromisoformat(document["end"]),
        budget=tuple((row["line_code"], row["amount"]) for row in document["budget"]),
        milestones=tuple(
            MilestoneFacts(
                row["name"],
                date.fromisoformat(row["due"]),
                date.fromisoformat(row["done"]) if row["done"] else None,
            )
            for row in document["milestones"]
        ),
    )


def _allocation(row: dict[str, str], year: FiscalYear) -> AllocationFacts:
    percents = tuple(Decimal(row[str(month)] or 0) for month in year)
    return AllocationFacts(row["person"], row["work"], percents)


def _risk(document: dict[str, Any]) -> RiskFacts:
    trigger = document["trigger"]
    return RiskFacts(
        code=document["code"],
        likelihood=document["likelihood"],
        impact=document["impact"],
        trigger=trigger
        and TriggerFacts(
            kpi_code=trigger["kpi_code"],
            op=trigger["op"],
            value=Decimal(trigger["value"]),
            scope=Scope(trigger["scope"]),
            consecutive=trigger["consecutive"],
        ),
        contingency=document["contingency"],
        contingency_amount=document["contingency_amount"],
    )

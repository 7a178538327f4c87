"""The report's document: the shape of the contract, plain values, printable as JSON."""

import json
from typing import Any

import pytest

from aop.calc.report.build import build_report
from aop.calc.report.document import report_document
from aop.calc.report.totals import Compare
from tests.calc.sample import babycare

TOP = [
    *("company", "fiscal_year", "first_month", "through", "currency", "compare"),
    *("totals", "ratios", "lines", "kpis", "goals", "margin_split", "cash", "stock"),
    *("risks", "capacity", "milestones", "checks"),
]
NAMES = [
    *("revenue", "cogs", "gross_profit", "marketing"),
    *("operating_costs", "operating_profit", "purchases"),
]
LINE = [
    *("code", "kind", "month", "ytd", "year"),
    *("used_ratio", "remaining", "committed", "available", "status", "material"),
]
CELL = ["planned", "actual", "variance", "meaning"]
YEAR = ["baseline", "planned", "forecast"]
LOW = ["month", "closing", "gap_to_minimum"]
SPLIT = ["gross_profit_variance", "volume", "mix", "rate"]


@pytest.fixture(scope="module")
def june() -> dict[str, Any]:
    document = report_document(build_report(babycare("2026-06")))
    loaded: dict[str, Any] = json.loads(json.dumps(document))
    assert loaded == document
    return loaded


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("", TOP),
        ("totals", ["month", "ytd", "year"]),
        ("totals month", NAMES),
        ("totals ytd", NAMES),
        ("totals year", NAMES),
        ("totals ytd revenue", CELL),
        ("totals year purchases", YEAR),
        ("ratios", ["month", "ytd", "year"]),
        ("ratios month", ["gross_margin", "marketing"]),
        ("ratios ytd marketing", ["planned", "actual", "points"]),
        ("ratios year gross_margin", YEAR),
        (
            "lines 0",
            [
                "code",
                "kind",
                "month",
                "ytd",
                "year",
                "used_ratio",
                "remaining",
                "committed",
                "available",
                "status",
                "material",
            ],
        ),
        ("lines 0 month", [*CELL, "variance_ratio"]),
        ("lines 0 ytd", [*CELL, "variance_ratio"]),
        ("lines 0 year", [*YEAR, "forecast_method", "forecasts"]),
        ("lines 0 year forecasts", ["plan", "pace", "last_year"]),
        ("kpis 0", ["code", "month", "ytd", "target_month", "status"]),
        ("goals 0", ["code", "target", "basis", "attained", "path", "gap", "status", "projection"]),
        ("margin_split", ["month", "ytd"]),
        ("margin_split ytd", SPLIT),
        ("cash", ["months", "lowest", "lowest_at_pace", "lowest_planned"]),
        ("cash months 0", ["month", "opening", "closing", "below_minimum"]),
        ("cash lowest", LOW),
        ("cash lowest_at_pace", LOW),
        ("cash lowest_planned", LOW),
        ("stock 0", ["month", "closing"]),
        ("risks 0", ["code", "score", "level", "fired_months"]),
        ("capacity 0", ["person", "month", "ratio"]),
        ("milestones 0", ["initiative", "name", "state", "days_late"]),
        ("checks 0", ["code", "severity", "subject"]),
    ],
)
def test_it_has_the_keys_of_the_contract(june: dict[str, Any], path: str, keys: list[str]) -> None:
    found: Any = june
    for step in path.split():
        found = found[int(step) if step.isdigit() else step]

    assert list(found) == keys


def test_it_starts_with_what_was_asked(june: dict[str, Any]) -> None:
    assert {key: june[key] for key in TOP[:6]} == {
        "company": "babycare-house",
        "fiscal_year": 2026,
        "first_month": "2026-01",
        "through": "2026-06",
        "currency": "VND",
        "compare": "current",
    }


def test_it_says_which_plan_it_compares_with() -> None:
    report = build_report(babycare("2026-06"), Compare.BASELINE)

    assert report_document(report)["compare"] == "baseline"


def test_it_writes_plain_values(june: dict[str, Any]) -> None:
    assert june["totals"]["ytd"]["revenue"] == {
        "planned": 3_463_200_000,
        "actual": 3_428_825_000,
        "variance": -34_375_000,
        "meaning": "adverse",
    }
    assert june["goals"][1] == {
        "code": "G2",
        "target": 0.45,
        "basis": "exit_month",
        "attained": 0.345711,
        "path": 0.346715,
        "gap": -0.1004,
        "status": "green",
        "projection": 0.456866,
    }
    assert june["kpis"][7]["target_month"] is None
    assert june["risks"][0] == {
        "code": "R1",
        "score": 16,
        "level": "high",
        "fired_months": ["2026-06"],
    }
    assert june["checks"][0] == {
        "code": "over_capacity",
        "severity": "warning",
        "subject": "P2 2026-05",
    }


def test_it_keeps_the_order_of_the_company(june: dict[str, Any]) -> None:
    facts = babycare("2026-06")

    assert [row["code"] for row in june["lines"]] == [line.code for line in facts.lines]
    assert [row["code"] for row in june["kpis"]] == [kpi.code for kpi in facts.kpis]
    assert len(june["milestones"]) == 18


def test_it_is_the_same_whoever_asks() -> None:
    first, again = (report_document(build_report(babycare("2026-10"))) for _ in range(2))

    assert json.dumps(first) == json.dumps(again)

"""The plan's files of a plan folder: what is read, and what is refused where."""

from datetime import date
from decimal import Decimal

import pytest

from aop.calc.measures import LoadMeasure, MarginMeasure, RatioMeasure
from aop.calc.months import Month
from planning.folders.actions import ActionMoneyRow
from planning.folders.risks import TriggerRow
from tests.plan_folders import Where, changed, places_of, problems_of, sample_files
from tracking.folders.whole import read_plan_folder


def test_it_reads_the_plan_of_the_sample() -> None:
    plan = read_plan_folder(sample_files()).plan

    assert (plan.fiscal_year, plan.first_month) == (2026, Month(2026, 1))
    assert (plan.status, plan.approved_on) == ("approved", date(2025, 12, 22))
    assert plan.closed_through == Month(2026, 10)
    assert plan.thresholds.share_gap.amber == Decimal("-3.0")
    assert plan.thresholds.spend_ratio.min_amount == 2_000_000
    assert plan.materiality.ratio == Decimal("0.05")
    assert plan.assumptions[1].check_month == Month(2026, 4)


def test_it_reads_goals_and_kpis_of_the_sample() -> None:
    folder = read_plan_folder(sample_files())
    kpis = {kpi.code: kpi for kpi in folder.kpis}

    assert [(goal.code, goal.kind, goal.basis) for goal in folder.goals] == [
        ("G1", "grow", "full_year"),
        ("G2", "reach", "exit_month"),
        ("G3", "at_least", "full_year"),
    ]
    assert folder.goals[1].target == Decimal("0.45")
    assert kpis["K3"].measure == RatioMeasure(("REV-ONL",), ("REV-STORE", "REV-ONL"))
    assert kpis["K4"].measure == MarginMeasure(("REV-STORE", "REV-ONL"), ("COGS-STORE", "COGS-ONL"))
    assert kpis["K10"].measure == LoadMeasure("P2")
    assert kpis["K7"].targets is None
    assert not kpis["K8"].headline


def test_it_reads_actions_people_and_risks_of_the_sample() -> None:
    folder = read_plan_folder(sample_files())
    first = folder.initiatives[0]

    assert first.budget[0] == ActionMoneyRow("MKT-CONTENT", 48_000_000)
    assert first.milestones[0].first_due == first.milestones[0].due == date(2026, 3, 31)
    assert folder.people[2].email == ""
    assert folder.allocations[2].percents[:3] == (Decimal(0), Decimal(0), Decimal(15))
    assert folder.risks[0].trigger == TriggerRow("K4", "<", Decimal("0.35"), "month", 2)


BROKEN: list[tuple[str, str, str, list[Where]]] = [
    ("company.json", '"VND"', '"VNX"', [(None, "currency", "unknown_currency")]),
    ("company.json", "Asia/Ho", "Asia/Hoo", [(None, "time_zone", "unknown_time_zone")]),
    ("company.json", '"vi"', '"fr"', [(None, "language", "not_choice")]),
    ("company.json", '"babycare-house"', '"Baby Care"', [(None, "slug", "bad_slug")]),
    (
        "company.json",
        '"code": "ONL"',
        '"code": "STORE"',
        [(None, "channels[2].code", "duplicate_value")],
    ),
    ("plan.json", ": 2026,", ": 2030,", [(None, "fiscal_year", "label_elsewhere")]),
    ("plan.json", '"2025-12-22"', "null", [(None, "approved_on", "approved_without_date")]),
    ("plan.json", '"2025-12-22"', '"2025-13-22"', [(None, "approved_on", "not_day")]),
    ("plan.json", '"approved",', '"draft",', [(None, "closed_through", "draft_closed")]),
    ("plan.json", '"2026-10"', '"2027-01"', [(None, "closed_through", "outside_year")]),
    ("plan.json", '"2026-10"', "202610", [(None, "closed_through", "not_month")]),
    ("plan.json", '"review_day": 5', '"review_day": 29', [(None, "review_day", "out_of_range")]),
    ("plan.json", "320000000", "320000000.5", [(None, "opening_cash_amount", "not_integer")]),
    ("plan.json", "320000000", '"320000000"', [(None, "opening_cash_amount", "not_integer")]),
    ("plan.json", "0.93", "0.99", [(None, "thresholds.attainment.amber", "threshold_order")]),
    ("plan.json", "0.93", "0.9300001", [(None, "thresholds.attainment.amber", "too_precise")]),
    ("goals.json", "0.45", "1234567890.123456", [(2, "target", "too_many_digits")]),
    (
        "plan.json",
        '"min_amount": 2000000',
        '"x": 1',
        [(None, "thresholds.spend_ratio.min_amount", "required")],
    ),
    ("plan.json", '"direction": {', '"direction": [], "x": {', [(None, "direction", "not_object")]),
    ("plan.json", '"2026-06"', '"2026-13"', [(None, "assumptions[1].check_month", "not_month")]),
    ("goals.json", '"code": "G2"', '"code": "G1"', [(2, "code", "duplicate")]),
    ("goals.json", '"grow"', '"double"', [(1, "kind", "not_choice")]),
    ("goals.json", '"K0"', '"K99"', [(1, "kpi_code", "unknown_kpi")]),
    ("goals.json", '"K0"', '"K6"', [(1, "kpi_code", "lower_is_better")]),
    ("goals.json", '"P2"', '"P9"', [(2, "owner", "unknown_person")]),
    ("goals.json", "0.45", '"45%"', [(2, "target", "not_number")]),
    ("goals.json", '"Tăng doanh thu tổng 20%"', '" "', [(1, "name", "required")]),
    ("kpis.json", '"total": [', '"totals": [', [(1, "measure", "bad_measure")]),
    ("kpis.json", '"REV-STORE"', '"REV-SHOP"', [(1, "measure.total[1]", "unknown_line")]),
    ("kpis.json", '"REV-STORE"', '"REV-ONL"', [(1, "measure.total[2]", "duplicate_value")]),
    (
        "kpis.json",
        '"load_of": "P2"',
        '"load_of": "P9"',
        [(11, "measure.load_of", "unknown_person")],
    ),
    (
        "kpis.json",
        '"closing_stock": true',
        '"closing_stock": false',
        [(7, "measure.closing_stock", "not_true")],
    ),
    ("kpis.json", "676800000,\n", "", [(1, "targets", "wrong_length")]),
    ("kpis.json", "676800000,\n", "676800000.5,\n", [(1, "targets[1]", "too_precise")]),
    ("kpis.json", '"G1"', '"G9"', [(1, "goals[1]", "unknown_goal")]),
    ("kpis.json", '"headline": true', '"headline": "yes"', [(1, "headline", "not_flag")]),
    ("initiatives.json", '"code": "I1"', '"code": "BAU"', [(1, "code", "daily_work_code")]),
    (
        "initiatives.json",
        '"MKT-SHOPEE"',
        '"MKT-CONTENT"',
        [(1, "budget[2].line_code", "duplicate_value")],
    ),
    (
        "initiatives.json",
        '"MKT-SHOPEE"',
        '"MKT-SHOP"',
        [(1, "budget[2].line_code", "unknown_line")],
    ),
    (
        "initiatives.json",
        '"due": "2026-03-31"',
        '"due": null',
        [(1, "milestones[1].due", "required")],
    ),
    ("initiatives.json", '"at_risk"', '"late"', [(1, "status", "not_choice")]),
    (
        "people.json",
        '"hours_per_week": 48',
        '"hours_per_week": 169',
        [(1, "hours_per_week", "out_of_range")],
    ),
    ("people.json", "staff@", "owner@", [(2, "email", "duplicate")]),
    ("people.json", "staff@", "staff", [(2, "email", "bad_email")]),
    ("allocations.csv", "P1,I4", "P1,BAU", [(3, "work", "duplicate")]),
    ("allocations.csv", "P1,I4,20", "P1,I4,-1", [(3, "2026-01", "out_of_range")]),
    ("allocations.csv", "P1,I4", "P1,I9", [(3, "work", "unknown_work")]),
    ("allocations.csv", "P1,I4", "P9,I4", [(3, "person", "unknown_person")]),
    ("risks.json", '"likelihood": 4', '"likelihood": 6', [(1, "likelihood", "out_of_range")]),
    ("risks.json", '"impact": 4', '"impact": 0', [(1, "impact", "out_of_range")]),
    ("risks.json", '"<"', '"<>"', [(1, "trigger.op", "not_choice")]),
    ("risks.json", '"K4"', '"K99"', [(1, "trigger.kpi_code", "unknown_kpi")]),
    ("risks.json", '"scope": "month"', '"scope": "week"', [(1, "trigger.scope", "not_choice")]),
]


@pytest.mark.parametrize(("file", "old", "new", "places"), BROKEN)
def test_it_refuses_a_broken_value(file: str, old: str, new: str, places: list[Where]) -> None:
    assert places_of(changed(file, old, new), file) == places


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("goals.json", '"target": 7200000000', '"target": null'),
        ("goals.json", '"basis": "full_year"', '"basis": ""'),
        ("goals.json", '"owner": "P1"', '"owner": ""'),
        ("goals.json", '"kpi_code": "K0"', '"kpi_code": null'),
        ("goals.json", '"threshold": "attainment",', ""),
        ("initiatives.json", '"start": "2026-01-05"', '"start": null'),
        ("initiatives.json", '"end": "2026-10-31"', '"end": "2028-10-31"'),
        ("initiatives.json", '"owner": "P2"', '"owner": null'),
        ("plan.json", '"review_every": "month",', ""),
        ("plan.json", '"opening_stock_amount": 1150000000', '"opening_stock_amount": null'),
        ("risks.json", '"op": "<"', '"op": ">="'),
    ],
)
def test_it_loads_what_only_the_plan_checks_mind(file: str, old: str, new: str) -> None:
    assert problems_of(changed(file, old, new)) == ()


def test_a_missing_value_is_none_and_a_missing_code_is_empty() -> None:
    files = changed("goals.json", '"target": 7200000000', '"target": null')
    goal = read_plan_folder(files | {"people.json": files["people.json"]}).goals[0]

    assert goal.target is None
    assert (goal.why, goal.unit) == ("", "")


def test_a_goal_without_a_kpi_keeps_its_unit() -> None:
    files = changed("goals.json", '"kpi_code": "K0"', '"kpi_code": "", "unit": "money"')

    assert read_plan_folder(files).goals[0].unit == "money"


def test_a_draft_drops_the_day_of_its_approval_and_says_so() -> None:
    files = changed("plan.json", '"approved",', '"draft",')
    files["plan.json"] = files["plan.json"].replace(b'"2026-10"', b"null")
    folder = read_plan_folder(files)

    assert folder.plan.approved_on is None
    assert [(each.file, each.field) for each in folder.ignored if each.field] == [
        ("plan.json", "approved_on")
    ]


def test_keys_that_nobody_knows_are_told_once() -> None:
    files = changed("goals.json", '"rank": 1', '"rank": 1, "colour": "red"')
    files["goals.json"] = files["goals.json"].replace(b'"rank": 2', b'"rank": 2, "colour": 1')
    files["kpis.json"] = files["kpis.json"].replace(b'"to": [', b'"of_what": 1, "to": [', 1)
    ignored = read_plan_folder(files).ignored

    assert [(each.file, each.row, each.field) for each in ignored if each.field] == [
        ("goals.json", 1, "colour"),
        ("kpis.json", 4, "measure.ratio.of_what"),
    ]

"""The report from the database: the command and `report.json`, equal to the sample's table."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aop.calc.report.build import build_report
from aop.calc.report.document import report_document
from aop.calc.report.totals import Compare
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.calc.sample import babycare
from tests.factories import close_month, make_goal, make_kpi, make_line, make_year
from tests.tracking.conftest import Reader
from tracking.queries.report import report_facts

URL = "/c/babycare/2026/report.json"
PRIVATE = {"FIX-SAL", "FIX-BONUS", "FIX-INS"}
QUERIES = 15


def command(*options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("report", "babycare", "2026", "--format", "json", *options, stdout=out)
    document: dict[str, Any] = json.loads(out.getvalue())
    return document


def fetched(client: Client, query: str = "") -> dict[str, Any]:
    document: dict[str, Any] = client.get(URL + query).json()
    return document


@pytest.mark.parametrize(
    ("through", "planned", "actual", "margin", "marketing", "profit", "share"),
    [
        ("2026-03", 1_713_600_000, 1_694_920_000, 0.363686, 0.055250, -7_552_245, 0.321328),
        ("2026-06", 3_463_200_000, 3_428_825_000, 0.352605, 0.065946, -51_512_583, 0.345711),
    ],
)
def test_it_tells_the_table_of_the_sample(
    through: str,
    planned: int,
    actual: int,
    margin: float,
    marketing: float,
    profit: int,
    share: float,
    sample_plan: Plan,
    db: None,
) -> None:
    report = command("--through", through)

    totals, ratios = report["totals"]["ytd"], report["ratios"]["ytd"]
    assert (totals["revenue"]["planned"], totals["revenue"]["actual"]) == (planned, actual)
    assert ratios["gross_margin"]["actual"] == margin
    assert ratios["marketing"]["actual"] == marketing
    assert totals["operating_profit"]["actual"] == profit
    assert report["goals"][1]["attained"] == share


@pytest.mark.parametrize(
    ("through", "statuses", "stock", "cash", "forecast"),
    [
        (
            "2026-03",
            ["green", "amber", "green"],
            1_020_958_126,
            432_118_379,
            7_108_006_483,
        ),
        (
            "2026-06",
            ["green", "green", "green"],
            1_135_886_171,
            228_190_746,
            7_127_383_611,
        ),
    ],
)
def test_it_tells_goals_stock_cash_and_forecast(
    through: str,
    statuses: list[str],
    stock: int,
    cash: int,
    forecast: int,
    sample_plan: Plan,
    db: None,
) -> None:
    report = command("--through", through)

    assert [goal["status"] for goal in report["goals"]] == statuses
    assert report["stock"][-1]["closing"] == stock
    assert report["cash"]["months"][len(report["stock"]) - 1]["closing"] == cash
    assert report["totals"]["year"]["revenue"]["forecast"] == forecast


def test_it_tells_the_worked_numbers_of_october(sample_plan: Plan, db: None) -> None:
    report = command()

    year = report["totals"]["year"]
    assert report["through"] == "2026-10"
    assert year["revenue"]["forecast"] == 7_061_013_958
    assert year["operating_profit"]["forecast"] == -45_469_481
    assert year["operating_profit"]["baseline"] == 115_153_440
    assert report["cash"]["lowest_planned"] == {
        "month": "2026-04",
        "closing": 405_591_680,
        "gap_to_minimum": 205_591_680,
    }


@pytest.mark.parametrize("compare", list(Compare))
@pytest.mark.parametrize("through", ["2026-03", "2026-06", "2026-10"])
def test_it_is_what_the_folder_itself_gives(
    through: str, compare: Compare, sample_plan: Plan, db: None
) -> None:
    from_folder = report_document(build_report(babycare(through), compare))

    from_database = command("--through", through, "--compare", compare)

    assert from_database == json.loads(json.dumps(from_folder)) | {"company": "babycare"}


def test_the_address_tells_what_the_command_tells(reader: Reader) -> None:
    assert fetched(reader(Role.OWNER), "?through=2026-06") == command("--through", "2026-06")


def test_it_compares_with_the_baseline(reader: Reader) -> None:
    client = reader(Role.OWNER)
    current, baseline = fetched(client), fetched(client, "?compare=baseline")

    marketing = [one["totals"]["ytd"]["marketing"]["planned"] for one in (current, baseline)]
    assert marketing[0] != marketing[1]
    assert (current["compare"], baseline["compare"]) == ("current", "baseline")
    assert current["goals"] == baseline["goals"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
def test_it_keeps_private_lines_from_who_may_not_see_them(role: Role, reader: Reader) -> None:
    report = fetched(reader(role))

    codes = {line["code"] for line in report["lines"]}
    assert codes
    assert not codes & PRIVATE
    assert not {one["subject"] for one in report["checks"]} & PRIVATE
    assert report["totals"] == command()["totals"]


def test_it_keeps_back_what_would_tell_a_private_line(
    plan: Plan, as_owner: Client, as_viewer: Client
) -> None:
    make_year(make_line(plan, code="SAL", kind="opex", is_private=True))
    kpi = make_kpi(plan, measure={"total": ["SAL"]})
    make_goal(plan, kpi=kpi)
    close_month(plan, plan.year.first)
    url = "/c/babycare-house/2026/report.json"

    told, kept = as_owner.get(url).json(), as_viewer.get(url).json()

    assert [len(told[block]) for block in ("lines", "kpis", "goals")] == [1, 1, 1]
    assert [len(kept[block]) for block in ("lines", "kpis", "goals")] == [0, 0, 0]


@pytest.mark.parametrize("role", [Role.OWNER, Role.ACCOUNTANT])
def test_it_shows_private_lines_to_who_may_see_them(role: Role, reader: Reader) -> None:
    assert {line["code"] for line in fetched(reader(role))["lines"]} > PRIVATE


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?through=2026-11", "2026-11 is not a closed month."),
        ("?through=2025-12", "2025-12 is not a closed month."),
        ("?through=October", "Write the month like 2026-10"),
        ("?compare=forecast", "Write the month like 2026-10"),
    ],
)
def test_it_refuses_what_it_cannot_tell(query: str, sentence: str, reader: Reader) -> None:
    response = reader(Role.OWNER).get(URL + query)

    assert response.status_code == 422
    assert sentence in response.json()["error"]


def test_it_refuses_a_plan_without_a_closed_month(plan: Plan, as_owner: Client) -> None:
    response = as_owner.get("/c/babycare-house/2026/report.json")

    assert response.status_code == 422
    assert response.json()["error"]


def test_the_command_refuses_an_open_month(sample_plan: Plan, db: None) -> None:
    with pytest.raises(CommandError, match="2026-11"):
        command("--through", "2026-11")


def test_it_asks_as_often_for_many_lines_as_for_few(
    plan: Plan, django_assert_num_queries: Any
) -> None:
    for number in range(12):
        make_year(make_line(plan, code=f"L{number}"))
    close_month(plan, plan.year.first)

    with django_assert_num_queries(QUERIES) as queries:
        facts = report_facts(plan)

    assert isinstance(queries, CaptureQueriesContext)
    assert len(facts.lines) == 12

"""The list of KPIs: what they measure in words, and what they came to."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.status import Status
from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role
from budgets.queries.facts import plan_facts
from budgets.queries.kpis import KpiRow, kpi_rows
from planning.models import Plan
from planning.queries.parts import kpis_of
from tests.cast import signed_in
from tests.factories import (
    JANUARY,
    close_month,
    link_kpi,
    make_goal,
    make_kpi,
    make_kpi_month,
    make_line,
    make_member,
    make_month,
    make_person,
    make_year,
)
from tracking.services.companies import Destination, load_company, sample_folder

URL = "/c/babycare-house/2026/kpis/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rows_of(plan: Plan, member: Membership) -> list[KpiRow]:
    return kpi_rows(kpis_of(plan), Figures(plan_facts(plan)), member)


def make_lines(plan: Plan) -> None:
    for code, name, kind in (
        ("STO", "Cửa hàng", "revenue"),
        ("ONL", "Online", "revenue"),
        ("COG", "Giá vốn", "cogs"),
    ):
        make_year(make_line(plan, name, code=code, kind=kind))


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({"total": ["STO", "ONL"]}, "Cửa hàng + Online"),
        ({"ratio": {"of": ["ONL"], "to": ["STO", "ONL"]}}, "Online ÷ (Cửa hàng + Online)"),
        ({"margin": {"revenue": ["STO"], "cost": ["COG"]}}, "(Cửa hàng − Giá vốn) ÷ Cửa hàng"),
        ({"attainment": ["STO"]}, "Actual ÷ plan of Cửa hàng"),
        ({"closing_stock": True}, "Stock at the end of the month"),
        ({"closing_cash": True}, "Cash at the end of the month"),
        ({"load_of": "P1"}, "Load of Nguyễn Thu Hà"),
        ({"manual": True}, "Logged by hand every month"),
        ({"total": ["GONE"]}, "GONE"),
    ],
)
def test_it_says_what_is_measured(
    plan: Plan, owner: Membership, measure: dict[str, object], words: str
) -> None:
    make_lines(plan)
    make_person(plan)
    make_kpi(plan, measure=measure)

    assert [row.words for row in rows_of(plan, owner)] == [words]


def test_many_lines_are_counted(plan: Plan, owner: Membership) -> None:
    codes = [make_line(plan, f"Dòng {number}").code for number in range(6)]
    make_kpi(plan, measure={"total": codes})

    assert [row.words for row in rows_of(plan, owner)] == [
        "Dòng 0 + Dòng 1 + Dòng 2 + 3 more lines"
    ]


def test_the_sample_has_the_values_of_its_report(db: None) -> None:
    plan = Plan.objects.get(company=load_company(sample_folder(), Destination()))
    member = make_member(plan.company, Role.VIEWER)

    rows = {row.kpi.code: row for row in rows_of(plan, member)}
    assert (rows["K0"].month, rows["K0"].target) == (599_929_000, Decimal(590_400_000))
    assert rows["K0"].status is Status.AMBER
    assert (rows["K0"].tone, rows["K0"].word) == ("warn", "Needs attention")


def test_without_targets_it_follows_the_plan(plan: Plan, owner: Membership) -> None:
    make_lines(plan)
    make_kpi(plan, measure={"total": ["STO", "ONL"]})
    make_kpi(plan, measure={"closing_cash": True})
    make_kpi(plan)

    total, cash, manual = rows_of(plan, owner)
    assert {cell.target for cell in total.cells} == {20_000_000}
    assert total.follows_plan
    assert not total.has_targets
    assert cash.cells[0].target == 340_000_000
    assert (manual.cells[0].target, manual.follows_plan) == (None, False)


def test_nothing_is_known_before_the_first_close(plan: Plan, owner: Membership) -> None:
    make_lines(plan)
    kpi = make_kpi(plan, measure={"total": ["STO"]})
    make_kpi_month(kpi, JANUARY, target_value=5)

    (row,) = rows_of(plan, owner)
    assert (row.month, row.to_date, row.target, row.status) == (None, None, None, None)
    assert row.word == "No data yet"
    assert [cell.actual for cell in row.cells] == [None] * 12


def test_a_value_without_a_target_has_no_colour(plan: Plan, owner: Membership) -> None:
    line = make_line(plan, code="STO", kind="revenue")
    make_month(line, JANUARY, 5, actual_amount=4)
    close_month(plan, JANUARY)
    make_kpi(plan, measure={"total": ["STO"]})

    (row,) = rows_of(plan, owner)
    assert (row.to_date, row.word, row.tone) == (4, "Not judged", "")


def test_a_kpi_on_a_private_line_is_hidden(
    plan: Plan, as_owner: Client, as_accountant: Client, as_staff: Client, as_viewer: Client
) -> None:
    make_year(make_line(plan, "Lương", code="SAL", kind="opex", is_private=True))
    make_kpi(plan, "Quỹ lương", measure={"total": ["SAL"]})
    make_kpi(plan, "Tỷ lệ lương", measure={"ratio": {"of": ["SAL"], "to": ["SAL"]}})

    for client, is_shown in (
        (as_owner, True),
        (as_accountant, True),
        (as_staff, False),
        (as_viewer, False),
    ):
        page = client.get(URL).content.decode()
        assert ("Quỹ lương" in page) is is_shown
        assert ("Tỷ lệ lương" in page) is is_shown


def test_it_names_the_goals(plan: Plan, as_viewer: Client) -> None:
    kpi = make_kpi(plan, measure={"closing_cash": True})
    goal = make_goal(plan, kpi=kpi)
    link_kpi(kpi, goal)
    link_kpi(kpi, make_goal(plan, "Thứ hai"))

    page = as_viewer.get(URL).content.decode()
    for code in ("G1", "G2"):
        assert page.count(f'href="/c/babycare-house/2026/goals/#{code}">{code}</a>') == 1
    assert "/edit/" not in page


def test_a_draft_says_which_goal_has_none(plan: Plan, as_owner: Client) -> None:
    make_goal(plan)
    make_kpi(plan)

    assert f"{URL}add/?goal=G1" in as_owner.get(URL).content.decode()


def test_an_empty_list_offers_the_first_one(plan: Plan, as_owner: Client) -> None:
    assert f'href="{URL}add/"' in as_owner.get(URL).content.decode()


def asked(queries: CaptureQueriesContext) -> int:
    """Count what was asked; on PostgreSQL a savepoint stands around each page."""
    texts = [query["sql"] for query in queries]
    return sum(not text.startswith(("SAVEPOINT", "RELEASE")) for text in texts)


def test_many_lines_and_kpis_cost_no_query(company: Company, plan: Plan) -> None:
    client = signed_in(make_member(company))
    counts = []
    for first, last in ((0, 10), (10, 200)):
        for number in range(first, last):
            line = make_line(plan, f"Dòng {number}")
            make_kpi_month(make_kpi(plan, measure={"total": [line.code]}), Month(2026, 3))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        counts.append(asked(queries))

    assert counts[0] == counts[1] <= 25

"""The home of a company: by role, by state of the plan, and the same numbers as the report."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.report.build import build_report
from aop.calc.totals import TotalName
from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan, PlanStatus
from tests.factories import (
    JANUARY,
    TODAY,
    close_month,
    make_goal,
    make_kpi,
    make_line,
    make_month,
    make_person,
    make_plan,
    make_review,
    make_year,
)
from tests.tracking.conftest import Reader
from tracking.queries.home import Dashboard, lines_to_log
from tracking.queries.report import report_facts

PAGE, EMPTY = "/c/babycare/", "/c/babycare-house/"


def dashboard_of(plan: Plan, *, shows_private: bool = True) -> Dashboard:
    return Dashboard(plan, Figures(report_facts(plan)), shows_private=shows_private)


def test_its_numbers_are_those_of_the_report(sample_plan: Plan, db: None) -> None:
    dashboard, report = dashboard_of(sample_plan), build_report(report_facts(sample_plan))

    tiles = {tile.name: tile.cell for tile in dashboard.tiles}
    assert tiles[TotalName.REVENUE] == report.totals.ytd.revenue
    assert tiles[TotalName.GROSS_PROFIT] == report.totals.ytd.gross_profit
    assert tiles[TotalName.OPERATING_PROFIT] == report.totals.ytd.operating_profit
    assert tuple(card.row for card in dashboard.goals) == report.goals
    assert [closing for _month, closing, _closed in dashboard.cash] == [
        row.closing for row in report.cash.months
    ]
    shown = {line.kpi.code: line.row for line in dashboard.kpis}
    assert shown == {row.code: row for row in report.kpis if row.code in shown}


def test_it_shows_actuals_then_the_forecast(sample_plan: Plan, db: None) -> None:
    dashboard = dashboard_of(sample_plan)

    months = dashboard.revenue
    assert [row.actual is None for row in months] == [False] * 10 + [True] * 2
    total = sum((row.actual or 0) + (row.forecast or 0) for row in months)
    assert total == dashboard.revenue_forecast == 7_061_013_958
    assert str(dashboard.shortfall) == "0.02"
    assert [row.month.number for row in months if row.is_short] == [2, 6, 7, 8]


def test_it_speaks_of_the_lowest_open_month(sample_plan: Plan, db: None) -> None:
    dashboard = dashboard_of(sample_plan)

    assert dashboard.lowest_cash is not None
    assert dashboard.lowest_cash.closing == 207_755_770
    assert (dashboard.is_low, dashboard.is_low_at_pace) == (False, True)


def test_it_names_the_risk_that_fired_first(sample_plan: Plan, db: None) -> None:
    named = [(risk.code, has_fired) for risk, has_fired in dashboard_of(sample_plan).named_risks]

    assert named[0] == ("R6", True)
    assert len(named) == 3


def test_it_knows_the_next_review(sample_plan: Plan, db: None) -> None:
    ahead = dashboard_of(sample_plan).review_ahead(TODAY)

    assert ahead is not None
    assert (str(ahead.month), ahead.due, ahead.days) == ("2026-11", date(2026, 12, 5), 13)
    assert (ahead.is_over, ahead.logged, ahead.expected) == (False, 0, 20)


def test_there_is_no_review_after_the_last_one(plan: Plan) -> None:
    for month in plan.year:
        make_review(plan, month)

    assert dashboard_of(plan).review_ahead(TODAY) is None


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.OWNER, "Review of November 2026 in 13 days"),
        (Role.OWNER, "98.1% of the plan"),
        (Role.OWNER, "Heading for ₫7.06B"),
        (Role.OWNER, "Risk has arrived"),
        (Role.ACCOUNTANT, "To close November 2026"),
        (Role.ACCOUNTANT, "0 of 7 lines logged"),
        (Role.STAFF, "My list in November 2026"),
        (Role.STAFF, "nothing logged yet"),
        (Role.VIEWER, "The year to October 2026"),
        (Role.VIEWER, "You read along here."),
    ],
)
def test_each_role_sees_what_it_needs(role: Role, sentence: str, reader: Reader) -> None:
    response = reader(role).get(PAGE)

    text = response.text.replace("\N{NO-BREAK SPACE}", " ")
    assert response.status_code == 200
    assert sentence.lower() in text.lower()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
def test_who_only_reads_gets_no_button_to_write(role: Role, reader: Reader) -> None:
    text = reader(role).get(PAGE).text

    assert "reviews/2026-11/" not in text
    assert "budget/export.xlsx" not in text


@pytest.mark.parametrize("role", list(Role))
def test_every_picture_has_words_and_a_table(role: Role, reader: Reader) -> None:
    text = reader(role).get(PAGE).text

    assert text.count('role="img"') == text.count('role="img" aria-label="')
    if role is not Role.STAFF:
        assert text.count('<details class="data">') == 2


def test_it_hides_what_would_tell_a_private_line(plan: Plan) -> None:
    make_year(make_line(plan, code="SAL", kind="opex", is_private=True))
    make_goal(plan, kpi=make_kpi(plan, measure={"total": ["SAL"]}))
    close_month(plan, JANUARY)

    shown, hidden = (dashboard_of(plan, shows_private=may) for may in (True, False))

    assert (len(shown.goals), len(shown.kpis)) == (1, 1)
    assert (hidden.goals, hidden.kpis) == ([], [])


def test_without_cogs_it_shows_the_costs(plan: Plan) -> None:
    make_year(make_line(plan, kind="revenue"))
    close_month(plan, JANUARY)

    names = [tile.name for tile in dashboard_of(plan).tiles]

    assert TotalName.OPERATING_COSTS in names
    assert TotalName.GROSS_PROFIT not in names


def test_a_draft_leads_to_its_next_step(plan: Plan, as_owner: Client) -> None:
    make_line(plan, kind="revenue")

    context = as_owner.get(EMPTY).context

    assert context["next_step"].number == 1
    assert "no_goal" in {str(one.code) for one in context["findings"]}
    assert len(context["steps"]) == 9


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_a_draft_asks_nothing_of_others(
    role: Role, plan: Plan, as_staff: Client, as_viewer: Client
) -> None:
    client = as_staff if role is Role.STAFF else as_viewer

    response = client.get(EMPTY)

    assert response.status_code == 200
    assert response.context["findings"] == []


def test_a_plan_without_a_closed_month_shows_what_it_promises(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan, kind="revenue"))
    make_goal(plan, kpi=make_kpi(plan))
    plan.status = PlanStatus.APPROVED
    plan.save()

    response = as_owner.get(EMPTY)

    assert response.status_code == 200
    assert response.context["kpis"] == []
    assert response.context["goals"][0][0].row.status is None


def test_a_closed_year_still_has_a_home(
    plan: Plan, as_owner: Client, as_accountant: Client, as_staff: Client
) -> None:
    line = make_line(plan, kind="revenue")
    for month in plan.year:
        make_month(line, month, actual_amount=9_000_000)
        close_month(plan, month)
    plan.status = PlanStatus.APPROVED
    plan.save()

    statuses = {one.get(EMPTY).status_code for one in (as_owner, as_accountant, as_staff)}

    assert statuses == {200}


def test_without_a_plan_the_owner_starts_one(as_owner: Client, as_staff: Client) -> None:
    owners, staffs = as_owner.get(EMPTY), as_staff.get(EMPTY)

    assert owners.headers["Location"] == f"{EMPTY}plans/new/"
    assert staffs.status_code == 200
    assert "plans/new/" not in staffs.text


def test_it_shows_the_year_that_today_lies_in(plan: Plan, as_owner: Client, november: None) -> None:
    make_plan(plan.company, 2027, Month(2027, 1))

    assert as_owner.get(EMPTY).context["plan"] == plan


def test_lines_that_wait_come_first(plan: Plan, staff: Membership) -> None:
    me = make_person(plan, email=staff.user.email)
    done, waits = (make_line(plan, name, owner=me) for name in ("Đã ghi", "Chưa ghi"))
    make_month(done, JANUARY, actual_amount=0)
    make_month(waits, JANUARY)
    make_line(plan, "Của người khác")

    rows = lines_to_log(plan, Figures(report_facts(plan)), staff, JANUARY)

    assert [(row.line.name, is_logged) for row, is_logged in rows] == [
        ("Chưa ghi", False),
        ("Đã ghi", True),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_it_asks_the_database_seldom(role: Role, reader: Reader) -> None:
    client = reader(role)

    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)

    assert len(queries) <= 25


def test_it_asks_as_often_for_200_lines_as_for_10(
    plan: Plan, as_owner: Client, as_staff: Client, staff: Membership
) -> None:
    plan.status = PlanStatus.APPROVED
    plan.save()
    me = make_person(plan, email=staff.user.email)
    counts: dict[int, list[int]] = {}
    for number in range(1, 201):
        make_month(make_line(plan, code=f"L{number:03d}", owner=me))
        if number in (10, 200):
            counts[number] = [queries_of(client) for client in (as_owner, as_staff)]

    assert counts[10] == counts[200]


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(EMPTY)
    return len(queries)


def test_it_is_hidden_from_others(as_outsider: Client, sample_plan: Plan) -> None:
    assert as_outsider.get(PAGE).status_code == 404

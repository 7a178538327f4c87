"""The variance page: the plan beside what happened, for months, the year to date and the year."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from aop.calc.lines import LineKind, Meaning, Method
from aop.calc.months import Month
from aop.calc.report.totals import Compare
from aop.calc.status import Status
from aop.calc.totals import TotalName
from aop.calc.variance import line_variance
from aop.tenancy.roles import Role
from budgets.queries.lines import lines_of
from planning.models import Plan, PlanStatus
from tests.factories import close_month, make_goal, make_kpi, make_line, make_month, make_year
from tests.tracking.conftest import Reader
from tracking.queries.compared import Compared, GroupRows, Period, Row
from tracking.queries.report import report_facts
from tracking.queries.variance import VarianceTable
from tracking.templatetags.tracking_words import meaning_word

PAGE = "/c/babycare/2026/variance/"
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def table_of(
    plan: Plan,
    month: Month = OCTOBER,
    period: Period = Period.YTD,
    compare: Compare = Compare.CURRENT,
) -> VarianceTable:
    through = month if month <= OCTOBER else OCTOBER
    return VarianceTable(report_facts(plan, through=through), month, period, compare)


def rows_of(table: VarianceTable, plan: Plan) -> dict[str, Row]:
    groups = table.groups(list(lines_of(plan)), shows_private=True)
    return {row.line.code: row for group in groups for row in group.rows if row.line}


def test_it_compares_each_line_with_its_plan(sample_plan: Plan, db: None) -> None:
    social = rows_of(table_of(sample_plan, Month(2026, 6)), sample_plan)["MKT-SOCIAL"]

    assert social.cell.variance == 24_906_000
    assert social.cell.ratio == Decimal("0.367020")
    assert (social.cell.meaning, social.cell.is_material) == (Meaning.ADVERSE, True)
    assert social.outlook.method is Method.PLAN
    assert social.spending is not None
    assert (social.spending.remaining, social.spending.status) == (18_234_000, Status.RED)
    assert social.spending.is_short


def test_it_tells_the_pace_from_the_limit(sample_plan: Plan, db: None) -> None:
    bonus = rows_of(table_of(sample_plan, Month(2026, 6)), sample_plan)["FIX-BONUS"]

    assert bonus.spending is not None
    assert (bonus.spending.status, bonus.spending.is_over) == (Status.GREEN, True)


def test_it_takes_commitments_off_what_may_be_spent(sample_plan: Plan, db: None) -> None:
    rent = rows_of(table_of(sample_plan, Month(2026, 6)), sample_plan)["FIX-RENT"]

    assert rent.spending is not None
    assert (rent.spending.remaining, rent.spending.available) == (210_000_000, 140_000_000)


def test_it_names_what_needs_an_explanation(sample_plan: Plan, db: None) -> None:
    table = table_of(sample_plan, Month(2026, 6))
    groups = table.groups(list(lines_of(sample_plan)), shows_private=True)

    codes = {row.line.code for row in table.material_rows(groups) if row.line}
    assert codes == {"REV-STORE", "REV-ONL", "PUR-CORE", "MKT-SHOPEE", "MKT-SOCIAL"}


def test_it_adds_up_the_totals_of_the_sample(sample_plan: Plan, db: None) -> None:
    totals = {row.name: row for row in table_of(sample_plan, Month(2026, 6)).totals()}

    revenue, profit = totals[TotalName.REVENUE], totals[TotalName.OPERATING_PROFIT]
    assert (revenue.cell.planned, revenue.cell.actual) == (3_463_200_000, 3_428_825_000)
    assert profit.cell.actual == -51_512_583
    assert profit.cell.ratio is None  # a plan above 0 turned into a loss
    assert revenue.outlook.forecast == 7_127_383_611


def test_it_puts_the_baseline_in_the_place_of_the_plan(sample_plan: Plan, db: None) -> None:
    current = rows_of(table_of(sample_plan), sample_plan)["MKT-SOCIAL"].cell
    baseline = rows_of(table_of(sample_plan, compare=Compare.BASELINE), sample_plan)["MKT-SOCIAL"]

    assert current.planned == 88_340_000
    assert baseline.cell.planned == 119_340_000
    assert baseline.cell.actual == current.actual


def test_it_judges_nothing_in_an_open_month(sample_plan: Plan, db: None) -> None:
    table = table_of(sample_plan, NOVEMBER, Period.MONTH)
    rent = rows_of(table, sample_plan)["FIX-RENT"]

    assert table.is_partial
    assert table.totals() == []
    assert (rent.cell.planned, rent.cell.actual) == (35_000_000, None)
    assert (rent.cell.variance, rent.cell.meaning) == (None, None)
    assert (rent.limit.committed, rent.limit.left) == (35_000_000, 0)


def group_of(groups: list[GroupRows], name: str) -> GroupRows:
    return next(group for group in groups if group.name == name)


def test_it_puts_private_lines_together(sample_plan: Plan, db: None) -> None:
    table = table_of(sample_plan)
    lines = list(lines_of(sample_plan))
    shown = group_of(table.groups(lines, shows_private=True), "3. Vận hành cố định")
    hidden = group_of(table.groups(lines, shows_private=False), "3. Vận hành cố định")

    private = [row for row in shown.rows if row.line and row.line.is_private]
    assert (hidden.private_count, len(hidden.rows)) == (3, len(shown.rows) - 3)
    assert hidden.private is not None
    assert hidden.private.cell.actual == sum(row.cell.actual or 0 for row in private)
    assert hidden.sums == shown.sums


def test_it_shows_no_sum_that_gives_one_private_line_away(plan: Plan) -> None:
    make_year(make_line(plan, code="RENT", kind="opex"))
    make_year(make_line(plan, code="SAL", kind="opex", is_private=True))
    close_month(plan, plan.year.first)

    table = table_of(plan, plan.year.first)
    (group,) = table.groups(list(lines_of(plan)), shows_private=False)

    assert (group.private_count, group.private, group.sums) == (1, None, None)


def test_it_leads_to_the_last_closed_month(reader: Reader) -> None:
    assert reader(Role.OWNER).get(PAGE).headers["Location"] == f"{PAGE}2026-10/"


def test_it_leads_to_the_open_month_before_the_first_close(plan: Plan, as_owner: Client) -> None:
    response = as_owner.get("/c/babycare-house/2026/variance/")

    assert response.headers["Location"].endswith("/variance/2026-01/")


@pytest.mark.parametrize("month", ["2025-12", "2027-01"])
def test_it_knows_no_month_of_another_year(month: str, reader: Reader) -> None:
    assert reader(Role.OWNER).get(f"{PAGE}{month}/").status_code == 404


@pytest.mark.parametrize("view", ["month", "ytd", "year", "nonsense"])
def test_it_shows_each_period(view: str, reader: Reader) -> None:
    response = reader(Role.OWNER).get(f"{PAGE}2026-10/?view={view}")

    assert response.status_code == 200
    assert "Quảng cáo Facebook/TikTok" in response.text
    assert "&lt;" not in response.text


def test_it_names_the_plan_compared_with(reader: Reader) -> None:
    client = reader(Role.OWNER)

    current, baseline = (
        client.get(f"{PAGE}2026-10/{query}").text for query in ("", "?compare=baseline")
    )

    assert "against the current plan v2" in current
    assert "against the baseline plan v1" in baseline


def test_it_says_that_a_month_is_open(reader: Reader) -> None:
    text = reader(Role.OWNER).get(f"{PAGE}2026-11/").text

    assert "Month open" in text
    assert "not a result" in text


def test_it_says_that_a_closed_month_waits_for_an_earlier_one(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan))
    plan.status = PlanStatus.APPROVED
    plan.save()
    close_month(plan, plan.year.months[1])

    context = as_owner.get("/c/babycare-house/2026/variance/2026-02/").context

    assert context["is_waiting"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF])
def test_it_hides_salaries(role: Role, reader: Reader) -> None:
    text = reader(role).get(f"{PAGE}2026-10/").text

    assert "3 private lines" in text
    assert "Lương nhân viên và chủ" not in text


def test_staff_follow_the_entries_of_their_own_lines_only(reader: Reader) -> None:
    text = reader(Role.STAFF).get(f"{PAGE}2026-10/?view=month").text

    assert "actuals/2026-10/entries/?line=MKT-SOCIAL" in text
    assert "actuals/2026-10/entries/?line=FIX-RENT" not in text


def test_it_hides_a_goal_that_would_tell_a_private_line(plan: Plan, as_viewer: Client) -> None:
    make_year(make_line(plan, code="SAL", kind="opex", is_private=True))
    make_goal(plan, "Giữ quỹ lương", kpi=make_kpi(plan, measure={"total": ["SAL"]}))
    close_month(plan, plan.year.first)

    text = as_viewer.get("/c/babycare-house/2026/variance/2026-01/").text

    assert "Giữ quỹ lương" not in text


def test_it_says_what_is_missing_without_lines(plan: Plan, as_owner: Client) -> None:
    response = as_owner.get("/c/babycare-house/2026/variance/2026-01/")

    assert response.status_code == 200
    assert "/c/babycare-house/2026/budget/" in response.text


def test_it_asks_as_often_for_200_lines_as_for_10(plan: Plan, as_owner: Client) -> None:
    counts = []
    for number in range(1, 201):
        line = make_line(plan, code=f"L{number:03d}", group=f"G{number % 7}")
        make_month(line, actual_amount=number)
        if number in (10, 200):
            with CaptureQueriesContext(connection) as queries:
                as_owner.get("/c/babycare-house/2026/variance/2026-01/")
            counts.append(len(queries))

    assert counts[0] == counts[1] <= 25


WORDS: list[tuple[Any, ...]] = [
    (LineKind.OPEX, 100, 150, True, "Adverse", "bad"),
    (LineKind.OPEX, 100, 101, False, "Adverse, small", ""),
    (LineKind.REVENUE, 100, 150, True, "Favourable", "good"),
    (LineKind.PURCHASE, 100, 50, True, "Limit not used up", ""),
    (LineKind.COGS, 100, 150, True, "See the margin", ""),
    (LineKind.CONTINGENCY, 100, 0, False, "not judged", ""),
    (LineKind.MARKETING, 100, 100, False, "As planned", ""),
    (LineKind.MARKETING, 0, 50, True, "Outside the plan", "bad"),
    (LineKind.MARKETING, None, 50, False, "Outside the plan", ""),
    (LineKind.MARKETING, 100, None, False, "", ""),
]


@pytest.mark.parametrize(("kind", "planned", "actual", "material", "text", "tone"), WORDS)
def test_it_says_in_words_what_a_variance_means(
    kind: LineKind,
    planned: int | None,
    actual: int | None,
    material: bool,
    text: str,
    tone: str,
) -> None:
    with override("en"):
        word = meaning_word(_compared(kind, planned, actual, is_material=material))

    assert (word.text, word.tone) == (text, tone)


def _compared(
    kind: LineKind, planned: int | None, actual: int | None, *, is_material: bool
) -> Compared:
    found = line_variance(planned, actual, kind)
    if found is None:
        return Compared(planned, actual, None, None, None, is_material, kind)
    return Compared(planned, actual, found.amount, found.ratio, found.meaning, is_material, kind)


def test_a_member_of_another_company_finds_nothing(as_outsider: Client, sample_plan: Plan) -> None:
    assert as_outsider.get(f"{PAGE}2026-10/").status_code == 404


def test_it_is_only_for_reading(reader: Reader) -> None:
    assert reader(Role.OWNER).post(f"{PAGE}2026-10/").status_code == 405

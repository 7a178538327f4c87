"""The action plan: its timeline, what it says of each initiative, and whose money it hides."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.calc.report.people import MilestoneState
from aop.tenancy.models import Membership
from budgets.queries.actions import ActionRow, action_rows
from budgets.queries.facts import plan_facts
from budgets.views.actions_timeline import WIDTH, milestone_sentence, timeline
from planning.models import Initiative, Plan
from planning.queries.parts import initiatives_of
from tests.factories import (
    TODAY,
    close_month,
    make_allocation,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_line,
    make_milestone,
    make_month,
    make_person,
    make_year,
)

URL = "/c/babycare-house/2026/actions/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def row_of(plan: Plan, member: Membership, day: date = TODAY) -> ActionRow:
    (row,) = action_rows(initiatives_of(plan), Figures(plan_facts(plan)), member, day)
    return row


def make_paid(plan: Plan) -> Initiative:
    """Create an initiative with 30 on an open line and 71.2 on a private one."""
    initiative = make_initiative(plan, goals=(make_goal(plan),), owner=make_person(plan))
    make_year(make_line(plan, "Quảng cáo", code="MKT"))
    make_year(make_line(plan, "Lương", code="SAL", is_private=True))
    make_initiative_budget(initiative, "MKT", 30_000_000)
    make_initiative_budget(initiative, "SAL", 71_234_567)
    return initiative


def test_it_shows_initiatives_in_order(plan: Plan, as_viewer: Client) -> None:
    make_initiative(plan, "Gian hàng", goals=(make_goal(plan),), owner=make_person(plan))
    make_initiative(plan, "Kho", goals=())

    page = as_viewer.get(URL).content.decode()
    assert page.index("Gian hàng") < page.index("Kho")
    assert "Nguyễn Thu Hà · G1" in page
    assert "/edit/" not in page


def test_an_empty_plan_offers_the_first_one(plan: Plan, as_owner: Client) -> None:
    page = as_owner.get(URL).content.decode()

    assert "Chưa có hành động trọng tâm" in page or "No initiative yet" in page
    assert f"{URL}add/" in page


def test_a_draft_says_what_is_missing(plan: Plan, as_owner: Client) -> None:
    make_goal(plan)
    initiative = make_initiative(plan)

    page = as_owner.get(URL).content.decode()
    assert f"{URL}{initiative.pk}/edit/" in page
    assert f"{URL}add/?goal=G1" in page


def test_private_money_is_hidden(plan: Plan, owner: Membership, viewer: Membership) -> None:
    make_paid(plan)

    assert row_of(plan, owner).amount == 101_234_567
    hidden = row_of(plan, viewer)
    assert (hidden.amount, hidden.hides_money) == (30_000_000, True)


@pytest.mark.parametrize("who", ["as_viewer", "as_staff"])
def test_no_page_names_a_private_line(plan: Plan, who: str, request: pytest.FixtureRequest) -> None:
    initiative = make_paid(plan)
    client: Client = request.getfixturevalue(who)

    for url in (URL, f"{URL}{initiative.pk}/"):
        page = client.get(url).content.decode()
        assert "Lương" not in page
        assert not re.search(r"\b(71|101)[.,]2", page)


def test_money_that_is_not_named_is_not_nothing(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)
    assert row_of(plan, owner).amount is None

    make_line(plan, code="MKT")
    make_initiative_budget(initiative, "MKT", 0)
    assert row_of(plan, owner).amount == 0


def test_it_judges_milestones_on_the_day(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan, status="on_track")
    make_milestone(initiative, "Xong", date(2026, 3, 1), done=date(2026, 3, 1))
    make_milestone(initiative, "Trễ", date(2026, 3, 1), done=date(2026, 4, 1))
    make_milestone(initiative, "Quá", date(2026, 6, 1), first_due=date(2026, 5, 1), times_pushed=2)
    make_milestone(initiative, "Tới", date(2026, 12, 1), added_after_approval=True)

    row = row_of(plan, owner, date(2026, 6, 10))
    assert [one.state for one in row.milestones] == [
        MilestoneState.DONE,
        MilestoneState.DONE_LATE,
        MilestoneState.OVERDUE,
        MilestoneState.UPCOMING,
    ]
    assert (row.pushes, row.overdue, row.added, row.needs_attention) == (2, 1, 1, False)
    assert row_of(plan, owner, date(2026, 6, 16)).needs_attention


def test_what_is_done_needs_no_attention(plan: Plan, owner: Membership) -> None:
    make_milestone(make_initiative(plan, status="dropped"), due=date(2026, 1, 1))

    assert not row_of(plan, owner).needs_attention


def test_spending_off_track_needs_attention(
    plan: Plan, owner: Membership, viewer: Membership
) -> None:
    january = Month(2026, 1)
    line = make_line(plan, "Lương", code="SAL", is_private=True)
    make_month(line, january, 10_000_000, actual_amount=19_000_000)
    make_initiative_budget(make_initiative(plan), "SAL", 1)
    close_month(plan, january)

    assert row_of(plan, owner).red_lines == ("Lương",)
    assert row_of(plan, viewer).red_lines == ()


def test_marks_stand_where_their_days_are(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan, start=date(2026, 1, 1), end=date(2026, 12, 31))
    make_milestone(initiative, "Lùi", date(2026, 7, 1), first_due=date(2026, 4, 1), times_pushed=1)

    drawn = timeline(row_of(plan, owner, date(2026, 6, 1)), plan.year, date(2026, 6, 1))
    (mark,) = drawn.marks
    assert drawn.bar is not None
    assert (drawn.bar.x, drawn.bar.width, drawn.bar.past) == (0, WIDTH, 330)
    assert (mark.was_x, mark.x, mark.look, drawn.now) == (198, 396, "g-over", 330)
    assert mark.label == "Lùi · pushed once"


def test_marks_that_would_touch_stand_below_each_other(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)
    for day in (1, 5, 9):
        make_milestone(initiative, f"Cột mốc dài ngày {day}", date(2026, 3, day))

    drawn = timeline(row_of(plan, owner), plan.year, TODAY)
    assert len({mark.y for mark in drawn.marks}) == 3


def test_a_label_at_the_end_of_the_year_stands_on_the_left(plan: Plan, owner: Membership) -> None:
    make_milestone(make_initiative(plan), "Đạt 25 % doanh thu cả năm", date(2026, 12, 30))

    (mark,) = timeline(row_of(plan, owner), plan.year, TODAY).marks
    assert mark.is_left
    assert mark.label_x < mark.x


def test_a_year_that_has_passed_has_no_line_of_today(plan: Plan, owner: Membership) -> None:
    make_initiative(plan)

    drawn = timeline(row_of(plan, owner), plan.year, date(2027, 3, 1))
    assert drawn.now is None
    assert drawn.bar is not None
    assert drawn.bar.past == drawn.bar.width


def test_milestones_are_said_in_words(plan: Plan, owner: Membership) -> None:
    initiative = make_initiative(plan)
    make_milestone(initiative, "A", date(2026, 3, 1), done=date(2026, 3, 1))
    make_milestone(initiative, "B", date(2026, 3, 1), done=date(2026, 4, 1))
    make_milestone(initiative, "C", date(2026, 11, 21))
    make_milestone(initiative, "D", date(2026, 12, 1), first_due=date(2026, 6, 1))

    said = [milestone_sentence(one) for one in row_of(plan, owner).milestones]
    assert [text.replace("\xa0", " ") for text in said] == [
        "A: due 1 Mar 2026, done on 1 Mar 2026",
        "B: due 1 Mar 2026, done late on 1 Apr 2026",
        "C: due 21 Nov 2026, 1 day overdue",
        "D: due 1 Jun 2026 at first, pushed to 1 Dec 2026",
    ]


def test_one_initiative_shows_hours_from_the_allocations(plan: Plan, as_viewer: Client) -> None:
    initiative = make_initiative(plan)
    person = make_person(plan, hours_per_week=48)
    make_allocation(person, initiative, Month(2026, 3), percent=50)

    page = as_viewer.get(f"{URL}{initiative.pk}/").content.decode()
    assert '<td class="r num">104</td>' in page


def asked(queries: CaptureQueriesContext) -> int:
    """Count what was asked; on PostgreSQL a savepoint stands around each page."""
    texts = [query["sql"] for query in queries]
    return sum(not text.startswith(("SAVEPOINT", "RELEASE")) for text in texts)


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return asked(queries)


@pytest.mark.parametrize("page", ["", "add/"])
def test_many_lines_and_initiatives_cost_no_query(plan: Plan, as_owner: Client, page: str) -> None:
    make_goal(plan)
    for number in range(10):
        make_milestone(make_initiative(plan, f"Việc {number}"))
        make_month(make_line(plan, f"Dòng {number}"))
    few = queries_of(as_owner, f"{URL}{page}")
    for number in range(190):
        make_month(make_line(plan, f"Dòng {number + 10}"))
        make_milestone(make_initiative(plan, f"Việc {number + 10}"))

    assert queries_of(as_owner, f"{URL}{page}") == few <= 25

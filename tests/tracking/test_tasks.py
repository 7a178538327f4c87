"""The list of musts: what each role has to do on which day, and how it is said."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from aop.calc.figures import Figures
from aop.calc.months import Month
from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan, PlanStatus
from tests.factories import (
    TODAY,
    close_month,
    make_adjustment,
    make_assumption,
    make_initiative,
    make_kpi,
    make_line,
    make_milestone,
    make_month,
    make_person,
    make_review,
    make_risk,
    make_year,
)
from tests.tracking.conftest import Reader
from tracking.queries.report import report_facts
from tracking.queries.tasks import Task, TaskKind, living_findings, tasks_of

PAGE = "/c/babycare/tasks/"
JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
MemberOf = Callable[[Role], Membership]


@pytest.fixture
def plan_in_force(plan: Plan) -> Plan:
    plan.status = PlanStatus.APPROVED
    plan.opening_cash_amount = 0
    plan.minimum_cash_amount = None
    plan.save()
    return plan


def tasks(plan: Plan, member: Membership, today: date = TODAY) -> list[Task]:
    return tasks_of(plan, Figures(report_facts(plan)), member, today)


def kinds(plan: Plan, member: Membership, today: date = TODAY) -> list[TaskKind]:
    return [task.kind for task in tasks(plan, member, today)]


def of_kind(found: list[Task], kind: TaskKind) -> Task:
    return next(task for task in found if task.kind is kind)


def test_the_owner_of_the_sample_has_seven_things_to_do(
    sample_plan: Plan, member_of: MemberOf
) -> None:
    found = tasks(sample_plan, member_of(Role.OWNER))

    assert [task.kind for task in found] == [
        TaskKind.CHECK_ASSUMPTIONS,
        TaskKind.MILESTONE,
        TaskKind.MILESTONE,
        TaskKind.MILESTONE,
        TaskKind.LOW_CASH,
        TaskKind.FIRED_RISK,
        TaskKind.REVIEW_MONTH,
    ]
    assert found[-1].due == date(2026, 12, 5)


def test_staff_log_their_lines_and_finish_their_milestones(
    sample_plan: Plan, member_of: MemberOf
) -> None:
    found = tasks(sample_plan, member_of(Role.STAFF))

    lines = of_kind(found, TaskKind.LOG_LINES)
    assert (lines.due, len(lines.names)) == (date(2026, 11, 30), 7)
    assert {task.who for task in found if task.kind is TaskKind.MILESTONE} == {"Trần Minh Anh"}
    assert all(task.by_log for task in found if task.kind is TaskKind.MILESTONE)


def test_the_accountant_logs_what_belongs_to_nobody(sample_plan: Plan, member_of: MemberOf) -> None:
    lines = of_kind(tasks(sample_plan, member_of(Role.ACCOUNTANT)), TaskKind.LOG_LINES)

    assert "Tiền thuê mặt bằng" in lines.names
    assert "Doanh thu online" not in lines.names


def test_who_only_reads_has_nothing_to_do(sample_plan: Plan, member_of: MemberOf) -> None:
    assert tasks(sample_plan, member_of(Role.VIEWER)) == []


def test_a_draft_has_no_tasks_but_its_findings(plan: Plan, owner: Membership) -> None:
    make_year(make_line(plan))

    assert tasks(plan, owner) == []


def test_a_month_that_is_over_is_to_be_closed_by_the_tenth(
    plan_in_force: Plan, owner: Membership
) -> None:
    before = kinds(plan_in_force, owner, JANUARY.last_day)

    close = of_kind(tasks(plan_in_force, owner, date(2026, 2, 11)), TaskKind.CLOSE_MONTH)

    assert TaskKind.CLOSE_MONTH not in before
    assert (close.months, close.due) == ((JANUARY,), date(2026, 2, 10))
    assert close.is_overdue(date(2026, 2, 11))


def test_a_closed_month_needs_no_closing(plan_in_force: Plan, owner: Membership) -> None:
    close_month(plan_in_force, JANUARY)

    assert TaskKind.CLOSE_MONTH not in kinds(plan_in_force, owner, date(2026, 2, 11))


def test_a_review_is_due_until_it_is_held(plan_in_force: Plan, owner: Membership) -> None:
    day = date(2026, 2, 5)
    due = of_kind(tasks(plan_in_force, owner, day), TaskKind.REVIEW_MONTH)
    make_review(plan_in_force, JANUARY)

    assert (due.months, due.due) == ((JANUARY,), day)
    assert TaskKind.REVIEW_MONTH not in kinds(plan_in_force, owner, day)


def test_a_quarterly_review_waits_for_the_quarter(plan_in_force: Plan, owner: Membership) -> None:
    plan_in_force.review_every = "quarter"
    plan_in_force.save()

    assert TaskKind.REVIEW_MONTH not in kinds(plan_in_force, owner, date(2026, 3, 1))
    assert TaskKind.REVIEW_MONTH in kinds(plan_in_force, owner, date(2026, 4, 5))


def test_it_waits_for_who_has_not_logged(plan_in_force: Plan, accountant: Membership) -> None:
    line = make_line(plan_in_force, owner=make_person(plan_in_force, "Lê Thị Mai"))
    row = make_month(line, JANUARY)

    waiting = of_kind(tasks(plan_in_force, accountant, date(2026, 2, 2)), TaskKind.WAIT_FOR_LINES)
    row.actual_amount = 0
    row.save()

    assert waiting.names == ("Lê Thị Mai",)
    assert TaskKind.WAIT_FOR_LINES not in kinds(plan_in_force, accountant, date(2026, 2, 2))


def test_nobody_waits_for_a_line_that_rests(plan_in_force: Plan, staff: Membership) -> None:
    me = make_person(plan_in_force, email=staff.user.email)
    make_month(make_line(plan_in_force, owner=me), JANUARY, 0)
    make_month(make_line(plan_in_force, owner=me), FEBRUARY, 5_000_000)

    assert kinds(plan_in_force, staff, JANUARY.first_day) == []


def test_nobody_logs_a_month_that_has_not_begun(plan_in_force: Plan, staff: Membership) -> None:
    me = make_person(plan_in_force, email=staff.user.email.upper())
    make_month(make_line(plan_in_force, owner=me), JANUARY)

    assert kinds(plan_in_force, staff, date(2025, 12, 31)) == []
    assert kinds(plan_in_force, staff, date(2026, 1, 1)) == [TaskKind.LOG_LINES]


def test_staff_hear_nothing_of_private_lines(plan_in_force: Plan, staff: Membership) -> None:
    me = make_person(plan_in_force, email=staff.user.email)
    make_month(make_line(plan_in_force, owner=me, is_private=True), JANUARY)

    assert kinds(plan_in_force, staff, JANUARY.first_day) == []


@pytest.mark.parametrize(("days", "is_shown"), [(15, False), (14, True), (-1, True)])
def test_a_milestone_shows_two_weeks_before(
    days: int, is_shown: bool, plan_in_force: Plan, owner: Membership
) -> None:
    make_review(plan_in_force, JANUARY)
    make_milestone(make_initiative(plan_in_force), due=JANUARY.first_day + timedelta(days=days))

    found = kinds(plan_in_force, owner, JANUARY.first_day)

    assert (TaskKind.MILESTONE in found) is is_shown


def test_a_finished_milestone_is_no_task(plan_in_force: Plan, owner: Membership) -> None:
    make_milestone(make_initiative(plan_in_force), due=TODAY, done=TODAY)

    assert TaskKind.MILESTONE not in kinds(plan_in_force, owner)


def test_an_assumption_is_checked_in_its_month(plan_in_force: Plan, owner: Membership) -> None:
    make_assumption(plan_in_force, check_month=date(2026, 11, 1))
    make_assumption(plan_in_force, "Đã kiểm tra", check_month=date(2026, 2, 1), answer="yes")
    make_assumption(plan_in_force, "Chưa tới", check_month=date(2026, 12, 1))

    task = of_kind(tasks(plan_in_force, owner), TaskKind.CHECK_ASSUMPTIONS)

    assert task.names == ("Giá nhập không tăng quá 3 %",)


def test_a_proposed_adjustment_waits_for_the_owner(
    plan_in_force: Plan, owner: Membership, accountant: Membership
) -> None:
    make_adjustment(plan_in_force)
    make_adjustment(plan_in_force, approved_on=TODAY)

    assert kinds(plan_in_force, owner).count(TaskKind.DECIDE_ADJUSTMENT) == 1
    assert TaskKind.DECIDE_ADJUSTMENT not in kinds(plan_in_force, accountant)


def test_a_kpi_by_hand_is_logged_after_the_close(plan_in_force: Plan, owner: Membership) -> None:
    make_kpi(plan_in_force, "Khách quay lại")
    close_month(plan_in_force, JANUARY)

    task = of_kind(tasks(plan_in_force, owner, date(2026, 2, 3)), TaskKind.LOG_KPIS)

    assert (task.names, task.months) == (("Khách quay lại",), (JANUARY,))


def test_living_findings_look_ahead(sample_plan: Plan, db: None) -> None:
    found = living_findings(Figures(report_facts(sample_plan)), TODAY)

    assert [one.subject for one in found] == ["P2 2026-11", "P4 2026-11", "P4 2026-12"]


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.OWNER, "5 assumptions to check"),
        (Role.OWNER, "Cash falls to ₫181M in December"),
        (Role.OWNER, "Risk has arrived: Sàn tăng phí"),
        (Role.OWNER, "115% of a month"),
        (Role.ACCOUNTANT, "Review of November"),
        (Role.STAFF, "7 lines of yours are not logged for November"),
        (Role.VIEWER, "You read along here"),
    ],
)
def test_it_says_what_waits(role: Role, sentence: str, reader: Reader) -> None:
    response = reader(role).get(PAGE)

    assert response.status_code == 200
    assert sentence in response.text.replace("\N{NO-BREAK SPACE}", " ")


def test_every_task_leads_somewhere(reader: Reader) -> None:
    client = reader(Role.OWNER)
    context = client.get(PAGE).context

    urls = {task.url for task in [*context["late"], *context["others"]]}
    assert urls
    assert {client.get(url.partition("#")[0]).status_code for url in urls} <= {200, 302}


def test_a_draft_shows_what_it_lacks(plan: Plan, as_owner: Client, as_staff: Client) -> None:
    make_risk(plan)
    page = "/c/babycare-house/tasks/"

    owners, staffs = (client.get(page).context["findings"] for client in (as_owner, as_staff))

    assert "risk_without_contingency" in {one.code for one in owners}
    assert staffs == []


def test_the_accountant_cures_what_is_in_the_budget(plan: Plan, as_accountant: Client) -> None:
    make_line(plan, kind="revenue")

    findings = as_accountant.get("/c/babycare-house/tasks/").context["findings"]

    assert {str(one.code) for one in findings} == {"plan_missing"}


def test_without_a_plan_the_owner_starts_one(as_owner: Client, as_viewer: Client) -> None:
    owners, viewers = (client.get("/c/babycare-house/tasks/") for client in (as_owner, as_viewer))

    assert owners.headers["Location"] == "/c/babycare-house/plans/new/"
    assert viewers.status_code == 200


def test_it_is_hidden_from_others(as_outsider: Client, sample_plan: Plan) -> None:
    assert as_outsider.get(PAGE).status_code == 404

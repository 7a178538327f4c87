"""The check page: findings with cures, and for whom; what is frozen once it is approved."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from aop.tenancy.models import AuditEntry, Company, Membership
from aop.tenancy.roles import Role
from budgets.models import PlanVersion
from budgets.queries.approval import newest_change
from budgets.services.months import FIRST_VERSION, set_planned
from planning.models import Plan
from tests.budgets.test_approval_service import approve, full, make_sound
from tests.cast import signed_in
from tests.factories import (
    JANUARY,
    TODAY,
    make_allocation,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_line,
    make_member,
    make_month,
    make_not_doing,
    make_person,
    make_year,
)
from tracking.services.companies import Destination, load_company, sample_folder

URL = "/c/babycare-house/2026/check/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def speak_english(*members: Membership) -> None:
    for member in members:
        member.user.language = "en"
        member.user.save()


def page_of(client: Client, url: str = URL) -> str:
    return client.get(url).content.decode()


def test_errors_stand_in_the_way(plan: Plan, owner: Membership, as_owner: Client) -> None:
    speak_english(owner)
    page = page_of(as_owner)

    assert "Stands in the way of the approval" in page
    assert "The plan has no goal yet." in page
    assert 'href="/c/babycare-house/2026/goals/add/"' in page
    assert "Approve plan 2026" not in page


def test_a_plan_without_errors_can_be_approved(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    speak_english(owner)
    make_sound(plan)

    page = page_of(as_owner)
    assert "Approve plan 2026" in page
    assert "Worth a second look" in page


def test_nothing_wrong_is_said(plan: Plan, owner: Membership, as_owner: Client) -> None:
    speak_english(owner)
    make_sound(plan)
    make_not_doing(plan)
    plan.review_rhythm = "Ngày 5"
    plan.save()

    assert "Nothing is wrong" in page_of(as_owner)


def test_only_the_owner_gets_the_button(
    plan: Plan, accountant: Membership, as_accountant: Client, as_viewer: Client
) -> None:
    speak_english(accountant)
    make_sound(plan)

    assert "The owner approves the plan." in page_of(as_accountant)
    for client in (as_accountant, as_viewer):
        assert "/check/approve/" not in page_of(client)


def test_who_cannot_see_the_only_error_is_not_told_that_all_is_well(
    plan: Plan, viewer: Membership, as_viewer: Client
) -> None:
    speak_english(viewer)
    make_sound(plan)
    make_year(make_line(plan, "Lương", code="SAL", kind="tax", is_private=True), 1)
    make_initiative_budget(plan.initiatives.get(), "SAL", 999)

    page = page_of(as_viewer)
    assert "Lương" not in page
    assert "Nothing is wrong" not in page


def seen_on(client: Client) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page_of(client))
    assert found
    return found[1]


def test_it_approves_and_shows_what_is_frozen(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    speak_english(owner)
    make_sound(plan)

    answer = as_owner.post(f"{URL}approve/", {"seen": seen_on(as_owner)}, follow=True)

    plan.refresh_from_db()
    page = answer.content.decode()
    assert plan.is_frozen
    assert AuditEntry.objects.filter(action="budgets.plan.approved").count() == 1
    assert "Plan 2026 is approved and in force." in page
    assert "What is frozen, and why" in page
    assert f'href="{URL}versions/1/"' in page


def test_it_is_approved_on_the_company_s_own_day(
    plan: Plan, owner: Membership, as_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sound(plan)
    monkeypatch.setattr("aop.tenancy.access.today_in", lambda _company: date(2025, 12, 22))

    as_owner.post(f"{URL}approve/", {"seen": seen_on(as_owner)})

    plan.refresh_from_db()
    assert plan.approved_on == date(2025, 12, 22)


def test_errors_refuse_the_approval(plan: Plan, owner: Membership, as_owner: Client) -> None:
    speak_english(owner)
    answer = as_owner.post(f"{URL}approve/", {"seen": newest_change(plan)})

    plan.refresh_from_db()
    assert answer.status_code == 422
    assert "1 error stands in the way of the approval." in answer.content.decode()
    assert not plan.is_frozen


def test_what_nobody_looked_at_is_not_approved(
    plan: Plan, owner: Membership, accountant: Membership, as_owner: Client
) -> None:
    speak_english(owner)
    line = make_sound(plan)
    seen = seen_on(as_owner)
    set_planned(line.pk, JANUARY, 1, FIRST_VERSION, actor=accountant)

    answer = as_owner.post(f"{URL}approve/", {"seen": seen})
    assert answer.status_code == 422
    assert "changed while you looked" in answer.content.decode()

    again = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert again
    as_owner.post(f"{URL}approve/", {"seen": again[1]})
    plan.refresh_from_db()
    assert plan.is_frozen


@pytest.mark.parametrize("seen", ["", "abc", "-1"])
def test_an_approval_says_what_was_seen(plan: Plan, as_owner: Client, seen: str) -> None:
    make_sound(plan)

    assert as_owner.post(f"{URL}approve/", {"seen": seen}).status_code == 422
    plan.refresh_from_db()
    assert not plan.is_frozen


def test_opening_the_approval_leads_to_the_check(plan: Plan, as_owner: Client) -> None:
    assert as_owner.get(f"{URL}approve/").headers["Location"] == URL


def test_a_version_shows_the_plan_of_that_day(
    plan: Plan, owner: Membership, as_owner: Client, viewer: Membership, as_viewer: Client
) -> None:
    line = full(plan).lines.get(code="REV")
    make_month(plan.lines.get(code="SAL"), JANUARY, 71_234_567)
    make_initiative_budget(plan.initiatives.get(), "SAL", 1_234_567)
    make_kpi(plan, "Quỹ lương", measure={"total": ["SAL"]})
    approve(plan, owner)
    line.name = "Tên sau này"
    line.save()

    page = page_of(as_owner, f"{URL}versions/1/")
    assert "Doanh thu" in page
    assert "Tên sau này" not in page
    for name in ("Lương", "Quỹ lương", "71,2", "Kênh online", "Giá nhập tăng", "Nguyễn Thu Hà"):
        assert name in page
    hidden = page_of(as_viewer, f"{URL}versions/1/")
    assert "Kênh online" in hidden
    assert "Lương" not in hidden
    assert "Quỹ lương" not in hidden
    assert "1,23" not in hidden


def test_a_line_that_became_private_later_is_hidden_too(
    plan: Plan, owner: Membership, as_viewer: Client
) -> None:
    make_sound(plan)
    make_year(make_line(plan, "Chi riêng", code="OWN", kind="opex"), 0)
    approve(plan, owner)
    plan.lines.filter(code="OWN").update(is_private=True, name="Đổi tên")

    assert "Chi riêng" not in page_of(as_viewer, f"{URL}versions/1/")


def test_the_sum_of_one_private_line_is_not_shown(
    plan: Plan, owner: Membership, as_viewer: Client
) -> None:
    make_sound(plan)
    make_year(make_line(plan, "Điện", kind="opex", group="Cố định"), 1_000_000)
    make_year(make_line(plan, "Lương", kind="opex", group="Cố định", is_private=True), 2_500_000)
    approve(plan, owner)

    page = as_viewer.get(f"{URL}versions/1/").context["page"]
    sums = {group.name: group.sums for group in page.groups}
    assert sums["Cố định"] is None
    assert [group.hidden for group in page.groups if group.name == "Cố định"] == [1]


def test_a_version_adds_its_adjustments(db: None) -> None:
    company = load_company(sample_folder(), Destination())
    client = signed_in(make_member(company, Role.OWNER))
    url = f"/c/{company.slug}/2026/check/versions"

    def year(number: int) -> dict[str, int]:
        page = client.get(f"{url}/{number}/").context["page"]
        return {line.label: line.year for group in page.groups for line in group.lines}

    assert year(1)["Quảng cáo Facebook/TikTok"] == 156_000_000
    assert year(2)["Quảng cáo Facebook/TikTok"] == 111_000_000
    first = client.get(f"{url}/1/").context["page"]
    assert {row.row.status for row in first.initiatives} == {"not_started"}


def test_an_unknown_version_is_not_found(plan: Plan, as_owner: Client) -> None:
    assert as_owner.get(f"{URL}versions/1/").status_code == 404


def asked(queries: CaptureQueriesContext) -> int:
    """Count what was asked; on PostgreSQL a savepoint stands around each page."""
    texts = [query["sql"] for query in queries]
    return sum(not text.startswith(("SAVEPOINT", "RELEASE")) for text in texts)


def test_many_lines_cost_no_query(company: Company, plan: Plan) -> None:
    member = make_member(company)
    client, person = signed_in(member), make_person(plan)
    counts = []
    for first, last in ((0, 10), (10, 200)):
        for number in range(first, last):
            make_month(make_line(plan, f"Dòng {number}"))
            goal = make_goal(plan, f"Mục tiêu {number}")
            work = make_initiative(plan, f"Việc {number}", goals=(goal,))
            make_allocation(person, work)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        counts.append(asked(queries))
    assert counts[0] == counts[1] <= 25


def test_a_version_of_many_lines_costs_no_query(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    make_sound(plan)
    for number in range(200):
        make_year(make_line(plan, f"Dòng {number}", kind="tax"), 0)
    approve(plan, owner)
    assert PlanVersion.objects.for_company(plan.company).get().approved_on == TODAY

    with CaptureQueriesContext(connection) as queries:
        assert as_owner.get(f"{URL}versions/1/").status_code == 200
    assert asked(queries) <= 12

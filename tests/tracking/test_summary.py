"""The plan on a page: what stands on it, what never does, and the link that shows it."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from aop.calc.totals import TotalName
from aop.tenancy.models import AuditEntry, Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.cast import signed_in
from tests.factories import (
    make_goal,
    make_initiative,
    make_kpi,
    make_line,
    make_milestone,
    make_not_doing,
    make_person,
    make_risk,
    make_year,
)
from tests.tracking.conftest import Reader
from tracking.models import SummaryLink
from tracking.queries.summary import MOST_GROUPS, MOST_NOT_DOING, Summary, TargetKind

PAGE = "/c/babycare/2026/summary/"
DRAFT = "/c/babycare-house/2026/summary/"
SALARIES = ("Lương", "Thưởng Tết", "Bảo hiểm xã hội", "930")


def link_in(text: str) -> str:
    """Return the path of the link that the page shows once."""
    found = re.search(r'value="https?://[^/"]+(/s/[^"]+)"', text)
    assert found
    return found[1]


def test_it_adds_up_the_budget_by_group_and_quarter(sample_plan: Plan, db: None) -> None:
    sheet = Summary(sample_plan)

    revenue = sheet.groups[0]
    assert revenue.names == ("Doanh thu",)
    assert revenue.quarters[:2] == (1_713_600_000, 1_749_600_000)
    assert revenue.year == 7_200_000_000
    assert dict(sheet.results)[TotalName.OPERATING_PROFIT].year == 135_153_440
    assert sheet.cash is not None
    assert len(sheet.cash.quarters) == 4


def test_it_tells_targets_over_what_they_are_measured(sample_plan: Plan, db: None) -> None:
    targets = {row.kpi.code: (row.kind, row.value) for row in Summary(sample_plan).kpis}

    assert targets["K0"] == (TargetKind.YEAR, Decimal(7_200_000_000))
    assert str(targets["K3"][1]).startswith("0.45")
    assert targets["K3"][0] is TargetKind.LAST_MONTH
    assert targets["K4"][0] is TargetKind.FLOOR
    assert targets["K5"][0] is TargetKind.CAP
    assert "K8" not in targets  # only feeds a risk trigger


def test_it_shows_the_whole_plan(reader: Reader) -> None:
    text = reader(Role.OWNER).get(PAGE).text

    for part in (
        "Version 2, approved on 3",
        "không mở thêm cửa hàng",
        "Không tuyển thêm nhân sự",
        "Tối ưu gian hàng",
        "Đạt nhãn shop yêu thích",
        "Trần Minh Anh",
        "Sàn tăng phí",
        "Tồn quỹ cuối tháng",
        "salaries are not printed",
    ):
        assert part in text, part


@pytest.mark.parametrize("role", list(Role))
def test_it_never_shows_salaries(role: Role, reader: Reader) -> None:
    text = reader(role).get(PAGE).text

    assert [word for word in SALARIES if word in text] == []


def test_it_puts_a_group_of_private_lines_with_its_neighbour(plan: Plan) -> None:
    make_year(make_line(plan, code="REV", kind="revenue", group="Doanh thu"), 50_000_000)
    make_year(make_line(plan, code="SAL", kind="opex", group="Lương", is_private=True), 7_000_000)
    make_year(make_line(plan, code="RENT", kind="opex", group="Vận hành"), 3_000_000)

    groups = {row.names: row.year for row in Summary(plan).groups}

    assert groups == {("Doanh thu", "Lương"): 684_000_000, ("Vận hành",): 36_000_000}


def test_it_keeps_kpis_goals_and_triggers_that_tell_a_private_line(plan: Plan) -> None:
    make_year(make_line(plan, code="SAL", kind="opex", is_private=True))
    kpi = make_kpi(plan, "Quỹ lương", measure={"total": ["SAL"]})
    make_goal(plan, kpi=kpi)
    make_risk(plan, trigger_kpi=kpi, trigger_op=">", trigger_value=1)

    sheet = Summary(plan)

    assert (sheet.kpis, sheet.goals) == ([], [])
    assert [risk.trigger_kpi for risk in sheet.risks] == [None]


def test_it_counts_what_does_not_fit(plan: Plan) -> None:
    for number in range(MOST_NOT_DOING + 3):
        make_not_doing(plan, f"Việc {number}")
    for number in range(MOST_GROUPS + 4):
        make_year(make_line(plan, kind="opex", group=f"Nhóm {number}"))

    sheet = Summary(plan)

    assert (len(sheet.not_doing), sheet.left_out["not_doing"]) == (MOST_NOT_DOING, 3)
    assert len(sheet.groups) == MOST_GROUPS
    assert sheet.groups[-1].year == 5 * 120_000_000  # all the others together


def test_it_draws_initiatives_over_the_months(plan: Plan) -> None:
    work = make_initiative(plan, start=date(2026, 2, 10), end=date(2026, 4, 1))
    make_milestone(work, due=date(2026, 5, 5))

    (row,) = Summary(plan).timeline

    assert [cell.runs for cell in row.cells][:5] == [False, True, True, True, False]
    assert [len(cell.milestones) for cell in row.cells][4] == 1


def test_it_shows_an_empty_draft(plan: Plan, as_viewer: Client) -> None:
    response = as_viewer.get(DRAFT)

    assert response.status_code == 200
    assert response.context["sheet"].version.number == 0


def test_it_asks_as_often_for_a_long_plan(
    plan: Plan, as_owner: Client, django_assert_max_num_queries: object
) -> None:
    assert callable(django_assert_max_num_queries)
    for number in range(12):
        make_person(plan, f"Người {number}")
        make_milestone(make_initiative(plan, f"Việc {number}"))
        make_kpi(plan, f"KPI {number}")
        make_risk(plan, f"Rủi ro {number}")

    with django_assert_max_num_queries(23):
        as_owner.get(DRAFT)


def test_the_owner_makes_a_link_that_shows_the_sheet(plan: Plan, as_owner: Client) -> None:
    make_not_doing(plan, "Không mở cửa hàng thứ hai")
    made = as_owner.post(f"{DRAFT}links/new/")
    path = link_in(made.text)

    shown = Client().get(path)

    assert made.status_code == 201
    assert shown.status_code == 200
    assert "Không mở cửa hàng thứ hai" in shown.text
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex' in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "/c/babycare-house/" not in shown.text


def test_the_link_hides_salaries(member_of: object, sample_plan: Plan, db: None) -> None:
    assert callable(member_of)
    owner = signed_in(member_of(Role.OWNER))
    path = link_in(owner.post(f"{PAGE}links/new/").text)

    text = Client(headers={"accept-language": "en"}).get(path).text

    assert [word for word in SALARIES if word in text] == []


def test_the_link_is_shown_once_and_kept_as_a_digest(plan: Plan, as_owner: Client) -> None:
    path = link_in(as_owner.post(f"{DRAFT}links/new/").text)

    link = SummaryLink.objects.for_company(plan.company).get()
    assert path not in as_owner.get(DRAFT).text
    assert len(link.token_digest) == 64
    assert link.token_digest not in path


def test_a_withdrawn_link_shows_nothing(plan: Plan, as_owner: Client) -> None:
    path = link_in(as_owner.post(f"{DRAFT}links/new/").text)
    link = SummaryLink.objects.for_company(plan.company).get()

    as_owner.post(f"{DRAFT}links/{link.pk}/withdraw/")

    assert Client().get(path).status_code == 404
    assert as_owner.post(f"{DRAFT}links/{link.pk}/withdraw/").status_code == 404
    entries = AuditEntry.objects.for_company(plan.company)
    assert [entry.action for entry in entries][::-1] == [
        "tracking.summary_link.created",
        "tracking.summary_link.withdrawn",
    ]


def test_a_link_of_one_company_opens_no_other(
    plan: Plan, as_owner: Client, outsider: Membership
) -> None:
    path = link_in(as_owner.post(f"{DRAFT}links/new/").text)
    forged = path.replace(f"/s/{plan.company.pk}.", f"/s/{outsider.company.pk}.")

    assert forged != path
    assert Client().get(forged).status_code == 404


@pytest.mark.parametrize("token", ["x", "1.x", "1.x:y", "a:b:c"])
def test_a_made_up_link_shows_nothing(token: str, db: None) -> None:
    assert Client().get(f"/s/{token}/").status_code == 404


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.STAFF, Role.VIEWER])
def test_only_the_owner_shares(role: Role, reader: Reader) -> None:
    client = reader(role)

    assert client.post(f"{PAGE}links/new/").status_code == 403
    assert "links/new/" not in client.get(PAGE).text

from decimal import Decimal

import pytest
from django.test import Client

from aop.tenancy.models import AuditEntry, Membership
from planning.models import Plan
from tests.factories import (
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_person,
    make_plan,
    make_risk,
)
from tests.planning.pages import HTMX, approve, fragment, read_english, url_of

TYPED = {
    "name": "Tăng tỷ trọng online",
    "kind": "reach",
    "kpi": "",
    "unit": "ratio",
    "baseline": "30 %",
    "target": "45",
    "basis": "exit_month",
    "basis_note": "Không phải bình quân cả năm",
    "owner": "",
    "why": "Khách trẻ mua online",
    "threshold": "",
}


def test_it_shows_each_goal_with_what_stands_behind_it(
    plan: Plan, as_owner: Client, as_viewer: Client
) -> None:
    goal = make_goal(plan, "Tăng tổng doanh thu")
    work = make_initiative(plan, "Gian hàng", goals=(goal,))
    make_initiative_budget(work, amount=162_000_000)
    make_risk(plan, "Giá nhập tăng", goals=(goal,))

    page = as_viewer.get(url_of(plan, "goal_list")).content.decode()

    for text in ["Tăng tổng doanh thu", "Gian hàng", "Giá nhập tăng"]:
        assert text in page
    assert "162\xa0tr" not in page  # it may hold money of private lines
    assert "162\xa0tr" in as_owner.get(url_of(plan, "goal_list")).content.decode()


def test_it_invites_to_the_first_goal(plan: Plan, as_owner: Client, as_viewer: Client) -> None:
    url = url_of(plan, "goal_list")

    assert url_of(plan, "goal_add") in as_owner.get(url).content.decode()
    assert url_of(plan, "goal_add") not in as_viewer.get(url).content.decode()


def test_it_says_what_more_than_five_goals_cost(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    read_english(owner)
    for _ in range(5):
        make_goal(plan)
    url = url_of(plan, "goal_list")
    assert "too many" not in as_owner.get(url).content.decode()

    make_goal(plan)

    page = as_owner.get(url).content.decode()
    assert "6 goals are too many" in page
    assert "nobody decided that" in page


def test_it_reads_numbers_in_the_unit_of_the_goal(plan: Plan, as_owner: Client) -> None:
    as_owner.post(url_of(plan, "goal_add"), TYPED)

    goal = plan.goals.get()
    assert (goal.baseline, goal.target, goal.unit) == (Decimal("0.3"), Decimal("0.45"), "ratio")


def test_it_reads_numbers_in_the_unit_of_the_kpi(plan: Plan, as_owner: Client) -> None:
    kpi = make_kpi(plan, unit="money")
    typed = TYPED | {"kpi": kpi.pk, "baseline": "6 tỷ", "target": "7,2 tỷ"}

    as_owner.post(url_of(plan, "goal_add"), typed)

    goal = plan.goals.get()
    assert (goal.target, goal.unit, goal.kpi) == (Decimal(7_200_000_000), "", kpi)


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ({"target": "rất nhiều"}, "rất nhiều"),
        ({"kind": "grow", "target": "20 %"}, "20 %"),
        ({"name": ""}, "Khách trẻ mua online"),
        ({"unit": ""}, "45"),
    ],
)
def test_it_keeps_a_goal_that_cannot_be_saved(
    plan: Plan, as_owner: Client, wrong: dict[str, str], kept: str
) -> None:
    answer = as_owner.post(url_of(plan, "goal_add"), TYPED | wrong)

    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert not plan.goals.exists()


def test_it_shows_the_numbers_as_they_can_be_typed_back(plan: Plan, as_owner: Client) -> None:
    goal = make_goal(plan, unit="money", target=Decimal(7_200_000_001))
    url = url_of(plan, "goal_edit", goal_id=goal.pk)

    page = fragment(as_owner, url)

    assert page.strip().startswith("<form")
    assert 'value="7.200.000.001"' in page


def test_it_offers_only_people_of_the_plan(
    plan: Plan, as_owner: Client, outsider: Membership
) -> None:
    stranger = make_person(make_plan(outsider.company), "Người lạ")

    answer = as_owner.post(url_of(plan, "goal_add"), TYPED | {"owner": stranger.pk})

    assert answer.status_code == 422
    assert "Người lạ" not in answer.content.decode()


def test_it_moves_a_goal_and_answers_htmx_with_the_list(plan: Plan, as_owner: Client) -> None:
    make_goal(plan, "A")
    second = make_goal(plan, "B")

    answer = as_owner.post(url_of(plan, "goal_move", goal_id=second.pk), {"to": "up"}, headers=HTMX)

    assert answer.content.decode().strip().startswith('<section class="card" id="goals"')
    assert [goal.name for goal in plan.goals.all()] == ["B", "A"]


def test_it_deletes_a_goal_after_asking(plan: Plan, owner: Membership, as_owner: Client) -> None:
    read_english(owner)
    goal = make_goal(plan)
    make_initiative(plan, goals=(goal,))
    url = url_of(plan, "goal_delete", goal_id=goal.pk)

    assert "1 initiative serves it" in as_owner.get(url).content.decode()
    assert as_owner.post(url).headers["Location"] == url_of(plan, "goal_list")
    assert not plan.goals.exists()


def test_it_changes_a_goal_of_an_approved_plan_with_a_reason(plan: Plan, as_owner: Client) -> None:
    goal = make_goal(plan, unit="ratio", baseline=Decimal("0.3"), target=Decimal("0.45"))
    approve(plan)
    url = url_of(plan, "goal_edit", goal_id=goal.pk)

    assert 'name="reason"' in as_owner.get(url).content.decode()
    assert as_owner.post(url, TYPED | {"target": "40 %"}).status_code == 422
    as_owner.post(url, TYPED | {"target": "40 %", "reason": "Sàn tăng phí"})

    goal.refresh_from_db()
    assert goal.target == Decimal("0.4")
    assert AuditEntry.objects.for_company(plan.company).get().reason == "Sàn tăng phí"


def test_it_adds_moves_and_deletes_no_goal_of_an_approved_plan(
    plan: Plan, as_owner: Client
) -> None:
    goal = make_goal(plan)
    make_goal(plan)
    approve(plan)

    added = as_owner.post(url_of(plan, "goal_add"), TYPED)
    moved = as_owner.post(url_of(plan, "goal_move", goal_id=goal.pk), {"to": "down"})
    deleted = as_owner.post(url_of(plan, "goal_delete", goal_id=goal.pk))

    assert {added.status_code, moved.status_code, deleted.status_code} == {422}
    assert plan.goals.first() == goal


def test_it_writes_names_as_text_never_as_markup(plan: Plan, as_owner: Client) -> None:
    goal = make_goal(plan, '<script>alert("x")</script>', why="<b>đậm</b>")
    make_risk(plan, "<img src=x onerror=alert(1)>", goals=(goal,))

    page = as_owner.get(url_of(plan, "goal_list")).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page

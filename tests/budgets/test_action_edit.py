"""Adding, changing, ordering and removing initiatives with their money."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.services.actions import InitiativeContent, add_initiative, change_initiative
from planning.models import Initiative, Plan, PlanStatus
from tests.factories import (
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_line,
    make_person,
    make_plan,
    make_year,
)

URL = "/c/babycare-house/2026/actions/"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def typed(**values: Any) -> dict[str, Any]:
    usual = {
        "name": "Gian hàng online",
        "main_goal": "",
        "owner": "",
        "start": "2026-02-01",
        "end": "2026-06-30",
        "status": "not_started",
    }
    return usual | values


def money_of(initiative: Initiative) -> dict[str, int]:
    return dict(initiative.budgets.values_list("line_code", "amount"))


def approved(plan: Plan) -> Plan:
    plan.status, plan.approved_on = PlanStatus.APPROVED, date(2025, 12, 22)
    plan.save()
    return plan


def test_it_adds_an_initiative_with_goals_and_money(plan: Plan, as_owner: Client) -> None:
    first, second = make_goal(plan), make_goal(plan, "Giữ biên")
    person = make_person(plan)
    make_year(make_line(plan, code="MKT"))
    values = typed(main_goal=second.pk, other_goals=[first.pk, second.pk], owner=person.pk)

    answer = as_owner.post(f"{URL}add/", values | {"line-0": "MKT", "amount-0": "12tr"})

    row = Initiative.objects.get()
    assert answer.headers["Location"] == f"{URL}{row.pk}/"
    assert [link.goal for link in row.goal_links.all()] == [second, first]
    assert (row.owner, row.start, money_of(row)) == (person, date(2026, 2, 1), {"MKT": 12_000_000})


@pytest.mark.parametrize("wanted", ["G1", "pk"])
def test_the_goal_that_asks_for_it_is_chosen(plan: Plan, as_owner: Client, wanted: str) -> None:
    goal = make_goal(plan)

    asked = goal.code if wanted == "G1" else str(goal.pk)
    page = as_owner.get(f"{URL}add/?goal={asked}").content.decode()
    assert f'<option value="{goal.pk}" selected>' in page


def test_a_line_says_what_is_left_of_it(plan: Plan, as_owner: Client) -> None:
    make_year(make_line(plan, "Quảng cáo", code="MKT"), 10_000_000)
    make_initiative_budget(make_initiative(plan), "MKT", 30_000_000)

    page = as_owner.get(f"{URL}add/").content.decode()
    assert "Quảng cáo (còn 90" in page or "Quảng cáo (90" in page


def test_costing_nothing_is_an_amount_of_0(plan: Plan, as_owner: Client) -> None:
    make_line(plan, "Doanh thu", code="REV", kind="revenue")
    make_line(plan, code="MKT")

    as_owner.post(f"{URL}add/", typed(costs_nothing="on"))

    row = Initiative.objects.get()
    assert money_of(row) == {"MKT": 0}
    form = as_owner.get(f"{URL}{row.pk}/edit/").context["form"]
    assert form["costs_nothing"].value() is True


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"line-0": "MKT"}, "amount-0"),
        ({"amount-0": "5tr"}, "line-0"),
        ({"line-0": "MKT", "amount-0": "1", "line-1": "MKT", "amount-1": "2"}, "line-1"),
        ({"line-0": "MKT", "amount-0": "5tr", "costs_nothing": "on"}, "costs_nothing"),
        ({"line-0": "MKT", "amount-0": "-5tr"}, "amount-0"),
        ({"line-0": "NOPE", "amount-0": "5tr"}, "line-0"),
        ({"name": ""}, "name"),
        ({"start": "2026-07-01"}, "end"),
        ({"end": "2027-01-01"}, "end"),
        ({"start": "01/02"}, "start"),
    ],
)
def test_what_makes_no_sense_is_said_beside_it(
    plan: Plan, as_owner: Client, values: dict[str, str], field: str
) -> None:
    make_line(plan, code="MKT")

    answer = as_owner.post(f"{URL}add/", typed(**values))

    assert answer.status_code == 422
    assert answer.context["form"].errors.get(field)
    assert not Initiative.objects.exists()


def test_nothing_to_pay_from_is_said(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(f"{URL}add/", typed(costs_nothing="on"))

    assert answer.context["form"].errors["costs_nothing"]


def test_it_changes_an_initiative(plan: Plan, as_owner: Client) -> None:
    row = make_initiative(plan, goals=(make_goal(plan),))
    for code in ("MKT", "OPS"):
        make_line(plan, code=code)
    make_initiative_budget(row, "MKT", 5)

    values = typed(name="Tên mới", status="in_progress") | {"line-0": "OPS", "amount-0": "7"}
    as_owner.post(f"{URL}{row.pk}/edit/", values)

    row.refresh_from_db()
    assert (row.name, row.status, money_of(row)) == ("Tên mới", "in_progress", {"OPS": 7})
    assert not row.goal_links.exists()


def test_the_form_alone_answers_htmx(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(f"{URL}add/", typed(name=""), headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.content.decode().lstrip().startswith("<form")


def test_an_approved_plan_keeps_the_money(plan: Plan, as_owner: Client) -> None:
    row = make_initiative(approved(plan))
    make_line(plan, code="MKT")
    make_initiative_budget(row, "MKT", 5)

    page = as_owner.get(f"{URL}{row.pk}/edit/")
    assert "line-0" not in page.context["form"].fields
    as_owner.post(f"{URL}{row.pk}/edit/", typed(status="done") | {"line-0": "MKT", "amount-0": "9"})
    row.refresh_from_db()
    assert (row.status, money_of(row)) == ("done", {"MKT": 5})


def test_the_service_refuses_to_move_frozen_money(plan: Plan, owner: Membership) -> None:
    row = make_initiative(approved(plan))
    make_line(plan, code="MKT")
    make_initiative_budget(row, "MKT", 5)

    content = InitiativeContent({"name": "X"}, [], {"MKT": 6}, "vì")
    with pytest.raises(RuleViolation):
        change_initiative(row.pk, content, actor=owner)

    row.refresh_from_db()
    assert row.name != "X"
    assert row.budgets.get().amount == 5


def test_an_unknown_line_is_refused_as_a_whole(plan: Plan, owner: Membership) -> None:
    content = InitiativeContent({"name": "X"}, [], {"NOPE": 6})

    with pytest.raises(RuleViolation, match="NOPE"):
        add_initiative(plan, content, actor=owner)
    assert not Initiative.objects.exists()


def test_what_comes_after_approval_says_where_its_money_comes_from(
    plan: Plan, as_owner: Client
) -> None:
    make_line(approved(plan), code="MKT")
    money = {"line-0": "MKT", "amount-0": "9"}

    refused = as_owner.post(f"{URL}add/", typed(**money))
    assert refused.context["form"].errors["reason"]
    as_owner.post(f"{URL}add/", typed(**money, reason="Từ phần chưa dùng"))

    assert money_of(Initiative.objects.get()) == {"MKT": 9}
    entry = AuditEntry.objects.get(action="planning.initiative.budget_set")
    assert entry.reason == "Từ phần chưa dùng"


def test_it_moves_and_removes(plan: Plan, as_owner: Client) -> None:
    first, second = make_initiative(plan, "Một"), make_initiative(plan, "Hai")

    answer = as_owner.post(f"{URL}{second.pk}/move/", {"to": "up"}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith("<section")
    assert list(plan.initiatives.values_list("name", flat=True)) == ["Hai", "Một"]

    assert as_owner.get(f"{URL}{first.pk}/delete/").status_code == 200
    as_owner.post(f"{URL}{first.pk}/delete/")
    assert list(plan.initiatives.all()) == [second]


def test_an_approved_initiative_is_dropped_not_deleted(plan: Plan, as_owner: Client) -> None:
    row = make_initiative(approved(plan))

    assert as_owner.post(f"{URL}{row.pk}/delete/").status_code == 422
    assert Initiative.objects.exists()


@pytest.mark.parametrize("path", ["", "edit/", "delete/"])
def test_another_plan_s_initiative_is_not_found(
    plan: Plan, as_owner: Client, owner: Membership, path: str
) -> None:
    other = make_initiative(make_plan(owner.company, 2027, plan.year.last.plus(1)))

    assert as_owner.get(f"{URL}{other.pk}/{path}").status_code == 404

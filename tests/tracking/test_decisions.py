"""The decision log: list, search, record, correct, remove."""

from datetime import date

import pytest
from django.test import Client

from aop.tenancy.models import AuditEntry
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.factories import make_decision, make_goal, make_person
from tests.tracking.conftest import Reader
from tracking.models import Decision, DecisionGoal

PAGE = "/c/babycare-house/2026/decisions/"


def said(**more: object) -> dict[str, object]:
    return {
        "date": "2026-04-10",
        "title": "Mua thêm tã trước khi tăng giá",
        "decision": "Mua cho hai tháng",
        "reason": "Nhà cung cấp báo tăng 6 %",
        "decided_by": "",
        **more,
    }


def decisions(plan: Plan) -> list[Decision]:
    return list(Decision.objects.for_company(plan.company).filter(plan=plan))


def test_it_lists_the_decisions_of_the_sample_newest_first(reader: Reader) -> None:
    page = reader(Role.VIEWER).get("/c/babycare/2026/decisions/").context["page"]

    days = [decision.date for decision in page]
    assert len(days) == 9
    assert days == sorted(days, reverse=True)


def test_it_records_what_was_decided(plan: Plan, as_owner: Client) -> None:
    goal, person = make_goal(plan), make_person(plan)

    response = as_owner.post(f"{PAGE}new/", said(goals=[goal.pk], decided_by=person.code))

    (decision,) = decisions(plan)
    assert response.headers["Location"] == f"{PAGE}#decision-{decision.pk}"
    assert (decision.date, decision.decided_by) == (date(2026, 4, 10), "P1")
    assert [link.goal_id for link in decision.goal_links.all()] == [goal.pk]
    entry = AuditEntry.objects.for_company(plan.company).first()
    assert entry is not None
    assert entry.action == "tracking.decision.recorded"


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"date": "2027-01-01"}, {"date": "x"}, {"decided_by": "P9"}]
)
def test_it_refuses_what_is_not_whole(wrong: dict[str, str], plan: Plan, as_owner: Client) -> None:
    response = as_owner.post(f"{PAGE}new/", said(**wrong))

    assert response.status_code == 422
    assert decisions(plan) == []


def test_it_starts_with_a_day_of_the_year(plan: Plan, as_owner: Client, november: None) -> None:
    form = as_owner.get(f"{PAGE}new/?title=Thuê kho").context["form"]

    assert form.initial["date"] == date(2026, 11, 22)
    assert form.initial["title"] == "Thuê kho"


def test_it_corrects_a_decision(plan: Plan, as_owner: Client) -> None:
    decision = make_decision(plan)

    as_owner.post(f"{PAGE}{decision.pk}/edit/", said(title="Mua cho một tháng"))

    assert [one.title for one in decisions(plan)] == ["Mua cho một tháng"]


def test_it_asks_before_it_removes(plan: Plan, as_owner: Client) -> None:
    decision = make_decision(plan)

    asked = as_owner.get(f"{PAGE}{decision.pk}/delete/")
    as_owner.post(f"{PAGE}{decision.pk}/delete/")

    assert decision.title in asked.text
    assert decisions(plan) == []


def test_it_finds_by_words_and_goal(plan: Plan, as_viewer: Client) -> None:
    goal = make_goal(plan)
    kept = make_decision(plan, "Thuê kho")
    make_decision(plan, "Đổi nhà cung cấp")
    DecisionGoal.objects.create(company=plan.company, decision=kept, goal=goal)

    by_word, by_goal = (
        as_viewer.get(PAGE, query).context["page"] for query in ({"q": "kho"}, {"goal": goal.code})
    )

    assert [one.title for one in by_word] == ["Thuê kho"]
    assert [one.title for one in by_goal] == ["Thuê kho"]


def test_it_shows_only_the_list_to_htmx(plan: Plan, as_viewer: Client) -> None:
    response = as_viewer.get(PAGE, headers={"HX-Request": "true"})

    assert "<html" not in response.text
    assert "HX-Request" in response.headers["Vary"]


def test_it_opens_no_decision_of_another_company(as_outsider: Client, plan: Plan) -> None:
    decision = make_decision(plan)

    assert as_outsider.get(f"{PAGE}{decision.pk}/edit/").status_code == 404


@pytest.mark.parametrize("role", [Role.STAFF, Role.VIEWER])
def test_others_may_read_and_not_write(role: Role, reader: Reader) -> None:
    client = reader(role)

    assert client.get("/c/babycare/2026/decisions/").status_code == 200
    assert client.get("/c/babycare/2026/decisions/new/").status_code == 403

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from aop.tenancy.models import Membership
from planning.models import Plan
from tests.factories import make_goal, make_kpi, make_risk
from tests.planning.pages import HTMX, approve, fragment, last_action, read_english, url_of

TYPED = {
    "name": "Giá nhập tăng",
    "likelihood": "4",
    "impact": "5",
    "owner": "",
    "trigger_kpi": "",
    "trigger_op": "",
    "trigger_value": "",
    "trigger_scope": "month",
    "trigger_consecutive": "1",
    "contingency": "Đổi nhà cung cấp",
    "contingency_amount": "20tr",
}


def test_it_puts_each_open_risk_on_the_map(plan: Plan, as_viewer: Client) -> None:
    make_risk(plan, "Sàn tăng phí", likelihood=4, impact=4)
    make_risk(plan, "Đã qua", is_closed=True)

    page = as_viewer.get(url_of(plan, "risk_list")).content.decode()

    assert '<td class="level-high"><a class="rk" href="#R1"' in page
    assert 'href="#R2"' not in page
    assert "Đã qua" in page


def test_it_adds_a_risk_with_goals_and_reserve(plan: Plan, as_owner: Client) -> None:
    goals = [make_goal(plan), make_goal(plan)]

    as_owner.post(url_of(plan, "risk_add"), TYPED | {"goals": [goals[1].pk, goals[0].pk]})

    risk = plan.risks.get()
    assert (risk.code, risk.score, risk.contingency_amount) == ("R1", 20, 20_000_000)
    assert [link.goal for link in risk.goal_links.all()] == goals


def test_it_reads_the_trigger_in_the_unit_of_its_kpi(plan: Plan, as_owner: Client) -> None:
    kpi = make_kpi(plan, "Biên lợi nhuận gộp", unit="ratio")
    trigger = {"trigger_kpi": kpi.pk, "trigger_op": "<", "trigger_value": "35"}

    as_owner.post(url_of(plan, "risk_add"), TYPED | trigger)

    assert plan.risks.get().trigger_value == Decimal("0.35")


@pytest.mark.parametrize(
    "wrong",
    [
        {"trigger_op": "<", "trigger_value": "thấp"},
        {"trigger_op": "<", "trigger_value": ""},
        {"trigger_op": "", "trigger_value": "35"},
        {"trigger_op": "<", "trigger_value": "35", "trigger_consecutive": "13"},
        {"name": ""},
        {"likelihood": "6"},
    ],
)
def test_it_keeps_a_risk_that_cannot_be_saved(
    plan: Plan, as_owner: Client, wrong: dict[str, str]
) -> None:
    kpi = make_kpi(plan, unit="ratio")

    answer = as_owner.post(url_of(plan, "risk_add"), TYPED | {"trigger_kpi": kpi.pk} | wrong)

    assert answer.status_code == 422
    assert "Đổi nhà cung cấp" in answer.content.decode()
    assert not plan.risks.exists()


def test_it_edits_a_risk_of_an_approved_plan(plan: Plan, as_owner: Client) -> None:
    kpi = make_kpi(plan, unit="money")
    risk = make_risk(
        plan,
        goals=(make_goal(plan),),
        trigger_kpi=kpi,
        trigger_op="<",
        trigger_value=Decimal(200_000_000),
        trigger_scope="month",
    )
    approve(plan)
    url = url_of(plan, "risk_edit", risk_id=risk.pk)

    page = fragment(as_owner, url)
    assert page.strip().startswith("<form")
    assert 'value="200.000.000"' in page
    as_owner.post(url, TYPED)

    risk.refresh_from_db()
    assert (risk.likelihood, risk.trigger_kpi) == (4, None)
    assert not risk.goal_links.exists()


def test_it_says_when_a_risk_has_arrived(plan: Plan, owner: Membership, as_owner: Client) -> None:
    read_english(owner)
    kpi = make_kpi(plan, "Gross margin", unit="ratio")
    trigger: dict[str, Any] = {"trigger_kpi": kpi, "trigger_op": "<"}
    trigger["trigger_value"] = Decimal("0.35")
    make_risk(plan, trigger_scope="month", trigger_consecutive=2, **trigger)
    make_risk(plan, trigger_scope="ytd", **trigger)

    page = as_owner.get(url_of(plan, "risk_list")).content.decode()

    assert "Gross margin below 35% 2 months running" in page
    assert "Gross margin below 35%, year to date" in page


def test_it_closes_and_reopens_a_risk(plan: Plan, as_owner: Client) -> None:
    risk = make_risk(plan)
    approve(plan)

    url = url_of(plan, "risk_close", risk_id=risk.pk)
    text = as_owner.post(url, headers=HTMX).content.decode()
    risk.refresh_from_db()
    assert risk.is_closed
    assert 'id="risks"' in text

    as_owner.post(url_of(plan, "risk_reopen", risk_id=risk.pk))
    risk.refresh_from_db()
    assert not risk.is_closed


def test_it_deletes_a_risk_of_a_draft_only(plan: Plan, as_owner: Client) -> None:
    risk = make_risk(plan)
    url = url_of(plan, "risk_delete", risk_id=risk.pk)
    assert risk.name in fragment(as_owner, url)

    approve(plan)
    assert as_owner.post(url).status_code == 422
    assert plan.risks.exists()

    plan.status = "draft"
    plan.save()
    as_owner.post(url)
    assert not plan.risks.exists()
    assert last_action(plan.company) == "planning.risk.deleted"


def test_it_moves_a_risk(plan: Plan, as_owner: Client) -> None:
    make_risk(plan, "A")
    risk = make_risk(plan, "B")

    as_owner.post(url_of(plan, "risk_move", risk_id=risk.pk), {"to": "up"})

    assert [row.name for row in plan.risks.all()] == ["B", "A"]


def test_it_names_large_risks_without_an_answer(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    read_english(owner)
    make_risk(plan, likelihood=3, impact=4)
    make_risk(plan, likelihood=3, impact=3)

    page = as_owner.get(url_of(plan, "risk_list")).content.decode()

    assert "R1 is large, and nothing is prepared for it." in page
    assert "R2 is large" not in page

"""The pages of direction, goals, resources and risks in a real browser."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from aop.tenancy.models import Membership, User
from planning.models import Plan
from tests.browser.watch import PHONE, WIDE, Watch
from tests.factories import (
    DECEMBER,
    make_allocation,
    make_assumption,
    make_goal,
    make_initiative,
    make_initiative_budget,
    make_kpi,
    make_not_doing,
    make_person,
    make_priority,
    make_risk,
)
from tests.planning.pages import approve, url_of

LISTS = ["direction", "goal_list", "resource_list", "risk_list"]
FORMS = [
    "direction_rhythm",
    "not_doing_add",
    "assumption_add",
    "goal_add",
    "person_add",
    "risk_add",
]


@pytest.fixture
def filled(plan: Plan) -> Plan:
    """A draft with something in every list, a month that is too full and a closed risk."""
    person, kpi = make_person(plan, role="Chủ doanh nghiệp"), make_kpi(plan)
    goal = make_goal(plan, owner=person, kpi=kpi)
    work = make_initiative(plan, goals=(goal,))
    make_initiative_budget(work)
    make_allocation(person, None, DECEMBER, percent=80)
    make_allocation(person, work, DECEMBER, percent=35)
    make_risk(plan, goals=(goal,), trigger_kpi=kpi, trigger_op="<", trigger_value=Decimal(9))
    make_risk(plan, "Đã qua", is_closed=True)
    make_priority(plan)
    make_not_doing(plan)
    make_assumption(plan, answer="no", answer_note="Giá tăng 6 %")
    return plan


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    filled: Plan,
    owner: Membership,
    page: Page,
    sign_in: Callable[[User], None],
    axe: Callable[[Page], None],
    scheme: str,
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(owner.user)
    person, goal = filled.people.get(), filled.goals.get()

    addresses = [url_of(filled, name) for name in [*LISTS, *FORMS]]
    addresses.append(url_of(filled, "allocation_edit", person_id=person.pk))
    addresses.append(url_of(filled, "goal_delete", goal_id=goal.pk))
    for address in addresses:
        page.goto(address)
        axe(page)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, address


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_axe_finds_nothing_on_an_approved_plan(
    filled: Plan,
    owner: Membership,
    page: Page,
    sign_in: Callable[[User], None],
    axe: Callable[[Page], None],
) -> None:
    approve(filled)
    sign_in(owner.user)

    for name in LISTS:
        page.goto(url_of(filled, name))
        axe(page)


def test_the_owner_ranks_priorities_without_leaving_the_page(
    plan: Plan, owner: Membership, page: Page, sign_in: Callable[[User], None]
) -> None:
    sign_in(owner.user)
    page.goto(url_of(plan, "direction"))
    page.locator("#direction-form textarea").first.fill("Chưa lưu")
    missing = page.locator("#plan-missing li")
    before = missing.count()

    for text in ["Kênh online", "Dòng tiền"]:
        page.locator("#priorities input[name=text]").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator("#priorities")).to_contain_text(text)
    page.locator("#priorities button[value=up]").last.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#priorities li").first).to_contain_text("Dòng tiền")
    expect(missing).to_have_count(before - 1)
    expect(page.locator("#direction-form textarea").first).to_have_value("Chưa lưu")
    page.reload()
    expect(page.locator("#priorities li").first).to_contain_text("Dòng tiền")


def test_two_people_edit_the_direction(
    plan: Plan, owner: Membership, page: Page, sign_in: Callable[[User], None], watch: Watch
) -> None:
    watch.allow_status(409)
    sign_in(owner.user)
    mine, theirs = page, page.context.new_page()
    for tab in (mine, theirs):
        tab.goto(url_of(plan, "direction"))
    theirs.locator("[name=where_we_go]").fill("Hai cửa hàng")
    theirs.locator("#direction-form button[type=submit]").click()
    expect(theirs.locator("[name=where_we_go]")).to_have_value("Hai cửa hàng")

    mine.locator("[name=where_we_go]").fill("Kênh online")
    mine.locator("[name=opening_cash_amount]").fill("320tr")
    mine.locator("button[form=direction-form]").click()

    expect(mine.get_by_role("alert")).to_contain_text("Hai cửa hàng")
    expect(mine.locator("[name=where_we_go]")).to_have_value("Kênh online")
    mine.locator("#direction-form button[type=submit]").click()
    expect(mine.get_by_role("alert")).to_have_count(0)
    plan.refresh_from_db()
    assert (plan.where_we_go, plan.opening_cash_amount) == ("Kênh online", 320_000_000)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_list_can_be_ordered_without_scripts(
    plan: Plan, owner: Membership, page: Page, sign_in: Callable[[User], None]
) -> None:
    make_goal(plan, "Một")
    make_goal(plan, "Hai")
    sign_in(owner.user)
    page.goto(url_of(plan, "goal_list"))

    page.locator("#goals button[value=up]").last.click()

    expect(page.locator("#goals li").first).to_contain_text("Hai")
    assert [goal.name for goal in plan.goals.all()] == ["Hai", "Một"]

"""Staff on a phone: what was spent goes in quickly, once, and shows nobody's salary."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from budgets.models import BudgetLine
from planning.models import Milestone, Plan
from tests.browser.acting import everything_linked, home_of, overflow, secrets_of, send, url_of
from tests.browser.watch import PHONE, Watch
from tests.factories import NOVEMBER

pytestmark = pytest.mark.parametrize("viewport", [PHONE], ids=["390"])
SOCIAL, REVENUE, KOL = "MKT-SOCIAL", "REV-ONL", "MKT-KOL"


@pytest.fixture
def november_page(sample: Plan, sign_in_as: Callable[..., Membership], page: Page) -> Page:
    """The page of somebody on the staff who logs November."""
    sign_in_as(Role.STAFF)
    page.goto(url_of(sample, "tracking:actual_log"))
    expect(page).to_have_url(url_of(sample, "tracking:actual_month", month=NOVEMBER))
    return page


def line_of(page: Page, plan: Plan, code: str) -> Locator:
    return page.locator(f"#line-{plan.lines.get(code=code).pk}")


def type_amount(page: Page, plan: Plan, code: str, text: str) -> Locator:
    """Open a line and type an amount; return its form."""
    line_of(page, plan, code).locator("a.head").click()
    form = line_of(page, plan, code).locator("form")
    form.locator("[name=amount]").fill(text)
    return form


def booked(plan: Plan) -> dict[str, list[int]]:
    """Return what counts in November by the code of the line."""
    found: dict[str, list[int]] = {}
    entries = plan.entries.filter(first_day=NOVEMBER.first_day, withdrawn_at=None)
    for entry in entries.select_related("line").order_by("pk"):
        found.setdefault(entry.line.code, []).append(entry.amount)
    return found


def test_staff_log_november(
    sample: Plan, november_page: Page, axe: Callable[[Page], None], watch: Watch
) -> None:
    page = november_page
    mine = BudgetLine.objects.filter(plan=sample, owner__email="staff@babycare.example")
    expect(page.locator("article.line")).to_have_count(mine.count())
    assert overflow(page) == 0

    form = type_amount(page, sample, SOCIAL, "12tr5")
    expect(form.locator("output")).to_contain_text("12.500.000")
    expect(form.locator("[data-left-now]")).to_have_text(re.compile(r"^−1\.000\.000\s₫$"))
    axe(page)
    assert overflow(page) == 0
    form.locator("button[type=submit]").dblclick()
    expect(page.locator(".recent .fresh")).to_contain_text("12.500.000")
    assert booked(sample) == {SOCIAL: [12_500_000]}

    send(type_amount(page, sample, REVENUE, "1,5 tỷ"))
    expect(page.locator(".recent .fresh")).to_contain_text("1.500.000.000")
    send(type_amount(page, sample, KOL, "1.500.000"))
    expect(page.locator(".recent .fresh")).to_contain_text("1.500.000")

    watch.allow_status(422)
    form = type_amount(page, sample, KOL, "1,250")
    expect(form.locator("output.ask")).to_contain_text("1.250")
    send(form)
    expect(page.locator("article.open .errorlist")).to_contain_text("1.250")
    axe(page)
    page.locator("article.open [name=amount]").fill("1.250")
    send(page.locator("article.open form"))
    expect(page.locator(".recent .fresh")).to_contain_text("1.250")
    assert booked(sample)[KOL] == [1_500_000, 1_250]


def test_staff_correct_and_withdraw_and_finish(
    sample: Plan, november_page: Page, axe: Callable[[Page], None]
) -> None:
    page = november_page
    send(type_amount(page, sample, SOCIAL, "12tr5"))
    row = page.locator(".recent .fresh")
    row.locator("a[href$='/edit/']").click()
    expect(page.locator("[name=amount]")).to_have_value("12.500.000")
    axe(page)
    page.locator("[name=amount]").fill("11tr5")
    page.locator("[name=note]").fill("Chiến dịch 11.11")
    send(page.locator("main form"))
    expect(row).to_contain_text("11.500.000")
    expect(row).to_contain_text("Chiến dịch 11.11")

    send(row_form(page, "withdraw"))
    expect(page.locator(".recent s")).to_contain_text("11.500.000")
    assert booked(sample) == {}
    send(row_form(page, "restore"))
    expect(page.locator(".recent s")).to_have_count(0)
    page.reload()
    expect(line_of(page, sample, SOCIAL)).to_contain_text("11,5")
    assert booked(sample) == {SOCIAL: [11_500_000]}

    mine = page.locator("form[action*='/milestones/']")
    before = mine.count()
    send(mine.first)
    expect(mine).to_have_count(before - 1)
    assert Milestone.objects.filter(done="2026-11-22").count() == 1


def row_form(page: Page, verb: str) -> Locator:
    return page.locator(f".recent form[action$='/{verb}/']")


def test_what_was_logged_without_a_connection_is_sent_once(
    sample: Plan, november_page: Page
) -> None:
    page = november_page
    form = type_amount(page, sample, SOCIAL, "2tr")
    page.context.set_offline(True)
    send(form)
    expect(page.locator("[data-unsent-count]")).to_have_text("1")
    form.locator("[name=amount]").fill("3tr")
    send(form)
    expect(page.locator("[data-unsent-count]")).to_have_text("2")
    expect(page.locator("[data-unsent]")).to_be_visible()
    assert booked(sample) == {}

    page.context.set_offline(False)
    expect(page.locator(".recent li")).to_have_count(2)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    assert booked(sample) == {SOCIAL: [2_000_000, 3_000_000]}


def test_staff_find_no_salary_on_any_page(
    sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    sign_in_as(Role.STAFF)
    secrets = secrets_of(sample)

    seen = everything_linked(page, home_of(sample))
    assert len(seen) > 40
    shown = {(url, secret) for url, text in seen.items() for secret in secrets if secret in text}
    assert shown == set()

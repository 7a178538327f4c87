"""A stranger's first steps: sign up, start a company or look round, be invited to one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from aop.tenancy.models import Company, Membership
from planning.models import Plan
from tests.browser.watch import PHONE, WIDE
from tests.factories import PASSWORD

BOTH = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])


def sign_up(page: Page, email: str) -> None:
    page.goto("/accounts/signup/")
    page.fill("[name=name]", "Lan")
    page.fill("[name=email]", email)
    page.fill("[name=password1]", PASSWORD)
    page.press("[name=password1]", "Enter")


def submit(page: Page) -> None:
    page.click("main form button[type=submit]")


@BOTH
def test_a_stranger_starts_a_company_from_nothing(
    page: Page, axe: Callable[[Page], None], viewport: ViewportSize
) -> None:
    sign_up(page, "lan@example.com")
    expect(page).to_have_url("/start/")
    axe(page)
    page.click("a[href='/start/company/']")
    axe(page)

    page.fill("[name=name]", "Đại Phát Print")
    page.select_option("[name=currency]", "USD")
    page.select_option("[name=first_month]", "2026-10")
    expect(page.locator("[name=fiscal_year]")).to_have_value("2027")
    page.select_option("[name=first_month]", "2026-04")
    expect(page.locator("[name=fiscal_year]")).to_have_value("2026")
    submit(page)

    expect(page).to_have_url("/c/dai-phat-print/2026/direction/")
    page.goto("/")
    expect(page).to_have_url("/c/dai-phat-print/")
    plan = Plan.objects.select_related("company").get()
    assert (plan.company.currency, str(plan.year.first)) == ("USD", "2026-04")


def test_a_stranger_looks_round(page: Page, axe: Callable[[Page], None]) -> None:
    sign_up(page, "lan@example.com")
    page.click("a[href='/start/sample/']")
    axe(page)
    page.check("[value=as_draft]")
    page.fill("[name=name]", "Thử")
    submit(page)

    expect(page.locator(".brand").first).to_contain_text("Thử")
    assert Company.objects.get().slug == "thu"


@BOTH
def test_an_owner_invites_and_a_stranger_joins(
    page: Page,
    axe: Callable[[Page], None],
    owner: Membership,
    plan: Plan,
    viewport: ViewportSize,
) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", owner.user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.goto(f"/c/{plan.company.slug}/invitations/new/")
    axe(page)
    submit(page)
    axe(page)
    link = page.input_value("#link")
    page.goto(f"/c/{plan.company.slug}/members/")
    axe(page)

    page.context.clear_cookies()
    page.goto(link)
    axe(page)
    page.click("main a.pri")
    page.fill("[name=name]", "Mai")
    page.fill("[name=email]", "mai@example.com")
    page.fill("[name=password1]", PASSWORD)
    page.press("[name=password1]", "Enter")
    expect(page).to_have_url(link)
    submit(page)

    expect(page.locator(".brand").first).to_contain_text(plan.company.name)
    member = Membership.objects.for_company(plan.company).get(user__email="mai@example.com")
    assert member.role == "staff"

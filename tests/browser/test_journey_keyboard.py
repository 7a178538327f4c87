"""One month's work without a mouse: log an entry, write the review, change the language."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from planning.models import Plan
from tests.browser.acting import home_of
from tracking.models import Entry, Review

MOST_STEPS = 90
IS_FOCUSED = "selector => document.activeElement?.matches(selector)"
IS_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what the selector names has the focus, and can be seen."""
    for _step in range(MOST_STEPS):
        if page.evaluate(IS_FOCUSED, selector):
            assert page.evaluate(IS_SEEN), f"{selector} has the focus out of sight"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")


def follow(page: Page, selector: str) -> None:
    """Go to a link or button with Tab and press Enter."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def test_a_month_is_worked_without_a_mouse(
    sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    sign_in_as(Role.OWNER)
    line = sample.lines.get(code="MKT-SOCIAL")
    page.goto(home_of(sample))
    page.keyboard.press("Tab")
    assert page.evaluate(IS_FOCUSED, "a.skip")
    follow(page, ".side a[href$='/actuals/']")
    page.wait_for_url("**/actuals/2026-11/")

    follow(page, "a.skip")
    follow(page, f"#line-{line.pk} a.head")
    expect(page.locator("article.open")).to_be_visible()
    tab_to(page, "article.open [name=amount]")
    page.keyboard.type("12tr5")
    tab_to(page, "article.open [name=note]")
    page.keyboard.type("Quảng cáo 11.11")
    page.keyboard.press("Enter")
    expect(page.locator(".recent .fresh")).to_contain_text("12.500.000")
    assert Entry.objects.get(note="Quảng cáo 11.11").amount == 12_500_000

    follow(page, ".side a[href$='/reviews/']")
    page.wait_for_url("**/reviews/")
    follow(page, "a.skip")
    follow(page, "main a[href$='/reviews/2026-11/']")
    page.wait_for_url("**/reviews/2026-11/")
    tab_to(page, "#step-5 [name=agreed]")
    page.keyboard.type("Minh Anh giữ quảng cáo ở mức này")
    follow(page, "#step-5 form button")
    expect(page.locator("[name=agreed]")).to_have_value("Minh Anh giữ quảng cáo ở mức này")
    assert Review.objects.get(plan=sample, first_day="2026-11-01").agreed

    follow(page, ".user-menu summary")
    follow(page, ".user-menu button[value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")

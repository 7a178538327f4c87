"""The owner's month on the sample: review November, count, decide, close, reopen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from budgets.models import PlanMonth
from planning.models import Plan
from tests.browser.acting import form_to, go, home_of, send, url_of
from tests.factories import NOVEMBER
from tracking.models import Decision

SAW = "Online chậm hơn đường mục tiêu, kho còn nặng"
AGREED = "Tú giảm nhập đồ chơi trước 05/12"
DECIDED = "Không nhập thêm đồ chơi đến Tết"
REASON = "Hóa đơn điện về muộn"


def test_the_owner_reviews_and_closes_november(
    sample: Plan,
    sign_in_as: Callable[..., Membership],
    page: Page,
    axe: Callable[[Page], None],
) -> None:
    sign_in_as(Role.OWNER)
    page.goto("/")
    expect(page).to_have_url(home_of(sample))
    page.locator("main .banner a[href$='/reviews/2026-11/']").click()
    expect(page.locator("#step-1")).to_contain_text("Trần Minh Anh")
    expect(page.locator("#step-2")).to_contain_text("36,9")  # the online share so far
    expect(page.locator("#step-6 li.todo")).to_have_count(4)
    axe(page)

    note_the_review(page)
    count_cash_and_stock(page)
    record_a_decision(page)
    close_november(page)

    variance_says(page, sample, is_closed=True)
    axe(page)
    assert counted(sample) == (True, 231_500_000, 1_020_000_000)
    page.goto(url_of(sample, "tracking:actual_month", month=NOVEMBER))
    expect(page.locator("article.line")).not_to_have_count(0)
    expect(page.locator("article.line a")).to_have_count(0)

    reopen_november(page, sample)
    variance_says(page, sample, is_closed=False)
    assert counted(sample) == (False, 231_500_000, 1_020_000_000)
    page.locator(".side a[href$='/history/']").click()
    newest = page.locator(".history li").first
    expect(newest).to_contain_text("Nguyễn Thu Hà")
    expect(newest).to_contain_text(REASON)
    expect(page.locator(".history")).to_contain_text(AGREED)
    expect(page.locator(".history")).to_contain_text("231.500.000")
    axe(page)


def counted(plan: Plan) -> tuple[bool, int | None, int | None]:
    """Return whether November is closed, and what was counted at its end."""
    state = PlanMonth.objects.get(plan=plan, first_day=NOVEMBER.first_day)
    return state.is_closed, state.cash_counted_amount, state.stock_counted_amount


def variance_says(page: Page, plan: Plan, *, is_closed: bool) -> None:
    """Read the month's variance: numbers of a closed month, or what was logged so far."""
    page.goto(url_of(plan, "tracking:variance_month", month=NOVEMBER))
    expect(page.locator("main table.partial")).to_have_count(0 if is_closed else 1)
    expect(page.locator("main table.vt")).to_contain_text("Doanh thu online")


def reopen_november(page: Page, plan: Plan) -> None:
    page.goto(url_of(plan, "tracking:review_detail", month=NOVEMBER))
    page.locator("#step-6 a[href$='/reopen/']").click()
    page.locator("[name=reason]").fill(REASON)
    send(page.locator("main form"))
    expect(form_to(page, "/close/")).to_be_visible()


def note_the_review(page: Page) -> None:
    form = form_to(page, "/reviews/2026-11/")
    form.locator("[name=note]").fill(SAW)
    form.locator("[name=agreed]").fill(AGREED)
    form.locator("[name=held_on]").fill("2026-11-22")
    send(form)
    expect(page.locator("#step-6 li.todo")).to_have_count(3)
    page.reload()
    expect(page.locator("[name=note]")).to_have_value(SAW)
    expect(page.locator("[name=agreed]")).to_have_value(AGREED)


def count_cash_and_stock(page: Page) -> None:
    form = form_to(page, "/count/")
    form.locator("[name=cash]").fill("231tr5")
    form.locator("[name=stock]").fill("1,02 tỷ")
    send(form)
    expect(page.locator("#step-6 li.todo")).to_have_count(1)
    page.reload()
    expect(page.locator("[name=cash]")).to_have_value("231.500.000")
    expect(page.locator("[name=stock]")).to_have_value("1.020.000.000")


def record_a_decision(page: Page) -> None:
    page.locator("#step-5 a[href*='review=2026-11']").click()
    page.locator("[name=title]").fill(DECIDED)
    page.locator("[name=decision]").fill(DECIDED)
    page.locator("[name=reason]").fill("Tồn kho đã trên 1,0 tỷ")
    page.locator("[name=goals]").last.check()
    send(page.locator("main form"))
    expect(page.locator("main tbody")).to_contain_text(DECIDED)
    assert str(Decision.objects.get(title=DECIDED).goal_links.count()) == "1"
    go(page, "reviews")
    page.locator("main a[href$='/reviews/2026-11/']").click()
    expect(page.locator("#step-5")).to_contain_text(DECIDED)


def close_november(page: Page) -> None:
    send(form_to(page, "/close/"))
    expect(form_to(page, "/close/")).to_have_count(0)
    expect(page.locator("#step-6 a[href$='/reopen/']")).to_be_visible()

"""The owner decides: an adjustment from wish to force, a what-if, the plan handed out."""

import re
from collections.abc import Callable
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from budgets.models import LineMonth
from planning.models import Plan
from tests.browser.acting import go, send, url_of
from tests.browser.watch import PHONE, Watch
from tests.factories import DECEMBER
from tracking.services.companies import export_folder

REASON = "Mùa cuối năm bán online tốt hơn tại cửa hàng"
TRADE_OFF = "Bớt chụp ảnh mới đến Tết"


def planned(plan: Plan, code: str) -> int | None:
    rows = LineMonth.objects.for_company(plan.company)
    return rows.get(line__code=code, first_day=DECEMBER.first_day).planned_amount


def test_an_adjustment_changes_the_plan_in_force(
    sample: Plan,
    sign_in_as: Callable[..., Membership],
    page: Page,
    axe: Callable[[Page], None],
) -> None:
    sign_in_as(Role.OWNER)
    before = planned(sample, "MKT-CONTENT"), planned(sample, "MKT-SOCIAL")
    assert all(before)
    page.goto(url_of(sample, "budgets:budget"))
    page.locator("a[href$='/adjustments/add/']").click()
    for side, code in (("take", "MKT-CONTENT"), ("give", "MKT-SOCIAL")):
        line = str(sample.lines.get(code=code).pk)
        page.locator(f"[name={side}-0-line]").select_option(line)
        page.locator(f"[name={side}-0-first]").select_option("2026-12")
        page.locator(f"[name={side}-0-amount]").fill("2tr")
    page.locator("[name=effective_from]").select_option("2026-12")
    page.locator("[name=reason]").fill(REASON)
    page.locator("[name=trade_off]").fill(TRADE_OFF)
    axe(page)
    send(page.locator("main form"))
    expect(page.locator("main")).to_contain_text(TRADE_OFF)
    axe(page)
    assert (planned(sample, "MKT-CONTENT"), planned(sample, "MKT-SOCIAL")) == before

    send(page.locator("form[action$='/approve/']"))
    expect(page.locator("h1 + .pill")).to_have_text("v3")
    assert planned(sample, "MKT-CONTENT") == (before[0] or 0) - 2_000_000
    assert planned(sample, "MKT-SOCIAL") == (before[1] or 0) + 2_000_000
    page.goto(url_of(sample, "budgets:budget") + "?unit=1")
    social = page.locator(f"tr[data-line='{sample.lines.get(code='MKT-SOCIAL').pk}']")
    expect(social).to_contain_text(f"{planned(sample, 'MKT-SOCIAL'):,}".replace(",", "."))
    page.locator(".side a[href$='/history/']").click()
    expect(page.locator(".history")).to_contain_text(REASON)


def test_a_what_if_stores_nothing(
    sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    sign_in_as(Role.OWNER)
    before = export_folder(sample)
    page.goto(url_of(sample, "tracking:cash"))
    go(page, "what-if")
    calm = page.locator("main .stack").first.inner_text()
    page.locator("[name=kind]").select_option("revenue")
    page.locator("[name=ratio]").fill("-15")
    page.locator("[name=first]").select_option("2026-11")
    send(page.locator("main form"))
    expect(page).to_have_url(re.compile(r"ratio=-15"))
    assert page.locator("main .stack").first.inner_text() != calm
    page.reload()
    expect(page.locator("[name=ratio]")).to_have_value(re.compile("15"))
    page.locator("main form a").click()
    assert page.locator("main .stack").first.inner_text() == calm
    assert export_folder(sample) == before


def test_the_plan_is_handed_out_and_taken_back(
    sample: Plan, sign_in_as: Callable[..., Membership], page: Page, watch: Watch
) -> None:
    sign_in_as(Role.OWNER)
    page.goto(url_of(sample, "tracking:summary"))
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1

    send(page.locator("form[action$='/links/new/']"))
    link = page.locator("#link").input_value()
    browser = page.context.browser
    assert browser is not None
    stranger = browser.new_context(viewport=PHONE, locale="vi-VN")
    watch.attach(stranger)
    guest = stranger.new_page()
    guest.goto(link)
    expect(guest.locator("main")).to_contain_text("Không mở cửa hàng thứ hai")
    assert "Lương nhân viên" not in guest.content()
    expect(guest.locator("main form")).to_have_count(0)

    page.goto(url_of(sample, "tracking:summary"))
    send(page.locator("form[action$='/withdraw/']"))
    expect(page.locator("form[action$='/withdraw/']")).to_have_count(0)
    watch.allow_status(404)
    answer = guest.goto(link)
    assert answer is not None
    assert answer.status == 404
    stranger.close()


def test_the_plan_folder_is_taken_along(
    sample: Plan, sign_in_as: Callable[..., Membership], page: Page
) -> None:
    sign_in_as(Role.OWNER)
    page.goto(url_of(sample, "tracking:folder_export"))
    with page.expect_download() as download:
        send(page.locator("main form"))
    with ZipFile(download.value.path()) as folder:
        names = {name.rsplit("/")[-1] for name in folder.namelist()}
        assert {"company.json", "plan.json", "lines.csv", "budget.csv", "entries.csv"} <= names

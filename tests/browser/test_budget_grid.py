"""The budget table in a real browser: keys, saving, conflicts, a lost connection, a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from aop.calc.months import Month
from aop.tenancy.models import Membership, User
from budgets.models import BudgetLine, LineMonth
from budgets.services.months import set_planned
from planning.models import Plan
from tests.browser.watch import PHONE, WIDE, Watch
from tests.budgets.pages import address, approve, filled_line
from tests.factories import make_line

BOTH = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
MILLION = 1_000_000

SignIn = Callable[[User], None]
Axe = Callable[[Page], None]


@pytest.fixture
def revenue(plan: Plan) -> BudgetLine:
    """The first line: 100 million a month, before a line of costs that follows it by hand."""
    line = filled_line(plan, "revenue", 100 * MILLION, name="Doanh thu cửa hàng")
    filled_line(plan, "opex", 30 * MILLION, name="Thuê mặt bằng")
    return line


@pytest.fixture
def sheet(page: Page, plan: Plan, revenue: BudgetLine, owner: Membership, sign_in: SignIn) -> Page:
    """The page of the budget, opened by the owner."""
    sign_in(owner.user)
    page.goto(address(plan, "budget"))
    return page


def cell(page: Page, line: BudgetLine, month: int) -> Locator:
    return page.locator(f"#l{line.pk} .m{month} input")


def stored(line: BudgetLine, month: int) -> int | None:
    rows = LineMonth.objects.for_company(line.company)
    return rows.get(line=line, first_day=Month(2026, month).first_day).planned_amount


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_attribute("data-s", "ok")
    expect(page.locator("td.wait")).to_have_count(0)


def costs(plan: Plan) -> BudgetLine:
    return BudgetLine.objects.for_company(plan.company).get(kind="opex")


def test_it_is_filled_by_keyboard_alone(sheet: Page, plan: Plan, revenue: BudgetLine) -> None:
    cell(sheet, revenue, 1).focus()
    sheet.keyboard.type("120")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, costs(plan), 1)).to_be_focused()
    sheet.keyboard.type("35,5")
    sheet.keyboard.press("ArrowRight")
    sheet.keyboard.press("Tab")
    sheet.keyboard.press("Tab")
    expect(cell(sheet, costs(plan), 3)).to_be_focused()
    sheet.keyboard.press("End")
    expect(cell(sheet, costs(plan), 12)).to_be_focused()
    sheet.keyboard.press("Home")
    sheet.keyboard.press("ArrowUp")
    expect(cell(sheet, revenue, 1)).to_be_focused()

    saved(sheet)
    assert stored(revenue, 1) == 120 * MILLION
    assert stored(costs(plan), 1) == 35_500_000


def test_it_adds_up_after_each_cell_and_reads_it_back(sheet: Page, revenue: BudgetLine) -> None:
    cell(sheet, revenue, 1).fill("150tr")
    cell(sheet, revenue, 1).press("Enter")

    expect(sheet.locator(f"#l{revenue.pk} .tot")).to_have_text("1.250,0")
    expect(sheet.locator("#budget-foot .m1").first).to_have_text("120,0")
    expect(sheet.locator("#budget-summary b").first).to_have_text("1,25\N{NO-BREAK SPACE}tỷ")
    sheet.reload()
    expect(cell(sheet, revenue, 1)).to_have_value("150,0")


def test_it_shows_the_exact_amount_while_one_is_in_the_cell(
    sheet: Page, revenue: BudgetLine
) -> None:
    cell(sheet, revenue, 1).fill("12.345.678đ")
    cell(sheet, revenue, 1).press("Enter")
    saved(sheet)

    expect(cell(sheet, revenue, 1)).to_have_value("12,3")
    cell(sheet, revenue, 1).focus()
    expect(cell(sheet, revenue, 1)).to_have_value("12,345678")
    cell(sheet, revenue, 2).focus()
    expect(cell(sheet, revenue, 1)).to_have_value("12,3")
    assert stored(revenue, 1) == 12_345_678


def test_it_undoes_a_cell_with_escape(sheet: Page, revenue: BudgetLine) -> None:
    cell(sheet, revenue, 1).focus()
    sheet.keyboard.type("999")
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("Tab")

    expect(cell(sheet, revenue, 1)).to_have_value("100,0")
    assert stored(revenue, 1) == 100 * MILLION


def test_it_edits_inside_a_cell_with_f2(sheet: Page, revenue: BudgetLine) -> None:
    cell(sheet, revenue, 1).focus()
    sheet.keyboard.press("F2")
    sheet.keyboard.press("ArrowLeft")
    sheet.keyboard.press("ArrowLeft")
    sheet.keyboard.type("2")
    sheet.keyboard.press("Enter")

    saved(sheet)
    assert stored(revenue, 1) == 1_200 * MILLION


def test_it_keeps_what_cannot_be_read_and_says_why(
    sheet: Page, revenue: BudgetLine, watch: Watch, axe: Axe
) -> None:
    watch.allow_status(422)
    cell(sheet, revenue, 1).fill("mười hai")
    cell(sheet, revenue, 1).press("Enter")

    expect(cell(sheet, revenue, 1)).to_have_attribute("aria-invalid", "true")
    expect(cell(sheet, revenue, 1)).to_have_value("mười hai")
    expect(sheet.locator("td.bad .err")).to_contain_text("mười hai")
    expect(sheet.locator("#grid-live")).to_contain_text("mười hai")
    axe(sheet)
    cell(sheet, revenue, 1).fill("12")
    cell(sheet, revenue, 1).press("Enter")
    saved(sheet)
    expect(sheet.locator("td.bad")).to_have_count(0)


@pytest.mark.parametrize(("button", "expected"), [("keep", 90), ("take", 70)])
def test_it_asks_after_a_conflict(
    sheet: Page,
    revenue: BudgetLine,
    accountant: Membership,
    watch: Watch,
    axe: Axe,
    button: str,
    expected: int,
) -> None:
    watch.allow_status(409)
    set_planned(revenue.pk, Month(2026, 1), 70 * MILLION, 1, actor=accountant)
    cell(sheet, revenue, 1).fill("90")
    cell(sheet, revenue, 1).press("Enter")

    expect(sheet.locator(".ask")).to_contain_text("Accountant")
    expect(cell(sheet, revenue, 1)).to_have_value("90")
    cell(sheet, revenue, 1).focus()
    axe(sheet)
    sheet.click(f".ask [data-{button}]")
    cell(sheet, revenue, 2).focus()

    expect(cell(sheet, revenue, 1)).to_have_value(f"{expected},0")
    expect(sheet.locator("td.bad")).to_have_count(0)
    saved(sheet)
    assert stored(revenue, 1) == expected * MILLION


def test_it_keeps_typing_while_there_is_no_connection(
    sheet: Page, revenue: BudgetLine, watch: Watch
) -> None:
    def cut(route: Route) -> None:
        route.abort("internetdisconnected")

    sheet.route("**/budget/cell/", cut)
    for month, text in ((1, "110"), (2, "120")):
        cell(sheet, revenue, month).fill(text)
        cell(sheet, revenue, month).press("Tab")
    expect(sheet.locator("#save-state")).to_have_attribute("data-s", "bad")
    expect(cell(sheet, revenue, 1)).to_have_value("110")
    assert stored(revenue, 1) == 100 * MILLION

    sheet.unroute("**/budget/cell/", cut)
    sheet.evaluate("dispatchEvent(new Event('online'))")

    saved(sheet)
    assert (stored(revenue, 1), stored(revenue, 2)) == (110 * MILLION, 120 * MILLION)
    watch.problems = [text for text in watch.problems if "ERR_INTERNET_DISCONNECTED" not in text]


def test_it_waits_for_who_was_signed_out(
    sheet: Page, revenue: BudgetLine, owner: Membership, sign_in: SignIn, watch: Watch
) -> None:
    watch.allow_status(403)
    sheet.context.clear_cookies()
    cell(sheet, revenue, 1).fill("110")
    cell(sheet, revenue, 1).press("Tab")
    expect(sheet.locator("#save-state")).to_have_attribute("data-s", "bad")
    expect(cell(sheet, revenue, 1)).to_have_value("110")

    sign_in(owner.user)
    sheet.evaluate("dispatchEvent(new Event('online'))")

    saved(sheet)
    assert stored(revenue, 1) == 110 * MILLION


def test_it_shows_what_follows_a_cell(
    page: Page, plan: Plan, revenue: BudgetLine, owner: Membership, sign_in: SignIn
) -> None:
    fee = make_line(plan, "Phí sàn", kind="variable", driver=revenue, driver_ratio="0.11")
    sign_in(owner.user)
    page.goto(address(plan, "budget"))

    cell(page, revenue, 1).fill("200")
    cell(page, revenue, 1).press("Enter")

    expect(page.locator(f"#l{fee.pk} .m1")).to_have_text("22,0")
    expect(page.locator(f"#l{fee.pk} .tot")).to_have_text("22,0")


@pytest.mark.parametrize("viewport", [PHONE], ids=["390"])
def test_a_phone_shows_and_saves_one_month_at_a_time(
    sheet: Page, revenue: BudgetLine, viewport: ViewportSize
) -> None:
    sheet.click(".chips [data-month='3']")
    expect(cell(sheet, revenue, 3)).to_be_visible()
    expect(cell(sheet, revenue, 4)).to_be_hidden()
    cell(sheet, revenue, 3).fill("130")
    cell(sheet, revenue, 3).blur()

    expect(cell(sheet, revenue, 3)).to_have_value("130,0")
    assert stored(revenue, 3) == 130 * MILLION
    assert sheet.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@BOTH
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_pages_are_clean(
    page: Page,
    plan: Plan,
    revenue: BudgetLine,
    owner: Membership,
    sign_in: SignIn,
    axe: Axe,
    viewport: ViewportSize,
    theme: str,
) -> None:
    page.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    sign_in(owner.user)
    of_line = {"line_id": revenue.pk}
    for url in (
        address(plan, "budget"),
        address(plan, "budget") + "?view=variance",
        address(plan, "line_list"),
        address(plan, "line_start"),
        address(plan, "line_add"),
        address(plan, "line_add") + "?kind=variable",
        address(plan, "line_detail", **of_line),
        address(plan, "line_months", **of_line),
        address(plan, "line_fill", **of_line) + "?kind=even&year_amount=12tr&step=1",
        address(plan, "commitment_add", line_id=costs(plan).pk),
        address(plan, "commitment_list"),
        address(plan, "adjustment_list"),
    ):
        page.goto(url)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], url


@BOTH
def test_an_adjustment_goes_from_wish_to_force(
    page: Page,
    plan: Plan,
    revenue: BudgetLine,
    owner: Membership,
    sign_in: SignIn,
    axe: Axe,
    viewport: ViewportSize,
) -> None:
    ads = filled_line(plan, "marketing", 10 * MILLION, name="Quảng cáo")
    approve(plan)
    sign_in(owner.user)
    page.goto(address(plan, "adjustment_add"))
    page.select_option("[name=take-0-line]", str(costs(plan).pk))
    page.select_option("[name=take-0-first]", "2026-11")
    page.fill("[name=take-0-amount]", "2tr")
    page.select_option("[name=give-0-line]", str(ads.pk))
    page.select_option("[name=give-0-first]", "2026-11")
    page.fill("[name=give-0-amount]", "2tr")
    page.press("[name=give-0-amount]", "Tab")
    expect(page.locator("#adjustment-effect table")).to_be_visible()
    axe(page)
    page.fill("[name=reason]", "Đợt khuyến mãi 11.11")
    page.fill("[name=trade_off]", "Hoãn sửa mặt bằng")
    page.click("main form button[type=submit].pri")

    expect(page.locator("h1")).to_contain_text("1")
    axe(page)
    page.click(".actbar button.pri")
    expect(page.locator(".actbar")).to_have_count(0)
    page.goto(address(plan, "adjustment_list"))
    axe(page)
    expect(page.locator(".brg tr")).to_have_count(4)
    assert stored(ads, 11) == 12 * MILLION

"""A stranger starts from nothing: dollars, a year from April, no stock, no last year, English."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from budgets.models import BudgetLine, LineMonth
from planning.models import Goal, Initiative, Plan, Risk
from tests.browser.acting import go, overflow, send
from tests.browser.watch import PHONE, Watch
from tests.factories import PASSWORD

MAIN = "main form"
ENGLISH = pytest.mark.parametrize("locale", ["en-US"])


def start_a_company(page: Page) -> Plan:
    """Sign up and found Ink & Paper, whose year runs from April 2026 to March 2027."""
    page.goto("/accounts/signup/")
    page.locator("[name=name]").fill("Ada")
    page.locator("[name=email]").fill("ada@ink.example")
    page.locator("[name=password1]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("a[href='/start/company/']").click()
    page.locator("[name=name]").fill("Ink & Paper")
    page.locator("[name=industry]").fill("Print studio")
    page.locator("[name=currency]").select_option("USD")
    page.locator("select[name=language]").select_option("en")
    page.locator("[name=first_month]").select_option("2026-04")
    send(page.locator(MAIN))
    expect(page).to_have_url("/c/ink-paper/2026/direction/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    return Plan.objects.select_related("company").get()


def next_step(page: Page, area: str) -> None:
    """Follow the way that the page itself shows."""
    page.locator(".actbar a").click()
    page.wait_for_url(f"**/{area}/")


def answer_the_direction(page: Page) -> None:
    page.locator("[name=where_we_are]").fill("We opened in January with two presses.")
    page.locator("[name=where_we_go]").fill("A studio that pays both of us.")
    page.locator("[name=opening_cash_amount]").fill("40k")
    page.locator("[name=minimum_cash_amount]").fill("15,000.50")
    page.locator("button[form=direction-form]").click()
    expect(page.locator("[name=minimum_cash_amount]")).to_have_value("15,000.50")
    add_row = page.locator("#priorities [name=text]")
    for text in ("Regular customers", "Cash"):
        add_row.fill(text)
        add_row.press("Enter")
        expect(page.locator("#priorities ol")).to_contain_text(text)
    page.locator("#not-doing .addrow a").click()
    page.locator("[name=what]").fill("No second studio")
    page.locator("[name=why]").fill("Two presses are not busy yet")
    send(page.locator(MAIN))
    expect(page.locator("#not-doing")).to_contain_text("No second studio")
    page.locator("#assumptions .addrow a").click()
    page.locator("[name=what]").fill("Paper costs no more than 5 % extra")
    send(page.locator(MAIN))
    expect(page.locator("#assumptions")).to_contain_text("Paper costs")
    page.locator("#plan-missing a").click()  # the assumption has no month to check it
    page.locator("[name=check_month]").select_option("2026-09")
    send(page.locator(MAIN))
    expect(page.locator("[name=opening_cash_amount]")).to_have_value("40,000.00")
    expect(page.locator("#plan-missing li")).to_have_count(0)


def add_the_goal(page: Page) -> None:
    page.locator("main a[href$='/goals/add/']").first.click()
    page.locator("[name=name]").fill("Earn 480,000 in the first year")
    page.locator("[name=kind]").select_option("at_least")
    page.locator("[name=basis]").select_option("full_year")
    page.locator("[name=unit]").select_option("money")
    page.locator("[name=target]").fill("480k")
    send(page.locator(MAIN))
    expect(page.locator("#G1")).to_contain_text("$480K")


@ENGLISH
def test_a_stranger_plans_and_lives_a_first_month(
    november: None, page: Page, axe: Callable[[Page], None], watch: Watch
) -> None:
    plan = start_a_company(page)
    axe(page)
    answer_the_direction(page)
    next_step(page, "goals")
    add_the_goal(page)
    axe(page)
    next_step(page, "budget")
    fill_the_budget(page, plan, watch)
    axe(page)
    next_step(page, "actions")
    plan_an_action(page, plan)
    next_step(page, "resources")
    plan_the_people(page, plan)
    next_step(page, "risks")
    watch_a_risk(page, plan)
    next_step(page, "kpis")
    measure_the_goal(page, plan)
    next_step(page, "check")
    mend_and_approve(page, plan, axe)

    log_april(page)
    review_and_close_april(page, plan)
    export_the_budget(page, plan)


def fill_the_budget(page: Page, plan: Plan, watch: Watch) -> None:
    page.locator("main a[href$='/lines/start/']").click()
    for box in page.locator("[name=lines]").all():
        box.set_checked(box.input_value() in {"service_revenue", "ads", "rent"})
    send(page.locator(MAIN))
    page.goto(f"/c/ink-paper/{plan.fiscal_year}/budget/lines/add/?kind=variable")
    page.locator("[name=name]").fill("Card fees")
    page.locator("[name=driver]").select_option(label="Service revenue")
    page.locator("[name=driver_ratio]").fill("3%")
    send(page.locator(MAIN))
    go(page, "budget")

    type_row(page, plan, "Service revenue", ["40k"] * 12)
    type_row(page, plan, "Advertising", ["1,250.50", *["1000"] * 11])
    type_row(page, plan, "Rent", ["2500"] * 12)
    saved = page.locator("#save-state[data-s=ok]")
    expect(saved).to_be_visible()
    watch.allow_status(422)
    cell = cells_of(page, plan, "Rent").first
    cell.fill("a lot")
    cell.press("Enter")
    expect(page.locator("td.bad .err")).to_contain_text("a lot")
    cell.press("Escape")
    expect(page.locator("td.bad")).to_have_count(0)
    page.reload()
    expect(cells_of(page, plan, "Advertising").first).to_have_attribute("data-exact", "1,250.50")
    assert amounts(plan, "Service revenue") == [4_000_000] * 12
    assert amounts(plan, "Card fees") == [120_000] * 12
    assert amounts(plan, "Advertising") == [125_050, *[100_000] * 11]


def cells_of(page: Page, plan: Plan, name: str) -> Locator:
    line = plan.lines.get(name=name)
    return page.locator(f"tr[data-line='{line.pk}'] td.c > input")


def type_row(page: Page, plan: Plan, name: str, texts: list[str]) -> None:
    """Type a year into a line as in a spreadsheet: a text and Tab, month by month."""
    cells_of(page, plan, name).first.focus()
    for text in texts:
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")
    expect(page.locator("td.wait")).to_have_count(0)


def amounts(plan: Plan, name: str) -> list[int | None]:
    months = LineMonth.objects.filter(line__plan=plan, line__name=name).order_by("first_day")
    return [month.planned_amount for month in months]


def plan_an_action(page: Page, plan: Plan) -> None:
    page.locator("main a[href$='/actions/add/']").first.click()
    page.locator("[name=name]").fill("Win ten shops as regulars")
    page.locator("[name=main_goal]").select_option(index=1)
    page.locator("[name=start]").fill("2026-05-01")
    page.locator("[name=end]").fill("2026-09-30")
    ads = BudgetLine.objects.get(plan=plan, name="Advertising")
    page.locator("select[name^=line-]").first.select_option(ads.code)
    page.locator("input[name^=amount-]").first.fill("3k")
    send(page.locator("#initiative-form"))
    expect(page.locator("h1")).to_contain_text("Win ten shops as regulars")
    initiative = Initiative.objects.get(plan=plan)
    page.goto(f"/c/ink-paper/2026/actions/{initiative.pk}/milestones/add/")
    page.locator("[name=name]").fill("Five signed")
    page.locator("[name=due]").fill("2026-07-31")
    send(page.locator("#milestone-form"))
    expect(page.locator("#milestones")).to_contain_text("Five signed")
    assert initiative.budgets.get().amount == 300_000
    go(page, "actions")


def plan_the_people(page: Page, plan: Plan) -> None:
    page.locator("main a[href$='/people/add/']").first.click()
    page.locator("[name=name]").fill("Ada")
    page.locator("[name=hours_per_week]").fill("40")
    send(page.locator(MAIN))
    expect(page.locator("h1")).to_contain_text("Ada")  # her time comes next
    page.locator("fieldset").first.locator("input").first.fill("60")
    page.locator("fieldset").last.locator("input").nth(1).fill("25")
    send(page.locator("#time-form"))
    expect(page.locator("main")).to_contain_text("60")
    assert plan.people.get().allocations.count() == 2


def watch_a_risk(page: Page, plan: Plan) -> None:
    page.locator("main a[href$='/risks/add/']").first.click()
    page.locator("[name=name]").fill("A press breaks down")
    page.locator("[name=likelihood]").select_option("3")
    page.locator("[name=impact]").select_option("5")
    page.locator("[name=contingency]").fill("Print with a neighbour")
    page.locator("[name=contingency_amount]").fill("$2,000")
    send(page.locator("#risk-form"))
    expect(page.locator("main")).to_contain_text("A press breaks down")
    page.reload()
    assert Risk.objects.get(plan=plan).contingency_amount == 200_000


def measure_the_goal(page: Page, plan: Plan) -> None:
    page.locator("main a[href$='/kpis/add/']").first.click()
    page.locator("main a[href*='measure=total']").click()
    page.locator("[name=name]").fill("Revenue")
    page.get_by_label("Service revenue").check()
    page.locator("[name=better]").first.check()
    page.locator("[name=measures]").check()
    send(page.locator("#kpi-form"))
    expect(page.locator("#K1")).to_contain_text("G1")
    assert plan.goals.get().kpi == plan.kpis.get()


def mend_and_approve(page: Page, plan: Plan, axe: Callable[[Page], None]) -> None:
    """Follow the errors to their cure until nothing stands in the way, then approve."""
    errors = page.locator("section[aria-labelledby=errors-title]")
    expect(errors).to_contain_text("G1")
    expect(page.locator("form[action$='/approve/']")).to_have_count(0)
    axe(page)
    while errors.count():
        errors.locator("a").first.click()
        page.locator("[name=owner]").select_option(label="Ada")
        send(page.locator(MAIN))
        go(page, "check")
    send(page.locator("form[action$='/approve/']"))
    expect(page.locator("main")).to_contain_text("22 Nov 2026")
    axe(page)
    plan.refresh_from_db()
    assert plan.is_frozen
    go(page, "budget")
    expect(page.locator("td.c > input")).to_have_count(0)


def log_april(page: Page) -> None:
    go(page, "actuals")
    expect(page).to_have_url("/c/ink-paper/2026/actuals/2026-04/")
    for name, text, shown in (
        ("Service revenue", "42,300", "$42,300.00"),
        ("Advertising", "1,250.50", "$1,250.50"),
        ("Rent", "2.6k", "$2,600.00"),
        ("Card fees", "1269", "$1,269.00"),
    ):
        page.locator("article.line", has_text=name).locator("a.head").click()
        form = page.locator("article.open form")
        form.locator("[name=amount]").fill(text)
        expect(form.locator("output")).to_contain_text(shown)
        send(form)
        expect(page.locator(".recent .fresh")).to_contain_text(shown)


def review_and_close_april(page: Page, plan: Plan) -> None:
    go(page, "variance")
    expect(page.locator("table.partial")).to_contain_text("42,300")
    go(page, "reviews")
    page.locator("main a[href$='/reviews/2026-04/']").click()
    expect(page.locator("#step-2")).to_contain_text("$42.3K")
    expect(page.locator("[name=stock]")).to_have_count(0)
    page.locator("[name=agreed]").fill("Ask the landlord about the rent")
    send(page.locator("#step-5 form"))
    send(page.locator("form[action$='/close/']"))
    expect(page.locator("#step-6 a[href$='/reopen/']")).to_be_visible()

    page.goto("/c/ink-paper/2026/variance/2026-04/?view=month")
    expect(page.locator("table.vt")).to_contain_text("+2,300")
    expect(page.locator("table.vt")).to_contain_text("+100")
    report = page.request.get("/c/ink-paper/2026/report.json").json()
    assert report["through"] == "2026-04"
    assert report["totals"]["month"]["revenue"]["actual"] == 4_230_000
    assert report["goals"][0]["attained"] == 4_230_000


def export_the_budget(page: Page, plan: Plan) -> None:
    go(page, "budget")
    with page.expect_download() as download:
        page.locator("a[href$='/export.xlsx']").first.click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()), data_only=True)
    cells = {cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row}
    assert {"Service revenue", "Card fees", 40_000, 1_250.5} <= cells


@ENGLISH
@pytest.mark.parametrize("viewport", [PHONE], ids=["390"])
def test_a_stranger_begins_on_a_phone(
    november: None, page: Page, axe: Callable[[Page], None]
) -> None:
    plan = start_a_company(page)
    assert overflow(page) == 0
    answer_the_direction(page)
    assert overflow(page) == 0
    next_step(page, "goals")
    add_the_goal(page)
    axe(page)
    assert overflow(page) == 0
    assert Goal.objects.get(plan=plan).target == 48_000_000

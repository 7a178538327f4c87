"""The accountant: the workbook out, an entry on any line, and the month closed."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from aop.tenancy.models import Membership
from aop.tenancy.roles import Role
from budgets.models import PlanMonth
from planning.models import Plan
from tests.browser.acting import form_to, go, home_of, send, url_of
from tests.factories import NOVEMBER

SALARIES = "FIX-SAL"
Row = tuple[object, ...]


def sheet_rows(path: Path, number: int) -> dict[object, Row]:
    """Return the rows of a sheet as stored, by the key in their hidden first column."""
    sheet = load_workbook(BytesIO(path.read_bytes()), data_only=True).worksheets[number]
    return {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}


def test_the_accountant_exports_logs_and_closes(
    sample: Plan,
    sign_in_as: Callable[..., Membership],
    page: Page,
    axe: Callable[[Page], None],
) -> None:
    sign_in_as(Role.ACCOUNTANT, language="en")
    page.goto(home_of(sample))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    axe(page)
    with page.expect_download() as download:
        page.locator("a[href$='/budget/export.xlsx']").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    budget = sheet_rows(download.value.path(), 1)
    salaries = sample.lines.get(code=SALARIES)
    planned = [month.planned_amount for month in salaries.months.order_by("first_day")]
    assert list(budget[SALARIES][3:]) == [*planned, sum(amount or 0 for amount in planned)]
    assert budget["REV-ONL"][-1] == 2_758_464_000

    log_salaries(page, sample)
    close_november(page, sample)

    page.goto(url_of(sample, "tracking:variance_month", month=NOVEMBER) + "?view=month")
    with page.expect_download() as download:
        page.locator("a[href$='/variance/2026-11.xlsx']").click()
    assert 78_250_000 in sheet_rows(download.value.path(), 0)[SALARIES]


def log_salaries(page: Page, plan: Plan) -> None:
    go(page, "actuals")
    line = page.locator(f"#line-{plan.lines.get(code=SALARIES).pk}")
    line.locator("a.head").click()
    line.locator("[name=amount]").fill("78,250,000")
    line.locator("[name=ref]").fill("LG-11")
    send(line.locator("form"))
    expect(page.locator(".recent .fresh")).to_contain_text("78,250,000")
    page.reload()
    expect(page.locator(".recent")).to_contain_text("LG-11")


def close_november(page: Page, plan: Plan) -> None:
    go(page, "reviews")
    page.locator("main a[href$='/reviews/2026-11/']").click()
    send(form_to(page, "/close/"))
    expect(form_to(page, "/close/")).to_have_count(0)
    expect(page.locator("a[href$='/reopen/']")).to_have_count(0)  # only the owner reopens
    assert PlanMonth.objects.get(plan=plan, first_day=NOVEMBER.first_day).is_closed

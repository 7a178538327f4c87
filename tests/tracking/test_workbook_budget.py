"""The accountant's workbook: numbers, formulas, texts, looks."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from aop.calc.months import Month
from budgets.models import BudgetLine, LineMonth
from planning.models import Plan
from tests.factories import (
    TODAY,
    close_month,
    make_adjustment,
    make_company,
    make_entry,
    make_line,
    make_month,
    make_move,
    make_plan,
    make_year,
)
from tests.tracking.workbook_formulas import Calculator
from tracking.queries.workbook import Book, Reader
from tracking.services.companies import Destination, load_company, sample_folder
from tracking.spreadsheets.budget_workbook import budget_workbook

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2",
    "\t=1+1",
    "http://evil.example",
    "{=1}",
    'Tên "trong ngoặc", 🍼 & <b>đậm</b>',
    "x" * 200,
]


def workbook(plan: Plan, *, language: str = "vi", shows_private: bool = True) -> bytes:
    reader = Reader(language, TODAY, shows_private=shows_private)
    return budget_workbook(Book(plan, reader), {"P1": "Nguyễn Thu Hà"})


def opened(content: bytes, *, data_only: bool = True) -> Any:
    return openpyxl.load_workbook(BytesIO(content), data_only=data_only)


def row_of(book: Any, sheet: str, name: str) -> dict[str, Any]:
    """Return the cells of the row with that name, by column letter."""
    for row in book[sheet].iter_rows():
        if row[1].value == name:
            return {cell.column_letter: cell.value for cell in row}
    raise AssertionError(f"{sheet} has no row {name}")


def texts_of(book: Any) -> list[str]:
    return [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """The plan of the sample company, loaded once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        company = load_company(sample_folder(), Destination(slug="sample"))
        yield Plan.objects.for_company(company).select_related("company").get()
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("shows_private", [True, False])
def test_it_stores_what_its_formulas_give(
    language: str, shows_private: bool, sample: Plan, db: None
) -> None:
    content = workbook(sample, language=language, shows_private=shows_private)

    checks = list(Calculator(content).checks())
    assert len(checks) > 800
    assert [check for check in checks if not check.agrees] == []


def test_it_tells_the_numbers_of_the_sample(sample: Plan, db: None) -> None:
    book = opened(workbook(sample, language="en"))

    revenue = row_of(book, "Summary", "Revenue")
    profit = row_of(book, "Summary", "Operating profit")
    assert (revenue["D"], revenue["F"], revenue["H"]) == (
        7_200_000_000,
        5_712_131_000,
        7_061_013_958,
    )
    assert (profit["C"], profit["D"], profit["H"]) == (115_153_440, 135_153_440, -45_469_481)
    margin = row_of(book, "Summary", "Gross margin")["F"]
    assert margin == pytest.approx(0.35158, abs=0.00001)


def test_it_has_a_line_with_its_twelve_months_and_the_year(sample: Plan, db: None) -> None:
    content = workbook(sample, language="en")

    values = row_of(opened(content), "Budget", "Rent")
    formulas = row_of(opened(content, data_only=False), "Budget", "Rent")
    months = [values[letter] for letter in "DEFGHIJKLMNO"]
    assert (values["A"], months, values["P"]) == ("FIX-RENT", [35_000_000] * 12, 420_000_000)
    assert re.fullmatch(r"=SUM\(D\d+:O\d+\)", str(formulas["P"]))


def test_it_says_company_version_and_day_on_every_sheet(sample: Plan, db: None) -> None:
    book = opened(workbook(sample, language="en"))

    for sheet in book.worksheets:
        assert "BabyCare House" in str(sheet["B1"].value)
        assert "Current plan v2, approved on 3\N{NO-BREAK SPACE}Jul" in str(sheet["B2"].value)
        assert "22\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026" in str(sheet["B2"].value)


def test_it_is_the_same_file_for_the_same_plan(sample: Plan, db: None) -> None:
    assert workbook(sample) == workbook(sample)


def test_it_is_ready_to_be_read_and_printed(sample: Plan, db: None) -> None:
    book = opened(workbook(sample, language="en"))

    budget = book["Budget"]
    assert budget.freeze_panes == "D6"
    assert budget.column_dimensions["A"].hidden
    assert budget.row_dimensions[4].hidden
    assert budget.row_dimensions[7].outlineLevel == 1
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_it_names_a_few_ranges(sample: Plan, db: None) -> None:
    book = opened(workbook(sample, language="en"))

    profit = book.defined_names["planned_operating_profit"]
    [(sheet, cells)] = profit.destinations
    [row] = book[sheet][cells]
    assert sum(cell.value for cell in row) == 135_153_440


def test_it_lists_what_the_adjustment_changed(sample: Plan, db: None) -> None:
    book = opened(workbook(sample, language="en"))

    total = row_of(book, "Baseline and current", "Total")
    changed = [row for row in book["Baseline and current"].iter_rows(min_row=6) if row[2].value]
    assert len(changed) == 34
    assert total["F"] == 0
    heading = row_of(book, "Adjustments", "#1, approved on 03/07/2026 by Nguyễn Thu Hà")
    assert heading["D"] == 0


def test_it_lists_every_entry_that_counts(sample: Plan, db: None) -> None:
    book = opened(workbook(sample, language="en"))

    rows = list(book["Entries"].iter_rows(min_row=6, values_only=True))
    assert len(rows) == 459
    assert sum(row[5] for row in rows if row[3] == "FIX-RENT") == 350_000_000


def test_it_shows_an_open_month_as_open(plan: Plan) -> None:
    line = make_line(plan, "Tiền thuê", kind="opex")
    make_year(line)
    plan.status = "approved"
    plan.save()
    close_month(plan, Month(2026, 1))
    LineMonth.objects.for_company(plan.company).filter(line=line).filter(
        first_day=date(2026, 2, 1)
    ).update(actual_amount=4_000_000)

    book = opened(workbook(plan, language="en"))
    row = row_of(book, "Actuals", "Tiền thuê")
    assert (row["D"], row["E"], row["F"], row["P"]) == (0, 4_000_000, None, 0)
    assert book["Actuals"]["E5"].value == "Feb (open)"
    assert row_of(book, "Actuals", "Operating profit")["E"] is None


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_never_becomes_a_formula(text: str, plan: Plan) -> None:
    line = make_line(plan, text, group=text, note=text)
    make_year(line)
    entry = make_entry(line, note=text, ref=text[:200], source=text[:200])
    make_move(make_adjustment(plan, reason=text, trade_off=text, source=text), line)
    plan.company.name = text
    plan.company.save()

    content = workbook(plan)
    book = opened(content, data_only=False)
    formulas = [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) == len(list(Calculator(content).checks()))
    assert all(re.match(r"=(SUM\(|IF\(|'?[A-Z0])", formula) for formula in formulas)
    assert not any("HYPERLINK" in formula or "cmd" in formula for formula in formulas)
    assert row_of(book, book.sheetnames[-1], entry.code)["G"] == text.replace("\t", " ")
    assert all(sheet._hyperlinks == [] for sheet in book.worksheets)


def test_control_characters_are_cleaned(plan: Plan) -> None:
    line = make_line(plan, "Thuê\x0b nhà\x01\x1f")
    make_entry(line, note="dòng 1\ndòng 2\x07")

    texts = texts_of(opened(workbook(plan)))
    assert "Thuê  nhà  " in texts
    assert "dòng 1\ndòng 2 " in texts


def test_a_missing_plan_is_empty_and_no_plan_of_0(plan: Plan) -> None:
    make_month(make_line(plan, "Bán hàng", kind="revenue"), planned_amount=0)
    make_line(plan, "Quảng cáo")

    content = workbook(plan, language="en")
    book = opened(content)
    sold, spent = (row_of(book, "Budget", name) for name in ("Bán hàng", "Quảng cáo"))
    assert (sold["D"], sold["E"], sold["P"]) == (0, None, 0)
    assert (spent["D"], spent["P"]) == (None, None)
    assert all(check.agrees for check in Calculator(content).checks())


def test_a_draft_has_no_version(plan: Plan) -> None:
    make_year(make_line(plan))

    book = opened(workbook(plan, language="en"))
    assert book.sheetnames == ["Summary", "Budget", "Actuals"]
    assert str(book["Budget"]["B2"].value).startswith("Draft · made on")


def test_a_plan_without_lines_is_a_workbook_too(plan: Plan) -> None:
    content = workbook(plan)

    assert len(opened(content).sheetnames) == 3
    assert all(check.agrees for check in Calculator(content).checks())


@pytest.mark.parametrize(
    ("currency", "shown", "format_"),
    [
        ("VND", 12_345, "#,##0;[Red]-#,##0"),
        ("USD", 123.45, "#,##0.00;[Red]-#,##0.00"),
        ("KWD", 12.345, "#,##0.000;[Red]-#,##0.000"),
    ],
)
def test_amounts_have_the_decimals_of_the_currency(
    currency: str, shown: float, format_: str, db: None
) -> None:
    company = make_company(f"shop-{currency.lower()}", currency=currency, language="en")
    line = make_line(make_plan(company, 2026, Month(2026, 4)), "Rent", kind="opex")
    make_year(line, 12_345)

    content = workbook(line.plan, language="en")
    cell = opened(content)["Budget"]["D7"]
    assert (cell.value, cell.number_format) == (shown, format_)
    assert opened(content)["Budget"]["D5"].value == "Apr\N{NO-BREAK SPACE}2026"
    assert all(check.agrees for check in Calculator(content).checks())


def test_lines_of_several_kinds_in_one_group_add_up(plan: Plan) -> None:
    for kind, amount in (("revenue", 900), ("opex", 200), ("revenue", 50), ("tax", 30)):
        make_year(make_line(plan, f"{kind} {amount}", kind=kind, group="Tất cả"), amount)

    content = workbook(plan, language="en")
    book = opened(content)
    assert row_of(book, "Budget", "Revenue")["P"] == 12 * 950
    assert row_of(book, "Budget", "Operating profit")["P"] == 12 * 750
    assert all(check.agrees for check in Calculator(content).checks())


def test_hundreds_of_lines_that_alternate_fit_one_formula(plan: Plan) -> None:
    company = plan.company
    lines = [
        BudgetLine(
            company=company,
            plan=plan,
            code=f"L{number}",
            name=f"Line {number}",
            kind="revenue" if number % 2 else "opex",
            group="All",
            position=number,
        )
        for number in range(500)
    ]
    stored = BudgetLine.objects.bulk_create(lines)
    LineMonth.objects.bulk_create(
        LineMonth(company=company, line=line, first_day=date(2026, 1, 1), planned_amount=3)
        for line in stored
    )

    content = workbook(plan, language="en")
    assert row_of(opened(content), "Budget", "Revenue")["D"] == 750
    assert all(check.agrees for check in Calculator(content).checks())

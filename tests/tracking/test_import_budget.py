"""Budgets out of files: our own workbook back, other grids, and only into a draft."""

import json
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from aop.calc.currencies import Currency
from aop.calc.lines import LineKind
from aop.calc.months import FiscalYear, Month
from aop.calc.reading.import_result import Code, Status
from aop.errors import RuleViolation
from aop.tenancy.models import Membership
from budgets.models import BudgetLine, LineMonth
from budgets.services.months import set_planned
from budgets.spreadsheets.align import Amounts, aligned, changed_cells, long_frame
from budgets.spreadsheets.cells import ReadLine, ReadPlan
from budgets.spreadsheets.files import read_tables
from budgets.spreadsheets.gate import FileRefused
from budgets.spreadsheets.grid import assert_raw, read_grid
from budgets.spreadsheets.keys import plan_key
from budgets.spreadsheets.shapes import frame_of
from planning.models import Plan
from tests.factories import (
    JANUARY,
    TODAY,
    make_company,
    make_line,
    make_month,
    make_plan,
    make_year,
)
from tests.tracking.import_files import Rows, csv_file, saved, xlsx_file
from tests.tracking.import_files import changed_cells as typed_into
from tracking.queries.workbook import Book, Reader
from tracking.services.budget_imports import import_budget, read_budget
from tracking.services.uploads import SentFile
from tracking.spreadsheets.budget_workbook import budget_workbook

MONTHS = ",".join(f"2026-{n:02d}" for n in range(1, 13))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Let refusals speak English."""
    with translation.override("en"):
        yield


@pytest.fixture
def draft(plan: Plan) -> Plan:
    """A draft with a revenue line, a fee that follows it, and the rent."""
    sold = make_line(plan, "Bán hàng", code="REV", kind="revenue", group="Doanh thu")
    make_year(sold, 100_000_000)
    fee = make_line(plan, "Phí sàn", code="FEE", kind="variable", driver=sold, driver_ratio="0.11")
    make_year(fee, 11_000_000)
    make_year(make_line(plan, "Tiền thuê", code="RENT", kind="opex"), 35_000_000)
    return plan


def exported(plan: Plan, language: str = "vi") -> SentFile:
    reader = Reader(language, TODAY, shows_private=True)
    return SentFile("budget.xlsx", budget_workbook(Book(plan, reader), {}))


def typed(plan: Plan, cells: dict[str, object]) -> SentFile:
    """Return our workbook after the accountant typed into its budget sheet."""
    file = exported(plan, "en")
    return SentFile(file.name, typed_into(file.content, "Budget", cells))


def planned(plan: Plan, code: str) -> list[int | None]:
    months = LineMonth.objects.for_company(plan.company).filter(line__plan=plan, line__code=code)
    return list(months.order_by("first_day").values_list("planned_amount", flat=True))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_untouched_workbook_changes_nothing(language: str, draft: Plan) -> None:
    budget = read_budget(draft, exported(draft, language))

    result = budget.result
    assert (result.accepted, result.changed, result.unchanged) == (3, 0, 36)
    assert (budget.changes, result.rejected, result.to_confirm) == ((), (), ())


def test_a_changed_cell_is_a_difference(draft: Plan) -> None:
    budget = read_budget(draft, typed(draft, {"F13": 40_000_000}))

    [change] = budget.changes
    assert (change.code, change.month) == ("RENT", Month(2026, 3))
    assert (change.before, change.after, change.difference) == (35_000_000, 40_000_000, 5_000_000)
    assert planned(draft, "RENT") == [35_000_000] * 12


def test_differences_are_written_when_confirmed(draft: Plan, owner: Membership) -> None:
    budget = read_budget(draft, typed(draft, {"F13": 40_000_000, "G13": "41tr"}))

    result = import_budget(draft, budget, partial=False, actor=owner)
    assert (result.status, result.changed) == (Status.IMPORTED, 2)
    assert planned(draft, "RENT")[:5] == [
        35_000_000,
        35_000_000,
        40_000_000,
        41_000_000,
        35_000_000,
    ]


def test_a_driver_carries_its_lines_along(draft: Plan, owner: Membership) -> None:
    budget = read_budget(draft, typed(draft, {"D7": 200_000_000}))

    import_budget(draft, budget, partial=False, actor=owner)
    assert planned(draft, "FEE")[:2] == [22_000_000, 11_000_000]


def test_a_computed_line_is_left_as_it_is(draft: Plan, owner: Membership) -> None:
    budget = read_budget(draft, typed(draft, {"D10": 1}))

    assert budget.changes == ()
    assert (10, "computed") in [(row.row, row.why.value) for row in budget.result.skipped]
    assert budget.result.accepted == 2


def test_rows_may_be_moved_and_notes_added(draft: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(exported(draft, "en").content), data_only=True)
    sheet = book["Budget"]
    sheet.insert_rows(1, 3)
    sheet.insert_cols(3)
    sheet["B40"] = "Ghi chú của kế toán"
    sheet["B41"] = "Người lập: Hạnh"

    result = read_budget(draft, SentFile("b.xlsx", saved(book))).result
    assert (result.accepted, result.changed, result.rejected) == (3, 0, ())


def test_a_row_that_is_no_line_yet_is_named(draft: Plan) -> None:
    file = typed(draft, {"B15": "Bảo hiểm", "D15": 5_000_000})

    [rejected] = read_budget(draft, file).result.rejected
    assert (rejected.row, rejected.found, rejected.code) == (15, "Bảo hiểm", Code.UNKNOWN_LINE)


def test_an_emptied_cell_stays_as_it_is(draft: Plan) -> None:
    assert read_budget(draft, typed(draft, {"F13": None})).changes == ()


def test_a_negative_cost_is_refused_with_its_cell(draft: Plan) -> None:
    [rejected] = read_budget(draft, typed(draft, {"F13": -5})).result.rejected

    assert (rejected.row, rejected.column, rejected.code) == (13, "F", Code.NOT_A_NUMBER)
    assert rejected.reason == "A cost or a payment is typed as a positive number."


def test_one_bad_row_stops_everything(draft: Plan, owner: Membership) -> None:
    budget = read_budget(draft, typed(draft, {"F13": "nhiều", "D7": 200_000_000}))

    assert import_budget(draft, budget, partial=False, actor=owner).status is Status.REFUSED
    assert planned(draft, "REV")[0] == 100_000_000
    assert import_budget(draft, budget, partial=True, actor=owner).status is Status.IMPORTED
    assert planned(draft, "REV")[0] == 200_000_000


def test_the_workbook_of_another_year_is_refused(draft: Plan) -> None:
    last_year = make_plan(draft.company, 2025, Month(2025, 1))
    make_year(make_line(last_year, code="RENT"))

    with pytest.raises(FileRefused, match="made of plan 2025 of “babycare-house”"):
        read_budget(draft, exported(last_year))


def test_the_workbook_of_another_company_is_refused(draft: Plan) -> None:
    other = make_plan(make_company("other-house"))
    make_year(make_line(other, code="RENT"))

    with pytest.raises(FileRefused, match="made of plan 2026 of “other-house”"):
        read_budget(draft, exported(other))


def test_an_approved_plan_is_not_changed(draft: Plan, owner: Membership) -> None:
    budget = read_budget(draft, typed(draft, {"F13": 40_000_000}))
    draft.status = "approved"
    draft.save()

    with pytest.raises(RuleViolation, match="Propose an adjustment"):
        import_budget(draft, budget, partial=False, actor=owner)
    assert planned(draft, "RENT") == [35_000_000] * 12


def test_a_change_of_somebody_else_is_not_overwritten(draft: Plan, owner: Membership) -> None:
    budget = read_budget(draft, typed(draft, {"F13": 40_000_000}))
    rent = BudgetLine.objects.for_company(draft.company).get(code="RENT")
    version = LineMonth.objects.for_company(draft.company).filter(line=rent)[2].version
    set_planned(rent.pk, Month(2026, 3), 1_000_000, version, actor=owner)

    with pytest.raises(RuleViolation, match="Somebody changed the budget"):
        import_budget(draft, budget, partial=False, actor=owner)
    assert planned(draft, "RENT")[2] == 1_000_000


def test_the_shape_of_the_plan_folder_is_read(draft: Plan) -> None:
    row = ",".join(["36000000"] * 11)

    budget = read_budget(draft, csv_file(f"line_code,{MONTHS}", f"RENT,{row},", name="budget.csv"))
    assert (budget.result.changed, budget.result.unchanged) == (11, 0)
    assert Month(2026, 12) not in budget.result.totals["RENT"]


def test_names_near_misses_and_strangers(draft: Plan) -> None:
    rows: Rows = [
        ["Khoản mục", "T1", "T2", "T3"],
        ["TIEN THUE", 1, 2, 3],
        ["Tiền thuêe", 1, 2, 3],
        ["Bảo hiểm", 1, 2, 3],
        ["Mặt bằng", None, None, None],
        ["Tiền thuê", 4, 5, 6],
    ]

    result = read_budget(draft, xlsx_file(rows)).result
    assert [(row.row, row.suggested) for row in result.to_confirm] == [(3, "RENT")]
    codes = [(row.row, row.code) for row in result.rejected]
    assert codes == [(4, Code.UNKNOWN_LINE), (6, Code.DUPLICATE)]
    assert [row.row for row in result.skipped] == [5]


def test_the_sheet_with_the_most_months_is_meant(draft: Plan) -> None:
    with pytest.raises(FileRefused, match="row of months"):
        read_budget(draft, csv_file("Khoản mục,2025-01,2025-02,2025-03", "RENT,1,2,3"))


def test_a_fiscal_year_over_two_calendar_years(company: object, db: None) -> None:
    plan = make_plan(make_company("april-house"), 2026, Month(2026, 4))
    make_month(make_line(plan, code="RENT", kind="opex"), Month(2027, 3), 5)

    budget = read_budget(plan, csv_file("line,T4,T5,T3", "RENT,1,2,7"))
    assert [(str(one.month), one.before, one.after) for one in budget.changes] == [
        ("2026-04", None, 1),
        ("2026-05", None, 2),
        ("2027-03", 5, 7),
    ]


def test_frames_never_hold_floats_of_money() -> None:
    big: Amounts = {"A": {JANUARY: 999_999_999_999_999}, "B": {JANUARY: None}}
    frame = aligned(big, {"A": {JANUARY: 999_999_999_999_998}})

    kinds = {name: str(frame[name].dtype) for name in ("amount_before", "amount_after")}
    assert kinds == {"amount_before": "Int64", "amount_after": "Int64"}
    assert str(long_frame(big)["amount"].dtype) == "Int64"
    assert [change.difference for change in changed_cells(big, {"A": {JANUARY: 0}})] == [
        -999_999_999_999_999
    ]
    assert {str(kind) for kind in frame_of([]).dtypes} <= {"object"}
    with pytest.raises(TypeError, match="floats: amount"):
        assert_raw(long_frame(big).astype({"amount": "float64"}))


@pytest.mark.parametrize("currency", ["VND", "USD", "KWD"])
def test_every_currency_comes_back_as_it_went(currency: str, db: None) -> None:
    company = make_company("round-trip", currency=currency, language="en")
    plan = make_plan(company)
    line = make_line(plan, code="RENT", kind="opex")
    for month, amount in zip(plan.year, (0, 1, 10, 99, 100, 12_345, 10**15 - 1), strict=False):
        make_month(line, month, amount)

    result = read_budget(plan, exported(plan)).result
    assert (result.changed, result.unchanged) == (0, 7)


@pytest.mark.parametrize("currency", ["VND", "USD", "KWD"])
@settings(max_examples=30, deadline=None)
@given(amounts=st.lists(st.integers(0, 10**15 - 1) | st.none(), min_size=12, max_size=12))
def test_a_file_of_a_plan_folder_holds_minor_units(
    currency: str, amounts: list[int | None]
) -> None:
    year = FiscalYear(JANUARY)
    lines = (ReadLine("RENT", (), LineKind.OPEX),)
    plan = ReadPlan(plan_key("x", 2026), year, Currency.of(currency), "vi", lines)
    row = ",".join("" if amount is None else str(amount) for amount in amounts)
    file = csv_file(f"line_code,{MONTHS}", f"RENT,{row}")

    read = read_grid(read_tables(file.name, file.content), plan, label=2026)
    pairs = zip(year, amounts, strict=True)
    assert read.amounts == {"RENT": {month: one for month, one in pairs if one is not None}}


def test_the_command_refuses_an_approved_plan(
    draft: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    path = tmp_path / "budget.csv"
    path.write_text(f"line_code,{MONTHS}\nRENT,1,,,,,,,,,,,\n", encoding="utf-8")
    draft.status = "approved"
    draft.save()

    output = StringIO()
    with pytest.raises(CommandError, match="Propose an adjustment") as refused:
        call_command(
            "import_budget", draft.company.slug, "2026", str(path), "--format=json", stdout=output
        )
    assert refused.value.returncode == 2
    assert json.loads(output.getvalue())["status"] == "refused"
    assert planned(draft, "RENT") == [35_000_000] * 12

"""Entries out of files: what is booked, what is not, and that nothing is booked twice."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from aop.calc.months import Month
from aop.calc.reading.import_result import Code, ImportResult, Status
from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Membership
from budgets.models import BudgetLine, LineMonth
from budgets.spreadsheets.gate import FileRefused
from planning.models import Plan
from tests.factories import close_month, make_entry, make_line
from tests.tracking.import_files import Rows, csv_file, xlsx_file
from tracking.models import Entry
from tracking.services.actual_imports import import_actuals, preview_actuals, read_actuals
from tracking.services.uploads import SentFile

HEAD = "Ngày,Khoản mục,Số tiền,Diễn giải,Số chứng từ"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Let refusals speak English."""
    with translation.override("en"):
        yield


@pytest.fixture
def rent(plan: Plan) -> BudgetLine:
    """The rent of a plan in force, called `Mặt bằng` in files."""
    plan.status = "approved"
    plan.save()
    return make_line(plan, "Tiền thuê", code="RENT", kind="opex", aliases=["Mặt bằng"])


def preview(plan: Plan, file: SentFile) -> ImportResult:
    return preview_actuals(plan, read_actuals(plan, file)).result


def take(plan: Plan, file: SentFile, actor: Membership, *, partial: bool = False) -> ImportResult:
    return import_actuals(plan, read_actuals(plan, file), partial=partial, actor=actor)


def amounts(plan: Plan) -> list[int]:
    return list(Entry.objects.for_company(plan.company).values_list("amount", flat=True))


def test_it_books_every_entry_with_its_source(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, '5/1/2026,Mặt bằng,"35.000.000",Thuê T1,PC-1', "6/2/2026,RENT,1tr5,,")

    result = take(rent.plan, file, accountant)
    first, second = Entry.objects.for_company(rent.company).filter(plan=rent.plan)
    assert (result.status, result.accepted) == (Status.IMPORTED, 2)
    assert (first.date, first.amount, first.note) == (date(2026, 1, 5), 35_000_000, "Thuê T1")
    assert (first.ref, first.source, first.logged_by) == ("PC-1", "entries.csv", accountant.user)
    assert (second.amount, second.code) == (1_500_000, f"N{second.pk}")


def test_it_keeps_the_totals_of_the_months(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, "5/1/2026,RENT,100,,a", "9/1/2026,RENT,50,,b")

    take(rent.plan, file, accountant)
    month = LineMonth.objects.for_company(rent.company).get(line=rent)
    assert (month.first_day, month.actual_amount) == (date(2026, 1, 1), 150)


def test_it_is_written_into_the_history_once(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, "5/1/2026,RENT,100,,a", "9/1/2026,RENT,50,,b")

    take(rent.plan, file, accountant)
    line = AuditEntry.objects.for_company(rent.company).get(action="tracking.entry.imported")
    assert line.actor == accountant.user
    assert line.changes == {"RENT 2026-01": [None, 150]}
    assert line.reason == f"entries.csv · sha256 {file.sha256}"


def test_entries_of_private_lines_stay_private_in_the_history(
    rent: BudgetLine, accountant: Membership
) -> None:
    make_line(rent.plan, "Lương", code="PAY", kind="opex", is_private=True)

    take(rent.plan, csv_file(HEAD, "5/1/2026,PAY,100,,"), accountant)
    assert AuditEntry.objects.for_company(rent.company).get().is_private


def test_the_same_file_twice_changes_nothing(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, "5/1/2026,RENT,100,,", "6/1/2026,RENT,200,,")
    take(rent.plan, file, accountant)

    again = take(rent.plan, file, accountant)
    assert (again.status, again.rejected) == (Status.ALREADY_IMPORTED, ())
    assert amounts(rent.plan) == [100, 200]


def test_what_is_booked_by_hand_is_not_booked_again(
    rent: BudgetLine, accountant: Membership
) -> None:
    make_entry(rent, date(2026, 1, 5), 100, note="Thuê  T1")
    file = csv_file(HEAD, "5/1/2026,RENT,100,Thuê T1,", "6/1/2026,RENT,200,,")

    result = take(rent.plan, file, accountant)
    assert result.status is Status.REFUSED
    assert [(row.row, row.code) for row in result.rejected] == [(2, Code.DUPLICATE)]
    assert amounts(rent.plan) == [100]


def test_a_withdrawn_entry_can_be_imported_again(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, "5/1/2026,RENT,100,,")
    take(rent.plan, file, accountant)
    Entry.objects.for_company(rent.company).update(withdrawn_at="2026-11-22T00:00:00Z")

    assert take(rent.plan, file, accountant).status is Status.IMPORTED


def test_one_bad_row_stops_the_whole_file(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, "5/1/2026,RENT,100,,", "32/1/2026,RENT,200,,")

    result = take(rent.plan, file, accountant)
    assert (result.status, result.accepted) == (Status.REFUSED, 1)
    assert amounts(rent.plan) == []
    assert not AuditEntry.objects.for_company(rent.company).exists()


def test_it_leaves_bad_rows_out_when_asked(rent: BudgetLine, accountant: Membership) -> None:
    file = csv_file(HEAD, "5/1/2026,RENT,100,,", "32/1/2026,RENT,200,,")

    result = take(rent.plan, file, accountant, partial=True)
    assert (result.status, len(result.rejected)) == (Status.IMPORTED, 1)
    assert amounts(rent.plan) == [100]


def test_a_draft_takes_no_entries(plan: Plan, accountant: Membership) -> None:
    make_line(plan, code="RENT")
    actuals = read_actuals(plan, csv_file(HEAD, "5/1/2026,RENT,100,,"))

    with pytest.raises(RuleViolation, match="Approve the plan first"):
        import_actuals(plan, actuals, partial=False, actor=accountant)


def test_a_month_closed_after_the_preview_takes_nothing(
    rent: BudgetLine, accountant: Membership
) -> None:
    actuals = read_actuals(rent.plan, csv_file(HEAD, "5/1/2026,RENT,100,,", "5/2/2026,RENT,1,,"))
    close_month(rent.plan, Month(2026, 1))

    with pytest.raises(RuleViolation, match="is closed"):
        import_actuals(rent.plan, actuals, partial=True, actor=accountant)
    assert amounts(rent.plan) == []


ROWS = {
    "5/1/2026,Tiền thuêe,100,,": None,  # near, so it is asked about
    "5/1/2026,Điện,100,,": Code.UNKNOWN_LINE,
    "5/1/2026,,100,,": Code.UNKNOWN_LINE,
    "5/1/2026,Dự phòng,100,,": Code.UNKNOWN_LINE,
    ",RENT,100,,": Code.BAD_DATE,
    "15/1,RENT,100,,": Code.BAD_DATE,
    "1/13/2026,RENT,100,,": Code.BAD_DATE,
    "5/1/2027,RENT,100,,": Code.OUTSIDE_YEAR,
    "5/3/2026,RENT,100,,": Code.CLOSED_MONTH,
    "5/1/2026,RENT,,,": Code.NOT_A_NUMBER,
    "5/1/2026,RENT,12.5,,": Code.AMBIGUOUS_NUMBER,
    "5/1/2026,RENT,5 USD,,": Code.NOT_A_NUMBER,
}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_never_guessed(row: str, rent: BudgetLine) -> None:
    make_line(rent.plan, "Dự phòng", kind="contingency")
    close_month(rent.plan, Month(2026, 3))

    result = preview(rent.plan, csv_file(HEAD, row))
    assert [rejected.code for rejected in result.rejected] == ([ROWS[row]] if ROWS[row] else [])
    assert [doubt.suggested for doubt in result.to_confirm] == ([] if ROWS[row] else ["RENT"])
    assert result.accepted == 0


def test_a_rejected_cell_is_named_with_what_was_found(rent: BudgetLine) -> None:
    [rejected] = preview(rent.plan, csv_file(HEAD, "5/1/2026,RENT,nhiều,,")).rejected

    assert (rejected.row, rejected.column, rejected.found) == (2, "C", "nhiều")


def test_headings_sums_and_balances_are_skipped(rent: BudgetLine) -> None:
    file = csv_file(
        HEAD,
        ",THÁNG 1,,,",
        "5/1/2026,RENT,100,,",
        ",Cộng phát sinh,100,,",
        "Tổng cộng,,100,,",
        HEAD,
        ",,,Người lập: Hạnh,",
    )

    result = preview(rent.plan, file)
    assert [(row.row, row.why.value) for row in result.skipped] == [
        (2, "heading"),
        (4, "total"),
        (5, "total"),
        (6, "heading"),
        (7, "note"),
    ]
    assert (result.accepted, result.rejected) == (1, ())


def test_an_amount_of_0_is_no_entry(rent: BudgetLine) -> None:
    result = preview(rent.plan, csv_file(HEAD, "5/1/2026,RENT,0,,"))

    assert [row.why.value for row in result.skipped] == ["nothing"]


def test_the_header_may_stand_lower_and_state_a_unit(rent: BudgetLine) -> None:
    rows: Rows = [
        ["CÔNG TY ABC"],
        ["ĐVT: triệu đồng"],
        [],
        ["Ngày chứng từ", "Diễn giải", "Hạng mục", "Giá trị"],
        [date(2026, 5, 4), "Thuê", "Mặt bằng", 12.5],
    ]

    result = preview(rent.plan, xlsx_file(rows, sheet="Sổ"))
    assert (result.sheet, result.unit) == ("Sổ", 1_000_000)
    assert result.totals == {"RENT": {Month(2026, 5): 12_500_000}}


def test_money_paid_back_is_a_negative_amount_of_financing(rent: BudgetLine) -> None:
    make_line(rent.plan, "Vay ngân hàng", code="LOAN", kind="financing")
    file = csv_file("Ngày,Khoản mục,Thu,Chi", "5/1/2026,LOAN,900,", "5/2/2026,LOAN,-,50")

    assert preview(rent.plan, file).totals["LOAN"] == {Month(2026, 1): 900, Month(2026, 2): -50}


def test_a_formula_without_a_result_is_no_amount(rent: BudgetLine) -> None:
    rows: Rows = [["Ngày", "Khoản mục", "Số tiền"], [date(2026, 5, 4), "RENT", "=100+1"]]

    [rejected] = preview(rent.plan, xlsx_file(rows)).rejected
    assert (rejected.code, rejected.column) == (Code.NO_CACHED_VALUE, "C")


def test_a_file_without_heads_is_refused(rent: BudgetLine) -> None:
    with pytest.raises(FileRefused, match="Date, Budget line and Amount"):
        read_actuals(rent.plan, csv_file("a,b", "1,2"))


def test_amounts_follow_the_currency(rent: BudgetLine) -> None:
    rent.company.currency = "USD"
    rent.company.save()
    plan = Plan.objects.for_company(rent.company).get()

    result = preview(plan, csv_file("Date;Category;Amount", "2026-01-05;RENT;1.234,56"))
    assert result.totals == {"RENT": {Month(2026, 1): 123_456}}


def test_thousands_of_rows_are_booked_at_once(
    rent: BudgetLine,
    accountant: Membership,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    file = csv_file(HEAD, *(f"{1 + n % 28}/1/2026,RENT,{n + 1},,R{n}" for n in range(3000)))
    actuals = read_actuals(rent.plan, file)

    with django_assert_max_num_queries(80):
        import_actuals(rent.plan, actuals, partial=False, actor=accountant)
    assert sum(amounts(rent.plan)) == 3000 * 3001 // 2

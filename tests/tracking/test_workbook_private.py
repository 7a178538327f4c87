"""Private lines in workbooks of those who may not see them: neither named nor to be computed."""

import pytest

from aop.calc.months import Month
from planning.models import Plan
from tests.factories import (
    close_month,
    make_adjustment,
    make_entry,
    make_line,
    make_move,
    make_year,
)
from tests.tracking.test_workbook_budget import opened, row_of, texts_of, workbook
from tests.tracking.workbook_formulas import Calculator

SALARY = 77_500_000


@pytest.fixture
def paid(plan: Plan) -> Plan:
    """A plan in force with a salary that is private, and one month closed."""
    make_year(make_line(plan, "Bán hàng", kind="revenue"), 200_000_000)
    make_year(make_line(plan, "Tiền thuê", kind="opex", group="Cố định"), 35_000_000)
    salary = make_line(plan, "Lương", kind="opex", group="Cố định", code="PAY", is_private=True)
    make_year(salary, SALARY)
    make_entry(salary, note="Lương tháng 1", amount=SALARY)
    make_move(make_adjustment(plan), salary, amount=5_000_000)
    plan.status = "approved"
    plan.save()
    close_month(plan, Month(2026, 1))
    return plan


def amounts_of(content: bytes) -> set[object]:
    return {
        cell.value
        for sheet in opened(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int)
    }


def test_the_accountant_sees_them(paid: Plan) -> None:
    book = opened(workbook(paid, language="en"))

    assert row_of(book, "Budget", "Lương")["D"] == SALARY


def test_others_find_no_trace_of_a_single_one(paid: Plan) -> None:
    content = workbook(paid, language="en", shows_private=False)

    texts = texts_of(opened(content))
    assert not [text for text in texts if "Lương" in text or "PAY" in text]
    given_away = {SALARY, 12 * SALARY, 112_500_000, 12 * 112_500_000, 87_500_000, 5_000_000}
    assert amounts_of(content) & given_away == set()


def test_sums_that_would_give_it_away_are_left_out(paid: Plan) -> None:
    texts = texts_of(opened(workbook(paid, language="en", shows_private=False)))

    assert "Revenue" in texts
    assert not {"Operating costs", "Operating profit", "Total Cố định", "Cash"} & set(texts)
    assert "Private lines are not listed. Sums that would give one away are left out." in texts


def test_several_of_them_stand_together(paid: Plan) -> None:
    make_year(make_line(paid, "Thưởng", kind="opex", group="Cố định", is_private=True), 10_000_000)

    content = workbook(paid, language="en", shows_private=False)
    together = row_of(opened(content), "Budget", "2 private lines")
    assert (together["A"], together["D"]) == ("aop:private", SALARY + 10_000_000)
    assert row_of(opened(content), "Budget", "Operating costs")["D"] == 122_500_000
    assert all(check.agrees for check in Calculator(content).checks())

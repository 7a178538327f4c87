"""What tests of the budget start from."""

import pytest

from aop.calc.months import Month
from budgets.models import BudgetLine
from planning.models import Plan
from tests.budgets.adjusting import MILLION
from tests.budgets.pages import approve, filled_line
from tests.factories import close_month


@pytest.fixture
def ads(plan: Plan) -> BudgetLine:
    """Social ads of 10 million a month, in an approved plan whose June is closed."""
    line = filled_line(plan, "marketing", 10 * MILLION, name="Quảng cáo", code="MKT")
    filled_line(plan, "purchase", 50 * MILLION, name="Nhập hàng", code="PUR")
    filled_line(plan, "cogs", 30 * MILLION, name="Giá vốn", code="COGS", cash_lag="")
    filled_line(plan, "revenue", 100 * MILLION, name="Doanh thu", code="REV")
    approve(plan)
    for number in range(1, 7):
        close_month(plan, Month(2026, number))
    return line

"""A plan in force whose budget can be adjusted, for the tests of adjustments."""

from typing import Any

from aop.calc.months import Month
from budgets.models import BudgetLine, LineMonth
from budgets.services.adjustment_rules import LineMove, Proposal
from planning.models import Plan

JUNE, JULY, AUGUST = Month(2026, 6), Month(2026, 7), Month(2026, 8)
MILLION = 1_000_000


def line_of(plan: Plan, code: str) -> BudgetLine:
    return BudgetLine.objects.for_company(plan.company).get(plan=plan, code=code)


def proposal(plan: Plan, *moves: tuple[str, Month, int], **values: Any) -> Proposal:
    texts = {"reason": "Giá nhập tăng", "trade_off": "Bớt quảng cáo", "effective_from": JULY}
    lines = [LineMove(line_of(plan, code), month, amount) for code, month, amount in moves]
    return Proposal(**{**texts, "moves": lines, **values})


def planned(plan: Plan, code: str, month: Month = JULY) -> int | None:
    rows = LineMonth.objects.for_company(plan.company)
    return rows.get(line__code=code, first_day=month.first_day).planned_amount

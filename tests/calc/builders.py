"""Small plans to compute on: every value can be set, none is random."""

from decimal import Decimal
from typing import Any

from aop.calc.cells import NO_CELLS, Cells
from aop.calc.figures import Figures
from aop.calc.lines import LineKind
from aop.calc.measures import TotalMeasure
from aop.calc.months import FiscalYear, Month
from aop.calc.report.facts import (
    Basis,
    GoalFacts,
    GoalKind,
    KpiFacts,
    LineFacts,
    PlanFacts,
    Thresholds,
    Unit,
)
from aop.calc.status import Better, Materiality, Threshold

AT_ONCE = (Decimal(1),)
YEAR = FiscalYear(Month(2026, 4))


def threshold(green: str, amber: str, band: str, *, better: Better, least: int = 0) -> Threshold:
    return Threshold(Decimal(green), Decimal(amber), Decimal(band), better, least)


THRESHOLDS = Thresholds(
    attainment=threshold("0.98", "0.93", "0.01", better=Better.HIGHER),
    share_gap=threshold("-1", "-3", "0.5", better=Better.HIGHER),
    floor_gap=threshold("0", "-1", "0.25", better=Better.HIGHER),
    cap_gap=threshold("0.25", "1", "0.25", better=Better.LOWER),
    spend_ratio=threshold("1.03", "1.1", "0.01", better=Better.LOWER, least=10),
)


def cells(*amounts: int | None) -> Cells:
    """The first months; the others have no value."""
    return (*amounts, *NO_CELLS[len(amounts) :])


def make_line(code: str = "REV", kind: LineKind = LineKind.REVENUE, **values: Any) -> LineFacts:
    """A line of 100 each month, planned as its baseline, paid at once."""
    planned = values.pop("planned", (100,) * 12)
    has_cash = kind not in (LineKind.COGS, LineKind.CONTINGENCY)
    return LineFacts(
        code,
        kind,
        planned=planned,
        **{"baseline": planned, "cash_lag": AT_ONCE if has_cash else ()} | values,
    )


def make_kpi(code: str = "K", **values: Any) -> KpiFacts:
    defaults: dict[str, Any] = {
        "unit": Unit.MONEY,
        "better": Better.HIGHER,
        "measure": TotalMeasure(("REV",)),
    }
    return KpiFacts(code, **defaults | values)


def make_goal(kind: GoalKind = GoalKind.GROW, **values: Any) -> GoalFacts:
    defaults: dict[str, Any] = {
        "code": "G",
        "kpi_code": "K",
        "target": Decimal(1200),
        "basis": Basis.FULL_YEAR,
        "baseline": Decimal(1000),
        "owner": "P",
    }
    return GoalFacts(kind=kind, **defaults | values)


def make_plan(*lines: LineFacts, closed: int = 0, **values: Any) -> PlanFacts:
    """A dollar company from April without stock, looked at after `closed` months."""
    through = YEAR.months[closed - 1] if closed else None
    defaults: dict[str, Any] = {
        "company": "bike-shop",
        "label": 2026,
        "year": YEAR,
        "currency": "USD",
        "closed_through": through,
        "through": through,
        "thresholds": THRESHOLDS,
        "materiality": Materiality(50, Decimal("0.05")),
    }
    return PlanFacts(lines=lines, **defaults | values)


def make_figures(*lines: LineFacts, closed: int = 0, **values: Any) -> Figures:
    return Figures(make_plan(*lines, closed=closed, **values))

"""A shop small enough to compute in the head, for the examples in this package's docstrings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from aop.calc.lines import LineKind
from aop.calc.measures import TotalMeasure
from aop.calc.months import FiscalYear, Month
from aop.calc.report.facts import (
    AllocationFacts,
    Basis,
    GoalFacts,
    GoalKind,
    InitiativeFacts,
    KpiFacts,
    LineFacts,
    MilestoneFacts,
    PersonFacts,
    PlanFacts,
    RiskFacts,
    Thresholds,
    TriggerFacts,
    Unit,
)
from aop.calc.status import Better, Materiality, Threshold

_AT_ONCE = (Decimal(1),)
_YEAR = FiscalYear(Month(2026, 1))
_RATIO = Threshold(Decimal("0.98"), Decimal("0.93"), Decimal("0.01"), Better.HIGHER)
_GAP = Threshold(Decimal(0), Decimal(-1), Decimal("0.25"), Better.HIGHER)
_CAP = Threshold(Decimal("0.25"), Decimal(1), Decimal("0.25"), Better.LOWER)
_SPEND = Threshold(Decimal("1.03"), Decimal("1.1"), Decimal("0.01"), Better.LOWER, min_amount=5)


def shop(closed: int = 3) -> PlanFacts:
    """Return a year in which 100 a month is planned to be sold and 90 was, after some closes.

    Goods cost 60 of 100, the rent is 30 a month and paid at once.

    >>> [line.code for line in shop().lines], str(shop(3).through)
    (['REV', 'COGS', 'RENT'], '2026-03')
    """
    through = _YEAR.months[closed - 1] if closed else None
    return PlanFacts(
        company="shop",
        label=2026,
        year=_YEAR,
        currency="USD",
        closed_through=through,
        through=through,
        thresholds=Thresholds(_RATIO, _GAP, _GAP, _CAP, _SPEND),
        materiality=Materiality(10, Decimal("0.05")),
        opening_cash=50,
        minimum_cash=20,
        lines=_lines(),
        goals=(
            GoalFacts("G1", GoalKind.GROW, "K1", Decimal(1200), Basis.FULL_YEAR, Decimal(1000)),
        ),
        kpis=(KpiFacts("K1", Unit.MONEY, Better.HIGHER, TotalMeasure(("REV",))),),
        initiatives=(
            InitiativeFacts(
                "I1",
                goals=("G1",),
                owner="P1",
                budget=(("RENT", 60),),
                milestones=(MilestoneFacts("Opening", date(2026, 2, 28)),),
            ),
        ),
        people=(PersonFacts("P1", Decimal(40)),),
        allocations=(AllocationFacts("P1", "I1", (Decimal(110), *(Decimal(50),) * 11)),),
        risks=(RiskFacts("R1", 3, 4, TriggerFacts("K1", "<", Decimal(95))),),
    )


def _lines() -> tuple[LineFacts, ...]:
    revenue = LineFacts("REV", LineKind.REVENUE, cash_lag=_AT_ONCE, last_year=(80,) * 12)
    goods = LineFacts("COGS", LineKind.COGS, driver_code="REV", driver_ratio=Decimal("0.6"))
    rent = LineFacts("RENT", LineKind.OPEX, cash_lag=_AT_ONCE)
    return _line(revenue, 100, 90), _line(goods, 60, 54), _line(rent, 30, 30)


def _line(line: LineFacts, plan: int, actual: int) -> LineFacts:
    return replace(line, baseline=(plan,) * 12, planned=(plan,) * 12, actual=(actual,) * 12)

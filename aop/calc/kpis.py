"""What each KPI came to, month and year to date, and its colour (METHODS.md §9; DOMAIN §19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aop.calc.figures import Column, Figures
from aop.calc.measures import (
    AttainmentMeasure,
    ClosingCashMeasure,
    ClosingStockMeasure,
    LoadMeasure,
    ManualMeasure,
    Measure,
    TotalMeasure,
)
from aop.calc.report.facts import KpiFacts, Unit
from aop.calc.rounding import PERCENT, half_up, ratio_of, rounded_ratio
from aop.calc.status import Better, Status, ThresholdName, colours


@dataclass(frozen=True, slots=True)
class KpiMonth:
    """A KPI at the end of one closed month, exact and in its unit; None is not known."""

    month: Fraction | None
    ytd: Fraction | None
    target: Fraction | None
    status: Status | None


def follow_kpi(kpi: KpiFacts, figures: Figures) -> list[KpiMonth]:
    """Follow a KPI through the closed months, with its colour in each (METHODS.md §9).

    Exact values in the KPI's unit. Totals add up and ratios are Σ ÷ Σ of the period; stock, cash,
    load and typed values are states, whose value to date is that of the month.

    >>> from aop.calc.report.example import shop
    >>> [int(at.ytd or 0) for at in follow_kpi(shop().kpis[0], Figures(shop()))]
    [90, 180, 270]
    """
    months = [kpi_value(kpi, figures, i, i + 1) for i in range(figures.closed)]
    to_date = [kpi_value(kpi, figures, 0, i + 1) for i in range(figures.closed)]
    targets = kpi_targets(kpi)[: figures.closed]
    found = _colours(kpi, figures, months, to_date, targets)
    rows = zip(months, to_date, targets, found, strict=True)
    return [KpiMonth(*row) for row in rows]


def kpi_value(kpi: KpiFacts, figures: Figures, start: int, end: int) -> Fraction | None:
    """Measure the actuals of a period of closed months; a state is that of its last month.

    Exact, in the KPI's unit; None when a part is not known or the base is 0 (METHODS.md §9).

    >>> from aop.calc.report.example import shop
    >>> kpi_value(shop().kpis[0], Figures(shop()), 1, 3)
    Fraction(180, 1)
    """
    match kpi.measure:
        case ClosingStockMeasure():
            return exact(figures.stock[end - 1])
        case ClosingCashMeasure():
            return Fraction(figures.cash[end - 1].closing)
        case LoadMeasure(person):
            loads = figures.loads.get(person)
            return loads[end - 1] if loads else Fraction(0)
        case ManualMeasure():
            return exact(kpi.actuals[end - 1]) if kpi.actuals else None
        case AttainmentMeasure(codes):
            planned = figures.amount(codes, Column.PLANNED, start, end)
            return ratio_of(figures.amount(codes, Column.ACTUAL, start, end), planned)
    return figures.measured(kpi.measure, Column.ACTUAL, start, end)


def kpi_targets(kpi: KpiFacts) -> tuple[Fraction | None, ...]:
    """Return the twelve monthly targets, exact; None where there is none (METHODS.md §9).

    >>> from aop.calc.report.example import shop
    >>> kpi_targets(shop().kpis[0])[:2]
    (None, None)
    """
    return tuple(exact(target) for target in kpi.targets) or (None,) * 12


def rounded_value(value: Fraction | None, unit: Unit) -> int | Decimal | None:
    """Print a KPI's value: money in whole minor units, else 6 places, half-up (METHODS.md §2).

    >>> rounded_value(Fraction(5, 2), Unit.MONEY), rounded_value(Fraction(1, 3), Unit.RATIO)
    (3, Decimal('0.333333'))
    """
    if value is None or unit is not Unit.MONEY:
        return rounded_ratio(value)
    return half_up(value)


def exact(value: Decimal | int | None) -> Fraction | None:
    """Return a number as a fraction; None stays None.

    >>> exact(Decimal("0.35"))
    Fraction(7, 20)
    """
    return None if value is None else Fraction(value)


def relative_gap(value: Fraction | None, limit: Fraction | None, unit: Unit) -> Fraction | None:
    """Return `value − limit` in points: × 100 for a ratio, else in percent of |limit|.

    Exact; None when a side is not known, or the limit of another unit is 0 (METHODS.md §10).

    >>> relative_gap(Fraction(34, 100), Fraction(35, 100), Unit.RATIO)
    Fraction(-1, 1)
    >>> relative_gap(Fraction(180), Fraction(200), Unit.MONEY)
    Fraction(-10, 1)
    """
    if value is None or limit is None:
        return None
    if unit is Unit.RATIO:
        return PERCENT * (value - limit)
    return None if limit == 0 else PERCENT * (value - limit) / abs(limit)


def _colours(
    kpi: KpiFacts,
    figures: Figures,
    months: Sequence[Fraction | None],
    to_date: Sequence[Fraction | None],
    targets: Sequence[Fraction | None],
) -> list[Status | None]:
    is_higher = kpi.better is Better.HIGHER
    limit = exact(kpi.floor if is_higher else kpi.cap)
    values: list[Fraction | None]
    if limit is not None:
        name = ThresholdName.FLOOR_GAP if is_higher else ThresholdName.CAP_GAP
        values = [relative_gap(value, limit, kpi.unit) for value in to_date]
    elif kpi.unit is Unit.RATIO:
        name = ThresholdName.SHARE_GAP
        sign = 1 if is_higher else -1
        gaps = map(relative_gap, months, targets, [kpi.unit] * len(months))
        values = [None if gap is None else sign * gap for gap in gaps]
    else:
        name = ThresholdName.ATTAINMENT if is_higher else ThresholdName.SPEND_RATIO
        if isinstance(kpi.measure, TotalMeasure):
            values = list(map(positive_quotient, to_date, _running_sums(targets)))
        else:
            values = list(map(positive_quotient, months, targets))
    return colours(values, figures.scales[name])


def positive_quotient(value: Fraction | None, base: Fraction | None) -> Fraction | None:
    """Return `value ÷ base`; None when a side is not known or the base is not above 0.

    >>> positive_quotient(Fraction(1), Fraction(4)), positive_quotient(Fraction(1), Fraction(0))
    (Fraction(1, 4), None)
    """
    if value is None or base is None or base <= 0:
        return None
    return value / base


def _running_sums(targets: Sequence[Fraction | None]) -> list[Fraction | None]:
    sums: list[Fraction | None] = []
    so_far: Fraction | None = Fraction(0)
    for target in targets:
        so_far = None if so_far is None or target is None else so_far + target
        sums.append(so_far)
    return sums


def is_planless(measure: Measure) -> bool:
    """Say whether the budget holds no plan of the measure: its targets are its plan.

    >>> is_planless(ManualMeasure()), is_planless(ClosingCashMeasure())
    (True, False)
    """
    return isinstance(measure, ManualMeasure | LoadMeasure | AttainmentMeasure)

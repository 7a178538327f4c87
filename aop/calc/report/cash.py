"""Report: cash by month and its lowest points, and the closing stock (METHODS.md §6, §17)."""

from collections.abc import Sequence
from dataclasses import dataclass

from aop.calc.cash import CashMonth
from aop.calc.figures import CashLow, Figures
from aop.calc.months import Month


@dataclass(frozen=True, slots=True)
class CashRow:
    """The cash of one month in minor units."""

    month: Month
    opening: int
    closing: int
    below_minimum: bool


@dataclass(frozen=True, slots=True)
class Cash:
    """The block `cash`: actuals then plan, and the lowest of the twelve in three projections."""

    months: tuple[CashRow, ...]
    lowest: CashLow | None
    lowest_at_pace: CashLow | None
    lowest_planned: CashLow | None


@dataclass(frozen=True, slots=True)
class StockRow:
    """The closing stock of one closed month in minor units."""

    month: Month
    closing: int


def report_cash(figures: Figures) -> Cash:
    """Show the cash of all twelve months and the lowest closing of the year (METHODS.md §6).

    >>> from aop.calc.report.example import shop
    >>> report_cash(Figures(shop())).months[2].closing
    230
    """
    return Cash(
        months=cash_rows(figures, figures.cash),
        lowest=figures.cash_low(figures.cash),
        lowest_at_pace=figures.cash_low(figures.cash_at_pace),
        lowest_planned=figures.cash_low(figures.cash_planned),
    )


def cash_rows(figures: Figures, months: Sequence[CashMonth]) -> tuple[CashRow, ...]:
    """Set each month of a projection against the minimum cash (METHODS.md §6).

    >>> from aop.calc.report.example import shop
    >>> cash_rows(Figures(shop()), Figures(shop()).cash)[0].below_minimum
    False
    """
    return tuple(
        CashRow(month, at.opening, at.closing, at.closing < figures.facts.minimum_cash)
        for month, at in zip(figures.facts.year.months, months, strict=True)
    )


def report_stock(figures: Figures) -> tuple[StockRow, ...]:
    """Show the closing stock of the closed months; empty when no stock is kept (METHODS.md §17).

    >>> from aop.calc.report.example import shop
    >>> report_stock(Figures(shop()))
    ()
    """
    pairs = zip(figures.facts.year.months, figures.stock[: figures.closed], strict=False)
    return tuple(StockRow(month, closing) for month, closing in pairs if closing is not None)

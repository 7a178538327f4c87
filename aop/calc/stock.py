"""Stock rolled forward: opening + purchases − cost of goods sold (METHODS.md §17; DOMAIN §7)."""

from aop.calc.cells import NO_CELLS, Cells
from aop.calc.rounding import divide_half_up

DAYS = 30


def roll_stock(
    opening: int | None, purchases: Cells, cogs: Cells, counted: Cells = NO_CELLS
) -> Cells:
    """Return the closing stock of the twelve months, at cost.

    Minor units; may be negative, which means that the records disagree. An empty cell moves
    nothing. A counted closing replaces the computed one and carries on. All None when no stock
    is kept (METHODS.md §17).

    >>> roll_stock(100, (10,) * 12, (30,) * 12, (None, 70) + (None,) * 10)[:3]
    (80, 70, 50)
    """
    if opening is None:
        return NO_CELLS
    closings = []
    closing = opening
    for bought, sold, count in zip(purchases, cogs, counted, strict=True):
        closing = closing + (bought or 0) - (sold or 0) if count is None else count
        closings.append(closing)
    return tuple(closings)


def stock_days(closing: int | None, cogs_next_month: int | None) -> int | None:
    """Say for how many days the stock lasts: closing ÷ planned cogs of the next month × 30.

    Whole days, half-up. None when a side is not known or nothing is planned to be sold
    (METHODS.md §17).

    >>> stock_days(1_000, 400), stock_days(1_000, 0)
    (75, None)
    """
    if closing is None or not cogs_next_month:
        return None
    return divide_half_up(closing * DAYS, cogs_next_month)

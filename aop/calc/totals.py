"""The seven totals of a plan and how each is made of line kinds (METHODS.md §3)."""

from collections.abc import Callable
from enum import StrEnum

from aop.calc.lines import OPERATING_COSTS, LineKind
from aop.calc.status import Better


class TotalName(StrEnum):
    """The totals that pages and the report speak of."""

    REVENUE = "revenue"
    COGS = "cogs"
    GROSS_PROFIT = "gross_profit"
    MARKETING = "marketing"
    OPERATING_COSTS = "operating_costs"
    OPERATING_PROFIT = "operating_profit"
    PURCHASES = "purchases"


Kinds = tuple[LineKind, ...]
_REVENUE: Kinds = (LineKind.REVENUE,)
_COGS: Kinds = (LineKind.COGS,)
_SUMS: dict[TotalName, Kinds] = {
    TotalName.REVENUE: _REVENUE,
    TotalName.COGS: _COGS,
    TotalName.MARKETING: (LineKind.MARKETING,),
    TotalName.OPERATING_COSTS: OPERATING_COSTS,
    TotalName.PURCHASES: (LineKind.PURCHASE,),
}
BETTER: dict[TotalName, Better] = {
    TotalName.REVENUE: Better.HIGHER,
    TotalName.COGS: Better.LOWER,
    TotalName.GROSS_PROFIT: Better.HIGHER,
    TotalName.MARKETING: Better.LOWER,
    TotalName.OPERATING_COSTS: Better.LOWER,
    TotalName.OPERATING_PROFIT: Better.HIGHER,
}


def total_of(
    name: TotalName, amount: Callable[[Kinds], int | None], present: frozenset[LineKind]
) -> int | None:
    """Make one total of the sums by kind; minor units, costs positive (METHODS.md §3).

    `amount` gives the sum over the lines of some kinds, None when none has a value; `present` are
    the kinds the company has lines of. Gross profit is None without revenue or cogs. For the
    operating profit a kind without lines counts as nothing; any other None makes it None.

    >>> sums = {("revenue",): 100, ("cogs",): None, ("marketing", "opex", "variable"): 30}
    >>> kinds = frozenset({LineKind.REVENUE, LineKind.OPEX})
    >>> total_of(TotalName.OPERATING_PROFIT, sums.get, kinds)
    70
    """
    if name is TotalName.GROSS_PROFIT:
        sold, cost = amount(_REVENUE), amount(_COGS)
        return None if sold is None or cost is None else sold - cost
    if name is TotalName.OPERATING_PROFIT:
        return _operating_profit(amount, present)
    return amount(_SUMS[name])


def _operating_profit(
    amount: Callable[[Kinds], int | None], present: frozenset[LineKind]
) -> int | None:
    profit = None
    for kinds, sign in ((_REVENUE, 1), (_COGS, -1), (OPERATING_COSTS, -1)):
        if present.isdisjoint(kinds):
            continue
        part = amount(kinds)
        if part is None:
            return None
        profit = (profit or 0) + sign * part
    return profit

"""Cash by month: what comes in and goes out with its delay (METHODS.md §6; DOMAIN §8)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aop.calc.cells import NO_CELLS, Cells
from aop.calc.lines import RULES, LineKind
from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.report.facts import LineFacts
from aop.calc.rounding import divide_half_up

_AT_ONCE = (Decimal(1),)
_NOTHING: Sequence[int] = (0,) * MONTHS_PER_YEAR


@dataclass(frozen=True, slots=True)
class CashFlows:
    """Twelve months of money moved, in minor units: all positive but financing, + in and − out."""

    receipts: tuple[int, ...]
    payments: tuple[int, ...]
    financing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CashMonth:
    """The cash of one month in minor units.

    `unexplained` = counted − computed closing, where somebody counted; `closing` then is the count.
    """

    opening: int
    receipts: int
    payments: int
    financing: int
    closing: int
    unexplained: int | None


def line_cash(
    amounts: Sequence[int | None], lag: Sequence[Decimal], opening_balance: int = 0
) -> list[int]:
    """Move a line's months into the months in which the money moves (METHODS.md §6).

    Minor units, the line's own sign. Each share but the last is rounded half-up and the last
    takes the remainder; what falls after the twelfth month is left out. The opening balance
    moves in full in the first month. An empty cell moves nothing; without a lag nothing is cash.

    >>> line_cash((101, None, 7), (Decimal("0.75"), Decimal("0.25")), 50)
    [126, 25, 5]
    """
    if not lag:
        return [0] * len(amounts)
    if tuple(lag) == _AT_ONCE:
        moved = [amount or 0 for amount in amounts]
    else:
        moved = _delayed(amounts, [share.as_integer_ratio() for share in lag])
    moved[0] += opening_balance
    return moved


def _delayed(amounts: Sequence[int | None], shares: list[tuple[int, int]]) -> list[int]:
    months = len(amounts)
    last = len(shares) - 1
    moved = [0] * (months + last)
    for index, amount in enumerate(amounts):
        if amount:
            left = amount
            for delay in range(last):
                numerator, denominator = shares[delay]
                part = divide_half_up(amount * numerator, denominator)
                moved[index + delay] += part
                left -= part
            moved[index + last] += left
    return moved[:months]


def cash_flows(lines: Iterable[LineFacts], amounts_of: Callable[[LineFacts], Cells]) -> CashFlows:
    """Add up the cash of all lines: revenue comes in, every other kind goes out.

    Minor units. Financing has its own sign. Cogs and contingency never move cash, whatever lag
    they carry (METHODS.md §6).

    >>> rent = LineFacts("RENT", LineKind.OPEX, cash_lag=(Decimal(1),), planned=(35,) * 12)
    >>> cash_flows([rent], lambda line: line.planned).payments[:2]
    (35, 35)
    """
    receipts, payments, financing = [_NOTHING], [_NOTHING], [_NOTHING]
    for line in lines:
        direction = RULES[line.kind].cash
        if not direction or not line.cash_lag:
            continue
        into = receipts if direction > 0 else payments
        if line.kind is LineKind.FINANCING:
            into = financing
        into.append(line_cash(amounts_of(line), line.cash_lag, line.opening_balance))
    return CashFlows(*(_by_month(rows) for rows in (receipts, payments, financing)))


def _by_month(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def project_cash(
    opening: int, flows: CashFlows, counted: Cells = NO_CELLS
) -> tuple[CashMonth, ...]:
    """Carry the cash from month to month: opening + receipts − payments + financing.

    Minor units; a closing below 0 means that the money is not there. A counted closing replaces
    the computed one and carries on (METHODS.md §6).

    >>> flows = CashFlows((10,) * 12, (25,) * 12, (0,) * 12)
    >>> [month.closing for month in project_cash(100, flows, (None, 60) + (None,) * 10)[:3]]
    [85, 60, 45]
    """
    months = []
    for into, out, lent, count in zip(
        flows.receipts, flows.payments, flows.financing, counted, strict=True
    ):
        computed = opening + into - out + lent
        closing = computed if count is None else count
        unexplained = None if count is None else count - computed
        months.append(CashMonth(opening, into, out, lent, closing, unexplained))
        opening = closing
    return tuple(months)


def lowest_month(months: Sequence[CashMonth], start: int = 0) -> int | None:
    """Return the index of the lowest closing from `start` on, the earliest on a tie.

    None when no month is left (METHODS.md §6).

    >>> flows = CashFlows((0,) * 12, (1,) + (0,) * 11, (0,) * 12)
    >>> lowest_month(project_cash(5, flows)), lowest_month(project_cash(5, flows), 12)
    (0, None)
    """
    return min(range(start, len(months)), key=lambda i: months[i].closing, default=None)


def after_spending(months: Sequence[CashMonth], spent: Sequence[int]) -> list[int]:
    """Return the closings when `spent` leaves on top of them, month by month.

    Minor units; `spent` is positive for money out, by the month in which it moves (METHODS.md §6).

    >>> flows = CashFlows((0,) * 12, (0,) * 12, (0,) * 12)
    >>> after_spending(project_cash(50, flows), [0, 20] + [0] * 10)[:3]
    [50, 30, 30]
    """
    closings = []
    gone = 0
    for month, amount in zip(months, spent, strict=True):
        gone += amount
        closings.append(month.closing - gone)
    return closings

"""Spreads a yearly amount over months so that the months add up to it exactly (METHODS.md §19)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from aop.calc.rounding import half_up

Weight = int | Decimal | Fraction


def spread_by_weights(total: int, weights: Sequence[Weight], *, step: int = 1) -> tuple[int, ...]:
    """Share out an amount in proportion to weights, by largest remainder (METHODS.md §19).

    Args:
        total: Minor units; a negative total is spread as its absolute value and negated.
        weights: One per month, none below zero; a month of weight 0 gets nothing.
        step: Months are multiples of it where that is possible: 1,000 or 10,000 for
            pleasant numbers. What the total has beyond whole steps goes to the month of the
            largest weight.

    Returns:
        One amount per weight; they always add up to `total`. Of equal remainders, or equal
        largest weights, the earliest month wins.

    Raises:
        ValueError: A weight below zero, all weights 0, or a step below 1.

    >>> spread_by_weights(100, [1, 1, 1]), spread_by_weights(-100, [1, 2, 4])
    ((34, 33, 33), (-14, -29, -57))
    >>> spread_by_weights(100_500, [1, 3], step=1_000)
    (25000, 75500)
    """
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    if step < 1 or whole <= 0 or min(weights) < 0:
        raise ValueError("Weights must not be negative nor all 0, and a step must be at least 1")
    if total < 0:
        return tuple(-part for part in spread_by_weights(-total, weights, step=step))
    steps, beyond = divmod(total, step)
    quotas = [steps * Fraction(weight) / whole for weight in weights]
    shares = [int(quota) for quota in quotas]
    left = steps - sum(shares)
    by_remainder = sorted(range(len(quotas)), key=lambda i: (shares[i] - quotas[i], i))
    for i in by_remainder[:left]:
        shares[i] += 1
    amounts = [share * step for share in shares]
    amounts[_first_largest(weights)] += beyond
    return tuple(amounts)


def spread_evenly(total: int, months: int, *, step: int = 1) -> tuple[int, ...]:
    """Share out an amount in equal parts; what is left over goes to the earliest months.

    Any sign; the parts add up to `total` (METHODS.md §19). Raises ValueError without a month.

    >>> spread_evenly(100, 12)
    (9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8)
    """
    return spread_by_weights(total, (1,) * months, step=step)


def respread(
    total: int,
    amounts: Sequence[int | None],
    is_open: Sequence[bool],
    weights: Sequence[Weight] | None = None,
    *,
    step: int = 1,
) -> tuple[int | None, ...]:
    """Bring a line to a new yearly total by its open months alone (METHODS.md §19).

    Args:
        total: The year's new total in minor units.
        amounts: The months as they are; None is "no plan" and counts as nothing.
        is_open: Which months may change; the others stay as they are.
        weights: One per month; None spreads evenly.
        step: As in `spread_by_weights`.

    Returns:
        The months, adding up to `total`.

    Raises:
        ValueError: No open month, or the open months' weights are all 0 or below zero.

    >>> respread(100, [40, 10, 10], [False, True, True])
    (40, 30, 30)
    """
    kept = sum(amount or 0 for amount, opened in zip(amounts, is_open, strict=True) if not opened)
    chosen = (1,) * len(amounts) if weights is None else weights
    shares = iter(
        spread_by_weights(
            total - kept,
            [weight for weight, opened in zip(chosen, is_open, strict=True) if opened],
            step=step,
        )
    )
    return tuple(
        next(shares) if opened else amount for amount, opened in zip(amounts, is_open, strict=True)
    )


def follow_driver(ratio: Decimal, driver: Sequence[int | None]) -> tuple[int | None, ...]:
    """Compute a line from the line that drives it, month by month (METHODS.md §19).

    Args:
        ratio: A fraction of the driver: 0.05 is 5 %.
        driver: The driver's months in minor units; None, not known, gives None.

    Returns:
        Minor units, each month rounded half-up; the year is their sum, which may differ
        from ratio × year by some minor units.

    >>> follow_driver(Decimal("0.05"), [100, 110, None])
    (5, 6, None)
    """
    return tuple(None if amount is None else half_up(Fraction(ratio) * amount) for amount in driver)


def _first_largest(weights: Sequence[Weight]) -> int:
    return max(range(len(weights)), key=lambda i: (weights[i], -i))

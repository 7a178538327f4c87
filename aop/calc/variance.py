"""Variance = actual − planned, what it means, and when it needs a comment (METHODS.md §4)."""

from dataclasses import dataclass
from decimal import Decimal

from aop.calc.lines import RULES, LineKind, Meaning
from aop.calc.rounding import RATIO_PLACES, quotient_places
from aop.calc.status import Better, Materiality

ALWAYS_MATERIAL = 3
_NEVER_MATERIAL = (LineKind.CONTINGENCY, LineKind.FINANCING)


@dataclass(frozen=True, slots=True)
class Variance:
    """`amount` in minor units, `ratio` a fraction of the plan, `meaning` None when nothing differs.

    `ratio` has 6 places and is None when nothing was planned.
    """

    amount: int
    ratio: Decimal | None
    meaning: Meaning | None


def line_variance(planned: int | None, actual: int | None, kind: LineKind) -> Variance | None:
    """Compare what happened with what was planned (METHODS.md §4).

    Args:
        planned: Planned amount in minor units; None means no plan, which is not a plan of 0.
        actual: Recorded amount in minor units; None means not known yet, which is not zero.
        kind: Decides which way is favourable: more revenue is, more cost is not.

    Returns:
        `amount = actual − planned`; `ratio = amount / |planned|` half-up to 6 places, None when
        nothing was planned. None when either side is not known.

    >>> line_variance(200, 250, LineKind.OPEX)
    Variance(amount=50, ratio=Decimal('0.250000'), meaning=<Meaning.ADVERSE: 'adverse'>)
    """
    if planned is None or actual is None:
        return None
    amount = actual - planned
    ratio = quotient_places(amount, abs(planned), RATIO_PLACES) if planned else None
    return Variance(amount, ratio, kind_meaning(amount, kind))


def kind_meaning(amount: int | None, kind: LineKind) -> Meaning | None:
    """Say what a variance on a line does; None when there is none or it is not known.

    >>> kind_meaning(-1, LineKind.PURCHASE), kind_meaning(1, LineKind.REVENUE)
    (<Meaning.NEUTRAL: 'neutral'>, <Meaning.FAVOURABLE: 'favourable'>)
    """
    if not amount:
        return None
    return RULES[kind].over if amount > 0 else RULES[kind].under


def total_meaning(amount: int | None, better: Better) -> Meaning | None:
    """Say what a variance of a total does; None when there is none or it is not known.

    >>> total_meaning(-1, Better.HIGHER), total_meaning(0, Better.LOWER)
    (<Meaning.ADVERSE: 'adverse'>, None)
    """
    if not amount:
        return None
    return Meaning.FAVOURABLE if (amount > 0) == (better is Better.HIGHER) else Meaning.ADVERSE


def is_material(planned: int | None, actual: int | None, limit: Materiality) -> bool:
    """Say whether a variance is large enough to need a comment (METHODS.md §11; DOMAIN §10).

    Large in amount and ratio at once, or three times the amount; without a plan the actual
    alone decides. Amounts in minor units; either direction. False while there is no actual.

    >>> is_material(100, 106, Materiality(5, Decimal("0.05")))
    True
    """
    if actual is None:
        return False
    size = abs(actual - (planned or 0))
    if not size or size < limit.amount:
        return False
    is_large = not planned or size >= ALWAYS_MATERIAL * limit.amount
    return is_large or size >= limit.ratio * abs(planned or 0)


def line_is_material(
    kind: LineKind, planned: int | None, actual: int | None, limit: Materiality
) -> bool:
    """Say whether a line needs a comment; contingency and financing never do (METHODS.md §11).

    >>> line_is_material(LineKind.CONTINGENCY, 100, 0, Materiality(5, Decimal("0.05")))
    False
    """
    return kind not in _NEVER_MATERIAL and is_material(planned, actual, limit)

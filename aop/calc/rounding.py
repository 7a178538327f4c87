"""Half-up rounding, away from zero, in exact integers (METHODS.md §2; DOMAIN §13)."""

from decimal import Decimal
from fractions import Fraction

RATIO_PLACES = 6
POINT_PLACES = 4
PERCENT = 100


def divide_half_up(numerator: int, denominator: int) -> int:
    """Return `numerator / denominator` rounded half-up to an integer; a half moves away from zero.

    Any unit; the sign is that of the quotient. Raises ZeroDivisionError when the
    denominator is 0 (METHODS.md §2).

    >>> divide_half_up(5, 2), divide_half_up(-5, 2), divide_half_up(7, -3)
    (3, -3, -2)
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def half_up(value: Fraction) -> int:
    """Round an exact value half-up to an integer; a half moves away from zero (METHODS.md §2).

    >>> half_up(Fraction(1, 2)), half_up(Fraction(-1, 2)), half_up(Fraction(5, 4))
    (1, -1, 1)
    """
    return divide_half_up(value.numerator, value.denominator)


def quotient_places(numerator: int, denominator: int, places: int) -> Decimal:
    """Return `numerator / denominator` half-up to that many decimal places (METHODS.md §2).

    Never gives a negative zero. Raises ZeroDivisionError when the denominator is 0.

    >>> quotient_places(2, 3, 6), quotient_places(-1, 10_000_000, 6)
    (Decimal('0.666667'), Decimal('0.000000'))
    """
    return Decimal(divide_half_up(numerator * 10**places, denominator)).scaleb(-places)


def half_up_places(value: Fraction | int, places: int) -> Decimal:
    """Round an exact value half-up to that many decimal places (METHODS.md §2).

    >>> half_up_places(Fraction(1, 3), 6)
    Decimal('0.333333')
    """
    return quotient_places(value.numerator, value.denominator, places)


def ratio_of(numerator: int | None, denominator: int | None) -> Fraction | None:
    """Return the exact quotient; None when either side is not known or the base is 0.

    >>> ratio_of(1, 4), ratio_of(1, 0), ratio_of(None, 4)
    (Fraction(1, 4), None, None)
    """
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)


def rounded_ratio(value: Fraction | None) -> Decimal | None:
    """Print a ratio: 6 places, half-up; None stays None (METHODS.md §2).

    >>> rounded_ratio(Fraction(2, 3))
    Decimal('0.666667')
    """
    return None if value is None else half_up_places(value, RATIO_PLACES)


def rounded_points(planned: Fraction | None, actual: Fraction | None) -> Decimal | None:
    """Return `100 · (actual − planned)` in percentage points: 4 places, half-up.

    None when either ratio is not known (METHODS.md §4).

    >>> rounded_points(Fraction(35, 100), Fraction(346, 1000))
    Decimal('-0.4000')
    """
    if planned is None or actual is None:
        return None
    return half_up_places(PERCENT * (actual - planned), POINT_PLACES)

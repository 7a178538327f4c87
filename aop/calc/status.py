"""Green, amber, red: thresholds with a band on the way back (METHODS.md §10; DOMAIN §9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aop.calc.cells import Cells


class Status(StrEnum):
    """The colour of a judgement; None stands for "no number yet"."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Better(StrEnum):
    """Which way a measure is meant to go."""

    HIGHER = "higher"
    LOWER = "lower"


class ThresholdName(StrEnum):
    """The five thresholds of a plan."""

    ATTAINMENT = "attainment"
    SHARE_GAP = "share_gap"
    FLOOR_GAP = "floor_gap"
    CAP_GAP = "cap_gap"
    SPEND_RATIO = "spend_ratio"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where green and amber end, and the band a better colour has to clear.

    `attainment` and `spend_ratio` are ratios (0.98), the three gaps percentage points (−1.0).
    `min_amount`, in minor units, is used by `spend_ratio` for budget lines alone.
    """

    green: Decimal
    amber: Decimal
    hysteresis: Decimal
    better: Better
    min_amount: int = 0


@dataclass(frozen=True, slots=True)
class Materiality:
    """From which size a variance needs a comment: an amount in minor units and a ratio."""

    amount: int
    ratio: Decimal


_BEST_FIRST = (Status.GREEN, Status.AMBER, Status.RED)
_RANK = {Status.GREEN: 0, Status.AMBER: 1, Status.RED: 2}


class Scale:
    """A threshold made exact, so that thousands of values are judged without rounding."""

    __slots__ = ("_banded", "_plain", "_sign", "min_amount")

    def __init__(self, threshold: Threshold) -> None:
        self._sign = 1 if threshold.better is Better.HIGHER else -1
        ends = [self._sign * Fraction(end) for end in (threshold.green, threshold.amber)]
        band = Fraction(threshold.hysteresis)
        self._plain = [(end.numerator, end.denominator) for end in ends]
        self._banded = [((end + band).numerator, (end + band).denominator) for end in ends]
        self.min_amount = threshold.min_amount

    def colour(self, numerator: int, denominator: int, before: Status | None) -> Status:
        """Judge `numerator / denominator` (denominator above 0) after the colour `before`.

        A worse colour is taken at once; a better one only when the value clears the end of
        that colour plus the band (METHODS.md §10). None before: no band.

        >>> ends = (Decimal("0.98"), Decimal("0.93"), Decimal("0.01"))
        >>> scale = Scale(Threshold(*ends, Better.HIGHER))
        >>> scale.colour(985, 1000, None), scale.colour(985, 1000, Status.AMBER)
        (<Status.GREEN: 'green'>, <Status.AMBER: 'amber'>)
        """
        found = self._first_reached(self._plain, numerator, denominator)
        if before is None or _RANK[found] >= _RANK[before]:
            return found
        cleared = self._first_reached(self._banded, numerator, denominator)
        return cleared if _RANK[cleared] < _RANK[before] else before

    def _first_reached(
        self, ends: list[tuple[int, int]], numerator: int, denominator: int
    ) -> Status:
        value = self._sign * numerator
        for colour, (end_numerator, end_denominator) in zip(_BEST_FIRST, ends, strict=False):
            if value * end_denominator >= end_numerator * denominator:
                return colour
        return Status.RED


def colours(values: Iterable[Fraction | None], scale: Scale) -> list[Status | None]:
    """Judge a value month after month; a month without a value clears the memory (METHODS.md §10).

    >>> scale = Scale(Threshold(Decimal(-1), Decimal(-3), Decimal("0.5"), Better.HIGHER))
    >>> [str(c) for c in colours([Fraction(-2), Fraction(-1), None, Fraction(-1)], scale)]
    ['amber', 'amber', 'None', 'green']
    """
    found: list[Status | None] = []
    before: Status | None = None
    for value in values:
        before = None if value is None else scale.colour(value.numerator, value.denominator, before)
        found.append(before)
    return found


def spend_colours(planned: Cells, actual: Cells, closed: int, scale: Scale) -> list[Status | None]:
    """Judge the pace of a spending line to date, one colour per closed month (METHODS.md §10).

    Amounts are minor units of single months. Overspending less than the scale's `min_amount` is
    green; spending from `min_amount` on without a plan is red. None while the plan to date is
    missing or negative, or when there is neither plan nor actual.

    >>> ends = (Decimal("1.03"), Decimal("1.1"), Decimal("0.01"))
    >>> scale = Scale(Threshold(*ends, Better.LOWER, min_amount=2))
    >>> [str(c) for c in spend_colours((100, 100), (101, 114), 2, scale)]
    ['green', 'amber']
    """
    found: list[Status | None] = []
    before: Status | None = None
    plan_to_date: int | None = None
    actual_to_date = 0
    for plan, spent in zip(planned[:closed], actual[:closed], strict=True):
        if plan is not None:
            plan_to_date = plan + (plan_to_date or 0)
        actual_to_date += spent or 0
        before = _spend_colour(plan_to_date, actual_to_date, before, scale)
        found.append(before)
    return found


def _spend_colour(
    planned: int | None, actual: int, before: Status | None, scale: Scale
) -> Status | None:
    if planned is None or planned < 0 or (planned == 0 and actual <= 0):
        return None
    if actual - planned < scale.min_amount:
        return Status.GREEN
    if planned == 0:
        return Status.RED
    return scale.colour(actual, planned, before)

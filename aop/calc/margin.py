"""Why the gross profit differs: volume, mix and rate, without a residual (METHODS.md §7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from aop.calc.rounding import half_up


@dataclass(frozen=True, slots=True)
class Segment:
    """The revenue and cost of one channel, planned and actual, in minor units.

    A missing amount counts as 0. `has_unplanned_cost`: there are cogs lines, yet none of their
    cells is planned.
    """

    planned_revenue: int
    planned_cost: int
    actual_revenue: int
    actual_cost: int
    has_unplanned_cost: bool = False


@dataclass(frozen=True, slots=True)
class MarginSplit:
    """The variance of the gross profit and its three parts, which add up to it; minor units."""

    gross_profit_variance: int
    volume: int
    mix: int
    rate: int


def split_margin(segments: Sequence[Segment]) -> MarginSplit | None:
    """Split the gross profit's variance exactly (METHODS.md §7; DOMAIN §6).

    Positive helps the profit. Volume and mix are rounded half-up, rate takes what is left.
    None when nothing was planned to be sold, or when a segment that was to sell has a cost that
    nobody planned.

    >>> split_margin([Segment(100, 60, 120, 72), Segment(100, 80, 100, 85)])
    MarginSplit(gross_profit_variance=3, volume=6, mix=2, rate=-5)
    """
    planned_revenue = sum(one.planned_revenue for one in segments)
    if planned_revenue == 0:
        return None
    if any(one.has_unplanned_cost and one.planned_revenue for one in segments):
        return None
    actual_revenue = sum(one.actual_revenue for one in segments)
    planned_profit = planned_revenue - sum(one.planned_cost for one in segments)
    actual_profit = actual_revenue - sum(one.actual_cost for one in segments)
    planned_margin = Fraction(planned_profit, planned_revenue)
    volume = half_up((actual_revenue - planned_revenue) * planned_margin)
    growth = Fraction(actual_revenue, planned_revenue)
    mix = half_up(
        sum(
            (
                (one.actual_revenue - one.planned_revenue * growth) * _margin(one, planned_margin)
                for one in segments
            ),
            Fraction(0),
        )
    )
    variance = actual_profit - planned_profit
    return MarginSplit(variance, volume, mix, variance - volume - mix)


def _margin(one: Segment, otherwise: Fraction) -> Fraction:
    if one.planned_revenue == 0:
        return otherwise
    return Fraction(one.planned_revenue - one.planned_cost, one.planned_revenue)

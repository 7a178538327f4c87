"""Green, amber, red: thresholds with a band on the way back (METHODS.md §10; DOMAIN §9)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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

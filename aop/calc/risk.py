"""Risks on the 5 × 5 map and the triggers that say one has arrived (METHODS.md §13; DOMAIN §11)."""

import operator
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from aop.calc.report.facts import TriggerFacts

CLEAN_MONTHS = 2
_HIGHEST_IMPACT = 5
_OPERATORS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class RiskLevel(StrEnum):
    """How grave a risk is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class RiskState(StrEnum):
    """Where a risk with a trigger stands."""

    NORMAL = "normal"
    WARNING = "warning"
    FIRED = "fired"


_LEVELS = ((20, RiskLevel.CRITICAL), (12, RiskLevel.HIGH), (6, RiskLevel.MEDIUM))


def risk_score(likelihood: int, impact: int) -> int:
    """Return likelihood × impact, each from 1 to 5 (METHODS.md §13).

    >>> risk_score(4, 3)
    12
    """
    return likelihood * impact


def risk_level(likelihood: int, impact: int) -> RiskLevel:
    """Grade the score: to 5 low, to 11 medium, to 19 high, above critical (METHODS.md §13).

    An impact of 5 is at least medium.

    >>> risk_level(2, 2), risk_level(1, 5), risk_level(4, 3)
    (<RiskLevel.LOW: 'low'>, <RiskLevel.MEDIUM: 'medium'>, <RiskLevel.HIGH: 'high'>)
    """
    score = risk_score(likelihood, impact)
    for least, level in _LEVELS:
        if score >= least:
            return level
    return RiskLevel.MEDIUM if impact == _HIGHEST_IMPACT else RiskLevel.LOW


def is_hit(value: Fraction | None, trigger: TriggerFacts) -> bool | None:
    """Compare one month's exact value with the trigger; None when the value is not known.

    >>> from decimal import Decimal
    >>> is_hit(Fraction(34, 100), TriggerFacts("GM", "<", Decimal("0.35")))
    True
    """
    if value is None:
        return None
    return bool(_OPERATORS[trigger.op](value, Fraction(trigger.value)))


def fired_months(values: Sequence[Fraction | None], trigger: TriggerFacts) -> list[int]:
    """Return the indexes of all months in which the run of hits is long enough (METHODS.md §13).

    Every such month, not only the first. A month that is not known neither ends the run nor
    counts as a hit.

    >>> from decimal import Decimal
    >>> low = [Fraction(1), Fraction(0), None, Fraction(0), Fraction(0)]
    >>> fired_months(low, TriggerFacts("CASH", "<", Decimal("0.5"), consecutive=2))
    [3, 4]
    """
    fired = []
    run = 0
    for index, value in enumerate(values):
        hit = is_hit(value, trigger)
        if hit is None:
            continue
        run = run + 1 if hit else 0
        if run >= trigger.consecutive:
            fired.append(index)
    return fired


def risk_state(values: Sequence[Fraction | None], trigger: TriggerFacts) -> RiskState:
    """Say where the risk stands after the last of `values` (METHODS.md §13).

    Fired until two clean months have passed; a hit before the run is long enough is a warning.
    Months that are not known change nothing.

    >>> from decimal import Decimal
    >>> trigger = TriggerFacts("CASH", "<", Decimal(1), consecutive=1)
    >>> risk_state([Fraction(0), Fraction(2)], trigger)
    <RiskState.FIRED: 'fired'>
    >>> risk_state([Fraction(0), Fraction(2), Fraction(2)], trigger)
    <RiskState.NORMAL: 'normal'>
    """
    run = clean = 0
    has_fired = False
    for value in values:
        hit = is_hit(value, trigger)
        if hit is None:
            continue
        run, clean = (run + 1, 0) if hit else (0, clean + 1)
        has_fired = run >= trigger.consecutive or (has_fired and clean < CLEAN_MONTHS)
    if has_fired:
        return RiskState.FIRED
    return RiskState.WARNING if run else RiskState.NORMAL

"""The 5 × 5 map: likelihood upwards, impact to the right, risks in their fields."""

from collections.abc import Iterable
from dataclasses import dataclass

from aop.calc.risk import RiskLevel, risk_level
from planning.models import Risk

SCALE = range(1, 6)


@dataclass(frozen=True, slots=True)
class MapField:
    """One field of the map with the open risks in it."""

    impact: int
    level: RiskLevel
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class MapRow:
    """The five fields of one likelihood."""

    likelihood: int
    fields: tuple[MapField, ...]


def risk_map(risks: Iterable[Risk]) -> tuple[MapRow, ...]:
    """Return the rows of the map from the highest likelihood down; closed risks are left out."""
    known = [risk for risk in risks if not risk.is_closed]
    return tuple(
        MapRow(
            likelihood,
            tuple(
                MapField(
                    impact,
                    risk_level(likelihood, impact),
                    tuple(r for r in known if (r.likelihood, r.impact) == (likelihood, impact)),
                )
                for impact in SCALE
            ),
        )
        for likelihood in reversed(SCALE)
    )

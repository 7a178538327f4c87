"""What a KPI measures: structured data, never a formula language (METHODS.md §9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from aop.calc.rounding import ratio_of


@dataclass(frozen=True, slots=True)
class TotalMeasure:
    """The sum of lines, in money."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatioMeasure:
    """The sum of some lines divided by the sum of others."""

    of: tuple[str, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarginMeasure:
    """`(revenue − cost) / revenue`."""

    revenue: tuple[str, ...]
    cost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosingStockMeasure:
    """The stock at the end of the month."""


@dataclass(frozen=True, slots=True)
class ClosingCashMeasure:
    """The cash at the end of the month."""


@dataclass(frozen=True, slots=True)
class AttainmentMeasure:
    """The actual of some lines divided by their current plan."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadMeasure:
    """How much of a person's month is given away; 1 is all of it."""

    person: str


@dataclass(frozen=True, slots=True)
class ManualMeasure:
    """What somebody types each month."""


Measure = (
    TotalMeasure
    | RatioMeasure
    | MarginMeasure
    | ClosingStockMeasure
    | ClosingCashMeasure
    | AttainmentMeasure
    | LoadMeasure
    | ManualMeasure
)


def parse_measure(document: Mapping[str, Any]) -> Measure:
    """Read the structured form of the plan folder (CONTRACT §3, `kpis.json`).

    Raises ValueError for anything else.

    >>> parse_measure({"ratio": {"of": ["ONL"], "to": ["ONL", "STORE"]}})
    RatioMeasure(of=('ONL',), to=('ONL', 'STORE'))
    """
    if len(document) != 1:
        raise ValueError("a measure has exactly one key")
    ((name, value),) = document.items()
    match name, value:
        case (("total" | "attainment"), list()):
            return (TotalMeasure if name == "total" else AttainmentMeasure)(_codes(value))
        case "ratio", {"of": list(of), "to": list(to)}:
            return RatioMeasure(_codes(of), _codes(to))
        case "margin", {"revenue": list(revenue), "cost": list(cost)}:
            return MarginMeasure(_codes(revenue), _codes(cost))
        case "load_of", str(person):
            return LoadMeasure(person)
        case (("closing_stock" | "closing_cash" | "manual"), True):
            return _STATES[name]
    raise ValueError(f"{name!r} is not a measure, or holds the wrong thing")


def measure_document(measure: Measure) -> dict[str, Any]:
    """Return the structured form that `parse_measure` reads.

    >>> measure_document(TotalMeasure(("ONL", "STORE")))
    {'total': ['ONL', 'STORE']}
    """
    match measure:
        case TotalMeasure(codes):
            return {"total": list(codes)}
        case AttainmentMeasure(codes):
            return {"attainment": list(codes)}
        case RatioMeasure(of, to):
            return {"ratio": {"of": list(of), "to": list(to)}}
        case MarginMeasure(revenue, cost):
            return {"margin": {"revenue": list(revenue), "cost": list(cost)}}
        case LoadMeasure(person):
            return {"load_of": person}
    return {next(name for name, state in _STATES.items() if state == measure): True}


def measure_codes(measure: Measure) -> tuple[str, ...]:
    """Return every line code that the measure names, in order.

    >>> measure_codes(MarginMeasure(("REV",), ("COGS",)))
    ('REV', 'COGS')
    """
    match measure:
        case TotalMeasure(codes) | AttainmentMeasure(codes):
            return codes
        case RatioMeasure(first, second) | MarginMeasure(first, second):
            return first + second
    return ()


def line_value(
    measure: Measure, amount: Callable[[tuple[str, ...]], int | None]
) -> Fraction | None:
    """Measure lines over a period; `amount` gives the sum of codes in that period.

    Exact: a total in minor units, a ratio or margin as a fraction, always Σ ÷ Σ and never an
    average. None when a part is not known, when the base is 0, and for the measures that are not
    made of lines alone (METHODS.md §9).

    >>> line_value(RatioMeasure(("ONL",), ("ALL",)), {("ONL",): 9, ("ALL",): 20}.get)
    Fraction(9, 20)
    """
    match measure:
        case TotalMeasure(codes):
            found = amount(codes)
            return None if found is None else Fraction(found)
        case RatioMeasure(of, to):
            return ratio_of(amount(of), amount(to))
        case MarginMeasure(revenue, cost):
            sold, spent = amount(revenue), amount(cost)
            return None if sold is None or spent is None else ratio_of(sold - spent, sold)
    return None


_STATES: dict[str, Measure] = {
    "closing_stock": ClosingStockMeasure(),
    "closing_cash": ClosingCashMeasure(),
    "manual": ManualMeasure(),
}


def _codes(values: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError("a measure names lines by their codes")
    return tuple(values)

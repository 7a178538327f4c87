"""How much of each person's month is given away (METHODS.md §12; DOMAIN §12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from aop.calc.months import MONTHS_PER_YEAR
from aop.calc.report.facts import AllocationFacts, PersonFacts
from aop.calc.rounding import PERCENT, half_up

WEEKS_PER_YEAR = 52


@dataclass(frozen=True, slots=True)
class Overload:
    """A person's month above 1; `index` counts the months of the fiscal year from 0."""

    person: str
    index: int
    load: Fraction


def person_loads(
    people: Iterable[PersonFacts], allocations: Iterable[AllocationFacts]
) -> dict[str, tuple[Fraction, ...]]:
    """Add up what each person has to do, month by month, as a fraction of the person's own month.

    1 is a full month; 0 without any allocation; exact (METHODS.md §12).

    >>> work = AllocationFacts("P1", "BAU", (Decimal(60),) * 12)
    >>> more = AllocationFacts("P1", "I1", (Decimal(50),) * 12)
    >>> person_loads([PersonFacts("P1", Decimal(48))], [work, more])["P1"][0]
    Fraction(11, 10)
    """
    percents = {person.code: [Decimal(0)] * MONTHS_PER_YEAR for person in people}
    for allocation in allocations:
        row = percents.setdefault(allocation.person, [Decimal(0)] * MONTHS_PER_YEAR)
        for index, percent in enumerate(allocation.percents):
            row[index] += percent
    return {
        code: tuple(Fraction(percent) / PERCENT for percent in row)
        for code, row in percents.items()
    }


def overloads(
    people: Sequence[PersonFacts], loads: dict[str, tuple[Fraction, ...]]
) -> list[Overload]:
    """List every month of every person above 1, people in their order (METHODS.md §12).

    >>> overloads([PersonFacts("P1", Decimal(48))], {"P1": (Fraction(6, 5), Fraction(1))})
    [Overload(person='P1', index=0, load=Fraction(6, 5))]
    """
    return [
        Overload(person.code, index, load)
        for person in people
        for index, load in enumerate(loads[person.code])
        if load > 1
    ]


def month_hours(hours_per_week: Decimal, load: Fraction = Fraction(1)) -> int:
    """Turn a load into hours of one month: hours per week × 52 ÷ 12 × load.

    Whole hours, half-up (METHODS.md §12).

    >>> month_hours(Decimal(48)), month_hours(Decimal(48), Fraction(6, 5))
    (208, 250)
    """
    return half_up(Fraction(hours_per_week) * WEEKS_PER_YEAR / MONTHS_PER_YEAR * load)
